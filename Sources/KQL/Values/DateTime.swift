// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Instants as ticks of 100 ns since 0001-01-01T00:00:00Z, the resolution and range of Kusto.
package enum DateTime {
  package static let ticksPerSecond: Int64 = 10_000_000
  package static let ticksPerDay: Int64 = 864_000_000_000
  /// Ticks of 1970-01-01.
  package static let unixEpoch: Int64 = 621_355_968_000_000_000
  /// Ticks of 9999-12-31T23:59:59.9999999.
  package static let max: Int64 = 3_155_378_975_999_999_999

  package struct Parts: Sendable {
    package var year, month, day, hour, minute, second: Int
    package var fraction: Int64
  }

  /// Days from 0001-01-01 to a civil date (Howard Hinnant's days_from_civil, shifted).
  package static func days(year: Int, month: Int, day: Int) -> Int64 {
    let y = Int64(month <= 2 ? year - 1 : year)
    let era = (y >= 0 ? y : y - 399) / 400
    let yoe = y - era * 400
    let doy = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy
    return era * 146_097 + doe - 306
  }

  package static func parts(_ ticks: Int64) -> Parts {
    let day = floorDiv(ticks, ticksPerDay)
    // Wraps and comes back where ticks are far outside the calendar.
    var rest = ticks &- day &* ticksPerDay
    let z = day + 306
    let era = floorDiv(z, 146_097)
    let doe = z - era * 146_097
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
    let mp = (5 * doy + 2) / 153
    let d = Int(doy - (153 * mp + 2) / 5 + 1)
    let m = Int(mp < 10 ? mp + 3 : mp - 9)
    let y = Int(yoe + era * 400) + (m <= 2 ? 1 : 0)
    let fraction = rest % ticksPerSecond
    rest /= ticksPerSecond
    return Parts(
      year: y, month: m, day: d, hour: Int(rest / 3600), minute: Int(rest / 60 % 60), second: Int(rest % 60),
      fraction: fraction)
  }

  package static func ticks(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, fraction: Int64 = 0
  ) -> Int64? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= daysInMonth(year, month),
      (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
    else { return nil }
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    return days(year: year, month: month, day: day) * ticksPerDay + seconds * ticksPerSecond + fraction
  }

  package static func daysInMonth(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The time of the machine's clock.
  package static func wallClock() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return unixEpoch + Int64(time.tv_sec) * ticksPerSecond + Int64(time.tv_nsec) / 100
  }

  package static func inRange(_ ticks: Int64) -> Int64? { (0...max).contains(ticks) ? ticks : nil }

  /// `2026-01-02T03:04:05.0000000Z`
  package static func text(_ ticks: Int64) -> String {
    let p = parts(ticks)
    return "\(pad(p.year, 4))-\(pad(p.month, 2))-\(pad(p.day, 2))T\(pad(p.hour, 2)):\(pad(p.minute, 2)):"
      + "\(pad(p.second, 2)).\(pad(Int(p.fraction), 7))Z"
  }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  /// Reads RFC 822 and RFC 850: `Sat, 8 Nov 2014 15:05:02 GMT`, `Saturday, 08-Nov-14 15:05:02 UTC`, and without a day of
  /// the week, a time or a zone.
  private static func named(_ text: String) -> Int64? {
    var words = text.split { $0 == " " || $0 == "," || $0 == "-" }.map { $0.lowercased() }
    guard text.utf8.count < 64, !words.isEmpty else { return nil }
    let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    if weekdays.contains(where: words[0].hasPrefix) { words.removeFirst() }
    if let last = words.last, ["gmt", "utc", "z"].contains(last) { words.removeLast() }
    guard words.count == 3 || words.count == 4, let day = Int(words[0]), words[1].count >= 3,
      let month = months.firstIndex(where: words[1].hasPrefix), var year = Int(words[2])
    else { return nil }
    if words[2].count <= 2 { year += year < 50 ? 2000 : 1900 }
    let clock = words.count == 4 ? words[3] : "0:0"
    let parts = clock.split(separator: ":").map { Int($0) }
    guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1],
      let second = parts.count == 3 ? parts[2] : 0
    else { return nil }
    return ticks(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
  }

  /// Reads ISO 8601 in the forms that Kusto takes: a year, a date, with time to the tick, with `Z` or an offset.
  package static func parse(_ text: String) -> Int64? {
    var reader = TextReader(text)
    reader.skipSpaces()
    let year: Int
    let month: Int
    let day: Int
    if let first = reader.digits(4, 4) {
      year = first
      if reader.atEnd { return ticks(year: year, month: 1, day: 1) }
      guard reader.takeDateSeparator(), let second = reader.digits(1, 2) else { return nil }
      month = second
      if reader.atEnd { return ticks(year: year, month: month, day: 1) }
      guard reader.takeDateSeparator(), let third = reader.digits(1, 2) else { return nil }
      day = third
    } else {
      // 02/17/2016 08:40:01, as logs of American programs have it.
      guard let first = reader.digits(1, 2), reader.takeDateSeparator(), let second = reader.digits(1, 2),
        reader.takeDateSeparator(), let third = reader.digits(4, 4)
      else { return named(text) }
      (year, month, day) = (third, first, second)
    }
    var hour = 0
    var minute = 0
    var second = 0
    var fraction: Int64 = 0
    reader.takeTimeSeparator()
    if let h = reader.digits(1, 2) {
      hour = h
      guard reader.take(":"), let m = reader.digits(1, 2) else { return nil }
      minute = m
      if reader.take(":") {
        guard let s = reader.digits(1, 2) else { return nil }
        second = s
        if reader.take(".") || reader.take(",") { fraction = reader.fraction() }
      }
      reader.skipSpaces()
      if let isAfternoon = reader.half() {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (isAfternoon ? 12 : 0)
      }
    }
    var offset: Int64 = 0
    reader.skipSpaces()
    if reader.take("Z") || reader.take("z") {
    } else if let sign = reader.sign() {
      guard let h = reader.digits(1, 2) else { return nil }
      _ = reader.take(":")
      offset = sign * Int64(h * 60 + (reader.digits(2, 2) ?? 0)) * 60 * ticksPerSecond
    }
    reader.skipSpaces()
    guard reader.atEnd,
      let value = ticks(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second, fraction: fraction)
    else { return nil }
    return inRange(value - offset)
  }

  package static func addMonths(_ ticks: Int64, _ months: Int64) -> Int64? {
    let p = parts(ticks)
    let (total, overflow) = Int64(p.year * 12 + p.month - 1).addingReportingOverflow(months)
    guard !overflow, (12..<120_000).contains(total) else { return nil }
    let (year, month) = (Int(total / 12), Int(total % 12) + 1)
    let start = days(year: year, month: month, day: min(p.day, daysInMonth(year, month))) * ticksPerDay
    return inRange(start + ticks - floorDiv(ticks, ticksPerDay) * ticksPerDay)
  }

  @inline(__always) package static func floorDiv(_ a: Int64, _ b: Int64) -> Int64 {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    return remainder != 0 && (remainder < 0) != (b < 0) ? quotient - 1 : quotient
  }

  static func pad(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return text.utf8.count >= width ? text : String(repeating: "0", count: width - text.utf8.count) + text
  }
}

