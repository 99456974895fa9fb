// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// JSON Merge Patch (RFC 7396): objects are merged, null takes a member away, everything else replaces.
enum MergePatch {
  static func apply(_ patch: JSONValue, to before: JSONDraft?) -> JSONDraft {
    guard patch.kind == .object else { return .value(patch) }
    var members = before?.thawed() ?? []
    for (name, value) in patch.members {
      let key = name.string ?? ""
      let index = members.firstIndex { $0.key == key }
      if value.isNull {
        if let index { members.remove(at: index) }
      } else if let index {
        members[index].value = apply(value, to: members[index].value)
      } else {
        members.append((key, apply(value, to: nil)))
      }
    }
    return .object(members)
  }
}
