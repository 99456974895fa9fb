// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import Inventory
internal import JSON

/// Azure Resource Manager: any resource and any child by its path.
extension AzureTwin {
  func resourceManager(_ request: TwinRequest) -> TwinAnswer {
    let segments = request.path.split(separator: "/").map(String.init)
    let lower = segments.map { $0.lowercased() }
    switch lower.count {
    case 1 where lower[0] == "tenants": return tenants()
    case 1 where lower[0] == "subscriptions": return list(subscriptions, request)
    case 1 where lower[0] == "providers", 3 where lower[0] == "subscriptions" && lower[2] == "providers":
      return list(providers(), request)
    case 2 where lower[0] == "providers": return provider(segments[1])
    case 4 where lower[0] == "subscriptions" && lower[2] == "providers": return provider(segments[3])
    case 3 where lower[0] == "subscriptions" && lower[2] == "locations": return list(locations(lower[1]), request)
    case 3 where lower[0] == "subscriptions" && lower[2] == "resources":
      return list(generic(request, below: "/subscriptions/\(lower[1])/"), request)
    case 5 where lower[2] == "resourcegroups" && lower[4] == "resources":
      return list(generic(request, below: "/subscriptions/\(lower[1])/resourcegroups/\(lower[3])/"), request)
    case 3 where lower[0] == "subscriptions" && lower[2] == "resourcegroups":
      return list(
        documents("microsoft.resources/subscriptions/resourcegroups", below: "/subscriptions/\(lower[1])/"), request)
    case 2 where lower[0] == "subscriptions":
      guard let found = subscriptions.first(where: { $0["subscriptionId"]?.string?.lowercased() == lower[1] }) else {
        return .azure(404, "SubscriptionNotFound", "The subscription '\(segments[1])' could not be found.")
      }
      return TwinAnswer(json: found)
    default: break
    }
    if lower.starts(with: ["providers", "microsoft.resourcegraph"]) { return resourceGraph(request) }
    if lower.count >= 5, lower[2] == "providers", lower[3] == "microsoft.resources", lower.last != nil,
      lower.contains("operationresults") || lower.contains("operations"), let done = operations.poll(request)
    {
      return done
    }
    return resource(request, segments)
  }

  // MARK: Lists

  private func tenants() -> TwinAnswer {
    TwinAnswer(
      json: .object([
        (
          "value",
          .array([
            .object([
              ("id", .string("/tenants/\(tenant)")), ("tenantId", .string(tenant)), ("displayName", .string("Twin")),
              ("countryCode", .string("NL")), ("tenantCategory", .string("Home")), ("domains", .array([])),
            ])
          ])
        )
      ]))
  }

  /// Those of the estate, and those that a resource of it names.
  private var subscriptions: [JSONDraft] {
    var names: [String: String] = [:]
    for document in estate.documents() {
      guard let id = document["subscriptionId"]?.string, !id.isEmpty, document["cloud"]?.string ?? "azure" == "azure"
      else {
        continue
      }
      let isItself = document["type"]?.string == "microsoft.resources/subscriptions"
      if isItself || names[id] == nil { names[id] = isItself ? document["name"]?.string ?? id : names[id] ?? id }
    }
    return names.sorted { $0.key < $1.key }.map { id, name in
      .object([
        ("id", .string("/subscriptions/\(id)")), ("authorizationSource", .string("RoleBased")),
        ("managedByTenants", .array([])), ("subscriptionId", .string(id)), ("tenantId", .string(tenant)),
        ("displayName", .string(name)), ("state", .string("Enabled")),
        (
          "subscriptionPolicies",
          .object([
            ("locationPlacementId", .string("Public_2014-09-01")), ("quotaId", .string("PayAsYouGo_2014-09-01")),
            ("spendingLimit", .string("Off")),
          ])
        ),
      ])
    }
  }

