// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import Inventory
import KQL
import Posture

struct ScoreCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case table, json, csv, markdown }

  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Shows the secure score and the risk score, and why they changed.",
    discussion: """
      The secure score is 100 where everything assessed is healthy, the risk score is 0 there. Both are of the newest
      scan. CSV has the counts from which every number of the secure score can be computed again.

      Examples:
        plumb score
        plumb score --cloud azure --format markdown
        plumb score --account 111122223333
        plumb score --why
        plumb score --since 7d --format json
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: "Only this cloud: aws, azure, gcp.") var cloud: String?
  @Option(help: "Only this account, subscription or project.") var account: String?
  @Flag(help: "Say why the scores differ from those of the scan before.") var why = false
  @Option(
    help: "Say why they differ from those that stood at this time: a datetime, or a span such as 7d for a week ago.")
  var since: String?
  @Option(help: "table, json, csv or markdown.") var format: Format = .table

  func run() throws {
    let settings = try store.settings()
    let inventory = try Store(directory: try store.directory(settings))
    let scores = try ScoreStore(inventory)
    guard let newest = try scores.newest() else {
      throw UsageError("nothing has been scored yet; plumb scan does it")
    }
    let secure = newest.secure.filtered(cloud: cloud, account: account)
    guard !secure.scopes.isEmpty else {
      let known = newest.secure.scopes.map { "\($0.cloud) \($0.account)" }.joined(separator: ", ")
      throw UsageError("no such account was scored; there are: \(known.isEmpty ? "none" : known)")
    }
    let content = try store.library(settings)
    let library = try CheckCommand.library(content)
    let scorer = try Scorer(content, checks: library.stable)
    let change = try change(to: newest, scores, scorer, inventory)
    let text = ScoreText(newest, secure, scorer.controls, change: change)
    switch format {
    case .json: Terminal.write(text.json())
    case .csv: Terminal.write(text.csv())
    case .table, .markdown:
      let page = ScorePage(text: text, isWhole: cloud == nil && account == nil, isMarkdown: format == .markdown)
      Terminal.write(Array((page.lines.joined(separator: "\n") + "\n").utf8))
    }
  }

  private func change(
    to newest: ScoreRecord, _ scores: ScoreStore, _ scorer: Scorer, _ inventory: Store
  ) throws -> ScoreChange? {
    guard why || since != nil else { return nil }
    var time = newest.time - 1
    if let since { time = min(time, try Moment.ticks(since, now: nowTicks(), option: "--since")) }
    guard let before = try scores.newest(at: time) else {
      throw UsageError(
        since == nil
          ? "there is one scan only; the next one has something to be compared with"
          : "nothing had been scored at that time")
    }
    guard let change = try scorer.change(from: before, to: newest, in: inventory) else {
      throw UsageError("the newest scan judged by other checks than these; give its --content, or scan again")
    }
    return change
  }
}

/// Scores for people.
struct ScorePage {
  let text: ScoreText
  /// Whether all clouds and accounts are shown.
  let isWhole: Bool
  let isMarkdown: Bool

  var lines: [String] {
    let secure = text.secure
    var lines = ["Secure score: \(percent(secure.percentage)), judged \(DateTime.text(text.scores.time))"]
    if isWhole {
      lines[0] += isMarkdown ? "  " : ""
      lines.append("Risk score: \(ScoreNumber.text(hundredths(text.scores.risk.units))) of 100")
    }
    lines += section(
      "Accounts", ["cloud", "account", "score", "points", "of", "assessed"], numeric: 2...5,
      secure.scopes.map {
        [
          $0.cloud, $0.account.isEmpty ? "(directory)" : $0.account, percent($0.percentage),
          ScoreNumber.text($0.current), String($0.max),
          String($0.weight),
        ]
      }
        + (secure.clouds.count > 1
          ? secure.clouds.map { cloud in
            let part = secure.filtered(cloud: cloud)
            return [cloud, "all", percent(part.percentage), "", "", String(part.weight)]
          } : []))
    lines += section(
      "Controls", ["control", "points", "of", "increase", "healthy", "unhealthy", "unknown"], numeric: 1...6,
      text.model.controls.map { control in
        let total = secure.total(control.id)
        let isAssessed = total.assessed > 0
        return [
          control.title, isAssessed ? ScoreNumber.text(total.current) : "–", String(control.max),
          isAssessed ? "+\(ScoreNumber.text(secure.increase(of: control.id))) %" : "–", String(total.healthy),
          String(total.unhealthy), String(total.unknown),
        ]
      })
    if isWhole { lines += risk }
    if let change = text.change { lines += why(change) }
    return lines
  }

  private var risk: [String] {
    let risk = text.scores.risk
    let shown = risk.worst.prefix(10)
    let rest = risk.others + risk.worst.dropFirst(10).reduce(0) { $0 + $1.units }
    // The hundredths shown add up to the score shown.
    let parts = Apportion.shares(of: hundredths(risk.units), by: shown.map(\.units) + [rest])
    var rows = zip(shown, parts).map { resource, part in
      [
        ScoreNumber.text(part), ScoreNumber.text(hundredths(resource.risk)), String(resource.faults), resource.cloud,
        resource.id,
      ]
    }
    if rest > 0 { rows.append([ScoreNumber.text(parts[shown.count]), "", "", "", "all other resources"]) }
    var lines = section(
      "What adds most to the risk", ["adds", "own risk", "faults", "cloud", "resource"], numeric: 0...2, rows)
    if !risk.absent.isEmpty {
      lines += ["", "Not considered for want of facts: \(risk.absent.joined(separator: ", "))."]
    }
    return lines
  }

  private func why(_ change: ScoreChange) -> [String] {
    func row(_ name: String, _ parts: ScoreChange.Parts) -> [String] {
      [name, ScoreNumber.text(parts.before)]
        + [parts.estate, parts.content, parts.exemptions].map { ScoreNumber.text($0, isSigned: true) }
        + [ScoreNumber.text(parts.after)]
    }
    // The risk score's parts in hundredths, taken as differences so that they add up as they are shown.
    let risk = change.risk
    let (content, estate) = (risk.before + risk.content, risk.before + risk.content + risk.estate)
    let rounded = ScoreChange.Parts(
      before: hundredths(risk.before), content: hundredths(content), estate: hundredths(estate),
      after: hundredths(risk.after))
    var rows: [[String]] = []
    if isWhole { rows += [row("secure score", change.secure), row("risk score", rounded)] }
    let shown = Set(text.secure.scopes.map { "\($0.cloud) \($0.account)" })
    rows += change.scopes.map { ("\($0.cloud) \($0.account)", $0.parts) }
      .filter { isWhole || shown.contains($0.0) }.map { row($0.0, $0.1) }
    return section(
      "Why since \(DateTime.text(change.from))", ["", "before", "estate", "content", "exemptions", "after"],
      numeric: 1...5, rows)
  }

  private func hundredths(_ units: Int) -> Int { ScoreNumber.hundredths(Double(units) / Double(RiskScore.scale)) }

  private func percent(_ value: Double?) -> String { value.map { "\(ScoreNumber.text($0)) %" } ?? "not assessed" }

  private func section(
    _ title: String, _ header: [String], numeric: ClosedRange<Int>, _ rows: [[String]]
  ) -> [String] {
    let rows = rows.map { $0.map(TextWidth.harmless) }
    guard isMarkdown else {
      let table = TextTable(header: header, isNumeric: header.indices.map(numeric.contains), rows: rows)
      return ["", title] + table.lines(width: Terminal.cut)
    }
    func line(_ cells: [String]) -> String {
      let escaped = cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
      return "| \(escaped.joined(separator: " | ")) |"
    }
    let rule = "|" + header.indices.map { numeric.contains($0) ? " ---: |" : " --- |" }.joined()
    return ["", "## \(title)", "", line(header), rule] + rows.map(line)
  }
}
