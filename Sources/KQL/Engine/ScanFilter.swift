// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The filters that stand next to a scan: their conditions are tried one by one, each on the rows that those before it
/// left, and the other columns are read for the rows that pass them all.
final class ScanFilter: Sendable {
  private struct Condition: Sendable {
    let expression: Expression
    let columns: [Int]
    /// What the condition says where that is the range of one column.
    let bound: ColumnBound?
  }
  /// What was seen of a condition in the last blocks.
  private struct Trial {
    var secondsPerRow: Double
    var passing = 0.5
    /// A condition pays by the rows it drops.
    var price: Double { secondsPerRow / max(0.001, 1 - passing) }
  }
  private let conditions: [Condition]
  /// The order of the conditions follows these.
  private let trials: Mutex<[Trial]>
  /// Positions of the columns that are read after the filters; nil for all.
  private let kept: Set<Int>?
  private let types: [ScalarType]

  init(_ predicates: [Expression], kept: Set<Int>?, _ types: [ScalarType]) {
    conditions = predicates.flatMap(Self.parts).map { part in
      var columns: Set<Int> = []
      part.eachColumn { columns.insert($0) }
      return Condition(expression: Lifted.lift(part), columns: columns.sorted(), bound: part.exactBound)
    }
    trials = Mutex(conditions.map { Trial(secondsPerRow: 1e-9 * Double(Self.weight($0.expression))) })
    self.kept = kept
    self.types = types
  }

  /// The operands of `and`.
  private static func parts(_ predicate: Expression) -> [Expression] {
    guard case .call(let function, let arguments, _) = predicate, function.name == "and" else { return [predicate] }
    return arguments.flatMap(parts)
  }

  /// About how many times longer than a comparison of numbers an expression takes, before it was tried.
  private static func weight(_ expression: Expression) -> Int {
    switch expression {
    case .literal: 0
    case .column(_, let type): type == .dynamic ? 50 : type == .string ? 3 : 1
    case .path(let base, _): 20 + weight(base)
    case .call(_, let arguments, _): arguments.reduce(1) { $0 + weight($1) }
    case .scalarQuery, .listQuery: 50
    }
  }

  /// The rows of a part of a table that pass.
  func rows(of part: TablePart, _ context: EvaluationContext) throws -> Batch {
    let columns = try part.columns ?? TablePart.Columns(part.load())
    context.run.progress?.read(rows: columns.count)
    let known = trials.withLock { $0 }
    let order = conditions.indices.filter { index in conditions[index].bound.map { !columns.holds($0) } ?? true }
      .sorted { known[$0].price < known[$1].price }
    var reader = Reader(columns, types.count)
    for index in order {
      let condition = conditions[index]
      let start = ContinuousClock.now
      let batch = try reader.batch(condition.columns)
      let selection = try condition.expression.selection(batch, context)
      let passed = selection.popcount
      let spent = (ContinuousClock.now - start) / .seconds(1)
      trials.withLock { trials in
        trials[index].secondsPerRow = (trials[index].secondsPerRow + spent / Double(batch.count)) / 2
        trials[index].passing = (trials[index].passing + Double(passed) / Double(batch.count)) / 2
      }
      if passed < batch.count { reader.keep(selection) }
      if reader.count == 0 { break }
    }
    let wanted = kept ?? Set(types.indices)
    if reader.count == 0 {
      let empty = Batch.empty(types)
      return Batch(columns: types.indices.map { wanted.contains($0) ? empty.columns[$0] : .absent }, count: 0)
    }
    return try reader.result(wanted.filter { $0 < types.count })
  }

  /// Columns of a part, read as they are asked for. While many rows are left conditions are tried on all, else on those
  /// that are left.
  private struct Reader {
    private let part: TablePart.Columns
    private let width: Int
    private var whole: [Int: Column] = [:]
    private var chosen: [Int: Column] = [:]
    /// The rows that are left, of the part; nil for all.
    private var passing: Bitmap?
    /// The same where they are few.
    private var rows: [Int]?
    private(set) var count: Int

    init(_ part: TablePart.Columns, _ width: Int) {
      self.part = part
      self.width = width
      count = part.count
    }

    /// Leaves those of the tried rows that are selected.
    mutating func keep(_ selection: Bitmap) {
      if let rows {
        let places = selection.indices
        chosen = chosen.mapValues { $0.gather(places) }
        self.rows = places.map { rows[$0] }
        count = places.count
        return
      }
      let left = passing.map { $0 & selection } ?? selection
      passing = left
      count = left.popcount
      if count * 4 < part.count { rows = left.indices }
    }

    private mutating func column(_ index: Int) throws -> Column {
      if let column = chosen[index] { return column }
      guard let rows else {
        let column = try whole[index] ?? part.read(index, nil)
        whole[index] = column
        return column
      }
      let column = try whole[index]?.gather(rows) ?? part.read(index, rows)
      chosen[index] = column
      return column
    }

    /// Columns of the rows to try.
    mutating func batch(_ wanted: some Sequence<Int>) throws -> Batch {
      var columns = [Column](repeating: .absent, count: width)
      for index in wanted { columns[index] = try column(index) }
      return Batch(columns: columns, count: rows?.count ?? part.count)
    }

    /// Columns of the rows that are left.
    mutating func result(_ wanted: Set<Int>) throws -> Batch {
      if wanted.isEmpty { return Batch(columns: [Column](repeating: .absent, count: width), count: count) }
      if rows == nil, count < part.count { rows = passing?.indices }
      return try batch(wanted)
    }
  }
}

extension Expression {
  /// The range that the expression says, where it says that of one column and nothing else.
  var exactBound: ColumnBound? {
    guard case .call(let function, _, _) = self, function.name != "and" else { return nil }
    var bounds: [ColumnBound] = []
    addBounds(to: &bounds)
    return bounds.first
  }
}
