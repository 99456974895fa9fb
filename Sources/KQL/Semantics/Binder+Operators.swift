// SPDX-License-Identifier: Apache-2.0
import JSON

extension Binder {
  mutating func apply(_ op: OperatorSyntax, to input: BoundQuery) throws(KQLError) -> BoundQuery {
    if input.graph != nil {
      switch op.kind {
      case .graphMatch, .graphMarkComponents, .graphToTable, .alias, .render: break
      default: throw fail(.type, "this operator takes a table, not a graph; graph-to-table gives tables", op.range)
      }
    }
    guard input.others.isEmpty else { throw fail(.syntax, "nothing can follow fork or facet", op.range) }
    let saved = (scope, isOpen)
    (scope, isOpen) = (input.schema, input.isOpen)
    defer { (scope, isOpen) = saved }
    var result = try applied(op, to: input)
    switch op.kind {
    case .project, .summarize, .distinct, .count, .getSchema, .projectByNames, .makeSeries, .topNested, .reduce,
      .topHitters, .projectKeep, .evaluate, .mvApply, .partition, .invoke, .fork, .facet:
      break
    default: result.isOpen = result.isOpen || input.isOpen
    }
    return result
  }

  private mutating func applied(_ op: OperatorSyntax, to input: BoundQuery) throws(KQLError) -> BoundQuery {
    var result = input
    result.name = nil
    switch op.kind {
    case .filter(let syntax):
      let predicate = try bind(syntax)
      guard predicate.type == .bool || predicate.type == .dynamic else {
        throw fail(.type, "where needs a bool, this is a \(predicate.type.rawValue)", syntax.range)
      }
      result.plan = .filter(input.plan, convert(predicate, to: .bool))
    case .extend(let columns), .serialize(let columns):
      guard !columns.isEmpty else { break }
      result = try extend(input, columns)
    case .project(let columns): result = try project(input, columns)
    case .distinct(let columns):
      let projected = try project(input, columns)
      result = projected
      result.plan = .summarize(
        projected.plan, keys: projected.schema.indices.map { .column($0, projected.schema[$0].type) }, aggregates: [])
    case .projectAway(let patterns):
      result = select(input) { name in !patterns.contains { Self.matches($0, name) } }
      try known(patterns, input, op.range)
    case .projectKeep(let patterns):
      result = select(input) { name in patterns.contains { Self.matches($0, name) } }
      try known(patterns, input, op.range)
    case .projectRename(let pairs):
      for pair in pairs {
        guard let index = result.schema.firstIndex(where: { $0.name == pair.old }) else {
          if input.isOpen { continue }
          throw fail(
            .unknownName, "there is no column '\(pair.old)'", op.range,
            suggestion: Spelling.nearest(to: pair.old, in: input.schema.map(\.name)))
        }
        result.schema[index].name = pair.new
      }
    case .projectReorder(let patterns):
      var order: [Int] = []
      for pattern in patterns {
        var found = input.schema.indices.filter {
          !order.contains($0) && Self.matches(pattern.pattern, input.schema[$0].name)
        }
        if let ascending = pattern.ascending {
          found.sort { (input.schema[$0].name < input.schema[$1].name) == ascending }
        }
        order += found
      }
      order += input.schema.indices.filter { !order.contains($0) }
      result = pick(input, order)
    case .summarize(let aggregates, let keys): result = try summarize(input, aggregates, keys)
    case .sort(let keys):
      var bound: [SortKey] = []
      for key in keys { bound.append(try sortKey(key)) }
      result.plan = .sort(input.plan, bound)
    case .top(let count, let key):
      result.plan = .take(.sort(input.plan, [try sortKey(key)]), try constant(count))
    case .take(let count): result.plan = .take(input.plan, try constant(count))
    case .count(let name):
      guard let count = Functions.aggregates["count"] else { break }
      result = BoundQuery(
        plan: .summarize(
          input.plan, keys: [], aggregates: [BoundAggregate(function: count, arguments: [], type: .long)]),
        schema: [Field(name, .long)])
    case .join(let kind, let right, let conditions):
      result = try join(input, kind, right, conditions, op.range, lookup: false)
    case .lookup(let kind, let right, let conditions):
      result = try join(input, kind, right, conditions, op.range, lookup: true)
    case .mvExpand(let columns, let itemIndex, let limit, let asArrays):
      var (items, schema) = try expansion(input, columns)
      if asArrays {
        items = items.map { MvExpandItem(expression: $0.expression, column: $0.column, type: $0.type, asArrays: true) }
      }
      let bound = try limit.map { l throws(KQLError) in try constant(l) }
      result.schema = schema + (itemIndex.map { [Field($0, .long)] } ?? [])
      result.plan = .mvExpand(
        input.plan, items, index: itemIndex != nil, limit: bound?.constant?.int64.map { Int(clamping: max(0, $0)) })
    case .mvApply(let columns, let itemIndex, let sub):
      var (items, schema) = try expansion(input, columns)
      schema += itemIndex.map { [Field($0, .long)] } ?? []
      let outerImplicit = (implicitSchema, implicit, isImplicitOpen)
      (implicitSchema, implicit, isImplicitOpen) = (schema, nil, input.isOpen)
      defer { (implicitSchema, implicit, isImplicitOpen) = outerImplicit }
      enclosing.append(.mvExpand(input.plan, items, index: itemIndex != nil, limit: nil))
      let bound = try bind(sub)
      enclosing.removeLast()
      level = min(level, enclosing.count)
      // Columns of the row that the sub-query does not give itself stay before its own.
      let replaced = Set(items.compactMap(\.column))
      let names = Set(bound.schema.map(\.name))
      let outer = input.schema.indices.filter { !replaced.contains($0) && !names.contains(input.schema[$0].name) }
      result.schema = outer.map { input.schema[$0] } + bound.schema
      result.plan = .mvApply(
        input.plan, items, bound.plan, index: itemIndex != nil, outer: outer, types: result.schema.map(\.type))
    case .union(let syntax): result = try union(syntax, input, op.range)
    case .parse(let kind, let flags, let subject, let parts, let filters):
      result = try parse(input, kind, flags, subject, parts, filters, op.range)
    case .alias(let name):
      result.name = name
      environment[name] = .table(shareInput(input))
    case .getSchema:
      let rows = input.schema.enumerated().map { index, field -> [Expression] in
        [
          .literal(.string(field.name)), .literal(.int(Int32(index))), .literal(.string(Self.dotNetType(field.type))),
          .literal(.string(field.type.rawValue)),
        ]
      }
      result = BoundQuery(
        plan: .rows(rows, [.string, .int, .string, .string]),
        schema: [
          Field("ColumnName", .string), Field("ColumnOrdinal", .int), Field("DataType", .string),
          Field("ColumnType", .string),
        ])
    case .render(let chart): result.chart = chart
    case .evaluate(let name, let arguments, let output): result = try evaluate(input, name, arguments, output, op.range)
    case .sample(let count): result = try sample(input, count)
    case .sampleDistinct(let count, let key): result = try sampleDistinct(input, count, key, op.range)
    case .topHitters(let count, let key, let by): result = try topHitters(input, count, key, by, op.range)
    case .topNested(let levels): result = try topNested(input, levels, op.range)
    case .partition(let key, let inner): result = try partition(input, key, inner)
    case .makeSeries(let series): result = try makeSeries(input, series, op.range)
    case .parseKeyValues(let subject, let fields, let options):
      result = try parseKeyValues(input, subject, fields, options)
    case .projectByNames(let lists): result = try projectByNames(input, lists, op.range)
    case .search(let syntax): result = try search(syntax, input, op.range)
    case .scan(let syntax): result = try scan(input, syntax, op.range)
    case .fork(let branches): result = try fork(input, branches)
    case .facet(let columns, let rest): result = try facet(input, columns, rest, op.range)
    case .reduce(let syntax): result = try reduce(input, syntax, op.range)
    case .makeGraph(let syntax): result = try makeGraph(input, syntax, op.range)
    case .graphMatch(let syntax): result = try graphMatch(input, syntax, op.range)
    case .graphMarkComponents(let options): result = try markComponents(input, options, op.range)
    case .graphToTable(let tables): result = try graphToTable(input, tables, op.range)
    case .consume: result.plan = .take(input.plan, .literal(.long(0)))
    case .invoke(let name, _)
    where !isFunction(name) && (Self.enrichments[name] != nil || Self.isSentinelParser(name)):
      result = enriched(input, name, op.range)
      // What a parser adds is not known.
      result.isOpen = input.isOpen || Self.enrichments[name] == nil
    case .invoke(let name, let arguments):
      guard let first = try function(name, op.range)?.parameters.first else { throw unknownFunction(name, op.range) }
      // The rows become the function's first argument.
      let hidden = "invoke \(first.name)"
      environment[hidden] = .table(level > 0 ? shareInput(input) : input)
      defer { environment[hidden] = nil }
      let rows = ExprSyntax(kind: .name(hidden), range: op.range)
      guard let table = try call(name, [rows] + arguments, op.range).table else {
        throw fail(.type, "'\(name)' gives a value, not a table", op.range)
      }
      result = table
    }
    return result
  }

