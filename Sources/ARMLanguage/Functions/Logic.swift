// SPDX-License-Identifier: Apache-2.0

extension ARMFunction {
  /// Logic and comparison. What is decided without an unknown argument does not become unknown by it.
  static let logic: [ARMFunction] = [
    ARMFunction("true", 0...0, .strict { call throws(ARMError) in .bool(true) }),
    ARMFunction("false", 0...0, .strict { call throws(ARMError) in .bool(false) }),
    ARMFunction("null", 0...0, .strict { call throws(ARMError) in .null }),
    ARMFunction("not", 1...1, .strict { call throws(ARMError) in .bool(!(try call.bool(0))) }),
    ARMFunction(
      "and", 0...Int.max,
      .lazy { run, nodes, at throws(ARMError) in try decide("and", by: false, &run, nodes, at) }),
    ARMFunction(
      "or", 0...Int.max, .lazy { run, nodes, at throws(ARMError) in try decide("or", by: true, &run, nodes, at) }),
    ARMFunction("if", 3...3, .lazy(choose)),
    ARMFunction("coalesce", 1...Int.max, .lazy(coalesce)),
    ARMFunction("bool", 1...1, .strict(toBool)),
    ARMFunction(
      "equals", 2...2, .strict { call throws(ARMError) in .bool(ARMValue.same(call[0], call[1], ignoringCase: true)) }),
    ARMFunction("less", 2...2, .strict { call throws(ARMError) in .bool(try order(call) < 0) }),
    ARMFunction("lessOrEquals", 2...2, .strict { call throws(ARMError) in .bool(try order(call) <= 0) }),
    ARMFunction("greater", 2...2, .strict { call throws(ARMError) in .bool(try order(call) > 0) }),
    ARMFunction("greaterOrEquals", 2...2, .strict { call throws(ARMError) in .bool(try order(call) >= 0) }),
  ]

  private static func decide(
    _ name: String, by decisive: Bool, _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    var unknown: ARMValue?
    for (index, node) in nodes.enumerated() {
      let value = try run.value(node)
      if value.reason != nil {
        unknown = unknown ?? value
        continue
      }
      guard let flag = value.bool else {
        throw ARMError(
          .wrongArguments, at: at, "\(name)(): argument \(index + 1) must be a bool, not \(value.kindName)")
      }
      if flag == decisive { return .bool(decisive) }
    }
    return unknown ?? .bool(!decisive)
  }

  private static func choose(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    let value = try run.value(nodes[0])
    if value.reason != nil { return value }
    guard let flag = value.bool else {
      throw ARMError(.wrongArguments, at: at, "if(): argument 1 must be a bool, not \(value.kindName)")
    }
    return try run.value(nodes[flag ? 1 : 2])
  }

  private static func coalesce(
    _ run: inout ARMEvaluation, _ nodes: [ARMExpression.Node], _ at: Int
  ) throws(ARMError) -> ARMValue {
    for node in nodes {
      let value = try run.value(node)
      if !value.isNull { return value }
    }
    return .null
  }

  private static func toBool(_ call: ARMCall) throws(ARMError) -> ARMValue {
    switch call[0] {
    case .bool: return call[0]
    case .int(let number): return .bool(number != 0)
    case .double(let number): return .bool(number != 0)
    case .string(let text):
      switch text.lowercased() {
      case "true", "1": return .bool(true)
      case "false", "0": return .bool(false)
      default: throw call.fail("'\(text)' is neither true nor false")
      }
    default: throw call.wrong(0, "a string or a number")
    }
  }

  private static func order(_ call: ARMCall) throws(ARMError) -> Int {
    if let a = call[0].int, let b = call[1].int { return a < b ? -1 : a > b ? 1 : 0 }
    if let a = call[0].number, let b = call[1].number { return a < b ? -1 : a > b ? 1 : 0 }
    if let a = call[0].string, let b = call[1].string { return ARMText.compare(a, b) }
    throw call.fail("\(call[0].kindName) and \(call[1].kindName) have no order")
  }
}
