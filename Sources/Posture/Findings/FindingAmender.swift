// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
internal import Synchronization

/// Keeps what was judged again when one resource changed, as ``FindingStore/record(_:at:)`` keeps a whole judging: only
/// the findings concerned are looked at, and only what changed is written.
///
/// It knows the texts of the store, so one that lives as long as its process does need not read them again.
package final class FindingAmender: Sendable {
  private let store: FindingStore
  private let texts = Mutex(Texts())

  package init(_ store: FindingStore) { self.store = store }

  /// Returns how many findings changed. The checks are those of the last recording.
  ///
  /// - Parameter time: ticks.
  package func amend(_ judged: JudgedAgain, at time: Int64) throws(StoreError) -> Int {
    try store.store.write { db in
      try texts.withLock { texts in
        // Taken out, so that what an error undoes in the database is not known any more.
        var taken = texts
        texts = Texts()
        try taken.catchUp(db)
        var amending = try FindingAmending(db, taken, at: time)
        let changed = try amending.run(judged)
        texts = amending.texts
        return changed
      }
    }
  }

  /// Texts of the database by key, each stored once; another process may add some.
  struct Texts {
    private var known: [String: Int64] = [:]
    private var last: Int64 = 0

    mutating func catchUp(_ db: Database) throws {
      let cursor = try Row.fetchCursor(
        db, sql: "SELECT key, text FROM findingText WHERE key > ? ORDER BY key", arguments: [last])
      while let row = try cursor.next() {
        last = row[0]
        known[row[1]] = last
      }
    }

    mutating func key(_ text: String, _ db: Database) throws -> Int64 {
      if let key = known[text] { return key }
      try db.cachedStatement(sql: "INSERT INTO findingText (text) VALUES (?)").execute(arguments: [text])
      last = db.lastInsertedRowID
      known[text] = last
      return last
    }
  }
}

/// The work of one ``FindingAmender/amend(_:at:)``.
private struct FindingAmending {
  private struct Known {
    let status: Status
    let reason: Int64
    let evidence: Int64
    let firstSeen: Int64
    let lastSeen: Int64
    let faultSince: Int64?
    let faults: Int
    let isClosed: Bool
    let changes: Int64?

    init(_ row: Row) {
      status = Status(code: row[1])
      (reason, evidence, firstSeen, lastSeen) = (row[2], row[3], row[4], row[5])
      (faultSince, faults, isClosed, changes) = (row[6], row[7], row[8], row[9])
    }
  }

  private static let columns =
    "key, status, reason, evidence, firstSeen, lastSeen, faultSince, faults, closed IS NOT NULL, changes"

  var texts: FindingAmender.Texts
  private let db: Database
  private let time: Int64
  private var attribution: Attribution
  private let save: Statement
  private let closing: Statement
  private let note: Statement
  private let scans: [String: Int64]
  private var changed = 0

  init(_ db: Database, _ texts: consuming FindingAmender.Texts, at time: Int64) throws {
    (self.db, self.texts, self.time) = (db, texts, time)
    // All findings of a check whose query was run again.
    try db.execute(sql: "CREATE INDEX IF NOT EXISTS finding_check ON finding (checkId, closed)")
    attribution = try Attribution(db)
    save = try db.cachedStatement(
      sql: """
        INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET status = excluded.status, reason = excluded.reason,
          evidence = excluded.evidence, firstSeen = excluded.firstSeen, lastSeen = excluded.lastSeen,
          lastChanged = excluded.lastChanged, region = excluded.region, closed = NULL,
          faultSince = excluded.faultSince, faults = excluded.faults, changes = excluded.changes
        """)
    closing = try db.cachedStatement(sql: "UPDATE finding SET closed = ?, faultSince = NULL WHERE key = ?")
    note = try db.cachedStatement(sql: "INSERT INTO findingHistory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    var scans: [String: Int64] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT cloud, MAX(key) FROM scan GROUP BY cloud") { scans[row[0]] = row[1] }
    self.scans = scans
  }

  mutating func run(_ judged: JudgedAgain) throws -> Int {
    if let own = judged.own { try keep(own, of: judged.id) }
    for related in judged.related { try keep(related.verdicts, in: related.account) }
    if changed > 0 { try Store.setStamp(of: .findings, db) }
    return changed
  }

