// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import HTTPTypes
internal import JSON
internal import KQL

/// Queries that people keep: one's own, and those that others share.
enum SavedQueries {
  static func list(_ call: Call) throws -> [QueryPage.Saved] {
    try call.services.store.read { db in
      try Row.fetchAll(
        db,
        sql: "SELECT id, name, text, owner FROM saved_query WHERE owner = ? OR shared = 1 ORDER BY name, id LIMIT 200",
        arguments: [call.principal.id]
      ).map { QueryPage.Saved(id: $0[0], name: $0[1], text: $0[2], isMine: $0[3] as String == call.principal.id) }
    }
  }

  static func keep(_ name: String, _ text: String, _ call: Call) throws {
    let (now, who) = (call.services.clock(), call.principal)
    try call.services.store.change(call.author, "query.create", at: now) { db, record in
      let id = "q-" + String(Secrets.make().prefix(12))
      record.target = "query:" + id
      record.after = .object([("name", .string(name)), ("text", .string(text))])
      try db.execute(
        sql: """
          INSERT INTO saved_query (id, name, text, note, owner, ownerName, shared, created, changed)
          VALUES (?, ?, ?, '', ?, ?, 0, ?, ?)
          """, arguments: [id, name, text, who.id, who.name, now, now])
    }
  }

  static func remove(_ id: String, _ call: Call) throws {
    try call.services.store.change(call.author, "query.delete", at: call.services.clock()) { db, record in
      record.target = "query:" + id
      try db.execute(
        sql: "DELETE FROM saved_query WHERE id = ? AND owner = ?", arguments: [id, call.principal.id])
      guard db.changesCount == 1 else { throw Problem(.notFound) }
    }
  }
}
