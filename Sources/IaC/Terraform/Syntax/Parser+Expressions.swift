// SPDX-License-Identifier: Apache-2.0

extension Parser {
  mutating func expression() throws(Diagnostic) -> Expression {
    try nested { parser throws(Diagnostic) in try parser.conditional() }
  }

  private mutating func conditional() throws(Diagnostic) -> Expression {
    let place = lexer.place
    let condition = try binary(0)
    guard take(.question) else { return condition }
    let yes = try expression()
    guard take(.colon) else { throw unexpected("':' and the value for when the condition is false") }
    let no = try expression()
    return .conditional(condition, yes, no, place)
  }

  private static func rank(_ kind: Lexer.Kind) -> (Int, Expression.Operator)? {
    switch kind {
    case .or: (1, .or)
    case .and: (2, .and)
    case .equal: (3, .equal)
    case .notEqual: (3, .notEqual)
    case .less: (4, .less)
    case .lessOrEqual: (4, .lessOrEqual)
    case .greater: (4, .greater)
    case .greaterOrEqual: (4, .greaterOrEqual)
    case .plus: (5, .add)
    case .minus: (5, .subtract)
    case .star: (6, .multiply)
    case .slash: (6, .divide)
    case .percent: (6, .modulo)
    default: nil
    }
  }

  /// Operators that bind tighter than `least`; they associate to the left.
  private mutating func binary(_ least: Int) throws(Diagnostic) -> Expression {
    var left = try unary()
    var operators = 0
    while let (rank, op) = Self.rank(kind), rank > least {
      let place = lexer.place
      advance()
      // A chain of operators becomes a tree as deep as it is long.
      operators += 1
      guard operators <= 1000 else {
        throw Diagnostic(.tooLarge, "more than 1000 operators in a row; put parts into locals", at: place)
      }
      left = .binary(op, left, try binary(rank), place)
    }
    return left
  }

  private mutating func unary() throws(Diagnostic) -> Expression {
    let place = lexer.place
    switch kind {
    case .minus:
      advance()
      return try nested { parser throws(Diagnostic) in .negation(try parser.unary(), place) }
    case .not:
      advance()
      return try nested { parser throws(Diagnostic) in .not(try parser.unary(), place) }
    default:
      return try postfix(try primary())
    }
  }

  // MARK: What follows a value

  private mutating func postfix(_ start: Expression) throws(Diagnostic) -> Expression {
    var value = start
    while kind == .dot || kind == .leftBracket {
      let place = lexer.place
      if kind == .dot {
        advance()
        switch kind {
        case .identifier:
          value = Self.adding([.attribute(lexer.tokenText)], to: value)
          advance()
        case .number: value = Self.adding(try legacyIndices(), to: value)
        case .star:
          advance()
          value = .splat(value, each: try attributes(of: .element(place)), place)
        default: throw unexpected("the name of an attribute after '.'")
        }
        continue
      }
      let outer = open(skippingNewlines: true)
      if kind == .star {
        advance()
        try close(.rightBracket, outer, "']'")
        let each = try nested { parser throws(Diagnostic) in try parser.postfix(.element(place)) }
        return .splat(value, each: each, place)
      }
      let key = try expression()
      try close(.rightBracket, outer, "']'")
      if case .literal(let literal, _) = key, let text = literal.string {
        value = Self.adding([.key(text)], to: value)
      } else if case .literal(let literal, _) = key, let index = literal.number?.int {
        value = Self.adding([.index(index)], to: value)
      } else {
        value = .index(value, key, place)
      }
    }
    return value
  }

  /// `.0` and `.0.1`, which the lexer takes for a number with a fraction.
  private mutating func legacyIndices() throws(Diagnostic) -> [Expression.Step] {
    let parts = lexer.tokenText.split(separator: ".", omittingEmptySubsequences: false)
    var steps: [Expression.Step] = []
    for part in parts {
      guard let index = Int(part) else { throw unexpected("an index") }
      steps.append(.index(index))
    }
    advance()
    return steps
  }

  /// What follows `.*`: attributes only, where `[*]` takes all that follows.
  private mutating func attributes(of element: Expression) throws(Diagnostic) -> Expression {
    var value = element
    while kind == .dot {
      advance()
      switch kind {
      case .identifier:
        value = Self.adding([.attribute(lexer.tokenText)], to: value)
        advance()
      case .number: value = Self.adding(try legacyIndices(), to: value)
      default: throw unexpected("the name of an attribute after '.'")
      }
    }
    return value
  }

  private static func adding(_ steps: [Expression.Step], to value: Expression) -> Expression {
    switch value {
    case .traversal(let root, let before, let place): .traversal(root: root, before + steps, place)
    case .access(let inner, let before, let place): .access(inner, before + steps, place)
    default: .access(value, steps, value.place)
    }
  }

  // MARK: Values

