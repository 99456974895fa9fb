// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

enum EncodingFunctions {
  static let all: [String: Function] = [
    "jsonencode": Function(Parameter(need: .anything, allowsNull: true), returns: .string) { args, _ in
      guard args[0].isWhollyKnown else { return .unknown(.string, args[0].sources, twin: .json(args[0])) }
      return Value(args[0].jsonEncoded)
    },
    "jsondecode": Function(Parameter(type: .string, need: .anything), returns: .any) {
      args, _ throws(FunctionFailure) in
      if let unknown = args[0].unknown {
        if case .json(let value) = unknown.twin { return value }
        return .unknown(.any, unknown.sources)
      }
      do {
        return Value(json: try JSONDocument.parse(try StringFunctions.string(args[0])).root)
      } catch {
        throw FunctionFailure("the text is not JSON: \(error)")
      }
    },
    "yamlencode": Function(Parameter(need: .anything, allowsNull: true), returns: .string) { args, _ in
      guard args[0].isWhollyKnown else { return .unknown(.string, args[0].sources, twin: .json(args[0])) }
      return Value(YAMLWriter.text(args[0]))
    },
    "yamldecode": Function(.string, returns: .any) { args, _ throws(FunctionFailure) in
      try YAMLReader.value(try StringFunctions.string(args[0]))
    },
    "csvdecode": Function(.string, returns: .list(.any)) { args, _ throws(FunctionFailure) in
      try csv(try StringFunctions.string(args[0]))
    },
    "base64encode": Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
      Value(Base64.encode(Array(try StringFunctions.string(args[0]).utf8)))
    },
    "base64decode": Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
      guard let bytes = Base64.decode(try StringFunctions.string(args[0])) else {
        throw FunctionFailure("the text is not base64")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FunctionFailure("the bytes are no UTF-8 text; textdecodebase64() takes other encodings")
      }
      return Value(text)
    },
    // The bytes that a compressor gives are its own affair; another would give others.
    "base64gzip": Function(.string, returns: .string) { args, context in
      context.resolver?.note(functionNotEvaluated: "base64gzip", at: context.place)
      return .unknown(.string, [Reference(.function, "base64gzip()")])
    },
    "textencodebase64": Function(.string, .string, returns: .string) { args, context throws(FunctionFailure) in
      let (text, name) = (try StringFunctions.string(args[0]), try StringFunctions.string(args[1]))
      guard let encoding = TextEncoding(name) else { return unknownEncoding(name, context) }
      guard let bytes = encoding.encode(text) else {
        throw FunctionFailure("the text has characters that \(name) does not know")
      }
      return Value(Base64.encode(bytes))
    },
    "textdecodebase64": Function(.string, .string, returns: .string) { args, context throws(FunctionFailure) in
      let (text, name) = (try StringFunctions.string(args[0]), try StringFunctions.string(args[1]))
      guard let bytes = Base64.decode(text) else { throw FunctionFailure("the text is not base64") }
      guard let encoding = TextEncoding(name) else { return unknownEncoding(name, context) }
      guard let decoded = encoding.decode(bytes) else { throw FunctionFailure("the bytes are no text in \(name)") }
      return Value(decoded)
    },
    "urlencode": Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
      let hex = Array("0123456789ABCDEF".utf8)
      var out: [UInt8] = []
      for byte in try StringFunctions.string(args[0]).utf8 {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2D, 0x5F, 0x2E, 0x7E: out.append(byte)
        case 0x20: out.append(0x2B)
        default: out += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
      }
      return Value(String(decoding: out, as: UTF8.self))
    },
  ]

  private static func unknownEncoding(_ name: String, _ context: FunctionContext) -> Value {
    context.resolver?.note(functionNotEvaluated: "text encoding \(name)", at: context.place)
    return .unknown(.string, [Reference(.function, "textencodebase64(\(name))")])
  }

  /// Rows as objects whose attributes the first row names.
  private static func csv(_ text: String) throws(FunctionFailure) -> Value {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var (quoted, wasQuoted) = (false, false)
    let bytes = Array(text.utf8)
    func end() {
      row.append(String(decoding: field, as: UTF8.self))
      field = []
      wasQuoted = false
    }
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if quoted {
        if byte != 0x22 {
          if byte == 0x0D, at < bytes.count, bytes[at] == 0x0A { continue }
          field.append(byte)
        } else if at < bytes.count, bytes[at] == 0x22 {
          field.append(0x22)
          at += 1
        } else {
          quoted = false
        }
        continue
      }
      switch byte {
      case 0x22 where field.isEmpty && !wasQuoted: (quoted, wasQuoted) = (true, true)
      case 0x22: throw FunctionFailure("line \(rows.count + 1): a quote within a field that has none around it")
      case 0x2C: end()
      case 0x0D where at < bytes.count && bytes[at] == 0x0A: break
      case 0x0A:
        if row.isEmpty, field.isEmpty, !wasQuoted { continue }
        end()
        rows.append(row)
        row = []
      default: field.append(byte)
      }
    }
    if quoted { throw FunctionFailure("a quote is not closed") }
    if !row.isEmpty || !field.isEmpty || wasQuoted {
      end()
      rows.append(row)
    }
    guard let header = rows.first else { throw FunctionFailure("there is no header row") }
    guard Set(header).count == header.count else { throw FunctionFailure("a column's name stands in the header twice") }
    let type = ValueType.object(Dictionary(header.map { ($0, .string) }, uniquingKeysWith: { first, _ in first }))
    var values: [Value] = []
    for row in rows.dropFirst() {
      guard row.count == header.count else {
        throw FunctionFailure("a row has \(row.count) fields, the header \(header.count)")
      }
      values.append(Value(object: zip(header, row).map { ($0, Value($1)) }))
    }
    return Value(.list(values, of: type))
  }
}

