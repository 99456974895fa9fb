// SPDX-License-Identifier: Apache-2.0
import JSON

/// Plugins that count who was active when. Their arguments are: who, when, a start and an end, windows, dimensions.
extension Binder {
  static let activityPlugins = [
    "activity_counts_metrics", "activity_engagement", "activity_metrics", "active_users_count", "new_activity_metrics",
    "session_count", "sliding_window_counts",
  ]

  private struct Arguments {
    var id: Expression
    var time: Expression
    var timeName: String
    var constants: [Expression] = []
    var dimensions: [(name: String, expression: Expression)] = []
    var table: BoundQuery?
  }

  /// The first two arguments are columns, constants follow, then columns again: the dimensions; one may be a table.
  private mutating func activityArguments(
    _ name: String, _ arguments: [ExprSyntax], least: Int, most: Int, _ range: Range<Int>
  ) throws(KQLError) -> Arguments {
    guard arguments.count >= 2 + least else {
      throw fail(.arguments, "\(name) takes who, when and at least \(least) more arguments", range)
    }
    var parsed = Arguments(
      id: try bind(arguments[0]), time: try bind(arguments[1]), timeName: derivedName(arguments[1]) ?? "Timeline")
    guard parsed.time.type != .dynamic, parsed.time.type != .string, parsed.time.type != .bool else {
      throw fail(.type, "\(name) needs a datetime or a number as its time", arguments[1].range)
    }
    for argument in arguments.dropFirst(2) {
      if case .name(let column) = argument.kind, let index = scope.firstIndex(where: { $0.name == column }) {
        parsed.dimensions.append((column, .column(index, scope[index].type)))
      } else if let table = try tabular(argument) {
        parsed.table = table
      } else if parsed.dimensions.isEmpty, parsed.constants.count < most {
        parsed.constants.append(try fixed(argument))
      } else {
        parsed.dimensions.append((derivedName(argument) ?? "Column1", try bind(argument)))
      }
    }
    guard parsed.constants.count >= least else {
      throw fail(.arguments, "\(name) takes at least \(least) times and windows", range)
    }
    return parsed
  }

  mutating func activity(
    _ input: BoundQuery, _ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let counts: [String: (least: Int, most: Int)] = [
      "activity_counts_metrics": (3, 4), "activity_engagement": (2, 4), "activity_metrics": (1, 3),
      "active_users_count": (6, 6), "new_activity_metrics": (3, 4), "session_count": (4, 4),
      "sliding_window_counts": (4, 4),
    ]
    let wanted = counts[name] ?? (0, 0)
    let given = try activityArguments(name, arguments, least: wanted.least, most: wanted.most, range)
    let (id, time, dimensions, constants) = (given.id, given.time, given.dimensions, given.constants)
    let lookback = given.table
    let dims = dimensions.map { Field($0.name, $0.expression.type) }
    let when = Field(given.timeName, time.type)
    var schema: Schema
    switch name {
    case "activity_counts_metrics":
      schema = [when] + dims + ["count", "dcount", "new_dcount", "aggregated_dcount"].map { Field($0, .long) }
    case "activity_engagement":
      schema =
        [when, Field("dcount_activities_inner", .long), Field("dcount_activities_outer", .long)]
        + [Field("activity_ratio", .real)] + dims
    case "activity_metrics":
      schema =
        [when, Field("dcount_values", .long), Field("dcount_newvalues", .long)]
        + [Field("retention_rate", .real), Field("churn_rate", .real)] + dims
    case "active_users_count": schema = [when] + dims + [Field("dcount", .long)]
    case "session_count": schema = [when] + dims + [Field("count_sessions", .long)]
    case "sliding_window_counts": schema = [when] + dims + [Field("Count", .long), Field("Dcount", .long)]
    default:
      schema =
        [Field("from_" + when.name, when.type), Field("to_" + when.name, when.type)]
        + ["dcount_new_values", "dcount_retained_values", "dcount_churn_values"].map { Field($0, .long) }
        + [Field("retention_rate", .real), Field("churn_rate", .real)] + dims
    }
    var names = Naming()
    schema = schema.map { Field(names.unique($0.name), $0.type) }
    let types = schema.map(\.type)
    let lookupColumn = lookback.map { table in
      table.schema.firstIndex { $0.type == id.type && $0.name == derivedName(arguments[0]) }
        ?? table.schema.firstIndex { $0.type == id.type } ?? 0
    }
    return BoundQuery(
      plan: .step(input.plan, name: name) { batch, context in
        var log = try ActivityLog(
          batch, id: id, time: time, dimensions: dimensions.map(\.expression), context, types: types)
        if let lookback, let column = lookupColumn {
          let rows = try lookback.plan.execute(context, implicit: nil)
          if column < rows.columns.count { try log.excludes(rows.columns[column]) }
        }
        return try log.run(name, try constants.map { try $0.single(context) })
      }, schema: schema)
  }
}

