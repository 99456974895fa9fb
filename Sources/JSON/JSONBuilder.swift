// SPDX-License-Identifier: Apache-2.0

/// Writes a document value by value. Values appended at the top level become its roots.
///
///     var builder = JSONBuilder()
///     builder.beginObject()
///     builder.key("name"); builder.append("vault")
///     builder.endObject()
///     let document = builder.finish()
package struct JSONBuilder: ~Copyable {
  private var bytes: [UInt8] = []
  private var tape: [UInt64] = []
  private var roots: [UInt32] = []
  private var open: [(node: Int, count: Int, isObject: Bool)] = []

  package init() {}

  package var rootCount: Int { roots.count }
  package var byteCount: Int { bytes.count }

  private mutating func begin() {
    if let top = open.indices.last {
      if !open[top].isObject { open[top].count += 1 }
    } else {
      roots.append(UInt32(truncatingIfNeeded: tape.count))
    }
  }

  package mutating func beginObject() { beginContainer(true) }
  package mutating func beginArray() { beginContainer(false) }
  package mutating func endObject() { end() }
  package mutating func endArray() { end() }

  private mutating func beginContainer(_ isObject: Bool) {
    begin()
    open.append((tape.count, 0, isObject))
    tape.append(0)
  }

  private mutating func end() {
    guard let top = open.popLast() else { return }
    tape[top.node] = Tape.word(top.isObject ? .object : .array, length: top.count, offset: tape.count)
  }

  /// The key of the next value; the caller gives each key once.
  package mutating func key(_ key: String) {
    if let top = open.indices.last { open[top].count += 1 }
    var key = key
    key.withUTF8 { text($0) }
  }

  package mutating func key(_ key: UnsafeBufferPointer<UInt8>) {
    if let top = open.indices.last { open[top].count += 1 }
    text(key)
  }

  private mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    tape.append(Tape.word(.string, length: min(text.count, Tape.lengthLimit), offset: bytes.count))
    bytes.append(contentsOf: text)
  }

  package mutating func appendNull() {
    begin()
    tape.append(Tape.word(.null))
  }

  package mutating func append(_ value: Bool) {
    begin()
    tape.append(Tape.word(.bool, offset: value ? 1 : 0))
  }

  package mutating func append(_ value: Int64) { literal(String(value), .integer) }

  /// A number that is not finite becomes the string that Kusto prints for it.
  package mutating func append(_ value: Double) {
    guard value.isFinite else { return append(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity") }
    literal(value.description, .double)
  }

  private mutating func literal(_ text: String, _ tag: Tape.Tag) {
    begin()
    tape.append(Tape.word(tag, length: text.utf8.count, offset: bytes.count))
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func append(_ value: String) {
    begin()
    var value = value
    value.withUTF8 { text($0) }
  }

  package mutating func append(utf8 value: UnsafeBufferPointer<UInt8>) {
    begin()
    text(value)
  }

  /// Appends a copy of `value` with all it holds.
  package mutating func append(_ value: JSONValue) {
    begin()
    copy(value)
  }

  private mutating func copy(_ value: JSONValue) { Tape.copy(value, to: &tape, bytes: &bytes) }

  package consuming func finish() -> JSONDocument {
    while !open.isEmpty { end() }
    return JSONDocument(bytes: bytes, tape: tape, roots: roots)
  }
}

extension Tape {
  /// Appends a copy of a value, with all it holds, to the tape and the bytes of a document that is being made.
  static func copy(_ value: JSONValue, to tape: inout [UInt64], bytes: inout [UInt8]) {
    let source = value.document
    let first = Int(value.node)
    let word = source.tape[first]
    let end = word >> 60 >= Tag.array.rawValue ? offset(word) : first + 1
    let shift = tape.count - first
    for index in first..<end {
      let word = source.tape[index]
      switch tag(word) {
      case .null, .bool: tape.append(word)
      case .array, .object: tape.append(word & ~0xFFFF_FFFF | UInt64(truncatingIfNeeded: offset(word) + shift))
      default:
        let start = offset(word)
        tape.append(word & ~0xFFFF_FFFF | UInt64(truncatingIfNeeded: bytes.count))
        bytes.append(contentsOf: source.bytes[start..<start + length(word)])
      }
    }
  }
}
