// SPDX-License-Identifier: Apache-2.0
internal import JSON

extension ARMFunction {
  /// Functions of arrays, and those that take an array, an object or a text.
  static let arrays: [ARMFunction] = [
    ARMFunction(
      "array", 1...1, .strict { call throws(ARMError) in call[0].isArray ? call[0] : .array([call[0]]) }),
    ARMFunction("createArray", 0...Int.max, .strict { call throws(ARMError) in .array(call.arguments) }),
    ARMFunction("contains", 2...2, .strict(contains)),
    ARMFunction("empty", 1...1, .strict(empty)),
    ARMFunction("length", 1...1, .strict(length)),
    ARMFunction("first", 1...1, .strict { call throws(ARMError) in try end(call, first: true) }),
    ARMFunction("last", 1...1, .strict { call throws(ARMError) in try end(call, first: false) }),
    ARMFunction("take", 2...2, .strict { call throws(ARMError) in try part(call, takes: true) }),
    ARMFunction("skip", 2...2, .strict { call throws(ARMError) in try part(call, takes: false) }),
    ARMFunction("indexOf", 2...2, .strict { call throws(ARMError) in try position(call, first: true) }),
    ARMFunction("lastIndexOf", 2...2, .strict { call throws(ARMError) in try position(call, first: false) }),
    ARMFunction("union", 2...Int.max, .strict(union)),
    ARMFunction("intersection", 2...Int.max, .strict(intersection)),
    ARMFunction("range", 2...2, .strict(range)),
    ARMFunction(
      "flatten", 1...1,
      .strict { call throws(ARMError) in
        try call.made(try call.elements(0).flatMap { $0.elements ?? [$0] })
      }),
    ARMFunction(
      "indexFromEnd", 2...2,
      .strict { call throws(ARMError) in
        let (elements, index) = (try call.elements(0), try call.int(1))
        guard index >= 1, index <= elements.count else {
          throw call.fail("\(index) is out of bounds: the array has \(elements.count) elements")
        }
        return elements[elements.count - Int(index)]
      }),
    ARMFunction(
      "tryIndexFromEnd", 2...2,
      .strict { call throws(ARMError) in
        guard let elements = call[0].elements, let index = call[1].int, index >= 1, index <= elements.count else {
          return .null
        }
        return elements[elements.count - Int(index)]
      }),
  ]

  private static func contains(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if let text = call[0].string {
      guard call[1].count == nil else { throw call.wrong(1, "a string") }
      let part = ARMText.folded(Self.text(of: call[1]))
      try call.search(text, part.utf8.count)
      return .bool(part.isEmpty || ARMText.folded(text).contains(part))
    }
    if let elements = call[0].elements {
      return .bool(elements.contains { ARMValue.same($0, call[1], ignoringCase: true) })
    }
    if call[0].isObject { return .bool(call[0].member(try call.string(1)) != nil) }
    throw call.wrong(0, "an array, an object or a string")
  }

  private static func empty(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if call[0].isNull { return .bool(true) }
    if let text = call[0].string { return .bool(text.isEmpty) }
    return .bool(call[0].count == 0)
  }

  private static func length(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if let text = call[0].string { return .int(Int64(text.count)) }
    guard let count = call[0].count else { throw call.wrong(0, "an array, an object or a string") }
    return .int(Int64(count))
  }

  private static func end(_ call: ARMCall, first: Bool) throws(ARMError) -> ARMValue {
    if let text = call[0].string { return .string((first ? text.first : text.last).map { String($0) } ?? "") }
    let elements = try call.elements(0)
    return (first ? elements.first : elements.last) ?? .null
  }

  private static func part(_ call: ARMCall, takes: Bool) throws(ARMError) -> ARMValue {
    let count = Int(clamping: max(0, try call.int(1)))
    if let text = call[0].string { return .string(String(takes ? text.prefix(count) : text.dropFirst(count))) }
    let elements = try call.elements(0)
    return .array(Array(takes ? elements.prefix(count) : elements.dropFirst(count)))
  }

  private static func position(_ call: ARMCall, first: Bool) throws(ARMError) -> ARMValue {
    if let elements = call[0].elements {
      let found =
        first
        ? elements.firstIndex { ARMValue.same($0, call[1], ignoringCase: false) }
        : elements.lastIndex { ARMValue.same($0, call[1], ignoringCase: false) }
      return .int(Int64(found ?? -1))
    }
    // Characters are folded one by one, so that positions are those of the text as it is.
    let text = try call.string(0).map { ARMText.folded(String($0)) }
    let part = Array(ARMText.folded(try call.string(1)))
    try call.search(call[0].string ?? "", part.count)
    if part.isEmpty { return .int(first ? 0 : Int64(text.count)) }
    func matches(_ start: Int) -> Bool {
      var (at, matched) = (start, 0)
      while matched < part.count {
        guard at < text.count else { return false }
        for character in text[at] {
          guard matched < part.count, part[matched] == character else { return false }
          matched += 1
        }
        at += 1
      }
      return true
    }
    let found = first ? text.indices.first(where: matches) : text.indices.last(where: matches)
    return .int(Int64(found ?? -1))
  }

  private static func union(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if call[0].isObject { return try merged(call, deeply: true) }
    var result: [ARMValue] = []
    var seen = DistinctValues()
    for index in 0..<call.count {
      for element in try call.elements(index) where seen.insert(element) { result.append(element) }
    }
    return try call.made(result)
  }

  private static func intersection(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if call[0].isObject {
      var members = try call.members(0)
      for index in 1..<call.count {
        guard call[index].isObject else { throw call.wrong(index, "an object, as the first is") }
        members = members.filter { member in
          call[index].member(member.name).map { ARMValue.same($0, member.value, ignoringCase: false) } ?? false
        }
      }
      return .object(members)
    }
    var elements = try call.elements(0)
    for index in 1..<call.count {
      var others = DistinctValues()
      for element in try call.elements(index) { _ = others.insert(element) }
      elements = elements.filter { others.contains($0) }
    }
    var seen = DistinctValues()
    return .array(elements.filter { seen.insert($0) })
  }

  private static func range(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let (start, count) = (try call.int(0), try call.int(1))
    guard (0...10_000).contains(count) else { throw call.fail("the count is 0 to 10000, not \(count)") }
    guard start >= -2_147_483_648, start + count <= 2_147_483_648 else {
      throw call.fail("the last integer exceeds the maximum of 2147483647")
    }
    return .array((start..<start + count).map { .int($0) })
  }
}

/// Values of which each is kept once.
struct DistinctValues {
  private var seen: Set<String> = []

  private static func key(_ value: ARMValue) -> String {
    if let number = value.number { return "n\(Int64(exactly: number).map { Double($0) } ?? number)" }
    if let text = value.string { return "s" + text }
    return "j" + String(decoding: value.json.canonical(), as: UTF8.self)
  }

  mutating func insert(_ value: ARMValue) -> Bool { seen.insert(Self.key(value)).inserted }
  func contains(_ value: ARMValue) -> Bool { seen.contains(Self.key(value)) }
}
