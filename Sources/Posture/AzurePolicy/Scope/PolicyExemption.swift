internal import JSON
// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// Resources that somebody has taken out of what an assignment asks for.
package struct PolicyExemption: Sendable {
  /// What is exempt from: an assignment, or, as Enterprise Policy as Code lets say, a definition wherever it is assigned.
  enum Target: Sendable {
    case assignment(String)
    case definition(String)
    case initiative(String)
  }

  package let record: PolicyRecord
  /// Normalized scopes.
  let scopes: [String]
  let target: Target
  /// In lower case; all members where there are none.
  let references: Set<String>
  /// `Waiver` or `Mitigated`.
  package let category: String
  /// Ticks from which on it exempts nothing; nil for never.
  package let expires: Int64?
  let selectors: [ResourceSelector]

  package var id: String { record.id }

  /// - Parameter problems: gets what is wrong with the exemption. One that cannot be read exempts nothing.
  init?(_ record: PolicyRecord, _ problems: inout [PolicyFault]) {
    let properties = record.properties
    self.record = record
    func text(_ keys: String...) -> String? {
      keys.lazy.compactMap { properties.member(ignoringCase: $0)?.string }.first { !$0.isEmpty }
    }
    if let id = text("policyAssignmentId") {
      target = .assignment(AzureScope.normalized(id))
    } else if let id = text("policyDefinitionId", "policyDefinitionName") {
      target = .definition(AzureScope.normalized(id))
    } else if let id = text("policySetDefinitionId", "policySetDefinitionName") {
      target = .initiative(AzureScope.normalized(id))
    } else {
      problems.append(
        PolicyFault(record.error("the exemption names no assignment: 'policyAssignmentId' is missing")))
      return nil
    }
    let category = properties.member(ignoringCase: "exemptionCategory")
    guard let known = ["Waiver", "Mitigated"].first(where: { $0.lowercased() == category?.string?.lowercased() })
    else {
      let text = category.map { $0.string ?? $0.text } ?? ""
      let hint = Spelling.nearest(to: text, in: ["Waiver", "Mitigated"]).map { "did you mean '\($0)'?" }
      problems.append(
        PolicyFault(
          record.error(
            "'\(text)' is no exemptionCategory; \(hint ?? "it is Waiver or Mitigated")", at: category)))
      return nil
    }
    self.category = known
    if let value = properties.member(ignoringCase: "expiresOn"), let text = value.string, !text.isEmpty {
      guard let time = DateTime.parse(text) else {
        problems.append(
          PolicyFault(record.error("'\(text)' is no time; write 2027-01-31T00:00:00Z", at: value)))
        return nil
      }
      expires = time
    } else {
      expires = nil
    }
    // A scope may have a name for people before it: `lab:/subscriptions/…`.
    let given = properties.texts("scopes") + (text("scope").map { [$0] } ?? [])
    scopes = (given.isEmpty ? [record.scope] : given).map { text in
      AzureScope.normalized(text.firstIndex(of: "/").map { String(text[$0...]) } ?? text)
    }
    references = Set(
      properties.texts("policyDefinitionReferenceIds").map { text in
        let text = text.lowercased()
        return text.hasPrefix("policydefinitions/") ? String(text.dropFirst("policydefinitions/".count)) : text
      })
    var selectors: [ResourceSelector] = []
    for entry in properties.member(ignoringCase: "resourceSelectors")?.elements.map(\.self) ?? [] {
      selectors.append(ResourceSelector(entry, record, &problems))
    }
    self.selectors = selectors
  }

  package func isActive(at time: Int64) -> Bool { expires.map { time < $0 } ?? true }
}

/// A person's word on what no program can see: the state of a resource under a manual policy.
package struct PolicyAttestation: Sendable {
  package let record: PolicyRecord
  /// The resource or scope that it speaks of, normalized.
  let scope: String
  let assignment: String
  let reference: String
  let isCompliant: Bool?
  /// Ticks from which on it counts no more; nil for never.
  let expires: Int64?
  package var owner: String { record.properties.member(ignoringCase: "owner")?.string ?? "" }

  init?(_ record: PolicyRecord, _ problems: inout [PolicyFault]) {
    let properties = record.properties
    guard let assignment = properties.member(ignoringCase: "policyAssignmentId")?.string else {
      problems.append(
        PolicyFault(record.error("the attestation names no assignment: 'policyAssignmentId' is missing")))
      return nil
    }
    self.record = record
    self.assignment = AzureScope.normalized(assignment)
    reference = properties.member(ignoringCase: "policyDefinitionReferenceId")?.string?.lowercased() ?? ""
    scope = AzureScope.normalized(record.scope)
    let states = ["Compliant", "NonCompliant", "Unknown"]
    let state = properties.member(ignoringCase: "complianceState")
    switch state?.string?.lowercased() {
    case "compliant": isCompliant = true
    case "noncompliant": isCompliant = false
    case "unknown", nil: isCompliant = nil
    default:
      let text = state?.string ?? ""
      let hint = Spelling.nearest(to: text, in: states).map { "did you mean '\($0)'?" }
      problems.append(
        PolicyFault(
          record.error(
            "'\(text)' is no complianceState; \(hint ?? "one of \(states.joined(separator: ", "))")", at: state)
        ))
      return nil
    }
    expires = properties.member(ignoringCase: "expiresOn")?.string.flatMap(DateTime.parse)
  }

  func counts(at time: Int64) -> Bool { expires.map { time < $0 } ?? true }
}
