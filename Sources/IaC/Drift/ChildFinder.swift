// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// Tells of live resources that no state has which of them nobody would write code for.
struct ChildFinder {
  private let rules: [DriftRules.Child]
  private let resources: [LiveResource]
  private let index: LiveIndex
  private let isManaged: (Int) -> Bool
  private var rulesByType: [String: [DriftRules.Child]] = [:]
  /// Answers so far; a resource that is being asked about is no child of itself.
  private var known: [Int: String?] = [:]

  init(_ rules: DriftRules, _ resources: [LiveResource], _ index: LiveIndex, isManaged: @escaping (Int) -> Bool) {
    self.rules = rules.children
    self.resources = resources
    self.index = index
    self.isManaged = isManaged
  }

  /// Why it is a child; nil where it is none.
  mutating func reason(_ live: Int, depth: Int = 0) -> String? {
    if let answer = known[live] { return answer }
    known[live] = .some(nil)
    let resource = resources[live]
    let rules = rules(of: resource.type)
    for rule in rules where holds(rule, resource) {
      guard let parents = parents(rule, live) else {
        known[live] = rule.reason
        return rule.reason
      }
      // What belongs to a resource that nobody manages is as unmanaged as that.
      for parent in parents {
        if isManaged(parent) ? rule.needsChild : depth >= 8 || reason(parent, depth: depth + 1) == nil { continue }
        let answer = "\(rule.reason) of \(resources[parent].id)"
        known[live] = answer
        return answer
      }
    }
    return nil
  }

  private mutating func rules(of type: String) -> [DriftRules.Child] {
    if let found = rulesByType[type] { return found }
    let found = rules.filter { rule in rule.types.contains { $0.matches(type) } }
    rulesByType[type] = found
    return found
  }

  private func holds(_ rule: DriftRules.Child, _ resource: LiveResource) -> Bool {
    rule.conditions.allSatisfy { path, patterns in
      let values = Self.texts(resource.document, path)
      return patterns.contains { pattern in
        values.contains(where: pattern.matches) || values.isEmpty && pattern.text.isEmpty
      }
    }
  }

  /// The resources that the rule says it belongs to; nil where it belongs to none.
  private func parents(_ rule: DriftRules.Child, _ live: Int) -> [Int]? {
    let resource = resources[live]
    if rule.isBelow {
      return index.above(resource.id).map { [$0] } ?? []
    }
    guard !rule.parents.isEmpty else { return nil }
    return rule.parents.flatMap { path in
      Self.texts(resource.document, path).flatMap { index.named($0, beside: live, types: rule.parentTypes) }
    }
  }

  private static func texts(_ document: JSONValue, _ path: JSONPath) -> [String] {
    (path.hasWildcard ? document.values(at: path) : document.value(at: path).map { [$0] } ?? []).compactMap { value in
      value.string ?? value.numberLiteral ?? value.boolean.map { $0 ? "true" : "false" }
    }
  }
}
