// SPDX-License-Identifier: Apache-2.0

/// Recursive descent over tokens. Nesting is bounded, so hostile texts cannot exhaust the stack.
struct Parser {
  let bytes: [UInt8]
  let tokens: [PlacedToken]
  var at = 0
  private var depth = 0
  private static let depthLimit = 200
  /// Errors that were stepped over; the operator after the next `|` goes on.
  var errors: [KQLError] = []

  init(_ text: String) throws(KQLError) {
    bytes = Array(text.utf8)
    tokens = try Lexer.tokens(of: bytes)
  }

  // MARK: Tokens

  var token: Token { tokens[at].token }
  var range: Range<Int> { tokens[at].range }
  var ahead: Token { at + 1 < tokens.count ? tokens[at + 1].token : .end }
  func ahead(_ distance: Int) -> Token { at + distance < tokens.count ? tokens[at + distance].token : .end }
  mutating func advance() { if at < tokens.count - 1 { at += 1 } }

  mutating func take(_ symbol: String) -> Bool {
    guard token == .symbol(symbol) else { return false }
    advance()
    return true
  }
  mutating func takeWord(_ word: String) -> Bool {
    guard token == .identifier(word) else { return false }
    advance()
    return true
  }
  func isWord(_ word: String) -> Bool { token == .identifier(word) }
  func fail(_ message: String, suggestion: String? = nil) -> KQLError {
    KQLError(.syntax, message, range, in: bytes, suggestion: suggestion)
  }
  func notSupported(_ what: String) -> KQLError {
    KQLError(.notSupported, "'\(what)' is not supported yet", range, in: bytes)
  }
  mutating func expect(_ symbol: String) throws(KQLError) {
    guard take(symbol) else { throw fail("expected '\(symbol)'") }
  }
  mutating func expectWord(_ word: String) throws(KQLError) {
    guard takeWord(word) else { throw fail("expected '\(word)'") }
  }
  mutating func nested<R>(_ body: (inout Parser) throws(KQLError) -> R) throws(KQLError) -> R {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw fail("the query is nested too deeply") }
    return try body(&self)
  }
  func since(_ start: Int) -> Range<Int> {
    let end = at > 0 ? tokens[at - 1].range.upperBound : start
    return start..<max(start, end)
  }

  mutating func name() throws(KQLError) -> String {
    switch token {
    case .identifier(let name), .quotedName(let name):
      advance()
      return name
    case .symbol("["):
      if case .string(let name) = ahead, ahead(2) == .symbol("]") {
        advance()
        advance()
        advance()
        return name
      }
      throw fail("expected a name")
    default: throw fail("expected a name")
    }
  }

  mutating func list<R>(_ body: (inout Parser) throws(KQLError) -> R) throws(KQLError) -> [R] {
    var items = [try body(&self)]
    while take(",") { items.append(try body(&self)) }
    return items
  }

  // MARK: Statements

  /// The statements of a whole text. The first error is thrown with the others it holds.
  mutating func statements() throws(KQLError) -> [StatementSyntax] {
    var statements: [StatementSyntax] = []
    do throws(KQLError) {
      while token != .end {
        if take(";") { continue }
        statements.append(try statement())
        guard token == .end || take(";") else {
          if token == .symbol("=") {
            throw fail("'=' only names a column; a comparison is written '=='", suggestion: "==")
          }
          throw fail("expected '|', ';' or the end of the query")
        }
      }
    } catch {
      errors.append(error)
    }
    if var first = errors.first {
      first.others = Array(errors.dropFirst().prefix(4))
      throw first
    }
    return statements
  }

  private mutating func statement() throws(KQLError) -> StatementSyntax {
    let start = range.lowerBound
    if isWord("let"), case .identifier = ahead { return try letStatement(start) }
    if isWord("let"), case .quotedName = ahead { return try letStatement(start) }
    if isWord("declare"), ahead == .identifier("query_parameters") {
      advance()
      advance()
      try expect("(")
      let parameters = try list { p throws(KQLError) in
        let (name, type) = try p.columnDeclaration()
        return ParameterSyntax(name: name, type: type, fallback: p.take("=") ? try p.expression() : nil)
      }
      try expect(")")
      return .parameters(parameters)
    }
    if isWord("alias"), ahead == .identifier("database") {
      // There is one database here, by whatever name.
      advance()
      advance()
      _ = try name()
      try expect("=")
      _ = try expression()
      try expect(";")
      return try statement()
    }
    if isWord("declare"), ahead == .identifier("pattern") { return .pattern(try pattern()) }
    if token == .symbol("."), case .identifier(let command) = ahead {
      throw KQLError(
        .notSupported, "control commands such as '.\(command)' are not supported: tables are filled by plumb ingest",
        range, in: bytes)
    }
    if isWord("restrict"), ahead == .identifier("access") { throw notSupported("restrict access") }
    if isWord("set"), case .identifier = ahead {
      // Request properties tune Kusto's own engine; but for these they do not change an answer.
      if case .identifier(let name) = ahead, name.hasPrefix("query_bin_auto_"), ahead(2) == .symbol("=") {
        for _ in 0..<3 { advance() }
        return .option(name, try expression())
      }
      while token != .end, token != .symbol(";") { advance() }
      return try { () throws(KQLError) in
        _ = take(";")
        return try statement()
      }()
    }
    return .query(try query())
  }

  private mutating func letStatement(_ start: Int) throws(KQLError) -> StatementSyntax {
    advance()
    let name = try name()
    try expect("=")
    if takeWord("view"), token != .symbol("(") { throw fail("expected '('") }
    if token == .symbol("("), let function = try lambda() {
      return .letValue(name, function, since(start))
    }
    if looksTabular() { return .letValue(name, .tabular(try query()), since(start)) }
    let value = try expression()
    // A name alone may be a table; the binder decides. With a pipe it is one.
    if token == .symbol("|"), case .name = value.kind {
      var query = QuerySyntax(source: .table(value), range: value.range)
      try pipes(&query)
      return .letValue(name, .tabular(query), since(start))
    }
    if token == .symbol("|"), case .call(let callee, let arguments) = value.kind {
      var query = QuerySyntax(source: .call(callee, arguments), range: value.range)
      try pipes(&query)
      return .letValue(name, .tabular(query), since(start))
    }
    return .letValue(name, .scalar(value), since(start))
  }

  /// `(a: long, t: (x: string)) { ... }`, or nil where the parenthesis opens an expression.
  private mutating func lambda() throws(KQLError) -> LetSyntax? {
    let save = at
    advance()
    var parameters: [ParameterSyntax] = []
    while token != .symbol(")") {
      guard case .identifier(let name) = token, ahead == .symbol(":") else {
        at = save
        return nil
      }
      advance()
      advance()
      var parameter = ParameterSyntax(name: name)
      if take("(") {
        var level = 1
        while level > 0, token != .end {
          if token == .symbol("(") { level += 1 }
          if token == .symbol(")") { level -= 1 }
          advance()
        }
      } else {
        guard case .identifier(let typeName) = token, let type = ScalarType(name: typeName) else {
          throw fail("expected a type")
        }
        advance()
        parameter.type = type
        if take("=") { parameter.fallback = try expression() }
      }
      parameters.append(parameter)
      if !take(",") { break }
    }
    guard take(")"), take("{") else {
      at = save
      return nil
    }
    return .function(parameters, try body())
  }

  /// The statements of a function up to its closing brace.
  mutating func body() throws(KQLError) -> [StatementSyntax] {
    var body: [StatementSyntax] = []
    while token != .symbol("}"), token != .end {
      if take(";") { continue }
      if isWord("let") {
        body.append(try statement())
      } else if looksTabular() {
        body.append(.query(try query()))
      } else {
        let value = try expression()
        if token == .symbol("|") {
          var query = QuerySyntax(source: sourceOf(value), range: value.range)
          try pipes(&query)
          body.append(.query(query))
        } else {
          body.append(.query(QuerySyntax(source: .print([value]), range: 0..<0)))
        }
      }
    }
    try expect("}")
    return body
  }

  /// `declare pattern name = (a: string)[b: string] { ("x").["y"] = { query }; ... }`
  private mutating func pattern() throws(KQLError) -> PatternSyntax {
    advance()
    advance()
    var pattern = PatternSyntax(name: try name(), parameters: [], choices: [])
    guard take("=") else { return pattern }
    try expect("(")
    pattern.parameters = try list { p throws(KQLError) in
      let (name, type) = try p.columnDeclaration()
      return ParameterSyntax(name: name, type: type)
    }
    try expect(")")
    if take("[") {
      let (name, type) = try columnDeclaration()
      pattern.parameters.append(ParameterSyntax(name: name, type: type))
      try expect("]")
    }
    try expect("{")
    while token != .symbol("}"), token != .end {
      if take(";") { continue }
      try expect("(")
      var choice = PatternSyntax.Choice(arguments: try list { p throws(KQLError) in try p.expression() }, body: [])
      try expect(")")
      if take(".") {
        if case .quotedName(let text) = token {
          choice.path = ExprSyntax(kind: .literal(.string(text)), range: range)
          advance()
        } else {
          try expect("[")
          choice.path = try expression()
          try expect("]")
        }
      }
      try expect("=")
      try expect("{")
      choice.body = try body()
      pattern.choices.append(choice)
    }
    try expect("}")
    return pattern
  }
  func sourceOf(_ value: ExprSyntax) -> QuerySyntax.Source {
    switch value.kind {
    case .call(let name, let arguments): .call(name, arguments)
    case .query(let query): .query(query)
    default: .table(value)
    }
  }

  private func looksTabular() -> Bool {
    guard case .identifier(let word) = token else {
      // A parenthesis that holds a query: ( T | where ... ).
      return token == .symbol("(") && parenthesisHoldsPipe()
    }
    if Self.sources.contains(word) || word == "materialize" { return word != "range" || ahead != .symbol("(") }
    return ahead == .symbol("|")
  }

  /// The words that a query without a table begins with.
  private static let sources: Set<String> = [
    "datatable", "union", "range", "print", "search", "find", "externaldata", "external_data",
  ]

  private func parenthesisHoldsPipe() -> Bool {
    var level = 0
    var index = at
    while index < tokens.count {
      switch tokens[index].token {
      case .symbol("("), .symbol("["), .symbol("{"): level += 1
      case .symbol(")"), .symbol("]"), .symbol("}"):
        level -= 1
        if level == 0 { return false }
      case .symbol("|") where level == 1: return true
      case .identifier(let word) where level == 1 && index == at + 1 && Self.sources.contains(word):
        if word != "range" || tokens[index + 1].token != .symbol("(") { return true }
      case .symbol(";"), .end: return false
      default: break
      }
      index += 1
    }
    return false
  }
}
