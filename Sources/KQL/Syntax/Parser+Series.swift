// SPDX-License-Identifier: Apache-2.0

/// The rarer operators, which have grammars of their own.
extension Parser {
  mutating func outputSchema() throws(KQLError) -> OutputSchema {
    var schema = OutputSchema()
    try expect("(")
    while token != .symbol(")") {
      if take("*") {
        schema.keepsSource = true
      } else {
        let (name, type) = try columnDeclaration()
        schema.columns.append(Field(name, type))
      }
      if !take(",") { break }
    }
    try expect(")")
    return schema
  }

  mutating func topNested() throws(KQLError) -> TopNestedSyntax {
    let count = isWord("of") ? nil : try expression()
    try expectWord("of")
    var level = TopNestedSyntax(count: count, key: try namedExpression(), by: ExprSyntax(kind: .star, range: range))
    if takeWord("with") {
      try expectWord("others")
      try expect("=")
      level.others = try expression()
    }
    try expectWord("by")
    level.by = try namedExpression()
    if takeWord("asc") { level.ascending = true } else { _ = takeWord("desc") }
    return level
  }

  mutating func makeSeries() throws(KQLError) -> MakeSeriesSyntax {
    let options = parameters()
    var aggregates: [(value: ExprSyntax, fallback: ExprSyntax?)] = []
    repeat {
      let value = try namedExpression()
      var fallback: ExprSyntax?
      if isWord("default"), ahead == .symbol("=") {
        advance()
        advance()
        fallback = try expression()
      }
      aggregates.append((value, fallback))
    } while take(",")
    try expectWord("on")
    // No comparison: the `in` of `in range(...)` is not part of it.
    let axis = try namedSum()
    var series = MakeSeriesSyntax(aggregates: aggregates, axis: axis, step: axis)
    series.isNonEmpty = options["kind"] == "nonempty"
    if takeWord("in") {
      try expectWord("range")
      try expect("(")
      let bounds = try list { p throws(KQLError) in try p.expression() }
      try expect(")")
      guard bounds.count == 3 else { throw fail("range takes a start, a stop and a step") }
      (series.from, series.to, series.step, series.isRange) = (bounds[0], bounds[1], bounds[2], true)
    } else {
      if takeWord("from") { series.from = try expression() }
      if takeWord("to") { series.to = try expression() }
      try expectWord("step")
      series.step = try expression()
    }
    if takeWord("by") { series.by = try list { p throws(KQLError) in try p.namedExpression() } }
    return series
  }

  /// `(pair_delimiter=' ', kv_delimiter='=', quote='"', escape='\\', greedy=true)`
  mutating func keyValueOptions() throws(KQLError) -> [String: String] {
    try expect("(")
    var options: [String: String] = [:]
    while token != .symbol(")") {
      let name = try name()
      try expect("=")
      switch token {
      case .string(let text), .identifier(let text):
        // Options may be repeated: each further pair of quotes, each further escape.
        options[name] = options[name].map { $0 + "\u{0}" + text } ?? text
      case .symbol("("):
        // Several quotes: ('"', "'").
        advance()
        while case .string(let text) = token {
          options[name] = options[name].map { $0 + "\u{0}" + text } ?? text
          advance()
          _ = take(",")
        }
        guard token == .symbol(")") else { throw fail("expected ')'") }
      default: throw fail("expected a text")
      }
      advance()
      if !take(",") { break }
    }
    try expect(")")
    return options
  }

  mutating func searchSyntax() throws(KQLError) -> SearchSyntax {
    let options = parameters()
    var tables: [String] = []
    if isWord("in"), ahead == .symbol("(") {
      advance()
      advance()
      tables = try list { p throws(KQLError) in try p.pattern() }
      try expect(")")
    }
    return SearchSyntax(
      tables: tables, isCaseSensitive: options["kind"] == "case_sensitive", predicate: try expression())
  }
}
