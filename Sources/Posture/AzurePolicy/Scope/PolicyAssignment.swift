// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// A policy or an initiative that is in force over a scope.
///
/// A class, for every judging of a resource looks at it.
package final class PolicyAssignment: Sendable {
  /// Another effect, or another version, for some members or some resources.
  struct Override: Sendable {
    enum Kind { case effect, version }
    let kind: Kind
    let value: String
    let selectors: [ResourceSelector]
  }

  package let record: PolicyRecord
  /// The id in lower case.
  let key: String
  /// Normalized; empty for the tenant.
  let scope: String
  let notScopes: [String]
  package let definitionId: String
  /// `{"name": {"value": …}}`, or none.
  let parameters: JSONValue?
  /// Whether requests are refused and documents changed; what is there is judged either way.
  package let isEnforced: Bool
  let overrides: [Override]
  let selectors: [ResourceSelector]
  let definitionVersion: String?
  private let messages: [(reference: String, text: String)]

  package var id: String { record.id }
  package var name: String { record.name }
  package var displayName: String { record.properties.member(ignoringCase: "displayName")?.string ?? name }
  package var scopeText: String { record.properties.member(ignoringCase: "scope")?.string ?? record.scope }

  /// - Parameter problems: gets what is wrong with the assignment.
  init?(_ record: PolicyRecord, _ problems: inout [PolicyFault]) {
    let properties = record.properties
    guard let definition = properties.member(ignoringCase: "policyDefinitionId")?.string, !definition.isEmpty else {
      problems.append(
        PolicyFault(record.error("the assignment names no definition: 'policyDefinitionId' is missing")))
      return nil
    }
    self.record = record
    key = record.key
    definitionId = definition
    scope = AzureScope.normalized(properties.member(ignoringCase: "scope")?.string ?? record.scope)
    notScopes = properties.texts("notScopes").map(AzureScope.normalized)
    let mode = properties.member(ignoringCase: "enforcementMode")
    let modes = ["Default", "DoNotEnforce", "Enroll"]
    if let mode, !modes.contains(where: { $0.lowercased() == mode.string?.lowercased() }) {
      let text = mode.string ?? mode.text
      let hint = Spelling.nearest(to: text, in: modes) ?? "Default"
      problems.append(
        PolicyFault(record.error("'\(text)' is no enforcementMode; did you mean '\(hint)'?", at: mode)))
    }
    isEnforced = mode?.string?.lowercased() != "donotenforce"
    if let given = properties.member(ignoringCase: "parameters"), !given.isNull {
      if given.kind != .object {
        problems.append(PolicyFault(record.error("'parameters' is an object", at: given, code: .wrongType)))
      }
      parameters = given.kind == .object ? given : nil
    } else {
      parameters = nil
    }
    definitionVersion = properties.member(ignoringCase: "definitionVersion")?.string
    var selectors: [ResourceSelector] = []
    for entry in properties.member(ignoringCase: "resourceSelectors")?.elements.map(\.self) ?? [] {
      selectors.append(ResourceSelector(entry, record, &problems))
    }
    self.selectors = selectors
    var overrides: [Override] = []
    for entry in properties.member(ignoringCase: "overrides")?.elements.map(\.self) ?? [] {
      let kinds = ["policyEffect": Override.Kind.effect, "definitionVersion": .version]
      let name = entry.member(ignoringCase: "kind")?.string ?? "policyEffect"
      guard let kind = kinds.first(where: { $0.key.lowercased() == name.lowercased() })?.value else {
        let hint = Spelling.nearest(to: name, in: kinds.keys).map { "; did you mean '\($0)'?" } ?? ""
        problems.append(PolicyFault(record.error("'\(name)' is no kind of override\(hint)", at: entry)))
        continue
      }
      guard let value = entry.member(ignoringCase: "value")?.string else {
        problems.append(
          PolicyFault(record.error("the override has no 'value'", at: entry, code: .missingKey)))
        continue
      }
      let selector = ResourceSelector(entry, record, &problems)
      overrides.append(
        Override(kind: kind, value: value, selectors: selector.conditions.isEmpty ? [] : [selector]))
    }
    self.overrides = overrides
    messages =
      properties.member(ignoringCase: "nonComplianceMessages")?.elements.compactMap { entry in
        entry.member(ignoringCase: "message")?.string.map {
          (reference: entry.member(ignoringCase: "policyDefinitionReferenceId")?.string?.lowercased() ?? "", text: $0)
        }
      } ?? []
  }

  /// What is told of resources that do not comply with a member: its own message, else that of the whole.
  package func message(member reference: String) -> String? {
    (messages.first { $0.reference == reference.lowercased() && !$0.reference.isEmpty }
      ?? messages.first { $0.reference.isEmpty })?.text
  }
}
