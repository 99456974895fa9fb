// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// Judges an estate by the policies in force.
///
///     let run = try PolicyJudge(PoliciesInForce(corpus)).judge(PolicyEstate(snapshot), now: now)
package struct PolicyJudge: Sendable {
  /// Parts that the work is split in: each writes its proofs anew, so they are few.
  private static let mostParts = 16
  /// Resources that are not worth a part of their own.
  private static let leastStretch = 512

  package let policies: PoliciesInForce

  package init(_ policies: PoliciesInForce) { self.policies = policies }

  /// Judges all resources, or those whose numbers are given, on all cores.
  ///
  /// - Parameter now: ticks, for exemptions, attestations and `utcNow()`.
  package func judge(_ estate: PolicyEstate, now: Int64, only: [Int]? = nil) throws -> PolicyRun {
    let numbers = only ?? Array(0..<estate.count)
    let places = Places(policies, estate, only: numbers)
    let parts = min(Self.mostParts, (numbers.count + Self.leastStretch - 1) / Self.leastStretch)
    let found = try Workers.map(parts) { part in
      var bench = PolicyBench(policies: policies, estate: estate, places: places, now: now)
      for number in numbers[numbers.count * part / parts..<numbers.count * (part + 1) / parts] { bench.judge(number) }
      return bench.finish()
    }
    return Self.merged(found, policies)
  }

  /// Judges resources on the core that asks.
  package func judgeAlone(_ estate: PolicyEstate, _ numbers: [Int], now: Int64) -> PolicyRun {
    var bench = PolicyBench(policies: policies, estate: estate, places: Places(policies, estate), now: now)
    for number in numbers { bench.judge(number) }
    return Self.merged([bench.finish()], policies)
  }

  /// Judges anew what a change of resources may touch: themselves, and those which look for their types.
  ///
  /// - Parameter ids: of resources that changed, appeared or are gone.
  /// - Returns: the run, and the keys of the resources that it is about.
  package func rejudge(_ estate: PolicyEstate, changed ids: [String], now: Int64) throws -> (PolicyRun, Set<String>) {
    var (numbers, keys) = (Set<Int>(), Set<String>())
    for id in ids {
      let key = AzureScope.normalized(id)
      keys.insert(key)
      if let number = estate.number(of: key) { numbers.insert(number) }
      guard let type = estate.type(ofId: key), let members = policies.byRelatedType[type] else { continue }
      for place in estate.places(ofId: key) {
        if let number = estate.number(of: place) { numbers.insert(number) }
        // Rules that look in a whole group or subscription hang on every resource of the types they judge there.
        for member in members where policies.members[Int(member)].rule.looksBeyondChildren {
          for type in policies.members[Int(member)].rule.types ?? [] {
            numbers.formUnion(estate.resources(ofType: type, under: place).map(Int.init))
          }
        }
      }
    }
    keys.formUnion(numbers.map { estate.resources[$0].key })
    return (try judge(estate, now: now, only: numbers.sorted()), keys)
  }

  private static func merged(_ parts: [PolicyBench.Found], _ policies: PoliciesInForce) -> PolicyRun {
    var run = PolicyRun()
    run.members = policies.facts
    run.frameworks = policies.frameworks
    run.rows.reserveCapacity(parts.reduce(0) { $0 + $1.rows.count })
    for part in parts {
      let numbers = part.texts.list.map { run.texts.number($0) }
      let first = Int32(truncatingIfNeeded: run.resources.count)
      run.resources += part.resources
      run.evaluations += part.evaluations
      for row in part.rows {
        run.rows.append(
          PolicyStateRow(
            member: row.member, resource: row.resource + first, state: row.state, reason: numbers[Int(row.reason)],
            proof: numbers[Int(row.proof)]))
      }
    }
    return run
  }
}

/// Which assignments reach what, group by group.
struct Places: Sendable {
  enum Reach: Sendable {
    case all
    /// Something of the scope, or of what is excluded, lies below the group.
    case some
  }

  /// How far each kind of reach gets in a place: assignments of one scope and the same exclusions share one.
  private var reaching: [String: [Reach?]] = [:]

  /// - Parameter numbers: the resources whose places are asked for; nil for all.
  init(_ policies: PoliciesInForce, _ estate: PolicyEstate, only numbers: [Int]? = nil) {
    var seen: Set<String> = []
    for number in numbers ?? Array(estate.resources.indices) {
      let resource = estate.resources[number]
      let place = resource.place
      guard seen.insert(place).inserted else { continue }
      reaching[place] = policies.reaches.map { Self.reach(of: $0, place, resource.subscription, estate.groups) }
    }
  }

  /// How far each of the policies' reaches gets where a resource lies.
  func reaches(_ resource: PolicyEstate.Resource) -> [Reach?] { reaching[resource.place] ?? [] }

  private static func reach(
    of assignment: PolicyAssignment, _ place: String, _ subscription: String, _ groups: ManagementGroups
  ) -> Reach? {
    func covers(_ scope: String) -> Bool {
      if let group = AzureScope.managementGroup(scope) {
        return groups.contains(group, subscription: subscription.isEmpty ? nil : subscription, id: place)
      }
      return AzureScope.contains(scope, place)
    }
    var isPartial = false
    if !covers(assignment.scope) {
      guard AzureScope.contains(place, assignment.scope) else { return nil }
      isPartial = true
    }
    for scope in assignment.notScopes {
      if covers(scope) { return nil }
      if AzureScope.contains(place, scope) { isPartial = true }
    }
    return isPartial ? .some : .all
  }

  /// Whether an assignment that reaches a group in part reaches one resource in it.
  static func reaches(_ assignment: PolicyAssignment, _ key: String) -> Bool {
    let isInScope = AzureScope.managementGroup(assignment.scope) != nil || AzureScope.contains(assignment.scope, key)
    return isInScope
      && !assignment.notScopes.contains {
        AzureScope.managementGroup($0) == nil && AzureScope.contains($0, key)
      }
  }
}
