// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import HTTPTypes
internal import JSON
internal import KQL

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Answers to requests that carry a word of the client's own: sent again they are answered as before and not done again.
enum IdempotencyStore {
  static let header = "idempotency-key"
  static let keySchema = Schema.text(.init(1...255, pattern: "[!-~]{1,255}"))
  /// How long an answer is kept.
  private static let lifetime = DateTime.ticksPerDay
  /// A request of which the server died has no answer; after this time it may be sent again.
  private static let patience = 10 * 60 * DateTime.ticksPerSecond

  private enum Found { case new, underWay, other, answer(Reply) }

  /// Does what `body` does, once for each key and principal.
  ///
  /// - Throws: ``Problem`` 409 while the first is under way, 422 where the key was used for another request.
  static func once(_ call: Call, _ body: () async throws -> Reply) async throws -> Reply {
    guard let field = HTTPField.Name(header), let key = call.header(field) else { return try await body() }
    if let message = keySchema.fault(of: key) {
      throw APIErrors.problem([SchemaFault(path: header, message: message)], "The headers cannot be used.")
    }
    let request = JSONDigest(
      hashing: Array("\(call.head.method.rawValue) \(call.head.path ?? "")\n".utf8) + call.body
    ).bytes
    let (who, now) = (call.principal.id + "/" + (call.principal.token ?? ""), call.services.clock())
    switch try await Blocking.run({ try begin(call.services.store, who, key, request, now) }) {
    case .answer(let reply): return reply
    case .underWay:
      throw Problem(.conflict, "The same request is under way.", headers: [.retryAfter: "1"])
    case .other: throw Problem(.unprocessableContent, "This Idempotency-Key was used for another request.")
    case .new: break
    }
    do {
      let reply = try await body()
      try await Blocking.run { try keep(reply, call.services.store, who, key) }
      return reply
    } catch {
      // Nothing was done: the client may try again with the same key.
      try? await Blocking.run {
        try call.services.store.note { db in
          try db.execute(
            sql: "DELETE FROM idempotency WHERE principal = ? AND key = ? AND status IS NULL", arguments: [who, key])
        }
      }
      throw error
    }
  }

  private static func begin(
    _ store: ServerStore, _ who: String, _ key: String, _ request: [UInt8], _ now: Int64
  ) throws -> Found {
    try store.note { db in
      try db.execute(
        sql: "DELETE FROM idempotency WHERE created < ? OR (status IS NULL AND created < ?)",
        arguments: [now - lifetime, now - patience])
      let row = try Row.fetchOne(
        db, sql: "SELECT request, status, headers, body FROM idempotency WHERE principal = ? AND key = ?",
        arguments: [who, key])
      guard let row else {
        try db.execute(
          sql: "INSERT INTO idempotency (principal, key, request, created) VALUES (?, ?, ?, ?)",
          arguments: [who, key, Data(request), now])
        return .new
      }
      guard [UInt8](row["request"] as Data) == request else { return .other }
      guard let status = row["status"] as Int? else { return .underWay }
      var reply = Reply(HTTPResponse.Status(code: status), body: .bytes([UInt8](row["body"] as Data? ?? Data())))
      for (name, value) in try JSONDocument.parse(row["headers"] as String? ?? "{}").root.members {
        if let field = name.string.flatMap({ HTTPField.Name($0) }), let value = value.string {
          reply.headers[field] = value
        }
      }
      if let field = HTTPField.Name("idempotency-replayed") { reply.headers[field] = "true" }
      return .answer(reply)
    }
  }

  private static func keep(_ reply: Reply, _ store: ServerStore, _ who: String, _ key: String) throws {
    guard case .bytes(let bytes) = reply.body else { return }
    let headers = JSONDraft.object(reply.headers.map { ($0.name.rawName, .string($0.value)) })
    try store.note { db in
      try db.execute(
        sql: "UPDATE idempotency SET status = ?, headers = ?, body = ? WHERE principal = ? AND key = ?",
        arguments: [reply.status.code, headers.document().root.text, Data(bytes), who, key])
    }
  }
}
