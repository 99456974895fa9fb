// SPDX-License-Identifier: Apache-2.0
import JSON

/// Aggregates over numbered groups. Nulls are skipped, except by count().
enum Aggregates {
  typealias Kernel = AggregateFunction.Kernel

  /// One state per group, fed cell by cell.
  static func fold<State>(
    _ type: ScalarType, _ initial: State, _ feed: @escaping @Sendable (inout State, [Scalar]) -> Void,
    _ finish: @escaping @Sendable (State) -> Scalar
  ) -> Kernel where State: Sendable {
    { arguments, groups, count in
      var states = [State](repeating: initial, count: count)
      for row in groups.indices { feed(&states[groups[row]], arguments.map { $0[row] }) }
      var builder = ColumnBuilder(type)
      for state in states { builder.append(finish(state)) }
      return builder.finish()
    }
  }

  static func make(
    _ name: String, _ signature: String, _ meaning: String, prefix: String?, arity: ClosedRange<Int>,
    _ parameters: [ScalarType?], _ type: @escaping @Sendable ([ArgumentInfo]) -> ScalarType?,
    _ kernel: @escaping @Sendable (ScalarType) -> Kernel
  ) -> AggregateFunction {
    AggregateFunction(
      name: name, signature: signature, meaning: meaning, prefix: prefix, arity: arity, parameters: parameters,
      resultType: type, kernel: kernel)
  }

  /// The rows for which the predicate after the arguments holds: every -if form is made from its plain form.
  static func conditional(_ base: AggregateFunction, _ name: String, prefix: String?, at index: Int = 1)
    -> AggregateFunction
  {
    make(
      name, "\(name)(..., predicate)", base.meaning + " Only rows for which the predicate is true.", prefix: prefix,
      arity: base.arity.lowerBound + 1...base.arity.upperBound + 1,
      base.parameters.prefix(index) + [.bool] + base.parameters.dropFirst(index),
      { infos in
        var infos = infos
        infos.remove(at: index)
        return base.resultType(infos)
      }
    ) { type in
      let kernel = base.kernel(type)
      return { arguments, groups, count in
        let predicate = arguments[index]
        var rest = arguments
        rest.remove(at: index)
        let rows = groups.indices.filter { if case .bool(true) = predicate[$0] { true } else { false } }
        let gathered = rest.map { $0.isConstant ? $0 : Vector($0.column.gather(rows)) }
        return try kernel(gathered, rows.map { groups[$0] }, count)
      }
    }
  }

  private static func sumType(_ infos: [ArgumentInfo]) -> ScalarType? {
    switch infos[0].type {
    case .int, .long: .long
    case .real, .decimal, .timespan: infos[0].type
    case .dynamic: .real
    default: nil
    }
  }

  private static let count = make(
    "count", "count()", "The number of rows.", prefix: "count_", arity: 0...1, [], { _ in .long }
  ) { _ in
    { _, groups, count in
      var counts = [Int64](repeating: 0, count: count)
      for group in groups { counts[group] &+= 1 }
      return .long(FixedColumn(counts))
    }
  }

  /// Sum and number of the values of each group that are not null, as reals.
  private static func sums(_ vector: Vector, _ groups: [Int], _ count: Int) -> (sums: [Double], counts: [Int]) {
    var sums = [Double](repeating: 0, count: count)
    var counts = [Int](repeating: 0, count: count)
    if case .timespan = vector.column {
      eachInteger(vector, groups) { group, value in
        sums[group] += Double(value)
        counts[group] &+= 1
      }
      return (sums, counts)
    }
    switch Convert.vector(vector, to: .real).column {
    case .real(let column), .decimal(let column):
      for (row, group) in groups.enumerated() {
        let cell = vector.cell(row)
        guard column.isValid(cell) else { continue }
        sums[group] += column.values[cell]
        counts[group] &+= 1
      }
    default: break
    }
    return (sums, counts)
  }

  /// The integers of a column that are not null, with the group of each.
  @inline(__always) private static func eachInteger(_ vector: Vector, _ groups: [Int], _ body: (Int, Int64) -> Void) {
    let column: FixedColumn<Int64>
    switch Convert.vector(vector, to: vector.type == .timespan || vector.type == .datetime ? vector.type : .long).column
    {
    case .long(let values), .timespan(let values), .datetime(let values): column = values
    default: return
    }
    for (row, group) in groups.enumerated() {
      let cell = vector.cell(row)
      if column.isValid(cell) { body(group, column.values[cell]) }
    }
  }

