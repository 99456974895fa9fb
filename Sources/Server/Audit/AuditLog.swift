// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import GRDB
package import JSON

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The records in the order in which they were made, each bound to the one before: its hash is the SHA-256 of that one's
/// hash and of its own canonical JSON. The database refuses to change or delete a row; whoever does it past the database
/// breaks the chain there, and whoever cuts its end off is told by `audit_head`, or by a head noted elsewhere.
package enum AuditLog {
  static let migrations = [
    Migration(
      name: "audit.1",
      sql: """
        CREATE TABLE audit (number INTEGER PRIMARY KEY, hash BLOB NOT NULL, body TEXT NOT NULL);
        CREATE TABLE audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, hash BLOB NOT NULL);
        INSERT INTO audit_head VALUES (1, 0, zeroblob(32));
        CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        CREATE TRIGGER audit_still BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
        """)
  ]

  /// Where the chain ends: the number of the last record and its hash.
  package struct Head: Sendable, Equatable {
    package let number: Int64
    package let hash: [UInt8]
    package var text: String { "\(number):\(JSONDigest.hex(hash))" }

    init(number: Int64, hash: [UInt8]) {
      self.number = number
      self.hash = hash
    }

    /// Takes ``text`` back.
    package init?(_ text: String) {
      let sides = text.split(separator: ":")
      guard sides.count == 2, let number = Int64(sides[0]), sides[1].utf8.count == 64 else { return nil }
      let digits = sides[1].compactMap(\.hexDigitValue)
      guard digits.count == 64 else { return nil }
      self.init(number: number, hash: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
  }

  static func head(_ db: Database) throws -> Head {
    let row = try Row.fetchOne(db, sql: "SELECT number, hash FROM audit_head")
    let hash: Data = row?["hash"] ?? Data(count: 32)
    return Head(number: row?["number"] ?? 0, hash: Array(hash))
  }

  /// Adds a record in the transaction that makes the change it tells.
  static func append(_ record: AuditRecord, _ db: Database) throws {
    let head = try head(db)
    let body = record.draft(number: head.number + 1).document().root.canonical()
    let hash = link(head.hash, body)
    try db.execute(
      sql: "INSERT INTO audit VALUES (?, ?, ?)",
      arguments: [head.number + 1, Data(hash), String(decoding: body, as: UTF8.self)])
    try db.execute(sql: "UPDATE audit_head SET number = ?, hash = ?", arguments: [head.number + 1, Data(hash)])
  }

  private static func link(_ previous: [UInt8], _ body: some Sequence<UInt8>) -> [UInt8] {
    Array(SHA256.hash(data: previous + Array(body)))
  }

  /// A place where the log is not what was written.
  package struct Break: Sendable, Equatable {
    /// The first record that is not as it was written, or is missing.
    package let number: Int64
    package let reason: String
  }

  /// Walks the chain from its beginning, as far as it is whole.
  static func verify(_ db: Database, noted: Head?) throws -> (head: Head, broken: Break?) {
    var whole = Head(number: 0, hash: [UInt8](repeating: 0, count: 32))
    func broken(_ number: Int64, _ reason: String) -> (Head, Break?) { (whole, Break(number: number, reason: reason)) }
    let rows = try Row.fetchCursor(db, sql: "SELECT number, hash, body FROM audit ORDER BY number")
    while let row = try rows.next() {
      let next = whole.number + 1
      guard row["number"] == next else { return broken(next, "it is missing") }
      let (kept, body): (Data, String) = (row["hash"], row["body"])
      let hash = link(whole.hash, body.utf8)
      guard hash == Array(kept) else { return broken(next, "its content does not give its hash") }
      if let noted, noted.number == next, noted.hash != hash {
        return broken(next, "its hash is not the one that was noted")
      }
      whole = Head(number: next, hash: hash)
    }
    let head = try head(db)
    if max(head.number, noted?.number ?? 0) > whole.number {
      return broken(whole.number + 1, "it is missing at the end")
    }
    if head != whole { return broken(whole.number, "it is not the last one that was written") }
    return (whole, nil)
  }

  /// Records from the newest on.
  ///
  /// - Parameters:
  ///   - before: only those with a smaller number.
  ///   - action: only those whose action begins so.
  static func list(
    _ db: Database, before: Int64 = .max, limit: Int = 100, action: String = "", by: String? = nil
  ) throws -> [JSONDocument] {
    try String.fetchAll(
      db,
      sql: """
        SELECT body FROM audit
        WHERE number < ? AND (? = '' OR substr(json_extract(body, '$.action'), 1, length(?)) = ?)
          AND (? IS NULL OR json_extract(body, '$.by.name') = ? OR json_extract(body, '$.by.id') = ?)
        ORDER BY number DESC LIMIT ?
        """, arguments: [before, action, action, action, by, by, by, limit]
    ).map { try JSONDocument.parse($0) }
  }
}

extension ServerStore {
  /// Whether the audit log is as it was written.
  ///
  /// - Parameter noted: a head of an earlier time that must still lie on the chain.
  /// - Returns: how far it is whole, and the first break.
  package func verifyAudit(noted: AuditLog.Head? = nil) throws -> (head: AuditLog.Head, broken: AuditLog.Break?) {
    try read { try AuditLog.verify($0, noted: noted) }
  }

  /// Records from the newest on; see ``AuditLog``.
  package func auditRecords(
    before: Int64 = .max, limit: Int = 100, action: String = "", by: String? = nil
  ) throws -> [JSONDocument] {
    try read { try AuditLog.list($0, before: before, limit: limit, action: action, by: by) }
  }
}
