// SPDX-License-Identifier: Apache-2.0
import JSON

extension Plan {
  /// Runs the plan to one batch. `implicit` are the rows of an enclosing mv-apply, `holder` the operator that needs all
  /// rows at once.
  func execute(_ context: EvaluationContext, implicit: Batch?, for holder: MemoryHolder = .rows) throws -> Batch {
    try context.check()
    switch self {
    case .scan, .filter, .project, .mvExpand, .parse, .union:
      return try pipeline(context, implicit).whole(context, holder)
    case .rows(let rows, let types):
      var builders = types.map(ColumnBuilder.init)
      let one = Batch(columns: [], count: 1)
      for row in rows {
        for (index, expression) in row.enumerated() {
          builders[index].append(try expression.evaluate(one, context)[0].converted(to: types[index]))
        }
      }
      return Batch(columns: builders.map { $0.finish() }, count: rows.count)
    case .range(let from, let to, let step, let type):
      return try Self.range(from, to, step, type, context)
    case .summarize(let input, let keys, let aggregates):
      return try Summarize.run(try input.pipeline(context, implicit), keys, aggregates, context)
    case .sort(let input, let keys):
      let batch = try input.execute(context, implicit: implicit, for: .sort)
      return try Sorting.sorted(batch, keys, context)
    case .take(let input, let count):
      let wanted = try count.evaluate(Batch(columns: [], count: 1), context)[0].converted(to: .long).int64 ?? 0
      if wanted < 0 { throw KQLError(.arguments, "take needs a count of 0 or more") }
      if case .sort(let rows, let keys) = input, wanted <= 100_000 {
        return try TopRows.run(try rows.pipeline(context, implicit), keys, limit: Int(wanted), context)
      }
      return try Self.first(Int(clamping: wanted), of: try input.pipeline(context, implicit), context)
    case .join(let left, let right, let kind, let leftKeys, let rightKeys, let leftTypes, let rightTypes):
      let l = try left.execute(context, implicit: implicit, for: .join)
      let r = try right.execute(context, implicit: implicit, for: .join)
      return try Join.run(l, r, kind, leftKeys, rightKeys, leftTypes, rightTypes, context)
    case .mvApply(let input, let items, let sub, let index, let outer, let types):
      let batch = try input.execute(context, implicit: implicit, for: .mvApply)
      return try MvExpand.apply(batch, items, sub, index: index, outer: outer, types: types, context)
    case .step(let input, _, let step):
      let batch = try input.execute(context, implicit: implicit)
      let holding = try context.hold(.step, batch.heldBytes)
      defer { holding.release() }
      let result = try step(batch, context)
      try context.check(rows: result.count)
      return result
    case .shared(let plan):
      let context = context.enclosing(level: plan.level)
      return try context.result(of: plan) {
        let batch = try plan.plan.execute(context, implicit: context.rows)
        // Held until the rows that it depends on are done with.
        return (batch, try context.hold(.materialize, batch.heldBytes))
      }
    case .implicit(let types):
      return implicit ?? context.rows ?? Batch(columns: types.map { ColumnBuilder($0).finish() }, count: 0)
    }
  }

  /// The first rows in the order of the batches; those after them are not looked at.
  private static func first(_ count: Int, of pipeline: Pipeline, _ context: EvaluationContext) throws -> Batch {
    var taken: [Batch] = []
    var rows = 0
    for index in pipeline.source.indices {
      try context.check()
      let batch = try pipeline.batch(index)
      let missing = count - rows
      taken.append(batch.count <= missing ? batch : batch.gather(Array(0..<missing)))
      rows += taken[taken.count - 1].count
      if rows == count { break }
    }
    return try concatenate(taken)
  }

  private static func range(
    _ from: Expression, _ to: Expression, _ step: Expression, _ type: ScalarType, _ context: EvaluationContext
  ) throws -> Batch {
    let one = Batch(columns: [], count: 1)
    let (start, stop) = (try from.evaluate(one, context)[0], try to.evaluate(one, context)[0])
    let by = try step.evaluate(one, context)[0]
    var builder = ColumnBuilder(type)
    var count = 0
    let holding = try context.hold(.range)
    defer { holding.release() }
    func check() throws {
      try context.check(rows: count)
      guard count & 0xFFFF == 0 else { return }
      try context.check()
      // A cell, and as much again while the array grows.
      try holding.set(to: count * 16)
    }
    if type == .real {
      guard let a = start.double, let b = stop.double, let s = by.double, s != 0 else {
        return Batch(columns: [builder.finish()], count: 0)
      }
      while s > 0 ? a + Double(count) * s <= b : a + Double(count) * s >= b {
        builder.append(.real(a + Double(count) * s))
        count += 1
        try check()
      }
    } else {
      guard var a = start.int64, let b = stop.int64, let s = by.int64, s != 0 else {
        return Batch(columns: [builder.finish()], count: 0)
      }
      while s > 0 ? a <= b : a >= b {
        builder.append(type == .datetime ? .datetime(a) : type == .timespan ? .timespan(a) : .long(a))
        count += 1
        try check()
        let (next, overflow) = a.addingReportingOverflow(s)
        if overflow { break }
        a = next
      }
      if type == .int {
        let column = Convert.vector(Vector(builder.finish()), to: .int).column
        return Batch(columns: [column], count: count)
      }
    }
    return Batch(columns: [builder.finish()], count: count)
  }
}
