// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A table that a query reads, and which of its rows can matter to the result.
package struct TableRead: Sendable {
  package let table: String
  /// Whether its rows themselves become rows of the result, rather than being joined, looked up or counted.
  package let isSource: Bool
  private let schema: Schema
  /// Predicates over the table's columns that rows have to satisfy.
  private let conditions: [Expression]

  fileprivate init(_ table: String, isSource: Bool, schema: Schema, conditions: [Expression]) {
    (self.table, self.isSource, self.schema, self.conditions) = (table, isSource, schema, conditions)
  }

  /// The texts of a column that rows have to have one of, as `==`, `=~`, `in` and `in~` list them; nil where the
  /// conditions name none.
  package func texts(of column: String) -> Set<String>? {
    guard let index = schema.firstIndex(where: { $0.name == column }) else { return nil }
    return conditions.compactMap { $0.texts(ofColumn: index) }.reduce(nil) { $0?.intersection($1) ?? $1 }
  }

  /// The same of a member of a dynamic column: `Identifiers.Type == 'x'`.
  package func texts(of column: String, at path: JSONPath) -> Set<String>? {
    guard let index = schema.firstIndex(where: { $0.name == column }) else { return nil }
    return conditions.compactMap { $0.texts(ofColumn: index, at: path) }.reduce(nil) { $0?.intersection($1) ?? $1 }
  }

  /// Whether rows with a text in a column can matter: false only where a condition on that column alone says so.
  package func canMatter(_ text: String, in column: String) -> Bool {
    guard let index = schema.firstIndex(where: { $0.name == column }) else { return true }
    return conditions.allSatisfy { $0.canBeTrue(text, inColumn: index) }
  }
}

extension Query {
  /// The tables that the query reads, once for every place in which it does.
  ///
  /// nil where an operator keeps plans of its own to itself (partition, graphs and some plugins).
  package var reads: [TableRead]? {
    var reader = PlanReader()
    for query in [bound] + bound.others.map(\.query) { reader.read(query.plan, isSource: true) }
    return reader.isComplete ? reader.found : nil
  }
}

/// Walks a plan down to its scans with the conditions that are met on the way, put in terms of the rows below.
private struct PlanReader {
  var found: [TableRead] = []
  var isComplete = true

  /// Steps that run no other plan than their input's.
  private static let plain: Set<String> = [
    "sample", "scan", "reduce", "make-series", "parse-kv", "pivot", "narrow", "schema_merge",
  ]

  mutating func read(_ plan: Plan, _ conditions: [Expression] = [], isSource: Bool) {
    switch plan {
    case .scan(let source):
      let table = (source as? ChosenColumns)?.table ?? source
      if let named = table as? NamedTable {
        found.append(TableRead(named.name, isSource: isSource, schema: named.schema, conditions: conditions))
      }
    case .filter(let input, let predicate):
      read([predicate])
      read(input, conditions + predicate.conjuncts, isSource: isSource)
    case .project(let input, let expressions):
      read(expressions)
      read(input, conditions.map { $0.replacing(expressions) }, isSource: isSource)
    case .summarize(let input, let keys, let aggregates):
      read(keys + aggregates.flatMap(\.arguments))
      // A condition on keys alone holds for the rows of the groups that are left.
      let below = conditions.filter { $0.columns.allSatisfy { $0 < keys.count } }
      read(input, below.map { $0.replacing(keys) }, isSource: false)
    case .sort(let input, let keys):
      read(keys.map(\.expression))
      read(input, conditions, isSource: isSource)
    case .take(let input, let count):
      read([count])
      read(input, isSource: isSource)
    case .join(let left, let right, let kind, let leftKeys, let rightKeys, let leftTypes, _):
      read(leftKeys + rightKeys)
      let width = leftTypes.count
      var (l, r): ([Expression], [Expression]) = ([], [])
      switch kind {
      case .inner:
        l = conditions.filter { $0.columns.allSatisfy { $0 < width } }
        r = conditions.filter { $0.columns.allSatisfy { $0 >= width } }.map { $0.moved { $0 - width } }
      case .leftouter: l = conditions.filter { $0.columns.allSatisfy { $0 < width } }
      case .leftsemi, .leftanti: l = conditions
      case .rightsemi, .rightanti: r = conditions
      case .innerunique, .rightouter, .fullouter: break
      }
      let isRight = kind == .rightsemi || kind == .rightanti || kind == .rightouter
      read(left, l, isSource: isSource && !isRight)
      read(right, r, isSource: isSource && isRight)
    case .union(let inputs, _):
      for input in inputs { read(input, conditions, isSource: isSource) }
    case .mvExpand(let input, let items, _, _):
      read(items.map(\.expression))
      let replaced = Set(items.compactMap(\.column))
      read(input, conditions.filter { $0.columns.isDisjoint(with: replaced) }, isSource: isSource)
    case .parse(let input, let subject, _):
      read([subject])
      read(input, isSource: isSource)
    case .mvApply(let input, let items, let sub, _, _, _):
      read(items.map(\.expression))
      read(input, isSource: isSource)
      read(sub, isSource: false)
    case .step(let input, let name, _):
      if !Self.plain.contains(name) { isComplete = false }
      read(input, isSource: false)
    case .shared(let plan): read(plan.plan, conditions, isSource: isSource)
    case .rows(let rows, _): read(rows.flatMap { $0 })
    case .range(let from, let to, let step, _): read([from, to, step])
    case .implicit: break
    }
  }

