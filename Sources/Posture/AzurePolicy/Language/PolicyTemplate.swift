// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage

/// A value of a rule that holds expressions.
indirect enum PolicyTemplate: Sendable {
  case constant(ARMValue)
  case expression(ARMExpression.Node)
  case array([PolicyTemplate])
  case object([(String, PolicyTemplate)])
  /// What cannot be evaluated: the reason.
  case failed(String)
}

extension PolicyTemplate {
  /// The value; unknown, with the reason, where an expression in it fails.
  func value(in environment: PolicyEnvironment) -> ARMValue {
    switch self {
    case .constant(let value): return value
    case .failed(let reason): return .unknown(reason)
    case .expression(let node):
      var evaluation = ARMEvaluation(in: environment)
      do throws(ARMError) { return try evaluation.value(ofNode: node) } catch { return .unknown(error.message) }
    case .array(let elements): return .array(elements.map { $0.value(in: environment) })
    case .object(let members): return .object(members.map { .init($0.0, $0.1.value(in: environment)) })
    }
  }
}
