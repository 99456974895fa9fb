// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// A table of which only the rows within a reach are seen: those whose text in one column is.
struct ReachTable: TableSource {
  private let table: any TableSource
  private let column: Int
  private let isVisible: @Sendable (String) -> Bool

  var schema: KQL.Schema { table.schema }
  var current: any TableSource { ReachTable(table.current, column, isVisible) }

  /// - Parameter column: a column of texts; nil is given back where the table has none of that name.
  init?(_ table: any TableSource, by column: String, _ isVisible: @escaping @Sendable (String) -> Bool) {
    guard let index = table.schema.firstIndex(where: { $0.name == column && $0.type == .string }) else { return nil }
    self.init(table, index, isVisible)
  }

  private init(_ table: any TableSource, _ column: Int, _ isVisible: @escaping @Sendable (String) -> Bool) {
    (self.table, self.column, self.isVisible) = (table, column, isVisible)
  }

  func parts(_ request: ScanRequest) throws -> [TablePart] {
    var wider = request
    wider.columns?.insert(column)
    return try table.parts(wider).map { part in
      TablePart {
        let batch = try part.load()
        // A column that cannot be read tells nothing of any row: none is shown.
        guard case .string(let texts) = batch.columns[column] else { return batch.gather([]) }
        var known: [UInt32: Bool] = [:]
        return batch.gather(
          (0..<batch.count).filter { row in
            let code = texts.codes[row]
            if let seen = known[code] { return seen }
            let seen = isVisible(texts[row])
            known[code] = seen
            return seen
          })
      }
    }
  }
}
