// SPDX-License-Identifier: Apache-2.0
internal import Inventory

extension Report {
  /// Resources named per check before the rest is only counted.
  private static let shownPerCheck = 5

  /// The report for people: faults by severity, what is not known, and the sums.
  func table(color: Bool) -> [UInt8] {
    var out = ""
    func paint(_ text: String, _ code: String) -> String { color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
    let faulty = groups.filter { $0.count(.unhealthy) > 0 }
      .sorted {
        $0.check.severity != $1.check.severity ? $0.check.severity > $1.check.severity : $0.check.id < $1.check.id
      }
    for group in faulty {
      let severity = group.check.severity
      let label = severity.rawValue.uppercased()
      let pad = String(repeating: " ", count: 9 - label.count)
      out += paint(label, severity.ansi) + pad + paint(group.check.title, "1") + "\n"
      let faults = group.count(.unhealthy)
      let judged = faults + group.count(.healthy)
      out += "         \(group.check.id): \(faults) of \(judged) not as they should be\n"
      for finding in findings(of: group, [.unhealthy]).prefix(Self.shownPerCheck) {
        out += "         - \(Self.name(finding))\n"
      }
      if faults > Self.shownPerCheck {
        out += "           and \(faults - Self.shownPerCheck) more\n"
      }
    }
    if !faulty.isEmpty { out += "\n" }

    let unknown = groups.filter { $0.count(.unknown) > 0 }
    if !unknown.isEmpty {
      out += paint("Not known", "1") + " (what could not be read is never called healthy)\n"
      for group in unknown { out += "  \(group.check.id): \(group.count(.unknown)) Unknown\n" }
      out += "\n"
    }
    if !scan.gaps.isEmpty {
      out += paint("Calls that gave no answer", "1") + "\n"
      var seen: [String: Int] = [:]
      var order: [String] = []
      for gap in scan.gaps {
        let need = gap.permission.isEmpty ? "" : "; needs \(gap.permission)"
        let line = "\(gap.call): \(gap.reason.rawValue)\(need)"
        if seen[line] == nil { order.append(line) }
        seen[line, default: 0] += 1
      }
      for line in order.prefix(20) {
        let times = seen[line] ?? 1
        out += "  \(Self.printable(line))\(times > 1 ? " (\(times) times)" : "")\n"
      }
      if order.count > 20 { out += "  and \(order.count - 20) more; see the table CoverageGaps\n" }
      out += "\n"
    }

    out += paint("Sum", "1") + ": \(scan.resources) resources, \(groups.count) checks: "
    out += "\(count(.unhealthy)) unhealthy"
    let bySeverity = Severity.allCases.reversed().compactMap { severity -> String? in
      let number = faulty.reduce(0) { $0 + ($1.check.severity == severity ? $1.count(.unhealthy) : 0) }
      return number > 0 ? "\(number) \(severity.rawValue)" : nil
    }
    if !bySeverity.isEmpty { out += " (\(bySeverity.joined(separator: ", ")))" }
    out += ", \(count(.healthy)) healthy, \(count(.unknown)) unknown, \(count(.notApplicable)) not applicable"
    out += (leftOut.map { "; " + $0 } ?? "") + "\n"
    return Array(out.utf8)
  }

  /// The resource, and where to find it: in code the line to change.
  private static func name(_ finding: Finding) -> String {
    guard let place = finding.place else { return printable(finding.subject.id) + Self.place(finding.subject) }
    let calls = place.chain.isEmpty ? "" : " (called from \(place.chain.joined(separator: ", ")))"
    return printable("\(place.path):\(place.line) \(place.address)\(calls)")
  }

  /// Where a resource is, unless its id says so.
  private static func place(_ subject: Subject) -> String {
    let isNamed = subject.region.isEmpty || subject.region == "global" || subject.id.contains(subject.region)
    return isNamed ? "" : " (\(printable(subject.region)))"
  }

  /// Text that cannot steer the terminal.
  private static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }))
  }
}

extension Severity {
  var ansi: String {
    switch self {
    case .critical: "1;31"
    case .high: "31"
    case .medium: "33"
    case .low: "36"
    }
  }
}

extension CoverageGap {
  /// `service:operation`
  var call: String { operation.contains(":") ? operation : "\(service):\(operation)" }
}
