// SPDX-License-Identifier: Apache-2.0

/// What Google's lists and searches take as a filter: words and `field:value`, `field=value`, `field!=value`, joined by
/// `AND`, `OR`, `NOT` and parentheses; terms side by side are all to hold.
struct GoogleQuery {
  private enum Match { case has, equal, unequal }

  private indirect enum Node {
    case word(String)
    case field(String, Match, String)
    case all([Node])
    case either([Node])
    case not(Node)
  }
  private let root: Node

  /// Nil where the text is no such filter.
  init?(_ text: String) {
    var reader = Reader(text)
    guard let node = reader.either(), reader.isAtEnd else { return nil }
    root = node
  }

  /// - Parameters:
  ///   - texts: what there is in a field; of the empty name everything that a bare word may be in.
  func holds(_ texts: (String) -> [String]) -> Bool { Self.holds(root, texts) }

  private static func holds(_ node: Node, _ texts: (String) -> [String]) -> Bool {
    switch node {
    case .word(let word): texts("").contains { matches($0.lowercased(), "*\(word.lowercased())*") }
    case .field(let field, let match, let value):
      switch match {
      case .has: texts(field).contains { matches($0.lowercased(), "*\(value.lowercased())*") }
      case .equal: texts(field).contains { matches($0.lowercased(), value.lowercased()) }
      case .unequal: !texts(field).contains { matches($0.lowercased(), value.lowercased()) }
      }
    case .all(let nodes): nodes.allSatisfy { holds($0, texts) }
    case .either(let nodes): nodes.contains { holds($0, texts) }
    case .not(let node): !holds(node, texts)
    }
  }

  /// Whether a text is the pattern, in which `*` stands for anything.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == pattern }
    guard text.hasPrefix(first), text.utf8.count >= first.utf8.count + last.utf8.count, text.hasSuffix(last) else {
      return false
    }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  private struct Reader {
    private var rest: Substring
    private var depth = 0
    init(_ text: String) { rest = Substring(text) }

    var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

    mutating func either() -> Node? {
      guard let first = all() else { return nil }
      var nodes = [first]
      while word("OR") {
        guard let next = all() else { return nil }
        nodes.append(next)
      }
      return nodes.count == 1 ? first : .either(nodes)
    }

    private mutating func all() -> Node? {
      var nodes: [Node] = []
      while true {
        skip()
        if rest.isEmpty || rest.first == ")" || isNext("OR") { break }
        if word("AND") { continue }
        guard let node = one() else { return nil }
        nodes.append(node)
      }
      return .all(nodes)
    }

    private mutating func one() -> Node? {
      depth += 1
      defer { depth -= 1 }
      guard depth < 50 else { return nil }
      skip()
      if word("NOT") || rest.first == "-" {
        if rest.first == "-" { rest.removeFirst() }
        return one().map(Node.not)
      }
      if rest.first == "(" {
        rest.removeFirst()
        guard let node = either() else { return nil }
        skip()
        guard rest.first == ")" else { return nil }
        rest.removeFirst()
        return node
      }
      guard let name = text(until: " ():=!<>") else { return nil }
      let after = rest
      skip()
      for (sign, match) in [(":", Match.has), ("=", .equal), ("!=", .unequal), ("<>", .unequal)]
      where rest.hasPrefix(sign) {
        rest.removeFirst(sign.count)
        skip()
        return text(until: " ()").map { .field(name, match, $0) }
      }
      if word("eq") { return text(until: " ()").map { .field(name, .equal, $0) } }
      if word("ne") { return text(until: " ()").map { .field(name, .unequal, $0) } }
      rest = after
      return .word(name)
    }

    /// A quoted text or what there is up to one of the signs; nil for nothing.
    private mutating func text(until signs: String) -> String? {
      skip()
      if rest.first == "\"" || rest.first == "'" {
        let quote = rest.removeFirst()
        let found = rest.prefix { $0 != quote }
        guard found.endIndex < rest.endIndex else { return nil }
        rest = rest[rest.index(after: found.endIndex)...]
        return String(found)
      }
      let found = rest.prefix { !signs.contains($0) }
      rest = rest[found.endIndex...]
      return found.isEmpty ? nil : String(found)
    }

    private mutating func skip() { rest = rest.drop(while: \.isWhitespace) }

    private func isNext(_ text: String) -> Bool { rest.prefix { $0.isLetter } == text }

    private mutating func word(_ text: String) -> Bool {
      skip()
      guard isNext(text) else { return false }
      let after = rest.dropFirst(text.count)
      guard after.first.map({ $0.isWhitespace || $0 == "(" }) ?? true else { return false }
      rest = after
      return true
    }
  }
}