  private static let sum = make("sum", "sum(x)", "The sum.", prefix: "sum_", arity: 1...1, [nil], sumType) { type in
    { arguments, groups, count in
      if type == .real || type == .decimal {
        let sums = sums(arguments[0], groups, count).sums
        return type == .real ? .real(FixedColumn(sums)) : .decimal(FixedColumn(sums))
      }
      var sums = [Int64](repeating: 0, count: count)
      eachInteger(arguments[0], groups) { sums[$0] &+= $1 }
      return type == .timespan ? .timespan(FixedColumn(sums)) : .long(FixedColumn(sums))
    }
  }

  private static let avg = make(
    "avg", "avg(x)", "The mean.", prefix: "avg_", arity: 1...1, [nil],
    { $0[0].type == .timespan ? .timespan : .real }
  ) { type in
    { arguments, groups, count in
      let (sums, counts) = sums(arguments[0], groups, count)
      let validity = Bitmap(count: count) { counts[$0] > 0 }
      let means = (0..<count).map { counts[$0] > 0 ? sums[$0] / Double(counts[$0]) : 0 }
      let valid = validity.isAllSet ? nil : validity
      if type == .timespan {
        return .timespan(FixedColumn(means.map { Int64(exactly: $0.rounded(.towardZero)) ?? .max }, validity: valid))
      }
      return .real(FixedColumn(means, validity: valid))
    }
  }

  private static func extreme(_ name: String, _ sign: Int) -> AggregateFunction {
    make(
      name, "\(name)(x)", sign < 0 ? "The smallest value." : "The largest value.", prefix: name + "_", arity: 1...1,
      [nil],
      { $0[0].type }
    ) { type in
      { arguments, groups, count in
        let vector = arguments[0]
        switch vector.column {
        case .int, .long, .datetime, .timespan:
          var best = [Int64](repeating: 0, count: count)
          var validity = Bitmap(count: count)
          let values = vector.type == .int ? Convert.vector(vector, to: .long) : vector
          eachInteger(values, groups) { group, value in
            if !validity[group] {
              validity[group] = true
              best[group] = value
            } else if sign < 0 ? value < best[group] : value > best[group] {
              best[group] = value
            }
          }
          let valid = validity.isAllSet ? nil : validity
          switch vector.type {
          case .int: return .int(FixedColumn(best.map { Int32(truncatingIfNeeded: $0) }, validity: valid))
          case .datetime: return .datetime(FixedColumn(best, validity: valid))
          case .timespan: return .timespan(FixedColumn(best, validity: valid))
          default: return .long(FixedColumn(best, validity: valid))
          }
        default:
          return try fold(
            type, Scalar.null(type),
            { state, cells in
              if cells[0].isNull { return }
              if state.isNull || Compare.order(cells[0], state) * sign > 0 { state = cells[0] }
            }, { $0 })(arguments, groups, count)
        }
      }
    }
  }

  private static let dcount = make(
    "dcount", "dcount(x)", "The number of distinct values, counted exactly.", prefix: "dcount_",
    arity: 1...2, [nil, .long], { _ in .long }
  ) { _ in
    { arguments, groups, count in
      let (numbers, firsts) = try Grouping.number([arguments[0].expanded(groups.count)], groups.count)
      // A pair of group and value is counted where it is first seen.
      let pairs = try Grouping.number(
        [.long(FixedColumn(groups.map(Int64.init))), .long(FixedColumn(numbers.map(Int64.init)))], groups.count)
      var counts = [Int64](repeating: 0, count: count)
      let isNull = firsts.map { arguments[0].isNull($0) }
      for row in pairs.firsts where !isNull[numbers[row]] { counts[groups[row]] &+= 1 }
      return .long(FixedColumn(counts))
    }
  }

