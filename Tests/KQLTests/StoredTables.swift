// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON

@testable import KQL

/// Tables on disk for the tests, each in a folder of its own that is removed at the end.
enum StoredTables {
  static func withFolder<R>(_ body: (String) throws -> R) throws -> R {
    let folder = NSTemporaryDirectory() + "plumb-extents-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// A table of one extent per batch.
  static func make(_ schema: Schema, _ batches: [Batch], in folder: String) throws -> StoredTable {
    let append = try TableAppend(folder: folder, fields: schema)
    for (part, batch) in batches.enumerated() { try append.write(batch, fields: schema, part: part) }
    _ = try append.commit()
    return try StoredTable(folder: folder)
  }

  /// The cells of all parts of a table as texts, column by column.
  static func cells(_ table: any TableSource) throws -> [[String]] {
    var all = table.schema.map { _ in [String]() }
    for part in try table.parts(ScanRequest()) {
      let batch = try part.load()
      for (index, column) in batch.columns.enumerated() { all[index] += cells(column) }
    }
    return all
  }

  /// Cells as texts that tell every value from every other, -0.0 from 0.0 as well.
  static func cells(_ column: Column) -> [String] { (0..<column.count).map { cell(column[$0]) } }

  static func cell(_ value: Scalar) -> String {
    switch value {
    case .null: "null"
    case .real(let number), .decimal(let number): "\(number) \(String(number.bitPattern, radix: 16))"
    case .dynamic(let value): value.text
    case .string(let text), .guid(let text): "'\(text)'"
    default: value.text
    }
  }

  static func column(_ type: ScalarType, _ values: [Scalar]) -> Column {
    var builder = ColumnBuilder(type)
    for value in values { builder.append(value) }
    return builder.finish()
  }

  /// A dynamic column of one JSON text per row.
  static func dynamics(_ texts: [String]) throws -> Column {
    .dynamic(DynamicColumn(roots: try JSONDocument.lines(Array(texts.map { $0 + "\n" }.joined().utf8))))
  }
}
