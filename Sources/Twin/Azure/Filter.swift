// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// The part of OData's `$filter` that clients of the twin use: `eq`, `ne`, `startswith`, `endswith`, joined by `and`, `or`.
struct Filter {
  private indirect enum Node {
    case compare(JSONPath, String, isEqual: Bool)
    case starts(JSONPath, String)
    case ends(JSONPath, String)
    case both(Node, Node)
    case either(Node, Node)
    case not(Node)
  }
  private let root: Node

  /// Nil where the text is something else.
  init?(_ text: String) {
    var reader = Reader(text)
    guard let node = reader.either(), reader.isAtEnd else { return nil }
    root = node
  }

  func holds(_ item: JSONDraft) -> Bool { Self.holds(root, item) }

  private static func holds(_ node: Node, _ item: JSONDraft) -> Bool {
    switch node {
    case .compare(let path, let value, let isEqual): (text(item, path) == value.lowercased()) == isEqual
    case .starts(let path, let value): text(item, path)?.hasPrefix(value.lowercased()) ?? false
    case .ends(let path, let value): text(item, path)?.hasSuffix(value.lowercased()) ?? false
    case .both(let a, let b): holds(a, item) && holds(b, item)
    case .either(let a, let b): holds(a, item) || holds(b, item)
    case .not(let a): !holds(a, item)
    }
  }

  /// The value there in lower case, `null` where there is none. `resourceType` stands for `type`, as ARM has it.
  private static func text(_ item: JSONDraft, _ path: JSONPath) -> String? {
    var path = path
    if path.description == "resourceType" { path = JSONPath(steps: [.key("type")]) }
    guard let value = item.get(path), !value.isNull else { return "null" }
    switch value {
    case .string(let text): return text.lowercased()
    case .value(let value):
      return value.string?.lowercased() ?? value.numberLiteral ?? value.boolean.map { $0 ? "true" : "false" }
    default: return nil
    }
  }

  private struct Reader {
    private var rest: Substring
    init(_ text: String) { rest = Substring(text) }

    var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

    mutating func either() -> Node? {
      guard var node = both() else { return nil }
      while word("or") {
        guard let next = both() else { return nil }
        node = .either(node, next)
      }
      return node
    }

    private mutating func both() -> Node? {
      guard var node = one() else { return nil }
      while word("and") {
        guard let next = one() else { return nil }
        node = .both(node, next)
      }
      return node
    }

    private mutating func one() -> Node? {
      if word("not") { return one().map(Node.not) }
      if mark("(") {
        guard let node = either(), mark(")") else { return nil }
        return node
      }
      for (name, isStart) in [("startswith", true), ("endswith", false)] where word(name) {
        guard mark("("), let path = path(), mark(","), let value = value(), mark(")") else { return nil }
        return isStart ? .starts(path, value) : .ends(path, value)
      }
      guard let path = path() else { return nil }
      if word("eq") { return value().map { .compare(path, $0, isEqual: true) } }
      if word("ne") { return value().map { .compare(path, $0, isEqual: false) } }
      return nil
    }

    private mutating func skip() { rest = rest.drop(while: \.isWhitespace) }

    private mutating func mark(_ text: Character) -> Bool {
      skip()
      guard rest.first == text else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func word(_ text: String) -> Bool {
      skip()
      let found = rest.prefix { $0.isLetter }
      guard found.lowercased() == text else { return false }
      rest = rest[found.endIndex...]
      return true
    }

    private mutating func path() -> JSONPath? {
      skip()
      let found = rest.prefix { $0.isLetter || $0.isNumber || "_./".contains($0) }
      rest = rest[found.endIndex...]
      let steps = found.split { $0 == "." || $0 == "/" }.map { JSONPath.Step.key(String($0)) }
      return steps.isEmpty ? nil : JSONPath(steps: steps)
    }

    private mutating func value() -> String? {
      skip()
      guard rest.first == "'" else {
        let found = rest.prefix { !$0.isWhitespace && $0 != ")" && $0 != "," }
        rest = rest[found.endIndex...]
        return found.isEmpty ? nil : String(found)
      }
      rest.removeFirst()
      var text = ""
      while let next = rest.popFirst() {
        if next == "'" {
          guard rest.first == "'" else { return text }
          rest.removeFirst()
        }
        text.append(next)
      }
      return nil
    }
  }
}
