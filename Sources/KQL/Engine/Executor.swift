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

/// Rows with equal keys get one number, in order of first appearance.
enum Grouping {
  static func number(_ keys: [Column], _ count: Int) -> (groups: [Int], firsts: [Int]) {
    guard !keys.isEmpty else { return ([Int](repeating: 0, count: count), count > 0 ? [0] : []) }
    var groups = [Int](repeating: 0, count: count)
    var firsts: [Int] = []
    if keys.count == 1, case .string(let strings) = keys[0], strings.pool.count <= count * 2 + 16 {
      // Codes may name one text twice after a gather that added the empty text; compare by text once per code.
      var numbers = [Int](repeating: -1, count: strings.pool.count)
      var texts: [String: Int] = [:]
      for row in 0..<count {
        let code = Int(strings.codes[row])
        if numbers[code] < 0 {
          let text = strings.pool.string(code)
          if let found = texts[text] {
            numbers[code] = found
          } else {
            numbers[code] = firsts.count
            texts[text] = firsts.count
            firsts.append(row)
          }
        }
        groups[row] = numbers[code]
      }
      return (groups, firsts)
    }
    var known: [[UInt8]: Int] = [:]
    var key: [UInt8] = []
    for row in 0..<count {
      key.removeAll(keepingCapacity: true)
      for column in keys { encode(column, row, into: &key) }
      if let found = known[key] {
        groups[row] = found
      } else {
        known[key] = firsts.count
        groups[row] = firsts.count
        firsts.append(row)
      }
    }
    return (groups, firsts)
  }

  /// A text of bytes that is equal for equal cells of one type.
  static func encode(_ column: Column, _ row: Int, into key: inout [UInt8]) {
    func fixed(_ value: UInt64?) {
      key.append(value == nil ? 0 : 1)
      if let value { withUnsafeBytes(of: value) { key.append(contentsOf: $0) } }
    }
    switch column {
    case .bool(let values): fixed(values[row].map { $0 ? 1 : 0 })
    case .int(let values): fixed(values[row].map { UInt64(bitPattern: Int64($0)) })
    case .long(let values), .datetime(let values), .timespan(let values): fixed(values[row].map(UInt64.init(bitPattern:)))
    case .real(let values), .decimal(let values):
      fixed(values[row].map { ($0 == 0 ? 0 : $0).bitPattern })
    case .string(let strings), .guid(let strings):
      fixed(UInt64(strings.pool.length(Int(strings.codes[row]))))
      strings.pool.withUTF8(Int(strings.codes[row])) { key.append(contentsOf: $0) }
    case .dynamic(let values):
      let bytes = values[row]?.canonical() ?? []
      fixed(UInt64(bytes.count))
      key.append(contentsOf: bytes)
    }
  }

  static func summarize(
    _ batch: Batch, _ keys: [Expression], _ aggregates: [BoundAggregate], _ context: EvaluationContext
  ) throws -> Batch {
    let keyColumns = try keys.map { try $0.evaluate(batch, context).expanded(batch.count) }
    let (groups, firsts) = number(keyColumns, batch.count)
    let count = keys.isEmpty ? 1 : firsts.count
    var columns = keyColumns.map { $0.gather(firsts) }
    for aggregate in aggregates {
      let arguments = try aggregate.arguments.map { try $0.evaluate(batch, context) }
      columns.append(try aggregate.function.kernel(aggregate.type)(arguments, groups, count))
    }
    return Batch(columns: columns, count: count)
  }
}

enum Sorting {
  static func order(_ batch: Batch, _ keys: [SortKey], _ context: EvaluationContext) throws -> [Int] {
    struct Key {
      let cells: [Scalar]
      let key: SortKey
    }
    let columns = try keys.map { key -> Key in
      let vector = try key.expression.evaluate(batch, context)
      return Key(cells: (0..<batch.count).map { vector[$0] }, key: key)
    }
    var rows = Array(0..<batch.count)
    rows.sort { a, b in
      for column in columns {
        let (x, y) = (column.cells[a], column.cells[b])
        if x.isNull || y.isNull {
          if x.isNull && y.isNull { continue }
          return x.isNull == column.key.nullsFirst
        }
        let order = Compare.order(x, y)
        if order != 0 { return (order < 0) == column.key.ascending }
      }
      return a < b
    }
    return rows
  }
}
