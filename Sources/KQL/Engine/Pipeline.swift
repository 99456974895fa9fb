// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Batches of a source and what happens to each by itself. Operators that look at one row at a time are stages; a worker
/// takes a batch through all of them while it is in the cache.
struct Pipeline: Sendable {
  typealias Stage = @Sendable (Batch) throws -> Batch
  var source: [TablePart]
  var stages: [Stage] = []
  /// Keeps count of batches of the source that are in memory.
  var holding: Holding?

  init(_ source: [TablePart]) { self.source = source }
  init(_ batches: [Batch]) { source = batches.map { batch in TablePart { batch } } }

  func batch(_ index: Int) throws -> Batch {
    var batch = try source[index].load()
    for stage in stages { batch = try stage(batch) }
    return batch
  }

  /// Every batch, taken through the stages by all workers, in order. What they come to is held.
  func run(_ context: EvaluationContext, _ holding: Holding) throws -> [Batch] {
    let sizes = Mutex(BatchSizes())
    return try Workers.map(source.count) { index in
      try context.check()
      let batch = try batch(index)
      try holding.grow(by: sizes.withLock { $0.add(batch) })
      return batch
    }
  }

  /// All rows as one batch.
  func whole(_ context: EvaluationContext, _ holder: MemoryHolder = .rows) throws -> Batch {
    if source.count == 1 { return try batch(0) }
    let holding = try context.hold(holder)
    defer { holding.release() }
    let batches = try run(context, holding)
    // The parts and the whole are there at the same time.
    try holding.grow(by: batches.reduce(0) { $0 + $1.columns.reduce(0) { $0 + $1.cellBytes } })
    return try Plan.concatenate(batches)
  }

  /// Ends the stages so far: what follows sees all rows as one batch.
  mutating func gather(_ context: EvaluationContext) throws {
    guard source.count > 1 else { return }
    let whole = try whole(context)
    source = [TablePart { whole }]
    stages = []
  }
}

extension Plan {
  /// The plan as stages over the batches of a source, as far down as operators are row by row.
  func pipeline(_ context: EvaluationContext, _ implicit: Batch?) throws -> Pipeline {
    switch self {
    case .scan(let source):
      let parts = try source.parts(ScanRequest())
      if parts.isEmpty { return Pipeline([.empty(source.schema.map(\.type))]) }
      guard let progress = context.run.progress else { return Pipeline(parts) }
      progress.begin(parts: parts.count)
      return Pipeline(
        parts.map { part in
          TablePart(columns: part.columns) {
            let batch = try part.load()
            progress.read(rows: batch.count)
            return batch
          }
        })
    case .filter(let input, let predicate):
      if let (source, predicates) = filteredScan {
        let parts = try source.parts(ScanRequest())
        let types = source.schema.map(\.type)
        if parts.isEmpty { return Pipeline([.empty(types)]) }
        context.run.progress?.begin(parts: parts.count)
        let filter = ScanFilter(predicates, kept: (source as? ChosenColumns)?.request.kept, types)
        return Pipeline(parts.map { part in TablePart { try filter.rows(of: part, context) } })
      }
      let lifted = Lifted.lift(predicate)
      return try input.stage(context, implicit, positional: predicate.isPositional) { batch in
        let selection = try lifted.selection(batch, context)
        return selection.isAllSet ? batch : batch.gather(selection.indices)
      }
    case .project(let input, let expressions):
      let lifted = expressions.map(Lifted.lift)
      return try input.stage(context, implicit, positional: expressions.contains(where: \.isPositional)) { batch in
        let columns = try lifted.map { try $0.evaluate(batch, context).expanded(batch.count) }
        return Batch(columns: columns, count: batch.count)
      }
    case .mvExpand(let input, let items, let index, let limit):
      let positional = items.contains { $0.expression.isPositional }
      return try input.stage(context, implicit, positional: positional) { batch in
        try MvExpand.run(batch, items, index: index, limit: limit, context)
      }
    case .parse(let input, let subject, let pattern):
      return try input.stage(context, implicit, positional: subject.isPositional) { batch in
        try ParseOperator.run(batch, subject, pattern, context)
      }
    case .union(let inputs, let types):
      let holding = try context.hold(.union)
      let batches = try inputs.flatMap { try $0.pipeline(context, implicit).run(context, holding) }
      try context.check(rows: batches.reduce(0) { $0 + $1.count })
      var pipeline = Pipeline(batches.isEmpty ? [.empty(types)] : batches.map { $0.converted(to: types) })
      pipeline.holding = holding
      return pipeline
    default: return Pipeline([try execute(context, implicit: implicit)])
    }
  }

  /// A scan with nothing but filters of single rows over it.
  private var filteredScan: (source: any TableSource, predicates: [Expression])? {
    switch self {
    case .scan(let source): (source, [])
    case .filter(let input, let predicate) where !predicate.isPositional:
      input.filteredScan.map { ($0.source, $0.predicates + [predicate]) }
    default: nil
    }
  }

  private func stage(
    _ context: EvaluationContext, _ implicit: Batch?, positional: Bool, _ stage: @escaping Pipeline.Stage
  ) throws -> Pipeline {
    var pipeline = try pipeline(context, implicit)
    if positional { try pipeline.gather(context) }
    pipeline.stages.append(stage)
    return pipeline
  }

  /// The rows of several batches of columns of these types.
  static func concatenate(_ batches: [Batch], _ types: [ScalarType]) throws(KQLError) -> Batch {
    batches.isEmpty ? .empty(types) : try concatenate(batches.map { $0.converted(to: types) })
  }

  /// The rows of several batches of the same columns.
  static func concatenate(_ batches: [Batch]) throws(KQLError) -> Batch {
    let full = batches.filter { $0.count > 0 }
    guard full.count > 1 else { return full.first ?? batches.first ?? Batch(columns: [], count: 0) }
    let columns = try full[0].columns.indices.map { index throws(KQLError) -> Column in
      if full[0].columns[index].count == 0 { return .absent }
      return try Column.concatenate(full.map { $0.columns[index] }, type: full[0].columns[index].type)
    }
    return Batch(columns: columns, count: full.reduce(0) { $0 + $1.count })
  }
}

extension Expression {
  /// Whether a cell depends on the rows before or after its own: such an expression needs all rows in one batch.
  var isPositional: Bool {
    switch self {
    case .column, .literal, .scalarQuery, .listQuery: false
    case .path(let base, _): base.isPositional
    case .call(let function, let arguments, _):
      Functions.positional.contains(function.name) || arguments.contains(where: \.isPositional)
    }
  }
}

extension Functions {
  /// Functions of a row's place among the rows.
  static let positional: Set<String> = Set((windows + moreWindows).map(\.name))
}

extension Batch {
  /// Columns of other types than these are converted cell by cell.
  fileprivate func converted(to types: [ScalarType]) -> Batch {
    let isSame = zip(columns, types).allSatisfy { $0.type == $1 || $0.count != count }
    if isSame { return self }
    let converted = zip(columns, types).map { column, type in
      column.type == type || column.count != count ? column : Convert.vector(Vector(column), to: type).column
    }
    return Batch(columns: converted, count: count)
  }

  static func empty(_ types: [ScalarType]) -> Batch {
    Batch(columns: types.map { ColumnBuilder($0).finish() }, count: 0)
  }
}
