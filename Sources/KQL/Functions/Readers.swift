// SPDX-License-Identifier: Apache-2.0
import JSON

/// Readers of command lines and XML, and conversions between units.
extension Functions {
  static let readers: [ScalarFunction] = [
    cells(
      "parse_command_line", "parse_command_line(text, 'windows')",
      "The arguments of a command line by the rules of Windows, as an array.", arity: 1...2, [.string], .dynamic
    ) { values in
      let arguments = commandLine(values[0].text)
      if arguments.isEmpty || (values.count > 1 && values[1].text.lowercased() != "windows") { return .null(.dynamic) }
      var builder = JSONBuilder()
      builder.beginArray()
      for argument in arguments { builder.append(argument) }
      builder.endArray()
      return .dynamic(builder.finish().root)
    },
    cells(
      "parse_xml", "parse_xml(text)",
      "XML as a bag: attributes under @name, text beside children under #text, repeated elements as arrays; null where it is no XML.",
      arity: 1...1, [.string], .dynamic
    ) { values in
      var reader = XMLReader(values[0].text)
      return reader.document().map { .dynamic($0.document().root) } ?? .null(.dynamic)
    },
    cells(
      "geo_info_from_ip_address", "geo_info_from_ip_address(address)",
      "Where an address is. No table of addresses ships with Plumbline, so the bag is empty; null where the text is no address.",
      arity: 1...1, [.string], .dynamic
    ) {
      let text = $0[0].text
      return IPv4.parse(text) == nil && IPv6.parse(text) == nil ? .null(.dynamic) : bag([])
    },
    convert("length", lengths), convert("mass", masses), convert("force", forces), convert("energy", energies),
    convert("speed", speeds), convert("volume", volumes),
    cells(
      "convert_temperature", "convert_temperature(value, from, to)", "A temperature in another unit.", arity: 3...3,
      [.real, .string, .string], .real
    ) {
      guard let value = $0[0].double, let from = temperatures[$0[1].text], let to = temperatures[$0[2].text] else {
        return .null(.real)
      }
      return .real((value + from.offset) * from.scale / to.scale - to.offset)
    },
    convert("angle", angles),
  ]

  // MARK: Command lines

  /// Backslashes before a quote count in pairs; a quote inside quotes that is doubled stands for itself.
  static func commandLine(_ text: String) -> [String] {
    var arguments: [String] = []
    var current: String?
    var quoted = false
    var slashes = 0
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "\\" {
        slashes += 1
        continue
      }
      if character == "\"" {
        current = (current ?? "") + String(repeating: "\\", count: slashes / 2)
        if slashes % 2 == 1 {
          current?.append("\"")
        } else if quoted, rest.first == "\"" {
          current?.append("\"")
          rest.removeFirst()
        } else {
          quoted.toggle()
        }
        slashes = 0
        continue
      }
      if slashes > 0 { current = (current ?? "") + String(repeating: "\\", count: slashes) }
      slashes = 0
      if character.isWhitespace, !quoted {
        if let argument = current { arguments.append(argument) }
        current = nil
      } else {
        current = (current ?? "") + String(character)
      }
    }
    if slashes > 0 { current = (current ?? "") + String(repeating: "\\", count: slashes) }
    return arguments + (current.map { [$0] } ?? [])
  }
}

