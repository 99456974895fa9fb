// SPDX-License-Identifier: Apache-2.0
import JSON

/// Makes a column cell by cell. For results of small cardinality and for the few kernels without a typed loop.
package struct ColumnBuilder {
  private enum Storage {
    case bool([Bool?])
    case fixed32([Int32])
    case fixed64([Int64])
    case real([Double])
    case string(StringColumnBuilder)
    case dynamic(documents: [JSONDocument], known: [ObjectIdentifier: Int], refs: [UInt64])
  }
  package let type: ScalarType
  private var storage: Storage
  private var validity = Bitmap(count: 0)

  package init(_ type: ScalarType) {
    self.type = type
    switch type {
    case .bool: storage = .bool([])
    case .int: storage = .fixed32([])
    case .long, .datetime, .timespan: storage = .fixed64([])
    case .real, .decimal: storage = .real([])
    case .string, .guid: storage = .string(StringColumnBuilder())
    case .dynamic: storage = .dynamic(documents: [], known: [:], refs: [])
    }
  }

  /// Appends a value of the column's type; a value of another type becomes null.
  package mutating func append(_ value: Scalar) {
    switch storage {
    case .bool(var values):
      storage = .bool([])
      if case .bool(let value) = value { values.append(value) } else { values.append(nil) }
      storage = .bool(values)
    case .fixed32(var values):
      storage = .fixed32([])
      if case .int(let value) = value {
        values.append(value)
        validity.append(true)
      } else {
        values.append(0)
        validity.append(false)
      }
      storage = .fixed32(values)
    case .fixed64(var values):
      storage = .fixed64([])
      if let value = value.int64 {
        values.append(value)
        validity.append(true)
      } else {
        values.append(0)
        validity.append(false)
      }
      storage = .fixed64(values)
    case .real(var values):
      storage = .real([])
      if let value = value.double {
        values.append(value)
        validity.append(true)
      } else {
        values.append(0)
        validity.append(false)
      }
      storage = .real(values)
    case .string(var builder):
      storage = .bool([])
      builder.append(value.string ?? "")
      storage = .string(builder)
    case .dynamic(var documents, var known, var refs):
      storage = .bool([])
      if case .dynamic(let value) = value, !value.isNull {
        let id = ObjectIdentifier(value.document)
        let index: Int
        if let found = known[id] {
          index = found
        } else {
          index = documents.count
          known[id] = index
          documents.append(value.document)
        }
        refs.append(UInt64(index) << 32 | UInt64(value.node))
      } else {
        refs.append(DynamicColumn.null)
      }
      storage = .dynamic(documents: documents, known: known, refs: refs)
    }
  }

  package consuming func finish() -> Column {
    let bits: Bitmap? = validity.isAllSet ? nil : validity
    switch storage {
    case .bool(let cells):
      var values = Bitmap(count: cells.count)
      var valid = Bitmap(count: cells.count)
      for (row, cell) in cells.enumerated() {
        if let cell {
          valid[row] = true
          values[row] = cell
        }
      }
      return .bool(BoolColumn(values, validity: valid.isAllSet ? nil : valid))
    case .fixed32(let values): return .int(FixedColumn(values, validity: bits))
    case .fixed64(let values):
      switch type {
      case .datetime: return .datetime(FixedColumn(values, validity: bits))
      case .timespan: return .timespan(FixedColumn(values, validity: bits))
      default: return .long(FixedColumn(values, validity: bits))
      }
    case .real(let values):
      return type == .decimal
        ? .decimal(FixedColumn(values, validity: bits)) : .real(FixedColumn(values, validity: bits))
    case .string(let builder): return type == .guid ? .guid(builder.finish()) : .string(builder.finish())
    case .dynamic(let documents, _, let refs): return .dynamic(DynamicColumn(documents: documents, refs: refs))
    }
  }
}

extension Column {
  /// `count` cells of one value.
  package static func constant(_ value: Scalar, type: ScalarType, count: Int) -> Column {
    var builder = ColumnBuilder(type)
    builder.append(value)
    return builder.finish().gather([Int](repeating: 0, count: count))
  }