  /// The verdicts on one resource.
  private mutating func keep(_ verdicts: Verdicts, of id: String) throws {
    let find = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM finding WHERE key = ?")
    let said = Dictionary(verdicts.list.map { ($0.check, $0) }) { first, _ in first }
    for (index, check) in verdicts.checks.enumerated() {
      let key = FindingKey(check: check.id).key(resource: id)
      let known = try Row.fetchOne(find, arguments: [key]).map(Known.init)
      if let verdict = said[index] {
        try keep(verdict, of: verdicts, key, known)
      } else if let known, !known.isClosed {
        try close(key, known)
      }
    }
  }

  /// All verdicts of the checks, or those of an account.
  private mutating func keep(_ verdicts: Verdicts, in account: String?) throws {
    let place = try account.map { try texts.key($0, db) }
    for (index, check) in verdicts.checks.enumerated() {
      let hash = FindingKey(check: check.id)
      var known: [Int64: Known] = [:]
      let rows = try Row.fetchCursor(
        try db.cachedStatement(
          sql: "SELECT \(Self.columns) FROM finding WHERE checkId = ?1 AND (?2 IS NULL OR account = ?2)"),
        arguments: [try texts.key(check.id, db), place])
      while let row = try rows.next() { known[row[0]] = Known(row) }
      for verdict in verdicts.list where verdict.check == index {
        let key = hash.key(resource: verdicts.subjects[verdict.subject].id)
        try keep(verdict, of: verdicts, key, known.removeValue(forKey: key))
      }
      for (key, known) in known where !known.isClosed { try close(key, known) }
    }
  }

  private mutating func keep(_ verdict: Verdict, of verdicts: Verdicts, _ key: Int64, _ known: Known?) throws {
    let status = verdict.status
    let reason = try texts.key(verdicts.reason(verdict), db)
    let evidence = try texts.key(verdicts.evidence(verdict), db)
    if let known, !known.isClosed, known.status == status, known.reason == reason, known.evidence == evidence { return }
    changed += 1
    let subject = verdicts.subjects[verdict.subject]
    let check = verdicts.checks[verdict.check]
    // What is not known may be a fault as before: only a verdict ends one.
    let faultSince: Int64? =
      switch status {
      case .unhealthy: known?.faultSince ?? time
      case .unknown: known?.faultSince
      case .healthy, .notApplicable: nil
      }
    let isOpened = status == .unhealthy && known?.faultSince == nil
    var changes = known?.changes
    if let known, known.isClosed || known.status != status {
      changes = try attribution.changes(of: subject, since: known.lastSeen, until: time, reading: check.rule)
        .map { try texts.key($0, db) }
    }
    try tell(key, known, status, reason, subject.cloud, changes, isOpened)
    try save.execute(
      arguments: [
        key, try texts.key(check.id, db), try texts.key(subject.id, db), try texts.key(subject.type, db),
        try texts.key(subject.cloud, db), try texts.key(subject.account, db), try texts.key(subject.region, db),
        status.code, reason, evidence, known?.firstSeen ?? time, time, time, faultSince,
        (known?.faults ?? 0) + (isOpened ? 1 : 0), changes,
      ])
  }

  /// Tells of a status that became another, and of a new fault.
  private func tell(
    _ key: Int64, _ known: Known?, _ status: Status, _ reason: Int64, _ cloud: String, _ changes: Int64?,
    _ isOpened: Bool
  ) throws {
    let event: FindingEvent
    let cause: String
    if let known {
      guard known.isClosed || known.status != status else { return }
      let isMended = status == .healthy || status == .notApplicable
      event =
        isOpened
        ? known.faults > 0 ? .reopened : .opened
        : known.isClosed ? .returned : known.faultSince != nil && isMended ? .resolved : .changed
      cause =
        known.isClosed
        ? "returned"
        : known.status == .unknown || status == .unknown ? "coverage" : changes != nil ? "document" : "surroundings"
    } else {
      guard status == .unhealthy else { return }
      (event, cause) = (.opened, "new")
    }
    let before = known.map { $0.isClosed ? FindingEvent.closedCode : $0.status.code }
    try note.execute(
      arguments: [key, time, event.rawValue, before, status.code, reason, scans[cloud], cause, changes])
  }

  private mutating func close(_ key: Int64, _ known: Known) throws {
    changed += 1
    try closing.execute(arguments: [time, key])
    let reason = try texts.key("The resource is gone, or the check no longer judges it.", db)
    try note.execute(
      arguments: [
        key, time, FindingEvent.closed.rawValue, known.status.code, FindingEvent.closedCode, reason,
        scans.values.max(), "gone", nil,
      ])
  }
}
