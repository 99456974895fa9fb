// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import Inventory
internal import JSON

/// Azure Resource Manager: any resource and any child by its path.
extension AzureTwin {
  func resourceManager(_ request: TwinRequest) -> TwinAnswer {
    let segments = request.path.split(separator: "/").map(String.init)
    let lower = segments.map { $0.lowercased() }
    if lower.starts(with: ["providers", "microsoft.resourcegraph"]) { return resourceGraph(request) }
    if let answer = directory(request, segments) { return answer }
    if lower.count >= 5, lower[2] == "providers", lower[3] == "microsoft.resources",
      lower.contains("operationresults") || lower.contains("operations"), let done = operations.poll(request)
    {
      return done
    }
    if let refusal = locked(request) { return refusal }
    if let answer = tags(request) ?? deployment(request) ?? part(request) ?? accessPolicies(request) { return answer }
    return request.method == "POST" ? action(request, segments) : resource(request, segments)
  }

  // MARK: Lists

  /// A page of a list; `$top` and `$skiptoken` as Azure has them.
  func list(_ items: [JSONDraft], _ request: TwinRequest) -> TwinAnswer {
    let asked = request.parameter("$top") ?? request.parameter("$maxpagesize")
    let size = min(1000, max(1, asked.flatMap { Int($0) } ?? 1000))
    let start = min(items.count, max(0, request.parameter("$skiptoken").flatMap { Int($0) } ?? 0))
    var members: [(key: String, value: JSONDraft)] = [("value", .array(Array(items[start...].prefix(size))))]
    if start + size < items.count {
      members.append(("nextLink", .string(request.link(toPageAt: start + size))))
    }
    return TwinAnswer(json: .object(members))
  }

  /// A page of those rows that `$filter` keeps; it is asked of the whole row.
  func filtered(_ rows: [JSONValue], _ request: TwinRequest, _ item: (JSONValue) -> JSONDraft) -> TwinAnswer {
    guard let text = request.parameter("$filter"), !text.isEmpty else { return list(rows.map(item), request) }
    guard let filter = Filter(text) else {
      return .azure(400, "InvalidFilterInQueryString", "Invalid $filter '\(text)' specified in the query string.")
    }
    return list(rows.filter { filter.holds(.value($0)) }.map(item), request)
  }

  // MARK: One resource

  private func resource(_ request: TwinRequest, _ segments: [String]) -> TwinAnswer {
    if let path = ResourcePath(request.path) { return one(request, request.path, type: path.type) }
    // /subscriptions/S/resourceGroups/G has no provider.
    if segments.count == 4, segments[2].lowercased() == "resourcegroups" {
      return one(request, request.path, type: Self.groupType)
    }
    guard let collection = ResourcePath(collection: request.path) else {
      return .azure(404, "InvalidResourceType", "The resource type could not be found for the path '\(request.path)'.")
    }
    guard request.method == "GET" else {
      return .azure(405, "MethodNotAllowed", "'\(request.method)' is not allowed on a collection.")
    }
    if let refusal = missingPlace(of: request.path) { return refusal }
    return filtered(rows(of: collection, request), request) { Self.item($0) }
  }

  static let groupType = "microsoft.resources/subscriptions/resourcegroups"

  private func rows(of collection: ResourcePath, _ request: TwinRequest) -> [JSONValue] {
    let scope = collection.scope.lowercased()
    if collection.type == "microsoft.authorization/roleassignments" {
      // An assignment holds for all that is below it. `atScope()` leaves out those that are below what is asked about.
      let above = request.parameter("$filter")?.lowercased().contains("atscope()") == true
      return estate.documents(ofType: collection.type).filter { row in
        guard let place = ResourcePath(row["id"]?.string ?? "")?.scope.lowercased() else { return false }
        return scope == place || scope.hasPrefix(place + "/") || !above && place.hasPrefix(scope + "/")
      }
    }
    // Below a resource only its own are listed, below a subscription or a group those of everything in it; a diagnostic
    // setting is of one scope alone.
    if ResourcePath(collection.scope) != nil || collection.type == "microsoft.insights/diagnosticsettings" {
      return estate.documents(in: request.path).filter { $0["type"]?.string == collection.type }
    }
    return estate.documents(ofType: collection.type).filter {
      $0["id"]?.string?.lowercased().hasPrefix(scope + "/") == true
    }
  }