  /// The cells of several columns of one type, one after another.
  package static func concatenate(_ columns: [Column], type: ScalarType) throws(KQLError) -> Column {
    if columns.count == 1 { return columns[0] }
    guard columns.allSatisfy({ $0.type == type }) else {
      var builder = ColumnBuilder(type)
      for column in columns {
        for row in 0..<column.count { builder.append(column[row]) }
      }
      return builder.finish()
    }
    switch type {
    case .bool:
      var builder = ColumnBuilder(type)
      for column in columns {
        for row in 0..<column.count { builder.append(column[row]) }
      }
      return builder.finish()
    case .int: return .int(fixed(columns.compactMap { if case .int(let part) = $0 { part } else { nil } }))
    case .long: return .long(fixed(columns.compactMap { if case .long(let part) = $0 { part } else { nil } }))
    case .datetime:
      return .datetime(fixed(columns.compactMap { if case .datetime(let part) = $0 { part } else { nil } }))
    case .timespan:
      return .timespan(fixed(columns.compactMap { if case .timespan(let part) = $0 { part } else { nil } }))
    case .real: return .real(fixed(columns.compactMap { if case .real(let part) = $0 { part } else { nil } }))
    case .decimal: return .decimal(fixed(columns.compactMap { if case .decimal(let part) = $0 { part } else { nil } }))
    case .string:
      return .string(try strings(columns.compactMap { if case .string(let part) = $0 { part } else { nil } }))
    case .guid: return .guid(try strings(columns.compactMap { if case .guid(let part) = $0 { part } else { nil } }))
    case .dynamic:
      return .dynamic(dynamics(columns.compactMap { if case .dynamic(let part) = $0 { part } else { nil } }))
    }
  }

  private static func fixed<Element>(_ parts: [FixedColumn<Element>]) -> FixedColumn<Element> {
    var values: [Element] = []
    values.reserveCapacity(parts.reduce(0) { $0 + $1.values.count })
    for part in parts { values.append(contentsOf: part.values) }
    guard parts.contains(where: { $0.validity != nil }) else { return FixedColumn(values) }
    var validity = Bitmap(count: values.count, filledWith: true)
    var start = 0
    for part in parts {
      if let bits = part.validity {
        for row in 0..<part.values.count where !bits[row] { validity[start + row] = false }
      }
      start += part.values.count
    }
    return FixedColumn(values, validity: validity)
  }

  /// Pools are interned into one, a text at a time, so that a text keeps one code.
  private static func strings(_ parts: [StringColumn]) throws(KQLError) -> StringColumn {
    if let pool = parts.first?.pool, parts.allSatisfy({ $0.pool === pool }) {
      return StringColumn(pool: pool, codes: parts.flatMap(\.codes))
    }
    var builder = StringColumnBuilder()
    builder.reserve(parts.reduce(0) { $0 + $1.codes.count })
    var checkpoint = Checkpoint(every: 1 << 16)
    for part in parts {
      var known = [UInt32](repeating: .max, count: part.pool.count)
      for code in part.codes {
        try checkpoint.step()
        if known[Int(code)] == .max { known[Int(code)] = part.pool.withUTF8(Int(code)) { builder.intern($0) } }
        builder.appendCode(known[Int(code)])
      }
    }
    return builder.finish()
  }

  private static func dynamics(_ columns: [DynamicColumn]) -> DynamicColumn {
    if let joined = DynamicColumn.joined(columns) { return joined }
    let parts = columns.map(\.places)
    var documents: [JSONDocument] = []
    var places: [ObjectIdentifier: UInt64] = [:]
    var refs: [UInt64] = []
    refs.reserveCapacity(parts.reduce(0) { $0 + $1.refs.count })
    for part in parts {
      let moved = part.documents.map { document -> UInt64 in
        let id = ObjectIdentifier(document)
        if let place = places[id] { return place }
        let place = UInt64(documents.count)
        places[id] = place
        documents.append(document)
        return place
      }
      for ref in part.refs {
        refs.append(ref == DynamicColumn.null ? ref : moved[Int(ref >> 32)] << 32 | ref & 0xFFFF_FFFF)
      }
    }
    return DynamicColumn(documents: documents, refs: refs)
  }
}
