// SPDX-License-Identifier: Apache-2.0

/// find: rows of any table for which a predicate holds, with the columns that the tables share.
extension Binder {
  mutating func find(_ find: FindSyntax, _ range: Range<Int>) throws(KQLError) -> BoundQuery {
    var sources: [(name: String, bound: BoundQuery)] = []
    if find.tables.isEmpty {
      for name in tableNames() { sources.append((name, try table(name, range))) }
    }
    for input in find.tables {
      if case .table(let expression) = input.source, case .name(let name) = expression.kind, name.hasSuffix("*") {
        for table in tableNames() where Self.matches(name, table) {
          sources.append((table, try self.table(table, expression.range)))
        }
      } else {
        let bound = try bind(input)
        var name = bound.name ?? "find_arg\(sources.count)"
        if case .table(let expression) = input.source, case .name(let table) = expression.kind { name = table }
        sources.append((name, bound))
      }
    }
    let saved = scope
    defer { scope = saved }
    let wanted = names(in: find.predicate)
    let kept = try matching(sources, find.predicate, false)
    guard let first = kept.first else { throw fail(.unknownName, "there is no table to search", range) }
    // The columns of the answer, and whether what they leave out is packed.
    var columns: [(name: String, type: ScalarType?)] = []
    var packed: String?
    if let given = find.columns {
      for column in given {
        switch column {
        case .named(let name, let type): columns.append((name, type))
        case .packed(let name): packed = name
        }
      }
    } else {
      packed = "pack_"
      let shared = first.bound.schema.filter { field in
        kept.allSatisfy { $0.bound.schema.contains { $0.name == field.name } }
      }
      columns = wanted.filter { name in kept.contains { $0.bound.schema.contains { $0.name == name } } }
        .map { ($0, nil) }
      for field in shared where !columns.contains(where: { $0.name == field.name }) {
        columns.append((field.name, nil))
      }
    }
    var inputs: [(name: String, bound: BoundQuery)] = []
    for source in kept {
      scope = source.bound.schema
      var schema: Schema = [Field(find.source, .string)]
      var expressions: [Expression] = [.literal(.string(source.name))]
      for column in columns {
        guard let index = source.bound.schema.firstIndex(where: { $0.name == column.name }) else { continue }
        let type = column.type ?? source.bound.schema[index].type
        schema.append(Field(column.name, type))
        expressions.append(convert(.column(index, source.bound.schema[index].type), to: type))
      }
      if let packed {
        var members: [Expression] = []
        for (index, field) in source.bound.schema.enumerated()
        where !columns.contains(where: { $0.name == field.name }) {
          members += [.literal(.string(field.name)), .column(index, field.type)]
        }
        schema.append(Field(packed, .dynamic))
        expressions.append(try apply(Functions.find("bag_pack"), members, range))
      }
      inputs.append((source.name, BoundQuery(plan: .project(source.bound.plan, expressions), schema: schema)))
    }
    var result = try union(inputs, inner: false, source: nil, range)
    let last = result.schema.firstIndex { $0.name == packed }
    let order = result.schema.indices.filter { $0 != last } + (last.map { [$0] } ?? [])
    let schema = order.map { result.schema[$0] }
    result.plan = .project(result.plan, order.map { .column($0, result.schema[$0].type) })
    result.schema = schema
    return result
  }

  /// The rows of each table for which the predicate holds. What the predicate asks of a column that a table lacks does
  /// not hold there; a table that has none of the columns is left out.
  mutating func matching(
    _ sources: [(name: String, bound: BoundQuery)], _ predicate: ExprSyntax, _ isCaseSensitive: Bool
  ) throws(KQLError) -> [(name: String, bound: BoundQuery)] {
    let wanted = names(in: predicate).filter { if case .scalar = environment[$0] { false } else { true } }
    let known = Set(sources.flatMap { $0.bound.schema.map(\.name) })
    let saved = scope
    defer { scope = saved }
    var kept: [(name: String, bound: BoundQuery)] = []
    for source in sources {
      scope = source.bound.schema
      let missing = Set(wanted.filter { name in known.contains(name) && !scope.contains { $0.name == name } })
      if !wanted.isEmpty, missing.count == wanted.count, !hasTerm(predicate) { continue }
      let bound = try bind(terms(without(missing, predicate), isCaseSensitive))
      guard bound.type == .bool else { throw fail(.type, "a search needs a term or a bool", predicate.range) }
      kept.append((source.name, BoundQuery(plan: .filter(source.bound.plan, bound), schema: scope)))
    }
    return kept
  }

  /// Whether the predicate looks for a term in any column.
  private func hasTerm(_ syntax: ExprSyntax) -> Bool {
    switch syntax.kind {
    case .literal(.string), .star: true
    case .binary(let op, let left, let right) where op == "and" || op == "or": hasTerm(left) || hasTerm(right)
    case .binary(_, let left, _): if case .star = left.kind { true } else { false }
    case .call("not", let arguments): arguments.contains(where: hasTerm)
    default: false
    }
  }

  /// The predicate with false in place of each test of a missing column.
  private func without(_ missing: Set<String>, _ syntax: ExprSyntax) -> ExprSyntax {
    if missing.isEmpty { return syntax }
    switch syntax.kind {
    case .binary(let op, let left, let right) where op == "and" || op == "or":
      return ExprSyntax(kind: .binary(op, without(missing, left), without(missing, right)), range: syntax.range)
    default:
      return missing.isDisjoint(with: names(in: syntax))
        ? syntax : ExprSyntax(kind: .literal(.bool(false)), range: syntax.range)
    }
  }

  /// Names that an expression mentions, in order, each once.
  func names(in syntax: ExprSyntax) -> [String] {
    var found: [String] = []
    func visit(_ syntax: ExprSyntax) {
      switch syntax.kind {
      case .name(let name): if !found.contains(name) { found.append(name) }
      case .member(let base, _): visit(base)
      case .index(let base, let index):
        visit(base)
        visit(index)
      case .call(_, let arguments): arguments.forEach(visit)
      case .named(_, let value), .unary(_, let value): visit(value)
      case .binary(_, let left, let right):
        visit(left)
        visit(right)
      case .inList(_, let subject, let items):
        visit(subject)
        items.forEach(visit)
      case .between(let value, let low, let high, _):
        visit(value)
        visit(low)
        visit(high)
      default: break
      }
    }
    visit(syntax)
    return found
  }
}
