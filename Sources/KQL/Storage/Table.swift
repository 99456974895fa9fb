// SPDX-License-Identifier: Apache-2.0

package struct Field: Sendable, Equatable {
  package var name: String
  package var type: ScalarType
  package init(_ name: String, _ type: ScalarType) {
    self.name = name
    self.type = type
  }
}

package typealias Schema = [Field]

/// Rows in columns: one column per field of a schema, all of `count` cells.
package struct Batch: Sendable {
  package var columns: [Column]
  package var count: Int
  package init(columns: [Column], count: Int) {
    self.columns = columns
    self.count = count
  }
  package func gather(_ rows: [Int]) -> Batch { Batch(columns: columns.map { $0.gather(rows) }, count: rows.count) }
}

/// What a table name stands for. `scan` gives the rows of the columns asked for, in order, in batches.
package protocol TableSource: Sendable {
  var schema: Schema { get }
  func scan(columns: [Int]) throws -> [Batch]
}

/// A table held in memory.
package struct MemoryTable: TableSource {
  package let schema: Schema
  package let batches: [Batch]
  package init(schema: Schema, batches: [Batch]) {
    self.schema = schema
    self.batches = batches
  }
  package func scan(columns: [Int]) -> [Batch] {
    batches.map { batch in Batch(columns: columns.map { batch.columns[$0] }, count: batch.count) }
  }
}

/// The tables a query may name. Names are matched exactly first, then without regard to case.
package struct Catalog: Sendable {
  package private(set) var tables: [String: any TableSource] = [:]
  /// The folder whose files externaldata may read; nil for none.
  package var externalFolder: String?
  /// Stored functions by name, each as it would stand after `let name =`: `(n: long) { T | where x > n }`.
  package var functions: [String: String] = [:]
  /// Watchlists by alias, for `_GetWatchlist('alias')`; a table of that name serves as well.
  package var watchlists: [String: any TableSource] = [:]
  /// The column that tells when a row was stored, which `ingestion_time()` reads where a table has it.
  package var ingestionColumn = "_IngestionTime"
  package init() {}
  package mutating func add(_ name: String, _ table: any TableSource) { tables[name] = table }
  package func table(_ name: String) -> (name: String, source: any TableSource)? {
    if let table = tables[name] { return (name, table) }
    let lower = name.lowercased()
    return tables.first { $0.key.lowercased() == lower }.map { ($0.key, $0.value) }
  }
  package var names: [String] { tables.keys.sorted() }
}
