// SPDX-License-Identifier: Apache-2.0
internal import KQL

extension DossierPage {
  private static let severities: [Severity] = [.critical, .high, .medium, .low]

  // MARK: Summary

  mutating func summary() {
    guard let scores = dossier.scores else { return }
    let secure = scores.secure.percentage
    let risk = Double(scores.risk.units) / Double(RiskScore.scale)
    out += "<section id=\"summary\"><h2>Summary</h2>\n<div class=\"grid\">\n"
    out += "<div class=\"card s6 gauge\">"
    out += PageChart.ring(
      secure.map { $0 / 100 }, secure.map { "\(Int($0.rounded()))" } ?? "–", color: "good",
      label: "Secure score: \(secure.map { ScoreNumber.text($0) } ?? "not assessed") percent")
    out +=
      "<div><h3>Secure score</h3><p>\(secure == nil ? "Nothing is assessed" : score("secure") + " %"), as Defender for "
    out += "Cloud counts it. 100 is best.</p></div></div>\n<div class=\"card s6 gauge\">"
    out += PageChart.ring(
      risk / 100, "\(Int(risk.rounded()))", color: risk >= 50 ? "critical" : risk >= 20 ? "high" : "medium",
      label: "Risk score: \(ScoreNumber.text(risk)) of 100")
    out += "<div><h3>Risk score</h3><p>\(score("risk")) of 100, from severity, exposure, data and criticality. 0 is "
    out += "best.</p></div></div>\n"
    counts()
    if let points = dossier.history?.points, points.count > 1 {
      out += "<div class=\"card s12\"><h3>Scores over time</h3>"
      out += PageChart.lines(points, label: "Secure score and risk score at \(points.count) scans")
      out += "<ul class=\"key\"><li><span class=\"dot\" style=\"background:var(--good-fill)\"></span>Secure score</li>"
      out += "<li><span class=\"dot\" style=\"background:var(--high-fill)\"></span>Risk score</li></ul></div>\n"
    }
    out += "</div></section>\n"
  }

  /// The counts alone, for a report without scores.
  mutating func faultsCard() {
    out += "<section id=\"summary\"><h2>Summary</h2>\n<div class=\"grid\">\n"
    counts()
    out += "</div></section>\n"
  }

  private mutating func counts() {
    out += "<div class=\"card s12\"><h3>\(figure("unhealthy")) \(figures["unhealthy"] == 1 ? "fault" : "faults")</h3>"
    out += PageChart.stack(
      Self.severities.map { (figures["severity.\($0.rawValue)"], $0.rawValue) },
      label: Self.severities.map { "\($0.rawValue) \(Int(figures["severity.\($0.rawValue)"]))" }.joined(separator: ", ")
    )
    out += "<ul class=\"counts\">"
    for severity in Self.severities {
      out += "<li><b>\(figure("severity.\(severity.rawValue)"))</b>"
      out +=
        "<span class=\"dot\" style=\"background:var(--\(severity.rawValue)-fill)\"></span>\(severity.rawValue)</li>"
    }
    for (name, words) in [
      ("healthy", "healthy"), ("unknown", "unknown"), ("notApplicable", "not applicable"), ("exempt", "exempt"),
      ("countedElsewhere", "counted by another check"),
    ] { out += "<li><b>\(figure(name))</b>\(words)</li>" }
    out += "</ul></div>\n"
  }

  // MARK: Scores and their parts

  mutating func scoreTables(_ scores: ScoreRecord) {
    let secure = scores.secure
    out += "<section id=\"scores\"><h2>Scores and their parts</h2>\n<div class=\"grid\">\n<div class=\"card s12\">"
    out += "<h3>Secure score by control</h3>"
    table(
      "Points of each control over all accounts, and what the score would gain if its resources were healthy",
      [
        ("Control", false), ("Points", true), ("of", true), ("Share", false), ("Healthy", true), ("Unhealthy", true),
        ("Unknown", true), ("Gain", true),
      ],
      dossier.model.controls.map { control in
        let (name, total) = ("control.\(control.id)", secure.total(control.id))
        let isAssessed = total.assessed > 0
        return [
          text(control.title), isAssessed ? score("\(name).points") : "–", String(control.max),
          isAssessed
            ? PageChart.stack(
              [(Double(total.healthy), "good")],
              label: "\(total.healthy) of \(total.assessed) healthy", of: Double(total.assessed))
            : "<span class=\"more\">not assessed</span>",
          figure("\(name).healthy"), figure("\(name).unhealthy"), figure("\(name).unknown"),
          isAssessed ? "+\(ScoreNumber.text(secure.increase(of: control.id)))" : "",
        ]
      })
    out += "</div>\n<div class=\"card s12\"><h3>Secure score by account</h3>"
    table(
      "Each account weighs as many resources as it has assessed",
      [("Account", false), ("Cloud", false), ("Score", true), ("Share", false), ("Assessed", true)],
      secure.scopes.map { scope in
        let name = "secure.\(scope.cloud)/\(scope.account)"
        return [
          "<bdi>\(text(scope.account.isEmpty ? "(directory)" : scope.account))</bdi>", cloudCell(scope.cloud),
          scope.percentage == nil ? "–" : "\(score(name)) %",
          scope.percentage.map {
            PageChart.stack([($0, "good")], label: "\(ScoreNumber.text($0)) percent", of: 100)
          } ?? "",
          scope.percentage == nil ? "0" : figure("\(name).weight"),
        ]
      }, most: 40)
    out += "</div>\n"
    riskParts(scores.risk)
    out += "</div></section>\n"
  }

