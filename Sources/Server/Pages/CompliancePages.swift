// SPDX-License-Identifier: Apache-2.0
internal import KQL
internal import Posture

/// Frameworks, one framework, and one control with what proves it.
struct CompliancePages {
  let board: Board
  let now: Int64

  static let states: [(state: ControlState, color: String)] = [
    (.proved, "good"), (.attested, "word"), (.failed, "critical"), (.unproved, "none"),
  ]

  /// How many of the controls are in which state, as one bar.
  static func bar(_ assessment: Assessment) -> Markup {
    Markup(
      picture: PageChart.stack(
        states.map { (Double(assessment.count($0.state)), $0.color) },
        label: states.map { "\(assessment.count($0.state)) \($0.state.rawValue.lowercased())" }.joined(separator: ", "))
    )
  }

  static var key: Markup {
    "<ul class=\"key\">\(states.map { "<li><i class=\"dot \($0.color)\"></i>\($0.state.rawValue)</li>" as Markup })</ul>"
  }

  private func counts(_ assessment: Assessment) -> Markup {
    "<ul class=\"counts\">\(Self.states.map { "<li><b>\(assessment.count($0.state))</b><span><i class=\"dot \($0.color)\"></i>\($0.state.rawValue.lowercased())</span></li>" as Markup })</ul>"
  }

  // MARK: All

  func overview(_ viewer: PageViewer) -> Page {
    let clouds = board.clouds
    let rows = board.dossier.assessments.enumerated().map { index, assessment -> [Markup] in
      let framework = assessment.framework
      var row: [Markup] = [
        "<a class=\"name\" href=\"\(PageAddress.framework(framework.id))\">\(framework.title)</a><p class=\"id\">\(Parts.count(framework.controls.count, "control"))</p>",
        Self.bar(assessment),
        "\(Parts.points(assessment.percentage(.proved)))",
      ]
      for (place, cloud) in clouds.enumerated() {
        row.append(
          framework.clouds.contains(cloud)
            ? heat(board.byCloud[index][place], cloud) : "<span class=\"heat off\">–</span>")
      }
      return row
    }
    return Page(
      title: "Compliance", place: .compliance,
      lead:
        "A control is proved where all its evidence is healthy, failed where a resource is not, attested where a person vouches for it, and unproved otherwise. Unproved is never good.",
      body: """
        <div class="grid">\(Parts.card("Frameworks", Self.key + Parts.table("Frameworks and clouds", [.init("Framework"), .init("All clouds", minor: true), .init("Proved %", number: true)] + clouds.map { .init("\(Parts.cloudName($0))") }, rows), more: "<span class=\"muted small\">failed controls of those with evidence, by cloud</span>"))</div>
        """, isWide: true)
  }

  /// A cell that is the warmer, the more controls fail of those of which anything is known.
  private func heat(_ assessment: Assessment, _ cloud: String) -> Markup {
    let (failed, proved) = (assessment.count(.failed), assessment.count(.proved))
    guard failed + proved > 0 else { return "<span class=\"heat off\">no evidence</span>" }
    let share = Double(failed) / Double(failed + proved)
    let step: Markup = share == 0 ? "h0" : share < 0.15 ? "h1" : share < 0.35 ? "h2" : share < 0.6 ? "h3" : "h4"
    return """
      <a class="heat \(step)" href="\(PageAddress.framework(assessment.framework.id).setting("cloud", cloud))"><b>\(failed)</b> of \(failed + proved)<span class="quiet"> controls failed</span></a>
      """
  }

  // MARK: One framework

  func framework(_ id: String, _ viewer: PageViewer) -> Page? {
    guard let index = board.dossier.assessments.firstIndex(where: { $0.framework.id == id }) else { return nil }
    let address = viewer.address
    let cloud = address.value("cloud")
    let assessment =
      cloud.flatMap { board.clouds.firstIndex(of: $0) }.map { board.byCloud[index][$0] }
      ?? board.dossier.assessments[index]
    let wanted = address.value("state")
    let framework = assessment.framework
    let segs =
      ([("", "All", assessment.results.count)]
      + Self.states.map { ($0.state.rawValue, $0.state.rawValue, assessment.count($0.state)) })
      .map { value, name, count -> Markup in
        let isOn = value == (wanted ?? "")
        return
          "<a class=\"seg\(if: isOn, " on")\" href=\"\(address.setting("state", value.isEmpty ? nil : value))\"\(if: isOn, " aria-current=\"true\"")>\(name) <span class=\"count\">\(count)</span></a>"
      }
    let clouds = framework.clouds.filter(board.clouds.contains)
    let cloudSegs = ([("", "All clouds")] + clouds.map { ($0, Parts.cloudName($0)) }).map { value, name -> Markup in
      let isOn = value == (cloud ?? "")
      return
        "<a class=\"seg\(if: isOn, " on")\" href=\"\(address.setting("cloud", value.isEmpty ? nil : value))\"\(if: isOn, " aria-current=\"true\"")>\(name)</a>"
    }
    func section(_ group: Framework.Group, _ depth: Int) -> Markup {
      let rows = group.controls.compactMap { assessment.result($0.id) }.filter {
        wanted == nil || $0.state.rawValue == wanted
      }
      let below = Markup(group.groups.map { section($0, depth + 1) })
      guard !rows.isEmpty || !below.isEmpty else { return "" }
      let title: Markup =
        group.title.isEmpty || group.title == framework.title ? "Controls" : "\(group.id) \(group.title)"
      return """
        <section class="controls"><h\(depth == 0 ? 2 : 3)>\(title)</h\(depth == 0 ? 2 : 3)>\(if: !rows.isEmpty, table(rows, framework, title, cloud))\(below)</section>
        """
    }
    return Page(
      title: framework.title, place: .compliance,
      trail: [("Compliance", PageAddress("/compliance")), (framework.title, PageAddress.framework(id))],
      lead: "\(Parts.count(framework.controls.count, "control")), version \(framework.version).",
      actions: """
        <a class="button" href="\(PageAddress.framework(id))/controls.csv">Export CSV</a>
        """,
      body: """
        <div class="grid"><section class="card s12">\(Self.bar(assessment))\(counts(assessment))</section></div>
        <div class="tools"><div class="segs" role="group" aria-label="State">\(segs)</div>\(if: clouds.count > 1, "<div class=\"segs\" role=\"group\" aria-label=\"Cloud\">\(cloudSegs)</div>")</div>
        <div class="card">\(framework.groups.map { section($0, 0) })</div>
        """)
  }

  private func table(_ results: [ControlResult], _ framework: Framework, _ caption: Markup, _ cloud: String?) -> Markup
  {
    Parts.table(
      caption,
      [.init("Control"), .init("State"), .init("Because", minor: true), .init("Evidence", number: true, minor: true)],
      results.map { result in
        [
          "<a class=\"name\" href=\"\(PageAddress.control(framework.id, result.control.id).setting("cloud", cloud))\"><b>\(result.control.id)</b> \(result.control.title)</a>",
          Parts.state(result.state), "<span class=\"small\">\(result.reason)</span>",
          "\(Parts.count(result.checks.count, "check"))",
        ]
      })
  }

  /// A row for each control of a framework; nil where there is no such framework.
  func csv(_ id: String) -> [UInt8]? {
    guard let assessment = board.dossier.assessments.first(where: { $0.framework.id == id }) else { return nil }
    let rows = assessment.results.map { result in
      [
        result.control.id, result.control.title, result.state.rawValue, result.reason, String(result.tally.unhealthy),
        String(result.tally.healthy), String(result.tally.unknown), String(result.tally.exempt),
        result.checks.map(\.link.check).joined(separator: " "), result.attestation?.owner ?? "",
        result.attestation?.evidence ?? "", result.attestation.map { DateTime.text($0.expires) } ?? "",
      ]
    }
    return Report.csv(
      [
        "control", "title", "state", "reason", "unhealthy", "healthy", "unknown", "exempt", "checks", "attestedBy",
        "attestationEvidence", "attestedUntil",
      ], rows)
  }

  // MARK: One control

  func control(_ frameworkID: String, _ controlID: String, _ viewer: PageViewer) -> Page? {
    guard let assessment = board.dossier.assessments.first(where: { $0.framework.id == frameworkID }),
      let result = assessment.result(controlID)
    else { return nil }
    let framework = assessment.framework
    let checks = result.checks.map { entry -> [Markup] in
      let group = board.group(entry.link.check)
      let bar = PageChart.stack(
        [
          (Double(entry.tally.unhealthy), "critical"), (Double(entry.tally.healthy), "good"),
          (Double(entry.tally.unknown), "medium"), (Double(entry.tally.exempt), "none"),
        ],
        label:
          "\(entry.tally.unhealthy) unhealthy, \(entry.tally.healthy) healthy, \(entry.tally.unknown) unknown, \(entry.tally.exempt) exempt"
      )
      let name: Markup =
        group.map {
          "<a class=\"name\" href=\"\(PageAddress.check(entry.link.check))\">\($0.check.title)</a>" as Markup
        }
        ?? "<span class=\"name\">\(entry.link.check)</span>"
      return [
        name + "<p class=\"id\">\(entry.link.check) · \(entry.link.trace)</p>",
        "\(if: entry.tally.total > 0, Markup(picture: bar), else: "<span class=\"muted\">nothing was judged</span>")",
        "\(entry.tally.unhealthy)", "\(entry.tally.healthy)", "\(entry.tally.unknown)", "\(entry.tally.exempt)",
      ]
    }
    let ids = Set(result.checks.map(\.link.check))
    let faults = board.groups.filter { ids.contains($0.check.id) }.flatMap { group in
      group.findings.filter { board.dossier.findings[$0].isFault }
    }.sorted { (board.units[$1], $0) < (board.units[$0], $1) }
    let rows = faults.prefix(25).map { position -> [Markup] in
      let finding = board.dossier.findings[position]
      return [
        Parts.resource(finding.subject.id, name: board.name(of: position))
          + "<p class=\"id\"><bdi>\(board.accountName(finding.subject.account))</bdi></p>",
        "<a href=\"\(PageAddress.finding(finding.id))\">\(finding.check.title)</a>",
        Parts.severity(finding.check.severity), Evidence.short(finding),
      ]
    }
    return Page(
      title: "\(result.control.id) \(result.control.title)", place: .compliance,
      trail: [
        ("Compliance", PageAddress("/compliance")), (framework.title, PageAddress.framework(framework.id)),
        (result.control.id, PageAddress.control(framework.id, result.control.id)),
      ],
      lead: "\(Parts.state(result.state)) \(result.reason)",
      body: """
        <div class="grid"><div class="s8 stack">
        \(Parts.card("Evidence", checks.isEmpty ? "<p class=\"muted\">No check covers it: only a person can vouch for it.</p>" : Parts.table("Checks that are evidence", [.init("Check"), .init("<span class=\"quiet\">Share</span>", minor: true), .init("Unhealthy", number: true), .init("Healthy", number: true), .init("Unknown", number: true, minor: true), .init("Exempt", number: true, minor: true)], checks)))
        \(if: !rows.isEmpty, Parts.card("What fails it", Parts.table("Faults", [.init("Resource"), .init("Finding"), .init("Severity"), .init("Evidence", minor: true)], Array(rows)) + "\(if: faults.count > 25, "<p class=\"muted small\">and \(faults.count - 25) more</p>")"))
        </div><div class="s4 stack">\(attestation(result, framework, viewer))</div></div>
        """)
  }

  private func attestation(_ result: ControlResult, _ framework: Framework, _ viewer: PageViewer) -> Markup {
    var body: Markup = ""
    if let word = result.attestation {
      body += """
        <dl class="facts"><div><dt>By</dt><dd><bdi>\(word.owner)</bdi></dd></div><div><dt>Evidence</dt><dd class="wrap">\(word.evidence)</dd></div>\(if: !word.note.isEmpty, "<div><dt>Note</dt><dd>\(word.note)</dd></div>")<div><dt>Made</dt><dd>\(Parts.day(word.made))</dd></div><div><dt>Until</dt><dd\(if: result.isLapsed, " class=\"late\"")>\(Parts.day(word.expires))\(if: result.isLapsed, " lapsed")</dd></div>\(if: !word.account.isEmpty, "<div><dt>Account</dt><dd><bdi>\(word.account)</bdi></dd></div>")</dl>
        """
    } else {
      body += "<p class=\"muted\">Nobody vouches for it.</p>"
    }
    if viewer.mayAttest {
      body += """
        <details><summary>\(if: result.attestation == nil, "Vouch for it", else: "Vouch for it anew")</summary>
        <form method="post" action="/attestations">\(viewer.tokenField)<input type="hidden" name="framework" value="\(framework.id)"><input type="hidden" name="control" value="\(result.control.id)">
        <label>Who vouches for it<input name="owner" required value="\(viewer.name)" autocomplete="off"></label>
        <label>Evidence: a text or a link<textarea name="evidence" rows="2" required></textarea></label>
        <label>Note<input name="note" autocomplete="off"></label>
        <label>Until<input type="date" name="expires" required></label>
        <p class="buttons"><button class="button main" type="submit">Attest</button></p></form></details>
        \(if: result.attestation != nil, "<form method=\"post\" action=\"/attestations/withdraw\">\(viewer.tokenField)<input type=\"hidden\" name=\"framework\" value=\"\(framework.id)\"><input type=\"hidden\" name=\"control\" value=\"\(result.control.id)\"><button class=\"button\" type=\"submit\">Withdraw</button></form>")
        """
    }
    return Parts.card("Attestation", body)
  }
}
