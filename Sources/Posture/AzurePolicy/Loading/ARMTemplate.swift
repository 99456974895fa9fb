// SPDX-License-Identifier: Apache-2.0
internal import ARMLanguage
internal import Content
internal import JSON

/// The resources of an ARM template with the values of its parameters' defaults. What only a deployment tells is not
/// known, and named.
struct ARMTemplate {
  private static let deepest = 8
  private static let mostResources = 20_000

  let source: PolicySource
  let target: PolicyDocuments.Target
  private(set) var notes: [String] = []
  private var entries: [PolicyDocuments.Entry] = []
  private let scope: Scope

  init(_ source: PolicySource, _ target: PolicyDocuments.Target) {
    (self.source, self.target) = (source, target)
    scope = Scope(source.root, target)
  }

  mutating func resources() throws(ContentError) -> [PolicyDocuments.Entry] {
    guard let list = source.root["resources"] else { return [] }
    try add(list, parent: nil, depth: 0)
    return entries
  }

  private mutating func add(_ list: JSONValue, parent: (type: String, id: String)?, depth: Int) throws(ContentError) {
    guard depth < Self.deepest else {
      throw ContentError(.tooLarge, "resources stand in resources too deep", at: source.location(of: list))
    }
    // Bicep's symbolic names make the list an object.
    let elements = list.kind == .object ? list.members.map(\.value) : Array(list.elements)
    for element in elements {
      guard entries.count < Self.mostResources else {
        throw ContentError(.tooLarge, "the template has too many resources", at: source.location(of: element))
      }
      try add(resource: element, parent: parent, depth: depth)
    }
  }

  private mutating func add(
    resource: JSONValue, parent: (type: String, id: String)?, depth: Int
  ) throws(ContentError) {
    let place = source.location(of: resource)
    if resource["existing"]?.boolean == true { return }
    guard let own = resource["type"]?.string else { return }
    let type = parent.map { "\($0.type)/\(own)" } ?? own
    if own.lowercased() == "microsoft.resources/deployments" {
      notes.append("\(place): what a nested deployment deploys is not judged")
      return
    }
    if resource["copy"] != nil {
      notes.append("\(place): a loop (copy) of \(type) is not judged")
      return
    }
    if let condition = resource["condition"] {
      var ignored: [(path: String, reason: String)] = []
      if scope.value(condition, "condition", &ignored).bool == false { return }
    }
    var unknown: [(path: String, reason: String)] = []
    var members: [ARMValue.Member] = []
    for (key, value) in resource.members {
      let name = key.string ?? ""
      if ["dependson", "condition", "comments", "resources", "type", "scope", "copy"].contains(name.lowercased()) {
        continue
      }
      members.append(ARMValue.Member(name, scope.value(value, name, &unknown)))
    }
    let name = members.first { $0.name == "name" }?.value.string ?? "unknown"
    let above = parent?.id ?? "/subscriptions/\(target.subscription)/resourceGroups/\(target.resourceGroup)"
    let id = PolicyDocuments.id(type: type, name: name, under: above)
    members.append(ARMValue.Member("type", .string(type)))
    members.append(ARMValue.Member("id", .string(id)))
    entries.append(
      PolicyDocuments.Entry(document: ARMValue.object(members).json, unknown: unknown, place: place))
    if let children = resource["resources"] { try add(children, parent: (type, id), depth: depth + 1) }
  }

  /// What expressions of a template may name.
  private struct Scope: ARMEnvironment {
    private static let outer: Set<String> = [
      "parameters", "variables", "resourcegroup", "subscription", "deployment", "tenant", "resourceid",
      "subscriptionresourceid", "tenantresourceid", "extensionresourceid", "reference", "list", "listkeys",
      "environment", "providers", "managementgroup", "newguid", "utcnow", "copyindex", "pickzones",
    ]
    private static let deepest = 32

    let parameters: JSONValue?
    let variables: JSONValue?
    let target: PolicyDocuments.Target
    let depth: Int
    var now: Double? { nil }

    init(_ root: JSONValue, _ target: PolicyDocuments.Target) {
      (parameters, variables, self.target, depth) = (root["parameters"], root["variables"], target, 0)
    }

    private init(_ scope: Scope, depth: Int) {
      (parameters, variables, target, self.depth) = (scope.parameters, scope.variables, scope.target, depth)
    }

    /// The value with the expressions in it evaluated; what cannot be is noted by its path.
    func value(
      _ value: JSONValue, _ path: String, _ unknown: inout [(path: String, reason: String)]
    ) -> ARMValue {
      switch value.kind {
      case .string:
        let text = value.string ?? ""
        guard ARMExpression.isExpression(text) else { return .string(ARMExpression.literal(text)) }
        do {
          let expression = try ARMExpression(parsing: text, outer: Self.outer)
          var evaluation = ARMEvaluation(in: self)
          let found = try evaluation.value(expression)
          if let reason = found.firstReason { unknown.append((path, reason)) }
          return found
        } catch {
          unknown.append((path, error.message))
          return .unknown(error.message)
        }
      case .array:
        var list: [ARMValue] = []
        for (index, element) in value.elements.enumerated() {
          list.append(self.value(element, "\(path)[\(index)]", &unknown))
        }
        return .array(list)
      case .object:
        var members: [ARMValue.Member] = []
        for (key, member) in value.members {
          let name = key.string ?? ""
          members.append(ARMValue.Member(name, self.value(member, "\(path).\(name)", &unknown)))
        }
        return .object(members)
      default: return ARMValue(value)
      }
    }

    func call(_ name: String, _ arguments: [ARMValue], at offset: Int) throws(ARMError) -> ARMValue {
      guard depth < Self.deepest else {
        throw ARMError(.tooLarge, at: offset, "variables name one another in a circle")
      }
      let first = arguments.first?.string ?? ""
      switch name {
      case "parameters":
        guard let declared = parameters?.member(ignoringCase: first) else {
          throw ARMError(.failed, at: offset, "there is no parameter '\(first)'")
        }
        guard let standard = declared.member(ignoringCase: "defaultValue") else {
          return .unknown("parameter '\(first)' has no default")
        }
        return inner(standard)
      case "variables":
        guard let value = variables?.member(ignoringCase: first) else {
          throw ARMError(.failed, at: offset, "there is no variable '\(first)'")
        }
        return inner(value)
      case "resourcegroup":
        return .object([
          .init("id", .string("/subscriptions/\(target.subscription)/resourceGroups/\(target.resourceGroup)")),
          .init("name", .string(target.resourceGroup)), .init("location", .string(target.location)),
        ])
      case "subscription":
        return .object([
          .init("id", .string("/subscriptions/\(target.subscription)")),
          .init("subscriptionId", .string(target.subscription)),
        ])
      case "resourceid":
        let texts = arguments.compactMap(\.string)
        guard texts.count == arguments.count, let at = texts.firstIndex(where: { $0.contains("/") }) else {
          return .unknown("resourceId() of what is not known")
        }
        return .string(
          PolicyDocuments.id(
            type: texts[at], name: texts[(at + 1)...].joined(separator: "/"),
            under: "/subscriptions/\(target.subscription)/resourceGroups/\(target.resourceGroup)"))
      default: return .unknown("\(name)() is known when it is deployed")
      }
    }

    private func inner(_ value: JSONValue) -> ARMValue {
      var ignored: [(path: String, reason: String)] = []
      return Scope(self, depth: depth + 1).value(value, "", &ignored)
    }
  }
}
