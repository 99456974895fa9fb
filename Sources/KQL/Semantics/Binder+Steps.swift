// SPDX-License-Identifier: Apache-2.0
import JSON

/// Operators that are functions of their whole input: sample, partition, make-series, parse-kv, top-nested, search.
extension Binder {
  func syntax(_ kind: ExprSyntax.Kind, _ range: Range<Int>) -> ExprSyntax { ExprSyntax(kind: kind, range: range) }

  /// Binds an expression that may not name columns.
  mutating func fixed(_ syntax: ExprSyntax) throws(KQLError) -> Expression {
    let saved = scope
    scope = []
    defer { scope = saved }
    return try bind(syntax)
  }

  // MARK: Samples and tops

  mutating func sample(_ input: BoundQuery, _ count: ExprSyntax) throws(KQLError) -> BoundQuery {
    let wanted = convert(try fixed(count), to: .long)
    return BoundQuery(
      plan: .step(input.plan, name: "sample") { batch, context in
        let count = Int(clamping: max(0, try wanted.single(context).int64 ?? 0))
        guard count < batch.count else { return batch }
        // Evenly spread rows: as good a sample as any, and the same one each time.
        return batch.gather((0..<count).map { $0 * batch.count / count })
      }, schema: input.schema)
  }

  mutating func sampleDistinct(
    _ input: BoundQuery, _ count: ExprSyntax, _ key: ExprSyntax, _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let distinct = try apply(OperatorSyntax(kind: .distinct([key]), range: range), to: input)
    return try apply(OperatorSyntax(kind: .take(count), range: range), to: distinct)
  }

  mutating func topHitters(
    _ input: BoundQuery, _ count: ExprSyntax, _ key: ExprSyntax, _ by: ExprSyntax?, _ range: Range<Int>
  ) throws(KQLError) -> BoundQuery {
    let measure = by.map { syntax(.call("sum", [$0]), range) } ?? syntax(.call("count", []), range)
    let name =
      "approximate_" + (by.flatMap { derivedName($0) }.map { "sum_\($0)" } ?? "count_\(derivedName(key) ?? "")")
    let grouped = try apply(
      OperatorSyntax(kind: .summarize([syntax(.named([name], measure), range)], by: [key]), range: range), to: input)
    return try apply(
      OperatorSyntax(kind: .top(count, SortKeySyntax(expression: syntax(.name(name), range))), range: range),
      to: grouped)
  }

  mutating func topNested(_ input: BoundQuery, _ levels: [TopNestedSyntax], _ range: Range<Int>) throws(KQLError)
    -> BoundQuery
  {
    let shared = shareInput(input)
    struct Level: Sendable {
      let plan: Plan
      let count: Expression?
      let others: Expression?
      let ascending: Bool
      let keyType: ScalarType
      let valueType: ScalarType
    }
    var bound: [Level] = []
    var schema: Schema = []
    var names = Naming()
    var keys: [ExprSyntax] = []
    for level in levels {
      keys.append(level.key)
      let (given, measure) = named(level.by)
      let grouped = try apply(
        OperatorSyntax(kind: .summarize([syntax(.named(["measure"], measure), range)], by: keys), range: range),
        to: shared)
      guard let value = grouped.schema.last, grouped.schema.count == keys.count + 1 else {
        throw fail(.arguments, "top-nested orders by an aggregate of one column", measure.range)
      }
      let key = grouped.schema[keys.count - 1]
      schema.append(Field(names.unique(key.name), key.type))
      schema.append(Field(names.unique(given.first ?? "aggregated_" + key.name), value.type))
      bound.append(
        Level(
          plan: grouped.plan.pruned(),
          count: try level.count.map { c throws(KQLError) in convert(try fixed(c), to: .long) },
          others: try level.others.map { o throws(KQLError) in convert(try fixed(o), to: key.type) },
          ascending: level.ascending,
          keyType: key.type, valueType: value.type))
    }
    let (all, types) = (bound, schema.map(\.type))
    return BoundQuery(
      plan: .step(.rows([[]], []), name: "top-nested") { _, context in
        // Rows of the level above, each with the key bytes that its children share.
        var parents: [(cells: [Scalar], key: [UInt8]?)] = [([], [])]
        for (depth, level) in all.enumerated() {
          let groups = try level.plan.execute(context, implicit: nil)
          var children: [[UInt8]: [Int]] = [:]
          func prefix(_ row: Int, _ width: Int) -> [UInt8] {
            var key: [UInt8] = []
            for column in groups.columns[..<width] { Grouping.encode(column, row, into: &key) }
            return key
          }
          for row in 0..<groups.count { children[prefix(row, depth), default: []].append(row) }
          let limit = try level.count.map { Int(clamping: max(0, try $0.single(context).int64 ?? 0)) } ?? Int.max
          let others = try level.others?.single(context)
          var next: [(cells: [Scalar], key: [UInt8]?)] = []
          for parent in parents {
            let rows = (parent.key.flatMap { children[$0] } ?? []).sorted { a, b in
              let order = Compare.order(groups.columns[depth + 1][a], groups.columns[depth + 1][b])
              return order == 0 ? a < b : (order < 0) == level.ascending
            }
            for row in rows.prefix(limit) {
              next.append(
                (parent.cells + [groups.columns[depth][row], groups.columns[depth + 1][row]], prefix(row, depth + 1)))
            }
            if let others, rows.count > limit || parent.key == nil {
              let rest = rows.dropFirst(limit).reduce(Scalar.null(level.valueType)) { total, row in
                let cell = groups.columns[depth + 1][row]
                if total.isNull { return cell }
                if let a = total.int64, let b = cell.int64 { return Scalar.long(a &+ b).converted(to: level.valueType) }
                return Scalar.real((total.double ?? 0) + (cell.double ?? 0)).converted(to: level.valueType)
              }
              next.append((parent.cells + [others, rest], nil))
            }
          }
          parents = next
        }
        var builders = types.map(ColumnBuilder.init)
        for row in parents { for (index, cell) in row.cells.enumerated() { builders[index].append(cell) } }
        return Batch(columns: builders.map { $0.finish() }, count: parents.count)
      }, schema: schema)
  }