  /// Queries inside expressions.
  private mutating func read(_ expressions: [Expression]) {
    for expression in expressions {
      switch expression {
      case .scalarQuery(let plan, _), .listQuery(let plan): read(plan, isSource: false)
      case .path(let base, _): read([base])
      case .call(_, let arguments, _): read(arguments)
      case .column, .literal: break
      }
    }
  }
}

extension Expression {
  /// The predicates that all have to be true.
  fileprivate var conjuncts: [Expression] {
    guard case .call(let function, let arguments, _) = self, function.name == "and" else { return [self] }
    return arguments.flatMap(\.conjuncts)
  }

  var columns: Set<Int> {
    var columns: Set<Int> = []
    eachColumn { columns.insert($0) }
    return columns
  }

  /// The members of dynamic columns that the expression reads.
  var members: [(column: Int, path: JSONPath)] {
    switch self {
    case .path(.column(let index, _), let path): [(index, path)]
    case .path(let base, _): base.members
    case .call(_, let arguments, _): arguments.flatMap(\.members)
    default: []
    }
  }

  /// The expression over the rows that `inputs` are computed of.
  fileprivate func replacing(_ inputs: [Expression]) -> Expression {
    switch self {
    case .column(let index, _): inputs.indices.contains(index) ? inputs[index] : self
    case .path(let base, let path): .path(base.replacing(inputs), path)
    case .call(let function, let arguments, let type): .call(function, arguments.map { $0.replacing(inputs) }, type)
    case .literal, .scalarQuery, .listQuery: self
    }
  }

  /// The texts of which a column has to have one, in any case, wherever the predicate is true; nil where it names none.
  ///
  /// - Parameter path: where in a dynamic column the text stands.
  func texts(ofColumn index: Int, at path: JSONPath? = nil) -> Set<String>? {
    guard case .call(let function, let arguments, _) = self, arguments.count >= 2 else { return nil }
    switch function.name {
    case "and":
      return arguments.compactMap { $0.texts(ofColumn: index, at: path) }.reduce(nil) { $0?.intersection($1) ?? $1 }
    case "or":
      let sides = arguments.map { $0.texts(ofColumn: index, at: path) }
      return sides.contains(nil) ? nil : sides.compactMap { $0 }.reduce([]) { $0.union($1) }
    case "==", "=~", "in", "in~":
      let isColumn = { (side: Expression) in side.isText(ofColumn: index, at: path) }
      let others = arguments.filter { !isColumn($0) }
      guard others.count == arguments.count - 1 else { return nil }
      var texts: Set<String> = []
      for other in others {
        switch other.constant {
        case .string(let text)?: texts.insert(text)
        case .dynamic(let list)? where list.kind == .array: texts.formUnion(list.elements.compactMap(\.string))
        default: return nil
        }
      }
      return texts
    default: return nil
    }
  }

  /// The column itself, or its text in one case.
  private func isText(ofColumn index: Int, at path: JSONPath?) -> Bool {
    switch self {
    case .column(let column, _): column == index && path == nil
    case .path(.column(let column, _), let steps): column == index && path == steps
    case .call(let function, let arguments, _):
      ["tolower", "toupper", "tostring"].contains(function.name) && arguments.count == 1
        && arguments[0].isText(ofColumn: index, at: path)
    default: false
    }
  }

  /// Whether a predicate can be true of a row that has `text` in a column, whatever else it has.
  fileprivate func canBeTrue(_ text: String, inColumn index: Int) -> Bool {
    if case .call(let function, let arguments, _) = self {
      if function.name == "and" { return arguments.allSatisfy { $0.canBeTrue(text, inColumn: index) } }
      if function.name == "or" { return arguments.contains { $0.canBeTrue(text, inColumn: index) } }
    }
    guard columns == [index], !asksQueries else { return true }
    let cell = Column.constant(.string(text), type: .string, count: 1)
    let row = Batch(columns: [cell], count: 1)
    guard let answer = try? moved({ _ in 0 }).evaluate(row, EvaluationContext(now: 0))[0] else { return true }
    if case .bool(false) = answer { return false }
    return !answer.isNull
  }

  var asksQueries: Bool {
    switch self {
    case .scalarQuery, .listQuery: true
    case .path(let base, _): base.asksQueries
    case .call(_, let arguments, _): arguments.contains(where: \.asksQueries)
    case .column, .literal: false
    }
  }
}
