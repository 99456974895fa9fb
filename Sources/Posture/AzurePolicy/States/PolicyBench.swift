// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// One worker's judging of a stretch of resources.
struct PolicyBench {
  struct Found: Sendable {
    var resources: [PolicyResource] = []
    var rows: [PolicyStateRow] = []
    var texts = PolicyTexts()
    var evaluations = 0
  }

  private let policies: PoliciesInForce
  private let estate: PolicyEstate
  private let places: Places
  private let now: Int64
  private var found = Found()
  /// Members that may be about a type in a place, by both.
  private var candidates: [String: [(member: Int32, isPartial: Bool)]] = [:]
  private var surroundings: [String: PolicySurroundings] = [:]
  private var evaluator = PolicyEvaluator()
  private struct ProofKey: Hashable {
    let member: Int32
    let hash: UInt64
  }
  /// Proofs that were written, by what they are made of.
  private var proofs: [ProofKey: (proof: UInt32, reason: UInt32)] = [:]
  /// Writes of `append` and `modify` to the resource at hand, to find those that contradict one another.
  private var writes: [(row: Int, operations: [PolicyWrite])] = []

  init(policies: PoliciesInForce, estate: PolicyEstate, places: Places, now: Int64) {
    (self.policies, self.estate, self.places, self.now) = (policies, estate, places, now)
  }

  consuming func finish() -> Found { found }

  mutating func judge(_ number: Int) {
    let resource = estate.resources[number]
    let place = resource.place
    evaluator.context = surroundings(place, resource).context
    var own: Int32?
    writes.removeAll(keepingCapacity: true)
    for (index, isPartial) in candidates(place, resource) {
      let member = policies.members[Int(index)]
      guard reaches(member, resource, isPartial) else { continue }
      found.evaluations += 1
      let outcome = member.rule.judge(resource, &evaluator, estate)
      guard let (state, said) = state(of: outcome, member, resource) else { continue }
      let (proof, why) = told(index, member, outcome, resource)
      let row: Int32
      if let own { row = own } else { row = add(resource, place) }
      own = row
      if state == .nonCompliant, !outcome.writes.isEmpty { writes.append((found.rows.count, outcome.writes)) }
      found.rows.append(
        PolicyStateRow(
          member: index, resource: row, state: state, reason: said.map { found.texts.number($0) } ?? why, proof: proof))
    }
    if writes.count > 1 { findConflicts() }
  }

  /// Numbers of the proof of an outcome and of the reason that the rule gives.
  private mutating func told(
    _ index: Int32, _ member: PoliciesInForce.Member, _ outcome: RuleOutcome, _ resource: PolicyEstate.Resource
  ) -> (proof: UInt32, reason: UInt32) {
    let key = member.rule.proofHash(outcome, resource).map { ProofKey(member: index, hash: $0) }
    if let key, let known = proofs[key] { return known }
    let (proof, reason) = member.rule.told(outcome, resource, &evaluator)
    let numbers = (proof: found.texts.number(proof), reason: found.texts.number(reason))
    if let key { proofs[key] = numbers }
    return numbers
  }

  /// The policies that are in force for a resource.
  mutating func members(for resource: PolicyEstate.Resource) -> [PoliciesInForce.Member] {
    let place = resource.place
    return candidates(place, resource).compactMap { index, isPartial in
      let member = policies.members[Int(index)]
      return reaches(member, resource, isPartial) ? member : nil
    }
  }

  /// An evaluator for the resource's group.
  mutating func evaluator(for resource: PolicyEstate.Resource) -> PolicyEvaluator {
    evaluator.context = surroundings(resource.place, resource).context
    return evaluator
  }

  private func reaches(
    _ member: PoliciesInForce.Member, _ resource: PolicyEstate.Resource, _ isPartial: Bool
  ) -> Bool {
    let assignment = policies.assignments[member.assignment]
    return (!isPartial || Places.reaches(assignment, resource.key))
      && assignment.selectors.choose(type: resource.type, location: resource.location)
      && member.isFor(type: resource.type, location: resource.location)
  }

  /// Applies to the outcome what people have decided. Nil where there is no state. The reason is nil where it is the
  /// rule's own.
  func state(
    of outcome: RuleOutcome, _ member: PoliciesInForce.Member, _ resource: PolicyEstate.Resource
  ) -> (state: PolicyState, reason: String?)? {
    let assignment = policies.assignments[member.assignment]
    var (state, reason): (PolicyState, String?)
    switch outcome.verdict {
    case .notApplicable: return nil
    case .compliant: (state, reason) = (.compliant, "")
    case .nonCompliant:
      (state, reason) = (.nonCompliant, member.facts.message.isEmpty ? nil : member.facts.message)
    case .unknown(let why): (state, reason) = (.unknown, why)
    case .manual(let standard):
      let (word, why) = attested(member, assignment, resource, standard)
      (state, reason) = (word, why)
    }
    if let exemption = exemption(member, assignment, resource) {
      let until = exemption.expires.map { " until \(DateTime.text($0))" } ?? ""
      return (.exempt, "\(exemption.category)\(until) by \(exemption.record.name); else \(state.text)")
    }
    return (state, reason)
  }

