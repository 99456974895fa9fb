// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import GRDB
package import Inventory
internal import JSON
internal import KQL

extension FindingStore {
  /// Keeps the verdicts as the findings that stand at `time` (ticks), and returns them in the verdicts' order.
  ///
  /// Findings of the same checks that are not among the verdicts are closed; one that was closed and comes back is the
  /// same finding again. What changed is told in `FindingHistory`. One transaction.
  package func record(_ verdicts: Verdicts, at time: Int64) throws(StoreError) -> [Finding] {
    try store.write { db in
      var recording = try FindingRecording(verdicts, at: time, db)
      return try recording.run()
    }
  }
}

/// The work of one ``FindingStore/record(_:at:)``.
private struct FindingRecording {
  /// Of an order that leaves few gaps: there is one for every finding.
  private struct Known {
    let reason: Int64
    let evidence: Int64
    let firstSeen: Int64
    let lastSeen: Int64
    let lastChanged: Int64
    let check: Int64
    let faultSince: Int64?
    let status: Int8
    let isClosed: Bool
    let faults: Int32
    let changes: Int64?

    func says(_ status: Status) -> Bool { Int(self.status) == status.code }
    var word: Status { Status(code: Int(status)) }
  }

  private let verdicts: Verdicts
  private let time: Int64
  private let db: Database
  private var interner: TextInterner
  private let checkKeys: [Int64]
  /// Checks whose rule is another than at the last judging.
  private let edited: Set<Int>
  private var earlier: [Int64: Known]
  private let scans: [String: Int64]
  private var attribution: Attribution
  private let save: Statement
  private let touch: Statement
  private let note: Statement
  private var textKeys: [Int64]
  private var texts: [String]