  private static func dotNetType(_ type: ScalarType) -> String {
    switch type {
    case .bool: "System.SByte"
    case .int: "System.Int32"
    case .long: "System.Int64"
    case .real: "System.Double"
    case .decimal: "System.Data.SqlTypes.SqlDecimal"
    case .string: "System.String"
    case .datetime: "System.DateTime"
    case .timespan: "System.TimeSpan"
    case .guid: "System.Guid"
    case .dynamic: "System.Object"
    }
  }

  static func matches(_ pattern: String, _ name: String) -> Bool {
    guard pattern.contains("*") else { return pattern == name }
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, name.hasPrefix(first), name.hasSuffix(last),
      name.count >= first.count + last.count
    else { return false }
    var rest = Array(name.dropFirst(first.count).dropLast(last.count).utf8)
    for part in parts.dropFirst().dropLast() {
      guard let found = ByteSearch.find(Array(part.utf8), in: rest) else { return false }
      rest = Array(rest[(found + part.utf8.count)...])
    }
    return true
  }

  private func known(_ patterns: [String], _ input: BoundQuery, _ range: Range<Int>) throws(KQLError) {
    if input.isOpen { return }
    for pattern in patterns where !pattern.contains("*") && !input.schema.contains(where: { $0.name == pattern }) {
      throw fail(
        .unknownName, "there is no column '\(pattern)'", range,
        suggestion: Spelling.nearest(to: pattern, in: input.schema.map(\.name)))
    }
  }

