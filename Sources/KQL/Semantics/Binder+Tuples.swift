// SPDX-License-Identifier: Apache-2.0
import JSON

/// Calls that give several columns, such as series_fit_line(). The call is computed once into a hidden column, from
/// which the columns asked for are taken.
extension Binder {
  /// The columns that a call gives, or nil where it gives one.
  func tupleFields(_ syntax: ExprSyntax) -> [Field]? {
    guard case .call(let called, let arguments) = syntax.kind, environment[called] == nil else { return nil }
    let argument = arguments.first.flatMap { derivedName($0) } ?? ""
    if let fields = Functions.tuples[called] {
      return fields.map {
        Field(argument.isEmpty ? "\(called)_\($0.name)" : "\(called)_\(argument)_\($0.name)", $0.type)
      }
    }
    guard called == "array_sort_asc" || called == "array_sort_desc" else { return nil }
    let arrays = arguments.filter { if case .literal(.bool) = $0.kind { false } else { true } }
    guard arrays.count > 1 else { return nil }
    return arrays.enumerated().map { index, array in
      Field("\(derivedName(array) ?? "array\(index + 1)")_sorted", .dynamic)
    }
  }

  /// Hidden columns that stand after those of the input.
  struct HiddenColumns {
    let width: Int
    var expressions: [Expression] = []

    init(_ input: BoundQuery) { width = input.schema.count }

    mutating func add(_ expression: Expression) -> Expression {
      expressions.append(expression)
      return .column(width + expressions.count - 1, expression.type)
    }

    /// The input with the hidden columns computed.
    func plan(_ input: BoundQuery) -> Plan {
      if expressions.isEmpty { return input.plan }
      return .project(input.plan, input.schema.indices.map { .column($0, input.schema[$0].type) } + expressions)
    }
  }

  /// The columns of a tuple with their names: given names first, then (in project) the tuple's own.
  mutating func tupleColumns(
    _ syntax: ExprSyntax, _ given: [String], keepsRest: Bool, _ hidden: inout HiddenColumns
  ) throws(KQLError) -> [(name: String, expression: Expression)]? {
    guard let fields = tupleFields(syntax) else { return nil }
    guard given.count <= fields.count else {
      throw fail(.arguments, "\(given.count) names are given for \(fields.count) columns", syntax.range)
    }
    let whole = hidden.add(try bind(syntax))
    var columns: [(name: String, expression: Expression)] = []
    for (index, field) in fields.enumerated() {
      if !given.isEmpty, index >= given.count, !keepsRest || given.count == 1 { break }
      let item = Expression.path(whole, JSONPath(steps: [.index(index)]))
      columns.append((index < given.count ? given[index] : field.name, convert(item, to: field.type)))
    }
    return columns
  }
}
