// SPDX-License-Identifier: Apache-2.0

/// Order of rows by keys. Each key becomes a number per row, so that rows are compared without their cells.
enum Sorting {
  static func order(_ batch: Batch, _ keys: [SortKey], _ context: EvaluationContext) throws -> [Int] {
    var columns: [[UInt64]] = []
    for key in keys {
      let vector = try key.expression.evaluate(batch, context)
      if vector.isConstant { continue }
      columns.append(ranks(vector.column, ascending: key.ascending, nullsFirst: key.nullsFirst))
    }
    guard let first = columns.first else { return Array(0..<batch.count) }
    let rest = columns.dropFirst()
    var pairs = first.enumerated().map { (rank: $1, row: $0) }
    if rest.isEmpty {
      pairs.sort { $0.rank != $1.rank ? $0.rank < $1.rank : $0.row < $1.row }
    } else {
      pairs.sort { a, b in
        if a.rank != b.rank { return a.rank < b.rank }
        for column in rest where column[a.row] != column[b.row] { return column[a.row] < column[b.row] }
        return a.row < b.row
      }
    }
    return pairs.map(\.row)
  }

  /// Ascending numbers in the order asked for. Equal cells have equal numbers.
  private static func ranks(_ column: Column, ascending: Bool, nullsFirst: Bool) -> [UInt64] {
    switch column {
    case .bool(let values):
      return place(values.values.count, values.validity, ascending, nullsFirst) { values.values[$0] ? 1 : 0 }
    case .int(let values):
      return place(values.values.count, values.validity, ascending, nullsFirst) { signed(Int64(values.values[$0])) }
    case .long(let values), .datetime(let values), .timespan(let values):
      return place(values.values.count, values.validity, ascending, nullsFirst) { signed(values.values[$0]) }
    case .real(let values), .decimal(let values):
      return place(values.values.count, values.validity, ascending, nullsFirst) { row in
        let value = values.values[row]
        // NaN stands before every number, as Kusto has it next to null.
        if value.isNaN { return 0 }
        let bits = (value == 0 ? 0 : value).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | 1 << 63
      }
    case .string(let strings), .guid(let strings):
      let ranks = texts(strings)
      var validity: Bitmap?
      if case .guid = column {
        var bits = Bitmap(count: strings.codes.count)
        for (row, code) in strings.codes.enumerated() where strings.pool.length(Int(code)) > 0 { bits[row] = true }
        validity = bits
      }
      return place(strings.codes.count, validity, ascending, nullsFirst) { UInt64(ranks[Int(strings.codes[$0])]) }
    case .dynamic(let values):
      let cells = values.refs.indices.map { column[$0] }
      let order = values.refs.indices.sorted { Compare.order(cells[$0], cells[$1]) < 0 }
      var ranks = [UInt64](repeating: 0, count: cells.count)
      for (index, row) in order.enumerated().dropFirst() {
        let previous = order[index - 1]
        ranks[row] = ranks[previous] + (Compare.order(cells[previous], cells[row]) == 0 ? 0 : 1)
      }
      var validity = Bitmap(count: cells.count)
      for row in cells.indices where values.refs[row] != DynamicColumn.null { validity[row] = true }
      return place(cells.count, validity, ascending, nullsFirst) { ranks[$0] }
    }
  }

  @inline(__always) private static func signed(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }

  @inline(__always) private static func place(
    _ count: Int, _ validity: Bitmap?, _ ascending: Bool, _ nullsFirst: Bool, _ rank: (Int) -> UInt64
  ) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: count)
    for row in 0..<count { result[row] = ascending ? rank(row) : ~rank(row) }
    guard let validity, !validity.isAllSet else { return result }
    // Nulls need a number outside those of the values: the values are ranked densely and nulls put before or after.
    let distinct = Set((0..<count).lazy.filter { validity[$0] }.map { result[$0] }).sorted()
    var dense: [UInt64: UInt64] = [:]
    dense.reserveCapacity(distinct.count)
    for (index, value) in distinct.enumerated() { dense[value] = UInt64(index) + 1 }
    for row in 0..<count { result[row] = validity[row] ? dense[result[row]] ?? 0 : nullsFirst ? 0 : .max }
    return result
  }

  /// A number per code of the pool, in order of the texts' bytes.
  private static func texts(_ strings: StringColumn) -> [UInt32] {
    var used = [Bool](repeating: false, count: strings.pool.count)
    for code in strings.codes { used[Int(code)] = true }
    let codes = used.indices.filter { used[$0] }
    return strings.pool.bytes.withUnsafeBufferPointer { bytes in
      func text(_ code: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(strings.pool.offsets[code])..<Int(strings.pool.offsets[code + 1])])
      }
      let order = codes.sorted { text($0).lexicographicallyPrecedes(text($1)) }
      var ranks = [UInt32](repeating: 0, count: used.count)
      for (index, code) in order.enumerated().dropFirst() {
        let previous = order[index - 1]
        ranks[code] = ranks[previous] + (text(previous).elementsEqual(text(code)) ? 0 : 1)
      }
      return ranks
    }
  }
}
