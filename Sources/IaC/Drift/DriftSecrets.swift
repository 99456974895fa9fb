// SPDX-License-Identifier: Apache-2.0

extension DriftRules {
  static let mask = "(hidden)"

  /// A value as it may be shown: secrets, and what people keep secrets in, are left out.
  ///
  /// - Parameter keys: the path that the value stands at.
  package func shown(_ node: CodeNode, at keys: [String]) -> CodeNode {
    var isTag = false
    for key in keys {
      if DriftNormaliser.tagKeys.contains(key) { isTag = true }
      // Tags are for everybody to read; only names of secrets hide them.
      if isTag ? AppliedValues.isSecret(key.lowercased()) : isHidden(key) { return Self.hidden(node) }
    }
    return masked(node, isTag: isTag)
  }

  private func masked(_ node: CodeNode, isTag: Bool) -> CodeNode {
    switch node.value {
    case .string(let text): return Self.looksSecret(text) ? Self.hidden(node) : node
    case .list(let elements):
      return CodeNode(.list(elements.map { named($0) ?? masked($0, isTag: isTag) }), at: node.place)
    case .map(let members):
      let shown = members.map { member in
        let hides = isTag ? AppliedValues.isSecret(member.key.lowercased()) : isHidden(member.key)
        let inner = isTag || DriftNormaliser.tagKeys.contains(member.key)
        return CodeMember(
          member.key, hides ? Self.hidden(member.node) : masked(member.node, isTag: inner), at: member.place)
      }
      return CodeNode(.map(shown), at: node.place)
    default: return node
    }
  }

  /// `{name: PASSWORD, value: ...}`: pairs whose name says that the value is hidden.
  private func named(_ node: CodeNode) -> CodeNode? {
    for (name, value) in [("name", "value"), ("Name", "Value"), ("key", "value"), ("Key", "Value")] {
      guard let text = node[name]?.string, node[value] != nil, isHidden(text) || isHidden(text.lowercased()) else {
        continue
      }
      var hidden = node
      hidden.set([value], Self.hidden(node))
      return hidden
    }
    return nil
  }

  private static func hidden(_ node: CodeNode) -> CodeNode {
    node.isNull ? node : CodeNode(.string(mask), at: node.place)
  }

  /// Forms that only secrets have, wherever they stand.
  private static func looksSecret(_ text: String) -> Bool {
    let marks = [
      "-----BEGIN", "AccountKey=", "SharedAccessKey=", "SharedAccessSignature=", "Password=", "?sig=", "&sig=",
    ]
    if marks.contains(where: text.contains) { return true }
    if text.hasPrefix("eyJ"), text.split(separator: ".").count == 3 { return true }
    return ["AKIA", "ASIA", "ghp_", "xoxb-", "AIza"].contains { text.hasPrefix($0) && text.utf8.count >= 20 }
  }
}
