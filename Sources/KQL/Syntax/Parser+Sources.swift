// SPDX-License-Identifier: Apache-2.0

/// What stands before the first pipe, and the pipes.
extension Parser {
  mutating func query() throws(KQLError) -> QuerySyntax {
    try nested { parser throws(KQLError) in
      let start = parser.range.lowerBound
      var query = QuerySyntax(source: try parser.source(), range: parser.since(start))
      if case .implicit = query.source { query.operators.append(try parser.operatorSyntax()) }
      try parser.pipes(&query)
      return query
    }
  }

  mutating func pipes(_ query: inout QuerySyntax) throws(KQLError) {
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

  // A function of its own: parentheses in parentheses need no more of the stack than they have to.
  private mutating func source() throws(KQLError) -> QuerySyntax.Source {
    guard take("(") else { return try plainSource() }
    let inner = try query()
    try expect(")")
    return .query(inner)
  }

  private mutating func plainSource() throws(KQLError) -> QuerySyntax.Source {
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
    let columns = try columnDeclarations()
    try expect("[")
    _ = take(",")
    var values: [ExprSyntax] = []
    while token != .symbol("]") {
      values.append(try expression())
      if !take(",") { break }
    }
    try expect("]")
    return .datatable(columns, values)
  }

  /// `(a: long, ['b c']: string)`; a comma more before or after does no harm.
  mutating func columnDeclarations() throws(KQLError) -> [(name: String, type: ScalarType)] {
    try expect("(")
    _ = take(",")
    var columns: [(name: String, type: ScalarType)] = []
    while token != .symbol(")") {
      columns.append(try columnDeclaration())
      if !take(",") { break }
    }
    try expect(")")
    return columns
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
        union.isFuzzy = ["true", "True", "TRUE"].contains(where: isWord) || token == .typed("bool", "true")
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
