// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Inventory

/// Something that happened to one finding.
package struct FindingHistory: Sendable {
  /// Ticks.
  package let time: Int64
  /// `Opened`, `Reopened`, `Resolved`, `Closed`, `Returned`, `Changed`.
  package let event: String
  package let reason: String
  package let cause: String
  /// JSON: `[{"path","before","after"}]`; empty where nothing is kept.
  package let changes: String
}

extension FindingStore {
  /// What happened to a finding, the newest first.
  package func history(of key: Int64) throws -> [FindingHistory] {
    try store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT h.time, h.event, w.text, h.cause, COALESCE(c.text, '') FROM findingHistory h
          JOIN findingText w ON w.key = h.reason LEFT JOIN findingText c ON c.key = h.changes
          WHERE h.finding = ? ORDER BY h.rowid DESC
          """, arguments: [key]
      ).map {
        FindingHistory(
          time: $0[0], event: FindingEvent(rawValue: $0[1])?.name ?? "", reason: $0[2], cause: $0[3], changes: $0[4])
      }
    }
  }
}
