// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
package import JSON

/// A condition that decided, with what it compared.
package struct PolicyLeaf: Sendable {
  /// What the policy names: a field, or the text of a value or of a count.
  package let name: String
  /// Where the value stands in the document (`properties.rules[2].access`); empty for what is computed.
  package let path: String
  package let condition: String
  package let expected: JSONValue
  /// Nil where it is missing.
  package let actual: JSONValue?
  /// Paths of the first elements that a count found to meet its `where`.
  package let elements: [String]
  /// Id of the related resource that was examined; nil for the resource itself.
  package let relatedId: String?
}

extension PolicyEvaluator {
  /// What decided: the conditions, what they wanted and what they found.
  package func proof(of outcome: PolicyOutcome, _ policy: CompiledPolicy, _ subject: PolicySubject) -> [PolicyLeaf] {
    var leaves = proof(outcome.leaves, policy.program, policy, subject, main: nil, id: nil)
    guard let program = policy.related?.existence else { return leaves }
    for (related, records) in outcome.related {
      let id = related.resource.member(ignoringCase: "id")?.string ?? ""
      leaves += proof(records, program, policy, related, main: subject, id: id)
    }
    return leaves
  }

  private func proof(
    _ records: [LeafRecord], _ program: PolicyProgram, _ policy: CompiledPolicy, _ subject: PolicySubject,
    main: PolicySubject?, id: String?
  ) -> [PolicyLeaf] {
    if records.isEmpty { return [] }
    return RuleRun.with(program, policy, subject, main: main, surroundings) { run in
      records.map { leaf($0, program, subject, &run, id) }
    }
  }

  /// Most elements of a count that a proof names.
  private static let elementLimit = 8

  private func leaf(
    _ record: LeafRecord, _ program: PolicyProgram, _ subject: PolicySubject, _ run: inout RuleRun, _ id: String?
  ) -> PolicyLeaf {
    let node = program.nodes[Int(record.node)]
    let written = program.definition.value(at: node.place)
    var (name, condition) = ("", "")
    var wanted = JSONValue.null
    for (key, value) in written.members {
      switch (key.string ?? "").lowercased() {
      case "field", "value": name = value.string ?? value.text
      case "count":
        let what = value.member(ignoringCase: "field") ?? value.member(ignoringCase: "value") ?? .null
        name = "count(\(what.string ?? what.text))"
      default: (condition, wanted) = (key.string ?? "", value)
      }
    }
    switch node.wantedIn {
    case .definition: break
    case .constants: wanted = program.constants.value(at: node.wanted)
    case .template: wanted = run.evaluated(program.templates[Int(node.wanted)]).json
    }
    var actual: JSONValue?
    var path = ""
    var elements: [String] = []
    switch node.kind {
    case .count:
      actual = ARMValue.int(Int64(record.actual)).json
      elements = run.matches(of: Int(record.node), limit: Self.elementLimit).map {
        Self.path(to: UInt32($0), in: subject.resource)
      }
    case .constant: actual = program.constants.value(at: node.source)
    case .value: actual = run.evaluated(program.templates[Int(node.source)]).json
    case .field where record.actual == 0:
      let value = PolicyEnvironment.value(of: program.fields[Int(node.source)], in: subject)
      if value != .string(""), !node.hasWildcard { actual = value.json }
    default:
      if record.actual > 0 {
        let found = subject.resource.document.value(at: record.actual - 1)
        path = Self.path(to: found.node, in: subject.resource)
        actual = found
      } else if node.kind == .path {
        path = run.path(node.source).text
      }
    }
    return PolicyLeaf(
      name: name, path: path, condition: condition, expected: wanted, actual: actual, elements: elements, relatedId: id)
  }

  /// The path of a node below a value.
  static func path(to node: UInt32, in value: JSONValue) -> String {
    var steps: [JSONPath.Step] = []
    var at = value
    descent: while at.node != node {
      var (child, step): (JSONValue?, JSONPath.Step) = (nil, .all)
      if at.kind == .object {
        for (key, member) in at.members {
          if member.node > node { break }
          (child, step) = (member, .key(key.string ?? ""))
        }
      } else {
        for (index, element) in at.elements.enumerated() {
          if element.node > node { break }
          (child, step) = (element, .index(index))
        }
      }
      guard let child else { break descent }
      steps.append(step)
      at = child
    }
    return JSONPath(steps: steps).description
  }

  /// The details of the effect with the expressions in them evaluated for a resource; what is not known is null. The
  /// templates of deployments, the existenceCondition and conditions of operations are left as they are, or out.
  package func details(of policy: CompiledPolicy, _ subject: PolicySubject) -> JSONValue? {
    guard let template = policy.detailsTemplate else { return nil }
    return RuleRun.with(policy.program, policy, subject, main: nil, surroundings) { $0.evaluated(template).json }
  }
}

extension FieldPath {
  /// The path as it is named to a person.
  var text: String {
    JSONPath(
      steps: steps.map { step in
        switch step {
        case .key(let key): .key(key)
        case .index(let index): .index(index)
        case .all: .all
        }
      }
    ).description
  }
}