/// Encodings of text that need no table.
private enum TextEncoding {
  case utf8, utf16(bigEndian: Bool), utf16WithMark, latin1

  init?(_ name: String) {
    switch name.uppercased() {
    case "UTF-8", "UTF8": self = .utf8
    case "UTF-16LE": self = .utf16(bigEndian: false)
    case "UTF-16BE": self = .utf16(bigEndian: true)
    case "UTF-16": self = .utf16WithMark
    case "ISO-8859-1", "LATIN1": self = .latin1
    default: return nil
    }
  }

  func encode(_ text: String) -> [UInt8]? {
    switch self {
    case .utf8: return Array(text.utf8)
    case .utf16(let bigEndian): return text.utf16.flatMap { Self.bytes($0, bigEndian) }
    case .utf16WithMark: return ([0xFEFF] + text.utf16).flatMap { Self.bytes($0, true) }
    case .latin1:
      let scalars = text.unicodeScalars
      return scalars.allSatisfy { $0.value < 256 } ? scalars.map { UInt8($0.value) } : nil
    }
  }

  func decode(_ bytes: [UInt8]) -> String? {
    switch self {
    case .utf8: return String(validating: bytes, as: UTF8.self)
    case .utf16(let bigEndian): return Self.utf16(bytes, bigEndian)
    case .utf16WithMark:
      if bytes.starts(with: [0xFF, 0xFE]) { return Self.utf16(Array(bytes.dropFirst(2)), false) }
      return Self.utf16(bytes.starts(with: [0xFE, 0xFF]) ? Array(bytes.dropFirst(2)) : bytes, true)
    case .latin1: return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
  }

  private static func bytes(_ unit: UInt16, _ bigEndian: Bool) -> [UInt8] {
    let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
    return bigEndian ? [high, low] : [low, high]
  }

  private static func utf16(_ bytes: [UInt8], _ bigEndian: Bool) -> String? {
    guard bytes.count % 2 == 0 else { return nil }
    let units = stride(from: 0, to: bytes.count, by: 2).map { at -> UInt16 in
      let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      return bigEndian ? first << 8 | second : second << 8 | first
    }
    return String(decoding: units, as: UTF16.self)
  }
}
