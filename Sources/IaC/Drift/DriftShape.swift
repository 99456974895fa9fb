// SPDX-License-Identifier: Apache-2.0

/// Which parts of a list's elements a state knows: only these are compared with what the cloud shows.
indirect enum DriftShape {
  /// The whole value.
  case whole
  case map([String: DriftShape])
  case list(DriftShape)
  /// Not known on one side: compared on neither.
  case nothing

  init(_ node: CodeNode, _ rules: DriftRules, key: String) {
    switch node.value {
    case .unknown: self = .nothing
    case .map(let members) where node["Statement"] == nil && !rules.maps.contains(key.lowercased()):
      self = .map(
        Dictionary(members.map { ($0.key, DriftShape($0.node, rules, key: $0.key)) }, uniquingKeysWith: { $1 }))
    case .list(let elements) where !elements.isEmpty:
      self = .list(DriftShape(all: elements, rules, key: key))
    default: self = .whole
    }
  }

  /// What any of the elements has.
  init(all elements: [CodeNode], _ rules: DriftRules, key: String) {
    self = elements.dropFirst().reduce(elements.first.map { DriftShape($0, rules, key: key) } ?? .whole) {
      $0.with(DriftShape($1, rules, key: key))
    }
  }

  private func with(_ other: DriftShape) -> DriftShape {
    switch (self, other) {
    case (.nothing, _), (_, .nothing): .nothing
    case (.map(let left), .map(let right)): .map(left.merging(right) { $0.with($1) })
    case (.list(let left), .list(let right)): .list(left.with(right))
    // An empty list or map says nothing of what its elements would be.
    case (.whole, _): other
    case (_, .whole): self
    default: .whole
    }
  }

  func projected(_ node: CodeNode) -> CodeNode {
    switch (self, node.value) {
    case (.nothing, _): return CodeNode(.null, at: node.place)
    case (.map(let shapes), .map(let members)):
      let kept = members.compactMap { member in
        shapes[member.key].map { CodeMember(member.key, $0.projected(member.node), at: member.place) }
      }
      return CodeNode(.map(kept), at: node.place)
    case (.list(let shape), .list(let elements)):
      return CodeNode(.list(elements.map(shape.projected)), at: node.place)
    default: return node
    }
  }
}