  private func one(_ request: TwinRequest, _ id: String, type: String) -> TwinAnswer {
    let found = estate.document(id)
    let tag = found.map(Self.etag)
    if let condition = request.header("if-match"), condition != "*", condition != tag { return Self.notMet }
    if request.header("if-none-match") == "*", found != nil, request.method == "PUT" { return Self.notMet }
    switch request.method {
    case "GET":
      guard let found else { return standardService(id).map { TwinAnswer(json: $0) } ?? missing(id) }
      return TwinAnswer(json: Self.item(found), headers: [("etag", tag ?? "")])
    case "HEAD": return TwinAnswer(status: found == nil ? 404 : 204)
    case "PUT", "PATCH":
      // The settings of a site are there before anyone wrote them.
      let isThere = found != nil || type.hasPrefix("microsoft.web/sites/") && type.hasSuffix("/config")
      guard request.method == "PUT" || isThere else { return missing(id) }
      if let refusal = missingPlace(of: id, isWrite: true) { return refusal }
      guard let body = request.json, body.kind == .object else { return Self.unreadable }
      return write(request, id, type, found, body)
    case "DELETE":
      guard let found else {
        return type == Self.groupType ? missing(id) : missingPlace(of: id) ?? TwinAnswer(status: 204)
      }
      estate.write(id, nil, cloud: "azure", method: "DELETE")
      if Self.isDeletedSlowly(type) { return operations.begin(request, subscription: id, status: 202, body: nil) }
      // The services of access and policy show what is gone.
      return type.hasPrefix("microsoft.authorization/") ? TwinAnswer(json: Self.item(found)) : TwinAnswer()
    default:
      return .azure(404, "NotFound", "The action '\(request.path)' is not served by the twin.")
    }
  }

  static var notMet: TwinAnswer {
    .azure(412, "PreconditionFailed", "The condition specified using HTTP conditional header(s) is not met.")
  }

  static var unreadable: TwinAnswer {
    .azure(400, "InvalidRequestContent", "The request content was invalid and could not be deserialized.")
  }

  private func write(
    _ request: TwinRequest, _ id: String, _ type: String, _ found: JSONValue?, _ body: JSONValue
  ) -> TwinAnswer {
    let document = Self.written(request.method, id, type, tenant, found, body).document().root
    estate.write(id, document, cloud: "azure", method: request.method)
    let item = Self.item(document)
    let status = found == nil ? Self.statusOfCreation(type) : 200
    guard status != 200 else { return TwinAnswer(json: item, headers: [("etag", Self.etag(document))]) }
    return operations.begin(request, subscription: id, status: status, body: item)
  }

  /// How the services say that they made something, where it is not 201 with the resource; their libraries take no other
  /// way. 202 comes without a body. A type that ends in a slash stands for all below it; the first that fits counts.
  private static let creations: [(type: String, status: Int)] = [
    ("microsoft.storage/storageaccounts", 202), ("microsoft.storage/storageaccounts/", 200),
    ("microsoft.web/sites/functions", 201), ("microsoft.web/sites/extensions", 201),
    ("microsoft.web/sites", 202), ("microsoft.web/sites/slots", 202), ("microsoft.web/serverfarms", 202),
    ("microsoft.web/staticsites", 202), ("microsoft.web/", 200),
    ("microsoft.documentdb/databaseaccounts", 200), ("microsoft.documentdb/databaseaccounts/", 202),
    ("microsoft.compute/availabilitysets", 200), ("microsoft.compute/disks", 202),
    ("microsoft.compute/snapshots", 202), ("microsoft.compute/diskaccesses", 202),
    ("microsoft.compute/diskencryptionsets", 202), ("microsoft.management/managementgroups", 202),
    ("microsoft.sql/servers/databases", 201), ("microsoft.sql/servers/", 200), ("microsoft.sql/managedinstances/", 200),
    ("microsoft.keyvault/vaults/", 200), ("microsoft.network/privatelinkservices/", 200),
    ("microsoft.insights/", 200), ("microsoft.security/", 200),
  ]

