// SPDX-License-Identifier: Apache-2.0
import JSON

/// Plugins over rows in an order: rolling_percentile, rows_near, sequence_detect, funnel_sequence_completion; and
/// dcount_intersect.
extension Binder {
  static let sequencePlugins = [
    "rolling_percentile", "rows_near", "sequence_detect", "funnel_sequence_completion", "dcount_intersect",
  ]

  mutating func sequence(
    _ input: BoundQuery, _ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    switch name {
    case "rolling_percentile": return try rollingPercentile(input, arguments, range)
    case "rows_near": return try rowsNear(input, arguments, range)
    case "sequence_detect": return try sequenceDetect(input, arguments, range)
    case "funnel_sequence_completion": return try funnel(input, arguments, range)
    default: return try dcountIntersect(input, arguments, range)
    }
  }

  private mutating func rollingPercentile(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard arguments.count >= 5 else {
      throw fail(.arguments, "rolling_percentile takes a value, a percent, an index, a bin and a count of bins", range)
    }
    let value = try bind(arguments[0])
    let index = try bind(arguments[2])
    guard let percent = convert(try fixed(arguments[1]), to: .real).folded()?.double,
      let bins = convert(try fixed(arguments[4]), to: .long).folded()?.int64, bins > 0, bins < 1_000_000
    else { throw fail(.arguments, "rolling_percentile needs a constant percent and count of bins", range) }
    guard (0...100).contains(percent) else {
      throw fail(.arguments, "rolling_percentile needs a percent from 0 to 100", arguments[1].range)
    }
    let bin = try apply(Functions.find("bin"), [index, try fixed(arguments[3])], arguments[3].range)
    var dimensions: [Expression] = []
    var names = Naming()
    var schema: Schema = [Field(names.unique(derivedName(arguments[2]) ?? "Index"), bin.type)]
    for argument in arguments.dropFirst(5) {
      let dimension = try bind(argument)
      dimensions.append(dimension)
      schema.append(Field(names.unique(derivedName(argument) ?? "Column1"), dimension.type))
    }
    let percentText = percent == percent.rounded() ? String(Int(percent)) : NumberText.format(percent)
    let valueType = value.type == .int ? .long : value.type
    schema.append(
      Field(
        names.unique("rolling_\(bins)_percentile_\(derivedName(arguments[0]) ?? "")_\(percentText)"), valueType))
    let (types, groupBy, span) = (schema.map(\.type), dimensions, Int(bins))
    return BoundQuery(
      plan: .step(input.plan, name: "rolling_percentile") { batch, context in
        let keys = try groupBy.map { try $0.evaluate(batch, context).expanded(batch.count) }
        let places = try bin.evaluate(batch, context).expanded(batch.count)
        let values = try value.evaluate(batch, context)
        let (groups, firsts) = try Grouping.number(keys, batch.count)
        let (codes, binFirsts) = try Grouping.number([places], batch.count)
        var cells: [[Int: [Scalar]]] = Array(repeating: [:], count: firsts.count)
        for row in 0..<batch.count where !places.isNull(row) {
          var list = cells[groups[row]][codes[row]] ?? []
          if !values.isNull(row) { list.append(values[row]) }
          cells[groups[row]][codes[row]] = list
        }
        let order = binFirsts.indices.filter { !places.isNull(binFirsts[$0]) }
          .sorted { Compare.order(places[binFirsts[$0]], places[binFirsts[$1]]) < 0 }
        var builders = types.map(ColumnBuilder.init)
        var count = 0
        for (position, code) in order.enumerated() {
          for group in firsts.indices where cells[group][code] != nil {
            let window = order[max(0, position - span + 1)...position].flatMap { cells[group][$0] ?? [] }
              .sorted { Compare.order($0, $1) < 0 }
            let rank = Int((percent / 100 * Double(window.count)).rounded(.up))
            builders[0].append(places[binFirsts[code]])
            for (offset, key) in keys.enumerated() { builders[offset + 1].append(key[firsts[group]]) }
            let found = window.isEmpty ? nil : window[max(0, min(window.count - 1, rank - 1))]
            builders[types.count - 1].append(found?.converted(to: valueType) ?? .null(valueType))
            count += 1
          }
          try context.check()
        }
        return Batch(columns: builders.map { $0.finish() }, count: count)
      }, schema: schema)
  }

