// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import JSON

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
  package let kind: ScanKind
  /// Ticks from which on it was read: before its beginning, where it went on with one that was stopped.
  package let readFrom: Int64
}

/// What a scan asked for.
package enum ScanKind: String, Sendable {
  /// All that there is, of what was chosen.
  case full
  /// What changed since an earlier scan.
  case changes
}

extension Store {
  /// Reads the newest state, or the state at `asOf` (ticks).
  package func snapshot(asOf: Int64? = nil) throws(StoreError) -> Snapshot {
    try read { db in try Self.snapshot(db, asOf: asOf) }
  }

  static func snapshot(_ db: Database, asOf: Int64?) throws -> Snapshot {
    let time = asOf ?? .max
    let newest = try newestScans(db, asOf: time)
    let latest = try latestScans(db, among: newest)
    var covered: Set<Scope> = []
    for scan in newest {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT cloud, account, region, type FROM covered WHERE scan = ?", arguments: [scan.key])
      while let row = try rows.next() {
        let scope = Scope(cloud: row[0], account: row[1], region: row[2], type: row[3])
        if latest[scope.place] == scan.key { covered.insert(scope) }
      }
    }
    let newestKeys = Set(newest.map(\.key))
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
        covered.contains(scope) || covered.contains(scope.ofEveryType)
        || latest[scope.place].map { $0 == lastScan } ?? newestKeys.contains(lastScan)
      states.append(
        ResourceState(
          id: row[0], scope: scope, gaps: ResourceGap.decode(row[6]), lastSeen: row[8],
          isRefreshed: isRefreshed))
    }
    let documents: JSONDocument
    do {
      documents = try JSONDocument.lines(bytes)
    } catch {
      throw StoreError(.corrupt, "a document in the store cannot be read: \(error)")
    }
    return Snapshot(
      documents: documents, states: states, gaps: try gaps(db, of: newest), scans: newest, covered: covered)
  }

  /// The newest scan of each account, in their order.
  static func newestScans(_ db: Database, asOf time: Int64) throws -> [ScanRow] {
    let scans = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM scan WHERE key IN (SELECT MAX(key) FROM scan WHERE started <= ? GROUP BY cloud, account)
        ORDER BY key
        """, arguments: [time])
    return scans.map(ScanRow.init)
  }

  /// Of each account the newest of the scans that looked at it: one scan may read several accounts.
  ///
  /// - Parameter scans: in their order.
  static func latestScans(_ db: Database, among scans: [ScanRow]) throws -> [String: Int64] {
    var latest: [String: Int64] = [:]
    for scan in scans {
      latest[scan.cloud + "/" + scan.account] = scan.key
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT cloud, account FROM covered WHERE scan = ?1 UNION SELECT cloud, account FROM gap WHERE scan = ?1",
        arguments: [scan.key])
      while let row = try rows.next() {
        let place = Scope(cloud: row[0], account: row[1], region: "", type: "").place
        latest[place] = scan.key
      }
    }
    return latest
  }

  static func gaps(_ db: Database, of scans: [ScanRow]) throws -> [CoverageGap] {
    let latest = try latestScans(db, among: scans)
    return try scans.flatMap { scan in
      try Row.fetchAll(db, sql: "SELECT * FROM gap WHERE scan = ? ORDER BY rowid", arguments: [scan.key])
        .map(CoverageGap.init)
        .filter { latest[Scope(cloud: $0.cloud, account: $0.account, region: "", type: "").place] == scan.key }
    }
  }
}

extension Scope {
  var ofEveryType: Scope { Scope(cloud: cloud, account: account, region: region, type: Scope.everyType) }
}

extension ScanRow {
  init(row: Row) {
    self.init(
      key: row["key"], cloud: row["cloud"], account: row["account"], started: row["started"], finished: row["finished"],
      resources: row["resources"], calls: row["calls"], kind: ScanKind(rawValue: row["kind"]) ?? .full,
      readFrom: row["readFrom"] ?? row["started"])
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
