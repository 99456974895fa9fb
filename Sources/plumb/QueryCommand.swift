// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import JSON
import KQL
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Runs KQL over what was seen.",
    discussion: """
      Tables: resources, RawEntityMetadata, resourcecontainers, resourcechanges, policyresources, securityresources,
      Findings, FindingHistory, Exemptions, GovernanceRules, PolicyStates, ComplianceStandards, ComplianceControls,
      ComplianceAssessments, SecureScores, SecureScoreControls,
      CoverageGaps, Scans, and those of plumb ingest.
      In the folder of --data, functions/NAME.kql is a function NAME, watchlists/NAME.csv answers _GetWatchlist('NAME'),
      and external/ holds the files that externaldata reads. --config can name other folders: functions, watchlists,
      externalFolder.

      Examples:
        plumb query 'resources | summarize count() by type | top 5 by count_'
        plumb query "Findings | where status == 'Unhealthy' and severity == 'critical'"
        plumb query report.kql --format csv
        echo 'resources | count' | plumb query -
        plumb query 'resources | count' --as-of 2026-01-31T12:00:00Z
        plumb query 'resources | summarize count() by type | render barchart' --chart
        plumb query 'resources | where type has "s3" | count' --explain
        plumb query --batch queries.jsonl
        plumb query "externaldata (ip:string) ['bad.csv'] | join Sessions on ip" --external-folder ./feeds
        plumb query
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: "The query, a file that holds it, or - for standard input. Default: a shell on a terminal, else -.")
  var query: String?

  @Option(help: "table, json, ndjson, csv, markdown or svg. Default: table.")
  var format: QueryFormat?

  @Option(help: "The state at an earlier time: a datetime, or a span such as 2d for two days ago.")
  var asOf: String?

  @Option(help: ArgumentHelp("A value for a name in the query; may be given again.", valueName: "name=value"))
  var param: [String] = []

  @Option(
    help:
      "Run the JSON lines {\"id\",\"query\"} of a file, or - for standard input; writes {\"id\",\"result\"} or {\"id\",\"error\"}."
  )
  var batch: String?

  @Flag(help: "Print the plan instead of running it; as text, or with --format json.")
  var explain = false

  @Flag(help: "Draw the result as render says; with --format svg, a picture for browsers.")
  var chart = false

  @Option(help: ArgumentHelp("Stop a query that runs longer. With --batch: 60s.", valueName: "span such as 30s"))
  var timeLimit: String?

  @Option(help: ArgumentHelp("Stop a query of which a step makes more rows.", valueName: "rows"))
  var rowLimit = 50_000_000

  @Option(
    help: ArgumentHelp(
      "The folder of files that externaldata may read. Default: external/ of --data.", valueName: "folder"))
  var externalFolder: String?

  @Option(
    help: ArgumentHelp(
      "Stop a query whose operators would hold more. Default: half of the machine's memory.",
      valueName: "size such as 2GB"))
  var memoryLimit: String?

  func validate() throws {
    if rowLimit < 1 { throw ValidationError("--row-limit \(rowLimit): give 1 or more") }
  }

  func run() throws {
    let settings = try store.settings()
    let now = nowTicks()
    let limit = try limit()
    let directory = try store.directory(settings)
    let inventory = try Store(directory: directory)
    let derived = DerivedFolder(inventory) { Terminal.complain("plumb: \($0)") }
    let time = try asOf.map { try Moment.ticks($0, now: now) }
    var catalog = inventory.catalog(asOf: time, derived: derived)
    let findings = try FindingTables(inventory, settings, now: now)
    let content = try store.library(settings)
    let standards = ComplianceCommand.addTables(to: &catalog, content, findings)
    let scores = try addScores(to: &catalog, inventory, content, at: time)
    findings.add(to: &catalog, derived, security: scores + [standards])
    Tables.add(to: &catalog, directory)
    try QueryLibrary.add(to: &catalog, data: directory, settings, external: externalFolder)
    var runner = QueryRunner(catalog: catalog, parameters: try values())
    (runner.timeLimit, runner.rowLimit, runner.memoryLimit) = (limit, rowLimit, try bytes())
    runner.derived = derived
    (runner.format, runner.explains, runner.draws) = (format ?? .table, explain, chart)
    if let batch {
      guard query == nil else { throw UsageError("give a query or --batch, not both") }
      runner.now = now
      runner.timeLimit = limit ?? .seconds(60)
      return try runBatch(batch, runner)
    }
    if query == nil, Terminal.inputIsTerminal, Terminal.outputIsTerminal {
      runner.drawsRendered = true
      return try QueryShell(runner: runner, directory: directory).run()
    }
    runner.now = now
    Terminal.write(try runner.answer(try text()))
  }

  /// Adds the tables of scores. Returns those of `securityresources`.
  private func addScores(
    to catalog: inout Catalog, _ inventory: Store, _ content: ContentLibrary, at time: Int64?
  ) throws -> [SecurityTable.Part] {
    let scores = try ScoreStore(inventory)
    catalog.add("SecureScores", scores.scores(at: time ?? .max))
    let model = try SecureScoreModel(content)
    catalog.add("SecureScoreControls", scores.controls(model, at: time ?? .max))
    return scores.securityResources(model)
  }

  private func limit() throws -> Duration? {
    guard let timeLimit else { return nil }
    guard let ticks = TimeSpan.literal(timeLimit), ticks > 0 else {
      throw UsageError("--time-limit \(timeLimit): not a span such as 30s or 2m")
    }
    return .nanoseconds(Int64(min(ticks, .max / 100)) * 100)
  }

  private func bytes() throws -> Int? {
    guard let memoryLimit else { return nil }
    let units = ["": 1, "B": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000]
    let number = memoryLimit.prefix { $0.isNumber || $0 == "." }
    let unit = memoryLimit[number.endIndex...].filter { $0 != " " }.uppercased()
    guard let value = Double(number), let scale = units[unit],
      let bytes = Int(exactly: (value * Double(scale)).rounded()),
      bytes > 0
    else { throw UsageError("--memory-limit \(memoryLimit): not a size such as 500MB or 2GB") }
    return bytes
  }

  private func values() throws -> [String: Scalar] {
    var values: [String: Scalar] = [:]
    for text in param {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw UsageError("--param \(text): write name=value")
      }
      let value = String(text[text.index(after: equals)...])
      let typed: Scalar =
        NumberText.long(value).map(Scalar.long) ?? DateTime.parse(value).map(Scalar.datetime)
        ?? TimeSpan.literal(value).map(Scalar.timespan) ?? .string(value)
      values[String(text[..<equals])] = typed
    }
    return values
  }

  private func text() throws -> String {
    guard let query, query != "-" else {
      let text = QueryText.decode(Terminal.readAll())
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw UsageError("no query: give one, a file, or - for standard input; see plumb query --help")
      }
      return text
    }
    if !query.contains("\n"), query.utf8.count < 1024, FileManager.default.fileExists(atPath: query) {
      guard let data = FileManager.default.contents(atPath: query) else {
        throw UsageError("\(query): cannot be read")
      }
      return QueryText.decode(data)
    }
    return query
  }

  private func runBatch(_ path: String, _ runner: QueryRunner) throws {
    // Standard input is answered line by line, so that another program can ask one query after another.
    if path == "-" {
      var number = 0
      while let line = readLine() {
        number += 1
        try answer(Array(line.utf8), path, number, runner)
      }
      return
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UsageError("--batch \(path): cannot be read")
    }
    for (number, line) in data.split(separator: 0x0A).enumerated() {
      try answer(Array(line), path, number + 1, runner)
    }
  }

  private func answer(_ line: [UInt8], _ path: String, _ number: Int, _ runner: QueryRunner) throws {
    let entry: JSONValue
    do {
      entry = try JSONDocument(parsing: line).root
    } catch {
      throw UsageError("\(path):\(number): not JSON: \(error)")
    }
    guard let id = entry["id"], let query = entry["query"]?.string else {
      throw UsageError("\(path):\(number): each line is {\"id\": ..., \"query\": \"...\"}")
    }
    var out = Array("{\"id\":".utf8)
    id.write(into: &out)
    do {
      let result = try runner.result(Query(query, catalog: runner.catalog, parameters: runner.parameters))
      out.append(contentsOf: ",\"result\":".utf8)
      out.append(contentsOf: result.json())
    } catch {
      out.append(contentsOf: ",\"error\":".utf8)
      Scalar.string("\(error)").json.write(into: &out)
    }
    out.append(contentsOf: [0x7D, 0x0A])
    Terminal.write(out)
  }
}
