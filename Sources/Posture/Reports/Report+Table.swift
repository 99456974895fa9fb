// SPDX-License-Identifier: Apache-2.0
internal import Inventory

extension Report {
  /// Resources named per check before the rest is only counted.
  private static let shownPerCheck = 5

  /// The report for people: faults by severity, what is not known, and the sums.
  func table(color: Bool) -> [UInt8] {
    var out = ""
    func paint(_ text: String, _ code: String) -> String { color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
    let faulty = bySeverity.filter { $0.count(.unhealthy) > 0 }
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

    return Array((out + sums(color: color) + "\n").utf8)
  }

  /// One line: how many of what.
  func sums(color: Bool) -> String {
    var out = (color ? "\u{1B}[1mSum\u{1B}[0m" : "Sum") + ": \(scan.resources) resources, "
    out += "\(groups.count { $0.total > 0 }) checks: "
    out += "\(count(.unhealthy)) unhealthy"
    let bySeverity = Severity.allCases.reversed().compactMap { severity -> String? in
      let number = groups.reduce(0) { $0 + ($1.check.severity == severity ? $1.count(.unhealthy) : 0) }
      return number > 0 ? "\(number) \(severity.rawValue)" : nil
    }
    if !bySeverity.isEmpty { out += " (\(bySeverity.joined(separator: ", ")))" }
    out += ", \(count(.healthy)) healthy, \(count(.unknown)) unknown, \(count(.notApplicable)) not applicable"
    return out + (leftOut.map { "; " + $0 } ?? "")
  }

  private static func name(_ finding: Finding) -> String {
    printable(finding.subject.id) + Self.place(finding.subject)
  }

  /// Where a resource is, unless its id says so.
  private static func place(_ subject: Subject) -> String {
    let isNamed = subject.region.isEmpty || subject.region == "global" || subject.id.contains(subject.region)
    return isNamed ? "" : " (\(printable(subject.region)))"
  }

  /// Text that cannot steer the terminal.
  static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { steers($0.value) ? "\u{FFFD}" : $0 }))
  }

  /// Control characters, and those that turn the direction in which text is read.
  private static func steers(_ value: UInt32) -> Bool {
    value < 0x20 || (0x7F...0x9F).contains(value) || (0x202A...0x202E).contains(value)
      || (0x2066...0x2069).contains(value)
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
