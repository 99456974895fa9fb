// SPDX-License-Identifier: Apache-2.0
import JSON

/// An extent, or a batch of the log, as it was found when it was opened.
enum TableFile: Sendable {
  case open(Extent)
  /// The rows that it is known to have.
  case damaged(KQLError, rows: Int)

  var rows: Int {
    switch self {
    case .open(let extent): extent.rows
    case .damaged(_, let rows): rows
    }
  }
}

extension Manifest.Entry {
  func open(in folder: String) throws(KQLError) -> Extent {
    let path = folder + "/" + file
    let extent = try Extent(path: path)
    guard rows ?? extent.rows == extent.rows, footer ?? extent.footerSum == extent.footerSum else {
      throw KQLError(.data, "\(path) is not the extent that \(Manifest.name) names: it was written at another time")
    }
    return extent
  }
}

extension Extent {
  func place(of column: String) -> Int? { places[column] }

  /// The cells of a block in a column of a table, at some rows in ascending order or, with nil, at all; null where the
  /// extent has no such column. Of a dynamic column only the values at `paths` are read, where they are named.
  private func cells(
    _ field: Field, block: Int, rows: [Int]?, paths: [JSONPath]? = nil
  ) throws(KQLError) -> Column {
    guard let place = place(of: field.name) else {
      return .constant(.null(field.type), type: field.type, count: rows?.count ?? self.rows(ofBlock: block))
    }
    return try column(place, block: block, rows: rows, paths: paths).stored(as: field.type)
  }

  /// The rows of a block in the columns of a table.
  func batch(_ block: Int, as schema: Schema) throws(KQLError) -> Batch {
    var columns: [Column] = []
    columns.reserveCapacity(schema.count)
    for field in schema { columns.append(try cells(field, block: block, rows: nil)) }
    return Batch(columns: columns, count: rows(ofBlock: block))
  }

  /// The same for a scan, which reads them later and perhaps some only.
  ///
  /// Columns that the request does not name are absent.
  func part(_ block: Int, as schema: Schema, _ request: ScanRequest) -> TablePart {
    let count = rows(ofBlock: block)
    let columns = TablePart.Columns(count: count) { index, rows in
      guard request.columns?.contains(index) ?? true else { return .absent }
      return try self.cells(schema[index], block: block, rows: rows, paths: request.paths[index])
    } holds: { bound in
      guard let known = self.known(schema[bound.column], block), known.nulls == 0, let range = known.range else {
        return false
      }
      return bound.range.contains(range.lowerBound) && bound.range.contains(range.upperBound)
    }
    return TablePart(columns: columns) {
      Batch(columns: try schema.indices.map { try columns.read($0, nil) }, count: count)
    }
  }

  /// Whether no row of the block is within the bounds of a request.
  func isOutside(_ block: Int, _ bounds: [ColumnBound], _ schema: Schema) -> Bool {
    bounds.contains { bound in
      let field = schema[bound.column]
      guard place(of: field.name) != nil else { return true }
      guard let known = known(field, block) else { return false }
      // A block without a range has nothing but nulls, or was written without one.
      guard let range = known.range else { return known.nulls == known.rows }
      return !range.overlaps(bound.range)
    }
  }

  /// The entry of a block whose range is one of the table's column as well. Ranges are those of the type that was written:
  /// a long may have been an int, and nothing else serves.
  private func known(_ field: Field, _ block: Int) -> Block? {
    guard let place = place(of: field.name) else { return nil }
    let type = columns[place].field.type
    return type == field.type || type == .int && field.type == .long ? columns[place].blocks[block] : nil
  }
}
