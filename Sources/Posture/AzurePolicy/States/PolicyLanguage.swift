// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
package import Content
internal import JSON
internal import KQL

/// Compiles policy objects for the states: definitions with the values that assignments give them.
package struct PolicyLanguage: Sendable {
  enum Result {
    case rule(MemberRule)
    /// Nothing that resource documents decide, and why.
    case passed(String)
  }

  let compiler: PolicyCompiler

  package init(_ aliases: AliasCatalog = .convention) { compiler = PolicyCompiler(aliases: aliases) }

  /// Compiles a definition for one member of one assignment.
  func compile(
    _ record: PolicyRecord, _ parameters: PolicyParameters, effect: String?, facts: PolicyMemberFacts
  ) -> (Result, [PolicyFault]) {
    let definition: PolicyDefinition
    do throws(PolicyError) {
      definition = try PolicyDefinition.read(record.object, file: record.source.path)
    } catch {
      return (.passed(error.problem.message), [PolicyFault(error.problem)])
    }
    if definition.policyType.lowercased() == "static" { return (.passed("only Microsoft attests it"), []) }
    if case .data(let mode) = definition.mode {
      return (.passed("the mode \(mode) is about what is inside of resources"), [])
    }
    var values: [String: JSONValue] = [:]
    for (name, value) in parameters.values where value.isKnown { values[name] = value.json }
    let policy: CompiledPolicy
    do throws(PolicyError) {
      policy = try compiler.compile(definition, parameters: values, effect: effect)
    } catch {
      return (.passed(error.problem.message), [PolicyFault(error.problem)])
    }
    let faults = policy.problems.map { PolicyFault($0) }
    switch policy.effect {
    case .disabled where !policy.isBroken: return (.passed("the effect is Disabled"), faults)
    case .denyAction: return (.passed("requests are judged by it, not what is there"), faults)
    case .audit, .deny, .append, .modify, .auditIfNotExists, .deployIfNotExists, .manual:
      if policy.isBroken {
        return (.passed(policy.problems.first { $0.code != .warning }?.message ?? "it is malformed"), faults)
      }
      return (.rule(MemberRule(policy, facts)), faults)
    default:
      let why = policy.isBroken ? policy.problems.first { $0.code != .warning }?.message : nil
      return (.passed(why ?? "the effect \(policy.effectText) is not about resource documents"), faults)
    }
  }

  /// Everything that is wrong with definitions and assignments.
  package func faults(_ corpus: PolicyCorpus) -> [PolicyFault] {
    var faults: [PolicyFault] = []
    for record in corpus.definitions {
      do throws(PolicyError) {
        let definition = try PolicyDefinition.read(record.object, file: record.source.path)
        faults += compiler.problems(of: definition).map { PolicyFault($0) }
      } catch {
        faults.append(PolicyFault(error.problem))
      }
    }
    let known = Set(faults.map(\.description))
    return faults + PoliciesInForce(corpus, self).faults.filter { !known.contains($0.description) }
  }
}

extension PolicyFault {
  init(_ problem: PolicyProblem) {
    let code: ContentError.Code =
      switch problem.code {
      case .tooLarge: .tooLarge
      case .shape: .wrongType
      default: .invalidValue
      }
    let isKnown = problem.line > 0
    self.init(
      ContentError(
        code, problem.message,
        at: ContentLocation(
          path: problem.file, line: isKnown ? problem.line : nil, column: isKnown ? problem.column : nil)),
      isWarning: problem.code == .warning)
  }
}

/// A compiled policy of one assignment.
struct MemberRule: Sendable {
  let policy: CompiledPolicy
  /// As `policy()` gives it; nil where the rule does not ask.
  let facts: JSONValue?
  /// Of a manual policy: what holds until somebody attests.
  let standard: PolicyState

  init(_ policy: CompiledPolicy, _ facts: PolicyMemberFacts) {
    self.policy = policy
    func text(_ text: String) -> JSONDraft { text.isEmpty ? .null : .string(text) }
    let rule = policy.definition.condition.text.lowercased() + policy.definition.then.text.lowercased()
    self.facts =
      rule.contains("policy(")
      ? JSONDraft.object([
        ("assignmentId", text(facts.assignmentId)), ("definitionId", text(facts.definitionId)),
        ("setDefinitionId", text(facts.setId)), ("definitionReferenceId", text(facts.reference)),
      ]).document().root : nil
    standard =
      switch policy.details?.member(ignoringCase: "defaultState")?.string?.lowercased() {
      case "compliant": .compliant
      case "noncompliant": .nonCompliant
      default: .unknown
      }
  }

  var effect: PolicyEffect { policy.effect }

  /// Tells the evaluator what `policy()` gives.
  func enter(_ evaluator: inout PolicyEvaluator) {
    if let facts { evaluator.context.policy = facts }
  }
  var types: Set<String>? { policy.types }

  /// Types, in lower case, that the rule looks for beside the resource.
  var relatedTypes: [String] {
    guard let related = policy.related, case .constant(let type) = related.type, let text = type.string else {
      return []
    }
    return [text.lowercased()]
  }

  /// Whether what is looked for need not stand under the resource.
  var looksBeyondChildren: Bool {
    guard let related = policy.related else { return false }
    return related.scope != nil || related.resourceGroupName != nil
  }
}

/// What surrounds the resources of one group.
struct PolicySurroundings: Sendable {
  var context = PolicyContext()

  init(_ resource: PolicyEstate.Resource, _ estate: PolicyEstate, now: Int64) {
    let subscription = resource.subscription
    if !subscription.isEmpty {
      let row = estate.container(subscription: subscription)
      context.subscription =
        JSONDraft.object([
          ("id", .string("/subscriptions/\(subscription)")), ("subscriptionId", .string(subscription)),
          ("tenantId", row?["tenantId"].map(JSONDraft.value) ?? .null),
          ("displayName", row?["name"].map(JSONDraft.value) ?? .null),
          ("tags", row?["tags"].map(JSONDraft.value) ?? .emptyObject),
        ]).document().root
      if !resource.group.isEmpty {
        let row = estate.container(subscription: subscription, group: resource.group)
        context.resourceGroup = row.map { row in
          JSONDraft.object([
            ("id", row["id"].map(JSONDraft.value) ?? .null), ("name", row["name"].map(JSONDraft.value) ?? .null),
            ("location", row["location"].map(JSONDraft.value) ?? .null),
            ("tags", row["tags"].map(JSONDraft.value) ?? .emptyObject),
            ("managedBy", row["managedBy"].map(JSONDraft.value) ?? .null),
          ]).document().root
        }
      }
    }
    context.now = Double(now - DateTime.unixEpoch) / 1e7
  }
}

extension PolicyLanguage {
  /// The language with catalogues of aliases that the user gives.
  ///
  /// - Parameter catalogues: files with the answer of `GET /providers?$expand=resourceTypes/aliases`.
  /// - Throws: ``ContentError`` where one cannot be used.
  package init(catalogues: [String], content: ContentLibrary) throws(ContentError) {
    var aliases = try AliasCatalog.embedded(content)
    for path in catalogues {
      let source = try PolicySource(parsing: try PolicyCorpus.bytes(path), path: path)
      do throws(PolicyError) {
        aliases = try aliases.adding(providers: source.root, file: path)
      } catch {
        throw PolicyFault(error.problem).error
      }
    }
    self.init(aliases)
  }
}
