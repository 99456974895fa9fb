// SPDX-License-Identifier: Apache-2.0
import JSON

extension Functions {
  private static let day = DateTime.ticksPerDay

  private static func ofDay(
    _ name: String, _ meaning: String, end: Bool, _ start: @escaping @Sendable (DateTime.Parts, Int64) -> Int64?,
    _ next: @escaping @Sendable (Int64) -> Int64?
  ) -> ScalarFunction {
    perUnit(
      name, "\(name)(date, offset)", meaning, arity: 1...2, [.datetime, .long], .datetime, naming: .argument,
      unit: { _ in day }
    ) { values in
      guard case .datetime(let ticks) = values[0] else { return .null(.datetime) }
      let offset = values.count > 1 ? values[1].int64 ?? 0 : 0
      guard offset.magnitude < 4_000_000, let first = start(DateTime.parts(ticks), offset) else {
        return .null(.datetime)
      }
      if !end { return DateTime.inRange(first).map(Scalar.datetime) ?? .null(.datetime) }
      return next(first).map { .datetime($0 - 1) } ?? .null(.datetime)
    }
  }

  private static func dayStart(_ p: DateTime.Parts) -> Int64 {
    DateTime.days(year: p.year, month: p.month, day: p.day) * day
  }

  static let times: [ScalarFunction] = {
    let startOfDay: @Sendable (DateTime.Parts, Int64) -> Int64? = { dayStart($0) + $1 * day }
    let startOfWeek: @Sendable (DateTime.Parts, Int64) -> Int64? = { parts, offset in
      let start = dayStart(parts)
      return start - ((start / day + 1) % 7) * day + offset * 7 * day
    }
    let startOfMonth: @Sendable (DateTime.Parts, Int64) -> Int64? = { parts, offset in
      DateTime.addMonths(DateTime.days(year: parts.year, month: parts.month, day: 1) * day, offset)
    }
    let startOfYear: @Sendable (DateTime.Parts, Int64) -> Int64? = { parts, offset in
      DateTime.addMonths(DateTime.days(year: parts.year, month: 1, day: 1) * day, offset * 12)
    }
    var functions: [ScalarFunction] = []
    for end in [false, true] {
      let prefix = end ? "endof" : "startof"
      let word = end ? "last tick" : "start"
      functions += [
        ofDay(prefix + "day", "The \(word) of the day.", end: end, startOfDay) { $0 + day },
        ofDay(prefix + "week", "The \(word) of the week, which begins on Sunday.", end: end, startOfWeek) {
          $0 + 7 * day
        },
        ofDay(prefix + "month", "The \(word) of the month.", end: end, startOfMonth) { DateTime.addMonths($0, 1) },
        ofDay(prefix + "year", "The \(word) of the year.", end: end, startOfYear) { DateTime.addMonths($0, 12) },
      ]
    }
    return functions + others
  }()

  private static func part(
    _ name: String, _ meaning: String, unit: Int64 = day,
    _ body: @escaping @Sendable (DateTime.Parts, Int64) -> Int
  ) -> ScalarFunction {
    perUnit(name, "\(name)(date)", meaning, arity: 1...1, [.datetime], .int, unit: { _ in unit }) {
      guard case .datetime(let ticks) = $0[0] else { return .null(.int) }
      return .int(Int32(truncatingIfNeeded: body(DateTime.parts(ticks), ticks)))
    }
  }

  /// The ISO 8601 week: the one that holds the year's first Thursday is week 1.
  static func isoWeek(_ ticks: Int64) -> Int {
    let days = ticks / day
    let thursday = days - days % 7 + 3
    let year = DateTime.parts(thursday * day).year
    return Int((thursday - DateTime.days(year: year, month: 1, day: 1)) / 7) + 1
  }

