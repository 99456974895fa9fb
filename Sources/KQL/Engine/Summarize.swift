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
    let parts = try Workers.ranges(of: source.source.count) { range, stop in
      let state = GroupedState(keys, aggregates)
      for index in range {
        try stop.check()
        try context.check()
        try state.update(try source.batch(index), context)
      }
      return Handed(state)
    }
    guard let first = parts.first?.value else { return GroupedState(keys, aggregates).empty() }
    for part in parts.dropFirst() { try first.merge(part.value) }
    return try first.finish()
  }

  /// What a worker made, handed to the thread that waits for it.
  /// Safe to send: the worker ends with handing it on and keeps no reference, so one thread at a time has it.
  private struct Handed: @unchecked Sendable {
    let value: GroupedState
    init(_ value: GroupedState) { self.value = value }
  }
}

/// Groups of one worker: their keys and the state of each aggregate.
private final class GroupedState {
  private enum State {
    case one(any Accumulator, BoundAggregate)
    /// arg_max and arg_min of several columns are bound as one aggregate each; those of one key are found together.
    case arguments(ArgumentAccumulator, [BoundAggregate])
  }
  private let keys: [Expression]
  private let types: [ScalarType]
  private var table: GroupTable
  private let states: [State]

  init(_ keys: [Expression], _ aggregates: [BoundAggregate]) {
    self.keys = keys
    types = keys.map(\.type) + aggregates.map(\.type)
    table = GroupTable(keys.map(\.type))
    var states: [State] = []
    var rest = aggregates[...]
    while let aggregate = rest.popFirst() {
      guard let key = Accumulators.argumentKey(aggregate) else {
        states.append(.one(Accumulators.make(aggregate), aggregate))
        continue
      }
      var together = [aggregate]
      while let next = rest.first, next.function.name == aggregate.function.name,
        key != nil, Accumulators.argumentKey(next) == .some(key)
      {
        together.append(next)
        rest = rest.dropFirst()
      }
      let accumulator = ArgumentAccumulator(
        together.map { $0.arguments[1].type }, isMinimum: aggregate.function.name == "arg_min")
      states.append(.arguments(accumulator, together))
    }
    self.states = states
  }

  func update(_ batch: Batch, _ context: EvaluationContext) throws {
    let columns = try keys.map { try $0.evaluate(batch, context).expanded(batch.count) }
    let groups = table.numbers(columns, batch.count)
    let total = table.count
    try context.check(rows: total)
    for state in states {
      switch state {
      case .one(let accumulator, let aggregate):
        let arguments = try aggregate.arguments.map { try $0.evaluate(batch, context) }
        try accumulator.update(arguments, groups, total: total)
      case .arguments(let accumulator, let aggregates):
        let key = try aggregates[0].arguments[0].evaluate(batch, context)
        let columns = try aggregates.map { try $0.arguments[1].evaluate(batch, context) }
        accumulator.update(key, columns, groups, total: total)
      }
    }
  }

  func merge(_ other: GroupedState) throws {
    let map = table.merge(other.table)
    for (mine, theirs) in zip(states, other.states) {
      switch (mine, theirs) {
      case (.one(let a, _), .one(let b, _)): try a.merge(b, map, total: table.count)
      case (.arguments(let a, _), .arguments(let b, _)): a.merge(b, map, total: table.count)
      default: break
      }
    }
  }

  func finish() throws -> Batch {
    let total = table.count
    let columns = try states.flatMap { state -> [Column] in
      switch state {
      case .one(let accumulator, _): [try accumulator.finish(total: total)]
      case .arguments(let accumulator, _): accumulator.finish(total: total)
      }
    }
    return Batch(columns: table.columns() + columns, count: total)
  }

  func empty() -> Batch { Batch.empty(types) }
}

enum Accumulators {
  /// The state that serves an aggregate best: a typed one where there is one, else its kernel over all rows.
  static func make(_ aggregate: BoundAggregate) -> any Accumulator {
    let types = aggregate.arguments.map(\.type)
    return typed(aggregate.function.name, aggregate.type, types)
      ?? CollectingAccumulator(aggregate.function.kernel(aggregate.type), types)
  }

  private static func typed(_ name: String, _ type: ScalarType, _ types: [ScalarType]) -> (any Accumulator)? {
    switch (name, types.first) {
    case ("count", nil), ("countif", .bool): return CountAccumulator()
    case ("sum", .int), ("sum", .long): return type == .long ? IntegerSumAccumulator(.long) : nil
    case ("sum", .timespan): return IntegerSumAccumulator(.timespan)
    case ("sum", .real): return RealSumAccumulator(.real, isMean: false)
    case ("avg", .int), ("avg", .long), ("avg", .real):
      return type == .real ? RealSumAccumulator(.real, isMean: true) : nil
    case ("avg", .timespan): return RealSumAccumulator(.timespan, isMean: true)
    case ("min", _), ("max", _):
      guard types.first == type else { return nil }
      return extreme(type, isMinimum: name == "min")
    case ("dcount", let value?), ("count_distinct", let value?): return DistinctAccumulator(value)
    default: return nil
    }
  }

  private static func extreme(_ type: ScalarType, isMinimum: Bool) -> (any Accumulator)? {
    switch type {
    case .int, .long, .datetime, .timespan, .real: return ExtremeAccumulator(type, isMinimum: isMinimum)
    default: return nil
    }
  }

  /// The key column of an arg_max or arg_min whose key is a whole number or a time: nil where the aggregate is none, a
  /// nil inside where its key is no plain column.
  static func argumentKey(_ aggregate: BoundAggregate) -> Int?? {
    guard aggregate.function.name == "arg_max" || aggregate.function.name == "arg_min" else { return nil }
    switch aggregate.arguments[0].type {
    case .int, .long, .datetime, .timespan, .bool: break
    default: return nil
    }
    if case .column(let index, _) = aggregate.arguments[0] { return .some(index) }
    return .some(nil)
  }
}