  private func pick(_ input: BoundQuery, _ order: [Int]) -> BoundQuery {
    BoundQuery(
      plan: .project(input.plan, order.map { .column($0, input.schema[$0].type) }),
      schema: order.map { input.schema[$0] })
  }

  private func select(_ input: BoundQuery, _ keep: (String) -> Bool) -> BoundQuery {
    pick(input, input.schema.indices.filter { keep(input.schema[$0].name) })
  }

  private mutating func constant(_ syntax: ExprSyntax) throws(KQLError) -> Expression {
    let saved = scope
    scope = []
    defer { scope = saved }
    let value = try bind(syntax)
    guard value.type.isNumeric || value.type == .dynamic else {
      throw fail(.type, "a number of rows is needed here, not a \(value.type.rawValue)", syntax.range)
    }
    return value
  }

  private mutating func sortKey(_ key: SortKeySyntax) throws(KQLError) -> SortKey {
    let expression = try bind(key.expression)
    return SortKey(expression: expression, ascending: key.ascending, nullsFirst: key.nullsFirst ?? key.ascending)
  }

  private mutating func extend(_ input: BoundQuery, _ columns: [ExprSyntax]) throws(KQLError) -> BoundQuery {
    var schema = input.schema
    var expressions: [Expression] = schema.indices.map { .column($0, schema[$0].type) }
    var numbered = 0
    var hidden = HiddenColumns(input)
    for column in columns {
      let (names, syntax) = named(column)
      if let parts = try tupleColumns(syntax, names, keepsRest: false, &hidden) {
        for part in parts { set(part.name, part.expression, &schema, &expressions) }
        continue
      }
      let expression = try bind(syntax)
      if names.count > 1 {
        for (index, name) in names.enumerated() {
          set(name, .path(expression, .init(steps: [.index(index)])), &schema, &expressions)
        }
        continue
      }
      var name = names.first ?? derivedName(syntax) ?? ""
      if names.isEmpty {
        if name.isEmpty {
          repeat {
            numbered += 1
            name = "Column\(numbered)"
          } while schema.contains { $0.name == name }
        } else if case .name = syntax.kind {
        } else {
          var suffix = 1
          let base = name
          while schema.contains(where: { $0.name == name }) {
            name = base + String(suffix)
            suffix += 1
          }
        }
      }
      set(name, expression, &schema, &expressions)
    }
    return BoundQuery(plan: .project(hidden.plan(input), expressions), schema: schema)
  }

  private func set(_ name: String, _ expression: Expression, _ schema: inout Schema, _ expressions: inout [Expression])
  {
    if let index = schema.firstIndex(where: { $0.name == name }) {
      schema[index].type = expression.type
      expressions[index] = expression
    } else {
      schema.append(Field(name, expression.type))
      expressions.append(expression)
    }
  }

  /// `isPrint`: columns without a name are called `print_0`, `print_1`, ...
  mutating func project(
    _ input: BoundQuery, _ columns: [ExprSyntax], isPrint: Bool = false
  ) throws(KQLError) -> BoundQuery {
    var names = Naming()
    var schema: Schema = []
    var expressions: [Expression] = []
    var hidden = HiddenColumns(input)
    for (place, column) in columns.enumerated() {
      if case .star = column.kind {
        for (index, field) in input.schema.enumerated() {
          schema.append(Field(names.unique(field.name), field.type))
          expressions.append(.column(index, field.type))
        }
        continue
      }
      let (given, syntax) = named(column)
      if let parts = try tupleColumns(syntax, given, keepsRest: !isPrint, &hidden) {
        for part in parts {
          schema.append(Field(names.unique(part.name), part.expression.type))
          expressions.append(part.expression)
        }
        continue
      }
      let expression = try bind(syntax)
      if given.count > 1 {
        for (index, name) in given.enumerated() {
          schema.append(Field(names.unique(name), .dynamic))
          expressions.append(.path(expression, .init(steps: [.index(index)])))
        }
        continue
      }
      let name = given.first ?? (isPrint ? "print_\(place)" : derivedName(syntax))
      schema.append(Field(name.map { names.unique($0) } ?? names.next(), expression.type))
      expressions.append(expression)
    }
    return BoundQuery(plan: .project(hidden.plan(input), expressions), schema: schema)
  }
}
