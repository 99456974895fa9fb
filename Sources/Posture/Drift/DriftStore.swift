// SPDX-License-Identifier: Apache-2.0

internal import GRDB
package import Inventory
internal import JSON
internal import KQL

/// Comparisons of states with what scans saw, in the store's database: of the last one every resource, of the last ninety
/// what differed, of all the sums.
package struct DriftStore: Sendable {
  let store: Store
  /// Comparisons whose differences are kept.
  private static let keptRuns = 90

  package init(_ store: Store) { self.store = store }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS iacRun (time INTEGER PRIMARY KEY, body TEXT NOT NULL, coverage REAL);
    CREATE TABLE IF NOT EXISTS iacResource (time INTEGER NOT NULL, differences INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS iacDrift (
      time INTEGER NOT NULL, identity TEXT NOT NULL, firstSeen INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS iacDrift_time ON iacDrift (time);
    """

  /// Keeps a comparison. One transaction.
  package func record(_ run: DriftRun) throws(StoreError) {
    try store.write { db in
      try db.execute(sql: Self.schema)
      let last = try Int64.fetchOne(db, sql: "SELECT MAX(time) FROM iacRun") ?? 0
      // Two comparisons in one tick are two.
      let time = max(run.time, last + 1)
      var since: [String: Int64] = [:]
      let earlier = try Row.fetchCursor(
        db, sql: "SELECT identity, firstSeen FROM iacDrift WHERE time = ?", arguments: [last])
      while let row = try earlier.next() { since[row[0]] = row[1] }
      try db.execute(sql: "DELETE FROM iacResource")
      let addResource = try db.makeStatement(sql: "INSERT INTO iacResource VALUES (?, ?, ?)")
      let addDrift = try db.makeStatement(sql: "INSERT INTO iacDrift VALUES (?, ?, ?, ?)")
      for row in run.rows {
        let body = Self.resource(row)
        try addResource.execute(arguments: [time, row.attributes.count(where: \.isDrift), body])
        for (identity, body) in Self.drift(row) {
          try addDrift.execute(arguments: [time, identity, since[identity] ?? time, body])
        }
      }
      let counts = JSONDraft.object(run.counts.map { ($0.status, .int(Int64($0.count))) })
      let body = JSONDraft.object([("states", .array(run.states.map(JSONDraft.string))), ("counts", counts)])
      try db.execute(
        sql: "INSERT INTO iacRun VALUES (?, ?, ?)", arguments: [time, body.document().root.text, run.coverage])
      try db.execute(
        sql:
          "DELETE FROM iacDrift WHERE time < (SELECT MIN(time) FROM (SELECT time FROM iacRun ORDER BY time DESC LIMIT ?))",
        arguments: [Self.keptRuns])
    }
  }

  private static func shared(_ row: DriftRow) -> [(key: String, value: JSONDraft)] {
    [
      ("stateUri", .string(row.stateUri)), ("address", .string(row.address)),
      ("resourceId", .string(row.resourceId)), ("resourceType", .string(row.resourceType)),
      ("terraformType", .string(row.terraformType)), ("cloud", .string(row.cloud)), ("account", .string(row.account)),
      ("region", .string(row.region)), ("status", .string(row.status)), ("reason", .string(row.reason)),
    ]
  }

  private static func ids(_ flips: [DriftFlip]) -> JSONDraft { .array(flips.map { .string($0.check.id) }) }

  private static func resource(_ row: DriftRow) -> String {
    JSONDraft.object(
      shared(row) + [
        ("previousAddress", .string(row.previousAddress)), ("verdict", .string(row.verdict)),
        ("severity", .string(row.severity?.rawValue ?? "")), ("checkIds", ids(row.flips)),
        ("codeLocation", .string(row.codeLocation)),
      ]
    ).document().root.text
  }

  /// A row for each difference, or one for the resource where its status is the difference.
  private static func drift(_ row: DriftRow) -> [(identity: String, body: String)] {
    var rows = row.attributes.map { attribute -> (String, String) in
      let body = JSONDraft.object(
        shared(row) + [
          ("path", .string(attribute.path)), ("expected", value(attribute.expected)),
          ("actual", value(attribute.actual)), ("code", value(attribute.code)),
          ("verdict", .string(attribute.verdict)), ("severity", .string(attribute.severity?.rawValue ?? "")),
          ("checkIds", ids(attribute.flips)), ("codeLocation", .string(attribute.codeLocation)),
        ])
      return (attribute.path, body.document().root.text)
    }
    if rows.isEmpty, ["missing", "unmanaged", "moved", "undetermined"].contains(row.status) {
      let body = JSONDraft.object(
        shared(row) + [
          ("path", .string("")), ("verdict", .string(row.verdict)), ("checkIds", .array([])),
          ("codeLocation", .string(row.codeLocation)),
        ])
      rows.append(("", body.document().root.text))
    }
    return rows.map { path, body in
      (
        JSONDraft.array([row.stateUri, row.address, row.resourceId, row.status, path].map(JSONDraft.string)).document()
          .root.text, body
      )
    }
  }

  private static func value(_ text: String) -> JSONDraft {
    guard !text.isEmpty, let document = try? JSONDocument.parse(text) else { return .null }
    return .value(document.root)
  }

  // MARK: Tables

  /// The resources of the last comparison, as the table `IacResources`.
  package var resources: LazyTable {
    table(
      [
        Field("time", .datetime), Field("stateUri", .string), Field("address", .string), Field("resourceId", .string),
        Field("status", .string), Field("reason", .string), Field("terraformType", .string),
        Field("resourceType", .string), Field("cloud", .string), Field("account", .string), Field("region", .string),
        Field("previousAddress", .string), Field("verdict", .string), Field("severity", .string),
        Field("differences", .long), Field("checkIds", .dynamic), Field("codeLocation", .string),
      ], "iacResource", "SELECT body, time, differences FROM iacResource ORDER BY rowid", ["time", "differences"])
  }

  /// What differed in the last comparisons, as the table `IacDrift`.
  package var drift: LazyTable {
    table(
      [
        Field("time", .datetime), Field("stateUri", .string), Field("address", .string), Field("resourceId", .string),
        Field("status", .string), Field("verdict", .string), Field("path", .string), Field("expected", .dynamic),
        Field("actual", .dynamic), Field("code", .dynamic), Field("severity", .string), Field("checkIds", .dynamic),
        Field("codeLocation", .string), Field("reason", .string), Field("terraformType", .string),
        Field("resourceType", .string), Field("cloud", .string), Field("account", .string), Field("region", .string),
        Field("firstSeen", .datetime),
      ], "iacDrift", "SELECT body, time, firstSeen FROM iacDrift ORDER BY rowid", ["time", "firstSeen"])
  }

  /// Every comparison, as the table `IacRuns`.
  package var runs: LazyTable {
    let schema: Schema = [
      Field("time", .datetime), Field("states", .dynamic), Field("counts", .dynamic), Field("coverage", .real),
    ]
    let store = store
    return LazyTable(schema: schema) {
      let rows = try store.read { db in
        try db.tableExists("iacRun")
          ? try Row.fetchAll(db, sql: "SELECT time, body, coverage FROM iacRun ORDER BY time") : []
      }
      let bodies = try Self.documents(rows.map { $0["body"] })
      var batch = Snapshot.rows(of: bodies, schema)
      var known = Bitmap(count: rows.count)
      for (index, row) in rows.enumerated() where (row["coverage"] as Double?) != nil { known[index] = true }
      batch.columns[0] = .datetime(FixedColumn(rows.map { $0["time"] as Int64 }))
      batch.columns[3] = .real(FixedColumn(rows.map { $0["coverage"] as Double? ?? 0 }, validity: known))
      return batch
    }
  }

  private func table(_ schema: Schema, _ name: String, _ sql: String, _ numbers: [String]) -> LazyTable {
    let store = store
    return LazyTable(schema: schema) {
      let rows = try store.read { db in try db.tableExists(name) ? try Row.fetchAll(db, sql: sql) : [] }
      var batch = Snapshot.rows(of: try Self.documents(rows.map { $0["body"] }), schema)
      for number in numbers {
        guard let index = schema.firstIndex(where: { $0.name == number }) else { continue }
        let values = FixedColumn(rows.map { $0[number] as Int64 })
        batch.columns[index] = schema[index].type == .datetime ? .datetime(values) : .long(values)
      }
      return batch
    }
  }

  private static func documents(_ texts: [String]) throws(StoreError) -> JSONDocument {
    do {
      return try JSONDocument.lines(Array(texts.joined(separator: "\n").utf8))
    } catch {
      throw StoreError(.corrupt, "a comparison in the store cannot be read; 'plumb drift' makes a new one")
    }
  }
}
