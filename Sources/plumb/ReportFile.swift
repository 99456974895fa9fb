// SPDX-License-Identifier: Apache-2.0
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ScanCommand {
  /// Writes the report to the file of `--output`, else to standard output.
  func write(_ report: Report, _ format: ReportFormat) throws {
    guard let output else {
      return Terminal.write(report.text(format, color: format == .table && Terminal.colors(noColor)))
    }
    guard FileManager.default.createFile(atPath: output, contents: Data(report.text(format, color: false))) else {
      throw UsageError("--output \(output): cannot be written")
    }
  }
}
