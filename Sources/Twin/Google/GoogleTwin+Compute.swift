// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import JSON

/// Compute Engine: any collection of a project, global or of a place, and the verbs of what is in it.
extension GoogleTwin {
  private enum Effect {
    /// The body is a member's new value.
    case member(String)
    /// The body's members are put over those that are there.
    case merged
    case status(String)
    /// A member's new value is in the query.
    case parameter(String)
    case none
  }

  private static let verbs: [String: Effect] = [
    "setMetadata": .member("metadata"), "setTags": .member("tags"), "setScheduling": .member("scheduling"),
    "setServiceAccount": .member("serviceAccounts"), "setCommonInstanceMetadata": .member("commonInstanceMetadata"),
    "setUsageExportBucket": .member("usageExportLocation"),
    "updateShieldedInstanceConfig": .member("shieldedInstanceConfig"),
    "setShieldedInstanceIntegrityPolicy": .member("shieldedInstanceIntegrityPolicy"),
    "setLabels": .merged, "setMachineType": .merged, "setPrivateIpGoogleAccess": .merged, "setSslPolicy": .merged,
    "setSecurityPolicy": .merged, "setUrlMap": .merged, "setSslCertificates": .merged, "resize": .merged,
    "setDeletionProtection": .parameter("deletionProtection"),
    "stop": .status("TERMINATED"), "start": .status("RUNNING"), "suspend": .status("SUSPENDED"),
    "resume": .status("RUNNING"), "reset": .none,
  ]

