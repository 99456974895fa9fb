// SPDX-License-Identifier: Apache-2.0
package import JSON

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

/// What a scan asks of a table.
package struct ScanRequest: Sendable {
  /// Positions of the columns that are read; the others may be left out (`Column.absent`). nil reads all.
  package var columns: Set<Int>?
  /// Rows outside these ranges may be left out: the query drops them anyway.
  package var bounds: [ColumnBound]
  /// Rows whose text in a column, by its position, is none of these in any case may be left out too.
  package var texts: [Int: Set<String>] = [:]
  /// The same of members of dynamic columns.
  package var memberTexts: [Int: [JSONPath: Set<String>]] = [:]
  /// Positions of the columns that are read once the filters next to the scan have dropped rows; nil for all.
  var kept: Set<Int>?
  /// Dynamic columns of which only the values at these paths, and what is below them, are read.
  package var paths: [Int: [JSONPath]]
  package init(columns: Set<Int>? = nil, bounds: [ColumnBound] = [], paths: [Int: [JSONPath]] = [:]) {
    self.columns = columns
    self.bounds = bounds
    self.paths = paths
  }
}

/// The range that a column of whole numbers or times has to be in; null is in none.
package struct ColumnBound: Sendable {
  package let column: Int
  package let range: ClosedRange<Int64>

  package init(column: Int, range: ClosedRange<Int64>) {
    self.column = column
    self.range = range
  }
}

/// Rows of a table that a worker takes at a time; they are read when it does.
package struct TablePart: Sendable {
  package let load: @Sendable () throws -> Batch
  /// The same column by column, where the table keeps them apart.
  let columns: Columns?
  package init(_ load: @escaping @Sendable () throws -> Batch) { self.init(columns: nil, load) }
  init(columns: Columns?, _ load: @escaping @Sendable () throws -> Batch) {
    self.columns = columns
    self.load = load
  }

  struct Columns: Sendable {
    let count: Int
    /// The cells of the column at a position, at some rows in ascending order or, with nil, at all.
    let read: @Sendable (Int, [Int]?) throws -> Column
    /// Whether every row is known to be in the range.
    let holds: @Sendable (ColumnBound) -> Bool

    init(
      count: Int, read: @escaping @Sendable (Int, [Int]?) throws -> Column,
      holds: @escaping @Sendable (ColumnBound) -> Bool
    ) {
      (self.count, self.read, self.holds) = (count, read, holds)
    }

    init(_ batch: Batch) {
      self.init(count: batch.count) { index, rows in
        rows.map(batch.columns[index].gather) ?? batch.columns[index]
      } holds: { _ in
        false
      }
    }
  }
}

extension TablePart {
  /// The same rows; `body` is told of data that cannot be read before the query fails that reads it.
  package func onDamage(_ body: @escaping @Sendable (KQLError) -> Void) -> TablePart {
    @Sendable func watched<Result>(_ read: () throws -> Result) throws -> Result {
      do { return try read() } catch let error as KQLError where error.code == .data {
        body(error)
        throw error
      }
    }
    let watchedColumns = columns.map { columns in
      Columns(
        count: columns.count, read: { index, rows in try watched { try columns.read(index, rows) } },
        holds: columns.holds)
    }
    return TablePart(columns: watchedColumns) { try watched(load) }
  }
}

/// What a table name stands for.
package protocol TableSource: Sendable {
  var schema: Schema { get }
  /// The rows in order.
  func parts(_ request: ScanRequest) throws -> [TablePart]
  /// The table as it is when a query that names it is bound.
  var current: any TableSource { get }
}

extension TableSource {
  package var current: any TableSource { self }
}

/// A table held in memory.
package struct MemoryTable: TableSource {
  package let schema: Schema
  package let batches: [Batch]
  package init(schema: Schema, batches: [Batch]) {
    self.schema = schema
    self.batches = batches
  }
  package func parts(_ request: ScanRequest) -> [TablePart] { batches.map { batch in TablePart { batch } } }
}

/// A table of which a query reads only some columns and rows.
struct ChosenColumns: TableSource {
  let table: any TableSource
  let request: ScanRequest
  var schema: Schema { table.schema }
  func parts(_ request: ScanRequest) throws -> [TablePart] { try table.parts(self.request) }
}

/// A table under the name by which queries call it.
struct NamedTable: TableSource {
  let name: String
  let table: any TableSource
  var schema: Schema { table.schema }
  func parts(_ request: ScanRequest) throws -> [TablePart] { try table.parts(request) }
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
  /// Tables that are there and cannot be read, with the reason: told to a query that names one.
  package var unreadable: [String: String] = [:]
  package init() {}
  package mutating func add(_ name: String, _ table: any TableSource) { tables[name] = table }
  package func table(_ name: String) -> (name: String, source: any TableSource)? {
    if let table = tables[name] { return (name, NamedTable(name: name, table: table.current)) }
    let lower = name.lowercased()
    return tables.first { $0.key.lowercased() == lower }.map {
      ($0.key, NamedTable(name: $0.key, table: $0.value.current))
    }
  }
  package var names: [String] { tables.keys.sorted() }
}
