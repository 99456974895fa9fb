// SPDX-License-Identifier: Apache-2.0

enum Token: Equatable {
  case identifier(String)
  /// A name in brackets and quotes: `['a b']`.
  case quotedName(String)
  case string(String)
  case long(Int64)
  case real(Double)
  case timespan(Int64)
  /// A literal with its type: `datetime(2026-01-01)`, `long(null)`; the text between the parentheses.
  case typed(String, String)
  case symbol(String)
  case end
}

struct PlacedToken {
  var token: Token
  var range: Range<Int>
}

/// Characters to tokens. Offsets count UTF-8 bytes of the query.
struct Lexer {
  private let bytes: [UInt8]
  private var at = 0
  private static let typedNames: Set<String> = [
    "datetime", "date", "timespan", "time", "guid", "bool", "boolean", "int", "long", "real", "double", "decimal",
  ]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func tokens(of bytes: [UInt8]) throws(KQLError) -> [PlacedToken] {
    var lexer = Lexer(bytes)
    var tokens: [PlacedToken] = []
    while true {
      let token = try lexer.next(after: tokens.last?.token)
      tokens.append(token)
      if token.token == .end { return tokens }
    }
  }

  private func peek(_ distance: Int = 0) -> UInt8 { at + distance < bytes.count ? bytes[at + distance] : 0 }
  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  private func fail(_ message: String, _ range: Range<Int>, suggestion: String? = nil) -> KQLError {
    KQLError(.syntax, message, range, in: bytes, suggestion: suggestion)
  }

  private mutating func next(after previous: Token?) throws(KQLError) -> PlacedToken {
    skipSpace()
    let start = at
    guard at < bytes.count else { return PlacedToken(token: .end, range: at..<at) }
    let byte = bytes[at]
    if isNameStart(byte) {
      if isHidden { at += 1 }
      if let string = try stringLiteral() { return PlacedToken(token: .string(string), range: start..<at) }
      at = start
      return try name()
    }
    if let string = try stringLiteral() { return PlacedToken(token: .string(string), range: start..<at) }
    if byte &- 0x30 < 10 || (byte == 0x2E && peek(1) &- 0x30 < 10 && previous != .symbol("]")) {
      return try number(previous)
    }
    if byte == 0x5B, peek(1) == 0x22 || peek(1) == 0x27 || (peek(1) == 0x40 && (peek(2) == 0x22 || peek(2) == 0x27)) {
      // ['name'] is a name where an operand may begin, an index after one.
      let isOperandEnd: Bool
      switch previous {
      case .identifier, .quotedName, .symbol(")"), .symbol("]"): isOperandEnd = true
      default: isOperandEnd = false
      }
      if !isOperandEnd || isKeyword(previous) {
        at += 1
        if let name = try stringLiteral(), peek() == 0x5D {
          at += 1
          return PlacedToken(token: .quotedName(name), range: start..<at)
        }
        at = start
      }
    }
    for symbol in Self.symbols where symbol.utf8.count <= bytes.count - at {
      if bytes[at..<at + symbol.utf8.count].elementsEqual(symbol.utf8) {
        at += symbol.utf8.count
        return PlacedToken(token: .symbol(symbol), range: start..<at)
      }
    }
    let text = text(start..<min(start + 2, bytes.count))
    if text == "&&" || text == "||" {
      throw fail("unexpected character", start..<start + 2, suggestion: text == "&&" ? "and" : "or")
    }
    throw fail("unexpected character", start..<start + 1)
  }

  private static let symbols = [
    "!has_cs", "!contains_cs", "!startswith_cs", "!endswith_cs", "!hasprefix_cs", "!hassuffix_cs", "!hasprefix",
    "!hassuffix", "!contains", "!startswith", "!endswith", "!between", "!has", "!in~", "!in", "..", "==", "=~", "!=",
    "!~", "<=", ">=", "<>", "=>", "<|", "+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ";",
    "|", ":", ".", "?", "~", "@",
  ]

  private func isKeyword(_ token: Token?) -> Bool {
    guard case .identifier(let name) = token else { return false }
    return [
      "by", "project", "extend", "where", "and", "or", "summarize", "distinct", "on", "in", "let", "from", "union",
      "asc",
      "desc", "order", "sort", "top", "expand",
    ].contains(name)
  }

