// SPDX-License-Identifier: Apache-2.0
package import JSON

extension JSONDraft {
  /// A scalar as the text it has on the wire; nil for null, lists and objects.
  package var scalarText: String? {
    switch self {
    case .string(let text): text
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): String(value)
    case .value(let value):
      switch value.kind {
      case .string: value.string
      case .bool: value.boolean == true ? "true" : "false"
      case .integer, .double, .number: value.numberLiteral
      default: nil
      }
    default: nil
    }
  }

  /// Elements of a list; none for other kinds.
  package var elementList: [JSONDraft] {
    switch self {
    case .array(let elements): elements
    case .value(let value): value.elements.map(JSONDraft.value)
    default: []
    }
  }

  package var isArray: Bool {
    switch self {
    case .array: true
    case .value(let value): value.kind == .array
    default: false
    }
  }

  package var isObject: Bool {
    switch self {
    case .object: true
    case .value(let value): value.kind == .object
    default: false
    }
  }

  /// As a finished value, copied only where it is not one yet.
  package var finished: JSONValue {
    if case .value(let value) = self { return value }
    return document().root
  }
}
