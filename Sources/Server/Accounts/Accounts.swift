internal import Crypto
internal import GRDB
// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Users, sessions and API tokens.
package struct Accounts: Sendable {
  static let migrations = [
    Migration(
      name: "accounts.1",
      sql: """
        CREATE TABLE user (
          id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, password TEXT, issuer TEXT, subject TEXT,
          roles TEXT NOT NULL, reach TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL,
          signedIn INTEGER, UNIQUE (issuer, subject));
        CREATE TABLE attempt (
          name BLOB PRIMARY KEY, failures INTEGER NOT NULL, last INTEGER NOT NULL, lockedUntil INTEGER NOT NULL)
          WITHOUT ROWID;
        CREATE TABLE session (
          hash BLOB PRIMARY KEY, user TEXT NOT NULL REFERENCES user ON DELETE CASCADE, created INTEGER NOT NULL,
          seen INTEGER NOT NULL, address TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX session_user ON session (user);
        CREATE TABLE token (
          id TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES user ON DELETE CASCADE, name TEXT NOT NULL,
          hash BLOB NOT NULL, permissions TEXT NOT NULL, reach TEXT NOT NULL, created INTEGER NOT NULL,
          expires INTEGER NOT NULL, seen INTEGER);
        CREATE INDEX token_user ON token (user);
        CREATE TABLE setup (one INTEGER PRIMARY KEY CHECK (one = 1), hash BLOB NOT NULL);
        """)
  ]

  let store: ServerStore
  let settings: ServerSettings
  let clock: @Sendable () -> Int64
  let hasher: PasswordHasher

  package init(_ store: ServerStore, _ settings: ServerSettings, clock: @escaping @Sendable () -> Int64) {
    self.store = store
    self.settings = settings
    self.clock = clock
    hasher = PasswordHasher(cost: settings.passwordCost)
  }

  // MARK: First run

  /// A token with which the first administrator is made; nil where there are users. Each call makes the earlier one void.
  package func setupToken() throws -> String? {
    try store.note { db in
      guard try Int.fetchOne(db, sql: "SELECT count(*) FROM user") == 0 else { return nil }
      let token = Secrets.make()
      try db.execute(sql: "INSERT OR REPLACE INTO setup VALUES (1, ?)", arguments: [Secrets.hash(token)])
      return token
    }
  }

  /// Makes the first user, an administrator.
  package func setUp(token: String, name: String, password: String, by author: Author) async throws -> User {
    let isRight = try store.read { db in
      let kept = try Data.fetchOne(db, sql: "SELECT hash FROM setup")
      return kept.map { Secrets.areEqual($0, Secrets.hash(token)) } ?? false
    }
    guard isRight else {
      throw Problem(.forbidden, "The setup token is not the one that the server printed when it last started.")
    }
    let hash = try await hashOf(password, name: name)
    return try store.change(author, "user.setup", at: clock()) { db, record in
      try db.execute(sql: "DELETE FROM setup WHERE hash = ?", arguments: [Secrets.hash(token)])
      guard db.changesCount == 1 else { throw Problem(.conflict, "Somebody else has just set this server up.") }
      let user = try insert(db, name: name, password: hash, roles: [.administrator], reach: .all)
      (record.target, record.after) = ("user:" + user.id, user.draft)
      return user
    }
  }

  // MARK: Users

  package func users() throws -> [User] {
    try store.read { try Row.fetchAll($0, sql: "SELECT * FROM user ORDER BY name").map(User.init) }
  }

  package func user(_ id: String) throws -> User {
    try store.read { try find($0, id) }
  }

  /// A local user.
  package func create(
    name: String, password: String, roles: Set<Role>, reach: Reach, by author: Author
  ) async throws -> User {
    let hash = try await hashOf(password, name: name)
    return try store.change(author, "user.create", at: clock()) { db, record in
      let user = try insert(db, name: name, password: hash, roles: roles, reach: reach)
      (record.target, record.after) = ("user:" + user.id, user.draft)
      return user
    }
  }

  /// Changes roles, reach, or whether the user may sign in.
  package func update(_ id: String, by author: Author, _ change: (inout User) throws -> Void) throws -> User {
    try store.change(author, "user.update", at: clock()) { db, record in
      var user = try find(db, id)
      record.before = user.draft
      try change(&user)
      try db.execute(
        sql: "UPDATE user SET roles = ?, reach = ?, disabled = ? WHERE id = ?",
        arguments: [Self.text(user.roles), Self.text(user.reach), user.isDisabled, id])
      if user.isDisabled { try db.execute(sql: "DELETE FROM session WHERE user = ?", arguments: [id]) }
      try checkAdministrator(db)
      (record.target, record.after) = ("user:" + id, user.draft)
      return user
    }
  }

  package func delete(_ id: String, by author: Author) throws {
    try store.change(author, "user.delete", at: clock()) { db, record in
      (record.target, record.before) = ("user:" + id, try find(db, id).draft)
      try db.execute(sql: "DELETE FROM user WHERE id = ?", arguments: [id])
      try checkAdministrator(db)
    }
  }

  /// Sets a password and ends all sessions of the user but `session`.
  package func setPassword(of id: String, to password: String, keeping session: String? = nil, by author: Author)
    async throws
  {
    let user = try user(id)
    guard !user.isForeign else { throw Problem(.conflict, "This user signs in through the identity provider.") }
    let hash = try await hashOf(password, name: user.name)
    try store.change(author, "user.password", at: clock()) { db, record in
      try db.execute(sql: "UPDATE user SET password = ? WHERE id = ?", arguments: [hash, id])
      try forgetAttempts(db, name: user.name)
      try db.execute(
        sql: "DELETE FROM session WHERE user = ? AND hash <> ?", arguments: [id, Secrets.hash(session ?? "")])
      record.target = "user:" + id
    }
  }

  func user(issuer: String, subject: String) throws -> User? {
    try store.read {
      try Row.fetchOne(
        $0, sql: "SELECT * FROM user WHERE issuer = ? AND subject = ?", arguments: [issuer, subject]
      ).map(User.init)
    }
  }

  /// Somebody of the OIDC provider. A name that is taken already is never theirs: the subject is put beside it.
  func createForeign(_ identity: OIDCProvider.Identity, _ roles: Set<Role>, by author: Author) throws -> User {
    try store.change(author, "user.create", at: clock()) { db, record in
      let isTaken =
        try Int.fetchOne(db, sql: "SELECT count(*) FROM user WHERE name = ?", arguments: [identity.name]) != 0
      let user = try insert(
        db, name: isTaken ? "\(identity.name) (\(identity.subject))" : identity.name, password: nil,
        issuer: identity.issuer, subject: identity.subject, roles: roles, reach: .all)
      (record.target, record.after) = ("user:" + user.id, user.draft)
      return user
    }
  }

  private func hashOf(_ password: String, name: String) async throws -> String {
    guard PasswordHasher.lengths.contains(password.utf8.count) else {
      let lengths = PasswordHasher.lengths
      throw Problem(.unprocessableContent, "A password has \(lengths.lowerBound) to \(lengths.upperBound) bytes.")
    }
    guard password.lowercased() != name.lowercased() else {
      throw Problem(.unprocessableContent, "The password is the name; take another.")
    }
    return try await hasher.hash(password)
  }

  func insert(
    _ db: Database, name: String, password: String?, issuer: String? = nil, subject: String? = nil, roles: Set<Role>,
    reach: Reach
  ) throws -> User {
    guard (1...100).contains(name.utf8.count), !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      throw Problem(.unprocessableContent, "A user's name has 1 to 100 bytes and no control characters.")
    }
    guard try Int.fetchOne(db, sql: "SELECT count(*) FROM user WHERE name = ?", arguments: [name]) == 0 else {
      throw Problem(.conflict, "There is a user of that name.")
    }
    let id = "u-" + String(Secrets.make().prefix(16))
    try db.execute(
      sql: """
        INSERT INTO user (id, name, password, issuer, subject, roles, reach, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [id, name, password, issuer, subject, Self.text(roles), Self.text(reach), clock()])
    return try find(db, id)
  }

  func find(_ db: Database, _ id: String) throws -> User {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM user WHERE id = ?", arguments: [id]) else {
      throw Problem(.notFound)
    }
    return try User(row)
  }

  private func checkAdministrator(_ db: Database) throws {
    let left = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM user WHERE disabled = 0 AND ',' || roles || ',' LIKE '%,administrator,%'")
    guard left != 0 else { throw Problem(.conflict, "The last administrator stays.") }
  }

  static func text(_ roles: Set<Role>) -> String { roles.sorted().map(\.rawValue).joined(separator: ",") }
  static func text(_ reach: Reach) -> String { reach.draft.document().root.text }
}
