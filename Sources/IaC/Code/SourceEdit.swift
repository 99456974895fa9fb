// SPDX-License-Identifier: Apache-2.0

/// A literal of code, as a text or without quotes.
package enum CodeLiteral: Sendable, Hashable {
  case bool(Bool)
  case number(String)
  case text(String)

  var scalar: String {
    switch self {
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text), .text(let text): text
    }
  }
}

/// Changes of one file: literals that get another value, and members that are put into maps.
package struct SourceEdits: Sendable {
  package let source: SourceText
  /// New text by the bytes that it stands for.
  private var replaced: [Int: (end: Int, text: String)] = [:]
  /// Members by the place of the map that they go into.
  private var inserted: [Int: [Member]] = [:]
  private var order: [Int: CodeNode] = [:]

  private struct Member {
    let key: String
    var value: CodeLiteral?
    var members: [Member] = []

    /// Whether the value found its place: not where another is.
    mutating func add(_ keys: ArraySlice<String>, _ new: CodeLiteral) -> Bool {
      guard let key = keys.first else {
        guard members.isEmpty, value == nil || value == new else { return false }
        value = new
        return true
      }
      guard value == nil else { return false }
      if let index = members.firstIndex(where: { $0.key == key }) { return members[index].add(keys.dropFirst(), new) }
      var member = Member(key: key)
      let isAdded = member.add(keys.dropFirst(), new)
      members.append(member)
      return isAdded
    }
  }

  package init(_ source: SourceText) { self.source = source }

  package var isEmpty: Bool { replaced.isEmpty && inserted.isEmpty }

  // MARK: Literals

  /// Gives the literal at a place another value.
  ///
  /// - Parameters:
  ///   - current: what the code evaluates to there; where something else is written, nothing is changed.
  /// - Returns: whether the literal is there, and no other value is asked for.
  package mutating func replace(at place: CodePlace, _ current: CodeLiteral, with new: CodeLiteral) -> Bool {
    guard var start = source.offset(line: place.line, column: place.column) else { return false }
    let line = source.range(ofLine: place.line)
    start = value(from: start, line)
    guard let (end, quote) = Self.literal(source.bytes, start, line.upperBound, current) else { return false }
    guard let text = written(new, quote) else { return false }
    if let known = replaced[start] { return known.text == text }
    replaced[start] = (end, text)
    return true
  }

  /// Where the value begins: behind `name =` where the place is that of an argument of HCL.
  private func value(from start: Int, _ line: Range<Int>) -> Int {
    guard source.form == .hcl else { return start }
    var at = start
    func isName(_ byte: UInt8) -> Bool {
      (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
    }
    while at < line.upperBound, isName(source.bytes[at]) { at += 1 }
    guard at > start else { return start }
    while at < line.upperBound, source.bytes[at] == 0x20 { at += 1 }
    guard at + 1 < line.upperBound, source.bytes[at] == UInt8(ascii: "="), source.bytes[at + 1] != UInt8(ascii: "=")
    else { return start }
    at += 1
    while at < line.upperBound, source.bytes[at] == 0x20 { at += 1 }
    return at
  }

  /// The end of the literal and its quote, where `current` and nothing more is written at `start`.
  private static func literal(
    _ bytes: [UInt8], _ start: Int, _ end: Int, _ current: CodeLiteral
  ) -> (end: Int, quote: UInt8?)? {
    guard start < end else { return nil }
    let quote = [0x22, 0x27].contains(bytes[start]) ? bytes[start] : nil
    let scalar = Array(current.scalar.utf8)
    let first = quote == nil ? start : start + 1
    let last = first + scalar.count
    guard last <= end, !scalar.contains(UInt8(ascii: "\\")) else { return nil }
    var isSame = bytes[first..<last].elementsEqual(scalar)
    // YAML has `True` and `TRUE` too.
    if case .bool = current { isSame = zip(bytes[first..<last], scalar).allSatisfy { $0 | 0x20 == $1 } }
    guard isSame else { return nil }
    var next = last
    if let quote {
      guard next < end, bytes[next] == quote else { return nil }
      next += 1
    }
    let rest = bytes[next..<end].drop { $0 == 0x20 || $0 == 0x09 }
    guard let after = rest.first else { return (next, quote) }
    let isEnd = [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(after)
    let isComment = [UInt8(ascii: "#"), UInt8(ascii: "/")].contains(after) && (rest.startIndex > next || quote != nil)
    return isEnd || isComment ? (next, quote) : nil
  }

  /// The literal as the file's language writes it; nil where it would need escapes.
  private func written(_ literal: CodeLiteral, _ quote: UInt8? = nil) -> String? {
    let scalar = literal.scalar
    guard scalar.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x27 && $0 != 0x5C && $0 != 0x24 && $0 != 0x25 })
    else { return nil }
    if let quote { return "\(Character(UnicodeScalar(quote)))\(scalar)\(Character(UnicodeScalar(quote)))" }
    guard case .text = literal else { return scalar }
    guard source.form == .yaml else { return "\"\(scalar)\"" }
    let isPlain =
      scalar.utf8.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A } ?? false
      && scalar.utf8.allSatisfy {
        ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x5F].contains($0)
      }
    let isWord = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(scalar.lowercased())
    return isPlain && !isWord ? scalar : "\"\(scalar)\""
  }

  // MARK: Members

  /// Puts a value below keys that a map does not have.
  ///
  /// - Parameter map: a map as it is written in this file.
  /// - Returns: whether the map is written out at its place, and nothing else is asked for there.
  package mutating func insert(_ keys: [String], _ value: CodeLiteral, into map: CodeNode) -> Bool {
    guard let first = keys.first, keys.allSatisfy(Self.isPlainKey), written(value) != nil, source.form != .hcl,
      map[first] == nil, let start = source.offset(line: map.place.line, column: map.place.column),
      start < source.bytes.count
    else { return false }
    let line = source.range(ofLine: map.place.line)
    if source.bytes[start] != UInt8(ascii: "{") {
      // A block of YAML begins with its first key, which has the line for itself.
      guard source.form == .yaml, let key = map.members.first?.key, Self.isPlainKey(key),
        source.bytes[start..<line.upperBound].starts(with: Array((key + ":").utf8)),
        source.bytes[line.lowerBound..<start].allSatisfy({ $0 == 0x20 })
      else { return false }
    } else if source.bytes[start + 1..<line.upperBound].first(where: { $0 != 0x20 }).map({
      $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "/")
    }) == true {
      return false
    }
    var root = Member(key: "", members: inserted[start] ?? [])
    guard root.add(keys[...], value) else { return false }
    inserted[start] = root.members
    order[start] = map
    return true
  }

  private static func isPlainKey(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || (0x30...0x39).contains($0) || $0 == 0x5F }
  }

  /// `Key: value`, `Key: {Key: value}`
  private func inline(_ member: Member) -> String {
    let key = source.form == .json ? "\"\(member.key)\"" : member.key
    let value = member.value.flatMap { written($0) }
    return "\(key): \(value ?? "{" + member.members.map { inline($0) }.joined(separator: ", ") + "}")"
  }

  /// A block of YAML, a line for each key.
  private func block(_ members: [Member], indent: Int, _ ending: String) -> String {
    members.map { member in
      let head = String(repeating: " ", count: indent) + member.key + ":"
      if let value = member.value.flatMap({ written($0) }) { return "\(head) \(value)\(ending)" }
      return "\(head)\(ending)" + block(member.members, indent: indent + 2, ending)
    }.joined()
  }

  /// The text that goes in at an offset.
  private func insertion(_ start: Int, _ members: [Member], _ map: CodeNode) -> (at: Int, text: String) {
    let line = source.range(ofLine: map.place.line)
    let hasReturn = line.upperBound < source.bytes.count && source.bytes[line.upperBound] == 0x0D
    let ending = hasReturn ? "\r\n" : "\n"
    guard source.bytes[start] == UInt8(ascii: "{") else {
      return (line.lowerBound, block(members, indent: start - line.lowerBound, ending))
    }
    let texts = members.map { inline($0) }
    let isAlone = source.bytes[start + 1..<line.upperBound].allSatisfy { $0 == 0x20 }
    guard isAlone, let next = source.code(after: map.place.line), !map.members.isEmpty else {
      return (start + 1, texts.joined(separator: ", ") + (map.members.isEmpty ? "" : ", "))
    }
    let indent = source.bytes[source.range(ofLine: next)].prefix { $0 == 0x20 || $0 == 0x09 }
    let head = ending + String(decoding: indent, as: UTF8.self)
    return (line.upperBound, texts.map { "\(head)\($0)," }.joined())
  }

  // MARK: Results

  /// Bytes that are replaced, in order.
  private var changes: [(range: Range<Int>, text: String)] {
    let literals = replaced.map { ($0.key..<$0.value.end, $0.value.text) }
    let members = inserted.compactMap { start, members -> (Range<Int>, String)? in
      guard let map = order[start] else { return nil }
      let (at, text) = insertion(start, members, map)
      return (at..<at, text)
    }
    return (literals + members).sorted { ($0.0.lowerBound, $0.0.upperBound) < ($1.0.lowerBound, $1.0.upperBound) }
  }

  /// The file with all changes.
  package var text: [UInt8] {
    var out: [UInt8] = []
    var at = 0
    for change in changes {
      out += source.bytes[at..<change.range.lowerBound]
      out += Array(change.text.utf8)
      at = change.range.upperBound
    }
    return out + source.bytes[at...]
  }

  /// Lines that change, each with what stands for it.
  package var changedLines: [(line: Int, text: [UInt8])] {
    var lines: [(line: Int, text: [UInt8])] = []
    var open = changes[...]
    for line in 1..<max(1, source.lineCount) + 1 where !open.isEmpty {
      let range = source.wholeRange(ofLine: line)
      var text: [UInt8] = []
      var at = range.lowerBound
      let isLast = line == source.lineCount
      while let change = open.first, change.range.lowerBound < range.upperBound || isLast {
        text += source.bytes[at..<change.range.lowerBound] + Array(change.text.utf8)
        at = change.range.upperBound
        open = open.dropFirst()
      }
      if at > range.lowerBound || !text.isEmpty { lines.append((line, text + source.bytes[at..<range.upperBound])) }
    }
    return lines
  }
}

