// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// Reads an expression by recursive descent. Grammar: a value is a string in single quotes (a quote is doubled), a
/// number, or a call; after a value stand `.name` and `[index]`, any number of times.
struct ARMParser {
  private let bytes: [UInt8]
  private let outer: Set<String>
  private let limits: ARMLimits
  private var at: Int
  private let end: Int
  private var depth = 0

  init(_ text: String, outer: Set<String>, limits: ARMLimits) throws(ARMError) {
    bytes = Array(text.utf8)
    self.outer = outer
    self.limits = limits
    at = 1
    end = bytes.count - 1
    if bytes.count > limits.length {
      throw ARMError(.tooLarge, at: 0, "an expression is longer than \(limits.length) bytes")
    }
    if !ARMExpression.isExpression(text) { throw ARMError(.syntax, at: 0, "an expression stands in [ and ]") }
  }

  mutating func parse() throws(ARMError) -> ARMExpression.Node {
    let node = try value()
    skipSpace()
    if at < end { throw fail("nothing may follow the expression, found '\(rest)'") }
    return node
  }

  private var rest: String { String(decoding: bytes[at..<min(end, at + 20)], as: UTF8.self) }
  private func fail(_ message: String) -> ARMError { ARMError(.syntax, at: at, message) }
  private var next: UInt8? { at < end ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { at += 1 }
  }

  private mutating func accept(_ byte: Character) -> Bool {
    skipSpace()
    guard next == byte.asciiValue else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(ARMError) -> ARMExpression.Node {
    depth += 1
    defer { depth -= 1 }
    if depth > limits.depth { throw ARMError(.tooLarge, at: at, "calls are nested deeper than \(limits.depth)") }
    skipSpace()
    var node: ARMExpression.Node
    switch next {
    case UInt8(ascii: "'"): node = .literal(.string(try string()))
    case .some(let byte) where byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"):
      node = .literal(try number())
    case .some(let byte) where Self.isNameStart(byte): node = try call()
    case nil: throw fail("the expression ends too early")
    default: throw fail("expected a string, a number or a function, found '\(rest)'")
    }
    // Each step makes the tree deeper by one, and what walks it recurses.
    var steps = 0
    while true {
      steps += 1
      if depth + steps > limits.depth * 2 {
        throw ARMError(.tooLarge, at: at, "more than \(limits.depth) properties after one another")
      }
      let start = at
      if accept(".") {
        node = .member(node, try name(), at: start)
      } else if accept("[") {
        let index = try value()
        if !accept("]") { throw fail("expected ] after the index") }
        node = .index(node, index, at: start)
      } else {
        return node
      }
    }
  }

  private mutating func call() throws(ARMError) -> ARMExpression.Node {
    let start = at
    var name = try name()
    // A user's own function is called by its namespace: `contoso.uniqueName('a')`.
    if next == UInt8(ascii: "."), name.lowercased() != "lambda" {
      at += 1
      name += "." + (try self.name())
    }
    if !accept("(") {
      switch name.lowercased() {
      case "true": return .literal(.bool(true))
      case "false": return .literal(.bool(false))
      case "null": return .literal(.null)
      default: break
      }
      throw ARMError(.syntax, at: start, "'\(name)' is no call: write \(name)(), or '\(name)' for a string")
    }
    let key = name.lowercased()
    if key == "lambda" { return try lambda(start) }
    var arguments: [ARMExpression.Node] = []
    if !accept(")") {
      repeat { arguments.append(try value()) } while accept(",")
      if !accept(")") { throw fail(at >= end ? "a ( is not closed" : "expected , or ), found '\(rest)'") }
    }
    if outer.contains(key) { return .outer(key, arguments, at: start) }
    guard let function = ARMFunction.named(key) else {
      if key.contains("."), outer.contains("*.*") { return .outer(key, arguments, at: start) }
      if key.hasPrefix("list"), outer.contains("list*") { return .outer(key, arguments, at: start) }
      let near = Spelling.nearest(to: name, in: ARMFunction.names + outer.filter { !$0.contains("*") })
      throw ARMError(
        .unknownFunction, at: start, "no function is called '\(name)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    if !function.arity.contains(arguments.count) {
      throw ARMError(
        .wrongArguments, at: start, "\(function.name)() takes \(function.arityText), not \(arguments.count)")
    }
    return .call(function, arguments, at: start)
  }

  /// `lambda('x', lambdaVariables('x'))`: names, and then what is done with them.
  private mutating func lambda(_ start: Int) throws(ARMError) -> ARMExpression.Node {
    var parts: [ARMExpression.Node] = []
    if !accept(")") {
      repeat { parts.append(try value()) } while accept(",")
      if !accept(")") { throw fail("expected , or )") }
    }
    guard let body = parts.popLast() else { throw ARMError(.wrongArguments, at: start, "lambda() needs a body") }
    var names: [String] = []
    for part in parts {
      guard case .literal(.string(let name)) = part else {
        throw ARMError(.wrongArguments, at: start, "the variables of lambda() are names in quotes")
      }
      names.append(name.lowercased())
    }
    return .lambda(names, body)
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }

  private mutating func name() throws(ARMError) -> String {
    skipSpace()
    let start = at
    guard let first = next, Self.isNameStart(first) || first == UInt8(ascii: "$") else {
      throw fail(at >= end ? "the expression ends too early" : "expected a name, found '\(rest)'")
    }
    while let byte = next, Self.isNameStart(byte) || byte &- 0x30 < 10 || byte == UInt8(ascii: "$") { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func string() throws(ARMError) -> String {
    let start = at
    at += 1
    var text: [UInt8] = []
    while let byte = next {
      at += 1
      if byte == UInt8(ascii: "'") {
        guard next == byte else { return String(decoding: text, as: UTF8.self) }
        at += 1
      }
      text.append(byte)
    }
    throw ARMError(.syntax, at: start, "a string is not closed")
  }

  private mutating func number() throws(ARMError) -> ARMValue {
    let start = at
    at += 1
    while let byte = next,
      byte &- 0x30 < 10 || byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
        || ((byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && bytes[at - 1] | 0x20 == UInt8(ascii: "e"))
    { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if let value = Int64(text) { return .int(value) }
    if let value = Double(text), value.isFinite { return .double(value) }
    throw ARMError(.syntax, at: start, "'\(text)' is no number")
  }
}
