// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import KQL
internal import Posture

/// Where the estate stands now: the first page that somebody sees.
struct OverviewPage {
  let board: Board
  /// The newest scan of each account.
  let scans: [ScanRow]
  /// A scan that runs, in words.
  let running: String?
  let now: Int64

  private var dossier: Dossier { board.dossier }

  func page(_ viewer: PageViewer) -> Page {
    Page(
      title: "Overview", place: .overview,
      lead: """
        \(Parts.count(dossier.holdings.reduce(0) { $0 + $1.resources }, "resource")) in \(Parts.count(board.accounts.count, "account")), judged \(Parts.ago(dossier.judged, now: now)) by \(Parts.count(dossier.verdicts.checks.count, "check")).
        """,
      actions:
        "<a class=\"button\" href=\"/report.html\">Report</a><a class=\"button main\" href=\"/recommendations\">What to mend</a>",
      body: """
        \(notes)<div class="grid">
        \(secureCard)\(riskCard)\(faultsCard)
        \(planCard)\(historyCard)
        \(accountsCard)
        \(complianceCard)\(newsCard)
        \(coverageCard)\(scansCard)
        </div>
        """)
  }

  private var notes: Markup {
    dossier.notes.isEmpty ? "" : Parts.note("<ul>\(dossier.notes.map { "<li>\($0)</li>" as Markup })</ul>")
  }

  // MARK: Scores

  private var secure: Double? { dossier.scores?.secure.percentage }
  private var risk: Double { Double(dossier.scores?.risk.units ?? 0) / Double(RiskScore.scale) }

  /// What a score was at the judging before, where there is one.
  private var before: ScoreHistory.Point? {
    guard let points = dossier.history?.points, points.count > 1 else { return nil }
    return points[points.count - 2]
  }

  private func delta(_ now: Double, _ before: Double?, better: Bool) -> Markup {
    guard let before else { return "" }
    guard abs(now - before) >= 0.05 else { return "<span class=\"delta\">as at the scan before</span>" }
    let isGood = (now > before) == better
    return """
      <span class="delta"><b class="\(isGood ? "up" : "down")">\(Parts.points(now - before, isSigned: true))</b> since the scan before</span>
      """
  }

  private var secureCard: Markup {
    let shown = secure.map { "\(Int($0.rounded()))" } ?? "–"
    let ring = PageChart.ring(
      secure.map { $0 / 100 }, shown, color: "good",
      label: "Secure score: \(secure.map { Parts.points($0) } ?? "not assessed") percent")
    return """
      <section class="card s4 gauge"><div class="ring">\(Markup(picture: ring))</div><div><h2>Secure score</h2>
      <p class="big">\(secure.map { Parts.points($0) } ?? "–")<span class="unit">%</span></p>\(secure.map { delta($0, before?.secure, better: true) })
      <p class="muted small">Counted as Defender for Cloud does. 100 is best.</p></div></section>
      """
  }

  private var riskCard: Markup {
    let color = risk >= 50 ? "critical" : risk >= 20 ? "high" : "medium"
    let ring = PageChart.ring(
      risk / 100, "\(Int(risk.rounded()))", color: color, label: "Risk score: \(Parts.points(risk)) of 100")
    return """
      <section class="card s4 gauge"><div class="ring">\(Markup(picture: ring))</div><div><h2>Risk score</h2>
      <p class="big">\(Parts.points(risk))</p>\(delta(risk, before?.risk, better: false))
      <p class="muted small">Severity, exposure, data and criticality. 0 is best.</p></div></section>
      """
  }

  static let severities: [Severity] = [.critical, .high, .medium, .low]

