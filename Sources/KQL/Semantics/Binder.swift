// SPDX-License-Identifier: Apache-2.0
import JSON

/// A plan and the names and types of its columns.
package struct BoundQuery: Sendable {
  package var plan: Plan
  package var schema: Schema
  /// The chart that `render` describes.
  package var chart: ChartDescription?
  /// What `as` or a table's name calls the rows, for `withsource`.
  var name: String?
  /// Set where a plugin makes columns of rows and there were none: any further name is a column of nulls then.
  var isOpen = false
  /// How many of the enclosing mv-apply and partition operators the rows depend on.
  var level = 0
  /// How many operators stand one on another.
  var depth = 0
  /// Set where this is a graph rather than a table.
  var graph: BoundGraph?
  /// Further results of fork and facet.
  package var others: [Named] = []

  package struct Named: Sendable {
    package let name: String
    package let query: BoundQuery
  }

  init(plan: Plan, schema: Schema, name: String? = nil) {
    self.plan = plan
    self.schema = schema
    self.name = name
  }
}

/// What a let name stands for.
enum Binding {
  case scalar(Expression)
  case table(BoundQuery)
  indirect case function([ParameterSyntax], [StatementSyntax], [String: Binding])
}

/// From syntax to plan: names are looked up, types checked, columns named as Kusto names them.
struct Binder {
  let bytes: [UInt8]
  let catalog: Catalog
  let parameters: [String: Scalar]
  var environment: [String: Binding] = [:]
  /// The columns an expression may name.
  var scope: Schema = []
  /// The rows of an enclosing mv-apply.
  var implicitSchema: Schema?
  /// The rows that branches of fork and facet begin with, where they are not those of mv-apply.
  var implicit: BoundQuery?
  /// Columns by the name that stands before their dot: the steps of scan, the nodes and edges of a graph's pattern.
  var members: [String: [String: Expression]] = [:]
  var patterns: [String: PatternSyntax] = [:]
  /// The pattern of an enclosing graph-match.
  var graphScope: GraphScope?
  /// The rows of each enclosing mv-apply and partition, outermost first.
  var enclosing: [Plan] = []
  /// How many of those the query that is being bound depends on so far.
  var level = 0
  /// Whether the columns in scope, or those of the enclosing operator's rows, are open (BoundQuery.isOpen).
  var isOpen = false
  var isImplicitOpen = false
  /// Set where the query's first operator is evaluate, which may stand without rows.
  var isEvaluated = false
  /// Set within `union isfuzzy=true`, which does without what is not there.
  var forgivesMissing = false
  /// What `set` statements say, of those that change an answer.
  var options: [String: Expression] = [:]
  /// Set while a summarize list is bound: aggregates met are collected here.
  var aggregates: [BoundAggregate]?
  var aggregateBase = 0
  /// Columns for the right side of a join's condition.
  var depth = 0

  var size = BoundSize()
  /// The time that plugins see whose columns depend on rows.
  let now: Int64

  init(bytes: [UInt8], catalog: Catalog, parameters: [String: Scalar] = [:], now: Int64 = DateTime.wallClock()) {
    self.now = now
    self.bytes = bytes
    self.catalog = catalog
    self.parameters = parameters
    for (name, value) in parameters { environment[name] = .scalar(.literal(value)) }
  }

  func fail(_ code: KQLError.Code, _ message: String, _ range: Range<Int>, suggestion: String? = nil) -> KQLError {
    KQLError(code, message, range, in: bytes, suggestion: suggestion)
  }

  /// Binds the statements; the last query is the result.
  mutating func bind(_ statements: [StatementSyntax]) throws(KQLError) -> BoundQuery {
    var result: BoundQuery?
    for statement in statements {
      switch statement {
      case .letValue(let name, let value, _): try bindLet(name, value)
      case .parameters(let declared):
        for parameter in declared {
          guard let type = parameter.type else { continue }
          if let value = parameters[parameter.name] {
            environment[parameter.name] = .scalar(.literal(value.converted(to: type)))
          } else if let fallback = parameter.fallback {
            environment[parameter.name] = .scalar(convert(try fixed(fallback), to: type))
          } else {
            throw KQLError(.arguments, "the query needs a value for its parameter '\(parameter.name)'")
          }
        }
      case .pattern(let pattern): patterns[pattern.name] = pattern
      case .option(let name, let value): options[name] = try fixed(value)
      case .query(let query): result = try bind(query)
      }
    }
    guard let result else { throw KQLError(.syntax, "there is no query: a text of let statements gives no rows") }
    return result
  }

