// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
package import JSON

/// A definition compiled for the values of its parameters, ready to judge resources.
package final class CompiledPolicy: Sendable {
  package let definition: PolicyDefinition
  package let effect: PolicyEffect
  /// The effect as it was written (`Deny`).
  package let effectText: String
  /// What to do where two policies modify one field: the effect named in the details.
  package let conflictEffect: String?
  /// What is wrong with the definition or the values; where `isBroken`, it applies to nothing.
  package let problems: [PolicyProblem]
  package let isBroken: Bool
  /// Lower-case types that the rule can hold for; nil where it can be any. An index of rules by type is made of them.
  package var types: Set<String>? { derivation.types }

  let program: PolicyProgram
  let related: RelatedRule?
  let operations: [PolicyOperation]
  let details: JSONValue?
  let detailsTemplate: PolicyTemplate?
  let derivation: TypeDerivation
  let typeHashes: [UInt64]?
  let aliases: AliasCatalog
  let allowsPaths: Bool

  init(
    definition: PolicyDefinition, effect: PolicyEffect, effectText: String, program: PolicyProgram,
    related: RelatedRule?, operations: [PolicyOperation], conflictEffect: String?, details: JSONValue?,
    detailsTemplate: PolicyTemplate?, types: TypeDerivation, problems: [PolicyProblem], isBroken: Bool,
    aliases: AliasCatalog, allowsPaths: Bool
  ) {
    self.definition = definition
    self.effect = effect
    self.effectText = effectText
    self.program = program
    self.related = related
    self.operations = operations
    self.conflictEffect = conflictEffect
    self.details = details
    self.detailsTemplate = detailsTemplate
    derivation = types
    typeHashes = types.types.map { $0.map { TypeHash.of($0) }.sorted() }
    self.problems = problems
    self.isBroken = isBroken
    self.aliases = aliases
    self.allowsPaths = allowsPaths
  }

  /// Bytes that it takes beside the definition's document.
  package var heldBytes: Int {
    MemoryLayout<PolicyDefinition>.size + 200 + program.heldBytes + (related?.existence?.heldBytes ?? 0)
      + (typeHashes?.count ?? 0) * 8 + operations.count * MemoryLayout<PolicyOperation>.stride
  }
}

/// What a policy says about a resource, before exemptions and attestations.
package enum PolicyVerdict: UInt8, Sendable {
  /// The policy is not about the resource: it has no state.
  case notApplicable
  case compliant, nonCompliant
  /// It cannot be said; the outcome has the reason.
  case unknown
}

/// A resource as policies see it.
package struct PolicySubject: Sendable {
  /// Kept apart, so that a copy costs next to nothing.
  private final class Storage: Sendable {
    let resource: JSONValue
    let type: String
    let typeHash: UInt64

    init(_ resource: JSONValue, _ type: String) {
      self.resource = resource
      self.type = type
      typeHash = type.isEmpty ? 0 : TypeHash.of(type)
    }
  }

  private let storage: Storage
  package var resource: JSONValue { storage.resource }
  /// The resource's type as it is written; empty where it has none.
  package var type: String { storage.type }
  var typeHash: UInt64 { storage.typeHash }
  /// The version of the API by which the document was read, which chooses the paths of some aliases.
  package var apiVersion: String?
  /// Lower-case paths of which nothing is known, with the reason: a value that is missing there is unknown. The empty
  /// path is the whole resource.
  package var gaps: [(path: String, reason: String)] = []

  /// - Parameter type: the type, where the document does not have it.
  package init(_ resource: JSONValue, type: String? = nil, apiVersion: String? = nil) {
    storage = Storage(resource, resource.member(ignoringCase: "type")?.string ?? type ?? "")
    self.apiVersion = apiVersion ?? resource.member(ignoringCase: "apiVersion")?.string
  }
}

/// What surrounds an evaluation. What is nil is not known, and what needs it becomes Unknown.
package struct PolicyContext: Sendable {
  /// As `subscription()` gives it: id, subscriptionId, tenantId, displayName, tags.
  package var subscription: JSONValue?
  /// As `resourceGroup()` gives it: id, name, location, tags, managedBy.
  package var resourceGroup: JSONValue?
  package var managementGroup: JSONValue?
  package var tenant: JSONValue?
  /// As `policy()` gives it: assignmentId, definitionId, setDefinitionId, definitionReferenceId.
  package var policy: JSONValue?
  /// As `requestContext()` gives it: apiVersion, identity.
  package var requestContext: JSONValue?
  /// Seconds since 1970; nil where utcNow() is not known.
  package var now: Double?

  package init() {}
}

/// Surroundings that one evaluation after the other uses: a copy costs next to nothing.
final class Surroundings: Sendable {
  let context: PolicyContext
  init(_ context: PolicyContext) { self.context = context }
}

/// The related resource that a policy asks for.
package struct RelatedRequest: Sendable {
  package let type: String
  /// Nil where any name will do.
  package let name: String?
  package let kind: String?
  package let resourceGroupName: String?
  /// Nil where the rule does not say: the resource itself for types below it and for extensions, else its group.
  package let scope: ExistenceScope?
}

/// What a lookup of related resources found.
package enum RelatedAnswer: Sendable {
  case resources([PolicySubject])
  /// They are not known, and why: a type that was not collected, a call that failed.
  case unknown(String)
}

package typealias RelatedLookup = (_ request: RelatedRequest, _ subject: PolicySubject) -> RelatedAnswer

/// A condition that decided, as it is recorded while judging; `PolicyEvaluator.proof` tells what it says.
struct LeafRecord: Sendable {
  /// The node of the rule.
  let node: UInt32
  /// The node of the value in the resource, plus one; 0 where it is missing or not a part of the resource. Of a count,
  /// the number counted.
  let actual: UInt32
}

/// The outcome of judging a resource by a policy.
package struct PolicyOutcome: Sendable {
  package let verdict: PolicyVerdict
  /// Whether the rule's `if` holds: what deny, append, modify and denyAction go by.
  package let isMatch: Bool
  /// Why the verdict is unknown or why the policy is not applicable; empty otherwise.
  package let reason: String
  /// Conditions of the rule that decided.
  let leaves: [LeafRecord]
  /// Related resources that were examined, with the conditions that decided about each.
  let related: [(subject: PolicySubject, leaves: [LeafRecord])]
  /// Ids of the related resources that were examined.
  package var relatedIds: [String] {
    related.compactMap { $0.subject.resource.member(ignoringCase: "id")?.string }
  }

  init(
    _ verdict: PolicyVerdict, isMatch: Bool = false, reason: String = "", leaves: [LeafRecord] = [],
    related: [(subject: PolicySubject, leaves: [LeafRecord])] = []
  ) {
    self.verdict = verdict
    self.isMatch = isMatch
    self.reason = reason
    self.leaves = leaves
    self.related = related
  }
}
