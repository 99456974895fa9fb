// SPDX-License-Identifier: Apache-2.0
package import Content

/// A standard, law or benchmark: its controls, and the checks that are evidence for each.
package struct Framework: Sendable {
  /// One check that is evidence for a control, and why it is said to be.
  package struct Link: Sendable, Hashable {
    package let check: String
    /// `check` (the check's own entry), `prowler:ID`, `azurepolicy:GUID`, or `hand: REASON`.
    package let trace: String
  }

  package struct Control: Sendable {
    package let id: String
    package let title: String
    /// Only a person can vouch for it.
    package let isManual: Bool
    package internal(set) var links: [Link]
    /// Checks that are no evidence whatever else says so, with the reason.
    let dropped: [String: String]
    package let location: ContentLocation
  }

  package struct Group: Sendable {
    package let id: String
    package let title: String
    package internal(set) var controls: [Control]
    package internal(set) var groups: [Group]

    /// Its controls and those of the groups below, in the order of the file.
    package var allControls: [Control] { controls + groups.flatMap(\.allControls) }
  }

  package let id: String
  package let title: String
  package let version: String
  package let clouds: [String]
  /// Further names under which checks list its controls.
  package let aliases: [String]
  package internal(set) var groups: [Group]
  package let location: ContentLocation

  package var controls: [Control] { groups.flatMap(\.allControls) }

  package func control(_ id: String) -> Control? {
    controls.first { $0.id.lowercased() == id.lowercased() }
  }
}

extension Framework {
  /// Adds the links that checks state themselves, as checks of the user do.
  mutating func addLinks(of checks: [Check]) {
    var stated: [String: [String]] = [:]
    let names = Set([id] + aliases)
    for check in checks {
      for (framework, ids) in check.controls where names.contains(framework) {
        for control in ids { stated[control, default: []].append(check.id) }
      }
    }
    guard !stated.isEmpty else { return }
    for index in groups.indices { Self.add(stated, to: &groups[index]) }
  }

  private static func add(_ stated: [String: [String]], to group: inout Group) {
    for index in group.controls.indices where !group.controls[index].isManual {
      let control = group.controls[index]
      let known = Set(control.links.map(\.check)).union(control.dropped.keys)
      for check in stated[control.id] ?? [] where !known.contains(check) {
        group.controls[index].links.append(Link(check: check, trace: "check"))
      }
    }
    for index in group.groups.indices { add(stated, to: &group.groups[index]) }
  }
}
