// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The scores of every scan in the store's database.
package struct ScoreStore: Sendable {
  let store: Store

  package init(_ store: Store) throws(StoreError) {
    self.store = store
    guard try store.read({ db in try !db.tableExists("score") }) else { return }
    try store.write { db in
      try db.execute(sql: "CREATE TABLE IF NOT EXISTS score (time INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    }
  }

  /// Keeps the scores of a scan.
  package func record(_ scores: ScoreRecord) throws(StoreError) {
    try store.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO score VALUES (?, ?)",
        arguments: [scores.time, try JSONEncoder().encode(scores)])
    }
  }

  /// The scores of the newest scan at or before `time` (ticks); nil where there is none.
  package func newest(at time: Int64 = .max) throws(StoreError) -> ScoreRecord? {
    let body = try store.read { db in
      try Data.fetchOne(
        db, sql: "SELECT body FROM score WHERE time <= ? ORDER BY time DESC LIMIT 1", arguments: [time])
    }
    guard let body else { return nil }
    do {
      return try JSONDecoder().decode(ScoreRecord.self, from: body)
    } catch {
      throw StoreError(.corrupt, "a score in the store cannot be read; the next scan makes a new one")
    }
  }

  /// The scores of all scans up to a time, the earliest first.
  package func all(until time: Int64) throws(StoreError) -> [ScoreRecord] {
    let bodies = try store.read { db in
      try Data.fetchAll(db, sql: "SELECT body FROM score WHERE time <= ? ORDER BY time", arguments: [time])
    }
    // One that an earlier version wrote in another form is no reason to show nothing.
    return bodies.compactMap { try? JSONDecoder().decode(ScoreRecord.self, from: $0) }
  }
}