  private mutating func primary() throws(Diagnostic) -> Expression {
    let place = lexer.place
    switch kind {
    case .number:
      guard let number = Number(lexer.tokenText) else { throw fail("this number is too large", at: place) }
      advance()
      return .literal(Value(number), place)
    case .identifier:
      let name = lexer.tokenText
      advance()
      switch kind {
      case .leftParenthesis: return try call(name, place)
      case .doubleColon: return try call(try namespaced(name), place)
      default: break
      }
      switch name {
      case "true": return .literal(Value(true), place)
      case "false": return .literal(Value(false), place)
      case "null": return .literal(.null(.any), place)
      default: return .traversal(root: name, [], place)
      }
    case .quote: return try quoted()
    case .heredoc: return try heredoc()
    case .leftParenthesis:
      let outer = open(skippingNewlines: true)
      let inner = try expression()
      try close(.rightParenthesis, outer, "')'")
      return .parentheses(inner, place)
    case .leftBracket: return try tuple(place)
    case .leftBrace: return try object(place)
    default: throw unexpected("a value")
    }
  }

  private mutating func namespaced(_ first: String) throws(Diagnostic) -> String {
    var name = first
    while take(.doubleColon) {
      guard kind == .identifier else { throw unexpected("the name of a function after '::'") }
      name += "::" + lexer.tokenText
      advance()
    }
    guard kind == .leftParenthesis else { throw unexpected("'(' after the function's name") }
    return name
  }

  private mutating func call(_ name: String, _ place: Place) throws(Diagnostic) -> Expression {
    let outer = open(skippingNewlines: true)
    var arguments: [Expression] = []
    var expands = false
    while kind != .rightParenthesis {
      arguments.append(try expression())
      if take(.ellipsis) {
        expands = true
        break
      }
      guard take(.comma) else { break }
    }
    try close(.rightParenthesis, outer, "',' or ')' in the call of '\(name)'")
    return .call(name: name, arguments, expands: expands, place)
  }

  private mutating func tuple(_ place: Place) throws(Diagnostic) -> Expression {
    let outer = open(skippingNewlines: true)
    if kind == .identifier, lexer.tokenText == "for" {
      let clause = try forHead()
      let value = try expression()
      let complete = try finish(clause)
      try close(.rightBracket, outer, "'if' or ']' after the value of 'for'")
      return .forTuple(complete, value: value, place)
    }
    var elements: [Expression] = []
    while kind != .rightBracket {
      elements.append(try expression())
      guard take(.comma) else { break }
    }
    try close(.rightBracket, outer, "',' or ']'")
    return .tuple(elements, place)
  }

  private mutating func object(_ place: Place) throws(Diagnostic) -> Expression {
    // `for` may stand on the line after the brace.
    let outer = open(skippingNewlines: true)
    if kind == .identifier, lexer.tokenText == "for", isForClause() {
      let clause = try forHead()
      let key = try expression()
      guard take(.arrow) else { throw unexpected("'=>' after the key of 'for'") }
      let value = try expression()
      let groups = take(.ellipsis)
      let complete = try finish(clause)
      try close(.rightBrace, outer, "'if' or '}' after the value of 'for'")
      return .forObject(complete, key: key, value: value, groups: groups, place)
    }
    skipsNewlines = false
    var items: [Expression.ObjectItem] = []
    while true {
      while take(.newline) {}
      if kind == .rightBrace { break }
      let place = lexer.place
      let key = try expression()
      guard take(.assign) || take(.colon) else { throw unexpected("'=' and a value after the key") }
      let value = try expression()
      items.append(Expression.ObjectItem(key: key, value: value, place: place))
      if kind == .rightBrace { break }
      guard take(.comma) || kind == .newline else { throw unexpected("a new line, ',' or '}' after the value") }
    }
    try close(.rightBrace, outer, "'}'")
    return .object(items, place)
  }

  /// Whether `for` begins a clause and is no key: a name comes after it on whatever line.
  private func isForClause() -> Bool {
    var ahead = lexer
    ahead.advance(skippingNewlines: true)
    return ahead.kind == .identifier
  }

  // MARK: for

  /// `for k, v in collection :`
  private mutating func forHead() throws(Diagnostic) -> Expression.ForClause {
    advance()
    let clause = try forNames()
    guard take(.colon) else { throw unexpected("':' after the collection of 'for'") }
    return clause
  }

  /// `k, v in collection`
  mutating func forNames() throws(Diagnostic) -> Expression.ForClause {
    func name() throws(Diagnostic) -> String {
      guard kind == .identifier else { throw unexpected("the name of a variable of 'for'") }
      return lexer.tokenText
    }
    var names = [try name()]
    advance()
    if take(.comma) {
      names.append(try name())
      advance()
    }
    guard kind == .identifier, lexer.tokenText == "in" else { throw unexpected("'in' after the variables of 'for'") }
    advance()
    let collection = try expression()
    return Expression.ForClause(
      keyName: names.count == 2 ? names[0] : nil, valueName: names[names.count - 1], collection: collection,
      condition: nil)
  }

  private mutating func finish(_ clause: Expression.ForClause) throws(Diagnostic) -> Expression.ForClause {
    guard kind == .identifier, lexer.tokenText == "if" else { return clause }
    advance()
    return Expression.ForClause(
      keyName: clause.keyName, valueName: clause.valueName, collection: clause.collection,
      condition: try expression())
  }
}
