// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// The conditions of the policy language.
enum PolicyOperator: UInt8, Sendable, CaseIterable {
  case equals, notEquals, like, notLike, match, notMatch, matchInsensitively, notMatchInsensitively, contains,
    notContains, `in`, notIn, containsKey, notContainsKey, less, lessOrEquals, greater, greaterOrEquals, exists

  private static let named = Dictionary(uniqueKeysWithValues: allCases.map { ("\($0)".lowercased(), $0) })

  init?(named name: String) {
    guard let found = Self.named[name.lowercased()] else { return nil }
    self = found
  }

  static var names: [String] { allCases.map { "\($0)" } }

  /// What a `not...` condition denies.
  var positive: (PolicyOperator, isNegated: Bool) {
    switch self {
    case .notEquals: (.equals, true)
    case .notLike: (.like, true)
    case .notMatch: (.match, true)
    case .notMatchInsensitively: (.matchInsensitively, true)
    case .notContains: (.contains, true)
    case .notIn: (.in, true)
    case .notContainsKey: (.containsKey, true)
    default: (self, false)
    }
  }
}

/// A value of a document, by its node; negative where there is none.
struct NodeValue {
  let nodes: JSONNodes
  let node: Int

  @inline(__always) var kind: JSONNodes.Kind { node < 0 ? .null : nodes.kind(node) }
  @inline(__always) var isText: Bool { kind == .string || kind == .escaped }

  /// Calls `body` with the text of a scalar: that of a string, the literal of a number, true or false; nil for others.
  @inline(__always) func withText<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R? {
    switch kind {
    case .string, .integer, .double, .number: return body(nodes.raw(node))
    case .escaped: return JSONText.unescape(nodes.raw(node)).withUnsafeBufferPointer(body)
    case .bool: return (nodes.boolean(node) ? Self.yes : Self.no).withUTF8Buffer(body)
    default: return nil
    }
  }

  private static let yes: StaticString = "true"
  private static let no: StaticString = "false"

  var number: Double? {
    switch kind {
    case .integer, .double, .number: JSONText.double(nodes.raw(node))
    default: nil
    }
  }

  /// The number that a text is, as Azure converts where the other side is a number.
  var coercedNumber: Double? {
    if let number { return number }
    guard isText else { return nil }
    return withText { text in
      guard (1...40).contains(text.count),
        text.allSatisfy({ $0 &- 0x30 < 10 || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) })
      else { return nil }
      return Double(String(decoding: text, as: UTF8.self))
    } ?? nil
  }
}

/// How two values compare. Text never minds its case, numbers and booleans may be text on one side.
enum PolicyComparison {
  static func equal(_ a: JSONValue, _ b: JSONValue) -> Bool {
    a.document.withNodes { left in
      b.document.withNodes { right in
        equal(NodeValue(nodes: left, node: Int(a.node)), NodeValue(nodes: right, node: Int(b.node)))
      }
    }
  }

  /// A condition that is not a `not...` one.
  static func holds(_ condition: PolicyOperator, _ actual: NodeValue, _ wanted: NodeValue) -> Bool {
    switch condition {
    case .equals: return equal(actual, wanted)
    case .exists: return (actual.kind != .null) == isTrue(wanted)
    case .in: return elements(wanted) { equal(actual, $0) }
    case .contains: return contains(actual, wanted)
    case .like: return texts(actual, wanted) { like($0, $1) }
    case .match: return texts(actual, wanted) { match($0, $1, ignoringCase: false) }
    case .matchInsensitively: return texts(actual, wanted) { match($0, $1, ignoringCase: true) }
    case .containsKey: return containsKey(actual, wanted)
    case .less: return order(actual, wanted).map { $0 < 0 } ?? false
    case .lessOrEquals: return order(actual, wanted).map { $0 <= 0 } ?? false
    case .greater: return order(actual, wanted).map { $0 > 0 } ?? false
    case .greaterOrEquals: return order(actual, wanted).map { $0 >= 0 } ?? false
    default: return !holds(condition.positive.0, actual, wanted)
    }
  }

