// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import KQL
import NIOHTTP1
import Testing

@testable import Server

@Suite struct OIDCTests {
  /// A server that leaves sign-in to a provider.
  private func with(_ body: @escaping @Sendable (TestServer, IdentityProvider) async throws -> Void) async throws {
    let clock = TestClock()
    let provider = IdentityProvider {
      Double(clock.now - DateTime.unixEpoch) / Double(DateTime.ticksPerSecond)
    }
    let (ready, announce) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await provider.run { announce.yield() }
        return false
      }
      group.addTask {
        _ = await ready.first { _ in true }
        var oidc = OIDCSettings(
          issuer: provider.base, client: "plumb", secret: "the-client-secret",
          roles: ["cloud": [.analyst], "bosses": [.administrator]])
        oidc.nameClaim = "name"
        let settings = oidc
        try await TestServer.with(clock: clock) {
          $0.oidc = settings
          $0.signInsPerMinute = 1000
        } _: { server async throws in
          try await body(server, provider)
        }
        return true
      }
      defer { group.cancelAll() }
      while let isDone = try await group.next() { if isDone { return } }
    }
  }

  /// The first half: the cookie of the flow, and what the provider is sent.
  private func begin(_ server: TestServer, next: String = "/findings?a=1") async throws -> (
    cookie: String, query: [String: String]
  ) {
    let answer = try await server.send(.GET, "/sign-in/oidc?next=" + URLText.encoded(next))
    try #require(answer.status == 303)
    let location = try #require(answer.headers["location"].first)
    let query = location.drop { $0 != "?" }.dropFirst()
    let cookie = String(try #require(answer.headers["set-cookie"].first).prefix { $0 != ";" })
    return (cookie, Dictionary(URLText.pairs(query).map { ($0.name, $0.value) }) { $1 })
  }

  private func finish(_ server: TestServer, code: String, state: String, cookie: String?) async throws -> TestAnswer {
    try await server.send(
      .GET, "/sign-in/oidc/callback?code=\(code)&state=\(state)", headers: cookie.map { [("cookie", $0)] } ?? [])
  }

  private func signIn(_ server: TestServer, _ provider: IdentityProvider) async throws -> TestAnswer {
    let (cookie, query) = try await begin(server)
    return try await finish(
      server, code: provider.authorize(query), state: query["state"] ?? "", cookie: cookie)
  }

  private func session(_ answer: TestAnswer) throws -> (String, String) {
    let fields = answer.headers["set-cookie"].filter { $0.hasPrefix("plumb=") }
    return ("cookie", String(try #require(fields.first).prefix { $0 != ";" }))
  }

  @Test("whoever the provider knows is signed in with the roles of their groups, and is one user each time")
  func signsIn() async throws {
    try await with { server, provider async throws in
      let first = try await signIn(server, provider)
      #expect(first.status == 303 && first.headers["location"] == ["/findings?a=1"])
      #expect(first.headers["set-cookie"].contains { $0.hasPrefix("plumb-oidc=;") && $0.contains("Max-Age=0") })
      let who = try await server.send(.GET, "/api/v1/session", headers: [try session(first)]).json()
      #expect(who["name"]?.string == "ada" && who["roles"]?.text == #"["analyst"]"#)

      provider.lie(.init(change: { $0.groups = ["bosses", "unknown"] }))
      let second = try await signIn(server, provider)
      let again = try await server.send(.GET, "/api/v1/session", headers: [try session(second)]).json()
      #expect(again["id"]?.string == who["id"]?.string && again["roles"]?.text == #"["administrator"]"#)
      // There is no password that would be theirs.
      #expect(try await server.signIn("ada").status == 401)
    }
  }

  @Test("what is sent to the provider has a challenge, a state and a nonce, and no secret")
  func request() async throws {
    try await with { server, _ async throws in
      let (_, one) = try await begin(server)
      let (_, two) = try await begin(server)
      #expect(one["response_type"] == "code" && one["code_challenge_method"] == "S256" && one["client_id"] == "plumb")
      #expect(one["redirect_uri"] == server.base + "/sign-in/oidc/callback")
      #expect(!one.values.contains("the-client-secret"))
      for name in ["state", "nonce", "code_challenge"] { #expect(one[name]?.count == 43 && one[name] != two[name]) }
    }
  }

  @Test("a name that a local user has is not taken over")
  func collision() async throws {
    try await with { server, provider async throws in
      let local = try await server.user("ada", [.administrator])
      let answer = try await signIn(server, provider)
      let who = try await server.send(.GET, "/api/v1/session", headers: [try session(answer)]).json()
      #expect(who["name"]?.string == "ada (subject-1)" && who["id"]?.string != local.user)
      #expect(who["roles"]?.text == #"["analyst"]"#)
    }
  }

  @Test(
    "a token that is not for us, not now, not of this flow, or not signed by the provider is refused",
    arguments: ["issuer", "audience", "expired", "future", "nonce", "key", "unsigned", "groups"])
  func lies(what: String) async throws {
    try await with { server, provider async throws in
      var lies = IdentityProvider.Lies()
      switch what {
      case "issuer": lies.change = { $0.iss = "https://evil.example" }
      case "audience": lies.change = { $0.aud = "another" }
      case "expired": lies.change = { $0.exp = $0.iat - 600 }
      case "future": lies.change = { $0.iat += 600 }
      case "nonce": lies.change = { $0.nonce = "of another flow" }
      case "key": lies.signsWithOther = true
      case "unsigned": lies.unsigned = true
      default: lies.change = { $0.groups = ["strangers"] }
      }
      provider.lie(lies)
      let answer = try await signIn(server, provider)
      #expect(answer.status == 403)
      #expect(!answer.headers["set-cookie"].contains { $0.hasPrefix("plumb=") })
    }
  }

  @Test(
    "a flow is finished once, in time, in the browser that began it",
    arguments: ["state", "cookie", "other", "late", "again"])
  func flow(what: String) async throws {
    try await with { server, provider async throws in
      let (cookie, query) = try await begin(server)
      let (code, state) = (provider.authorize(query), query["state"] ?? "")
      let answer: TestAnswer
      switch what {
      case "state": answer = try await finish(server, code: code, state: "another", cookie: cookie)
      case "cookie": answer = try await finish(server, code: code, state: state, cookie: nil)
      case "other":
        answer = try await finish(server, code: code, state: state, cookie: try await begin(server).cookie)
      case "late":
        server.clock.advance(seconds: 601)
        answer = try await finish(server, code: code, state: state, cookie: cookie)
      default:
        #expect(try await finish(server, code: code, state: state, cookie: cookie).status == 303)
        answer = try await finish(server, code: code, state: state, cookie: cookie)
      }
      #expect(answer.status == 403)
    }
  }

  @Test("the provider may change its keys")
  func rollover() async throws {
    try await with { server, provider async throws in
      #expect(try await signIn(server, provider).status == 303)
      provider.changeKey()
      server.clock.advance(seconds: 61)
      #expect(try await signIn(server, provider).status == 303)
    }
  }
}
