// SPDX-License-Identifier: Apache-2.0

/// Recursive descent over tokens. Nesting is bounded, so hostile texts cannot exhaust the stack.
struct Parser {
  let bytes: [UInt8]
  private let tokens: [PlacedToken]
  private var at = 0
  private var depth = 0
  private static let depthLimit = 200
  /// Errors that were stepped over; the operator after the next `|` goes on.
  private var errors: [KQLError] = []

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
    if isWord("alias"), ahead == .identifier("database") { throw notSupported("alias database") }
    if isWord("declare"), ahead == .identifier("pattern") { return .pattern(try pattern()) }
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
          bodyIsScalar = true
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
  /// Set while a function's body ended in a bare value; the binder tells values from tables by name.
  private var bodyIsScalar = false

  private func sourceOf(_ value: ExprSyntax) -> QuerySyntax.Source {
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
    if ["datatable", "union", "range", "print", "search", "find", "materialize", "externaldata", "external_data"]
      .contains(word)
    {
      return word != "range" || ahead != .symbol("(")
    }
    return ahead == .symbol("|")
  }

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
      case .identifier("datatable"), .identifier("union"), .identifier("print"):
        if level == 1, index == at + 1 { return true }
      case .symbol(";"), .end: return false
      default: break
      }
      index += 1
    }
    return false
  }

  // MARK: Queries

  mutating func query() throws(KQLError) -> QuerySyntax {
    try nested { parser throws(KQLError) in
      let start = parser.range.lowerBound
      var query = QuerySyntax(source: try parser.source(), range: parser.since(start))
      if case .implicit = query.source { query.operators.append(try parser.operatorSyntax()) }
      try parser.pipes(&query)
      return query
    }
  }

  private mutating func pipes(_ query: inout QuerySyntax) throws(KQLError) {
    while take("|") {
      do throws(KQLError) {
        query.operators.append(try operatorSyntax())
      } catch {
        errors.append(error)
        guard errors.count < 5 else { throw error }
        var level = 0
        skip: while true {
          switch token {
          case .end: break skip
          case .symbol("("), .symbol("["), .symbol("{"): level += 1
          case .symbol(")"), .symbol("]"), .symbol("}"):
            if level == 0 { break skip }
            level -= 1
          case .symbol("|"), .symbol(";"): if level == 0 { break skip }
          default: break
          }
          advance()
        }
      }
    }
  }

  mutating func tableSource() throws(KQLError) -> QuerySyntax.Source { try source() }

  private mutating func source() throws(KQLError) -> QuerySyntax.Source {
    if token == .symbol("("), case .identifier(let word) = ahead, word != "" || true {
      advance()
      let inner = try query()
      try expect(")")
      return .query(inner)
    }
    guard case .identifier(let word) = token else { return .table(try nameExpression()) }
    switch word {
    case "print":
      advance()
      return .print(try list { p throws(KQLError) in try p.namedExpression() })
    case "datatable" where ahead == .symbol("("):
      return try datatable()
    case "range" where ahead != .symbol("("):
      advance()
      let column = try name()
      try expectWord("from")
      let from = try expression()
      try expectWord("to")
      let to = try expression()
      try expectWord("step")
      return .range(column, from, to, try expression())
    case "union":
      advance()
      return .union(try unionSyntax())
    case "search" where ahead != .symbol("|"):
      advance()
      return .search(try searchSyntax())
    case "find" where ahead != .symbol("|"):
      advance()
      return .find(try find())
    case "externaldata" where ahead == .symbol("("), "external_data" where ahead == .symbol("("):
      advance()
      return .externalData(try externalData())
    case let word where Self.operatorNames.contains(word):
      // Inside mv-apply, partition and fork the sub-query begins with an operator.
      if startsOperator(word) { return .implicit }
    default: break
    }
    if ahead == .symbol("(") {
      advance()
      advance()
      let arguments = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.argument() }
      try expect(")")
      if word == "materialize" || word == "view" {
        guard let first = arguments.first else { throw fail("materialize takes a query") }
        if case .query(let query) = first.kind { return .query(query) }
        return sourceOf(first)
      }
      if token == .symbol(".") {
        // database('d').T, cluster('c').database('d').T: there is one database here.
        let place = ExprSyntax.places.contains(word)
        while place, take(".") {
          let start = range
          if token == .symbol("*") { return .table(ExprSyntax(kind: .name(try pattern()), range: start)) }
          if ahead == .symbol("*"), case .identifier(let part) = token {
            advance()
            advance()
            return .table(ExprSyntax(kind: .name(part + "*"), range: start))
          }
          let part = try name()
          guard take("(") else { return .table(ExprSyntax(kind: .name(part), range: start)) }
          let inner = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.argument() }
          try expect(")")
          if part != "database" { return .call(part, inner) }
        }
        if !place {
          // A pattern: country("Canada").Alberta
          let call = ExprSyntax(kind: .call(word, arguments), range: range)
          try expect(".")
          let start = range.lowerBound
          if take("[") {
            let path = try expression()
            try expect("]")
            return .table(ExprSyntax(kind: .index(call, path), range: since(start)))
          }
          return .table(ExprSyntax(kind: .member(call, try name()), range: since(start)))
        }
      }
      return .call(word, arguments)
    }
    return .table(try nameExpression())
  }

  /// Whether the word at hand is an operator rather than a table of that name.
  private func startsOperator(_ word: String) -> Bool {
    switch ahead {
    case .symbol("|"): word == "count" || word == "getschema"
    case .symbol(")"): word == "count" || word == "serialize" || word == "getschema"
    case .end, .symbol(";"), .symbol(","): false
    case .symbol("("): word == "where" || word == "distinct" || word == "fork" || word == "union"
    default: true
    }
  }

  private mutating func nameExpression() throws(KQLError) -> ExprSyntax {
    let start = range.lowerBound
    return ExprSyntax(kind: .name(try name()), range: since(start))
  }

  private mutating func datatable() throws(KQLError) -> QuerySyntax.Source {
    advance()
    try expect("(")
    let columns = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.columnDeclaration() }
    try expect(")")
    try expect("[")
    var values: [ExprSyntax] = []
    while token != .symbol("]") {
      values.append(try expression())
      if !take(",") { break }
    }
    try expect("]")
    return .datatable(columns, values)
  }

  mutating func columnDeclaration() throws(KQLError) -> (name: String, type: ScalarType) {
    let column: String
    if case .string(let text) = token {
      advance()
      column = text
    } else {
      column = try name()
    }
    try expect(":")
    return (column, try type())
  }

  mutating func type() throws(KQLError) -> ScalarType {
    guard case .identifier(let word) = token, let type = ScalarType(name: word) else {
      throw fail("expected a type: bool, int, long, real, decimal, string, datetime, timespan, guid or dynamic")
    }
    advance()
    return type
  }

  mutating func unionSyntax() throws(KQLError) -> UnionSyntax {
    var union = UnionSyntax()
    while case .identifier(let word) = token, ahead == .symbol("=") {
      advance()
      advance()
      switch word {
      case "kind": union.inner = try name() == "inner"
      case "withsource", "with_source":
        if case .string(let text) = token {
          advance()
          union.withSource = text
        } else {
          union.withSource = try name()
        }
      case "isfuzzy":
        union.isFuzzy = isWord("true")
        advance()
      default: advance()
      }
    }
    union.inputs = try list { p throws(KQLError) in try p.unionInput() }
    return union
  }

  mutating func unionInput() throws(KQLError) -> QuerySyntax {
    let start = range.lowerBound
    // A wildcard: T* or *.
    var pattern = ""
    if case .identifier(let word) = token, ahead == .symbol("*") {
      pattern = word + "*"
      advance()
      advance()
    } else if take("*") {
      pattern = "*"
    }
    if !pattern.isEmpty {
      return QuerySyntax(source: .table(ExprSyntax(kind: .name(pattern), range: since(start))), range: since(start))
    }
    if token == .symbol("("), case .identifier("database") = ahead {
      // find in (database('*').*)
      advance()
      let inner = QuerySyntax(source: try source(), range: since(start))
      if take(")") { return inner }
      throw fail("expected ')'")
    }
    return QuerySyntax(source: try source(), range: since(start))
  }
}
