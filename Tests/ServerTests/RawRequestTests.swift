// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix
import Server
import Testing

/// Bytes as no well-behaved client sends them.
@Suite struct RawRequestTests {
  /// All that the server answers until it closes the connection.
  private func answer(_ server: TestServer, to text: String) async throws -> String {
    let port = try #require(server.base.split(separator: ":").last.flatMap { Int($0) })
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var answer = ""
      // A server that hangs up in the middle of what it is sent is an answer as well.
      do { for try await part in inbound { answer += String(buffer: part) } } catch is IOError {}
      return answer
    }
  }

  @Test(
    "a request of which one could read two is refused, and the connection ends",
    arguments: [
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdefGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\u{0}b\r\n\r\n",
      "GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n",
      "\u{16}\u{3}\u{1}\r\n\r\n",
    ])
  func smuggling(text: String) async throws {
    try await TestServer.with { server async throws in
      let answer = try await answer(server, to: text)
      #expect(!answer.contains("\"ok\""))
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
    }
  }

  @Test("header fields without end are cut off")
  func headers() async throws {
    try await TestServer.with { server async throws in
      for field in ["X: " + String(repeating: "a", count: 100_000), String(repeating: "X: a\r\n", count: 2000)] {
        let answer = try await answer(server, to: "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n\r\n")
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
      }
    }
  }

  @Test("a request without a host is not answered")
  func host() async throws {
    try await TestServer.with { server async throws in
      let answer = try await answer(server, to: "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 4"))
    }
  }
}
