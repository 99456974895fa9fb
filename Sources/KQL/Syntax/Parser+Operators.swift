// SPDX-License-Identifier: Apache-2.0
internal import JSON

extension Parser {
  static let operatorNames = [
    "where", "filter", "extend", "project", "project-away", "project-keep", "project-rename", "project-reorder",
    "summarize", "distinct", "sort", "order", "top", "take", "limit", "count", "join", "lookup", "mv-expand",
    "mv-apply", "mvapply", "mvexpand", "union", "parse", "parse-where", "serialize", "as", "getschema", "render",
    "evaluate", "invoke",
    "make-series", "top-nested", "top-hitters", "sample", "sample-distinct", "parse-kv", "partition", "fork", "facet",
    "scan", "search", "find", "reduce", "project-by-names", "consume", "make-graph", "graph-match",
    "graph-shortest-paths", "graph-mark-components", "graph-to-table",
  ]

  mutating func operatorSyntax() throws(KQLError) -> OperatorSyntax {
    let start = range.lowerBound
    let startRange = range
    guard case .identifier(let word) = token else {
      throw fail("expected an operator after '|'", suggestion: token == .symbol("|") ? "or" : nil)
    }
    advance()
    let kind: OperatorSyntax.Kind
    switch word {
    case "where", "filter": kind = .filter(try expression())
    case "extend": kind = .extend(try columns())
    case "project": kind = .project(token == .end || token == .symbol("|") ? [] : try columns())
    case "project-away": kind = .projectAway(try list { p throws(KQLError) in try p.pattern() })
    case "project-keep": kind = .projectKeep(try list { p throws(KQLError) in try p.pattern() })
    case "project-rename":
      kind = .projectRename(
        try list { p throws(KQLError) in
          let new = try p.name()
          try p.expect("=")
          return (new, try p.name())
        })
    case "project-reorder":
      kind = .projectReorder(
        try list { p throws(KQLError) in
          let pattern = try p.pattern()
          let ascending: Bool? = p.takeWord("asc") || p.takeWord("granny-asc") ? true : p.takeWord("desc") ? false : nil
          return (pattern, ascending)
        })
    case "summarize":
      parameters()
      let aggregates = isWord("by") || token == .symbol("|") || token == .end ? [] : try columns()
      var keys: [ExprSyntax] = []
      if takeWord("by") { keys = try columns() }
      kind = .summarize(aggregates, by: keys)
    case "distinct": kind = .distinct(try columns())
    case "sort", "order":
      parameters()
      try expectWord("by")
      kind = .sort(try list { p throws(KQLError) in try p.sortKey() })
    case "top":
      let count = try expression()
      parameters()
      try expectWord("by")
      kind = .top(count, try sortKey())
    case "take", "limit": kind = .take(try expression())
    case "count": kind = .count(as: takeWord("as") ? try name() : "Count")
    case "join", "lookup": kind = try join(word)
    case "mv-expand", "mvexpand":
      let options = parameters()
      let expanded = try list { p throws(KQLError) in try p.mvColumn() }
      var limit: ExprSyntax?
      if takeWord("limit") { limit = try expression() }
      let asArrays = options["kind"] == "array" || options["bagexpansion"] == "array"
      kind = .mvExpand(expanded, itemIndex: options["with_itemindex"], limit: limit, asArrays: asArrays)
    case "mv-apply", "mvapply":
      kind = try mvApply()
    case "union": kind = .union(try unionSyntax())
    case "parse", "parse-where":
      let options = parameters()
      let subject = try expression()
      try expectWord("with")
      kind = .parse(
        kind: options["kind"] ?? "simple", flags: options["flags"] ?? "", subject, try parseParts(),
        filters: word == "parse-where")
    case "serialize":
      kind = .serialize(token == .symbol("|") || token == .end || token == .symbol(")") ? [] : try columns())
    case "as":
      parameters()
      kind = .alias(try name())
    case "getschema": kind = .getSchema
    case "render":
      kind = .render(try chart())
    case "evaluate", "invoke":
      parameters()
      let callee = try name()
      try expect("(")
      let arguments = token == .symbol(")") ? [] : try list { p throws(KQLError) in try p.argument() }
      try expect(")")
      var schema: OutputSchema?
      if take(":") { schema = try outputSchema() }
      kind = word == "evaluate" ? .evaluate(callee, arguments, schema) : .invoke(callee, arguments)
    case "sample": kind = .sample(try expression())
    case "sample-distinct":
      let count = try expression()
      try expectWord("of")
      kind = .sampleDistinct(count, of: try namedExpression())
    case "top-hitters":
      let count = try expression()
      try expectWord("of")
      let key = try namedExpression()
      kind = .topHitters(count, of: key, by: takeWord("by") ? try expression() : nil)
    case "top-nested":
      var levels = [try topNested()]
      while take(",") {
        try expectWord("top-nested")
        levels.append(try topNested())
      }
      kind = .topNested(levels)
    case "partition":
      parameters()
      try expectWord("by")
      // A name alone: the parenthesis after it opens the sub-query.
      let key = ExprSyntax(kind: .name(try name()), range: since(start))
      let isBraced = take("{")
      if !isBraced { try expect("(") }
      let inner = try query()
      try expect(isBraced ? "}" : ")")
      kind = .partition(by: key, inner)
    case "make-series": kind = .makeSeries(try makeSeries())
    case "parse-kv":
      let subject = try expression()
      try expectWord("as")
      let fields = try columnDeclarations().map { Field($0.name, $0.type) }
      kind = .parseKeyValues(subject, fields, options: takeWord("with") ? try keyValueOptions() : [:])
    case "project-by-names":
      kind = .projectByNames(try list { p throws(KQLError) in try p.argument() })
    case "search": kind = .search(try searchSyntax())
    case "consume":
      parameters()
      kind = .consume
    case "scan": kind = .scan(try scan())
    case "fork": kind = .fork(try fork())
    case "facet":
      let (columns, rest) = try facet()
      kind = .facet(columns, rest: rest)
    case "reduce": kind = .reduce(try reduce())
    case "make-graph": kind = .makeGraph(try makeGraph())
    case "graph-match": kind = .graphMatch(try graphMatch(isShortest: false))
    case "graph-shortest-paths": kind = .graphMatch(try graphMatch(isShortest: true))
    case "graph-mark-components": kind = .graphMarkComponents(parameters())
    case "graph-to-table": kind = .graphToTable(try graphToTable())
    default:
      if Self.operatorNames.contains(word) {
        throw KQLError(.notSupported, "the operator '\(word)' is not supported yet", startRange, in: bytes)
      }
      throw KQLError(
        .syntax, "there is no operator '\(word)'", startRange, in: bytes,
        suggestion: Spelling.nearest(to: word, in: Self.operatorNames))
    }
    return OperatorSyntax(kind: kind, range: since(start))
  }

