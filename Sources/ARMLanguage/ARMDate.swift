// SPDX-License-Identifier: Apache-2.0

/// A moment with the offset and the fraction with which it was written.
package struct ARMDate: Sendable {
  /// Seconds since 1970, UTC.
  package var seconds: Int64
  /// 0 to 999,999,999.
  package var nanoseconds: Int64 = 0
  /// Digits of the fraction that were written.
  var digits = 0
  /// Seconds that the clock is ahead of UTC.
  var offset: Int64 = 0

  package init(seconds: Int64, nanoseconds: Int64 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Reads `2024-01-15T12:00:00.5+05:30`; the time, the fraction and the zone may be missing, T may be a space.
  package init?(_ text: String) {
    var scan = Scanner(Array(text.utf8))
    guard let year = scan.digits(4), scan.skip("-"), let month = scan.digits(2), scan.skip("-"),
      let day = scan.digits(2), (1...12).contains(month), day >= 1, day <= Self.days(of: month, year)
    else { return nil }
    var time: Int64 = 0
    if scan.skip("T") || scan.skip("t") || scan.skip(" ") {
      guard let hour = scan.digits(2), hour < 24, scan.skip(":"), let minute = scan.digits(2), minute < 60 else {
        return nil
      }
      time = hour * 3600 + minute * 60
      if scan.skip(":") {
        guard let second = scan.digits(2), second < 60 else { return nil }
        time += second
        if scan.skip(".") {
          guard let (value, count) = scan.fraction() else { return nil }
          nanoseconds = value
          digits = min(count, 7)
        }
      }
    }
    if !scan.skip("Z"), !scan.skip("z"), !scan.isAtEnd {
      guard let sign: Int64 = scan.skip("+") ? 1 : scan.skip("-") ? -1 : nil, let hours = scan.digits(2) else {
        return nil
      }
      _ = scan.skip(":")
      let minutes = scan.digits(2) ?? 0
      offset = sign * (hours * 3600 + minutes * 60)
    }
    guard scan.isAtEnd else { return nil }
    seconds = Self.daysSince1970(year, month, day) * 86_400 + time - offset
  }

  /// Reads digits and marks of a text.
  struct Scanner {
    let bytes: [UInt8]
    var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { at >= bytes.count }

    mutating func skip(_ mark: Character) -> Bool {
      guard at < bytes.count, bytes[at] == mark.asciiValue else { return false }
      at += 1
      return true
    }

    mutating func digits(_ count: Int) -> Int64? {
      guard at + count <= bytes.count else { return nil }
      var value: Int64 = 0
      for byte in bytes[at..<at + count] {
        guard byte &- 0x30 < 10 else { return nil }
        value = value * 10 + Int64(byte - 0x30)
      }
      at += count
      return value
    }

    mutating func fraction() -> (value: Int64, digits: Int)? {
      let start = at
      var value: Int64 = 0
      while at < bytes.count, bytes[at] &- 0x30 < 10 {
        if at - start < 9 { value = value * 10 + Int64(bytes[at] - 0x30) }
        at += 1
      }
      guard at > start else { return nil }
      for _ in 0..<max(0, 9 - (at - start)) { value *= 10 }
      return (value, at - start)
    }
  }

  // MARK: Calendar (proleptic Gregorian; the day count is that of H. Hinnant, "chrono-compatible low-level date
  // algorithms")

  static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func days(of month: Int64, _ year: Int64) -> Int64 {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  struct Civil {
    var (year, month, day): (Int64, Int64, Int64)
    var (hour, minute, second): (Int64, Int64, Int64)
    /// 0 is Sunday.
    var weekday: Int
  }

  func civil(offset: Int64) -> Civil {
    let local = seconds + offset
    let days = (local >= 0 ? local : local - 86_399) / 86_400
    let time = local - days * 86_400
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return Civil(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: dayOfYear - (153 * part + 2) / 5 + 1,
      hour: time / 3600, minute: time / 60 % 60, second: time % 60, weekday: Int(((days % 7) + 11) % 7))
  }

  // MARK: Durations

  /// A moment later, or earlier, by an ISO 8601 duration (`P1Y2M3DT4H5M6S`, `-P1W`); nil where it is none or leaves the
  /// years 1 to 9999.
  func adding(_ duration: String) -> ARMDate? {
    var scan = Scanner(Array(duration.uppercased().utf8))
    let sign: Int64 = scan.skip("-") ? -1 : 1
    if sign == 1 { _ = scan.skip("+") }
    guard scan.skip("P"), !scan.isAtEnd else { return nil }
    var (months, span, nanos): (Int64, Int64, Int64) = (0, 0, 0)
    var isTime = false
    while !scan.isAtEnd {
      if !isTime, scan.skip("T") {
        isTime = true
        if scan.isAtEnd { return nil }
      }
      var number: Int64 = 0
      var count = 0
      while let digit = scan.digits(1) {
        number = number * 10 + digit
        count += 1
        if count > 9 { return nil }
      }
      guard count > 0 else { return nil }
      if isTime, scan.skip(".") {
        guard let (value, _) = scan.fraction(), scan.skip("S") else { return nil }
        span += number
        nanos += value
      } else if isTime {
        if scan.skip("H") {
          span += number * 3600
        } else if scan.skip("M") {
          span += number * 60
        } else {
          guard scan.skip("S") else { return nil }
          span += number
        }
      } else if scan.skip("Y") {
        months += number * 12
      } else if scan.skip("M") {
        months += number
      } else if scan.skip("W") {
        span += number * 7 * 86_400
      } else {
        guard scan.skip("D") else { return nil }
        span += number * 86_400
      }
    }
    return moved(months: sign * months, seconds: sign * span, nanoseconds: sign * nanos)
  }

  func moved(months: Int64 = 0, seconds span: Int64 = 0, nanoseconds nanos: Int64 = 0) -> ARMDate? {
    var date = self
    if months != 0 {
      let now = civil(offset: offset)
      let all = now.year * 12 + now.month - 1 + months
      let year = (all >= 0 ? all : all - 11) / 12
      let month = all - year * 12 + 1
      let day = min(now.day, Self.days(of: month, year))
      date.seconds =
        Self.daysSince1970(year, month, day) * 86_400 + now.hour * 3600 + now.minute * 60 + now.second - offset
    }
    date.seconds += span
    date.nanoseconds += nanos
    if date.nanoseconds < 0 {
      date.nanoseconds += 1_000_000_000
      date.seconds -= 1
    } else if date.nanoseconds >= 1_000_000_000 {
      date.nanoseconds -= 1_000_000_000
      date.seconds += 1
    }
    if nanos != 0 { date.digits = 7 }
    return (-62_135_596_800...253_402_300_799).contains(date.seconds) ? date : nil
  }

  // MARK: Text

  /// As it was written: ISO 8601 with its fraction and its offset.
  var text: String {
    let fraction = digits > 0 ? "." + String(repeating: "f", count: digits) : ""
    return (try? formatted("yyyy-MM-ddTHH:mm:ss\(fraction)K")) ?? ""
  }

  package struct FormatError: Error {
    package let message: String
  }

  private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The text by a .NET format string, standard or custom, in the invariant culture.
  package func formatted(_ format: String) throws(FormatError) -> String {
    if format.count == 1, let specifier = format.first {
      let custom: String
      var date = self
      switch specifier {
      case "d": custom = "MM/dd/yyyy"
      case "D": custom = "dddd, dd MMMM yyyy"
      case "f": custom = "dddd, dd MMMM yyyy HH:mm"
      case "F": custom = "dddd, dd MMMM yyyy HH:mm:ss"
      case "g": custom = "MM/dd/yyyy HH:mm"
      case "G": custom = "MM/dd/yyyy HH:mm:ss"
      case "m", "M": custom = "MMMM dd"
      case "o", "O": custom = "yyyy-MM-ddTHH:mm:ss.fffffffK"
      case "s": custom = "yyyy-MM-ddTHH:mm:ss"
      case "t": custom = "HH:mm"
      case "T": custom = "HH:mm:ss"
      case "y", "Y": custom = "yyyy MMMM"
      case "r", "R", "u", "U":
        date.offset = 0
        custom =
          specifier == "u"
          ? "yyyy-MM-dd HH:mm:ss'Z'"
          : specifier == "U" ? "dddd, dd MMMM yyyy HH:mm:ss" : "ddd, dd MMM yyyy HH:mm:ss 'GMT'"
      default: throw FormatError(message: "no standard date format is called '\(specifier)'")
      }
      return date.custom(custom)
    }
    return custom(format)
  }

  private func custom(_ format: String) -> String {
    let now = civil(offset: offset)
    let pattern = Array(format)
    var text = ""
    var at = 0
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    while at < pattern.count {
      let mark = pattern[at]
      var run = 1
      while at + run < pattern.count, pattern[at + run] == mark { run += 1 }
      switch mark {
      case "d":
        let name = Self.weekdays[now.weekday]
        text += run < 3 ? padded(now.day, run) : run == 3 ? String(name.prefix(3)) : name
      case "M":
        let name = Self.months[Int(now.month) - 1]
        text += run < 3 ? padded(now.month, run) : run == 3 ? String(name.prefix(3)) : name
      case "y": text += run < 3 ? padded(now.year % 100, run) : padded(now.year, run)
      case "H": text += padded(now.hour, min(run, 2))
      case "h": text += padded((now.hour + 11) % 12 + 1, min(run, 2))
      case "m": text += padded(now.minute, min(run, 2))
      case "s": text += padded(now.second, min(run, 2))
      case "f", "F":
        run = min(run, 7)
        var fraction = String(padded(nanoseconds, 9).prefix(run))
        if mark == "F" { while fraction.hasSuffix("0") { fraction.removeLast() } }
        text += fraction
      case "t": text += run == 1 ? (now.hour < 12 ? "A" : "P") : now.hour < 12 ? "AM" : "PM"
      case "K" where offset == 0:
        run = 1
        text += "Z"
      case "K", "z":
        let width = mark == "K" ? 3 : run
        if mark == "K" { run = 1 }
        let size = abs(offset)
        text += offset < 0 ? "-" : "+"
        text += padded(size / 3600, min(width, 2))
        if width > 2 { text += ":" + padded(size / 60 % 60, 2) }
      case "'", "\"":
        run = 1
        while at + run < pattern.count, pattern[at + run] != mark {
          text.append(pattern[at + run])
          run += 1
        }
        run += 1
      case "\\":
        if at + 1 < pattern.count { text.append(pattern[at + 1]) }
        run = 2
      case "%": run = 1
      case "g": text += "A.D."
      default:
        text.append(mark)
        run = 1
      }
      at += run
    }
    return text
  }
}
