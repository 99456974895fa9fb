// SPDX-License-Identifier: Apache-2.0

/// A regular expression as a tree.
indirect enum RegexNode: Sendable {
  enum Assertion: Sendable { case textStart, textEnd, lineStart, lineEnd, boundary, notBoundary }

  case empty
  case set(CharacterSet)
  case concatenation([RegexNode])
  case alternation([RegexNode])
  case repetition(RegexNode, least: Int, most: Int?, greedy: Bool)
  case capture(RegexNode, Int)
  case assertion(Assertion)
}

/// Why a text is no regular expression, at a place counted in characters.
struct RegexError: Error, Equatable {
  let message: String
  let offset: Int
}

/// Reads RE2's syntax. What no linear-time engine can do (look-around, back references) is refused by name.
struct RegexParser {
  struct Flags {
    var ignoresCase = false
    var multiline = false
    var dotMatchesNewline = false
    var lazy = false
  }

  let text: [Unicode.Scalar]
  var at = 0
  var flags = Flags()
  private var depth = 0
  private(set) var captureNames: [String?] = [nil]

  private static let deepest = 200
  static let mostRepeats = 1000

  init(_ pattern: String) { text = Array(pattern.unicodeScalars) }

  mutating func parse() throws(RegexError) -> RegexNode {
    let node = try alternation()
    guard at == text.count else { throw fail("unmatched ')'") }
    return node
  }

  func fail(_ message: String) -> RegexError { RegexError(message: message, offset: at) }