  private mutating func riskParts(_ risk: RiskScore) {
    func units(_ units: Int) -> String { ScoreNumber.text(Double(units) / Double(RiskScore.scale)) }
    out += "<div class=\"card s12\"><h3>What makes up the risk score</h3>"
    out += PageChart.stack(
      risk.bySeverity.map { (Double($0.units), $0.name) },
      label: risk.bySeverity.map { "\($0.name) \(units($0.units))" }.joined(separator: ", "))
    out += "<ul class=\"counts\">"
    for part in risk.bySeverity {
      out += "<li><b>\(score("risk.severity.\(part.name)"))</b><span class=\"dot\" "
      out += "style=\"background:var(--\(part.name)-fill)\"></span>\(part.name)</li>"
    }
    out += "</ul>"
    table(
      "The resources that add most",
      [("Resource", false), ("Cloud", false), ("Faults", true), ("Own risk", true), ("Adds", true)],
      risk.worst.prefix(10).map { resource in
        [
          place(resource.id, resource.type), cloudCell(resource.cloud), String(resource.faults), units(resource.risk),
          units(resource.units),
        ]
      })
    if !risk.absent.isEmpty {
      out += "<p class=\"more\">Not considered for want of facts: \(text(risk.absent.joined(separator: ", "))).</p>"
    }
    out += "</div>\n"
  }

  /// A resource by its name, with its whole id.
  func place(_ id: String, _ type: String) -> String {
    let name = id.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? id
    let shown = name == id ? "" : "<br><bdi class=\"id\">\(text(id))</bdi>"
    return "<bdi class=\"name\">\(text(name))</bdi>\(shown)"
  }

  // MARK: What changed

  mutating func changes(_ period: Dossier.Period) {
    out += "<section id=\"changes\"><h2>What changed</h2>\n<p class=\"lead\">From \(moment(period.since)) to "
    out += "\(moment(period.until)).</p>\n<div class=\"grid\"><div class=\"card s12\"><ul class=\"counts\">"
    for (event, word) in [
      ("Opened", "opened"), ("Reopened", "reopened"), ("Resolved", "resolved"), ("Closed", "closed: gone"),
      ("Returned", "back, without a fault"), ("Changed", "changed otherwise"),
    ] {
      out +=
        "<li><b><data data-figure=\"event.\(event)\" value=\"\(period.count(event))\">\(period.count(event))</data></b>"
      out += "\(word)</li>"
    }
    out += "</ul></div>\n"
    if let change = period.change {
      func row(_ name: String, _ parts: ScoreChange.Parts, _ text: (Int, Bool) -> String) -> [String] {
        [
          name, text(parts.before, false), text(parts.estate, true), text(parts.content, true),
          text(parts.exemptions, true), text(parts.after, false),
        ]
      }
      out += "<div class=\"card s12\"><h3>Why the scores moved</h3>"
      table(
        "Between the scans of \(moment(change.from)) and \(moment(change.to)); the parts add up",
        [
          ("Score", false), ("Before", true), ("Estate", true), ("Checks", true), ("Exemptions", true), ("After", true),
        ],
        [
          row("Secure score", change.secure) { ScoreNumber.text($0, isSigned: $1) },
          row("Risk score", change.risk) { ScoreNumber.risk($0, isSigned: $1) },
        ])
      out += "</div>\n"
    } else if let note = period.note {
      out += "<div class=\"card s12\"><p>\(text(note))</p></div>\n"
    }
    let order = ["Reopened", "Opened", "Resolved", "Returned", "Closed", "Changed"]
    for event in order {
      let list = period.events.filter { $0.event == event }
      guard !list.isEmpty else { continue }
      out += "<div class=\"card s12\"><h3>\(chip(event)) \(list.count)</h3>"
      table(
        list.count > 20 ? "The newest 20; the CSV has all" : "The newest first",
        [("Resource", false), ("Check", false), ("When", false), ("Because of", false), ("Says", false)],
        list.reversed().prefix(20).map { event in
          [
            place(event.resourceId, ""), "<span class=\"id cid\">\(text(event.checkId))</span>",
            day(event.time as Int64?),
            text(event.cause), text(event.reason),
          ]
        })
      out += "</div>\n"
    }
    out += "</div></section>\n"
  }
}
