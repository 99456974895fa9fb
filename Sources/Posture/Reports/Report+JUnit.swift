// SPDX-License-Identifier: Apache-2.0

import JSON

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
        "  <testsuite name=\"\(XMLText.escaped(check.id))\" tests=\"\(suite.count)\" failures=\"\(number(.unhealthy))\" "
          + "errors=\"\(number(.unknown))\" skipped=\"\(number(.notApplicable))\" "
          + "timestamp=\"\(ReportText.time(scan.started).prefix(19))\">\n")
      for finding in suite {
        add(
          "    <testcase classname=\"\(XMLText.escaped(check.id))\" name=\"\(XMLText.escaped(finding.place?.address ?? finding.subject.id))\""
        )
        if let place = finding.place { add(" file=\"\(XMLText.escaped(place.path))\" line=\"\(place.line)\"") }
        let message = XMLText.escaped(finding.reason)
        switch finding.status {
        case .healthy: add("/>\n")
        case .notApplicable: add("><skipped message=\"\(message)\"/></testcase>\n")
        case .unknown: add("><error type=\"Unknown\" message=\"\(message)\"/></testcase>\n")
        case .unhealthy:
          let text = "\(check.title)\n\(finding.reason)\nEvidence: \(finding.evidence)"
          add(
            "><failure type=\"\(check.severity.rawValue)\" message=\"\(message)\">\(XMLText.escaped(text))"
              + "</failure></testcase>\n")
        }
      }
      add("  </testsuite>\n")
      start = end
    }
    add("</testsuites>\n")
    return out
  }
}
