// SPDX-License-Identifier: Apache-2.0

extension Report {
  /// Rows of the table before the rest is only counted: comments of pull requests have a limit of 65,536 characters.
  private static let rowLimit = 100

  /// The report as Markdown for a pull request.
  func markdown() -> [UInt8] {
    var out = "## Plumbline\n\n"
    let faulty = bySeverity.filter { $0.count(.unhealthy) > 0 }
    out += Self.plain(sums(color: false)) + "\n"
    var rows: [(Check, place: String, names: [String], reason: String)] = []
    for group in faulty {
      let faults = findings(of: group, [.unhealthy])
      for place in CodePlaceFindings.grouped(faults) {
        let path = "\(RelativePath.of(place.place.path)):\(place.place.line)"
        rows.append((group.check, path, place.instances, place.findings[0].reason))
      }
      for finding in faults where finding.place == nil {
        rows.append((group.check, "", [finding.subject.id], finding.reason))
      }
    }
    if !rows.isEmpty {
      out += "\n| Severity | Check | Place | Resources |\n| --- | --- | --- | --- |\n"
      for (check, place, names, reason) in rows.prefix(Self.rowLimit) {
        let list = names.prefix(5).map { Self.code($0) }.joined(separator: "<br>")
        let rest = names.count > 5 ? "<br>and \(names.count - 5) more" : ""
        out += "| \(check.severity.rawValue) | \(Self.plain(check.title))<br>\(Self.code(check.id))<br>"
        out += "\(Self.plain(reason)) | \(place.isEmpty ? "" : Self.code(place)) | \(list)\(rest) |\n"
      }
      if rows.count > Self.rowLimit { out += "\nand \(rows.count - Self.rowLimit) more places.\n" }
    }
    let suppressed = groups.lazy.flatMap { findings(of: $0, listed: true) }.filter { $0.mark?.suppression != nil }
    section(
      "Suppressed",
      suppressed.map { finding in
        "\(Self.code(finding.check.id)) \(Self.code(finding.place?.address ?? finding.subject.id)): "
          + Self.plain(finding.mark?.suppression?.text ?? "")
      }, into: &out)
    let gaps = code?.shownGaps ?? []
    section(
      "Not followed",
      gaps.flatMap { kind, count, shown in
        [kind.words(count)] + shown.map { "\(Self.code($0.place)) \(Self.code($0.name)): \(Self.plain($0.reason))" }
      }, into: &out)
    return Array(out.utf8)
  }

  private func section(_ title: String, _ items: [String], into out: inout String) {
    guard !items.isEmpty else { return }
    out += "\n<details><summary>\(title)</summary>\n\n"
    for item in items.prefix(Self.rowLimit) { out += "- \(item)\n" }
    if items.count > Self.rowLimit { out += "- and \(items.count - Self.rowLimit) more\n" }
    out += "\n</details>\n"
  }

  /// Text in which nothing is markup, a mention or a link.
  private static func plain(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      let value = scalar.value
      let isWord = (0x30...0x39).contains(value) || (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
      if isWord || value >= 0xA0 || " ,.;/-()".unicodeScalars.contains(scalar) {
        out.unicodeScalars.append(scalar)
      } else if value < 0x20 || value >= 0x7F {
        out += " "
      } else {
        out += "&#\(value);"
      }
    }
    return out
  }

  private static func code(_ text: String) -> String { "<code>\(plain(text))</code>" }
}
