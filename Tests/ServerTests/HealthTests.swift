// SPDX-License-Identifier: Apache-2.0
import JSON
import NIOHTTP1
import Server
import Testing

@Suite struct HealthTests {
  @Test("healthz and readyz answer whoever asks", arguments: ["/healthz", "/readyz"])
  func answers(path: String) async throws {
    try await TestServer.with { server in
      let answer = try await server.send(.GET, path)
      #expect(answer.status == 200)
      #expect(try answer.json()["status"]?.string?.isEmpty == false)
    }
  }

  @Test("metrics want a sign-in")
  func metricsAreGuarded() async throws {
    try await TestServer.with { server in
      #expect(try await server.send(.GET, "/metrics").status == 401)
    }
  }
}
