// SPDX-License-Identifier: Apache-2.0
import JSON
import NIOHTTP1
import Server
import Testing

@Suite struct HealthTests {
  @Test("healthz and readyz answer whoever asks", arguments: ["/healthz", "/readyz"])
  func answers(path: String) async throws {
    try await TestServer.with { server async throws in
      let answer = try await server.send(.GET, path)
      #expect(answer.status == 200)
      let status = try answer.json()["status"]?.string
      #expect(["ok", "ready"].contains(status))
    }
  }

  @Test("metrics want a sign-in")
  func metricsAreGuarded() async throws {
    try await TestServer.with { server async throws in
      let answer = try await server.send(.GET, "/metrics")
      #expect(answer.status == 401)
    }
  }
}
