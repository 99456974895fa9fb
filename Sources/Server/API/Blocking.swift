// SPDX-License-Identifier: Apache-2.0
internal import NIOPosix

/// Work that waits for the disk: done on threads of its own, for those that answer requests are as many as cores.
enum Blocking {
  static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await NIOThreadPool.singleton.runIfActive(body)
  }
}
