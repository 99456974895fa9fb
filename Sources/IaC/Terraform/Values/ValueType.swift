// SPDX-License-Identifier: Apache-2.0

/// The type of a value, or what a `type` argument asks for.
package indirect enum ValueType: Sendable, Hashable {
  /// Not known yet; as a constraint: any type.
  case any
  case string, number, bool
  case list(ValueType), set(ValueType), map(ValueType)
  case tuple([ValueType])
  /// - `optional`: attributes that may be left out; none in the type of a value.
  case object([String: ValueType], optional: Set<String> = [])

  package var isPrimitive: Bool {
    switch self {
    case .string, .number, .bool: true
    default: false
    }
  }

  /// The type as a value has it: without word of what may be left out.
  package var concrete: ValueType {
    switch self {
    case .any, .string, .number, .bool: self
    case .list(let element): .list(element.concrete)
    case .set(let element): .set(element.concrete)
    case .map(let element): .map(element.concrete)
    case .tuple(let elements): .tuple(elements.map(\.concrete))
    case .object(let attributes, _): .object(attributes.mapValues(\.concrete))
    }
  }

  /// As Terraform's messages name it.
  package var name: String {
    switch self {
    case .any: "dynamic"
    case .string: "string"
    case .number: "number"
    case .bool: "bool"
    case .list(let element): "list of \(element.name)"
    case .set(let element): "set of \(element.name)"
    case .map(let element): "map of \(element.name)"
    case .tuple: "tuple"
    case .object: "object"
    }
  }

  // MARK: One type for several

  /// The type that values of all these types can have together, as branches of a conditional and elements of a list need
  /// it; nil where there is none.
  package static func unified(_ all: [ValueType]) -> ValueType? {
    let types = all.filter { $0 != .any }
    guard let first = types.first else { return .any }
    if types.allSatisfy({ $0 == first }), types.count == all.count || first.isPrimitive { return first }
    // Whether a value of unknown type fits a collection is not known; to a primitive type it can be converted.
    if types.count < all.count, !types.allSatisfy(\.isPrimitive) { return .any }
    if types.allSatisfy(\.isPrimitive) { return types.contains(.string) ? .string : nil }
    var (elements, attributes, tuples, objects): ([ValueType], [ValueType], Int, Int) = ([], [], 0, 0)
    var kinds: Set<String> = []
    for type in types {
      switch type {
      case .list(let element):
        kinds.insert("list")
        elements.append(element)
      case .set(let element):
        kinds.insert("set")
        elements.append(element)
      case .map(let element):
        kinds.insert("map")
        attributes.append(element)
      case .tuple(let types):
        tuples += 1
        elements += types
      case .object(let types, _):
        objects += 1
        attributes += types.values
      default: return nil
      }
    }
    if objects == types.count { return unifiedObjects(types, attributes) }
    if tuples == types.count { return unifiedTuples(types, elements) }
    if objects + (kinds == ["map"] ? types.count - objects : 0) == types.count {
      return unified(attributes).map { .map($0) }
    }
    if kinds == ["set"], objects == 0 { return unified(elements).map { .set($0) } }
    if kinds == ["list"], objects == 0 { return unified(elements).map { .list($0) } }
    if kinds.isSubset(of: ["set", "list"]), objects == 0 { return unified(elements).map { .list($0) } }
    return nil
  }

  private static func unifiedObjects(_ types: [ValueType], _ attributes: [ValueType]) -> ValueType? {
    let all = types.compactMap { type -> [String: ValueType]? in
      if case .object(let attributes, _) = type { return attributes }
      return nil
    }
    let names = Set(all[0].keys)
    guard all.allSatisfy({ Set($0.keys) == names }) else { return unified(attributes).map { .map($0) } }
    var merged: [String: ValueType] = [:]
    for name in names {
      guard let type = unified(all.map { $0[name] ?? .any }) else { return nil }
      merged[name] = type
    }
    return .object(merged)
  }

  private static func unifiedTuples(_ types: [ValueType], _ elements: [ValueType]) -> ValueType? {
    let all = types.compactMap { type -> [ValueType]? in
      if case .tuple(let elements) = type { return elements }
      return nil
    }
    let count = all[0].count
    guard all.allSatisfy({ $0.count == count }) else { return unified(elements).map { .list($0) } }
    var merged: [ValueType] = []
    for index in 0..<count {
      guard let type = unified(all.map { $0[index] }) else { return nil }
      merged.append(type)
    }
    return .tuple(merged)
  }
}
