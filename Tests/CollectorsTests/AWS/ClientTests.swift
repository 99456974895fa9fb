// SPDX-License-Identifier: Apache-2.0
import Inventory
import JSON
import Synchronization
import Testing

@testable import Collectors

/// The client against a server on a bad day.
@Suite(.timeLimit(.minutes(10))) struct ClientTests {
  private func withClient<R>(
    _ answers: [ScriptedServer.Answer], timeout: Double = 5, attempts: Int = 4,
    _ body: (AWSClient, ScriptedServer) async throws -> R
  ) async throws -> R {
    let server = try await ScriptedServer(answers)
    let transport = HTTPTransport()
    var settings = AWSClient.Settings()
    settings.requestTimeout = timeout
    settings.retry.attempts = attempts
    settings.retry.base = 0.01
    let client = AWSClient(
      transport: transport, credentials: CredentialProvider(AWSCredentials(accessKey: "a", secretKey: "b")),
      endpoints: AWSEndpoints(environment: ["AWS_ENDPOINT_URL": server.url]), settings: settings)
    let result: Result<R, any Error>
    do { result = .success(try await body(client, server)) } catch { result = .failure(error) }
    await transport.shutdown()
    try await server.stop()
    return try result.get()
  }

  private static let good = ScriptedServer.Answer.reply(200, [], #"{"TableNames":["t"]}"#)

  @Test func waitsAsLongAsItIsTold() async throws {
    let model = try WireTests.model("dynamodb")
    try await withClient([.reply(429, [("retry-after", "1")], "{}"), Self.good]) { client, server in
      let answer = try await client.call(model, "ListTables", region: "us-east-1")
      #expect(answer["TableNames"]?.count == 1)
      let times = server.times
      #expect(times.count == 2)
      #expect(times[0].duration(to: times[1]) >= .seconds(1))
    }
  }

  @Test(arguments: [(1, 1), (2, 2), (nil, 4)])
  func aHostThatCannotBeReachedIsTriedAsOftenAsTheCallerSays(_ given: Int?, _ expected: Int) async throws {
    let model = try WireTests.model("dynamodb")
    let transport = HTTPTransport()
    var settings = AWSClient.Settings()
    settings.retry.attempts = 4
    settings.retry.base = 0.01
    let client = AWSClient(
      transport: transport, credentials: CredentialProvider(AWSCredentials(accessKey: "a", secretKey: "b")),
      endpoints: AWSEndpoints(environment: ["AWS_ENDPOINT_URL": "http://127.0.0.1:9"]), settings: settings)
    let failure = await #expect(throws: AWSFailure.self) {
      try await client.call(model, "ListTables", region: "us-east-1", networkAttempts: given)
    }
    await transport.shutdown()
    #expect(failure?.reason == .network)
    #expect(client.callCount == expected)
  }

  @Test(arguments: [
    ScriptedServer.Answer.cut, .reply(503, [], "busy"), .reply(200, [], "{\"a\":"),
    .reply(400, [], #"{"__type":"ThrottlingException"}"#),
  ])
  func asksAgainAfter(_ fault: ScriptedServer.Answer) async throws {
    let model = try WireTests.model("dynamodb")
    try await withClient([fault, fault, Self.good]) { client, _ in
      let answer = try await client.call(model, "ListTables", region: "us-east-1")
      #expect(answer["TableNames"]?.count == 1)
      #expect(client.callCount == 3)
    }
  }

  @Test(arguments: [
    (
      ScriptedServer.Answer.reply(400, [], #"{"__type":"AccessDeniedException","message":"no"}"#),
      CoverageGap.Reason.accessDenied, 1
    ),
    (.reply(404, [], "<!doctype html><html></html>"), .notImplemented, 1),
    (.reply(500, [], "<!doctype html><html></html>"), .notImplemented, 2),
    (.reply(200, [], "no json"), .malformed, 4),
    (.cut, .network, 4),
    (.silence, .timeout, 4),
  ]) func saysWhyThereIsNoAnswer(_ answer: ScriptedServer.Answer, _ reason: CoverageGap.Reason, _ calls: Int)
    async throws
  {
    let model = try WireTests.model("dynamodb")
    try await withClient([answer], timeout: 0.2) { client, _ in
      let failure = await #expect(throws: AWSFailure.self) {
        try await client.call(model, "ListTables", region: "us-east-1")
      }
      #expect(failure?.reason == reason)
      #expect(client.callCount == calls)
    }
  }

  @Test func anAccountThatOnlyThrottlesIsLeftAlone() async throws {
    let model = try WireTests.model("dynamodb")
    try await withClient([.reply(400, [], #"{"__type":"ThrottlingException"}"#)], attempts: 2) { client, _ in
      var codes: [String?] = []
      for _ in 0..<4 {
        let failure = await #expect(throws: AWSFailure.self) {
          try await client.call(model, "ListTables", region: "us-east-1")
        }
        codes.append(failure?.code)
      }
      #expect(codes == ["ThrottlingException", "ThrottlingException", "ThrottlingException", "AccountThrottled"])
      #expect(client.callCount == 6)
      #expect(client.isExhausted)
    }
  }

  @Test func readsToTheLastPage() async throws {
    let model = try WireTests.model("dynamodb")
    let first = ScriptedServer.Answer.reply(200, [], #"{"TableNames":["a"],"LastEvaluatedTableName":"a"}"#)
    try await withClient([first, Self.good]) { client, _ in
      let answer = try await client.whole(model, "ListTables", input: .emptyObject, region: "us-east-1", deadline: nil)
      #expect(answer["TableNames"]?.text == #"["a","t"]"#)
    }
  }

  @Test func aTokenThatComesAgainIsAFailure() async throws {
    let model = try WireTests.model("dynamodb")
    let page = ScriptedServer.Answer.reply(200, [], #"{"TableNames":["a"],"LastEvaluatedTableName":"a"}"#)
    try await withClient([page]) { client, _ in
      let failure = await #expect(throws: AWSFailure.self) {
        try await client.whole(model, "ListTables", input: .emptyObject, region: "us-east-1", deadline: nil)
      }
      #expect(failure?.code == "RepeatedToken")
      #expect(client.callCount == 2)
    }
  }

  @Test func theBucketSlowsDownAndRecovers() {
    let bucket = TokenBucket(rate: 100, burst: 1)
    let now = ContinuousClock.now
    #expect(bucket.take(now: now) == .zero)
    #expect(bucket.take(now: now) > .zero)
    bucket.throttled()
    #expect(bucket.rate == 50)
    for _ in 0..<100 { bucket.succeeded() }
    #expect(bucket.rate == 100)
  }
}
