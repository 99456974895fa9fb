// SPDX-License-Identifier: Apache-2.0
import JSON

extension Plan {
  /// Runs the plan to one batch. `implicit` are the rows of an enclosing mv-apply.
  func execute(_ context: EvaluationContext, implicit: Batch?) throws -> Batch {
    try context.check()
    switch self {
    case .scan(let source):
      let batches = try source.scan(columns: Array(source.schema.indices))
      return Self.concatenate(batches, source.schema.map(\.type))
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
    case .filter(let input, let predicate):
      let batch = try input.execute(context, implicit: implicit)
      let selection = try predicate.selection(batch, context)
      return selection.isAllSet ? batch : batch.gather(selection.indices)
    case .project(let input, let expressions):
      let batch = try input.execute(context, implicit: implicit)
      let columns = try expressions.map { try $0.evaluate(batch, context).expanded(batch.count) }
      return Batch(columns: columns, count: batch.count)
    case .summarize(let input, let keys, let aggregates):
      return try Grouping.summarize(try input.execute(context, implicit: implicit), keys, aggregates, context)
    case .sort(let input, let keys):
      let batch = try input.execute(context, implicit: implicit)
      return batch.gather(try Sorting.order(batch, keys, context))
    case .take(let input, let count):
      let batch = try input.execute(context, implicit: implicit)
      let wanted = try count.evaluate(Batch(columns: [], count: 1), context)[0].converted(to: .long).int64 ?? 0
      if wanted < 0 { throw KQLError(.arguments, "take needs a count of 0 or more") }
      return wanted >= batch.count ? batch : batch.gather(Array(0..<Int(wanted)))
    case .join(let left, let right, let kind, let leftKeys, let rightKeys, let leftTypes, let rightTypes):
      let (l, r) = (try left.execute(context, implicit: implicit), try right.execute(context, implicit: implicit))
      return try Join.run(l, r, kind, leftKeys, rightKeys, leftTypes, rightTypes, context)
    case .union(let inputs, let types):
      let batches = try inputs.map { try $0.execute(context, implicit: implicit) }
      try context.check(rows: batches.reduce(0) { $0 + $1.count })
      return Self.concatenate(batches, types)
    case .mvExpand(let input, let items, let index, let limit):
      let batch = try input.execute(context, implicit: implicit)
      return try MvExpand.run(batch, items, index: index, limit: limit, context)
    case .mvApply(let input, let items, let sub, let outer, let types):
      let batch = try input.execute(context, implicit: implicit)
      return try MvExpand.apply(batch, items, sub, outer: outer, types: types, context)
    case .parse(let input, let subject, let pattern):
      let batch = try input.execute(context, implicit: implicit)
      return try ParseOperator.run(batch, subject, pattern, context)
    case .step(let input, _, let step):
      let result = try step(try input.execute(context, implicit: implicit), context)
      try context.check(rows: result.count)
      return result
    case .shared(let plan):
      return try context.result(of: plan) { try plan.plan.execute(context, implicit: nil) }
    case .implicit:
      return implicit ?? Batch(columns: [], count: 0)
    }
  }

  static func concatenate(_ batches: [Batch], _ types: [ScalarType]) -> Batch {
    if batches.count == 1 { return batches[0] }
    let columns = types.indices.map { index in
      Column.concatenate(batches.map { $0.columns[index] }, type: types[index])
    }
    return Batch(columns: columns, count: batches.reduce(0) { $0 + $1.count })
  }

  private static func range(
    _ from: Expression, _ to: Expression, _ step: Expression, _ type: ScalarType, _ context: EvaluationContext
  ) throws -> Batch {
    let one = Batch(columns: [], count: 1)
    let (start, stop) = (try from.evaluate(one, context)[0], try to.evaluate(one, context)[0])
    let by = try step.evaluate(one, context)[0]
    var builder = ColumnBuilder(type)
    var count = 0
    if type == .real {
      guard let a = start.double, let b = stop.double, let s = by.double, s != 0 else {
        return Batch(columns: [builder.finish()], count: 0)
      }
      while s > 0 ? a + Double(count) * s <= b : a + Double(count) * s >= b {
        builder.append(.real(a + Double(count) * s))
        count += 1
        try context.check(rows: count)
      }
    } else {
      guard var a = start.int64, let b = stop.int64, let s = by.int64, s != 0 else {
        return Batch(columns: [builder.finish()], count: 0)
      }
      while s > 0 ? a <= b : a >= b {
        builder.append(type == .datetime ? .datetime(a) : type == .timespan ? .timespan(a) : .long(a))
        count += 1
        try context.check(rows: count)
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
