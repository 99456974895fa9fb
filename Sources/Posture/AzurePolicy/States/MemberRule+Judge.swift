// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// What a policy says of one resource, before people's decisions.
struct RuleOutcome {
  enum Verdict {
    case notApplicable, compliant, nonCompliant
    case unknown(String)
    /// Somebody has to attest; what holds until then.
    case manual(PolicyState)
  }

  var verdict: Verdict
  /// Why it does not comply, for people.
  var reason = ""
  /// JSON in the shape of policyEvaluationDetails.
  var proof = ""
  /// What `append` or `modify` would write.
  var writes: [PolicyWrite] = []
  /// Whether the rule's `if` holds; nil where that is not known.
  var match: Bool?
}

/// One value that `append` or `modify` puts at one place of a document.
struct PolicyWrite: Sendable {
  /// In lower case.
  let path: String
  /// JSON.
  let value: String
}

extension MemberRule {
  /// Judges a resource.
  ///
  /// - Parameter evaluator: its context is that of the resource's group.
  func judge(_ resource: PolicyEstate.Resource, _ evaluator: inout PolicyEvaluator, _ estate: PolicyEstate)
    -> RuleOutcome
  {
    guard PolicyEstate.isJudged(resource.type), policy.definition.mode == .all || isIndexed(resource) else {
      return RuleOutcome(verdict: .notApplicable, match: false)
    }
    evaluator.context.policy = facts
    let outcome = evaluator.judge(policy, resource.subject) { request, _ in estate.related(request, to: resource) }
    var result = RuleOutcome(verdict: .notApplicable)
    switch outcome.verdict {
    case .notApplicable:
      result.match = false
      return result
    case .compliant: (result.verdict, result.match) = (.compliant, outcome.isMatch)
    case .nonCompliant: (result.verdict, result.match) = (.nonCompliant, true)
    case .unknown where effect == .manual && outcome.isMatch:
      (result.verdict, result.match) = (.manual(standard), true)
    case .unknown: (result.verdict, result.match) = (.unknown(outcome.reason), outcome.isMatch ? true : nil)
    }
    let leaves = evaluator.proof(of: outcome, policy, resource.subject)
    result.proof = PolicyProofText.json(
      leaves, looksForRelated: effect.looksForRelated, related: effect.looksForRelated ? outcome.relatedIds : [])
    if case .nonCompliant = result.verdict {
      result.reason = PolicyProofText.summary(leaves, policy: policy, examined: outcome.related.count)
      if !policy.operations.isEmpty {
        result.writes = evaluator.apply(policy, to: resource.subject).changes.compactMap { change in
          switch change.outcome {
          case .made, .conflict: PolicyWrite(path: change.field.lowercased(), value: change.value?.text ?? "")
          case .skipped, .unknown: nil
          }
        }
      }
    }
    return result
  }

  private func isIndexed(_ resource: PolicyEstate.Resource) -> Bool {
    policy.aliases.isIndexed(type: resource.type) ?? resource.isIndexed
  }
}

extension MemberRule {
  /// The document as `append` or `modify` leaves it; nil where it changes nothing.
  func changed(_ resource: PolicyEstate.Resource, _ evaluator: inout PolicyEvaluator) -> JSONValue? {
    evaluator.context.policy = facts
    let (document, changes) = evaluator.apply(policy, to: resource.subject)
    return changes.contains { $0.outcome == .made } ? document : nil
  }

  /// The details of the effect with the values that they have for the resource.
  func details(_ resource: PolicyEstate.Resource, _ evaluator: inout PolicyEvaluator) -> JSONValue? {
    evaluator.context.policy = facts
    return evaluator.details(of: policy, resource.subject)
  }
}
