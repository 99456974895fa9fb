// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// What a rule's conditions on type, name and kind say about the resources that it is about.
struct TypeDerivation: Sendable {
  /// Lower-case types outside of which the rule cannot hold and is not applicable; nil where it can be any.
  let types: Set<String>?
  /// Whether a resource is applicable exactly if its type is one of them.
  let isExact: Bool
  /// Whether name and kind say nothing about applicability.
  let ignoresNames: Bool
  /// Whether all resources are applicable.
  let isForAll: Bool

  init(_ program: PolicyProgram) {
    var roles: Set<RuleNode.Role> = []
    var isPlain = true
    var stack: [(end: UInt32, isNot: Bool)] = []
    for (index, node) in program.nodes.enumerated() {
      while let top = stack.last, index >= Int(top.end) { stack.removeLast() }
      switch node.kind {
      case .allOf, .anyOf: break
      case .not: stack.append((node.end, true))
      case .count:
        roles.insert(.other)
        stack.append((node.end, true))
      default:
        roles.insert(node.role)
        let isSimple =
          !node.isNegated && (node.condition == .equals || node.condition == .in) && node.wantedIn != .template
        if node.role == .type, !stack.isEmpty || !isSimple { isPlain = false }
      }
    }
    let hasNames = roles.contains(.name) || roles.contains(.kind)
    isForAll = !roles.contains(.other) && !roles.contains(.type) && hasNames
    ignoresNames = !roles.contains(.other) && roles.contains(.type)
    types = isForAll ? nil : Self.types(program, 0).map { Set($0) }
    isExact = isForAll || isPlain && (!hasNames || ignoresNames)
  }

  private static func types(_ program: PolicyProgram, _ index: Int) -> [String]? {
    let node = program.nodes[index]
    var at = index + 1
    switch node.kind {
    case .allOf:
      var found: [String]?
      while at < Int(node.end) {
        if let more = types(program, at) { found = found.map { $0.filter(more.contains) } ?? more }
        at = Int(program.nodes[at].end)
      }
      return found
    case .anyOf:
      var found: [String] = []
      var isOpen = false
      while at < Int(node.end) {
        if let more = types(program, at) { found += more } else { isOpen = true }
        at = Int(program.nodes[at].end)
      }
      return isOpen ? nil : found
    case .path where node.role == .type && !node.isNegated && node.wantedIn != .template:
      let document = node.wantedIn == .definition ? program.definition : program.constants
      let wanted = document.value(at: node.wanted)
      switch node.condition {
      case .equals: return wanted.string.map { [$0.lowercased()] }
      case .in: return wanted.elements.compactMap { $0.string?.lowercased() }
      case .like: return wanted.string.flatMap { $0.contains("*") ? nil : [$0.lowercased()] }
      default: return nil
      }
    default: return nil
    }
  }
}
