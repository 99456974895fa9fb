// SPDX-License-Identifier: Apache-2.0
internal import KQL

enum StringFunctions {
  static let all: [String: Function] = [
    "chomp": text { text in
      var bytes = Array(text.utf8)[...]
      while bytes.last == 0x0A || bytes.last == 0x0D { bytes = bytes.dropLast() }
      return string(bytes)
    },
    "lower": text { mapped($0) { $0.lowercaseMapping } },
    "upper": text { mapped($0) { $0.uppercaseMapping } },
    "strrev": text { String($0.reversed()) },
    "title": text(titled),
    "trimspace": text { trim($0, leading: true, trailing: true) { $0.properties.isWhitespace } },
    "startswith": test { $0.utf8.starts(with: $1.utf8) },
    "endswith": test { $0.utf8.reversed().starts(with: $1.utf8.reversed()) },
    "strcontains": test { contains($0, $1) },
    "trim": two { text, cutset in
      trim(text, leading: true, trailing: true) { cutset.unicodeScalars.contains($0) }
    },
    "trimprefix": two { $0.utf8.starts(with: $1.utf8) ? string($0.utf8.dropFirst($1.utf8.count)) : $0 },
    "trimsuffix": two {
      $0.utf8.reversed().starts(with: $1.utf8.reversed()) ? string($0.utf8.dropLast($1.utf8.count)) : $0
    },
    "indent": Function(.number, .string, returns: .string) { args, _ throws(FunctionFailure) in
      let spaces = try NumericFunctions.int(args[0])
      guard (0...10_000).contains(spaces) else { throw FunctionFailure("the indentation must be 0 to 10000") }
      return Value(replace(try string(args[1]), "\n", "\n" + String(repeating: " ", count: spaces)))
    },
    "join": Function(.string, rest: .list(.string, .known), returns: .string) { args, _ throws(FunctionFailure) in
      let separator = try string(args[0])
      var output = TemplateOutput()
      var isFirst = true
      for list in args.dropFirst() {
        for element in list.elements ?? [] {
          guard !element.isNull else { throw FunctionFailure("an element is null") }
          if !isFirst { output.append(separator) }
          isFirst = false
          output.append(element)
        }
      }
      return output.value
    },
    "split": Function(.string, .string, returns: .list(.string)) { args, _ throws(FunctionFailure) in
      let (separator, text) = (try string(args[0]), try string(args[1]))
      let parts = separator.isEmpty ? text.unicodeScalars.map { String($0) } : split(text, separator)
      return Value(.list(parts.map { Value($0) }, of: .string))
    },
    "substr": Function(.string, .number, .number, returns: .string) { args, _ throws(FunctionFailure) in
      let characters = Array(try string(args[0]))
      var offset = try NumericFunctions.int(args[1])
      let length = try NumericFunctions.int(args[2])
      guard length >= -1 else { throw FunctionFailure("the length must be -1 or more") }
      if offset < 0 { offset += characters.count }
      let start = min(max(0, offset), characters.count)
      let end = length == -1 ? characters.count : start + min(length, characters.count - start)
      return Value(String(characters[start..<end]))
    },
    "replace": Function(.string, .string, .string, returns: .string) { args, _ throws(FunctionFailure) in
      let (text, pattern, new) = (try string(args[0]), try string(args[1]), try string(args[2]))
      guard pattern.utf8.count > 1, pattern.hasPrefix("/"), pattern.hasSuffix("/") else {
        return Value(replace(text, pattern, new))
      }
      return Value(try Pattern(String(pattern.dropFirst().dropLast()), hasValue: false).replace(in: text, with: new))
    },
    "regex": Function(.string, .string, returns: .any) { args, _ throws(FunctionFailure) in
      let pattern = try Pattern(try string(args[0]), hasValue: true)
      guard let found = pattern.all(in: try string(args[1])).first else {
        throw FunctionFailure("the pattern does not match; try() or can() tell whether it does")
      }
      return pattern.value(found)
    },
    "regexall": Function(.string, .string, returns: .list(.any)) { args, _ throws(FunctionFailure) in
      let pattern = try Pattern(try string(args[0]), hasValue: true)
      let found = pattern.all(in: try string(args[1])).map { pattern.value($0) }
      return Value(.list(found, of: pattern.type))
    },
  ]

  // MARK: Shapes

  private static func text(_ body: @escaping @Sendable (String) -> String) -> Function {
    Function(.string, returns: .string) { args, _ throws(FunctionFailure) in Value(body(try string(args[0]))) }
  }

  private static func two(_ body: @escaping @Sendable (String, String) -> String) -> Function {
    Function(.string, .string, returns: .string) { args, _ throws(FunctionFailure) in
      Value(body(try string(args[0]), try string(args[1])))
    }
  }

  private static func test(_ body: @escaping @Sendable (String, String) -> Bool) -> Function {
    Function(.string, .string, returns: .bool) { args, _ throws(FunctionFailure) in
      Value(body(try string(args[0]), try string(args[1])))
    }
  }

  static func string(_ value: Value) throws(FunctionFailure) -> String {
    guard let string = value.string else { throw FunctionFailure("a string is required") }
    return string
  }

