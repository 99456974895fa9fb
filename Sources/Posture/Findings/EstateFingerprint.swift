// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory

/// Which state of the store something was made from: two that are equal are of one state.
package struct EstateFingerprint: Sendable, Equatable {
  /// Of what scans write: resources, findings, scans and scores.
  package let estate: [String]
  /// Of what people write: exemptions and governance rules, and attestations.
  package let policies: String
  package let attestations: String

  package init(estate: [String], policies: String, attestations: String) {
    self.estate = estate
    self.policies = policies
    self.attestations = attestations
  }
}

extension FindingStore {
  /// Reads it: a few look-ups, however large the store is. The tables of scores and attestations are made where they are
  /// missing.
  package func fingerprint() throws(StoreError) -> EstateFingerprint {
    _ = (try ScoreStore(store), try AttestationStore(store))
    return try store.read { db in
      func text(_ sql: String) throws -> String { try String.fetchOne(db, sql: sql) ?? "" }
      return EstateFingerprint(
        estate: [
          try Store.stamp(of: .resources, db) ?? "", try Store.stamp(of: .findings, db) ?? "",
          try text("SELECT MAX(key) FROM scan"), try text("SELECT MAX(time) FROM score"),
          try text("SELECT MAX(rowid) FROM findingHistory"),
        ],
        policies: try text("SELECT COUNT(*) || '.' || MAX(rowid) || '.' || COUNT(removed) FROM policy"),
        attestations: try text("SELECT COUNT(*) || '.' || MAX(key) || '.' || COUNT(ended) FROM attestation"))
    }
  }
}
