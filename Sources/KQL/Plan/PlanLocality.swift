// SPDX-License-Identifier: Apache-2.0

extension Query {
  /// Whether the query can be asked of the rows of each text in a column alone: the answers, put together, are then the
  /// answer over all rows, and a row of an answer names, in a column of the result, the id of one of the rows that it is of.
  ///
  /// It can where rows are joined and grouped by that column, among others: what has another text there never meets. Of a
  /// plan that does not show it the answer is no.
  ///
  /// - Parameters:
  ///   - tables: names of tables whose rows are parted, each with its columns of the parting text and of the id. No other
  ///     may be read; a table without the first column may not be joined or grouped.
  ///   - result: the column of the result that names a row.
  package func isLocal(_ tables: [String: (part: String?, id: String)], naming result: String) -> Bool {
    let locality = PlanLocality(tables: tables)
    guard bound.others.isEmpty, let index = schema.firstIndex(where: { $0.name == result }),
      case .parted(_, let ids)? = locality.rows(of: bound.plan)
    else { return false }
    return ids.contains(index)
  }
}

/// Follows the columns of the parting text and of ids through a plan.
private struct PlanLocality {
  enum Rows {
    /// The same for every part.
    case constant
    /// Each row is of one part. `texts` are columns that hold its text, `ids` those that hold the id of a row of it.
    case parted(texts: Set<Int>, ids: Set<Int>)
  }

  let tables: [String: (part: String?, id: String)]

  /// nil where rows of several parts may meet.
  func rows(of plan: Plan) -> Rows? {
    switch plan {
    case .scan(let source): return scan(source)
    case .rows(let rows, _): return isPlain(rows.flatMap { $0 }) ? .constant : nil
    case .range(let from, let to, let step, _): return isPlain([from, to, step]) ? .constant : nil
    case .implicit: return .constant
    case .shared(let shared): return rows(of: shared.plan)
    case .filter(let input, let predicate): return isPlain([predicate]) ? rows(of: input) : nil
    case .sort(let input, let keys): return isPlain(keys.map(\.expression)) ? rows(of: input) : nil
    case .parse(let input, let subject, _): return isPlain([subject]) ? rows(of: input) : nil
    case .take(let input, let count): return isPlain([count]) ? constant(input) : nil
    case .step(let input, _, _): return constant(input)
    case .project(let input, let expressions):
      guard isPlain(expressions), let below = rows(of: input) else { return nil }
      return below.mapped(expressions)
    case .summarize(let input, let keys, let aggregates):
      guard isPlain(keys + aggregates.flatMap(\.arguments)), let below = rows(of: input) else { return nil }
      guard case .parted(let texts, _) = below else { return below }
      return keys.contains { $0.plainColumn.map(texts.contains) ?? false } ? below.mapped(keys) : nil
    case .union(let inputs, _):
      var result: Rows?
      for input in inputs {
        guard case .parted(let texts, let ids)? = rows(of: input) else { return nil }
        guard case .parted(let others, let otherIds)? = result else {
          result = .parted(texts: texts, ids: ids)
          continue
        }
        result = .parted(texts: texts.intersection(others), ids: ids.intersection(otherIds))
      }
      return result
    case .mvExpand(let input, let items, _, _):
      guard isPlain(items.map(\.expression)), let below = rows(of: input) else { return nil }
      return below.without(Set(items.compactMap(\.column)))
    case .mvApply(let input, let items, let sub, _, let outer, _):
      guard isPlain(items.map(\.expression)), case .constant? = rows(of: sub), let below = rows(of: input) else {
        return nil
      }
      return below.without(Set(items.compactMap(\.column))).placed(outer)
    case .join(let left, let right, let kind, let leftKeys, let rightKeys, let leftTypes, _):
      guard isPlain(leftKeys + rightKeys) else { return nil }
      return join(rows(of: left), rows(of: right), kind, leftKeys, rightKeys, width: leftTypes.count)
    }
  }

  private func scan(_ source: any TableSource) -> Rows? {
    guard let table = ((source as? ChosenColumns)?.table ?? source) as? NamedTable,
      let columns = tables.first(where: { $0.key.lowercased() == table.name.lowercased() })?.value
    else { return nil }
    func places(_ name: String?) -> Set<Int> { Set(table.schema.indices.filter { table.schema[$0].name == name }) }
    return .parted(texts: places(columns.part), ids: places(columns.id))
  }

  private func constant(_ plan: Plan) -> Rows? {
    if case .constant? = rows(of: plan) { .constant } else { nil }
  }

  private func join(
    _ left: Rows?, _ right: Rows?, _ kind: JoinKind, _ leftKeys: [Expression], _ rightKeys: [Expression], width: Int
  ) -> Rows? {
    switch (left, right) {
    case (.constant?, .constant?): return .constant
    case (.parted?, .constant?):
      // Rows of the constant side that meet nothing would stand in every part.
      return [.inner, .innerunique, .leftouter, .leftsemi, .leftanti].contains(kind) ? left : nil
    case (.parted(let texts, let ids)?, .parted(let others, let otherIds)?):
      let isParted = zip(leftKeys, rightKeys).contains { left, right in
        guard let l = left.plainColumn, let r = right.plainColumn else { return false }
        return texts.contains(l) && others.contains(r)
      }
      guard isParted else { return nil }
      let (rightTexts, rightIds) = (Set(others.map { $0 + width }), Set(otherIds.map { $0 + width }))
      switch kind {
      case .inner, .innerunique: return .parted(texts: texts.union(rightTexts), ids: ids.union(rightIds))
      // Cells of a side that met nothing are null.
      case .leftouter: return .parted(texts: texts, ids: ids)
      case .rightouter: return .parted(texts: rightTexts, ids: rightIds)
      case .fullouter: return .parted(texts: [], ids: [])
      case .leftsemi, .leftanti: return left
      case .rightsemi, .rightanti: return right
      }
    default: return nil
    }
  }

  /// Expressions of a row alone: no queries inside, and nothing that depends on a row's place.
  private func isPlain(_ expressions: [Expression]) -> Bool {
    expressions.allSatisfy { !$0.isPositional && !$0.asksQueries }
  }
}

extension PlanLocality.Rows {
  /// The columns where they go on as they are.
  fileprivate func mapped(_ expressions: [Expression]) -> Self {
    guard case .parted(let texts, let ids) = self else { return self }
    func places(_ columns: Set<Int>) -> Set<Int> {
      Set(expressions.indices.filter { expressions[$0].plainColumn.map(columns.contains) ?? false })
    }
    return .parted(texts: places(texts), ids: places(ids))
  }

  fileprivate func without(_ columns: Set<Int>) -> Self {
    guard case .parted(let texts, let ids) = self else { return self }
    return .parted(texts: texts.subtracting(columns), ids: ids.subtracting(columns))
  }

  /// The columns at their places among `outer`.
  fileprivate func placed(_ outer: [Int]) -> Self {
    guard case .parted(let texts, let ids) = self else { return self }
    func places(_ columns: Set<Int>) -> Set<Int> { Set(outer.indices.filter { columns.contains(outer[$0]) }) }
    return .parted(texts: places(texts), ids: places(ids))
  }
}

extension Expression {
  fileprivate var plainColumn: Int? {
    if case .column(let index, _) = self { index } else { nil }
  }
}
