// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
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
      Tables: resources, resourcecontainers, resourcechanges, Findings, CoverageGaps, Scans, and those of plumb ingest.

      Examples:
        plumb query 'resources | summarize count() by type | top 5 by count_'
        plumb query "Findings | where status == 'Unhealthy' and severity == 'critical'"
        plumb query report.kql --format csv
        echo 'resources | count' | plumb query -
        plumb query 'resources | count' --as-of 2026-01-31T12:00:00Z
        plumb query --batch queries.jsonl
      """)

  @OptionGroup var store: StoreOptions

  @Argument(help: "The query, a file that holds it, or - for standard input.")
  var query: String?

  @Option(help: "table, json, ndjson, csv or markdown. Default: table.")
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

  func run() throws {
    let settings = try store.settings()
    let now = nowTicks()
    let directory = try store.directory(settings)
    let inventory = try Store(directory: directory)
    var catalog = try inventory.catalog(asOf: try moment(now))
    catalog.add("Findings", try FindingStore(inventory).table)
    try Tables.add(to: &catalog, directory)
    let parameters = try values()
    if let batch {
      guard query == nil else { throw UsageError("give a query or --batch, not both") }
      return try runBatch(batch, catalog, parameters, now)
    }
    let result = try Query(try text(), catalog: catalog, parameters: parameters).run(now: now)
    Terminal.write(QueryOutput.text(result, format ?? .table, width: Terminal.cut))
  }

  private func moment(_ now: Int64) throws -> Int64? {
    guard let asOf else { return nil }
    if let ticks = DateTime.parse(asOf) { return ticks }
    if let span = TimeSpan.literal(asOf), span >= 0 { return now - span }
    throw UsageError("--as-of \(asOf): not a datetime such as 2026-01-31T12:00:00Z, nor a span such as 2d")
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
    guard let query else {
      throw UsageError("no query: give one, a file, or - for standard input; see plumb query --help")
    }
    if query == "-" {
      var lines: [String] = []
      while let line = readLine(strippingNewline: false) { lines.append(line) }
      return lines.joined()
    }
    if !query.contains("\n"), query.utf8.count < 1024, FileManager.default.fileExists(atPath: query) {
      return try Self.read(query)
    }
    return query
  }

  /// A file of UTF-8 or UTF-16 text.
  private static func read(_ path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else { throw UsageError("\(path): cannot be read") }
    let bytes = Array(data)
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let little = bytes[0] == 0xFF
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index -> UInt16 in
        little
          ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8 : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
      }
      return String(decoding: units, as: UTF16.self)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func runBatch(_ path: String, _ catalog: Catalog, _ parameters: [String: Scalar], _ now: Int64) throws {
    // Standard input is answered line by line, so that another program can ask one query after another.
    if path == "-" {
      var number = 0
      while let line = readLine() {
        number += 1
        try answer(Array(line.utf8), path, number, catalog, parameters, now)
      }
      return
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UsageError("--batch \(path): cannot be read")
    }
    for (number, line) in data.split(separator: 0x0A).enumerated() {
      try answer(Array(line), path, number + 1, catalog, parameters, now)
    }
  }

  private func answer(
    _ line: [UInt8], _ path: String, _ number: Int, _ catalog: Catalog, _ parameters: [String: Scalar], _ now: Int64
  ) throws {
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
      let result = try Query(query, catalog: catalog, parameters: parameters).run(now: now, timeLimit: .seconds(60))
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