/// Who was seen when, by group of the dimensions.
struct ActivityLog {
  private struct Event {
    var id: Int
    var time: Int64
  }
  private var groups: [[Event]] = []
  private var labels: [[Scalar]] = []
  private let timeType: ScalarType
  private let context: EvaluationContext
  private let ids: Column
  private let firstOfID: [Int]
  private var excluded: Set<Int> = []
  private var builders: [ColumnBuilder]
  private var count = 0

  init(
    _ batch: Batch, id: Expression, time: Expression, dimensions: [Expression], _ context: EvaluationContext,
    types: [ScalarType]
  ) throws {
    self.context = context
    timeType = time.type
    builders = types.map(ColumnBuilder.init)
    ids = try id.evaluate(batch, context).expanded(batch.count)
    let (codes, firsts) = try Grouping.number([ids], batch.count)
    firstOfID = firsts
    let times = try time.evaluate(batch, context)
    let columns = try dimensions.map { try $0.evaluate(batch, context).expanded(batch.count) }
    let (numbers, groupFirsts) = try Grouping.number(columns, batch.count)
    groups = [[Event]](repeating: [], count: groupFirsts.count)
    labels = groupFirsts.map { row in columns.map { $0[row] } }
    for row in 0..<batch.count {
      let cell = times[row]
      guard let at = cell.int64 ?? cell.double.flatMap({ Int64(exactly: $0.rounded(.down)) }) else { continue }
      groups[numbers[row]].append(Event(id: codes[row], time: at))
    }
    for index in groups.indices { groups[index].sort { $0.time < $1.time } }
  }

  mutating func excludes(_ column: Column) throws {
    let known = try Column.concatenate([ids.gather(firstOfID), column], type: ids.type)
    let (codes, _) = try Grouping.number([known], known.count)
    let seen = Set(codes[firstOfID.count...])
    for (id, code) in codes[..<firstOfID.count].enumerated() where seen.contains(code) { excluded.insert(id) }
  }

  private func cell(_ time: Int64) -> Scalar {
    switch timeType {
    case .datetime: DateTime.inRange(time).map(Scalar.datetime) ?? .null(.datetime)
    case .timespan: .timespan(time)
    default: Scalar.long(time).converted(to: timeType)
    }
  }

  private mutating func emit(_ head: [Scalar], _ group: Int, _ tail: [Scalar], dimensionsLast: Bool = false) throws {
    let row = dimensionsLast ? head + tail + labels[group] : head + labels[group] + tail
    for (index, cell) in row.enumerated() where index < builders.count {
      builders[index].append(cell.converted(to: builders[index].type))
    }
    count += 1
    try context.check(rows: count)
  }

  /// The starts of windows from `start` to `end`; a window is a length, or week, month or year.
  private struct Windows {
    let start: Int64
    let length: Int64
    let unit: String?

    init?(_ start: Int64, _ window: Scalar) {
      if case .string(let text) = window {
        guard ["week", "month", "year", "day"].contains(text) else { return nil }
        (self.start, length, unit) = (start, 1, text)
      } else {
        guard let length = window.int64 ?? window.double.map({ Int64($0) }), length > 0 else { return nil }
        (self.start, self.length, unit) = (start, length, nil)
      }
    }

    func bin(_ time: Int64) -> Int64 {
      guard let unit else { return start &+ DateTime.floorDiv(time &- start, length) &* length }
      let parts = DateTime.parts(max(0, time))
      let day = DateTime.ticksPerDay
      let today = DateTime.floorDiv(time, day)
      switch unit {
      case "week": return (today - (today + 1) % 7) * day
      case "month": return DateTime.days(year: parts.year, month: parts.month, day: 1) * day
      case "year": return DateTime.days(year: parts.year, month: 1, day: 1) * day
      default: return today * day
      }
    }

