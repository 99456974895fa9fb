// SPDX-License-Identifier: Apache-2.0

/// Scores for programs: JSON, and CSV from which every number can be computed again.
package struct ScoreText: Sendable {
  package let scores: ScoreRecord
  /// The scopes shown.
  package let secure: SecureScore
  package let model: SecureScoreModel
  package let change: ScoreChange?

  package init(_ scores: ScoreRecord, _ secure: SecureScore, _ model: SecureScoreModel, change: ScoreChange?) {
    self.scores = scores
    self.secure = secure
    self.model = model
    self.change = change
  }

  package static let csvColumns = [
    "time", "cloud", "account", "weight", "accountPercentage", "control", "title", "max", "healthy", "unhealthy",
    "notApplicable", "unknown", "current", "increase",
  ]

  /// A row for each control of each account, RFC 4180 with a header. What is not assessed has no current points.
  package func csv() -> [UInt8] {
    var out = Array((Self.csvColumns.joined(separator: ",") + "\r\n").utf8)
    for scope in secure.scopes {
      for control in scope.controls {
        let cells = [
          ReportText.time(scores.time), scope.cloud, scope.account, String(scope.weight),
          scope.percentage.map { ScoreNumber.text($0) } ?? "", control.control, model.title(of: control.control),
          String(control.max), String(control.healthy), String(control.unhealthy), String(control.notApplicable),
          String(control.unknown), control.assessed == 0 ? "" : ScoreNumber.text(control.current),
          ScoreNumber.text(scope.increase(of: control.control)),
        ]
        for (index, cell) in cells.enumerated() {
          if index > 0 { out.append(UInt8(ascii: ",")) }
          Report.cell(cell, into: &out)
        }
        out.append(contentsOf: [0x0D, 0x0A])
      }
    }
    return out
  }

  package func json() -> [UInt8] {
    var text = ReportText()
    text.open("{")
    text.member("time", ReportText.time(scores.time))
    text.member("secureScore") { text in
      text.member("percentage", json: number(secure.percentage))
      text.member("weight", Int64(secure.weight))
      text.list("clouds", secure.clouds) { text, cloud in
        let part = secure.filtered(cloud: cloud)
        text.member("cloud", cloud)
        text.member("accounts", Int64(part.scopes.count))
        text.member("weight", Int64(part.weight))
        text.member("percentage", json: number(part.percentage))
      }
      text.list("controls", model.controls) { text, control in
        write(secure.total(control.id), increase: secure.increase(of: control.id), into: &text)
      }
      text.list("accounts", secure.scopes) { text, scope in
        text.member("cloud", scope.cloud)
        text.member("account", scope.account)
        text.member("weight", Int64(scope.weight))
        text.member("current", json: number(scope.current))
        text.member("max", Int64(scope.max))
        text.member("percentage", json: number(scope.percentage))
        text.list("controls", scope.controls) { text, control in
          write(control, increase: scope.increase(of: control.control), into: &text)
        }
      }
    }
    text.member("riskScore", risk)
    if let change { text.member("change") { text in write(change, into: &text) } }
    text.close("}")
    return text.bytes + [0x0A]
  }

  private func number(_ value: Double?) -> String { value.map { ScoreNumber.text($0) } ?? "null" }

  private func write(_ control: ControlScore, increase: Double, into text: inout ReportText) {
    text.member("control", control.control)
    text.member("title", model.title(of: control.control))
    text.member("max", Int64(control.max))
    text.member("healthy", Int64(control.healthy))
    text.member("unhealthy", Int64(control.unhealthy))
    text.member("notApplicable", Int64(control.notApplicable))
    text.member("unknown", Int64(control.unknown))
    text.member("current", json: control.assessed == 0 ? "null" : ScoreNumber.text(control.current))
    text.member("increase", json: ScoreNumber.text(increase))
  }

  private func risk(_ text: inout ReportText) {
    let risk = scores.risk
    text.member("score", json: ScoreNumber.risk(risk.units))
    text.member("resources", Int64(risk.resources))
    text.member("factorsWithoutFacts", json: ReportText.array(risk.absent))
    for (key, parts) in [("accounts", risk.byAccount), ("controls", risk.byControl), ("severities", risk.bySeverity)]
      as [(StaticString, [RiskScore.Part])]
    {
      text.list(key, parts) { text, part in
        text.member("name", part.name)
        text.member("adds", json: ScoreNumber.risk(part.units))
      }
    }
    text.list("worst", risk.worst) { text, resource in
      text.member("resourceId", resource.id)
      text.member("resourceType", resource.type)
      text.member("cloud", resource.cloud)
      text.member("account", resource.account)
      text.member("faults", Int64(resource.faults))
      text.member("risk", json: ScoreNumber.risk(resource.risk))
      text.member("adds", json: ScoreNumber.risk(resource.units))
      text.member("exposure", Int64(resource.exposure))
      text.member("data", Int64(resource.data))
      text.member("criticality", Int64(resource.criticality))
    }
    text.member("othersAdd", json: ScoreNumber.risk(risk.others))
  }

  private func write(_ change: ScoreChange, into text: inout ReportText) {
    text.member("from", ReportText.time(change.from))
    text.member("to", ReportText.time(change.to))
    text.member("contentChanged", json: change.isContentChanged ? "true" : "false")
    text.member("secureScore") { write(change.secure, { ScoreNumber.text($0) }, into: &$0) }
    text.member("riskScore") { write(change.risk, { ScoreNumber.risk($0) }, into: &$0) }
    text.list("accounts", change.scopes) { text, scope in
      text.member("cloud", scope.cloud)
      text.member("account", scope.account)
      write(scope.parts, { ScoreNumber.text($0) }, into: &text)
    }
  }

  private func write(_ parts: ScoreChange.Parts, _ number: (Int) -> String, into text: inout ReportText) {
    text.member("before", json: number(parts.before))
    text.member("content", json: number(parts.content))
    text.member("estate", json: number(parts.estate))
    text.member("exemptions", json: number(parts.exemptions))
    text.member("after", json: number(parts.after))
  }
}

extension ReportText {
  /// A list of objects.
  fileprivate mutating func list<Item>(
    _ key: StaticString, _ items: [Item], _ body: (inout ReportText, Item) -> Void
  ) {
    self.key(key)
    open("[")
    for item in items {
      open("{")
      body(&self, item)
      close("}")
    }
    close("]")
  }
}
