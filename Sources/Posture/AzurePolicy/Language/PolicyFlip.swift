// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
package import JSON

/// The one property whose change would turn a verdict round.
package struct PolicyFlip: Sendable {
  /// Where it stands in the document.
  package let path: String
  package let before: JSONValue?
  /// What it would have to be; nil where it would have to go.
  package let after: JSONValue?
  /// Id of the related resource whose property it is; nil for the resource itself.
  package let relatedId: String?
}

extension PolicyEvaluator {
  /// Most changes that are tried.
  private static let flipLimit = 64

  /// The single change of a property that would make a resource compliant that is not, or the other way round: each
  /// condition that decided is tried in its turn, and the verdict is judged anew. Nil where no single change does it.
  package func smallestFlip(
    of outcome: PolicyOutcome, _ policy: CompiledPolicy, _ subject: PolicySubject, related: RelatedLookup? = nil
  ) -> PolicyFlip? {
    guard outcome.verdict == .nonCompliant || outcome.verdict == .compliant else { return nil }
    let wanted: PolicyVerdict = outcome.verdict == .nonCompliant ? .compliant : .nonCompliant
    var tries = 0
    if let program = policy.related?.existence {
      guard wanted == .compliant else { return nil }
      for (candidate, leaves) in outcome.related {
        let found = flip(leaves, program, policy, candidate, &tries) { changed in
          RuleRun.with(program, policy, changed, main: subject, surroundings) { $0.truth(0) == .yes }
        }
        let id = candidate.resource.member(ignoringCase: "id")?.string ?? ""
        if let found { return PolicyFlip(path: found.path, before: found.before, after: found.after, relatedId: id) }
      }
      return nil
    }
    return flip(outcome.leaves, policy.program, policy, subject, &tries) { changed in
      judge(policy, changed, related: related).verdict == wanted
    }
  }

  /// The first change of what the records found that satisfies `isTurned`.
  private func flip(
    _ records: [LeafRecord], _ program: PolicyProgram, _ policy: CompiledPolicy, _ subject: PolicySubject,
    _ tries: inout Int, _ isTurned: (PolicySubject) -> Bool
  ) -> PolicyFlip? {
    for record in records {
      let node = program.nodes[Int(record.node)]
      // Another type or name is another resource.
      guard node.role == .other, node.kind == .path || node.kind == .scoped, node.wantedIn != .template else {
        continue
      }
      let document = node.wantedIn == .definition ? program.definition : program.constants
      let operand = document.value(at: node.wanted)
      guard let place = self.place(of: record, node, program, policy, subject) else { continue }
      for after in Self.candidates(node, operand, before: place.value) {
        tries += 1
        if tries > Self.flipLimit { return nil }
        var draft = JSONDraft.value(subject.resource)
        if let after {
          draft.force(after, at: place.steps[...])
        } else if !draft.remove(place.steps[...]) {
          continue
        }
        var changed = PolicySubject(draft.document().root, type: subject.type, apiVersion: subject.apiVersion)
        changed.gaps = subject.gaps
        if isTurned(changed) {
          return PolicyFlip(
            path: FieldPath(steps: place.steps).text, before: place.value, after: after, relatedId: nil)
        }
      }
    }
    return nil
  }

  /// Where the value of a record stands; nil where it is missing within an array.
  private func place(
    of record: LeafRecord, _ node: RuleNode, _ program: PolicyProgram, _ policy: CompiledPolicy,
    _ subject: PolicySubject
  ) -> (steps: [FieldPath.Step], value: JSONValue?)? {
    if record.actual > 0 {
      let found = subject.resource.document.value(at: record.actual - 1)
      guard let path = JSONPath(Self.path(to: found.node, in: subject.resource)) else { return nil }
      let steps = path.steps.map { step -> FieldPath.Step in
        switch step {
        case .key(let key): .key(key)
        case .index(let index): .index(index)
        case .all: .all
        }
      }
      return (steps, found)
    }
    guard node.kind == .path, !node.hasWildcard else { return nil }
    let path = RuleRun.with(program, policy, subject, main: nil, surroundings) { $0.path(node.source) }
    return (path.steps, nil)
  }

  /// Values that turn a condition round: nil stands for no value.
  private static func candidates(_ node: RuleNode, _ operand: JSONValue, before: JSONValue?) -> [JSONValue?] {
    func other(than value: JSONValue) -> [JSONValue?] {
      switch value.kind {
      case .bool: [ARMValue.bool(value.boolean != true).json]
      case .string where ["true", "false"].contains(value.string?.lowercased()):
        [ARMValue.bool(value.string?.lowercased() == "false").json]
      default: [nil]
      }
    }
    func step(_ by: Int64) -> JSONValue { operand.int64.map { ARMValue.int($0 &+ by).json } ?? operand }
    switch node.condition {
    case .equals: return [operand] + other(than: operand)
    case .in: return operand.elements.prefix(4).map { $0 } + [nil]
    case .exists: return before == nil ? [ARMValue.bool(true).json, ARMValue.string("set").json] : [nil]
    case .less, .lessOrEquals, .greater, .greaterOrEquals: return [operand, step(1), step(-1), nil]
    case .like, .contains: return [ARMValue.string((operand.string ?? "").replacing("*", with: "")).json, nil]
    default: return [nil]
    }
  }
}

extension JSONDraft {
  /// Puts a value at a path whatever stands there, making objects on the way.
  mutating func force(_ value: JSONValue, at steps: ArraySlice<FieldPath.Step>) {
    guard let step = steps.first else {
      self = .value(value)
      return
    }
    switch step {
    case .key(let key):
      var members = thawed()
      if let at = members.firstIndex(where: { ARMText.equal($0.key, key) }) {
        members[at].value.force(value, at: steps.dropFirst())
      } else {
        var child = JSONDraft.emptyObject
        child.force(value, at: steps.dropFirst())
        members.append((key, child))
      }
      self = .object(members)
    case .index(let index):
      guard case .value(let array) = self, array.kind == .array else { return }
      var elements = array.elements.map { JSONDraft.value($0) }
      guard elements.indices.contains(index) else { return }
      elements[index].force(value, at: steps.dropFirst())
      self = .array(elements)
    case .all: return
    }
  }
}
