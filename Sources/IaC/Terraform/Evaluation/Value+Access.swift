// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// What `for`, `for_each` and splats go over; nil where that is not known or nothing of the kind.
  var pairs: [(key: Value, value: Value)]? {
    switch content {
    case .list(let elements, _), .tuple(let elements): elements.enumerated().map { (Value($0), $1) }
    case .set(let elements, _): elements.map { ($0, $0) }
    case .map(let members, _), .object(let members, nil): members.entries.map { (Value($0.key), $0.value) }
    default: nil
    }
  }

  /// What a reference's steps lead to.
  func taking(_ steps: ArraySlice<Expression.Step>, at place: Place) throws(Diagnostic) -> Value {
    var value = self
    var marked = isSensitive
    for step in steps {
      switch step {
      case .attribute(let name): value = try value.attribute(name, place)
      case .key(let key): value = try value.element(key: key, place)
      case .index(let index): value = try value.element(index: index, place)
      }
      marked = marked || value.isSensitive
    }
    return value.marked(marked)
  }

  private func attribute(_ name: String, _ place: Place) throws(Diagnostic) -> Value {
    switch content {
    case .object(let members, let rest):
      if let member = members[name] { return member }
      if let rest { return .unknown(.any, itself: rest.adding(".\(name)")) }
      let hint = Diagnostic.suggestion(name, members.keys)
      throw Diagnostic(.evaluation, "the object has no attribute '\(name)'\(hint)", at: place)
    case .map(let members, _):
      if let member = members[name] { return member }
      throw Diagnostic(.evaluation, "the map has no element \"\(name)\"", at: place)
    case .unknown(let unknown):
      var type = ValueType.any
      if case .object(let types, _) = unknown.type {
        guard let found = types[name] else {
          throw Diagnostic(.evaluation, "the object has no attribute '\(name)'", at: place)
        }
        type = found
      } else if case .map(let element) = unknown.type {
        type = element
      }
      return unknown.part(type, ".\(name)")
    case .null: throw Diagnostic(.evaluation, "'.\(name)' cannot be taken of null", at: place)
    case .list, .set, .tuple:
      throw Diagnostic(
        .evaluation, "a \(type.name) has no attribute '\(name)'; take an element first ([0] or [*])", at: place)
    default: throw Diagnostic(.evaluation, "a \(type.name) has no attribute '\(name)'", at: place)
    }
  }

  private func element(key: String, _ place: Place) throws(Diagnostic) -> Value {
    switch content {
    case .object(let members, let rest):
      if let member = members[key] { return member }
      if let rest { return .unknown(.any, itself: rest.adding(".\(key)")) }
      throw Diagnostic(.evaluation, "there is no element \"\(key)\"", at: place)
    case .map(let members, _):
      if let member = members[key] { return member }
      throw Diagnostic(.evaluation, "there is no element \"\(key)\"", at: place)
    case .unknown(let unknown):
      if case .each(let value) = unknown.twin { return value }
      switch unknown.type {
      case .map(let element): return unknown.part(element, "[\"\(key)\"]")
      case .object(let types, _): return unknown.part(types[key] ?? .any, "[\"\(key)\"]")
      default: return unknown.part(.any, "[\"\(key)\"]")
      }
    case .list, .tuple:
      if let index = Number(key)?.int { return try element(index: index, place) }
    case .null: throw Diagnostic(.evaluation, "an element cannot be taken of null", at: place)
    default: break
    }
    throw Diagnostic(.evaluation, "a \(type.name) has no element \"\(key)\"", at: place)
  }

  private func element(index: Int, _ place: Place) throws(Diagnostic) -> Value {
    switch content {
    case .list(let elements, _), .tuple(let elements):
      guard elements.indices.contains(index) else {
        throw Diagnostic(.evaluation, "there is no element \(index): there are \(elements.count)", at: place)
      }
      return elements[index]
    case .map, .object: return try element(key: String(index), place)
    case .unknown(let unknown):
      if case .each(let value) = unknown.twin { return value }
      switch unknown.type {
      case .list(let element): return unknown.part(element, "[\(index)]")
      case .map(let element): return unknown.part(element, "[\"\(index)\"]")
      case .tuple(let types):
        guard types.indices.contains(index) else {
          throw Diagnostic(.evaluation, "there is no element \(index): there are \(types.count)", at: place)
        }
        return unknown.part(types[index], "[\(index)]")
      default: return unknown.part(.any, "[\(index)]")
      }
    case .set:
      throw Diagnostic(.evaluation, "the elements of a set have no index; convert it with tolist()", at: place)
    case .null: throw Diagnostic(.evaluation, "an element cannot be taken of null", at: place)
    default: throw Diagnostic(.evaluation, "a \(type.name) has no elements", at: place)
    }
  }

  /// `collection[key]` where the key is computed.
  func element(at key: Value, _ place: Place) throws(Diagnostic) -> Value {
    let marked = isSensitive || key.isSensitive
    guard !key.isNull else { throw Diagnostic(.evaluation, "the index is null", at: place) }
    guard !key.isWhollyKnown else {
      if let number = key.number {
        guard let index = number.int else { throw Diagnostic(.evaluation, "the index is no whole number", at: place) }
        return try element(index: index, place).marked(marked)
      }
      guard let text = try? key.converted(to: .string).string else {
        throw Diagnostic(.evaluation, "the index is no string or number", at: place)
      }
      return try element(key: text, place).marked(marked)
    }
    if case .each(let value) = unknown?.twin { return value.marked(marked) }
    var type = ValueType.any
    switch self.type {
    case .list(let element), .map(let element): type = element
    default: break
    }
    return Value.unknown(type, key.sources + sources).marked(marked)
  }
}

extension Unknown {
  /// A part of the unknown value.
  func part(_ type: ValueType, _ step: String) -> Value {
    if let identity { return .unknown(type, itself: identity.adding(step)) }
    return .unknown(type, sources)
  }
}
