// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
internal import JSON
internal import KQL

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The findings in the store's database.
///
/// A row has integer keys only; ids, reasons and evidence are interned texts, for most findings share them. A finding
/// whose check or resource is gone is closed: it stays with the time it ended and leaves the table `Findings`.
package struct FindingStore: Sendable {
  let store: Store
  /// Findings that are read into memory at a time to be laid out: an extent of as many is not put together with others.
  package var stretch = ExtentWriter.mostRows / 4

  package init(_ store: Store) throws(StoreError) {
    self.store = store
    guard try store.read({ db in try !db.tableExists("findingHistory") }) else { return }
    try store.write { db in
      if try !db.tableExists("judgedCheck") { try db.execute(sql: Self.firstSchema) }
      if try !db.tableExists("findingHistory") { try db.execute(sql: Self.lifeSchema) }
    }
  }

  private static let firstSchema = """
    CREATE TABLE IF NOT EXISTS findingText (key INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS finding (
      key INTEGER PRIMARY KEY, checkId INTEGER NOT NULL, resource INTEGER NOT NULL, type INTEGER NOT NULL,
      cloud INTEGER NOT NULL, account INTEGER NOT NULL, region INTEGER NOT NULL, status INTEGER NOT NULL,
      reason INTEGER NOT NULL, evidence INTEGER NOT NULL, firstSeen INTEGER NOT NULL, lastSeen INTEGER NOT NULL,
      lastChanged INTEGER NOT NULL, closed INTEGER);
    CREATE TABLE IF NOT EXISTS judgedCheck (
      id TEXT PRIMARY KEY, title TEXT NOT NULL, severity TEXT NOT NULL, sameAs TEXT NOT NULL) WITHOUT ROWID;
    """

  /// Of a fault that an earlier version found the beginning is not known: since its last change it stands for certain.
  private static let lifeSchema = """
    ALTER TABLE finding ADD COLUMN faultSince INTEGER;
    ALTER TABLE finding ADD COLUMN faults INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE finding ADD COLUMN changes INTEGER;
    UPDATE finding SET faults = 1, faultSince = CASE WHEN closed IS NULL THEN lastChanged END WHERE status = 1;
    ALTER TABLE judgedCheck ADD COLUMN rule TEXT NOT NULL DEFAULT '';
    ALTER TABLE judgedCheck ADD COLUMN about TEXT NOT NULL DEFAULT '{}';
    CREATE TABLE findingHistory (
      finding INTEGER NOT NULL, time INTEGER NOT NULL, event INTEGER NOT NULL, earlier INTEGER, later INTEGER,
      reason INTEGER NOT NULL, scan INTEGER, cause TEXT NOT NULL, changes INTEGER);
    CREATE INDEX findingHistory_finding ON findingHistory (finding);
    CREATE TABLE policy (
      kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, created INTEGER NOT NULL, createdBy TEXT NOT NULL,
      removed INTEGER, removedBy TEXT);
    CREATE UNIQUE INDEX policy_id ON policy (kind, id) WHERE removed IS NULL;
    """
}

/// Texts of the database by key, each stored once.
///
/// A store has hundreds of thousands: they are known by sixteen bytes of their SHA-256, not kept.
struct TextInterner {
  private struct Digest: Hashable {
    private let words: SIMD2<UInt64>

    init(_ text: some Sequence<UInt8>) {
      let bytes = JSONDigest(hashing: Array(text)).bytes
      func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
      words = SIMD2(word(0..<8), word(8..<16))
    }
  }

  private var known: [Digest: Int64] = [:]
  private let insert: Statement
  private let db: Database

  init(_ db: Database) throws {
    self.db = db
    insert = try db.makeStatement(sql: "INSERT INTO findingText (text) VALUES (?)")
    let cursor = try Row.fetchCursor(db, sql: "SELECT key, CAST(text AS BLOB) FROM findingText")
    while let row = try cursor.next() {
      try row.withUnsafeData(atIndex: 1) { known[Digest($0 ?? Data())] = row[0] }
    }
  }

  mutating func key(_ text: String) throws -> Int64 {
    let digest = Digest(text.utf8)
    if let key = known[digest] { return key }
    try insert.execute(arguments: [text])
    let key = db.lastInsertedRowID
    known[digest] = key
    return key
  }
}
