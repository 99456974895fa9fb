// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// Compares one resource of a state with the live one.
///
///     var comparer = DriftComparer(rules: rules, cloud: "aws")
///     comparer.compare(stated.body, live, settled: [])
///     for difference in comparer.differences { print(difference.path) }
struct DriftComparer {
  let rules: DriftRules
  let normaliser: DriftNormaliser
  /// Whether the absence of a live path says something.
  var collects: ([String]) -> Bool = { _ in true }
  /// Paths that could not be read.
  var gaps: [(path: String, reason: String)] = []

  private(set) var differences: [DriftDifference] = []
  /// How many values were compared.
  private(set) var compared = 0
  /// Why values were not that should have been.
  private(set) var unseen: [String] = []

  init(rules: DriftRules, cloud: String) {
    self.rules = rules
    normaliser = DriftNormaliser(rules: rules, cloud: cloud)
  }

  /// Columns of a row that say which resource it is, not how it is.
  private static let identity: Set<String> = [
    "id", "type", "cloud", "source", "name", "resourceGroup", "subscriptionId", "tenantId", "managedBy",
  ]

  mutating func compare(_ expected: CodeNode, _ live: CodeNode, settled: [[String]] = []) {
    for member in expected.members where !Self.identity.contains(member.key) {
      // A resource of AWS does not move to another region; the collector says `global` where the state has one.
      if member.key == "location", normaliser.cloud == "aws" { continue }
      walk(member.node, live[member.key], [member.key])
    }
    for keys in settled where expected.get(keys) == nil {
      guard let first = keys.first, !Self.identity.contains(first), let actual = live.get(keys) else { continue }
      leaf(nil, actual, keys)
    }
  }

  private mutating func walk(_ expected: CodeNode, _ live: CodeNode?, _ keys: [String]) {
    let key = keys[keys.count - 1]
    guard expected.unknown == nil, live?.unknown == nil, !rules.isExcluded(key), keys.count < 64 else { return }
    let (expected, live) = (Self.opened(expected), live.map(Self.opened))
    switch expected.value {
    case .map(let members) where expected["Statement"] == nil:
      if rules.maps.contains(key.lowercased()) || DriftNormaliser.tagKeys.contains(key) {
        return data(members, live, keys)
      }
      if let live, !live.isNull, live.members.isEmpty {
        // Of another kind altogether; an empty map is one whose members are not there.
        guard case .map = live.value else { return leaf(expected, live, keys) }
      }
      for member in members { walk(member.node, live?[member.key], keys + [member.key]) }
    case .list(let elements):
      if DriftNormaliser.tagKeys.contains(key), let members = Self.pairs(elements) { return data(members, live, keys) }
      if case .list(let others) = live?.value ?? .list([]) { return list(elements, others, expected, live, keys) }
      leaf(expected, live, keys)
    default: leaf(expected, live, keys)
    }
  }

  /// Text that holds a document as the document.
  private static func opened(_ node: CodeNode) -> CodeNode {
    guard let text = node.string, var document = DriftNormaliser.document(text) else { return node }
    document.place = node.place
    return document
  }

  private static func pairs(_ elements: [CodeNode]) -> [CodeMember]? {
    guard !elements.isEmpty else { return nil }
    let members = elements.compactMap { element in
      (element["Key"] ?? element["key"])?.string.map {
        CodeMember($0, element["Value"] ?? element["value"] ?? CodeNode(.string(""), at: element.place))
      }
    }
    return members.count == elements.count ? members : nil
  }

  /// A map whose members are data: what only one side has counts.
  private mutating func data(_ members: [CodeMember], _ live: CodeNode?, _ keys: [String]) {
    let isTag = DriftNormaliser.tagKeys.contains(keys[keys.count - 1])
    let others = live.map { Self.pairs($0.elements) ?? $0.members } ?? []
    if members.contains(where: { $0.node.unknown != nil && $0.key.isEmpty }) { return }
    var seen: Set<String> = []
    for member in members where seen.insert(member.key).inserted {
      if isTag, normaliser.isIgnored(tag: member.key) { continue }
      guard member.node.unknown == nil else { continue }
      let other = others.first { $0.key == member.key || isTag && azureMatches($0.key, member.key) }
      if other?.node.unknown != nil { continue }
      leaf(member.node, other?.node, keys + [member.key], isTag: isTag)
    }
    for other in others
    where !members.contains(where: { $0.key == other.key || isTag && azureMatches($0.key, other.key) }) {
      if isTag, normaliser.isIgnored(tag: other.key) { continue }
      guard other.node.unknown == nil else { continue }
      leaf(nil, other.node, keys + [other.key], isTag: isTag)
    }
  }

  /// Names of tags in Azure have no case.
  private func azureMatches(_ left: String, _ right: String) -> Bool {
    normaliser.cloud == "azure" && left.lowercased() == right.lowercased()
  }

