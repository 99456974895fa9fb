// SPDX-License-Identifier: Apache-2.0
import JSON

/// make-series: a summarize by keys and bins, whose rows are then laid out as arrays over the axis.
extension Binder {
  mutating func makeSeries(_ input: BoundQuery, _ series: MakeSeriesSyntax, _ range: Range<Int>) throws(KQLError)
    -> BoundQuery
  {
    let (givenAxis, axis) = named(series.axis)
    let axisName = givenAxis.first ?? derivedName(axis) ?? "axis"
    var source = input
    func keep(_ op: String, _ bound: ExprSyntax?) throws(KQLError) {
      guard let bound else { return }
      source = try apply(
        OperatorSyntax(kind: .filter(syntax(.binary(op, axis, bound), range)), range: range), to: source)
    }
    try keep(">=", series.from)
    try keep(series.isRange ? "<=" : "<", series.to)
    let binned: ExprSyntax
    if let from = series.from, !series.isRange {
      binned = syntax(.call("bin_at", [axis, series.step, from]), range)
    } else {
      binned = syntax(.call("bin", [axis, series.step]), range)
    }
    let grouped = try apply(
      OperatorSyntax(
        kind: .summarize(series.aggregates.map(\.value), by: series.by + [syntax(.named([axisName], binned), range)]),
        range: range), to: source)
    let keyCount = series.by.count
    let axisType = grouped.schema[keyCount].type
    let from = try series.from.map { f throws(KQLError) in convert(try fixed(f), to: axisType) }
    let to = try series.to.map { t throws(KQLError) in convert(try fixed(t), to: axisType) }
    let step = try fixed(series.step)
    let values = Array(grouped.schema[(keyCount + 1)...])
    var fallbacks: [Expression] = []
    guard values.count == series.aggregates.count || series.aggregates.count == 1 else {
      throw fail(.arguments, "an aggregate of several columns stands alone in make-series", range)
    }
    for (index, value) in values.enumerated() {
      if let fallback = series.aggregates[min(index, series.aggregates.count - 1)].fallback {
        fallbacks.append(convert(try fixed(fallback), to: value.type))
      } else {
        fallbacks.append(.literal(Scalar.long(0).converted(to: value.type)))
      }
    }
    let layout = SeriesLayout(
      keys: keyCount, types: grouped.schema.map(\.type), from: from, to: to, step: step, fallbacks: fallbacks,
      isRange: series.isRange, isNonEmpty: series.isNonEmpty)
    var schema = Array(grouped.schema[..<keyCount])
    schema += values.map { Field($0.name, .dynamic) }
    schema.append(Field(axisName, .dynamic))
    return BoundQuery(plan: .step(grouped.plan, name: "make-series") { try layout.run($0, $1) }, schema: schema)
  }
}

struct SeriesLayout: Sendable {
  let keys: Int
  let types: [ScalarType]
  let from: Expression?
  let to: Expression?
  let step: Expression
  let fallbacks: [Expression]
  let isRange: Bool
  let isNonEmpty: Bool

  private static let limit = 1 << 20

  func run(_ batch: Batch, _ context: EvaluationContext) throws -> Batch {
    let axis = batch.columns[keys]
    let positions = try axisValues(axis, context)
    var index: [[UInt8]: Int] = [:]
    var axisKeys = ColumnBuilder(types[keys])
    for position in positions { axisKeys.append(position) }
    let axisColumn = axisKeys.finish()
    for row in positions.indices {
      var key: [UInt8] = []
      Grouping.encode(axisColumn, row, into: &key)
      index[key] = row
    }
    let (groups, firsts) = try Grouping.number(Array(batch.columns[..<keys]), batch.count)
    let count = keys == 0 && isNonEmpty && firsts.isEmpty ? 1 : firsts.count
    var places = [[Int]](repeating: [Int](repeating: -1, count: positions.count), count: count)
    try context.check(rows: count * max(1, positions.count))
    for (row, group) in groups.enumerated() {
      var key: [UInt8] = []
      Grouping.encode(axis, row, into: &key)
      if let place = index[key] { places[group][place] = row }
    }
    var columns = batch.columns[..<keys].map { $0.gather(firsts) }
    for (offset, fallback) in fallbacks.enumerated() {
      let value = try fallback.single(context)
      let column = batch.columns[keys + 1 + offset]
      var builder = JSONBuilder()
      for group in places {
        builder.beginArray()
        for row in group { builder.append(row < 0 ? value : column[row]) }
        builder.endArray()
      }
      columns.append(.dynamic(DynamicColumn(roots: builder.finish())))
    }
    var builder = JSONBuilder()
    builder.beginArray()
    for position in positions { builder.append(position) }
    builder.endArray()
    let shared = DynamicColumn(roots: builder.finish())
    columns.append(
      .dynamic(
        DynamicColumn(documents: shared.documents, refs: [UInt64](repeating: shared.refs.first ?? 0, count: count))))
    return Batch(columns: columns, count: count)
  }

  private func axisValues(_ axis: Column, _ context: EvaluationContext) throws -> [Scalar] {
    let type = types[keys]
    let cells = (0..<axis.count).map { axis[$0] }.filter { !$0.isNull }
    let step = try self.step.single(context)
    func bound(_ expression: Expression?, _ sign: Int) throws -> Scalar? {
      if let expression { return try expression.single(context) }
      return cells.dropFirst().reduce(cells.first) { best, next in
        best.map { Compare.order(next, $0) * sign > 0 ? next : $0 }
      }
    }
    guard let start = try bound(from, -1), let stop = try bound(to, 1) else { return [] }
    // Only a given end without range() is left out.
    let excludesStop = to != nil && !isRange
    var values: [Scalar] = []
    if type == .real || type == .decimal {
      guard let a = start.double, let b = stop.double, let by = step.converted(to: .real).double, by > 0 else {
        return []
      }
      while values.count < Self.limit {
        let at = a + Double(values.count) * by
        if excludesStop ? at >= b : at > b { break }
        values.append(.real(at))
      }
    } else {
      guard var at = start.int64, let b = stop.int64, let by = step.int64, by > 0 else { return [] }
      while excludesStop ? at < b : at <= b {
        guard values.count < Self.limit else {
          throw KQLError(.limit, "make-series makes more than \(Self.limit) points")
        }
        values.append(Scalar.long(at).converted(to: type))
        if type == .timespan { values[values.count - 1] = .timespan(at) }
        let (next, overflow) = at.addingReportingOverflow(by)
        if overflow { break }
        at = next
      }
    }
    return values
  }
}
