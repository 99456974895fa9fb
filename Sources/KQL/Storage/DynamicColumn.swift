// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Dynamic values as places in documents: nothing is copied when a path is walked or rows are filtered.
///
/// A column of an extent has its values in other forms until somebody asks for places: as codes of distinct values, or
/// as rows of a shredded block. Paths, filters and conversions work on these; `documents` and `refs` put the values
/// together, once.
package struct DynamicColumn: Sendable {
  enum Form: Sendable {
    case coded(CodedRows)
    case shredded(ShreddedRows)
  }

  package static let null = UInt64.max
  private var placed: Places
  private(set) var form: Form?

  /// Document in the high 32 bits, node in the low; `null` where the value is null.
  struct Places: Sendable {
    var documents: [JSONDocument] = []
    var refs: [UInt64] = []
  }

  package init(documents: [JSONDocument], refs: [UInt64]) { placed = Places(documents: documents, refs: refs) }

  init(_ form: Form) {
    placed = Places()
    self.form = form
  }

  /// One root per row, nulls kept as null.
  package init(roots document: JSONDocument) {
    let refs = (0..<document.rootCount).map {
      document.root(at: $0).isNull ? Self.null : UInt64(document.rootNode(at: $0))
    }
    self.init(documents: [document], refs: refs)
  }

  static func nulls(_ count: Int) -> DynamicColumn {
    DynamicColumn(documents: [], refs: [UInt64](repeating: null, count: count))
  }

  var places: Places {
    switch form {
    case nil: placed
    case .coded(let rows): rows.places
    case .shredded(let rows): rows.places
    }
  }

  package var documents: [JSONDocument] {
    get { places.documents }
    _modify {
      flatten()
      yield &placed.documents
    }
  }

  package var refs: [UInt64] {
    get { places.refs }
    _modify {
      flatten()
      yield &placed.refs
    }
  }

  private mutating func flatten() {
    guard form != nil else { return }
    placed = places
    form = nil
  }

  package var count: Int {
    switch form {
    case nil: placed.refs.count
    case .coded(let rows): rows.codes.count
    case .shredded(let rows): rows.count
    }
  }

  package subscript(_ row: Int) -> JSONValue? {
    switch form {
    case nil: Self.value(placed.refs[row], placed.documents)
    case .coded(let rows): Self.value(rows.values.places.refs[Int(rows.codes[row])], rows.values.places.documents)
    case .shredded(let rows): Self.value(rows.places.refs[row], rows.places.documents)
    }
  }

  @inline(__always) private static func value(_ ref: UInt64, _ documents: [JSONDocument]) -> JSONValue? {
    if ref == null { return nil }
    return JSONValue(document: documents[Int(ref >> 32)], node: UInt32(truncatingIfNeeded: ref))
  }

  func isNull(_ row: Int) -> Bool {
    switch form {
    case nil: placed.refs[row] == Self.null
    case .coded(let rows): rows.values.places.refs[Int(rows.codes[row])] == Self.null
    case .shredded(let rows): rows.isNull(row)
    }
  }

  /// The rows that are null; nil where there is none.
  var nulls: Bitmap? {
    let bits: Bitmap
    switch form {
    case nil:
      bits = placed.refs.withUnsafeBufferPointer { refs in Bitmap(count: refs.count) { refs[$0] == Self.null } }
    case .coded(let rows):
      let isNull = rows.values.places.refs.map { $0 == Self.null }
      bits = Bitmap(count: rows.codes.count) { isNull[Int(rows.codes[$0])] }
    case .shredded(let rows): bits = Bitmap(count: rows.count, where: rows.isNull)
    }
    return bits.isEmpty ? nil : bits
  }

  /// The values at `rows`; -1 gives null.
  func gather(_ rows: [Int]) -> DynamicColumn {
    switch form {
    case nil:
      return DynamicColumn(
        documents: placed.documents, refs: rows.map { $0 < 0 ? Self.null : placed.refs[$0] })
    case .coded(let coded):
      let null = coded.values.nullCode
      return DynamicColumn(
        .coded(CodedRows(coded.values, rows.map { $0 < 0 ? null : coded.codes[$0] })))
    case .shredded(let shredded): return DynamicColumn(.shredded(shredded.gather(rows)))
    }
  }

  /// The values at `path` below each value; null where there is none.
  func walked(_ path: JSONPath) -> DynamicColumn {
    switch form {
    case nil: DynamicColumn(placed.walked(path))
    case .coded(let rows): rows.walked(path)
    case .shredded(let rows): rows.walked(path)
    }
  }

  init(_ places: Places) { self.init(documents: places.documents, refs: places.refs) }

  /// The column as another type where its form gives it quicker than value by value.
  func converted(to type: ScalarType) -> Column? {
    switch form {
    case nil: nil
    case .coded(let rows): rows.converted(to: type)
    case .shredded(let rows): rows.converted(to: type)
    }
  }

  /// The columns one after another, where they are codes of the same values.
  static func joined(_ parts: [DynamicColumn]) -> DynamicColumn? {
    guard case .coded(let first) = parts.first?.form else { return nil }
    var codes: [UInt32] = []
    for part in parts {
      guard case .coded(let rows) = part.form, rows.values === first.values else { return nil }
      codes += rows.codes
    }
    return DynamicColumn(.coded(CodedRows(first.values, codes)))
  }
}

extension DynamicColumn.Places {
  func walked(_ path: JSONPath) -> DynamicColumn.Places {
    let null = DynamicColumn.null
    var found = [UInt64](repeating: null, count: refs.count)
    var row = 0
    while row < refs.count {
      // Rows of one document are walked together.
      let high = refs[row] >> 32
      guard refs[row] != null else {
        row += 1
        continue
      }
      let document = documents[Int(high)]
      let start = row
      let stop =
        document.withWalk(path) { walk in
          var at = start
          while at < refs.count, refs[at] >> 32 == high {
            if let node = walk(UInt32(truncatingIfNeeded: refs[at])), !document.isNull(node) {
              found[at] = high << 32 | UInt64(node)
            }
            at += 1
          }
          return at
        } ?? start
      if stop > row {
        row = stop
        continue
      }
      let value = JSONValue(document: document, node: UInt32(truncatingIfNeeded: refs[row]))
      if let value = value.value(at: path), !value.isNull { found[row] = high << 32 | UInt64(value.node) }
      row += 1
    }
    return DynamicColumn.Places(documents: documents, refs: found)
  }
}
