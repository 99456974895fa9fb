// SPDX-License-Identifier: Apache-2.0
import KQL

/// An instant as options name it: `2026-01-31T12:00:00Z`, or `2d` for two days ago.
enum Moment {
  static func ticks(_ text: String, now: Int64, option: String = "--as-of") throws -> Int64 {
    if let ticks = DateTime.parse(text) { return ticks }
    if let span = TimeSpan.literal(text), span >= 0 { return now - span }
    throw UsageError("\(option) \(text): not a datetime such as 2026-01-31T12:00:00Z, nor a span such as 2d")
  }
}
