// SPDX-License-Identifier: Apache-2.0
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension ScanCommand {
  /// Writes the report to the file of `--output`, else to standard output, a piece at a time: it may be larger than what
  /// it is made of.
  func write(_ report: Report, _ format: ReportFormat) throws {
    guard let output else {
      let color = format == .table && Terminal.colors(noColor)
      return report.write(format, color: color) { Terminal.write($0) }
    }
    guard let file = fopen(output, "we") else { throw UsageError("--output \(output): cannot be written") }
    do {
      try report.write(format) { bytes throws(UsageError) in
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Self.unwritten(output) }
      }
    } catch {
      fclose(file)
      throw error
    }
    guard fclose(file) == 0 else { throw Self.unwritten(output) }
  }

  /// Writes bytes to the file of `--output`, else to standard output.
  func write(_ bytes: [UInt8]) throws {
    guard let output else { return Terminal.write(bytes) }
    guard FileManager.default.createFile(atPath: output, contents: Data(bytes)) else { throw Self.unwritten(output) }
  }

  private static func unwritten(_ output: String) -> UsageError {
    UsageError("--output \(output): cannot be written to its end")
  }
}
