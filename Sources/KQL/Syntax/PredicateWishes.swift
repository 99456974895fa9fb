// SPDX-License-Identifier: Apache-2.0

extension Predicate {
  /// A value at a path with which one comparison of a predicate says the opposite.
  package struct Wish: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
      case bool(Bool)
      /// As it is written.
      case number(String)
      case text(String)
    }
    /// A column's name, then keys.
    package let path: [String]
    package var value: Value
  }

  /// What would make comparisons of the predicate false, one by one: `a.b != 'x'` wishes for `x` at `a.b`. Comparisons
  /// that do not say a value (`a == 'x'`) wish for nothing. Whether a wish turns the whole predicate, and which of the
  /// values of a list is meant, is for the caller to see.
  package static func wishes(in text: String) throws(KQLError) -> [Wish] {
    var parser = try Parser(text)
    let syntax = try parser.expression()
    var found: [Wish] = []
    collect(syntax, isWanted: false, &found)
    var seen: Set<Wish> = []
    return found.filter { seen.insert($0).inserted }
  }

  private static func collect(_ syntax: ExprSyntax, isWanted: Bool, _ found: inout [Wish]) {
    switch syntax.kind {
    case .call("not", let arguments) where arguments.count == 1:
      collect(arguments[0], isWanted: !isWanted, &found)
    case .binary("and", let left, let right), .binary("or", let left, let right):
      collect(left, isWanted: isWanted, &found)
      collect(right, isWanted: isWanted, &found)
    case .binary(let op, let left, let right):
      if let path = path(left), let literal = literal(right) {
        if let value = value(op, literal, isWanted: isWanted) { found.append(Wish(path: path, value: value)) }
      }
    case .inList(let op, let left, let items):
      // Any of the list will do; which of them is wanted is not said here.
      guard let path = path(left), op.hasPrefix("!") != isWanted else { return }
      found += items.compactMap(literal).map { Wish(path: path, value: $0) }
    default:
      if let path = path(syntax) { found.append(Wish(path: path, value: .bool(isWanted))) }
    }
  }

  /// The one value with which `path OP literal` is `isWanted`.
  private static func value(_ op: String, _ literal: Wish.Value, isWanted: Bool) -> Wish.Value? {
    switch (op, literal) {
    case ("==", _) where isWanted, ("=~", _) where isWanted, ("!=", _) where !isWanted, ("!~", _) where !isWanted:
      return literal
    case ("==", .bool(let flag)) where !isWanted, ("!=", .bool(let flag)) where isWanted: return .bool(!flag)
    case ("<", .number), (">", .number):
      return isWanted ? nil : literal
    case ("<=", .number), (">=", .number):
      return isWanted ? literal : nil
    default: return nil
    }
  }

  /// The path that an expression reads, through conversions and what stands in for an absent value.
  private static func path(_ syntax: ExprSyntax) -> [String]? {
    switch syntax.kind {
    case .name(let name): return [name]
    case .member(let base, let name): return path(base).map { $0 + [name] }
    case .index(let base, let index):
      guard case .literal(.string(let key)) = index.kind else { return nil }
      return path(base).map { $0 + [key] }
    case .call(let name, let arguments):
      let converts = ["tostring", "tobool", "toint", "tolong", "todouble", "toreal", "tolower"].contains(name)
      if converts, arguments.count == 1 { return path(arguments[0]) }
      if name == "coalesce", arguments.count == 2, literal(arguments[1]) != nil { return path(arguments[0]) }
      return nil
    default: return nil
    }
  }

  private static func literal(_ syntax: ExprSyntax) -> Wish.Value? {
    guard case .literal(let scalar) = syntax.kind else { return nil }
    switch scalar {
    case .bool(let flag): return .bool(flag)
    case .string(let text): return text.isEmpty ? nil : .text(text)
    case .int(let number): return .number(String(number))
    case .long(let number): return .number(String(number))
    case .real(let number): return number.isFinite ? .number(String(number)) : nil
    default: return nil
    }
  }
}