  private var faultsCard: Markup {
    let counts = Self.severities.map { severity in
      board.groups.reduce(0) { $0 + ($1.check.severity == severity ? $1.faults : 0) }
    }
    let bar = PageChart.stack(
      zip(Self.severities, counts).map { (Double($1), $0.rawValue) },
      label: zip(Self.severities, counts).map { "\($0.rawValue) \($1)" }.joined(separator: ", "))
    let items = zip(Self.severities, counts).map { severity, count -> Markup in
      """
      <li><a href="\(PageAddress("/recommendations", [("severity", severity.rawValue)]))"><b>\(Parts.grouped(count))</b><span><i class="dot \(severity.rawValue)"></i>\(severity.rawValue)</span></a></li>
      """
    }
    let unknown = board.groups.reduce(0) { $0 + $1.unknown }
    let exempt = board.groups.reduce(0) { $0 + $1.exempt }
    return """
      <section class="card s4"><div class="card-head"><h2>\(Parts.count(board.faultCount, "fault"))</h2><a class="more" href="/recommendations">All</a></div>
      \(Markup(picture: bar))<ul class="counts">\(items)</ul>
      <p class="muted small"><a href="/recommendations?status=unknown">\(Parts.grouped(unknown)) unknown</a>, never counted as healthy · <a href="/recommendations?status=exempt">\(Parts.grouped(exempt)) exempt</a></p></section>
      """
  }

  // MARK: What to do

  private var planCard: Markup {
    guard let plan = board.plan, let scores = dossier.scores else {
      return Parts.card("Nothing to mend", "<p>No fault that counts was found.</p>", span: 7)
    }
    let items = plan.checks.enumerated().map { index, check -> Markup in
      let group = board.group(check.id)
      return """
        <li><span class="rank" aria-hidden="true">\(index + 1)</span><div><a class="name" href="\(PageAddress.check(check.id))">\(check.title)</a>
        <p class="muted small">\(Parts.severity(check.severity)) \(Parts.count(group?.faults ?? 0, "resource")) · \(Parts.riskPoints(group?.units ?? 0)) of the risk\(if: check.effort != nil, " · \(check.effort ?? "") effort")</p></div></li>
        """
    }
    let rise: Markup
    if let before = scores.secure.percentage, let after = plan.after.secure.percentage {
      rise = """
        Mend \(plan.checks.count == 1 ? "this" : "these \(["", "", "two", "three", "four", "five"][min(5, plan.checks.count)])") and the secure score rises from \(Parts.points(before)) to <b class="up">\(Parts.points(after))</b>, and the risk falls from \(Parts.riskPoints(scores.risk.units)) to <b class="up">\(Parts.riskPoints(plan.after.risk.units))</b>.
        """
    } else {
      rise =
        "Mend these and the risk falls from \(Parts.riskPoints(scores.risk.units)) to <b class=\"up\">\(Parts.riskPoints(plan.after.risk.units))</b>."
    }
    return Parts.card(
      "Mend these first", "<p>\(rise)</p><ol class=\"plan\">\(items)</ol>\(worst)", span: 7,
      more: "<a class=\"more\" href=\"/recommendations\">All recommendations</a>")
  }

  /// The resources that carry most of the risk.
  private var worst: Markup {
    guard let risk = dossier.scores?.risk, !risk.worst.isEmpty else { return "" }
    let most = Double(risk.worst.first?.units ?? 1)
    let items = risk.worst.prefix(6).map { resource -> Markup in
      let name = board.resources.row(resource.id).map { board.resources.name[$0] } ?? Parts.shortName(resource.id)
      let bar = PageChart.stack(
        [(Double(resource.units), "high")], label: "\(Parts.riskPoints(resource.units)) points of the risk", of: most)
      return """
        <li><span>\(Parts.resource(resource.id, name: name)) <span class="muted small">\(resource.type)</span></span><span class="share">\(Parts.count(resource.faults, "fault")) · \(Parts.riskPoints(resource.units))</span>\(Markup(picture: bar))</li>
        """
    }
    return "<h3>Resources that carry most of the risk</h3><ul class=\"bars\">\(Array(items))</ul>"
  }

  private var historyCard: Markup {
    var body: Markup = ""
    if let points = dossier.history?.points, points.count > 1 {
      let lines = PageChart.lines(points, label: "Secure score and risk score at \(points.count) scans")
      body += """
        <div class="chart">\(Markup(picture: lines))</div><ul class="key"><li><i class="dot good"></i>Secure score</li><li><i class="dot high"></i>Risk score</li></ul>
        """
    }
    if let change = dossier.period?.change {
      func row(_ name: Markup, _ parts: ScoreChange.Parts, _ text: (Int) -> String) -> [Markup] {
        [name] + [parts.estate, parts.content, parts.exemptions].map { "\(text($0))" as Markup }
      }
      body += "<h3>Why it moved since \(Parts.day(change.from))</h3>"
      body += Parts.table(
        "What moved the scores",
        [
          .init("Score"), .init("Estate", number: true), .init("Checks", number: true),
          .init("Exemptions", number: true),
        ],
        [
          row("Secure", change.secure) { Parts.points(Double($0) / 100, isSigned: true) },
          row("Risk", change.risk) { Parts.riskPoints($0, isSigned: true) },
        ])
    }
    return Parts.card(body.isEmpty ? "Where the points are" : "Over time", body + gains, span: 5)
  }

