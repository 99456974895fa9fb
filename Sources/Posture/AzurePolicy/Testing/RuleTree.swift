// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// The conditions of a rule as its JSON has them: what tests must have seen both ways, and what mutants change.
struct RuleTree: Sendable {
  /// Conditions beyond this are left alone: a rule of more is no rule that anybody tests.
  private static let mostConditions = 2_000
  private static let deepest = 64

  /// A condition that is no `allOf`, `anyOf` or `not`.
  struct Leaf: Sendable {
    let node: JSONValue
    /// `if.allOf[1]`
    let path: String
    /// Whether it is about related resources.
    let isOfRelated: Bool
  }

  /// A changed rule.
  struct Mutant: Sendable {
    let path: String
    let change: String
    let node: JSONValue
    let rule: JSONValue
  }

  let rule: JSONValue
  private(set) var leaves: [Leaf] = []
  /// Lists of conditions, and negations.
  private var groups: [(node: JSONValue, key: String, list: JSONValue, path: String)] = []
  private var negations: [(node: JSONValue, inner: JSONValue, path: String)] = []

  /// - Parameter rule: `{"if": …, "then": …}`.
  init(_ rule: JSONValue) {
    self.rule = rule
    if let condition = rule.member(ignoringCase: "if") { walk(condition, "if", isOfRelated: false, depth: 0) }
    if let condition = rule.member(ignoringCase: "then")?.member(ignoringCase: "details")?.member(
      ignoringCase: "existenceCondition")
    {
      walk(condition, "then.details.existenceCondition", isOfRelated: true, depth: 0)
    }
  }

  private mutating func walk(_ node: JSONValue, _ path: String, isOfRelated: Bool, depth: Int) {
    guard depth < Self.deepest, leaves.count < Self.mostConditions, node.kind == .object else { return }
    for key in ["allOf", "anyOf"] {
      guard let list = node.member(ignoringCase: key) else { continue }
      groups.append((node, key, list, path))
      for (index, element) in list.elements.enumerated() {
        walk(element, "\(path).\(key)[\(index)]", isOfRelated: isOfRelated, depth: depth + 1)
      }
      return
    }
    if let inner = node.member(ignoringCase: "not") {
      negations.append((node, inner, path))
      return walk(inner, "\(path).not", isOfRelated: isOfRelated, depth: depth + 1)
    }
    leaves.append(Leaf(node: node, path: path, isOfRelated: isOfRelated))
  }

  // MARK: Mutants

  private static let opposites = [
    "equals": "notEquals", "notEquals": "equals", "in": "notIn", "notIn": "in", "like": "notLike", "notLike": "like",
    "contains": "notContains", "notContains": "contains", "containsKey": "notContainsKey",
    "notContainsKey": "containsKey", "match": "notMatch", "notMatch": "match",
    "matchInsensitively": "notMatchInsensitively", "notMatchInsensitively": "matchInsensitively",
    "greater": "lessOrEquals", "lessOrEquals": "greater", "less": "greaterOrEquals", "greaterOrEquals": "less",
  ]

  /// All rules that differ in one place: an operator turned round, `allOf` for `anyOf`, a condition left out.
  var mutants: [Mutant] {
    var mutants: [Mutant] = []
    func add(_ path: String, _ change: String, _ node: JSONValue, _ draft: JSONDraft) {
      let changed = Self.replacing(node, in: rule, with: draft).document().root
      mutants.append(Mutant(path: path, change: change, node: node, rule: changed))
    }
    for leaf in leaves {
      for (key, value) in leaf.node.members {
        let name = key.string ?? ""
        if let (given, other) = Self.opposites.first(where: { $0.key.lowercased() == name.lowercased() }) {
          add(leaf.path, "\(given) → \(other)", leaf.node, Self.renamed(leaf.node, name, other, nil))
        } else if name.lowercased() == "exists" {
          let isSaid = (value.boolean ?? (value.string?.lowercased() == "true"))
          add(
            leaf.path, "exists: \(isSaid) → \(!isSaid)", leaf.node, Self.renamed(leaf.node, name, name, .bool(!isSaid)))
        }
      }
    }
    for group in groups where group.list.count > 1 {
      let other = group.key == "allOf" ? "anyOf" : "allOf"
      let members = group.node.members.map(\.self)
      guard let name = members.first(where: { $0.key.string?.lowercased() == group.key.lowercased() })?.key.string
      else {
        continue
      }
      add(group.path, "\(group.key) → \(other)", group.node, Self.renamed(group.node, name, other, nil))
      let elements = Array(group.list.elements)
      for index in elements.indices {
        let rest = elements.enumerated().filter { $0.offset != index }.map { JSONDraft.value($0.element) }
        let changed = Self.renamed(group.node, name, name, .array(rest))
        mutants.append(
          Mutant(
            path: "\(group.path).\(group.key)[\(index)]", change: "left out", node: elements[index],
            rule: Self.replacing(group.node, in: rule, with: changed).document().root))
      }
    }
    for negation in negations { add(negation.path, "not left out", negation.node, .value(negation.inner)) }
    return mutants
  }

  /// An object with one member under another name, or with another value.
  private static func renamed(_ object: JSONValue, _ name: String, _ other: String, _ value: JSONDraft?) -> JSONDraft {
    .object(
      object.members.map { key, old in
        let text = key.string ?? ""
        return text == name ? (other, value ?? .value(old)) : (text, .value(old))
      })
  }

  /// A document in which one value is another.
  static func replacing(_ target: JSONValue, in value: JSONValue, with draft: JSONDraft) -> JSONDraft {
    if value.node == target.node { return draft }
    let isInside = target.node > value.node
    guard isInside else { return .value(value) }
    switch value.kind {
    case .array: return .array(value.elements.map { replacing(target, in: $0, with: draft) })
    case .object:
      return .object(value.members.map { ($0.key.string ?? "", replacing(target, in: $0.value, with: draft)) })
    default: return .value(value)
    }
  }
}
