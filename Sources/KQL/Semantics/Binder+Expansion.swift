// SPDX-License-Identifier: Apache-2.0

/// What mv-expand, mv-apply and parse add to each row.
extension Binder {
  mutating func expansion(
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

  mutating func parse(
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
