// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON

/// Cells whose expectation is the text of a documentation table.
enum PrintedCell {
  static func matches(_ printed: String, _ value: JSONValue, type: String, unordered: Bool) -> Bool {
    readings(printed).contains { matchesReading($0, value, type, unordered) }
  }

  private static func matchesReading(_ text: String, _ value: JSONValue, _ type: String, _ unordered: Bool) -> Bool {
    if value.isNull { return ["", "null", "(null)", "NULL", "Null"].contains(text) }
    let shown = Numbers.text(value)
    switch type {
    case "bool":
      return (value.boolean == true ? ["true", "1"] : ["false", "0"]).contains(text.lowercased())
    case "int", "long", "real", "decimal":
      return Numbers.same(Numbers.parse(text), Numbers.value(value), shown: text)
    case "datetime":
      guard let a = CellTime.datetime(text), let b = CellTime.datetime(shown) else { return false }
      // A table that shows whole seconds has cut the fraction off.
      return a == b || (b - a == b % 10_000_000 && !text.contains("."))
    case "timespan":
      return CellTime.timespan(text).map { $0 == CellTime.timespan(shown) } ?? false
    case "guid":
      return text.lowercased() == shown.lowercased()
    case "dynamic":
      return matchesDynamic(text, value, unordered)
    default:
      if text == shown || squeezed(text) == squeezed(shown) { return true }
      guard JSONCell.looksLikeJSON(shown), let a = try? JSONDocument.parse(text), let b = try? JSONDocument.parse(shown)
      else { return false }
      return JSONCell.same(a.root, b.root, unordered: unordered, loose: true)
    }
  }

  private static func matchesDynamic(_ text: String, _ value: JSONValue, _ unordered: Bool) -> Bool {
    let string = value.string
    if let string, text == string || squeezed(text) == squeezed(string) { return true }
    if let parsed = try? JSONDocument.parse(text),
      JSONCell.same(parsed.root, value, unordered: unordered, loose: true)
    {
      return true
    }
    if let string {
      if let moment = CellTime.datetime(text), moment == CellTime.datetime(string) { return true }
      return CellTime.timespan(text).map { $0 == CellTime.timespan(string) } ?? false
    }
    if text.filter({ !$0.isWhitespace }) == value.text.filter({ !$0.isWhitespace }) { return true }
    if Numbers.same(Numbers.parse(text), value.double, shown: text) { return true }
    return value.boolean.map { text.lowercased() == String($0) } ?? false
  }

  private static func squeezed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The text, and what is left of it without the marks of the page that it was printed on.
  private static func readings(_ cell: String) -> [String] {
    let text = cell.trimmingCharacters(in: .whitespacesAndNewlines)
    var all = [text]
    if text.count > 1, text.first == "`", text.last == "`" { all.append(String(text.dropFirst().dropLast())) }
    var plain = text
    for (entity, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&amp;", "&"),
    ] { plain = plain.replacingOccurrences(of: entity, with: character) }
    if plain != text { all.append(plain.trimmingCharacters(in: .whitespacesAndNewlines)) }
    let unescaped = unescape(plain)
    if unescaped != plain { all.append(unescaped.trimmingCharacters(in: .whitespacesAndNewlines)) }
    if text.count > 1, let quote = text.first, quote == text.last, quote == "\"" || quote == "'" {
      all.append(String(text.dropFirst().dropLast()))
    }
    return all
  }

  /// Markdown's backslash escapes.
  private static func unescape(_ text: String) -> String {
    let marks = Set("\\`*_{}[]()#+-.!|<>~\"'$@:/")
    var out = ""
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "\\", let next = rest.first, marks.contains(next) {
        out.append(next)
        rest.removeFirst()
      } else {
        out.append(character)
      }
    }
    return out
  }
}
