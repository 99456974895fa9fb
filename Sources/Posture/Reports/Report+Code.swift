// SPDX-License-Identifier: Apache-2.0

extension Report {
  /// The report of code for people: each fault with its place, an excerpt and its instances; what is suppressed; what
  /// could not be followed; the sums.
  func codeTable(_ code: CodeContext, color: Bool) -> [UInt8] {
    var text = CodeTable(paint: color)
    let faulty = bySeverity.filter { $0.count(.unhealthy) > 0 }
    for group in faulty {
      let severity = group.check.severity
      let label = severity.rawValue.uppercased()
      text.raw(
        text.painted(label, severity.ansi) + String(repeating: " ", count: 9 - label.count)
          + text.painted(group.check.title, "1"))
      let faults = group.count(.unhealthy)
      text.line("         \(group.check.id): \(faults) of \(faults + group.count(.healthy)) not as they should be")
      for place in CodePlaceFindings.grouped(findings(of: group, [.unhealthy])) { text.fault(place, code) }
    }
    if !faulty.isEmpty { text.line("") }

    let uncounted = groups.filter { $0.uncounted > 0 }
    var suppressed: [(check: String, place: CodePlaceFindings)] = []
    for group in uncounted {
      let list = findings(of: group, listed: true).filter { $0.mark?.suppression != nil }
      suppressed += CodePlaceFindings.grouped(list).map { (group.check.id, $0) }
    }
    if !suppressed.isEmpty {
      text.raw(text.painted("Suppressed", "1"))
      for (check, group) in suppressed {
        for finding in group.findings {
          let why = finding.mark?.suppression?.text ?? ""
          text.line("  \(check) \(group.place.path):\(group.place.line) \(finding.place?.address ?? ""): \(why)")
        }
      }
      text.line("")
    }

    let unknown = groups.filter { $0.count(.unknown) > 0 }
    if !unknown.isEmpty {
      text.raw(text.painted("Not known", "1") + " (what the code does not settle is never called healthy)")
      for group in unknown { text.line("  \(group.check.id): \(group.count(.unknown)) Unknown") }
      text.line("")
    }
    let coverage = coverageLines
    if !coverage.isEmpty {
      text.raw(text.painted("Not followed", "1"))
      for line in coverage { text.line("  \(line)") }
      text.line("")
    }
    text.raw(sums(color: color))
    return text.bytes
  }

  /// What could not be followed: how many of each kind, and the first of them.
  package var coverageLines: [String] {
    (code?.shownGaps ?? []).flatMap { kind, count, shown in
      let rest = count > shown.count ? ["  and \(count - shown.count) more; --coverage names all"] : []
      return [kind.words(count)] + shown.map { "  \($0.place): \($0.name): \($0.reason)" } + rest
    }
  }

  /// The checks that found something, the most severe first.
  var bySeverity: [Group] {
    groups.sorted {
      $0.check.severity != $1.check.severity ? $0.check.severity > $1.check.severity : $0.check.id < $1.check.id
    }
  }
}

/// The lines of a report of code. Whatever they are made of, they cannot steer the terminal.
private struct CodeTable {
  let paint: Bool
  private(set) var bytes: [UInt8] = []
  /// Longest line of code that is shown, in characters.
  private static let width = 160

  init(paint: Bool) { self.paint = paint }

  func painted(_ text: String, _ code: String) -> String {
    let text = Report.printable(text)
    return paint ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  mutating func line(_ text: String) { raw(Report.printable(text)) }

  /// A line whose parts were made printable before they were painted.
  mutating func raw(_ text: String) { bytes += Array((text + "\n").utf8) }

  mutating func fault(_ group: CodePlaceFindings, _ code: CodeContext) {
    let place = group.place
    let first = group.findings[0]
    let isNew = group.findings.contains { $0.mark?.isKnown == false } ? " (new)" : ""
    line("         - \(place.path):\(place.line):\(place.column)\(isNew)")
    let instances = group.instances
    if instances.count == 1 {
      line("           \(instances[0])")
    } else {
      line("           \(instances.count) instances:")
      for instance in instances { line("             \(instance)") }
    }
    line("           \(first.reason)")
    guard let excerpt = code.excerpts["\(place.path):\(place.line)"] else { return }
    let width = String(excerpt.first + excerpt.lines.count - 1).count
    for (index, source) in excerpt.lines.enumerated() {
      let number = excerpt.first + index
      let isDeciding = number == place.line
      let digits = String(number)
      let head = String(repeating: " ", count: width - digits.count) + digits + " | "
      let shown = source.replacing("\t", with: "    ")
      let cut = shown.count > Self.width ? String(shown.prefix(Self.width)) + "…" : shown
      let text = "\(isDeciding ? ">" : " ") \(head)\(cut)"
      raw("           " + painted(text, isDeciding ? "1" : "2"))
    }
  }
}
