// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
package import KQL

/// The findings that stand, in columns: what lists of them are made of, held in memory for as long as they stand.
///
/// Evidence and history are read one by one (``FindingStore/detail(_:)``).
package struct StandingFindings: Sendable {
  package let keys: [Int64]
  package let check: StringColumn
  package let resource: StringColumn
  package let type: StringColumn
  package let cloud: StringColumn
  package let account: StringColumn
  package let region: StringColumn
  package let reason: StringColumn
  package let status: [Status]
  /// Ticks.
  package let firstSeen: [Int64]
  package let lastSeen: [Int64]
  package let lastChanged: [Int64]
  /// Ticks; nil where it is no fault.
  package let faultSince: [Int64?]
  package let timesOpened: [Int32]
  package var count: Int { keys.count }

  package func id(_ row: Int) -> String { Finding.text(keys[row]) }
}

/// What the store keeps of a check that judged, which need not be among those at hand.
package struct JudgedCheck: Sendable {
  package let id: String
  package let title: String
  package let severity: Severity
}

/// What only the page of one finding needs.
package struct FindingDetail: Sendable {
  package struct Event: Sendable {
    /// Ticks.
    package let time: Int64
    package let event: String
    package let from: String
    package let to: String
    package let reason: String
    package let cause: String
    /// JSON: `[{"path":"properties.X","before":...,"after":...}]`.
    package let changes: String
  }

  /// JSON: `[{"path":"properties.X","value":...}]`.
  package let evidence: String
  package let changes: String
  /// The newest first.
  package let events: [Event]
}

/// A finding's event in a list of all.
package struct FindingEventRow: Sendable {
  package let key: Int64
  package let time: Int64
  package let event: String
  package let check: String
  package let resource: String
  package let account: String
  package let cause: String
  package let from: String
  package let to: String
  package var findingId: String { Finding.text(key) }
}

extension FindingStore {
  package static func id(_ key: Int64) -> String { Finding.text(key) }

  /// The number of a finding by its id of 16 hexadecimal digits; nil where the text is none.
  package static func key(ofID text: String) -> Int64? {
    guard text.utf8.count == 16, let bits = UInt64(text, radix: 16), Finding.text(Int64(bitPattern: bits)) == text
    else {
      return nil
    }
    return Int64(bitPattern: bits)
  }

  /// Reads all findings that stand, in the order of their keys, and the checks that judged.
  package func columns() throws(StoreError) -> (findings: StandingFindings, checks: [JudgedCheck]) {
    try store.read { db in
      var keys: [Int64] = []
      var texts = [[Int64]](repeating: [], count: 7)
      var status: [Status] = []
      var times = [[Int64]](repeating: [], count: 3)
      var (since, opened): ([Int64?], [Int32]) = ([], [])
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT key, checkId, resource, type, cloud, account, region, reason, status, firstSeen, lastSeen, lastChanged,
            faultSince, faults
          FROM finding WHERE closed IS NULL ORDER BY key
          """)
      while let row = try rows.next() {
        keys.append(row[0])
        for column in 0..<7 { texts[column].append(row[1 + column]) }
        status.append(Status(code: row[8]))
        for column in 0..<3 { times[column].append(row[9 + column]) }
        since.append(row[12])
        opened.append(row[13])
      }
      let columns = try Self.columns(texts, db)
      let checks = try Row.fetchAll(db, sql: "SELECT id, title, severity FROM judgedCheck ORDER BY id").map { row in
        JudgedCheck(id: row[0], title: row[1], severity: Severity(rawValue: row[2]) ?? .low)
      }
      return (
        StandingFindings(
          keys: keys, check: columns[0], resource: columns[1], type: columns[2], cloud: columns[3],
          account: columns[4], region: columns[5], reason: columns[6], status: status, firstSeen: times[0],
          lastSeen: times[1], lastChanged: times[2], faultSince: since, timesOpened: opened), checks
      )
    }
  }

  /// Columns of texts by their numbers in the database. Each text is read once for all columns.
  private static func columns(_ numbers: [[Int64]], _ db: Database) throws -> [StringColumn] {
    var builders = [StringColumnBuilder](repeating: StringColumnBuilder(), count: numbers.count)
    var codes = [[Int64: UInt32]](repeating: [:], count: numbers.count)
    for (column, list) in numbers.enumerated() {
      for number in Set(list) { codes[column][number] = 0 }
    }
    let rows = try Row.fetchCursor(db, sql: "SELECT key, text FROM findingText")
    while let row = try rows.next() {
      let number = row[0] as Int64
      for column in numbers.indices where codes[column][number] != nil {
        var text = row[1] as String
        codes[column][number] = text.withUTF8 { builders[column].intern($0) }
      }
    }
    return numbers.indices.map { column in
      builders[column].reserve(numbers[column].count)
      for number in numbers[column] { builders[column].appendCode(codes[column][number] ?? 0) }
      return builders[column].finish()
    }
  }

  /// The evidence and the history of a finding; nil where there is none of that number.
  package func detail(_ key: Int64, events limit: Int = 200) throws(StoreError) -> FindingDetail? {
    try store.read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT e.text, x.text FROM finding f JOIN findingText e ON e.key = f.evidence
          LEFT JOIN findingText x ON x.key = f.changes WHERE f.key = ?
          """, arguments: [key])
      guard let row else { return nil }
      let events = try Row.fetchAll(
        db,
        sql: """
          SELECT h.time, h.event, h.earlier, h.later, w.text, h.cause, x.text FROM findingHistory h
          JOIN findingText w ON w.key = h.reason LEFT JOIN findingText x ON x.key = h.changes
          WHERE h.finding = ? ORDER BY h.rowid DESC LIMIT ?
          """, arguments: [key, limit]
      ).map { row in
        FindingDetail.Event(
          time: row[0], event: FindingEvent(rawValue: row[1])?.name ?? "", from: FindingEvent.word(row[2]),
          to: FindingEvent.word(row[3]), reason: row[4], cause: row[5], changes: row[6] ?? "[]")
      }
      return FindingDetail(evidence: row[0], changes: row[1] ?? "[]", events: events)
    }
  }

  /// The newest events of all findings, the newest first.
  package func recentEvents(limit: Int) throws(StoreError) -> [FindingEventRow] {
    try store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT h.finding, h.time, h.event, c.text, r.text, a.text, h.cause, h.earlier, h.later
          FROM (SELECT rowid, * FROM findingHistory ORDER BY rowid DESC LIMIT ?) h
          JOIN finding f ON f.key = h.finding JOIN findingText c ON c.key = f.checkId
          JOIN findingText r ON r.key = f.resource JOIN findingText a ON a.key = f.account ORDER BY h.rowid DESC
          """, arguments: [limit]
      ).map { row in
        FindingEventRow(
          key: row[0], time: row[1], event: FindingEvent(rawValue: row[2])?.name ?? "", check: row[3],
          resource: row[4], account: row[5], cause: row[6], from: FindingEvent.word(row[7]),
          to: FindingEvent.word(row[8]))
      }
    }
  }
}