  private mutating func rowsNear(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard arguments.count == 2 || arguments.count == 3 else {
      throw fail(.arguments, "rows_near takes a condition, a number of rows before and one of rows after", range)
    }
    let condition = try bind(arguments[0])
    guard condition.type == .bool else { throw fail(.type, "rows_near needs a bool", arguments[0].range) }
    let before = convert(try fixed(arguments[1]), to: .long)
    let after = arguments.count > 2 ? convert(try fixed(arguments[2]), to: .long) : before
    return BoundQuery(
      plan: .step(input.plan, name: "rows_near") { batch, context in
        let found = try condition.selection(batch, context)
        let back = Int(clamping: max(0, try before.single(context).int64 ?? 0))
        let ahead = Int(clamping: max(0, try after.single(context).int64 ?? 0))
        var rows: [Int] = []
        var next = 0
        for row in found.indices {
          next = max(next, row - min(row, back))
          let last = row + min(batch.count - 1 - row, ahead)
          while next <= last {
            rows.append(next)
            next += 1
          }
        }
        return batch.gather(rows)
      }, schema: input.schema)
  }

  private mutating func sequenceDetect(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard arguments.count >= 4 else {
      throw fail(.arguments, "sequence_detect takes a time, two windows, conditions and dimensions", range)
    }
    let time = try bind(arguments[0])
    let timeName = derivedName(arguments[0]) ?? "Timeline"
    let (step, span) = (try fixed(arguments[1]), try fixed(arguments[2]))
    var steps: [(name: String, condition: Expression)] = []
    var dimensions: [(name: String, expression: Expression)] = []
    for argument in arguments.dropFirst(3) {
      let (given, syntax) = named(argument)
      let expression = try bind(syntax)
      let name = given.first ?? derivedName(syntax)
      if expression.type == .bool, dimensions.isEmpty {
        steps.append((name ?? "Expr\(steps.count + 1)", expression))
      } else {
        dimensions.append((name ?? "Dim\(dimensions.count + 1)", expression))
      }
    }
    guard !steps.isEmpty else { throw fail(.arguments, "sequence_detect needs a condition", range) }
    var names = Naming()
    var schema = dimensions.map { Field(names.unique($0.name), $0.expression.type) }
    schema += steps.map { Field(names.unique("\($0.name)_\(timeName)"), time.type) }
    let durationType: ScalarType = time.type == .datetime ? .timespan : time.type
    schema.append(Field(names.unique("Duration"), durationType))
    let (types, conditions, keys) = (schema.map(\.type), steps.map(\.condition), dimensions.map(\.expression))
    return BoundQuery(
      plan: .step(input.plan, name: "sequence_detect") { batch, context in
        let columns = try keys.map { try $0.evaluate(batch, context).expanded(batch.count) }
        let (groups, firsts) = try Grouping.number(columns, batch.count)
        let times = try time.evaluate(batch, context)
        let tests = try conditions.map { try $0.selection(batch, context) }
        let longest = try step.single(context).int64 ?? .max
        let whole = try span.single(context).int64 ?? .max
        var events = [[[Int64]]](
          repeating: [[Int64]](repeating: [], count: tests.count), count: firsts.count)
        for row in 0..<batch.count {
          guard let at = times[row].int64 else { continue }
          for (index, test) in tests.enumerated() where test[row] { events[groups[row]][index].append(at) }
        }
        var builders = types.map(ColumnBuilder.init)
        var count = 0
        func cell(_ at: Int64, _ type: ScalarType) -> Scalar {
          type == .datetime ? .datetime(at) : type == .timespan ? .timespan(at) : Scalar.long(at).converted(to: type)
        }
        for (group, lists) in events.enumerated() {
          let sorted = lists.map { Array(Set($0)).sorted() }
          func extend(_ chain: [Int64]) throws {
            if chain.count == sorted.count {
              guard let first = chain.first, let last = chain.last else { return }
              let row =
                columns.map { $0[firsts[group]] } + chain.map { cell($0, time.type) }
                + [cell(last &- first, durationType)]
              for (index, value) in row.enumerated() { builders[index].append(value) }
              count += 1
              try context.check(rows: count)
              return
            }
            for at in sorted[chain.count] {
              guard let last = chain.last, let first = chain.first else {
                try extend([at])
                continue
              }
              if at > last, at &- last <= longest, at &- first <= whole { try extend(chain + [at]) }
            }
          }
          try extend([])
        }
        return Batch(columns: builders.map { $0.finish() }, count: count)
      }, schema: schema)
  }

