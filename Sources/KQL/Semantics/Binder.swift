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
  /// What `set` statements say, of those that change an answer.
  var options: [String: Expression] = [:]
  /// Set while a summarize list is bound: aggregates met are collected here.
  var aggregates: [BoundAggregate]?
  var aggregateBase = 0
  /// Columns for the right side of a join's condition.
  var depth = 0

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
      environment[name] = .scalar(try bind(expression))
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
    (shared.isOpen, shared.level) = (query.isOpen, query.level)
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
    if name == "table" || name == "_GetWatchlist" { return true }
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
    if arguments.isEmpty, environment[name] == nil, catalog.functions[name] == nil, catalog.table(name) != nil {
      return (try self.table(name, range), nil)
    }
    if name == "_GetWatchlist" { return (try watchlist(arguments, range), nil) }
    guard let function = try function(name, range) else { throw unknownFunction(name, range) }
    let (parameters, body, closure) = (function.parameters, function.body, function.closure)
    var inner = Binder(bytes: function.bytes, catalog: catalog, parameters: self.parameters, now: now)
    inner.environment = closure
    inner.options = options
    inner.depth = depth
    inner.enclosing = enclosing
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
  }

  mutating func table(_ name: String, _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    if case .table(let bound) = environment[name] { return touch(bound) }
    if let parameters = try function(name, range)?.parameters, parameters.allSatisfy({ $0.fallback != nil }),
      catalog.tables[name] == nil || catalog.functions[name] == nil, let table = try call(name, [], range).table
    {
      return table
    }
    if let table = catalog.table(name) { return BoundQuery(plan: .scan(table.source), schema: table.source.schema) }
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

  // MARK: Sources

  mutating func bind(_ query: QuerySyntax) throws(KQLError) -> BoundQuery {
    let outerAggregates = aggregates
    aggregates = nil
    defer { aggregates = outerAggregates }
    if case .evaluate = query.operators.first?.kind { isEvaluated = true } else { isEvaluated = false }
    let outerLevel = level
    level = 0
    defer { level = max(level, outerLevel) }
    var bound = try source(query.source, query.range)
    for op in query.operators { bound = try apply(op, to: bound) }
    bound.level = level
    return bound
  }

  private mutating func source(_ source: QuerySyntax.Source, _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    switch source {
    case .table(let expression):
      if let chosen = try choose(expression) { return chosen }
      guard let name = expression.placedName ?? expression.plainName else {
        throw fail(.syntax, "a query begins with the name of a table", expression.range)
      }
      if name.hasSuffix("*") {
        return try union(UnionSyntax(inputs: [QuerySyntax(source: source, range: range)]), nil, range)
      }
      return try table(name, expression.range)
    case .call(let name, let arguments):
      if name == "materialize" || name == "view", let first = arguments.first, let table = try inputTable(first) {
        return table
      }
      if let chosen = try choose(ExprSyntax(kind: .call(name, arguments), range: range)) { return chosen }
      guard let table = try call(name, arguments, range).table else {
        throw fail(.type, "'\(name)' gives a value, not a table", range)
      }
      return table
    case .query(let inner): return try bind(inner)
    case .search(let syntax): return try search(syntax, nil, range)
    case .find(let syntax): return try find(syntax, range)
    case .externalData(let syntax): return try externalData(syntax, range)
    case .implicit:
      if let implicit { return touch(implicit) }
      if isEvaluated, implicitSchema == nil { return BoundQuery(plan: .rows([[]], []), schema: []) }
      guard let schema = implicitSchema else { throw fail(.syntax, "a query begins with the name of a table", range) }
      level = enclosing.count
      var rows = BoundQuery(plan: .implicit(schema.map(\.type)), schema: schema)
      rows.isOpen = isImplicitOpen
      return rows
    case .print(let columns):
      let saved = scope
      scope = []
      defer { scope = saved }
      if columns.contains(where: { tupleFields(named($0).1) != nil }) {
        return try project(BoundQuery(plan: .rows([[]], []), schema: []), columns, isPrint: true)
      }
      var names = Naming()
      var expressions: [Expression] = []
      var schema: Schema = []
      for (index, column) in columns.enumerated() {
        let (given, syntax) = named(column)
        let expression = try bind(syntax)
        expressions.append(expression)
        schema.append(Field(names.unique(given.first ?? "print_\(index)"), expression.type))
      }
      return BoundQuery(plan: .rows([expressions], schema.map(\.type)), schema: schema)
    case .datatable(let columns, let values): return try datatable(columns, values, range)
    case .range(let name, let from, let to, let step):
      let saved = scope
      scope = []
      defer { scope = saved }
      var (a, b, c) = (try bind(from), try bind(to), try bind(step))
      let type: ScalarType = a.type == .real || b.type == .real || c.type == .real ? .real : a.type
      if type == .real || type == .long {
        (a, b, c) = (convert(a, to: type), convert(b, to: type), convert(c, to: type))
      }
      return BoundQuery(plan: .range(a, b, c, type), schema: [Field(name, type)])
    case .union(let syntax): return try union(syntax, nil, range)
    }
  }

  private mutating func datatable(
    _ columns: [(name: String, type: ScalarType)], _ values: [ExprSyntax], _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    guard !columns.isEmpty, values.count % columns.count == 0 else {
      throw fail(.arguments, "the datatable has \(columns.count) columns but \(values.count) values", range)
    }
    var rows: [[Expression]] = []
    for start in stride(from: 0, to: values.count, by: columns.count) {
      var row: [Expression] = []
      for (index, column) in columns.enumerated() {
        row.append(convert(try bind(values[start + index]), to: column.type))
      }
      rows.append(row)
    }
    return BoundQuery(plan: .rows(rows, columns.map(\.type)), schema: columns.map { Field($0.name, $0.type) })
  }

  // MARK: Union

  mutating func union(_ syntax: UnionSyntax, _ first: BoundQuery?, _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    var inputs: [(name: String, bound: BoundQuery)] = first.map { [($0.name ?? "union_arg0", $0)] } ?? []
    for input in syntax.inputs {
      if case .table(let expression) = input.source, case .name(let name) = expression.kind {
        if name.hasSuffix("*") {
          for table in tableNames() where Self.matches(name, table) {
            inputs.append((table, try self.table(table, expression.range)))
          }
          continue
        }
        do throws(KQLError) {
          inputs.append((name, try bind(input)))
        } catch {
          guard syntax.isFuzzy, error.code == .unknownName else { throw error }
        }
      } else {
        do throws(KQLError) {
          let bound = try bind(input)
          inputs.append((bound.name ?? "union_arg\(inputs.count)", bound))
        } catch {
          // isfuzzy forgives tables that are not there, not mistakes in what is.
          let isMissing =
            error.message.hasPrefix("there is no table") || error.message.hasPrefix("there is no watchlist")
          guard syntax.isFuzzy, isMissing || error.code == .unknownFunction else { throw error }
        }
      }
    }
    guard !inputs.isEmpty else { throw fail(.unknownName, "union names no table that exists", range) }
    return try union(inputs, inner: syntax.inner, source: syntax.withSource, range)
  }

  /// The rows of all inputs, columns matched by name.
  func union(
    _ inputs: [(name: String, bound: BoundQuery)], inner: Bool, source: String?, _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    // Columns by name; a name with several types is split into one column per type.
    var types: [String: [ScalarType]] = [:]
    var order: [String] = []
    for input in inputs {
      for field in input.bound.schema {
        if types[field.name] == nil { order.append(field.name) }
        if !(types[field.name]?.contains(field.type) ?? false) { types[field.name, default: []].append(field.type) }
      }
    }
    if inner {
      order = order.filter { name in inputs.allSatisfy { $0.bound.schema.contains { $0.name == name } } }
    }
    var schema: Schema = source.map { [Field($0, .string)] } ?? []
    var sources: [(String, ScalarType)] = []
    for name in order {
      let all = types[name] ?? []
      for type in all {
        schema.append(Field(all.count > 1 ? "\(name)_\(type.rawValue)" : name, type))
        sources.append((name, type))
      }
    }
    let plans = inputs.map { input -> Plan in
      var expressions: [Expression] = source != nil ? [.literal(.string(input.name))] : []
      for (name, type) in sources {
        if let index = input.bound.schema.firstIndex(where: { $0.name == name && $0.type == type }) {
          expressions.append(.column(index, type))
        } else {
          expressions.append(.literal(type == .string ? .string("") : .null(type)))
        }
      }
      return .project(input.bound.plan, expressions)
    }
    var result = BoundQuery(plan: .union(plans, schema.map(\.type)), schema: schema)
    result.isOpen = inputs.contains { $0.bound.isOpen }
    return result
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
