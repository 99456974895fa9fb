// SPDX-License-Identifier: Apache-2.0

/// A document under construction: a tree whose leaves may be values of finished documents.
package indirect enum JSONDraft: Sendable {
  case value(JSONValue)
  case null
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case string(String)
  case array([JSONDraft])
  case object([(key: String, value: JSONDraft)])

  package static let emptyObject = JSONDraft.object([])

  /// The member named `key`.
  package subscript(_ key: String) -> JSONDraft? {
    switch self {
    case .value(let value): value[key].map(JSONDraft.value)
    case .object(let members): members.first { $0.key == key }?.value
    default: nil
    }
  }

  package func get(_ path: JSONPath) -> JSONDraft? {
    var draft = self
    for (index, step) in path.steps.enumerated() {
      if case .value(let value) = draft {
        return value.value(at: JSONPath(steps: Array(path.steps[index...]))).map(JSONDraft.value)
      }
      switch step {
      case .key(let key):
        guard let next = draft[key] else { return nil }
        draft = next
      case .index(let position):
        guard case .array(let elements) = draft, elements.indices.contains(position) else { return nil }
        draft = elements[position]
      case .all:
        guard case .array(let elements) = draft else { return nil }
        let rest = JSONPath(steps: Array(path.steps[(index + 1)...]))
        return .array(elements.compactMap { $0.get(rest) })
      }
    }
    return draft
  }

  /// Puts `draft` at a path of keys, making objects on the way.
  package mutating func set(_ path: JSONPath, _ draft: JSONDraft) {
    set(path.steps[...], draft)
  }

  private mutating func set(_ steps: ArraySlice<JSONPath.Step>, _ draft: JSONDraft) {
    guard let step = steps.first else {
      self = draft
      return
    }
    guard case .key(let key) = step else { return }
    var members = thawed()
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].value.set(steps.dropFirst(), draft)
    } else {
      var child = JSONDraft.emptyObject
      child.set(steps.dropFirst(), draft)
      members.append((key, child))
    }
    self = .object(members)
  }

  /// The members of an object, ready to change; none for other kinds.
  package func thawed() -> [(key: String, value: JSONDraft)] {
    switch self {
    case .object(let members): members
    case .value(let value): value.members.map { ($0.key.string ?? "", .value($0.value)) }
    default: []
    }
  }

  package var isNull: Bool {
    switch self {
    case .null: true
    case .value(let value): value.isNull
    default: false
    }
  }

  package var string: String? {
    switch self {
    case .string(let text): text
    case .value(let value): value.string
    default: nil
    }
  }

  package func write(into builder: inout JSONBuilder) {
    switch self {
    case .value(let value): builder.append(value)
    case .null: builder.appendNull()
    case .bool(let value): builder.append(value)
    case .int(let value): builder.append(value)
    case .double(let value): builder.append(value)
    case .string(let value): builder.append(value)
    case .array(let elements):
      builder.beginArray()
      for element in elements { element.write(into: &builder) }
      builder.endArray()
    case .object(let members):
      builder.beginObject()
      for member in members {
        builder.key(member.key)
        member.value.write(into: &builder)
      }
      builder.endObject()
    }
  }

  package func document() -> JSONDocument {
    var builder = JSONBuilder()
    write(into: &builder)
    return builder.finish()
  }
}