  private static let others: [ScalarFunction] = [
    cells(
      "make_timespan", "make_timespan(days, hours, minutes, seconds)", "A timespan from its parts.", arity: 2...4,
      [.long, .long, .long, .real], .timespan
    ) { values in
      let numbers = values.map { $0.converted(to: .real).double ?? .nan }
      let parts = numbers.count == 4 ? numbers : [0] + numbers + (numbers.count == 2 ? [0] : [])
      let seconds = parts[0] * 86_400 + parts[1] * 3600 + parts[2] * 60 + parts[3]
      guard seconds >= 0, seconds < 9e11, parts[1] < 24, parts[2] < 60, parts[3] < 60 else { return .null(.timespan) }
      return .timespan(Int64((seconds * 1e7).rounded()))
    },
    ScalarFunction(
      name: "now", signature: "now(offset)", meaning: "The time of the query, the same throughout it.",
      naming: .numbered,
      arity: 0...1, parameters: [.timespan], resultType: { _ in .datetime }
    ) { vectors, _, context in
      let offset = vectors.first?.first?.int64 ?? 0
      return Vector(constant: DateTime.inRange(context.now &+ offset).map(Scalar.datetime) ?? .null(.datetime))
    },
    ScalarFunction(
      name: "ago", signature: "ago(span)", meaning: "The time of the query less a span.", naming: .numbered,
      arity: 1...1,
      parameters: [.timespan], resultType: { _ in .datetime }
    ) { vectors, count, context in
      try run(vectors, count, .datetime) {
        $0[0].int64.flatMap { DateTime.inRange(context.now &- $0) }.map(Scalar.datetime) ?? .null(.datetime)
      }
    },
    part("getyear", "The year.") { p, _ in p.year },
    part("getmonth", "The month, 1 to 12.") { p, _ in p.month },
    part("monthofyear", "The month, 1 to 12.") { p, _ in p.month },
    part("dayofmonth", "The day of the month.") { p, _ in p.day },
    part("hourofday", "The hour, 0 to 23.", unit: day / 24) { p, _ in p.hour },
    part("dayofyear", "The day of the year, from 1.") { p, t in
      Int(t / day - DateTime.days(year: p.year, month: 1, day: 1)) + 1
    },
    perUnit(
      "dayofweek", "dayofweek(date)", "Days since the preceding Sunday, as a timespan.", arity: 1...1, [.datetime],
      .timespan, unit: { _ in day }
    ) {
      guard case .datetime(let ticks) = $0[0] else { return .null(.timespan) }
      return .timespan((ticks / day + 1) % 7 * day)
    },
    cells(
      "make_datetime", "make_datetime(year, month, day, hour, minute, second)", "A datetime from its parts.",
      arity: 1...6,
      [.long, .long, .long, .long, .long, .real], .datetime
    ) { values in
      func at(_ index: Int, _ fallback: Int64) -> Int {
        Int(clamping: index < values.count ? values[index].int64 ?? -1 : fallback)
      }
      let seconds = values.count > 5 ? values[5].double ?? -1 : 0
      guard seconds >= 0, seconds < 60 else { return .null(.datetime) }
      return DateTime.ticks(
        year: at(0, 1), month: at(1, 1), day: at(2, 1), hour: at(3, 0), minute: at(4, 0), second: Int(seconds),
        fraction: Int64(((seconds - seconds.rounded(.down)) * 1e7).rounded())
      ).map(Scalar.datetime) ?? .null(.datetime)
    },
    cells(
      "datetime_add", "datetime_add(part, amount, date)", "The date moved by years, months, days, ...", arity: 3...3,
      [.string, .long, .datetime], .datetime
    ) { values in
      guard case .datetime(let ticks) = values[2], let amount = values[1].int64 else { return .null(.datetime) }
      let moved: Int64?
      switch values[0].text.lowercased() {
      case "year": moved = amount.magnitude < 20_000 ? DateTime.addMonths(ticks, amount * 12) : nil
      case "quarter": moved = amount.magnitude < 80_000 ? DateTime.addMonths(ticks, amount * 3) : nil
      case "month": moved = DateTime.addMonths(ticks, amount)
      case "nanosecond": moved = DateTime.inRange(ticks &+ amount / 100)
      case let part:
        guard let unit = unit(part) else { return .null(.datetime) }
        let (delta, overflow) = amount.multipliedReportingOverflow(by: unit)
        moved = overflow ? nil : DateTime.inRange(ticks &+ delta)
      }
      return moved.map(Scalar.datetime) ?? .null(.datetime)
    },
    perUnit(
      "datetime_diff", "datetime_diff(part, a, b)", "Boundaries of a part crossed from b to a.", arity: 3...3,
      [.string, .datetime, .datetime], .long, unit: { unit(of: $0[0]) }
    ) { values in
      guard case .datetime(let a) = values[1], case .datetime(let b) = values[2] else { return .null(.long) }
      let (x, y) = (DateTime.parts(a), DateTime.parts(b))
      switch values[0].text.lowercased() {
      case "year": return .long(Int64(x.year - y.year))
      case "quarter": return .long(Int64((x.year * 4 + (x.month - 1) / 3) - (y.year * 4 + (y.month - 1) / 3)))
      case "month": return .long(Int64((x.year * 12 + x.month) - (y.year * 12 + y.month)))
      case "week": return .long((a / day + 1) / 7 - (b / day + 1) / 7)
      case "nanosecond":
        let (product, overflow) = (a - b).multipliedReportingOverflow(by: 100)
        return overflow ? .null(.long) : .long(product)
      case let part:
        guard let unit = unit(part) else { return .null(.long) }
        return .long(DateTime.floorDiv(a, unit) - DateTime.floorDiv(b, unit))
      }
    },
    perUnit(
      "datetime_part", "datetime_part(part, date)", "A part of the date as a number.", arity: 2...2,
      [.string, .datetime], .long, unit: { unit(of: $0[0]) }
    ) {
      guard case .datetime(let ticks) = $0[1] else { return .null(.long) }
      let p = DateTime.parts(ticks)
      switch $0[0].text.lowercased() {
      case "year": return .long(Int64(p.year))
      case "quarter": return .long(Int64((p.month - 1) / 3 + 1))
      case "month": return .long(Int64(p.month))
      case "day": return .long(Int64(p.day))
      case "dayofyear": return .long(ticks / day - DateTime.days(year: p.year, month: 1, day: 1) + 1)
      case "hour": return .long(Int64(p.hour))
      case "minute": return .long(Int64(p.minute))
      case "second": return .long(Int64(p.second))
      case "millisecond": return .long(p.fraction / 10_000)
      case "microsecond": return .long(p.fraction / 10)
      case "nanosecond": return .long(p.fraction * 100)
      case "weekofyear", "week_of_year": return .long(Int64(isoWeek(ticks)))
      default: return .null(.long)
      }
    },
    typed(
      "bin", "bin(value, size)", "The value rounded down to a multiple of size.", arity: 1...2, [nil],
      naming: .argument,
      { infos in
        let type = infos[0].type
        if type == .dynamic { return .real }
        if type == .datetime || type == .timespan { return type }
        guard type.isNumeric else { return nil }
        if infos.count > 1, infos[1].type == .real || infos[1].type == .decimal {
          return type == .decimal ? type : .real
        }
        // An int stays one only with a size that is an int.
        return type == .int && infos.count > 1 && infos[1].type == .long ? .long : type
      }, fast: { vectors, _, _ in TypedKernels.bin(vectors) }
    ) { values in bin(values[0], values.count > 1 ? values[1] : .long(1)) },
    typed(
      "bin_at", "bin_at(value, size, point)", "The value rounded down to a multiple of size from a point.",
      arity: 3...3, [nil],
      naming: .argument,
      { infos in
        infos[0].type == .dynamic ? .real : infos[1].type == .real && infos[0].type.isNumeric ? .real : infos[0].type
      }, fast: { vectors, _, _ in TypedKernels.bin(vectors) }
    ) { values in
      if let value = values[0].int64, let point = values[2].int64, let size = values[1].int64, values[1].type != .real {
        guard size > 0 else { return .null(values[0].type) }
        let (distance, overflow) = value.subtractingReportingOverflow(point)
        if overflow { return .null(values[0].type) }
        let result = point &+ DateTime.floorDiv(distance, size) &* size
        switch values[0].type {
        case .datetime: return DateTime.inRange(result).map(Scalar.datetime) ?? .null(.datetime)
        case .timespan: return .timespan(result)
        default: return Scalar.long(result).converted(to: values[0].type)
        }
      }
      let numbers = values.map { $0.converted(to: .real).double ?? .nan }
      guard numbers[1] > 0 else { return .null(.real) }
      return .real(numbers[2] + ((numbers[0] - numbers[2]) / numbers[1]).rounded(.down) * numbers[1])
    },
    perUnit(
      "format_datetime", "format_datetime(date, format)", "The date by a format such as yyyy-MM-dd HH:mm:ss.",
      arity: 2...2, [.datetime, .string], .string, naming: .argument,
      unit: { vectors in
        guard let format = vectors[1].constant?.text, !format.contains(where: { "fF".contains($0) }) else { return nil }
        let units: [(String, Int64)] = [("s", day / 86_400), ("m", day / 1440), ("hHt", day / 24)]
        return units.first { letters, _ in format.contains { letters.contains($0) } }?.1 ?? day
      }
    ) {
      guard case .datetime(let ticks) = $0[0] else { return .string("") }
      return .string(format(DateTime.parts(ticks), $0[1].text))
    },
  ]

