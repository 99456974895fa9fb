// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import Content
internal import JSON

/// The policies that assignments put in force, each compiled once for its assignment, and found by the types of resources
/// that they may be about.
package struct PoliciesInForce: Sendable {
  /// One policy of one assignment, with one effect.
  ///
  /// A class, for every judging of a resource looks at it.
  final class Member: Sendable {
    let facts: PolicyMemberFacts
    let assignment: Int
    let rule: MemberRule
    /// Keys of the definition and of the initiative, for exemptions that name these.
    let definition: String
    let initiative: String
    /// Overrides that look at resources: this member is for what the first chooses and none of the others do.
    let chosenBy: ResourceSelector?
    let leftTo: [ResourceSelector]

    init(
      facts: PolicyMemberFacts, assignment: Int, rule: MemberRule, definition: String, initiative: String,
      chosenBy: ResourceSelector?, leftTo: [ResourceSelector]
    ) {
      self.facts = facts
      self.assignment = assignment
      self.rule = rule
      self.definition = definition
      self.initiative = initiative
      self.chosenBy = chosenBy
      self.leftTo = leftTo
    }

    func isFor(type: String, location: String) -> Bool {
      (chosenBy?.chooses(type: type, location: location) ?? true)
        && !leftTo.contains { $0.chooses(type: type, location: location) }
    }
  }

  /// What is assigned but not judged, and why.
  package struct Passed: Sendable {
    package let assignment: String
    package let definition: String
    package let reason: String
  }

  package let assignments: [PolicyAssignment]
  let language: PolicyLanguage
  /// One assignment for each scope with the same exclusions, and which of them each assignment is like.
  let reaches: [PolicyAssignment]
  let reachOf: [Int]
  let members: [Member]
  package private(set) var passed: [Passed] = []
  package private(set) var faults: [PolicyFault] = []
  /// Numbers of members by the type, in lower case, that their rules ask for.
  let byType: [String: [Int32]]
  /// Those whose rules may be about any type.
  let untyped: [Int32]
  /// Types that rules look for beside what they judge, with the members that do.
  let byRelatedType: [String: [Int32]]
  /// Exemptions and attestations by the key of their assignment; exemptions of definitions under the empty one.
  let exemptions: [String: [PolicyExemption]]
  let attestations: [String: [PolicyAttestation]]

  /// Initiatives in force, by assignment.
  let frameworks: [PolicyFramework]

  package var memberCount: Int { members.count }
  /// Bytes that the compiled rules take beside the documents of their definitions.
  package var heldBytes: Int { members.reduce(0) { $0 + $1.rule.policy.heldBytes } }
  package var facts: [PolicyMemberFacts] { members.map(\.facts) }

  /// Compiles what is in force.
  ///
  /// - Parameter language: what the language knows: aliases, limits.
  package init(_ corpus: PolicyCorpus, _ language: PolicyLanguage = PolicyLanguage()) {
    var work = Work(corpus: corpus, language: language)
    for (index, assignment) in corpus.assignments.enumerated() { work.add(assignment, index) }
    (assignments, self.language) = (corpus.assignments, language)
    var (reaches, reachOf, known) = ([PolicyAssignment](), [Int](), [[String]: Int]())
    for assignment in corpus.assignments {
      let reach = [assignment.scope] + assignment.notScopes
      let number = known[reach] ?? reaches.count
      if number == reaches.count {
        known[reach] = number
        reaches.append(assignment)
      }
      reachOf.append(number)
    }
    (self.reaches, self.reachOf) = (reaches, reachOf)
    members = work.members
    passed = work.passed
    faults = work.faults
    let facts = work.members.map(\.facts)
    frameworks = work.initiatives.filter { !$0.1.groups.isEmpty }.map { PolicyFramework($0.0, $0.1, judged: facts) }
    var byType: [String: [Int32]] = [:]
    var byRelatedType: [String: [Int32]] = [:]
    var untyped: [Int32] = []
    for (index, member) in work.members.enumerated() {
      let number = Int32(truncatingIfNeeded: index)
      if let types = member.rule.types {
        for type in types { byType[type, default: []].append(number) }
      } else {
        untyped.append(number)
      }
      for type in member.rule.relatedTypes { byRelatedType[type, default: []].append(number) }
    }
    (self.byType, self.untyped, self.byRelatedType) = (byType, untyped, byRelatedType)
    exemptions = Dictionary(grouping: corpus.exemptions) { exemption in
      if case .assignment(let id) = exemption.target { id } else { "" }
    }
    attestations = Dictionary(grouping: corpus.attestations, by: \.assignment)
  }
}