  init(_ verdicts: Verdicts, at time: Int64, _ db: Database) throws {
    (self.verdicts, self.time, self.db) = (verdicts, time, db)
    var interner = try TextInterner(db)
    checkKeys = try verdicts.checks.map { try interner.key($0.id) }
    self.interner = interner
    edited = try Self.describe(verdicts.checks, db)
    earlier = try Self.known(db)
    scans = try Self.scans(db)
    attribution = try Attribution(db)
    save = try db.makeStatement(
      sql: """
        INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET status = excluded.status, reason = excluded.reason,
          evidence = excluded.evidence, firstSeen = excluded.firstSeen, lastSeen = excluded.lastSeen,
          lastChanged = excluded.lastChanged, region = excluded.region, closed = NULL,
          faultSince = excluded.faultSince, faults = excluded.faults, changes = excluded.changes
        """)
    touch = try db.makeStatement(sql: "UPDATE finding SET lastSeen = ? WHERE key = ?")
    note = try db.makeStatement(sql: "INSERT INTO findingHistory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    textKeys = [Int64](repeating: 0, count: verdicts.texts.count)
    texts = [String](repeating: "", count: verdicts.texts.count)
  }

  mutating func run() throws -> [Finding] {
    let hashes = verdicts.checks.map { FindingKey(check: $0.id) }
    var findings: [Finding] = []
    findings.reserveCapacity(verdicts.list.count)
    for verdict in verdicts.list {
      let key = hashes[verdict.check].key(resource: verdicts.subjects[verdict.subject].id)
      findings.append(try keep(verdict, key))
    }
    try close()
    try Store.setStamp(of: .findings, db)
    return findings
  }

  private mutating func keep(_ verdict: Verdict, _ key: Int64) throws -> Finding {
    let subject = verdicts.subjects[verdict.subject]
    let reason = try intern(verdict.reason)
    let evidence = try intern(verdict.evidence)
    let known = earlier.removeValue(forKey: key)
    let status = verdict.status
    // What is not known may be a fault as before: only a verdict ends one.
    let faultSince: Int64? =
      switch status {
      case .unhealthy: known?.faultSince ?? time
      case .unknown: known?.faultSince
      case .healthy, .notApplicable: nil
      }
    let isOpened = status == .unhealthy && known?.faultSince == nil
    let isSame =
      known.map {
        !$0.isClosed && $0.says(status) && $0.reason == reason && $0.evidence == evidence
      } ?? false
    let first = known?.firstSeen ?? time
    let changed = isSame ? known?.lastChanged ?? time : time
    if isSame {
      try touch.execute(arguments: [time, key])
    } else {
      var changes = known?.changes
      if let known {
        if known.isClosed || !known.says(status) { changes = try tell(verdict, key, known, reason, isOpened) }
      } else if status == .unhealthy {
        try tell(key, .opened, nil, status, reason, subject.cloud, "new", nil)
      }
      try save.execute(
        arguments: [
          key, checkKeys[verdict.check], try interner.key(subject.id), try interner.key(subject.type),
          try interner.key(subject.cloud), try interner.key(subject.account), try interner.key(subject.region),
          status.code, reason, evidence, first, time, changed, faultSince,
          (known?.faults ?? 0) + (isOpened ? 1 : 0), changes,
        ])
    }
    return Finding(
      key: key, check: verdicts.checks[verdict.check], subject: subject, status: status,
      reason: texts[Int(verdict.reason)], evidence: texts[Int(verdict.evidence)], firstSeen: first, lastSeen: time,
      lastChanged: changed, faultSince: status == .unhealthy ? faultSince : nil)
  }

  /// Tells of a status that became another. Returns the text of what changed in the document.
  private mutating func tell(
    _ verdict: Verdict, _ key: Int64, _ known: Known, _ reason: Int64, _ isOpened: Bool
  ) throws -> Int64? {
    let subject = verdicts.subjects[verdict.subject]
    let found = try attribution.changes(
      of: subject, since: known.lastSeen, until: time, reading: verdicts.checks[verdict.check].rule)
    let changes = try found.map { try interner.key($0) }
    let cause: String
    if known.isClosed {
      cause = "returned"
    } else if known.says(.unknown) || verdict.status == .unknown {
      cause = "coverage"
    } else if changes != nil {
      cause = "document"
    } else {
      cause = edited.contains(verdict.check) ? "check" : "surroundings"
    }
    let event: FindingEvent
    if isOpened {
      event = known.faults > 0 ? .reopened : .opened
    } else if known.isClosed {
      event = .returned
    } else {
      let isMended = verdict.status == .healthy || verdict.status == .notApplicable
      event = known.faultSince != nil && isMended ? .resolved : .changed
    }
    try tell(
      key, event, known.isClosed ? nil : known.word, verdict.status, reason, subject.cloud, cause,
      changes, wasClosed: known.isClosed)
    return changes
  }

  private func tell(
    _ key: Int64, _ event: FindingEvent, _ before: Status?, _ after: Status?, _ reason: Int64, _ cloud: String,
    _ cause: String, _ changes: Int64?, wasClosed: Bool = false
  ) throws {
    try note.execute(arguments: [
      key, time, event.rawValue, wasClosed ? FindingEvent.closedCode : before?.code,
      after?.code ?? FindingEvent.closedCode, reason, scans[cloud], cause, changes,
    ])
  }

  /// Closes what the same checks said before and do not say now.
  private mutating func close() throws {
    let judged = Set(checkKeys)
    let close = try db.makeStatement(sql: "UPDATE finding SET closed = ?, faultSince = NULL WHERE key = ?")
    let reason = try interner.key("The resource is gone, or the check no longer judges it.")
    for (key, row) in earlier where !row.isClosed && judged.contains(row.check) {
      try close.execute(arguments: [time, key])
      try tell(key, .closed, row.word, nil, reason, "", "gone", nil)
    }
  }

  private mutating func intern(_ code: UInt32) throws -> Int64 {
    let code = Int(code)
    if textKeys[code] == 0 {
      texts[code] = verdicts.texts.string(code)
      textKeys[code] = try interner.key(texts[code])
    }
    return textKeys[code]
  }

  // MARK: What the database has

  /// Keeps what queries tell of checks. Returns the checks whose rule was another before.
  private static func describe(_ checks: [Check], _ db: Database) throws -> Set<Int> {
    var rules: [String: String] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, rule FROM judgedCheck") { rules[row[0]] = row[1] }
    let statement = try db.makeStatement(sql: "INSERT OR REPLACE INTO judgedCheck VALUES (?, ?, ?, ?, ?, ?)")
    var edited: Set<Int> = []
    for (index, check) in checks.enumerated() {
      let rule = check.ruleDigest
      if let known = rules[check.id], !known.isEmpty, known != rule { edited.insert(index) }
      try statement.execute(
        arguments: [
          check.id, check.title, check.severity.rawValue, ReportText.array(check.sameAs), rule, check.about,
        ])
    }
    return edited
  }

  private static func known(_ db: Database) throws -> [Int64: Known] {
    var rows: [Int64: Known] = [:]
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT key, status, reason, evidence, firstSeen, lastSeen, lastChanged, checkId, closed IS NOT NULL,
          faultSince, faults, changes FROM finding
        """)
    while let row = try cursor.next() {
      rows[row[0]] = Known(
        reason: row[2], evidence: row[3], firstSeen: row[4], lastSeen: row[5], lastChanged: row[6], check: row[7],
        faultSince: row[9], status: row[1], isClosed: row[8], faults: row[10], changes: row[11])
    }
    return rows
  }

  /// The newest scan of each cloud; of all clouds under the empty name.
  private static func scans(_ db: Database) throws -> [String: Int64] {
    var scans: [String: Int64] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT cloud, MAX(key) FROM scan GROUP BY cloud") { scans[row[0]] = row[1] }
    scans[""] = scans.values.max()
    return scans
  }
}

extension Check {
  /// Tells two rules apart.
  fileprivate var ruleDigest: String {
    let texts = ["applies", "unhealthy", "query", "decides"].map { document.root[$0]?.text ?? "" }
    return String(JSONDigest(hashing: Array(texts.joined(separator: "\u{1}").utf8)).hex.prefix(16))
  }

  /// What `securityresources` tells of the check beside its title, as JSON.
  fileprivate var about: String {
    JSONDraft.object([
      ("why", .string(why)), ("fix", .string(fix.console ?? fix.cli ?? "")), ("effort", .string(effort ?? "")),
      ("attack", .array(attack.map(JSONDraft.string))), ("control", .string(control)),
    ]).document().root.text
  }
}
