// SPDX-License-Identifier: Apache-2.0
internal import Crypto
import JSON

/// Hashes, URLs, code points and other spellings of texts.
extension Functions {
  private static func hex(_ bytes: some Sequence<UInt8>) -> String { JSONDigest.hex(bytes) }

  private static func digest(_ name: String, _ body: @escaping @Sendable ([UInt8]) -> String) -> ScalarFunction {
    cells(name, "\(name)(value)", "The hash of the value's text in hexadecimal digits.", arity: 1...1, [nil], .string) {
      .string(body(Array($0[0].text.utf8)))
    }
  }

  private static func hashed(_ name: String) -> ScalarFunction {
    cells(
      name, "\(name)(value, modulus)", "The xxHash64 of a value, within a modulus where one is given.", arity: 1...2,
      [nil, .long], .long
    ) { values in
      let hash = XXHash64.hash(hashBytes(values[0]))
      guard values.count > 1 else { return .long(Int64(bitPattern: hash)) }
      guard let modulus = values[1].int64, modulus > 0 else { return .null(.long) }
      let signed = Int64(bitPattern: hash) % modulus
      return .long(signed < 0 ? signed + modulus : signed)
    }
  }

  /// What stands for itself in a URL, as .NET has it.
  private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!*()".utf8)

  private static func percentEncode(_ text: String, space: String) -> String {
    var out: [UInt8] = []
    for byte in text.utf8 {
      if unreserved.contains(byte) {
        out.append(byte)
      } else {
        out += Array((byte == 0x20 ? space : "%" + hex([byte])).utf8)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func percentDecode(_ text: String, plus: Bool = false) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == 0x25, at + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[at + 1...at + 2], as: UTF8.self), radix: 16)
      {
        out.append(value)
        at += 3
      } else {
        out.append(plus && bytes[at] == 0x2B ? 0x20 : bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func bagOf(_ members: [(String, String)]) -> JSONValue {
    var builder = JSONBuilder()
    builder.beginObject()
    for (key, value) in members {
      builder.key(key)
      builder.append(value)
    }
    builder.endObject()
    return builder.finish().root
  }

  private static func query(_ text: Substring) -> JSONValue {
    var members: [(String, String)] = []
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = percentDecode(String(parts[0]))
      members.removeAll { $0.0 == key }
      members.append((key, parts.count > 1 ? percentDecode(String(parts[1])) : ""))
    }
    return bagOf(members)
  }

  private static func url(_ text: String) -> Scalar {
    var rest = Substring(text)
    func cut(_ mark: String) -> Substring? {
      guard let found = rest.firstRange(of: mark) else { return nil }
      let head = rest[..<found.lowerBound]
      rest = rest[found.upperBound...]
      return head
    }
    let scheme = cut("://") ?? ""
    var fragment: Substring = ""
    if let mark = rest.firstIndex(of: "#") {
      fragment = rest[rest.index(after: mark)...]
      rest = rest[..<mark]
    }
    var parameters: Substring = ""
    if let mark = rest.firstIndex(of: "?") {
      parameters = rest[rest.index(after: mark)...]
      rest = rest[..<mark]
    }
    var path: Substring = ""
    if let slash = rest.firstIndex(of: "/") {
      path = rest[slash...]
      rest = rest[..<slash]
    }
    var user: Substring = ""
    var password: Substring = ""
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      user = parts.first ?? ""
      password = parts.count > 1 ? parts[1] : ""
      rest = rest[rest.index(after: at)...]
    }
    var port: Substring = ""
    if let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") {
      port = rest[rest.index(after: colon)...]
      rest = rest[..<colon]
    }
    var members = [
      ("Scheme", scheme), ("Host", rest), ("Port", port), ("Path", path), ("Username", user), ("Password", password),
    ]
    .map { ($0.0, bagOf([("", String($0.1))])[""] ?? .null) }
    members.append(("Query Parameters", query(parameters)))
    members.append(("Fragment", bagOf([("", String(fragment))])[""] ?? .null))
    return bag(members)
  }