  /// `kind=inner hint.strategy=shuffle`: hints are read and left.
  @discardableResult
  mutating func parameters() -> [String: String] {
    var found: [String: String] = [:]
    while case .identifier(let word) = token {
      var name = word
      var distance = 1
      while ahead(distance) == .symbol("."), case .identifier(let part) = ahead(distance + 1) {
        name += "." + part
        distance += 2
      }
      guard ahead(distance) == .symbol("="), name.hasPrefix("hint.") || Self.parameterNames.contains(name) else {
        break
      }
      for _ in 0...distance { advance() }
      switch token {
      case .identifier(let value), .string(let value): found[name] = value
      case .long(let value): found[name] = String(value)
      default: break
      }
      advance()
    }
    return found
  }
  private static let parameterNames: Set<String> = [
    "kind", "with_component_id", "title", "with_itemindex", "bagexpansion", "flags", "withsource", "isfuzzy", "id",
  ]

  private mutating func columns() throws(KQLError) -> [ExprSyntax] {
    try list { p throws(KQLError) in try p.namedExpression() }
  }

  mutating func pattern() throws(KQLError) -> String {
    var pattern = ""
    var end = range.lowerBound
    while range.lowerBound == end || pattern.isEmpty {
      if case .symbol("*") = token {
        pattern += "*"
      } else if case .identifier(let word) = token {
        pattern += word
      } else if case .quotedName(let word) = token {
        pattern += word
      } else if case .long(let number) = token, !pattern.isEmpty {
        pattern += String(number)
      } else {
        break
      }
      end = range.upperBound
      advance()
    }
    if pattern.isEmpty { return try name() }
    return pattern
  }

