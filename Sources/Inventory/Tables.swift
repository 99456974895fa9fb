// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import JSON
package import KQL

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
    Field("kind", .string),
  ]

  static let unfinishedSchema: Schema = [
    Field("cloud", .string), Field("account", .string), Field("startedAt", .datetime), Field("resources", .long),
    Field("units", .long),
  ]

  /// Resource Graph's columns of `resourcechanges`.
  package static let changesSchema: Schema = [
    Field("id", .string), Field("name", .string), Field("type", .string), Field("tenantId", .string),
    Field("subscriptionId", .string), Field("resourceGroup", .string), Field("properties", .dynamic),
  ]

  /// The rows of `resources`, in the order of `states`.
  package func resourcesBatch() -> Batch { Self.rows(of: documents, Self.resourcesSchema) }

  /// A row per root, a column per field. Dynamic cells stay places in the document.
  ///
  /// - Parameter wanted: positions of the columns to lay out; nil for all.
  package static func rows(of document: JSONDocument, _ schema: KQL.Schema, wanted: Set<Int>? = nil) -> Batch {
    let count = document.rootCount
    let columns = schema.enumerated().map { index, field -> KQL.Column in
      guard wanted?.contains(index) ?? true else { return .absent }
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

  private static let gapTexts: [(name: String, text: @Sendable (CoverageGap) -> String)] = [
    ("cloud", { $0.cloud }), ("account", { $0.account }), ("region", { $0.region }), ("service", { $0.service }),
    ("operation", { $0.operation }), ("type", { $0.type }), ("resourceId", { $0.resourceId }),
    ("reason", { $0.reason.rawValue }), ("code", { $0.code }), ("message", { $0.message }),
    ("permission", { $0.permission }),
  ]

  static let gapsSchema: Schema = gapTexts.map { Field($0.name, .string) } + [Field("paths", .dynamic)]

  static func gapsBatch(_ gaps: [CoverageGap]) -> Batch {
    var columns = gapTexts.map { KQL.Column.string(StringColumn(gaps.map($0.text))) }
    var builder = JSONBuilder()
    for gap in gaps { JSONDraft.array(gap.paths.map(JSONDraft.string)).write(into: &builder) }
    columns.append(.dynamic(DynamicColumn(roots: builder.finish())))
    return Batch(columns: columns, count: gaps.count)
  }
}

extension Store {
  func gapsBatch(asOf time: Int64) throws(StoreError) -> Batch {
    Snapshot.gapsBatch(try read { db in try Self.gaps(db, of: Self.newestScans(db, asOf: time)) })
  }

  func scansBatch(asOf time: Int64) throws(StoreError) -> Batch {
    let (scans, gaps) = try read { db in
      let scans = try Row.fetchAll(
        db, sql: "SELECT * FROM scan WHERE started <= ? ORDER BY key", arguments: [time]
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
        .string(StringColumn(scans.map(\.kind.rawValue))),
      ], count: scans.count)
  }

  /// Scans that were stopped, or are running: nothing of them is in the other tables.
  func unfinishedBatch() throws(StoreError) -> Batch {
    let rows = try read { db in
      // One that was committed, and kept for the calls that the network took, is not unfinished.
      try Row.fetchAll(
        db,
        sql: """
          SELECT r.cloud, r.account, r.started, (SELECT COUNT(*) FROM staged s WHERE s.cloud = r.cloud),
            (SELECT COUNT(*) FROM unit u WHERE u.cloud = r.cloud)
          FROM running r
          WHERE NOT EXISTS (
            SELECT 1 FROM scan s WHERE s.cloud = r.cloud AND s.account = r.account AND s.started >= r.started)
          ORDER BY r.cloud
          """
      ).map { row -> (cloud: String, account: String, started: Int64, resources: Int64, units: Int64) in
        (row[0], row[1], row[2], row[3], row[4])
      }
    }
    return Batch(
      columns: [
        .string(StringColumn(rows.map(\.cloud))), .string(StringColumn(rows.map(\.account))),
        .datetime(FixedColumn(rows.map(\.started))), .long(FixedColumn(rows.map(\.resources))),
        .long(FixedColumn(rows.map(\.units))),
      ], count: rows.count)
  }
}
