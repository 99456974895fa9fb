// SPDX-License-Identifier: Apache-2.0

/// Reads tokens of HCL from bytes, one at a time. Texts in quotes and heredocs are read by the parser, which knows where
/// their interpolations end.
struct Lexer {
  enum Kind: UInt8 {
    case end, newline, identifier, number, quote, heredoc
    case leftBrace, rightBrace, leftBracket, rightBracket, leftParenthesis, rightParenthesis
    case assign, equal, notEqual, not, less, greater, lessOrEqual, greaterOrEqual, and, or
    case plus, minus, star, slash, percent, question, colon, doubleColon, comma, dot, ellipsis, arrow
    /// `~}`, which ends an interpolation and strips the white space after it.
    case stripBrace
    case invalid
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let file: UInt32
  private(set) var at = 0
  private(set) var line: UInt32 = 1
  private var lineStart = 0
  /// Where the bytes begin in their file: 0 where they are the whole of it.
  private var base: UInt32 = 0

  /// The token that is looked at.
  private(set) var kind = Kind.newline
  private(set) var start = 0
  private(set) var place: Place

  /// - Parameter origin: where the bytes begin, where they are a part of a file.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: UInt32, origin: Place? = nil) {
    self.bytes = bytes
    self.file = file
    place = origin ?? Place(file: file, byte: 0, line: 1, column: 1)
    base = place.byte
    line = place.line
    lineStart = 1 - Int(place.column)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
  }

  /// The byte at an offset; 0 after the end, which no token begins with.
  @inline(__always) func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  var here: Place {
    Place(file: file, byte: base + UInt32(at), line: line, column: UInt32(at - lineStart + 1))
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<max(start, end)]), as: UTF8.self)
  }
  var tokenText: String { text(start, at) }

  /// Moves within a text that the parser reads; newlines are counted.
  mutating func skip(to offset: Int) {
    while at < min(offset, bytes.count) {
      if bytes[at] == 0x0A {
        line += 1
        lineStart = at + 1
      }
      at += 1
    }
  }

  /// Reads the next token.
  mutating func advance(skippingNewlines: Bool) {
    while true {
      scan()
      if kind != .newline || !skippingNewlines { return }
    }
  }

  private mutating func take(_ kind: Kind, _ length: Int) {
    self.kind = kind
    at += length
  }

  private mutating func scan() {
    skipBlank()
    start = at
    place = here
    guard at < bytes.count else { return take(.end, 0) }
    let first = bytes[at]
    switch first {
    case 0x0A:
      take(.newline, 1)
      line += 1
      lineStart = at
    case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x80...0xFF: word()
    case 0x30...0x39: number()
    case 0x22: take(.quote, 1)
    case 0x7B: take(.leftBrace, 1)
    case 0x7D: take(.rightBrace, 1)
    case 0x5B: take(.leftBracket, 1)
    case 0x5D: take(.rightBracket, 1)
    case 0x28: take(.leftParenthesis, 1)
    case 0x29: take(.rightParenthesis, 1)
    case 0x2C: take(.comma, 1)
    case 0x2B: take(.plus, 1)
    case 0x2D: take(.minus, 1)
    case 0x2A: take(.star, 1)
    case 0x2F: take(.slash, 1)
    case 0x25: take(.percent, 1)
    case 0x3F: take(.question, 1)
    case 0x3A: byte(at + 1) == 0x3A ? take(.doubleColon, 2) : take(.colon, 1)
    case 0x2E: byte(at + 1) == 0x2E && byte(at + 2) == 0x2E ? take(.ellipsis, 3) : take(.dot, 1)
    case 0x3D:
      switch byte(at + 1) {
      case 0x3D: take(.equal, 2)
      case 0x3E: take(.arrow, 2)
      default: take(.assign, 1)
      }
    case 0x21: byte(at + 1) == 0x3D ? take(.notEqual, 2) : take(.not, 1)
    case 0x3C:
      switch byte(at + 1) {
      case 0x3D: take(.lessOrEqual, 2)
      case 0x3C: take(.heredoc, 2)
      default: take(.less, 1)
      }
    case 0x3E: byte(at + 1) == 0x3D ? take(.greaterOrEqual, 2) : take(.greater, 1)
    case 0x26 where byte(at + 1) == 0x26: take(.and, 2)
    case 0x7C where byte(at + 1) == 0x7C: take(.or, 2)
    case 0x7E where byte(at + 1) == 0x7D: take(.stripBrace, 2)
    default: take(.invalid, 1)
    }
  }

  /// Skips spaces and comments; a newline is a token.
  private mutating func skipBlank() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0D: at += 1
      case 0x23: lineComment()
      case 0x2F where byte(at + 1) == 0x2F: lineComment()
      case 0x2F where byte(at + 1) == 0x2A:
        var end = at + 2
        while end < bytes.count, !(bytes[end] == 0x2A && byte(end + 1) == 0x2F) { end += 1 }
        skip(to: end + 2)
      default: return
      }
    }
  }

  private mutating func lineComment() {
    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F, 0x2D, 0x80...0xFF: true
    default: false
    }
  }

  private mutating func word() {
    while at < bytes.count, Self.isWord(bytes[at]) { at += 1 }
    kind = .identifier
  }

  private mutating func digits() {
    while byte(at) &- 0x30 < 10 { at += 1 }
  }

  private mutating func number() {
    kind = .number
    digits()
    if byte(at) == 0x2E, byte(at + 1) &- 0x30 < 10 {
      at += 1
      digits()
    }
    if byte(at) | 0x20 == 0x65 {
      let sign = byte(at + 1) == 0x2B || byte(at + 1) == 0x2D ? 1 : 0
      guard byte(at + 1 + sign) &- 0x30 < 10 else { return }
      at += 1 + sign
      digits()
    }
  }
}
