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
    case .mvApply(let columns, let sub):
      let (items, schema) = try expansion(input, columns)
      let outerImplicit = (implicitSchema, implicit, isImplicitOpen)
      (implicitSchema, implicit, isImplicitOpen) = (schema, nil, input.isOpen)
      defer { (implicitSchema, implicit, isImplicitOpen) = outerImplicit }
      enclosing.append(.mvExpand(input.plan, items, index: false, limit: nil))
      let bound = try bind(sub)
      enclosing.removeLast()
      level = min(level, enclosing.count)
      // Columns of the row that the sub-query does not give itself stay before its own.
      let replaced = Set(items.compactMap(\.column))
      let names = Set(bound.schema.map(\.name))
      let outer = input.schema.indices.filter { !replaced.contains($0) && !names.contains(input.schema[$0].name) }
      result.schema = outer.map { input.schema[$0] } + bound.schema
      result.plan = .mvApply(input.plan, items, bound.plan, outer: outer, types: result.schema.map(\.type))
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

  // MARK: Summarize

  private mutating func summarize(
    _ input: BoundQuery, _ list: [ExprSyntax], _ keyList: [ExprSyntax]
  ) throws(KQLError) -> BoundQuery {
    var names = Naming()
    var keys: [Expression] = []
    var schema: Schema = []
    for key in keyList {
      let (given, syntax) = named(key)
      var expression = try bind(syntax)
      if isOpen, case .literal(.null(.dynamic)) = expression { expression = .literal(.string("")) }
      if expression.type == .dynamic {
        throw fail(.type, "a dynamic cannot be grouped by; convert it first, as in tostring(...)", syntax.range)
      }
      keys.append(expression)
      schema.append(
        Field((given.first ?? derivedName(syntax)).map { names.unique($0) } ?? names.next(), expression.type))
    }
    let outerAggregates = aggregates
    let outerBase = aggregateBase
    aggregates = []
    aggregateBase = keys.count
    defer {
      aggregates = outerAggregates
      aggregateBase = outerBase
    }
    var expressions: [Expression] = keys.indices.map { .column($0, keys[$0].type) }
    for item in list {
      let (given, syntax) = named(item)
      if case .call(let name, let arguments) = syntax.kind, ["arg_max", "arg_min", "argmax", "argmin"].contains(name) {
        try extreme(
          name.hasSuffix("max") ? "arg_max" : "arg_min", arguments, given, syntax.range, &schema, &expressions, &names)
        continue
      }
      if case .call(let name, let arguments) = syntax.kind, name == "percentiles" || name == "percentilesw" {
        // One column per percentage; given names go to the first of them.
        let fixed = name == "percentiles" ? 1 : 2
        guard arguments.count > fixed else {
          throw fail(
            .arguments, "'\(name)' takes at least \(fixed + 1) arguments, not \(arguments.count)", syntax.range)
        }
        for (place, p) in arguments.dropFirst(fixed).enumerated() {
          let single = name == "percentiles" ? "percentile" : "percentilew"
          let one = ExprSyntax(kind: .call(single, Array(arguments.prefix(fixed)) + [p]), range: syntax.range)
          let expression = try bind(one)
          let own = place < given.count ? given[place] : derivedName(one) ?? single
          schema.append(Field(names.unique(own), expression.type))
          expressions.append(expression)
        }
        continue
      }
      if case .call(let name, let arguments) = syntax.kind, name == "take_any" || name == "any",
        arguments.count > 1 || arguments.contains(where: { if case .star = $0.kind { true } else { false } })
      {
        for (column, field) in try columns(arguments, excluding: keys) {
          try add("take_any", [column], field, &schema, &expressions, &names)
        }
        continue
      }
      let expression = try bind(syntax)
      schema.append(
        Field((given.first ?? derivedName(syntax)).map { names.unique($0) } ?? names.next(), expression.type))
      expressions.append(expression)
    }
    let plan = Plan.summarize(input.plan, keys: keys, aggregates: aggregates ?? [])
    return BoundQuery(plan: .project(plan, expressions), schema: schema)
  }

  private mutating func add(
    _ function: String, _ arguments: [Expression], _ name: String, _ schema: inout Schema,
    _ expressions: inout [Expression], _ names: inout Naming
  ) throws(KQLError) {
    guard let aggregate = Functions.aggregates[function], let last = arguments.last else { return }
    let index = aggregateBase + (aggregates?.count ?? 0)
    aggregates?.append(BoundAggregate(function: aggregate, arguments: arguments, type: last.type))
    schema.append(Field(names.unique(name), last.type))
    expressions.append(.column(index, last.type))
  }

  private mutating func columns(
    _ list: [ExprSyntax], excluding keys: [Expression]
  ) throws(KQLError) -> [(Expression, String)] {
    var found: [(Expression, String)] = []
    let grouped = keys.compactMap { if case .column(let index, _) = $0 { index } else { nil } }
    let saved = aggregates
    aggregates = nil
    defer { aggregates = saved }
    for item in list {
      if case .star = item.kind {
        for (index, field) in scope.enumerated() where !grouped.contains(index) {
          found.append((.column(index, field.type), field.name))
        }
      } else {
        let (given, syntax) = named(item)
        found.append((try bind(syntax), given.first ?? derivedName(syntax) ?? "Column1"))
      }
    }
    return found
  }

  private mutating func extreme(
    _ function: String, _ arguments: [ExprSyntax], _ given: [String], _ range: Range<Int>, _ schema: inout Schema,
    _ expressions: inout [Expression], _ names: inout Naming
  ) throws(KQLError) {
    guard let first = arguments.first else { throw fail(.arguments, "'\(function)' needs a key", range) }
    let key = try columns([first], excluding: [])[0]
    try add(function, [key.0, key.0], given.first ?? key.1, &schema, &expressions, &names)
    let taken = Set(schema.map(\.name))
    let rest = try columns(Array(arguments.dropFirst()), excluding: [])
    let hasStar = arguments.dropFirst().contains { if case .star = $0.kind { true } else { false } }
    for (index, column) in rest.enumerated() {
      if hasStar, taken.contains(column.1) { continue }
      let name = index + 1 < given.count ? given[index + 1] : column.1
      try add(function, [key.0, column.0], name, &schema, &expressions, &names)
    }
  }

  // MARK: Join, mv-expand, parse

  private mutating func join(
    _ left: BoundQuery, _ kindName: String, _ rightSyntax: QuerySyntax, _ conditions: [ExprSyntax], _ range: Range<Int>,
    lookup: Bool
  ) throws(KQLError) -> BoundQuery {
    guard let kind = JoinKind(name: kindName) else {
      throw fail(
        .syntax, "there is no join kind '\(kindName)'", range,
        suggestion: Spelling.nearest(
          to: kindName,
          in: [
            "inner", "innerunique", "leftouter", "rightouter", "fullouter", "leftanti", "leftsemi", "rightanti",
            "rightsemi",
          ]))
    }
    let right = try bind(rightSyntax)
    var leftKeys: [Expression] = []
    var rightKeys: [Expression] = []
    var rightKeyColumns: Set<Int> = []
    func column(_ schema: Schema, _ name: String, _ side: String, _ range: Range<Int>) throws(KQLError) -> Expression {
      guard let index = schema.firstIndex(where: { $0.name == name }) else {
        if side == "left" ? left.isOpen : right.isOpen { return .literal(.null(.dynamic)) }
        throw fail(
          .unknownName, "the \(side) side of the join has no column '\(name)'", range,
          suggestion: Spelling.nearest(to: name, in: schema.map(\.name)))
      }
      return .column(index, schema[index].type)
    }
    func add(_ l: Expression, _ r: Expression, _ range: Range<Int>) throws(KQLError) {
      var (l, r) = (l, r)
      if case .literal(.null(.dynamic)) = l { l = .literal(Scalar.null(r.type).converted(to: r.type)) }
      if case .literal(.null(.dynamic)) = r { r = .literal(Scalar.null(l.type).converted(to: l.type)) }
      if l.type == .dynamic, l.constant != nil { (l, r) = (.literal(.string("")), .literal(.string(""))) }
      guard let type = Compare.common(l.type, r.type), type != .dynamic else {
        throw fail(.type, "cannot join a \(l.type.rawValue) with a \(r.type.rawValue); convert one first", range)
      }
      if l.type == .dynamic || r.type == .dynamic {
        throw fail(.type, "a dynamic cannot be joined on; convert it first, as in tostring(...)", range)
      }
      leftKeys.append(convert(l, to: type))
      rightKeys.append(convert(r, to: type))
      if case .column(let index, _) = r { rightKeyColumns.insert(index) }
    }
    func flatten(_ syntax: ExprSyntax) -> [ExprSyntax] {
      if case .binary("and", let a, let b) = syntax.kind { flatten(a) + flatten(b) } else { [syntax] }
    }
    for condition in conditions.flatMap(flatten) {
      switch condition.kind {
      case .name(let name):
        try add(
          try column(left.schema, name, "left", condition.range),
          try column(right.schema, name, "right", condition.range), condition.range)
      case .binary("==", let a, let b):
        guard case .member(let baseA, let nameA) = a.kind, case .member(let baseB, let nameB) = b.kind,
          case .name(let sideA) = baseA.kind, case .name(let sideB) = baseB.kind,
          Set([sideA, sideB]) == ["$left", "$right"]
        else { throw fail(.syntax, "a join's condition is a column, or $left.a == $right.b", condition.range) }
        let (l, r) = sideA == "$left" ? (nameA, nameB) : (nameB, nameA)
        try add(
          try column(left.schema, l, "left", condition.range), try column(right.schema, r, "right", condition.range),
          condition.range)
      default: throw fail(.syntax, "a join's condition is a column, or $left.a == $right.b", condition.range)
      }
    }
    guard !leftKeys.isEmpty else { throw fail(.syntax, "a join needs 'on' and a condition", range) }
    let plan = Plan.join(
      left.plan, right.plan, kind, left: leftKeys, right: rightKeys, leftTypes: left.schema.map(\.type),
      rightTypes: right.schema.map(\.type))
    switch kind {
    case .leftsemi, .leftanti:
      return BoundQuery(plan: plan, schema: left.schema)
    case .rightsemi, .rightanti: return BoundQuery(plan: plan, schema: right.schema)
    default: break
    }
    var names = Naming()
    var schema = left.schema.map { Field(names.unique($0.name), $0.type) }
    if lookup {
      let kept = right.schema.indices.filter { !rightKeyColumns.contains($0) }
      schema += kept.map { Field(names.unique(right.schema[$0].name), right.schema[$0].type) }
      let order = Array(left.schema.indices) + kept.map { left.schema.count + $0 }
      let types = left.schema.map(\.type) + right.schema.map(\.type)
      var looked = BoundQuery(plan: .project(plan, order.map { .column($0, types[$0]) }), schema: schema)
      looked.isOpen = right.isOpen
      return looked
    }
    schema += right.schema.map { Field(names.unique($0.name), $0.type) }
    var joined = BoundQuery(plan: plan, schema: schema)
    joined.isOpen = right.isOpen
    return joined
  }

  private mutating func expansion(
    _ input: BoundQuery, _ columns: [MvExpandColumn]
  ) throws(KQLError) -> ([MvExpandItem], Schema) {
    var schema = input.schema
    var items: [MvExpandItem] = []
    for column in columns {
      let expression = try bind(column.expression)
      guard expression.type == .dynamic else {
        throw fail(.type, "mv-expand needs a dynamic, this is a \(expression.type.rawValue)", column.expression.range)
      }
      let name = column.name ?? derivedName(column.expression) ?? "Column1"
      let type = column.type ?? .dynamic
      if let index = schema.firstIndex(where: { $0.name == name }) {
        schema[index].type = type
        items.append(MvExpandItem(expression: expression, column: index, type: type))
      } else {
        schema.append(Field(name, type))
        items.append(MvExpandItem(expression: expression, column: nil, type: type))
      }
    }
    return (items, schema)
  }

  private mutating func parse(
    _ input: BoundQuery, _ kind: String, _ flags: String, _ subject: ExprSyntax, _ parts: [ParsePart], _ filters: Bool,
    _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let mode: ParsePattern.Mode
    switch kind {
    case "simple": mode = .simple
    case "relaxed": mode = .relaxed
    case "regex": mode = .regex(flags: flags)
    default: throw fail(.syntax, "parse kinds are simple, relaxed and regex; there is no '\(kind)'", range)
    }
    let expression = convert(try bind(subject), to: .string)
    var schema = input.schema
    var order: [Int] = Array(schema.indices)
    var made = 0
    let pattern = parts.map { part -> ParsePattern.Part in
      switch part {
      case .text(let text): return .text(text)
      case .star: return .star
      case .column(let name, let type):
        let source = input.schema.count + made
        made += 1
        if let index = schema.firstIndex(where: { $0.name == name }) {
          schema[index].type = type
          order[index] = source
        } else {
          schema.append(Field(name, type))
          order.append(source)
        }
        return .column(type)
      }
    }
    let plan = Plan.parse(input.plan, expression, ParsePattern(mode: mode, parts: pattern, filters: filters))
    return BoundQuery(plan: .project(plan, zip(order, schema).map { .column($0, $1.type) }), schema: schema)
  }
}
