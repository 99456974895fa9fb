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
  /// same finding again. What changed is told in `FindingHistory`. One transaction, whose memory does not grow with what
  /// the store holds.
  package func record(_ verdicts: Verdicts, at time: Int64) throws(StoreError) -> RecordedFindings {
    try store.write { db in
      var recording = try FindingRecording(verdicts, at: time, db)
      return try recording.run()
    }
  }
}

/// The work of one ``FindingStore/record(_:at:)``: verdicts and rows of the database are gone through side by side in the
/// order of their keys, so that each page of the database is read and written once.
private struct FindingRecording {
  /// The texts of a subject in the database.
  private struct Names {
    let id, type, cloud, account, region: Int64
  }

  private let verdicts: Verdicts
  private let time: Int64
  private let db: Database
  private var interner: TextInterner
  private let checkKeys: [Int64]
  /// Checks whose rule is another than at the last judging.
  private let edited: Set<Int>
  private let scans: [String: Int64]
  private var attribution: Attribution
  private let save: Statement
  private let close: Statement
  private let note: Statement
  private var textKeys: [Int64]
  private var names: [Names?]

  init(_ verdicts: Verdicts, at time: Int64, _ db: Database) throws {
    (self.verdicts, self.time, self.db) = (verdicts, time, db)
    // Of each check at a time, as the table `Findings` is read.
    try db.execute(sql: "CREATE INDEX IF NOT EXISTS finding_check ON finding (checkId, closed)")
    var interner = try TextInterner(db)
    checkKeys = try verdicts.checks.map { try interner.key($0.id) }
    self.interner = interner
    edited = try Self.describe(verdicts.checks, db)
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
    close = try db.makeStatement(sql: "UPDATE finding SET closed = ?, faultSince = NULL WHERE key = ?")
    note = try db.makeStatement(sql: "INSERT INTO findingHistory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    textKeys = [Int64](repeating: 0, count: verdicts.texts.count)
    names = [Names?](repeating: nil, count: verdicts.subjects.count)
  }

  mutating func run() throws -> RecordedFindings {
    let hashes = verdicts.checks.map { FindingKey(check: $0.id) }
    let keys = verdicts.list.map { hashes[$0.check].key(resource: verdicts.subjects[$0.subject].id) }
    var findings = RecordedFindings(verdicts, keys: keys, at: time)
    var order = keys.indices.map(UInt32.init)
    order.sort { keys[Int($0)] < keys[Int($1)] }
    let judged = Set(checkKeys)
    let gone = try interner.key("The resource is gone, or the check no longer judges it.")
    var earlier = try KnownFindings(db)
    // Closes what the same checks said before and do not say now.
    func closeGone(_ known: KnownFinding) throws {
      guard !known.isClosed, judged.contains(known.check) else { return }
      try close.execute(arguments: [time, known.key])
      try tell(known.key, .closed, known.word, nil, gone, "", "gone", nil)
    }
    for position in order.lazy.map(Int.init) {
      while let known = try earlier.next(before: keys[position]) { try closeGone(known) }
      let known = try earlier.next(keys[position])
      findings.set(position, try keep(verdicts.list[position], keys[position], known))
    }
    while let known = try earlier.next(before: nil) { try closeGone(known) }
    // What stands as it did was seen again.
    let list = checkKeys.map(String.init).joined(separator: ", ")
    try db.execute(
      sql: "UPDATE finding SET lastSeen = ?1 WHERE closed IS NULL AND lastSeen <> ?1 AND checkId IN (\(list))",
      arguments: [time])
    try Store.setStamp(of: .findings, db)
    return findings
  }

  private mutating func keep(
    _ verdict: Verdict, _ key: Int64, _ known: KnownFinding?
  ) throws -> RecordedFindings.Times {
    let reason = try intern(verdict.reason)
    let evidence = try intern(verdict.evidence)
    let status = verdict.status
    // What is not known may be a fault as before: only a verdict ends one.
    let faultSince: Int64? =
      switch status {
      case .unhealthy: known?.faultSince ?? time
      case .unknown: known?.faultSince
      case .healthy, .notApplicable: nil
      }
    if let known, !known.isClosed, known.says(status), known.reason == reason, known.evidence == evidence {
      return .init(firstSeen: known.firstSeen, lastChanged: known.lastChanged, faultSince: faultSince)
    }
    let isOpened = status == .unhealthy && known?.faultSince == nil
    let names = try names(verdict.subject)
    var changes = known?.changes
    if let known {
      if known.isClosed || !known.says(status) { changes = try tell(verdict, known, reason, isOpened) }
    } else if status == .unhealthy {
      try tell(key, .opened, nil, status, reason, verdicts.subjects[verdict.subject].cloud, "new", nil)
    }
    let first = known?.firstSeen ?? time
    try save.execute(
      arguments: [
        key, checkKeys[verdict.check], names.id, names.type, names.cloud, names.account, names.region, status.code,
        reason, evidence, first, time, time, faultSince, (known?.faults ?? 0) + (isOpened ? 1 : 0), changes,
      ])
    return .init(firstSeen: first, lastChanged: time, faultSince: faultSince)
  }

  /// Tells of a status that became another. Returns the text of what changed in the document.
  private mutating func tell(
    _ verdict: Verdict, _ known: KnownFinding, _ reason: Int64, _ isOpened: Bool
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
      known.key, event, known.isClosed ? nil : known.word, verdict.status, reason, subject.cloud, cause,
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

  private mutating func intern(_ code: UInt32) throws -> Int64 {
    let code = Int(code)
    if textKeys[code] == 0 { textKeys[code] = try interner.key(verdicts.texts.string(code)) }
    return textKeys[code]
  }

  private mutating func names(_ index: Int) throws -> Names {
    if let names = names[index] { return names }
    let subject = verdicts.subjects[index]
    let own = Names(
      id: try interner.key(subject.id), type: try interner.key(subject.type), cloud: try interner.key(subject.cloud),
      account: try interner.key(subject.account), region: try interner.key(subject.region))
    names[index] = own
    return own
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

  /// The newest scan of each cloud; of all clouds under the empty name.
  private static func scans(_ db: Database) throws -> [String: Int64] {
    var scans: [String: Int64] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT cloud, MAX(key) FROM scan GROUP BY cloud") { scans[row[0]] = row[1] }
    scans[""] = scans.values.max()
    return scans
  }
}

/// A finding as the database has it.
private struct KnownFinding {
  let key: Int64
  let check: Int64
  let reason: Int64
  let evidence: Int64
  let firstSeen: Int64
  let lastSeen: Int64
  let lastChanged: Int64
  let faultSince: Int64?
  let changes: Int64?
  let faults: Int
  let isClosed: Bool
  let word: Status

  func says(_ status: Status) -> Bool { word == status }
}

/// The findings of the database in the order of their keys. They are read a stretch at a time: between two stretches rows
/// before them are written.
private struct KnownFindings {
  private static let stretch = 4096
  private let statement: Statement
  private var rows: [KnownFinding] = []
  private var position = 0
  private var last = Int64.min
  private var isAtEnd = false

  init(_ db: Database) throws {
    statement = try db.makeStatement(
      sql: """
        SELECT key, status, reason, evidence, firstSeen, lastSeen, lastChanged, checkId, closed IS NOT NULL,
          faultSince, faults, changes FROM finding WHERE key > ? ORDER BY key LIMIT \(Self.stretch)
        """)
  }

  /// The next one, where its key is smaller; nil for whatever it is.
  mutating func next(before key: Int64?) throws -> KnownFinding? { try next { own in key.map { own < $0 } ?? true } }

  /// The next one, where it is that one.
  mutating func next(_ key: Int64) throws -> KnownFinding? { try next { $0 == key } }

  private mutating func next(where isWanted: (Int64) -> Bool) throws -> KnownFinding? {
    if position == rows.count, !isAtEnd { try read() }
    guard position < rows.count, isWanted(rows[position].key) else { return nil }
    position += 1
    return rows[position - 1]
  }

  private mutating func read() throws {
    rows.removeAll(keepingCapacity: true)
    position = 0
    let cursor = try Row.fetchCursor(statement, arguments: [last])
    while let row = try cursor.next() {
      rows.append(
        KnownFinding(
          key: row[0], check: row[7], reason: row[2], evidence: row[3], firstSeen: row[4], lastSeen: row[5],
          lastChanged: row[6], faultSince: row[9], changes: row[11], faults: row[10], isClosed: row[8],
          word: Status(code: row[1])))
    }
    last = rows.last?.key ?? last
    isAtEnd = rows.count < Self.stretch
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
