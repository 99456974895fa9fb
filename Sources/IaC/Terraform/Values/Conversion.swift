// SPDX-License-Identifier: Apache-2.0

/// Why a value cannot have a type: `path` is where in it.
struct ConversionFailure: Error {
  var message: String
  var path = ""

  func within(_ step: String) -> ConversionFailure { ConversionFailure(message: message, path: step + path) }
  var text: String { path.isEmpty ? message : "\(path): \(message)" }
}

extension Value {
  /// The value as one of another type, as Terraform converts it wherever it knows which type it needs.
  func converted(to type: ValueType) throws(ConversionFailure) -> Value {
    let result = try convertedContent(to: type)
    return isSensitive ? result.marked() : result
  }

  private func convertedContent(to target: ValueType) throws(ConversionFailure) -> Value {
    if case .any = target { return self }
    switch content {
    case .null: return .null(target.concrete)
    case .unknown(let unknown): return try Self.retype(unknown, to: target)
    default: break
    }
    switch target {
    case .any: return self
    case .string:
      switch content {
      case .string: return self
      case .number(let value): return Value(value.text)
      case .bool(let value): return Value(value ? "true" : "false")
      default: break
      }
    case .number:
      switch content {
      case .number: return self
      case .string(let value):
        guard let number = Number(value) else { throw ConversionFailure(message: "a number is required") }
        return Value(number)
      default: break
      }
    case .bool:
      switch content {
      case .bool: return self
      case .string("true"), .string("1"): return Value(true)
      case .string("false"), .string("0"): return Value(false)
      case .string: throw ConversionFailure(message: "a bool is required: \"true\" or \"false\"")
      default: break
      }
    case .list(let element):
      if case .list(_, let own) = content, own == element || element == .any { return self }
      if case .set(let elements, let own) = content, element == .any { return Value(.list(elements, of: own)) }
      if let elements {
        let (converted, type) = try Self.convert(elements, to: element)
        return Value(.list(converted, of: type))
      }
    case .set(let element):
      if case .set(_, let own) = content, own == element || element == .any { return self }
      if case .list(let elements, let own) = content, element == .any { return .set(elements, of: own) }
      if let elements {
        let (converted, type) = try Self.convert(elements, to: element)
        return .set(converted, of: type)
      }
    case .map(let element):
      if case .map(_, let own) = content, own == element || element == .any { return self }
      if case .object(_, let rest?) = content { return .unknown(.map(element.concrete), [rest]) }
      if let members {
        let (converted, type) = try Self.convert(
          members.entries.map(\.value), to: element, names: members.keys)
        return Value(.map(Members(zip(members.keys, converted)), of: type))
      }
    case .tuple(let types):
      if let elements {
        guard elements.count == types.count else {
          throw ConversionFailure(message: "a tuple of \(types.count) elements is required, not \(elements.count)")
        }
        var converted: [Value] = []
        for (index, element) in elements.enumerated() {
          do { converted.append(try element.converted(to: types[index])) } catch { throw error.within("[\(index)]") }
        }
        return Value(tuple: converted)
      }
    case .object(let types, let optional):
      if let members { return try Self.convert(self, members, types, optional) }
    }
    throw ConversionFailure(message: "a \(target.name) is required, not a \(self.type.name)")
  }

  private static func convert(
    _ value: Value, _ members: Members, _ types: [String: ValueType], _ optional: Set<String>
  ) throws(ConversionFailure) -> Value {
    var rest: Reference?
    if case .object(_, let reference) = value.content { rest = reference }
    var converted: [(String, Value)] = []
    for (name, type) in types {
      if let member = members[name] {
        do { converted.append((name, try member.converted(to: type))) } catch { throw error.within(".\(name)") }
      } else if let rest {
        converted.append((name, .unknown(type.concrete, itself: rest.adding(".\(name)"))))
      } else if optional.contains(name) {
        converted.append((name, .null(type.concrete)))
      } else {
        throw ConversionFailure(message: "the attribute \"\(name)\" is required")
      }
    }
    return Value(object: converted)
  }

  private static func convert(
    _ elements: [Value], to type: ValueType, names: [String]? = nil
  ) throws(ConversionFailure) -> ([Value], ValueType) {
    var target = type
    if case .any = type {
      guard let unified = ValueType.unified(elements.map(\.type)) else {
        throw ConversionFailure(message: "all elements must have one type")
      }
      target = unified
    }
    var converted: [Value] = []
    converted.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      do {
        converted.append(try element.converted(to: target))
      } catch {
        throw error.within(names.map { "[\"\($0[index])\"]" } ?? "[\(index)]")
      }
    }
    // A constraint such as list(map(any)) says its element type only once the elements are converted.
    let element = target.concrete
    if element.containsAny, let unified = ValueType.unified(converted.map(\.type)), unified != element {
      return (try converted.map { value throws(ConversionFailure) in try value.converted(to: unified) }, unified)
    }
    return (converted, element)
  }

  private static func retype(_ unknown: Unknown, to target: ValueType) throws(ConversionFailure) -> Value {
    let type = target.concrete
    if unknown.type == type { return Value(.unknown(unknown)) }
    switch (unknown.type, type) {
    case (.any, _), (.string, .number), (.string, .bool), (.number, .string), (.bool, .string): break
    case (.list, .list), (.list, .set), (.set, .list), (.set, .set), (.tuple, .list), (.tuple, .set),
      (.tuple, .tuple), (.map, .map), (.map, .object), (.object, .map), (.object, .object):
      break
    default: throw ConversionFailure(message: "a \(type.name) is required, not a \(unknown.type.name)")
    }
    return Value(
      .unknown(
        Unknown(
          type, sources: unknown.sources, isItself: unknown.isItself, twin: unknown.twin, argument: unknown.argument)))
  }
}

extension ValueType {
  /// Whether a part of it is not known yet.
  var containsAny: Bool {
    switch self {
    case .any: true
    case .string, .number, .bool: false
    case .list(let element), .set(let element), .map(let element): element.containsAny
    case .tuple(let elements): elements.contains(where: \.containsAny)
    case .object(let attributes, _): attributes.values.contains(where: \.containsAny)
    }
  }
}
