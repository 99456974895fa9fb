// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import HTTPTypes
import JSON
import NIOCore
import NIOHTTP1
import Server
import Testing

@Suite struct RequestTests {
  @Test("an unsafe request of a session needs its token, in a header or in the form")
  func csrf() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      let other = try await server.user("other", [.viewer])
      let body = #"{"name":"t","permissions":["account"]}"#
      for wrong in ["", "wrong", other.csrf] {
        #expect(try await admin.send(.POST, "/api/v1/tokens", json: body, csrf: wrong).status == 403)
      }
      #expect(try await admin.send(.POST, "/api/v1/tokens", json: body).status == 201)
      #expect(try await admin.send(.POST, "/sign-out", form: "csrf=wrong", csrf: "").status == 403)
      let out = try await admin.send(.POST, "/sign-out", form: "csrf=\(admin.csrf)", csrf: "")
      #expect(out.status == 303 && out.headers["location"] == ["/sign-in"])
      #expect(out.headers["set-cookie"].first?.contains("Max-Age=0") == true)
    }
  }

  @Test(
    "a form of another site is refused, signed in or not",
    arguments: [
      ("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"),
      ("sec-fetch-site", "same-site"),
    ])
  func origin(header: (String, String)) async throws {
    try await TestServer.with { server async throws in
      _ = try await server.setUp()
      let form = "name=admin&password=\(TestServer.password.replacing(" ", with: "+"))"
      #expect(try await server.send(.POST, "/sign-in", headers: [header], form: form).status == 403)
      let own = [("origin", server.base), ("sec-fetch-site", "same-origin")]
      let answer = try await server.send(.POST, "/sign-in", headers: own, form: form)
      #expect(answer.status == 303 && answer.headers["location"] == ["/"])
    }
  }

  @Test(
    "after signing in one stays on this server",
    arguments: ["//evil.example", "https://evil.example", "/\\evil", "/a%0d"])
  func openRedirect(next: String) async throws {
    try await TestServer.with { server async throws in
      _ = try await server.setUp()
      let form = "name=admin&password=\(TestServer.password.replacing(" ", with: "+"))&next=\(next)"
      let answer = try await server.send(.POST, "/sign-in", form: form)
      #expect(answer.headers["location"] == ["/"])
    }
  }

  @Test("a host that is not ours is not answered")
  func host() async throws {
    try await TestServer.with {
      $0.publicURL = "https://posture.example.com"
    } _: { server async throws in
      func status(_ host: String) async throws -> Int {
        try await server.send(.GET, "/healthz", headers: [("host", host)]).status
      }
      #expect(try await status("evil.example") == 421)
      #expect(try await status("localhost.evil.example:80") == 421)
      #expect(try await status("Posture.example.com") == 200)
      #expect(try await status("localhost:1") == 200)
    }
  }

  @Test(
    "every answer carries the headers that keep browsers safe", arguments: ["/healthz", "/nowhere", "/api/v1/users"])
  func headers(path: String) async throws {
    try await TestServer.with { server async throws in
      let headers = try await server.send(.GET, path).headers
      let policy = try #require(headers["content-security-policy"].first)
      #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
      for (name, value) in [
        ("x-content-type-options", "nosniff"), ("x-frame-options", "DENY"), ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"), ("cache-control", "no-store"),
      ] { #expect(headers[name] == [value]) }
      #expect(headers["x-request-id"].first?.count == 16)
      #expect(headers["strict-transport-security"].isEmpty)
    }
  }

  @Test("whatever is wrong is told as a problem, without the server's inside")
  func problems() async throws {
    struct Inside: Error { let secret = "swordfish" }
    let endpoints = [
      Endpoint(.get, "/test/fail", .anyone, "Fails") { _ in throw Inside() },
      Endpoint(.post, "/test/small", .anyone, "Takes little", bodyLimit: 10) { _ in .noContent },
      Endpoint(.get, "/test/slow", .anyone, "Takes long", timeout: .milliseconds(50)) { _ in
        try await Task.sleep(for: .seconds(600))
        return .noContent
      },
    ]
    try await TestServer.with(endpoints: endpoints) { server async throws in
      func check(_ status: Int, _ answer: TestAnswer) throws {
        #expect(answer.status == status)
        #expect(answer.headers["content-type"] == ["application/problem+json"])
        let problem = try answer.json()
        #expect(problem["status"]?.int64 == Int64(status))
        #expect(problem["requestId"]?.string == answer.headers["x-request-id"].first)
        #expect(!answer.text.contains("swordfish"))
      }
      try check(404, try await server.send(.GET, "/nowhere"))
      try check(404, try await server.send(.GET, "/healthz/..%2f..%2fetc%2fpasswd"))
      let method = try await server.send(.PUT, "/healthz", body: [])
      try check(405, method)
      #expect(method.headers["allow"] == ["GET, HEAD"])
      try check(413, try await server.send(.POST, "/test/small", body: [UInt8](repeating: 1, count: 11)))
      #expect(try await server.send(.POST, "/test/small", body: [UInt8](repeating: 1, count: 10)).status == 204)
      try check(414, try await server.send(.GET, "/" + String(repeating: "a", count: 9000)))
      let long = String(repeating: "a", count: 15_000)
      try check(431, try await server.send(.GET, "/healthz", headers: [("x-a", long), ("x-b", long)]))
      try check(500, try await server.send(.GET, "/test/fail"))
      try check(503, try await server.send(.GET, "/test/slow"))
      try check(400, try await server.send(.POST, "/api/v1/session", json: "{"))
      try check(
        415, try await server.send(.POST, "/api/v1/session", headers: [("content-type", "text/xml")], body: [60]))
      // The log has what the client is not told.
      #expect(server.log.all.contains { $0.contains("swordfish") })
    }
  }

  @Test("a body without a length is counted as it comes")
  func chunked() async throws {
    let endpoint = Endpoint(.post, "/test/small", .anyone, "Takes little", bodyLimit: 100) { _ in .noContent }
    try await TestServer.with(endpoints: [endpoint]) { server async throws in
      var request = HTTPClientRequest(url: server.base + "/test/small")
      request.method = .POST
      let parts = (0..<50).map { _ in [UInt8](repeating: 1, count: 10) }
      request.body = .stream(
        AsyncStream { continuation in
          for part in parts { continuation.yield(.init(bytes: part)) }
          continuation.finish()
        }, length: .unknown)
      let response = try await server.client.execute(request, timeout: .seconds(60))
      #expect(response.status == .payloadTooLarge)
    }
  }

  @Test("a principal has so many requests in a minute, and others theirs")
  func rates() async throws {
    try await TestServer.with {
      $0.requestsPerMinute = 4
    } _: { server async throws in
      let admin = try await server.setUp()
      let other = try await server.user("other", [.viewer])
      for _ in 0..<4 { #expect(try await other.send(.GET, "/api/v1/session").status == 200) }
      let answer = try await other.send(.GET, "/api/v1/session")
      #expect(answer.status == 429 && answer.headers["retry-after"] == ["15"])
      #expect(try await admin.send(.GET, "/api/v1/session").status == 200)
      server.clock.advance(seconds: 15)
      #expect(try await other.send(.GET, "/api/v1/session").status == 200)
    }
  }

  @Test("HEAD is GET without its body, and words of paths have no case")
  func routes() async throws {
    let rest = Endpoint(.get, "/test/{first}/files/{rest...}", .anyone, "Echo") { call in
      .bytes(Array("\(call.path("first"))|\(call.path("rest"))|\(call.query("q") ?? "")".utf8), type: "text/plain")
    }
    try await TestServer.with(endpoints: [rest]) { server async throws in
      let head = try await server.send(.HEAD, "/HealthZ")
      #expect(head.status == 200 && head.body.isEmpty)
      let echo = try await server.send(.GET, "/TEST/a%2Fb/Files/c/d%20e?q=1%2B2+3&q=4")
      #expect(echo.text == "a/b|c/d e|1+2 3")
    }
  }

  @Test("a stream comes as it is written")
  func stream() async throws {
    let endpoint = Endpoint(.get, "/test/stream", .anyone, "Counts") { _ in
      .stream(type: "text/plain") { write in for number in 0..<2000 { try await write(Array("\(number)\n".utf8)) } }
    }
    try await TestServer.with(endpoints: [endpoint]) { server async throws in
      let text = try await server.send(.GET, "/test/stream").text
      #expect(text == (0..<2000).map { "\($0)\n" }.joined())
    }
  }

  @Test("neither log nor metrics tell a secret, and both tell what was asked")
  func telling() async throws {
    try await TestServer.with { server async throws in
      let admin = try await server.setUp()
      _ = try await server.signIn("admin", "not the password")
      let made = try await admin.send(
        .POST, "/api/v1/tokens?token=inquery", json: #"{"name":"t","permissions":["metrics"]}"#)
      let secret = try #require(try made.json()["secret"]?.string)
      let metrics = try await server.send(.GET, "/metrics", headers: [("authorization", "Bearer \(secret)")]).text
      #expect(metrics.contains(#"plumb_http_requests_total{method="POST",route="/api/v1/tokens",status="201"} 1"#))
      #expect(metrics.contains(#"plumb_http_request_seconds_bucket{route="/api/v1/tokens",le="+Inf"} 1"#))
      let log = server.log.all.joined()
      #expect(log.contains(#""route":"/api/v1/tokens""#))
      let secrets = [
        secret, TestServer.password, "not the password", admin.csrf, String(admin.cookie.dropFirst(6)), "inquery",
      ]
      for text in secrets { #expect(!log.contains(text) && !metrics.contains(text)) }
    }
  }
}
