// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
internal import KQL

/// The findings in the store's database.
///
/// A row has integer keys only; ids, reasons and evidence are interned texts, for most findings share them. A finding
/// whose check or resource is gone is closed: it stays with the time it ended and leaves the table `Findings`.
package struct FindingStore: Sendable {
  let store: Store

  package init(_ store: Store) throws(StoreError) {
    self.store = store
    guard try store.read({ db in try !db.tableExists("judgedCheck") }) else { return }
    try store.write { db in
      try db.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS findingText (key INTEGER PRIMARY KEY, text TEXT NOT NULL);
          CREATE TABLE IF NOT EXISTS finding (
            key INTEGER PRIMARY KEY, checkId INTEGER NOT NULL, resource INTEGER NOT NULL, type INTEGER NOT NULL,
            cloud INTEGER NOT NULL, account INTEGER NOT NULL, region INTEGER NOT NULL, status INTEGER NOT NULL,
            reason INTEGER NOT NULL, evidence INTEGER NOT NULL, firstSeen INTEGER NOT NULL, lastSeen INTEGER NOT NULL,
            lastChanged INTEGER NOT NULL, closed INTEGER);
          CREATE TABLE IF NOT EXISTS judgedCheck (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, severity TEXT NOT NULL, sameAs TEXT NOT NULL) WITHOUT ROWID;
          """)
    }
  }

  /// Keeps the verdicts as the findings that stand at `time` (ticks), and returns them in the verdicts' order.
  ///
  /// Findings of the same checks that are not among the verdicts are closed. One transaction.
  package func record(_ verdicts: Verdicts, at time: Int64) throws(StoreError) -> [Finding] {
    try store.write { db in try Self.record(verdicts, at: time, db) }
  }

  private struct Row {
    let status: Int
    let reason: Int64
    let evidence: Int64
    let firstSeen: Int64
    let lastChanged: Int64
    let check: Int64
  }

  private static func record(_ verdicts: Verdicts, at time: Int64, _ db: Database) throws -> [Finding] {
    var interner = try TextInterner(db)
    let checkKeys = try verdicts.checks.map { try interner.key($0.id) }
    let hashes = verdicts.checks.map { FindingKey(check: $0.id) }
    try describe(verdicts.checks, db)
    var earlier = try rows(db)

    let save = try db.makeStatement(
      sql: """
        INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)
        ON CONFLICT (key) DO UPDATE SET status = excluded.status, reason = excluded.reason,
          evidence = excluded.evidence, firstSeen = excluded.firstSeen, lastSeen = excluded.lastSeen,
          lastChanged = excluded.lastChanged, region = excluded.region, closed = NULL
        """)
    let touch = try db.makeStatement(sql: "UPDATE finding SET lastSeen = ? WHERE key = ?")
    var textKeys = [Int64](repeating: 0, count: verdicts.texts.count)
    var texts = [String](repeating: "", count: verdicts.texts.count)
    func intern(_ code: UInt32) throws -> Int64 {
      let code = Int(code)
      if textKeys[code] == 0 {
        texts[code] = verdicts.texts.string(code)
        textKeys[code] = try interner.key(texts[code])
      }
      return textKeys[code]
    }
    var findings: [Finding] = []
    findings.reserveCapacity(verdicts.list.count)
    for verdict in verdicts.list {
      let subject = verdicts.subjects[verdict.subject]
      let key = hashes[verdict.check].key(resource: subject.id)
      let reason = try intern(verdict.reason)
      let evidence = try intern(verdict.evidence)
      let known = earlier.removeValue(forKey: key)
      let isSame =
        known.map { $0.status == verdict.status.code && $0.reason == reason && $0.evidence == evidence } ?? false
      let first = known?.firstSeen ?? time
      let changed = isSame ? known?.lastChanged ?? time : time
      if isSame {
        try touch.execute(arguments: [time, key])
      } else {
        try save.execute(
          arguments: [
            key, checkKeys[verdict.check], try interner.key(subject.id), try interner.key(subject.type),
            try interner.key(subject.cloud), try interner.key(subject.account), try interner.key(subject.region),
            verdict.status.code, reason, evidence, first, time, changed,
          ])
      }
      findings.append(
        Finding(
          key: key, check: verdicts.checks[verdict.check], subject: subject, status: verdict.status,
          reason: texts[Int(verdict.reason)], evidence: texts[Int(verdict.evidence)], firstSeen: first,
          lastSeen: time, lastChanged: changed))
    }
    let judged = Set(checkKeys)
    let close = try db.makeStatement(sql: "UPDATE finding SET closed = ? WHERE key = ?")
    for (key, row) in earlier where judged.contains(row.check) {
      try close.execute(arguments: [time, key])
    }
    try Store.setStamp(of: .findings, db)
    return findings
  }

  private static func describe(_ checks: [Check], _ db: Database) throws {
    let statement = try db.makeStatement(sql: "INSERT OR REPLACE INTO judgedCheck VALUES (?, ?, ?, ?)")
    for check in checks {
      try statement.execute(
        arguments: [check.id, check.title, check.severity.rawValue, ReportText.array(check.sameAs)])
    }
  }

  /// The findings that stand. One that was closed and comes back is a new one.
  private static func rows(_ db: Database) throws -> [Int64: Row] {
    var rows: [Int64: Row] = [:]
    let cursor = try GRDB.Row.fetchCursor(
      db,
      sql: """
        SELECT key, status, reason, evidence, firstSeen, lastChanged, checkId FROM finding WHERE closed IS NULL
        """)
    while let row = try cursor.next() {
      rows[row[0]] = Row(
        status: row[1], reason: row[2], evidence: row[3], firstSeen: row[4], lastChanged: row[5], check: row[6])
    }
    return rows
  }
}

/// Texts of the database by key, each stored once.
struct TextInterner {
  private var known: [String: Int64] = [:]
  private let insert: Statement
  private let db: Database

  init(_ db: Database) throws {
    self.db = db
    let cursor = try Row.fetchCursor(db, sql: "SELECT key, text FROM findingText")
    while let row = try cursor.next() { known[row[1]] = row[0] }
    insert = try db.makeStatement(sql: "INSERT INTO findingText (text) VALUES (?)")
  }

  mutating func key(_ text: String) throws -> Int64 {
    if let key = known[text] { return key }
    try insert.execute(arguments: [text])
    let key = db.lastInsertedRowID
    known[text] = key
    return key
  }
}
