// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Work split over the cores. Parts are handed out in contiguous ranges, so that what is put together from the parts in
/// their order is the same in every run.
package enum Workers {
  /// How many run at once: the cores of the machine.
  static let count: Int = {
    keepMemory()
    return max(1, activeCores())
  }()

  /// Columns of a block are a few hundred kilobytes, made and let go again and again. glibc would map each anew and let
  /// the kernel clear it, which costs a fifth of a scan and keeps the workers waiting for each other.
  private static func keepMemory() {
    #if canImport(Glibc)
      // The module of glibc leaves mallopt out. -3 is M_MMAP_THRESHOLD, -1 is M_TRIM_THRESHOLD.
      guard let symbol = dlsym(nil, "mallopt") else { return }
      let mallopt = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
      _ = (mallopt(-3, 4 << 20), mallopt(-1, 64 << 20))
    #endif
  }

  /// Gives memory that was let go of back to the system: for the end of a stage that needed much.
  package static func releaseMemory() {
    #if canImport(Glibc)
      guard let symbol = dlsym(nil, "malloc_trim") else { return }
      _ = unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
    #endif
  }

  private static func activeCores() -> Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// `body` over contiguous ranges of `0..<parts`, one per worker, results in the order of the ranges. The first error
  /// stops the others at their next part (`isStopped`).
  static func ranges<Result: Sendable>(
    of parts: Int, _ body: @Sendable (Range<Int>, Stop) throws -> Result
  ) throws -> [Result] {
    let stop = Stop()
    let workers = min(count, parts)
    if workers <= 1 { return parts == 0 ? [] : [try body(0..<parts, stop)] }
    let run = QueryRun.current
    let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      let range = parts * worker / workers..<parts * (worker + 1) / workers
      let result = Swift.Result { try QueryRun.$current.withValue(run) { try body(range, stop) } }
      if case .failure = result { stop.set() }
      results.withLock { $0[worker] = result }
    }
    let all = results.withLock { $0 }
    // The error that came first by position is the one that a single worker would have met, unless it only stopped.
    for worker in 0..<workers {
      if case .failure(let error)? = all[worker], !(error is Stopped) { throw error }
    }
    return try (0..<workers).compactMap { try all[$0]?.get() }
  }

  /// `body` for each of `0..<count`, results in order.
  package static func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) throws -> Result) throws -> [Result] {
    try ranges(of: count) { range, stop in
      var results: [Result] = []
      results.reserveCapacity(range.count)
      for index in range {
        try stop.check()
        results.append(try body(index))
      }
      return results
    }.flatMap { $0 }
  }

  struct Stopped: Error {}

  /// Tells the workers of one job that another has failed.
  final class Stop: Sendable {
    private let flag = Atomic<Bool>(false)
    func set() { flag.store(true, ordering: .relaxed) }
    func check() throws { if flag.load(ordering: .relaxed) { throw Stopped() } }
  }
}
