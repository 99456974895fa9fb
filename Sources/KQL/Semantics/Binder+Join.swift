// SPDX-License-Identifier: Apache-2.0
import JSON

/// join and lookup.
extension Binder {
  mutating func join(
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
    /// The side and the column of `$left.a` and `$left['a']`, or of a name that one side alone has.
    func side(_ syntax: ExprSyntax) -> (side: String, column: String)? {
      switch syntax.kind {
      case .member(let base, let name): return base.plainName.map { ($0, name) }
      case .index(let base, let index):
        guard case .literal(.string(let name)) = index.kind else { return nil }
        return base.plainName.map { ($0, name) }
      case .name(let name):
        let isLeft = left.schema.contains { $0.name == name }
        guard isLeft != right.schema.contains(where: { $0.name == name }) else { return nil }
        return (isLeft ? "$left" : "$right", name)
      default: return nil
      }
    }
    for condition in conditions.flatMap(flatten) {
      switch condition.kind {
      case .name(let name):
        try add(
          try column(left.schema, name, "left", condition.range),
          try column(right.schema, name, "right", condition.range), condition.range)
      case .binary("==", let a, let b):
        guard let (sideA, nameA) = side(a), let (sideB, nameB) = side(b), Set([sideA, sideB]) == ["$left", "$right"]
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
}
