// SPDX-License-Identifier: Apache-2.0

/// `summarize`: every worker groups its own batches, then the states are put together in the order of the batches.
enum Summarize {
  static func run(
    _ pipeline: Pipeline, _ keys: [Expression], _ aggregates: [BoundAggregate], _ context: EvaluationContext
  ) throws -> Batch {
    var pipeline = pipeline
    let inputs = keys + aggregates.flatMap(\.arguments)
    if inputs.contains(where: \.isPositional) { try pipeline.gather(context) }
    let source = pipeline
    let keys = keys.map(Lifted.lift)
    let aggregates = aggregates.map {
      BoundAggregate(function: $0.function, arguments: $0.arguments.map(Lifted.lift), type: $0.type)
    }
    let parts = try Workers.ranges(of: source.source.count) { range, stop in
      let state = GroupedState(keys, aggregates)
      let holding = try context.hold(.summarize)
      for index in range {
        try stop.check()
        try context.check()
        try state.update(try source.batch(index), context)
        try holding.set(to: state.heldBytes)
      }
      return Handed(state, holding)
    }
    guard let first = parts.first else { return GroupedState(keys, aggregates).empty() }
    for part in parts.dropFirst() {
      try context.check()
      try first.value.merge(part.value)
      part.holding.release()
      try first.holding.set(to: first.value.heldBytes)
    }
    // The result is made beside the states.
    try first.holding.grow(by: first.value.heldBytes)
    let result = try first.value.finish(context)
    first.holding.release()
    return result
  }

  /// What a worker made, handed to the thread that waits for it.
  /// Safe to send: the worker ends with handing it on and keeps no reference, so one thread at a time has it.
  private struct Handed: @unchecked Sendable {
    let value: GroupedState
    let holding: Holding
    init(_ value: GroupedState, _ holding: Holding) { (self.value, self.holding) = (value, holding) }
  }
}

/// Groups of one worker: their keys and the state of each aggregate.
private final class GroupedState {
  private let keys: [Expression]
  private let types: [ScalarType]
  private var table: GroupTable
  private let states: [(accumulator: any Accumulator, arguments: [Expression])]

  init(_ keys: [Expression], _ aggregates: [BoundAggregate]) {
    self.keys = keys
    types = keys.map(\.type) + aggregates.map(\.type)
    table = GroupTable(keys.map(\.type))
    states = Accumulators.states(aggregates)
  }

  func update(_ batch: Batch, _ context: EvaluationContext) throws {
    let columns = try keys.map { try $0.evaluate(batch, context).expanded(batch.count) }
    let groups = table.numbers(columns, batch.count)
    let total = table.count
    try context.check(rows: total)
    for (accumulator, arguments) in states {
      try accumulator.update(try arguments.map { try $0.evaluate(batch, context) }, groups, total: total)
    }
  }

  func merge(_ other: GroupedState) throws {
    let map = table.merge(other.table)
    let total = table.count
    let pairs = Apart(zip(states, other.states).map { ($0.accumulator, $1.accumulator) })
    _ = try Workers.map(pairs.values.count) { index in
      try pairs.values[index].0.merge(pairs.values[index].1, map, total: total)
    }
  }

  var heldBytes: Int {
    states.reduce(table.heldBytes) { $0 + $1.accumulator.heldBytes(total: table.count) }
  }

  func finish(_ context: EvaluationContext) throws -> Batch {
    let total = table.count
    let accumulators = Apart(states.map(\.accumulator))
    let columns = try Workers.map(states.count) { index in
      try context.check()
      return try accumulators.values[index].finish(total: total)
    }
    return Batch(columns: table.columns() + columns.flatMap { $0 }, count: total)
  }

  func empty() -> Batch { Batch.empty(types) }

  /// States that are worked on at the same time.
  /// Safe to share: each is touched by the one worker that has its index, while the thread that has them all waits.
  private struct Apart<Value>: @unchecked Sendable {
    let values: [Value]
    init(_ values: [Value]) { self.values = values }
  }
}

