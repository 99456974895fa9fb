// SPDX-License-Identifier: Apache-2.0
internal import KQL

enum DateFunctions {
  static let all: [String: Function] = [
    "timestamp": FunctionTable.unpredictable("timestamp", .string),
    "plantimestamp": FunctionTable.unpredictable("plantimestamp", .string),
    "timeadd": Function(.string, .string, returns: .string) { args, _ throws(FunctionFailure) in
      var time = try Timestamp(try StringFunctions.string(args[0]))
      let nanoseconds = try duration(try StringFunctions.string(args[1])) + time.nanoseconds
      time.seconds += DateTime.floorDiv(nanoseconds, 1_000_000_000)
      time.nanoseconds = nanoseconds - DateTime.floorDiv(nanoseconds, 1_000_000_000) * 1_000_000_000
      return Value(time.rfc3339)
    },
    "timecmp": Function(.string, .string, returns: .number) { args, _ throws(FunctionFailure) in
      let (a, b) = (
        try Timestamp(try StringFunctions.string(args[0])), try Timestamp(try StringFunctions.string(args[1]))
      )
      let (x, y) = ((a.seconds, a.nanoseconds), (b.seconds, b.nanoseconds))
      return Value(x < y ? -1 : x > y ? 1 : 0)
    },
    "formatdate": Function(.string, .string, returns: .string) { args, _ throws(FunctionFailure) in
      Value(try format(try Timestamp(try StringFunctions.string(args[1])), as: try StringFunctions.string(args[0])))
    },
  ]

  /// A time of RFC 3339 with its offset from UTC.
  struct Timestamp {
    /// Since 1970, UTC.
    var seconds: Int64
    var nanoseconds: Int64 = 0
    /// Minutes east of UTC.
    var offset: Int64 = 0

    private static let daysTo1970 = DateTime.days(year: 1970, month: 1, day: 1)

    init(_ text: String) throws(FunctionFailure) {
      let failure = FunctionFailure("\"\(text)\" is no time of RFC 3339, such as 2017-11-22T00:00:00Z")
      let bytes = Array(text.utf8)
      func digits(_ start: Int, _ count: Int) throws(FunctionFailure) -> Int {
        guard start + count <= bytes.count else { throw failure }
        var value = 0
        for byte in bytes[start..<(start + count)] {
          guard byte &- 0x30 < 10 else { throw failure }
          value = value * 10 + Int(byte - 0x30)
        }
        return value
      }
      func mark(_ at: Int, _ byte: UInt8) throws(FunctionFailure) {
        guard at < bytes.count, bytes[at] == byte else { throw failure }
      }
      let (year, month, day) = (try digits(0, 4), try digits(5, 2), try digits(8, 2))
      let (hour, minute, second) = (try digits(11, 2), try digits(14, 2), try digits(17, 2))
      try mark(4, 0x2D)
      try mark(7, 0x2D)
      try mark(10, 0x54)
      try mark(13, 0x3A)
      try mark(16, 0x3A)
      guard (1...12).contains(month), day >= 1, day <= DateTime.daysInMonth(year, month), hour < 24, minute < 60,
        second < 60
      else { throw failure }
      var at = 19
      if at < bytes.count, bytes[at] == 0x2E {
        at += 1
        var scale: Int64 = 100_000_000
        guard at < bytes.count, bytes[at] &- 0x30 < 10 else { throw failure }
        while at < bytes.count, bytes[at] &- 0x30 < 10 {
          nanoseconds += Int64(bytes[at] - 0x30) * scale
          scale /= 10
          at += 1
        }
      }
      guard at < bytes.count else { throw failure }
      if bytes[at] == 0x5A {
        at += 1
      } else {
        guard bytes[at] == 0x2B || bytes[at] == 0x2D else { throw failure }
        let (hours, minutes) = (try digits(at + 1, 2), try digits(at + 4, 2))
        try mark(at + 3, 0x3A)
        guard hours < 24, minutes < 60 else { throw failure }
        offset = Int64(hours * 60 + minutes) * (bytes[at] == 0x2D ? -1 : 1)
        at += 6
      }
      guard at == bytes.count else { throw failure }
      let days = DateTime.days(year: year, month: month, day: day) - Self.daysTo1970
      seconds = days * 86400 + Int64(hour * 3600 + minute * 60 + second) - offset * 60
    }

