// SPDX-License-Identifier: Apache-2.0

/// `top`: every worker keeps its best rows so far and looks at others only when they can be among them.
enum TopRows {
  static func run(
    _ pipeline: Pipeline, _ keys: [SortKey], limit: Int, _ context: EvaluationContext
  ) throws -> Batch {
    var pipeline = pipeline
    if keys.contains(where: \.expression.isPositional) { try pipeline.gather(context) }
    let source = pipeline
    let parts = try Workers.ranges(of: source.source.count) { range, stop in
      var best = Candidates(keys, limit)
      for index in range {
        try stop.check()
        try context.check()
        try best.add(try source.batch(index), context)
      }
      return try best.rows(context)
    }
    return try best(of: try Plan.concatenate(parts), keys, limit, context)
  }

  fileprivate static func best(
    of batch: Batch, _ keys: [SortKey], _ limit: Int, _ context: EvaluationContext
  ) throws -> Batch {
    batch.gather(Array(try Sorting.order(batch, keys, context).prefix(limit)))
  }

  private struct Candidates {
    let keys: [SortKey]
    let limit: Int
    private var kept: [Batch] = []
    private var count = 0
    /// The first key of the worst row that is kept, once there are enough.
    private var bar: Scalar?

    init(_ keys: [SortKey], _ limit: Int) {
      self.keys = keys
      self.limit = limit
    }

    mutating func add(_ batch: Batch, _ context: EvaluationContext) throws {
      var batch = batch
      if let bar {
        let rows = try rows(of: batch, atLeast: bar, context)
        if rows.isEmpty { return }
        if rows.count < batch.count { batch = batch.gather(rows) }
      }
      kept.append(batch)
      count += batch.count
      if bar == nil ? count >= limit : count >= limit + max(1024, limit) { try settle(context) }
    }

    private mutating func settle(_ context: EvaluationContext) throws {
      let best = try TopRows.best(of: try Plan.concatenate(kept), keys, limit, context)
      kept = [best]
      count = best.count
      guard limit > 0, count == limit, let key = keys.first else { return }
      let cell = try key.expression.evaluate(best, context)[count - 1]
      bar = cell.isNull ? nil : cell
    }

    /// Rows whose first key is not worse than the bar; all where the key has no cheap order.
    private func rows(of batch: Batch, atLeast bar: Scalar, _ context: EvaluationContext) throws -> [Int] {
      let key = keys[0]
      let vector = try key.expression.evaluate(batch, context)
      // A later row does not pass an equal one, unless further keys tell them apart.
      let strict = keys.count == 1
      func chosen<T: Comparable>(_ column: FixedColumn<T>, _ bar: T) -> [Int] {
        let passes: Bitmap
        switch (key.ascending, strict) {
        case (true, true): passes = Bitmap(count: batch.count) { column.values[$0] < bar }
        case (true, false): passes = Bitmap(count: batch.count) { column.values[$0] <= bar }
        case (false, true): passes = Bitmap(count: batch.count) { column.values[$0] > bar }
        case (false, false): passes = Bitmap(count: batch.count) { column.values[$0] >= bar }
        }
        guard let validity = column.validity else { return passes.indices }
        return (key.nullsFirst ? passes | ~validity : passes & validity).indices
      }
      if vector.isConstant { return Array(0..<batch.count) }
      switch (vector.column, bar) {
      case (.long(let column), .long(let bar)), (.datetime(let column), .datetime(let bar)),
        (.timespan(let column), .timespan(let bar)):
        return chosen(column, bar)
      case (.int(let column), .int(let bar)): return chosen(column, bar)
      case (.real(let column), .real(let bar)) where !bar.isNaN && !column.values.contains(where: \.isNaN):
        return chosen(column, bar)
      default: return Array(0..<batch.count)
      }
    }

    mutating func rows(_ context: EvaluationContext) throws -> Batch {
      if count > limit { try settle(context) }
      return try Plan.concatenate(kept)
    }
  }
}