/// The work of compiling.
private struct Work {
  let corpus: PolicyCorpus
  let language: PolicyLanguage
  var members: [PoliciesInForce.Member] = []
  var passed: [PoliciesInForce.Passed] = []
  var faults: [PolicyFault] = []
  var initiatives: [(PolicyAssignment, PolicyInitiative)] = []
  /// Definitions that were read, by their place among the records, for what is wrong with them is told once.
  private var told: Set<String> = []

  init(corpus: PolicyCorpus, language: PolicyLanguage) {
    (self.corpus, self.language) = (corpus, language)
  }

  mutating func add(_ assignment: PolicyAssignment, _ index: Int) {
    let id = assignment.definitionId
    let version = assignment.overrides.first { $0.kind == .version }?.value ?? assignment.definitionVersion
    let initiatives = corpus.initiatives(id)
    if id.lowercased().contains("/policysetdefinitions/") || corpus.definitions(id).isEmpty, !initiatives.isEmpty {
      guard let chosen = PolicyVersion.choose(initiatives.map(\.record), version),
        let initiative = initiatives.first(where: { $0.record.version == chosen.record.version }) ?? initiatives.first
      else { return }
      if !chosen.matches { warn(assignment, version, chosen.record) }
      return add(assignment, index, initiative)
    }
    let isInitiative = id.lowercased().contains("/policysetdefinitions/")
    let definitions = isInitiative ? [] : corpus.definitions(id)
    guard let chosen = PolicyVersion.choose(definitions, version) else {
      let kind: PolicyRecord.Kind = isInitiative ? .initiative : .definition
      return pass(
        assignment, id,
        "there is no \(kind.word) '\(id)' at hand\(corpus.suggestion(kind, id)); give the files that hold it")
    }
    if !chosen.matches { warn(assignment, version, chosen.record) }
    var wrong: [PolicyParameters.Fault] = []
    let given = PolicyParameters.given(assignment.parameters, above: nil, faults: &wrong)
    for fault in wrong { tell(assignment, fault) }
    add(assignment, index, nil, nil, chosen.record, given)
  }

  private mutating func add(_ assignment: PolicyAssignment, _ index: Int, _ initiative: PolicyInitiative) {
    initiatives.append((assignment, initiative))
    var wrong: [PolicyParameters.Fault] = []
    let given = PolicyParameters.given(assignment.parameters, above: nil, faults: &wrong)
    let above = PolicyParameters(initiative.parameters, given: given, faults: &wrong)
    for fault in wrong { tell(assignment, fault) }
    for member in initiative.members {
      let wanted =
        assignment.overrides.first { override in
          override.kind == .version && override.selectors.contains { $0.chooses(member: member.reference) }
        }?.value ?? member.version
      guard let chosen = PolicyVersion.choose(corpus.definitions(member.definition), wanted) else {
        pass(
          assignment, member.definition,
          "there is no policy definition '\(member.definition)' at hand"
            + "\(corpus.suggestion(.definition, member.definition)); give the files that hold it")
        continue
      }
      if !chosen.matches { warn(assignment, wanted, chosen.record) }
      var faults: [PolicyParameters.Fault] = []
      let given = PolicyParameters.given(member.parameters, above: above, faults: &faults)
      for fault in faults {
        self.faults.append(
          PolicyFault(
            initiative.record.error("member '\(member.reference)': \(fault.message)", at: member.node),
            isWarning: fault.isWarning))
      }
      add(assignment, index, initiative, member, chosen.record, given)
    }
  }

