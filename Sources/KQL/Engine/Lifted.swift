// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// An expression of one or two text columns, worked out once for every text (or pair) of their pools and looked up for
/// each row: blocks of an extent share a pool, so a function runs once per distinct text of an extent.
final class Lifted: Sendable {
  private struct Entry: Sendable {
    /// Kept so that no other pool gets the identity of one.
    let pools: [StringPool]
    /// Rows asked for so far.
    var rows = 0
    /// Its cells by code, or by pair of codes.
    var cells: Vector?
    /// Working it out for texts that no row has ended with an error: it is left to the rows.
    var isFailed = false
  }
  /// Reads columns 0 and 1.
  private let whole: Expression
  /// The same for the rows of a batch.
  private let direct: Expression
  private let entries = Mutex<[[ObjectIdentifier]: Entry]>([:])
  private static let mostPairs = 1 << 16
  /// Extents that are read at one time are few; the texts of the others are let go.
  private static let mostEntries = 8

  private init(_ whole: Expression, _ direct: Expression) {
    self.whole = whole
    self.direct = direct
  }

  /// The expression with its largest parts that read one or two text columns, and nothing else, lifted.
  static func lift(_ expression: Expression) -> Expression {
    guard case .call(let function, let arguments, let type) = expression else {
      if case .path(let base, let path) = expression { return .path(lift(base), path) }
      return expression
    }
    let parts = Expression.call(function, arguments.map(lift), type)
    guard let columns = texts(expression), (1...2).contains(columns.count) else { return parts }
    let order = columns.keys.sorted()
    let place = { order.firstIndex(of: $0) ?? 0 }
    let lifted = Lifted(expression.moved(place), (columns.count == 1 ? expression : parts).moved(place))
    let made = ScalarFunction(
      name: function.name, signature: function.signature, meaning: function.meaning, naming: function.naming,
      arity: order.count...order.count, parameters: [nil], resultType: function.resultType
    ) { vectors, count, context in try lifted.evaluate(vectors, count, context) }
    return .call(made, order.map { .column($0, columns[$0] ?? .string) }, type)
  }

  /// Functions that do not give the same for the same arguments each time, or want to see all rows.
  private static let excluded = Functions.positional.union(["rand", "new_guid", "assert"])

  /// The columns of an expression that reads texts only; nil for any other.
  private static func texts(_ expression: Expression) -> [Int: ScalarType]? {
    switch expression {
    case .column(let index, let type): return type == .string || type == .guid ? [index: type] : nil
    case .literal: return [:]
    case .path(let base, _): return texts(base)
    case .call(let function, let arguments, _):
      if excluded.contains(function.name) { return nil }
      var columns: [Int: ScalarType] = [:]
      for argument in arguments {
        guard let more = texts(argument) else { return nil }
        columns.merge(more) { first, _ in first }
      }
      return columns
    case .scalarQuery, .listQuery: return nil
    }
  }

  private func evaluate(_ vectors: [Vector], _ count: Int, _ context: EvaluationContext) throws -> Vector {
    let columns = vectors.compactMap { vector -> StringColumn? in
      switch vector.column {
      case .string(let texts), .guid(let texts): vector.isConstant || texts.pool.block != nil ? nil : texts
      default: nil
      }
    }
    guard columns.count == vectors.count, count > 0,
      let cells = try cells(vectors, columns.map(\.pool), count, context)
    else { return try direct.evaluate(Batch(columns: vectors.map { $0.expanded(count) }, count: count), context) }
    if cells.isConstant { return cells }
    guard columns.count == 2 else { return Vector(cells.column.gather(codes: columns[0].codes)) }
    let width = UInt32(columns[1].pool.count)
    return Vector(cells.column.gather(codes: zip(columns[0].codes, columns[1].codes).map { $0 &* width &+ $1 }))
  }

  /// The cells of the whole pools, or nil where the rows that have asked are fewer.
  private func cells(
    _ vectors: [Vector], _ pools: [StringPool], _ count: Int, _ context: EvaluationContext
  ) throws -> Vector? {
    let (size, overflow) =
      pools.count == 1
      ? (pools[0].count, false) : pools[0].count.multipliedReportingOverflow(by: pools[1].count)
    if overflow || size == 0 || pools.count == 2 && size > Self.mostPairs { return nil }
    let key = pools.map(ObjectIdentifier.init)
    let entry = entries.withLock { entries in
      if entries[key] == nil, entries.count >= Self.mostEntries { entries = [:] }
      var entry = entries[key] ?? Entry(pools: pools)
      entry.rows += count
      entries[key] = entry
      return entry
    }
    if let cells = entry.cells { return cells }
    if entry.rows < size || entry.isFailed { return nil }
    let widths = pools.map(\.count)
    let columns = vectors.indices.map { index -> Column in
      let codes =
        pools.count == 1
        ? Array(0..<UInt32(size)) : (0..<size).map { UInt32(index == 0 ? $0 / widths[1] : $0 % widths[1]) }
      let texts = StringColumn(pool: pools[index], codes: codes)
      return vectors[index].type == .guid ? .guid(texts) : .string(texts)
    }
    let made = try? whole.evaluate(Batch(columns: columns, count: size), context)
    try context.check()
    entries.withLock { entries in
      entries[key]?.cells = made
      entries[key]?.isFailed = made == nil
    }
    return made
  }
}

extension Column {
  /// The cells at `codes`, none of them past the end.
  func gather(codes: [UInt32]) -> Column {
    func bits(_ from: Bitmap) -> Bitmap {
      codes.withUnsafeBufferPointer { codes in
        from.words.withUnsafeBufferPointer { words in
          Bitmap(count: codes.count) { words[Int(codes[$0] >> 6)] >> UInt64(codes[$0] & 63) & 1 == 1 }
        }
      }
    }
    func fixed<E>(_ column: FixedColumn<E>) -> FixedColumn<E> {
      FixedColumn(
        column.values.withUnsafeBufferPointer { values in codes.map { values[Int($0)] } },
        validity: column.validity.map(bits))
    }
    func texts(_ column: StringColumn) -> StringColumn {
      StringColumn(
        pool: column.pool, codes: column.codes.withUnsafeBufferPointer { known in codes.map { known[Int($0)] } })
    }
    switch self {
    case .bool(let column): return .bool(BoolColumn(bits(column.values), validity: column.validity.map(bits)))
    case .int(let column): return .int(fixed(column))
    case .long(let column): return .long(fixed(column))
    case .real(let column): return .real(fixed(column))
    case .decimal(let column): return .decimal(fixed(column))
    case .datetime(let column): return .datetime(fixed(column))
    case .timespan(let column): return .timespan(fixed(column))
    case .string(let column): return .string(texts(column))
    case .guid(let column): return .guid(texts(column))
    case .dynamic(let column): return .dynamic(column.gather(codes.map(Int.init)))
    }
  }
}
