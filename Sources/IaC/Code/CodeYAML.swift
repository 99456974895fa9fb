// SPDX-License-Identifier: Apache-2.0
internal import Content

/// Reads YAML with its places. A tag such as `!Ref x` becomes the mapping that it is short for (`{Ref: x}`).
struct CodeYAML {
  static let depthLimit = 200
  static let valueLimit = 1_000_000

  private let events: YAMLEvents
  private var values = 0
  private var textBytes = 0

  static func read(_ bytes: [UInt8], path: String) throws(CodeError) -> CodeNode {
    guard bytes.count <= CodeJSON.byteLimit else {
      throw CodeError("the file is too large", at: CodePlace(path: path, line: 1, column: 1))
    }
    let events: YAMLEvents
    do {
      events = try YAMLEvents(bytes, path: path, keepsTags: true)
    } catch {
      let place = CodePlace(path: path, line: error.location.line ?? 1, column: error.location.column ?? 1)
      throw CodeError(error.message, at: place)
    }
    var reader = CodeYAML(events: events)
    guard !events.list.isEmpty else { return CodeNode(.null, at: CodePlace(path: path, line: 1, column: 1)) }
    return try reader.node(at: 0, depth: 0).node
  }

  private init(events: YAMLEvents) { self.events = events }

  private func place(_ event: YAMLEvents.Event) -> CodePlace {
    CodePlace(path: events.path, line: Int(event.mark.line), column: Int(event.mark.column))
  }

  /// The value whose first event is at `index`, and the index after its last.
  private mutating func node(at index: Int, depth: Int) throws(CodeError) -> (node: CodeNode, next: Int) {
    let event = events.list[index]
    let place = place(event)
    values += 1
    guard depth < Self.depthLimit else { throw CodeError("nested too deep", at: place) }
    guard values < Self.valueLimit else {
      throw CodeError("too many values (aliases repeat what they name)", at: place)
    }
    var value: CodeValue
    var next = index + 1
    switch event.kind {
    case .alias(let target):
      return (try node(at: target, depth: depth + 1).node, next)
    case .scalar(let isPlain):
      textBytes += event.text.utf8.count
      guard textBytes <= 2 * CodeJSON.byteLimit else {
        throw CodeError("too much text (aliases repeat what they name)", at: place)
      }
      value = isPlain && event.tag == nil ? Self.scalar(event.text) : .string(event.text)
    case .sequence:
      var elements: [CodeNode] = []
      while !events.isEnd(next) {
        let element = try node(at: next, depth: depth + 1)
        elements.append(element.node)
        next = element.next
      }
      next += 1
      value = .list(elements)
    case .mapping:
      var members: [CodeMember] = []
      var seen: Set<String> = []
      while !events.isEnd(next) {
        let key = events.list[next]
        guard case .scalar = key.kind else { throw CodeError("a key must be a plain text", at: self.place(key)) }
        guard seen.insert(key.text).inserted else {
          throw CodeError("'\(key.text)' is given twice", at: self.place(key))
        }
        let member = try node(at: next + 1, depth: depth + 1)
        members.append(CodeMember(key.text, member.node, at: self.place(key)))
        next = member.next
      }
      next += 1
      value = .map(members)
    case .end:
      throw CodeError("unexpected end", at: place)
    }
    if let tag = event.tag, let name = Self.function(tag) {
      value = .map([CodeMember(name, CodeNode(value, at: place))])
    }
    return (CodeNode(value, at: place), next)
  }

  /// The function that a tag is short for; nil for tags of YAML itself.
  private static func function(_ tag: String) -> String? {
    guard tag.hasPrefix("!"), tag.utf8.count > 1 else { return nil }
    let name = String(tag.dropFirst())
    return name == "Ref" || name == "Condition" ? name : "Fn::" + name
  }

  private static func scalar(_ text: String) -> CodeValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default:
      guard let first = text.utf8.first,
        first == 0x2D || first == 0x2B || first == 0x2E || (0x30...0x39).contains(first),
        Double(text) != nil
      else { return .string(text) }
      // An account's id begins with a zero and is no number.
      let digits = text.drop { $0 == "-" || $0 == "+" }
      let isPadded =
        digits.utf8.first == 0x30 && digits.utf8.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
      return isPadded ? .string(text) : .number(text)
    }
  }
}
