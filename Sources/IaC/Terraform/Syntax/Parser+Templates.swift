// SPDX-License-Identifier: Apache-2.0

/// Texts with interpolations `${}` and directives `%{}`: in quotes, as heredocs and as whole files.
extension Parser {
  private enum Token {
    case text([UInt8])
    case interpolation(Expression)
    case ifStart(Expression, Place), elseMark(Place), endIf(Place)
    case forStart(Expression.ForClause, Place), endFor(Place)
  }

  private enum End {
    case quote
    case file
    /// The line that holds nothing but this word.
    case line([UInt8])
  }

  mutating func quoted() throws(Diagnostic) -> Expression {
    let place = lexer.place
    let outer = skipsNewlines
    let tokens = try tokens(until: .quote)
    skipsNewlines = outer
    advance()
    return try assemble(tokens, place)
  }

  mutating func bareTemplate() throws(Diagnostic) -> Expression {
    let place = lexer.here
    return try assemble(try tokens(until: .file), place)
  }

  mutating func heredoc() throws(Diagnostic) -> Expression {
    let place = lexer.place
    let outer = skipsNewlines
    var at = lexer.at
    let flush = lexer.byte(at) == 0x2D
    if flush { at += 1 }
    let start = at
    while Lexer.isWord(lexer.byte(at)) { at += 1 }
    let marker = Array(lexer.bytes[start..<at])
    if lexer.byte(at) == 0x0D { at += 1 }
    guard !marker.isEmpty, lexer.byte(at) == 0x0A else {
      throw fail("'<<' begins a heredoc: a word and a new line follow it, and the word alone ends it", at: place)
    }
    lexer.skip(to: at + 1)
    var tokens = try tokens(until: .line(marker))
    if flush { Self.removeIndentation(&tokens) }
    skipsNewlines = outer
    advance()
    return try assemble(tokens, place)
  }

  // MARK: Scanning

  private mutating func tokens(until end: End) throws(Diagnostic) -> [Token] {
    let opening = lexer.place
    var tokens: [Token] = []
    var text: [UInt8] = []
    var strips = false
    func flush() {
      guard !text.isEmpty else { return }
      tokens.append(.text(strips ? Self.trimStart(text) : text))
      strips = false
      text = []
    }
    var isLineStart = true
    while true {
      if case .line(let marker) = end, isLineStart, let after = closes(marker) {
        flush()
        lexer.skip(to: after)
        return tokens
      }
      isLineStart = false
      let at = lexer.at
      guard at < lexer.bytes.count else {
        if case .file = end {
          flush()
          return tokens
        }
        throw fail("this text is not ended", at: opening)
      }
      let byte = lexer.bytes[at]
      switch byte {
      case 0x22:
        if case .quote = end {
          flush()
          lexer.skip(to: at + 1)
          return tokens
        }
        text.append(byte)
        lexer.skip(to: at + 1)
      case 0x0A:
        if case .quote = end {
          throw fail("a text in quotes ends on its line; write \\n, or a heredoc (<<EOT)", at: opening)
        }
        text.append(byte)
        lexer.skip(to: at + 1)
        flush()
        isLineStart = true
      case 0x5C:
        guard case .quote = end else {
          text.append(byte)
          lexer.skip(to: at + 1)
          continue
        }
        try escape(into: &text)
      case 0x24, 0x25:
        if lexer.byte(at + 1) == byte, lexer.byte(at + 2) == 0x7B {
          text += [byte, 0x7B]
          lexer.skip(to: at + 3)
        } else if lexer.byte(at + 1) == 0x7B {
          flush()
          let place = lexer.here
          lexer.skip(to: at + 2)
          if lexer.byte(lexer.at) == 0x7E {
            lexer.skip(to: lexer.at + 1)
            if case .text(let before) = tokens.last { tokens[tokens.count - 1] = .text(Self.trimEnd(before)) }
          }
          skipsNewlines = true
          advance()
          tokens.append(
            try byte == 0x24 ? .interpolation(expression()) : directive(place))
          guard kind == .rightBrace || kind == .stripBrace else {
            throw unexpected("'}' to end the interpolation or directive")
          }
          strips = kind == .stripBrace
        } else {
          text.append(byte)
          lexer.skip(to: at + 1)
        }
      default:
        // Most of a text is plain: take the whole run.
        var next = at + 1
        while next < lexer.bytes.count {
          switch lexer.bytes[next] {
          case 0x22, 0x0A, 0x5C, 0x24, 0x25: break
          default:
            next += 1
            continue
          }
          break
        }
        text += lexer.bytes[at..<next]
        lexer.skip(to: next)
      }
    }
  }

  /// Where the text goes on behind a line that holds the marker alone; the line's end is not passed.
  private func closes(_ marker: [UInt8]) -> Int? {
    var at = lexer.at
    while lexer.byte(at) == 0x20 || lexer.byte(at) == 0x09 { at += 1 }
    for byte in marker {
      guard lexer.byte(at) == byte else { return nil }
      at += 1
    }
    let end = at
    while lexer.byte(at) == 0x20 || lexer.byte(at) == 0x09 || lexer.byte(at) == 0x0D { at += 1 }
    return at >= lexer.bytes.count || lexer.byte(at) == 0x0A ? end : nil
  }

