// SPDX-License-Identifier: Apache-2.0

extension Expression {
  /// Calls `body` with every column that the expression reads.
  func eachColumn(_ body: (Int) -> Void) {
    switch self {
    case .column(let index, _): body(index)
    case .path(let base, _): base.eachColumn(body)
    case .call(_, let arguments, _): for argument in arguments { argument.eachColumn(body) }
    default: break
    }
  }

  /// Stands where nobody reads the cells: it makes none.
  static func unread(_ type: ScalarType) -> Expression { .call(unreadFunction, [], type) }

  var isUnread: Bool {
    if case .call(let function, _, _) = self { function.name == Self.unreadFunction.name } else { false }
  }

  private static let unreadFunction = ScalarFunction(
    name: "(unread)", signature: "", meaning: "", naming: .numbered, arity: 0...0, parameters: [],
    resultType: { _ in nil }
  ) { _, _, _ in Vector(.absent) }

  /// The expression with other positions for its columns.
  func moved(_ place: (Int) -> Int) -> Expression {
    switch self {
    case .column(let index, let type): .column(place(index), type)
    case .path(let base, let path): .path(base.moved(place), path)
    case .call(let function, let arguments, let type): .call(function, arguments.map { $0.moved(place) }, type)
    default: self
    }
  }
}

/// An expression for operators that go on row by row because a row depends on the one before.
struct RowExpression: Sendable {
  private let expression: Expression
  private let columns: [(index: Int, type: ScalarType)]

  init(_ expression: Expression, types: [ScalarType]) {
    var used: Set<Int> = []
    expression.eachColumn { used.insert($0) }
    let order = used.sorted()
    var places: [Int: Int] = [:]
    for (place, index) in order.enumerated() { places[index] = place }
    columns = order.map { ($0, types[$0]) }
    self.expression = expression.moved { places[$0] ?? 0 }
  }

  func evaluate(_ context: EvaluationContext, _ cell: (Int) -> Scalar) throws -> Scalar {
    let batch = Batch(
      columns: columns.map { column in
        var builder = ColumnBuilder(column.type)
        builder.append(cell(column.index))
        return builder.finish()
      }, count: 1)
    return try expression.evaluate(batch, context)[0]
  }
}
