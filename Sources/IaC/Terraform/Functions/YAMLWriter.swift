// SPDX-License-Identifier: Apache-2.0

/// Writes values as `yamlencode` does: block style, texts in double quotes, several lines as a literal block.
enum YAMLWriter {
  static func text(_ value: Value) -> String {
    var out: [UInt8] = []
    write(value, indent: 0, isInline: true, into: &out)
    // A scalar without quotes that is the whole document is ended by a mark.
    if value.string == nil, value.elements == nil, value.members == nil { out += "...\n".utf8 }
    return String(decoding: out, as: UTF8.self)
  }

  /// - Parameter isInline: whether the line has begun, behind `- ` or at the start of the text.
  private static func write(_ value: Value, indent: Int, isInline: Bool, into out: inout [UInt8]) {
    let start = [UInt8](repeating: 0x20, count: indent)
    if let elements = value.elements {
      if elements.isEmpty { return out += "[]\n".utf8 }
      for (index, element) in elements.enumerated() {
        if index > 0 || !isInline { out += start }
        out += "- ".utf8
        write(element, indent: indent + 2, isInline: true, into: &out)
      }
    } else if let members = value.members {
      if members.count == 0 { return out += "{}\n".utf8 }
      for (index, entry) in members.entries.enumerated() {
        if index > 0 || !isInline { out += start }
        quote(entry.key, into: &out)
        out.append(0x3A)
        let isEmpty = entry.value.elements?.isEmpty ?? (entry.value.members?.count == 0)
        if !isEmpty, entry.value.elements != nil {
          // A list within a map stands as far left as the map.
          out.append(0x0A)
          write(entry.value, indent: indent, isInline: false, into: &out)
        } else if !isEmpty, entry.value.members != nil {
          out.append(0x0A)
          write(entry.value, indent: indent + 2, isInline: false, into: &out)
        } else {
          out.append(0x20)
          write(entry.value, indent: indent + 2, isInline: true, into: &out)
        }
      }
    } else if let text = value.string {
      if text.contains("\n"), isBlock(text) {
        literal(text, indent: indent, into: &out)
      } else {
        quote(text, into: &out)
        out.append(0x0A)
      }
    } else {
      out += value.jsonEncoded.utf8
      out.append(0x0A)
    }
  }

  private static func quote(_ text: String, into out: inout [UInt8]) {
    out.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: out += "\\\"".utf8
      case 0x5C: out += "\\\\".utf8
      case 0x00: out += "\\0".utf8
      case 0x07: out += "\\a".utf8
      case 0x08: out += "\\b".utf8
      case 0x09: out += "\\t".utf8
      case 0x0A: out += "\\n".utf8
      case 0x0B: out += "\\v".utf8
      case 0x0C: out += "\\f".utf8
      case 0x0D: out += "\\r".utf8
      case 0x1B: out += "\\e".utf8
      case 0x85: out += "\\N".utf8
      case 0x2028: out += "\\L".utf8
      case 0x2029: out += "\\P".utf8
      case 0..<0x20, 0x7F..<0xA0:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        out += "\\x\(hex.count < 2 ? "0" : "")\(hex)".utf8
      default: out += UTF8.encode(scalar).map { Array($0) } ?? []
      }
    }
    out.append(0x22)
  }

  /// Whether a text can stand as a block: no space before a line's end, and nothing that needs an escape.
  private static func isBlock(_ text: String) -> Bool {
    var last: UInt32 = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where last == 0x20: return false
      case 0x0A: break
      case 0..<0x20, 0x7F..<0xA0, 0xFEFF: return false
      default: break
      }
      last = scalar.value
    }
    return last != 0x20
  }

  private static func literal(_ text: String, indent: Int, into out: inout [UInt8]) {
    let indent = max(indent, 2)
    out.append(0x7C)
    if text.utf8.first == 0x20 || text.utf8.first == 0x0A { out += "2".utf8 }
    let ends = text.utf8.reversed().prefix { $0 == 0x0A }.count
    if ends == 0 { out.append(0x2D) } else if ends > 1 || text.utf8.count == 1 { out.append(0x2B) }
    out.append(0x0A)
    var lines = StringFunctions.split(text, "\n")
    if ends > 0 { lines.removeLast() }
    for line in lines {
      if !line.isEmpty { out += [UInt8](repeating: 0x20, count: indent) }
      out += line.utf8
      out.append(0x0A)
    }
  }
}
