// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

extension RuleRun {
  mutating func count(_ index: Int, _ node: RuleNode) -> Truth {
    let info = program.counts[Int(node.source)]
    var found: [Int] = []
    var values: [ARMValue]?
    var chosen: FieldPath?
    switch info.source {
    case .path(let path):
      let range = paths[Int(path)]
      if range.type == 0 || subject.typeHash == 0 || range.type == subject.typeHash {
        _ = walk.each(at: range, from: root) { at in
          if at >= 0 { found.append(at) }
          return true
        }
        if found.isEmpty, hasGaps, let gap = subject.gap(at: self.path(path)) { return unknown(gap) }
      }
    case .scoped(let path, let scope):
      let element = elements[Int(scope)]
      if element >= 0 {
        _ = walk.each(at: paths[Int(path)], from: element) { at in
          if at >= 0 { found.append(at) }
          return true
        }
      }
    case .field(let field):
      let source = program.fields[Int(field)]
      let isOwn = source.type == nil || subject.typeHash == 0 || source.type == subject.type.lowercased()
      guard isOwn, let path = PolicyEnvironment.path(of: source, subject) else { break }
      chosen = path
      found = path.nodes(in: subject.resource).compactMap { $0.map { Int($0.node) } }
    case .constant(let value, _): values = ARMValue(JSONValue(document: program.constants, node: value)).elements ?? []
    case .template(let template):
      let value = evaluated(program.templates[Int(template)])
      if let reason = value.reason { return unknown(reason) }
      guard let elements = value.elements else {
        return unknown("the value of a count is an array, not \(value.kindName)")
      }
      values = elements
    }
    let total = values?.count ?? found.count
    visited &+= total
    var (least, most) = (total, total)
    if index + 1 < Int(node.end) {
      (least, most) = (0, 0)
      let mark = trail.count
      let before = reason
      for position in 0..<total {
        elements.append(values == nil ? found[position] : -1)
        let value: ARMValue =
          values?[position]
          ?? ARMValue(JSONValue(document: subject.resource.document, node: UInt32(truncatingIfNeeded: found[position])))
        scopes.append(CountScope(value: value, count: info, chosen: chosen))
        switch truth(index + 1) {
        case .yes:
          (least, most) = (least + 1, most + 1)
          if values == nil, elements.count == 1 { matches?.append(found[position]) }
        case .unknown: most += 1
        case .no: break
        }
        scopes.removeLast()
        elements.removeLast()
        trail.removeSubrange(mark...)
        if visited > Self.stepLimit { return unknown("judging takes more than \(Self.stepLimit) steps") }
      }
      if least == most { reason = before }
    }
    let first = counted(index, node, least)
    if least == most { return first }
    // What is not known of some elements matters only where it would change the answer.
    for number in (least + 1)...most where counted(index, node, number) != first { return .unknown }
    return first
  }

  /// The nodes of the first elements that an outermost count found.
  mutating func matches(of index: Int, limit: Int) -> [Int] {
    matches = []
    _ = truth(index)
    defer { matches = nil }
    return Array((matches ?? []).prefix(limit))
  }

  private mutating func counted(_ index: Int, _ node: RuleNode, _ number: Int) -> Truth {
    if node.wantedIn != .template {
      let wanted = NodeValue(
        nodes: node.wantedIn == .definition ? definition : constants, node: Int(node.wanted)
      ).coercedNumber
      if let wanted, let holds = PolicyComparison.holds(node.condition, Double(number), wanted) {
        trail.append(LeafRecord(node: UInt32(truncatingIfNeeded: index), actual: UInt32(clamping: number)))
        return Truth(holds != node.isNegated)
      }
    }
    let value = ARMValue.int(Int64(number)).json
    let mark = trail.count
    let result = value.document.withNodes {
      compared(index, node, NodeValue(nodes: $0, node: Int(value.node)), actual: UInt32(clamping: number))
    }
    if trail.count > mark + 1 { trail.removeSubrange((mark + 1)...) }
    return result
  }
}
