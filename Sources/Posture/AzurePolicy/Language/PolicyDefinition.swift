// SPDX-License-Identifier: Apache-2.0

package import JSON

/// What a policy does with a resource that its `if` holds for.
package enum PolicyEffect: String, Sendable, CaseIterable {
  case audit, deny, append, modify, auditIfNotExists, deployIfNotExists, denyAction, manual, disabled
  /// Effects of data plane modes, which are not evaluated here.
  case mutate, enforceRegoPolicy, enforceSetting, auditAction, addToNetworkGroup

  private static let named = Dictionary(allCases.map { ($0.rawValue.lowercased(), $0) }) { first, _ in first }

  /// The effect of that name, whatever its case.
  package init?(named name: String) {
    guard let effect = Self.named[name.lowercased()] else { return nil }
    self = effect
  }

  /// Whether compliance hangs on a related resource.
  package var looksForRelated: Bool { self == .auditIfNotExists || self == .deployIfNotExists }
}

/// Which resources a definition is about.
package enum PolicyMode: Sendable, Equatable {
  /// Resource groups, subscriptions and all types.
  case all
  /// Types that have tags and a location.
  case indexed
  /// A resource provider's own mode (`Microsoft.Kubernetes.Data`), which resource documents cannot decide.
  case data(String)

  package init(_ text: String) {
    switch text.lowercased() {
    case "all": self = .all
    case "indexed": self = .indexed
    default: self = .data(text)
    }
  }

  package var text: String {
    switch self {
    case .all: "All"
    case .indexed: "Indexed"
    case .data(let name): name
    }
  }
}

/// A parameter of a definition or an initiative.
package struct PolicyParameter: Sendable {
  package let name: String
  /// String, Array, Object, Boolean, Integer, Float or DateTime, in lower case.
  package let type: String
  package let defaultValue: JSONValue?
  package let allowedValues: [JSONValue]
  package let displayName: String

  /// Reads the `parameters` of a definition or an initiative.
  package static func read(_ value: JSONValue?, file: String) throws(PolicyError) -> [PolicyParameter] {
    guard let value, !value.isNull else { return [] }
    guard value.kind == .object else {
      throw PolicyError(PolicyProblem(.shape, in: file, at: value, "parameters must be an object"))
    }
    var found: [PolicyParameter] = []
    for (key, body) in value.members {
      guard body.kind == .object else {
        throw PolicyError(PolicyProblem(.shape, in: file, at: key, "a parameter must be an object with a type"))
      }
      found.append(
        PolicyParameter(
          name: key.string ?? "", type: (body.member(ignoringCase: "type")?.string ?? "").lowercased(),
          defaultValue: body.member(ignoringCase: "defaultValue"),
          allowedValues: body.member(ignoringCase: "allowedValues").map { Array($0.elements) } ?? [],
          displayName: body.member(ignoringCase: "metadata")?.member(ignoringCase: "displayName")?.string ?? ""))
    }
    return found
  }

  /// What is wrong with a value for the parameter; nil where nothing is. An expression is judged when it has its value.
  package func fault(of value: JSONValue) -> String? {
    let fits: Bool =
      switch (type, value.kind) {
      case ("", _), ("string", .string), ("string", .null), ("datetime", .string), ("array", .array),
        ("object", .object),
        ("object", .null), ("boolean", .bool), ("integer", .integer), ("float", .integer), ("float", .double):
        true
      // The portal hands scalars over as text.
      case ("boolean", .string): ["true", "false"].contains((value.string ?? "").lowercased())
      case ("integer", .string): Int64(value.string ?? "") != nil
      case ("float", .string): Double(value.string ?? "") != nil
      case ("string", .integer), ("string", .double), ("string", .bool): true
      default: false
      }
    if !fits { return "parameter '\(name)' is of type \(type); \(value.text.prefix(60)) is not" }
    if allowedValues.isEmpty { return nil }
    let isAllowed = { (value: JSONValue) in allowedValues.contains { PolicyComparison.equal($0, value) } }
    if isAllowed(value) || (value.kind == .array && value.elements.allSatisfy(isAllowed)) { return nil }
    let allowed = allowedValues.prefix(8).map(\.text).joined(separator: ", ")
    return "parameter '\(name)' does not allow \(value.text.prefix(60)); it allows \(allowed)"
  }
}

