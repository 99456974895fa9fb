internal import GRDB
// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
package import JSON
internal import KQL

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// An API token, without its secret.
package struct Token: Sendable {
  package let id: String
  package let user: String
  package let name: String
  package let permissions: Set<Permission>
  package let reach: Reach
  /// Ticks of ``DateTime``.
  package let created: Int64
  package let expires: Int64
  package let seen: Int64?

  init(_ row: Row) throws {
    id = row["id"]
    user = row["user"]
    name = row["name"]
    permissions = Set(
      (row["permissions"] as String).split(separator: ",").compactMap { Permission(rawValue: String($0)) })
    reach = try Reach(json: JSONDocument.parse(row["reach"]).root)
    created = row["created"]
    expires = row["expires"]
    seen = row["seen"]
  }

  package var draft: JSONDraft {
    .object([
      ("id", .string(id)), ("user", .string(user)), ("name", .string(name)),
      ("permissions", .array(permissions.map(\.rawValue).sorted().map { .string($0) })), ("reach", reach.draft),
      ("created", .string(DateTime.text(created))), ("expires", .string(DateTime.text(expires))),
      ("seen", seen.map { .string(DateTime.text($0)) } ?? .null),
    ])
  }
}

extension Accounts {
  /// A token lives no longer, in days.
  package static let longestToken: Int64 = 366

  /// A token that acts as the author, within `permissions` and `reach`.
  ///
  /// - Returns: the token and its secret, `plumb_ID_SECRET`, which is told this once.
  package func createToken(
    name: String, permissions: Set<Permission>, reach: Reach, days: Int64, of owner: Principal, by author: Author
  ) throws -> (token: Token, secret: String) {
    guard (1...Self.longestToken).contains(days) else {
      throw Problem(.unprocessableContent, "A token lives 1 to \(Self.longestToken) days.")
    }
    guard (1...100).contains(name.utf8.count) else {
      throw Problem(.unprocessableContent, "A token's name has 1 to 100 bytes.")
    }
    guard !permissions.isEmpty, permissions.isSubset(of: owner.permissions) else {
      throw Problem(.forbidden, "A token may do something, and nothing that its user may not.")
    }
    let id = Secrets.make().filter { $0 != "_" && $0 != "-" }.prefix(12).lowercased()
    let secret = Secrets.make()
    let now = clock()
    let token = try store.change(author, "token.create", at: now) { db, record in
      try db.execute(
        sql: """
          INSERT INTO token (id, user, name, hash, permissions, reach, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, owner.id, name, Secrets.hash(secret), permissions.map(\.rawValue).sorted().joined(separator: ","),
          Self.text(reach), now, now + days * DateTime.ticksPerDay,
        ])
      let token = try findToken(db, id)
      (record.target, record.after) = ("token:" + id, token.draft)
      return token
    }
    return (token, "plumb_\(id)_\(secret)")
  }

  /// Tokens of a user; of all where it is nil.
  package func tokens(of user: String?) throws -> [Token] {
    try store.read {
      try Row.fetchAll(
        $0, sql: "SELECT * FROM token WHERE ? IS NULL OR user = ? ORDER BY created", arguments: [user, user]
      ).map(Token.init)
    }
  }

  /// - Parameter owner: only where it is theirs; nil for whoever may delete all.
  package func deleteToken(_ id: String, of owner: String?, by author: Author) throws {
    try store.change(author, "token.delete", at: clock()) { db, record in
      let token = try findToken(db, id)
      guard owner == nil || owner == token.user else { throw Problem(.notFound) }
      try db.execute(sql: "DELETE FROM token WHERE id = ?", arguments: [id])
      (record.target, record.before) = ("token:" + id, token.draft)
    }
  }

  private func findToken(_ db: Database, _ id: String) throws -> Token {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM token WHERE id = ?", arguments: [id]) else {
      throw Problem(.notFound)
    }
    return try Token(row)
  }

  /// Who a token acts as; nil where there is no such token, its secret is another, or it has expired.
  func principal(token text: String) throws -> Principal? {
    let parts = text.split(separator: "_", maxSplits: 2)
    guard parts.count == 3, parts[0] == "plumb" else { return nil }
    let (id, now) = (String(parts[1]), clock())
    let row = try store.read {
      try Row.fetchOne($0, sql: "SELECT * FROM token WHERE id = ? AND expires > ?", arguments: [id, now])
    }
    guard let row, Secrets.areEqual(row["hash"] as Data, Secrets.hash(String(parts[2]))) else { return nil }
    let token = try Token(row)
    let user = try store.read { try find($0, token.user) }
    guard !user.isDisabled else { return nil }
    if now - (token.seen ?? 0) > 60 * DateTime.ticksPerSecond {
      try store.note { try $0.execute(sql: "UPDATE token SET seen = ? WHERE id = ?", arguments: [now, id]) }
    }
    return Principal(
      kind: .token, id: user.id, name: user.name, roles: user.roles, permissions: token.permissions,
      reach: user.reach.within(token.reach), token: id)
  }
}
