// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What Azure would do with a document that is about to be deployed: first `append` and `modify` change it, then `deny`
/// looks at what came of that, and what is let in is audited or gets something deployed beside it.
package struct PolicyAdmission: Sendable {
  package struct Word: Sendable {
    package let policy: PolicyMemberFacts
    package let state: PolicyState
    package let reason: String
    /// Of deployIfNotExists: the details of what it would deploy.
    package let details: JSONValue?
    package let proof: String
  }

  package let id: String
  package let type: String
  package let name: String
  package let document: JSONValue
  /// The document as it would be; the same where nothing changes it.
  package let admitted: JSONValue
  /// Names of the policies that change it.
  package let changedBy: [String]
  package let words: [Word]

  package var changes: [JSONChange] { changedBy.isEmpty ? [] : JSONDiff.changes(from: document, to: admitted) }
  /// Policies that refuse it.
  package var denials: [Word] {
    words.filter { $0.state == .nonCompliant && $0.policy.effect == PolicyEffect.deny.rawValue && $0.policy.isEnforced }
  }
  package var isDenied: Bool { !denials.isEmpty }
  /// What would be deployed beside it.
  package var deployments: [Word] {
    words.filter {
      $0.state == .nonCompliant && $0.policy.effect == PolicyEffect.deployIfNotExists.rawValue && $0.policy.isEnforced
    }
  }
}

extension PolicyJudge {
  /// Tells of the first `count` documents of an estate what would become of them.
  package func admissions(_ estate: PolicyEstate, first count: Int, now: Int64) -> [PolicyAdmission] {
    var bench = PolicyBench(policies: policies, estate: estate, places: Places(policies, estate), now: now)
    return estate.resources.prefix(count).map { resource in
      var evaluator = bench.evaluator(for: resource)
      let members = bench.members(for: resource)
      let changing = members.filter { $0.rule.effect == .append || $0.rule.effect == .modify }
      var (admitted, changedBy) = (resource, [String]())
      var words: [PolicyAdmission.Word] = []
      func add(_ member: PoliciesInForce.Member, _ outcome: RuleOutcome, _ details: JSONValue? = nil) {
        guard let (state, own) = bench.state(of: outcome, member, resource) else { return }
        let (proof, why) = member.rule.told(outcome, admitted, &evaluator)
        words.append(.init(policy: member.facts, state: state, reason: own ?? why, details: details, proof: proof))
      }
      for member in changing {
        let outcome = member.rule.judge(admitted, &evaluator, estate)
        add(member, outcome)
        guard case .nonCompliant = outcome.verdict, member.facts.isEnforced,
          let changed = member.rule.changed(admitted, &evaluator)
        else { continue }
        let gaps = admitted.subject.gaps
        admitted.subject = PolicySubject(changed)
        admitted.subject.gaps = gaps
        changedBy.append(member.facts.displayName)
      }
      for member in members where member.rule.effect != .append && member.rule.effect != .modify {
        let outcome = member.rule.judge(admitted, &evaluator, estate)
        let isDeploying = member.rule.effect == .deployIfNotExists
        add(member, outcome, isDeploying ? member.rule.details(admitted, &evaluator) : nil)
      }
      return PolicyAdmission(
        id: resource.id, type: resource.type, name: resource.document.member(ignoringCase: "name")?.string ?? "",
        document: resource.document, admitted: admitted.document, changedBy: changedBy, words: words)
    }
  }
}