  /// Locations that resources of the estate are in.
  private func locations(_ subscription: String) -> [JSONDraft] {
    let found = estate.documents { $0["cloud"]?.string ?? "azure" == "azure" }.compactMap { $0["location"]?.string }
    return Set(found).subtracting(["", "global"]).sorted().map { name in
      .object([
        ("id", .string("/subscriptions/\(subscription)/locations/\(name)")), ("name", .string(name)),
        ("type", .string("Region")), ("displayName", .string(name)), ("regionalDisplayName", .string(name)),
      ])
    }
  }

  private func documents(_ type: String, below prefix: String) -> [JSONDraft] {
    estate.documents(ofType: type).filter { $0["id"]?.string?.lowercased().hasPrefix(prefix) == true }
      .map { Self.item($0) }
  }

  /// Resources of any type, as `/resources` lists them: without their properties.
  private func generic(_ request: TwinRequest, below prefix: String) -> [JSONDraft] {
    let wanted = request.parameter("$filter").flatMap { Filter($0) }
    return estate.documents { document in
      guard document["id"]?.string?.lowercased().hasPrefix(prefix) == true else { return false }
      guard let path = ResourcePath(document["id"]?.string ?? ""), ResourceGraphTable.name(of: path.type) == "resources" else {
        return false
      }
      // What is tracked below another resource has a location: databases, extensions.
      return path.isTopLevel || document["location"]?.string?.isEmpty == false
    }.map { Self.item($0) }.filter { wanted?.holds($0) ?? true }.map { item in
      .object(item.thawed().filter { !["properties", "etag"].contains($0.key) })
    }
  }

  /// Providers that the estate has resources of, with every version: clients look for one they know.
  private func providers() -> [JSONDraft] {
    var types: [String: Set<String>] = [:]
    for document in estate.documents() {
      guard let path = ResourcePath(document["id"]?.string ?? "") else { continue }
      types[path.namespace, default: []].insert(path.types.joined(separator: "/"))
    }
    return types.sorted { $0.key < $1.key }.map { Self.provider($0.key, $0.value) }
  }

  private func provider(_ name: String) -> TwinAnswer {
    var types: Set<String> = []
    var spelling = name
    for document in estate.documents() {
      guard let path = ResourcePath(document["id"]?.string ?? ""), path.namespace.lowercased() == name.lowercased()
      else {
        continue
      }
      spelling = path.namespace
      types.insert(path.types.joined(separator: "/"))
    }
    return TwinAnswer(json: Self.provider(spelling, types))
  }

  private static func provider(_ name: String, _ types: Set<String>) -> JSONDraft {
    let versions = [
      "2025-01-01", "2024-07-01", "2024-01-01", "2023-07-01", "2023-05-01", "2023-01-01", "2022-09-01", "2021-04-01",
    ]
    return .object([
      ("id", .string("/providers/\(name)")), ("namespace", .string(name)),
      ("registrationState", .string("Registered")), ("registrationPolicy", .string("RegistrationRequired")),
      (
        "resourceTypes",
        .array(
          types.sorted().map { type in
            .object([
              ("resourceType", .string(type)), ("locations", .array([])),
              ("apiVersions", .array(versions.map(JSONDraft.string))), ("defaultApiVersion", .string(versions[0])),
            ])
          })
      ),
    ])
  }

  /// A page of a list; `$top` and `$skiptoken` as Azure has them.
  private func list(_ items: [JSONDraft], _ request: TwinRequest) -> TwinAnswer {
    let size = min(1000, max(1, request.parameter("$top").flatMap { Int($0) } ?? 1000))
    let start = min(items.count, max(0, request.parameter("$skiptoken").flatMap { Int($0) } ?? 0))
    var members: [(key: String, value: JSONDraft)] = [("value", .array(Array(items[start...].prefix(size))))]
    if start + size < items.count {
      members.append(("nextLink", .string(request.link(toPageAt: start + size))))
    }
    return TwinAnswer(json: .object(members))
  }

  // MARK: One resource

