// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A regular expression in RE2's syntax, matched in linear time.
///
///     let expression = try RegularExpression.cached(#"(\d+)-(\w+)"#)
///     let groups = expression.find(in: "a 12-b")  // ["12-b", "12", "b"]
package struct RegularExpression: Sendable {
  private let program: RegexProgram
  /// Names of the groups; the first is the whole match.
  package let names: [String?]

  private static let cache = Mutex<[String: RegularExpression]>([:])

  /// The expression, made once however many rows ask for it.
  package static func cached(_ pattern: String) throws(KQLError) -> RegularExpression {
    if let found = cache.withLock({ $0[pattern] }) { return found }
    let made = try RegularExpression(pattern)
    cache.withLock {
      if $0.count > 256 { $0.removeAll() }
      $0[pattern] = made
    }
    return made
  }

  init(_ pattern: String) throws(KQLError) {
    do throws(RegexError) {
      var parser = RegexParser(pattern)
      let node = try parser.parse()
      names = parser.captureNames
      program = try RegexProgram(node, captureCount: names.count)
    } catch {
      throw KQLError(
        .arguments, "'\(pattern)' is not a regular expression: \(error.message) (character \(error.offset + 1))")
    }
  }

  func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var machine = RegexMachine(program, captures: false)
    return machine.run(bytes, from: 0) != nil
  }

  /// A test for many texts that keeps its working memory.
  func tester() -> (UnsafeBufferPointer<UInt8>) -> Bool {
    var machine = RegexMachine(program, captures: false)
    return { machine.run($0, from: 0) != nil }
  }

  /// Bounds of the first match at or after an offset and of its groups, in bytes; -1 for a group that took no part.
  func firstMatch(in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> [Int]? {
    var machine = RegexMachine(program, captures: true)
    return machine.run(bytes, from: start)
  }

  /// Bounds of every match; an empty match moves on by one character.
  func allMatches(in bytes: UnsafeBufferPointer<UInt8>) -> [[Int]] {
    var machine = RegexMachine(program, captures: true)
    var result: [[Int]] = []
    var at = 0
    var lastEnd = -1
    while at <= bytes.count, let match = machine.run(bytes, from: at) {
      let (start, end) = (match[0], match[1])
      // An empty match right after a match is none: `a*` in "ab" matches "a" and "" at the end only.
      if start != end || start != lastEnd { result.append(match) }
      lastEnd = end
      at = end > start ? end : end + max(1, RegexMachine.decode(bytes, end).1)
    }
    return result
  }

  func find(in text: String) -> [Substring?]? {
    var text = text
    guard let bounds = text.withUTF8({ firstMatch(in: $0) }) else { return nil }
    return Self.slices(text, bounds)
  }

  package func all(in text: String) -> [[Substring?]] {
    var text = text
    let matches = text.withUTF8 { allMatches(in: $0) }
    return matches.map { Self.slices(text, $0) }
  }

  private static func slices(_ text: String, _ bounds: [Int]) -> [Substring?] {
    let utf8 = text.utf8
    return stride(from: 0, to: bounds.count, by: 2).map { slot in
      guard bounds[slot] >= 0, bounds[slot + 1] >= 0 else { return nil }
      let start = utf8.index(utf8.startIndex, offsetBy: bounds[slot])
      return text[start..<utf8.index(utf8.startIndex, offsetBy: bounds[slot + 1])]
    }
  }

  /// Every match replaced; `\1` names a group, `\0` the match, a backslash before another character is dropped.
  func replace(in text: String, with rewrite: String) -> String {
    var text = text
    let rewrite = Array(rewrite.utf8)
    return text.withUTF8 { bytes in
      let matches = allMatches(in: bytes)
      var out: [UInt8] = []
      var at = 0
      for match in matches {
        out.append(contentsOf: bytes[at..<match[0]])
        var escaped = false
        for byte in rewrite {
          if escaped {
            escaped = false
            if byte &- 0x30 < 10 {
              let slot = Int(byte &- 0x30) * 2
              if slot < match.count, match[slot] >= 0 { out.append(contentsOf: bytes[match[slot]..<match[slot + 1]]) }
            } else {
              out.append(byte)
            }
          } else if byte == 0x5C {
            escaped = true
          } else {
            out.append(byte)
          }
        }
        at = match[1]
      }
      out.append(contentsOf: bytes[at...])
      return String(decoding: out, as: UTF8.self)
    }
  }
}
