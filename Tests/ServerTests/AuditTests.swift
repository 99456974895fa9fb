// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import HTTPTypes
import JSON
import NIOHTTP1
import Testing

@testable import Server

@Suite struct AuditTests {
  private func inFolder(_ body: (ServerStore, DatabaseQueue) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "plumb-audit-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try ServerStore(directory: folder)
    for number in 1...5 {
      try store.change(.system, "test.step", at: Int64(number)) { _, record in record.target = "step:\(number)" }
    }
    // Past the triggers, as somebody who has the file.
    let thief = try DatabaseQueue(path: store.path)
    try thief.write { try $0.execute(sql: "DROP TRIGGER audit_kept; DROP TRIGGER audit_still") }
    try body(store, thief)
  }

  @Test("a whole chain ends where it was written to")
  func whole() throws {
    try inFolder { store, _ throws in
      let (head, broken) = try store.verifyAudit()
      #expect(head.number == 5 && broken == nil)
      #expect(try store.verifyAudit(noted: AuditLog.Head(head.text)).broken == nil)
    }
  }

  @Test(
    "the first record that is not as it was written is named",
    arguments: [
      ("UPDATE audit SET body = replace(body, 'step:3', 'step:9') WHERE number = 3", 3),
      ("UPDATE audit SET hash = zeroblob(32) WHERE number = 2", 2), ("DELETE FROM audit WHERE number = 4", 4),
      ("DELETE FROM audit WHERE number = 1", 1), ("DELETE FROM audit WHERE number = 5", 5),
      ("UPDATE audit SET body = body || ' ' WHERE number = 5", 5),
      ("UPDATE audit SET number = 7 WHERE number = 5", 5), ("DELETE FROM audit", 1),
      ("DELETE FROM audit WHERE number = 5; UPDATE audit_head SET number = 4", 4),
    ] as [(String, Int64)])
  func tampered(sql: String, number: Int64) throws {
    try inFolder { store, thief throws in
      try thief.write { try $0.execute(sql: sql) }
      let (head, broken) = try store.verifyAudit()
      #expect(broken?.number == number)
      #expect(head.number <= number)
    }
  }

  @Test("a chain that was written anew as a whole is told by a head that was noted before")
  func rewritten() throws {
    try inFolder { store, thief throws in
      let noted = try store.verifyAudit().head
      try thief.write { db in
        let rows = try String.fetchAll(db, sql: "SELECT body FROM audit ORDER BY number")
        var hash = [UInt8](repeating: 0, count: 32)
        for (index, row) in rows.enumerated() {
          let body = row.replacing("step:3", with: "step:9")
          hash = JSONDigest(hashing: hash + Array(body.utf8)).bytes
          try db.execute(
            sql: "UPDATE audit SET body = ?, hash = ? WHERE number = ?", arguments: [body, Data(hash), index + 1])
        }
        try db.execute(sql: "UPDATE audit_head SET hash = ?", arguments: [Data(hash)])
      }
      #expect(try store.verifyAudit().broken == nil)
      #expect(try store.verifyAudit(noted: noted).broken?.number == 5)
    }
  }

  @Test(
    "the database itself refuses to change or delete a record",
    arguments: ["DELETE FROM audit", "UPDATE audit SET body = ''"])
  func append(sql: String) throws {
    let folder = NSTemporaryDirectory() + "plumb-audit-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try ServerStore(directory: folder)
    try store.change(.system, "test.step", at: 1) { _, _ in }
    #expect(throws: (any Error).self) { try store.note { try $0.execute(sql: sql) } }
  }

  @Test("a change that fails leaves neither itself nor its record")
  func together() throws {
    try inFolder { store, _ throws in
      #expect(throws: Problem.self) {
        try store.change(.system, "test.fail", at: 9) { db, _ in
          try db.execute(sql: "INSERT INTO setup VALUES (1, x'00')")
          throw Problem(.conflict)
        }
      }
      #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM setup") } == 0)
      #expect(try store.verifyAudit().head.number == 5)
    }
  }

  @Test("a change of another store is told before it is made, and once more where it fails")
  func elsewhere() async throws {
    let folder = NSTemporaryDirectory() + "plumb-audit-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = try ServerStore(directory: folder)
    let before = try await store.tell(.system, "exemption.create", at: 1, target: "exemption:1") {
      try store.auditRecords().count
    }
    #expect(before == 1)
    await #expect(throws: Problem.self) {
      try await store.tell(.system, "exemption.delete", at: 2, target: "exemption:1") { throw Problem(.conflict) }
    }
    let actions = try store.auditRecords().compactMap { $0.root["action"]?.string }
    #expect(actions == ["exemption.delete.failed", "exemption.delete", "exemption.create"])
  }

  @Test("nobody else on the machine reads what the server keeps")
  func modes() throws {
    let folder = NSTemporaryDirectory() + "plumb-audit-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let store = try ServerStore(directory: folder)
    try store.change(.system, "test.step", at: 1) { _, _ in }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(name)")
    }
  }

  @Test("secrets are not told, whatever they lie in")
  func masked() throws {
    let draft = JSONDraft.object([
      ("name", .string("prod")), ("clientSecret", .string("s1")),
      ("nested", .array([.object([("Password", .string("s2")), ("secret", .null)])])),
      (
        "document",
        .value(try JSONDocument.parse(#"{"a":[{"api_key":"s5"},{"apiKey":"s3"}],"connectionString":"s4"}"#).root)
      ),
    ])
    let text = AuditRecord.masked(draft).document().root.text
    #expect(!["s1", "s2", "s3", "s4", "s5"].contains(where: text.contains))
    #expect(text.contains("prod") && text.contains(#""secret":null"#))
  }

  @Test("what was done is told: who, what, when, from where, before and after")
  func told() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let user = try await server.user("user", [.viewer])
      _ = try await admin.send(.PATCH, "/api/v1/users/\(user.user)", json: #"{"roles":["analyst"]}"#)
      let page = try await admin.send(.GET, "/api/v1/audit?action=user.update&by=admin").json()
      let record = try #require(page["items"]?[0])
      #expect(page["items"]?.count == 1)
      #expect(record["by"]?["name"]?.string == "admin" && record["address"]?.string == "127.0.0.1")
      #expect(record["target"]?.string == "user:" + user.user)
      #expect(record["before"]?["roles"]?.text == #"["viewer"]"#)
      #expect(record["after"]?["roles"]?.text == #"["analyst"]"#)
      #expect(try await user.send(.GET, "/api/v1/audit").status == 403)

      // Pages go on where the one before ended.
      var numbers: [Int64] = []
      var next = ""
      repeat {
        let page = try await admin.send(.GET, "/api/v1/audit?limit=2\(next)").json()
        numbers += (page["items"] ?? .null).elements.compactMap { $0["number"]?.int64 }
        next = page["next"]?.int64.map { "&before=\($0)" } ?? ""
      } while !next.isEmpty
      #expect(numbers == Array((1...Int64(numbers.count)).reversed()))
    }
  }
}
