// SPDX-License-Identifier: Apache-2.0
import GRDB
import JSON
import KQL

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Store {
  /// `resourcechanges` at an instant. Changes are derived: where one document of a resource took the place of another, or
  /// began or ended. Resources that never changed are not read.
  func changes(at time: Int64) -> LazyTable {
    let store = self
    return LazyTable(schema: Snapshot.changesSchema) { request in
      let (first, starts) = try store.read { db in
        let first = try Int64.fetchOne(db, sql: "SELECT MIN(started) FROM scan") ?? 0
        let starts = try Int64.fetchAll(
          db,
          sql: """
            SELECT DISTINCT resource FROM (
              SELECT resource, ROW_NUMBER() OVER (ORDER BY resource) AS n FROM held
              WHERE since <= ? AND (since > ? OR until IS NOT NULL))
            WHERE n % ? = 1 ORDER BY resource
            """, arguments: [time, first, store.stretch])
        return (first, starts)
      }
      return starts.indices.map { index in
        let keys = starts[index]..<(index + 1 < starts.count ? starts[index + 1] : .max)
        return TablePart { try store.changesBatch(of: keys, at: time, first: first, wanted: request.columns) }
      }
    }
  }

  private func changesBatch(
    of resources: Range<Int64>, at asOf: Int64, first: Int64, wanted: Set<Int>?
  ) throws(StoreError) -> Batch {
    var builder = JSONBuilder()
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT r.id, r.type, r.account, h.since, h.until, d.body, h.resource FROM held h
          JOIN resource r ON r.key = h.resource JOIN document d ON d.key = h.document
          WHERE h.resource >= ? AND h.resource < ? AND h.since <= ? AND (h.since > ? OR h.until IS NOT NULL)
          ORDER BY h.resource, h.since
          """, arguments: [resources.lowerBound, resources.upperBound, asOf, first]
      ).map {
        row -> (id: String, type: String, account: String, since: Int64, until: Int64?, body: [UInt8], key: Int64) in
        (row[0], row[1], row[2], row[3], row[4], [UInt8](row[5] as Data), row[6])
      }
    }
    func emit(
      _ builder: inout JSONBuilder, _ row: (id: String, type: String, account: String, key: Int64), _ kind: String,
      _ time: Int64,
      _ changes: [JSONChange]
    ) {
      // One resource has one change at a time.
      let name = "\(time)_\(row.key)"
      let entries = changes.map { change -> (key: String, value: JSONDraft) in
        let values: [(key: String, value: JSONDraft)] = [
          ("previousValue", change.before.map(JSONDraft.value) ?? .null),
          ("newValue", change.after.map(JSONDraft.value) ?? .null),
        ]
        return (change.path.description, .object(values))
      }
      let attributes = JSONDraft.object([
        ("timestamp", .string(DateTime.text(time))), ("changesCount", .int(Int64(changes.count))),
      ])
      let properties = JSONDraft.object([
        ("targetResourceId", .string(row.id)), ("targetResourceType", .string(row.type)), ("changeType", .string(kind)),
        ("changeAttributes", attributes), ("changes", .object(entries)),
      ])
      let change: [(key: String, value: JSONDraft)] = [
        ("id", .string("\(row.id)/providers/Microsoft.Resources/changes/\(name)")), ("name", .string(name)),
        ("type", .string("microsoft.resources/changes")), ("tenantId", .string("")),
        ("subscriptionId", .string(row.account)), ("resourceGroup", .string("")), ("properties", properties),
      ]
      JSONDraft.object(change).write(into: &builder)
    }
    for (index, row) in rows.enumerated() {
      let previous = index > 0 && rows[index - 1].key == row.key ? rows[index - 1] : nil
      let entry = (id: row.id, type: row.type, account: row.account, key: row.key)
      if let previous, previous.until == row.since, let before = try? JSONDocument(parsing: previous.body),
        let after = try? JSONDocument(parsing: row.body)
      {
        emit(&builder, entry, "Update", row.since, JSONDiff.changes(from: before.root, to: after.root))
      } else if row.since > first {
        emit(&builder, entry, "Create", row.since, [])
      }
      let isLast = index + 1 == rows.count || rows[index + 1].key != row.key
      let next = isLast ? nil : rows[index + 1]
      if let until = row.until, until <= asOf, next?.since != until {
        emit(&builder, entry, "Delete", until, [])
      }
    }
    return Snapshot.rows(of: builder.finish(), Snapshot.changesSchema, wanted: wanted)
  }
}
