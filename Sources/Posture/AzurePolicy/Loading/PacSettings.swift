// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON

/// `global-settings.jsonc` of Enterprise Policy as Code: the environments that scopes are given for.
struct PacSettings: Sendable {
  struct Environment: Sendable {
    let selector: String
    /// Where custom definitions are kept.
    let rootScope: String
    let notScopes: [String]
  }

  var environments: [Environment] = []

  init() {}

  init(_ source: PolicySource) throws(ContentError) {
    guard let list = source.root.member(ignoringCase: "pacEnvironments"), list.kind == .array else {
      throw ContentError(.missingKey, "'pacEnvironments' is missing", at: source.location(of: source.root))
    }
    for entry in list.elements {
      guard let selector = entry.member(ignoringCase: "pacSelector")?.string else {
        throw ContentError(.missingKey, "'pacSelector' is missing", at: source.location(of: entry))
      }
      let scopes =
        entry.texts("globalNotScopes") + Self.scopes(source.root.member(ignoringCase: "globalNotScopes"), selector)
      environments.append(
        Environment(
          selector: selector, rootScope: entry.member(ignoringCase: "deploymentRootScope")?.string ?? "",
          notScopes: scopes))
    }
  }

  /// Scopes that are given by environment; `*` is for all.
  static func scopes(_ value: JSONValue?, _ selector: String) -> [String] {
    guard let value else { return [] }
    return value.members.filter { key, _ in
      let name = key.string ?? ""
      return name == "*" || name.lowercased() == selector.lowercased()
    }.flatMap { entry in
      entry.value.string.map { [$0] } ?? entry.value.elements.compactMap(\.string)
    }
  }
}

/// A tree of assignments of Enterprise Policy as Code. What a node says holds for all below it; each leaf makes an
/// assignment for each of its scopes and each definition that it names.
struct AssignmentTree: Sendable {
  /// Nodes in nodes: more are refused.
  private static let deepest = 20
  private static let keys = [
    "$schema", "nodeName", "definitionEntry", "definitionEntryList", "assignment", "metadata", "enforcementMode",
    "parameters", "scope", "notScope", "notScopes", "children", "overrides", "resourceSelectors",
    "nonComplianceMessages", "definitionVersion", "managedIdentityLocation", "managedIdentityLocations",
    "additionalRoleAssignments", "userAssignedIdentity", "ignoreBranch", "parameterFile", "parameterFileName",
    "parameterSelector", "nonComplianceMessageColumn", "parameterSuppressDefaultValues",
  ]

  let root: JSONValue
  let source: PolicySource

  /// What has come together on the way from the root to a node.
  private struct Branch {
    var path = ""
    var entries: [JSONValue] = []
    var name = ""
    var displayName = ""
    var description = ""
    var enforcement: JSONValue?
    var parameters: [(key: String, value: JSONDraft)] = []
    var parts: [String: ContentLocation] = [:]
    var scope: JSONValue?
    var notScopes: [JSONValue] = []
    var overrides: [JSONValue] = []
    var selectors: [JSONValue] = []
    var messages: [JSONValue] = []
    var metadata: [(key: String, value: JSONDraft)] = []
    var version: JSONValue?
    var isIgnored = false
  }

  /// The assignments of the environments, and what is wrong with the tree.
  func assignments(_ settings: PacSettings, only selector: String?) -> (records: [PolicyRecord], [PolicyFault]) {
    var (records, problems) = ([PolicyRecord](), [PolicyFault]())
    walk(root, Branch(), depth: 1, settings, selector, &records, &problems)
    return (records, problems)
  }

