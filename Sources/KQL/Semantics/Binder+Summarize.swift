// SPDX-License-Identifier: Apache-2.0

/// summarize: aggregates are collected while the list is bound.
extension Binder {
  mutating func summarize(
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
}
