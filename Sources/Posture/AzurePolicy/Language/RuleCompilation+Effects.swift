// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import JSON

/// Where a related resource is looked for.
package enum ExistenceScope: String, Sendable {
  case resourceGroup = "resourcegroup"
  case subscription
}

/// What an IfNotExists effect looks for.
struct RelatedRule: Sendable {
  let type: PolicyTemplate
  let name: PolicyTemplate?
  let kind: PolicyTemplate?
  let resourceGroupName: PolicyTemplate?
  /// Nil where the rule does not say.
  let scope: ExistenceScope?
  let existence: PolicyProgram?
}

/// A change that append or modify makes.
struct PolicyOperation: Sendable {
  enum Kind: String, Sendable { case add, addOrReplace = "addorreplace", remove }
  let kind: Kind
  let field: PolicyTemplate
  let value: PolicyTemplate?
  let condition: PolicyTemplate?
}

extension RuleCompilation {
  /// Members of `then.details` that are expressions for the resource that is judged.
  mutating func compile(effect override: String?) throws(PolicyError) -> CompiledPolicy {
    let program = try program(definition.condition)
    let then = definition.then
    guard let written = then.member(ignoringCase: "effect") else { throw fail(.shape, then, "then has no effect") }
    let template = template(written, at: written)
    let text: String
    if let override {
      text = override
    } else if let value = constant(of: template) {
      if let reason = value.reason {
        text = ""
        if !isBroken { note(.parameter, written, "the effect is not known: \(reason)") }
      } else {
        guard let name = value.string else { throw fail(.unknownEffect, written, "the effect must be a string") }
        text = name
      }
    } else {
      text = ""
      if !isBroken { note(.parameter, written, "the effect is not known: \(effectReason(template))") }
    }
    let effect = PolicyEffect(named: text)
    if effect == nil, !text.isEmpty {
      let near = Spelling.nearest(to: text, in: PolicyEffect.allCases.map(\.rawValue))
      note(.unknownEffect, written, "no effect is called '\(text)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
    }
    let details = then.member(ignoringCase: "details")
    var related: RelatedRule?
    var operations: [PolicyOperation] = []
    if effect?.looksForRelated ?? false { related = try self.related(details) }
    if effect == .append || effect == .modify { operations = try self.operations(details, effect) }
    let types = TypeDerivation(program)
    return CompiledPolicy(
      definition: definition, effect: effect ?? .disabled, effectText: text, program: program, related: related,
      operations: operations, conflictEffect: details?.member(ignoringCase: "conflictEffect")?.string,
      details: details, detailsTemplate: details.map { detailsTemplate($0) }, types: types, problems: problems,
      isBroken: isBroken || effect == nil, aliases: compiler.aliases, allowsPaths: compiler.options.allowsPaths)
  }

  /// Why an effect that is an expression has no value.
  private func effectReason(_ template: PolicyTemplate) -> String {
    guard case .expression(let node) = template else { return "it is no text" }
    var evaluation = ARMEvaluation(in: parameters)
    do throws(ARMError) {
      return try evaluation.value(ofNode: node).reason ?? "it depends on the resource"
    } catch {
      return error.message
    }
  }

  private mutating func program(_ condition: JSONValue) throws(PolicyError) -> PolicyProgram {
    let before = draft
    draft = ProgramDraft()
    defer { draft = before }
    try self.condition(condition)
    draft.settle()
    return PolicyProgram(draft, definition: definition.document)
  }

  private mutating func optional(_ details: JSONValue, _ name: String) -> PolicyTemplate? {
    details.member(ignoringCase: name).map { template($0, at: $0) }
  }

  private mutating func related(_ details: JSONValue?) throws(PolicyError) -> RelatedRule {
    guard let details, details.kind == .object else {
      throw fail(.shape, definition.then, "an IfNotExists effect needs details with a type")
    }
    guard let type = optional(details, "type") else { throw fail(.shape, details, "details has no type") }
    var scope: ExistenceScope?
    if let text = details.member(ignoringCase: "existenceScope")?.string {
      scope = ExistenceScope(rawValue: text.lowercased())
      if scope == nil { throw fail(.shape, details, "existenceScope is ResourceGroup or Subscription, not '\(text)'") }
    }
    var existence: PolicyProgram?
    if let condition = details.member(ignoringCase: "existenceCondition") { existence = try program(condition) }
    return RelatedRule(
      type: type, name: optional(details, "name"), kind: optional(details, "kind"),
      resourceGroupName: optional(details, "resourceGroupName"), scope: scope, existence: existence)
  }

  private mutating func operations(
    _ details: JSONValue?, _ effect: PolicyEffect?
  ) throws(PolicyError) -> [PolicyOperation] {
    guard let details else { return [] }
    let list: JSONValue
    if effect == .append {
      list = details
    } else if let found = details.member(ignoringCase: "operations") {
      list = found
    } else {
      // The effect came by a parameter or an override: the details are those of another.
      return []
    }
    guard list.kind == .array else { throw fail(.shape, details, "the changes must be an array") }
    var operations: [PolicyOperation] = []
    for item in list.elements {
      guard let field = item.member(ignoringCase: "field") else { throw fail(.shape, item, "a change needs a field") }
      let text = effect == .append ? "add" : item.member(ignoringCase: "operation")?.string ?? ""
      guard let kind = PolicyOperation.Kind(rawValue: text.lowercased()) else {
        throw fail(.shape, item, "operation is add, addOrReplace or remove, not '\(text)'")
      }
      let value = optional(item, "value")
      if kind != .remove, value == nil { throw fail(.shape, item, "a change needs a value") }
      let name = template(field, at: field)
      if case .constant(let constant) = name, let name = constant.string, let source = source(of: name, at: field),
        effect == .modify, source.isModifiable == false
      {
        note(.unknownAlias, field, "modify cannot change '\(name)': the alias is not modifiable")
      }
      operations.append(PolicyOperation(kind: kind, field: name, value: value, condition: optional(item, "condition")))
    }
    return operations
  }

  /// The details with the expressions that are theirs; templates of deployments and conditions stay as they are.
  private mutating func detailsTemplate(_ details: JSONValue) -> PolicyTemplate {
    let leftOut = ["deployment", "existencecondition"]
    switch details.kind {
    case .array where details.elements.contains { $0.kind == .object }:
      return .array(details.elements.map { detailsTemplate($0) })
    case .object:
      return .object(
        details.members.compactMap { key, value in
          let name = (key.string ?? "").lowercased()
          if leftOut.contains(name) { return nil }
          let isLater = name == "condition" || name == "field"
          let inner = name == "operations" ? detailsTemplate(value) : template(value, at: value)
          return (key.string ?? "", isLater ? .constant(ARMValue(value)) : inner)
        })
    default: return template(details, at: details)
    }
  }
}
