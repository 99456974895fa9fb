// SPDX-License-Identifier: Apache-2.0

extension ARMFunction {
  /// Functions of objects.
  static let objects: [ARMFunction] = [
    ARMFunction("createObject", 0...Int.max, .strict(createObject)),
    ARMFunction(
      "items", 1...1,
      .strict { call throws(ARMError) in
        let members = try call.members(0).sorted { $0.name < $1.name }
        return .array(members.map { .object([.init("key", .string($0.name)), .init("value", $0.value)]) })
      }),
    ARMFunction(
      "objectKeys", 1...1,
      .strict { call throws(ARMError) in .array(try call.members(0).map { .string($0.name) }) }),
    ARMFunction("shallowMerge", 1...1, .strict(shallowMerge)),
    ARMFunction("tryGet", 2...Int.max, .strict(tryGet)),
  ]

  private static func createObject(_ call: ARMCall) throws(ARMError) -> ARMValue {
    if call.count % 2 == 1 { throw call.fail("names and values come in pairs") }
    var members: [ARMValue.Member] = []
    for index in stride(from: 0, to: call.count, by: 2) {
      guard call[index].count == nil, !call[index].isNull else { throw call.wrong(index, "a string") }
      put(text(of: call[index]), call[index + 1], into: &members)
    }
    return .object(members)
  }

  /// Puts a member in its place; one of the same name is replaced.
  static func put(_ name: String, _ value: ARMValue, into members: inout [ARMValue.Member]) {
    if let at = members.firstIndex(where: { ARMText.equal($0.name, name) }) {
      members[at] = .init(members[at].name, value)
    } else {
      members.append(.init(name, value))
    }
  }

  private static func shallowMerge(_ call: ARMCall) throws(ARMError) -> ARMValue {
    var members: [ARMValue.Member] = []
    for element in try call.elements(0) {
      guard let added = element.members else { throw call.wrong(0, "an array of objects") }
      for member in added { put(member.name, member.value, into: &members) }
    }
    return .object(members)
  }

  /// union() of objects: the last value of a name is taken, objects within are joined likewise.
  static func merged(_ call: ARMCall, deeply: Bool) throws(ARMError) -> ARMValue {
    var members: [ARMValue.Member] = []
    for index in 0..<call.count { merge(try call.members(index), into: &members, depth: 0) }
    return .object(members)
  }

  private static func merge(_ added: [ARMValue.Member], into members: inout [ARMValue.Member], depth: Int) {
    for member in added {
      if depth < 64, let inner = member.value.members,
        let old = members.first(where: { ARMText.equal($0.name, member.name) })?.value.members
      {
        var joined = old
        merge(inner, into: &joined, depth: depth + 1)
        put(member.name, .object(joined), into: &members)
      } else {
        put(member.name, member.value, into: &members)
      }
    }
  }

  /// The value at a path of names and indices; null where there is none.
  private static func tryGet(_ call: ARMCall) throws(ARMError) -> ARMValue {
    var value = call[0]
    for key in call.arguments.dropFirst() {
      if let name = key.string, let found = value.member(name) {
        value = found
      } else if let index = key.int, let elements = value.elements, index >= 0, index < elements.count {
        value = elements[Int(index)]
      } else {
        return .null
      }
    }
    return value
  }
}