  private static func list(_ name: String, prefix: String, distinct: Bool, nulls: Bool = false) -> AggregateFunction {
    make(
      name, "\(name)(x, limit)", distinct ? "An array of the distinct values." : "An array of the values.",
      prefix: prefix,
      arity: 1...2, [nil, .long], { _ in .dynamic }
    ) { _ in
      { arguments, groups, count in
        var cells = [[Scalar]](repeating: [], count: count)
        var seen = [Set<[UInt8]>](repeating: [], count: distinct ? count : 0)
        let limit = arguments.count > 1 ? Int(clamping: arguments[1].first?.int64 ?? 1_048_576) : 1_048_576
        for (row, group) in groups.enumerated() where cells[group].count < limit {
          let cell = arguments[0][row]
          if cell.isNull && !nulls { continue }
          var items = [cell]
          // The elements of an array, not the array, are what is collected.
          if case .dynamic(let value) = cell, value.kind == .array { items = value.elements.map { .dynamic($0) } }
          for item in items where cells[group].count < limit {
            if distinct, !seen[group].insert(item.json.canonical()).inserted { continue }
            cells[group].append(item)
          }
        }
        var builder = JSONBuilder()
        for cells in cells {
          builder.beginArray()
          for cell in cells { builder.append(cell) }
          builder.endArray()
        }
        return .dynamic(DynamicColumn(roots: builder.finish()))
      }
    }
  }

  private static let bag = make(
    "make_bag", "make_bag(bag)", "One bag of the bags' keys.", prefix: "bag_", arity: 1...2,
    [.dynamic, .long], { _ in .dynamic }
  ) { _ in
    fold(
      .dynamic, [(String, JSONValue)](),
      { state, cells in
        guard case .dynamic(let value) = cells[0], value.kind == .object else { return }
        let limit = cells.count > 1 ? cells[1].int64 ?? 1_048_576 : 1_048_576
        for (key, member) in value.members where state.count < limit && !state.contains(where: { $0.0 == key.string }) {
          state.append((key.string ?? "", member))
        }
      }
    ) { state in
      var builder = JSONBuilder()
      builder.beginObject()
      for (key, value) in state {
        builder.key(key)
        builder.append(value)
      }
      builder.endObject()
      return .dynamic(builder.finish().root)
    }
  }

  private static let takeAny = make(
    "take_any", "take_any(x)", "A value of the group, not null where there is one.", prefix: nil,
    arity: 1...1, [nil], { $0[0].type }
  ) { type in
    fold(
      type, Scalar.null(type),
      { state, cells in
        if state.isNull || (state.type == .string && state.text.isEmpty) { state = cells[0] }
      }
    ) { $0 }
  }

  private static func spread(_ name: String, root: Bool, population: Bool) -> AggregateFunction {
    make(
      name, "\(name)(x)", root ? "The standard deviation." : "The variance.", prefix: name + "_", arity: 1...1, [.real],
      { _ in .real }
    ) { _ in
      fold(
        .real, (n: 0.0, mean: 0.0, m2: 0.0),
        { state, cells in
          guard let x = cells[0].double else { return }
          state.n += 1
          let delta = x - state.mean
          state.mean += delta / state.n
          state.m2 += delta * (x - state.mean)
        }
      ) { state in
        let divisor = population ? state.n : state.n - 1
        let variance = divisor > 0 ? state.m2 / divisor : 0
        return .real(root ? variance.squareRoot() : variance)
      }
    }
  }

  private static let percentile = make(
    "percentile", "percentile(x, p)", "The value below which p percent of the values lie.",
    prefix: "percentile_", arity: 2...2, [nil, .real], { $0[0].type == .int ? .long : $0[0].type }
  ) { type in
    { arguments, groups, count in
      var cells = [[Scalar]](repeating: [], count: count)
      for (row, group) in groups.enumerated() where !arguments[0].isNull(row) { cells[group].append(arguments[0][row]) }
      let p = max(0, min(100, arguments[1].first?.double ?? 50))
      var builder = ColumnBuilder(type)
      for group in cells {
        let sorted = group.sorted { Compare.order($0, $1) < 0 }
        let rank = Int((p / 100 * Double(sorted.count)).rounded(.up))
        builder.append(
          sorted.isEmpty ? .null(type) : sorted[max(0, min(sorted.count - 1, rank - 1))].converted(to: type))
      }
      return builder.finish()
    }
  }

