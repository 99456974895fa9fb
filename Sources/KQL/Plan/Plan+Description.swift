// SPDX-License-Identifier: Apache-2.0
import JSON

/// An operator of a plan with what it reads and does, for `plumb query --explain`.
package struct PlanDescription: Sendable {
  package struct Detail: Sendable {
    package let label: String
    package let values: [String]
  }

  /// `scan`, `filter`, `summarize`, ...
  package let name: String
  /// What the operator does, in the terms of the query: predicates, keys, aggregates, the columns and ranges of a scan.
  package internal(set) var details: [Detail] = []
  /// Where the rows come from; then the sub-queries that expressions of the operator ask.
  package internal(set) var inputs: [PlanDescription] = []

  init(_ name: String, _ details: [(String, [String])] = [], _ inputs: [PlanDescription] = []) {
    self.name = name
    self.details = details.compactMap { $0.1.isEmpty ? nil : Detail(label: $0.0, values: $0.1) }
    self.inputs = inputs
  }

  /// The tree, an operator with its details under the one that takes its rows.
  package var text: String { lines().joined(separator: "\n") + "\n" }

  private func lines() -> [String] {
    var lines = [name]
    let bar = inputs.isEmpty ? "    " : "│   "
    for detail in details { lines.append("\(bar)\(detail.label): " + detail.values.joined(separator: ", ")) }
    for (index, input) in inputs.enumerated() {
      let isLast = index == inputs.count - 1
      for (number, line) in input.lines().enumerated() {
        lines.append((number == 0 ? isLast ? "└─ " : "├─ " : isLast ? "   " : "│  ") + line)
      }
    }
    return lines
  }

  /// `{"operator":"filter","predicate":["x == 1"],"inputs":[...]}`
  package func json() -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out)
    return out
  }

  private func write(into out: inout [UInt8]) {
    func text(_ text: String) { Scalar.string(text).json.write(into: &out) }
    out.append(contentsOf: "{\"operator\":".utf8)
    text(name)
    for detail in details {
      out.append(0x2C)
      text(detail.label)
      out.append(contentsOf: ":[".utf8)
      for (index, value) in detail.values.enumerated() {
        if index > 0 { out.append(0x2C) }
        text(value)
      }
      out.append(0x5D)
    }
    out.append(contentsOf: ",\"inputs\":[".utf8)
    for (index, input) in inputs.enumerated() {
      if index > 0 { out.append(0x2C) }
      input.write(into: &out)
    }
    out.append(contentsOf: "]}".utf8)
  }
}

extension Query {
  /// The plan that runs, after columns were pruned and ranges pushed into scans.
  package var explanation: PlanDescription {
    var describer = PlanDescriber()
    var root = describer.describe(bound.plan.pruned(), bound.schema.map(\.name)).description
    if !bound.others.isEmpty {
      // Results of fork and facet run as they were bound.
      root = PlanDescription(
        "results", [],
        [root] + bound.others.map { describer.describe($0.query.plan, $0.query.schema.map(\.name)).description })
    }
    return root
  }
}

/// Walks a plan from the result down; columns are positions there, so names are found on the way.
private struct PlanDescriber {
  private var shared: [ObjectIdentifier: (number: Int, names: [String])] = [:]

  typealias Described = (description: PlanDescription, names: [String])

