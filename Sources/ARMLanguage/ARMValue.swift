// SPDX-License-Identifier: Apache-2.0

package import JSON

/// A value of the template language. Arrays and objects of a document stay where they are; what functions make is held
/// in memory. A value that cannot be known is a value as well, with its reason.
package enum ARMValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  /// Elements that functions made.
  case array([ARMValue])
  /// Members that functions made, in their order; names differ when case is ignored.
  case object([Member])
  /// An array or an object of a document; scalars of documents become one of the cases above.
  case document(JSONValue)
  /// What cannot be known here, and why.
  case unknown(String)

  package struct Member: Sendable {
    package let name: String
    package let value: ARMValue

    package init(_ name: String, _ value: ARMValue) {
      self.name = name
      self.value = value
    }
  }

  package init(_ value: JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .bool: self = .bool(value.boolean ?? false)
    case .integer: self = value.int64.map(ARMValue.int) ?? .null
    case .double, .number: self = .double(value.double ?? 0)
    case .string: self = .string(value.string ?? "")
    case .array, .object: self = .document(value)
    }
  }

  /// The elements of an array; nil for other kinds.
  package var elements: [ARMValue]? {
    switch self {
    case .array(let elements): elements
    case .document(let value) where value.kind == .array: value.elements.map { ARMValue($0) }
    default: nil
    }
  }

  /// The members of an object; nil for other kinds.
  package var members: [Member]? {
    switch self {
    case .object(let members): members
    case .document(let value) where value.kind == .object:
      value.members.map { Member($0.key.string ?? "", ARMValue($0.value)) }
    default: nil
    }
  }

  /// How many elements or members it has; nil for scalars.
  package var count: Int? {
    switch self {
    case .array(let elements): elements.count
    case .object(let members): members.count
    case .document(let value): value.count
    default: nil
    }
  }

  package var isArray: Bool {
    switch self {
    case .array: true
    case .document(let value): value.kind == .array
    default: false
    }
  }

  package var isObject: Bool {
    switch self {
    case .object: true
    case .document(let value): value.kind == .object
    default: false
    }
  }

  package var isNull: Bool { if case .null = self { true } else { false } }
  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
  package var int: Int64? { if case .int(let number) = self { number } else { nil } }
  /// The number as Double.
  package var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
  /// Why it is not known; nil where it is.
  package var reason: String? { if case .unknown(let reason) = self { reason } else { nil } }

  /// The member of that name, whatever its case; nil where there is none or the value is no object.
  package func member(_ name: String) -> ARMValue? {
    switch self {
    case .object(let members): members.first { ARMText.equal($0.name, name) }?.value
    case .document(let value) where value.kind == .object:
      (value[name] ?? value.members.first { ARMText.equal($0.key.string ?? "", name) }?.value).map { ARMValue($0) }
    default: nil
    }
  }

  /// Kind, as messages name it.
  package var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a bool"
    case .int: "an integer"
    case .double: "a number"
    case .string: "a string"
    case .unknown: "unknown"
    default: isArray ? "an array" : "an object"
    }
  }

  /// Whether it is what it says without a doubt, at any depth.
  package var isKnown: Bool {
    switch self {
    case .unknown: false
    case .array(let elements): elements.allSatisfy(\.isKnown)
    case .object(let members): members.allSatisfy(\.value.isKnown)
    default: true
    }
  }

  /// The first reason why something in it is not known.
  package var firstReason: String? {
    switch self {
    case .unknown(let reason): reason
    case .array(let elements): elements.lazy.compactMap(\.firstReason).first
    case .object(let members): members.lazy.compactMap(\.value.firstReason).first
    default: nil
    }
  }

  /// Writes it as JSON; what is not known becomes null.
  package func write(into builder: inout JSONBuilder) {
    switch self {
    case .null, .unknown: builder.appendNull()
    case .bool(let flag): builder.append(flag)
    case .int(let number): builder.append(number)
    case .double(let number): builder.append(number)
    case .string(let text): builder.append(text)
    case .array(let elements):
      builder.beginArray()
      for element in elements { element.write(into: &builder) }
      builder.endArray()
    case .object(let members):
      builder.beginObject()
      for member in members {
        builder.key(member.name)
        member.value.write(into: &builder)
      }
      builder.endObject()
    case .document(let value): builder.append(value)
    }
  }

  /// The value in a document.
  package var json: JSONValue {
    if case .document(let value) = self { return value }
    var builder = JSONBuilder()
    write(into: &builder)
    return builder.finish().root
  }
}

extension ARMValue: Equatable {
  /// Same structure: numbers by value, text by its characters, members in any order.
  package static func == (left: ARMValue, right: ARMValue) -> Bool { same(left, right, ignoringCase: false) }

  /// Whether two values are the same.
  ///
  /// - Parameter ignoringCase: whether text is compared whatever its case.
  package static func same(_ left: ARMValue, _ right: ARMValue, ignoringCase: Bool) -> Bool {
    switch (left, right) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.int(let a), .int(let b)): return a == b
    case (.int, .double), (.double, .int), (.double, .double): return left.number == right.number
    case (.string(let a), .string(let b)): return ignoringCase ? ARMText.equal(a, b) : a == b
    case (.unknown(let a), .unknown(let b)): return a == b
    default: break
    }
    if let a = left.elements, let b = right.elements {
      return a.count == b.count && zip(a, b).allSatisfy { same($0, $1, ignoringCase: ignoringCase) }
    }
    if let a = left.members, right.isObject {
      return a.count == right.count
        && a.allSatisfy { member in
          right.member(member.name).map { same(member.value, $0, ignoringCase: ignoringCase) } ?? false
        }
    }
    return false
  }
}

/// Text as Azure compares it: case never matters.
package enum ARMText {
  package static func equal(_ a: String, _ b: String) -> Bool {
    var (a, b) = (a, b)
    return a.withUTF8 { a in b.withUTF8 { b in equal(a, b) } }
  }

  package static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    let common = min(a.count, b.count)
    while at < common {
      let (x, y) = (a[at], b[at])
      if x != y || x >= 0x80 {
        if x >= 0x80 || y >= 0x80 { return folded(a) == folded(b) }
        if lower(x) != lower(y) { return false }
      }
      at &+= 1
    }
    if a.count == b.count { return true }
    // A longer text can still be the same one only where a character folds to several.
    let rest = a.count > b.count ? a[common...] : b[common...]
    return rest.contains { $0 >= 0x80 } && folded(a) == folded(b)
  }

  @inlinable @inline(__always) package static func lower(_ byte: UInt8) -> UInt8 {
    byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// The text in the form in which texts that differ in case are the same.
  package static func folded(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : text.uppercased().lowercased()
  }

  package static func folded(_ text: UnsafeBufferPointer<UInt8>) -> String {
    folded(String(decoding: text, as: UTF8.self))
  }

  /// Order of two texts, whatever their case: negative, zero or positive.
  package static func compare(_ a: String, _ b: String) -> Int {
    let (a, b) = (folded(a), folded(b))
    return a == b ? 0 : a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars) ? -1 : 1
  }
}
