// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// Judges resources by compiled policies. Not shared between tasks; make one for each.
///
///     var evaluator = PolicyEvaluator()
///     evaluator.context.subscription = subscription
///     let outcome = evaluator.judge(policy, PolicySubject(document)) { request, subject in .resources([]) }
package struct PolicyEvaluator {
  package var context: PolicyContext {
    didSet { surroundings = Surroundings(context) }
  }
  private(set) var surroundings: Surroundings

  package init(context: PolicyContext = PolicyContext()) {
    self.context = context
    surroundings = Surroundings(context)
  }

  /// Whether a policy is about a resource and whether the resource is compliant.
  ///
  /// Modes, scopes and exemptions are not looked at here. A rule that reads what is not known gives Unknown.
  ///
  /// - Parameter related: finds the resources that IfNotExists effects ask for.
  package func judge(
    _ policy: CompiledPolicy, _ subject: PolicySubject, related: RelatedLookup? = nil
  ) -> PolicyOutcome {
    if policy.isBroken {
      return PolicyOutcome(.notApplicable, reason: policy.problems.first { $0.code != .warning }?.message ?? "")
    }
    if policy.effect == .disabled { return PolicyOutcome(.notApplicable, reason: "the policy is disabled") }
    if let types = policy.typeHashes, subject.typeHash != 0, !types.contains(subject.typeHash) {
      return PolicyOutcome(.notApplicable)
    }
    return RuleRun.with(policy.program, policy, subject, main: nil, surroundings) { run in
      judge(policy, subject, related, &run)
    }
  }

  private func judge(
    _ policy: CompiledPolicy, _ subject: PolicySubject, _ related: RelatedLookup?, _ run: inout RuleRun
  ) -> PolicyOutcome {
    let truth = run.truth(0)
    let leaves = run.trail
    switch truth {
    case .unknown: return PolicyOutcome(.unknown, reason: run.reason, leaves: leaves)
    case .no:
      if policy.effect.looksForRelated { return PolicyOutcome(.notApplicable, leaves: leaves) }
      return PolicyOutcome(isApplicable(policy, &run) ? .compliant : .notApplicable, leaves: leaves)
    case .yes: break
    }
    switch policy.effect {
    case .auditIfNotExists, .deployIfNotExists: return existence(policy, subject, related, leaves, run)
    case .manual: return PolicyOutcome(.unknown, isMatch: true, reason: "it needs an attestation", leaves: leaves)
    default: return PolicyOutcome(.nonCompliant, isMatch: true, leaves: leaves)
    }
  }

  private func isApplicable(_ policy: CompiledPolicy, _ run: inout RuleRun) -> Bool {
    let derivation = policy.derivation
    // The type was compared before.
    if derivation.isExact, run.subject.typeHash != 0 || derivation.types == nil { return true }
    return run.relaxed(0, positive: true, onlyType: derivation.ignoresNames) != .no
  }

  // MARK: Related resources

  private func existence(
    _ policy: CompiledPolicy, _ subject: PolicySubject, _ lookup: RelatedLookup?, _ leaves: [LeafRecord], _ run: RuleRun
  ) -> PolicyOutcome {
    func unknown(_ reason: String) -> PolicyOutcome {
      PolicyOutcome(.unknown, isMatch: true, reason: reason, leaves: leaves)
    }
    guard let rule = policy.related else { return unknown("the details do not say what must exist") }
    var texts: [String?] = []
    for template in [rule.type, rule.name, rule.kind, rule.resourceGroupName] {
      guard let value = template.map({ run.evaluated($0) }) else {
        texts.append(nil)
        continue
      }
      if let reason = value.reason { return unknown(reason) }
      texts.append(value.string)
    }
    guard let type = texts[0] else { return unknown("the type of the related resource is no string") }
    guard let lookup else { return unknown("related resources are not looked up here") }
    let request = RelatedRequest(
      type: type, name: texts[1], kind: texts[2], resourceGroupName: texts[3], scope: rule.scope)
    switch lookup(request, subject) {
    case .unknown(let reason): return unknown(reason)
    case .resources(let candidates):
      var examined: [(PolicySubject, [LeafRecord])] = []
      var reason: String?
      for candidate in candidates where Self.fits(candidate.resource, request) {
        guard let program = rule.existence else {
          return PolicyOutcome(.compliant, isMatch: true, leaves: leaves, related: [(candidate, [])])
        }
        let (truth, trail, why) = RuleRun.with(program, policy, candidate, main: subject, surroundings) { run in
          (run.truth(0), run.trail, run.reason)
        }
        if truth == .yes {
          return PolicyOutcome(.compliant, isMatch: true, leaves: leaves, related: [(candidate, trail)])
        }
        if truth == .unknown { reason = reason ?? why }
        examined.append((candidate, trail))
      }
      if let reason {
        return PolicyOutcome(.unknown, isMatch: true, reason: reason, leaves: leaves, related: examined)
      }
      return PolicyOutcome(.nonCompliant, isMatch: true, leaves: leaves, related: examined)
    }
  }

  /// Whether a candidate has the name and the kind that are asked for. A child's name may have those of its parents.
  static func fits(_ resource: JSONValue, _ request: RelatedRequest) -> Bool {
    if let wanted = request.name, let name = resource.member(ignoringCase: "name")?.string,
      !ARMText.equal(name, wanted)
    {
      let last = name.split(separator: "/").last.map(String.init) ?? name
      let lastWanted = wanted.split(separator: "/").last.map(String.init) ?? wanted
      guard ARMText.equal(last, lastWanted), name.contains("/") != wanted.contains("/") else { return false }
    }
    if let kind = request.kind, let own = resource.member(ignoringCase: "kind")?.string {
      return ARMText.equal(kind, own)
    }
    return true
  }
}
