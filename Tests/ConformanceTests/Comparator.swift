// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON

/// Why an answer is not the expected one.
enum Verdict: String {
  case match, columns, rowcount, values, order, error
}

/// Judges an answer `{"columns":[{"name","type"}],"rows":[[...]]}` by a case of the suite.
///
/// Answers measured on an emulator are typed and compared exactly; those printed in documentation are texts, so a cell
/// matches when any sensible reading of the text is the cell's value.
struct Comparator {
  let expected: JSONValue
  private let isUnordered: Bool
  private let isPrinted: Bool
  private let isOrdered: Bool
  private let sortKeys: [String]?

  init(case item: JSONValue) {
    expected = item["expected"] ?? .null
    isUnordered = item["arrays_unordered"]?.boolean ?? false
    isPrinted = item["truth"]?.string == "docs"
    isOrdered = item["ordered"]?.boolean ?? false
    sortKeys = item["sort_keys"].flatMap { $0.kind == .array ? $0.elements.compactMap(\.string) : nil }
  }

  func judge(_ answer: JSONValue) -> (verdict: Verdict, detail: String) {
    let names = Self.list(expected["columns"]).map { $0["name"]?.string ?? "" }
    let given = Self.list(answer["columns"]).map { $0["name"]?.string ?? "" }
    let areNamesUncertain = expected["names_uncertain"]?.boolean ?? false
    guard names == given || (areNamesUncertain && names.count == given.count) else {
      return (.columns, "expected \(names), got \(given)")
    }
    let types = Self.list(answer["columns"]).map { $0["type"]?.string ?? "" }
    let expectedTypes = Self.list(expected["columns"]).map { $0["type"]?.string }
    let wanted = Self.list(expected["rows"]).map { Self.list($0) }
    let got = Self.list(answer["rows"]).map { Self.list($0) }

    func sameCell(_ a: JSONValue, _ b: JSONValue, _ column: Int) -> Bool {
      isPrinted
        ? PrintedCell.matches(a.string ?? a.text, b, type: types[column], unordered: isUnordered)
        : TypedCell.matches(a, b, type: expectedTypes[column] ?? types[column], unordered: isUnordered)
    }
    func sameRow(_ a: [JSONValue], _ b: [JSONValue]) -> Bool {
      let width = min(a.count, b.count, types.count)
      return (0..<width).allSatisfy { sameCell(a[$0], b[$0], $0) }
    }

    let isPartial = expected["partial"]?.boolean ?? false
    guard wanted.count == got.count || (isPartial && wanted.count <= got.count) else {
      return (.rowcount, "expected \(wanted.count) rows, got \(got.count)")
    }
    if !isPartial, zip(wanted, got).allSatisfy(sameRow) { return (.match, "") }
    var rest = Array(got.indices)
    var used: [Int] = []
    for row in wanted {
      guard let found = rest.firstIndex(where: { sameRow(row, got[$0]) }) else {
        return (.values, "no row equals \(Self.text(row)); the first is \(Self.text(got.first ?? []))")
      }
      used.append(rest.remove(at: found))
    }
    guard isOrdered, !isPartial else { return (.match, "") }
    if let keys = sortKeys?.map({ names.firstIndex(of: $0) }), !keys.contains(nil) {
      let columns = keys.compactMap { $0 }
      let same = zip(wanted, got).allSatisfy { a, b in columns.allSatisfy { sameCell(a[$0], b[$0], $0) } }
      return same ? (.match, "") : (.order, "the sort keys come in another order")
    }
    return used == used.sorted() ? (.match, "") : (.order, "the same rows in another order")
  }

  /// Columns whose type is not the one that the emulator gave.
  func typeMismatches(_ answer: JSONValue) -> [String] {
    zip(Self.list(expected["columns"]), Self.list(answer["columns"])).compactMap { want, got in
      guard let type = want["type"]?.string, let given = got["type"]?.string, type != given else { return nil }
      return "\(want["name"]?.string ?? ""): \(type), got \(given)"
    }
  }

  private static func list(_ value: JSONValue?) -> [JSONValue] { value.map { Array($0.elements) } ?? [] }
  private static func text(_ row: [JSONValue]) -> String {
    String("[\(row.map(\.text).joined(separator: ","))]".prefix(300))
  }
}

