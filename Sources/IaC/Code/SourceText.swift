// SPDX-License-Identifier: Apache-2.0

/// The text of a file of code, by lines: its comments, and how far blocks reach. It knows the lexical form of a language
/// (strings, comments, brackets or indentation) and nothing of what stands in it.
package struct SourceText: Sendable {
  package enum Form: Sendable { case yaml, json, hcl }

  package struct Comment: Sendable {
    /// Counts from 1, as all lines here do.
    package let line: Int
    /// Of its first character behind `#`, `//` or `/*`; counts from 1, in bytes.
    package let column: Int
    package let text: String
    /// Whether code stands before it on its line.
    package let followsCode: Bool
  }

  /// Texts within `${...}` of texts.
  private static let stringLimit = 64

  package let form: Form
  package let bytes: [UInt8]
  /// Where each line begins, and the end of the file.
  private let starts: [Int]
  package private(set) var comments: [Comment] = []
  /// Of the first comment of each line that has one.
  private var commentColumns: [Int: Int] = [:]
  /// Brackets that are open where each line begins, and the fewest that are on it; empty for YAML.
  private var depths: [Int] = []
  private var lows: [Int] = []
  /// Whether a line has nothing but space and comments.
  private var blanks: [Bool]

  package init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    let isBracket = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    form =
      path.hasSuffix(".tf") || path.hasSuffix(".tofu") || path.hasSuffix(".hcl")
      ? .hcl : isBracket || path.hasSuffix(".json") ? .json : .yaml
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    if starts.last != bytes.count { starts.append(bytes.count) }
    self.starts = starts
    blanks = Array(repeating: true, count: starts.count)
    if form == .yaml { scanIndented() } else { scanBrackets() }
    for comment in comments.reversed() { commentColumns[comment.line] = comment.column }
  }

  package var lineCount: Int { starts.count - 1 }

  /// The bytes of a line without its end.
  package func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineCount else { return bytes.count..<bytes.count }
    var end = starts[line]
    while end > starts[line - 1], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return starts[line - 1]..<end
  }

  /// The bytes of a line with its end.
  package func wholeRange(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineCount else { return bytes.count..<bytes.count }
    return starts[line - 1]..<starts[line]
  }

  /// The first line behind `line` that has code; nil where there is none.
  package func code(after line: Int) -> Int? { (line + 1..<max(line + 1, lineCount + 1)).first { !blanks[$0 - 1] } }

  package func line(_ line: Int) -> String { String(decoding: bytes[range(ofLine: line)], as: UTF8.self) }

  /// The index of the byte at a place; nil where there is none.
  package func offset(line: Int, column: Int) -> Int? {
    guard line >= 1, line <= lineCount, column >= 1 else { return nil }
    let at = starts[line - 1] + column - 1
    return at <= range(ofLine: line).upperBound ? at : nil
  }

  /// The lines from the one at which a value or block begins to the one at which it ends.
  package func block(at line: Int) -> ClosedRange<Int> {
    guard line >= 1, line <= lineCount else { return max(1, line)...max(1, line) }
    var end = line
    if form == .yaml {
      let indent = indent(of: line)
      for next in line + 1..<max(line + 1, lineCount + 1) where !blanks[next - 1] {
        // A list below a key may stand at the key's own column.
        guard self.indent(of: next) > indent || isItem(next) && !isItem(line) && self.indent(of: next) == indent else {
          break
        }
        end = next
      }
      // Comments at the end of a block are in it where they stand as deep as its lines.
      var next = end + 1
      while let column = commentColumns[next], column > indent + 1, blanks[next - 1] {
        end = next
        next += 1
      }
    } else if depths[line] > lows[line - 1] {
      repeat { end += 1 } while end < lineCount && lows[end - 1] > lows[line - 1]
    }
    return line...min(end, lineCount)
  }

  /// The line at which the block begins that holds `line` and stands as deep as the one at `peer`: of two resources of a
  /// file, the one that holds the line.
  package func sibling(of peer: Int, holding line: Int) -> Int? {
    guard line >= 1, line <= lineCount, peer >= 1, peer <= lineCount else { return nil }
    let wanted = form == .yaml ? indent(of: peer) : lows[peer - 1]
    for start in stride(from: line, through: 1, by: -1) where !blanks[start - 1] {
      let depth = form == .yaml ? indent(of: start) : lows[start - 1]
      if depth < wanted { return nil }
      if depth == wanted { return start }
    }
    return nil
  }

  /// The line at which the outermost block of brackets begins that holds `line`.
  package func block(holding line: Int) -> Int? {
    guard form != .yaml, line >= 1, line <= lineCount else { return nil }
    return stride(from: line, through: 1, by: -1).first { lows[$0 - 1] == 0 && !blanks[$0 - 1] }
  }

  /// The line that a comment is about: its own where code stands before it, else the first behind it with only comments
  /// between them. In YAML a comment that stands deeper is the end of what is above it.
  package func subject(of comment: Comment) -> Int? {
    if comment.followsCode { return comment.line }
    for line in comment.line + 1..<max(comment.line + 1, lineCount) + 1 where line <= lineCount {
      guard blanks[line - 1] else {
        return form == .yaml && comment.column > indent(of: line) + 2 ? nil : line
      }
      guard commentColumns[line] != nil else { return nil }
    }
    return nil
  }

  private func note(_ line: Int, _ column: Int, _ text: Range<Int>, followsCode: Bool) -> Comment {
    Comment(line: line, column: column, text: String(decoding: bytes[text], as: UTF8.self), followsCode: followsCode)
  }

  // MARK: Indentation

  private func indent(of line: Int) -> Int {
    bytes[range(ofLine: line)].prefix { $0 == 0x20 }.count
  }

  private func isItem(_ line: Int) -> Bool {
    bytes[range(ofLine: line)].first { $0 != 0x20 } == UInt8(ascii: "-")
  }

  private mutating func scanIndented() {
    for line in 1..<max(1, lineCount + 1) {
      let range = range(ofLine: line)
      var quote: UInt8?
      var at = range.lowerBound
      var hasCode = false
      while at < range.upperBound {
        let byte = bytes[at]
        if let open = quote {
          if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") { at += 1 }
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "#"), at == range.lowerBound || [0x20, 0x09].contains(bytes[at - 1]) {
          comments.append(
            note(line, at + 2 - range.lowerBound, at + 1..<range.upperBound, followsCode: hasCode))
          break
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          // An apostrophe within a word opens nothing.
          let before = at > range.lowerBound ? bytes[at - 1] : 0x20
          if [0x20, 0x09, 0x2C, 0x3A, 0x5B, 0x7B].contains(before) { quote = byte }
        }
        if byte != 0x20, byte != 0x09 { hasCode = true }
        at += 1
      }
      blanks[line - 1] = !hasCode
    }
  }

  // MARK: Brackets

  private mutating func scanBrackets() {
    var depth = 0
    var at = 0
    var line = 1
    depths = [0]
    lows = [0]
    func isNext(_ byte: Character, _ at: Int) -> Bool { at + 1 < bytes.count && bytes[at + 1] == byte.asciiValue }
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case 0x0A: newLine(&line, depth)
      case 0x20, 0x09, 0x0D: break
      case UInt8(ascii: "#") where form == .hcl, UInt8(ascii: "/") where isNext("/", at):
        let end = range(ofLine: line).upperBound
        let start = min(end, at + (byte == UInt8(ascii: "#") ? 1 : 2))
        add(line, start, end)
        at = max(at, end - 1)
      case UInt8(ascii: "/") where isNext("*", at):
        var start = at + 2
        var end = start
        while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "*") || bytes[end + 1] != UInt8(ascii: "/") {
          if bytes[end] == 0x0A {
            add(line, start, end)
            newLine(&line, depth)
            start = end + 1
          }
          end += 1
        }
        add(line, start, end)
        at = end + 1
      case UInt8(ascii: "\""):
        blanks[line - 1] = false
        at = string(from: at, &line, depth, level: 0)
      case UInt8(ascii: "<") where form == .hcl && isNext("<", at):
        blanks[line - 1] = false
        at = heredoc(from: at, &line, depth)
      case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "("):
        blanks[line - 1] = false
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ")"):
        blanks[line - 1] = false
        depth = max(0, depth - 1)
        lows[line - 1] = min(lows[line - 1], depth)
      default: blanks[line - 1] = false
      }
      at += 1
    }
    while depths.count <= lineCount { newLine(&line, depth) }
  }

  private mutating func newLine(_ line: inout Int, _ depth: Int) {
    line += 1
    depths.append(depth)
    lows.append(depth)
  }

  private mutating func add(_ line: Int, _ start: Int, _ end: Int) {
    guard line <= lineCount else { return }
    let first = starts[line - 1]
    comments.append(note(line, start - first + 1, start..<max(start, end), followsCode: !blanks[line - 1]))
  }

  /// The index of the quote that ends the string. A template's `${...}` may hold strings of its own.
  private mutating func string(from start: Int, _ line: inout Int, _ depth: Int, level: Int) -> Int {
    var at = start + 1
    var open = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\") where at + 1 < bytes.count && bytes[at + 1] != 0x0A: at += 1
      case UInt8(ascii: "\"") where open == 0 || level == Self.stringLimit: return at
      case UInt8(ascii: "\""): at = string(from: at, &line, depth, level: level + 1)
      case UInt8(ascii: "{")
      where form == .hcl && (open > 0 || [UInt8(ascii: "$"), UInt8(ascii: "%")].contains(bytes[at - 1])):
        open += 1
      case UInt8(ascii: "}") where open > 0: open -= 1
      case 0x0A where form == .hcl && open == 0:
        // Not closed: the file is broken, and the next line may be read again.
        return at - 1
      case 0x0A:
        newLine(&line, depth)
        if line <= blanks.count { blanks[line - 1] = false }
      default: break
      }
      at += 1
    }
    return at
  }

  /// The index of the last byte of a text `<<NAME` to `NAME`.
  private mutating func heredoc(from start: Int, _ line: inout Int, _ depth: Int) -> Int {
    let head = range(ofLine: line)
    let name = bytes[min(start + 2, head.upperBound)..<head.upperBound].drop { $0 == UInt8(ascii: "-") }
    let isName = name.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 == 0x5F } ?? false
    guard isName else { return start + 1 }
    while line < lineCount {
      newLine(&line, depth)
      blanks[line - 1] = false
      let text = range(ofLine: line)
      if bytes[text].drop(while: { $0 == 0x20 || $0 == 0x09 }).elementsEqual(name) {
        return max(start, text.upperBound - 1)
      }
    }
    return bytes.count
  }
}