/// A patch of several files, as `git apply` and `patch -p1` take it.
package enum UnifiedDiff {
  private static let context = 3

  package static func write(_ edits: SourceEdits, path: String, into out: inout [UInt8]) {
    let changed = edits.changedLines
    guard !changed.isEmpty else { return }
    out += Array("--- \(name("a/" + path))\n+++ \(name("b/" + path))\n".utf8)
    let source = edits.source
    let steps = changed.map { step($0.line, $0.text, source) }
    var (index, shift) = (0, 0)
    while index < steps.count {
      var end = index + 1
      while end < steps.count, steps[end].old.lowerBound - steps[end - 1].old.upperBound <= 2 * context { end += 1 }
      let first = max(1, steps[index].old.lowerBound - context)
      let last = min(source.lineCount, steps[end - 1].old.upperBound - 1 + context)
      var body: [UInt8] = []
      var (line, new) = (first, 0)
      for step in steps[index..<end] {
        while line < step.old.lowerBound {
          new += append(source.bytes[source.wholeRange(ofLine: line)], " ", &body)
          line += 1
        }
        for old in step.old { _ = append(source.bytes[source.wholeRange(ofLine: old)], "-", &body) }
        new += append(step.new, "+", &body)
        line = step.old.upperBound
      }
      while line <= last {
        new += append(source.bytes[source.wholeRange(ofLine: line)], " ", &body)
        line += 1
      }
      out += Array("@@ -\(first),\(last - first + 1) +\(first + shift),\(new) @@\n".utf8) + body
      shift += new - (last - first + 1)
      index = end
    }
  }

  /// Lines that go, and what comes in their place; lines that only get others before or behind them stay.
  private static func step(
    _ line: Int, _ text: [UInt8], _ source: SourceText
  ) -> (old: Range<Int>, new: ArraySlice<UInt8>) {
    let old = source.bytes[source.wholeRange(ofLine: line)]
    if text.count > old.count, text.suffix(old.count).elementsEqual(old), text.dropLast(old.count).last == 0x0A {
      return (line..<line, text.dropLast(old.count))
    }
    if text.starts(with: old), old.last == 0x0A { return (line + 1..<line + 1, text.dropFirst(old.count)) }
    return (line..<line + 1, text[...])
  }

  /// Adds lines with a mark before each; how many.
  private static func append(_ text: ArraySlice<UInt8>, _ mark: Character, _ out: inout [UInt8]) -> Int {
    var count = 0
    var rest = text
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
      out += Array(String(mark).utf8) + rest[..<end]
      if rest[end - 1] != 0x0A { out += Array("\n\\ No newline at end of file\n".utf8) }
      rest = rest[end...]
      count += 1
    }
    return count
  }

  /// A path as git quotes it.
  private static func name(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) else {
      // Where a path has a space, a tab says where it ends.
      return path.contains(" ") ? path + "\t" : path
    }
    var out = "\""
    for byte in path.utf8 {
      switch byte {
      case 0x22, 0x5C: out += "\\" + String(UnicodeScalar(byte))
      case 0..<0x20, 0x7F...0xFF:
        let digits = String(byte, radix: 8)
        out += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: out += String(UnicodeScalar(byte))
      }
    }
    return out + "\""
  }
}
