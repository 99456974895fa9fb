// SPDX-License-Identifier: Apache-2.0
import Charts
import Inventory
import KQL

/// Runs queries as the options of `plumb query` say, and gives the text of the answer.
struct QueryRunner: Sendable {
  let catalog: Catalog
  let parameters: [String: Scalar]
  /// The time that queries see, or nil for the time at which each is asked.
  var now: Int64?
  var timeLimit: Duration?
  var rowLimit = 50_000_000
  /// The most bytes that the operators of a query may hold; nil for a share of the machine's memory.
  var memoryLimit: Int?
  var format = QueryFormat.table
  var explains = false
  /// Draws a picture even where the query does not say `render`.
  var draws = false
  /// Draws a picture where the query says `render`.
  var drawsRendered = false
  /// Extents made of the database: a query that fails on damaged ones is run again on new ones.
  var derived: DerivedFolder?

  func result(_ query: Query, cancellation: Cancellation? = nil) throws -> QueryResult {
    let now = now ?? nowTicks()
    while true {
      let progress = QueryProgress()
      let line = Terminal.showsProgress ? QueryProgressLine(progress) : nil
      defer { line?.end() }
      do throws(KQLError) {
        return try query.run(
          now: now, maxRows: rowLimit, maxBytes: memoryLimit, timeLimit: timeLimit, cancellation: cancellation,
          progress: progress)
      } catch {
        guard derived?.wereDamaged() ?? false else { throw error }
      }
    }
  }

  func answer(_ text: String, cancellation: Cancellation? = nil) throws -> [UInt8] {
    let query = try Query(
      text, catalog: catalog, parameters: parameters, maxBytes: memoryLimit, timeLimit: timeLimit,
      cancellation: cancellation)
    if explains { return try explanation(query) }
    let result = try result(query, cancellation: cancellation)
    let isRendered = result.chart.map { !["table", "card"].contains($0.kind) } ?? false
    guard format != .svg, draws || drawsRendered && isRendered else {
      return try QueryOutput.text(result, format, width: Terminal.cut)
    }
    guard format == .table else { throw UsageError("--chart draws on the terminal or, with --format svg, writes SVG") }
    let size = Terminal.outputIsTerminal ? (Terminal.width, min(24, max(8, Terminal.height - 8))) : (80, 16)
    let chart = ChartText(
      try ChartData(result), width: size.0, height: size.1, hasColors: Terminal.colors(false))
    return Array((chart.lines.joined(separator: "\n") + "\n").utf8)
  }

  private func explanation(_ query: Query) throws -> [UInt8] {
    switch format {
    case .table: return Array(query.explanation.text.utf8)
    case .json: return query.explanation.json() + [0x0A]
    default: throw UsageError("--explain writes text or, with --format json, JSON")
    }
  }
}
