// SPDX-License-Identifier: Apache-2.0
package import JSON

extension Value {
  /// The JSON form as `jsonencode` writes it; the caller sees to it that all is known.
  var jsonEncoded: String {
    var out: [UInt8] = []
    writeJSON(into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  private func writeJSON(into out: inout [UInt8]) {
    switch content {
    case .null, .unknown: out += "null".utf8
    case .bool(let value): out += (value ? "true" : "false").utf8
    case .number(let value): out += value.text.utf8
    case .string(let value): value.writeJSON(into: &out)
    case .list(let elements, _), .set(let elements, _), .tuple(let elements):
      out.append(0x5B)
      for (index, element) in elements.enumerated() {
        if index > 0 { out.append(0x2C) }
        element.writeJSON(into: &out)
      }
      out.append(0x5D)
    case .map(let members, _), .object(let members, _):
      out.append(0x7B)
      for (index, entry) in members.entries.enumerated() {
        if index > 0 { out.append(0x2C) }
        entry.key.writeJSON(into: &out)
        out.append(0x3A)
        entry.value.writeJSON(into: &out)
      }
      out.append(0x7D)
    }
  }

  /// A document's value, with arrays as tuples and objects as objects.
  package init(json: JSONValue) {
    switch json.kind {
    case .null: self.init(.null(.any))
    case .bool: self.init(json.boolean == true)
    case .integer, .double, .number:
      // A literal with an exponent beyond all use is no number that Terraform could hold either.
      self.init(json.numberLiteral.flatMap { Number($0) }.map { .number($0) } ?? .null(.number))
    case .string: self.init(json.string ?? "")
    case .array: self.init(tuple: json.elements.map { Value(json: $0) })
    case .object: self.init(object: json.members.map { ($0.key.string ?? "", Value(json: $0.value)) })
    }
  }
}

extension String {
  /// As Go writes JSON strings: with `<`, `>` and `&` escaped.
  func writeJSON(into out: inout [UInt8]) {
    let hex = Array("0123456789abcdef".utf8)
    out.append(0x22)
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x22: out += [0x5C, 0x22]
      case 0x5C: out += [0x5C, 0x5C]
      case 0x08: out += [0x5C, 0x62]
      case 0x0C: out += [0x5C, 0x66]
      case 0x0A: out += [0x5C, 0x6E]
      case 0x0D: out += [0x5C, 0x72]
      case 0x09: out += [0x5C, 0x74]
      case 0..<0x20, 0x3C, 0x3E, 0x26:
        out += [0x5C, 0x75, 0x30, 0x30, hex[Int(scalar.value >> 4)], hex[Int(scalar.value & 15)]]
      case 0x2028, 0x2029: out += "\\u\(String(scalar.value, radix: 16))".utf8
      default: out += UTF8.encode(scalar).map { Array($0) } ?? []
      }
    }
    out.append(0x22)
  }

  /// Quoted as in Go's source.
  var goQuoted: String {
    var out = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