/// A policy definition as it was written.
package struct PolicyDefinition: Sendable {
  /// The resource id; the name where the file has none.
  package let id: String
  package let name: String
  package let displayName: String
  package let description: String
  /// BuiltIn, Custom or Static.
  package let policyType: String
  package let mode: PolicyMode
  package let version: String
  package let category: String
  package let isDeprecated: Bool
  package let isPreview: Bool
  package let parameters: [PolicyParameter]
  /// What stands under `if`.
  package let condition: JSONValue
  /// What stands under `then`.
  package let then: JSONValue
  /// The document that holds all of it.
  package let document: JSONDocument
  package let file: String

  /// Members of a definition that belong into its properties.
  private static let ownMembers: Set<String> = [
    "displayname", "description", "mode", "metadata", "parameters", "policyrule", "policytype",
  ]

  package func parameter(_ name: String) -> PolicyParameter? {
    parameters.first { $0.name.lowercased() == name.lowercased() }
  }

  /// Reads a definition: as the REST API gives it (`properties`), as a file has it, or a bare rule of `if` and `then`.
  ///
  /// - Throws: ``PolicyError`` with the place of what is missing or wrong.
  package static func read(_ value: JSONValue, file: String) throws(PolicyError) -> PolicyDefinition {
    func fail(_ at: JSONValue?, _ message: String) -> PolicyError {
      PolicyError(PolicyProblem(.shape, in: file, at: at ?? value, message))
    }
    guard value.kind == .object else { throw fail(value, "a policy definition must be an object") }
    let inner = value.member(ignoringCase: "properties") ?? value
    guard inner.kind == .object else { throw fail(value, "properties must be an object") }
    if inner.node != value.node {
      for (key, _) in value.members where ownMembers.contains((key.string ?? "").lowercased()) {
        throw fail(key, "'\(key.string ?? "")' stands outside of properties, which the definition has as well")
      }
    }
    let isBare = inner.member(ignoringCase: "policyRule") == nil && inner.member(ignoringCase: "if") != nil
    let rule = isBare ? inner : inner.member(ignoringCase: "policyRule")
    guard let rule, rule.kind == .object else {
      throw fail(inner, "a policy definition needs policyRule, an object of if and then")
    }
    for (key, _) in rule.members where !["if", "then"].contains((key.string ?? "").lowercased()) && !isBare {
      throw fail(key, "policyRule has if and then, not '\(key.string ?? "")'")
    }
    guard let condition = rule.member(ignoringCase: "if") else { throw fail(rule, "policyRule has no if") }
    guard let then = rule.member(ignoringCase: "then"), then.kind == .object else {
      throw fail(rule, "policyRule has no then")
    }
    let metadata = inner.member(ignoringCase: "metadata")
    let name = value.member(ignoringCase: "name")?.string ?? inner.member(ignoringCase: "name")?.string ?? ""
    let displayName = inner.member(ignoringCase: "displayName")?.string ?? ""
    let version =
      inner.member(ignoringCase: "version")?.string ?? metadata?.member(ignoringCase: "version")?.string ?? ""
    return PolicyDefinition(
      id: value.member(ignoringCase: "id")?.string ?? name, name: name, displayName: displayName,
      description: inner.member(ignoringCase: "description")?.string ?? "",
      policyType: inner.member(ignoringCase: "policyType")?.string ?? "Custom",
      mode: PolicyMode(inner.member(ignoringCase: "mode")?.string ?? "All"), version: version,
      category: metadata?.member(ignoringCase: "category")?.string ?? "",
      isDeprecated: metadata?.member(ignoringCase: "deprecated")?.boolean ?? version.hasSuffix("-deprecated"),
      isPreview: metadata?.member(ignoringCase: "preview")?.boolean ?? version.hasSuffix("-preview"),
      parameters: try PolicyParameter.read(inner.member(ignoringCase: "parameters"), file: file), condition: condition,
      then: then, document: value.document, file: file)
  }
}

extension JSONValue {
  /// The member of that name, whatever its case, as Azure reads policies.
  package func member(ignoringCase name: String) -> JSONValue? {
    self[name] ?? members.first { $0.key.string?.lowercased() == name.lowercased() }?.value
  }
}
