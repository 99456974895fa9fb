// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Copies an answer's JSON, giving members their model names and timestamps and blobs their text.
///
/// Only answers whose shape needs it come here; the others are used as they were parsed.
package struct JSONRewriter {
  package let service: ServiceModel

  package init(service: ServiceModel) { self.service = service }

  package func members(_ value: JSONValue, _ shape: Int, into builder: inout JSONBuilder) {
    for member in service.shapes[shape].members where member.location == .body {
      guard let found = value[member.wireName], !found.isNull else { continue }
      builder.key(member.name)
      self.value(found, member.shape, format: member.format, into: &builder)
    }
  }

  package func value(_ value: JSONValue, _ shape: Int, format: Shape.TimeFormat?, into builder: inout JSONBuilder) {
    let row = service.shapes[shape]
    guard row.needsRewriting else { return builder.append(value) }
    switch (row.kind, value.kind) {
    case (.structure, .object):
      builder.beginObject()
      members(value, shape, into: &builder)
      builder.endObject()
    case (.list, .array):
      builder.beginArray()
      for element in value.elements { self.value(element, row.element, format: nil, into: &builder) }
      builder.endArray()
    case (.map, .object):
      builder.beginObject()
      for (key, item) in value.members {
        key.withUTF8 { builder.key($0) }
        self.value(item, row.element, format: nil, into: &builder)
      }
      builder.endObject()
    case (.timestamp, .integer), (.timestamp, .double):
      builder.append(ScalarDecoder.timestamp(seconds: value.double ?? 0))
    case (.timestamp, .string):
      builder.append(ScalarDecoder.timestamp(value.string ?? ""))
    case (.blob, .string):
      let text = value.string ?? ""
      builder.append(ScalarDecoder.decodedBase64(text) ?? text)
    default: builder.append(value)
    }
  }
}
