// SPDX-License-Identifier: Apache-2.0
import JSON

/// The rows that a query begins with, and union.
extension Binder {
  /// More operators than people write; each takes some of the stack when the query runs.
  private static let mostOperators = 1000

  mutating func bind(_ query: QuerySyntax) throws(KQLError) -> BoundQuery {
    guard query.operators.count <= Self.mostOperators else {
      throw fail(.limit, "more than \(Self.mostOperators) operators stand one on another", query.range)
    }
    let outerAggregates = aggregates
    aggregates = nil
    defer { aggregates = outerAggregates }
    if case .evaluate = query.operators.first?.kind { isEvaluated = true } else { isEvaluated = false }
    let outerLevel = level
    level = 0
    defer { level = max(level, outerLevel) }
    let outerSize = size.begin()
    try size.count()
    var bound = try source(query.source, query.range)
    try size.stack()
    for op in query.operators {
      try size.count()
      bound = try apply(op, to: bound)
      try size.stack()
    }
    bound.level = level
    bound.depth = size.end(outerSize)
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
      guard let schema = implicitSchema else {
        // Azure Resource Graph takes a query that begins with an operator for one of its resources.
        if let table = catalog.table("resources") {
          return BoundQuery(plan: .scan(table.source), schema: table.source.schema)
        }
        throw fail(.syntax, "a query begins with the name of a table", range)
      }
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
    let outer = forgivesMissing
    forgivesMissing = outer || syntax.isFuzzy
    defer { forgivesMissing = outer }
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
    if inputs.isEmpty, syntax.isFuzzy {
      // Where nothing is there, what Sentinel would have may still bind.
      forgivesMissing = false
      for input in syntax.inputs {
        if let bound = try? bind(input) { inputs.append((bound.name ?? "union_arg\(inputs.count)", bound)) }
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
