// SPDX-License-Identifier: Apache-2.0
import JSON

/// A query over a catalog: bound once, run as often as wanted.
///
///     let query = try Query("resources | summarize count() by type", catalog: catalog)
///     let result = try query.run(now: ticks)
package struct Query: Sendable {
  package let bound: BoundQuery

  /// Parses and binds. Throws the first error with its place; others of the same text are in `others`.
  ///
  /// Plugins whose columns depend on rows read them here: that has its own time limit, and may be cancelled.
  package init(
    _ text: String, catalog: Catalog, parameters: [String: Scalar] = [:], maxBytes: Int? = nil,
    timeLimit: Duration? = nil, cancellation: Cancellation? = nil
  ) throws(KQLError) {
    let run = QueryRun(
      maxRows: 20_000_000, maxBytes: maxBytes ?? QueryRun.sensibleBytes, timeLimit: timeLimit,
      cancellation: cancellation, progress: nil)
    do {
      self = try QueryRun.$current.withValue(run) { try Query(binding: text, catalog, parameters) }
    } catch let error as KQLError {
      throw error
    } catch {
      throw KQLError(.execution, "\(error)")
    }
  }

  private init(binding text: String, _ catalog: Catalog, _ parameters: [String: Scalar]) throws(KQLError) {
    var parser = try Parser(text)
    var binder = Binder(bytes: parser.bytes, catalog: catalog, parameters: parameters)
    bound = try binder.bind(try parser.statements())
  }

  /// Parses and binds the bytes of a file: UTF-8, or UTF-16 with or without a byte order mark.
  package init(
    decoding bytes: some Collection<UInt8>, catalog: Catalog, parameters: [String: Scalar] = [:]
  ) throws(KQLError) {
    try self.init(QueryText.decode(bytes), catalog: catalog, parameters: parameters)
  }

  package var schema: Schema { bound.schema }

  /// - Parameters:
  ///   - now: the time that now() and ago() see, in ticks.
  ///   - maxRows: the most rows that any step may make before the query is stopped with an error.
  ///   - maxBytes: the most that its operators may hold at once; nil for half of the machine's memory.
  ///   - cancellation: ends the query early when another thread cancels it.
  ///   - progress: is kept up to date while the query reads tables.
  package func run(
    now: Int64, maxRows: Int = 50_000_000, maxBytes: Int? = nil, timeLimit: Duration? = nil,
    cancellation: Cancellation? = nil, progress: QueryProgress? = nil
  ) throws(KQLError) -> QueryResult {
    let context = EvaluationContext(
      now: now, maxRows: maxRows, maxBytes: maxBytes, timeLimit: timeLimit, cancellation: cancellation,
      progress: progress)
    do {
      return try QueryRun.$current.withValue(context.run) { try answer(context) }
    } catch let error as KQLError {
      throw error
    } catch {
      throw KQLError(.data, "\(error)")
    }
  }

  private func answer(_ context: EvaluationContext) throws -> QueryResult {
    var result = QueryResult(
      schema: bound.schema, rows: try bound.plan.pruned().execute(context, implicit: nil), chart: bound.chart)
    result.others = try bound.others.map { other in
      let rows = try other.query.plan.execute(context, implicit: nil)
      return (other.name, QueryResult(schema: other.query.schema, rows: rows, chart: other.query.chart))
    }
    // Loops that cannot throw were left early where the time had run out.
    try context.check()
    return result
  }
}

/// The rows of a query.
package struct QueryResult: Sendable {
  package let schema: Schema
  package let rows: Batch
  package let chart: ChartDescription?
  /// Further results, of fork and facet, with their names.
  package internal(set) var others: [(name: String, result: QueryResult)] = []

  init(schema: Schema, rows: Batch, chart: ChartDescription?) {
    self.schema = schema
    self.rows = rows
    self.chart = chart
  }

  package func column(_ name: String) -> Column? {
    schema.firstIndex { $0.name == name }.map { rows.columns[$0] }
  }

  /// A cell in the JSON encoding of results: numbers and bools as such, NaN and infinities as texts, datetimes
  /// `YYYY-MM-DDTHH:MM:SS.fffffffZ`, timespans `[-][d.]hh:mm:ss[.fffffff]`, null as null.
  package static func write(_ cell: Scalar, into out: inout [UInt8]) {
    switch cell {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: value ? "true".utf8 : "false".utf8)
    case .decimal(let value): out.append(contentsOf: "\"\(NumberText.format(value))\"".utf8)
    default: cell.json.write(into: &out)
    }
  }

  /// `{"columns":[{"name","type"}],"rows":[[...]]}`
  package func json() -> [UInt8] {
    var out = Array("{\"columns\":[".utf8)
    for (index, field) in schema.enumerated() {
      if index > 0 { out.append(0x2C) }
      out.append(contentsOf: "{\"name\":".utf8)
      Scalar.string(field.name).json.write(into: &out)
      out.append(contentsOf: ",\"type\":\"\(field.type.rawValue)\"}".utf8)
    }
    out.append(contentsOf: "],\"rows\":[".utf8)
    for row in 0..<rows.count {
      if row > 0 { out.append(0x2C) }
      out.append(0x5B)
      for (index, column) in rows.columns.enumerated() {
        if index > 0 { out.append(0x2C) }
        Self.write(column[row], into: &out)
      }
      out.append(0x5D)
    }
    out.append(contentsOf: "]}".utf8)
    return out
  }
}

/// One predicate over the rows of a table, as checks are made of.
package struct Predicate: Sendable {
  private let expression: Expression
  /// The paths that the predicate reads: a column's name, then keys: `["properties", "Encrypted"]`.
  package let paths: [[String]]

  package init(_ text: String, schema: Schema) throws(KQLError) {
    var parser = try Parser(text)
    let syntax = try parser.expression()
    guard parser.token == .end else { throw parser.fail("unexpected text after the predicate") }
    var binder = Binder(bytes: parser.bytes, catalog: Catalog())
    binder.scope = schema
    let bound = try binder.bind(syntax)
    guard bound.type == .bool || bound.type == .dynamic else {
      throw KQLError(
        .type, "a predicate must be a bool, this is a \(bound.type.rawValue)", syntax.range, in: parser.bytes)
    }
    expression = binder.convert(bound, to: .bool)
    var found: [[String]] = []
    Self.collect(expression, schema, &found)
    paths = found
  }

  /// Rows for which the predicate is true. Predicates that share a context share the paths they walk.
  package func rows(of batch: Batch, _ context: EvaluationContext) throws(KQLError) -> Bitmap {
    do {
      return try expression.selection(batch, context, memoise: true)
    } catch let error as KQLError {
      throw error
    } catch {
      throw KQLError(.execution, "\(error)")
    }
  }

  private static func collect(_ expression: Expression, _ schema: Schema, _ found: inout [[String]]) {
    func add(_ path: [String]) { if !found.contains(path) { found.append(path) } }
    switch expression {
    case .column(let index, _): add([schema[index].name])
    case .path(let base, let path):
      var keys: [String] = []
      for step in path.steps {
        guard case .key(let key) = step else { break }
        keys.append(key)
      }
      if case .column(let index, _) = base { add([schema[index].name] + keys) } else { collect(base, schema, &found) }
    case .call(_, let arguments, _): for argument in arguments { collect(argument, schema, &found) }
    default: break
    }
  }
}