  private mutating func leaf(_ expected: CodeNode?, _ live: CodeNode?, _ keys: [String], isTag: Bool = false) {
    let key = keys[keys.count - 1]
    if !isTag, rules.isWork(key, expected), rules.isWork(key, live) { return }
    guard let path = begin(keys, expected, live, isTag: isTag) else { return }
    func form(_ node: CodeNode?) -> DriftForm {
      guard let node else { return .nothing }
      let form = normaliser.form(node, key: key, isTag: isTag)
      // A tag without a value is there; nothing else that is empty is.
      if isTag, form == .nothing, expected != nil || live != nil { return .scalar("") }
      if case .list(let elements) = form, elements.count == 1, case .scalar = elements[0] { return elements[0] }
      return form
    }
    let (left, right) = (form(expected), form(live))
    if normaliser.isSame(left, right) || !isTag && normaliser.isNothing(left) && normaliser.isNothing(right) { return }
    differences.append(
      DriftDifference(
        keys: keys, path: path, expected: expected, actual: live, reverted: expected, place: expected?.place,
        statedAt: expected?.place))
  }

  /// The path where the value is to be compared; nil where it cannot be.
  private mutating func begin(_ keys: [String], _ expected: CodeNode?, _ live: CodeNode?, isTag: Bool) -> String? {
    guard isTag || !rules.isExcluded(keys[keys.count - 1]) else { return nil }
    let path = CodeNode.path(of: keys)
    if let gap = gaps.first(where: { DriftPath.overlaps($0.path, path) }) {
      if !unseen.contains(gap.reason) { unseen.append(gap.reason) }
      return nil
    }
    if live == nil || live?.isNull == true, !isTag, !collects(keys) { return nil }
    compared += 1
    return path
  }

  private mutating func list(
    _ elements: [CodeNode], _ live: [CodeNode], _ expected: CodeNode, _ actual: CodeNode?, _ keys: [String]
  ) {
    let key = keys[keys.count - 1]
    var (elements, others) = (elements, live)
    if rules.partial.contains(key.lowercased()) {
      // A pair without a value is one that the state does not have.
      elements.removeAll { $0.members.count < 2 }
      let known = Set(elements.compactMap { ($0["Key"] ?? $0["key"] ?? $0["name"])?.string })
      others.removeAll { element in
        (element["Key"] ?? element["key"] ?? element["name"])?.string.map { !known.contains($0) } ?? false
      }
    }
    // Of a list with an element that is not known nobody can tell what belongs to it.
    guard !(elements + others).contains(where: { $0.unknown != nil }),
      let path = begin(keys, expected, actual, isTag: false)
    else {
      return
    }
    let shape = DriftShape(all: elements, rules, key: key)
    func forms(_ nodes: [CodeNode]) -> [DriftForm] {
      nodes.map { normaliser.form(shape.projected($0), key: key) }
    }
    let (left, right) = (forms(elements), forms(others))
    if rules.ordered.contains(key.lowercased()) {
      let same = left.count == right.count && zip(left, right).allSatisfy { normaliser.isSame($0, $1) }
      if !same {
        differences.append(
          DriftDifference(
            keys: keys, path: path, expected: expected, actual: actual, reverted: expected, place: expected.place,
            statedAt: expected.place))
      }
      return
    }
    var (onlyLeft, onlyRight) = Self.unmatched(left, right)
    // A name on one side and what ends in it on the other are the same; there are few left to try.
    if onlyLeft.count * onlyRight.count < 1 << 20 {
      onlyLeft.removeAll { index in
        guard let found = onlyRight.firstIndex(where: { normaliser.isSame(left[index], right[$0]) }) else {
          return false
        }
        onlyRight.remove(at: found)
        return true
      }
    }
    guard onlyLeft.contains(where: { left[$0] != .nothing }) || onlyRight.contains(where: { right[$0] != .nothing })
    else { return }
    var difference = DriftDifference(
      keys: keys, path: path, expected: expected, actual: actual, reverted: nil, place: expected.place,
      statedAt: expected.place)
    difference.removed = onlyLeft.map { elements[$0] }
    difference.added = onlyRight.map { shape.projected(others[$0]) }
    let gone = Set(onlyRight)
    let rest =
      rules.partial.contains(key.lowercased()) ? live.filter { node in !others.contains { $0.isSame(as: node) } } : []
    let kept = rest + others.indices.filter { !gone.contains($0) }.map { others[$0] }
    difference.reverted = CodeNode(.list(kept + onlyLeft.map { elements[$0] }), at: expected.place)
    differences.append(difference)
  }

  /// Indices of what only one side has, each element counted as often as it is there.
  private static func unmatched(_ left: [DriftForm], _ right: [DriftForm]) -> ([Int], [Int]) {
    var places: [DriftForm: [Int]] = [:]
    for index in right.indices.reversed() { places[right[index], default: []].append(index) }
    var (onlyLeft, matched): ([Int], Set<Int>) = ([], [])
    for (index, form) in left.enumerated() {
      if let found = places[form]?.popLast() { matched.insert(found) } else { onlyLeft.append(index) }
    }
    return (onlyLeft, right.indices.filter { !matched.contains($0) })
  }
}

/// Paths as texts.
enum DriftPath {
  /// Whether one path is the other or lies below it.
  static func overlaps(_ left: String, _ right: String) -> Bool {
    let (short, long) = left.utf8.count <= right.utf8.count ? (left.utf8, right.utf8) : (right.utf8, left.utf8)
    guard !short.isEmpty, long.starts(with: short) else { return short.isEmpty }
    guard let next = long.dropFirst(short.count).first else { return true }
    return next == UInt8(ascii: ".") || next == UInt8(ascii: "[")
  }
}