  // MARK: Partition

  /// The key of the part that a sub-query of partition runs for.
  static let partitionKey = ScalarFunction(
    name: "partition key", signature: "", meaning: "The key of the part that a sub-query of partition runs for.",
    naming: .numbered, arity: 0...0, parameters: [], resultType: { _ in .dynamic }
  ) { _, _, context in
    guard let key = context.key else { throw KQLError(.execution, "there is no partition") }
    return Vector(constant: key)
  }

  mutating func partition(_ input: BoundQuery, _ key: ExprSyntax, _ inner: QuerySyntax) throws(KQLError) -> BoundQuery {
    let expression = try bind(key)
    let outer = (implicitSchema, implicit)
    (implicitSchema, implicit) = (input.schema, nil)
    defer { (implicitSchema, implicit) = outer }
    enclosing.append(input.plan)
    // Where another table is asked, the key's name stands for its value.
    let hidden = key.plainName.map { ($0, environment[$0]) }
    if let hidden, hidden.1 == nil { environment[hidden.0] = .scalar(.call(Self.partitionKey, [], expression.type)) }
    let bound = try bind(inner)
    if let hidden { environment[hidden.0] = hidden.1 }
    enclosing.removeLast()
    level = min(level, enclosing.count)
    let types = bound.schema.map(\.type)
    return BoundQuery(
      plan: .step(input.plan, name: "partition") { batch, context in
        let keys = try expression.evaluate(batch, context).expanded(batch.count)
        let (groups, firsts) = try Grouping.number([keys], batch.count)
        var rows = [[Int]](repeating: [], count: firsts.count)
        for (row, group) in groups.enumerated() { rows[group].append(row) }
        let parts = try rows.enumerated().map { group, rows in
          let part = batch.gather(rows)
          return try bound.plan.execute(context.within(part, key: keys[firsts[group]]), implicit: part)
        }
        return try Plan.concatenate(parts, types)
      }, schema: bound.schema)
  }

  // MARK: parse-kv

  mutating func parseKeyValues(
    _ input: BoundQuery, _ subject: ExprSyntax, _ fields: [Field], _ options: [String: String]
  ) throws(KQLError) -> BoundQuery {
    let expression = convert(try bind(subject), to: .string)
    let parser = KeyValueText(options, keys: fields.map(\.name))
    var schema = input.schema
    var places: [Int] = []
    for field in fields {
      if let index = schema.firstIndex(where: { $0.name == field.name }) {
        schema[index] = field
        places.append(index)
      } else {
        places.append(schema.count)
        schema.append(field)
      }
    }
    let targets = places
    return BoundQuery(
      plan: .step(input.plan, name: "parse-kv") { batch, context in
        let vector = try expression.evaluate(batch, context)
        var builders = fields.map { ColumnBuilder($0.type) }
        for row in 0..<batch.count {
          let values = try parser.read(vector[row].text)
          for (index, field) in fields.enumerated() {
            builders[index].append(
              values[field.name].map { Scalar.string($0).converted(to: field.type) } ?? .null(field.type))
          }
        }
        var columns = batch.columns
        for (place, builder) in zip(targets, builders) {
          if place < columns.count { columns[place] = builder.finish() } else { columns.append(builder.finish()) }
        }
        return Batch(columns: columns, count: batch.count)
      }, schema: schema)
  }

  // MARK: project-by-names

