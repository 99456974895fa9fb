// SPDX-License-Identifier: Apache-2.0

/// What the `type` argument of a variable asks for, with the defaults of optional attributes.
package struct TypeConstraint: Sendable {
  /// The defaults at some place in a type.
  indirect enum Defaults: Sendable {
    case none
    case object(values: [String: Value], within: [String: Defaults])
    case elements(Defaults)
    case tuple([Defaults])
  }

  package let type: ValueType
  let defaults: Defaults

  package static let any = TypeConstraint(type: .any, defaults: .none)

  /// The value with defaults filled in and converted.
  func apply(_ value: Value) throws(ConversionFailure) -> Value {
    try Self.fill(value, defaults).converted(to: type)
  }

  private static func fill(_ value: Value, _ defaults: Defaults) -> Value {
    guard value.isKnown, !value.isNull else { return value }
    switch defaults {
    case .none: return value
    case .elements(let within):
      if let members = value.members {
        let filled = members.mapValues { fill($0, within) }
        // Elements may differ in type once they are filled; the conversion makes one type of them again.
        return Value(.object(filled, rest: nil), isSensitive: value.isSensitive)
      }
      guard let elements = value.elements else { return value }
      return Value(.tuple(elements.map { fill($0, within) }), isSensitive: value.isSensitive)
    case .tuple(let within):
      guard let elements = value.elements, elements.count == within.count else { return value }
      return Value(.tuple(zip(elements, within).map(fill)), isSensitive: value.isSensitive)
    case .object(let values, let within):
      guard let members = value.members else { return value }
      var rest: Reference?
      if case .object(_, let reference) = value.content { rest = reference }
      var all = members.entries.map { ($0.key, $0.value) }
      if rest == nil {
        for (name, defaultValue) in values where members[name].map(\.isNull) ?? true {
          all.append((name, defaultValue))
        }
      }
      return Value(
        .object(
          Members(all.map { ($0.0, within[$0.0].map { [value = $0.1] in fill(value, $0) } ?? $0.1) }), rest: rest),
        isSensitive: value.isSensitive)
    }
  }

  // MARK: Reading

  /// Reads a type expression: `list(object({ a = optional(string, "x") }))`.
  package static func parse(_ expression: Expression) throws(Diagnostic) -> TypeConstraint {
    let (type, defaults) = try read(expression)
    return TypeConstraint(type: type, defaults: defaults)
  }

  private static func read(_ expression: Expression) throws(Diagnostic) -> (ValueType, Defaults) {
    // Terraform before 0.12 had the name of a type in quotes.
    switch expression.keyword ?? expression.literalString {
    case "string": return (.string, .none)
    case "number": return (.number, .none)
    case "bool": return (.bool, .none)
    case "any": return (.any, .none)
    case "list": return (.list(.any), .none)
    case "map": return (.map(.any), .none)
    case "set": return (.set(.any), .none)
    default: break
    }
    guard case .call(let name, let arguments, _, let place) = expression, arguments.count == 1 else {
      throw Diagnostic(
        .invalid,
        "this is no type; write string, number, bool, any, list(...), set(...), map(...), tuple([...]) or "
          + "object({...})", at: expression.place)
    }
    switch name {
    case "list", "set", "map":
      let (element, defaults) = try read(arguments[0])
      let type: ValueType = name == "list" ? .list(element) : name == "set" ? .set(element) : .map(element)
      if case .none = defaults { return (type, .none) }
      return (type, .elements(defaults))
    case "tuple":
      guard case .tuple(let elements, _) = arguments[0] else { break }
      var types: [ValueType] = []
      var defaults: [Defaults] = []
      for element in elements {
        let (type, within) = try read(element)
        types.append(type)
        defaults.append(within)
      }
      return (.tuple(types), .tuple(defaults))
    case "object":
      guard case .object(let items, _) = arguments[0] else { break }
      return try object(items)
    default: break
    }
    throw Diagnostic(.invalid, "'\(name)(...)' is no type that can be written like this", at: place)
  }

  private static func object(_ items: [Expression.ObjectItem]) throws(Diagnostic) -> (ValueType, Defaults) {
    var types: [String: ValueType] = [:]
    var optional: Set<String> = []
    var values: [String: Value] = [:]
    var within: [String: Defaults] = [:]
    for item in items {
      guard let name = item.key.keyword ?? item.key.literalString else {
        throw Diagnostic(.invalid, "the name of an attribute is required here", at: item.place)
      }
      var expression = item.value
      var defaultExpression: Expression?
      if case .call("optional", let arguments, _, _) = item.value, let first = arguments.first, arguments.count <= 2 {
        optional.insert(name)
        expression = first
        if arguments.count == 2 { defaultExpression = arguments[1] }
      }
      let (type, defaults) = try read(expression)
      types[name] = type
      if case .none = defaults {} else { within[name] = defaults }
      if let defaultExpression {
        let scope = Scope.empty
        let raw = try Evaluator(scope).value(defaultExpression)
        do {
          values[name] = try TypeConstraint(type: type, defaults: defaults).apply(raw)
        } catch {
          throw Diagnostic(
            .invalid, "the default of '\(name)' does not have its type: \(error.text)", at: defaultExpression.place)
        }
      }
    }
    if values.isEmpty && within.isEmpty { return (.object(types, optional: optional), .none) }
    return (.object(types, optional: optional), .object(values: values, within: within))
  }
}
