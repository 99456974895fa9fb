// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON
internal import KQL

/// Named values of an estate, which stand as `$(name)` in its texts; `$(today-90d)` is a time that ages with the reader.
///
/// A text that is one name and nothing else becomes the value itself, be it a number or a list. What has another form, as
/// `$(uname -r)`, is no name and stays.
struct EstateValues {
  private let now: Int64
  private var values: [String: JSONDraft] = [:]

  init(now: Int64) { self.now = now }

  /// Adds the members of a mapping; each may use what stands before it.
  mutating func add(_ node: ContentNode) throws(ContentError) {
    for (name, value) in try node.members { values[name] = try filled(value) }
  }

  /// The values for each resource that an element stands for: one, or as many as its `each` lists.
  func each(of node: ContentNode) throws(ContentError) -> [EstateValues] {
    guard let list = try node.optional("each") else { return [self] }
    var all: [EstateValues] = []
    for item in try list.elements {
      var values = self
      if item.value.kind == .object {
        try values.add(item)
      } else {
        values.values["it"] = try filled(item)
      }
      all.append(values)
    }
    return all
  }

  /// The value with every name in it replaced.
  func filled(_ node: ContentNode) throws(ContentError) -> JSONDraft { try filled(node.value, node) }

  private func filled(_ value: JSONValue, _ node: ContentNode) throws(ContentError) -> JSONDraft {
    switch value.kind {
    case .array:
      var elements: [JSONDraft] = []
      for element in value.elements { elements.append(try filled(element, node)) }
      return .array(elements)
    case .object:
      var members: [(key: String, value: JSONDraft)] = []
      for (key, value) in value.members { members.append((key.string ?? "", try filled(value, node))) }
      return .object(members)
    default:
      guard let text = value.string, text.contains("$(") else { return .value(value) }
      return try filled(text[...], ContentNode(document: node.document, value: value))
    }
  }

  private func filled(_ text: Substring, _ node: ContentNode) throws(ContentError) -> JSONDraft {
    var rest = text
    var out = ""
    while let start = rest.firstRange(of: "$("), let end = rest[start.upperBound...].firstIndex(of: ")") {
      let name = rest[start.upperBound..<end]
      let after = rest.index(after: end)
      let isName = name.allSatisfy { $0.isLetter || $0.isNumber || "_+-".contains($0) }
      out += rest[..<start.lowerBound]
      if let value = values[String(name)] {
        if out.isEmpty, after == rest.endIndex { return value }
        out += value.string ?? value.document().root.text
      } else if let time = time(name) {
        out += time
      } else if isName {
        throw node.error("there is no value '\(name)'")
      } else {
        out += rest[start.lowerBound..<after]
      }
      rest = rest[after...]
    }
    return .string(out + rest)
  }

  /// `today`, `today-90d`, `today+1d`: midnight of that day.
  private func time(_ name: Substring) -> String? {
    guard name.hasPrefix("today") else { return nil }
    let shift = name.dropFirst(5)
    guard shift.isEmpty || (shift.last == "d" && Int64(shift.dropLast()) != nil) else { return nil }
    let days = Int64(shift.dropLast()) ?? 0
    guard abs(days) < 100_000 else { return nil }
    let parts = DateTime.parts(now + days * DateTime.ticksPerDay)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.year)-\(two(parts.month))-\(two(parts.day))T00:00:00Z"
  }
}
