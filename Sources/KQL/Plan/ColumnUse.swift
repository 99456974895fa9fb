// SPDX-License-Identifier: Apache-2.0
import JSON

/// The columns of a plan that are read: whole, or the values at some paths.
struct ColumnUse {
  private var whole: Set<Int> = []
  private(set) var paths: [Int: Set<JSONPath>] = [:]

  init() {}
  init(of expressions: [Expression]) { for expression in expressions { add(expression) } }

  var columns: Set<Int> { whole.union(paths.keys) }
  func contains(_ column: Int) -> Bool { whole.contains(column) || paths[column] != nil }

  /// Adds what an expression reads, where of its own value only the one at `steps` is read.
  mutating func add(_ expression: Expression, at steps: [JSONPath.Step] = []) {
    switch expression {
    case .column(let index, _):
      if steps.isEmpty {
        whole.insert(index)
        paths[index] = nil
      } else if !whole.contains(index) {
        paths[index, default: []].insert(JSONPath(steps: steps))
      }
    case .path(let base, let path): add(base, at: path.steps + steps)
    // The JSON of a dynamic value is the value.
    case .call(let function, let arguments, _)
    where function.name == "parse_json" && arguments.first?.type == .dynamic:
      for argument in arguments { add(argument, at: steps) }
    case .call(_, let arguments, _): for argument in arguments { add(argument) }
    case .literal, .scalarQuery, .listQuery: break
    }
  }

  /// What is read of the expressions that give a plan's columns, where these are read as told here.
  func through(_ expressions: [Expression]) -> ColumnUse {
    var below = ColumnUse()
    for (index, expression) in expressions.enumerated() {
      if whole.contains(index) { below.add(expression) }
      for path in paths[index] ?? [] { below.add(expression, at: path.steps) }
    }
    return below
  }

  func union(_ other: ColumnUse) -> ColumnUse {
    var result = self
    result.whole.formUnion(other.whole)
    for (index, paths) in other.paths { result.paths[index, default: []].formUnion(paths) }
    for index in result.whole { result.paths[index] = nil }
    return result
  }

  /// The columns from `first` on, counted from there, up to `end`.
  func part(_ range: Range<Int>) -> ColumnUse {
    var result = ColumnUse()
    result.whole = Set(whole.lazy.filter(range.contains).map { $0 - range.lowerBound })
    for (index, paths) in paths where range.contains(index) { result.paths[index - range.lowerBound] = paths }
    return result
  }
}
