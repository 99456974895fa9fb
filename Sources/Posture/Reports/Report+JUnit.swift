// SPDX-License-Identifier: Apache-2.0

import JSON

extension Report {
  /// JUnit XML: a suite per check, a case per resource. Unhealthy fails, Unknown is an error, NotApplicable is skipped.
  func junit<Failure: Error>(_ flush: (inout [UInt8]) throws(Failure) -> Void) throws(Failure) -> [UInt8] {
    var out: [UInt8] = []
    func add(_ text: String) { out.append(contentsOf: text.utf8) }
    add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    add(
      "<testsuites name=\"Plumbline\" tests=\"\(groups.reduce(0) { $0 + $1.total + $1.uncounted })\" failures=\"\(count(.unhealthy))\" "
        + "errors=\"\(count(.unknown))\" skipped=\"\(groups.reduce(count(.notApplicable)) { $0 + $1.uncounted })\">\n")
    for group in groups {
      let check = group.check
      add(
        "  <testsuite name=\"\(XMLText.escaped(check.id))\" tests=\"\(group.total + group.uncounted)\" "
          + "failures=\"\(group.count(.unhealthy))\" errors=\"\(group.count(.unknown))\" "
          + "skipped=\"\(group.count(.notApplicable) + group.uncounted)\" "
          + "timestamp=\"\(ReportText.time(scan.started).prefix(19))\">\n")
      for finding in findings(of: group, listed: true) {
        add(
          "    <testcase classname=\"\(XMLText.escaped(check.id))\" name=\"\(XMLText.escaped(finding.place?.address ?? finding.subject.id))\""
        )
        if let place = finding.place { add(" file=\"\(XMLText.escaped(place.path))\" line=\"\(place.line)\"") }
        if let why = finding.mark?.whyUncounted {
          add("><skipped message=\"\(XMLText.escaped(why))\"/></testcase>\n")
          try flush(&out)
          continue
        }
        let message = XMLText.escaped(finding.reason)
        switch finding.status {
        case .healthy: add("/>\n")
        case .notApplicable: add("><skipped message=\"\(message)\"/></testcase>\n")
        case .unknown: add("><error type=\"Unknown\" message=\"\(message)\"/></testcase>\n")
        case .unhealthy:
          let calls = finding.place.flatMap {
            $0.chain.isEmpty ? nil : "\nCalled from: \($0.chain.joined(separator: ", "))"
          }
          let text = "\(check.title)\n\(finding.reason)\(calls ?? "")\nEvidence: \(finding.evidence)"
          add(
            "><failure type=\"\(check.severity.rawValue)\" message=\"\(message)\">\(XMLText.escaped(text))"
              + "</failure></testcase>\n")
        }
        try flush(&out)
      }
      add("  </testsuite>\n")
    }
    add("</testsuites>\n")
    return out
  }
}