    /// The parts of the local time, and the day of the week from Sunday.
    var parts: (DateTime.Parts, weekday: Int) {
      let local = seconds + offset * 60
      let days = DateTime.floorDiv(local, 86400) + Self.daysTo1970
      let ticks = (local + Self.daysTo1970 * 86400) * 10_000_000
      return (DateTime.parts(ticks), Int((days + 1) % 7))
    }

    func zone(_ separator: String) -> String {
      let minutes = offset.magnitude
      return (offset < 0 ? "-" : "+") + pad(Int(minutes / 60)) + separator + pad(Int(minutes % 60))
    }

    var rfc3339: String {
      let (parts, _) = parts
      var text =
        "\(pad(parts.year, 4))-\(pad(parts.month))-\(pad(parts.day))T\(pad(parts.hour)):\(pad(parts.minute)):\(pad(parts.second))"
      if nanoseconds > 0 {
        var digits = pad(Int(nanoseconds), 9)
        while digits.hasSuffix("0") { digits.removeLast() }
        text += "." + digits
      }
      return text + (offset == 0 ? "Z" : zone(":"))
    }
  }

  private static func pad(_ value: Int, _ width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  private static func format(_ time: Timestamp, as spec: String) throws(FunctionFailure) -> String {
    let (parts, weekday) = time.parts
    var out = ""
    var rest = Array(spec)[...]
    while let first = rest.first {
      if first == "'" {
        rest = rest.dropFirst()
        var closed = false
        while let next = rest.first {
          rest = rest.dropFirst()
          guard next == "'" else {
            out.append(next)
            continue
          }
          if rest.first == "'" {
            out.append("'")
            rest = rest.dropFirst()
          } else {
            closed = true
            break
          }
        }
        guard closed else { throw FunctionFailure("a quoted part of the format is not closed") }
        continue
      }
      guard first.isASCII, first.isLetter else {
        out.append(first)
        rest = rest.dropFirst()
        continue
      }
      let run = String(rest.prefix { $0 == first })
      rest = rest.dropFirst(run.count)
      let twelve = parts.hour % 12 == 0 ? 12 : parts.hour % 12
      switch run {
      case "YYYY": out += pad(parts.year, 4)
      case "YY": out += pad(parts.year % 100)
      case "MMMM": out += months[parts.month - 1]
      case "MMM": out += months[parts.month - 1].prefix(3)
      case "MM": out += pad(parts.month)
      case "M": out += String(parts.month)
      case "DD": out += pad(parts.day)
      case "D": out += String(parts.day)
      case "EEEE": out += weekdays[weekday]
      case "EEE": out += weekdays[weekday].prefix(3)
      case "hh": out += pad(parts.hour)
      case "h": out += String(parts.hour)
      case "HH": out += pad(twelve)
      case "H": out += String(twelve)
      case "AA": out += parts.hour < 12 ? "AM" : "PM"
      case "aa": out += parts.hour < 12 ? "am" : "pm"
      case "mm": out += pad(parts.minute)
      case "m": out += String(parts.minute)
      case "ss": out += pad(parts.second)
      case "s": out += String(parts.second)
      case "ZZZZZ": out += time.zone(":")
      case "ZZZZ": out += time.zone("")
      case "ZZZ": out += time.offset == 0 ? "UTC" : time.zone("")
      case "Z": out += time.offset == 0 ? "Z" : time.zone(":")
      default:
        throw FunctionFailure("'\(run)' is no part of a date's format; put text in single quotes")
      }
    }
    return out
  }

  /// Nanoseconds of a duration such as `-1h30m0.5s`.
  private static func duration(_ text: String) throws(FunctionFailure) -> Int64 {
    let failure = FunctionFailure("\"\(text)\" is no duration, such as 10m or 1h30m")
    let units: [(String, Double)] = [
      ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12),
    ]
    var rest = text[...]
    var sign = 1.0
    if rest.first == "-" || rest.first == "+" {
      if rest.first == "-" { sign = -1 }
      rest = rest.dropFirst()
    }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { throw failure }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      let unit = rest.dropFirst(number.count).prefix { !$0.isNumber && $0 != "." }
      guard let value = Double(number), let scale = units.first(where: { $0.0 == unit })?.1 else { throw failure }
      total += value * scale
      rest = rest.dropFirst(number.count + unit.count)
    }
    guard total < 9.2e18 else { throw failure }
    return Int64(sign * total)
  }
}
