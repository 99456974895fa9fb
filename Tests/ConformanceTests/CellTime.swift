// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Readings of the times that a documentation table or an emulator's answer shows, in ticks of 100 ns.
enum CellTime {
  // Compiled once; NSRegularExpression is safe to use from several threads.
  private static let iso = pattern(
    #"^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?)?\s*(Z|\+00:?00)?\s*$"#
  )
  private static let american = pattern(
    #"^\s*(\d{1,2})/(\d{1,2})/(\d{4})(?:,? (\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*(AM|PM|am|pm)?)?\s*$"#)
  private static let mail = pattern(
    #"^\s*(?:\w{3}, )?(\d{1,2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2})(?: GMT)?\s*$"#)
  private static let span = pattern(#"^\s*(-)?(?:(\d+)[.:])?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*$"#)
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func pattern(_ text: String) -> NSRegularExpression? { try? NSRegularExpression(pattern: text) }

  private static func groups(_ expression: NSRegularExpression?, _ text: String) -> [String?]? {
    let whole = NSRange(text.startIndex..., in: text)
    guard let match = expression?.firstMatch(in: text, range: whole) else { return nil }
    return (0..<match.numberOfRanges).map { Range(match.range(at: $0), in: text).map { String(text[$0]) } }
  }

  private static func integer(_ text: String?) -> Int { text.flatMap(Int.init) ?? 0 }

  /// Seven digits of a second's fraction.
  private static func fraction(_ text: String?) -> Int { integer(String(((text ?? "") + "0000000").prefix(7))) }

  private static func ticks(_ year: Int, _ month: Int, _ day: Int, _ clock: (Int, Int, Int), _ fraction: Int) -> Int? {
    let lengths = [
      31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]
    guard (1...9999).contains(year), (1...12).contains(month), (1...lengths[month - 1]).contains(day) else {
      return nil
    }
    let before = year - 1
    let days = before * 365 + before / 4 - before / 100 + before / 400 + lengths[..<(month - 1)].reduce(0, +) + day
    return (days * 86_400 + clock.0 * 3600 + clock.1 * 60 + clock.2) * 10_000_000 + fraction
  }

  static func datetime(_ text: String) -> Int? {
    guard text.utf8.count <= 64, text.utf8.contains(where: { $0 &- 0x30 < 10 }) else { return nil }
    if let part = groups(iso, text) {
      return ticks(
        integer(part[1]), integer(part[2]), integer(part[3]), (integer(part[4]), integer(part[5]), integer(part[6])),
        fraction(part[7]))
    }
    if let part = groups(american, text) {
      var hour = integer(part[4])
      if let half = part[8] { hour = hour % 12 + (half.lowercased() == "pm" ? 12 : 0) }
      return ticks(
        integer(part[3]), integer(part[1]), integer(part[2]), (hour, integer(part[5]), integer(part[6])),
        fraction(part[7]))
    }
    if let part = groups(mail, text), let month = months.firstIndex(of: part[2] ?? "") {
      return ticks(
        integer(part[3]), month + 1, integer(part[1]), (integer(part[4]), integer(part[5]), integer(part[6])), 0)
    }
    return nil
  }

  static func timespan(_ text: String) -> Int? {
    guard text.utf8.count <= 40, let part = groups(span, text), integer(part[2]) < 20_000_000 else { return nil }
    let seconds = integer(part[2]) * 86_400 + integer(part[3]) * 3600 + integer(part[4]) * 60 + integer(part[5])
    let value = seconds * 10_000_000 + fraction(part[6])
    return part[1] == nil ? value : -value
  }
}
