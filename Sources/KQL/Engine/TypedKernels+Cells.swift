// SPDX-License-Identifier: Apache-2.0

extension TypedKernels {
  // MARK: Choices

  /// For each row the first value whose condition holds, else the last. nil for values that are not typed columns.
  static func choice(_ conditions: [Vector], _ values: [Vector], _ count: Int, _ type: ScalarType) -> Vector? {
    guard type != .dynamic, values.count < 256, !(conditions + values).allSatisfy(\.isConstant) else { return nil }
    var chosen = [UInt8](repeating: UInt8(values.count - 1), count: count)
    for (index, condition) in conditions.enumerated().reversed() {
      guard case .bool(let bits) = Convert.vector(condition, to: .bool).column else { return nil }
      if condition.isConstant {
        if bits[0] == true { chosen = [UInt8](repeating: UInt8(index), count: count) }
        continue
      }
      (bits.validity.map { bits.values & $0 } ?? bits.values).forEachSet { chosen[$0] = UInt8(index) }
    }
    let parts = values.map { Convert.vector($0, to: type) }
    if type == .string || type == .guid { return texts(parts, chosen, type) }
    func fixed<E>(_ columns: [FixedColumn<E>]) -> FixedColumn<E>? {
      guard columns.count == parts.count else { return nil }
      let values = (0..<count).map { row in
        let part = Int(chosen[row])
        return columns[part].values[parts[part].cell(row)]
      }
      guard columns.contains(where: { $0.validity != nil }) else { return FixedColumn(values) }
      return FixedColumn(
        values,
        validity: Bitmap(count: count) { row in
          let part = Int(chosen[row])
          return columns[part].isValid(parts[part].cell(row))
        })
    }
    switch type {
    case .int:
      return fixed(parts.compactMap { if case .int(let c) = $0.column { c } else { nil } }).map { .init(.int($0)) }
    case .long, .datetime, .timespan:
      return fixed(parts.compactMap(\.column.wholes)).map { Vector(.whole($0.values, type, validity: $0.validity)) }
    case .real:
      return fixed(parts.compactMap { if case .real(let c) = $0.column { c } else { nil } }).map { .init(.real($0)) }
    case .bool:
      let columns = parts.compactMap { if case .bool(let c) = $0.column { c } else { nil } }
      guard columns.count == parts.count else { return nil }
      let cells = (0..<count).map { row in columns[Int(chosen[row])][parts[Int(chosen[row])].cell(row)] }
      return Vector(
        .bool(
          BoolColumn(Bitmap(count: count) { cells[$0] == true }, validity: Bitmap(count: count) { cells[$0] != nil })))
    default: return nil
    }
  }

  /// The pools stand one after another in that of the result.
  private static func texts(_ parts: [Vector], _ chosen: [UInt8], _ type: ScalarType) -> Vector? {
    let columns = parts.compactMap { part -> StringColumn? in
      switch part.column {
      case .string(let texts), .guid(let texts): texts.pool.block == nil ? texts : nil
      default: nil
      }
    }
    guard columns.count == parts.count else { return nil }
    var pools: [StringPool] = []
    let places = columns.map { column -> Int in
      if let known = pools.firstIndex(where: { $0 === column.pool }) { return known }
      pools.append(column.pool)
      return pools.count - 1
    }
    // Pools that are much larger than the batch are not worth copying.
    guard pools.count == 1 || pools.reduce(0, { $0 + $1.bytes.count }) <= chosen.count * 32 + 4096 else { return nil }
    var starts = [UInt32](repeating: 0, count: pools.count)
    var pool = pools[0]
    if pools.count > 1 {
      var bytes: [UInt8] = []
      var offsets: [UInt32] = [0]
      for (index, part) in pools.enumerated() {
        starts[index] = UInt32(offsets.count - 1)
        let end = UInt32(bytes.count)
        bytes += part.bytes
        offsets += part.offsets[1..<part.count + 1].lazy.map { $0 + end }
      }
      pool = StringPool(bytes: bytes, offsets: offsets)
    }
    let codes = chosen.indices.map { row -> UInt32 in
      let part = Int(chosen[row])
      return columns[part].codes[parts[part].isConstant ? 0 : row] + starts[places[part]]
    }
    let texts = StringColumn(pool: pool, codes: codes)
    return Vector(type == .guid ? .guid(texts) : .string(texts))
  }

  // MARK: Tests

