// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// Follows compiled paths through a document. Lives while the buffers that it is made of do.
struct PathWalk {
  let steps: UnsafeBufferPointer<PathStep>
  let keys: UnsafeBufferPointer<UInt8>
  let nodes: JSONNodes

  /// The node of the member of that lower-case name; -1 where there is none.
  @inline(__always) func member(_ step: PathStep, of node: Int) -> Int {
    guard nodes.kind(node) == .object else { return -1 }
    let (start, length) = (Int(step.offset), Int(step.length))
    let end = nodes.next(node)
    let tape = nodes.tape
    var at = node &+ 1
    while at < end {
      let word = tape[at]
      if Int((word >> 32) & 0x0FFF_FFFF) == length, word >> 60 == JSONNodes.Kind.string.rawValue {
        let place = Int(word & 0xFFFF_FFFF)
        var index = 0
        while index < length, same(nodes.bytes[place &+ index], keys[start &+ index]) { index &+= 1 }
        if index == length { return at &+ 1 }
      } else if word >> 60 == JSONNodes.Kind.escaped.rawValue || hasWide(start, length), isSame(at, start, length) {
        return at &+ 1
      }
      at = nodes.next(at &+ 1)
    }
    return -1
  }

  @inline(__always) private func same(_ byte: UInt8, _ key: UInt8) -> Bool {
    byte == key || ARMText.lower(byte) == key
  }

  @inline(__always) private func hasWide(_ start: Int, _ length: Int) -> Bool { length > 0 && keys[start] >= 0x80 }

  @inline(never) private func isSame(_ at: Int, _ start: Int, _ length: Int) -> Bool {
    let key = UnsafeBufferPointer(rebasing: keys[start..<start + length])
    return NodeValue(nodes: nodes, node: at).withText { ARMText.equal($0, key) } ?? false
  }

  private func loose(_ step: PathStep, of node: Int) -> Int {
    let inner = "properties".utf8CString.withUnsafeBufferPointer { name in
      name.withMemoryRebound(to: UInt8.self) {
        PolicyComparison.member(UnsafeBufferPointer(rebasing: $0.dropLast()), of: NodeValue(nodes: nodes, node: node))
      }
    }
    return inner < 0 ? -1 : member(step, of: inner)
  }

  /// One step; -1 where it leads nowhere.
  @inline(__always) func step(_ step: PathStep, from node: Int, isLoose: Bool) -> Int {
    if step.kind == .key {
      let found = member(step, of: node)
      return found < 0 && isLoose ? loose(step, of: node) : found
    }
    guard nodes.kind(node) == .array, step.offset < UInt32(nodes.count(node)) else { return -1 }
    var at = node + 1
    for _ in 0..<step.offset { at = nodes.next(at) }
    return at
  }

  /// The node at a path without wildcards; -1 where there is none.
  @inline(__always) func node(at path: PathRange, from node: Int) -> Int {
    var at = node
    for index in Int(path.first)..<Int(path.first) + Int(path.count) {
      at = step(steps[index], from: at, isLoose: path.isLoose)
      if at < 0 { return -1 }
    }
    return at
  }

  /// Calls `body` with each node that a path with wildcards selects, -1 for an element that lacks the rest of the path,
  /// until it returns false. Returns whether all were visited.
  func each(at path: PathRange, from node: Int, _ body: (Int) -> Bool) -> Bool {
    each(Int(path.first), Int(path.first) + Int(path.count), node, path.isLoose, body)
  }

  private func each(_ from: Int, _ end: Int, _ node: Int, _ isLoose: Bool, _ body: (Int) -> Bool) -> Bool {
    var at = node
    var index = from
    while index < end {
      let next = steps[index]
      if next.kind == .all {
        guard nodes.kind(at) == .array else { return true }
        var element = at + 1
        for _ in 0..<nodes.count(at) {
          if !each(index + 1, end, element, isLoose, body) { return false }
          element = nodes.next(element)
        }
        return true
      }
      at = step(next, from: at, isLoose: isLoose)
      if at < 0 {
        // An array that is missing has no elements; a property that is missing in an element is a missing value.
        for later in index..<end where steps[later].kind == .all { return true }
        return body(-1)
      }
      index += 1
    }
    return body(at)
  }
}

extension FieldPath {
  /// The values that the path selects in a document, by node; nil for what an element lacks.
  func nodes(in value: JSONValue) -> [JSONValue?] {
    var draft = ProgramDraft()
    _ = draft.path(self, type: nil)
    return draft.steps.withUnsafeBufferPointer { steps in
      draft.keys.withUnsafeBufferPointer { keys in
        value.document.withNodes { nodes in
          var found: [JSONValue?] = []
          _ = PathWalk(steps: steps, keys: keys, nodes: nodes).each(at: draft.paths[0], from: Int(value.node)) { node in
            found.append(node < 0 ? nil : JSONValue(document: value.document, node: UInt32(node)))
            return true
          }
          return found
        }
      }
    }
  }
}
