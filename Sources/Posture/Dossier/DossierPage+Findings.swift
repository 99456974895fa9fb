// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

extension DossierPage {
  /// Checks told in full, and resources named of each, before the rest is listed or only counted.
  private static let checksShown = 25
  private static let resourcesShown = 10

  /// The faults of one check.
  private struct Group {
    let check: Check
    var findings: [Finding] = []
    /// Millionths that they add to the risk score.
    var risk = 0
  }

  private func groups() -> [Group] {
    var groups: [String: Group] = [:]
    for finding in dossier.faults {
      groups[finding.check.id, default: Group(check: finding.check)].findings.append(finding)
    }
    for fault in dossier.ledger.faults {
      groups[dossier.verdicts.checks[fault.check].id]?.risk += fault.units
    }
    return groups.values.sorted {
      ($1.check.severity, $1.risk, $0.check.id) < ($0.check.severity, $0.risk, $1.check.id)
    }
  }

  mutating func faults() {
    let groups = groups()
    out += "<section id=\"findings\"><h2>Findings</h2>\n"
    out +=
      "<p class=\"lead\">\(groups.isEmpty ? "Nothing is at fault that counts." : "The worst first, by check: what adds most to the risk leads within a severity.")</p>\n"
    for group in groups.prefix(Self.checksShown) { article(group) }
    let rest = groups.dropFirst(Self.checksShown)
    if !rest.isEmpty {
      out +=
        "<div class=\"card finding\"><details><summary>\(plural(rest.count, "further check")) with faults</summary>"
      table(
        "plumb check show ID tells of each; the CSV has every finding",
        [("Check", false), ("Severity", false), ("Id", false), ("Faults", true)],
        rest.map { group in
          [
            text(group.check.title), chip(group.check.severity.rawValue),
            "<span class=\"id cid\">\(text(group.check.id))</span>", figure("check.\(group.check.id).unhealthy"),
          ]
        })
      out += "</details></div>\n"
    }
    out += "</section>\n"
  }

  private mutating func article(_ group: Group) {
    let check = group.check
    let name = "check.\(check.id)"
    let judged = Int(figures["\(name).healthy"] + figures["\(name).unhealthy"])
    out += "<article class=\"card finding\"><header><div class=\"top\">\(chip(check.severity.rawValue))"
    out += "<span>\(figure("\(name).unhealthy")) of \(judged) not as they should be</span>"
    if group.risk > 0 {
      out += "<span>adds \(ScoreNumber.text(Double(group.risk) / Double(RiskScore.scale))) to the risk</span>"
    }
    out += "<span class=\"id\">\(text(check.id))</span></div><h3>\(text(check.title))</h3></header>\n"
    out += "<div class=\"cols\"><div><h4>Why</h4><p>\(text(check.why))</p></div><div><h4>How to mend it</h4>"
    if let console = check.fix.console { out += "<p>\(text(console))</p>" }
    if let cli = check.fix.cli { out += "<pre>\(text(cli))</pre>" }
    let links = check.references.filter { $0.hasPrefix("https://") }
    if let first = links.first { out += "<p><a href=\"\(text(first))\" rel=\"noreferrer\">Documentation</a></p>" }
    out += "</div></div>\n"
    let shown = group.findings.sorted { ($0.mark?.due ?? .max, $0.subject.id) < ($1.mark?.due ?? .max, $1.subject.id) }
    let owned = shown.contains { !($0.mark?.owner ?? "").isEmpty || $0.mark?.due != nil }
    var header: [(title: String, isNumber: Bool)] = [
      ("Resource", false), ("Account", false), ("Evidence", false), ("Since", false),
    ]
    if owned { header += [("Owner", false), ("Due", false)] }
    table(
      "Affected resources", header,
      shown.prefix(Self.resourcesShown).map { finding in
        let account = finding.subject.account.isEmpty ? "(directory)" : finding.subject.account
        var row = [
          place(finding.subject.id, finding.subject.type), "<bdi class=\"id cid\">\(text(account))</bdi>",
          evidence(finding), day((finding.faultSince ?? finding.firstSeen) as Int64?),
        ]
        if owned { row += ["<bdi>\(text(finding.mark?.owner ?? ""))</bdi>", due(finding.mark)] }
        return row
      }, kind: "stack places")
    if shown.count > Self.resourcesShown {
      out += "<p class=\"more\">and \(shown.count - Self.resourcesShown) more in the CSV</p>"
    }
    let exempt = dossier.findings.count { $0.check === check && $0.isExempt }
    if exempt > 0 { out += "<p class=\"more\">\(plural(exempt, "further fault")) exempt, see below.</p>" }
    out += "</article>\n"
  }

