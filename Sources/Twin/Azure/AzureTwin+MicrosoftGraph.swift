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
    let segments = request.path.split(separator: "/").dropFirst().map(String.init)
    let path = segments.map { $0.lowercased() }.joined(separator: "/")
    if let (_, type) = Self.singletons.first(where: { $0.path == path }) {
      guard let found = rows(type).first else { return notFound(segments.last ?? "") }
      return TwinAnswer(json: selected(found, request, context: path))
    }
    if let (_, type) = Self.collections.first(where: { $0.path == path }) { return list(rows(type), request, path) }
    if segments.count == 3, let members = members(segments.map { $0.lowercased() }) {
      return list(members, request, "directoryObjects")
    }
    let parent = segments.dropLast().map { $0.lowercased() }.joined(separator: "/")
    if let (_, type) = Self.collections.first(where: { $0.path == parent }), let id = segments.last {
      let wanted = id.lowercased()
      let found = rows(type).first { item in
        item["id"]?.string?.lowercased() == wanted || item["userPrincipalName"]?.string?.lowercased() == wanted
      }
      return found.map { TwinAnswer(json: selected($0, request, context: parent + "/$entity")) } ?? notFound(id)
    }
    return .azure(404, "UnknownError", "Resource not found for the segment '\(segments.first ?? "")'.")
  }

  private func notFound(_ id: String) -> TwinAnswer {
    .azure(
      404, "Request_ResourceNotFound",
      "Resource '\(id)' does not exist or one of its queried reference-property objects are not present.")
  }

  private func rows(_ type: String) -> [JSONValue] {
    estate.documents(ofType: "microsoft.graph/\(type)").compactMap { $0["properties"] }
  }

  /// Members of a group or a role: rows of their own, named by where they belong.
  private func members(_ segments: [String]) -> [JSONValue]? {
    guard segments[2] == "members", ["groups", "directoryroles"].contains(segments[0]) else { return nil }
    let type = segments[0] == "groups" ? "groupmembers" : "directoryrolemembers"
    let folder = "/tenants/\(tenant)/providers/microsoft.graph/\(segments[0])/\(segments[1])/members"
    return estate.documents(in: folder).filter { $0["type"]?.string == "microsoft.graph/\(type)" }
      .compactMap { $0["properties"] }
  }

  private func list(_ items: [JSONValue], _ request: TwinRequest, _ context: String) -> TwinAnswer {
    var items = items
    if let text = request.parameter("$filter") {
      guard let filter = Filter(text) else {
        return .azure(
          400, "BadRequest", "Invalid filter clause: the twin serves eq, ne, startswith, endswith, and, or.")
      }
      items = items.filter { filter.holds(.value($0)) }
    }
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
