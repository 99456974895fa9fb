// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
package import JSON

/// A change that append or modify makes to a document, or would make.
package struct PolicyChange: Sendable {
  package enum Outcome: Sendable, Equatable {
    case made
    /// Its condition does not hold, or the value is there already.
    case skipped(String)
    /// It contradicts what is there: append denies the request then.
    case conflict(String)
    /// It cannot be said.
    case unknown(String)
  }

  package let operation: String
  package let field: String
  /// The value put in; nil for `remove`.
  package let value: JSONValue?
  package let outcome: Outcome
}

extension PolicyEvaluator {
  /// The document as append or modify would have it, and each change. Call it where `judge` says that the rule matches.
  package func apply(
    _ policy: CompiledPolicy, to subject: PolicySubject
  ) -> (document: JSONValue, changes: [PolicyChange]) {
    var draft = JSONDraft.value(subject.resource)
    var changes: [PolicyChange] = []
    for operation in policy.operations {
      // Each operation sees what those before it made.
      let current = changes.contains { $0.outcome == .made } ? draft.document().root : subject.resource
      var seen = PolicySubject(current, type: subject.type, apiVersion: subject.apiVersion)
      seen.gaps = subject.gaps
      let environment = RuleRun.with(policy.program, policy, seen, main: nil, surroundings) { $0.environment }
      changes.append(Self.apply(operation, policy.effect, environment, to: &draft))
    }
    return (draft.document().root, changes)
  }

  private static func apply(
    _ operation: PolicyOperation, _ effect: PolicyEffect, _ environment: PolicyEnvironment, to draft: inout JSONDraft
  ) -> PolicyChange {
    let field = operation.field.value(in: environment)
    let name = field.string ?? ""
    func change(_ outcome: PolicyChange.Outcome, _ value: JSONValue? = nil) -> PolicyChange {
      PolicyChange(operation: "\(operation.kind)", field: name, value: value, outcome: outcome)
    }
    if let reason = field.reason { return change(.unknown(reason)) }
    if let condition = operation.condition?.value(in: environment) {
      if let reason = condition.reason { return change(.unknown(reason)) }
      if condition.bool != true { return change(.skipped("its condition does not hold")) }
    }
    let source: FieldSource
    do throws(ARMError) { source = try environment.source(of: name, at: 0) } catch {
      return change(.unknown(error.message))
    }
    guard
      source.type == nil || environment.subject.typeHash == 0 || source.type == environment.subject.type.lowercased()
    else { return change(.skipped("the field is of \(source.type ?? "")")) }
    guard let path = PolicyEnvironment.path(of: source, environment.subject) else {
      return change(.unknown("the field has no path to write to"))
    }
    if operation.kind == .remove {
      let removed = draft.remove(path.steps[...])
      return change(removed ? .made : .skipped("there is nothing to remove"))
    }
    let value = operation.value?.value(in: environment) ?? .null
    if let reason = value.firstReason { return change(.unknown(reason)) }
    let json = value.json
    var outcome = PolicyChange.Outcome.made
    draft.put(json, at: path.steps[...], kind: operation.kind, denies: effect == .append, &outcome)
    return change(outcome, json)
  }
}

extension JSONDraft {
  /// The place of a member whatever its case.
  private static func place(_ key: String, in members: [(key: String, value: JSONDraft)]) -> Int? {
    members.firstIndex { ARMText.equal($0.key, key) }
  }

  private var elements: [JSONDraft]? {
    switch self {
    case .array(let elements): elements
    case .value(let value) where value.kind == .array: value.elements.map { .value($0) }
    default: nil
    }
  }

  private var isObject: Bool {
    switch self {
    case .object: true
    case .value(let value): value.kind == .object
    default: false
    }
  }

  /// Puts a value at a path. `add` leaves what is there, unless it is an array, which gets one more element.
  mutating func put(
    _ value: JSONValue, at steps: ArraySlice<FieldPath.Step>, kind: PolicyOperation.Kind, denies: Bool,
    _ outcome: inout PolicyChange.Outcome
  ) {
    guard let step = steps.first else {
      let isThere = !isNull
      if isThere, PolicyComparison.equal(document().root, value) {
        outcome = .skipped("the value is there already")
      } else if isThere, kind == .add {
        outcome = denies ? .conflict("another value is there") : .skipped("another value is there")
      } else {
        self = .value(value)
      }
      return
    }
    switch step {
    case .key(let key):
      guard isObject || isNull else {
        outcome = .conflict("'\(key)' is to stand in what is no object")
        return
      }
      var members = thawed()
      if let at = Self.place(key, in: members) {
        members[at].value.put(value, at: steps.dropFirst(), kind: kind, denies: denies, &outcome)
      } else {
        var child = JSONDraft.null
        child.put(value, at: steps.dropFirst(), kind: kind, denies: denies, &outcome)
        if !child.isNull || steps.count == 1 { members.append((key, child)) }
      }
      self = .object(members)
    case .all where steps.count == 1:
      // `field[*]` adds an element, and replaces all where it is addOrReplace.
      if kind == .addOrReplace {
        self = .array([.value(value)])
      } else if let own = elements, own.contains(where: { PolicyComparison.equal($0.document().root, value) }) {
        outcome = .skipped("the element is there already")
      } else {
        self = .array((elements ?? []) + [.value(value)])
      }
    case .all:
      guard var own = elements, !own.isEmpty else {
        outcome = .skipped("the array has no elements")
        return
      }
      for index in own.indices { own[index].put(value, at: steps.dropFirst(), kind: kind, denies: denies, &outcome) }
      self = .array(own)
    case .index(let index):
      guard var own = elements, own.indices.contains(index) else {
        outcome = .skipped("the array has no element \(index)")
        return
      }
      own[index].put(value, at: steps.dropFirst(), kind: kind, denies: denies, &outcome)
      self = .array(own)
    }
  }

  /// Removes what stands at a path; false where nothing does.
  mutating func remove(_ steps: ArraySlice<FieldPath.Step>) -> Bool {
    guard let step = steps.first else { return false }
    switch step {
    case .key(let key):
      var members = thawed()
      guard let at = Self.place(key, in: members) else { return false }
      if steps.count == 1 {
        members.remove(at: at)
      } else if !members[at].value.remove(steps.dropFirst()) {
        return false
      }
      self = .object(members)
    case .all, .index:
      guard var own = elements else { return false }
      var removed = false
      for index in own.indices where step == .all || step == .index(index) {
        if steps.count > 1, own[index].remove(steps.dropFirst()) { removed = true }
      }
      if steps.count == 1 {
        removed = !own.isEmpty
        if step == .all {
          own = []
        } else if case .index(let index) = step, own.indices.contains(index) {
          own.remove(at: index)
        }
      }
      if !removed { return false }
      self = .array(own)
    }
    return true
  }
}
