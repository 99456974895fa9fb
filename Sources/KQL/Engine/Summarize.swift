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
  private let keys: [Expression]
  private let aggregates: [BoundAggregate]
  private var table: GroupTable
  private let accumulators: [any Accumulator]

  init(_ keys: [Expression], _ aggregates: [BoundAggregate]) {
    self.keys = keys
    self.aggregates = aggregates
    table = GroupTable(keys.map(\.type))
    accumulators = aggregates.map(Accumulators.make)
  }

  func update(_ batch: Batch, _ context: EvaluationContext) throws {
    let columns = try keys.map { try $0.evaluate(batch, context).expanded(batch.count) }
    let groups = table.numbers(columns, batch.count)
    let total = table.count
    try context.check(rows: total)
    for (aggregate, accumulator) in zip(aggregates, accumulators) {
      let arguments = try aggregate.arguments.map { try $0.evaluate(batch, context) }
      try accumulator.update(arguments, groups, total: total)
    }
  }

  func merge(_ other: GroupedState) throws {
    let map = table.merge(other.table)
    for (mine, theirs) in zip(accumulators, other.accumulators) {
      try mine.merge(theirs, map, total: table.count)
    }
  }

  func finish() throws -> Batch {
    let total = table.count
    return Batch(columns: table.columns() + (try accumulators.map { try $0.finish(total: total) }), count: total)
  }

  func empty() -> Batch { Batch.empty(keys.map(\.type) + aggregates.map(\.type)) }
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
    case ("arg_max", let key?), ("arg_min", let key?):
      switch key {
      case .int, .long, .datetime, .timespan, .bool: return ArgumentAccumulator(types[1], isMinimum: name == "arg_min")
      default: return nil
      }
    default: return nil
    }
  }

  private static func extreme(_ type: ScalarType, isMinimum: Bool) -> (any Accumulator)? {
    func integers(_ make: @escaping (FixedColumn<Int64>) -> Column) -> any Accumulator {
      ExtremeAccumulator<Int64>(
        isMinimum: isMinimum, zero: 0, read: { $0.eachInteger($1, $2) }, make: make)
    }
    switch type {
    case .long: return integers(Column.long)
    case .datetime: return integers(Column.datetime)
    case .timespan: return integers(Column.timespan)
    case .int:
      return integers { column in
        .int(FixedColumn(column.values.map { Int32(truncatingIfNeeded: $0) }, validity: column.validity))
      }
    case .real:
      return ExtremeAccumulator<Double>(
        isMinimum: isMinimum, zero: 0,
        read: { vector, groups, body in
          vector.eachReal(groups) { group, row, value in if !value.isNaN { body(group, row, value) } }
        }, make: Column.real)
    default: return nil
    }
  }
}