/// Well-formed XML without a document type, as a draft of JSON.
struct XMLReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func document() -> JSONDraft? {
    guard skipProlog(), let (name, value) = element(depth: 0), skipProlog(), at == bytes.count else { return nil }
    return .object([(name, value)])
  }

  private func starts(_ text: StaticString) -> Bool {
    at + text.utf8CodeUnitCount <= bytes.count
      && text.withUTF8Buffer { mark in bytes[at..<at + mark.count].elementsEqual(mark) }
  }

  private mutating func skip(past text: String) -> Bool {
    guard let found = ByteSearch.find(Array(text.utf8), in: bytes, from: at) else { return false }
    at = found + text.utf8.count
    return true
  }

  private mutating func skipSpace() { while at < bytes.count, [0x20, 9, 10, 13].contains(bytes[at]) { at += 1 } }

  /// White space, comments and instructions.
  private mutating func skipProlog() -> Bool {
    while true {
      skipSpace()
      if starts("<!--") {
        if !skip(past: "-->") { return false }
      } else if starts("<?") {
        if !skip(past: "?>") { return false }
      } else {
        return !starts("<!")
      }
    }
  }

  private mutating func name() -> String? {
    let start = at
    while at < bytes.count,
      bytes[at] > 0x7F || "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:.-".utf8.contains(bytes[at])
    {
      at += 1
    }
    return at > start ? String(decoding: bytes[start..<at], as: UTF8.self) : nil
  }

  private mutating func element(depth: Int) -> (String, JSONDraft)? {
    guard depth < 200, starts("<") else { return nil }
    at += 1
    guard let name = name() else { return nil }
    var members: [(String, JSONDraft)] = []
    while true {
      skipSpace()
      if starts("/>") {
        at += 2
        return (name, members.isEmpty ? .null : .object(members))
      }
      if starts(">") { break }
      guard let key = self.name() else { return nil }
      skipSpace()
      guard starts("=") else { return nil }
      at += 1
      skipSpace()
      guard at < bytes.count, bytes[at] == 0x22 || bytes[at] == 0x27 else { return nil }
      let quote = bytes[at]
      guard let end = bytes[(at + 1)...].firstIndex(of: quote) else { return nil }
      members.append(("@" + key, .string(Self.unescape(bytes[at + 1..<end]))))
      at = end + 1
    }
    at += 1
    var text = ""
    while true {
      guard at < bytes.count else { return nil }
      if starts("</") {
        at += 2
        guard self.name() == name else { return nil }
        skipSpace()
        guard starts(">") else { return nil }
        at += 1
        break
      }
      if starts("<!--") { if !skip(past: "-->") { return nil }; continue }
      if starts("<![CDATA[") {
        let start = at + 9
        guard skip(past: "]]>") else { return nil }
        if start <= at - 3 { text += String(decoding: bytes[start..<at - 3], as: UTF8.self) }
        continue
      }
      if starts("<") {
        guard let child = element(depth: depth + 1) else { return nil }
        Self.add(child, to: &members)
        continue
      }
      let end = bytes[at...].firstIndex(of: 0x3C) ?? bytes.count
      text += Self.unescape(bytes[at..<end])
      at = end
    }
    let trimmed = text.allSatisfy(\.isWhitespace) ? "" : text
    if members.isEmpty { return (name, trimmed.isEmpty ? .null : .string(trimmed)) }
    if !trimmed.isEmpty { members.append(("#text", .string(TimeSpan.trimSpaces(trimmed)))) }
    return (name, .object(members))
  }

  private static func add(_ child: (String, JSONDraft), to members: inout [(String, JSONDraft)]) {
    guard let index = members.firstIndex(where: { $0.0 == child.0 }) else { return members.append(child) }
    if case .array(let items) = members[index].1 {
      members[index].1 = .array(items + [child.1])
    } else {
      members[index].1 = .array([members[index].1, child.1])
    }
  }

  private static func unescape(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard bytes.contains(0x26) else { return text }
    var out = ""
    var rest = Substring(text)
    while let mark = rest.firstIndex(of: "&") {
      out += rest[..<mark]
      rest = rest[rest.index(after: mark)...]
      guard let end = rest.prefix(12).firstIndex(of: ";") else { out.append("&"); continue }
      let name = rest[..<end]
      let known: [Substring: String] = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
      let code =
        name.hasPrefix("#x")
        ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      out += known[name] ?? code.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "&\(name);"
      rest = rest[rest.index(after: end)...]
    }
    return out + rest
  }
}