  private mutating func escape(into text: inout [UInt8]) throws(Diagnostic) {
    let at = lexer.at
    var length = 2
    switch lexer.byte(at + 1) {
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x22: text.append(0x22)
    case 0x5C: text.append(0x5C)
    case 0x75, 0x55:
      let digits = lexer.byte(at + 1) == 0x75 ? 4 : 8
      let end = min(at + 2 + digits, lexer.bytes.count)
      guard let code = UInt32(lexer.text(at + 2, end), radix: 16), end - at == digits + 2,
        let scalar = Unicode.Scalar(code)
      else {
        throw fail("'\\u' is followed by 4 hexadecimal digits, '\\U' by 8", at: lexer.here)
      }
      text += Array(String(Character(scalar)).utf8)
      length += digits
    default: throw fail("no such escape; '\\\\' is a backslash", at: lexer.here)
    }
    lexer.skip(to: at + length)
  }

  private mutating func directive(_ place: Place) throws(Diagnostic) -> Token {
    guard kind == .identifier else { throw unexpected("if, else, endif, for or endfor") }
    let word = lexer.tokenText
    advance()
    switch word {
    case "if": return .ifStart(try expression(), place)
    case "else": return .elseMark(place)
    case "endif": return .endIf(place)
    case "for": return .forStart(try forNames(), place)
    case "endfor": return .endFor(place)
    default: throw fail("'%{ \(word) }' is no directive; there are if, else, endif, for and endfor", at: place)
    }
  }

  // MARK: White space

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func trimStart(_ text: [UInt8]) -> [UInt8] { Array(text.drop(while: isSpace)) }
  private static func trimEnd(_ text: [UInt8]) -> [UInt8] {
    Array(text[..<((text.lastIndex { !isSpace($0) } ?? -1) + 1)])
  }

  /// Takes the indentation that all lines of a `<<-` heredoc share; blank lines do not count.
  private static func removeIndentation(_ tokens: inout [Token]) {
    var least = Int.max
    var lines: [Int] = []
    var isLineStart = true
    for (index, token) in tokens.enumerated() {
      guard case .text(let text) = token else {
        if isLineStart { least = 0 }
        isLineStart = false
        continue
      }
      if isLineStart {
        let spaces = text.prefix(while: isSpace).count
        if spaces < text.count || text.last != 0x0A {
          least = min(least, spaces)
          lines.append(index)
        }
      }
      isLineStart = text.last == 0x0A
    }
    for index in lines {
      if case .text(let text) = tokens[index] { tokens[index] = .text(Array(text.dropFirst(least))) }
    }
  }

  // MARK: The tree

  private func assemble(_ tokens: [Token], _ place: Place) throws(Diagnostic) -> Expression {
    if tokens.count == 1, case .interpolation(let inner) = tokens[0] { return .wrapped(inner, place) }
    var rest = tokens[...]
    let parts = try parts(&rest, depth: 0)
    switch rest.first {
    case .elseMark(let at), .endIf(let at): throw fail("there is no '%{ if }' before this", at: at)
    case .endFor(let at): throw fail("there is no '%{ for }' before this", at: at)
    default: break
    }
    if parts.isEmpty { return .literal(Value(""), place) }
    if parts.count == 1, case .text(let text) = parts[0] { return .literal(Value(text), place) }
    return .template(parts, place)
  }

  /// Parts up to the end or a directive that ends something.
  private func parts(_ rest: inout ArraySlice<Token>, depth: Int) throws(Diagnostic) -> [TemplatePart] {
    guard depth < Self.deepest else {
      throw Diagnostic(.tooLarge, "directives are nested more than \(Self.deepest) deep", at: lexer.place)
    }
    var parts: [TemplatePart] = []
    var text: [UInt8] = []
    func flush() {
      if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
      text = []
    }
    while let token = rest.first {
      switch token {
      case .text(let more):
        text += more
        rest.removeFirst()
        continue
      case .interpolation(let inner):
        flush()
        rest.removeFirst()
        parts.append(.interpolation(inner))
      case .ifStart(let condition, let place):
        flush()
        rest.removeFirst()
        let then = try self.parts(&rest, depth: depth + 1)
        var otherwise: [TemplatePart] = []
        if case .elseMark = rest.first {
          rest.removeFirst()
          otherwise = try self.parts(&rest, depth: depth + 1)
        }
        guard case .endIf = rest.first else { throw fail("this 'if' has no '%{ endif }'", at: place) }
        rest.removeFirst()
        parts.append(.conditional(condition, then: then, otherwise: otherwise))
      case .forStart(let clause, let place):
        flush()
        rest.removeFirst()
        let body = try self.parts(&rest, depth: depth + 1)
        guard case .endFor = rest.first else { throw fail("this 'for' has no '%{ endfor }'", at: place) }
        rest.removeFirst()
        parts.append(.loop(clause, body))
      case .elseMark, .endIf, .endFor:
        flush()
        return parts
      }
    }
    flush()
    return parts
  }
}
