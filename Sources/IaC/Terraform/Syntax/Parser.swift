// SPDX-License-Identifier: Apache-2.0

/// Parses HCL's native syntax.
///
/// A mistake costs the top-level block that it stands in; what comes after that block is read.
package struct Parser {
  var lexer: Lexer
  /// Whether a newline is white space: between parentheses and brackets, and in interpolations.
  var skipsNewlines = false
  private var depth = 0
  private var diagnostics: [Diagnostic] = []

  /// Deepest nesting of blocks and expressions.
  static let deepest = 200
  /// Largest file in bytes.
  package static let largest = 64 << 20

  init(_ bytes: UnsafeBufferPointer<UInt8>, file: UInt32, origin: Place? = nil) {
    lexer = Lexer(bytes, file: file, origin: origin)
  }

  /// Parses a file. It recurses: call it within `DeepStack.run`.
  package static func file(_ bytes: [UInt8], file: UInt32) -> ParsedFile {
    guard bytes.count <= largest else {
      let place = Place(file: file, byte: 0, line: 1, column: 1)
      return ParsedFile(body: Body(), diagnostics: [Diagnostic(.tooLarge, "the file is too large", at: place)])
    }
    return bytes.withUnsafeBufferPointer { bytes in
      var parser = Parser(bytes, file: file)
      parser.advance()
      let body = parser.topLevel()
      return ParsedFile(body: body, diagnostics: parser.diagnostics)
    }
  }

  /// Parses a text that holds one expression.
  ///
  /// - Parameter origin: where the text begins, where it is a part of a file.
  package static func expression(
    _ bytes: [UInt8], file: UInt32, origin: Place? = nil
  ) throws(Diagnostic) -> Expression {
    try whole(bytes, file, origin) { parser throws(Diagnostic) in
      parser.skipsNewlines = true
      parser.advance()
      let expression = try parser.expression()
      guard parser.lexer.kind == .end else { throw parser.unexpected("the end of the expression") }
      return expression
    }
  }

  /// Parses a template that has no quotes around it, as `templatefile` reads it and JSON syntax holds it.
  package static func template(
    _ bytes: [UInt8], file: UInt32, origin: Place? = nil
  ) throws(Diagnostic) -> Expression {
    try whole(bytes, file, origin) { parser throws(Diagnostic) in try parser.bareTemplate() }
  }

  private static func whole(
    _ bytes: [UInt8], _ file: UInt32, _ origin: Place?, _ body: (inout Parser) throws(Diagnostic) -> Expression
  ) throws(Diagnostic) -> Expression {
    let result: Result<Expression, Diagnostic> = bytes.withUnsafeBufferPointer { bytes in
      var parser = Parser(bytes, file: file, origin: origin)
      do throws(Diagnostic) {
        return .success(try body(&parser))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  // MARK: Tokens

  var kind: Lexer.Kind { lexer.kind }

  mutating func advance() { lexer.advance(skippingNewlines: skipsNewlines) }

  mutating func take(_ kind: Lexer.Kind) -> Bool {
    guard lexer.kind == kind else { return false }
    advance()
    return true
  }

  func fail(_ message: String, at place: Place? = nil) -> Diagnostic {
    Diagnostic(.syntax, message, at: place ?? lexer.place)
  }

  /// What a mistake is called where `wanted` should stand.
  func unexpected(_ wanted: String) -> Diagnostic {
    let found =
      switch kind {
      case .end: "the end of the file"
      case .newline: "the end of the line"
      case .invalid: "'\(lexer.text(lexer.start, min(lexer.start + 1, lexer.bytes.count)))'"
      default: "'\(lexer.tokenText.prefix(40))'"
      }
    return fail("expected \(wanted), found \(found)")
  }

  /// Runs `body` one level deeper.
  mutating func nested<T>(_ body: (inout Parser) throws(Diagnostic) -> T) throws(Diagnostic) -> T {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw Diagnostic(
        .tooLarge, "nested more than \(Self.deepest) deep; put inner parts into locals", at: lexer.place)
    }
    return try body(&self)
  }

  /// Passes an opening bracket, behind which newlines are white space or not, and returns what was before.
  mutating func open(skippingNewlines: Bool) -> Bool {
    let outer = skipsNewlines
    skipsNewlines = skippingNewlines
    advance()
    return outer
  }

  /// Passes a closing bracket.
  mutating func close(_ kind: Lexer.Kind, _ outer: Bool, _ wanted: String) throws(Diagnostic) {
    guard lexer.kind == kind else { throw unexpected(wanted) }
    skipsNewlines = outer
    advance()
  }

  // MARK: Bodies

  private mutating func topLevel() -> Body {
    var body = Body()
    while true {
      while take(.newline) {}
      if kind == .end { return body }
      do throws(Diagnostic) {
        try item(into: &body)
        guard kind == .newline || kind == .end else { throw unexpected("a new line after the argument or block") }
      } catch {
        diagnostics.append(error)
        recover()
      }
    }
  }

  /// Goes on at the next line that begins with a word in its first column: there a block begins in all but odd layouts.
  private mutating func recover() {
    skipsNewlines = false
    var at = lexer.at
    while at < lexer.bytes.count {
      if lexer.bytes[at] == 0x0A {
        switch lexer.byte(at + 1) {
        case 0x61...0x7A, 0x5F:
          lexer.skip(to: at)
          return advance()
        default: break
        }
      }
      at += 1
    }
    lexer.skip(to: lexer.bytes.count)
    advance()
  }

  /// Reads one argument or block.
  private mutating func item(into body: inout Body) throws(Diagnostic) {
    guard kind == .identifier else { throw unexpected("the name of an argument or block") }
    let place = lexer.place
    let name = lexer.tokenText
    advance()
    guard kind == .assign else {
      body.blocks.append(try block(name, place))
      return
    }
    advance()
    let value = try expression()
    if body.attribute(name) != nil {
      diagnostics.append(fail("'\(name)' is given twice; remove one of them", at: place))
    } else {
      body.attributes.append(Attribute(name: name, expression: value, place: place))
    }
  }

  private mutating func block(_ type: String, _ place: Place) throws(Diagnostic) -> Block {
    var labels: [String] = []
    while true {
      switch kind {
      case .identifier:
        labels.append(lexer.tokenText)
        advance()
      case .quote:
        let at = lexer.place
        guard let label = try quoted().literalString else {
          throw fail("a block's label is a plain text; '${' is not evaluated here", at: at)
        }
        labels.append(label)
      case .leftBrace:
        let body = try nested { parser throws(Diagnostic) in try parser.body() }
        return Block(type: type, labels: labels, body: body, place: place)
      case .assign where labels.isEmpty: throw unexpected("'=' and a value, or '{'")
      default: throw unexpected(labels.isEmpty ? "'=' and a value, or a label or '{' after '\(type)'" : "'{'")
      }
    }
  }

  private mutating func body() throws(Diagnostic) -> Body {
    var body = Body()
    let line = lexer.place.line
    let outer = open(skippingNewlines: false)
    // A block that begins on the line of its brace holds one argument and ends on that line.
    if kind != .newline, kind != .rightBrace {
      try item(into: &body)
      if kind != .rightBrace {
        diagnostics.append(unexpected("'}' (a block on one line holds one argument; put each on a line of its own)"))
      }
    }
    while true {
      while take(.newline) {}
      if kind == .rightBrace { break }
      guard kind != .end else { throw unexpected("'}' to end the block that began on line \(line)") }
      try item(into: &body)
      // Terraform wants a new line here; what follows is clear without one, so that it is only reported.
      switch kind {
      case .newline, .end: break
      case .rightBrace: diagnostics.append(unexpected("a new line before '}'"))
      case .identifier: diagnostics.append(unexpected("a new line after the argument or block"))
      default: throw unexpected("a new line after the argument or block")
      }
    }
    try close(.rightBrace, outer, "'}'")
    return body
  }
}
