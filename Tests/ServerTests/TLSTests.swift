// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOHTTP1
import Server
import Testing

@Suite struct TLSTests {
  @Test("over TLS the server speaks HTTP/2, and its cookie travels over TLS only")
  func http2() async throws {
    let folder = NSTemporaryDirectory() + "plumb-tls-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let trust = try TLSTrust(in: folder)
    try await TestServer.with({ $0.tls = (trust.certificate, trust.key) }, trusting: trust) { server async throws in
      #expect(server.base.hasPrefix("https://"))
      let health = try await server.send(.GET, "/healthz")
      #expect(health.status == 200 && health.version == .http2)
      #expect(health.headers["strict-transport-security"].first?.hasPrefix("max-age=") == true)
      let admin = try await server.setUp()
      #expect(admin.cookie.hasPrefix("__Host-plumb="))
      let answer = try await server.signIn("admin")
      let field = try #require(answer.headers["set-cookie"].first)
      #expect(field.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"))
      #expect(try await admin.send(.GET, "/api/v1/session").status == 200)
      // The name that is used without TLS is no session here.
      let plain = ("cookie", admin.cookie.replacing("__Host-", with: ""))
      #expect(try await server.send(.GET, "/api/v1/session", headers: [plain]).status == 401)
      let missing = try await server.send(.GET, "/nowhere")
      #expect(missing.status == 404 && missing.version == .http2)
    }
  }

  @Test("behind a proxy the address is the one that the proxy saw")
  func proxy() async throws {
    try await TestServer.with {
      $0.behindProxy = true
    } _: { server async throws in
      _ = try await server.send(.GET, "/healthz", headers: [("x-forwarded-for", "1.2.3.4, 203.0.113.9")])
      #expect(server.log.all.contains { $0.contains(#""address":"203.0.113.9""#) })
    }
    try await TestServer.with { server async throws in
      _ = try await server.send(.GET, "/healthz", headers: [("x-forwarded-for", "203.0.113.9")])
      #expect(!server.log.all.contains { $0.contains("203.0.113.9") })
    }
  }
}
