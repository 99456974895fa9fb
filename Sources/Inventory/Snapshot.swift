// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import JSON
package import KQL

/// The state of the inventory at one instant: a document per resource, in the order of type and id.
package struct Snapshot: Sendable {
  /// One root per resource.
  package let documents: JSONDocument
  package let states: [ResourceState]
  /// Gaps of the newest scan of each account.
  package let gaps: [CoverageGap]
  /// The newest scan of each account.
  package let scans: [ScanRow]
  /// What the newest scan of each account covered whole.
  package let covered: Set<Scope>
}

package struct ScanRow: Sendable {
  package let key: Int64
  package let cloud: String
  package let account: String
  package let started: Int64
  package let finished: Int64
  package let resources: Int
  package let calls: Int
}

extension Store {
  /// Reads the newest state, or the state at `asOf` (ticks).
  package func snapshot(asOf: Int64? = nil) throws(StoreError) -> Snapshot {
    try read { db in try Self.snapshot(db, asOf: asOf) }
  }

  static func snapshot(_ db: Database, asOf: Int64?) throws -> Snapshot {
    let time = asOf ?? .max
    let scans = try Row.fetchAll(
      db, sql: "SELECT * FROM scan WHERE started <= ? ORDER BY key", arguments: [time]
    ).map(ScanRow.init)
    var newest: [String: ScanRow] = [:]
    for scan in scans { newest[scan.cloud + "/" + scan.account] = scan }
    var covered: Set<Scope> = []
    for scan in newest.values {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT cloud, account, region, type FROM covered WHERE scan = ?", arguments: [scan.key])
      while let row = try rows.next() {
        covered.insert(Scope(cloud: row[0], account: row[1], region: row[2], type: row[3]))
      }
    }
    var bytes: [UInt8] = []
    var states: [ResourceState] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT r.id, r.cloud, r.account, r.region, r.type, r.lastScan, r.gaps, d.body, s.started
        FROM held h JOIN resource r ON r.key = h.resource JOIN document d ON d.key = h.document
        JOIN scan s ON s.key = r.lastScan
        WHERE h.since <= ? AND (h.until IS NULL OR h.until > ?) ORDER BY r.type, r.id
        """, arguments: [time, time])
    while let row = try rows.next() {
      try row.withUnsafeData(atIndex: 7) { data in if let data { bytes.append(contentsOf: data) } }
      bytes.append(0x0A)
      let scope = Scope(cloud: row[1], account: row[2], region: row[3], type: row[4])
      // Seen by the newest scan itself, or there when it covered the scope: a later scan moves lastScan on.
      let lastScan: Int64 = row[5]
      let isRefreshed =
        covered.contains(scope) || lastScan == newest[scope.cloud + "/" + scope.account]?.key
      states.append(
        ResourceState(
          id: row[0], scope: scope, gaps: ResourceGap.decode(row[6]), lastSeen: row[8],
          isRefreshed: isRefreshed))
    }
    var gaps: [CoverageGap] = []
    for scan in newest.values.sorted(by: { $0.key < $1.key }) {
      gaps += try Row.fetchAll(db, sql: "SELECT * FROM gap WHERE scan = ? ORDER BY rowid", arguments: [scan.key]).map(
        CoverageGap.init)
    }
    let documents: JSONDocument
    do {
      documents = try JSONDocument.lines(bytes)
    } catch {
      throw StoreError(.corrupt, "a document in the store cannot be read: \(error)")
    }
    return Snapshot(
      documents: documents, states: states, gaps: gaps, scans: newest.values.sorted { $0.key < $1.key },
      covered: covered)
  }

  /// The tables that queries see, now or at an earlier instant. Each is read when a query first names it.
  package func catalog(asOf: Int64? = nil) throws(StoreError) -> Catalog {
    catalog(of: try snapshot(asOf: asOf), asOf: asOf)
  }

  /// The same over a snapshot that was already read.
  package func catalog(of snapshot: Snapshot, asOf: Int64? = nil) -> Catalog {
    var catalog = Catalog()
    let resources = snapshot.resourcesBatch()
    catalog.add("resources", MemoryTable(schema: Snapshot.resourcesSchema, batches: [resources]))
    let containers = snapshot.states.indices.filter { snapshot.states[$0].scope.type == "aws::::account" }
    catalog.add(
      "resourcecontainers",
      MemoryTable(schema: Snapshot.resourcesSchema, batches: [resources.gather(Array(containers))]))
    catalog.add("CoverageGaps", snapshot.gapsTable())
    let store = self
    catalog.add("Scans", LazyTable(schema: Snapshot.scansSchema) { try store.scansBatch(asOf: asOf) })
    catalog.add("resourcechanges", LazyTable(schema: Snapshot.changesSchema) { try store.changesBatch(asOf: asOf) })
    return catalog
  }
}

/// A table that is read when a query names it.
package struct LazyTable: TableSource {
  package let schema: Schema
  private let load: @Sendable () throws -> Batch
  package init(schema: Schema, load: @escaping @Sendable () throws -> Batch) {
    self.schema = schema
    self.load = load
  }
  package func parts(_ request: ScanRequest) -> [TablePart] { [TablePart(load)] }
}

extension ScanRow {
  init(row: Row) {
    self.init(
      key: row["key"], cloud: row["cloud"], account: row["account"], started: row["started"], finished: row["finished"],
      resources: row["resources"], calls: row["calls"])
  }
}

extension CoverageGap {
  init(row: Row) {
    let paths = (try? JSONDocument.parse(row["paths"]))?.root
    self.init(
      cloud: row["cloud"], account: row["account"], region: row["region"], service: row["service"],
      operation: row["operation"], type: row["type"], resourceId: row["resourceId"],
      paths: (paths.map { Array($0.elements) } ?? []).compactMap(\.string),
      reason: Reason(rawValue: row["reason"]) ?? .error, code: row["code"], message: row["message"],
      permission: row["permission"])
  }
}
