// SPDX-License-Identifier: Apache-2.0

extension Parser {
  /// A column of a list: an expression, `name = expression` or `(a, b) = expression`.
  mutating func namedExpression() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    if case .symbol("*") = token {
      advance()
      return ExprSyntax(kind: .star, range: since(start))
    }
    var names: [String] = []
    switch token {
    case .identifier(let word), .quotedName(let word):
      if ahead == .symbol("=") {
        names = [word]
        advance()
        advance()
      }
    case .symbol("[") where ahead(2) == .symbol("]") && ahead(3) == .symbol("="):
      names = [try name()]
      advance()
    case .symbol("("):
      names = tupleNames()
    default: break
    }
    let value = try expression()
    return names.isEmpty ? value : ExprSyntax(kind: .named(names, value), range: since(start))
  }

  /// `name = value` or a value, where no comparison may stand.
  mutating func namedSum() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    guard ahead == .symbol("=") else { return try sum() }
    let name = try name()
    try expect("=")
    return ExprSyntax(kind: .named([name], try sum()), range: since(start))
  }

  private mutating func tupleNames() -> [String] {
    var distance = 1
    var names: [String] = []
    while true {
      switch ahead(distance) {
      case .identifier(let name), .quotedName(let name): names.append(name)
      default: return []
      }
      distance += 1
      if ahead(distance) == .symbol(",") {
        distance += 1
      } else if ahead(distance) == .symbol(")"), ahead(distance + 1) == .symbol("=") {
        for _ in 0..<distance + 2 { advance() }
        return names
      } else {
        return []
      }
    }
  }

  /// An argument of a call: a value, `name = value`, `*`, or a query.
  mutating func argument() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    if startsQuery() { return ExprSyntax(kind: .query(try query()), range: since(start)) }
    let value = try namedExpression()
    guard token == .symbol("|") else { return value }
    return try piped(value, start)
  }

  private mutating func piped(_ value: ExprSyntax, _ start: Int) throws(KQLError) -> ExprSyntax {
    var query: QuerySyntax
    switch value.kind {
    case .call(let name, let arguments): query = QuerySyntax(source: .call(name, arguments), range: value.range)
    case .query(let inner): query = QuerySyntax(source: .query(inner), range: value.range)
    default: query = QuerySyntax(source: .table(value), range: value.range)
    }
    while take("|") { query.operators.append(try operatorSyntax()) }
    return ExprSyntax(kind: .query(query), range: since(start))
  }

  private func startsQuery() -> Bool {
    guard case .identifier(let word) = token else { return false }
    switch word {
    case "datatable", "union", "print": return ahead != .symbol(")") && ahead != .symbol(",")
    case "externaldata", "external_data": return ahead == .symbol("(")
    case "search", "find":
      if case .string = ahead { return true }
      return ahead == .identifier("in") || ahead == .identifier("where") || ahead == .symbol("*")
    case "range": return ahead != .symbol("(") && ahead != .symbol(",") && ahead != .symbol(")")
    default: return false
    }
  }

  mutating func expression() throws(KQLError) -> ExprSyntax {
    try nested { p throws(KQLError) in try p.disjunction() }
  }

  private mutating func disjunction() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    var left = try conjunction()
    while takeWord("or") {
      left = ExprSyntax(kind: .binary("or", left, try conjunction()), range: since(start))
    }
    return left
  }

  private mutating func conjunction() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    var left = try comparison()
    while takeWord("and") {
      left = ExprSyntax(kind: .binary("and", left, try comparison()), range: since(start))
    }
    return left
  }

  static let comparisons: Set<String> = [
    "==", "!=", "<>", "=~", "!~", "<", "<=", ">", ">=", "has", "!has", "has_cs", "!has_cs", "contains", "!contains",
    "contains_cs", "!contains_cs", "startswith", "!startswith", "startswith_cs", "!startswith_cs", "endswith",
    "!endswith", "endswith_cs", "!endswith_cs", "hasprefix", "!hasprefix", "hasprefix_cs", "!hasprefix_cs", "hassuffix",
    "!hassuffix", "hassuffix_cs", "!hassuffix_cs", "like", "notlike", "notcontains", "containscs",
    "notcontainscs",
  ]
  /// Names that older queries have for operators.
  static let oldComparisons: [String: String] = [
    "<>": "!=", "notcontains": "!contains", "containscs": "contains_cs", "notcontainscs": "!contains_cs",
  ]

  private mutating func comparison() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    var left = try sum()
    while true {
      let word: String
      switch token {
      case .identifier(let text), .symbol(let text): word = text
      default: return left
      }
      if word == ":", case .string = ahead {
        // search's `column: 'term'`
        advance()
        left = ExprSyntax(kind: .binary("has", left, try sum()), range: since(start))
      } else if Self.comparisons.contains(word) {
        advance()
        let right = try sum()
        let op = Self.oldComparisons[word] ?? word
        left = ExprSyntax(kind: .binary(op, left, right), range: since(start))
      } else if word == "matches", ahead == .identifier("regex") {
        advance()
        advance()
        left = ExprSyntax(kind: .binary("matches regex", left, try sum()), range: since(start))
      } else if ["in", "!in", "in~", "!in~", "has_any", "has_all"].contains(word) {
        advance()
        try expect("(")
        let items = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.argument() }
        try expect(")")
        left = ExprSyntax(kind: .inList(word, left, items), range: since(start))
      } else if word == "between" || word == "!between" {
        advance()
        try expect("(")
        let low = try sum()
        try expect("..")
        let high = try sum()
        try expect(")")
        left = ExprSyntax(kind: .between(left, low, high, negated: word == "!between"), range: since(start))
      } else {
        return left
      }
    }
  }

  private mutating func sum() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    var left = try product()
    while case .symbol(let op) = token, op == "+" || op == "-" {
      advance()
      left = ExprSyntax(kind: .binary(op, left, try product()), range: since(start))
    }
    return left
  }

  private mutating func product() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    var left = try unary()
    while case .symbol(let op) = token, op == "*" || op == "/" || op == "%" {
      advance()
      left = ExprSyntax(kind: .binary(op, left, try unary()), range: since(start))
    }
    return left
  }

  private mutating func unary() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    if case .symbol(let op) = token, op == "-" || op == "+" {
      advance()
      let operand = try nested { p throws(KQLError) in try p.unary() }
      return ExprSyntax(kind: .unary(op, operand), range: since(start))
    }
    return try postfix()
  }

  private mutating func postfix() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    var value = try primary()
    while true {
      if take(".") {
        switch token {
        case .identifier(let name) where ahead == .symbol("(") && value.isPlace:
          // database('d').f(...): the functions of a database are those at hand.
          advance()
          advance()
          let arguments = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.argument() }
          try expect(")")
          value = ExprSyntax(
            kind: ["database", "workspace"].contains(name) ? .member(value, name) : .call(name, arguments),
            range: since(start))
        case .identifier(let name) where ahead == .symbol("(") && Functions.find(name) != nil:
          // a.f(x) is another way to write f(a, x).
          advance()
          advance()
          let arguments = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.argument() }
          try expect(")")
          value = ExprSyntax(kind: .call(name, [value] + arguments), range: since(start))
        case .identifier(let name), .quotedName(let name):
          advance()
          value = ExprSyntax(kind: .member(value, name), range: since(start))
        case .symbol("["):
          // d.['key'], d.[0], d.[expression]
          advance()
          let index = try expression()
          try expect("]")
          value = ExprSyntax(kind: .index(value, index), range: since(start))
        default: throw fail("expected a member's name after '.'")
        }
      } else if token == .symbol("[") {
        advance()
        let index = try expression()
        try expect("]")
        value = ExprSyntax(kind: .index(value, index), range: since(start))
      } else {
        return value
      }
    }
  }

  private mutating func primary() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    func made(_ kind: ExprSyntax.Kind) -> ExprSyntax { ExprSyntax(kind: kind, range: since(start)) }
    switch token {
    case .long(let value):
      advance()
      return made(.literal(.long(value)))
    case .real(let value):
      advance()
      return made(.literal(.real(value)))
    case .string(let value):
      advance()
      return made(.literal(.string(value)))
    case .timespan(let value):
      advance()
      return made(.literal(.timespan(value)))
    case .typed(let type, let inner):
      guard let literal = Self.typedLiteral(type, inner) else { throw fail("'\(inner)' is not a \(type)") }
      advance()
      return made(.literal(literal))
    case .quotedName(let name):
      advance()
      return made(.name(name))
    case .symbol("("):
      advance()
      if startsQuery() {
        let inner = try query()
        try expect(")")
        return made(.query(inner))
      }
      let inner = try expression()
      if token == .symbol("|") {
        let piped = try piped(inner, start)
        try expect(")")
        return piped
      }
      try expect(")")
      return ExprSyntax(kind: inner.kind, range: since(start))
    case .symbol("*"):
      // `* has 'x'`: any column.
      if case .identifier(let op) = ahead, Self.comparisons.contains(op) {
        advance()
        return made(.star)
      }
      throw fail("expected an expression")
    case .symbol("["):
      return made(.name(try name()))
    case .identifier(let word):
      if ahead == .symbol("(") {
        if word == "dynamic" { return try dynamicLiteral(start) }
        if word == "typeof", ahead(2) == .symbol("*") || ahead(3) == .symbol(":") {
          // The columns that a plugin gives, which only plugins that are not supported take.
          advance()
          advance()
          _ = take("*")
          _ = take(",")
          while token != .symbol(")") {
            _ = try columnDeclaration()
            if !take(",") { break }
          }
          try expect(")")
          return made(.call("typeof", []))
        }
        advance()
        advance()
        let arguments = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.argument() }
        try expect(")")
        return made(.call(word, arguments))
      }
      advance()
      switch word {
      case "true", "True", "TRUE": return made(.literal(.bool(true)))
      case "false", "False", "FALSE": return made(.literal(.bool(false)))
      default: return made(.name(word))
      }
    case .end: throw fail("the query ends too early: expected an expression")
    default: throw fail("expected an expression")
    }
  }

  static func typedLiteral(_ typeName: String, _ inner: String) -> Scalar? {
    guard let type = ScalarType(name: typeName) else { return nil }
    if inner == "null" { return .null(type) }
    switch type {
    case .bool: return .bool(inner.lowercased() == "true" || inner == "1")
    case .int: return NumberText.long(inner).flatMap { Int32(exactly: $0) }.map(Scalar.int)
    case .long: return NumberText.long(inner).map(Scalar.long)
    case .real: return NumberText.real(inner).map(Scalar.real)
    case .decimal: return NumberText.real(inner).map(Scalar.decimal)
    case .datetime: return DateTime.parse(inner).map(Scalar.datetime)
    case .timespan: return TimeSpan.parse(inner).map(Scalar.timespan)
    case .guid: return .guid(inner.lowercased().filter { $0 != "\"" && $0 != "'" })
    default: return nil
    }
  }

  /// The text between the parentheses of `dynamic(...)`, as JSON with Kusto's own literals inside.
  private mutating func dynamicLiteral(_ start: Int) throws(KQLError) -> ExprSyntax {
    advance()
    let open = range.upperBound
    advance()
    var level = 1
    while level > 0 {
      switch token {
      case .symbol("("): level += 1
      case .symbol(")"): level -= 1
      case .end: throw fail("the dynamic literal is not closed")
      default: break
      }
      if level == 0 { break }
      advance()
    }
    let text = String(decoding: bytes[open..<range.lowerBound], as: UTF8.self)
    advance()
    return ExprSyntax(kind: .dynamic(text), range: since(start))
  }
}
