// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Scans of changes: what an earlier scan knew stands where they did not ask again.
extension ScanSession {
  /// Lets what earlier scans covered, and did not get, stand. Returns those gaps.
  ///
  /// - Parameters:
  ///   - covered: what this scan read whole.
  ///   - gaps: what this scan asked for in vain: that does not stand.
  static func carryOver(
    from base: ScanRow, to scan: Int64, covered: Set<Scope>, gaps: [CoverageGap], _ db: Database
  ) throws -> Set<CoverageGap> {
    let earlier: StatementArguments = [base.key, scan, base.cloud]
    let scans = "SELECT key FROM scan WHERE key >= ? AND key < ? AND cloud = ?"
    let lost = Set(
      gaps.filter(\.resourceId.isEmpty).map {
        Scope(cloud: $0.cloud, account: $0.account, region: $0.region, type: $0.type)
      })
    // The account that stands for a tenant or an organisation stands for all that is read with it.
    func isWhole(_ scope: Scope) -> Bool { base.cloud != "aws" && scope.account == base.account }
    func isLost(_ scope: Scope) -> Bool {
      lost.contains { failed in
        failed.region == scope.region && [scope.type, Scope.everyType].contains(failed.type)
          && (failed.account == scope.account || isWhole(failed))
      }
    }
    let scopes = try Row.fetchAll(
      db, sql: "SELECT DISTINCT cloud, account, region, type FROM covered WHERE scan IN (\(scans))", arguments: earlier)
    let keep = try db.cachedStatement(sql: "INSERT OR IGNORE INTO covered VALUES (?, ?, ?, ?, ?)")
    for row in scopes {
      let scope = Scope(cloud: row[0], account: row[1], region: row[2], type: row[3])
      guard !isLost(scope) else { continue }
      try keep.execute(arguments: [scan, scope.cloud, scope.account, scope.region, scope.type])
    }
    try db.execute(
      sql: "UPDATE resource SET lastScan = \(scan) WHERE lastScan IN (\(scans)) AND cloud = ?",
      arguments: earlier + [base.cloud])
    let forget = try db.cachedStatement(
      sql: """
        UPDATE resource SET lastScan = ?1 WHERE lastScan = ?2 AND cloud = ?3 AND region = ?4
          AND (type = ?5 OR ?5 = '*') AND (account = ?6 OR ?7)
          AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.type = resource.type AND s.id = resource.id)
        """)
    for scope in lost {
      try forget.execute(arguments: [
        base.key, scan, scope.cloud, scope.region, scope.type, scope.account, isWhole(scope),
      ])
    }
    let standing = try Row.fetchAll(
      db, sql: "SELECT * FROM gap WHERE scan IN (\(scans))", arguments: earlier
    ).map(CoverageGap.init)
    let seen = Set(
      try String.fetchAll(db, sql: "SELECT lower(id) FROM staged WHERE +cloud = ?", arguments: [base.cloud]))
    return Set(
      standing.filter { gap in
        let scope = Scope(cloud: gap.cloud, account: gap.account, region: gap.region, type: gap.type)
        if covered.contains(scope) || covered.contains(scope.ofEveryType) { return false }
        return gap.resourceId.isEmpty || !seen.contains(gap.resourceId.lowercased())
      })
  }
}

extension Store {
  /// The newest scan of the same: where a scan of changes goes on.
  package func lastScan(cloud: String, account: String, choice: String) throws(StoreError) -> ScanRow? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: "SELECT * FROM scan WHERE cloud = ? AND account = ? AND choice = ? ORDER BY key DESC LIMIT 1",
        arguments: [cloud, account, choice]
      ).map(ScanRow.init)
    }
  }
}