  private func due(_ mark: FindingMark?) -> String {
    guard let due = mark?.due else { return "" }
    return due < dossier.made ? "<span class=\"late\">\(day(due as Int64?)), overdue</span>" : day(due as Int64?)
  }

  /// The values that decided, a line each.
  private func evidence(_ finding: Finding) -> String {
    let items = (try? JSONDocument.parse(finding.evidence))?.root.elements.compactMap { item -> String? in
      guard let path = item["path"]?.string else { return nil }
      let value = item["value"].map { $0.isNull ? "absent" : $0.text } ?? "absent"
      return "<code>\(text(path.isEmpty ? value : "\(path) = \(value)"))</code>"
    }
    guard let items, !items.isEmpty else { return text(finding.reason) }
    return items.prefix(4).joined(separator: "<br>")
  }

  // MARK: Compliance

  private static let states: [(state: ControlState, color: String)] = [
    (.proved, "good"), (.attested, "word"), (.failed, "critical"), (.unproved, "none"),
  ]

  mutating func compliance() {
    // A framework for clouds that were not scanned has nothing to say.
    let clouds = Set(dossier.scan.targets)
    let list = dossier.assessments.filter { !clouds.isDisjoint(with: $0.framework.clouds) || dossier.framework != nil }
    out +=
      "<section id=\"compliance\"><h2>Compliance</h2>\n<p class=\"lead\">A control is proved where all its evidence is "
    out += "healthy, failed where a resource is not, attested where a person vouches for it, and unproved otherwise. "
    out += "Unproved is never good.</p>\n<div class=\"card finding\">"
    table(
      "Controls of each framework, in percent",
      [
        ("Framework", false), ("", false), ("Controls", true), ("Proved", true), ("Failed", true), ("Attested", true),
        ("Unproved", true),
      ],
      list.map { assessment in
        let name = "framework.\(assessment.framework.id)"
        let parts = Self.states.map { (Double(assessment.count($0.state)), $0.color) }
        let label = Self.states.map { "\(assessment.count($0.state)) \($0.state.rawValue.lowercased())" }
        return [
          text(assessment.framework.title), PageChart.stack(parts, label: label.joined(separator: ", ")),
          figure("\(name).controls"),
        ]
          + [ControlState.proved, .failed, .attested, .unproved].map { state in
            let percent = "\(name).\(state.rawValue.lowercased())Percent"
            return "\(figure(percent, "\(figures[percent])")) %"
          }
      })
    out += "<ul class=\"key\">"
    for (state, color) in Self.states {
      out += "<li><span class=\"dot\" style=\"background:var(--\(color)-fill)\"></span>\(state.rawValue)</li>"
    }
    out += "</ul></div>\n<div class=\"card finding\">"
    for assessment in list {
      let isAlone = dossier.framework != nil
      out += "<details\(isAlone ? " open" : "")><summary>\(text(assessment.framework.title)): "
      out += "\(plural(assessment.results.count, "control"))</summary>\n"
      controls(assessment)
      out += "</details>\n"
    }
    out += "</div></section>\n"
  }

  private mutating func controls(_ assessment: Assessment) {
    let name = "framework.\(assessment.framework.id)"
    let counts = [ControlState.proved, .failed, .attested, .unproved].map { state in
      "\(figure("\(name).\(state.rawValue.lowercased())")) \(state.rawValue.lowercased())"
    }
    table(
      counts.joined(separator: ", "),
      [("Control", false), ("Title", false), ("State", false), ("Because", false), ("Vouched for until", false)],
      assessment.results.map { result in
        let word = result.attestation
        return [
          text(result.control.id), text(result.control.title), chip(result.state.rawValue), text(result.reason),
          word.map { "\(text($0.owner)), \(day($0.expires as Int64?))" } ?? "",
        ]
      })
  }
}
