// SPDX-License-Identifier: Apache-2.0

/// How a column made by a call is named when the query gives no name.
package enum ResultNaming: Sendable {
  /// `Column1`, `Column2`, ...
  case numbered
  /// The name of the first argument.
  case argument
  /// A prefix, then the name of the first argument: `strlen_x`.
  case prefixed(String)
}

/// What a call knows of its arguments while it is bound.
package struct ArgumentInfo: Sendable {
  package let type: ScalarType
  package let constant: Scalar?
}

/// A function from cells to a cell, with its documentation: the one place that a function is described.
package struct ScalarFunction: Sendable {
  package typealias Kernel = @Sendable ([Vector], Int, EvaluationContext) throws -> Vector

  package let name: String
  /// `strcat(argument1, argument2, ...)`
  package let signature: String
  package let meaning: String
  package let naming: ResultNaming
  let arity: ClosedRange<Int>
  package var leastArguments: Int { arity.lowerBound }
  package var mostArguments: Int { arity.upperBound }
  /// Types that the arguments are brought to; the last one repeats. nil takes any type.
  let parameters: [ScalarType?]
  /// The type of the result, or nil where the arguments' types do not fit.
  let resultType: @Sendable ([ArgumentInfo]) -> ScalarType?
  let kernel: Kernel
}

/// A function from the cells of a group to a cell.
package struct AggregateFunction: Sendable {
  package typealias Kernel = @Sendable (_ arguments: [Vector], _ groups: [Int], _ count: Int) throws -> Column

  package let name: String
  package let signature: String
  package let meaning: String
  /// The prefix of the result's name: `sum_` of `sum_x`; nil keeps the argument's name.
  let prefix: String?
  let arity: ClosedRange<Int>
  let parameters: [ScalarType?]
  let resultType: @Sendable ([ArgumentInfo]) -> ScalarType?
  let kernel: @Sendable (ScalarType) -> Kernel
}
