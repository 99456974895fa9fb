// SPDX-License-Identifier: Apache-2.0

/// A value in a document: a view that costs no copy.
package struct JSONValue: Sendable {
  package let document: JSONDocument
  package let node: UInt32

  package init(document: JSONDocument, node: UInt32) {
    self.document = document
    self.node = node
  }

  package enum Kind: Sendable {
    case null, bool
    /// A number that Int64 holds.
    case integer
    /// A number that Double holds.
    case double
    /// A number that neither holds; its literal is kept.
    case number
    case string, array, object
  }

  package static let null = JSONDocument.null.root

  private var word: UInt64 { document.tape[Int(node)] }

  package var kind: Kind {
    switch Tape.tag(word) {
    case .null: .null
    case .bool: .bool
    case .integer: .integer
    case .double: .double
    case .number: .number
    case .string, .escaped: .string
    case .array: .array
    case .object: .object
    }
  }

  package var isNull: Bool { Tape.tag(word) == .null }
  package var boolean: Bool? { Tape.tag(word) == .bool ? Tape.offset(word) == 1 : nil }

  /// The bytes between which the value's literal stands: a number's digits, a string's content with its escapes.
  package func withRawBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let word = word
    return document.bytes.withUnsafeBufferPointer { bytes in
      let start = Tape.offset(word)
      let length = Tape.length(word)
      guard start + length <= bytes.count else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
      return body(UnsafeBufferPointer(rebasing: bytes[start..<start + length]))
    }
  }

  /// Where a number, or the content of a string, begins in the bytes of a document that was parsed.
  package var byteOffset: Int { Tape.offset(word) }

  /// The number as Int64, if it is an integer that fits.
  package var int64: Int64? { Tape.tag(word) == .integer ? withRawBytes(JSONText.int64) : nil }

  /// The number as Double; integers and literals beyond both types are rounded.
  package var double: Double? {
    switch Tape.tag(word) {
    case .integer, .double, .number: withRawBytes(JSONText.double)
    default: nil
    }
  }

  /// The literal of a number as it was written.
  package var numberLiteral: String? {
    switch Tape.tag(word) {
    case .integer, .double, .number: withRawBytes { String(decoding: $0, as: UTF8.self) }
    default: nil
    }
  }

  package var string: String? { withUTF8 { String(decoding: $0, as: UTF8.self) } }

  /// Calls `body` with the decoded bytes of a string; nil where the value is none.
  package func withUTF8<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R? {
    switch Tape.tag(word) {
    case .string: withRawBytes(body)
    case .escaped: withRawBytes { JSONText.unescape($0) }.withUnsafeBufferPointer(body)
    default: nil
    }
  }

  /// Where it stands in the text that was parsed, line and column (in bytes) from 1; an array or an object stands where
  /// the first scalar in it does. Nil where it has none, or only null, true and false.
  package var place: (line: Int, column: Int)? {
    for node in Int(node)..<Int(Self.next(document, after: node)) {
      let word = document.tape[node]
      switch Tape.tag(word) {
      case .null, .bool, .array, .object: continue
      default:
        let before = document.bytes.prefix(Tape.offset(word))
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return (line, before.count - start + 1)
      }
    }
    return nil
  }

  // MARK: Elements

  /// Elements of an array or members of an object; 0 otherwise.
  package var count: Int {
    switch Tape.tag(word) {
    case .array, .object: Tape.length(word)
    default: 0
    }
  }

  /// Bytes that the value takes in memory with all it holds.
  package var heldBytes: Int {
    let nodes = Int(node)..<Int(Self.next(document, after: node))
    return nodes.reduce(nodes.count * 8) { sum, node in
      let word = document.tape[node]
      switch Tape.tag(word) {
      case .null, .bool, .array, .object: return sum
      default: return sum + Tape.length(word)
      }
    }
  }

  fileprivate static func next(_ document: JSONDocument, after node: UInt32) -> UInt32 {
    let word = document.tape[Int(node)]
    return word >> 60 >= Tape.Tag.array.rawValue ? UInt32(truncatingIfNeeded: word) : node &+ 1
  }

  /// The member named `key` of an object.
  package subscript(_ key: String) -> JSONValue? {
    guard Tape.tag(word) == .object else { return nil }
    var key = key
    return key.withUTF8 { member($0) }
  }

  package func member(_ key: UnsafeBufferPointer<UInt8>) -> JSONValue? {
    guard Tape.tag(word) == .object else { return nil }
    let tape = document.tape
    let end = Tape.offset(word)
    var at = Int(node) + 1
    return document.bytes.withUnsafeBufferPointer { bytes in
      tape.withUnsafeBufferPointer { tape in
        while at < end {
          let word = tape[at]
          let found: Bool
          if Tape.tag(word) == .string {
            let start = Tape.offset(word)
            found = Tape.length(word) == key.count && same(bytes, start, key)
          } else {
            let start = Tape.offset(word)
            found = JSONText.unescape(UnsafeBufferPointer(rebasing: bytes[start..<start + Tape.length(word)]))
              .elementsEqual(key)
          }
          if found { return JSONValue(document: document, node: UInt32(at + 1)) }
          let value = tape[at + 1]
          at = value >> 60 >= Tape.Tag.array.rawValue ? Tape.offset(value) : at + 2
        }
        return nil
      }
    }
  }

  @inline(__always) private func same(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ key: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for index in 0..<key.count where bytes[start + index] != key[index] { return false }
    return true
  }

  /// The element at `index` of an array; a negative index counts from the end, as in Kusto.
  package subscript(_ index: Int) -> JSONValue? {
    guard Tape.tag(word) == .array else { return nil }
    let count = count
    let position = index < 0 ? count + index : index
    guard position >= 0 && position < count else { return nil }
    var at = node + 1
    for _ in 0..<position { at = Self.next(document, after: at) }
    return JSONValue(document: document, node: at)
  }

  /// Elements of an array; none otherwise.
  package var elements: Elements { Elements(self) }
  /// Members of an object in the order of the document; none otherwise.
  package var members: Members { Members(self) }

  /// Goes over the nodes directly below a value.
  private struct Walk {
    private let document: JSONDocument
    private var at: UInt32
    private let end: UInt32

    init(_ value: JSONValue, enters: Bool) {
      document = value.document
      at = value.node + 1
      end = enters ? JSONValue.next(value.document, after: value.node) : at
    }

    @inline(__always) mutating func next() -> JSONValue? {
      guard at < end else { return nil }
      defer { at = JSONValue.next(document, after: at) }
      return JSONValue(document: document, node: at)
    }
  }

  package struct Elements: Sequence, IteratorProtocol {
    private var walk: Walk
    init(_ value: JSONValue) { walk = Walk(value, enters: Tape.tag(value.word) == .array) }
    package mutating func next() -> JSONValue? { walk.next() }
  }

  package struct Members: Sequence, IteratorProtocol {
    private var walk: Walk
    init(_ value: JSONValue) { walk = Walk(value, enters: Tape.tag(value.word) == .object) }
    package mutating func next() -> (key: JSONValue, value: JSONValue)? {
      guard let key = walk.next(), let value = walk.next() else { return nil }
      return (key, value)
    }
  }
}

extension JSONValue: Equatable {
  /// Same structure: order of members does not matter, numbers compare by value.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left.kind, right.kind) {
    case (.null, .null): true
    case (.bool, .bool): left.boolean == right.boolean
    case (.integer, .integer): left.int64 == right.int64
    case (.number, .number): left.numberLiteral == right.numberLiteral
    case (.double, .double): left.double == right.double
    // Exactly, not by rounding the integer: equal values must have equal canonical forms.
    case (.integer, .double): right.double.flatMap { Int64(exactly: $0) } == left.int64
    case (.double, .integer): left.double.flatMap { Int64(exactly: $0) } == right.int64
    case (.string, .string): left.withUTF8 { l in right.withUTF8 { l.elementsEqual($0) } ?? false } ?? false
    case (.array, .array): left.count == right.count && zip(left.elements, right.elements).allSatisfy(==)
    case (.object, .object):
      left.count == right.count
        && left.members.allSatisfy { key, value in
          (key.withUTF8 { right.member($0) } ?? nil).map { $0 == value } ?? false
        }
    default: false
    }
  }
}