  /// Rows of a typed column that are null, or those that are not. nil where the cells have to be looked at.
  static func isNull(_ vectors: [Vector], _ isWanted: Bool) -> Vector? {
    guard !vectors[0].isConstant, vectors[0].type != .string, vectors[0].type != .dynamic else { return nil }
    let count = vectors[0].column.count
    let valid: Bitmap?
    switch vectors[0].column {
    case .bool(let column): valid = column.validity
    case .int(let column): valid = column.validity
    case .long(let column), .datetime(let column), .timespan(let column): valid = column.validity
    case .real(let column), .decimal(let column): valid = column.validity
    case .string, .guid, .dynamic: return nil
    }
    let bits = valid ?? Bitmap(count: count, filledWith: true)
    return Vector(.bool(BoolColumn(isWanted ? ~bits : bits)))
  }

  /// The opposite; null stays null.
  static func not(_ vectors: [Vector]) -> Vector? {
    guard !vectors[0].isConstant, case .bool(let column) = vectors[0].column else { return nil }
    return Vector(.bool(BoolColumn(~column.values, validity: column.validity)))
  }

  /// Rows whose number or time is one of `items`; a null is none.
  static func membership(_ subject: Vector, _ items: [Scalar], negated: Bool) -> Vector? {
    guard !subject.isConstant else { return nil }
    func found<E: Hashable>(_ column: FixedColumn<E>, _ wanted: Set<E>) -> Vector {
      let few = Array(wanted)
      var bits: Bitmap
      if few.count <= 8 {
        bits = Bitmap(count: column.values.count)
        for item in few { bits = bits | Bitmap(count: column.values.count) { column.values[$0] == item } }
      } else {
        bits = Bitmap(count: column.values.count) { wanted.contains(column.values[$0]) }
      }
      if let validity = column.validity { bits = bits & validity }
      return Vector(.bool(BoolColumn(negated ? ~bits : bits)))
    }
    func whole(_ item: Scalar) -> Int64? {
      item.int64 ?? item.converted(to: .real).double.flatMap { Int64(exactly: $0) }
    }
    switch subject.column {
    case .int(let column): return found(column, Set(items.compactMap { whole($0).flatMap { Int32(exactly: $0) } }))
    case .long(let column): return found(column, Set(items.compactMap(whole)))
    case .datetime(let column), .timespan(let column):
      return found(column, Set(items.compactMap { $0.converted(to: subject.type).int64 }))
    case .real(let column):
      let wanted = Set(items.compactMap { $0.converted(to: .real).double })
      return wanted.contains(where: \.isNaN) ? nil : found(column, wanted)
    default: return nil
    }
  }

  // MARK: Numbers

  /// A function of a real, cell by cell.
  static func map(_ vectors: [Vector], _ body: (Double) -> Double) -> Vector? {
    guard !vectors[0].isConstant, case .real(let column) = vectors[0].column else { return nil }
    return Vector(.real(FixedColumn(column.values.map(body), validity: column.validity)))
  }

  // MARK: Times

  /// A function of one column of times that gives the same for all times within one span of `unit` ticks, such as the
  /// hour of the day: it is called once for each span that is met, while few are.
  static func perUnit(
    _ vectors: [Vector], _ unit: Int64, _ type: ScalarType, _ body: ([Scalar]) throws -> Scalar
  ) rethrows -> Vector? {
    let varying = vectors.indices.filter { !vectors[$0].isConstant }
    guard varying.count == 1, case .datetime(let column) = vectors[varying[0]].column, unit > 0 else { return nil }
    var cells = vectors.map { $0.isConstant ? $0.column[0] : .null($0.type) }
    var builder = ColumnBuilder(type)
    var made: UInt32 = 0
    func add(_ cell: Scalar) throws -> UInt32 {
      cells[varying[0]] = cell
      builder.append(try body(cells))
      made += 1
      return made - 1
    }
    var spans = [Int64](repeating: .min, count: 1024)
    var places = [UInt32](repeating: 0, count: 1024)
    var null: UInt32?
    // Neighbours mostly fall in one span.
    var (low, place) = (Int64.max, UInt32(0))
    var codes = [UInt32](repeating: 0, count: column.values.count)
    for (row, value) in column.values.enumerated() {
      if let validity = column.validity, !validity[row] {
        let code = try null ?? add(.null(.datetime))
        null = code
        codes[row] = code
        continue
      }
      if value < low || value &- low >= unit {
        let span = DateTime.floorDiv(value, unit)
        low = span &* unit
        let slot = Int(truncatingIfNeeded: span & 1023)
        if spans[slot] != span {
          places[slot] = try add(.datetime(value))
          spans[slot] = span
        }
        place = places[slot]
      }
      codes[row] = place
    }
    return Vector(builder.finish().gather(codes: codes))
  }
}

extension Column {
  /// The numbers or ticks of a column of 64-bit whole numbers.
  fileprivate var wholes: FixedColumn<Int64>? {
    switch self {
    case .long(let column), .datetime(let column), .timespan(let column): column
    default: nil
    }
  }
}
