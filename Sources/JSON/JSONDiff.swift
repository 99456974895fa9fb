// SPDX-License-Identifier: Apache-2.0

/// One difference between two documents. `before` is nil where the path is new, `after` where it is gone.
package struct JSONChange: Sendable, Equatable {
  package let path: JSONPath
  package let before: JSONValue?
  package let after: JSONValue?
}

package enum JSONDiff {
  /// What changed, path by path: objects by key, arrays of equal length by index, anything else as a whole.
  package static func changes(from before: JSONValue, to after: JSONValue) -> [JSONChange] {
    var changes: [JSONChange] = []
    walk(before, after, [], &changes)
    return changes
  }

  private static func walk(
    _ before: JSONValue, _ after: JSONValue, _ steps: [JSONPath.Step], _ changes: inout [JSONChange]
  ) {
    if before == after { return }
    if before.kind == .object, after.kind == .object {
      for (key, value) in before.members {
        let name = key.string ?? ""
        if let other = after[name] {
          walk(value, other, steps + [.key(name)], &changes)
        } else {
          changes.append(JSONChange(path: JSONPath(steps: steps + [.key(name)]), before: value, after: nil))
        }
      }
      for (key, value) in after.members {
        let name = key.string ?? ""
        if before[name] == nil {
          changes.append(JSONChange(path: JSONPath(steps: steps + [.key(name)]), before: nil, after: value))
        }
      }
    } else if before.kind == .array, after.kind == .array, before.count == after.count {
      for (index, pair) in zip(before.elements, after.elements).enumerated() {
        walk(pair.0, pair.1, steps + [.index(index)], &changes)
      }
    } else {
      changes.append(JSONChange(path: JSONPath(steps: steps), before: before, after: after))
    }
  }
}
