// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Why a resource has its state under a policy: every condition of the rule with what it found.
package struct PolicyExplanation: Sendable {
  /// A condition, or a group of some.
  struct Node: Sendable {
    let text: String
    /// Nil where it is not known.
    let truth: Bool?
    /// What was found, where it is a condition.
    let found: String
    let children: [Node]
    /// Whether the state hangs on it.
    var decides = false
  }

  let policy: PolicyMemberFacts
  let resource: String
  let state: PolicyState?
  let reason: String
  let tree: Node
  /// Related resources that were examined, each with the existence condition.
  let related: [(id: String, tree: Node?)]
  /// The smallest change of one property that turns the state: `set properties.x to true`.
  let flip: String?
  let proof: String

  package var draft: JSONDraft {
    var members: [(key: String, value: JSONDraft)] = [
      ("resourceId", .string(resource)), ("policy", .string(policy.displayName)),
      ("policyDefinitionId", .string(policy.definitionId)), ("policyAssignmentId", .string(policy.assignmentId)),
      ("policyDefinitionReferenceId", .string(policy.reference)), ("effect", .string(policy.effect)),
      ("state", .string(state?.text ?? "NotApplicable")), ("reason", .string(reason)), ("tree", Self.draft(tree)),
      (
        "related",
        .array(
          related.map { .object([("id", .string($0.id)), ("tree", $0.tree.map { Self.draft($0) } ?? .null)]) })
      ), ("flip", flip.map(JSONDraft.string) ?? .null),
    ]
    if let proof = try? JSONDocument.parse(proof) { members.append(("proof", .value(proof.root))) }
    return .object(members)
  }

  private static func draft(_ node: Node) -> JSONDraft {
    var members: [(key: String, value: JSONDraft)] = [
      ("condition", .string(node.text)), ("holds", node.truth.map(JSONDraft.bool) ?? .null),
      ("decides", .bool(node.decides)),
    ]
    if !node.found.isEmpty { members.append(("found", .string(node.found))) }
    if !node.children.isEmpty { members.append(("conditions", .array(node.children.map(draft)))) }
    return .object(members)
  }

  package func text(color: Bool) -> String {
    func paint(_ text: String, _ code: String) -> String { color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
    let code =
      switch state {
      case .nonCompliant, .conflict: "31"
      case .compliant: "32"
      default: "33"
      }
    var out = paint(policy.displayName, "1") + " (\(policy.effect))\n"
    out += "assigned by \(policy.assignmentName)"
    if !policy.reference.isEmpty { out += ", member \(policy.reference)" }
    if !policy.isEnforced { out += ", not enforced" }
    out += "\n\(resource)\n\n"
    out += paint(state?.text ?? "NotApplicable", code) + (reason.isEmpty ? "" : ": \(reason)") + "\n\n"
    Self.add(tree, depth: 0, paint, &out)
    for (id, tree) in related {
      out += "\n\(id.isEmpty ? "a related resource" : id)\n"
      if let tree { Self.add(tree, depth: 0, paint, &out) }
    }
    if let flip { out += "\n\(state == .compliant ? "To break it" : "To comply"): \(flip)\n" }
    return out
  }

  private static func add(_ node: Node, depth: Int, _ paint: (String, String) -> String, _ out: inout String) {
    let word = node.truth.map { $0 ? "true   " : "false  " } ?? "unknown"
    let mark = node.decides ? "→ " : "  "
    let line = String(repeating: "  ", count: depth) + node.text + (node.found.isEmpty ? "" : ": it is \(node.found)")
    out += mark + word + " " + (node.decides ? paint(line, "1") : line) + "\n"
    for child in node.children { add(child, depth: depth + 1, paint, &out) }
  }
}

extension PolicyJudge {
  /// Explains the states of one resource under the policies of a name.
  ///
  /// - Parameter policy: a name, display name, reference or id, whatever its case.
  package func explain(_ number: Int, _ estate: PolicyEstate, policy: String, now: Int64) -> [PolicyExplanation] {
    let resource = estate.resources[number]
    var bench = PolicyBench(policies: policies, estate: estate, places: Places(policies, estate), now: now)
    let wanted = policy.lowercased()
    return bench.members(for: resource).filter { member in
      let facts = member.facts
      return [facts.definitionName, facts.displayName, facts.reference, facts.definitionId].contains {
        $0.lowercased() == wanted
      }
    }.map { member in
      var work = Explaining(
        rule: member.rule, language: policies.language, resource: resource, estate: estate,
        evaluator: bench.evaluator(for: resource), parameters: member.facts.parameterValues)
      let outcome = member.rule.judge(resource, &work.evaluator, estate)
      let state = bench.state(of: outcome, member, resource)
      let told = member.rule.told(outcome, resource, &work.evaluator)
      let reason: String =
        switch outcome.verdict {
        case .notApplicable: "the rule is not about this resource"
        default: state?.reason ?? told.reason
        }
      return PolicyExplanation(
        policy: member.facts, resource: resource.id, state: state?.state, reason: reason,
        tree: work.tree(member.rule.policy.definition.condition), related: work.related(), flip: work.flip(outcome),
        proof: told.proof)
    }
  }
}

extension PolicyMemberFacts {
  /// Values of the parameters by their names.
  fileprivate var parameterValues: [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for (key, entry) in (try? JSONDocument.parse(effectiveParameters))?.root.members.map(\.self) ?? [] {
      values[key.string ?? ""] = entry["value"]
    }
    return values
  }
}

/// The work of explaining one policy on one resource.
private struct Explaining {
  /// Conditions beyond this are not looked at one by one.
  private static let mostConditions = 500

  let rule: MemberRule
  let language: PolicyLanguage
  let resource: PolicyEstate.Resource
  let estate: PolicyEstate
  var evaluator: PolicyEvaluator
  let parameters: [String: JSONValue]
  private var conditions = 0

  init(
    rule: MemberRule, language: PolicyLanguage, resource: PolicyEstate.Resource, estate: PolicyEstate,
    evaluator: PolicyEvaluator, parameters: [String: JSONValue]
  ) {
    (self.rule, self.language, self.resource, self.estate) = (rule, language, resource, estate)
    (self.evaluator, self.parameters) = (evaluator, parameters)
  }

  mutating func tree(_ condition: JSONValue) -> PolicyExplanation.Node {
    decided(node(condition, resource.subject))
  }

  mutating func related() -> [(id: String, tree: PolicyExplanation.Node?)] {
    guard rule.effect.looksForRelated else { return [] }
    rule.enter(&evaluator)
    let (estate, resource) = (estate, resource)
    let outcome = evaluator.judge(rule.policy, resource.subject) { request, _ in estate.related(request, to: resource) }
    let condition = rule.policy.definition.then.member(ignoringCase: "details")?.member(
      ignoringCase: "existenceCondition")
    return outcome.related.map { entry in
      (
        entry.subject.resource.member(ignoringCase: "id")?.string ?? "",
        condition.map { decided(node($0, entry.subject)) }
      )
    }
  }

  /// Marks what the truth of a tree hangs on.
  private func decided(_ node: PolicyExplanation.Node) -> PolicyExplanation.Node {
    func mark(_ node: PolicyExplanation.Node) -> PolicyExplanation.Node {
      let isAll = node.text == "allOf"
      let children = node.children.map { child -> PolicyExplanation.Node in
        let matters: Bool
        switch node.text {
        case "allOf", "anyOf": matters = node.truth == isAll || child.truth == node.truth
        default: matters = true
        }
        return matters ? mark(child) : child
      }
      return PolicyExplanation.Node(
        text: node.text, truth: node.truth, found: node.found, children: children, decides: children.isEmpty)
    }
    return mark(node)
  }

  private mutating func node(_ value: JSONValue, _ subject: PolicySubject) -> PolicyExplanation.Node {
    for key in ["allOf", "anyOf"] {
      guard let list = value.member(ignoringCase: key) else { continue }
      var children: [PolicyExplanation.Node] = []
      for element in list.elements { children.append(node(element, subject)) }
      let truths = children.map(\.truth)
      let stop = key == "anyOf"
      let truth: Bool? = truths.contains(stop) ? stop : truths.contains(nil) ? nil : !stop
      return PolicyExplanation.Node(text: key, truth: truth, found: "", children: children)
    }
    if let inner = value.member(ignoringCase: "not") {
      let child = node(inner, subject)
      return PolicyExplanation.Node(text: "not", truth: child.truth.map { !$0 }, found: "", children: [child])
    }
    conditions += 1
    let text = value.members.map { "\($0.key.string ?? "") \(Self.short($0.value))" }.joined(separator: " ")
    guard conditions <= Self.mostConditions, let compiled = compiled(value) else {
      return PolicyExplanation.Node(text: text, truth: nil, found: "", children: [])
    }
    rule.enter(&evaluator)
    let outcome = evaluator.judge(compiled, subject)
    let truth: Bool? = outcome.verdict == .unknown ? nil : outcome.isMatch
    let found = evaluator.proof(of: outcome, compiled, subject)
    guard let leaf = found.first else {
      let name = value.member(ignoringCase: "field")?.string ?? ""
      let actual = subject.resource.member(ignoringCase: name).map(Self.short) ?? ""
      return PolicyExplanation.Node(text: text, truth: truth, found: actual, children: [])
    }
    let wanted = Self.short(leaf.expected)
    let shown = "\(leaf.path.isEmpty ? Self.short(leaf.name) : leaf.path) \(leaf.condition) \(wanted)"
    return PolicyExplanation.Node(
      text: shown, truth: truth, found: leaf.actual.map(Self.short) ?? "missing", children: [])
  }

  /// A condition alone as a policy, with the parameters of the whole.
  private func compiled(_ condition: JSONValue) -> CompiledPolicy? {
    let whole = rule.policy.definition
    let definition = PolicyDefinition(
      id: whole.id, name: whole.name, displayName: whole.displayName, description: "", policyType: whole.policyType,
      mode: .all, version: whole.version, category: whole.category, isDeprecated: false, isPreview: false,
      parameters: whole.parameters, condition: condition,
      then: JSONDraft.object([("effect", .string("audit"))]).document().root, document: whole.document,
      file: whole.file)
    return try? language.compiler.compile(definition, parameters: parameters)
  }

  // MARK: Changes

  /// The one change that turns compliant into noncompliant, or the other way round.
  mutating func flip(_ outcome: RuleOutcome) -> String? {
    if case .nonCompliant = outcome.verdict, rule.effect.looksForRelated {
      return rule.policy.details?.member(ignoringCase: "type")?.string.map {
        "deploy \($0) that meets the existence condition"
      }
    }
    rule.enter(&evaluator)
    let (estate, resource) = (estate, resource)
    let lookup: RelatedLookup = { request, _ in estate.related(request, to: resource) }
    let judged = evaluator.judge(rule.policy, resource.subject, related: lookup)
    guard let flip = evaluator.smallestFlip(of: judged, rule.policy, resource.subject, related: lookup) else {
      return nil
    }
    return flip.after.map { "set \(flip.path) to \(Self.short($0))" } ?? "remove \(flip.path)"
  }

  private static func short(_ value: JSONValue) -> String { short(value.text) }
  private static func short(_ text: String) -> String { text.utf8.count > 100 ? "\(text.prefix(97))…" : text }
}