    func next(_ bin: Int64) -> Int64 {
      let day = DateTime.ticksPerDay
      switch unit {
      case "week": return bin + 7 * day
      case "month": return DateTime.addMonths(bin, 1) ?? .max
      case "year": return DateTime.addMonths(bin, 12) ?? .max
      case "day": return bin + day
      default: return bin &+ length
      }
    }
  }

  private func bad(_ name: String) -> KQLError {
    KQLError(.arguments, "\(name) needs a start before its end and windows that are longer than nothing")
  }

  mutating func run(_ name: String, _ constants: [Scalar]) throws -> Batch {
    func number(_ index: Int) -> Int64? {
      guard index < constants.count else { return nil }
      return constants[index].int64 ?? constants[index].double.map { Int64($0) }
    }
    // Start and end may be left out where only windows are given.
    let windows = ["activity_engagement": 2, "activity_metrics": 1][name] ?? 0
    let hasRange = windows == 0 || constants.count > windows
    let all = groups.joined()
    let start = hasRange ? number(0) : all.map(\.time).min()
    let end = hasRange ? number(1) : all.map(\.time).max()
    let rest = hasRange ? 2 : 0
    guard let start, let end, start <= end else {
      if !hasRange { return Batch(columns: builders.map { $0.finish() }, count: 0) }
      throw bad(name)
    }
    guard rest < constants.count, let window = Windows(start, constants[rest]) else { throw bad(name) }
    switch name {
    case "activity_counts_metrics": try countsMetrics(start, end, window)
    case "activity_metrics": try metrics(start, end, window)
    case "activity_engagement":
      guard let outer = number(rest + 1), outer > 0 else { throw bad(name) }
      try engagement(start, end, window, outer)
    case "sliding_window_counts":
      guard let lookback = number(2), lookback > 0, let bins = Windows(start, constants[3]) else { throw bad(name) }
      try sliding(start, end, bins, lookback)
    case "active_users_count":
      guard let lookback = number(2), let period = Windows(start, constants[3]), let least = number(4),
        let bins = Windows(start, constants[5])
      else { throw bad(name) }
      try activeUsers(start, end, lookback, period, least, bins)
    case "session_count":
      guard let lookback = number(3) else { throw bad(name) }
      try sessions(start, end, window, lookback)
    default: try cohorts(start, end, window, only: number(3))
    }
    return Batch(columns: builders.map { $0.finish() }, count: count)
  }

  /// Sets of ids by window, in order.
  private func sets(_ events: [Event], _ start: Int64, _ end: Int64, _ window: Windows) -> [(
    bin: Int64, ids: Set<Int>, count: Int
  )] {
    var found: [(bin: Int64, ids: Set<Int>, count: Int)] = []
    for event in events where event.time >= start && event.time <= end {
      let bin = window.bin(event.time)
      if found.last?.bin != bin { found.append((bin, [], 0)) }
      found[found.count - 1].ids.insert(event.id)
      found[found.count - 1].count += 1
    }
    return found
  }

  private mutating func countsMetrics(_ start: Int64, _ end: Int64, _ window: Windows) throws {
    for group in groups.indices {
      var seen: Set<Int> = []
      for (bin, ids, events) in sets(groups[group], start, end, window) {
        let fresh = ids.subtracting(seen).count
        seen.formUnion(ids)
        try emit([cell(bin)], group, [events, ids.count, fresh, seen.count].map { .long(Int64($0)) })
      }
    }
  }

  private mutating func metrics(_ start: Int64, _ end: Int64, _ window: Windows) throws {
    for group in groups.indices {
      var before: (bin: Int64, ids: Set<Int>)?
      for (bin, ids, _) in sets(groups[group], start, end, window) {
        if let before {
          let last = window.next(before.bin) == bin ? before.ids : []
          let kept = Double(ids.intersection(last).count)
          let total = Double(last.count)
          try emit(
            [cell(bin)], group,
            [
              .long(Int64(ids.count)), .long(Int64(ids.subtracting(last).count)),
              total > 0 ? .real(kept / total) : .real(0), total > 0 ? .real(1 - kept / total) : .real(0),
            ], dimensionsLast: true)
        }
        before = (bin, ids)
      }
    }
  }