/// Cells whose expectation is a typed value.
enum TypedCell {
  static func matches(_ expected: JSONValue, _ value: JSONValue, type: String, unordered: Bool) -> Bool {
    if expected.isNull || value.isNull { return expected.isNull && value.isNull }
    switch type {
    case "bool":
      return value.string == nil && Numbers.truth(expected) == Numbers.truth(value)
    case "int", "long":
      if let a = expected.int64, let b = value.int64 { return a == b }
      guard let a = Numbers.value(expected), let b = Numbers.value(value) else { return false }
      return a == b
    case "real", "decimal":
      return Numbers.same(Numbers.value(expected), Numbers.value(value))
    case "datetime":
      return CellTime.datetime(Numbers.text(expected)).map { $0 == CellTime.datetime(Numbers.text(value)) } ?? false
    case "timespan":
      return CellTime.timespan(Numbers.text(expected)).map { $0 == CellTime.timespan(Numbers.text(value)) } ?? false
    case "guid":
      return Numbers.text(expected).lowercased() == Numbers.text(value).lowercased()
    case "dynamic":
      return JSONCell.same(expected, value, unordered: unordered)
    default:
      if expected == value { return true }
      guard let a = expected.string, let b = value.string, JSONCell.looksLikeJSON(a), JSONCell.looksLikeJSON(b),
        let left = try? JSONDocument.parse(a), let right = try? JSONDocument.parse(b)
      else { return false }
      return JSONCell.same(left.root, right.root, unordered: unordered)
    }
  }
}

/// Equality of dynamic values: numbers nearly equal, times by the moment that they name.
enum JSONCell {
  static func looksLikeJSON(_ text: String) -> Bool { text.hasPrefix("[") || text.hasPrefix("{") }

  static func same(_ a: JSONValue, _ b: JSONValue, unordered: Bool, loose: Bool = false) -> Bool {
    switch (a.kind, b.kind) {
    case (.object, .object):
      guard a.count == b.count else { return false }
      return a.members.allSatisfy { key, value in
        guard let other = b[key.string ?? ""] else { return false }
        return same(value, other, unordered: unordered, loose: loose)
      }
    case (.array, .array):
      guard a.count == b.count else { return false }
      if !unordered { return zip(a.elements, b.elements).allSatisfy { same($0, $1, unordered: false, loose: loose) } }
      var rest = Array(b.elements)
      for item in a.elements {
        guard let index = rest.firstIndex(where: { same(item, $0, unordered: true, loose: loose) }) else {
          return false
        }
        rest.remove(at: index)
      }
      return true
    case (.bool, .bool): return a.boolean == b.boolean
    case (.bool, _), (_, .bool): return loose && Numbers.text(a).lowercased() == Numbers.text(b).lowercased()
    case (.integer, .integer) where a.int64 == b.int64: return true
    case (.integer, _), (.double, _), (.number, _):
      if b.double != nil { return Numbers.same(a.double, b.double, relative: loose ? 1e-6 : 1e-9) }
    case (.string, .string):
      if a == b { return true }
      let left = a.string ?? ""
      let right = b.string ?? ""
      if let moment = CellTime.datetime(left), moment == CellTime.datetime(right) { return true }
      return CellTime.timespan(left).map { $0 == CellTime.timespan(right) } ?? false
    case (.null, .null): return true
    default: break
    }
    guard loose else { return false }
    if a.isNull || b.isNull { return (a.isNull || a.string == "") && (b.isNull || b.string == "") }
    if Numbers.same(Numbers.value(a), Numbers.value(b), relative: 1e-6) { return true }
    return Numbers.text(a) == Numbers.text(b)
  }
}

enum Numbers {
  static func text(_ value: JSONValue) -> String { value.string ?? value.text }

  static func truth(_ value: JSONValue) -> Bool {
    value.boolean ?? value.double.map { $0 != 0 } ?? value.string.map { !$0.isEmpty } ?? (value.count > 0)
  }

  /// A number, or a text that spells one.
  static func value(_ value: JSONValue) -> Double? {
    if let text = value.string { return parse(text) }
    return value.double
  }

  static func parse(_ text: String) -> Double? {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines).replacingOccurrences(of: ",", with: "")
    switch text.lowercased() {
    case "nan": return .nan
    case "infinity", "inf", "+infinity", "\u{221e}": return .infinity
    case "-infinity", "-inf", "-\u{221e}": return -.infinity
    case let lower where lower.contains("x"): return nil
    default: return Double(text)
    }
  }

  /// Equal but for rounding; `shown` is a printed number, whose last digit may be rounded.
  static func same(_ a: Double?, _ b: Double?, relative: Double = 1e-9, shown: String? = nil) -> Bool {
    guard let a, let b else { return false }
    if a.isNaN && b.isNaN || a == b { return true }
    guard a.isFinite, b.isFinite else { return false }
    if abs(a - b) <= max(relative * max(abs(a), abs(b)), 1e-12) { return true }
    guard let shown else { return false }
    let digits = shown.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: ",", with: "")
    let parts = digits.lowercased().split(separator: "e", maxSplits: 1)
    guard let point = parts.first?.firstIndex(of: ".") else { return false }
    let decimals = parts[0].distance(from: point, to: parts[0].endIndex) - 1
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return decimals >= 2 && abs(a - b) <= pow(10, Double(exponent - decimals)) * 1.0000001
  }
}
