// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A place in a file of code; lines and columns count from 1, columns in bytes.
package struct CodePlace: Sendable, Hashable, CustomStringConvertible {
  package var path: String
  package var line: Int
  package var column: Int

  package init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  package var description: String { "\(path):\(line):\(column)" }
}

/// Why code cannot be read, and where.
package struct CodeError: Error, Sendable, CustomStringConvertible {
  package let message: String
  package let place: CodePlace

  package init(_ message: String, at place: CodePlace) {
    self.message = message
    self.place = place
  }

  package var description: String { "\(place): \(message)" }
}

/// A value that code does not settle.
package struct CodeUnknown: Sendable, Hashable {
  /// In plain words: `the parameter 'Size' has no value`.
  package var reason: String
  /// What would settle it: `parameter Size`, `var.size`; nil where only the cloud can tell.
  package var decider: String?

  package init(_ reason: String, decider: String? = nil) {
    self.reason = reason
    self.decider = decider
  }
}

/// A value of code, evaluated as far as the code tells.
package indirect enum CodeValue: Sendable {
  case null
  case bool(Bool)
  /// The literal as it was written, or as the evaluator prints it.
  case number(String)
  case string(String)
  case list([CodeNode])
  case map([CodeMember])
  case unknown(CodeUnknown)
}

/// A value and the place that gave it.
package struct CodeNode: Sendable {
  package var value: CodeValue
  package var place: CodePlace

  package init(_ value: CodeValue, at place: CodePlace) {
    self.value = value
    self.place = place
  }

  package subscript(_ key: String) -> CodeNode? {
    guard case .map(let members) = value else { return nil }
    return members.first { $0.key == key }?.node
  }

  package var members: [CodeMember] {
    if case .map(let members) = value { members } else { [] }
  }

  package var elements: [CodeNode] {
    if case .list(let elements) = value { elements } else { [] }
  }

  package var string: String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The text of a string, number or truth value.
  package var scalar: String? {
    switch value {
    case .string(let text), .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    default: nil
    }
  }

  package var unknown: CodeUnknown? {
    if case .unknown(let unknown) = value { unknown } else { nil }
  }

  package var isNull: Bool {
    if case .null = value { true } else { false }
  }
}

/// A member of a map, with the place of its key.
package struct CodeMember: Sendable {
  package var key: String
  package var place: CodePlace
  package var node: CodeNode

  package init(_ key: String, _ node: CodeNode, at place: CodePlace? = nil) {
    self.key = key
    self.node = node
    self.place = place ?? node.place
  }
}

extension CodeNode {
  /// Whether both hold the same values, wherever they were written. Unknown is equal to nothing.
  package func isSame(as other: CodeNode) -> Bool {
    switch (value, other.value) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right || Double(left) == Double(right)
    case (.string(let left), .string(let right)): left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.map(let left), .map(let right)):
      left.count == right.count
        && left.allSatisfy { member in
          right.contains { $0.key == member.key && $0.node.isSame(as: member.node) }
        }
    default: false
    }
  }

  /// A path with a key behind it, in the form of evidence: `properties.X`, `tags['a.b']`.
  private static func path(_ path: String, _ key: String) -> String {
    let isPlain = !key.isEmpty && key.utf8.allSatisfy { $0 != 0x2E && $0 != 0x5B && $0 != 0x27 }
    return isPlain ? path.isEmpty ? key : "\(path).\(key)" : "\(path)['\(key)']"
  }

  /// A path of keys in the form of evidence.
  static func path(of keys: some Sequence<String>) -> String { keys.reduce("") { path($0, $1) } }

  /// Writes the value; what is unknown becomes null. The caller learns of each unknown and of each place by path.
  package func write(
    into builder: inout JSONBuilder, path: String, _ visit: (_ path: String, _ node: CodeNode) -> Void
  ) {
    visit(path, self)
    switch value {
    case .null, .unknown: builder.appendNull()
    case .bool(let flag): builder.append(flag)
    case .number(let text):
      if let whole = Int64(text) {
        builder.append(whole)
      } else if let real = Double(text) {
        builder.append(real)
      } else {
        builder.append(text)
      }
    case .string(let text): builder.append(text)
    case .list(let elements):
      builder.beginArray()
      for (index, element) in elements.enumerated() {
        element.write(into: &builder, path: "\(path)[\(index)]", visit)
      }
      builder.endArray()
    case .map(let members):
      builder.beginObject()
      var seen: Set<String> = []
      for member in members where seen.insert(member.key).inserted {
        builder.key(member.key)
        member.node.write(into: &builder, path: Self.path(path, member.key), visit)
      }
      builder.endObject()
    }
  }
}

extension CodeNode {
  /// The value as a document; what is unknown is null in it.
  package func json() -> JSONValue {
    var builder = JSONBuilder()
    write(into: &builder, path: "") { _, _ in }
    return builder.finish().root
  }

  /// The value at a path of keys.
  package func get(_ keys: some Sequence<String>) -> CodeNode? {
    var node = self
    for key in keys {
      if node.unknown != nil { return node }
      guard let next = node[key] else { return nil }
      node = next
    }
    return node
  }

  /// Puts `value` at a path of keys, making maps on the way.
  package mutating func set(_ keys: ArraySlice<String>, _ new: CodeNode) {
    guard let key = keys.first else {
      self = new
      return
    }
    var members = self.members
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].node.set(keys.dropFirst(), new)
    } else {
      var child = CodeNode(.map([]), at: new.place)
      child.set(keys.dropFirst(), new)
      members.append(CodeMember(key, child))
    }
    value = .map(members)
  }
}
