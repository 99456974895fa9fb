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

/// Stops a running query from another thread: `cancel()` once, and the query ends with an error at its next batch.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  package init() {}
  package func cancel() { flag.store(true, ordering: .relaxed) }
  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

/// What an evaluation may ask for: the time of the query, cancellation, and results computed once.
package final class EvaluationContext: Sendable {
  package let now: Int64
  package let maxRows: Int
  /// The rows of the enclosing mv-apply or partition, and the partition's key.
  let rows: Batch?
  let key: Scalar?
  private let parent: EvaluationContext?
  private let level: Int
  private let deadline: ContinuousClock.Instant?
  private let cancellation: Cancellation?
  private let shared = Mutex<[ObjectIdentifier: Batch]>([:])
  private let paths = Mutex<[String: Vector]>([:])

  package init(
    now: Int64, maxRows: Int = 50_000_000, timeLimit: Duration? = nil, cancellation: Cancellation? = nil
  ) {
    self.now = now
    self.cancellation = cancellation
    self.maxRows = maxRows
    deadline = timeLimit.map { ContinuousClock.now.advanced(by: $0) }
    (rows, key, parent, level) = (nil, nil, nil, 0)
  }

  private init(_ parent: EvaluationContext, _ rows: Batch, _ key: Scalar?) {
    (now, maxRows, deadline) = (parent.now, parent.maxRows, parent.deadline)
    cancellation = parent.cancellation
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

  /// Throws when the query or its task was cancelled or its time has run out. Called once per operator and batch.
  func check() throws(KQLError) {
    // Workers run outside the task, so they see the cancellation only.
    if cancellation?.isCancelled == true || Task.isCancelled { throw KQLError(.cancelled, "the query was cancelled") }
    if let deadline, ContinuousClock.now > deadline {
      throw KQLError(.limit, "the query ran longer than its time limit")
    }
  }

  func check(rows: Int) throws(KQLError) {
    guard rows <= maxRows else {
      throw KQLError(.limit, "the query makes more than \(maxRows) rows; filter earlier or raise the limit")
    }
  }

  func result(of plan: SharedPlan, _ body: () throws -> Batch) rethrows -> Batch {
    let id = ObjectIdentifier(plan)
    if let found = shared.withLock({ $0[id] }) { return found }
    let made = try body()
    shared.withLock { $0[id] = made }
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
