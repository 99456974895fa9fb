// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Inventory
package import KQL

/// What happened to a finding, as `FindingHistory` tells it. The numbers are those of the store.
enum FindingEvent: Int {
  case opened, reopened, resolved, closed, returned, changed

  /// Stands in the store where a status does, for a finding that was closed.
  static let closedCode = 9

  var name: String {
    switch self {
    case .opened: "Opened"
    case .reopened: "Reopened"
    case .resolved: "Resolved"
    case .closed: "Closed"
    case .returned: "Returned"
    case .changed: "Changed"
    }
  }

  /// A status of the history: none before the first.
  static func word(_ code: Int?) -> String {
    code.map { $0 == closedCode ? "Closed" : Status(code: $0).rawValue } ?? ""
  }
}

extension FindingStore {
  /// Columns of `FindingHistory`.
  package static let historySchema: Schema = [
    Field("findingId", .string), Field("checkId", .string), Field("resourceId", .string), Field("time", .datetime),
    Field("event", .string), Field("from", .string), Field("to", .string), Field("reason", .string),
    Field("cause", .string), Field("changes", .dynamic), Field("scanId", .long),
  ]

  /// When findings became faults, changed their status, were closed and came back: the table `FindingHistory`.
  package var history: any TableSource {
    let this = self
    return LazyTable(schema: Self.historySchema) { try this.historyBatch() }
  }

  private func historyBatch() throws(StoreError) -> Batch {
    try store.read { db in
      var strings = [StringColumnBuilder](repeating: StringColumnBuilder(), count: 8)
      var (times, scans): ([Int64], [Int64?]) = ([], [])
      var changes = DynamicTexts()
      let cursor = try Row.fetchCursor(
        db,
        sql: """
          SELECT h.finding, c.text, r.text, h.event, h.earlier, h.later, w.text, h.cause, h.time, h.scan, x.text
          FROM findingHistory h JOIN finding f ON f.key = h.finding
          JOIN findingText c ON c.key = f.checkId JOIN findingText r ON r.key = f.resource
          JOIN findingText w ON w.key = h.reason LEFT JOIN findingText x ON x.key = h.changes
          ORDER BY h.rowid
          """)
      while let row = try cursor.next() {
        let cells: [String] = [
          Finding.text(row[0]), row[1], row[2], FindingEvent(rawValue: row[3])?.name ?? "", FindingEvent.word(row[4]),
          FindingEvent.word(row[5]), row[6], row[7],
        ]
        for (column, cell) in cells.enumerated() { strings[column].append(cell) }
        times.append(row[8])
        scans.append(row[9])
        changes.append(row[10] ?? "[]")
      }
      let texts = strings.map { Column.string($0.finish()) }
      return Batch(
        columns: Array(texts[0...2]) + [.datetime(FixedColumn(times))] + texts[3...7]
          + [try changes.column(), .long(.optional(scans))], count: times.count)
    }
  }
}

extension FixedColumn where Element == Int64 {
  static func optional(_ values: [Int64?]) -> FixedColumn {
    guard values.contains(nil) else { return FixedColumn(values.compactMap { $0 }) }
    var validity = Bitmap(count: values.count, filledWith: true)
    for (row, value) in values.enumerated() where value == nil { validity[row] = false }
    return FixedColumn(values.map { $0 ?? 0 }, validity: validity)
  }
}