  /// How many complete the first steps of a sequence of states, each within a window of the one before.
  private mutating func funnel(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard arguments.count == 8 else {
      throw fail(
        .arguments,
        "funnel_sequence_completion takes an id, a time, a start, an end, a bin, a state, a sequence and windows", range
      )
    }
    let (id, time, state) = (try bind(arguments[0]), try bind(arguments[1]), try bind(arguments[5]))
    let (start, end, bin) = (try fixed(arguments[2]), try fixed(arguments[3]), try fixed(arguments[4]))
    let (sequence, windows) = (try fixed(arguments[6]), try fixed(arguments[7]))
    var names = Naming()
    let schema = [
      Field(names.unique(derivedName(arguments[1]) ?? "Timeline"), time.type),
      Field(names.unique(derivedName(arguments[5]) ?? "State"), .string),
      Field(names.unique("Period"), time.type == .datetime ? .timespan : time.type),
      Field(names.unique("dcount"), .long),
    ]
    let types = schema.map(\.type)
    return BoundQuery(
      plan: .step(input.plan, name: "funnel_sequence_completion") { batch, context in
        let from = try start.single(context).int64 ?? 0
        let to = try end.single(context).int64 ?? 0
        let width = max(1, try bin.single(context).int64 ?? 1)
        let wanted = (Functions.elements(try sequence.single(context)) ?? []).map { Scalar.dynamic($0).text }
        let periods = (Functions.elements(try windows.single(context)) ?? []).compactMap { item -> Int64? in
          Scalar.dynamic(item).converted(to: types[2]).int64
        }
        let (ids, _) = try Grouping.number([id.evaluate(batch, context).expanded(batch.count)], batch.count)
        let (times, states) = (try time.evaluate(batch, context), try state.evaluate(batch, context))
        var logs: [Int64: [Int: [(at: Int64, place: Int)]]] = [:]
        for row in 0..<batch.count {
          guard let at = times[row].int64, at >= from, at <= to else { continue }
          let text = states[row].text
          for (place, name) in wanted.enumerated() where name == text {
            logs[from &+ (at &- from) / width &* width, default: [:]][ids[row], default: []].append((at, place))
          }
        }
        var builders = types.map(ColumnBuilder.init)
        var count = 0
        for (bin, people) in logs.sorted(by: { $0.key < $1.key }) {
          for period in periods {
            var reached = [Int](repeating: 0, count: wanted.count)
            for events in people.values {
              // The latest time at which each step can have been reached.
              var latest = [Int64?](repeating: nil, count: wanted.count)
              for event in events.sorted(by: { $0.at == $1.at ? $0.place > $1.place : $0.at < $1.at }) {
                if event.place == 0 {
                  latest[0] = event.at
                } else if let before = latest[event.place - 1], event.at &- before <= period {
                  latest[event.place] = event.at
                }
              }
              for (place, at) in latest.enumerated() where at != nil { reached[place] += 1 }
            }
            for (place, total) in reached.enumerated() {
              builders[0].append(types[0] == .datetime ? .datetime(bin) : Scalar.long(bin).converted(to: types[0]))
              builders[1].append(.string(wanted[place]))
              builders[2].append(
                types[2] == .timespan ? .timespan(period) : Scalar.long(period).converted(to: types[2]))
              builders[3].append(.long(Int64(total)))
              count += 1
            }
          }
        }
        return Batch(columns: builders.map { $0.finish() }, count: count)
      }, schema: schema)
  }

  private mutating func dcountIntersect(
    _ input: BoundQuery, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard arguments.count > 1 else { throw fail(.arguments, "dcount_intersect takes sketches of hll()", range) }
    var sketches: [Expression] = []
    for argument in arguments { sketches.append(try bind(argument)) }
    let inputs = sketches
    return BoundQuery(
      plan: .step(input.plan, name: "dcount_intersect") { batch, context in
        let vectors = try inputs.map { try $0.evaluate(batch, context) }
        var builders = inputs.map { _ in ColumnBuilder(.long) }
        for row in 0..<batch.count {
          let sketches = vectors.map { DistinctSketch($0[row]) }
          for index in sketches.indices {
            let known = sketches[...index].compactMap { $0 }
            builders[index].append(
              known.count == index + 1 ? .long(DistinctSketch.intersection(known)) : .null(.long))
          }
        }
        return Batch(columns: batch.columns + builders.map { $0.finish() }, count: batch.count)
      }, schema: input.schema + arguments.indices.map { Field("s\($0)", .long) })
  }
}
