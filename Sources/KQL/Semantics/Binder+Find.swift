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
    var kept: [(name: String, bound: BoundQuery)] = []
    var missing: KQLError?
    for source in sources {
      scope = source.bound.schema
      do throws(KQLError) {
        let predicate = try bind(terms(find.predicate, false))
        guard predicate.type == .bool else { throw fail(.type, "find needs a bool", find.predicate.range) }
        kept.append(
          (source.name, BoundQuery(plan: .filter(source.bound.plan, predicate), schema: source.bound.schema)))
      } catch {
        guard error.code == .unknownName, sources.count > 1 else { throw error }
        missing = error
      }
    }
    guard let first = kept.first else { throw missing ?? fail(.unknownName, "there is no table to search", range) }
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

  /// Names that an expression mentions, in order, each once.
  private func names(in syntax: ExprSyntax) -> [String] {
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
