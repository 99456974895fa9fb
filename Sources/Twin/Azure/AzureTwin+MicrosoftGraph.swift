// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Microsoft Graph, read: collections and objects, with `$select`, `$filter`, `$top` and pages.
extension AzureTwin {
  /// Path below the version, in lower case, and the type of the rows that are in it.
  private static let collections: [(path: String, type: String)] = [
    ("organization", "organization"), ("domains", "domains"), ("users", "users"), ("groups", "groups"),
    ("serviceprincipals", "serviceprincipals"), ("applications", "applications"),
    ("oauth2permissiongrants", "oauth2permissiongrants"), ("directoryroles", "directoryroles"),
    ("devices", "devices"),
    ("reports/authenticationmethods/userregistrationdetails", "userregistrationdetails"),
    ("rolemanagement/directory/roledefinitions", "roledefinitions"),
    ("rolemanagement/directory/roleassignments", "roleassignments"),
    ("rolemanagement/directory/roleeligibilityscheduleinstances", "roleeligibilityscheduleinstances"),
    ("identity/conditionalaccess/policies", "conditionalaccesspolicies"),
    ("identity/conditionalaccess/namedlocations", "namedlocations"),
  ]
  private static let singletons: [(path: String, type: String)] = [
    ("policies/authenticationmethodspolicy", "authenticationmethodspolicy"),
    ("policies/authorizationpolicy", "authorizationpolicy"),
    ("policies/identitysecuritydefaultsenforcementpolicy", "identitysecuritydefaultsenforcementpolicy"),
  ]

  func microsoftGraph(_ request: TwinRequest) -> TwinAnswer {
    guard request.method == "GET" else {
      return .azure(405, "Request_BadRequest", "The twin serves reads of Microsoft Graph only.")
    }
    var segments = request.path.split(separator: "/").dropFirst().map(String.init)
    // `servicePrincipals(appId='...')` is another way to name one.
    var key: (name: String, value: String)?
    if let first = segments.first, let open = first.firstIndex(of: "("), first.hasSuffix("')"),
      let equals = first.firstRange(of: "='")
    {
      key = (
        String(first[first.index(after: open)..<equals.lowerBound]), String(first[equals.upperBound...].dropLast(2))
      )
      segments[0] = String(first[..<open])
      segments.insert(key?.value ?? "", at: 1)
    }
    let path = segments.map { $0.lowercased() }.joined(separator: "/")
    if let (_, type) = Self.singletons.first(where: { $0.path == path }) {
      guard let found = rows(type).first else { return notFound(segments.last ?? "") }
      return TwinAnswer(json: selected(found, request, context: path))
    }
    if let (_, type) = Self.collections.first(where: { $0.path == path }) { return list(rows(type), request, path) }
    let parent = segments.dropLast().map { $0.lowercased() }.joined(separator: "/")
    if segments.last?.lowercased() == "$count", let (_, type) = Self.collections.first(where: { $0.path == parent }) {
      return count(rows(type), request)
    }
    if let (_, type) = Self.collections.first(where: { $0.path == parent }), let id = segments.last {
      guard let found = object(type, id, key) else { return notFound(id) }
      return TwinAnswer(json: selected(found, request, context: parent + "/$entity"))
    }
    if segments.count == 3, let (_, type) = Self.collections.first(where: { $0.path == segments[0].lowercased() }) {
      guard let found = object(type, segments[1], key), let id = found["id"]?.string else {
        return notFound(segments[1])
      }
      if let related = related(segments[0].lowercased(), id, segments[2].lowercased()) {
        return list(related, request, "directoryObjects")
      }
    }
    return .azure(404, "UnknownError", "Resource not found for the segment '\(segments.last ?? "")'.")
  }

  /// One of a collection by its id, by the name it signs in with or by another key.
  private func object(_ type: String, _ id: String, _ key: (name: String, value: String)?) -> JSONValue? {
    let wanted = id.lowercased()
    return rows(type).first { item in
      if let key { return item[key.name]?.string?.lowercased() == key.value.lowercased() }
      return item["id"]?.string?.lowercased() == wanted || item["userPrincipalName"]?.string?.lowercased() == wanted
    }
  }

  private func notFound(_ id: String) -> TwinAnswer {
    .azure(
      404, "Request_ResourceNotFound",
      "Resource '\(id)' does not exist or one of its queried reference-property objects are not present.")
  }