/// Durations as ticks of 100 ns.
package enum TimeSpan {
  /// `[-][d.]hh:mm:ss[.fffffff]`
  package static func text(_ ticks: Int64) -> String {
    let magnitude = ticks.magnitude
    let days = Int(magnitude / 864_000_000_000)
    let seconds = Int(magnitude / 10_000_000 % 86_400)
    let fraction = Int(magnitude % 10_000_000)
    var text = ticks < 0 ? "-" : ""
    if days > 0 { text += "\(days)." }
    text += [seconds / 3600, seconds / 60 % 60, seconds % 60].map { DateTime.pad($0, 2) }.joined(separator: ":")
    if fraction > 0 { text += "." + DateTime.pad(fraction, 7) }
    return text
  }

  /// Reads `1.02:03:04.5`, `02:03`, a number of days, or a literal such as `90d` or `1.5h`.
  package static func parse(_ text: String) -> Int64? {
    let text = trimSpaces(text)
    if let ticks = literal(text) { return ticks }
    var reader = TextReader(text)
    let negative = reader.take("-")
    guard var first = reader.digits(1, 8) else { return nil }
    var days = 0
    if reader.atEnd { return scaled(Double(first) * (negative ? -1 : 1), 864_000_000_000) }
    if reader.take(".") {
      days = first
      guard let hour = reader.digits(1, 2) else { return nil }
      first = hour
    }
    guard reader.take(":"), let minute = reader.digits(1, 2), first < 24, minute < 60 else { return nil }
    var second = 0
    var fraction: Int64 = 0
    if reader.take(":") {
      guard let s = reader.digits(1, 2), s < 60 else { return nil }
      second = s
      if reader.take(".") { fraction = reader.fraction() }
    }
    guard reader.atEnd, days < 10_000_000 else { return nil }
    let ticks = Int64(days * 86_400 + first * 3600 + minute * 60 + second) * 10_000_000 + fraction
    return negative ? -ticks : ticks
  }

  /// Reads a number with a unit: `2d`, `1.5h`, `30min`, `10s`, `5ms`, `3microsecond`, `7tick`.
  package static func literal(_ text: String) -> Int64? {
    let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    guard !number.isEmpty, let value = Double(number),
      let unit = units[String(text[number.endIndex...].drop { $0 == " " })]
    else {
      return nil
    }
    return scaled(value, unit)
  }

  package static func scaled(_ value: Double, _ unit: Double) -> Int64? { Int64(exactly: (value * unit).rounded()) }

  package static let units: [String: Double] = [
    "d": 864e9, "day": 864e9, "days": 864e9, "h": 36e9, "hr": 36e9, "hrs": 36e9, "hour": 36e9, "hours": 36e9,
    "m": 6e8, "min": 6e8, "minute": 6e8, "minutes": 6e8, "s": 1e7, "sec": 1e7, "second": 1e7, "seconds": 1e7,
    "ms": 1e4, "milli": 1e4, "millis": 1e4, "millisecond": 1e4, "milliseconds": 1e4, "micro": 10, "micros": 10,
    "microsecond": 10, "microseconds": 10, "nanosecond": 0.01, "nanoseconds": 0.01, "tick": 1, "ticks": 1,
  ]

  static func trimSpaces(_ text: String) -> String {
    let front = text.drop { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard let last = front.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\n" && $0 != "\r" }) else { return "" }
    return String(front[...last])
  }
}

/// Reads small fixed forms from a text.
struct TextReader {
  private let bytes: [UInt8]
  private var at = 0
  init(_ text: String) { bytes = Array(text.utf8) }
  var atEnd: Bool { at >= bytes.count }

  mutating func skipSpaces() { while at < bytes.count, bytes[at] == 0x20 { at += 1 } }
  mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard at < bytes.count, UInt32(bytes[at]) == byte.value else { return false }
    at += 1
    return true
  }
  mutating func takeTimeSeparator() { if !take("T") && !take("t") { skipSpaces() } }
  mutating func takeDateSeparator() -> Bool {
    skipSpaces()
    guard take("-") || take("/") || take(",") else { return false }
    skipSpaces()
    return true
  }
  /// AM or PM.
  mutating func half() -> Bool? {
    guard at + 1 < bytes.count, bytes[at + 1] | 0x20 == 0x6D else { return nil }
    let letter = bytes[at] | 0x20
    guard letter == 0x61 || letter == 0x70 else { return nil }
    at += 2
    return letter == 0x70
  }
  mutating func digits(_ least: Int, _ most: Int) -> Int? {
    var value = 0
    var count = 0
    let start = at
    while count < most, at < bytes.count, bytes[at] &- 0x30 < 10 {
      value = value * 10 + Int(bytes[at] - 0x30)
      at += 1
      count += 1
    }
    if count >= least { return value }
    at = start
    return nil
  }
  mutating func sign() -> Int64? { take("+") ? 1 : take("-") ? -1 : nil }
  /// A fraction of a second in ticks; digits past the seventh are dropped.
  mutating func fraction() -> Int64 {
    var value: Int64 = 0
    var count = 0
    while at < bytes.count, bytes[at] &- 0x30 < 10 {
      if count < 7 { value = value * 10 + Int64(bytes[at] - 0x30) }
      count += 1
      at += 1
    }
    while count < 7 {
      value *= 10
      count += 1
    }
    return value
  }
}
