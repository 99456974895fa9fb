// SPDX-License-Identifier: Apache-2.0

/// UTC calendar time from seconds since 1970, and back, without Foundation's calendars.
package struct CivilTime: Sendable, Equatable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int

  package init(epoch: Int64) {
    let days = epoch >= 0 ? epoch / 86400 : (epoch - 86399) / 86400
    let rest = Int(epoch - days * 86400)
    hour = rest / 3600
    minute = rest / 60 % 60
    second = rest % 60
    // Howard Hinnant's civil_from_days: eras of 400 years that begin on 1 March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1)
    month = Int(monthIndex < 10 ? monthIndex + 3 : monthIndex - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
      (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// Seconds since 1970.
  package var epoch: Int64 {
    let years = Int64(month <= 2 ? year - 1 : year)
    let era = (years >= 0 ? years : years - 399) / 400
    let yearOfEra = years - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (era * 146_097 + dayOfEra - 719_468) * 86400 + Int64(hour * 3600 + minute * 60 + second)
  }

  private static func append(_ value: Int, _ width: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(48 + value / divisor % 10))
      divisor /= 10
    }
  }

  /// `20260102T030405Z`, as signatures have it.
  package var compact: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    Self.append(year, 4, to: &bytes)
    Self.append(month, 2, to: &bytes)
    Self.append(day, 2, to: &bytes)
    bytes.append(0x54)
    Self.append(hour, 2, to: &bytes)
    Self.append(minute, 2, to: &bytes)
    Self.append(second, 2, to: &bytes)
    bytes.append(0x5A)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `2026-01-02T03:04:05Z`, with milliseconds where they are not 0.
  package func iso(milliseconds: Int = 0) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    Self.append(year, 4, to: &bytes)
    bytes.append(0x2D)
    Self.append(month, 2, to: &bytes)
    bytes.append(0x2D)
    Self.append(day, 2, to: &bytes)
    bytes.append(0x54)
    Self.append(hour, 2, to: &bytes)
    bytes.append(0x3A)
    Self.append(minute, 2, to: &bytes)
    bytes.append(0x3A)
    Self.append(second, 2, to: &bytes)
    if milliseconds > 0 {
      bytes.append(0x2E)
      Self.append(milliseconds, 3, to: &bytes)
    }
    bytes.append(0x5A)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `Tue, 15 Nov 1994 08:12:31 GMT`, as HTTP has it.
  package var http: String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let days = epoch >= 0 ? epoch / 86400 : (epoch - 86399) / 86400
    // 1970 began on a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(((days % 7) + 7) % 7)]
    return "\(weekday), \(two(day)) \(Self.months[month - 1]) \(year) \(two(hour)):\(two(minute)):\(two(second)) GMT"
  }

  /// Reads an HTTP date: `Tue, 15 Nov 1994 08:12:31 GMT`.
  package init?(http text: String) {
    let parts = text.split(separator: " ")
    guard parts.count >= 5, let day = Int(parts[1]), let year = Int(parts[3]),
      let month = Self.months.firstIndex(of: String(parts[2]))
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3 else { return nil }
    self.init(year: year, month: month + 1, day: day, hour: clock[0], minute: clock[1], second: clock[2])
  }

  /// Reads `2026-01-02T03:04:05Z` with fractions and offsets; the result is UTC.
  package static func parse(iso text: some StringProtocol) -> (time: CivilTime, milliseconds: Int)? {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ length: Int) -> Int? {
      guard start + length <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[start..<start + length] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54 || bytes[10] == 0x20,
      let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
      let minute = number(14, 2), let second = number(17, 2),
      let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    var at = 19
    var milliseconds = 0
    if at < bytes.count, bytes[at] == 0x2E {
      at += 1
      var weight = 100
      while at < bytes.count, bytes[at] >= 48, bytes[at] <= 57 {
        milliseconds += Int(bytes[at] - 48) * weight
        weight /= 10
        at += 1
      }
    }
    if at == bytes.count || (bytes[at] == 0x5A && at + 1 == bytes.count) { return (time, milliseconds) }
    guard bytes[at] == 0x2B || bytes[at] == 0x2D, let hours = number(at + 1, 2),
      let minutes = number(at + (bytes.count > at + 3 && bytes[at + 3] == 0x3A ? 4 : 3), 2)
    else { return nil }
    let offset = Int64(hours * 3600 + minutes * 60) * (bytes[at] == 0x2B ? -1 : 1)
    return (CivilTime(epoch: time.epoch + offset), milliseconds)
  }
}
