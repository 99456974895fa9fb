// SPDX-License-Identifier: Apache-2.0

/// `step name output=last: condition => column = value, ...;`
struct ScanStepSyntax {
  enum Output { case all, last, none }
  var name: String
  var output: Output
  var condition: ExprSyntax
  var assignments: [(name: String, value: ExprSyntax)]
  var range: Range<Int>
}

struct ScanSyntax {
  var matchID: String?
  var declared: [(field: Field, fallback: ExprSyntax?)] = []
  var steps: [ScanStepSyntax] = []
}

struct FindSyntax {
  enum Column {
    case named(String, ScalarType?)
    /// `pack_all()`, with the name given to it.
    case packed(String)
  }
  var source = "source_"
  /// Empty for every table.
  var tables: [QuerySyntax] = []
  var predicate: ExprSyntax
  /// nil for project-smart.
  var columns: [Column]?
}

struct ExternalDataSyntax {
  var columns: [Field]
  var places: [ExprSyntax]
  var options: [String: String] = [:]
}

struct ReduceSyntax {
  var subject: ExprSyntax
  var threshold: ExprSyntax?
  var characters: String?
}

/// The operators of state, several results and files.
extension Parser {
  mutating func scan() throws(KQLError) -> ScanSyntax {
    var scan = ScanSyntax()
    if takeWord("with_match_id") {
      try expect("=")
      scan.matchID = try name()
    }
    if takeWord("declare") {
      try expect("(")
      scan.declared = try list { p throws(KQLError) in
        let (name, type) = try p.columnDeclaration()
        return (Field(name, type), p.take("=") ? try p.expression() : nil)
      }
      try expect(")")
    }
    try expectWord("with")
    try expect("(")
    while token != .symbol(")") {
      scan.steps.append(try scanStep())
      if !take(";") { break }
    }
    try expect(")")
    return scan
  }

  private mutating func scanStep() throws(KQLError) -> ScanStepSyntax {
    let start = range.lowerBound
    try expectWord("step")
    let name = try name()
    var output = ScanStepSyntax.Output.all
    if takeWord("output") {
      try expect("=")
      switch try self.name() {
      case "all": output = .all
      case "last": output = .last
      case "none": output = .none
      default: throw fail("a step's output is all, last or none")
      }
    }
    try expect(":")
    let condition = try expression()
    var assignments: [(name: String, value: ExprSyntax)] = []
    if take("=>") {
      assignments = try list { p throws(KQLError) in
        let name = try p.name()
        try p.expect("=")
        return (name, try p.expression())
      }
    }
    return ScanStepSyntax(
      name: name, output: output, condition: condition, assignments: assignments, range: since(start))
  }

  /// `fork a=(...) (...)`
  mutating func fork() throws(KQLError) -> [(name: String?, query: QuerySyntax)] {
    var branches: [(name: String?, query: QuerySyntax)] = []
    while token != .end {
      var branch: String?
      switch token {
      case .identifier where ahead == .symbol("="), .quotedName where ahead == .symbol("="):
        branch = try name()
        advance()
      case .symbol("("): break
      default:
        guard !branches.isEmpty else { throw fail("fork takes queries in parentheses") }
        return branches
      }
      try expect("(")
      branches.append((branch, try query()))
      try expect(")")
    }
    return branches
  }

  mutating func facet() throws(KQLError) -> (columns: [ExprSyntax], rest: QuerySyntax?) {
    try expectWord("by")
    let columns = try list { p throws(KQLError) in try p.namedExpression() }
    guard takeWord("with") else { return (columns, nil) }
    if take("(") {
      let rest = try query()
      try expect(")")
      return (columns, rest)
    }
    let start = range.lowerBound
    let single = try operatorSyntax()
    return (columns, QuerySyntax(source: .implicit, range: since(start), operators: [single]))
  }

  mutating func reduce() throws(KQLError) -> ReduceSyntax {
    parameters()
    try expectWord("by")
    var reduce = ReduceSyntax(subject: try namedExpression())
    if takeWord("with") {
      repeat {
        let option = try name()
        try expect("=")
        switch option {
        case "threshold": reduce.threshold = try expression()
        case "characters":
          guard case .string(let text) = token else { throw fail("expected a text") }
          advance()
          reduce.characters = text
        default: throw fail("reduce has the options threshold and characters")
        }
      } while take(",")
    }
    return reduce
  }

  /// `find withsource=s in (A, B*) where ... project a, b:long, pack_all()`
  mutating func find() throws(KQLError) -> FindSyntax {
    var source = "source_"
    while case .identifier(let word) = token, ahead == .symbol("=") || ahead == .symbol(".") {
      if word == "withsource" || word == "with_source" {
        advance()
        advance()
        source = try name()
      } else if word == "datascope" {
        advance()
        advance()
        _ = try name()
      } else {
        break
      }
    }
    var tables: [QuerySyntax] = []
    if isWord("in"), ahead == .symbol("(") {
      advance()
      advance()
      tables = try list { p throws(KQLError) in try p.unionInput() }
      try expect(")")
      _ = takeWord("where")
    } else {
      _ = takeWord("where")
    }
    var find = FindSyntax(source: source, tables: tables, predicate: try expression())
    if takeWord("project-smart") { return find }
    if takeWord("project") {
      find.columns = try list { p throws(KQLError) -> FindSyntax.Column in
        if case .identifier(let word) = p.token, p.ahead == .symbol("=") {
          p.advance()
          p.advance()
          try p.packAll()
          return .packed(word)
        }
        if p.isWord("pack_all") || p.isWord("pack"), p.ahead == .symbol("(") {
          try p.packAll()
          return .packed("pack_")
        }
        let name = try p.name()
        return .named(name, p.take(":") ? try p.type() : nil)
      }
    }
    return find
  }

  private mutating func packAll() throws(KQLError) {
    guard takeWord("pack_all") || takeWord("pack") else { throw fail("expected 'pack_all'") }
    try expect("(")
    if !take("*"), token != .symbol(")") { _ = try expression() }
    try expect(")")
  }

  /// `externaldata (a: string, b: long) [ 'file', ... ] with (format='csv', ignoreFirstRecord=true)`
  mutating func externalData() throws(KQLError) -> ExternalDataSyntax {
    let columns = try columnDeclarations().map { Field($0.name, $0.type) }
    var places: [ExprSyntax] = []
    // The lexer reads ['file'] as a quoted name.
    if case .quotedName(let text) = token {
      places = [ExprSyntax(kind: .literal(.string(text)), range: range)]
      advance()
    } else {
      try expect("[")
      while token != .symbol("]") {
        places.append(try expression())
        if !take(",") { break }
      }
      try expect("]")
    }
    var external = ExternalDataSyntax(columns: columns, places: places)
    if takeWord("with") {
      try expect("(")
      while token != .symbol(")") {
        let option = try name()
        try expect("=")
        switch token {
        case .string(let text), .identifier(let text): external.options[option.lowercased()] = text
        case .long(let value): external.options[option.lowercased()] = String(value)
        default: throw fail("expected a value")
        }
        advance()
        if !take(",") { break }
      }
      try expect(")")
    }
    return external
  }
}