  /// The controls of the secure score that would give most.
  private var gains: Markup {
    guard let score = dossier.scores?.secure else { return "" }
    let rows = dossier.model.controls.map { ($0, score.increase(of: $0.id), score.total($0.id)) }
      .filter { $0.1 > 0 }.sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }.prefix(6)
    guard !rows.isEmpty else { return "" }
    let items = rows.map { control, gain, total -> Markup in
      let bar = PageChart.stack(
        [(Double(total.healthy), "good")], label: "\(total.healthy) of \(total.assessed) healthy",
        of: Double(total.assessed))
      return """
        <li><a class="name" href="\(PageAddress("/recommendations", [("control", control.title)]))">\(control.title)</a><span class="share">\(Parts.points(gain, isSigned: true)) %</span>\(Markup(picture: bar))</li>
        """
    }
    return "<h3>What the secure score would gain by control</h3><ul class=\"bars\">\(Array(items))</ul>"
  }

  // MARK: Where

  private var accountsCard: Markup {
    let rows = board.accounts.prefix(25).map { account -> [Markup] in
      let bar = PageChart.stack(
        [(account.score ?? 0, "good")], label: account.score.map { "\(Parts.points($0)) percent" } ?? "not assessed",
        of: 100)
      let counts = Self.severities.map { ($0, account.faults[Board.rank($0) - 1]) }
      let severity = PageChart.stack(
        counts.map { (Double($0.1), $0.0.rawValue) },
        label: counts.map { "\($0.0.rawValue) \($0.1)" }.joined(separator: ", "))
      return [
        "<a href=\"\(PageAddress("/recommendations", [("account", account.account)]))\"><bdi>\(board.accountName(account.account))</bdi></a>",
        Parts.cloud(account.cloud), "\(Parts.grouped(account.resources))",
        "\(account.score.map { Parts.points($0) } ?? "–")",
        Markup(picture: bar), "\(Parts.grouped(account.faultCount))",
        "\(if: account.faultCount > 0, Markup(picture: severity))", "\(Parts.riskPoints(account.units))",
      ]
    }
    let clouds = board.clouds.map { cloud -> Markup in
      let share = dossier.scores?.secure.filtered(cloud: cloud).percentage
      let units = board.accounts.reduce(0) { $0 + ($1.cloud == cloud ? $1.units : 0) }
      return """
        <li><a href="\(PageAddress("/recommendations", [("cloud", cloud)]))">\(Parts.cloud(cloud))<b>\(share.map { Parts.points($0) + " %" } ?? "–")</b><span class="muted small">\(Parts.riskPoints(units)) of the risk</span></a></li>
        """
    }
    return Parts.card(
      "Posture by cloud and account",
      "<ul class=\"tiles\">\(clouds)</ul>"
        + Parts.table(
          "Accounts, those that add most to the risk first",
          [
            .init("Account"), .init("Cloud"), .init("Resources", number: true, minor: true),
            .init("Secure score", number: true),
            .init("<span class=\"quiet\">Secure score as a bar</span>", minor: true),
            .init("Faults", number: true), .init("<span class=\"quiet\">Faults by severity</span>", minor: true),
            .init("Risk", number: true),
          ], Array(rows)))
  }

  private var complianceCard: Markup {
    let clouds = Set(board.clouds)
    let rows = dossier.assessments.filter { !clouds.isDisjoint(with: $0.framework.clouds) }.prefix(8).map {
      assessment -> Markup in
      """
      <li><a class="name" href="\(PageAddress.framework(assessment.framework.id))">\(assessment.framework.title)</a><span class="share">\(Parts.points(assessment.percentage(.proved))) % proved</span>\(CompliancePages.bar(assessment))</li>
      """
    }
    return Parts.card(
      "Compliance at a glance", "<ul class=\"bars\">\(Array(rows))</ul>\(CompliancePages.key)", span: 6,
      more: "<a class=\"more\" href=\"/compliance\">All frameworks</a>")
  }

  private var newsCard: Markup {
    guard let period = dossier.period else {
      return Parts.card(
        "What changed", "<p class=\"muted\">What changes is told from the second scan on.</p>", span: 6)
    }
    let counts = [("Opened", "critical"), ("Reopened", "critical"), ("Resolved", "good"), ("Closed", "none")].map {
      event, kind -> Markup in
      "<li><b>\(period.count(event))</b><span>\(Parts.chip(event, kind))</span></li>"
    }
    let events = period.events.reversed().prefix(8).map { event -> Markup in
      let check = board.group(event.checkId)?.check
      return """
        <li>\(Parts.chip(event.event, ["Opened", "Reopened"].contains(event.event) ? "critical" : event.event == "Resolved" ? "good" : "none"))<div><a href="\(PageAddress.finding(event.findingId))">\(check?.title ?? event.checkId)</a><p class="muted small"><bdi>\(Parts.shortName(event.resourceId))</bdi> · \(Parts.ago(event.time, now: now))\(if: !event.cause.isEmpty, " · \(event.cause)")</p></div></li>
        """
    }
    return Parts.card(
      period.since > now - 25 * DateTime.ticksPerDay / 24 ? "Since yesterday" : "Since \(Parts.day(period.since))",
      "<ul class=\"counts\">\(counts)</ul>\(if: !period.events.isEmpty, "<ul class=\"feed\">\(Array(events))</ul>", else: "<p class=\"muted\">Nothing changed.</p>")",
      span: 6)
  }

  // MARK: What is not seen

  private var coverageCard: Markup {
    let gaps = dossier.scan.gaps
    guard !gaps.isEmpty else {
      return Parts.card(
        "Coverage", "<p class=\"ok\">Every call was answered: nothing that was asked for is unseen.</p>", span: 6)
    }
    var groups: [[String]: (gap: CoverageGap, count: Int)] = [:]
    for gap in gaps { groups[[gap.cloud, gap.operation, gap.reason.rawValue], default: (gap, 0)].count += 1 }
    let rows = groups.sorted { ($1.value.count, $0.key.joined()) < ($0.value.count, $1.key.joined()) }.prefix(6).map {
      _, entry -> [Markup] in
      [
        "<code>\(entry.gap.operation)</code>", Parts.cloud(entry.gap.cloud), "\(entry.gap.reason.rawValue)",
        "\(if: !entry.gap.permission.isEmpty, "<code>\(entry.gap.permission)</code>")", "\(entry.count)",
      ]
    }
    return Parts.card(
      "\(Parts.count(gaps.count, "call")) gave no answer",
      "<p class=\"muted\">What they would have told is Unknown, and never counted as healthy.</p>"
        + Parts.table(
          "Calls without an answer",
          [.init("Call"), .init("Cloud"), .init("Reason"), .init("Needs", minor: true), .init("Times", number: true)],
          Array(rows)),
      span: 6, more: "<a class=\"more\" href=\"\(PageAddress.query("CoverageGaps"))\">All</a>")
  }

  private var scansCard: Markup {
    let rows = scans.sorted { ($1.started, $0.account) < ($0.started, $1.account) }.prefix(8).map { scan -> [Markup] in
      let seconds = (scan.finished - scan.started) / DateTime.ticksPerSecond
      return [
        "<bdi>\(board.accountName(scan.account))</bdi>", Parts.cloud(scan.cloud), Parts.ago(scan.finished, now: now),
        "\(seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min")", "\(Parts.grouped(scan.resources))",
      ]
    }
    return Parts.card(
      "Scans",
      "\(if: running != nil, "<p class=\"running\"><i class=\"pulse\"></i><span>\(running ?? "")</span></p>")"
        + Parts.table(
          "The newest scan of each account",
          [
            .init("Account"), .init("Cloud"), .init("Ended"), .init("Took", number: true),
            .init("Resources", number: true),
          ], Array(rows)),
      span: 6)
  }
}
