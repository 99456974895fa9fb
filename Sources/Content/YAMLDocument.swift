// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A YAML file as a JSON document that remembers where each value stands.
///
/// Plain scalars follow YAML 1.2's core schema (`yes` and dates stay strings; so do numbers with a leading zero, as
/// account ids have). Aliases are expanded within a bound. Several documents in a file, merge keys, tags and duplicate
/// keys are refused.
package struct YAMLDocument: Sendable {
  package let path: String
  package let root: JSONValue
  /// Line and column of every word of the document's tape.
  private let marks: [YAMLMark]

  package init(_ file: ContentFile) throws(ContentError) {
    try self.init(parsing: file.bytes, path: file.displayPath)
  }

  /// - Parameter path: the name of the file in messages.
  package init(parsing bytes: [UInt8], path: String) throws(ContentError) {
    guard bytes.count <= ContentLibrary.fileSizeLimit else {
      throw ContentError(.tooLarge, "the file is too large", at: ContentLocation(path: path))
    }
    let events = try YAMLEvents(bytes, path: path)
    var writer = YAMLWriter(events: events)
    try writer.write()
    self.path = path
    (root, marks) = writer.finish()
  }

  /// Where `value`, a part of this document, begins.
  package func location(of value: JSONValue) -> ContentLocation {
    let index = Int(value.node)
    guard marks.indices.contains(index) else { return ContentLocation(path: path) }
    return ContentLocation(path: path, line: Int(marks[index].line), column: Int(marks[index].column))
  }

  /// Where the value at `path` begins; the nearest one above it where there is none.
  package func location(of path: JSONPath) -> ContentLocation {
    var steps = path.steps
    while true {
      if let value = root.value(at: JSONPath(steps: steps)) { return location(of: value) }
      if steps.popLast() == nil { return location(of: root) }
    }
  }

  /// The root as a node to read typed values from.
  package var node: ContentNode { ContentNode(document: self, value: root) }
}

package struct YAMLMark: Sendable {
  package let line: UInt32
  package let column: UInt32
}

/// Writes parser events as a JSON document.
struct YAMLWriter: ~Copyable {
  static let depthLimit = 100
  static let valueLimit = 1_000_000
  static let byteLimit = 64 << 20

  let events: YAMLEvents
  private var builder = JSONBuilder()
  private var marks: [YAMLMark] = []

  init(events: YAMLEvents) { self.events = events }

  mutating func write() throws(ContentError) {
    guard !events.list.isEmpty else {
      marks.append(YAMLMark(line: 1, column: 1))
      return builder.appendNull()
    }
    _ = try value(at: 0, depth: 0)
  }

  consuming func finish() -> (JSONValue, [YAMLMark]) { (builder.finish().root, marks) }

  /// Writes the value whose first event is at `index`; returns the index after its last.
  private mutating func value(at index: Int, depth: Int) throws(ContentError) -> Int {
    let event = events.list[index]
    guard depth < Self.depthLimit else { throw events.error(.tooLarge, "nested too deep", at: event) }
    guard marks.count < Self.valueLimit, builder.byteCount < Self.byteLimit else {
      throw events.error(.tooLarge, "too many values (aliases repeat what they name)", at: event)
    }
    switch event.kind {
    case .alias(let target):
      _ = try value(at: target, depth: depth + 1)
      return index + 1
    case .scalar(let isPlain):
      marks.append(event.mark)
      scalar(event.text, isPlain: isPlain)
      return index + 1
    case .sequence:
      marks.append(event.mark)
      builder.beginArray()
      var next = index + 1
      while !events.isEnd(next) { next = try value(at: next, depth: depth + 1) }
      builder.endArray()
      return next + 1
    case .mapping:
      marks.append(event.mark)
      builder.beginObject()
      var seen: Set<String> = []
      var next = index + 1
      while !events.isEnd(next) {
        let key = events.list[next]
        guard case .scalar = key.kind else { throw events.error(.syntax, "a key must be a plain text", at: key) }
        guard key.text != "<<" else { throw events.error(.syntax, "merge keys (<<) are not supported", at: key) }
        guard seen.insert(key.text).inserted else {
          throw events.error(.duplicateKey, "'\(key.text)' is given twice", at: key)
        }
        marks.append(key.mark)
        builder.key(key.text)
        next = try value(at: next + 1, depth: depth + 1)
      }
      builder.endObject()
      return next + 1
    case .end:
      throw events.error(.syntax, "unexpected end", at: event)
    }
  }

  private mutating func scalar(_ text: String, isPlain: Bool) {
    guard isPlain else { return builder.append(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": builder.appendNull()
    case "true", "True", "TRUE": builder.append(true)
    case "false", "False", "FALSE": builder.append(false)
    default:
      if let integer = Self.integer(text) {
        builder.append(integer)
      } else if let double = Self.double(text) {
        // A number that JSON knows as well keeps its digits, which Double may not hold.
        if let number = try? JSONDocument(parsing: Array(text.utf8)) {
          builder.append(number.root)
        } else {
          builder.append(double)
        }
      } else {
        builder.append(text)
      }
    }
  }

  private static func integer(_ text: String) -> Int64? {
    guard let first = text.utf8.first, first == 0x2B || first == 0x2D || isDigit(first) else { return nil }
    if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8) }
    return hasLeadingZero(text) ? nil : Int64(text)
  }

  private static func double(_ text: String) -> Double? {
    guard let first = text.utf8.first, first == 0x2B || first == 0x2D || first == 0x2E || isDigit(first),
      text.utf8.contains(where: isDigit), !hasLeadingZero(text),
      text.utf8.allSatisfy({ isDigit($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) })
    else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func hasLeadingZero(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == 0x2B || $0 == 0x2D }
    guard digits.first == 0x30, let second = digits.dropFirst().first else { return false }
    return isDigit(second)
  }
}
