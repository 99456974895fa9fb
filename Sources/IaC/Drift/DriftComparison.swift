// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// Compares what states hold with what scans saw, and with the code where it is at hand.
///
///     let report = DriftComparison(rules: rules, ignore: ignore).run(stated, live, code: code)
package struct DriftComparison: Sendable {
  private let rules: DriftRules
  private let ignore: [DriftIgnore]

  package init(rules: DriftRules, ignore: [DriftIgnore] = []) {
    self.rules = rules
    self.ignore = ignore
  }

  package func run(
    _ stated: [StatedResource], parts: [StatedPart] = [], _ live: LiveEstate, code: DriftCode? = nil
  ) -> DriftReport {
    let index = LiveIndex(live.resources)
    let code = code.map { CodeSide($0, stated) }
    var holders: [Int: DriftedResource] = [:]
    var resources: [DriftedResource] = []
    for stated in stated {
      let found = index.find(stated)
      var resource = Self.start(stated, found.map { live.resources[$0] })
      resource.live = found
      judge(&resource, stated, live, code)
      if let found {
        if let holder = holders[found], holder.address != resource.address || holder.state != resource.state {
          move(&resource, to: holder)
        } else {
          holders[found] = resource
        }
      }
      resources.append(resource)
    }
    resources += takeOut(parts, of: &resources, stated, code)
    let waiting = code?.notApplied(index) ?? []
    resources += waiting.filter { $0.live == nil }
    let toImport = Dictionary(
      waiting.compactMap { resource in resource.live.map { ($0, resource) } }, uniquingKeysWith: { first, _ in first })
    resources += unmanaged(live, index, holders, stated, toImport)
    for index in resources.indices { leaveOut(&resources[index]) }
    return DriftReport(resources: resources)
  }

  private static func start(_ stated: StatedResource, _ live: LiveResource?) -> DriftedResource {
    DriftedResource(
      status: .inSync, reason: "", state: stated.state, address: stated.address,
      previousAddress: stated.previousAddress, kind: stated.kind, type: stated.resource?.type ?? live?.type ?? "",
      cloud: stated.cloud, account: live?.account ?? stated.account, region: live?.region ?? stated.region,
      id: live?.id ?? stated.resource?.id ?? stated.names.first ?? "", place: stated.place)
  }

  // MARK: Resources of states

  private func judge(
    _ resource: inout DriftedResource, _ stated: StatedResource, _ live: LiveEstate, _ code: CodeSide?
  ) {
    guard let found = resource.live else { return judgeAbsent(&resource, stated, live) }
    guard let body = stated.resource?.body else {
      return undetermined(
        &resource, "it is there; the type \(stated.kind) is not mapped, so that its attributes were not compared")
    }
    let seen = live.resources[found]
    guard seen.isRefreshed else {
      return undetermined(&resource, "the newest scan did not see it again", isUnseen: true)
    }
    var comparer = DriftComparer(rules: rules, cloud: stated.cloud)
    comparer.gaps = seen.gaps
    comparer.collects = { live.collects(seen.type, $0) }
    let actual = CodeNode(json: seen.document)
    comparer.compare(body, actual, settled: stated.settled)
    resource.differences = comparer.differences
    if !comparer.differences.isEmpty {
      resource.status = .drifted
    } else if let reason = comparer.unseen.first {
      undetermined(&resource, reason, isUnseen: true)
    } else if comparer.compared == 0 {
      undetermined(&resource, "it is there; none of its attributes can be compared")
    }
    code?.judge(&resource, body, actual, rules)
    if let previous = resource.previousAddress, previous != resource.address, resource.status == .inSync {
      resource.status = .moved
      resource.reason = "it was \(previous)"
    }
  }

  private func judgeAbsent(_ resource: inout DriftedResource, _ stated: StatedResource, _ live: LiveEstate) {
    guard let type = stated.resource?.type else {
      return undetermined(&resource, "the type \(stated.kind) is not mapped")
    }
    if let reason = live.unseen(stated.cloud, stated.account, stated.region, type) {
      return undetermined(&resource, reason, isUnseen: true)
    }
    resource.status = .missing
    resource.reason = "the state has it, the cloud does not"
  }

  private func undetermined(_ resource: inout DriftedResource, _ reason: String, isUnseen: Bool = false) {
    (resource.status, resource.reason, resource.isUnseen) = (.undetermined, reason, isUnseen)
  }

  private func move(_ resource: inout DriftedResource, to holder: DriftedResource) {
    resource.status = .moved
    resource.previousAddress = holder.address
    resource.reason =
      holder.state == resource.state
      ? "\(holder.address) is the same resource" : "\(holder.address) of \(holder.state) is the same resource"
    resource.differences = []
  }

  /// Drops what rules say to leave out.
  private func leaveOut(_ resource: inout DriftedResource) {
    for rule in ignore where rule.isAbout(resource) {
      guard rule.path != nil else {
        (resource.status, resource.reason) = (.ignored, "--ignore \(rule.text)")
        (resource.differences, resource.isUnseen, resource.verdict) = ([], false, nil)
        return
      }
      let before = resource.differences.count
      resource.differences.removeAll { rule.isAbout(path: $0.path) }
      if resource.differences.count < before, resource.status == .drifted,
        !resource.differences.contains(where: \.isDrift)
      {
        resource.status = .inSync
        resource.reason = "what differs is left out by \(rule.text)"
      }
    }
    if let verdict = resource.differences.compactMap(\.verdict).max(by: { $0.weight < $1.weight }) {
      resource.verdict = verdict
    }
  }

  // MARK: Parts of resources

  /// Gives each part what became of it: differences in what it settles are its own, not those of what it belongs to.
  private func takeOut(
    _ parts: [StatedPart], of resources: inout [DriftedResource], _ stated: [StatedResource], _ code: CodeSide?
  ) -> [DriftedResource] {
    guard !parts.isEmpty else { return [] }
    var owners: [String: [Int]] = [:]
    for (index, stated) in stated.enumerated() {
      guard let native = stated.resource else { continue }
      for handle in Set(native.handles + stated.names) {
        owners["\(native.type) \(handle.lowercased())", default: []].append(index)
      }
    }
    return parts.map { part in
      var resource = DriftedResource(
        status: .undetermined, reason: "what it belongs to is in none of the states", state: part.state,
        address: part.address, kind: part.kind, type: "", cloud: part.cloud, account: "", region: "", id: part.id,
        place: part.place, isPart: true)
      let found = part.owners.lazy.flatMap { owners["\($0.type) \($0.name.lowercased())"] ?? [] }.first
      if let found { take(part, &resource, from: &resources[found]) }
      code?.judgePart(&resource)
      return resource
    }
  }

  private func take(_ part: StatedPart, _ resource: inout DriftedResource, from owner: inout DriftedResource) {
    (resource.type, resource.account, resource.region) = (owner.type, owner.account, owner.region)
    (resource.id, resource.live) = (owner.id, owner.live)
    (resource.status, resource.reason, resource.isUnseen) = (owner.status, owner.reason, owner.isUnseen)
    switch owner.status {
    case .missing: resource.reason = "\(owner.address), which it belongs to, is not there"
    case .moved: (resource.status, resource.reason) = (.inSync, "")
    default: break
    }
    guard owner.status == .drifted || owner.status == .inSync else { return }
    var rest: [DriftDifference] = []
    for difference in owner.differences {
      let (own, other) = difference.divided(by: part.place)
      if let own { resource.differences.append(own) }
      if let other { rest.append(other) }
    }
    owner.differences = rest
    guard owner.status == .drifted else { return }
    if !resource.differences.contains(where: \.isDrift) { resource.status = .inSync }
    // Another part that is still to come may have the rest.
    if !owner.differences.contains(where: \.isDrift) { owner.status = .inSync }
  }

  // MARK: Live resources that no state has

  private func unmanaged(
    _ live: LiveEstate, _ index: LiveIndex, _ holders: [Int: DriftedResource], _ stated: [StatedResource],
    _ toImport: [Int: DriftedResource]
  ) -> [DriftedResource] {
    // A state says nothing of accounts that it has nothing in.
    var accounts: Set<String> = []
    for found in holders.keys { accounts.insert("\(live.resources[found].cloud)/\(live.resources[found].account)") }
    for stated in stated where !stated.account.isEmpty { accounts.insert("\(stated.cloud)/\(stated.account)") }
    var children = ChildFinder(rules, live.resources, index) { holders[$0] != nil }
    var canBeManaged: [String: Bool] = [:]
    var resources: [DriftedResource] = []
    for (position, seen) in live.resources.enumerated() where holders[position] == nil {
      guard accounts.contains("\(seen.cloud)/\(seen.account)") else { continue }
      let manageable =
        canBeManaged[seen.type]
        ?? ((live.manageable?.contains(seen.type) ?? true) && !rules.unmanageable.contains { $0.matches(seen.type) })
      canBeManaged[seen.type] = manageable
      guard manageable else { continue }
      var resource = DriftedResource(
        status: .unmanaged, reason: "", state: "", address: "", kind: "", type: seen.type, cloud: seen.cloud,
        account: seen.account, region: seen.region, id: seen.id, live: position)
      if let coded = toImport[position] {
        resource.place = coded.place
        resource.reason = "the code has it as \(coded.address), no state does: import it"
      } else if let reason = children.reason(position) {
        (resource.status, resource.reason) = (.child, reason)
      }
      resources.append(resource)
    }
    return resources.sorted { ($0.type, $0.id) < ($1.type, $1.id) }
  }
}

extension DriftDifference {
  /// What a part of the state settles of the difference, and the rest: of a list that parts put together, such as the rules
  /// of a group, each has its elements.
  fileprivate func divided(by place: CodePlace) -> (own: DriftDifference?, rest: DriftDifference?) {
    let elements = expected?.elements ?? []
    guard !removed.isEmpty || !added.isEmpty, !elements.allSatisfy({ $0.place == place }) else {
      return statedAt == place ? (self, nil) : (nil, self)
    }
    var (own, rest) = (self, self)
    own.removed = removed.filter { $0.place == place }
    own.added = []
    rest.removed = removed.filter { $0.place != place }
    return (own.removed.isEmpty ? nil : own, rest.removed.isEmpty && rest.added.isEmpty ? nil : rest)
  }
}

extension DriftVerdict {
  /// Which of several verdicts on attributes stands for the resource: the one that needs a person most.
  var weight: Int {
    switch self {
    case .inSync: 0
    case .staleState: 1
    case .pendingChange: 2
    case .drift: 3
    case .conflict: 4
    }
  }
}
