// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// A set of policies that are assigned as one.
package struct PolicyInitiative: Sendable {
  package struct Member: Sendable {
    /// The id of the definition, or its name.
    let definition: String
    package let reference: String
    package let groups: [String]
    /// `{"name": {"value": …}}`, whose values may be expressions over the parameters of the initiative.
    let parameters: JSONValue?
    let version: String?
    let node: JSONValue
  }

  package struct Group: Sendable {
    package let name: String
    package let displayName: String
    package let category: String
  }

  /// More members than this are refused; Azure's own limit is 1,000.
  static let mostMembers = 10_000

  package let record: PolicyRecord
  package let members: [Member]
  package let groups: [Group]
  /// Declarations of its parameters.
  let parameters: JSONValue?

  package var displayName: String { record.properties.member(ignoringCase: "displayName")?.string ?? record.name }
  package var category: String {
    record.properties.member(ignoringCase: "metadata")?.member(ignoringCase: "category")?.string ?? ""
  }

  init(_ record: PolicyRecord, _ problems: inout [PolicyFault]) {
    self.record = record
    let properties = record.properties
    parameters = properties.member(ignoringCase: "parameters")
    var members: [Member] = []
    let list = properties.member(ignoringCase: "policyDefinitions")
    if list?.kind != .array {
      problems.append(
        PolicyFault(
          record.error("'policyDefinitions' of the initiative is a list", at: list, code: .wrongType)))
    }
    if let list, list.count > Self.mostMembers {
      problems.append(
        PolicyFault(
          record.error("the initiative has more than \(Self.mostMembers) members", at: list, code: .tooLarge)))
    }
    for (index, entry) in (list?.elements.map(\.self) ?? []).prefix(Self.mostMembers).enumerated() {
      let name =
        entry.member(ignoringCase: "policyDefinitionId")?.string ?? entry.member(ignoringCase: "policyDefinitionName")?
        .string ?? ""
      if name.isEmpty {
        problems.append(
          PolicyFault(
            record.error(
              "the member names no definition: 'policyDefinitionId' is missing", at: entry, code: .missingKey)))
        continue
      }
      if name.lowercased().contains("/policysetdefinitions/") {
        let isItself = AzureScope.normalized(name) == record.key
        problems.append(
          PolicyFault(
            record.error(
              isItself
                ? "the initiative holds itself; its members are policy definitions"
                : "the member '\(name)' is an initiative; the members of one are policy definitions",
              at: entry)))
        continue
      }
      members.append(
        Member(
          definition: name,
          reference: entry.member(ignoringCase: "policyDefinitionReferenceId")?.string ?? Self.reference(index),
          groups: entry.texts("groupNames"), parameters: entry.member(ignoringCase: "parameters"),
          version: entry.member(ignoringCase: "definitionVersion")?.string, node: entry))
    }
    self.members = members
    groups =
      properties.member(ignoringCase: "policyDefinitionGroups")?.elements.compactMap { entry in
        entry.member(ignoringCase: "name")?.string.map {
          Group(
            name: $0, displayName: entry.member(ignoringCase: "displayName")?.string ?? $0,
            category: entry.member(ignoringCase: "category")?.string ?? "")
        }
      } ?? []
    let names = Set(groups.map { $0.name.lowercased() })
    guard !names.isEmpty else { return }
    for member in members {
      for group in member.groups where !names.contains(group.lowercased()) {
        let hint = Spelling.nearest(to: group, in: groups.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
        problems.append(
          PolicyFault(
            record.error("'\(group)' is no group of the initiative\(hint)", at: member.node), isWarning: true))
      }
    }
  }

  private static func reference(_ index: Int) -> String { String(index + 1) }
}