  /// Letters that become several by the mapping stay as they are.
  private static func mapped(_ text: String, _ mapping: (Unicode.Scalar.Properties) -> String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let mapped = mapping(scalar.properties).unicodeScalars
      if mapped.count == 1 { out += mapped } else { out.append(scalar) }
    }
    return String(out)
  }

  // MARK: Bytes

  private static func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

  /// Where `needle` stands in `bytes` at or after an offset.
  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard needle.count <= bytes.count else { return nil }
    var at = start
    while at <= bytes.count - needle.count {
      if bytes[at] == needle[0], bytes[at..<(at + needle.count)].elementsEqual(needle) { return at }
      at += 1
    }
    return nil
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    part.isEmpty || find(Array(part.utf8), in: Array(text.utf8), from: 0) != nil
  }

  /// - Parameter separator: not empty.
  static func split(_ text: String, _ separator: String) -> [String] {
    let (bytes, needle) = (Array(text.utf8), Array(separator.utf8))
    var parts: [String] = []
    var at = 0
    while let found = find(needle, in: bytes, from: at) {
      parts.append(string(bytes[at..<found]))
      at = found + needle.count
    }
    return parts + [string(bytes[at...])]
  }

  static func replace(_ text: String, _ old: String, _ new: String) -> String {
    guard !old.isEmpty else {
      // Between all characters, as Go has it.
      return new + text.unicodeScalars.map { String($0) + new }.joined()
    }
    return split(text, old).joined(separator: new)
  }

  private static func trim(
    _ text: String, leading: Bool, trailing: Bool, _ isCut: (Unicode.Scalar) -> Bool
  ) -> String {
    var scalars = text.unicodeScalars[...]
    while leading, let first = scalars.first, isCut(first) { scalars = scalars.dropFirst() }
    while trailing, let last = scalars.last, isCut(last) { scalars = scalars.dropLast() }
    return String(scalars)
  }

  /// The first letter of each word as a capital; words end where no letter, digit or underscore stands.
  private static func titled(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var isStart = true
    for scalar in text.unicodeScalars {
      if isStart { out += scalar.properties.titlecaseMapping.unicodeScalars } else { out.append(scalar) }
      let properties = scalar.properties
      if scalar.isASCII {
        isStart = !(properties.isAlphabetic || properties.numericType != nil || scalar == "_")
      } else {
        isStart = properties.isWhitespace
      }
    }
    return String(out)
  }
}

/// A regular expression of RE2 as Terraform's functions use it.
struct Pattern {
  private let expression: RegularExpression

  /// - Parameter hasValue: whether groups become a value, for which either all of them have names or none has.
  init(_ text: String, hasValue: Bool) throws(FunctionFailure) {
    do {
      expression = try RegularExpression.cached(text)
    } catch {
      throw FunctionFailure("\"\(text)\" is no regular expression that RE2 knows: \(error)")
    }
    let named = expression.names.dropFirst().filter { $0 != nil }.count
    guard !hasValue || named == 0 || named == expression.names.count - 1 else {
      throw FunctionFailure("either all groups of a regular expression have names or none has")
    }
  }

  func all(in text: String) -> [[Substring?]] { expression.all(in: text) }

  /// A string where there are no groups, an object where they have names, else a tuple.
  var type: ValueType {
    let groups = expression.names.dropFirst()
    if groups.isEmpty { return .string }
    let names = groups.compactMap { $0 }
    return names.isEmpty
      ? .tuple(groups.map { _ in .string })
      : .object(Dictionary(names.map { ($0, .string) }, uniquingKeysWith: { first, _ in first }))
  }

  func value(_ match: [Substring?]) -> Value {
    func text(_ part: Substring?) -> Value { part.map { Value(String($0)) } ?? .null(.string) }
    let names = expression.names.dropFirst()
    if names.isEmpty { return text(match.first ?? nil) }
    let groups = match.dropFirst().map(text)
    if names.allSatisfy({ $0 == nil }) { return Value(tuple: groups) }
    return Value(object: zip(names, groups).compactMap { name, value in name.map { ($0, value) } })
  }

  /// As Go: `$1` and `${1}` stand for a group, `$$` for a dollar.
  func replace(in text: String, with template: String) -> String {
    var out = ""
    var at = text.startIndex
    for match in all(in: text) {
      guard let whole = match.first ?? nil else { continue }
      out += text[at..<whole.startIndex]
      expand(template, match, into: &out)
      at = whole.endIndex
    }
    return out + text[at...]
  }

  private func expand(_ template: String, _ match: [Substring?], into out: inout String) {
    var rest = template[...]
    while let dollar = rest.firstIndex(of: "$") {
      out += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        out += "$"
        rest = rest.dropFirst()
        continue
      }
      let braced = rest.first == "{"
      let body = braced ? rest.dropFirst() : rest
      let name = body.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
      let after = body.dropFirst(name.count)
      guard !name.isEmpty, !braced || after.first == "}" else {
        out += "$"
        continue
      }
      let index = Int(name) ?? expression.names.firstIndex { $0.map { $0 == name } ?? false }
      if let index, match.indices.contains(index), let group = match[index] { out += group }
      rest = braced ? after.dropFirst() : after
    }
    out += rest
  }
}