  func compute(_ request: TwinRequest) -> TwinAnswer? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.starts(with: ["compute", "v1", "projects"]), parts.count >= 4 else { return nil }
    let project = parts[3]
    var path = Array(parts[4...])
    guard rows(where: { $0["subscriptionId"]?.string == project }).isEmpty == false else {
      return .google(404, "NOT_FOUND", "The resource 'projects/\(project)' was not found")
    }
    if let place = path.firstIndex(of: "operations") {
      guard path.indices.contains(place + 1) else {
        return TwinAnswer(json: .object([("kind", .string("compute#list"))]))
      }
      return operations.look(path[place + 1])
    }
    if path.first == "aggregated", path.count == 2 { return aggregated(request, project, path[1]) }
    if path.count <= 2, ["zones", "regions"].contains(path.first) { return places(request, project, path) }
    let base = "//compute.googleapis.com/projects/\(project)"
    // A verb stands after a name: at the third place of what is global, at the fourth elsewhere.
    let length = path.first == "global" ? 3 : 4
    var verb: String?
    if path.count == length + 1 || path.count == 1, let last = path.last {
      verb = last
      path.removeLast()
    }
    let id = path.isEmpty ? base : "\(base)/\(path.joined(separator: "/"))"
    if path.isEmpty || path.count == length {
      let found = estate.document(id) ?? (path.isEmpty ? projectRow(base, project, request.base) : nil)
      guard let found else { return .google(404, "NOT_FOUND", "The resource '\(id.dropFirst(2))' was not found") }
      return one(request, found, verb, project, path)
    }
    guard path.count == length - 1 else { return nil }
    switch request.method {
    case "GET":
      guard let query = GoogleQuery(request.parameter("filter") ?? "") else {
        return .google(400, "INVALID_ARGUMENT", "Invalid value for field 'filter'.")
      }
      let items = estate.documents(in: id).filter { Self.holds(query, $0) }
      return page(
        items, as: "items", request, size: 500, most: 500,
        besides: [("kind", .string("compute#\(Self.singular(path.last ?? ""))List")), ("id", .string(id))])
    case "POST": return insert(request, project, path, id)
    default: return .google(405, "METHOD_NOT_ALLOWED", "\(request.method) is not allowed here.")
    }
  }

  private static func holds(_ query: GoogleQuery, _ row: JSONValue) -> Bool {
    query.holds { field in
      let value = JSONDraft.value(row["properties"] ?? .null).get(
        JSONPath(steps: field.split(separator: ".").map { .key(String($0)) }))
      guard case .value(let found)? = value else { return [row["name"]?.string ?? ""] }
      return [found.string ?? found.numberLiteral ?? found.boolean.map { $0 ? "true" : "false" }].compactMap(\.self)
    }
  }

  // MARK: One resource

  private func one(
    _ request: TwinRequest, _ row: JSONValue, _ verb: String?, _ project: String, _ path: [String]
  ) -> TwinAnswer? {
    if let verb, let answer = policy(request, row, verb) { return answer }
    let before = Self.data(row)
    let properties = JSONPath(steps: [.key("properties")])
    let body = request.json
    func write(_ name: String, _ after: JSONDraft) -> TwinAnswer {
      save(row, method: name) { $0.set(properties, after) }
      return begin(request, project, path, name, row)
    }
    switch (request.method, verb) {
    case ("GET", nil): return TwinAnswer(json: before)
    case ("DELETE", nil):
      estate.write(row["id"]?.string ?? "", nil, cloud: "gcp", method: "DELETE")
      return begin(request, project, path, "delete", row)
    case ("PATCH", nil), ("PUT", nil):
      guard let body, body.kind == .object else { return Self.noObject }
      guard request.method == "PUT" else { return write("patch", MergePatch.apply(body, to: before)) }
      // What the service gave stays.
      var after = JSONDraft.value(body)
      for key in ["id", "kind", "selfLink", "creationTimestamp", "name"] {
        if let value = before[key], body[key] == nil { after.set(JSONPath(steps: [.key(key)]), value) }
      }
      return write("update", after)
    case ("POST", .some(let verb)), ("PATCH", .some(let verb)):
      guard let effect = Self.verbs[verb] else { return nil }
      var after = before
      func set(_ key: String, _ value: JSONDraft) { after.set(JSONPath(steps: [.key(key)]), value) }
      switch effect {
      case .member(let key):
        guard let body, body.kind == .object else { return Self.noObject }
        set(key, key == "serviceAccounts" ? .array([.value(body)]) : .value(body))
      case .merged:
        guard let body, body.kind == .object else { return Self.noObject }
        // Labels are named as a whole.
        for (key, value) in body.members { set(key.string ?? "", .value(value)) }
      case .status(let status): set("status", .string(status))
      case .parameter(let key): set(key, .bool(request.parameter(key) != "false"))
      case .none: break
      }
      return write(verb, after)
    default: return .google(405, "METHOD_NOT_ALLOWED", "\(request.method) is not allowed here.")
    }
  }

  static var noObject: TwinAnswer { .google(400, "INVALID_ARGUMENT", "The body must be an object.") }

  private func insert(_ request: TwinRequest, _ project: String, _ path: [String], _ collection: String) -> TwinAnswer {
    guard let body = request.json, let name = body["name"]?.string, !name.isEmpty, !name.contains("/") else {
      return .google(400, "INVALID_ARGUMENT", "Invalid value for field 'resource.name'.")
    }
    let id = "\(collection)/\(name)"
    guard estate.document(id) == nil else {
      return .google(409, "ALREADY_EXISTS", "The resource '\(id.dropFirst(2))' already exists")
    }
    let kind = Self.singular(path.last ?? "")
    let link = "https://www.googleapis.com/compute/v1/projects/\(project)"
    var data = JSONDraft.value(body)
    var given = [
      ("kind", "compute#\(kind)"), ("id", String(1_000_000 + estate.generation)),
      ("selfLink", "\(link)/\(path.joined(separator: "/"))/\(name)"),
      ("creationTimestamp", "2026-01-01T00:00:00.000-00:00"),
    ]
    if path.count == 3 { given.append((String(path[0].dropLast()), "\(link)/\(path[0])/\(path[1])")) }
    for (key, text) in given { data.set(JSONPath(steps: [.key(key)]), .string(text)) }
    let type = "compute.googleapis.com/" + kind.prefix(1).uppercased() + kind.dropFirst()
    let row = self.row(
      id, type, name: name, project: project, location: path.count == 3 ? path[1] : "global", data)
    estate.write(id, row, cloud: "gcp", method: "POST")
    return begin(request, project, path, "insert", row)
  }

  /// A new row of a project, with the ancestors that the project's other rows have.
  func row(
    _ id: String, _ type: String, name: String, project: String, location: String, _ data: JSONDraft
  ) -> JSONValue {
    let like = estate.documents(ofType: "cloudresourcemanager.googleapis.com/project").first {
      $0["subscriptionId"]?.string == project
    }
    var observed: [(key: String, value: JSONDraft)] = [("assetType", .string(type))]
    if let ancestors = like?["observed"]?["ancestors"] { observed.append(("ancestors", .value(ancestors))) }
    return JSONDraft.object([
      ("id", .string(id)), ("name", .string(name)), ("type", .string(type.lowercased())),
      ("location", .string(location)), ("subscriptionId", .string(project)), ("cloud", .string("gcp")),
      ("source", .string("live")), ("tags", data["labels"] ?? .emptyObject), ("properties", data),
      ("observed", .object(observed)),
    ]).document().root
  }

  private func begin(
    _ request: TwinRequest, _ project: String, _ path: [String], _ verb: String, _ row: JSONValue
  ) -> TwinAnswer {
    let root = "\(request.base)/compute/v1/projects/\(project)"
    var members: [(key: String, value: JSONDraft)] = [
      ("operationType", .string(verb)), ("targetLink", row["properties"]?["selfLink"].map(JSONDraft.value) ?? .null),
      ("targetId", row["properties"]?["id"].map(JSONDraft.value) ?? .null),
    ].filter { !$0.value.isNull }
    var place = "\(root)/global"
    if path.count > 1, path[0] != "global" {
      place = "\(root)/\(path[0])/\(path[1])"
      members.append((String(path[0].dropLast()), .string(place)))
    }
    return operations.begin(kind: "compute#operation", at: place, members)
  }

  // MARK: Lists of everything

  private func aggregated(_ request: TwinRequest, _ project: String, _ collection: String) -> TwinAnswer {
    guard let query = GoogleQuery(request.parameter("filter") ?? ""),
      let place = place(of: request, size: 500, most: 500)
    else { return .google(400, "INVALID_ARGUMENT", "Invalid value for field 'filter' or 'pageToken'.") }
    let base = "//compute.googleapis.com/projects/\(project)/"
    var found: [(scope: String, row: JSONValue)] = []
    for row in rows() {
      guard let id = row["id"]?.string, id.hasPrefix(base) else { continue }
      let parts = id.dropFirst(base.count).split(separator: "/")
      guard parts.count >= 3, parts[parts.count - 2] == collection, Self.holds(query, row) else { continue }
      found.append((parts.count == 3 ? "global" : "\(parts[0])/\(parts[1])", row))
    }
    var scopes: [String: [JSONDraft]] = [:]
    for (scope, row) in found.dropFirst(place.start).prefix(place.size) {
      scopes[scope, default: []].append(Self.data(row))
    }
    var members: [(key: String, value: JSONDraft)] = [
      ("kind", .string("compute#\(Self.singular(collection))AggregatedList")),
      (
        "items",
        .object(scopes.sorted { $0.key < $1.key }.map { ($0, .object([(collection, .array($1))])) })
      ),
    ]
    if found.count > place.start + place.size {
      members.append(("nextPageToken", .string(String(place.start + place.size))))
    }
    return TwinAnswer(json: .object(members))
  }

  /// Zones and regions in which the project has something.
  private func places(_ request: TwinRequest, _ project: String, _ path: [String]) -> TwinAnswer {
    var names: Set<String> = []
    for row in rows() where row["subscriptionId"]?.string == project {
      guard let location = row["location"]?.string else { continue }
      let parts = location.split(separator: "-")
      if path[0] == "zones", parts.count == 3 { names.insert(location) }
      if path[0] == "regions", parts.count == 2 || parts.count == 3 {
        names.insert(parts.prefix(2).joined(separator: "-"))
      }
    }
    let kind = String(path[0].dropLast())
    func item(_ name: String) -> JSONDraft {
      .object([
        ("kind", .string("compute#\(kind)")), ("name", .string(name)), ("status", .string("UP")),
        (
          "selfLink", .string("https://www.googleapis.com/compute/v1/projects/\(project)/\(path[0])/\(name)")
        ),
      ])
    }
    if path.count == 2 {
      return names.contains(path[1])
        ? TwinAnswer(json: item(path[1])) : .google(404, "NOT_FOUND", "The resource '\(path[1])' was not found")
    }
    return TwinAnswer(
      json: .object([("kind", .string("compute#\(kind)List")), ("items", .array(names.sorted().map(item)))]))
  }

  /// Compute Engine's own view of a project, where the estate has none.
  private func projectRow(_ id: String, _ project: String, _ base: String) -> JSONValue {
    row(
      id, "compute.googleapis.com/Project", name: project, project: project, location: "global",
      .object([
        ("kind", .string("compute#project")), ("id", .string("1")), ("name", .string(project)),
        ("selfLink", .string("https://www.googleapis.com/compute/v1/projects/\(project)")),
        ("commonInstanceMetadata", .object([("kind", .string("compute#metadata"))])),
      ]))
  }

  /// The thing that a collection is of, as in `compute#firewall`.
  private static func singular(_ name: String) -> String {
    if name.hasSuffix("ies") { return name.dropLast(3) + "y" }
    if ["addresses", "globalAddresses", "targetHttpProxies"].contains(name) || name.hasSuffix("sses") {
      return String(name.dropLast(2))
    }
    return name.hasSuffix("s") ? String(name.dropLast()) : name
  }

  // MARK: Rows

  func save(_ row: JSONValue, method: String, _ change: (inout JSONDraft) -> Void) {
    var draft = JSONDraft.value(row)
    change(&draft)
    estate.write(row["id"]?.string ?? "", draft.document().root, cloud: "gcp", method: method)
  }

  static func etag(_ value: JSONValue) -> String {
    TokenIssuer.base64url(Array(SHA256.hash(data: value.canonical()).prefix(9)))
  }
}
