// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory

/// A person's word that a control holds, with what it rests on, for as long as it is given.
package struct Attestation: Sendable, Equatable {
  package let framework: String
  package let control: String
  /// The account that it speaks of; empty for all.
  package let account: String
  package let owner: String
  /// What proves it: a text, a link or the path of a file.
  package let evidence: String
  package let note: String
  /// Ticks.
  package let made: Int64
  /// Ticks; from then on it counts no more.
  package let expires: Int64

  package init(
    framework: String, control: String, account: String = "", owner: String, evidence: String, note: String = "",
    made: Int64, expires: Int64
  ) {
    self.framework = framework
    self.control = control
    self.account = account
    self.owner = owner
    self.evidence = evidence
    self.note = note
    self.made = made
    self.expires = expires
  }

  package func counts(at time: Int64) -> Bool { made <= time && time < expires }
}

/// The attestations in the store's database. One that is replaced or withdrawn stays, with the time at which it ended.
package struct AttestationStore: Sendable {
  private let store: Store

  package init(_ store: Store) throws(StoreError) {
    self.store = store
    guard try store.read({ db in try !db.tableExists("attestation") }) else { return }
    try store.write { db in
      try db.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS attestation (
            key INTEGER PRIMARY KEY, framework TEXT NOT NULL, control TEXT NOT NULL, account TEXT NOT NULL,
            owner TEXT NOT NULL, evidence TEXT NOT NULL, note TEXT NOT NULL, made INTEGER NOT NULL,
            expires INTEGER NOT NULL, ended INTEGER);
          CREATE UNIQUE INDEX IF NOT EXISTS attestation_standing ON attestation (framework, control, account)
            WHERE ended IS NULL;
          """)
    }
  }

  /// Keeps an attestation; one of the same control and account ends with it.
  package func attest(_ attestation: Attestation) throws(StoreError) {
    try store.write { db in
      _ = try Self.end(attestation.framework, attestation.control, attestation.account, at: attestation.made, db)
      try db.execute(
        sql: """
          INSERT INTO attestation (framework, control, account, owner, evidence, note, made, expires)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          attestation.framework, attestation.control, attestation.account, attestation.owner, attestation.evidence,
          attestation.note, attestation.made, attestation.expires,
        ])
    }
  }

  /// Ends an attestation; false where none stands.
  package func withdraw(
    framework: String, control: String, account: String = "", at time: Int64
  ) throws(StoreError) -> Bool {
    try store.write { db in try Self.end(framework, control, account, at: time, db) }
  }

  /// Those that were neither replaced nor withdrawn, lapsed ones too.
  package func standing() throws(StoreError) -> [Attestation] {
    try store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT framework, control, account, owner, evidence, note, made, expires FROM attestation
          WHERE ended IS NULL ORDER BY framework, control, account
          """
      ).map { row in
        Attestation(
          framework: row[0], control: row[1], account: row[2], owner: row[3], evidence: row[4], note: row[5],
          made: row[6], expires: row[7])
      }
    }
  }

  private static func end(
    _ framework: String, _ control: String, _ account: String, at time: Int64, _ db: Database
  ) throws -> Bool {
    try db.execute(
      sql: """
        UPDATE attestation SET ended = ? WHERE framework = ? AND control = ? AND account = ? AND ended IS NULL
        """, arguments: [time, framework, control, account])
    return db.changesCount > 0
  }
}
