// SPDX-License-Identifier: Apache-2.0

/// The values of a document by node, for loops over very many of them: a `JSONValue` per step would cost more than the
/// step. Lives within `JSONDocument.withNodes`.
package struct JSONNodes {
  package enum Kind: UInt64, Sendable {
    case null = 0, bool, integer, double, number, string
    /// A string that is written with escapes.
    case escaped
    case array, object
  }

  package let tape: UnsafeBufferPointer<UInt64>
  package let bytes: UnsafeBufferPointer<UInt8>

  @inlinable package init(tape: UnsafeBufferPointer<UInt64>, bytes: UnsafeBufferPointer<UInt8>) {
    self.tape = tape
    self.bytes = bytes
  }

  @inlinable @inline(__always) package func kind(_ node: Int) -> Kind { Kind(rawValue: tape[node] >> 60) ?? .null }
  /// Elements of an array or members of an object.
  @inlinable @inline(__always) package func count(_ node: Int) -> Int { Int((tape[node] >> 32) & 0x0FFF_FFFF) }
  @inlinable @inline(__always) package func boolean(_ node: Int) -> Bool { tape[node] & 1 == 1 }
  /// The literal of a number, the content of a string with its escapes.
  @inlinable @inline(__always) package func raw(_ node: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(tape[node] & 0xFFFF_FFFF)
    return UnsafeBufferPointer(rebasing: bytes[start..<start + count(node)])
  }
  /// The node after a value and all that it holds.
  @inlinable @inline(__always) package func next(_ node: Int) -> Int {
    let word = tape[node]
    return word >> 60 >= Kind.array.rawValue ? Int(word & 0xFFFF_FFFF) : node + 1
  }
}

extension JSONDocument {
  package func withNodes<R>(_ body: (JSONNodes) throws -> R) rethrows -> R {
    try tape.withUnsafeBufferPointer { tape in
      try bytes.withUnsafeBufferPointer { bytes in try body(JSONNodes(tape: tape, bytes: bytes)) }
    }
  }
}

/// Puts a document together from scalars that stand in it once and are used many times: a column of values whose parts
/// repeat. A scalar is placed first, which gives its word; a word may be appended as often as it occurs.
package struct JSONAssembler: ~Copyable {
  private var bytes: [UInt8] = []
  private var tape: [UInt64] = []

  package init() {}

  /// The node that the next value gets.
  package var next: UInt32 { UInt32(truncatingIfNeeded: tape.count) }

  package static let null = Tape.word(.null)

  /// Places a string; its word serves as a key as well.
  package mutating func place(string text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    defer { bytes.append(contentsOf: text) }
    return Tape.word(.string, length: min(text.count, Tape.lengthLimit), offset: bytes.count)
  }

  /// Places the literal of a number, which has to be one.
  package mutating func place(integer literal: UnsafeBufferPointer<UInt8>) -> UInt64 { place(literal, .integer) }
  package mutating func place(double literal: UnsafeBufferPointer<UInt8>) -> UInt64 { place(literal, .double) }

  private mutating func place(_ literal: UnsafeBufferPointer<UInt8>, _ tag: Tape.Tag) -> UInt64 {
    defer { bytes.append(contentsOf: literal) }
    return Tape.word(tag, length: literal.count, offset: bytes.count)
  }

  /// Places a scalar of another document; nil for arrays and objects.
  package mutating func place(_ value: JSONValue) -> UInt64? {
    let word = value.document.tape[Int(value.node)]
    switch Tape.tag(word) {
    case .null, .bool: return word
    case .array, .object: return nil
    case let tag: return value.withRawBytes { place($0, tag) }
    }
  }

  package mutating func append(_ word: UInt64) { tape.append(word) }

  /// Appends a copy of a value with all that it holds.
  package mutating func append(copyOf value: JSONValue) { Tape.copy(value, to: &tape, bytes: &bytes) }

  /// Begins an array or an object, whose elements, or keys and values, are appended until `close`.
  package mutating func open() -> Int {
    tape.append(0)
    return tape.count - 1
  }

  package mutating func close(_ node: Int, isObject: Bool, count: Int) {
    tape[node] = Tape.word(isObject ? .object : .array, length: min(count, Tape.lengthLimit), offset: tape.count)
  }

  /// The document; it has no roots, its values are known by their nodes.
  package consuming func finish() -> JSONDocument { JSONDocument(bytes: bytes, tape: tape, roots: []) }
}
