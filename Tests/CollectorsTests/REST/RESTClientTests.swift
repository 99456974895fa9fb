// SPDX-License-Identifier: Apache-2.0
import Inventory
import JSON
import Synchronization
import Testing

@testable import Collectors

@Suite struct RESTClientTests {
  private func client(
    _ answers: [ScriptedServer.Answer], _ body: (RESTClient, ScriptedServer) async throws -> Void
  ) async throws {
    let server = try await ScriptedServer(answers)
    let transport = HTTPTransport()
    let count = Counter()
    var settings = RESTClient.Settings()
    settings.requestTimeout = 5
    settings.retry.attempts = 4
    let tokens = BearerTokens { _ in BearerToken(value: "t\(count.next())", expires: 4e9, origin: "test") }
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(RESTClient(transport: transport, tokens: tokens, settings: settings), server))
    } catch {
      result = .failure(error)
    }
    await transport.shutdown()
    try await server.stop()
    try result.get()
  }

  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
  }

  @Test func aThrottledCallWaitsAsLongAsItIsTold() async throws {
    try await client([.reply(429, [("Retry-After", "1")], "{}"), .reply(200, [], #"{"a":1}"#)]) { client, server in
      let answer = try await client.send(.init(url: server.url + "/x", audience: "a", account: "s"))
      #expect(answer.document.root["a"]?.int64 == 1)
      let times = server.times
      #expect(times[0].duration(to: times[1]) >= .seconds(1))
    }
  }

  @Test func aRefusedTokenIsRenewedOnce() async throws {
    let refused = ScriptedServer.Answer.reply(
      401, [], #"{"error":{"code":"InvalidAuthenticationToken","message":"x"}}"#)
    try await client([refused, .reply(200, [], "{}")]) { client, server in
      _ = try await client.send(.init(url: server.url + "/x", audience: "a", account: "s"))
      #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer t1", "Bearer t2"])
    }
    try await client([refused]) { client, server in
      let failure = await #expect(throws: APIFailure.self) {
        _ = try await client.send(.init(url: server.url + "/x", audience: "a", account: "s"))
      }
      #expect(failure?.reason == .accessDenied && failure?.code == "InvalidAuthenticationToken")
      #expect(server.requests.count == 2)
    }
  }

  @Test func aTokenThatRunsOutOnTheWayIsRenewedAsOftenAsCallsAreTried() async throws {
    let expired = ScriptedServer.Answer.reply(
      401, [], #"{"error":{"code":"ExpiredAuthenticationToken","message":"x"}}"#)
    try await client([expired, expired, expired, .reply(200, [], "{}")]) { client, server in
      _ = try await client.send(.init(url: server.url + "/x", audience: "a", account: "s"))
      #expect(server.requests.map { $0.headers["authorization"] } == (1...4).map { "Bearer t\($0)" })
    }
    try await client([expired]) { client, server in
      let failure = await #expect(throws: APIFailure.self) {
        _ = try await client.send(.init(url: server.url + "/x", audience: "a", account: "s"))
      }
      #expect(failure?.reason == .accessDenied && failure?.code == "ExpiredAuthenticationToken")
      #expect(server.requests.count == 1 + 4)
    }
  }

  @Test func aTokenThatIsRefusedAfterAWaitIsRenewedAgain() async throws {
    let refused = ScriptedServer.Answer.reply(401, [], #"{"error":{"code":401,"status":"UNAUTHENTICATED"}}"#)
    let busy = ScriptedServer.Answer.reply(503, [("Retry-After", "0")], "{}")
    try await client([refused, busy, refused, .reply(200, [], "{}")]) { client, server in
      _ = try await client.send(.init(url: server.url + "/x", audience: "a", account: "s"))
      #expect(server.requests.map { $0.headers["authorization"] } == [1, 2, 2, 3].map { "Bearer t\($0)" })
    }
  }

  @Test(arguments: [
    (
      403, #"{"error":{"code":"AuthorizationFailed","message":"no"}}"#, CoverageGap.Reason.accessDenied,
      "AuthorizationFailed"
    ),
    (403, #"{"error":{"code":403,"message":"m","status":"PERMISSION_DENIED"}}"#, .accessDenied, "PERMISSION_DENIED"),
    (404, "<html>none</html>", .notImplemented, "HTTP404"),
    (404, #"{"error":{"code":"NotFound"}}"#, .error, "NotFound"),
    (400, #"{"error":"invalid_grant","error_description":"d"}"#, .error, "invalid_grant"),
  ])
  func answersThatAreErrorsSayWhatTheyAre(
    _ status: Int, _ body: String, _ reason: CoverageGap.Reason, _ code: String
  ) async throws {
    try await client([.reply(status, [], body)]) { client, server in
      let failure = await #expect(throws: APIFailure.self) {
        _ = try await client.send(.init(url: server.url + "/x", audience: nil, account: "s"))
      }
      #expect(failure?.reason == reason && failure?.code == code)
      #expect(server.requests.count == 1)
    }
  }

  @Test func whatIsCutShortIsAskedAgain() async throws {
    try await client([.cut, .reply(200, [], #"{"value":[1,"#), .reply(200, [], #"{"value":[1]}"#)]) { client, server in
      let answer = try await client.send(.init(url: server.url + "/x", audience: nil, account: "s"))
      #expect(answer.document.root["value"]?.count == 1)
      #expect(server.requests.count == 3)
    }
  }

  @Test(arguments: [("00:00:05", 5.0), ("01:00:00", 3600), ("x", nil), (nil, nil)] as [(String?, Double?)])
  func spansOfTheQuotaAreRead(_ text: String?, _ seconds: Double?) {
    #expect(ResourceGraph.seconds(text) == seconds)
  }
}