  private func resource(_ request: TwinRequest, _ segments: [String]) -> TwinAnswer {
    if let path = ResourcePath(request.path) {
      return one(request, request.path, type: path.type)
    }
    // /subscriptions/S/resourceGroups/G has no provider.
    if segments.count == 4, segments[2].lowercased() == "resourcegroups" {
      return one(request, request.path, type: "microsoft.resources/subscriptions/resourcegroups")
    }
    guard let collection = ResourcePath(collection: request.path) else {
      return .azure(404, "InvalidResourceType", "The resource type could not be found for the path '\(request.path)'.")
    }
    guard request.method == "GET" else {
      return .azure(405, "MethodNotAllowed", "'\(request.method)' is not allowed on a collection.")
    }
    let wanted = request.parameter("$filter").flatMap { Filter($0) }
    // Below a resource only its own are listed, below a subscription or a group those of everything in it; a diagnostic
    // setting is of one scope alone.
    let isOwn = ResourcePath(collection.scope) != nil || collection.type == "microsoft.insights/diagnosticsettings"
    let items =
      isOwn
      ? estate.documents(in: request.path).filter { $0["type"]?.string == collection.type }.map { Self.item($0) }
      : documents(collection.type, below: collection.scope.lowercased() + "/")
    return list(wanted.map { filter in items.filter(filter.holds) } ?? items, request)
  }

