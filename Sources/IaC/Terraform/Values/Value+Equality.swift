// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// Whether `==` holds; nil where that is not known. Values of different types differ, but for null.
  func equals(_ other: Value) -> Bool? {
    switch (content, other.content) {
    case (.string(let a), .string(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.unknown, _), (_, .unknown): nil
    case (.null, .null): true
    case (.null, _), (_, .null): false
    case (.list(let a, let s), .list(let b, let t)): s == t ? Self.equal(a, b) : false
    case (.tuple(let a), .tuple(let b)): a.count == b.count && type == other.type ? Self.equal(a, b) : false
    case (.set(let a, let s), .set(let b, let t)): s == t ? Self.equal(a, b) : false
    case (.map(let a, let s), .map(let b, let t)): s == t ? Self.equal(a, b) : false
    case (.object(let a, let r), .object(let b, let s)):
      r != nil || s != nil ? nil : a.keys == b.keys && type == other.type ? Self.equal(a, b) : false
    default: false
    }
  }

  private static func equal(_ a: [Value], _ b: [Value]) -> Bool? {
    guard a.count == b.count else { return false }
    var result: Bool? = true
    for (x, y) in zip(a, b) {
      switch x.equals(y) {
      case false: return false
      case nil: result = nil
      default: break
      }
    }
    return result
  }

  private static func equal(_ a: Members, _ b: Members) -> Bool? {
    guard a.keys == b.keys else { return false }
    return equal(a.entries.map(\.value), b.entries.map(\.value))
  }

  /// A set of values of one type; unknown where an element is.
  static func set(_ elements: [Value], of type: ValueType) -> Value {
    let isSensitive = elements.contains(where: \.isSensitiveWithin)
    let plain = isSensitive ? elements.map(\.unmarked) : elements
    guard plain.allSatisfy(\.isWhollyKnown) else {
      return Value.unknown(.set(type), plain.flatMap(\.sources), twin: .elements(plain)).marked(isSensitive)
    }
    var sorted: [Value]
    switch type {
    case .string, .number, .bool: sorted = plain.sorted(by: precedes)
    default:
      sorted = plain.map { ($0, $0.setKey) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }
    var unique: [Value] = []
    unique.reserveCapacity(sorted.count)
    for value in sorted where unique.last?.equals(value) != true { unique.append(value) }
    return Value(.set(unique, of: type), isSensitive: isSensitive)
  }

  /// The order of primitive values in a set: null comes last.
  private static func precedes(_ a: Value, _ b: Value) -> Bool {
    switch (a.content, b.content) {
    case (.string(let x), .string(let y)): x < y
    case (.number(let x), .number(let y)): x < y
    case (.bool(let x), .bool(let y)): !x && y
    case (_, .null): !a.isNull
    default: false
    }
  }

  /// What values of other types are sorted by in a set, which Terraform leaves open but its users see: a text that begins
  /// with a mark of the kind.
  private var setKey: [UInt8] {
    var out: [UInt8] = []
    writeSetKey(into: &out)
    return out
  }

  private func writeSetKey(into out: inout [UInt8]) {
    func all(_ open: String, _ values: [Value], _ close: String) {
      out += open.utf8
      for value in values {
        value.writeSetKey(into: &out)
        out.append(0x3B)
      }
      out += close.utf8
    }
    switch content {
    case .null: out.append(0x7E)
    case .unknown: out.append(0x3F)
    case .bool(let value): out.append(value ? 0x54 : 0x46)
    case .number(let value): out += value.general(digits: 10).utf8
    case .string(let value): out += value.goQuoted.utf8
    case .list(let elements, _), .set(let elements, _): all("[", elements, "]")
    case .tuple(let elements): all("<", elements, ">")
    case .object(let members, _): all("<", members.entries.map(\.value), ">")
    case .map(let members, _):
      out.append(0x7B)
      for entry in members.entries {
        out += entry.key.goQuoted.utf8
        out.append(0x3A)
        entry.value.writeSetKey(into: &out)
        out.append(0x3B)
      }
      out.append(0x7D)
    }
  }
}