  /// The span within which a part of a date does not change.
  private static func unit(of part: Vector) -> Int64? {
    guard let part = part.constant?.text.lowercased() else { return nil }
    switch part {
    case "week", "month", "quarter", "year", "dayofyear", "weekofyear", "week_of_year": return day
    case "nanosecond": return nil
    default: return unit(part)
    }
  }

  private static func unit(_ part: String) -> Int64? {
    switch part {
    case "week": 7 * day
    case "day": day
    case "hour": 36_000_000_000
    case "minute": 600_000_000
    case "second": 10_000_000
    case "millisecond": 10_000
    case "microsecond": 10
    default: nil
    }
  }

  static func bin(_ value: Scalar, _ size: Scalar) -> Scalar {
    switch value {
    case .datetime(let ticks), .timespan(let ticks):
      guard let step = size.int64, step > 0 else { return .null(value.type) }
      let floor = DateTime.floorDiv(ticks, step) &* step
      return value.type == .datetime ? .datetime(floor) : .timespan(floor)
    case .int, .long:
      if size.type == .real, let x = value.double, let step = size.double {
        return .real((x / step).rounded(.down) * step)
      }
      guard let number = value.int64, let step = size.int64, step > 0 else { return .null(value.type) }
      return Scalar.long(DateTime.floorDiv(number, step) &* step).converted(to: value.type)
    case .dynamic: return bin(value.converted(to: .real), size)
    default:
      guard let x = value.double, let step = size.double, step > 0 else { return .null(.real) }
      return .real((x / step).rounded(.down) * step)
    }
  }

  private static func format(_ p: DateTime.Parts, _ format: String) -> String {
    var result = ""
    var rest = Substring(format)
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      let width = run.count
      switch first {
      case "y": result += width <= 2 ? DateTime.pad(p.year % 100, width) : DateTime.pad(p.year, width)
      case "M": result += DateTime.pad(p.month, width)
      case "d": result += DateTime.pad(p.day, width)
      case "H": result += DateTime.pad(p.hour, width)
      case "h": result += DateTime.pad((p.hour + 11) % 12 + 1, width)
      case "m": result += DateTime.pad(p.minute, width)
      case "s": result += DateTime.pad(p.second, width)
      case "f": result += DateTime.pad(Int(p.fraction), 7).prefix(width)
      case "F":
        var digits = DateTime.pad(Int(p.fraction), 7).prefix(width)
        while digits.hasSuffix("0") { digits = digits.dropLast() }
        result += digits
      case "t": result += p.hour < 12 ? "AM" : "PM"
      default: result += run
      }
      rest = rest[run.endIndex...]
    }
    return result
  }
}
