// SPDX-License-Identifier: Apache-2.0

/// What stands after a backslash.
extension RegexParser {
  mutating func escape() throws(RegexError) -> RegexNode {
    switch peek(1) {
    case "A": at += 2; return .assertion(.textStart)
    case "z", "Z": at += 2; return .assertion(.textEnd)
    case "b": at += 2; return .assertion(.boundary)
    case "B": at += 2; return .assertion(.notBoundary)
    default: break
    }
    if let named = try classEscape() { return set(named) }
    return literal(try codeEscape())
  }

  /// `\d`, `\pL`, `\p{Greek}`, `\P{L}`; nil where the escape is of one character.
  mutating func classEscape() throws(RegexError) -> CharacterSet? {
    guard let kind = peek(1) else { throw fail("a '\\' at the end") }
    let found: CharacterSet
    switch kind {
    case "d": found = .digit
    case "D": found = CharacterSet.digit.inverted
    case "w": found = .word
    case "W": found = CharacterSet.word.inverted
    case "s": found = .space
    case "S": found = CharacterSet.space.inverted
    case "p", "P":
      let start = at
      at += 2
      var name = ""
      if take("{" as Unicode.Scalar) {
        while let scalar = next, scalar != "}" {
          name.unicodeScalars.append(scalar)
          at += 1
        }
        guard take("}" as Unicode.Scalar) else {
          at = start
          throw fail("'\\\(kind){' is not closed")
        }
      } else if let scalar = next {
        name.unicodeScalars.append(scalar)
        at += 1
      }
      let negated = name.hasPrefix("^")
      if negated { name.removeFirst() }
      guard let set = CharacterSet.unicode(name) else {
        at = start
        throw fail("'\(name)' is not a known Unicode class")
      }
      return negated != (kind == "P") ? set.inverted : set
    default: return nil
    }
    at += 2
    return found
  }

  mutating func codeEscape() throws(RegexError) -> UInt32 {
    let start = at
    guard let scalar = peek(1) else { throw fail("a '\\' at the end") }
    at += 2
    switch scalar {
    case "n": return 10
    case "t": return 9
    case "r": return 13
    case "f": return 12
    case "v": return 11
    case "a": return 7
    case "x", "u":
      var digits = scalar == "u" ? 4 : 2
      let braced = take("{" as Unicode.Scalar)
      if braced { digits = 8 }
      var value: UInt32 = 0
      var count = 0
      while count < digits, let digit = next, let hex = Character(digit).hexDigitValue {
        value = value << 4 | UInt32(hex)
        count += 1
        at += 1
      }
      guard count > 0, braced ? take("}" as Unicode.Scalar) : count == digits, value <= CharacterSet.last else {
        at = start
        throw fail("'\\\(scalar)' needs hexadecimal digits")
      }
      return value
    case "0"..."7":
      if scalar != "0", peek(0).map({ !("0"..."7" ~= $0) }) ?? true {
        at = start
        throw fail("back references are not part of RE2's syntax")
      }
      var value = scalar.value - 0x30
      var count = 1
      while count < 3, let digit = next, "0"..."7" ~= digit {
        value = value << 3 | (digit.value - 0x30)
        count += 1
        at += 1
      }
      return value
    case "8", "9":
      at = start
      throw fail("back references are not part of RE2's syntax")
    case "a"..."z", "A"..."Z":
      at = start
      throw fail("'\\\(scalar)' is not an escape")
    default: return scalar.value
    }
  }
}
