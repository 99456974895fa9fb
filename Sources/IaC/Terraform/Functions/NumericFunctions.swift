// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

enum NumericFunctions {
  static let all: [String: Function] = [
    "abs": one { $0.isNegative ? -$0 : $0 },
    "ceil": one { $0.ceiling },
    "floor": one { $0.floor },
    "signum": Function(.number, returns: .number) { args, _ throws(FunctionFailure) in
      Value(try int(args[0]).signum())
    },
    "max": extreme { $0 > $1 },
    "min": extreme { $0 < $1 },
    "log": Function(.number, .number, returns: .number) { args, _ throws(FunctionFailure) in
      try floating(log(double(args[0])) / log(double(args[1])))
    },
    "pow": Function(.number, .number, returns: .number) { args, _ throws(FunctionFailure) in
      try floating(pow(double(args[0]), double(args[1])))
    },
    "parseint": Function(.any, .number, returns: .number) { args, _ throws(FunctionFailure) in
      guard let text = args[0].string else { throw FunctionFailure("the first argument must be a string") }
      guard let base = args[1].number?.int, (2...62).contains(base) else {
        throw FunctionFailure("the base must be a whole number from 2 to 62")
      }
      var digits = Array(text.utf8)[...]
      let isNegative = digits.first == 0x2D
      if isNegative || digits.first == 0x2B { digits = digits.dropFirst() }
      guard !digits.isEmpty, digits.count <= 4096, let value = natural(digits, base) else {
        throw FunctionFailure("\"\(text)\" is no whole number of base \(base)")
      }
      return Value(Number(value, isNegative: isNegative, precision: max(64, value.bitWidth)))
    },
    "sum": Function(.whole, returns: .number) { args, _ throws(FunctionFailure) in
      guard let elements = args[0].elements, let first = elements.first else {
        throw FunctionFailure("needs a list or set of at least one number")
      }
      func number(_ value: Value) throws(FunctionFailure) -> Number {
        if let converted = try? value.converted(to: .number), let number = converted.number { return number }
        throw FunctionFailure("all elements must be numbers")
      }
      var total = try number(first)
      for element in elements.dropFirst() {
        let next = try number(element)
        total = total + next
      }
      return Value(total)
    },
  ]

  private static func one(_ body: @escaping @Sendable (Number) -> Number) -> Function {
    Function(.number, returns: .number) { args, _ throws(FunctionFailure) in Value(body(try number(args[0]))) }
  }

  private static func extreme(_ isBetter: @escaping @Sendable (Number, Number) -> Bool) -> Function {
    Function(rest: .number, returns: .number) { args, _ throws(FunctionFailure) in
      guard let first = args.first else { throw FunctionFailure("needs at least one number") }
      var best = try number(first)
      for arg in args.dropFirst() {
        let next = try number(arg)
        if isBetter(next, best) { best = next }
      }
      return Value(best)
    }
  }

  static func number(_ value: Value) throws(FunctionFailure) -> Number {
    guard let number = value.number else { throw FunctionFailure("a number is required") }
    return number
  }

  /// A whole number that Int holds.
  static func int(_ value: Value) throws(FunctionFailure) -> Int {
    guard let number = try number(value).int else { throw FunctionFailure("a whole number is required") }
    return number
  }

  private static func double(_ value: Value) throws(FunctionFailure) -> Double { try number(value).double }

  private static func floating(_ value: Double) throws(FunctionFailure) -> Value {
    guard let number = Number(value) else { throw FunctionFailure("the result is not a finite number") }
    return Value(number)
  }

  /// Digits of a base up to 62: in bases above 36 capitals stand for 36 and more.
  private static func natural(_ digits: ArraySlice<UInt8>, _ base: Int) -> BigNatural? {
    if base <= 36 { return BigNatural(digits: digits, base: UInt32(base)) }
    var result = BigNatural.zero
    for byte in digits {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x7A: digit = byte - 0x61 + 10
      case 0x41...0x5A: digit = byte - 0x41 + 36
      default: return nil
      }
      guard digit < base else { return nil }
      result.multiply(by: UInt32(base), adding: UInt32(digit))
    }
    return result
  }
}
