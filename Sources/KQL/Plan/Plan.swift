// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A bound scalar expression: names resolved, types known.
package indirect enum Expression: Sendable {
  case column(Int, ScalarType)
  case literal(Scalar)
  /// A walk into a dynamic value along constant steps.
  case path(Expression, JSONPath)
  case call(ScalarFunction, [Expression], ScalarType)
  /// The first cell of a query: `toscalar(...)`.
  case scalarQuery(Plan, ScalarType)
  /// The first column of a query as an array: `in (T | project x)`.
  case listQuery(Plan)

  package var type: ScalarType {
    switch self {
    case .column(_, let type), .call(_, _, let type), .scalarQuery(_, let type): type
    case .literal(let value): value.type
    case .path, .listQuery: .dynamic
    }
  }

  var constant: Scalar? {
    if case .literal(let value) = self { value } else { nil }
  }
}

package struct BoundAggregate: Sendable {
  let function: AggregateFunction
  let arguments: [Expression]
  let type: ScalarType
}

package struct SortKey: Sendable {
  let expression: Expression
  let ascending: Bool
  let nullsFirst: Bool
}

package enum JoinKind: String, Sendable {
  case innerunique, inner, leftouter, rightouter, fullouter, leftsemi, rightsemi, leftanti, rightanti
  init?(name: String) {
    switch name {
    case "anti", "leftantisemi": self = .leftanti
    case "rightantisemi": self = .rightanti
    case "semi": self = .leftsemi
    default: self.init(rawValue: name)
    }
  }
}

package struct MvExpandItem: Sendable {
  let expression: Expression
  /// Column of the input that the items replace, or nil where they are a new column.
  let column: Int?
  let type: ScalarType
  /// Members of a bag become `[key, value]` rather than bags of one key.
  var asArrays = false
}

package struct ParsePattern: Sendable {
  enum Mode: Sendable {
    case simple, relaxed
    case regex(flags: String)
  }
  enum Part: Sendable {
    case text(String)
    case star
    case column(ScalarType)
  }
  let mode: Mode
  let parts: [Part]
  let filters: Bool
}

/// A result that is computed once per run, however often it is named (`let T = materialize(...)`).
package final class SharedPlan: Sendable {
  let plan: Plan
  /// How many mv-apply and partition operators stand around it whose rows it depends on.
  let level: Int
  init(_ plan: Plan, level: Int) { (self.plan, self.level) = (plan.pruned(), level) }
}

/// What an operator without a node of its own does with the rows of its input.
package typealias PlanStep = @Sendable (Batch, EvaluationContext) throws -> Batch

/// A bound tabular expression. Every node knows the columns it gives by position; names live in the schema beside it.
package indirect enum Plan: Sendable {
  case scan(any TableSource)
  case rows([[Expression]], [ScalarType])
  case range(Expression, Expression, Expression, ScalarType)
  case filter(Plan, Expression)
  case project(Plan, [Expression])
  case summarize(Plan, keys: [Expression], aggregates: [BoundAggregate])
  case sort(Plan, [SortKey])
  case take(Plan, Expression)
  case join(
    Plan, Plan, JoinKind, left: [Expression], right: [Expression], leftTypes: [ScalarType], rightTypes: [ScalarType])
  case union([Plan], [ScalarType])
  case mvExpand(Plan, [MvExpandItem], index: Bool, limit: Int?)
  case mvApply(Plan, [MvExpandItem], Plan, index: Bool, outer: [Int], types: [ScalarType])
  case parse(Plan, Expression, ParsePattern)
  /// An operator that is a function of its whole input: partition, make-series, scan, plugins.
  case step(Plan, name: String, PlanStep)
  case shared(SharedPlan)
  /// The rows of the enclosing mv-apply or partition, whose columns have these types.
  case implicit([ScalarType])
}
