// SPDX-License-Identifier: Apache-2.0
internal import KQL
internal import Synchronization

/// Token buckets by name: each holds a minute's worth and fills evenly.
final class RateLimiter: Sendable {
  private struct Bucket {
    var left: Double
    var time: Int64
  }

  private let perMinute: Double
  private let buckets = Mutex<[String: Bucket]>([:])
  /// Full buckets are forgotten beyond this many.
  private static let most = 50_000

  init(perMinute: Int) { self.perMinute = Double(perMinute) }

  /// Takes one. Returns nil, or the seconds until there is one again.
  func take(_ name: String, now: Int64) -> Int? {
    buckets.withLock { buckets in
      if buckets.count > Self.most {
        buckets = buckets.filter { refilled($0.value, now) < perMinute }
        // Nobody has that many at once but an attacker: all start anew rather than fill the memory.
        if buckets.count > Self.most { buckets = [:] }
      }
      var bucket = buckets[name] ?? Bucket(left: perMinute, time: now)
      bucket.left = refilled(bucket, now)
      bucket.time = now
      defer { buckets[name] = bucket }
      guard bucket.left >= 1 else { return Int(((1 - bucket.left) * 60 / perMinute).rounded(.up)) }
      bucket.left -= 1
      return nil
    }
  }

  private func refilled(_ bucket: Bucket, _ now: Int64) -> Double {
    let seconds = Double(max(0, now - bucket.time)) / Double(DateTime.ticksPerSecond)
    return min(perMinute, bucket.left + seconds * perMinute / 60)
  }
}
