// SPDX-License-Identifier: Apache-2.0

/// A parsed expression: what stands between the brackets of `[concat('a', parameters('b'))]`.
package struct ARMExpression: Sendable {
  package indirect enum Node: Sendable {
    case literal(ARMValue)
    case call(ARMFunction, [Node], at: Int)
    /// A function that only the environment knows (`namespace.member` included).
    case outer(String, [Node], at: Int)
    case member(Node, String, at: Int)
    case index(Node, Node, at: Int)
    case lambda([String], Node)
  }

  package let root: Node
  package let text: String

  /// Whether a string of a template is an expression: it begins with `[` (and not `[[`) and ends with `]`.
  package static func isExpression(_ text: String) -> Bool {
    let bytes = text.utf8
    return bytes.count >= 2 && bytes.first == UInt8(ascii: "[") && bytes.last == UInt8(ascii: "]")
      && bytes.dropFirst().first != UInt8(ascii: "[")
  }

  /// A string that is no expression, as it is meant: `[[` at the start of one that ends in `]` stands for `[`.
  package static func literal(_ text: String) -> String {
    text.hasPrefix("[[") && text.hasSuffix("]") ? String(text.dropFirst()) : text
  }

  /// Parses a string of a template that `isExpression` says is one.
  ///
  /// - Parameter outer: lower-case names that the environment knows, for calls that the language itself does not.
  package init(
    parsing text: String, outer: Set<String>, limits: ARMLimits = .standard
  ) throws(ARMError) {
    var parser = try ARMParser(text, outer: outer, limits: limits)
    root = try parser.parse()
    self.text = text
  }

  /// The names of all functions called, in lower case, that the language leaves to the environment.
  package var outerCalls: Set<String> {
    var names: Set<String> = []
    Self.visit(root) { node in
      if case .outer(let name, _, _) = node { names.insert(name) }
    }
    return names
  }

  /// Whether each evaluation gives the same value, whatever the environment.
  package var isConstant: Bool {
    var constant = true
    Self.visit(root) { node in
      switch node {
      case .outer: constant = false
      case .call(let function, _, _): if function.isVolatile { constant = false }
      default: break
      }
    }
    return constant
  }

  /// Calls `body` with each node, outermost first.
  package static func visit(_ node: Node, _ body: (Node) -> Void) {
    body(node)
    switch node {
    case .literal: break
    case .call(_, let arguments, _), .outer(_, let arguments, _): for argument in arguments { visit(argument, body) }
    case .member(let target, _, _): visit(target, body)
    case .index(let target, let index, _):
      visit(target, body)
      visit(index, body)
    case .lambda(_, let inner): visit(inner, body)
    }
  }
}