  private static func bits(_ name: String, _ initial: Int64, _ body: @escaping @Sendable (Int64, Int64) -> Int64)
    -> AggregateFunction
  {
    make(name, "\(name)(x)", "The bits of all values together.", prefix: nil, arity: 1...1, [.long], { _ in .long }) {
      _ in
      fold(.long, initial, { state, cells in if let x = cells[0].int64 { state = body(state, x) } }) { .long($0) }
    }
  }

  static let all: [AggregateFunction] = {
    let smallest = extreme("min", -1)
    let largest = extreme("max", 1)
    let list = Aggregates.list("make_list", prefix: "list_", distinct: false)
    let set = Aggregates.list("make_set", prefix: "set_", distinct: true)
    let stdev = spread("stdev", root: true, population: false)
    let variance = spread("variance", root: false, population: false)
    return [
      count, sum, avg, smallest, largest, dcount, list, set, bag, takeAny, stdev, variance, percentile,
      make(
        "count_distinct", "count_distinct(x)", dcount.meaning, prefix: "count_distinct_", arity: 1...1, [nil],
        { _ in .long }, dcount.kernel),
      make(
        "anyif", "anyif(x, predicate)", takeAny.meaning, prefix: "any_", arity: 2...2, [nil, .bool], { $0[0].type },
        conditional(takeAny, "take_anyif", prefix: nil).kernel),
      make("any", "any(x)", takeAny.meaning, prefix: "any_", arity: 1...1, [nil], { $0[0].type }, takeAny.kernel),
      make(
        "makelist", "makelist(x)", list.meaning, prefix: "list_", arity: 1...2, [nil, .long], { _ in .dynamic },
        list.kernel),
      make(
        "makeset", "makeset(x)", set.meaning, prefix: "set_", arity: 1...2, [nil, .long], { _ in .dynamic }, set.kernel),
      Aggregates.list("make_list_with_nulls", prefix: "list_", distinct: false, nulls: true),
      spread("stdevp", root: true, population: true), spread("variancep", root: false, population: true),
      bits("binary_all_and", -1) { $0 & $1 }, bits("binary_all_or", 0) { $0 | $1 },
      bits("binary_all_xor", 0) { $0 ^ $1 },
      atExtreme(1), atExtreme(-1),
      conditional(count, "countif", prefix: "countif_", at: 0), conditional(sum, "sumif", prefix: "sumif_"),
      conditional(avg, "avgif", prefix: "avgif_"), conditional(smallest, "minif", prefix: "minif_"),
      conditional(largest, "maxif", prefix: "maxif_"), conditional(dcount, "dcountif", prefix: "dcountif_"),
      conditional(list, "make_list_if", prefix: "list_"), conditional(set, "make_set_if", prefix: "set_"),
      conditional(bag, "make_bag_if", prefix: "bag_"), conditional(takeAny, "take_anyif", prefix: nil),
      conditional(stdev, "stdevif", prefix: "stdevif_"), conditional(variance, "varianceif", prefix: "varianceif_"),
    ]
  }()

  /// One column of arg_max or arg_min: the second argument in the row where the first is extreme.
  static func atExtreme(_ sign: Int) -> AggregateFunction {
    let name = sign > 0 ? "arg_max" : "arg_min"
    return make(
      name, "\(name)(key, column, ...)", "Columns of the row where key is \(sign > 0 ? "largest" : "smallest").",
      prefix: nil, arity: 2...2, [nil], { $0[1].type }
    ) { _ in
      { arguments, groups, count in
        let rows = extremeRows(arguments[0], groups, count, sign)
        return arguments[1].isConstant
          ? arguments[1].column.gather(rows.map { $0 < 0 ? -1 : 0 }) : arguments[1].column.gather(rows)
      }
    }
  }

  private static func extremeRows(_ key: Vector, _ groups: [Int], _ count: Int, _ sign: Int) -> [Int] {
    var rows = [Int](repeating: -1, count: count)
    for (row, group) in groups.enumerated() {
      let cell = key[row]
      if rows[group] < 0 { rows[group] = row; continue }
      if cell.isNull { continue }
      let best = key[rows[group]]
      if best.isNull || Compare.order(cell, best) * sign > 0 { rows[group] = row }
    }
    return rows
  }
}
