// SPDX-License-Identifier: Apache-2.0

/// The members of many objects by name, for columns of values: a `JSONValue` for each of them would cost more than what is
/// done with it.
package struct JSONMembers: Sendable {
  package let document: JSONDocument
  /// Objects: the roots of the document.
  package var rows: Int { document.rootCount }
  /// The node of each object's member, name by name; 0 where it has none.
  private let nodes: [UInt32]
  /// Whether an object has a member of another name whose value is not null.
  package let hasOthers: Bool

  /// Nil where a root is no object.
  ///
  /// - Parameter places: the place of each name in `names`.
  package init?(_ document: JSONDocument, names: [[UInt8]], places: [String: Int]) {
    self.document = document
    let rows = document.rootCount
    var hasOthers = false
    var isWhole = true
    nodes = [UInt32](unsafeUninitializedCapacity: rows * names.count) { nodes, count in
      nodes.initialize(repeating: 0)
      count = rows * names.count
      document.withCells { document in
        for row in 0..<rows {
          // Objects mostly have the same members in the same order.
          var expected = 0
          let isObject = document.eachMember(ofRoot: row) { key, value in
            let place: Int
            if let found = document.find(key, in: names, from: expected) {
              place = found
            } else if let found = places[document.name(key)] {
              place = found
            } else {
              hasOthers = hasOthers || !document.isNull(value)
              return
            }
            nodes[place &* rows &+ row] = value
            expected = place &+ 1
          }
          isWhole = isWhole && isObject
        }
      }
    }
    self.hasOthers = hasOthers
    if !isWhole { return nil }
  }

  /// The nodes of one name's values in all rows; 0 where a row has no such member.
  package func nodes(of name: Int) -> ArraySlice<UInt32> { nodes[name * rows..<(name + 1) * rows] }
}

extension JSONDocument {
  /// Calls `body` with what reads values by node.
  package func withCells<R>(_ body: (JSONCells) throws -> R) rethrows -> R {
    try tape.withUnsafeBufferPointer { tape in
      try bytes.withUnsafeBufferPointer { bytes in try body(JSONCells(bytes: bytes, tape: tape, roots: roots)) }
    }
  }
}

/// Reads the values of one document by node. Only for use while `withCells` runs.
package struct JSONCells {
  fileprivate let bytes: UnsafeBufferPointer<UInt8>
  fileprivate let tape: UnsafeBufferPointer<UInt64>
  fileprivate let roots: [UInt32]

  @inline(__always) private func raw(_ word: UInt64) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Tape.offset(word)..<Tape.offset(word) + Tape.length(word)])
  }

  package func isNull(_ node: UInt32) -> Bool { Tape.tag(tape[Int(node)]) == .null }

  /// The bytes of a string that has no escapes.
  package func plainText(_ node: UInt32) -> UnsafeBufferPointer<UInt8>? {
    let word = tape[Int(node)]
    return Tape.tag(word) == .string ? raw(word) : nil
  }

  /// An integer that Int64 holds.
  package func int64(_ node: UInt32) -> Int64? {
    let word = tape[Int(node)]
    return Tape.tag(word) == .integer ? JSONText.int64(raw(word)) : nil
  }

  /// A number.
  package func double(_ node: UInt32) -> Double? {
    let word = tape[Int(node)]
    switch Tape.tag(word) {
    case .integer, .double, .number: return JSONText.double(raw(word))
    default: return nil
    }
  }

  /// Appends compact JSON, as `JSONValue.write` does.
  package func write(_ node: UInt32, into out: inout [UInt8]) { _ = write(Int(node), into: &out) }

  /// Returns the node after the value.
  private func write(_ node: Int, into out: inout [UInt8]) -> Int {
    let word = tape[node]
    switch Tape.tag(word) {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool: out.append(contentsOf: Tape.offset(word) == 1 ? "true".utf8 : "false".utf8)
    case .integer, .double, .number: out.append(contentsOf: raw(word))
    case .string:
      out.append(0x22)
      out.append(contentsOf: raw(word))
      out.append(0x22)
    case .escaped: JSONText.unescape(raw(word)).withUnsafeBufferPointer { JSONText.quote($0, into: &out) }
    case .array, .object:
      let isObject = Tape.tag(word) == .object
      out.append(isObject ? 0x7B : 0x5B)
      let end = Tape.offset(word)
      var at = node + 1
      while at < end {
        if at > node + 1 { out.append(0x2C) }
        at = write(at, into: &out)
        if isObject {
          out.append(0x3A)
          at = write(at, into: &out)
        }
      }
      out.append(isObject ? 0x7D : 0x5D)
      return end
    }
    return node + 1
  }

  // MARK: Members

  /// Calls `body` with the nodes of each member's key and value; false where the root is no object.
  @inline(__always) fileprivate func eachMember(ofRoot row: Int, _ body: (Int, UInt32) -> Void) -> Bool {
    let root = Int(roots[row])
    guard Tape.tag(tape[root]) == .object else { return false }
    let end = Tape.offset(tape[root])
    var at = root + 1
    while at < end {
      body(at, UInt32(truncatingIfNeeded: at + 1))
      let value = tape[at + 1]
      at = value >> 60 >= Tape.Tag.array.rawValue ? Tape.offset(value) : at + 2
    }
    return true
  }

  /// The place of a key among the next few names.
  @inline(__always) fileprivate func find(_ key: Int, in names: [[UInt8]], from start: Int) -> Int? {
    let word = tape[key]
    guard Tape.tag(word) == .string else { return nil }
    let (offset, length) = (Tape.offset(word), Tape.length(word))
    for place in start..<max(start, min(names.count, start + 4)) where names[place].count == length {
      if names[place].withUnsafeBufferPointer({ name in (0..<length).allSatisfy { bytes[offset &+ $0] == name[$0] } }) {
        return place
      }
    }
    return nil
  }

  fileprivate func name(_ key: Int) -> String {
    let word = tape[key]
    if Tape.tag(word) == .escaped { return String(decoding: JSONText.unescape(raw(word)), as: UTF8.self) }
    return String(decoding: raw(word), as: UTF8.self)
  }
}
