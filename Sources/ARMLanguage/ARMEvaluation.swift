// SPDX-License-Identifier: Apache-2.0

/// What surrounds an expression: parameters, variables, the resource of a policy, a deployment. It answers the calls that
/// the language leaves to it.
package protocol ARMEnvironment {
  /// The value of a call.
  ///
  /// - Parameters:
  ///   - name: the function's name in lower case.
  ///   - offset: where the call stands in the expression, for errors.
  /// - Throws: ``ARMError`` where the arguments are wrong. What is not known is `.unknown` with its reason.
  func call(_ name: String, _ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue

  /// The moment of the evaluation, in seconds since 1970; nil where there is none, and `utcNow()` is then unknown.
  var now: Double? { get }

  /// Whether a property that an object does not have is null, as in policies; in templates it is an error.
  var missingIsNull: Bool { get }
}

extension ARMEnvironment {
  package var missingIsNull: Bool { false }
}

/// An environment that knows nothing.
package struct ARMNowhere: ARMEnvironment {
  package let now: Double?
  package init(now: Double? = nil) { self.now = now }
  package func call(_ name: String, _ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
    throw ARMError(.unknownFunction, at: offset, "\(name)() has no meaning here")
  }
}

/// One evaluation of an expression.
package struct ARMEvaluation {
  let environment: any ARMEnvironment
  let limits: ARMLimits
  private var steps = 0
  private var depth = 0
  private var variables: [(name: String, value: ARMValue)] = []

  package init(in environment: any ARMEnvironment, limits: ARMLimits = .standard) {
    self.environment = environment
    self.limits = limits
  }

  /// The value of an expression; `.unknown` where it rests on what is not known.
  package mutating func value(_ expression: ARMExpression) throws(ARMError) -> ARMValue {
    try value(expression.root)
  }

  mutating func count(at offset: Int, _ more: Int = 1) throws(ARMError) {
    steps += more
    if steps > limits.steps {
      throw ARMError(.tooLarge, at: offset, "an expression takes more than \(limits.steps) steps")
    }
  }

  mutating func value(_ node: ARMExpression.Node) throws(ARMError) -> ARMValue {
    // Lambdas within lambdas go deeper than the text is nested.
    depth += 1
    defer { depth -= 1 }
    if depth > limits.depth * 4 { throw ARMError(.tooLarge, at: 0, "an expression is nested too deeply") }
    switch node {
    case .literal(let value): return value
    case .member(let target, let name, let at):
      let value = try value(target)
      if value.reason != nil { return value }
      if let found = value.member(name) { return found }
      if environment.missingIsNull, value.isNull { return .null }
      guard value.isObject else {
        throw ARMError(.failed, at: at, "\(value.kindName) has no property '\(name)'")
      }
      if environment.missingIsNull { return .null }
      throw ARMError(.failed, at: at, "the object has no property '\(name)'")
    case .index(let target, let index, let at):
      let (value, key) = (try value(target), try value(index))
      if value.reason != nil { return value }
      if key.reason != nil { return key }
      return try element(of: value, key, at: at)
    case .lambda: throw ARMError(.wrongArguments, at: 0, "lambda() stands only in functions that take one")
    case .outer(let name, let arguments, let at):
      try count(at: at)
      var values: [ARMValue] = []
      for argument in arguments { values.append(try value(argument)) }
      if let unknown = values.first(where: { $0.reason != nil }) { return unknown }
      return try environment.call(name, values, at: at)
    case .call(let function, let arguments, let at):
      try count(at: at)
      switch function.body {
      case .lazy(let body): return try body(&self, arguments, at)
      case .strict(let body):
        var values: [ARMValue] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments { values.append(try value(argument)) }
        if let unknown = values.first(where: { $0.reason != nil }) { return unknown }
        let result = try body(ARMCall(name: function.name, arguments: values, offset: at, limits: limits))
        // What was made counts as well: many long texts are as dear as many calls.
        if let text = result.string { try count(at: at, text.utf8.count >> 8) }
        if case .array(let elements) = result { try count(at: at, elements.count >> 4) }
        return result
      case .moment(let body):
        var values: [ARMValue] = []
        for argument in arguments { values.append(try value(argument)) }
        if let unknown = values.first(where: { $0.reason != nil }) { return unknown }
        guard let now = environment.now else { return .unknown("\(function.name)(): the time is not known here") }
        return try body(ARMCall(name: function.name, arguments: values, offset: at, limits: limits), now)
      }
    }
  }

  func element(of value: ARMValue, _ key: ARMValue, at offset: Int) throws(ARMError) -> ARMValue {
    if let name = key.string {
      if let found = value.member(name) { return found }
      if environment.missingIsNull, value.isObject || value.isNull { return .null }
      throw ARMError(.failed, at: offset, "\(value.kindName) has no property '\(name)'")
    }
    guard let index = key.int, let elements = value.elements else {
      throw ARMError(.failed, at: offset, "\(value.kindName) cannot be indexed by \(key.kindName)")
    }
    guard index >= 0, index < elements.count else {
      throw ARMError(.failed, at: offset, "index \(index) is out of bounds: the array has \(elements.count) elements")
    }
    return elements[Int(index)]
  }

  // MARK: Lambdas

  func variable(_ name: String) -> ARMValue? { variables.last { $0.name == name }?.value }

  /// Calls a lambda with values for its variables; those that it does not name are left out.
  mutating func apply(
    _ lambda: (names: [String], body: ARMExpression.Node), _ values: [ARMValue], at offset: Int
  ) throws(ARMError) -> ARMValue {
    try count(at: offset)
    let before = variables.count
    for (name, value) in zip(lambda.names, values) { variables.append((name, value)) }
    defer { variables.removeLast(variables.count - before) }
    return try value(lambda.body)
  }
}

/// A call with its values at hand.
package struct ARMCall {
  let name: String
  let arguments: [ARMValue]
  let offset: Int
  let limits: ARMLimits

  var count: Int { arguments.count }
  subscript(_ index: Int) -> ARMValue { index < arguments.count ? arguments[index] : .null }

  func fail(_ message: String) -> ARMError { ARMError(.failed, at: offset, "\(name)(): \(message)") }

  func wrong(_ index: Int, _ wanted: String) -> ARMError {
    ARMError(
      .wrongArguments, at: offset, "\(name)(): argument \(index + 1) must be \(wanted), not \(self[index].kindName)")
  }

  func string(_ index: Int) throws(ARMError) -> String {
    guard let text = self[index].string else { throw wrong(index, "a string") }
    return text
  }

  func int(_ index: Int) throws(ARMError) -> Int64 {
    switch self[index] {
    case .int(let number): return number
    case .double(let number): if let whole = Int64(exactly: number) { return whole }
    default: break
    }
    throw wrong(index, "an integer")
  }

  func bool(_ index: Int) throws(ARMError) -> Bool {
    guard let flag = self[index].bool else { throw wrong(index, "a bool") }
    return flag
  }

  func number(_ index: Int) throws(ARMError) -> Double {
    guard let number = self[index].number else { throw wrong(index, "a number") }
    return number
  }

  func elements(_ index: Int) throws(ARMError) -> [ARMValue] {
    guard let elements = self[index].elements else { throw wrong(index, "an array") }
    return elements
  }

  func members(_ index: Int) throws(ARMError) -> [ARMValue.Member] {
    guard let members = self[index].members else { throw wrong(index, "an object") }
    return members
  }

  /// Refuses to look for so much in a text that it takes too long.
  func search(_ text: String, _ size: Int) throws(ARMError) {
    if text.utf8.count.multipliedReportingOverflow(by: size).overflow || text.utf8.count * size > limits.size * 64 {
      throw ARMError(.tooLarge, at: offset, "\(name)() has too much to look through")
    }
  }

  /// The text as a result, unless it grew too large.
  func made(_ text: String) throws(ARMError) -> ARMValue {
    if text.utf8.count > limits.size {
      throw ARMError(.tooLarge, at: offset, "\(name)() makes a text that is too long")
    }
    return .string(text)
  }

  func made(_ elements: [ARMValue]) throws(ARMError) -> ARMValue {
    if elements.count > limits.size { throw ARMError(.tooLarge, at: offset, "\(name)() makes too many elements") }
    return .array(elements)
  }
}

/// A function of the language.
package struct ARMFunction: Sendable {
  enum Body: Sendable {
    /// All arguments are evaluated first; one that is not known makes the result unknown.
    case strict(@Sendable (ARMCall) throws(ARMError) -> ARMValue)
    /// As `strict`, for what depends on the time.
    case moment(@Sendable (ARMCall, Double) throws(ARMError) -> ARMValue)
    /// It evaluates what it needs.
    case lazy(@Sendable (inout ARMEvaluation, [ARMExpression.Node], Int) throws(ARMError) -> ARMValue)
  }

  package let name: String
  package let arity: ClosedRange<Int>
  let body: Body

  init(_ name: String, _ arity: ClosedRange<Int>, _ body: Body) {
    self.name = name
    self.arity = arity
    self.body = body
  }

  /// Whether it may give another value each time.
  package var isVolatile: Bool { if case .moment = body { true } else { false } }

  var arityText: String {
    let (low, high) = (arity.lowerBound, arity.upperBound)
    if low == high { return low == 0 ? "no arguments" : low == 1 ? "1 argument" : "\(low) arguments" }
    return high == .max ? "\(low) or more arguments" : "\(low) to \(high) arguments"
  }

  private static let table: [String: ARMFunction] = {
    let all = strings + texts + arrays + objects + lambdas + logic + numbers + dates + networks + ids
    return Dictionary(all.map { ($0.name.lowercased(), $0) }) { first, _ in first }
  }()

  /// The function of that lower-case name.
  package static func named(_ name: String) -> ARMFunction? { table[name] }
  /// The names of all functions, as they are usually written.
  package static var names: [String] { table.values.map(\.name) }
}

extension ARMFunction {
  /// Calls a function with values, for those who have no expression.
  package static func call(
    _ name: String, _ arguments: [ARMValue], in environment: any ARMEnvironment = ARMNowhere()
  ) throws(ARMError) -> ARMValue {
    guard let function = named(name.lowercased()) else {
      throw ARMError(.unknownFunction, at: 0, "no function is called '\(name)'")
    }
    guard function.arity.contains(arguments.count) else {
      throw ARMError(.wrongArguments, at: 0, "\(name)() takes \(function.arityText), not \(arguments.count)")
    }
    var evaluation = ARMEvaluation(in: environment)
    return try evaluation.value(.call(function, arguments.map { .literal($0) }, at: 0))
  }
}

extension ARMEvaluation {
  /// The value of a part of an expression.
  package mutating func value(ofNode node: ARMExpression.Node) throws(ARMError) -> ARMValue { try value(node) }
}