  private mutating func sortKey() throws(KQLError) -> SortKeySyntax {
    var key = SortKeySyntax(expression: try namedExpression())
    if takeWord("asc") { key.ascending = true } else if takeWord("desc") { key.ascending = false }
    if takeWord("nulls") {
      if takeWord("first") { key.nullsFirst = true } else { try expectWord("last"); key.nullsFirst = false }
    }
    return key
  }

  private mutating func join(_ word: String) throws(KQLError) -> OperatorSyntax.Kind {
    let kind = parameters()["kind"]
    let right = try joinInput()
    var conditions: [ExprSyntax] = []
    if takeWord("on") {
      conditions = try list { p throws(KQLError) in try p.expression() }
    } else if word == "join", takeWord("where") {
      conditions = [try expression()]
    }
    return word == "join"
      ? .join(kind: kind ?? "innerunique", right, on: conditions)
      : .lookup(kind: kind ?? "leftouter", right, on: conditions)
  }

  private mutating func mvApply() throws(KQLError) -> OperatorSyntax.Kind {
    let options = parameters()
    let expanded = try list { p throws(KQLError) in try p.mvColumn() }
    let limit = takeWord("limit") ? try expression() : nil
    try expectWord("on")
    try expect("(")
    var sub = try query()
    if let limit { sub.operators.insert(OperatorSyntax(kind: .take(limit), range: limit.range), at: 0) }
    try expect(")")
    return .mvApply(expanded, itemIndex: options["with_itemindex"], sub)
  }

  private mutating func joinInput() throws(KQLError) -> QuerySyntax {
    let start = range.lowerBound
    if take("(") {
      let inner = try query()
      try expect(")")
      return inner
    }
    if case .identifier(let word) = token, ["datatable", "externaldata", "external_data"].contains(word) {
      return QuerySyntax(source: try tableSource(), range: since(start))
    }
    if case .identifier = token, ahead == .symbol("(") {
      let call = try expression()
      if case .call(let name, let arguments) = call.kind {
        return QuerySyntax(source: .call(name, arguments), range: since(start))
      }
      if call.placedName != nil { return QuerySyntax(source: .table(call), range: since(start)) }
      throw fail("a join takes a table")
    }
    return QuerySyntax(
      source: .table(ExprSyntax(kind: .name(try name()), range: since(start))), range: since(start))
  }

  private mutating func mvColumn() throws(KQLError) -> MvExpandColumn {
    var column: MvExpandColumn
    if case .identifier(let word) = token, ahead == .symbol("=") {
      advance()
      advance()
      column = MvExpandColumn(name: word, expression: try expression())
    } else {
      column = MvExpandColumn(name: nil, expression: try expression())
    }
    if takeWord("to") {
      try expectWord("typeof")
      try expect("(")
      column.type = try type()
      try expect(")")
    }
    return column
  }

  private mutating func parseParts() throws(KQLError) -> [ParsePart] {
    var parts: [ParsePart] = []
    while true {
      switch token {
      case .string(let text):
        advance()
        parts.append(.text(text))
      case .symbol("*"):
        advance()
        parts.append(.star)
      case .identifier, .quotedName:
        let name = try name()
        parts.append(.column(name, take(":") ? try type() : .string))
      default:
        guard !parts.isEmpty else { throw fail("expected a pattern") }
        return parts
      }
    }
  }
}
