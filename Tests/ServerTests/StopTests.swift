// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSON
import NIOHTTP1
import Server
import ServiceLifecycle
import Testing

@Suite struct StopTests {
  @Test("told to stop, the server finishes the requests that it has, and ends its streams")
  func drains() async throws {
    let (begun, announce) = AsyncStream.makeStream(of: Void.self)
    let (release, letGo) = AsyncStream.makeStream(of: Void.self)
    let slow = Endpoint(.get, "/test/slow", .anyone, "Waits to be let go") { _ in
      announce.yield()
      _ = await release.first { _ in true }
      return .json(.string("whole"))
    }
    let endless = Endpoint(.get, "/test/endless", .anyone, "Never ends by itself") { _ in
      .stream(type: "text/plain") { write in
        try await write(Array("begun\n".utf8))
        announce.yield()
        try await Task.sleep(for: .seconds(3600))
      }
    }
    try await TestServer.with(endpoints: [slow, endless]) {
      $0.drainSeconds = 60
    } stoppable: { server, stop async throws in
      async let answer = server.send(.GET, "/test/slow")
      async let stream = server.send(.GET, "/test/endless")
      var count = 0
      for await _ in begun {
        count += 1
        if count == 2 { break }
      }
      await stop()
      #expect(try await stream.text == "begun\n")
      letGo.yield()
      #expect(try await answer.text == #""whole""#)
    }
  }

  @Test("a request that does not end in time is cut off, and the server ends all the same")
  func cutsOff() async throws {
    let (begun, announce) = AsyncStream.makeStream(of: Void.self)
    let hung = Endpoint(.get, "/test/hung", .anyone, "Never answers", timeout: nil) { _ in
      announce.yield()
      try await Task.sleep(for: .seconds(3600))
      return .noContent
    }
    try await TestServer.with(endpoints: [hung]) {
      $0.drainSeconds = 1
    } stoppable: { server, stop async throws in
      async let answer = Result { try await server.send(.GET, "/test/hung") }
      _ = await begun.first { _ in true }
      await stop()
      #expect(await (try? answer.get().status) != 204)
    }
  }
}
