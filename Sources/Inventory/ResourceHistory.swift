// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import JSON
package import KQL

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// One document of a resource, and from when until when it held.
package struct ResourceVersion: Sendable {
  /// Ticks; nil while it holds.
  package let since: Int64
  package let until: Int64?
  package let document: JSONDocument
}

/// What happened to a resource.
package enum ChangeKind: String, Sendable, CaseIterable {
  case create = "Create"
  case update = "Update"
  case delete = "Delete"
}

/// Changes of resources in columns, the newest first.
package struct ChangeColumns: Sendable {
  package let resource: StringColumn
  package let type: StringColumn
  package let cloud: StringColumn
  package let account: StringColumn
  /// Ticks.
  package let time: [Int64]
  package let kind: [ChangeKind]
  /// Whether there are older ones that were left out.
  package let isCut: Bool
  package var count: Int { time.count }
}

extension Store {
  /// What a resource was over time, the newest first; none where it is not known.
  ///
  /// - Parameter limit: the most versions to read.
  package func versions(type: String, id: String, limit: Int = 200) throws(StoreError) -> [ResourceVersion] {
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT h.since, h.until, d.body FROM resource r JOIN held h ON h.resource = r.key
          JOIN document d ON d.key = h.document WHERE r.type = ? AND r.id = ? ORDER BY h.since DESC LIMIT ?
          """, arguments: [type, id, limit]
      ).map { row -> (Int64, Int64?, [UInt8]) in (row[0], row[1], [UInt8](row[2] as Data)) }
    }
    do {
      return try rows.map { since, until, body in
        ResourceVersion(since: since, until: until, document: try JSONDocument(parsing: body))
      }
    } catch {
      throw StoreError(.corrupt, "a document in the store cannot be read: \(error)")
    }
  }

  /// When each resource that is there now was last seen, in ticks, by type and id.
  package func lastSeen(_ body: (_ type: String, _ id: String, _ time: Int64) -> Void) throws(StoreError) {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT r.type, r.id, s.started FROM resource r JOIN held h ON h.resource = r.key AND h.until IS NULL
          JOIN scan s ON s.key = r.lastScan
          """)
      while let row = try rows.next() { body(row[0], row[1], row[2]) }
    }
  }

  /// The newest scan of each account, and the gaps of these.
  package func newestScans() throws(StoreError) -> (scans: [ScanRow], gaps: [CoverageGap]) {
    try read { db in
      let scans = try Self.newestScans(db, asOf: .max)
      return (scans, try Self.gaps(db, of: scans))
    }
  }

  /// The newest changes: where a document took the place of another, or began or ended, as `resourcechanges` tells them.
  package func recentChanges(limit: Int) throws(StoreError) -> ChangeColumns {
    try read { db in
      let first = try Int64.fetchOne(db, sql: "SELECT MIN(started) FROM scan") ?? 0
      var found: [(time: Int64, resource: Int64, kind: ChangeKind)] = []
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT resource, since, until, LAG(until) OVER (PARTITION BY resource ORDER BY since),
            LEAD(since) OVER (PARTITION BY resource ORDER BY since)
          FROM held WHERE since > ?1 OR until IS NOT NULL
          """, arguments: [first])
      while let row = try rows.next() {
        let (resource, since) = (row[0] as Int64, row[1] as Int64)
        let (until, previous, next) = (row[2] as Int64?, row[3] as Int64?, row[4] as Int64?)
        if previous == since {
          found.append((since, resource, .update))
        } else if since > first {
          found.append((since, resource, .create))
        }
        if let until, next != until { found.append((until, resource, .delete)) }
      }
      found.sort { ($1.time, $0.resource) < ($0.time, $1.resource) }
      let isCut = found.count > limit
      if isCut { found.removeLast(found.count - limit) }
      let names = try db.makeStatement(sql: "SELECT id, type, cloud, account FROM resource WHERE key = ?")
      var known: [Int64: [UInt32]] = [:]
      var builders = [StringColumnBuilder](repeating: StringColumnBuilder(), count: 4)
      for change in found {
        if let codes = known[change.resource] {
          for column in 0..<4 { builders[column].appendCode(codes[column]) }
          continue
        }
        guard let row = try Row.fetchOne(names, arguments: [change.resource]) else {
          throw StoreError(.corrupt, "a document in the store is of a resource that is not there")
        }
        known[change.resource] = (0..<4).map { column in
          var text = row[column] as String
          let code = text.withUTF8 { builders[column].intern($0) }
          builders[column].appendCode(code)
          return code
        }
      }
      let columns = builders.map { $0.finish() }
      return ChangeColumns(
        resource: columns[0], type: columns[1], cloud: columns[2], account: columns[3], time: found.map(\.time),
        kind: found.map(\.kind), isCut: isCut)
    }
  }
}

extension Store {
  /// All scans that were committed with the number of their gaps, the newest first.
  package func scanHistory() throws(StoreError) -> [(scan: ScanRow, gaps: Int)] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT s.*, (SELECT COUNT(*) FROM gap g WHERE g.scan = s.key) AS gapCount FROM scan s ORDER BY s.key DESC
          """
      ).map { (ScanRow(row: $0), $0["gapCount"]) }
    }
  }
}
