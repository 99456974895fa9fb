// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Content
import Foundation
import HTTPTypes
import Inventory
import JSON
import KQL
import Logging
import NIOCore
import Server
import ServiceLifecycle
import Synchronization
import Testing

/// A clock that tests move.
final class TestClock: Sendable {
  private let ticks = Mutex<Int64>(DateTime.unixEpoch + 1_800_000_000 * DateTime.ticksPerSecond)
  var now: Int64 { ticks.withLock { $0 } }
  func advance(seconds: Int64) { ticks.withLock { $0 += seconds * DateTime.ticksPerSecond } }
}

/// A server on a port of its own with a new folder of data.
struct TestServer: Sendable {
  let base: String
  let services: Services
  let clock: TestClock
  let client: HTTPClient
  let log: LogLines

  /// Runs a server while `body` uses it.
  ///
  /// - Parameters:
  ///   - directory: nil for a new folder, which is removed at the end.
  ///   - endpoints: beside `served`.
  static func with<R: Sendable>(
    directory: String? = nil, content: ContentLibrary = ContentLibrary(), clock: TestClock = TestClock(),
    endpoints: [Endpoint] = [], served: [Endpoint] = Routes.all,
    _ change: (inout ServerSettings) -> Void = { _ in }, trusting: TLSTrust? = nil,
    _ body: @escaping @Sendable (TestServer) async throws -> R
  ) async throws -> R {
    try await with(
      directory: directory, content: content, clock: clock, endpoints: endpoints, served: served, change,
      trusting: trusting,
      stoppable: { server, _ in try await body(server) })
  }

  /// - Parameter body: is given what tells the server to stop.
  static func with<R: Sendable>(
    directory: String? = nil, content: ContentLibrary = ContentLibrary(), clock: TestClock = TestClock(),
    endpoints: [Endpoint] = [], served: [Endpoint] = Routes.all,
    _ change: (inout ServerSettings) -> Void = { _ in }, trusting: TLSTrust? = nil,
    stoppable body: @escaping @Sendable (TestServer, _ stop: @Sendable () async -> Void) async throws -> R
  ) async throws -> R {
    let folder = directory ?? NSTemporaryDirectory() + "plumb-server-\(UUID().uuidString)"
    defer { if directory == nil { try? FileManager.default.removeItem(atPath: folder) } }
    var settings = ServerSettings()
    settings.port = 0
    settings.passwordCost = 10
    settings.drainSeconds = 5
    change(&settings)
    let log = LogLines()
    let logger = Logger(label: "test") { label in
      JSONLogHandler(label: label, level: .info, clock: { clock.now }, write: { log.append($0) })
    }
    let services = Services(
      settings: settings, inventory: try Store(directory: folder), content: content,
      store: try ServerStore(directory: folder), logger: logger, clock: { clock.now }, version: "0.0.0")
    let server = WebServer(services, endpoints: served + endpoints)
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    if let trusting { configuration.tlsConfiguration = trusting.configuration }
    configuration.timeout = .init(connect: .seconds(30), read: .seconds(300))
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let (bases, announce) = AsyncStream.makeStream(of: String.self)
    let result = await Result {
      try await withThrowingTaskGroup(of: R?.self) { group in
        let running = ServiceGroup(
          configuration: .init(
            services: [Running { try await server.run { announce.yield($0) } }], logger: Logger(label: "group")))
        group.addTask {
          defer { announce.finish() }
          try await running.run()
          return nil
        }
        group.addTask {
          guard let base = await bases.first(where: { _ in true }) else { throw NeverReady() }
          return try await body(
            TestServer(base: base, services: services, clock: clock, client: client, log: log),
            { await running.triggerGracefulShutdown() })
        }
        defer { group.cancelAll() }
        var result: R?
        while let done = try await group.next() {
          guard let done else { continue }
          result = done
          // However a test ends, the server has to end by itself.
          await running.triggerGracefulShutdown()
        }
        guard let result else { throw NeverReady() }
        return result
      }
    }
    try await client.shutdown()
    return try result.get()
  }

  struct NeverReady: Error {}

  private struct Running: Service {
    let body: @Sendable () async throws -> Void
    func run() async throws { try await body() }
  }
}

extension Result where Failure == any Error {
  init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}

/// What was logged.
final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])
  func append(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
  var all: [String] { lines.withLock { $0 } }
}
