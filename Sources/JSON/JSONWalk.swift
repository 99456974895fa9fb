// SPDX-License-Identifier: Apache-2.0

/// Walks over many values of one document, by node: for columns of values, where a `JSONValue` for each step of each row
/// would cost more than the step.
extension JSONDocument {
  /// Calls `body` with a function that gives the node at `path` below a node; nil where there is none. Returns nil
  /// where the path has wildcards, which have more than one.
  package func withWalk<R>(_ path: JSONPath, _ body: ((UInt32) -> UInt32?) -> R) -> R? {
    if path.hasWildcard { return nil }
    let keys = path.steps.map { step -> [UInt8] in
      if case .key(let key) = step { Array(key.utf8) } else { [] }
    }
    return tape.withUnsafeBufferPointer { tape in
      bytes.withUnsafeBufferPointer { bytes in
        body { node in
          var at = Int(node)
          for (index, step) in path.steps.enumerated() {
            let found: Int?
            if case .index(let position) = step {
              found = Self.element(position, of: at, tape)
            } else {
              found = keys[index].withUnsafeBufferPointer { Self.member($0, of: at, tape, bytes) }
            }
            guard let found else { return nil }
            at = found
          }
          return UInt32(truncatingIfNeeded: at)
        }
      }
    }
  }

  @inline(__always) private static func next(_ at: Int, _ tape: UnsafeBufferPointer<UInt64>) -> Int {
    let word = tape[at]
    return word >> 60 >= Tape.Tag.array.rawValue ? Tape.offset(word) : at + 1
  }

  @inline(__always) private static func element(
    _ position: Int, of node: Int, _ tape: UnsafeBufferPointer<UInt64>
  ) -> Int? {
    let word = tape[node]
    guard Tape.tag(word) == .array else { return nil }
    let count = Tape.length(word)
    let place = position < 0 ? count + position : position
    guard place >= 0 && place < count else { return nil }
    var at = node + 1
    for _ in 0..<place { at = next(at, tape) }
    return at
  }

  @inline(__always) private static func member(
    _ key: UnsafeBufferPointer<UInt8>, of node: Int, _ tape: UnsafeBufferPointer<UInt64>,
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let word = tape[node]
    guard Tape.tag(word) == .object else { return nil }
    let end = Tape.offset(word)
    var at = node + 1
    while at < end {
      let name = tape[at]
      let start = Tape.offset(name)
      let length = Tape.length(name)
      let isSame: Bool
      if Tape.tag(name) == .string {
        isSame = length == key.count && (0..<length).allSatisfy { bytes[start &+ $0] == key[$0] }
      } else {
        isSame = JSONText.unescape(UnsafeBufferPointer(rebasing: bytes[start..<start + length])).elementsEqual(key)
      }
      if isSame { return at + 1 }
      at = next(at + 1, tape)
    }
    return nil
  }

  /// Calls `body` with each element of the array at `node`, and whether it is null. Returns false where the value is no
  /// array.
  package func forEachElement(of node: UInt32, _ body: (_ node: UInt32, _ isNull: Bool) -> Void) -> Bool {
    tape.withUnsafeBufferPointer { tape in
      let word = tape[Int(node)]
      guard Tape.tag(word) == .array else { return false }
      var at = Int(node) + 1
      for _ in 0..<Tape.length(word) {
        body(UInt32(truncatingIfNeeded: at), Tape.tag(tape[at]) == .null)
        at = Self.next(at, tape)
      }
      return true
    }
  }

  package func isNull(_ node: UInt32) -> Bool { Tape.tag(tape[Int(node)]) == .null }

  /// The text of the string at `node`; nil where the value is none, or is written with escapes.
  package func withPlainText<R>(_ node: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R? {
    let word = tape[Int(node)]
    guard Tape.tag(word) == .string else { return nil }
    let start = Tape.offset(word)
    return bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[start..<start + Tape.length(word)]))
    }
  }
}
