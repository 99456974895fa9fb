// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Children that are part of their parent's properties: rules of a security group, subnets of a network. A change of one is
/// a change of the parent.
extension AzureTwin {
  /// Types of parents in lower case, and the members of their properties that are paths too.
  private static let parts: [String: [String]] = [
    "microsoft.network/networksecuritygroups": ["securityRules", "defaultSecurityRules"],
    "microsoft.network/virtualnetworks": ["subnets", "virtualNetworkPeerings"],
    "microsoft.network/routetables": ["routes"],
    "microsoft.network/loadbalancers": [
      "frontendIPConfigurations", "backendAddressPools", "loadBalancingRules", "inboundNatRules", "probes",
      "outboundRules",
    ],
    "microsoft.network/expressroutecircuits": ["authorizations", "peerings"],
    "microsoft.network/networkinterfaces": ["ipConfigurations"],
  ]

  /// Nil where the path is not of a part.
  func part(_ request: TwinRequest) -> TwinAnswer? {
    let path = ResourcePath(request.path) ?? ResourcePath(collection: request.path)
    guard let path, path.types.count == 2,
      let members = Self.parts["\(path.namespace)/\(path.types[0])".lowercased()],
      let member = members.first(where: { $0.lowercased() == path.types[1].lowercased() })
    else { return nil }
    // Of a collection the scope is the parent itself.
    let parentID = path.names.count == 2 ? path.top : path.scope
    guard let parent = estate.document(parentID) else { return missing(parentID) }
    let all = parent["properties"]?[member]?.elements.map { $0 } ?? []
    let type = "\(path.namespace)/\(path.types[0])/\(member)"
    func item(_ part: JSONValue) -> JSONDraft { Self.item(part, of: parentID, member, type) }
    guard path.names.count == 2, let name = path.names.last else {
      return request.method == "GET"
        ? list(all.map(item), request) : .azure(405, "MethodNotAllowed", "\(request.method) is not allowed here.")
    }
    let index = all.firstIndex { $0["name"]?.string?.lowercased() == name.lowercased() }
    let tag = index.map { Self.etag(all[$0]) }
    if let condition = request.header("if-match"), condition != "*", condition != tag { return Self.notMet }
    switch request.method {
    case "GET":
      guard let index else { return missing(request.path) }
      return TwinAnswer(json: item(all[index]), headers: [("etag", tag ?? "")])
    case "HEAD": return TwinAnswer(status: index == nil ? 404 : 204)
    case "PUT":
      guard let body = request.json, body.kind == .object else { return Self.unreadable }
      var properties = body["properties"].map(JSONDraft.value) ?? .emptyObject
      properties.set(JSONPath(steps: [.key("provisioningState")]), .string("Succeeded"))
      let part = JSONDraft.object([
        ("id", .string("\(parentID)/\(member)/\(name)")), ("name", .string(name)), ("type", .string(type)),
        ("properties", properties),
      ]).document().root
      var changed = all
      if let index { changed[index] = part } else { changed.append(part) }
      save(parent, member, changed, method: request.method)
      guard index == nil else { return TwinAnswer(json: item(part)) }
      return operations.begin(request, subscription: parentID, status: 201, body: item(part))
    case "DELETE":
      guard let index else { return TwinAnswer(status: 204) }
      var changed = all
      changed.remove(at: index)
      save(parent, member, changed, method: request.method)
      return operations.begin(request, subscription: parentID, status: 202, body: nil)
    default: return .azure(405, "MethodNotAllowed", "\(request.method) is not allowed here.")
    }
  }

  /// `accessPolicies/add`, `replace` and `remove` of a vault; nil for other paths.
  func accessPolicies(_ request: TwinRequest) -> TwinAnswer? {
    guard request.method == "PUT", let path = ResourcePath(request.path), let kind = path.names.last?.lowercased(),
      path.type == "microsoft.keyvault/vaults/accesspolicies", ["add", "replace", "remove"].contains(kind)
    else { return nil }
    guard let vault = estate.document(path.top) else { return missing(path.top) }
    guard let given = request.json?["properties"]?["accessPolicies"] else { return Self.unreadable }
    let objects = Set(given.elements.compactMap { $0["objectId"]?.string })
    let before = kind == "replace" ? [] : vault["properties"]?["accessPolicies"]?.elements.map { $0 } ?? []
    var after = before.filter { !objects.contains($0["objectId"]?.string ?? "") }
    if kind != "remove" { after += given.elements }
    save(vault, "accessPolicies", after, method: request.method)
    return TwinAnswer(
      json: .object([
        ("id", .string(request.path)), ("type", .string(path.spelledType)),
        ("properties", .object([("accessPolicies", .array(after.map(JSONDraft.value)))])),
      ]))
  }

  private static func item(_ part: JSONValue, of parent: String, _ member: String, _ type: String) -> JSONDraft {
    var members = JSONDraft.value(part).thawed().filter { $0.key != "etag" }
    func fill(_ key: String, _ text: String) {
      if !members.contains(where: { $0.key == key }) { members.append((key, .string(text))) }
    }
    fill("id", "\(parent)/\(member)/\(part["name"]?.string ?? "")")
    fill("type", type)
    members.append(("etag", .string(etag(part))))
    return .object(members)
  }

  private func save(_ parent: JSONValue, _ member: String, _ parts: [JSONValue], method: String) {
    var draft = JSONDraft.value(parent)
    draft.set(JSONPath(steps: [.key("properties"), .key(member)]), .array(parts.map(JSONDraft.value)))
    estate.write(parent["id"]?.string ?? "", draft.document().root, cloud: "azure", method: method)
  }
}
