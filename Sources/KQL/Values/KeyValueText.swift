// SPDX-License-Identifier: Apache-2.0

/// Texts of keys and values, as `parse-kv` reads them: the first value of a key counts, white space around it does not.
struct KeyValueText: Sendable {
  private let pair: [Character]
  private let keyValue: [Character]
  private let quotes: [(open: Character, close: Character)]
  private let escapes: [Character]
  private let isGreedy: Bool
  private let regex: String?
  /// Without delimiters, whatever is neither letter nor digit delimits.
  private let isOpen: Bool
  private let keys: [[Character]]

  init(_ options: [String: String], keys: [String]) {
    func repeated(_ name: String) -> [String] {
      options[name]?.split(separator: "\u{0}").map(String.init) ?? []
    }
    pair = Array(options["pair_delimiter"] ?? "")
    keyValue = Array(options["kv_delimiter"] ?? "=")
    isOpen = options["pair_delimiter"] == nil && options["kv_delimiter"] == nil
    quotes = repeated("quote").compactMap { text in
      text.first.map { open in (open, text.dropFirst().first ?? open) }
    }
    escapes = repeated("escape").compactMap(\.first)
    isGreedy = options["greedy"]?.lowercased() == "true"
    regex = options["regex"]
    self.keys = keys.map { Array($0) }
  }

  func read(_ text: String) throws -> [String: String] {
    if let regex {
      var values: [String: String] = [:]
      for groups in try RegularExpression.cached(regex).all(in: text) where groups.count > 2 {
        if let key = groups[1], let value = groups[2], values[String(key)] == nil {
          values[String(key)] = String(value)
        }
      }
      return values
    }
    let characters = Array(text)
    return isOpen ? readOpen(characters) : readPairs(characters)
  }

  private func starts(_ part: [Character], _ text: [Character], _ at: Int) -> Bool {
    !part.isEmpty && at + part.count <= text.count && text[at..<at + part.count].elementsEqual(part)
  }

  private func isPairEnd(_ text: [Character], _ at: Int) -> Bool {
    pair.isEmpty ? [" ", ",", ";"].contains(text[at]) : starts(pair, text, at)
  }

  /// A quoted text at `at`, which is moved past it, or nil.
  private func quoted(_ text: [Character], _ at: inout Int) -> String? {
    guard at < text.count, let quote = quotes.first(where: { $0.open == text[at] }) else { return nil }
    var out = ""
    at += 1
    while at < text.count {
      if escapes.contains(text[at]), at + 1 < text.count {
        at += 1
      } else if text[at] == quote.close {
        break
      }
      out.append(text[at])
      at += 1
    }
    at = min(text.count, at + 1)
    return out
  }

  private static func trimmed(_ text: ArraySlice<Character>) -> String {
    var text = text
    while text.first?.isWhitespace ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }

  private func readPairs(_ text: [Character]) -> [String: String] {
    var values: [String: String] = [:]
    let width = max(1, pair.count)
    var at = 0
    while at < text.count {
      if isPairEnd(text, at) {
        at += width
        continue
      }
      if text[at].isWhitespace {
        at += 1
        continue
      }
      var key: String
      if let name = quoted(text, &at) {
        key = name
        while at < text.count, text[at].isWhitespace, !isPairEnd(text, at) { at += 1 }
      } else {
        let start = at
        while at < text.count, !starts(keyValue, text, at), !isPairEnd(text, at) { at += 1 }
        key = Self.trimmed(text[start..<at])
      }
      guard starts(keyValue, text, at) else { continue }
      at += keyValue.count
      while at < text.count, text[at].isWhitespace, !isPairEnd(text, at) { at += 1 }
      let value: String
      if let inner = quoted(text, &at) {
        value = inner
      } else {
        let start = at
        while at < text.count, !isPairEnd(text, at) || (isGreedy && !beginsKey(text, at + width)) { at += 1 }
        value = Self.trimmed(text[start..<at])
      }
      if values[key] == nil { values[key] = value }
    }
    return values
  }

  /// Whether one of the keys wanted stands at `at` with the sign between keys and values after it.
  private func beginsKey(_ text: [Character], _ at: Int) -> Bool {
    var at = at
    while at < text.count, text[at].isWhitespace { at += 1 }
    return keys.contains { key in starts(key, text, at) && starts(keyValue, text, at + key.count) }
  }

  private func readOpen(_ text: [Character]) -> [String: String] {
    var tokens: [String] = []
    var at = 0
    while at < text.count {
      if let token = quoted(text, &at) {
        tokens.append(token)
        continue
      }
      let start = at
      while at < text.count, text[at].isLetter || text[at].isNumber { at += 1 }
      if at > start { tokens.append(String(text[start..<at])) } else { at += 1 }
    }
    let wanted = Set(keys.map { String($0) })
    var values: [String: String] = [:]
    for (index, token) in tokens.enumerated()
    where wanted.contains(token) && values[token] == nil && index + 1 < tokens.count {
      values[token] = tokens[index + 1]
    }
    return values
  }
}