  private func walk(
    _ node: JSONValue, _ above: Branch, depth: Int, _ settings: PacSettings, _ selector: String?,
    _ records: inout [PolicyRecord], _ problems: inout [PolicyFault]
  ) {
    func complain(_ message: String, _ value: JSONValue, _ code: ContentError.Code = .invalidValue, warns: Bool = false)
    {
      problems.append(PolicyFault(ContentError(code, message, at: source.location(of: value)), isWarning: warns))
    }
    guard depth <= Self.deepest else {
      return complain("nodes stand in nodes more than \(Self.deepest) deep", node, .tooLarge)
    }
    guard node.kind == .object else { return complain("a node is an object", node, .wrongType) }
    for (key, _) in node.members {
      let name = key.string ?? ""
      guard !Self.keys.contains(where: { $0.lowercased() == name.lowercased() }) else { continue }
      let hint = Spelling.nearest(to: name, in: Self.keys).map { "; did you mean '\($0)'?" } ?? ""
      complain("unknown key '\(name)'\(hint)", key, .unknownKey, warns: true)
    }
    var branch = above
    if let name = node.member(ignoringCase: "nodeName")?.string { branch.path += name } else { branch.path += "?" }
    let list = node.member(ignoringCase: "definitionEntryList").map { Array($0.elements) } ?? []
    let entries = list + (node.member(ignoringCase: "definitionEntry").map { [$0] } ?? [])
    if !entries.isEmpty {
      if !branch.entries.isEmpty { complain("the branch names its definitions twice (\(branch.path))", entries[0]) }
      branch.entries = entries
    }
    if let assignment = node.member(ignoringCase: "assignment") {
      branch.name += assignment.member(ignoringCase: "name")?.string ?? ""
      branch.displayName += assignment.member(ignoringCase: "displayName")?.string ?? ""
      branch.description += assignment.member(ignoringCase: "description")?.string ?? ""
    }
    if let parameters = node.member(ignoringCase: "parameters") {
      for (key, value) in parameters.members {
        let name = key.string ?? ""
        branch.parameters.removeAll { $0.key.lowercased() == name.lowercased() }
        branch.parameters.append((name, .object([("value", .value(value))])))
        branch.parts[name.lowercased()] = source.location(of: value)
      }
    }
    for key in ["parameterFile", "parameterFileName"] {
      guard let file = node.member(ignoringCase: key) else { continue }
      complain("parameters that stand in a CSV file (\(file.string ?? "")) are not read", file, warns: true)
    }
    if let metadata = node.member(ignoringCase: "metadata") {
      for (key, value) in metadata.members {
        branch.metadata.removeAll { $0.key == key.string }
        branch.metadata.append((key.string ?? "", .value(value)))
      }
    }
    branch.enforcement = node.member(ignoringCase: "enforcementMode") ?? branch.enforcement
    branch.version = node.member(ignoringCase: "definitionVersion") ?? branch.version
    branch.overrides += node.member(ignoringCase: "overrides").map { Array($0.elements) } ?? []
    branch.selectors += node.member(ignoringCase: "resourceSelectors").map { Array($0.elements) } ?? []
    branch.messages += node.member(ignoringCase: "nonComplianceMessages").map { Array($0.elements) } ?? []
    branch.isIgnored = branch.isIgnored || node.member(ignoringCase: "ignoreBranch")?.boolean == true
    for key in ["notScope", "notScopes"] {
      if let value = node.member(ignoringCase: key) { branch.notScopes.append(value) }
    }
    if let scope = node.member(ignoringCase: "scope") {
      if branch.scope != nil { complain("the branch gives its scope twice (\(branch.path))", scope) }
      branch.scope = scope
    }
    let children = node.member(ignoringCase: "children").map { Array($0.elements) } ?? []
    if !children.isEmpty {
      for child in children { walk(child, branch, depth: depth + 1, settings, selector, &records, &problems) }
      return
    }
    guard !branch.isIgnored else { return }
    guard !branch.entries.isEmpty else {
      return complain("the branch \(branch.path) names no definition: 'definitionEntry' is missing", node, .missingKey)
    }
    guard let scope = branch.scope else {
      return complain("the branch \(branch.path) has no 'scope'", node, .missingKey)
    }
    let known = settings.environments.map(\.selector)
    for (key, _) in scope.members {
      let name = key.string ?? ""
      guard !known.isEmpty, !known.contains(where: { $0.lowercased() == name.lowercased() }) else { continue }
      let hint = Spelling.nearest(to: name, in: known).map { "; did you mean '\($0)'?" } ?? ""
      complain("'\(name)' is no environment of global-settings\(hint)", key, warns: true)
    }
    for environment in known.isEmpty ? scope.members.compactMap({ $0.key.string }) : known {
      guard selector.map({ $0.lowercased() == environment.lowercased() }) ?? true else { continue }
      let settings = settings.environments.first { $0.selector == environment }
      for text in PacSettings.scopes(scope, environment) {
        for entry in branch.entries {
          guard let record = record(branch, entry, scope: text, environment, settings, node) else {
            complain("an entry names no definition: give policyName, policyId, policySetName or policySetId", entry)
            continue
          }
          records.append(record)
        }
      }
    }
  }

