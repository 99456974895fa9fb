// SPDX-License-Identifier: Apache-2.0
import JSON
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Faults of an earlier run, by check, address and fingerprint: lines and names of files do not matter.
struct CodeBaseline {
  private var counts: [String: Int] = [:]

  /// - Parameter path: of a JSON report of code, or of what ``write(_:to:)`` wrote.
  init(path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw UsageError("--baseline \(path): cannot be read")
    }
    let document: JSONDocument
    do {
      document = try JSONDocument(parsing: Array(bytes))
    } catch {
      throw UsageError("--baseline \(path): \(error)")
    }
    guard let findings = document.root["findings"], findings.kind == .array else {
      throw UsageError("--baseline \(path): no report: it has no list 'findings'")
    }
    for finding in findings.elements {
      if let status = finding["status"]?.string, status != Status.unhealthy.rawValue { continue }
      // What was suppressed then was no fault; it is one when the comment goes.
      if finding["suppression"] != nil { continue }
      guard let check = finding["checkId"]?.string, let address = finding["address"]?.string,
        let fingerprint = finding["fingerprint"]?.string
      else {
        throw UsageError("--baseline \(path): a finding has no fingerprint; name a JSON report of a scan of code")
      }
      counts[Self.key(check, address, fingerprint), default: 0] += 1
    }
  }

  /// Whether the earlier run had the finding too. Of several that are alike as many are known as it had.
  mutating func takes(_ finding: Finding) -> Bool {
    let key = Self.key(finding.check.id, finding.place?.address ?? "", finding.fingerprint)
    guard let count = counts[key], count > 0 else { return false }
    counts[key] = count - 1
    return true
  }

  private static func key(_ check: String, _ address: String, _ fingerprint: String) -> String {
    "\(check)\n\(address)\n\(fingerprint)"
  }

  /// Writes the faults, one a line and always in the same order, so that a change of the file shows what changed.
  static func write(_ findings: [Finding], to path: String) throws {
    let faults = findings.filter { $0.status == .unhealthy && $0.mark?.suppression == nil }
    let lines = faults.map { finding -> String in
      func text(_ text: String) -> String {
        var builder = JSONBuilder()
        builder.append(text)
        return String(decoding: builder.finish().root.serialized(), as: UTF8.self)
      }
      return "{\"checkId\":\(text(finding.check.id)),\"address\":\(text(finding.place?.address ?? "")),"
        + "\"fingerprint\":\"\(finding.fingerprint)\",\"file\":\(text(finding.place?.path ?? ""))}"
    }
    let text = "{\"findings\":[\n\(lines.sorted().joined(separator: ",\n"))\n]}\n"
    do {
      try Data(text.utf8).write(to: URL(filePath: path))
    } catch {
      throw UsageError("--write-baseline \(path): cannot be written")
    }
  }
}
