// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// A column, or one cell that stands for every row.
package struct Vector: Sendable {
  package var column: Column
  package var isConstant: Bool

  package init(_ column: Column, isConstant: Bool = false) {
    self.column = column
    self.isConstant = isConstant
  }
  package init(constant value: Scalar) {
    var builder = ColumnBuilder(value.type)
    builder.append(value)
    self.init(builder.finish(), isConstant: true)
  }

  package var type: ScalarType { column.type }
  @inline(__always) package func cell(_ row: Int) -> Int { isConstant ? 0 : row }
  package subscript(_ row: Int) -> Scalar { column[cell(row)] }
  package func isNull(_ row: Int) -> Bool { column.isNull(cell(row)) }
  package var constant: Scalar? { isConstant ? column[0] : nil }
  /// The cell of the first row, where there is one.
  var first: Scalar? { column.count > 0 ? column[0] : nil }

  /// The column with every row spelt out.
  package func expanded(_ count: Int) -> Column {
    isConstant ? column.gather([Int](repeating: 0, count: count)) : column
  }
}

/// What an evaluation may ask for: the time of the query, cancellation, and results computed once.
package final class EvaluationContext: Sendable {
  package let now: Int64
  let run: QueryRun
  /// The rows of the enclosing mv-apply or partition, and the partition's key.
  let rows: Batch?
  let key: Scalar?
  private let parent: EvaluationContext?
  private let level: Int
  private let shared = Mutex<[ObjectIdentifier: SharedResult]>([:])
  private let paths = Mutex<[String: Vector]>([:])
  private let keyLists = Mutex<[KeyListID: KeyList]>([:])

  /// - Parameters:
  ///   - now: the time that now() and ago() see, in ticks.
  ///   - maxRows: the most rows that any step may make.
  ///   - maxBytes: the most that the operators of the query may hold at once; nil for a share of the machine's memory.
  package convenience init(
    now: Int64, maxRows: Int = 50_000_000, maxBytes: Int? = nil, timeLimit: Duration? = nil,
    cancellation: Cancellation? = nil, progress: QueryProgress? = nil
  ) {
    self.init(
      now: now, maxRows: maxRows, maxBytes: maxBytes, timeLimit: timeLimit, cancellation: cancellation,
      progress: progress, within: nil)
  }

  /// - Parameter run: the run that this is a part of, or nil for one of its own.
  init(
    now: Int64, maxRows: Int = 50_000_000, maxBytes: Int? = nil, timeLimit: Duration? = nil,
    cancellation: Cancellation? = nil, progress: QueryProgress? = nil, within run: QueryRun?
  ) {
    self.now = now
    self.run =
      run
      ?? QueryRun(
        maxRows: maxRows, maxBytes: maxBytes ?? QueryRun.sensibleBytes, timeLimit: timeLimit,
        cancellation: cancellation, progress: progress)
    (rows, key, parent, level) = (nil, nil, nil, 0)
  }

  private init(_ parent: EvaluationContext, _ rows: Batch, _ key: Scalar?) {
    (now, run) = (parent.now, parent.run)
    (self.rows, self.key, self.parent, level) = (rows, key ?? parent.key, parent, parent.level + 1)
  }

  /// The context of a sub-query over some of the rows; results that depend on them are computed once for them.
  func within(_ rows: Batch, key: Scalar? = nil) -> EvaluationContext { EvaluationContext(self, rows, key) }

  /// The context around this one that lies within so many sub-queries.
  func enclosing(level wanted: Int) -> EvaluationContext {
    var context = self
    while context.level > wanted, let parent = context.parent { context = parent }
    return context
  }

  /// Throws when the query is to end. Called once per operator and batch; long loops have a `Checkpoint`.
  func check() throws(KQLError) { try run.check() }

  func check(rows: Int) throws(KQLError) { try run.check(rows: rows) }

  /// Counts bytes that an operator holds until it releases them; throws where they are more than the query may hold.
  func hold(_ holder: MemoryHolder, _ bytes: Int = 0) throws(KQLError) -> Holding {
    try Holding(run, holder, bytes)
  }

  /// The rows of a plan that are computed once; other workers wait for the first that asks.
  func result(of plan: SharedPlan, _ body: () throws -> (Batch, Holding)) throws -> Batch {
    try shared(plan).rows.withLock { rows in
      if let rows { return rows.0 }
      let made = try body()
      rows = made
      return made.0
    }
  }

  /// The first column of the plan as an array, made once like the rows.
  func list(of plan: SharedPlan, _ body: () throws -> Vector) throws -> Vector {
    try shared(plan).list.withLock { list in
      if let list { return list }
      let made = try body()
      list = made
      return made
    }
  }

  private func shared(_ plan: SharedPlan) -> SharedResult {
    let id = ObjectIdentifier(plan)
    return shared.withLock { results in
      let result = results[id] ?? SharedResult()
      results[id] = result
      return result
    }
  }

  /// The texts by which a value is looked up in a list. They are made once for a list that a query gave or that is
  /// written as one array, and kept as long as the run lasts.
  func keys(of list: JSONDocument, _ kind: String, _ body: () -> Set<String>) -> Set<String> {
    let id = KeyListID(document: ObjectIdentifier(list), kind: kind)
    if let found = keyLists.withLock({ $0[id] }) { return found.keys }
    let made = body()
    keyLists.withLock { $0[id] = KeyList(document: list, keys: made) }
    return made
  }

  /// Paths are walked once per batch, however many predicates read them.
  func path(_ key: String, _ body: () -> Vector) -> Vector {
    if let found = paths.withLock({ $0[key] }) { return found }
    let made = body()
    paths.withLock { $0[key] = made }
    return made
  }
}

/// Rows that are computed once, with the account of what they take.
private final class SharedResult: Sendable {
  let rows = Mutex<(Batch, Holding)?>(nil)
  let list = Mutex<Vector?>(nil)
}

private struct KeyListID: Hashable {
  let document: ObjectIdentifier
  let kind: String
}

/// The keys of a list; the document is kept so that no other takes its place in memory.
private struct KeyList {
  let document: JSONDocument
  let keys: Set<String>
}