  private mutating func engagement(_ start: Int64, _ end: Int64, _ window: Windows, _ outer: Int64) throws {
    for group in groups.indices {
      let events = groups[group].filter { $0.time >= start && $0.time <= end }
      for (bin, ids, _) in sets(events, start, end, window) {
        let stop = window.next(bin)
        var wide: Set<Int> = []
        for event in events where event.time >= stop &- outer && event.time < stop { wide.insert(event.id) }
        try context.check()
        try emit(
          [cell(bin)], group,
          [
            .long(Int64(ids.count)), .long(Int64(wide.count)),
            .real(wide.isEmpty ? 0 : Double(ids.count) / Double(wide.count)),
          ], dimensionsLast: true)
      }
    }
  }

  private mutating func sliding(_ start: Int64, _ end: Int64, _ bins: Windows, _ lookback: Int64) throws {
    for group in groups.indices {
      let events = groups[group]
      var (first, last) = (0, 0)
      var inside: [Int: Int] = [:]
      var bin = bins.bin(start)
      while bin <= end {
        let stop = bins.next(bin)
        while last < events.count, events[last].time < stop {
          inside[events[last].id, default: 0] += 1
          last += 1
        }
        while first < last, events[first].time < stop &- lookback {
          let id = events[first].id
          inside[id] = inside[id].flatMap { $0 > 1 ? $0 - 1 : nil }
          first += 1
        }
        if last > first {
          try emit([cell(bin)], group, [.long(Int64(last - first)), .long(Int64(inside.count))])
        }
        try context.check()
        bin = stop
      }
    }
  }

  private mutating func activeUsers(
    _ start: Int64, _ end: Int64, _ lookback: Int64, _ period: Windows, _ least: Int64, _ bins: Windows
  ) throws {
    for group in groups.indices {
      var byID: [Int: [Int64]] = [:]
      for event in groups[group] where event.time <= end { byID[event.id, default: []].append(event.time) }
      var active: [Int64: Set<Int>] = [:]
      for (id, times) in byID {
        var first = 0
        for (index, time) in times.enumerated() {
          while times[first] <= time &- lookback, first < index { first += 1 }
          guard time >= start, Int64(Set(times[first...index].map(period.bin)).count) >= least else { continue }
          active[bins.bin(time), default: []].insert(id)
        }
      }
      for bin in active.keys.sorted() { try emit([cell(bin)], group, [.long(Int64(active[bin]?.count ?? 0))]) }
    }
  }

  private mutating func sessions(_ start: Int64, _ end: Int64, _ window: Windows, _ lookback: Int64) throws {
    for group in groups.indices {
      var last: [Int: Int64] = [:]
      var session: [Int: Int] = [:]
      var next = 0
      var found: [Int64: Set<Int>] = [:]
      for event in groups[group] where event.time <= end {
        if last[event.id].map({ event.time &- $0 > lookback }) ?? true {
          session[event.id] = next
          next += 1
        }
        last[event.id] = event.time
        if event.time >= start, let own = session[event.id] { found[window.bin(event.time), default: []].insert(own) }
      }
      for bin in found.keys.sorted() { try emit([cell(bin)], group, [.long(Int64(found[bin]?.count ?? 0))]) }
    }
  }

  private mutating func cohorts(_ start: Int64, _ end: Int64, _ window: Windows, only: Int64?) throws {
    for group in groups.indices {
      var sets: [Int64: Set<Int>] = [:]
      for (bin, ids, _) in self.sets(groups[group], start, end, window) { sets[bin] = ids }
      var bins: [Int64] = []
      var bin = window.bin(start)
      while bin <= end, bins.count < 100_000 {
        bins.append(bin)
        bin = window.next(bin)
      }
      var seen = excluded
      for (index, from) in bins.enumerated() {
        let fresh = (sets[from] ?? []).subtracting(seen)
        let before = seen
        seen.formUnion(sets[from] ?? [])
        if let only, window.bin(only) != from { continue }
        if fresh.isEmpty { continue }
        for to in bins[index...] {
          let ids = sets[to] ?? []
          let kept = fresh.intersection(ids).count
          let new = to == from ? fresh.count : ids.subtracting(before).subtracting(sets[from] ?? []).count
          let share = Double(kept) / Double(fresh.count)
          try emit(
            [cell(from), cell(to)], group,
            [
              .long(Int64(new)), .long(Int64(kept)), .long(Int64(fresh.count - kept)), .real(share), .real(1 - share),
            ], dimensionsLast: true)
        }
      }
    }
  }
}
