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

extension Accounts {
  /// Failures after which a user has to wait.
  private static let freeFailures = 5
  /// The longest wait, in seconds: whoever guesses at a name must not lock its owner out for good.
  private static let longestWait: Int64 = 900

  /// A session of whoever knows a name and its password.
  ///
  /// - Throws: ``Problem`` 401 where they do not fit, 429 where too many have failed.
  package func signIn(name: String, password: String, by author: Author) async throws -> (user: User, session: String) {
    let user = try await check(name: name, password: password, by: author)
    return try begin(user, "session.begin", by: author)
  }

  /// Whose name and password they are. A name that nobody has is treated as any other.
  func check(name: String, password: String, by author: Author) async throws -> User {
    let now = clock()
    let (row, lockedUntil) = try store.read { db in
      let lock = try Int64.fetchOne(
        db, sql: "SELECT lockedUntil FROM attempt WHERE name = ?", arguments: [Self.key(name)])
      return (try Row.fetchOne(db, sql: "SELECT * FROM user WHERE name = ?", arguments: [name]), lock ?? 0)
    }
    guard lockedUntil <= now else {
      let wait = (lockedUntil - now) / DateTime.ticksPerSecond + 1
      throw Problem(
        .tooManyRequests, "Too many attempts have failed; wait \(wait) seconds.", headers: [.retryAfter: "\(wait)"])
    }
    let fits = try await hasher.matches(password, row?["password"])
    guard fits, let row, !(row["disabled"] as Bool) else {
      try fail(name, row?["id"], by: author)
      throw Problem(.unauthorized, "Name and password do not fit.")
    }
    return try User(row)
  }

  private func fail(_ name: String, _ id: String?, by author: Author) throws {
    let now = clock()
    try store.change(author, "session.refuse", at: now) { db, record in
      // A day without a failure is forgotten.
      try db.execute(sql: "DELETE FROM attempt WHERE last < ?", arguments: [now - DateTime.ticksPerDay])
      let earlier = try Int.fetchOne(
        db, sql: "SELECT failures FROM attempt WHERE name = ?", arguments: [Self.key(name)])
      let failures = (earlier ?? 0) + 1
      let over = min(failures - Self.freeFailures, 10)
      let wait = over < 0 ? 0 : min(15 << Int64(over), Self.longestWait)
      try db.execute(
        sql: "INSERT OR REPLACE INTO attempt VALUES (?, ?, ?, ?)",
        arguments: [Self.key(name), failures, now, now + wait * DateTime.ticksPerSecond])
      // A name that is none may be a password, typed into the wrong field: it is not told.
      record.target = "user:" + (id ?? "?")
      record.after = .object([("failures", .int(Int64(failures)))])
    }
  }

  func forgetAttempts(_ db: Database, name: String) throws {
    try db.execute(sql: "DELETE FROM attempt WHERE name = ?", arguments: [Self.key(name)])
  }

  /// By which attempts at a name are counted. Names have no case, in SQLite's sense: that of ASCII.
  private static func key(_ name: String) -> Data {
    Secrets.hash(String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }, as: UTF8.self))
  }

  /// A new session of a user who has shown who they are. The secret is told once and kept as its hash.
  func begin(_ user: User, _ action: String, by author: Author) throws -> (user: User, session: String) {
    let session = Secrets.make()
    let now = clock()
    try store.change(author, action, at: now) { db, record in
      try db.execute(sql: "UPDATE user SET signedIn = ? WHERE id = ?", arguments: [now, user.id])
      try forgetAttempts(db, name: user.name)
      try db.execute(sql: "DELETE FROM session WHERE created < ?", arguments: [now - settings.sessionLongest])
      try db.execute(
        sql: "INSERT INTO session (hash, user, created, seen, address) VALUES (?, ?, ?, ?, ?)",
        arguments: [Secrets.hash(session), user.id, now, now, author.address])
      record.target = "user:" + user.id
    }
    return (user, session)
  }

  /// Who a session's secret belongs to; nil where there is no such session or it has expired.
  func principal(session: String) throws -> Principal? {
    let (now, hash) = (clock(), Secrets.hash(session))
    let row = try store.read {
      try Row.fetchOne(
        $0,
        sql: """
          SELECT user.*, session.seen AS seen FROM session JOIN user ON user.id = session.user
          WHERE session.hash = ? AND session.created > ? AND session.seen > ? AND user.disabled = 0
          """, arguments: [hash, now - settings.sessionLongest, now - settings.sessionIdle])
    }
    guard let row else { return nil }
    // Once a minute is enough for an expiry of hours, and spares a write with each request.
    if now - (row["seen"] as Int64) > 60 * DateTime.ticksPerSecond {
      try store.note { try $0.execute(sql: "UPDATE session SET seen = ? WHERE hash = ?", arguments: [now, hash]) }
    }
    return try User(row).principal
  }

  package func end(session: String, by author: Author) throws {
    try store.change(author, "session.end", at: clock()) { db, record in
      try db.execute(sql: "DELETE FROM session WHERE hash = ?", arguments: [Secrets.hash(session)])
      record.target = "user:" + author.id
    }
  }

  /// Ends all sessions of a user: sign out everywhere.
  package func endSessions(of id: String, by author: Author) throws {
    try store.change(author, "session.end-all", at: clock()) { db, record in
      try db.execute(sql: "DELETE FROM session WHERE user = ?", arguments: [id])
      (record.target, record.after) = ("user:" + id, .object([("sessions", .int(Int64(db.changesCount)))]))
    }
  }
}
