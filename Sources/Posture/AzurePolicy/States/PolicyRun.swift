// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// A resource that has states.
package struct PolicyResource: Sendable {
  package let id: String
  package let name: String
  /// In lower case.
  package let type: String
  package let location: String
  package let subscription: String
  package let resourceGroup: String
  /// Management groups above it, the nearest first, with commas between.
  let managementGroups: String
  /// JSON.
  let tags: String
}

/// What is told of a policy in force beside the states: the columns of `PolicyStates` that resources share.
package struct PolicyMemberFacts: Sendable {
  package var assignmentId = ""
  package var assignmentName = ""
  package var assignmentScope = ""
  /// JSON, as the next ones of that kind.
  var assignmentParameters = "null"
  var effectiveParameters = "null"
  package var definitionId = ""
  package var definitionName = ""
  package var displayName = ""
  package var effect = ""
  package var category = ""
  var version = ""
  package var setId = ""
  package var setName = ""
  var setCategory = ""
  var setVersion = ""
  package var reference = ""
  package var groups: [String] = []
  package var message = ""
  package var isEnforced = true

  /// The same for ever while assignment, member and effect are.
  var key: Int64 {
    FindingKey(check: "policy").key(
      resource: [assignmentId.lowercased(), reference.lowercased(), effect].joined(separator: "\n"))
  }
}

/// One state of one resource.
package struct PolicyStateRow: Sendable {
  package let member: Int32
  package let resource: Int32
  package let state: PolicyState
  /// Numbers of texts.
  let reason: UInt32
  let proof: UInt32
}

/// What came of judging an estate by the policies in force.
package struct PolicyRun: Sendable {
  package var members: [PolicyMemberFacts] = []
  package var resources: [PolicyResource] = []
  package var rows: [PolicyStateRow] = []
  var texts = PolicyTexts()
  /// Initiatives in force.
  package var frameworks: [PolicyFramework] = []
  /// Pairs of policy and resource that were looked at, those to which the policy does not apply too.
  package var evaluations = 0

  package func reason(_ row: PolicyStateRow) -> String { texts[row.reason] }
  /// JSON in the shape of Azure's policyEvaluationDetails.
  package func proof(_ row: PolicyStateRow) -> String { texts[row.proof] }

  package func rollUp(_ isIncluded: (PolicyMemberFacts) -> Bool = { _ in true }) -> PolicyRollUp {
    let included = members.map(isIncluded)
    var sum = PolicyRollUp()
    for row in rows where included[Int(row.member)] { sum.add(row.state, resource: Int(row.resource)) }
    return sum
  }
}

/// Texts, each kept once.
struct PolicyTexts: Sendable {
  private var known: [String: UInt32] = [:]
  private(set) var list: [String] = []

  subscript(_ number: UInt32) -> String { list.indices.contains(Int(number)) ? list[Int(number)] : "" }

  mutating func number(_ text: String) -> UInt32 {
    if let number = known[text] { return number }
    let number = UInt32(truncatingIfNeeded: list.count)
    known[text] = number
    list.append(text)
    return number
  }
}