  /// - Parameter wanted: how the operators above call the columns, where they do.
  mutating func describe(_ plan: Plan, _ wanted: [String]?) -> Described {
    switch plan {
    case .scan(let source): return scan(source)
    case .rows(let rows, let types):
      let count = rows.count == 1 ? "1 row" : "\(rows.count) rows"
      return (PlanDescription("rows", [("rows", [count])], subqueries(rows.flatMap { $0 })), names(wanted, types.count))
    case .range(let from, let to, let step, _):
      let bounds = [("from", [text(from, [])]), ("to", [text(to, [])]), ("step", [text(step, [])])]
      return (PlanDescription("range", bounds, subqueries([from, to, step])), names(wanted, 1))
    case .filter(let input, let predicate):
      return over(input, wanted, "filter", [predicate]) { [("predicate", $1.conjuncts(predicate, $0))] }
    case .sort(let input, let keys):
      return over(input, wanted, "sort", keys.map(\.expression)) { names, me in
        let texts = keys.map { key in
          me.text(key.expression, names) + (key.ascending ? " asc" : " desc")
            + (key.nullsFirst == key.ascending ? "" : key.nullsFirst ? " nulls first" : " nulls last")
        }
        return [("keys", texts)]
      }
    case .take(let input, let count):
      if case .sort = input {
        return over(input, wanted, "top", [count]) { [("count", [$1.text(count, $0)]), ("method", ["heap"])] }
      }
      return over(input, wanted, "take", [count]) { [("count", [$1.text(count, $0)])] }
    case .project(let input, let expressions): return project(input, expressions, wanted)
    case .summarize(let input, let keys, let aggregates): return summarize(input, keys, aggregates, wanted)
    case .join(let left, let right, let kind, let leftKeys, let rightKeys, let leftTypes, _):
      return join(left, right, kind, leftKeys, rightKeys, leftTypes.count, wanted)
    case .union(let inputs, let types):
      let parts = inputs.map { describe($0, wanted) }
      return (PlanDescription("union", [], parts.map(\.description)), names(wanted ?? parts.first?.names, types.count))
    case .mvExpand(let input, let items, _, let limit):
      return over(input, wanted, "mv-expand", items.map(\.expression)) { names, me in
        [("items", items.map { me.text($0.expression, names) }), ("limit", limit.map { [String($0)] } ?? [])]
      }
    case .mvApply(let input, let items, let sub, _, _, let types):
      let below = describe(input, nil)
      let inner = describe(sub, wanted)
      let details = [("items", items.map { text($0.expression, below.names) })]
      let inputs = [below.description, PlanDescription("for each row", [], [inner.description])]
      return (PlanDescription("mv-apply", details, inputs), names(wanted, types.count))
    case .parse(let input, let subject, let pattern):
      return over(input, wanted, pattern.filters ? "parse-where" : "parse", [subject]) {
        [("of", [$1.text(subject, $0)])]
      }
    case .step(let input, let name, _):
      // Operators without an input of their own stand over one empty row.
      if case .rows(let rows, _) = input, rows.allSatisfy(\.isEmpty) { return (PlanDescription(name), wanted ?? []) }
      let below = describe(input, nil)
      return (PlanDescription(name, [], [below.description]), wanted ?? [])
    case .shared(let plan):
      if let known = shared[ObjectIdentifier(plan)] {
        return (PlanDescription("shared #\(known.number)"), known.names)
      }
      let number = shared.count + 1
      let below = describe(plan.plan, wanted)
      shared[ObjectIdentifier(plan)] = (number, below.names)
      return (PlanDescription("shared #\(number)", [("computed", ["once"])], [below.description]), below.names)
    case .implicit(let types): return (PlanDescription("rows of the enclosing operator"), names(wanted, types.count))
    }
  }

  /// An operator that keeps the columns of its input.
  private mutating func over(
    _ input: Plan, _ wanted: [String]?, _ name: String, _ expressions: [Expression],
    _ details: ([String], PlanDescriber) -> [(String, [String])]
  ) -> Described {
    let below = describe(input, wanted)
    let inputs = [below.description] + subqueries(expressions)
    return (PlanDescription(name, details(below.names, self), inputs), below.names)
  }

  private func scan(_ source: any TableSource) -> Described {
    let schema = source.schema
    let chosen = source as? ChosenColumns
    let table = ((chosen?.table ?? source) as? NamedTable)?.name
    let read = chosen?.request.columns.map { $0.sorted().filter(schema.indices.contains) } ?? Array(schema.indices)
    var details = [("table", table.map { [$0] } ?? []), ("columns", read.map { schema[$0].name })]
    if read.isEmpty { details[1].1 = ["none"] }
    details.append(("read", ["\(read.count) of \(schema.count) columns"]))
    details.append(("ranges", chosen?.request.bounds.map { Self.text($0, schema) } ?? []))
    return (PlanDescription("scan", details), schema.map(\.name))
  }

  private static func text(_ bound: ColumnBound, _ schema: Schema) -> String {
    guard schema.indices.contains(bound.column) else { return "" }
    let field = schema[bound.column]
    func value(_ number: Int64) -> String {
      switch field.type {
      case .datetime: DateTime.text(number)
      case .timespan: TimeSpan.text(number)
      default: String(number)
      }
    }
    let (low, high) = (bound.range.lowerBound, bound.range.upperBound)
    if low == high { return "\(field.name) == \(value(low))" }
    if low == .min { return "\(field.name) <= \(value(high))" }
    if high == .max { return "\(field.name) >= \(value(low))" }
    return "\(field.name) between \(value(low)) and \(value(high))"
  }

  private mutating func project(_ input: Plan, _ expressions: [Expression], _ wanted: [String]?) -> Described {
    let below = describe(input, nil)
    var result: [String] = []
    var shown: [String] = []
    for (index, expression) in expressions.enumerated() {
      let body = text(expression, below.names)
      var isColumn = false
      if case .column = expression { isColumn = true }
      let name = wanted.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? body
      result.append(name)
      if expression.isUnread { continue }
      shown.append(isColumn && name == body || name == body ? body : "\(name) = \(body)")
    }
    return (PlanDescription("project", [("columns", shown)], [below.description] + subqueries(expressions)), result)
  }