  private mutating func bindLet(_ name: String, _ value: LetSyntax) throws(KQLError) {
    if parameters[name] != nil { return }
    switch value {
    case .scalar(let expression):
      if let table = try tabular(expression) {
        environment[name] = .table(table)
        return
      }
      let saved = scope
      scope = []
      defer { scope = saved }
      let outer = size.begin()
      environment[name] = .scalar(try bind(expression))
      size.end(scalar: name, outer)
    case .tabular(let query):
      let bound = try bind(query)
      if bound.graph != nil {
        environment[name] = .table(bound)
        return
      }
      // Named often, computed once.
      let shared = share(bound)
      environment[name] = .table(shared)
    case .function(let parameters, let body): environment[name] = .function(parameters, body, environment)
    }
  }

  /// The rows computed once, however often they are named.
  func share(_ query: BoundQuery) -> BoundQuery {
    var shared = BoundQuery(plan: .shared(SharedPlan(query.plan, level: query.level)), schema: query.schema)
    (shared.isOpen, shared.level, shared.depth) = (query.isOpen, query.level, query.depth)
    return shared
  }

  /// The rows so far of the query that is being bound, computed once.
  func shareInput(_ input: BoundQuery) -> BoundQuery {
    var input = input
    input.level = level
    // Rows that a scan gives again cost less than keeping them all.
    return input.plan.isRepeatable ? input : share(input)
  }

  /// Notes that the query being bound depends on what `query` depends on.
  mutating func touch(_ query: BoundQuery) -> BoundQuery {
    level = max(level, query.level)
    size.read(query.depth)
    return query
  }

  /// The table that an expression stands for, where it stands for one.
  mutating func tabular(_ expression: ExprSyntax) throws(KQLError) -> BoundQuery? {
    switch expression.kind {
    case .query(let query): return try bind(query)
    case .name(let name):
      if scope.contains(where: { $0.name == name }) { return nil }
      if case .table(let bound) = environment[name] { return touch(bound) }
      if environment[name] != nil { return nil }
      return catalog.table(name).map { BoundQuery(plan: .scan($0.source), schema: $0.source.schema) }
    case .call(let name, let arguments):
      if name == "materialize" || name == "view", let first = arguments.first { return try tabular(first) }
      guard isTabular(name) else { return nil }
      return try call(name, arguments, expression.range).table
    case .member: return try expression.placedName.map { n throws(KQLError) in try table(n, expression.range) }
    default: return nil
    }
  }

  /// A table where nothing else can stand: a name of a view counts too.
  mutating func inputTable(_ argument: ExprSyntax) throws(KQLError) -> BoundQuery? {
    if let table = try tabular(argument) { return table }
    if case .name(let name) = argument.kind, isTabular(name) { return try self.table(name, argument.range) }
    return nil
  }

  private func isTabular(_ name: String) -> Bool {
    if ["table", "_GetWatchlist", "AssignedIPAddresses"].contains(name) { return true }
    if environment[name] == nil, Self.isSentinelParser(name) { return true }
    if environment[name] == nil, catalog.functions[name] == nil, catalog.table(name) != nil { return true }
    guard let function = try? function(name, 0..<0), case .query(let query) = function.body.last else { return false }
    let closure = function.closure
    guard case .print(let values) = query.source, query.range.isEmpty, let value = values.first else { return true }
    switch value.kind {
    case .name(let inner):
      if case .table = closure[inner] { return true }
      return catalog.table(inner) != nil && closure[inner] == nil
    default: return false
    }
  }