  private static func statusOfCreation(_ type: String) -> Int {
    creations.first { $0.type.hasSuffix("/") ? type.hasPrefix($0.type) : type == $0.type }?.status ?? 201
  }

  /// What is deleted in the background; the rest is gone with the answer.
  private static func isDeletedSlowly(_ type: String) -> Bool {
    let isSlow = ["microsoft.documentdb/", "microsoft.network/networkwatchers/"].contains(where: type.hasPrefix)
    if isSlow || type == groupType { return true }
    let parts = type.split(separator: "/")
    return parts.count == 2
      && ["microsoft.network", "microsoft.compute", "microsoft.sql", "microsoft.containerservice"].contains(parts[0])
      && !["availabilitysets", "hostgroups", "proximityplacementgroups", "sshpublickeys"].contains(parts[1])
  }

  // MARK: What is missing, what is locked

  func missing(_ id: String) -> TwinAnswer {
    if let refusal = missingPlace(of: id) { return refusal }
    if let group = Self.group(id) { return Self.noGroup(group) }
    let what = ResourcePath(id).map { path in
      path.namespace + "/" + zip(path.types, path.names).map { "\($0)/\($1)" }.joined(separator: "/")
    }
    let place = id.split(separator: "/").dropFirst(3).first.map(String.init) ?? ""
    return .azure(
      404, "ResourceNotFound", "The Resource '\(what ?? id)' under resource group '\(place)' was not found.")
  }

  /// The name of the group whose id this is.
  private static func group(_ id: String) -> String? {
    let parts = id.split(separator: "/")
    return parts.count == 4 && parts[2].lowercased() == "resourcegroups" ? String(parts[3]) : nil
  }

  /// The refusal where an id's subscription or group is not there or, for a write, the resource that it is a child of.
  func missingPlace(of id: String, isWrite: Bool = false) -> TwinAnswer? {
    let (scopes, place) = (scopes.now(estate), ResourcePlace(id))
    let segments = id.split(separator: "/").map(String.init)
    guard let subscription = place.subscription else { return nil }
    guard scopes.has(subscription: subscription) else { return Self.noSubscription(segments[1]) }
    if segments.count > 4, let group = place.group, !scopes.groups.contains("\(subscription)/\(group)") {
      return Self.noGroup(segments[3])
    }
    guard isWrite, let path = ResourcePath(id), !path.isTopLevel, estate.document(path.top) == nil else { return nil }
    return .azure(
      404, "ParentResourceNotFound",
      "Can not perform requested operation on nested resource. Parent resource '\(path.names[0])' not found.")
  }

  /// The refusal where a lock on the resource or above it forbids what is asked; locks themselves may go.
  private func locked(_ request: TwinRequest) -> TwinAnswer? {
    guard request.method != "GET", request.method != "HEAD" else { return nil }
    let id = request.path.lowercased()
    guard !id.contains("/providers/microsoft.authorization/locks/") else { return nil }
    let lock = scopes.now(estate).locks.first { lock in
      let isThere = id == lock.scope || id.hasPrefix(lock.scope + "/")
      // What is deleted takes with it what is below it.
      let isBelow = request.method == "DELETE" && lock.scope.hasPrefix(id + "/")
      return (isThere || isBelow) && (lock.level == "ReadOnly" || request.method == "DELETE")
    }
    return lock.map { lock in
      .azure(
        409, "ScopeLocked",
        "The scope '\(request.path)' cannot perform '\(request.method)' because following scope(s) are locked: "
          + "'\(lock.scope)'. Please remove the lock and try again.")
    }
  }

  // MARK: Rows and resources