  private mutating func summarize(
    _ input: Plan, _ keys: [Expression], _ aggregates: [BoundAggregate], _ wanted: [String]?
  ) -> Described {
    let below = describe(input, nil)
    func named(_ body: String, _ index: Int) -> (name: String, shown: String) {
      guard let name = wanted.flatMap({ $0.indices.contains(index) ? $0[index] : nil }), name != body else {
        return (body, body)
      }
      return (name, "\(name) = \(body)")
    }
    let groups = keys.enumerated().map { named(text($1, below.names), $0) }
    let values = aggregates.enumerated().map { index, aggregate in
      let arguments = aggregate.arguments.map { text($0, below.names) }.joined(separator: ", ")
      return named("\(aggregate.function.name)(\(arguments))", keys.count + index)
    }
    let inputs = [below.description] + subqueries(keys + aggregates.flatMap(\.arguments))
    let details = [("keys", groups.map(\.shown)), ("aggregates", values.map(\.shown))]
    return (PlanDescription("summarize", details, inputs), (groups + values).map(\.name))
  }

  private mutating func join(
    _ left: Plan, _ right: Plan, _ kind: JoinKind, _ leftKeys: [Expression], _ rightKeys: [Expression], _ width: Int,
    _ wanted: [String]?
  ) -> Described {
    let (l, r) = (describe(left, nil), describe(right, nil))
    let keys = zip(leftKeys, rightKeys).map { a, b in
      let (a, b) = (text(a, l.names), text(b, r.names))
      return a == b ? a : "\(a) == \(b)"
    }
    let names: [String] =
      switch kind {
      case .leftsemi, .leftanti: l.names
      case .rightsemi, .rightanti: r.names
      default: self.names(l.names, width) + r.names
      }
    let details = [("kind", [kind.rawValue]), ("keys", keys)]
    return (PlanDescription("join", details, [l.description, r.description]), wanted ?? names)
  }

  private func names(_ given: [String]?, _ count: Int) -> [String] {
    let given = given ?? []
    return (0..<count).map { given.indices.contains($0) ? given[$0] : "column\($0 + 1)" }
  }

  // MARK: Expressions

  private mutating func subqueries(_ expressions: [Expression]) -> [PlanDescription] {
    var found: [PlanDescription] = []
    for expression in expressions {
      switch expression {
      case .scalarQuery(let plan, _):
        found.append(PlanDescription("toscalar", [], [describe(plan.pruned(), nil).description]))
      case .listQuery(let plan): found.append(PlanDescription("list", [], [describe(plan.pruned(), nil).description]))
      case .path(let base, _): found += subqueries([base])
      case .call(_, let arguments, _): found += subqueries(arguments)
      case .column, .literal: break
      }
    }
    return found
  }

  private func conjuncts(_ predicate: Expression, _ names: [String]) -> [String] {
    if case .call(let function, let arguments, _) = predicate, function.name == "and" {
      return arguments.flatMap { conjuncts($0, names) }
    }
    return [text(predicate, names)]
  }

  private func text(_ expression: Expression, _ names: [String]) -> String {
    switch expression {
    case .column(let index, _): return names.indices.contains(index) ? names[index] : "column\(index + 1)"
    case .literal(let value): return value.literal
    case .path(let base, let path):
      let steps = path.steps.map { step in
        switch step {
        case .key(let key): KQLVocabulary.isName(key) ? ".\(key)" : "[\(Scalar.string(key).literal)]"
        case .index(let index): "[\(index)]"
        case .all: "[*]"
        }
      }
      return text(base, names) + steps.joined()
    case .call(let function, let arguments, _):
      let texts = arguments.map { text($0, names) }
      if Functions.operators[function.name] != nil, texts.count >= 2 {
        let isList = ["in", "!in", "in~", "!in~", "has_any", "has_all"].contains(function.name)
        if isList { return "\(texts[0]) \(function.name) (\(texts[1...].joined(separator: ", ")))" }
        let sides = zip(arguments, texts).map { argument, text in
          if case .call(let inner, let parts, _) = argument, Functions.operators[inner.name] != nil, parts.count == 2 {
            return "(\(text))"
          }
          return text
        }
        return sides.joined(separator: " \(function.name) ")
      }
      if function.name == "negate", texts.count == 1 { return "-\(texts[0])" }
      return "\(function.name)(\(texts.joined(separator: ", ")))"
    case .scalarQuery: return "toscalar(...)"
    case .listQuery: return "(...)"
    }
  }
}

extension Scalar {
  /// The value as a query writes it.
  var literal: String {
    switch self {
    case .null(let type): return type == .string ? "''" : "\(type.rawValue)(null)"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return "int(\(value))"
    case .long, .real: return text
    case .decimal: return "decimal(\(text))"
    case .datetime: return "datetime(\(text))"
    case .timespan: return "timespan(\(text))"
    case .guid: return "guid(\(text))"
    case .dynamic(let value): return "dynamic(\(value.text))"
    case .string(let value):
      var out = "'"
      for scalar in value.unicodeScalars {
        switch scalar {
        case "'": out += "\\'"
        case "\\": out += "\\\\"
        case "\n": out += "\\n"
        case "\r": out += "\\r"
        case "\t": out += "\\t"
        default: out.unicodeScalars.append(scalar)
        }
      }
      return out + "'"
    }
  }
}