enum Accumulators {
  /// The states of some aggregates, each with the arguments it is fed: a typed one where there is one, else the
  /// aggregate's kernel over all rows. Neighbours that ask the same of one column share a state: the columns of an arg_max
  /// and the percents of percentiles are bound as an aggregate each.
  static func states(_ aggregates: [BoundAggregate]) -> [(accumulator: any Accumulator, arguments: [Expression])] {
    var states: [(accumulator: any Accumulator, arguments: [Expression])] = []
    var rest = aggregates[...]
    while let first = rest.popFirst() {
      let (name, arguments) = (first.function.name, first.arguments)
      let types = arguments.map(\.type)
      guard ["arg_max", "arg_min", "percentile"].contains(name), isOrdered(types[0]) else {
        let typed = typed(name, first.type, types)
        states.append((typed ?? CollectingAccumulator(first.function.kernel(first.type), types), arguments))
        continue
      }
      var together = [first]
      while case .column(let column, _) = arguments[0], let next = rest.first, next.function.name == name,
        case .column(column, _) = next.arguments[0]
      {
        together.append(next)
        rest = rest.dropFirst()
      }
      let accumulator: any Accumulator =
        name == "percentile"
        ? PercentileAccumulator(first.type, together.count)
        : ArgumentAccumulator(together.map { $0.arguments[1].type }, isMinimum: name == "arg_min")
      states.append((accumulator, [arguments[0]] + together.map { $0.arguments[1] }))
    }
    return states
  }

  /// The plain form of an aggregate with a predicate as its second argument.
  private static let conditional = [
    "sumif": "sum", "avgif": "avg", "minif": "min", "maxif": "max", "dcountif": "dcount", "stdevif": "stdev",
    "stdevpif": "stdevp", "varianceif": "variance", "variancepif": "variancep", "take_anyif": "take_any",
    "anyif": "take_any", "make_set_if": "make_set", "make_list_if": "make_list", "count_distinctif": "count_distinct",
  ]

  private static func typed(_ name: String, _ type: ScalarType, _ types: [ScalarType]) -> (any Accumulator)? {
    if let plain = conditional[name] {
      return typed(plain, type, [types[0]] + types.dropFirst(2)).map(ConditionalAccumulator.init)
    }
    switch (name, types.first) {
    case ("count", nil), ("countif", .bool): return CountAccumulator()
    case ("sum", .int), ("sum", .long): return type == .long ? IntegerSumAccumulator(.long) : nil
    case ("sum", .timespan): return IntegerSumAccumulator(.timespan)
    case ("sum", .real): return RealSumAccumulator(.real, isMean: false)
    case ("avg", .int), ("avg", .long), ("avg", .real):
      return type == .real ? RealSumAccumulator(.real, isMean: true) : nil
    case ("avg", .timespan): return RealSumAccumulator(.timespan, isMean: true)
    case ("stdev", .real), ("stdevp", .real), ("variance", .real), ("variancep", .real):
      return SpreadAccumulator(isRoot: name.hasPrefix("stdev"), isPopulation: name.hasSuffix("p"))
    case ("min", let value?), ("max", let value?):
      guard value == type else { return nil }
      if isOrdered(type) { return ExtremeAccumulator(type, isMinimum: name == "min") }
      return type == .string || type == .guid ? TextExtremeAccumulator(type, isMinimum: name == "min") : nil
    case ("dcount", let value?), ("count_distinct", let value?): return DistinctAccumulator(value)
    // The elements of an array are collected one by one, which the kernel does.
    case ("make_set", let value?), ("makeset", let value?): return value == .dynamic ? nil : SetAccumulator(value)
    case ("make_list", let value?), ("makelist", let value?), ("make_list_with_nulls", let value?):
      return value == .dynamic ? nil : ListAccumulator(keepsNulls: name == "make_list_with_nulls")
    case ("take_any", let value?), ("any", let value?): return AnyAccumulator(value)
    default: return nil
    }
  }

  /// Types whose cells have an order as whole numbers.
  private static func isOrdered(_ type: ScalarType) -> Bool {
    switch type {
    case .int, .long, .datetime, .timespan, .real: true
    default: false
    }
  }
}