  /// A condition on two numbers; nil for conditions that are not about numbers.
  static func holds(_ condition: PolicyOperator, _ actual: Double, _ wanted: Double) -> Bool? {
    switch condition {
    case .equals: actual == wanted
    case .less: actual < wanted
    case .lessOrEquals: actual <= wanted
    case .greater: actual > wanted
    case .greaterOrEquals: actual >= wanted
    default: nil
    }
  }

  static func isTrue(_ value: NodeValue) -> Bool {
    value.withText { ARMText.equal($0, "true") } ?? false
  }

  static func equal(_ a: NodeValue, _ b: NodeValue) -> Bool {
    switch (a.kind, b.kind) {
    case (.string, .string): return ARMText.equal(a.nodes.raw(a.node), b.nodes.raw(b.node))
    case (.null, .null): return true
    case (.null, _), (_, .null): return false
    case (.bool, .bool): return a.nodes.boolean(a.node) == b.nodes.boolean(b.node)
    case (.array, .array): return equalElements(a, b)
    case (.object, .object): return equalMembers(a, b)
    case (.array, _), (.object, _), (_, .array), (_, .object): return false
    case (.bool, _) where !b.isText, (_, .bool) where !a.isText: return false
    default: break
    }
    if a.number != nil || b.number != nil {
      guard let x = a.coercedNumber, let y = b.coercedNumber else { return false }
      return x == y
    }
    return a.withText { x in b.withText { y in ARMText.equal(x, y) } ?? false } ?? false
  }

  private static func equalElements(_ a: NodeValue, _ b: NodeValue) -> Bool {
    let count = a.nodes.count(a.node)
    guard count == b.nodes.count(b.node) else { return false }
    var (x, y) = (a.node + 1, b.node + 1)
    for _ in 0..<count {
      if !equal(NodeValue(nodes: a.nodes, node: x), NodeValue(nodes: b.nodes, node: y)) { return false }
      (x, y) = (a.nodes.next(x), b.nodes.next(y))
    }
    return true
  }

  private static func equalMembers(_ a: NodeValue, _ b: NodeValue) -> Bool {
    let count = a.nodes.count(a.node)
    guard count == b.nodes.count(b.node) else { return false }
    var x = a.node + 1
    for _ in 0..<count {
      let other = NodeValue(nodes: a.nodes, node: x).withText { member($0, of: b) } ?? -1
      if other < 0 || !equal(NodeValue(nodes: a.nodes, node: x + 1), NodeValue(nodes: b.nodes, node: other)) {
        return false
      }
      x = a.nodes.next(x + 1)
    }
    return true
  }

  /// The node of a member whatever its case; -1 where there is none.
  static func member(_ key: UnsafeBufferPointer<UInt8>, of object: NodeValue) -> Int {
    guard object.kind == .object else { return -1 }
    let nodes = object.nodes
    let end = nodes.next(object.node)
    var at = object.node + 1
    while at < end {
      let same: Bool
      if nodes.kind(at) == .string {
        same =
          nodes.count(at) == key.count && ARMText.equal(nodes.raw(at), key)
          || (nodes.count(at) != key.count && key.contains { $0 >= 0x80 } && ARMText.equal(nodes.raw(at), key))
      } else {
        same = NodeValue(nodes: nodes, node: at).withText { ARMText.equal($0, key) } ?? false
      }
      if same { return at + 1 }
      at = nodes.next(at + 1)
    }
    return -1
  }

  @inline(__always) private static func elements(_ list: NodeValue, _ isWanted: (NodeValue) -> Bool) -> Bool {
    guard list.kind == .array else { return false }
    var at = list.node + 1
    for _ in 0..<list.nodes.count(list.node) {
      if isWanted(NodeValue(nodes: list.nodes, node: at)) { return true }
      at = list.nodes.next(at)
    }
    return false
  }

  private static func contains(_ actual: NodeValue, _ wanted: NodeValue) -> Bool {
    if actual.kind == .array { return elements(actual) { equal($0, wanted) } }
    return texts(actual, wanted) { text, part in
      if part.isEmpty { return true }
      if text.contains(where: { $0 >= 0x80 }) || part.contains(where: { $0 >= 0x80 }) {
        return ARMText.folded(text).contains(ARMText.folded(part))
      }
      guard text.count >= part.count else { return false }
      return (0...(text.count - part.count)).contains { same(text, $0, part, 0, part.count) }
    }
  }

