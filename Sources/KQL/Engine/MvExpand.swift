// SPDX-License-Identifier: Apache-2.0
import JSON

enum MvExpand {
  /// The items of each row: array elements, bag members as one-key bags, or the value itself. An empty array gives none.
  private static func items(_ vector: Vector, _ row: Int, asArrays: Bool, limit: Int) -> [Scalar] {
    guard case .dynamic(let value) = vector[row], !value.isNull else { return [.null(.dynamic)] }
    switch value.kind {
    case .array: return value.elements.prefix(limit).map { $0.isNull ? .null(.dynamic) : .dynamic($0) }
    case .object:
      return value.members.prefix(limit).map { key, member in
        var builder = JSONBuilder()
        if asArrays {
          builder.beginArray()
          builder.append(key)
          builder.append(member)
          builder.endArray()
          return .dynamic(builder.finish().root)
        }
        builder.beginObject()
        builder.key(key.string ?? "")
        builder.append(member)
        builder.endObject()
        return .dynamic(builder.finish().root)
      }
    default: return [.dynamic(value)]
    }
  }

  private static func typed(_ item: Scalar, _ type: ScalarType) -> Scalar {
    guard type != .dynamic, case .dynamic(let value) = item else { return type == .dynamic ? item : .null(type) }
    // Only JSON numbers become numbers: "2" is a text.
    if type.isNumeric, value.kind == .string { return .null(type) }
    return item.converted(to: type)
  }

  static func run(
    _ batch: Batch, _ items: [MvExpandItem], index: Bool, limit: Int?, _ context: EvaluationContext
  ) throws -> Batch {
    let limit = limit.map { max(0, $0) }
    let vectors = try items.map { try $0.expression.evaluate(batch, context) }
    if limit == nil, items.count == 1, let arrays = try arrays(vectors[0], items[0], batch, index, context) {
      return arrays
    }
    var rows: [Int] = []
    var positions: [Int64] = []
    var builders = items.map { ColumnBuilder($0.type) }
    let holding = try context.hold(.mvExpand)
    defer { holding.release() }
    let width = batch.rowBytes + items.count * 24 + 24
    var checkpoint = Checkpoint(every: 1024)
    for row in 0..<batch.count {
      let cells = zip(vectors, items).map { Self.items($0, row, asArrays: $1.asArrays, limit: limit ?? .max) }
      let count = min(cells.map(\.count).max() ?? 0, limit ?? .max)
      try context.check(rows: rows.count + count)
      try holding.grow(by: count * width)
      for position in 0..<count {
        try checkpoint.step()
        rows.append(row)
        positions.append(Int64(position))
        for (item, cell) in cells.enumerated() {
          let value = position < cell.count ? cell[position] : .null(.dynamic)
          builders[item].append(typed(value, items[item].type))
        }
      }
    }
    var columns = batch.columns.map { $0.gather(rows) }
    for (item, builder) in zip(items, builders) {
      if let column = item.column { columns[column] = builder.finish() } else { columns.append(builder.finish()) }
    }
    if index { columns.append(.long(FixedColumn(positions))) }
    return Batch(columns: columns, count: rows.count)
  }

  /// The common case, one column of arrays and nulls: its elements are places in the documents that are there already.
  private static func arrays(
    _ vector: Vector, _ item: MvExpandItem, _ batch: Batch, _ index: Bool, _ context: EvaluationContext
  ) throws -> Batch? {
    guard item.type == .dynamic, !vector.isConstant, case .dynamic(let values) = vector.column else { return nil }
    if case .shredded(let shredded) = values.form, let found = shredded.elements() {
      return try expanded(.dynamic(found.column), found.rows, item, batch, index, context)
    }
    let places = values.places
    var rows: [Int] = []
    var refs: [UInt64] = []
    let holding = try context.hold(.mvExpand)
    defer { holding.release() }
    let width = batch.rowBytes + 24
    var checkpoint = Checkpoint(every: 1024)
    for row in 0..<batch.count {
      try checkpoint.step()
      let ref = places.refs[row]
      let first = refs.count
      if ref == DynamicColumn.null {
        refs.append(DynamicColumn.null)
      } else {
        let high = ref & ~0xFFFF_FFFF
        let isArray = places.documents[Int(ref >> 32)].forEachElement(of: UInt32(truncatingIfNeeded: ref)) {
          node, isNull in
          refs.append(isNull ? DynamicColumn.null : high | UInt64(node))
        }
        guard isArray else { return nil }
      }
      try holding.grow(by: (refs.count - first) * width)
      for _ in first..<refs.count { rows.append(row) }
    }
    let made = Column.dynamic(DynamicColumn(documents: places.documents, refs: refs))
    return try expanded(made, rows, item, batch, index, context)
  }

  /// The rows of a batch beside their items, which stand row by row.
  private static func expanded(
    _ made: Column, _ rows: [Int], _ item: MvExpandItem, _ batch: Batch, _ index: Bool, _ context: EvaluationContext
  ) throws -> Batch {
    try context.check(rows: rows.count)
    var columns = batch.columns.map { $0.gather(rows) }
    if let column = item.column { columns[column] = made } else { columns.append(made) }
    if index {
      var position: Int64 = 0
      let positions = rows.indices.map { place -> Int64 in
        position = place > 0 && rows[place] == rows[place - 1] ? position + 1 : 0
        return position
      }
      columns.append(.long(FixedColumn(positions)))
    }
    return Batch(columns: columns, count: rows.count)
  }

  /// Runs `sub` over the items of each row; its columns come after the `outer` columns of the row.
  static func apply(
    _ batch: Batch, _ items: [MvExpandItem], _ sub: Plan, index: Bool, outer: [Int], types: [ScalarType],
    _ context: EvaluationContext
  ) throws -> Batch {
    var parts: [Batch] = []
    var total = 0
    var sizes = BatchSizes()
    let holding = try context.hold(.mvApply, sizes.add(batch))
    defer { holding.release() }
    for row in 0..<batch.count {
      let expanded = try run(batch.gather([row]), items, index: index, limit: nil, context)
      let result = try sub.execute(context.within(expanded), implicit: expanded)
      guard result.count > 0 else { continue }
      let outers = outer.map { batch.columns[$0].gather([Int](repeating: row, count: result.count)) }
      parts.append(Batch(columns: outers + result.columns, count: result.count))
      total += result.count
      try holding.grow(by: sizes.add(result) + result.count * batch.rowBytes)
      try context.check(rows: total)
    }
    return try Plan.concatenate(parts, types)
  }
}
