// SPDX-License-Identifier: Apache-2.0

extension Plan {
  /// The plan with scans told what is read of them: the columns that reach the result or an expression on the way, and
  /// the ranges that filters next to them leave.
  ///
  /// - Parameter needed: what is read of the plan's columns; nil for all.
  func pruned(_ needed: ColumnUse? = nil) -> Plan {
    func with(_ expressions: [Expression]) -> ColumnUse? { needed?.union(ColumnUse(of: expressions)) }
    switch self {
    case .scan(let source):
      guard let needed else { return self }
      let request = ScanRequest(columns: needed.columns, paths: needed.paths.mapValues(Array.init))
      return .scan(ChosenColumns(table: source, request: request))
    case .filter(let input, let predicate):
      let below = input.pruned(with([predicate]))
      let kept = predicate.isPositional ? with([predicate]) : needed
      return .filter(below.bounded(by: predicate, kept: kept?.columns), predicate)
    case .project(let input, let expressions):
      let used = expressions.enumerated().map { index, expression in
        needed?.contains(index) ?? true ? expression : Expression.unread(expression.type)
      }
      return .project(input.pruned(needed?.through(used) ?? ColumnUse(of: used)), used)
    case .summarize(let input, let keys, let aggregates):
      let below = input.pruned(ColumnUse(of: keys + aggregates.flatMap(\.arguments)))
      return .summarize(below, keys: keys, aggregates: aggregates)
    case .sort(let input, let keys): return .sort(input.pruned(with(keys.map(\.expression))), keys)
    case .take(let input, let count): return .take(input.pruned(needed), count)
    case .join(let left, let right, let kind, let leftKeys, let rightKeys, let leftTypes, let rightTypes):
      let (l, r) = Self.sides(needed, kind, leftTypes.count)
      let below = (
        left.pruned(l.map { $0.union(ColumnUse(of: leftKeys)) }),
        right.pruned(r.map { $0.union(ColumnUse(of: rightKeys)) })
      )
      return .join(
        below.0, below.1, kind, left: leftKeys, right: rightKeys, leftTypes: leftTypes, rightTypes: rightTypes)
    case .union(let inputs, let types): return .union(inputs.map { $0.pruned(needed) }, types)
    case .mvExpand(let input, let items, let index, let limit):
      // Columns that the operator adds have positions past its input's; a scan has none there and heeds them not.
      let read = with(items.map(\.expression) + items.compactMap { $0.column.map { .column($0, .dynamic) } })
      return .mvExpand(input.pruned(read), items, index: index, limit: limit)
    case .parse(let input, let subject, let pattern):
      return .parse(input.pruned(with([subject])), subject, pattern)
    case .mvApply(let input, let items, let sub, let index, let outer, let types):
      return .mvApply(input.pruned(), items, sub, index: index, outer: outer, types: types)
    case .step(let input, let name, let step): return .step(input.pruned(), name: name, step)
    default: return self
    }
  }

  /// Whether the plan gives the same rows each time at the cost of a scan.
  var isRepeatable: Bool {
    switch self {
    case .scan: true
    case .filter(let input, let predicate): predicate.isPlain && input.isRepeatable
    case .project(let input, let expressions): expressions.allSatisfy(\.isPlain) && input.isRepeatable
    default: false
    }
  }

  /// What of each side of a join is read.
  private static func sides(_ needed: ColumnUse?, _ kind: JoinKind, _ width: Int) -> (ColumnUse?, ColumnUse?) {
    switch kind {
    case .leftsemi, .leftanti: return (needed, ColumnUse())
    case .rightsemi, .rightanti: return (ColumnUse(), needed)
    default:
      guard let needed else { return (nil, nil) }
      return (needed.part(0..<width), needed.part(width..<Int.max))
    }
  }

  /// A scan with the ranges that a predicate over it leaves, and the columns that are read after it.
  private func bounded(by predicate: Expression, kept: Set<Int>?) -> Plan {
    switch self {
    case .scan(let source):
      var bounds: [ColumnBound] = []
      predicate.addBounds(to: &bounds)
      let chosen = source as? ChosenColumns
      var request = chosen?.request ?? ScanRequest()
      request.bounds += bounds
      // Not where places of rows count. Of two filters that name a column one is enough: they may differ in case.
      for column in predicate.isPositional ? [] : predicate.columns where request.texts[column] == nil {
        request.texts[column] = predicate.texts(ofColumn: column)
      }
      for (column, path) in predicate.isPositional ? [] : predicate.members
      where request.memberTexts[column]?[path] == nil {
        request.memberTexts[column, default: [:]][path] = predicate.texts(ofColumn: column, at: path)
      }
      request.kept = kept
      return .scan(ChosenColumns(table: chosen?.table ?? source, request: request))
    case .filter(let input, let inner) where !inner.isPositional:
      return .filter(input.bounded(by: predicate, kept: kept), inner)
    default: return self
    }
  }
}

extension Expression {
  /// Columns, literals and operators: nothing that is dear or that differs from time to time.
  fileprivate var isPlain: Bool {
    switch self {
    case .column, .literal: true
    case .path(let base, _): base.isPlain
    case .call(let function, let arguments, _):
      Functions.operators[function.name] != nil && arguments.allSatisfy(\.isPlain)
    case .scalarQuery, .listQuery: false
    }
  }

  /// Ranges of columns that hold wherever the predicate is true.
  func addBounds(to bounds: inout [ColumnBound]) {
    guard case .call(let function, let arguments, _) = self, arguments.count == 2 else { return }
    if function.name == "and" {
      for argument in arguments { argument.addBounds(to: &bounds) }
      return
    }
    let (op, column, value): (String, Int, Int64)
    switch (arguments[0].wholeColumn, arguments[1].wholeNumber, arguments[0].wholeNumber, arguments[1].wholeColumn) {
    case (let index?, let number?, _, _): (op, column, value) = (function.name, index, number)
    case (_, _, let number?, let index?):
      let turned = ["<": ">", "<=": ">=", ">": "<", ">=": "<="]
      (op, column, value) = (turned[function.name] ?? function.name, index, number)
    default: return
    }
    switch op {
    case "==": bounds.append(ColumnBound(column: column, range: value...value))
    case "<" where value > .min: bounds.append(ColumnBound(column: column, range: .min...(value - 1)))
    case "<=": bounds.append(ColumnBound(column: column, range: .min...value))
    case ">" where value < .max: bounds.append(ColumnBound(column: column, range: (value + 1)...(.max)))
    case ">=": bounds.append(ColumnBound(column: column, range: value...(.max)))
    default: break
    }
  }

  private var wholeColumn: Int? {
    switch self {
    case .column(let index, .int), .column(let index, .long), .column(let index, .datetime),
      .column(let index, .timespan):
      return index
    default: return nil
    }
  }

  private var wholeNumber: Int64? {
    guard case .literal(let value) = self else { return nil }
    return value.int64
  }
}
