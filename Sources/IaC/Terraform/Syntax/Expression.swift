// SPDX-License-Identifier: Apache-2.0

/// An expression of HCL's native syntax.
package indirect enum Expression: Sendable {
  case literal(Value, Place)
  /// A text with interpolations or directives; its value is a string.
  case template([TemplatePart], Place)
  /// `"${x}"`, whose value is that of `x` and no string made of it.
  case wrapped(Expression, Place)
  /// `var.a.b[0]`: the name of a scope's variable and what is taken of it.
  case traversal(root: String, [Step], Place)
  case access(Expression, [Step], Place)
  case index(Expression, Expression, Place)
  /// `x[*].a` or `x.*.a`: `each` is the expression for one element, which is `.element`.
  case splat(Expression, each: Expression, Place)
  /// The element that the splat around it is at.
  case element(Place)
  /// - `expands`: the last argument is followed by `...`.
  case call(name: String, [Expression], expands: Bool, Place)
  case conditional(Expression, Expression, Expression, Place)
  case binary(Operator, Expression, Expression, Place)
  case negation(Expression, Place)
  case not(Expression, Place)
  case tuple([Expression], Place)
  case object([ObjectItem], Place)
  case forTuple(ForClause, value: Expression, Place)
  case forObject(ForClause, key: Expression, value: Expression, groups: Bool, Place)
  case parentheses(Expression, Place)

  package enum Step: Sendable, Hashable {
    case attribute(String)
    case index(Int)
    case key(String)
  }

  package enum Operator: Sendable {
    case or, and, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, add, subtract, multiply, divide, modulo
  }

  package struct ObjectItem: Sendable {
    package let key: Expression
    package let value: Expression
    package let place: Place
  }

  package struct ForClause: Sendable {
    package let keyName: String?
    package let valueName: String
    package let collection: Expression
    package let condition: Expression?
  }

  package var place: Place {
    switch self {
    case .literal(_, let place), .template(_, let place), .wrapped(_, let place), .traversal(_, _, let place),
      .access(_, _, let place), .index(_, _, let place), .splat(_, _, let place), .element(let place),
      .call(_, _, _, let place), .conditional(_, _, _, let place), .binary(_, _, _, let place),
      .negation(_, let place), .not(_, let place), .tuple(_, let place), .object(_, let place),
      .forTuple(_, _, let place), .forObject(_, _, _, _, let place), .parentheses(_, let place):
      place
    }
  }

  /// The word that stands here, where the expression is no more than one: a type's name, a key, a block's name.
  package var keyword: String? {
    if case .traversal(let root, let steps, _) = self, steps.isEmpty { return root }
    return nil
  }

  /// The value of a literal bool.
  package var literalBool: Bool? {
    if case .literal(let value, _) = self { return value.bool }
    return nil
  }

  /// The text of a literal string.
  package var literalString: String? {
    switch self {
    case .literal(let value, _): value.string
    case .parentheses(let inner, _): inner.literalString
    default: nil
    }
  }
}

/// A part of a text.
package indirect enum TemplatePart: Sendable {
  case text(String)
  case interpolation(Expression)
  case conditional(Expression, then: [TemplatePart], otherwise: [TemplatePart])
  case loop(Expression.ForClause, [TemplatePart])
}

extension [Expression.Step] {
  /// `.a[0]["k"]`
  package var text: String {
    reduce(into: "") { out, step in
      switch step {
      case .attribute(let name): out += ".\(name)"
      case .index(let index): out += "[\(index)]"
      case .key(let key): out += "[\"\(key)\"]"
      }
    }
  }
}
