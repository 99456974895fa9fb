// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import GRDB
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the API keeps between requests.
package final class APIState: Sendable {
  static let migrations = [
    Migration(
      name: "api.1",
      sql: """
        CREATE TABLE api_key (one INTEGER PRIMARY KEY CHECK (one = 1), key BLOB NOT NULL);
        CREATE TABLE idempotency (
          principal TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, created INTEGER NOT NULL, status INTEGER,
          headers TEXT, body BLOB, PRIMARY KEY (principal, key)) WITHOUT ROWID;
        CREATE INDEX idempotency_created ON idempotency (created);
        CREATE TABLE saved_query (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, note TEXT NOT NULL, owner TEXT NOT NULL,
          ownerName TEXT NOT NULL, shared INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL);
        """)
  ]

  private let store: ServerStore
  private let key = Mutex<SymmetricKey?>(nil)
  package let desk: QueryDesk

  package init(_ store: ServerStore, desk: QueryDesk = QueryDesk()) {
    (self.store, self.desk) = (store, desk)
  }

  /// The key that seals cursors, made with the store: cursors outlive a restart.
  func cursorKey() throws -> SymmetricKey {
    try key.withLock { key in
      if let key { return key }
      let kept = try store.read { try Data.fetchOne($0, sql: "SELECT key FROM api_key") }
      let made =
        try kept
        ?? store.note { db in
          let fresh = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
          try db.execute(sql: "INSERT OR IGNORE INTO api_key VALUES (1, ?)", arguments: [fresh])
          return try Data.fetchOne(db, sql: "SELECT key FROM api_key") ?? fresh
        }
      let found = SymmetricKey(data: made)
      key = found
      return found
    }
  }
}