  private func rows(_ type: String) -> [JSONValue] {
    estate.documents(ofType: "microsoft.graph/\(type)").compactMap { $0["properties"] }
  }

  /// What an object has to do with others: rows of their own, named by where they belong. Nil for what is no relation.
  private func related(_ collection: String, _ id: String, _ relation: String) -> [JSONValue]? {
    let folder = "/tenants/\(tenant)/providers/microsoft.graph/\(collection)/\(id)"
    switch relation {
    case "members", "transitivemembers":
      guard ["groups", "directoryroles"].contains(collection) else { return nil }
      let type = collection == "groups" ? "groupmembers" : "directoryrolemembers"
      return estate.documents(in: folder + "/members").filter { $0["type"]?.string == "microsoft.graph/\(type)" }
        .compactMap { $0["properties"] }
    case "memberof", "transitivememberof":
      let groups = estate.documents(ofType: "microsoft.graph/groupmembers").filter {
        $0["properties"]?["id"]?.string?.lowercased() == id.lowercased()
      }.compactMap { row -> String? in row["id"]?.string?.split(separator: "/").dropLast(2).last.map(String.init) }
      return rows("groups").filter { groups.contains($0["id"]?.string ?? "") }
    case "owners", "ownedobjects", "approleassignments", "approleassignedto", "oauth2permissiongrants",
      "federatedidentitycredentials", "registereddevices", "owneddevices":
      return estate.documents(in: "\(folder)/\(relation)").compactMap { $0["properties"] }
    default: return nil
    }
  }

  private func count(_ items: [JSONValue], _ request: TwinRequest) -> TwinAnswer {
    guard let wanted = wanted(items, request) else { return Self.badFilter }
    return TwinAnswer(headers: [("content-type", "text/plain")], body: Array(String(wanted.count).utf8))
  }

  private static var badFilter: TwinAnswer {
    .azure(400, "BadRequest", "Invalid filter clause: the twin does not take this one.")
  }

  /// Those that `$filter` keeps, in the order of `$orderby`; nil for a filter that is not understood.
  private func wanted(_ items: [JSONValue], _ request: TwinRequest) -> [JSONValue]? {
    var items = items
    if let text = request.parameter("$filter") {
      guard let filter = Filter(text) else { return nil }
      items = items.filter { filter.holds(.value($0)) }
    }
    if let order = request.parameter("$orderby")?.split(separator: ",").first?.split(separator: " "),
      let key = order.first
    {
      let name = String(key)
      let sorted = items.enumerated().sorted { a, b in
        let (x, y) = (a.element[name]?.string ?? "", b.element[name]?.string ?? "")
        return x == y ? a.offset < b.offset : x < y
      }.map(\.element)
      items = order.last == "desc" ? sorted.reversed() : sorted
    }
    return items
  }

  private func list(_ items: [JSONValue], _ request: TwinRequest, _ context: String) -> TwinAnswer {
    guard let items = wanted(items, request) else { return Self.badFilter }
    let size = min(999, max(1, request.parameter("$top").flatMap { Int($0) } ?? 100))
    let start = min(items.count, max(0, request.parameter("$skiptoken").flatMap { Int($0) } ?? 0))
    var members: [(key: String, value: JSONDraft)] = [
      ("@odata.context", .string("\(request.base)/v1.0/$metadata#\(context)"))
    ]
    if request.parameter("$count") == "true" { members.append(("@odata.count", .int(Int64(items.count)))) }
    if start + size < items.count {
      members.append(("@odata.nextLink", .string(request.link(toPageAt: start + size))))
    }
    let page = items[start...].prefix(size).map { selected($0, request, context: nil) }
    members.append(("value", .array(Array(page))))
    return TwinAnswer(json: .object(members))
  }

  private func selected(_ item: JSONValue, _ request: TwinRequest, context: String?) -> JSONDraft {
    var members = JSONDraft.value(item).thawed()
    if let names = request.parameter("$select")?.split(separator: ",").map(String.init) {
      let wanted = Set(names.map { $0.trimmingPrefix(" ") }.map(String.init))
      members = members.filter { wanted.contains($0.key) || $0.key.hasPrefix("@odata.") }
    }
    if let context { members.insert(("@odata.context", .string("\(request.base)/v1.0/$metadata#\(context)")), at: 0) }
    return .object(members)
  }
}
