// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import KQL
internal import NIOPosix
internal import Synchronization

/// Runs queries on threads of their own, so many at a time; the others wait in their order.
package final class QueryDesk: Sendable {
  /// How long a query may take and how much it may hold, at most and where it does not say.
  package struct Limits: Sendable {
    package var longest = Duration.seconds(120)
    package var usual = Duration.seconds(30)
    /// Bytes that the operators of one query may hold.
    package var memory = 256 << 20
    /// Rows that any step of a query may make.
    package var rows = 5_000_000
    /// Queries that wait or run.
    package var queue = 64

    package init() {}
  }

  package let limits: Limits
  private let waiting = Atomic<Int>(0)

  /// One for the process: so many threads work for queries, however many servers there are.
  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 2)
    pool.start()
    return pool
  }()

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// How many queries run or wait.
  package var load: Int { waiting.load(ordering: .relaxed) }

  /// Does `body` when its turn comes; it is to look at the cancellation, which comes when the client has gone away.
  func run<Result: Sendable>(_ body: @escaping @Sendable (Cancellation) throws -> Result) async throws -> Result {
    guard waiting.add(1, ordering: .relaxed).newValue <= limits.queue else {
      waiting.subtract(1, ordering: .relaxed)
      throw Problem(.serviceUnavailable, "Too many queries wait already; try again.", headers: [.retryAfter: "2"])
    }
    defer { waiting.subtract(1, ordering: .relaxed) }
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await Self.pool.runIfActive {
        if cancellation.isCancelled { throw KQLError(.cancelled, "the query was cancelled") }
        return try body(cancellation)
      }
    } onCancel: {
      cancellation.cancel()
    }
  }
}