  /// The row after a write: PATCH merges objects (RFC 7396) but for tags, PUT puts what it names in place of what was there.
  static func written(
    _ method: String, _ id: String, _ type: String, _ tenant: String, _ found: JSONValue?, _ body: JSONValue
  ) -> JSONDraft {
    var row = found.map(JSONDraft.value) ?? empty(id, type, tenant)
    for (name, value) in body.members {
      guard let key = name.string, !["id", "name", "type", "etag", "systemData"].contains(key) else { continue }
      let place = JSONPath(steps: [.key(key)])
      let isMerged = method == "PATCH" && key != "tags"
      row.set(place, isMerged ? MergePatch.apply(value, to: row.get(place)) : .value(value))
    }
    // What has a place of its own, and what is part of a network, tells that it is ready.
    let state = JSONPath(steps: [.key("properties"), .key("provisioningState")])
    if method == "PUT", row.get(state) == nil, row["location"]?.string?.isEmpty == false {
      row.set(state, .string("Succeeded"))
    }
    for (key, value) in found == nil ? inborn[type] ?? [] : [] {
      let place = JSONPath(steps: [.key("properties"), .key(key)])
      if row.get(place) == nil { row.set(place, value) }
    }
    let scope = JSONPath(steps: [.key("properties"), .key("scope")])
    if type == "microsoft.authorization/roleassignments", row.get(scope) == nil {
      row.set(scope, .string(ResourcePath(id)?.scope ?? ""))
    }
    return row
  }

  /// What the service gives a new resource, and clients reckon with.
  private static let inborn: [String: [(key: String, value: JSONDraft)]] = [
    "microsoft.storage/storageaccounts": [
      (
        "encryption",
        .object([
          (
            "services",
            .object([
              ("blob", .object([("enabled", .bool(true)), ("keyType", .string("Account"))])),
              ("file", .object([("enabled", .bool(true)), ("keyType", .string("Account"))])),
            ])
          ), ("keySource", .string("Microsoft.Storage")),
        ])
      ), ("creationTime", .string("2026-01-01T00:00:00Z")), ("statusOfPrimary", .string("available")),
      ("supportsHttpsTrafficOnly", .bool(true)),
    ],
    "microsoft.keyvault/vaults": [("enableSoftDelete", .bool(true)), ("accessPolicies", .array([]))],
  ]

  private static func empty(_ id: String, _ type: String, _ tenant: String) -> JSONDraft {
    let parts = id.split(separator: "/").map(String.init)
    let isInSubscription = parts.count > 1 && parts[0].lowercased() == "subscriptions"
    var members: [(key: String, value: JSONDraft)] = [
      ("id", id), ("name", parts.last ?? ""), ("type", type), ("tenantId", tenant), ("kind", ""), ("location", ""),
      ("resourceGroup", ResourcePlace(id).group ?? ""), ("subscriptionId", isInSubscription ? parts[1] : ""),
      ("managedBy", ""), ("cloud", "azure"), ("source", "live"),
    ].map { (key: $0.0, value: JSONDraft.string($0.1)) }
    members.append(("properties", .emptyObject))
    return .object(members)
  }

  /// A row as Resource Manager shows the resource.
  static func item(_ row: JSONValue) -> JSONDraft {
    var members: [(key: String, value: JSONDraft)] = []
    let id = row["id"]?.string ?? ""
    let type = row["type"]?.string ?? ""
    members.append(("id", .string(id)))
    members.append(("name", row["name"].map(JSONDraft.value) ?? .string("")))
    let spelled = type == groupType ? "Microsoft.Resources/resourceGroups" : ResourcePath(id)?.spelledType ?? type
    members.append(("type", .string(spelled)))
    if type.hasPrefix("microsoft.network/") { members.append(("etag", .string(etag(row)))) }
    for key in ["location", "kind", "managedBy"] {
      if let text = row[key]?.string, !text.isEmpty { members.append((key, .string(text))) }
    }
    for key in ["sku", "plan", "identity", "zones", "extendedLocation", "tags", "properties"] {
      if let value = row[key], !value.isNull { members.append((key, .value(value))) }
    }
    return .object(members)
  }

  static func etag(_ row: JSONValue) -> String {
    let hash = SHA256.hash(data: row.canonical()).prefix(8).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }
    return "\"\(hash.joined())\""
  }
}