  private func record(
    _ branch: Branch, _ entry: JSONValue, scope: String, _ environment: String, _ settings: PacSettings.Environment?,
    _ node: JSONValue
  ) -> PolicyRecord? {
    guard let definition = Self.definition(entry, rootScope: settings?.rootScope ?? "") else { return nil }
    var (name, displayName, description) = (branch.name, branch.displayName, branch.description)
    if let assignment = entry.member(ignoringCase: "assignment") {
      let isAppended = assignment.member(ignoringCase: "append")?.boolean ?? false
      func join(_ text: inout String, _ key: String) {
        let own = assignment.member(ignoringCase: key)?.string ?? ""
        text = isAppended ? text + own : own + text
      }
      join(&name, "name")
      join(&displayName, "displayName")
      join(&description, "description")
    }
    func own(_ list: [JSONValue]) -> [JSONValue] {
      list.filter { value in
        guard let named = Self.definition(value, rootScope: settings?.rootScope ?? "") else { return true }
        return named.lowercased() == definition.lowercased()
      }
    }
    let messages =
      branch.messages + (entry.member(ignoringCase: "nonComplianceMessages").map { Array($0.elements) } ?? [])
    let notScopes =
      (settings?.notScopes ?? []) + branch.notScopes.flatMap { PacSettings.scopes($0, environment) }
    func list(_ values: [JSONValue]) -> JSONDraft { .array(values.map(JSONDraft.value)) }
    var properties: [(key: String, value: JSONDraft)] = [
      ("displayName", .string(displayName)), ("description", .string(description)), ("scope", .string(scope)),
      ("notScopes", .array(notScopes.map(JSONDraft.string))), ("policyDefinitionId", .string(definition)),
      ("parameters", .object(branch.parameters)), ("overrides", list(own(branch.overrides))),
      ("resourceSelectors", list(branch.selectors)), ("nonComplianceMessages", list(messages)),
      ("metadata", .object(branch.metadata)),
    ]
    if let mode = branch.enforcement { properties.append(("enforcementMode", .value(mode))) }
    if let version = entry.member(ignoringCase: "definitionVersion") ?? branch.version {
      properties.append(("definitionVersion", .value(version)))
    }
    let id = "\(scope)/providers/Microsoft.Authorization/policyAssignments/\(name)"
    let root = JSONDraft.object([("id", .string(id)), ("name", .string(name)), ("properties", .object(properties))])
      .document().root
    return PolicyRecord(
      kind: .assignment, id: id, name: name, object: root, properties: root["properties"] ?? root,
      source: PolicySource(root, at: source.location(of: node), parts: branch.parts))
  }

  /// The id of the definition or initiative that an entry names. A bare name is of a custom one at the root scope.
  static func definition(_ entry: JSONValue, rootScope: String) -> String? {
    func text(_ keys: String...) -> String? {
      keys.lazy.compactMap { entry.member(ignoringCase: $0)?.string }.first { !$0.isEmpty }
    }
    func id(_ kind: String, _ name: String) -> String {
      name.contains("/") ? name : "\(rootScope)/providers/Microsoft.Authorization/\(kind)/\(name)"
    }
    if let text = text("policyId", "policyDefinitionId", "policyName", "policyDefinitionName") {
      return id("policyDefinitions", text)
    }
    return text(
      "policySetId", "policySetDefinitionId", "initiativeId", "policySetName", "policySetDefinitionName",
      "initiativeName"
    ).map { id("policySetDefinitions", $0) }
  }
}
