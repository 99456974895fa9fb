// SPDX-License-Identifier: Apache-2.0

extension ARMFunction {
  /// Arithmetic. Integers that no longer fit are an error, as in Resource Manager.
  static let numbers: [ARMFunction] = [
    ARMFunction(
      "add", 2...2,
      .strict { call throws(ARMError) in
        try arithmetic(call, { $0.addingReportingOverflow($1) }, +)
      }),
    ARMFunction(
      "sub", 2...2,
      .strict { call throws(ARMError) in
        try arithmetic(call, { $0.subtractingReportingOverflow($1) }, -)
      }),
    ARMFunction(
      "mul", 2...2,
      .strict { call throws(ARMError) in
        try arithmetic(call, { $0.multipliedReportingOverflow(by: $1) }, *)
      }),
    ARMFunction(
      "div", 2...2,
      .strict { call throws(ARMError) in
        if try call.number(1) == 0 { throw call.fail("a division by zero") }
        return try arithmetic(call, { $0.dividedReportingOverflow(by: $1) }, /)
      }),
    ARMFunction(
      "mod", 2...2,
      .strict { call throws(ARMError) in
        if try call.number(1) == 0 { throw call.fail("a division by zero") }
        return try arithmetic(
          call, { $0.remainderReportingOverflow(dividingBy: $1) }, { $0.truncatingRemainder(dividingBy: $1) })
      }),
    ARMFunction("int", 1...1, .strict(toInt)),
    ARMFunction("float", 1...1, .strict(toFloat)),
    ARMFunction("min", 1...Int.max, .strict { call throws(ARMError) in try extreme(call) { $0 < $1 } }),
    ARMFunction("max", 1...Int.max, .strict { call throws(ARMError) in try extreme(call) { $0 > $1 } }),
  ]

  private static func arithmetic(
    _ call: ARMCall, _ exact: (Int64, Int64) -> (partialValue: Int64, overflow: Bool),
    _ real: (Double, Double) -> Double
  ) throws(ARMError) -> ARMValue {
    guard let a = call[0].int, let b = call[1].int else {
      let result = real(try call.number(0), try call.number(1))
      if !result.isFinite { throw call.fail("the result is no number") }
      return .double(result)
    }
    let (result, overflow) = exact(a, b)
    if overflow { throw call.fail("the result does not fit 64 bits") }
    return .int(result)
  }

  private static func toInt(_ call: ARMCall) throws(ARMError) -> ARMValue {
    switch call[0] {
    case .int: return call[0]
    case .double(let number):
      guard let whole = Int64(exactly: number.rounded(.towardZero)) else { throw call.fail("it does not fit 64 bits") }
      return .int(whole)
    case .string(let text):
      let text = text.filter { !$0.isWhitespace }
      if let number = Int64(text) { return .int(number) }
      if let number = Double(text), let whole = Int64(exactly: number.rounded(.towardZero)) { return .int(whole) }
      throw call.fail("'\(text)' is no integer")
    default: throw call.wrong(0, "a string or a number")
    }
  }

  private static func toFloat(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if let number = call[0].number { return .double(number) }
    let text = try call.string(0)
    guard let number = Double(text), number.isFinite else { throw call.fail("'\(text)' is no number") }
    return .double(number)
  }

  private static func extreme(
    _ call: ARMCall, _ isBetter: (Double, Double) -> Bool
  ) throws(ARMError) -> ARMValue {
    let values = call.count == 1 ? call[0].elements ?? call.arguments : call.arguments
    guard var best = values.first else { throw call.fail("the array is empty") }
    for value in values {
      guard let number = value.number, let limit = best.number else {
        throw call.fail("all must be numbers, not \(value.kindName)")
      }
      if isBetter(number, limit) { best = value }
    }
    return best
  }
}