  private static func csv(_ text: String) -> Scalar {
    var fields: [String] = []
    var field = ""
    var quoted = false
    var rest = Substring(text)
    loop: while let character = rest.popFirst() {
      switch character {
      case "\"" where quoted:
        if rest.first == "\"" { field.append("\""); rest.removeFirst() } else { quoted = false }
      case "\"" where field.isEmpty: quoted = true
      case "," where !quoted:
        fields.append(field)
        field = ""
      case "\n" where !quoted, "\r\n" where !quoted: break loop
      default: field.append(character)
      }
    }
    var builder = JSONBuilder()
    builder.beginArray()
    for field in fields + [field] { builder.append(field) }
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  private static func path(_ text: String) -> Scalar {
    var scheme = ""
    var root = ""
    var rest = Substring(text)
    if let mark = rest.firstRange(of: "://") {
      scheme = String(rest[..<mark.lowerBound])
      rest = rest[mark.upperBound...]
    }
    if rest.count > 1, rest.dropFirst().first == ":", rest.first?.isLetter ?? false {
      root = String(rest.prefix(2))
    }
    let separator: Character = rest.contains("\\") ? "\\" : "/"
    let cut = rest.lastIndex(of: separator)
    let directory = cut.map { rest[..<$0] } ?? ""
    let file = cut.map { rest[rest.index(after: $0)...] } ?? rest
    let stream = file.split(separator: ":", maxSplits: 1)
    let name = stream.first ?? ""
    let dot = name.lastIndex(of: ".")
    return .dynamic(
      bagOf([
        ("Scheme", scheme), ("RootPath", root), ("DirectoryPath", String(directory)),
        ("DirectoryName", String(directory.split(separator: separator).last ?? "")), ("Filename", String(name)),
        ("Extension", dot.map { String(name[name.index(after: $0)...]) } ?? ""),
        ("AlternateDataStreamName", stream.count > 1 ? String(stream[1]) : ""),
      ]))
  }

  static let encodings: [ScalarFunction] = [
    digest("hash_md5") { hex(Insecure.MD5.hash(data: $0)) }, digest("hash_sha1") { hex(Insecure.SHA1.hash(data: $0)) },
    digest("hash_sha256") { hex(SHA256.hash(data: $0)) }, hashed("hash"), hashed("hash_xxhash64"),
    cells(
      "url_encode", "url_encode(text)", "The text with percent escapes, spaces as +.", arity: 1...1, [.string],
      .string
    ) { .string(percentEncode($0[0].text, space: "+")) },
    cells(
      "url_encode_component", "url_encode_component(text)", "The text with percent escapes, spaces as %20.",
      arity: 1...1,
      [.string], .string
    ) { .string(percentEncode($0[0].text, space: "%20")) },
    cells("url_decode", "url_decode(text)", "The text with percent escapes resolved.", arity: 1...1, [.string], .string)
    {
      .string(percentDecode($0[0].text))
    },
    cells("parse_url", "parse_url(url)", "The parts of a URL.", arity: 1...1, [.string], .dynamic) { url($0[0].text) },
    cells(
      "parse_urlquery", "parse_urlquery(query)", "The parameters of a URL's query.", arity: 1...1, [.string], .dynamic
    ) {
      bag([("Query Parameters", query(Substring($0[0].text)))])
    },
    cells("parse_path", "parse_path(path)", "The parts of a file's path.", arity: 1...1, [.string], .dynamic) {
      path($0[0].text)
    },
    cells("parse_csv", "parse_csv(text)", "The fields of a line of CSV.", arity: 1...1, [.string], .dynamic) {
      csv($0[0].text)
    },
    cells(
      "parse_version", "parse_version(text)", "A version as a number that sorts as versions do.", arity: 1...1,
      [.string], .decimal
    ) {
      let parts = $0[0].text.split(separator: ".", omittingEmptySubsequences: false)
      guard (1...4).contains(parts.count) else { return .null(.decimal) }
      var value = 0.0
      for index in 0..<4 {
        guard let number = index < parts.count ? Double(parts[index]) : 0, number >= 0 else { return .null(.decimal) }
        value = value * 1e8 + number
      }
      return .decimal(value)
    },
    cells(
      "unicode_codepoints_from_string", "unicode_codepoints_from_string(text)", "The code points of a text.",
      arity: 1...1,
      [.string], .dynamic
    ) {
      var builder = JSONBuilder()
      builder.beginArray()
      for scalar in $0[0].text.unicodeScalars { builder.append(Int64(scalar.value)) }
      builder.endArray()
      return .dynamic(builder.finish().root)
    },
    codePoints("unicode_codepoints_to_string"), codePoints("make_string"),
    cells("isascii", "isascii(text)", "Whether every character is ASCII.", arity: 1...1, [.string], .bool) {
      .bool($0[0].text.utf8.allSatisfy { $0 < 0x80 })
    },
    cells("isutf8", "isutf8(text)", "Whether the text is UTF-8; texts here always are.", arity: 1...1, [.string], .bool)
    { _ in .bool(true) },
    cells("string_size", "string_size(text)", "The bytes of a text in UTF-8.", arity: 1...1, [.string], .long) {
      .long(Int64($0[0].text.utf8.count))
    },
    cells(
      "estimate_data_size", "estimate_data_size(value, ...)", "About how many bytes the values take.", arity: 1...64,
      [nil], .long
    ) {
      .long(
        $0.reduce(0) {
          $0
            + ($1.type == .string || $1.type == .dynamic
              ? Int64($1.text.utf8.count) : $1.type == .int ? 4 : $1.type == .bool ? 1 : 8)
        })
    },
    cells(
      "regex_quote", "regex_quote(text)", "The text as an expression that matches just it.", arity: 1...1, [.string],
      .string
    ) {
      .string($0[0].text.map { "\\.+*?()|[]{}^$# ".contains($0) ? "\\\($0)" : String($0) }.joined())
    },
    cells(
      "replace_strings", "replace_strings(text, lookups, rewrites)", "Each lookup replaced by its rewrite.",
      arity: 3...3, [.string, .dynamic, .dynamic], .string
    ) { values in
      let lookups = elements(values[1]) ?? []
      let rewrites = elements(values[2])
      // Every place takes the first lookup that fits; what was written is not looked at again.
      let olds = lookups.map { Array(($0.string ?? "").utf8) }
      let news = olds.indices.map { index in
        Array((rewrites.map { index < $0.count ? $0[index].string ?? "" : "" } ?? values[2].text).utf8)
      }
      let bytes = Array(values[0].text.utf8)
      var out: [UInt8] = []
      var at = 0
      while at < bytes.count {
        if let hit = olds.firstIndex(where: { !$0.isEmpty && bytes[at...].starts(with: $0) }) {
          out += news[hit]
          at += olds[hit].count
        } else {
          out.append(bytes[at])
          at += 1
        }
      }
      return .string(String(decoding: out, as: UTF8.self))
    },
    cells(
      "translate", "translate(from, to, text)", "Characters of from replaced by those of to.", arity: 3...3, [.string],
      .string
    ) { values in
      let (from, to) = (Array(values[0].text), Array(values[1].text))
      return .string(
        String(
          values[2].text.compactMap { character -> Character? in
            guard let index = from.firstIndex(of: character) else { return character }
            return to.isEmpty ? nil : to[min(index, to.count - 1)]
          }))
    },
    cells("tohex", "tohex(number, length)", "The number in hexadecimal digits.", arity: 1...2, [nil, .long], .string) {
      values in
      guard let number = values[0].converted(to: .long).int64 else { return .string("") }
      let bits = values[0].type == .int ? UInt64(UInt32(truncatingIfNeeded: number)) : UInt64(bitPattern: number)
      let digits = String(bits, radix: 16)
      let width = values.count > 1 ? Int(clamping: values[1].int64 ?? 0) : 0
      return .string(String(repeating: "0", count: max(0, max(0, min(64, width)) - digits.count)) + digits)
    },
    cells(
      "format_bytes", "format_bytes(size, precision, unit)", "A size in readable units.", arity: 1...3,
      [.real, .long, .string], .string
    ) {
      values in
      guard let size = values[0].double, size.isFinite else { return .string("") }
      let units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"]
      let wanted = values.count > 2 ? units.firstIndex { $0.lowercased() == values[2].text.lowercased() } : nil
      var unit = 0
      var value = size
      while unit < units.count - 1, wanted.map({ unit < $0 }) ?? (abs(value) >= 1024) {
        value /= 1024
        unit += 1
      }
      let precision = Int(max(0, min(15, values.count > 1 ? values[1].int64 ?? 0 : 0)))
      var scale = 1.0
      for _ in 0..<precision { scale *= 10 }
      let rounded = (value * scale).rounded(.toNearestOrAwayFromZero) / scale
      return .string("\(NumberText.format(rounded)) \(units[unit])")
    },
    cells(
      "format_timespan", "format_timespan(span, format)", "The span in a format of d, h, m, s, f.", arity: 2...2,
      [.timespan, .string], .string
    ) { values in
      guard case .timespan(let ticks) = values[0] else { return .string("") }
      return .string(spanText(ticks, values[1].text))
    },
    cells(
      "dynamic_to_json", "dynamic_to_json(value)", "The value as JSON with sorted keys.", arity: 1...1, [.dynamic],
      .string
    ) {
      .string(value($0[0]).map { String(decoding: $0.canonical(), as: UTF8.self) } ?? "")
    },
  ]

  private static func codePoints(_ name: String) -> ScalarFunction {
    cells(name, "\(name)(number, ...)", "The text of code points.", arity: 1...64, [nil], .string) { values in
      var view = String.UnicodeScalarView()
      func add(_ number: Int64?) {
        if let number, let code = UInt32(exactly: number), let scalar = Unicode.Scalar(code) { view.append(scalar) }
      }
      for value in values {
        if let items = elements(value) {
          for item in items { add(item.int64) }
        } else {
          add(value.converted(to: .long).int64)
        }
      }
      return .string(String(view))
    }
  }

  private static func spanText(_ ticks: Int64, _ format: String) -> String {
    let magnitude = ticks.magnitude
    let second = magnitude / 10_000_000
    var out = ""
    var rest = Substring(format)
    while let letter = rest.first {
      let run = rest.prefix { $0 == letter }.count
      func padded(_ value: UInt64) -> String { DateTime.pad(Int(value), run) }
      switch letter {
      case "d": out += padded(second / 86_400)
      case "h", "H": out += padded(second / 3600 % 24)
      case "m": out += padded(second / 60 % 60)
      case "s": out += padded(second % 60)
      case "f", "F":
        var digits = String(DateTime.pad(Int(magnitude % 10_000_000), 7).prefix(run))
        if letter == "F" { while digits.hasSuffix("0") { digits.removeLast() } }
        out += digits
      default: out += String(rest.prefix(run))
      }
      rest = rest.dropFirst(run)
    }
    return ticks < 0 ? "-" + out : out
  }
}
