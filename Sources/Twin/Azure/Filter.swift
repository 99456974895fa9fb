// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// The part of OData's `$filter` that clients of the twin use: comparisons, `in`, `startswith`, `endswith`, `contains`,
/// `substringof`, `any` with one comparison, `and`, `or`, `not`; and what Resource Manager says of tags and scopes.
struct Filter {
  private enum Match { case equal, unequal, less, lessOrEqual, greater, greaterOrEqual, starts, ends, contains }

  private indirect enum Node {
    case match(JSONPath, Match, String)
    case one(JSONPath, of: [String])
    /// An element of a list: its member, or itself where that is nil.
    case any(JSONPath, JSONPath?, Match, String)
    /// A tag by its name and, where there is one, its value.
    case tag(String, String?)
    case tagValue(String)
    /// What the list already sees to.
    case always
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
    case .match(let path, let match, let value): holds(text(item, path), match, value)
    case .one(let path, let values): values.contains { holds(text(item, path), .equal, $0) }
    case .any(let path, let member, let match, let value):
      elements(item.get(path)).contains { holds(text($0, member ?? JSONPath(steps: [])), match, value) }
    case .tag(let name, let value):
      tags(item).contains { $0.name == name.lowercased() && (value == nil || $0.value == value?.lowercased()) }
    case .tagValue(let value): tags(item).contains { $0.value == value.lowercased() }
    case .always: true
    case .both(let a, let b): holds(a, item) && holds(b, item)
    case .either(let a, let b): holds(a, item) || holds(b, item)
    case .not(let a): !holds(a, item)
    }
  }

  private static func holds(_ text: String?, _ match: Match, _ value: String) -> Bool {
    let value = value.lowercased()
    guard let text else { return match == .unequal }
    switch match {
    case .equal: return text == value
    case .unequal: return text != value
    case .starts: return text.hasPrefix(value)
    case .ends: return text.hasSuffix(value)
    case .contains: return text.contains(value)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      // Dates of one form stand in the order of their text.
      let order = Double(text).flatMap { a in Double(value).map { a < $0 ? -1 : a > $0 ? 1 : 0 } }
      let found = order ?? (text < value ? -1 : text > value ? 1 : 0)
      switch match {
      case .less: return found < 0
      case .lessOrEqual: return found <= 0
      case .greater: return found > 0
      default: return found >= 0
      }
    }
  }

  private static func elements(_ list: JSONDraft?) -> [JSONDraft] {
    switch list {
    case .value(let value): value.elements.map(JSONDraft.value)
    case .array(let elements): elements
    default: []
    }
  }

  private static func tags(_ item: JSONDraft) -> [(name: String, value: String)] {
    item["tags"]?.thawed().map { ($0.key.lowercased(), $0.value.string?.lowercased() ?? "") } ?? []
  }

  /// The value there in lower case, `null` where there is none. Members of properties need not be said to be there.
  private static func text(_ item: JSONDraft, _ path: JSONPath) -> String? {
    let steps = path.steps == [.key("resourceType")] ? [.key("type")] : path.steps
    let found = item.get(JSONPath(steps: steps)) ?? item.get(JSONPath(steps: [.key("properties")] + steps))
    guard let found, !found.isNull else { return "null" }
    switch found {
    case .string(let text): return text.lowercased()
    case .bool(let value): return value ? "true" : "false"
    case .value(let value):
      return value.string?.lowercased() ?? value.numberLiteral ?? value.boolean.map { $0 ? "true" : "false" }
    default: return nil
    }
  }

  private struct Reader {
    private var rest: Substring
    /// Parentheses and `not` nest no deeper.
    private var depth = 0
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
        // The value belongs to the tag that was named before it.
        if case .tag(let name, nil) = node, case .tagValue(let value) = next {
          node = .tag(name, value)
        } else {
          node = .both(node, next)
        }
      }
      return node
    }

    private mutating func one() -> Node? {
      depth += 1
      defer { depth -= 1 }
      guard depth < 50 else { return nil }
      if word("not") { return one().map(Node.not) }
      if mark("(") {
        guard let node = either(), mark(")") else { return nil }
        return node
      }
      if word("atscope") { return mark("(") && mark(")") ? .always : nil }
      if word("assignedto") {
        guard mark("("), let value = value(), mark(")") else { return nil }
        return .match(JSONPath(steps: [.key("principalId")]), .equal, value)
      }
      if word("substringof") {
        guard mark("("), let value = value(), mark(","), let path = path(), mark(")") else { return nil }
        return .match(path, .contains, value)
      }
      for (name, match) in [("startswith", Match.starts), ("endswith", .ends), ("contains", .contains)]
      where word(name) {
        guard mark("("), let path = path(), mark(","), let value = value(), mark(")") else { return nil }
        return .match(path, match, value)
      }
      guard let path = path() else { return nil }
      if mark("(") { return any(path) }
      if word("in") {
        guard mark("(") else { return nil }
        var values: [String] = []
        repeat {
          guard let value = value() else { return nil }
          values.append(value)
        } while mark(",")
        return mark(")") ? .one(path, of: values) : nil
      }
      guard let match = comparison(), let value = value() else { return nil }
      switch (path.description.lowercased(), match) {
      case ("tagname", .equal): return .tag(value, nil)
      case ("tagvalue", .equal): return .tagValue(value)
      default: return .match(path, match, value)
      }
    }

    private mutating func comparison() -> Match? {
      let words: [(String, Match)] = [
        ("eq", .equal), ("ne", .unequal), ("lt", .less), ("le", .lessOrEqual), ("gt", .greater),
        ("ge", .greaterOrEqual),
      ]
      for (name, match) in words where word(name) { return match }
      return nil
    }

    /// `list/any(x: x eq 'a')`, `list/any(x: x/member eq 'a')`, past the parenthesis.
    private mutating func any(_ path: JSONPath) -> Node? {
      guard case .key("any")? = path.steps.last, let name = self.path(), mark(":") else { return nil }
      let list = JSONPath(steps: Array(path.steps.dropLast()))
      guard let inner = self.path(), inner.steps.first == name.steps.first, let match = comparison(),
        let value = value(),
        mark(")")
      else { return nil }
      let member = Array(inner.steps.dropFirst())
      return .any(list, member.isEmpty ? nil : JSONPath(steps: member), match, value)
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
