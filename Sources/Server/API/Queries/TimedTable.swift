// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// A table of which only the rows of a stretch of time are seen, by its column `TimeGenerated`.
struct TimedTable: TableSource {
  private static let column = "TimeGenerated"

  private let table: any TableSource
  private let column: Int
  private let times: ClosedRange<Int64>

  var schema: KQL.Schema { table.schema }
  var current: any TableSource { TimedTable(table: table.current, column: column, times: times) }

  private init(table: any TableSource, column: Int, times: ClosedRange<Int64>) {
    (self.table, self.column, self.times) = (table, column, times)
  }

  func parts(_ request: ScanRequest) throws -> [TablePart] {
    var wider = request
    wider.columns?.insert(column)
    wider.bounds.append(ColumnBound(column: column, range: times))
    return try table.parts(wider).map { part in
      TablePart {
        let batch = try part.load()
        guard case .datetime(let cells) = batch.columns[column] else { return batch.gather([]) }
        return batch.gather((0..<batch.count).filter { cells[$0].map(times.contains) ?? false })
      }
    }
  }

  /// The same tables, cut to the stretch where they have the column.
  static func cut(_ catalog: Catalog, to times: ClosedRange<Int64>) -> Catalog {
    var cut = catalog
    for (name, table) in catalog.tables {
      guard let column = table.schema.firstIndex(where: { $0.name == Self.column && $0.type == .datetime }) else {
        continue
      }
      cut.add(name, TimedTable(table: table, column: column, times: times))
    }
    return cut
  }
}
