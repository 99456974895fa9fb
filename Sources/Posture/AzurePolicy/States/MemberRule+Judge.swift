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
  /// What the language says, from which the proof is made; nil where the policy is not looked at.
  var judged: PolicyOutcome?
  /// What `append` or `modify` would write.
  var writes: [PolicyWrite] = []
  /// Whether the rule's `if` holds; nil where that is not known.
  var match: Bool?

  var isNonCompliant: Bool { if case .nonCompliant = verdict { true } else { false } }
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
    enter(&evaluator)
    let lookup: RelatedLookup? =
      effect.looksForRelated ? { request, _ in estate.related(request, to: resource) } : nil
    let outcome = evaluator.judge(policy, resource.subject, related: lookup)
    var result = RuleOutcome(verdict: .notApplicable, judged: outcome)
    switch outcome.verdict {
    case .notApplicable: result.match = false
    case .compliant: (result.verdict, result.match) = (.compliant, outcome.isMatch)
    case .nonCompliant: (result.verdict, result.match) = (.nonCompliant, true)
    case .unknown where effect == .manual && outcome.isMatch:
      (result.verdict, result.match) = (.manual(standard), true)
    case .unknown: (result.verdict, result.match) = (.unknown(outcome.reason), outcome.isMatch ? true : nil)
    }
    if result.isNonCompliant, !policy.operations.isEmpty {
      result.writes = evaluator.apply(policy, to: resource.subject).changes.compactMap { change in
        switch change.outcome {
        case .made, .conflict: PolicyWrite(path: change.field.lowercased(), value: change.value?.text ?? "")
        case .skipped, .unknown: nil
        }
      }
    }
    return result
  }

  /// The proof of an outcome as JSON in the shape of policyEvaluationDetails, and where the resource does not comply why.
  func told(
    _ outcome: RuleOutcome, _ resource: PolicyEstate.Resource, _ evaluator: inout PolicyEvaluator
  ) -> (proof: String, reason: String) {
    guard let judged = outcome.judged else { return ("{}", "") }
    enter(&evaluator)
    let leaves = evaluator.proof(of: judged, policy, resource.subject)
    let proof = PolicyProofText.json(
      leaves, looksForRelated: effect.looksForRelated, related: effect.looksForRelated ? judged.relatedIds : [])
    guard outcome.isNonCompliant else { return (proof, "") }
    return (proof, PolicyProofText.summary(leaves, policy: policy, examined: judged.related.count))
  }

  /// A hash of all that the proof of an outcome is made of; nil where it depends on more than values at fixed paths.
  /// Resources that are alike in what a rule reads share one proof, so that it is written once.
  func proofHash(_ outcome: RuleOutcome, _ resource: PolicyEstate.Resource) -> UInt64? {
    guard let judged = outcome.judged, judged.related.isEmpty else { return nil }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01B3 }
    let document = resource.document.document
    for leaf in judged.leaves {
      let node = policy.program.nodes[Int(leaf.node)]
      guard node.kind == .path || node.kind == .constant, !node.hasWildcard, node.wantedIn != .template else {
        return nil
      }
      mix(UInt64(leaf.node) | 1 << 40)
      guard node.kind == .path, leaf.actual > 0 else { continue }
      let value = document.value(at: leaf.actual - 1)
      switch value.kind {
      case .array, .object: return nil
      case .null: mix(2)
      case .bool: mix(value.boolean == true ? 3 : 4)
      case .string, .integer, .double, .number:
        mix(value.kind == .string ? 5 : 6)
        value.withRawBytes { for byte in $0 { mix(UInt64(byte)) } }
      }
    }
    if case .unknown = outcome.verdict { return nil }
    mix(outcome.isNonCompliant ? 7 : 8)
    return hash
  }

  private func isIndexed(_ resource: PolicyEstate.Resource) -> Bool {
    policy.aliases.isIndexed(type: resource.type) ?? resource.isIndexed
  }

  /// The document as `append` or `modify` leaves it; nil where it changes nothing.
  func changed(_ resource: PolicyEstate.Resource, _ evaluator: inout PolicyEvaluator) -> JSONValue? {
    enter(&evaluator)
    let (document, changes) = evaluator.apply(policy, to: resource.subject)
    return changes.contains { $0.outcome == .made } ? document : nil
  }

  /// The details of the effect with the values that they have for the resource.
  func details(_ resource: PolicyEstate.Resource, _ evaluator: inout PolicyEvaluator) -> JSONValue? {
    enter(&evaluator)
    return evaluator.details(of: policy, resource.subject)
  }
}
