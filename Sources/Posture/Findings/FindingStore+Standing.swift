// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory

extension FindingStore {
  /// The findings that stand, in the order of check and resource; those of checks that are not given are named.
  package func standing(_ checks: [Check]) throws(StoreError) -> (findings: [Finding], strangers: [String]) {
    let byId = Dictionary(checks.map { ($0.id, $0) }) { first, _ in first }
    return try store.read { db in
      // Findings share most of their texts: each is held once.
      var texts: [Int64: String] = [:]
      let all = try Row.fetchCursor(db, sql: "SELECT key, text FROM findingText")
      while let row = try all.next() { texts[row[0]] = row[1] }
      var findings: [Finding] = []
      var strangers: Set<String> = []
      let cursor = try Row.fetchCursor(
        db,
        sql: """
          SELECT f.key, f.checkId, f.resource, f.type, f.cloud, f.account, f.region, f.status, f.reason, f.evidence,
            f.firstSeen, f.lastSeen, f.lastChanged, f.faultSince
          FROM finding f JOIN findingText c ON c.key = f.checkId JOIN findingText r ON r.key = f.resource
          WHERE f.closed IS NULL ORDER BY c.text, r.text
          """)
      while let row = try cursor.next() {
        func text(_ column: Int) -> String { texts[row[column]] ?? "" }
        guard let check = byId[text(1)] else {
          strangers.insert(text(1))
          continue
        }
        findings.append(
          Finding(
            key: row[0], check: check,
            subject: Subject(id: text(2), type: text(3), cloud: text(4), account: text(5), region: text(6)),
            status: Status(code: row[7]), reason: text(8), evidence: text(9), firstSeen: row[10], lastSeen: row[11],
            lastChanged: row[12], faultSince: row[13]))
      }
      return (findings, strangers.sorted())
    }
  }

  /// What the store knows of the life of findings up to a time: when each was first seen, when its status last changed,
  /// and since when it is a fault.
  func lives(until time: Int64) throws(StoreError) -> [Int64: FindingLife] {
    try store.read { db in
      var lives: [Int64: FindingLife] = [:]
      let rows = try Row.fetchCursor(
        db, sql: "SELECT key, firstSeen FROM finding WHERE firstSeen <= ?", arguments: [time])
      while let row = try rows.next() { lives[row[0]] = FindingLife(first: row[1], changed: row[1]) }
      let events = try Row.fetchCursor(
        db, sql: "SELECT finding, time, event FROM findingHistory WHERE time <= ? ORDER BY rowid", arguments: [time])
      while let row = try events.next() {
        let key: Int64 = row[0]
        lives[key]?.changed = row[1]
        switch FindingEvent(rawValue: row[2]) {
        case .opened, .reopened: lives[key]?.faultSince = row[1]
        case .resolved, .closed: lives[key]?.faultSince = nil
        case .returned, .changed, nil: continue
        }
      }
      return lives
    }
  }

  /// What happened to findings in a stretch of time, the earliest first.
  func events(since: Int64, until: Int64) throws(StoreError) -> [Dossier.Period.Event] {
    try store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT h.time, h.event, h.finding, c.text, r.text, h.cause, w.text, h.earlier, h.later
          FROM findingHistory h JOIN finding f ON f.key = h.finding
          JOIN findingText c ON c.key = f.checkId JOIN findingText r ON r.key = f.resource
          JOIN findingText w ON w.key = h.reason WHERE h.time > ? AND h.time <= ? ORDER BY h.rowid
          """, arguments: [since, until]
      ).map { row in
        Dossier.Period.Event(
          time: row[0], event: FindingEvent(rawValue: row[1])?.name ?? "", findingId: Finding.text(row[2]),
          checkId: row[3], resourceId: row[4], cause: row[5], reason: row[6], from: FindingEvent.word(row[7]),
          to: FindingEvent.word(row[8]))
      }
    }
  }
}

/// The life of a finding up to a time, in ticks.
struct FindingLife {
  let first: Int64
  var changed: Int64
  var faultSince: Int64?
}
