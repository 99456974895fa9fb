// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import JSON
package import KQL

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Snapshot {
  /// Columns of `resources`: Azure Resource Graph's, then ours.
  package static let resourcesSchema: Schema = [
    Field("id", .string), Field("name", .string), Field("type", .string), Field("tenantId", .string),
    Field("kind", .string), Field("location", .string), Field("resourceGroup", .string),
    Field("subscriptionId", .string),
    Field("managedBy", .string), Field("sku", .dynamic), Field("plan", .dynamic), Field("properties", .dynamic),
    Field("tags", .dynamic), Field("identity", .dynamic), Field("zones", .dynamic), Field("extendedLocation", .dynamic),
    Field("cloud", .string), Field("source", .string), Field("observed", .dynamic),
  ]

  static let scansSchema: Schema = [
    Field("scanId", .long), Field("cloud", .string), Field("account", .string), Field("startedAt", .datetime),
    Field("finishedAt", .datetime), Field("resources", .long), Field("gaps", .long), Field("calls", .long),
  ]

  /// Resource Graph's columns of `resourcechanges`.
  static let changesSchema: Schema = [
    Field("id", .string), Field("name", .string), Field("type", .string), Field("tenantId", .string),
    Field("subscriptionId", .string), Field("resourceGroup", .string), Field("properties", .dynamic),
  ]

  /// The rows of `resources`, in the order of `states`.
  package func resourcesBatch() -> Batch { Self.rows(of: documents, Self.resourcesSchema) }

  /// A row per root, a column per field. Dynamic cells stay places in the document.
  package static func rows(of document: JSONDocument, _ schema: KQL.Schema) -> Batch {
    let count = document.rootCount
    let columns = schema.map { field -> KQL.Column in
      if field.type == .dynamic {
        let refs = (0..<count).map { row -> UInt64 in
          guard let value = document.root(at: row)[field.name], !value.isNull else { return DynamicColumn.null }
          return UInt64(value.node)
        }
        return .dynamic(DynamicColumn(documents: [document], refs: refs))
      }
      var builder = StringColumnBuilder()
      for row in 0..<count {
        if document.root(at: row)[field.name]?.withUTF8({ builder.append(utf8: $0) }) == nil { builder.append("") }
      }
      return .string(builder.finish())
    }
    return Batch(columns: columns, count: count)
  }

  func gapsTable() -> MemoryTable {
    let texts: [(String, (CoverageGap) -> String)] = [
      ("cloud", { $0.cloud }), ("account", { $0.account }), ("region", { $0.region }), ("service", { $0.service }),
      ("operation", { $0.operation }), ("type", { $0.type }), ("resourceId", { $0.resourceId }),
      ("reason", { $0.reason.rawValue }), ("code", { $0.code }), ("message", { $0.message }),
      ("permission", { $0.permission }),
    ]
    var columns = texts.map { KQL.Column.string(StringColumn(gaps.map($0.1))) }
    var builder = JSONBuilder()
    for gap in gaps { JSONDraft.array(gap.paths.map(JSONDraft.string)).write(into: &builder) }
    columns.append(.dynamic(DynamicColumn(roots: builder.finish())))
    return MemoryTable(
      schema: texts.map { Field($0.0, .string) } + [Field("paths", .dynamic)],
      batches: [Batch(columns: columns, count: gaps.count)])
  }
}

extension Store {
  func scansBatch(asOf: Int64?) throws -> Batch {
    let (scans, gaps) = try read { db in
      let scans = try Row.fetchAll(
        db, sql: "SELECT * FROM scan WHERE started <= ? ORDER BY key", arguments: [asOf ?? .max]
      )
      .map(ScanRow.init)
      var gaps: [Int64: Int64] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT scan, COUNT(*) AS n FROM gap GROUP BY scan") {
        gaps[row["scan"]] = row["n"]
      }
      return (scans, gaps)
    }
    return Batch(
      columns: [
        .long(FixedColumn(scans.map(\.key))), .string(StringColumn(scans.map(\.cloud))),
        .string(StringColumn(scans.map(\.account))), .datetime(FixedColumn(scans.map(\.started))),
        .datetime(FixedColumn(scans.map(\.finished))), .long(FixedColumn(scans.map { Int64($0.resources) })),
        .long(FixedColumn(scans.map { gaps[$0.key] ?? 0 })), .long(FixedColumn(scans.map { Int64($0.calls) })),
      ], count: scans.count)
  }

  /// Changes are derived: where one document of a resource took the place of another, or began or ended.
  func changesBatch(asOf: Int64?) throws -> Batch {
    var builder = JSONBuilder()
    var count = 0
    let first = try read { db -> Int64 in try Int64.fetchOne(db, sql: "SELECT MIN(started) FROM scan") ?? 0 }
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT r.id, r.type, r.account, h.since, h.until, d.body, h.resource FROM held h
          JOIN resource r ON r.key = h.resource JOIN document d ON d.key = h.document
          WHERE h.since <= ? ORDER BY h.resource, h.since
          """, arguments: [asOf ?? .max]
      ).map {
        row -> (id: String, type: String, account: String, since: Int64, until: Int64?, body: [UInt8], key: Int64) in
        (row[0], row[1], row[2], row[3], row[4], [UInt8](row[5] as Data), row[6])
      }
    }
    func emit(
      _ builder: inout JSONBuilder, _ row: (id: String, type: String, account: String), _ kind: String, _ time: Int64,
      _ changes: [JSONChange]
    ) {
      count += 1
      let name = "\(time)_\(count)"
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
      let entry = (id: row.id, type: row.type, account: row.account)
      if let previous, previous.until == row.since, let before = try? JSONDocument(parsing: previous.body),
        let after = try? JSONDocument(parsing: row.body)
      {
        emit(&builder, entry, "Update", row.since, JSONDiff.changes(from: before.root, to: after.root))
      } else if row.since > first {
        emit(&builder, entry, "Create", row.since, [])
      }
      let isLast = index + 1 == rows.count || rows[index + 1].key != row.key
      let next = isLast ? nil : rows[index + 1]
      if let until = row.until, until <= asOf ?? .max, next?.since != until {
        emit(&builder, entry, "Delete", until, [])
      }
    }
    return Snapshot.rows(of: builder.finish(), Snapshot.changesSchema)
  }
}
