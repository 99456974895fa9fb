// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import NIOHTTP1
import Server
import Testing

@Suite struct SessionTests {
  @Test("the first administrator is made once, with the token that was printed")
  func setup() async throws {
    try await TestServer.with { server async throws in
      let token = try #require(try server.services.accounts.setupToken())
      func attempt(_ token: String) async throws -> Int {
        let body = #"{"token":"\#(token)","name":"admin","password":"correct horse battery"}"#
        return try await server.send(.POST, "/api/v1/setup", json: body).status
      }
      #expect(try await attempt("wrong") == 403)
      #expect(try await attempt(token) == 201)
      #expect(try await attempt(token) == 403)
      #expect(try server.services.accounts.setupToken() == nil)
    }
  }

  @Test(
    "a password is no name, and neither short nor endless",
    arguments: ["short", "admin", String(repeating: "x", count: 300)])
  func passwords(password: String) async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let body = #"{"name":"administrator","password":"\#(password)"}"#
      #expect(try await admin.send(.POST, "/api/v1/users", json: body).status == 422)
    }
  }

  @Test("the session's cookie is out of reach of scripts and other sites")
  func cookie() async throws {
    try await TestServer.with { server async throws in
      _ = try await server.setUp()
      let answer = try await server.signIn("ADMIN")
      let field = try #require(answer.headers["set-cookie"].first)
      #expect(field.hasPrefix("plumb=") && field.hasSuffix("; Path=/; HttpOnly; SameSite=Lax"))
    }
  }

  @Test("signing in makes the browser's earlier session void")
  func rotation() async throws {
    try await TestServer.with { server async throws in
      let first = try await server.setUp()
      let answer = try await server.send(
        .POST, "/api/v1/session", headers: [("cookie", first.cookie), ("x-csrf-token", first.csrf)],
        json: #"{"name":"admin","password":"\#(TestServer.password)"}"#)
      let second = try TestSession(server, answer)
      #expect(first.cookie != second.cookie)
      #expect(try await first.send(.GET, "/api/v1/session").status == 401)
      #expect(try await second.send(.GET, "/api/v1/session").status == 200)
    }
  }

  @Test("a session ends when it is not used, and at the latest after some hours")
  func expiry() async throws {
    try await TestServer.with { server async throws in
      let idle = try await server.setUp()
      let busy = try TestSession(server, try await server.signIn("admin"))
      for _ in 0..<23 {
        server.clock.advance(seconds: 30 * 60)
        #expect(try await busy.send(.GET, "/api/v1/session").status == 200)
      }
      #expect(try await idle.send(.GET, "/api/v1/session").status == 401)
      server.clock.advance(seconds: 31 * 60)
      #expect(try await busy.send(.GET, "/api/v1/session").status == 401)
    }
  }

  @Test("signing out ends one session, everywhere ends all")
  func signOut() async throws {
    try await TestServer.with { server async throws in
      let sessions = [
        try await server.setUp(), try TestSession(server, try await server.signIn("admin")),
        try TestSession(server, try await server.signIn("admin")),
      ]
      #expect(try await sessions[0].send(.DELETE, "/api/v1/session").status == 204)
      #expect(try await sessions[0].send(.GET, "/api/v1/session").status == 401)
      #expect(try await sessions[1].send(.GET, "/api/v1/session").status == 200)
      #expect(try await sessions[1].send(.DELETE, "/api/v1/session?everywhere=true").status == 204)
      for session in sessions { #expect(try await session.send(.GET, "/api/v1/session").status == 401) }
    }
  }

  @Test("who is disabled or gets another password is out at once, and the last administrator stays")
  func administration() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let user = try await server.user("user", [.viewer])
      #expect(try await admin.send(.PATCH, "/api/v1/users/\(user.user)", json: #"{"disabled":true}"#).status == 200)
      #expect(try await user.send(.GET, "/api/v1/session").status == 401)
      #expect(try await server.signIn("user").status == 401)
      for change in [#"{"disabled":true}"#, #"{"roles":["viewer"]}"#] {
        #expect(try await admin.send(.PATCH, "/api/v1/users/\(admin.user)", json: change).status == 409)
      }
      #expect(try await admin.send(.DELETE, "/api/v1/users/\(admin.user)").status == 409)

      let other = try TestSession(server, try await server.signIn("admin"))
      let body = #"{"current":"\#(TestServer.password)","password":"another horse battery"}"#
      #expect(try await admin.send(.PUT, "/api/v1/session/password", json: body).status == 204)
      #expect(try await admin.send(.GET, "/api/v1/session").status == 200)
      #expect(try await other.send(.GET, "/api/v1/session").status == 401)
      #expect(try await server.signIn("admin").status == 401)
      #expect(try await server.signIn("admin", "another horse battery").status == 200)
    }
  }

  @Test("whoever guesses has to wait, longer each time; the right password does not help meanwhile")
  func lockout() async throws {
    try await TestServer.with {
      $0.signInsPerMinute = 1000
    } _: { server async throws in
      _ = try await server.setUp()
      for _ in 0..<5 { #expect(try await server.signIn("admin", "a wrong password").status == 401) }
      let sixth = try await server.signIn("admin", TestServer.password)
      #expect(sixth.status == 429)
      #expect(sixth.headers["retry-after"].first.flatMap { Int($0) }.map { (1...16).contains($0) } == true)
      server.clock.advance(seconds: 16)
      #expect(try await server.signIn("admin", "a wrong password").status == 401)
      server.clock.advance(seconds: 16)
      #expect(try await server.signIn("admin").status == 429)
      server.clock.advance(seconds: 15)
      #expect(try await server.signIn("admin").status == 200)
    }
  }

  @Test("names that there are and names that there are not look alike")
  func enumeration() async throws {
    try await TestServer.with {
      $0.signInsPerMinute = 1000
    } _: { server async throws in
      _ = try await server.setUp()
      for _ in 0..<6 {
        let known = try await server.signIn("Admin", "a wrong password")
        let unknown = try await server.signIn("Nobody", "a wrong password")
        #expect(known.status == unknown.status)
        #expect(try known.json()["detail"]?.string == unknown.json()["detail"]?.string)
      }
    }
  }

  @Test("an address has few attempts in a minute, whatever names it tries")
  func attempts() async throws {
    try await TestServer.with {
      $0.signInsPerMinute = 3
    } _: { server async throws in
      for name in ["a", "b", "c"] { #expect(try await server.signIn(name).status == 401) }
      #expect(try await server.signIn("d").status == 429)
      server.clock.advance(seconds: 21)
      #expect(try await server.signIn("e").status == 401)
    }
  }

  @Test("sessions and tokens outlive the server")
  func restart() async throws {
    let folder = NSTemporaryDirectory() + "plumb-restart-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (cookie, secret) = try await TestServer.with(directory: folder) { server async throws in
      let admin = try await server.setUp()
      let made = try await admin.send(.POST, "/api/v1/tokens", json: #"{"name":"t","permissions":["account"]}"#)
      return (admin.cookie, try #require(try made.json()["secret"]?.string))
    }
    try await TestServer.with(directory: folder) { server async throws in
      for header in [("cookie", cookie), ("authorization", "Bearer " + secret)] {
        #expect(try await server.send(.GET, "/api/v1/session", headers: [header]).status == 200)
      }
    }
    // Neither is kept so that whoever reads the file could use it.
    for name in ["server.sqlite", "server.sqlite-wal"] {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      for text in [
        cookie.split(separator: "=")[1], secret.split(separator: "_", maxSplits: 2)[2], Substring(TestServer.password),
      ] {
        #expect(bytes.range(of: Data(text.utf8)) == nil, "\(name)")
      }
    }
  }
}