  /// Adds a policy, once for each effect that the assignment's overrides give it.
  private mutating func add(
    _ assignment: PolicyAssignment, _ index: Int, _ initiative: PolicyInitiative?, _ member: PolicyInitiative.Member?,
    _ record: PolicyRecord, _ given: [(name: String, value: ARMValue)]
  ) {
    let reference = member?.reference ?? ""
    let overrides = assignment.overrides.filter { override in
      override.kind == .effect
        && (override.selectors.isEmpty || override.selectors.contains { $0.chooses(member: reference) })
    }
    let ofResources = overrides.filter { !$0.selectors.allSatisfy(\.isOfMembersOnly) }
    let ofAll = overrides.first { $0.selectors.allSatisfy(\.isOfMembersOnly) }
    var wrong: [PolicyParameters.Fault] = []
    let parameters = PolicyParameters(
      record.properties.member(ignoringCase: "parameters"), given: given, faults: &wrong)
    for fault in wrong {
      if let member, let initiative {
        faults.append(
          PolicyFault(
            initiative.record.error("member '\(member.reference)': \(fault.message)", at: member.node),
            isWarning: fault.isWarning))
      } else {
        tell(assignment, fault)
      }
    }
    if let fault = wrong.first(where: { !$0.isWarning }) {
      return pass(assignment, record.id, fault.message, isTold: true)
    }
    var base = PolicyMemberFacts()
    base.assignmentId = assignment.id
    base.assignmentName = assignment.name
    base.assignmentScope = assignment.scopeText
    base.assignmentParameters = assignment.parameters?.text ?? "null"
    base.effectiveParameters = parameters.wrapped
    base.definitionId = record.id
    base.definitionName = record.name
    base.displayName = record.properties.member(ignoringCase: "displayName")?.string ?? record.name
    base.category = record.properties.member(ignoringCase: "metadata")?.member(ignoringCase: "category")?.string ?? ""
    base.version = record.version ?? ""
    base.setId = initiative?.record.id ?? ""
    base.setName = initiative?.record.name ?? ""
    base.setCategory = initiative?.category ?? ""
    base.setVersion = initiative?.record.version ?? ""
    base.reference = reference
    base.groups = member?.groups ?? []
    base.message = assignment.message(member: reference) ?? ""
    base.isEnforced = assignment.isEnforced
    var earlier: [ResourceSelector] = []
    for (effect, selector) in ofResources.map({ ($0.value as String?, $0.selectors.first) }) + [(ofAll?.value, nil)] {
      compile(base, assignment, index, initiative, record, parameters, effect, selector, earlier)
      if let selector { earlier.append(selector) }
    }
  }

  private mutating func compile(
    _ base: PolicyMemberFacts, _ assignment: PolicyAssignment, _ index: Int, _ initiative: PolicyInitiative?,
    _ record: PolicyRecord, _ parameters: PolicyParameters, _ effect: String?, _ selector: ResourceSelector?,
    _ others: [ResourceSelector]
  ) {
    let (result, wrong) = language.compile(record, parameters, effect: effect, facts: base)
    if told.insert("\(record.id) \(record.version ?? "")").inserted { faults += wrong }
    switch result {
    case .rule(let rule):
      var facts = base
      facts.effect = rule.effect.rawValue
      members.append(
        PoliciesInForce.Member(
          facts: facts, assignment: index, rule: rule, definition: record.key,
          initiative: initiative?.record.key ?? "", chosenBy: selector, leftTo: others))
    case .passed(let reason): pass(assignment, record.id, reason, isTold: true)
    }
  }

  // MARK: What is told

  private mutating func tell(_ assignment: PolicyAssignment, _ fault: PolicyParameters.Fault) {
    let value = assignment.parameters?.member(ignoringCase: fault.name) ?? assignment.record.object
    let place = assignment.record.source.location(ofParameter: fault.name, value)
    faults.append(PolicyFault(ContentError(.invalidValue, fault.message, at: place), isWarning: fault.isWarning))
  }

  private mutating func warn(_ assignment: PolicyAssignment, _ version: String?, _ record: PolicyRecord) {
    faults.append(
      PolicyFault(
        assignment.record.error(
          "version \(version ?? "") of '\(record.name)' is not at hand; \(record.version ?? "another") is judged"),
        isWarning: true))
  }

  private mutating func pass(
    _ assignment: PolicyAssignment, _ definition: String, _ reason: String, isTold: Bool = false
  ) {
    passed.append(PoliciesInForce.Passed(assignment: assignment.id, definition: definition, reason: reason))
    if !isTold, told.insert("\(assignment.id) \(definition)").inserted {
      faults.append(PolicyFault(assignment.record.error(reason), isWarning: true))
    }
  }
}