  /// Calls a let function or `table('name')`.
  mutating func call(
    _ name: String, _ arguments: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> (table: BoundQuery?, value: Expression?) {
    depth += 1
    defer { depth -= 1 }
    guard depth < 32 else { throw fail(.limit, "functions call one another too deeply", range) }
    if name == "table" {
      guard let first = arguments.first, let table = try bind(first).constant?.string else {
        throw fail(.arguments, "table() takes the name of a table as a text", range)
      }
      return (try self.table(table, range), nil)
    }
    // A table with parentheses, as parsers are called that stand in the catalog as tables.
    if environment[name] == nil, catalog.functions[name] == nil, catalog.table(name) != nil {
      let table = try self.table(name, range)
      return (arguments.isEmpty ? table : refused(table, range), nil)
    }
    if name == "_GetWatchlist" { return (try watchlist(arguments, range), nil) }
    if !isFunction(name), let schema = Self.enrichments[name], name == "AssignedIPAddresses" {
      return (enriched(BoundQuery(plan: .rows([], schema.map(\.type)), schema: schema), name, range), nil)
    }
    if let rows = try sentinelRows(name, range) { return (rows, nil) }
    guard let function = try function(name, range) else { throw unknownFunction(name, range) }
    let (parameters, body, closure) = (function.parameters, function.body, function.closure)
    var inner = Binder(bytes: function.bytes, catalog: catalog, parameters: self.parameters, now: now)
    inner.environment = closure
    inner.options = options
    inner.size = size
    inner.depth = depth
    inner.enclosing = enclosing
    inner.forgivesMissing = forgivesMissing
    defer { level = max(level, inner.level) }
    var given: [String: ExprSyntax] = [:]
    var plain: [ExprSyntax] = []
    for argument in arguments {
      if case .named(let names, let value) = argument.kind, let name = names.first {
        given[name] = value
      } else {
        plain.append(argument)
      }
    }
    guard plain.count <= parameters.count else {
      throw fail(.arguments, "'\(name)' takes \(parameters.count) arguments, not \(plain.count)", range)
    }
    var place = 0
    for parameter in parameters {
      var argument = given[parameter.name]
      if argument == nil, place < plain.count {
        argument = plain[place]
        place += 1
      }
      argument = argument ?? parameter.fallback
      guard let argument else { throw fail(.arguments, "'\(name)' needs an argument for '\(parameter.name)'", range) }
      if let type = parameter.type {
        inner.environment[parameter.name] = .scalar(convert(try bind(argument), to: type))
      } else if let table = try inputTable(argument) {
        inner.environment[parameter.name] = .table(table.level > 0 ? share(table) : table)
      } else {
        throw fail(.arguments, "'\(parameter.name)' of '\(name)' takes a table", argument.range)
      }
    }
    do throws(KQLError) {
      for statement in body.dropLast() {
        if case .letValue(let name, let value, _) = statement { try inner.bindLet(name, value) }
      }
      guard case .query(let query) = body.last else { throw fail(.syntax, "'\(name)' gives nothing", range) }
      if case .print(let values) = query.source, query.range.isEmpty, let value = values.first {
        inner.scope = scope
        if let table = try inner.tabular(value) { return (table, nil) }
        return (nil, try inner.bind(value))
      }
      return (try inner.bind(query), nil)
    } catch {
      throw function.isStored ? error.inside(name) : error
    }
  }

  mutating func table(_ name: String, _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    if case .table(let bound) = environment[name] { return touch(bound) }
    if let parameters = try function(name, range)?.parameters, parameters.allSatisfy({ $0.fallback != nil }),
      catalog.tables[name] == nil || catalog.functions[name] == nil, let table = try call(name, [], range).table
    {
      return table
    }
    if let table = catalog.table(name) { return BoundQuery(plan: .scan(table.source), schema: table.source.schema) }
    if let rows = try sentinelRows(name, range) { return rows }
    if let reason = catalog.unreadable[name] { throw fail(.data, "table '\(name)' cannot be read: \(reason)", range) }
    let known = catalog.names + environment.compactMap { if case .table = $0.value { $0.key } else { nil } }
    throw fail(
      .unknownName, "there is no table '\(name)'", range, suggestion: Spelling.nearest(to: name, in: known))
  }

  /// Tables of the catalog, those that cannot be read among them so that no wildcard passes one over, then views that
  /// the query defines, in order of name.
  func tableNames() -> [String] {
    (catalog.names + catalog.unreadable.keys).sorted()
      + environment.compactMap { name, binding in
        if case .function(let parameters, _, _) = binding, parameters.isEmpty, isTabular(name) { name } else { nil }
      }.sorted()
  }

  func unknownFunction(_ name: String, _ range: Range<Int>) -> KQLError {
    if let reason = Functions.unsupported[name] {
      return fail(.notSupported, "'\(name)' is not supported: Plumbline has no \(reason)", range)
    }
    if Functions.aggregates[name] != nil {
      return fail(.type, "'\(name)' is an aggregate: it belongs in summarize", range)
    }
    let known = Array(Functions.scalar.keys) + environment.keys + Functions.aggregates.keys
    return fail(
      .unknownFunction, "there is no function '\(name)'", range, suggestion: Spelling.nearest(to: name, in: known))
  }
}

/// Names of result columns: given ones are kept, repeated ones numbered, missing ones made.
struct Naming {
  private var used: Set<String> = []
  private var numbered = 0

  mutating func unique(_ name: String) -> String {
    if used.insert(name).inserted { return name }
    var suffix = 1
    while !used.insert(name + String(suffix)).inserted { suffix += 1 }
    return name + String(suffix)
  }

  mutating func next() -> String {
    numbered += 1
    return unique("Column\(numbered)")
  }
}
