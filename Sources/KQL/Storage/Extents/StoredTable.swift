// SPDX-License-Identifier: Apache-2.0
import JSON

/// A table on disk: a folder of extents and `table.json`, which names them and the columns.
///
/// `table.json` is replaced in one step, so a table is always what some finished append made of it.
package struct StoredTable: TableSource {
  package let schema: Schema
  /// Rows of all extents.
  package let count: Int
  private let extents: [Extent]

  static let manifestName = "table.json"

  package init(folder: String) throws(KQLError) {
    let manifest = try Manifest(folder: folder)
    schema = manifest.schema
    var extents: [Extent] = []
    for file in manifest.files { extents.append(try Extent(path: folder + "/" + file)) }
    self.extents = extents
    count = extents.reduce(0) { $0 + $1.rows }
  }

  package func parts(_ request: ScanRequest) -> [TablePart] {
    extents.flatMap { extent -> [TablePart] in
      let places = schema.map { field in extent.columns.firstIndex { $0.field == field } }
      return (0..<extent.blockCount).compactMap { block in
        for bound in request.bounds {
          guard let place = places[bound.column] else { return nil }
          let entry = extent.columns[place].blocks[block]
          // A block without a range has nothing but nulls, or was written without one.
          if let range = entry.range, !range.overlaps(bound.range) { return nil }
          if entry.range == nil, entry.nulls == entry.rows { return nil }
        }
        let count = extent.rows(ofBlock: block)
        let columns = TablePart.Columns(count: count) { index, rows in
          guard request.columns?.contains(index) ?? true else { return .absent }
          guard let place = places[index] else {
            let type = schema[index].type
            return Column.constant(.null(type), type: type, count: rows?.count ?? count)
          }
          return try extent.column(place, block: block, rows: rows, paths: request.paths[index])
        } holds: { bound in
          guard let place = places[bound.column] else { return false }
          let entry = extent.columns[place].blocks[block]
          guard entry.nulls == 0, let range = entry.range else { return false }
          return bound.range.contains(range.lowerBound) && bound.range.contains(range.upperBound)
        }
        return TablePart(columns: columns) {
          Batch(columns: try schema.indices.map { try columns.read($0, nil) }, count: count)
        }
      }
    }
  }
}

/// What `table.json` says.
struct Manifest {
  var schema: Schema = []
  var files: [String] = []
  /// The number that the next extent is named by.
  var next = 1

  init() {}

  init(folder: String) throws(KQLError) {
    let path = folder + "/" + StoredTable.manifestName
    guard let bytes = try FileOutput.read(path) else { throw KQLError(.data, "\(path) is missing: this is no table") }
    guard let root = try? JSONDocument(parsing: bytes).root else { throw KQLError(.data, "\(path) is damaged") }
    guard Self.isWhole(bytes) else {
      throw KQLError(
        .data, "\(path) is damaged: its checksum does not hold. Put back a copy, or ingest the files again")
    }
    guard root["format"]?.int64 == 1 else { throw KQLError(.data, "\(path) was written by a newer version") }
    for column in root["columns"]?.elements.map({ $0 }) ?? [] {
      guard let name = column["name"]?.string, let type = column["type"]?.string.flatMap(ScalarType.init(name:)) else {
        throw KQLError(.data, "\(path) is damaged: a column has no name or type")
      }
      guard !schema.contains(where: { $0.name == name }) else {
        throw KQLError(.data, "\(path) is damaged: it names column '\(name)' twice")
      }
      schema.append(Field(name, type))
    }
    for file in root["extents"]?.elements.map({ $0 }) ?? [] {
      // A name with a path in it would read files outside the table.
      guard let name = file.string, name.hasSuffix(".extent"), !name.contains("/"), !files.contains(name) else {
        throw KQLError(.data, "\(path) is damaged: it names extents that cannot be")
      }
      files.append(name)
    }
    guard let number = root["next"]?.int64, (1...1 << 50).contains(number) else {
      throw KQLError(.data, "\(path) is damaged: it does not tell the number of the next extent")
    }
    next = Int(number)
  }

  /// The last member is the XXH64 of all bytes before it, so that a changed name of a column is no other column.
  private static let sumName = Array(",\"xxh64\":\"".utf8)

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    let tail = sumName.count + 18
    guard bytes.count > tail else { return false }
    return bytes.elementsEqual(sealed(bytes.dropLast(tail)))
  }

  private static func sealed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let sum = bytes.withUnsafeBytes(Checksum.xxh64)
    var sealed = Array(bytes)
    sealed += sumName
    sealed += Array("\(ExtentWriter.hex(sum))\"}".utf8)
    return sealed
  }

  var bytes: [UInt8] {
    let columns = schema.map { field in
      JSONDraft.object([("name", .string(field.name)), ("type", .string(field.type.rawValue))])
    }
    let text = JSONDraft.object([
      ("format", .int(1)), ("next", .int(Int64(next))), ("columns", .array(columns)),
      ("extents", .array(files.map(JSONDraft.string))),
    ]).document().root.serialized()
    return Self.sealed(text.dropLast())
  }
}