  var next: Unicode.Scalar? { at < text.count ? text[at] : nil }
  func peek(_ ahead: Int) -> Unicode.Scalar? { at + ahead < text.count ? text[at + ahead] : nil }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    at += 1
    return true
  }

  mutating func take(_ word: String) -> Bool {
    let scalars = Array(word.unicodeScalars)
    guard text[at...].starts(with: scalars) else { return false }
    at += scalars.count
    return true
  }

  private mutating func alternation() throws(RegexError) -> RegexNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw fail("groups are nested more than \(Self.deepest) deep") }
    let outer = flags
    defer { flags = outer }
    var branches = [try concatenation()]
    while take("|" as Unicode.Scalar) { branches.append(try concatenation()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func concatenation() throws(RegexError) -> RegexNode {
    var parts: [RegexNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      if take("\\Q") {
        while at < text.count, !take("\\E") {
          parts.append(literal(text[at].value))
          at += 1
        }
        if let last = parts.popLast() { parts.append(try quantified(last)) }
        continue
      }
      if scalar == "(", peek(1) == "?", setFlags() { continue }
      let atom = try atom()
      parts.append(try quantified(atom))
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .concatenation(parts)
  }

  /// `(?i)`: flags for the rest of the group. False where the parenthesis opens a group.
  private mutating func setFlags() -> Bool {
    let start = at
    at += 2
    var changed = flags
    guard readFlags(into: &changed), take(")" as Unicode.Scalar) else {
      at = start
      return false
    }
    flags = changed
    return true
  }

  private mutating func readFlags(into flags: inout Flags) -> Bool {
    var value = true
    while let scalar = next {
      switch scalar {
      case "i": flags.ignoresCase = value
      case "m": flags.multiline = value
      case "s": flags.dotMatchesNewline = value
      case "U": flags.lazy = value
      case "-" where value: value = false
      case ")", ":": return true
      default: return false
      }
      at += 1
    }
    return false
  }

  private mutating func quantified(_ atom: RegexNode) throws(RegexError) -> RegexNode {
    var node = atom
    var repeated = false
    while let scalar = next {
      let bounds: (Int, Int?)
      let start = at
      switch scalar {
      case "*": bounds = (0, nil); at += 1
      case "+": bounds = (1, nil); at += 1
      case "?": bounds = (0, 1); at += 1
      case "{":
        guard let read = try counts() else { return node }
        bounds = read
      default: return node
      }
      if repeated {
        at = start
        throw fail("'\(scalar)' repeats a repetition; put the inner one in (?:...)")
      }
      let swapped = take("?" as Unicode.Scalar)
      node = .repetition(node, least: bounds.0, most: bounds.1, greedy: swapped == flags.lazy)
      repeated = true
    }
    return node
  }

  /// `{2}`, `{2,}`, `{2,5}`; nil where the brace is a literal.
  private mutating func counts() throws(RegexError) -> (Int, Int?)? {
    let start = at
    at += 1
    guard let least = number() else {
      at = start
      return nil
    }
    var most: Int? = least
    if take("," as Unicode.Scalar) { most = number() }
    guard take("}" as Unicode.Scalar) else {
      at = start
      return nil
    }
    guard max(least, most ?? 0) <= Self.mostRepeats, least <= most ?? least else {
      at = start
      throw fail("repeat counts go up to \(Self.mostRepeats), the smaller first")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let digit = next, digit.value &- 0x30 < 10 {
      value = min((value ?? 0) * 10 + Int(digit.value - 0x30), 1_000_000)
      at += 1
    }
    return value
  }

  func set(_ set: CharacterSet) -> RegexNode { .set(flags.ignoresCase ? set.foldingCase : set) }
  func literal(_ code: UInt32) -> RegexNode { set(CharacterSet(code)) }

  private mutating func atom() throws(RegexError) -> RegexNode {
    let scalar = text[at]
    switch scalar {
    case "(": return try group()
    case "[": return try bracket()
    case "\\": return try escape()
    case "*", "+", "?": throw fail("'\(scalar)' has nothing to repeat")
    default: break
    }
    at += 1
    switch scalar {
    case ".": return .set(flags.dotMatchesNewline ? .any : .notNewline)
    case "^": return .assertion(flags.multiline ? .lineStart : .textStart)
    case "$": return .assertion(flags.multiline ? .lineEnd : .textEnd)
    default: return literal(scalar.value)
    }
  }

  private mutating func group() throws(RegexError) -> RegexNode {
    let start = at
    at += 1
    let outer = flags
    defer { flags = outer }
    var capture: Int?
    if take("?" as Unicode.Scalar) {
      if next == "=" || next == "!" || next == "<" && (peek(1) == "=" || peek(1) == "!") {
        at = start
        throw fail("look-around is not part of RE2's syntax")
      }
      if take("P<") || take("<" as Unicode.Scalar) || take("'" as Unicode.Scalar) {
        var name = ""
        while let scalar = next, scalar != ">", scalar != "'" {
          name.unicodeScalars.append(scalar)
          at += 1
        }
        guard at < text.count, !name.isEmpty else { throw fail("the group's name is not closed") }
        at += 1
        capture = captureNames.count
        captureNames.append(name)
      } else {
        var inner = flags
        let read = readFlags(into: &inner)
        flags = inner
        guard read, take(":" as Unicode.Scalar) else {
          throw fail("'(?' must be followed by flags, a name or ':'")
        }
      }
    } else {
      capture = captureNames.count
      captureNames.append(nil)
    }
    let inner = try alternation()
    guard take(")" as Unicode.Scalar) else {
      at = start
      throw fail("'(' is not closed")
    }
    return capture.map { .capture(inner, $0) } ?? inner
  }

  private mutating func bracket() throws(RegexError) -> RegexNode {
    let start = at
    at += 1
    let negated = take("^" as Unicode.Scalar)
    var ranges: [ClosedRange<UInt32>] = []
    var first = true
    while true {
      guard let scalar = next else {
        at = start
        throw fail("'[' is not closed")
      }
      if scalar == "]", !first {
        at += 1
        break
      }
      first = false
      if scalar == "[", peek(1) == ":", let named = posixClass() {
        ranges += named.ranges
        continue
      }
      if scalar == "\\", let named = try classEscape() {
        ranges += named.ranges
        continue
      }
      let low = try member()
      if next == "-", let after = peek(1), after != "]" {
        at += 1
        let high = try member()
        guard low <= high else { throw fail("a range runs backwards") }
        ranges.append(low...high)
      } else {
        ranges.append(low...low)
      }
    }
    var found = CharacterSet(ranges)
    if flags.ignoresCase { found = found.foldingCase }
    return .set(negated ? found.inverted : found)
  }

  private mutating func member() throws(RegexError) -> UInt32 {
    guard let scalar = next else { throw fail("'[' is not closed") }
    if scalar == "\\" {
      if peek(1) == "b" { at += 2; return 8 }
      return try codeEscape()
    }
    at += 1
    return scalar.value
  }

  private mutating func posixClass() -> CharacterSet? {
    var end = at + 2
    let negated = end < text.count && text[end] == "^"
    if negated { end += 1 }
    var name = ""
    while end + 1 < text.count, text[end] != ":" {
      name.unicodeScalars.append(text[end])
      end += 1
    }
    guard end + 1 < text.count, text[end + 1] == "]", let found = CharacterSet.posix(name) else { return nil }
    at = end + 2
    return negated ? found.inverted : found
  }
}
