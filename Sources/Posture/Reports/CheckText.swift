// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// Checks as `plumb check` prints them.
package enum CheckText {
  // MARK: List

  /// All checks: a table for people, or one of `json`, `ndjson`, `csv`; nil for formats that lists do not have.
  package static func list(_ checks: [Check], _ format: ReportFormat, color: Bool = false) -> [UInt8]? {
    switch format {
    case .table: table(checks, color: color)
    case .json: json(checks)
    case .ndjson:
      checks.reduce(into: [UInt8]()) { out, check in
        out += object(check)
        out.append(0x0A)
      }
    case .csv: csv(checks)
    case .sarif, .ocsf, .junit, .github, .gitlab, .markdown: nil
    }
  }

  private static func table(_ checks: [Check], color: Bool) -> [UInt8] {
    let width = checks.map(\.id.count).max() ?? 0
    var out = ""
    for check in checks {
      let label = check.severity.rawValue
      let severity = color ? "\u{1B}[\(check.severity.ansi)m\(label)\u{1B}[0m" : label
      out += severity + String(repeating: " ", count: 10 - label.count)
      out += check.id + String(repeating: " ", count: width + 2 - check.id.count) + check.title
      out += check.maturity == .stable ? "\n" : " (\(check.maturity.rawValue))\n"
    }
    return Array((out + "\(checks.count) checks\n").utf8)
  }

  private static func json(_ checks: [Check]) -> [UInt8] {
    var out = Array("[".utf8)
    for (index, check) in checks.enumerated() {
      out += Array((index > 0 ? ",\n" : "\n").utf8) + object(check)
    }
    return out + Array("\n]\n".utf8)
  }

  private static func object(_ check: Check) -> [UInt8] {
    var out = ReportText()
    out.open("{")
    out.member("id", check.id)
    out.member("title", check.title)
    out.member("type", check.type)
    out.member("severity", check.severity.rawValue)
    out.member("maturity", check.maturity.rawValue)
    out.member("control", check.control)
    out.member("why", check.why)
    out.member("sameAs", json: ReportText.array(check.sameAs))
    out.member("attack", json: ReportText.array(check.attack))
    out.key("controls")
    out.open("{")
    for (framework, ids) in check.controls {
      if out.bytes.last != UInt8(ascii: "{") { out.raw(",") }
      ReportText.quote(framework, into: &out.bytes)
      out.raw(":" + ReportText.array(ids))
    }
    out.close("}")
    out.member("references", json: ReportText.array(check.references))
    out.close("}")
    return out.bytes
  }

  private static func csv(_ checks: [Check]) -> [UInt8] {
    var out = Array("id,title,type,severity,maturity,control,sameAs\r\n".utf8)
    for check in checks {
      let cells = [
        check.id, check.title, check.type, check.severity.rawValue, check.maturity.rawValue, check.control,
        check.sameAs.joined(separator: " "),
      ]
      for (index, cell) in cells.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        Report.cell(cell, into: &out)
      }
      out += [0x0D, 0x0A]
    }
    return out
  }

  // MARK: Show

  /// One check with all it says, for people.
  package static func page(_ check: Check, color: Bool = false) -> [UInt8] {
    func bold(_ text: String) -> String { color ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    var out = bold(check.title) + "\n\n"
    func line(_ name: String, _ text: String?) {
      guard let text, !text.isEmpty else { return }
      out += name + String(repeating: " ", count: max(1, 12 - name.count)) + text + "\n"
    }
    line("id", check.id)
    line("type", check.type)
    line("severity", check.severity.rawValue)
    line("maturity", check.maturity.rawValue)
    line("control", check.control)
    line("effort", check.effort)
    line("attack", check.attack.joined(separator: ", "))
    line("same as", check.sameAs.joined(separator: ", "))
    line("file", check.document.path)
    func section(_ name: String, _ text: String?) {
      guard let text, !text.isEmpty else { return }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      out += "\n" + bold(name) + "\n"
      out += lines.map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
    }
    func trimmed(_ text: String?) -> String? {
      text.map { $0.last == "\n" ? String($0.dropLast()) : $0 }
    }
    section("Why", trimmed(check.why))
    section("Applies where", trimmed(check.ruleText("applies")))
    section("Unhealthy where", trimmed(check.ruleText("unhealthy")))
    section("Query", trimmed(check.ruleText("query")))
    section("Fix in the console", check.fix.console)
    section("Fix on the command line", check.fix.cli)
    section("Fix in Terraform", check.fix.terraform?.text)
    let controls = check.controls.map { "\($0.framework): \($0.ids.joined(separator: ", "))" }
    section("Controls", controls.joined(separator: "\n"))
    section("References", check.references.joined(separator: "\n"))
    return Array(out.utf8)
  }

  // MARK: Test

  /// What the examples of checks said: problems first, each with its place, then the sums.
  ///
  /// - Parameters:
  ///   - properties: of each check what became of the properties that were changed.
  ///   - listsMutants: names each property that no change turned.
  package static func outcomes(
    _ outcomes: [CheckExamples.Outcome], _ properties: [(check: Check, list: [CheckMutation.Property])] = [],
    listsMutants: Bool = false, library: CheckLibrary
  ) -> [UInt8] {
    var out = ""
    let problems = library.problems + outcomes.flatMap(\.problems)
    for problem in problems { out += "\(problem)\n" }
    let examples = outcomes.reduce(0) { $0 + $1.count }
    out += "\(outcomes.count) checks, \(examples) examples, "
    out += problems.isEmpty ? "all as they should be\n" : "\(problems.count) problem\(problems.count == 1 ? "" : "s")\n"
    let derived = outcomes.reduce(0) { $0 + $1.derived }
    out += "\(derived) examples of what is not known made of these, for \(outcomes.count { $0.derived > 0 }) checks\n"
    if listsMutants {
      for (check, list) in properties {
        for property in list where !property.isFlipped {
          out += "\(property.location): none of \(property.mutants) changes of \(property.path) turns \(check.id)\n"
        }
      }
    }
    func share(_ list: [CheckMutation.Property]) -> String { "\(list.count(where: \.isFlipped)) of \(list.count)" }
    let clouds = Set(properties.map(\.check.cloud)).sorted().map { cloud in
      "\(cloud) \(share(properties.filter { $0.check.cloud == cloud }.flatMap(\.list)))"
    }
    out += "\(share(properties.flatMap(\.list))) properties turn a healthy example when they are changed"
    out += clouds.count > 1 ? ": \(clouds.joined(separator: ", "))\n" : "\n"
    return Array(out.utf8)
  }
}