  private func exemption(
    _ member: PoliciesInForce.Member, _ assignment: PolicyAssignment, _ resource: PolicyEstate.Resource
  ) -> PolicyExemption? {
    if policies.exemptions.isEmpty { return nil }
    let key = assignment.key
    let list = (policies.exemptions[key] ?? []) + (policies.exemptions[""] ?? [])
    return list.first { exemption in
      exemption.isActive(at: now) && isFor(exemption, member)
        && exemption.scopes.contains { covers($0, resource) }
        && exemption.selectors.choose(type: resource.type, location: resource.location)
    }
  }

  private func isFor(_ exemption: PolicyExemption, _ member: PoliciesInForce.Member) -> Bool {
    func names(_ id: String, _ key: String) -> Bool { key == id || !id.contains("/") && key.hasSuffix("/\(id)") }
    switch exemption.target {
    case .assignment: break
    case .definition(let id): if !names(id, member.definition) { return false }
    case .initiative(let id): if !names(id, member.initiative) { return false }
    }
    return exemption.references.isEmpty || exemption.references.contains(member.facts.reference.lowercased())
      || exemption.references.contains(member.definition)
      || exemption.references.contains(member.facts.definitionName.lowercased())
  }

  private func covers(_ scope: String, _ resource: PolicyEstate.Resource) -> Bool {
    if let group = AzureScope.managementGroup(scope) {
      return estate.groups.contains(
        group, subscription: resource.subscription.isEmpty ? nil : resource.subscription, id: resource.key)
    }
    return AzureScope.contains(scope, resource.key)
  }

  /// What somebody vouches for, of the nearest scope; else what the definition says holds until then.
  private func attested(
    _ member: PoliciesInForce.Member, _ assignment: PolicyAssignment, _ resource: PolicyEstate.Resource,
    _ standard: PolicyState
  ) -> (PolicyState, String) {
    let said = (policies.attestations[assignment.key] ?? []).filter { attestation in
      attestation.reference == member.facts.reference.lowercased() && covers(attestation.scope, resource)
    }
    guard let word = said.filter({ $0.counts(at: now) }).max(by: { $0.scope.utf8.count < $1.scope.utf8.count }) else {
      return (standard, said.isEmpty ? "nobody has attested it" : "the attestation has lapsed")
    }
    let state: PolicyState = word.isCompliant.map { $0 ? .compliant : .nonCompliant } ?? .unknown
    return (state, "attested\(word.owner.isEmpty ? "" : " by \(word.owner)")")
  }

  /// Two policies that would write different values to one place contradict one another: neither can be satisfied.
  private mutating func findConflicts() {
    var first: [String: (row: Int, value: String)] = [:]
    var rows: Set<Int> = []
    for (row, operations) in writes {
      for operation in operations {
        if let known = first[operation.path] {
          if known.value != operation.value, known.row != row { rows.formUnion([known.row, row]) }
        } else {
          first[operation.path] = (row, operation.value)
        }
      }
    }
    for index in rows {
      let row = found.rows[index]
      let others = rows.filter { $0 != index }.sorted().map {
        policies.members[Int(found.rows[$0].member)].facts.displayName
      }
      found.rows[index] = PolicyStateRow(
        member: row.member, resource: row.resource, state: .conflict,
        reason: found.texts.number("writes another value than \(others.joined(separator: ", "))"), proof: row.proof)
    }
  }

  // MARK: What is shared

  private mutating func candidates(
    _ place: String, _ resource: PolicyEstate.Resource
  ) -> [(member: Int32, isPartial: Bool)] {
    let key = "\(resource.type) \(place)"
    if let known = candidates[key] { return known }
    let reaches = places.reaches(resource)
    var list: [(member: Int32, isPartial: Bool)] = []
    let untyped = resource.isTracked ? policies.untyped : []
    for index in (policies.byType[resource.type] ?? []) + untyped {
      let number = policies.reachOf[policies.members[Int(index)].assignment]
      guard reaches.indices.contains(number), let reach = reaches[number] else { continue }
      list.append((index, reach == .some))
    }
    candidates[key] = list
    return list
  }

  private mutating func surroundings(_ place: String, _ resource: PolicyEstate.Resource) -> PolicySurroundings {
    if let known = surroundings[place] { return known }
    let made = PolicySurroundings(resource, estate, now: now)
    surroundings[place] = made
    return made
  }

  private mutating func add(_ resource: PolicyEstate.Resource, _ place: String) -> Int32 {
    let chain = estate.groups.chain(ofSubscription: resource.subscription) ?? []
    found.resources.append(
      PolicyResource(
        id: resource.id, name: resource.document["name"]?.string ?? "", type: resource.type,
        location: resource.location, subscription: resource.subscription, resourceGroup: resource.group,
        managementGroups: chain.joined(separator: ","), tags: resource.document["tags"]?.text ?? "null"))
    return Int32(truncatingIfNeeded: found.resources.count - 1)
  }
}
