// SPDX-License-Identifier: Apache-2.0

extension DateTime {
  /// Reads `2026-07-01T00:00:00.1234567Z` (a blank for the T, no fraction or no Z too); nil for every other form, which
  /// `parse` of a text may still know. For columns of files: no text is made.
  static func parse(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    func number(_ from: Int, _ count: Int) -> Int? {
      var value = 0
      for index in from..<from + count {
        let digit = bytes[index] &- 0x30
        if digit > 9 { return nil }
        value = value &* 10 &+ Int(digit)
      }
      return value
    }
    guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54 || bytes[10] == 0x20,
      bytes[13] == 0x3A, bytes[16] == 0x3A, let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2), year >= 1,
      (1...12).contains(month), (1...daysInMonth(year, month)).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    var at = 19
    var fraction: Int64 = 0
    if at < bytes.count, bytes[at] == 0x2E {
      at += 1
      var scale: Int64 = 1_000_000
      let start = at
      while at < bytes.count, bytes[at] &- 0x30 < 10 {
        fraction += Int64(bytes[at] - 0x30) * scale
        scale /= 10
        at += 1
      }
      if at == start { return nil }
    }
    if at < bytes.count, bytes[at] == 0x5A { at += 1 }
    guard at == bytes.count else { return nil }
    let seconds = (days(year: year, month: month, day: day) * 24 + Int64(hour)) * 3600 + Int64(minute * 60 + second)
    return seconds * 10_000_000 + fraction
  }
}
