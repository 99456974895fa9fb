// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Resource Manager, Compute Engine, Cloud Storage and Cloud SQL: read what is there, and the changes that fixes make.
extension GoogleTwin {
  func resourceManager(_ request: TwinRequest) -> TwinAnswer? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 2, ["v1", "v3"].contains(parts[0]) else { return nil }
    if parts[1] == "organizations:search" {
      return page(
        organizationNames.map {
          .object([("name", .string($0)), ("displayName", .string($0)), ("state", .string("ACTIVE"))])
        },
        as: "organizations", request, size: 50, most: 50)
    }
    let projects = estate.documents(ofType: "cloudresourcemanager.googleapis.com/project")
    if parts[1] == "projects:search" || (parts.count == 2 && parts[1] == "projects") {
      return page(
        projects.compactMap { $0["properties"].map(JSONDraft.value) }, as: "projects", request, size: 100, most: 500)
    }
    guard parts.count == 3, parts[1] == "projects" else { return nil }
    let sides = parts[2].split(separator: ":", maxSplits: 1).map(String.init)
    let row = projects.first { row in
      row["subscriptionId"]?.string == sides[0]
        || row["observed"]?["ancestors"]?.elements.contains { $0.string == "projects/\(sides[0])" } == true
    }
    guard let row else { return .google(403, "PERMISSION_DENIED", "The caller does not have permission.") }
    if sides.count == 2 { return policy(request, row, sides[1]) }
    return request.method == "GET" ? row["properties"].map { TwinAnswer(json: .value($0)) } : nil
  }

  /// `getIamPolicy` and `setIamPolicy` of any row.
  private func policy(_ request: TwinRequest, _ row: JSONValue, _ verb: String) -> TwinAnswer? {
    switch verb {
    case "getIamPolicy": return TwinAnswer(json: Self.policy(of: row))
    case "setIamPolicy":
      guard let policy = request.json?["policy"], policy.kind == .object else {
        return .google(400, "INVALID_ARGUMENT", "The body must have a policy.")
      }
      if let tag = policy["etag"]?.string, let known = row["observed"]?["iamPolicy"]?["etag"]?.string, tag != known {
        return .google(409, "ABORTED", "There were concurrent policy changes.")
      }
      save(row, method: "setIamPolicy") {
        $0.set(JSONPath(steps: [.key("observed"), .key("iamPolicy")]), .value(policy))
      }
      return TwinAnswer(json: .value(policy))
    case "testIamPermissions":
      return TwinAnswer(
        json: .object([("permissions", request.json?["permissions"].map(JSONDraft.value) ?? .array([]))]))
    default: return nil
    }
  }

  private static func policy(of row: JSONValue) -> JSONDraft {
    row["observed"]?["iamPolicy"].map(JSONDraft.value)
      ?? .object([("version", .int(1)), ("etag", .string("ACAB")), ("bindings", .array([]))])
  }

  // MARK: Services

  func service(_ request: TwinRequest) -> TwinAnswer? {
    let parts = request.path.split(separator: "/").map(String.init)
    if parts.starts(with: ["compute", "v1", "projects"]), parts.count >= 5 {
      return compute(request, project: parts[3], Array(parts[4...]))
    }
    if parts.starts(with: ["storage", "v1", "b"]) { return storage(request, Array(parts[3...])) }
    // Cloud SQL is reached as /v1/projects and, by older clients, as /sql/v1beta4/projects.
    let sql = parts.first == "sql" ? Array(parts.dropFirst()) : parts
    if sql.count >= 4, ["v1", "v1beta4"].contains(sql[0]), sql[1] == "projects",
      ["instances", "operations"].contains(sql[3])
    {
      return cloudSQL(request, project: sql[2], Array(sql[3...]))
    }
    return nil
  }

  private func compute(_ request: TwinRequest, project: String, _ path: [String]) -> TwinAnswer? {
    let place = "\(request.base)/compute/v1/projects/\(project)"
    if path.contains("operations") {
      return TwinAnswer(json: Self.operation("\(place)/\(path.joined(separator: "/"))", path.last ?? ""))
    }
    var path = path
    var verb: String?
    if ["setMetadata", "stop", "start", "setLabels", "setTags", "setServiceAccount"].contains(path.last) {
      verb = path.removeLast()
    }
    if path.first == "aggregated", path.count == 2 {
      let items = rows {
        $0["id"]?.string?.contains("/projects/\(project)/") == true
          && $0["id"]?.string?.contains("/\(path[1])/") == true
      }
      var zones: [String: [JSONDraft]] = [:]
      for row in items { zones[row["location"]?.string ?? "global", default: []].append(Self.data(row)) }
      let members = zones.sorted { $0.key < $1.key }.map { zone, list -> (key: String, value: JSONDraft) in
        (zone == "global" ? zone : "zones/\(zone)", .object([(path[1], .array(list))]))
      }
      return TwinAnswer(json: .object([("items", .object(members))]))
    }
    let base = "//compute.googleapis.com/projects/\(project)/\(path.joined(separator: "/"))"
    if path == [] || path.count == 1 && path[0].isEmpty { return nil }
    if let row = estate.document(base) {
      return changed(request, row, verb: verb) { name in Self.operation("\(place)/global/operations/\(name)", name) }
    }
    let isCollection = path.count == (path.first == "global" ? 2 : 3)
    guard isCollection else { return .google(404, "NOT_FOUND", "The resource '\(base)' was not found") }
    switch request.method {
    case "GET":
      let prefix = base.lowercased() + "/"
      let items = rows { $0["id"]?.string?.lowercased().hasPrefix(prefix) == true }.map(Self.data)
      return page(items, as: "items", request, size: 500, most: 500, besides: [("kind", .string("compute#list"))])
    case "POST":
      guard let body = request.json, let name = body["name"]?.string else {
        return .google(400, "INVALID_ARGUMENT", "The body must have a name.")
      }
      let row = JSONDraft.object([
        ("id", .string("\(base)/\(name)")), ("name", .string(name)),
        ("type", .string("compute.googleapis.com/\(Self.singular(path.last ?? "").lowercased())")),
        ("location", .string(path.first == "global" ? "global" : path[1])), ("subscriptionId", .string(project)),
        ("cloud", .string("gcp")), ("source", .string("live")), ("tags", .emptyObject), ("properties", .value(body)),
        ("observed", observed(of: project, type: Self.singular(path.last ?? ""))),
      ]).document().root
      estate.write("\(base)/\(name)", row, cloud: "gcp", method: "POST")
      return TwinAnswer(json: Self.operation("\(place)/global/operations/insert", "insert"))
    default: return .google(405, "METHOD_NOT_ALLOWED", "\(request.method) is not allowed here.")
    }
  }

  /// What the inventory says of a new resource: its type, and what its project is in.
  private func observed(of project: String, type: String) -> JSONDraft {
    let row = estate.documents(ofType: "cloudresourcemanager.googleapis.com/project").first {
      $0["subscriptionId"]?.string == project
    }
    return .object([
      ("assetType", .string("compute.googleapis.com/\(type.prefix(1).uppercased())\(type.dropFirst())")),
      ("ancestors", row?["observed"]?["ancestors"].map(JSONDraft.value) ?? .array([])),
    ])
  }

  private static func singular(_ name: String) -> String { name.hasSuffix("s") ? String(name.dropLast()) : name }

  private func storage(_ request: TwinRequest, _ path: [String]) -> TwinAnswer? {
    guard let name = path.first else {
      let project = request.parameter("project")
      let items = rows { row in
        row["type"]?.string == "storage.googleapis.com/bucket"
          && (project == nil || row["subscriptionId"]?.string == project)
      }.map(Self.data)
      return page(items, as: "items", request, size: 1000, most: 1000, besides: [("kind", .string("storage#buckets"))])
    }
    guard let row = estate.document("//storage.googleapis.com/\(name)") else {
      return .google(404, "NOT_FOUND", "The specified bucket does not exist.")
    }
    if path.count == 2, path[1] == "iam" {
      if request.method == "GET" { return TwinAnswer(json: Self.policy(of: row)) }
      guard request.method == "PUT", let policy = request.json else { return nil }
      save(row, method: "setIamPolicy") {
        $0.set(JSONPath(steps: [.key("observed"), .key("iamPolicy")]), .value(policy))
      }
      return TwinAnswer(json: .value(policy))
    }
    guard path.count == 1 else { return nil }
    // Storage answers with the bucket itself, not with an operation.
    return changed(request, row, verb: nil, operation: nil)
  }

  private func cloudSQL(_ request: TwinRequest, project: String, _ path: [String]) -> TwinAnswer? {
    let place = "\(request.base)/v1/projects/\(project)/operations"
    if path.first == "operations" {
      return TwinAnswer(json: Self.sqlOperation("\(place)/\(path.last ?? "")", path.last ?? ""))
    }
    guard path.count > 1 else {
      let items = rows {
        $0["type"]?.string == "sqladmin.googleapis.com/instance" && $0["subscriptionId"]?.string == project
      }
      return page(items.map(Self.data), as: "items", request, size: 500, most: 500)
    }
    guard path.count == 2 else { return nil }
    guard let row = estate.document("//cloudsql.googleapis.com/projects/\(project)/instances/\(path[1])") else {
      return .google(404, "NOT_FOUND", "The Cloud SQL instance does not exist.")
    }
    return changed(request, row, verb: nil) { name in Self.sqlOperation("\(place)/\(name)", name) }
  }

  // MARK: Reading and changing a row

  private func changed(
    _ request: TwinRequest, _ row: JSONValue, verb: String?, operation: ((String) -> JSONDraft)?
  ) -> TwinAnswer {
    let path = JSONPath(steps: [.key("properties")])
    switch (request.method, verb) {
    case ("GET", nil): return TwinAnswer(json: Self.data(row))
    case ("DELETE", nil):
      estate.write(row["id"]?.string ?? "", nil, cloud: "gcp", method: "DELETE")
      return operation.map { TwinAnswer(json: $0("delete")) } ?? TwinAnswer(status: 204)
    case ("PATCH", nil), ("PUT", nil), ("POST", .some):
      guard let body = request.json, body.kind == .object else {
        return .google(400, "INVALID_ARGUMENT", "The body must be an object.")
      }
      let patch = Self.patch(verb, body)
      let before = row["properties"].map(JSONDraft.value)
      let isWhole = request.method == "PUT"
      save(row, method: verb ?? request.method) {
        $0.set(path, isWhole ? .value(body) : MergePatch.apply(patch.document().root, to: before))
      }
      guard let operation else {
        return TwinAnswer(json: estate.document(row["id"]?.string ?? "").map(Self.data) ?? .emptyObject)
      }
      return TwinAnswer(json: operation(verb ?? "patch"))
    default: return .google(405, "METHOD_NOT_ALLOWED", "\(request.method) is not allowed here.")
    }
  }

  /// What an instance's own verbs change.
  private static func patch(_ verb: String?, _ body: JSONValue) -> JSONDraft {
    switch verb {
    case "setMetadata": .object([("metadata", .value(body))])
    case "setTags": .object([("tags", .value(body))])
    case "setLabels": .object([("labels", body["labels"].map(JSONDraft.value) ?? .emptyObject)])
    case "setServiceAccount": .object([("serviceAccounts", .array([.value(body)]))])
    case "stop": .object([("status", .string("TERMINATED"))])
    case "start": .object([("status", .string("RUNNING"))])
    default: .value(body)
    }
  }

  private func save(_ row: JSONValue, method: String, _ change: (inout JSONDraft) -> Void) {
    var draft = JSONDraft.value(row)
    change(&draft)
    estate.write(row["id"]?.string ?? "", draft.document().root, cloud: "gcp", method: method)
  }

  private static func data(_ row: JSONValue) -> JSONDraft { row["properties"].map(JSONDraft.value) ?? .emptyObject }

  private static func operation(_ link: String, _ name: String) -> JSONDraft {
    .object([
      ("kind", .string("compute#operation")), ("id", .string("1")), ("name", .string(name)),
      ("status", .string("DONE")),
      ("progress", .int(100)), ("selfLink", .string(link)),
    ])
  }

  private static func sqlOperation(_ link: String, _ name: String) -> JSONDraft {
    .object([
      ("kind", .string("sql#operation")), ("name", .string(name)), ("status", .string("DONE")),
      ("selfLink", .string(link)),
    ])
  }
}
