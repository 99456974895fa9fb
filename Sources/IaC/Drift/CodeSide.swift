// SPDX-License-Identifier: Apache-2.0

/// The third side of a comparison: code, beside state and cloud.
struct CodeSide {
  private let code: DriftCode
  private let byAddress: [String: CodeResource]
  /// Addresses of the states.
  private let stated: Set<String>
  /// Addresses that the code has and no state does, by type and id.
  private let unstated: [String: [String]]
  /// Addresses of the code without the keys of instances that are not known.
  private let indeterminate: Set<String>

  init(_ code: DriftCode, _ stated: [StatedResource]) {
    self.code = code
    byAddress = Dictionary(code.resources.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(stated.map(\.address))
    self.stated = known
    unstated = Dictionary(grouping: code.resources.filter { !known.contains($0.address) }) {
      "\($0.type) \(LiveIndex.form($0.id))"
    }.mapValues { $0.map(\.address) }
    indeterminate = Set(code.addresses.filter { $0.contains("[?]") }.map(Self.withoutKeys))
  }

  /// An address without the keys of instances.
  static func withoutKeys(_ address: String) -> String {
    var out = ""
    var (depth, isQuoted, isEscaped) = (0, false, false)
    for character in address {
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isQuoted = false
        }
        continue
      }
      switch character {
      case "[": depth += 1
      case "]": depth -= 1
      case "\"" where depth > 0: isQuoted = true
      default: if depth == 0 { out.append(character) }
      }
    }
    return out
  }

  /// Whether the code may describe the address.
  private func has(_ address: String) -> Bool {
    code.addresses.contains(address) || !indeterminate.isEmpty && indeterminate.contains(Self.withoutKeys(address))
  }

  /// Adds what the code says to a resource that state and cloud have.
  func judge(_ resource: inout DriftedResource, _ body: CodeNode, _ live: CodeNode, _ rules: DriftRules) {
    var address = resource.address
    if !has(address), let moved = moved(address) ?? renamed(resource) {
      resource.previousAddress = address
      resource.address = moved
      address = moved
    }
    guard has(address) else {
      // Applying the code as it is would remove the resource.
      resource.verdict = .pendingChange
      resource.differences.append(
        DriftDifference(keys: [], path: "", expected: nil, actual: nil, verdict: .pendingChange, place: resource.place))
      if resource.reason.isEmpty { resource.reason = "the code does not have it" }
      for index in resource.differences.indices where resource.differences[index].verdict == nil {
        resource.differences[index].verdict = .drift
      }
      return
    }
    guard let coded = byAddress[address] else {
      for index in resource.differences.indices { resource.differences[index].verdict = .drift }
      return
    }
    resource.place = coded.place
    var (stateSide, liveSide) = (
      DriftComparer(rules: rules, cloud: resource.cloud), DriftComparer(rules: rules, cloud: resource.cloud)
    )
    stateSide.compare(coded.body, body)
    liveSide.compare(coded.body, live)
    for index in resource.differences.indices {
      let path = resource.differences[index].path
      let keys = resource.differences[index].keys
      if let place = Self.place(coded.body, keys) { resource.differences[index].place = place }
      guard let other = stateSide.differences.first(where: { DriftPath.overlaps($0.path, path) }) else {
        resource.differences[index].verdict = .drift
        continue
      }
      resource.differences[index].code = other.expected
      let differsFromLive = liveSide.differences.contains { DriftPath.overlaps($0.path, path) }
      resource.differences[index].verdict = differsFromLive ? .conflict : .staleState
    }
    for other in stateSide.differences
    where !resource.differences.contains(where: { DriftPath.overlaps($0.path, other.path) }) {
      resource.differences.append(
        DriftDifference(
          keys: other.keys, path: other.path, expected: other.actual, actual: other.actual, code: other.expected,
          verdict: .pendingChange, place: other.place ?? coded.place))
    }
    resource.verdict = .inSync
  }

  /// Adds what the code says to a part of a resource, whose attributes stand in the resource.
  func judgePart(_ resource: inout DriftedResource) {
    if !has(resource.address), let moved = moved(resource.address) {
      (resource.previousAddress, resource.address) = (resource.address, moved)
      if resource.status == .inSync { resource.status = .moved }
    }
    resource.verdict = has(resource.address) ? .inSync : .pendingChange
    guard resource.verdict == .pendingChange else { return }
    resource.differences.append(
      DriftDifference(keys: [], path: "", expected: nil, actual: nil, verdict: .pendingChange, place: resource.place))
    if resource.reason.isEmpty { resource.reason = "the code does not have it" }
  }

  /// The place of the value at a path, or of the nearest part around it that the code has.
  private static func place(_ body: CodeNode, _ keys: [String]) -> CodePlace? {
    var (node, place): (CodeNode, CodePlace?) = (body, nil)
    for key in keys {
      guard let next = node[key] else { break }
      (node, place) = (next, next.place)
    }
    return place
  }

  /// Where `moved` blocks say that an address went; several may follow one another.
  private func moved(_ address: String) -> String? {
    var (found, steps): (String, Int) = (address, 0)
    while !has(found), steps < 100 {
      guard
        let move = code.moves.first(where: { move in
          found == move.from || found.hasPrefix(move.from + ".") || found.hasPrefix(move.from + "[")
        })
      else { return nil }
      found = move.to + found.dropFirst(move.from.count)
      steps += 1
    }
    return has(found) && found != address ? found : nil
  }

  /// An address of the code that no state has, with the same resource behind it.
  private func renamed(_ resource: DriftedResource) -> String? {
    let found = unstated["\(resource.type) \(LiveIndex.form(resource.id))"] ?? []
    return found.count == 1 ? found[0] : nil
  }

  /// What the code has and no state does: it is to be made, or is there already and waits to be imported.
  func notApplied(_ index: LiveIndex) -> [DriftedResource] {
    var targets = stated
    for address in stated { if let moved = moved(address) { targets.insert(moved) } }
    let without = Set(stated.map(Self.withoutKeys))
    return code.resources.compactMap { coded in
      guard code.addresses.contains(coded.address), !targets.contains(coded.address) else { return nil }
      if coded.address.contains("[?]"), without.contains(Self.withoutKeys(coded.address)) { return nil }
      return DriftedResource(
        status: .undetermined, reason: "the code has it, no state does: it has not been applied", state: "",
        address: coded.address, kind: "", type: coded.type, cloud: coded.cloud, account: "", region: "", id: coded.id,
        live: index.exact(coded.id, type: coded.type), place: coded.place, verdict: .pendingChange,
        differences: [
          DriftDifference(keys: [], path: "", expected: nil, actual: nil, verdict: .pendingChange, place: coded.place)
        ])
    }
  }
}
