// SPDX-License-Identifier: Apache-2.0

/// Reads JSON as template tools do: with comments, commas before a closing bracket and line breaks in texts; every
/// value knows its place. A key that is given twice counts as its last value, as JSON readers do.
struct CodeJSON {
  static let depthLimit = 200
  static let byteLimit = 64 << 20

  private let bytes: [UInt8]
  private let path: String
  private var at = 0
  private var line = 1
  private var lineStart = 0

  private init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      at = 3
      lineStart = 3
    }
  }

  static func read(_ bytes: [UInt8], path: String) throws(CodeError) -> CodeNode {
    var reader = CodeJSON(bytes, path: path)
    guard bytes.count <= byteLimit else {
      throw reader.error("the file is larger than \(byteLimit >> 20) MB")
    }
    let node = try reader.value(depth: 0)
    try reader.skip()
    guard reader.at == bytes.count else { throw reader.error("unexpected text behind the document") }
    return node
  }

  private var place: CodePlace { CodePlace(path: path, line: line, column: at - lineStart + 1) }

  private func error(_ message: String) -> CodeError { CodeError(message, at: place) }

  private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skip() throws(CodeError) {
    while let byte {
      switch byte {
      case 0x0A:
        at += 1
        line += 1
        lineStart = at
      case 0x20, 0x09, 0x0D: at += 1
      case UInt8(ascii: "/"):
        let next = at + 1 < bytes.count ? bytes[at + 1] : 0
        if next == UInt8(ascii: "/") {
          while let byte = self.byte, byte != 0x0A { at += 1 }
        } else if next == UInt8(ascii: "*") {
          let start = place
          at += 2
          while at + 1 < bytes.count, bytes[at] != UInt8(ascii: "*") || bytes[at + 1] != UInt8(ascii: "/") {
            if bytes[at] == 0x0A {
              line += 1
              lineStart = at + 1
            }
            at += 1
          }
          guard at + 1 < bytes.count else { throw CodeError("a comment is not closed; write */", at: start) }
          at += 2
        } else {
          throw error("unexpected '/'")
        }
      default: return
      }
    }
  }

  private mutating func value(depth: Int) throws(CodeError) -> CodeNode {
    try skip()
    guard depth < Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit)") }
    let start = place
    guard let byte else { throw error("the file ends where a value should stand") }
    switch byte {
    case UInt8(ascii: "{"): return CodeNode(.map(try members(depth)), at: start)
    case UInt8(ascii: "["): return CodeNode(.list(try elements(depth)), at: start)
    case UInt8(ascii: "\""): return CodeNode(.string(try string()), at: start)
    default: return CodeNode(try word(), at: start)
    }
  }

  private mutating func members(_ depth: Int) throws(CodeError) -> [CodeMember] {
    at += 1
    var members: [CodeMember] = []
    var index: [String: Int] = [:]
    while true {
      try skip()
      if byte == UInt8(ascii: "}") {
        at += 1
        return members
      }
      let start = place
      guard byte == UInt8(ascii: "\"") else { throw error("expected a key in quotes or '}'") }
      let key = try string()
      try skip()
      guard byte == UInt8(ascii: ":") else { throw error("expected ':' behind the key '\(key)'") }
      at += 1
      let member = CodeMember(key, try value(depth: depth + 1), at: start)
      if let known = index[key] {
        members[known] = member
      } else {
        index[key] = members.count
        members.append(member)
      }
      try comma(before: UInt8(ascii: "}"))
    }
  }

  private mutating func elements(_ depth: Int) throws(CodeError) -> [CodeNode] {
    at += 1
    var elements: [CodeNode] = []
    while true {
      try skip()
      if byte == UInt8(ascii: "]") {
        at += 1
        return elements
      }
      elements.append(try value(depth: depth + 1))
      try comma(before: UInt8(ascii: "]"))
    }
  }

  private mutating func comma(before close: UInt8) throws(CodeError) {
    try skip()
    if byte == UInt8(ascii: ",") {
      at += 1
    } else if byte != close {
      throw error("expected ',' or '\(Character(UnicodeScalar(close)))'")
    }
  }

  private mutating func string() throws(CodeError) -> String {
    let start = place
    at += 1
    var out: [UInt8] = []
    while let byte {
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &out)
      case 0x0A:
        line += 1
        lineStart = at
        out.append(byte)
      default: out.append(byte)
      }
    }
    throw CodeError("a text is not closed", at: start)
  }

  private mutating func escape(into out: inout [UInt8]) throws(CodeError) {
    guard let byte else { throw error("the file ends in a text") }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "u"):
      var unit = try hex()
      if unit & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
        bytes[at + 1] == UInt8(ascii: "u")
      {
        at += 2
        let low = try hex()
        guard low & 0xFC00 == 0xDC00 else { throw error("half of a surrogate pair") }
        unit = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
      }
      guard let scalar = UnicodeScalar(unit) else { throw error("half of a surrogate pair") }
      out.append(contentsOf: String(Character(scalar)).utf8)
    default: throw error("unknown escape in a text")
    }
  }

  private mutating func hex() throws(CodeError) -> UInt32 {
    guard at + 4 <= bytes.count, let unit = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw error("\\u needs four hexadecimal digits") }
    at += 4
    return unit
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == 0x2B || byte == 0x2D || byte == 0x2E || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private mutating func word() throws(CodeError) -> CodeValue {
    let start = at
    while let byte, Self.isWord(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      let isNumber = text.utf8.first.map { $0 == 0x2D || (0x30...0x39).contains($0) } ?? false
      guard isNumber, Double(text) != nil else {
        at = start
        throw error(text.isEmpty ? "unexpected character where a value should stand" : "'\(text)' is no value")
      }
      return .number(text)
    }
  }
}