  private func one(_ request: TwinRequest, _ id: String, type: String) -> TwinAnswer {
    let found = estate.document(id)
    let tag = found.map(Self.etag)
    if let condition = request.header("if-match"), condition != "*", condition != tag {
      return .azure(412, "PreconditionFailed", "The condition specified using HTTP conditional header(s) is not met.")
    }
    switch request.method {
    case "GET":
      guard let found else { return Self.missing(id) }
      return TwinAnswer(json: Self.item(found), headers: [("etag", tag ?? "")])
    case "HEAD": return TwinAnswer(status: found == nil ? 404 : 204)
    case "PUT", "PATCH":
      guard request.method == "PUT" || found != nil else { return Self.missing(id) }
      guard let body = request.json, body.kind == .object else {
        return .azure(400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.")
      }
      return write(request, id, type, found, body)
    case "DELETE":
      guard found != nil else { return TwinAnswer(status: 204) }
      estate.write(id, nil, cloud: "azure", method: "DELETE")
      guard Self.slowToDelete.contains(where: type.hasPrefix) else { return TwinAnswer() }
      return operations.begin(request, subscription: id, status: 202, body: nil)
    default:
      return .azure(404, "NotFound", "The action '\(request.path)' is not served by the twin.")
    }
  }

  private func write(
    _ request: TwinRequest, _ id: String, _ type: String, _ found: JSONValue?, _ body: JSONValue
  ) -> TwinAnswer {
    let document = Self.written(request.method, id, type, tenant, found, body).document().root
    estate.write(id, document, cloud: "azure", method: request.method)
    let item = Self.item(document)
    guard found == nil else { return TwinAnswer(json: item, headers: [("etag", Self.etag(document))]) }
    // The services differ in how they say that they have begun; SDKs take no other way than their service's.
    let namespace = type.prefix { $0 != "/" }
    let isTopLevel = type.split(separator: "/").count == 2
    let status = isTopLevel && Self.acceptingNamespaces.contains(String(namespace)) ? 202 : 201
    return operations.begin(request, subscription: id, status: status, body: item)
  }

  /// What is deleted in the background; the rest is gone with the answer.
  private static let slowToDelete = [
    "microsoft.network/", "microsoft.compute/", "microsoft.sql/", "microsoft.containerservice/",
    "microsoft.resources/subscriptions/resourcegroups",
  ]

  /// Namespaces that answer a creation with 202 and no body.
  private static let acceptingNamespaces: Set<String> = [
    "microsoft.storage", "microsoft.web", "microsoft.documentdb", "microsoft.dbforpostgresql", "microsoft.dbformysql",
  ]

  private static func missing(_ id: String) -> TwinAnswer {
    .azure(404, "ResourceNotFound", "The Resource '\(id)' was not found.")
  }

  /// The row after a write: PATCH merges objects (RFC 7396), PUT puts what it names in place of what was there.
  static func written(
    _ method: String, _ id: String, _ type: String, _ tenant: String, _ found: JSONValue?, _ body: JSONValue
  ) -> JSONDraft {
    var members: [(key: String, value: JSONDraft)] = []
    func set(_ key: String, _ value: JSONDraft) {
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].value = value
      } else {
        members.append((key, value))
      }
    }
    if let found {
      members = JSONDraft.value(found).thawed()
    } else {
      let parts = id.split(separator: "/").map(String.init)
      for (key, text) in [
        ("id", id), ("name", parts.last ?? ""), ("type", type), ("tenantId", tenant), ("kind", ""), ("location", ""),
        ("resourceGroup", parts.count > 3 && parts[2].lowercased() == "resourcegroups" ? parts[3].lowercased() : ""),
        ("subscriptionId", parts.count > 1 && parts[0].lowercased() == "subscriptions" ? parts[1] : ""),
        ("managedBy", ""), ("cloud", "azure"), ("source", "live"),
      ] { set(key, .string(text)) }
      set("properties", .emptyObject)
    }
    for (name, value) in body.members {
      guard let key = name.string, !["id", "name", "type", "etag", "systemData"].contains(key) else { continue }
      let before = members.first { $0.key == key }?.value
      set(key, method == "PATCH" ? MergePatch.apply(value, to: before) : .value(value))
    }
    return .object(members)
  }

  /// A row as Resource Manager shows the resource.
  static func item(_ row: JSONValue) -> JSONDraft {
    var members: [(key: String, value: JSONDraft)] = []
    let id = row["id"]?.string ?? ""
    members.append(("id", .string(id)))
    members.append(("name", row["name"].map(JSONDraft.value) ?? .string("")))
    members.append(("type", .string(ResourcePath(id)?.spelledType ?? row["type"]?.string ?? "")))
    for key in ["location", "kind", "managedBy"] {
      if let text = row[key]?.string, !text.isEmpty { members.append((key, .string(text))) }
    }
    for key in ["sku", "plan", "identity", "zones", "extendedLocation", "tags", "properties"] {
      if let value = row[key], !value.isNull { members.append((key, .value(value))) }
    }
    return .object(members)
  }

  private static func etag(_ row: JSONValue) -> String {
    let hash = SHA256.hash(data: row.canonical()).prefix(8).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }
    return "\"\(hash.joined())\""
  }
}

/// What a path of Azure Resource Manager names: the last provider in it, its types and names by turns.
struct ResourcePath {
  let scope: String
  let namespace: String
  let types: [String]
  let names: [String]

  /// Of a resource; nil for other paths.
  init?(_ path: String) {
    self.init(path, isCollection: false)
  }

  /// Of a collection, whose last type has no name.
  init?(collection path: String) {
    self.init(path, isCollection: true)
  }

  private init?(_ path: String, isCollection: Bool) {
    let parts = path.split(separator: "/").map(String.init)
    guard let place = parts.lastIndex(where: { $0.lowercased() == "providers" }), place + 2 < parts.count else {
      return nil
    }
    let rest = parts[(place + 2)...]
    guard rest.count % 2 == (isCollection ? 1 : 0) else { return nil }
    namespace = parts[place + 1]
    types = rest.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    names = rest.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    // A collection below a resource has that resource for its scope, one right below a provider what is before it.
    let end = isCollection && types.count > 1 ? parts.count - 1 : place
    scope = "/" + parts[..<end].joined(separator: "/")
  }

  /// Lower case, as in `resources`.
  var type: String { spelledType.lowercased() }
  var spelledType: String { namespace + "/" + types.joined(separator: "/") }
  var isTopLevel: Bool { types.count == 1 }
}
