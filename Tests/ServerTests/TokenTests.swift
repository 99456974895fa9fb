// SPDX-License-Identifier: Apache-2.0
import JSON
import NIOHTTP1
import Server
import Testing

@Suite struct TokenTests {
  private func bearer(_ answer: TestAnswer) throws -> [(String, String)] {
    [("authorization", "Bearer " + (try #require(try answer.json()["secret"]?.string)))]
  }

  @Test("a token may what it was given, no more, and not for longer")
  func scopes() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let made = try await admin.send(
        .POST, "/api/v1/tokens", json: #"{"name":"prometheus","permissions":["metrics"],"days":1}"#)
      #expect(made.status == 201)
      let token = try bearer(made)
      #expect(try await server.send(.GET, "/metrics", headers: token).status == 200)
      #expect(try await server.send(.GET, "/api/v1/users", headers: token).status == 403)
      let listed = try await admin.send(.GET, "/api/v1/tokens")
      #expect(!listed.text.contains("secret"))
      server.clock.advance(seconds: 86_401)
      #expect(try await server.send(.GET, "/metrics", headers: token).status == 401)
    }
  }

  @Test("a token acts as its user: it may no more than that one does now")
  func follows() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let user = try await server.user("user", [.analyst])
      #expect(
        try await user.send(.POST, "/api/v1/tokens", json: #"{"name":"t","permissions":["users"]}"#).status == 403)
      let token = try bearer(
        try await user.send(.POST, "/api/v1/tokens", json: #"{"name":"t","permissions":["account","scan"]}"#))
      let before = try await server.send(.GET, "/api/v1/session", headers: token).json()["permissions"]?.text
      #expect(before == #"["account","scan"]"#)
      _ = try await admin.send(.PATCH, "/api/v1/users/\(user.user)", json: #"{"roles":["viewer"]}"#)
      let after = try await server.send(.GET, "/api/v1/session", headers: token).json()["permissions"]?.text
      #expect(after == #"["account"]"#)
      _ = try await admin.send(.PATCH, "/api/v1/users/\(user.user)", json: #"{"disabled":true}"#)
      #expect(try await server.send(.GET, "/api/v1/session", headers: token).status == 401)
    }
  }

  @Test("a token makes no other and changes no password; nobody deletes another's")
  func limits() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let made = try await admin.send(
        .POST, "/api/v1/tokens", json: #"{"name":"t","permissions":["account","users"]}"#)
      let token = try bearer(made)
      let id = try #require(try made.json()["id"]?.string)
      let another = try await server.send(
        .POST, "/api/v1/tokens", headers: token, json: #"{"name":"u","permissions":["account"]}"#)
      #expect(another.status == 403)
      let password = try await server.send(
        .PUT, "/api/v1/session/password", headers: token,
        json: #"{"current":"\#(TestServer.password)","password":"another horse battery"}"#)
      #expect(password.status == 403)
      let user = try await server.user("user", [.viewer])
      #expect(try await user.send(.DELETE, "/api/v1/tokens/\(id)").status == 404)
      #expect(try await admin.send(.DELETE, "/api/v1/tokens/\(id)").status == 204)
      #expect(try await server.send(.GET, "/api/v1/session", headers: token).status == 401)
    }
  }

  @Test("a secret that is nearly right is wrong", arguments: ["last", "id", "cut", "empty"])
  func tampered(how: String) async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let made = try await admin.send(.POST, "/api/v1/tokens", json: #"{"name":"t","permissions":["account"]}"#)
      let secret = try #require(try made.json()["secret"]?.string)
      let wrong =
        switch how {
        case "last": String(secret.dropLast()) + (secret.hasSuffix("A") ? "B" : "A")
        case "id": secret.replacing("plumb_", with: "plumb_x")
        case "cut": String(secret.dropLast(5))
        default: ""
        }
      let answer = try await server.send(.GET, "/api/v1/session", headers: [("authorization", "Bearer \(wrong)")])
      #expect(answer.status == 401)
    }
  }
}