  mutating func projectByNames(_ input: BoundQuery, _ lists: [ExprSyntax], _ range: Range<Int>) throws(KQLError)
    -> BoundQuery
  {
    var order: [Int] = []
    for list in lists {
      let names: [String]
      switch try fixed(list).folded()?.json {
      case .some(let value) where value.kind == .array: names = value.elements.compactMap(\.string)
      case .some(let value) where value.kind == .string: names = value.string.map { [$0] } ?? []
      default: throw fail(.arguments, "project-by-names takes names that do not depend on rows", list.range)
      }
      for name in names {
        order += input.schema.indices.filter { !order.contains($0) && Self.matches(name, input.schema[$0].name) }
      }
    }
    return BoundQuery(
      plan: .project(input.plan, order.map { .column($0, input.schema[$0].type) }),
      schema: order.map { input.schema[$0] })
  }

  // MARK: Search

  /// Rows of any table in which a term stands. A table that lacks a column the predicate names is passed over.
  mutating func search(_ search: SearchSyntax, _ input: BoundQuery?, _ range: Range<Int>) throws(KQLError) -> BoundQuery
  {
    let hidden = "search input"
    var named: [(String, BoundQuery)] = []
    if let input {
      named = [(input.name ?? hidden, input)]
    } else {
      let known = tableNames()
      let wanted =
        search.tables.isEmpty ? known : known.filter { name in search.tables.contains { Self.matches($0, name) } }
      for name in wanted { named.append((name, try table(name, range))) }
    }
    let kept = try matching(named, search.predicate, search.isCaseSensitive)
    if input != nil, let only = kept.first { return only.bound }
    guard !kept.isEmpty else { throw fail(.unknownName, "there is no table to search", range) }
    return try union(kept, inner: false, source: "$table", range)
  }

  /// Bare texts become `has` over all columns; `*` at an edge makes them prefixes, suffixes or parts.
  func terms(_ syntax: ExprSyntax, _ isCaseSensitive: Bool) -> ExprSyntax {
    let range = syntax.range
    switch syntax.kind {
    case .literal(.string(let text)): return anyColumn(text, isCaseSensitive, range)
    case .binary(let op, let left, let right) where op == "and" || op == "or":
      return ExprSyntax(kind: .binary(op, terms(left, isCaseSensitive), terms(right, isCaseSensitive)), range: range)
    case .binary(let op, let left, let right):
      if case .star = left.kind, case .literal(let value) = right.kind, op != "==" {
        return anyColumn(value.text, isCaseSensitive, range)
      }
      return syntax
    case .call("not", let arguments):
      return ExprSyntax(kind: .call("not", arguments.map { terms($0, isCaseSensitive) }), range: range)
    default: return syntax
    }
  }

  private func anyColumn(_ text: String, _ isCaseSensitive: Bool, _ range: Range<Int>) -> ExprSyntax {
    var op = "has"
    var term = text
    if text == "*" { return syntax(.literal(.bool(true)), range) }
    switch (text.hasPrefix("*"), text.hasSuffix("*")) {
    case (true, true): (op, term) = ("contains", String(text.dropFirst().dropLast()))
    case (true, false): (op, term) = ("hassuffix", String(text.dropFirst()))
    case (false, true): (op, term) = ("hasprefix", String(text.dropLast()))
    default: break
    }
    if isCaseSensitive { op += "_cs" }
    return anyColumn(op, syntax(.literal(.string(term)), range), range)
  }

  /// A test of the text of each column, one of which must hold.
  func anyColumn(_ op: String, _ needle: ExprSyntax, _ range: Range<Int>) -> ExprSyntax {
    let tests = scope.map { field in
      syntax(.binary(op, syntax(.call("tostring", [syntax(.name(field.name), range)]), range), needle), range)
    }
    guard let first = tests.first else { return syntax(.literal(.bool(false)), range) }
    return tests.dropFirst().reduce(first) { syntax(.binary("or", $0, $1), range) }
  }
}

extension Expression {
  /// The value of an expression that reads no column.
  func single(_ context: EvaluationContext) throws -> Scalar { try evaluate(Batch(columns: [], count: 1), context)[0] }

  private static let changing: Set<String> = ["now", "ago", "rand", "new_guid", "partition key"]

  /// How many of `depth` enclosing mv-apply and partition operators the value depends on.
  func level(of depth: Int) -> Int {
    switch self {
    case .column, .literal: 0
    case .path(let base, _): base.level(of: depth)
    case .scalarQuery(.shared(let plan), _), .listQuery(.shared(let plan)): plan.level
    case .scalarQuery, .listQuery: depth
    case .call(let function, let arguments, _):
      function.name == "partition key" ? depth : arguments.map { $0.level(of: depth) }.max() ?? 0
    }
  }

  /// The value where it does not depend on rows or on time.
  func folded() -> Scalar? {
    if let constant { return constant }
    if case .call(let function, _, _) = self, Self.changing.contains(function.name) { return nil }
    guard case .call(_, let arguments, _) = self, arguments.allSatisfy({ $0.folded() != nil }) else {
      if case .path(let base, _) = self, base.folded() != nil { return try? single(EvaluationContext(now: 0)) }
      return nil
    }
    return try? single(EvaluationContext(now: 0))
  }
}
