// SPDX-License-Identifier: Apache-2.0
internal import Specs
internal import Synchronization

/// At most so many at once; the others wait in order.
package final class Gate: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
    var head = 0
  }
  private let state: Mutex<State>

  package init(_ count: Int) { state = Mutex(State(free: max(1, count))) }

  package func enter() async {
    let entered = state.withLock { state in
      guard state.free > 0 else { return false }
      state.free -= 1
      return true
    }
    if entered { return }
    await withCheckedContinuation { continuation in
      let entered = state.withLock { state in
        if state.free > 0 {
          state.free -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if entered { continuation.resume() }
    }
  }

  package func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.head < state.waiting.count else {
        state.free += 1
        return nil
      }
      let next = state.waiting[state.head]
      state.head += 1
      if state.head > 64, state.head * 2 > state.waiting.count {
        state.waiting.removeFirst(state.head)
        state.head = 0
      }
      return next
    }
    next?.resume()
  }
}

/// A token bucket that slows down when the other side says so: halved by a throttling answer, restored by good ones.
package final class TokenBucket: Sendable {
  private struct State {
    var rate: Double
    var tokens: Double
    var last: ContinuousClock.Instant
    /// No token is to be used before.
    var held: ContinuousClock.Instant
  }
  private let state: Mutex<State>
  private let top: Double
  private let burst: Double
  private let bottom = 2.0

  /// - Parameters:
  ///   - rate: calls per second while all is well.
  ///   - burst: calls that may go at once after a pause.
  package init(rate: Double, burst: Double) {
    top = rate
    self.burst = burst
    state = Mutex(State(rate: rate, tokens: burst, last: .now, held: .now))
  }

  /// Takes a token; returns how long to wait before using it.
  func take(now: ContinuousClock.Instant = .now) -> Duration {
    state.withLock { state in
      let passed = state.last.duration(to: now).seconds
      state.tokens = min(burst, state.tokens + max(0, passed) * state.rate)
      state.last = now
      state.tokens -= 1
      let wait: Duration = state.tokens >= 0 ? .zero : .seconds(-state.tokens / state.rate)
      return max(wait, now.duration(to: state.held))
    }
  }

  package func acquire() async throws {
    var wait = take()
    while wait > .zero {
      try await Task.sleep(for: wait)
      // A server may have asked for a pause since.
      wait = state.withLock { ContinuousClock.now.duration(to: $0.held) }
    }
  }

  /// Nobody takes a token for so long, as a server asked.
  package func hold(for seconds: Double) {
    let until = ContinuousClock.now + .seconds(seconds)
    state.withLock { $0.held = max($0.held, until) }
  }

  package func throttled() { state.withLock { $0.rate = max(bottom, $0.rate / 2) } }

  package func succeeded() {
    state.withLock { if $0.rate < top { $0.rate = min(top, $0.rate * 1.05 + 0.1) } }
  }

  var rate: Double { state.withLock { $0.rate } }
}

extension Duration {
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// How often and after how long a failed call is tried again.
package struct RetryPolicy: Sendable {
  package var attempts = 8
  package var base = 0.1
  package var cap = 20.0
  /// A server may ask for a longer pause than this; the call then fails as throttled rather than blocking the scan.
  package var longestRetryAfter = 120.0

  package init() {}

  /// Full jitter: anywhere between 0 and the exponential bound.
  package func pause(attempt: Int) -> Double {
    Double.random(in: 0...min(cap, base * Double(1 << min(attempt, 12))))
  }

  /// Seconds that a `Retry-After` header asks for: a number of seconds, or a date.
  package static func retryAfter(_ text: String?, now: Double) -> Double? {
    guard let text else { return nil }
    if let seconds = Double(text), seconds.isFinite { return max(0, seconds) }
    guard let date = CivilTime(http: text) else { return nil }
    // A date has whole seconds: the moment it names has passed at its end at the latest.
    return max(0, Double(date.epoch) - now)
  }
}