  private static func containsKey(_ actual: NodeValue, _ wanted: NodeValue) -> Bool {
    wanted.withText { member($0, of: actual) >= 0 } ?? false
  }

  @inline(__always) private static func texts(
    _ a: NodeValue, _ b: NodeValue, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    a.withText { x in b.withText { y in body(x, y) } ?? false } ?? false
  }

  /// Whether `count` bytes are the same, letters in any case.
  @inline(__always) private static func same(
    _ a: UnsafeBufferPointer<UInt8>, _ i: Int, _ b: UnsafeBufferPointer<UInt8>, _ j: Int, _ count: Int
  ) -> Bool {
    for index in 0..<count where ARMText.lower(a[i + index]) != ARMText.lower(b[j + index]) { return false }
    return true
  }

  /// `*` stands for any characters, any number of times.
  private static func like(_ text: UnsafeBufferPointer<UInt8>, _ pattern: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.contains(where: { $0 >= 0x80 }) || pattern.contains(where: { $0 >= 0x80 }) {
      return Array(ARMText.folded(text).utf8).withUnsafeBufferPointer { text in
        Array(ARMText.folded(pattern).utf8).withUnsafeBufferPointer { wildcard(text, $0) }
      }
    }
    return wildcard(text, pattern)
  }

  private static func wildcard(_ text: UnsafeBufferPointer<UInt8>, _ pattern: UnsafeBufferPointer<UInt8>) -> Bool {
    var (at, place) = (0, 0)
    var (star, mark) = (-1, 0)
    while at < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        (star, mark) = (place, at)
        place += 1
      } else if place < pattern.count, ARMText.lower(pattern[place]) == ARMText.lower(text[at]) {
        (at, place) = (at + 1, place + 1)
      } else if star >= 0 {
        mark += 1
        (at, place) = (mark, star + 1)
      } else {
        return false
      }
    }
    while place < pattern.count, pattern[place] == UInt8(ascii: "*") { place += 1 }
    return place == pattern.count
  }

  /// `#` stands for a digit, `?` for a letter, `.` for any character.
  private static func match(
    _ text: UnsafeBufferPointer<UInt8>, _ pattern: UnsafeBufferPointer<UInt8>, ignoringCase: Bool
  ) -> Bool {
    let text = String(decoding: text, as: UTF8.self).unicodeScalars
    let pattern = String(decoding: pattern, as: UTF8.self).unicodeScalars
    guard text.count == pattern.count else { return false }
    return zip(text, pattern).allSatisfy { character, mark in
      switch mark {
      case "#": character.value &- 0x30 < 10
      case "?": character.properties.isAlphabetic
      case ".": true
      default:
        character == mark || ignoringCase && ARMText.folded(String(character)) == ARMText.folded(String(mark))
      }
    }
  }

  /// Negative, zero or positive; nil where the two have no order.
  private static func order(_ a: NodeValue, _ b: NodeValue) -> Int? {
    if a.number != nil || b.number != nil {
      guard let x = a.coercedNumber, let y = b.coercedNumber else { return nil }
      return x < y ? -1 : x > y ? 1 : 0
    }
    guard a.isText, b.isText else { return nil }
    return a.withText { x in
      b.withText { y in
        if let x = moment(x), let y = moment(y) { return x < y ? -1 : x > y ? 1 : 0 }
        return ARMText.compare(String(decoding: x, as: UTF8.self), String(decoding: y, as: UTF8.self))
      } ?? nil
    } ?? nil
  }

  /// The moment that a text names with its time of day: dates compare by time, whatever their fraction and offset.
  private static func moment(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard (19...40).contains(text.count), text[4] == 0x2D, text[10] | 0x20 == 0x74, text[0] &- 0x30 < 10 else {
      return nil
    }
    return ARMDate(String(decoding: text, as: UTF8.self)).map { Double($0.seconds) + Double($0.nanoseconds) / 1e9 }
  }
}

extension ARMText {
  fileprivate static func equal(_ a: UnsafeBufferPointer<UInt8>, _ b: StaticString) -> Bool {
    b.withUTF8Buffer { equal(a, $0) }
  }
}
