// SPDX-License-Identifier: Apache-2.0
internal import Content

/// Reads YAML as `yamldecode` does: plain scalars by the rules of YAML 1.1 where Terraform keeps to them, merge keys.
struct YAMLReader {
  private static let deepest = 100
  /// Aliases repeat what they name: this many values at most.
  private static let mostValues = 500_000

  private let events: YAMLEvents
  private var values = 0

  static func value(_ text: String) throws(FunctionFailure) -> Value {
    do throws(ContentError) {
      var reader = YAMLReader(events: try YAMLEvents(Array(text.utf8), path: "the text"))
      guard !reader.events.list.isEmpty else { return .null(.any) }
      return try reader.read(at: 0, depth: 0).value
    } catch {
      throw FunctionFailure("the text cannot be read as YAML: \(error)")
    }
  }

  private init(events: YAMLEvents) { self.events = events }

  private func fail(_ message: String, _ event: YAMLEvents.Event) -> ContentError {
    ContentError(
      .syntax, message,
      at: ContentLocation(path: "the text", line: Int(event.mark.line), column: Int(event.mark.column)))
  }

  /// The value whose first event is at an index, and the index after its last.
  private mutating func read(at index: Int, depth: Int) throws(ContentError) -> (value: Value, next: Int) {
    let event = events.list[index]
    values += 1
    guard depth < Self.deepest, values < Self.mostValues else {
      throw fail("nested too deep, or too many values (aliases repeat what they name)", event)
    }
    switch event.kind {
    case .alias(let target): return (try read(at: target, depth: depth + 1).value, index + 1)
    case .scalar(let isPlain): return (isPlain ? Self.plain(event.text) : Value(event.text), index + 1)
    case .sequence:
      var elements: [Value] = []
      var next = index + 1
      while !events.isEnd(next) {
        let (element, after) = try read(at: next, depth: depth + 1)
        elements.append(element)
        next = after
      }
      return (Value(tuple: elements), next + 1)
    case .mapping:
      var pairs: [(String, Value)] = []
      var merged: [(String, Value)] = []
      var next = index + 1
      while !events.isEnd(next) {
        let key = events.list[next]
        guard case .scalar = key.kind else { throw fail("a key must be a plain text", key) }
        let (value, after) = try read(at: next + 1, depth: depth + 1)
        if key.text == "<<" {
          for source in value.elements ?? [value] {
            merged = (source.members?.entries ?? []).map { ($0.key, $0.value) } + merged
          }
        } else {
          pairs.append((key.text, value))
        }
        next = after
      }
      return (Value(object: merged + pairs), next + 1)
    case .end: throw fail("unexpected end", event)
    }
  }

  private static func plain(_ text: String) -> Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null(.any)
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return Value(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return Value(false)
    default: break
    }
    guard let first = text.utf8.first, first == 0x2B || first == 0x2D || first == 0x2E || first &- 0x30 < 10 else {
      return Value(text)
    }
    if text.hasPrefix("0x"), let value = Int(text.dropFirst(2), radix: 16) { return Value(value) }
    if text.hasPrefix("0o"), let value = Int(text.dropFirst(2), radix: 8) { return Value(value) }
    if let number = Number(text) { return Value(number) }
    // A date is a time of that day's first second.
    if text.utf8.count == 10, (try? DateFunctions.Timestamp(text + "T00:00:00Z")) != nil {
      return Value(text + "T00:00:00Z")
    }
    return Value(text)
  }
}
