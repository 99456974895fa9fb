// SPDX-License-Identifier: Apache-2.0

/// A value of Terraform's type system.
package struct Value: Sendable {
  package indirect enum Content: Sendable {
    case null(ValueType)
    case unknown(Unknown)
    case bool(Bool)
    case number(Number)
    case string(String)
    case list([Value], of: ValueType)
    /// Elements in their order, without equal ones.
    case set([Value], of: ValueType)
    case map(Members, of: ValueType)
    case tuple([Value])
    /// - `rest`: where the object is a resource, what attributes that are not there belong to: they are unknown.
    case object(Members, rest: Reference?)
  }

  package let content: Content
  /// Whether the value is marked as sensitive; elements carry marks of their own.
  package let isSensitive: Bool
  /// Whether it or a part of it is sensitive.
  package let isSensitiveWithin: Bool
  /// Whether no part of it is unknown.
  package let isWhollyKnown: Bool
  /// How many values it holds, counted as often as they are held: shared parts make it grow without taking memory, but
  /// whoever walks the value visits each.
  let weight: UInt32

  package init(_ content: Content, isSensitive: Bool = false) {
    self.content = content
    self.isSensitive = isSensitive
    var weight: UInt64 = 1
    var (marked, known) = (isSensitive, true)
    func add(_ value: Value) {
      weight += UInt64(value.weight)
      marked = marked || value.isSensitiveWithin
      known = known && value.isWhollyKnown
    }
    switch content {
    case .null, .bool, .number, .string: break
    case .unknown: known = false
    case .list(let elements, _), .set(let elements, _), .tuple(let elements): elements.forEach(add)
    case .map(let members, _): members.entries.forEach { add($0.value) }
    case .object(let members, let rest):
      members.entries.forEach { add($0.value) }
      known = known && rest == nil
    }
    self.weight = UInt32(clamping: weight)
    isSensitiveWithin = marked
    isWhollyKnown = known
  }

  package init(_ value: String) { self.init(.string(value)) }
  package init(_ value: Bool) { self.init(.bool(value)) }
  package init(_ value: Number) { self.init(.number(value)) }
  package init(_ value: Int) { self.init(.number(Number(value))) }
  package init(tuple: [Value]) { self.init(.tuple(tuple)) }
  package init(object: [(String, Value)]) { self.init(.object(Members(object), rest: nil)) }

  package static func null(_ type: ValueType) -> Value { Value(.null(type)) }
  package static func unknown(_ type: ValueType, _ sources: [Reference], twin: Unknown.Twin? = nil) -> Value {
    Value(.unknown(Unknown(type, sources: sources, twin: twin)))
  }
  /// The unknown value that `reference` names.
  package static func unknown(_ type: ValueType, itself reference: Reference) -> Value {
    Value(.unknown(Unknown(type, sources: [reference], isItself: true)))
  }

  // MARK: Parts

  package var string: String? {
    if case .string(let value) = content { return value }
    return nil
  }
  package var number: Number? {
    if case .number(let value) = content { return value }
    return nil
  }
  package var bool: Bool? {
    if case .bool(let value) = content { return value }
    return nil
  }
  package var unknown: Unknown? {
    if case .unknown(let value) = content { return value }
    return nil
  }
  package var isNull: Bool {
    if case .null = content { return true }
    return false
  }
  package var isKnown: Bool { unknown == nil }

  /// Elements of a list, set or tuple.
  package var elements: [Value]? {
    switch content {
    case .list(let elements, _), .set(let elements, _), .tuple(let elements): elements
    default: nil
    }
  }
  /// Members of a map or object.
  package var members: Members? {
    switch content {
    case .map(let members, _), .object(let members, _): members
    default: nil
    }
  }

  package var type: ValueType {
    switch content {
    case .null(let type): type
    case .unknown(let unknown): unknown.type
    case .bool: .bool
    case .number: .number
    case .string: .string
    case .list(_, let type): .list(type)
    case .set(_, let type): .set(type)
    case .map(_, let type): .map(type)
    case .tuple(let elements): .tuple(elements.map(\.type))
    case .object(let members, _):
      .object(Dictionary(uniqueKeysWithValues: members.entries.map { ($0.key, $0.value.type) }))
    }
  }

  /// What the unknown parts hang on.
  package var sources: [Reference] {
    switch content {
    case .unknown(let unknown): unknown.sources
    case .list(let elements, _), .set(let elements, _), .tuple(let elements): elements.flatMap(\.sources)
    case .map(let members, _): members.entries.flatMap(\.value.sources)
    case .object(let members, let rest): members.entries.flatMap(\.value.sources) + (rest.map { [$0] } ?? [])
    default: []
    }
  }

  // MARK: Marks

  package func marked(_ sensitive: Bool = true) -> Value {
    guard sensitive, !isSensitive else { return self }
    return Value(content, isSensitive: true)
  }

  /// Without any marks, within as well.
  package var unmarked: Value {
    guard isSensitiveWithin else { return self }
    switch content {
    case .list(let elements, let type): return Value(.list(elements.map(\.unmarked), of: type))
    case .set(let elements, let type): return Value(.set(elements.map(\.unmarked), of: type))
    case .tuple(let elements): return Value(tuple: elements.map(\.unmarked))
    case .map(let members, let type): return Value(.map(members.mapValues(\.unmarked), of: type))
    case .object(let members, let rest): return Value(.object(members.mapValues(\.unmarked), rest: rest))
    default: return Value(content)
    }
  }
}

/// Members of a map or object, sorted by name as Terraform goes over them.
package struct Members: Sendable {
  package struct Entry: Sendable {
    package let key: String
    package let value: Value
  }

  package private(set) var entries: [Entry]

  /// The last of several members of one name holds.
  package init(_ pairs: some Sequence<(String, Value)>) {
    var entries = pairs.map { Entry(key: $0.0, value: $0.1) }
    var isSorted = true
    for index in entries.indices.dropFirst() where !(entries[index - 1].key < entries[index].key) { isSorted = false }
    if !isSorted {
      // Swift's sort is stable, so that the last of equal keys stays last.
      entries.sort { $0.key < $1.key }
      var unique: [Entry] = []
      unique.reserveCapacity(entries.count)
      for entry in entries {
        if unique.last?.key == entry.key { unique.removeLast() }
        unique.append(entry)
      }
      entries = unique
    }
    self.entries = entries
  }

  private init(entries: [Entry]) { self.entries = entries }

  package var count: Int { entries.count }
  package var keys: [String] { entries.map(\.key) }

  package subscript(_ key: String) -> Value? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].key == key ? entries[low].value : nil
  }

  package func mapValues(_ transform: (Value) -> Value) -> Members {
    Members(entries: entries.map { Entry(key: $0.key, value: transform($0.value)) })
  }
}
