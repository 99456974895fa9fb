// SPDX-License-Identifier: Apache-2.0

/// An immutable JSON document: the bytes as they came, and a tape that tells where each value begins.
///
/// The tape has one word per value. A number or a string names its place in the bytes; an array or an object names the
/// word after its last descendant and its count of elements. Keys are strings that precede their values. A document may
/// have several roots (JSON lines, or a column of values).
package final class JSONDocument: Sendable {
  let bytes: [UInt8]
  let tape: [UInt64]
  let roots: [UInt32]

  init(bytes: [UInt8], tape: [UInt64], roots: [UInt32]) {
    self.bytes = bytes
    self.tape = tape
    self.roots = roots
  }

  /// Parses one document, which must be the whole of `bytes`.
  package convenience init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
    let parsed = try JSONParser.run(bytes, limits: limits, lines: false)
    self.init(bytes: bytes, tape: parsed.tape, roots: parsed.roots)
  }

  /// Parses a text.
  package static func parse(_ text: String) throws(JSONError) -> JSONDocument {
    try JSONDocument(parsing: Array(text.utf8))
  }

  /// Parses values that follow one another, separated by white space, as JSON lines are: each is a root.
  package static func lines(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSONDocument {
    var starts: [Int] = []
    return try lines(bytes, limits: limits, starts: &starts)
  }

  /// - Parameter starts: gets the byte at which each root begins.
  package static func lines(
    _ bytes: [UInt8], limits: JSONLimits = .standard, starts: inout [Int]
  ) throws(JSONError) -> JSONDocument {
    let parsed = try JSONParser.run(bytes, limits: limits, lines: true)
    starts = parsed.starts
    return JSONDocument(bytes: bytes, tape: parsed.tape, roots: parsed.roots)
  }

  /// The document `null`.
  package static let null = JSONDocument(bytes: [], tape: [Tape.word(.null)], roots: [0])

  /// The first root; `null` where there is none.
  package var root: JSONValue { roots.isEmpty ? JSONDocument.null.root : JSONValue(document: self, node: roots[0]) }
  /// Bytes that the document takes in memory.
  package var heldBytes: Int { bytes.count + tape.count * 8 + roots.count * 4 }
  package var rootCount: Int { roots.count }
  /// The bytes of its texts and numbers.
  package var byteCount: Int { bytes.count }
  package func root(at index: Int) -> JSONValue { JSONValue(document: self, node: roots[index]) }
  package func value(at node: UInt32) -> JSONValue { JSONValue(document: self, node: node) }
  package func rootNode(at index: Int) -> UInt32 { roots[index] }
}

/// The encoding of a tape word: tag in the top 4 bits, length or count in the next 28, offset or end in the low 32.
enum Tape {
  enum Tag: UInt64 {
    case null = 0, bool, integer, double, number, string, escaped, array, object
  }

  static let lengthLimit = (1 << 28) - 1

  @inline(__always) static func word(_ tag: Tag, length: Int = 0, offset: Int = 0) -> UInt64 {
    tag.rawValue << 60 | UInt64(truncatingIfNeeded: length) << 32 | UInt64(truncatingIfNeeded: offset)
  }
  @inline(__always) static func tag(_ word: UInt64) -> Tag { Tag(rawValue: word >> 60) ?? .null }
  @inline(__always) static func length(_ word: UInt64) -> Int { Int((word >> 32) & 0x0FFF_FFFF) }
  @inline(__always) static func offset(_ word: UInt64) -> Int { Int(word & 0xFFFF_FFFF) }
}
