// SPDX-License-Identifier: Apache-2.0
internal import JSON

extension ARMFunction {
  /// Functions of text. Positions count characters, comparisons ignore case.
  static let strings: [ARMFunction] = [
    ARMFunction("toLower", 1...1, .strict { call throws(ARMError) in .string(try call.string(0).lowercased()) }),
    ARMFunction("toUpper", 1...1, .strict { call throws(ARMError) in .string(try call.string(0).uppercased()) }),
    ARMFunction(
      "trim", 1...1,
      .strict { call throws(ARMError) in
        let text = try call.string(0)
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
          let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return .string("") }
        return .string(String(text[first...last]))
      }),
    ARMFunction(
      "startsWith", 2...2,
      .strict { call throws(ARMError) in
        .bool(ARMText.folded(try call.string(0)).hasPrefix(ARMText.folded(try call.string(1))))
      }),
    ARMFunction(
      "endsWith", 2...2,
      .strict { call throws(ARMError) in
        .bool(ARMText.folded(try call.string(0)).hasSuffix(ARMText.folded(try call.string(1))))
      }),
    ARMFunction("substring", 2...3, .strict(substring)),
    ARMFunction(
      "replace", 3...3,
      .strict { call throws(ARMError) in
        let (text, old, new) = (try call.string(0), try call.string(1), try call.string(2))
        if old.isEmpty { return .string(text) }
        if text.utf8.count * max(1, new.utf8.count) > call.limits.size * 64 { throw call.fail("the text is too long") }
        return try call.made(text.replacing(old, with: new))
      }),
    ARMFunction("split", 2...2, .strict(split)),
    ARMFunction("join", 2...2, .strict(join)),
    ARMFunction("padLeft", 2...3, .strict(padLeft)),
    ARMFunction("concat", 0...Int.max, .strict(concat)),
    ARMFunction("string", 1...1, .strict { call throws(ARMError) in try call.made(text(of: call[0])) }),
    ARMFunction("format", 1...Int.max, .strict(format)),
  ]

  /// What string() makes of a value: text as it is, everything else as JSON.
  static func text(of value: ARMValue) -> String {
    switch value {
    case .string(let text): text
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): Int64(exactly: number).map(String.init) ?? number.description
    default: value.json.text
    }
  }

  private static func substring(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let text = Array(try call.string(0))
    let start = try call.int(1)
    let length = call.count > 2 ? try call.int(2) : Int64(text.count) - start
    guard start >= 0, length >= 0, start <= text.count, length <= Int64(text.count) - start else {
      throw call.fail("\(start), \(length) reaches outside of a text of \(text.count) characters")
    }
    return .string(String(text[Int(start)..<Int(start + length)]))
  }

  private static func split(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let text = try call.string(0)
    var delimiters: [String] = []
    if let one = call[1].string {
      delimiters = [one]
    } else {
      for element in try call.elements(1) {
        guard let delimiter = element.string else { throw call.wrong(1, "a string or an array of strings") }
        delimiters.append(delimiter)
      }
    }
    delimiters.removeAll(where: \.isEmpty)
    try call.search(text, delimiters.count)
    var parts: [ARMValue] = []
    var (start, at) = (text.utf8.startIndex, text.utf8.startIndex)
    while at < text.utf8.endIndex {
      if let found = delimiters.first(where: { text.utf8[at...].starts(with: $0.utf8) }) {
        parts.append(.string(String(text[start..<at])))
        at = text.utf8.index(at, offsetBy: found.utf8.count)
        start = at
      } else {
        at = text.utf8.index(after: at)
      }
    }
    parts.append(.string(String(text[start...])))
    return try call.made(parts)
  }

  private static func join(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let parts = try call.elements(0).map(text(of:))
    let delimiter = try call.string(1)
    if parts.count * delimiter.utf8.count > call.limits.size { throw call.fail("the text is too long") }
    return try call.made(parts.joined(separator: delimiter))
  }

  private static func padLeft(_ call: ARMCall) throws(ARMError) -> ARMValue {
    guard call[0].string != nil || call[0].int != nil else { throw call.wrong(0, "a string or an integer") }
    let text = text(of: call[0])
    let width = try call.int(1)
    let pad = call.count > 2 ? try call.string(2) : " "
    guard pad.count == 1 else { throw call.fail("what it pads with is one character") }
    guard width <= call.limits.size else { throw call.fail("the text is too long") }
    return .string(String(repeating: pad, count: max(0, Int(width) - text.count)) + text)
  }

  private static func concat(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if call[0].isArray {
      var elements: [ARMValue] = []
      for index in 0..<call.count { elements += try call.elements(index) }
      return try call.made(elements)
    }
    var joined = ""
    for (index, argument) in call.arguments.enumerated() {
      if argument.count != nil { throw call.wrong(index, "a scalar, as the first is") }
      if argument.isNull { continue }
      joined += text(of: argument)
    }
    return try call.made(joined)
  }
}
