// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// A table of what happened, of which only the rows from a time on are seen.
struct SinceTable: TableSource {
  /// The columns that tell when, whichever a table has first.
  private static let columns = ["TimeGenerated", "time", "timestamp", "startedAt"]

  private let table: any TableSource
  private let column: Int
  private let since: Int64

  var schema: KQL.Schema { table.schema }
  var current: any TableSource { SinceTable(table: table.current, column: column, since: since) }

  /// Cuts every table of a catalog that tells when its rows happened; the others stay whole.
  static func cut(_ catalog: inout Catalog, since: Int64) {
    for name in catalog.names {
      guard let table = catalog.tables[name] else { continue }
      let found = columns.lazy.compactMap { name in
        table.schema.firstIndex { $0.name == name && $0.type == .datetime }
      }.first
      if let found { catalog.add(name, SinceTable(table: table, column: found, since: since)) }
    }
  }

  func parts(_ request: ScanRequest) throws -> [TablePart] {
    var wider = request
    wider.columns?.insert(column)
    return try table.parts(wider).map { part in
      TablePart {
        let batch = try part.load()
        guard case .datetime(let times) = batch.columns[column] else { return batch }
        return batch.gather((0..<batch.count).filter { (times[$0] ?? .min) >= since })
      }
    }
  }
}
