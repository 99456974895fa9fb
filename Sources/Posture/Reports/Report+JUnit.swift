// SPDX-License-Identifier: Apache-2.0

extension Report {
  /// JUnit XML: a suite per check, a case per resource. Unhealthy fails, Unknown is an error, NotApplicable is skipped.
  func junit() -> [UInt8] {
    var out: [UInt8] = []
    func add(_ text: String) { out.append(contentsOf: text.utf8) }
    add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    add(
      "<testsuites name=\"Plumbline\" tests=\"\(findings.count)\" failures=\"\(count(.unhealthy))\" "
        + "errors=\"\(count(.unknown))\" skipped=\"\(count(.notApplicable))\">\n")
    var start = 0
    while start < findings.count {
      let check = findings[start].check
      let end = findings[start...].firstIndex { $0.check.id != check.id } ?? findings.count
      let suite = findings[start..<end]
      func number(_ status: Status) -> Int { suite.count { $0.status == status } }
      add(
        "  <testsuite name=\"\(Self.xml(check.id))\" tests=\"\(suite.count)\" failures=\"\(number(.unhealthy))\" "
          + "errors=\"\(number(.unknown))\" skipped=\"\(number(.notApplicable))\" "
          + "timestamp=\"\(ReportText.time(scan.started).prefix(19))\">\n")
      for finding in suite {
        add(
          "    <testcase classname=\"\(Self.xml(check.id))\" name=\"\(Self.xml(finding.subject.id))\"")
        let message = Self.xml(finding.reason)
        switch finding.status {
        case .healthy: add("/>\n")
        case .notApplicable: add("><skipped message=\"\(message)\"/></testcase>\n")
        case .unknown: add("><error type=\"Unknown\" message=\"\(message)\"/></testcase>\n")
        case .unhealthy:
          let text = "\(check.title)\n\(finding.reason)\nEvidence: \(finding.evidence)"
          add(
            "><failure type=\"\(check.severity.rawValue)\" message=\"\(message)\">\(Self.xml(text))"
              + "</failure></testcase>\n")
        }
      }
      add("  </testsuite>\n")
      start = end
    }
    add("</testsuites>\n")
    return out
  }

  /// Text for XML 1.0, in an attribute too; characters that XML cannot hold are replaced.
  static func xml(_ text: String) -> String {
    let plain: (UInt8) -> Bool = { $0 >= 0x20 && $0 < 0x7F && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E && $0 != 0x22 }
    if text.utf8.allSatisfy(plain) { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n": out += "&#10;"
      case "\t", "\r": out += " "
      case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": out += "\u{FFFD}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