  private func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte == 0x5F || byte == 0x24 || byte >= 0x80
  }
  private func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || byte &- 0x30 < 10 }

  /// Whether only spaces stand before this on its line: `#connect ...` there is for the tool that sends the query.
  private var beginsLine: Bool {
    (bytes[..<at].last { $0 != 0x20 && $0 != 0x09 }).map { $0 == 0x0A || $0 == 0x0D } ?? true
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x20 || (9...13).contains(byte) {
        at += 1
      } else if byte == 0xC2, peek(1) == 0xA0 {
        at += 2
      } else if byte == 0xEF, peek(1) == 0xBB, peek(2) == 0xBF {
        at += 3
      } else if byte == 0x2F && peek(1) == 0x2F || byte == 0x23 && beginsLine {
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
      } else {
        return
      }
    }
  }

  private mutating func name() throws(KQLError) -> PlacedToken {
    let start = at
    while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
    // mv-expand and its kin are one word; so are in~ and has_any.
    let word = text(start..<at)
    if peek() == 0x2D, Self.hyphenated.contains(where: { $0.first == word }) {
      var end = at
      while end < bytes.count, isNamePart(bytes[end]) || bytes[end] == 0x2D { end += 1 }
      let whole = text(start..<end)
      if Self.operators.contains(whole) {
        at = end
        return PlacedToken(token: .identifier(whole), range: start..<at)
      }
    }
    if word == "in", peek() == 0x7E {
      at += 1
      return PlacedToken(token: .symbol("in~"), range: start..<at)
    }
    if Self.typedNames.contains(word), peek() == 0x28, let close = typedEnd(at + 1) {
      var inner = TimeSpan.trimSpaces(text(at + 1..<close))
      // datetime('2026-01-01') is as good as datetime(2026-01-01).
      if let quote = inner.first, quote == "'" || quote == "\"", inner.count > 1, inner.last == quote {
        inner = String(inner.dropFirst().dropLast())
      }
      if isTypedLiteral(word, inner) {
        at = close + 1
        return PlacedToken(token: .typed(word, inner), range: start..<at)
      }
    }
    return PlacedToken(token: .identifier(word), range: start..<at)
  }

  private static let operators: Set<String> = [
    "project-away", "project-keep", "project-rename", "project-reorder", "project-smart", "project-by-names",
    "mv-expand", "mv-apply",
    "make-series", "parse-where", "parse-kv", "top-nested", "top-hitters", "sample-distinct", "make-graph",
    "graph-match", "graph-shortest-paths", "graph-mark-components", "graph-to-table", "graph-merge",
  ]
  private static let hyphenated: [(first: String, Void)] =
    operators.map { (String($0.prefix { $0 != "-" }), ()) }

  private func typedEnd(_ start: Int) -> Int? {
    var index = start
    while index < bytes.count, index - start < 80 {
      if bytes[index] == 0x29 { return index }
      if bytes[index] == 0x28 || bytes[index] == 0x0A { return nil }
      index += 1
    }
    return nil
  }

  private func isTypedLiteral(_ type: String, _ inner: String) -> Bool {
    if inner == "null" { return true }
    switch type {
    case "datetime", "date": return inner.isEmpty || DateTime.parse(inner) != nil || inner.first?.isNumber == true
    case "timespan", "time": return TimeSpan.parse(inner) != nil
    case "guid": return true
    case "bool", "boolean": return ["true", "false", "1", "0"].contains(inner.lowercased())
    case "int", "long": return NumberText.long(inner) != nil
    default: return NumberText.real(inner) != nil || inner.lowercased() == "+inf"
    }
  }

  private mutating func number(_ previous: Token?) throws(KQLError) -> PlacedToken {
    let start = at
    if bytes[at] == 0x30, peek(1) | 0x20 == 0x78 {
      at += 2
      while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
      guard let value = NumberText.long(text(start..<at)) else { throw fail("not a hexadecimal number", start..<at) }
      return PlacedToken(token: .long(value), range: start..<at)
    }
    while peek() &- 0x30 < 10 { at += 1 }
    var isReal = false
    if peek() == 0x2E, peek(1) != 0x2E, previous != .symbol(".") {
      if peek(1) &- 0x30 < 10 || !isNameStart(peek(1)) {
        isReal = true
        at += 1
        while peek() &- 0x30 < 10 { at += 1 }
      }
    }
    if peek() | 0x20 == 0x65, peek(1) &- 0x30 < 10 || ((peek(1) == 0x2B || peek(1) == 0x2D) && peek(2) &- 0x30 < 10) {
      isReal = true
      at += 2
      while peek() &- 0x30 < 10 { at += 1 }
    }
    let numberEnd = at
    if isNameStart(peek()) {
      while at < bytes.count, isNamePart(bytes[at]) { at += 1 }
      if let unit = TimeSpan.units[text(numberEnd..<at)], let value = Double(text(start..<numberEnd)),
        let ticks = TimeSpan.scaled(value, unit)
      {
        return PlacedToken(token: .timespan(ticks), range: start..<at)
      }
      if !isReal {
        // A name that begins with a digit, as columns of some tables do.
        return PlacedToken(token: .identifier(text(start..<at)), range: start..<at)
      }
      throw fail("'\(text(numberEnd..<at))' is not a unit of time", numberEnd..<at)
    }
    if isReal {
      return PlacedToken(token: .real(Double(text(start..<at)) ?? .infinity), range: start..<at)
    }
    guard let value = Int64(text(start..<at)) else { throw fail("the number is too large for long", start..<at) }
    return PlacedToken(token: .long(value), range: start..<at)
  }

  /// Whether a text follows that logs may not show: `h'...'`.
  private var isHidden: Bool { peek() | 0x20 == 0x68 && (peek(1) == 0x22 || peek(1) == 0x27 || peek(1) == 0x40) }

  private mutating func stringLiteral() throws(KQLError) -> String? {
    let start = at
    if bytes[at...].starts(with: "```".utf8) || bytes[at...].starts(with: "~~~".utf8) {
      let fence = Array(bytes[at..<at + 3])
      var end = at + 3
      while end + 3 <= bytes.count {
        if bytes[end..<end + 3].elementsEqual(fence) {
          defer { at = end + 3 }
          return text(at + 3..<end)
        }
        end += 1
      }
      throw fail("the multi-line string is not closed", start..<bytes.count)
    }
    var verbatim = false
    if peek() == 0x40, peek(1) == 0x22 || peek(1) == 0x27 {
      verbatim = true
      at += 1
    }
    let quote = peek()
    guard quote == 0x22 || quote == 0x27 else {
      at = start
      return nil
    }
    at += 1
    var out: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      if byte == quote {
        if verbatim, peek(1) == quote {
          out.append(quote)
          at += 2
          continue
        }
        at += 1
        // Adjacent literals are one text.
        let after = at
        skipSpace()
        if isHidden { at += 1 }
        let isVerbatim = peek() == 0x40 && (peek(1) == 0x22 || peek(1) == 0x27)
        if at < bytes.count, bytes[at] == 0x22 || bytes[at] == 0x27 || isVerbatim, let more = try stringLiteral() {
          return String(decoding: out, as: UTF8.self) + more
        }
        at = after
        return String(decoding: out, as: UTF8.self)
      }
      if byte == 0x0A && !verbatim { break }
      guard byte == 0x5C, !verbatim else {
        out.append(byte)
        at += 1
        continue
      }
      try unescape(into: &out)
    }
    throw fail("the string is not closed", start..<min(at, bytes.count))
  }

  private mutating func unescape(into out: inout [UInt8]) throws(KQLError) {
    let start = at
    at += 2
    switch peek(-1) {
    case 0x6E: out.append(0x0A)
    case 0x74: out.append(0x09)
    case 0x72: out.append(0x0D)
    case 0x62: out.append(0x08)
    case 0x66: out.append(0x0C)
    case 0x61: out.append(0x07)
    case 0x76: out.append(0x0B)
    case 0x30...0x37:
      // Up to three octal digits.
      var code = 0
      at -= 1
      for _ in 0..<3 where peek() & 0xF8 == 0x30 && code * 8 + Int(peek() & 7) < 256 {
        code = code * 8 + Int(peek() & 7)
        at += 1
      }
      if let scalar = Unicode.Scalar(UInt32(code)), let encoded = UTF8.encode(scalar) {
        out.append(contentsOf: encoded)
      }
    case 0x75, 0x55, 0x78:
      let width = peek(-1) == 0x75 ? 4 : peek(-1) == 0x55 ? 8 : 2
      guard at + width <= bytes.count, let code = UInt32(text(at..<at + width), radix: 16),
        let scalar = Unicode.Scalar(code), let encoded = UTF8.encode(scalar)
      else {
        throw fail("unknown escape in a string; write @'...' for a verbatim string", start..<min(at, bytes.count))
      }
      out.append(contentsOf: encoded)
      at += width
    case let other where !(isNamePart(other)): out.append(other)
    default: throw fail("unknown escape in a string; write @'...' for a verbatim string", start..<min(at, bytes.count))
    }
  }
}
