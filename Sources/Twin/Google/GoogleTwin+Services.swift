// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Cloud Storage, Cloud SQL and IAM: read what is there, and the changes that fixes make.
extension GoogleTwin {
  // MARK: Cloud Storage

  func storage(_ request: TwinRequest) -> TwinAnswer? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.starts(with: ["storage", "v1", "b"]) else { return nil }
    let path = Array(parts[3...])
    guard let name = path.first else { return buckets(request) }
    guard let row = estate.document("//storage.googleapis.com/\(name)") else {
      return .google(404, "NOT_FOUND", "The specified bucket does not exist.")
    }
    if path.count >= 2, path[1] == "iam" {
      if path.last == "testPermissions" {
        let asked = request.query.filter { $0.name == "permissions" }.map { JSONDraft.string($0.value) }
        return TwinAnswer(
          json: .object([("kind", .string("storage#testIamPermissionsResponse")), ("permissions", .array(asked))]))
      }
      return policy(request, row, request.method == "GET" ? "getIamPolicy" : "setIamPolicy")
    }
    if path.count == 2, path[1] == "o", request.method == "GET" {
      return TwinAnswer(json: .object([("kind", .string("storage#objects"))]))
    }
    if path.count == 3, ["acl", "defaultObjectAcl"].contains(path[1]) { return access(request, row, path[1], path[2]) }
    if path.count == 2, ["acl", "defaultObjectAcl"].contains(path[1]), request.method == "POST" {
      return grant(request, row, path[1])
    }
    guard path.count == 1 else { return nil }
    let before = Self.data(row)
    let generation = before["metageneration"]?.string ?? "1"
    if let wanted = request.parameter("ifMetagenerationMatch"), wanted != generation {
      return .google(412, "FAILED_PRECONDITION", "At least one of the pre-conditions you specified did not hold.")
    }
    switch request.method {
    case "GET": return TwinAnswer(json: before)
    case "DELETE":
      estate.write(row["id"]?.string ?? "", nil, cloud: "gcp", method: "DELETE")
      return TwinAnswer(status: 204)
    case "PATCH", "PUT":
      guard let body = request.json, body.kind == .object else { return Self.noObject }
      var after = MergePatch.apply(body, to: before)
      let next = (Int64(generation) ?? 1) + 1
      after.set(JSONPath(steps: [.key("metageneration")]), .string(String(next)))
      save(row, method: request.method) { draft in
        draft.set(JSONPath(steps: [.key("properties")]), after)
        if let labels = after["labels"] { draft.set(JSONPath(steps: [.key("tags")]), labels) }
      }
      return TwinAnswer(json: after)
    default: return nil
    }
  }

  private func buckets(_ request: TwinRequest) -> TwinAnswer {
    let project = request.parameter("project")
    guard request.method == "POST" else {
      let prefix = request.parameter("prefix") ?? ""
      let items = estate.documents(ofType: "storage.googleapis.com/bucket").filter { row in
        (project == nil || row["subscriptionId"]?.string == project) && row["name"]?.string?.hasPrefix(prefix) ?? false
      }
      return page(items, as: "items", request, size: 1000, most: 1000, besides: [("kind", .string("storage#buckets"))])
    }
    guard let body = request.json, let name = body["name"]?.string, !name.isEmpty, !name.contains("/") else {
      return .google(400, "INVALID_ARGUMENT", "Required field: name")
    }
    let id = "//storage.googleapis.com/\(name)"
    guard estate.document(id) == nil else {
      return .google(409, "ALREADY_EXISTS", "The requested bucket name is not available.")
    }
    var data = JSONDraft.value(body)
    for (key, text) in [
      ("kind", "storage#bucket"), ("id", name), ("location", body["location"]?.string?.uppercased() ?? "US"),
      ("storageClass", body["storageClass"]?.string ?? "STANDARD"), ("metageneration", "1"),
      ("timeCreated", "2026-01-01T00:00:00.000Z"), ("updated", "2026-01-01T00:00:00.000Z"),
    ] { data.set(JSONPath(steps: [.key(key)]), .string(text)) }
    let location = data["location"]?.string?.lowercased() ?? ""
    estate.write(
      id, row(id, "storage.googleapis.com/Bucket", name: name, project: project ?? "", location: location, data),
      cloud: "gcp", method: "POST")
    return TwinAnswer(json: data)
  }

  /// An entry of a bucket's access control list.
  private func access(_ request: TwinRequest, _ bucket: JSONValue, _ list: String, _ entity: String) -> TwinAnswer? {
    let type = "storage.googleapis.com/" + (list == "acl" ? "bucketaccesscontrol" : "defaultobjectaccesscontrol")
    let found = estate.documents(ofType: type).first {
      $0["observed"]?["parent"]?.string == bucket["id"]?.string && $0["properties"]?["entity"]?.string == entity
    }
    guard let found else { return .google(404, "NOT_FOUND", "The specified entity does not exist.") }
    switch request.method {
    case "GET": return TwinAnswer(json: Self.data(found))
    case "DELETE":
      estate.write(found["id"]?.string ?? "", nil, cloud: "gcp", method: "DELETE")
      return TwinAnswer(status: 204)
    default: return nil
    }
  }

  private func grant(_ request: TwinRequest, _ bucket: JSONValue, _ list: String) -> TwinAnswer {
    guard let body = request.json, let entity = body["entity"]?.string, body["role"]?.string != nil else {
      return .google(400, "INVALID_ARGUMENT", "Required: entity and role")
    }
    let kind = list == "acl" ? "bucketAccessControl" : "objectAccessControl"
    let type = "storage.googleapis.com/" + (list == "acl" ? "bucketaccesscontrol" : "defaultobjectaccesscontrol")
    let name = bucket["name"]?.string ?? ""
    let id = "//storage.googleapis.com/buckets/\(name)/\(list)/\(entity)"
    var data = JSONDraft.value(body)
    for (key, text) in [("kind", "storage#\(kind)"), ("bucket", name)] {
      data.set(JSONPath(steps: [.key(key)]), .string(text))
    }
    var draft = JSONDraft.value(
      row(id, type, name: entity, project: bucket["subscriptionId"]?.string ?? "", location: "", data))
    draft.set(JSONPath(steps: [.key("observed")]), .object([("parent", bucket["id"].map(JSONDraft.value) ?? .null)]))
    estate.write(id, draft.document().root, cloud: "gcp", method: "POST")
    return TwinAnswer(json: data)
  }

  // MARK: Cloud SQL

  /// Reached as /v1/projects and, by older clients, as /sql/v1beta4/projects.
  func cloudSQL(_ request: TwinRequest) -> TwinAnswer? {
    var parts = request.path.split(separator: "/").map(String.init)
    if parts.first == "sql" { parts.removeFirst() }
    guard parts.count >= 4, ["v1", "v1beta4"].contains(parts[0]), parts[1] == "projects",
      ["instances", "operations"].contains(parts[3])
    else { return nil }
    let (project, path) = (parts[2], Array(parts[3...]))
    let place = "\(request.base)/v1/projects/\(project)"
    if path.first == "operations" { return path.count == 2 ? operations.look(path[1]) : nil }
    guard path.count > 1 else {
      guard request.method == "POST" else {
        let items = estate.documents(ofType: "sqladmin.googleapis.com/instance").filter {
          $0["subscriptionId"]?.string == project
        }
        return page(
          items, as: "items", request, size: 500, most: 500, besides: [("kind", .string("sql#instancesList"))])
      }
      return insertSQL(request, project, place)
    }
    let id = "//cloudsql.googleapis.com/projects/\(project)/instances/\(path[1])"
    guard let row = estate.document(id) else {
      return .google(404, "NOT_FOUND", "The Cloud SQL instance does not exist.")
    }
    guard path.count == 2 else {
      if request.method == "POST", path.count == 3, path[2] == "restart" { return begin(place, "RESTART", row) }
      // Users and databases are the rows that content asks for.
      var other = request
      other.path = "/" + (["v1"] + parts.dropFirst()).joined(separator: "/")
      return routed(other)
    }
    switch request.method {
    case "GET": return TwinAnswer(json: Self.data(row))
    case "DELETE":
      estate.write(id, nil, cloud: "gcp", method: "DELETE")
      return begin(place, "DELETE", row)
    case "PATCH", "PUT":
      guard let body = request.json, body.kind == .object else { return Self.noObject }
      save(row, method: request.method) {
        $0.set(JSONPath(steps: [.key("properties")]), MergePatch.apply(body, to: Self.data(row)))
      }
      return begin(place, "UPDATE", row)
    default: return nil
    }
  }

  private func insertSQL(_ request: TwinRequest, _ project: String, _ place: String) -> TwinAnswer {
    guard let body = request.json, let name = body["name"]?.string, !name.isEmpty, !name.contains("/") else {
      return .google(400, "INVALID_ARGUMENT", "The instance must have a name.")
    }
    let id = "//cloudsql.googleapis.com/projects/\(project)/instances/\(name)"
    guard estate.document(id) == nil else {
      return .google(409, "ALREADY_EXISTS", "The Cloud SQL instance already exists.")
    }
    var data = JSONDraft.value(body)
    for (key, text) in [("kind", "sql#instance"), ("project", project), ("state", "RUNNABLE")] {
      data.set(JSONPath(steps: [.key(key)]), .string(text))
    }
    let made = row(
      id, "sqladmin.googleapis.com/Instance", name: name, project: project, location: body["region"]?.string ?? "", data
    )
    estate.write(id, made, cloud: "gcp", method: "POST")
    return begin(place, "CREATE", made)
  }

  private func begin(_ place: String, _ type: String, _ row: JSONValue) -> TwinAnswer {
    let name = row["name"]?.string ?? ""
    return operations.begin(
      kind: "sql#operation", at: place,
      [
        ("operationType", .string(type)), ("targetId", .string(name)),
        ("targetProject", row["subscriptionId"].map(JSONDraft.value) ?? .null),
        ("targetLink", .string("\(place)/instances/\(name)")),
      ])
  }

  // MARK: IAM

  /// Service accounts and their keys.
  func identities(_ request: TwinRequest) -> TwinAnswer? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 4, parts[0] == "v1", parts[1] == "projects" else { return nil }
    let (project, rest) = (parts[2], Array(parts[4...]))
    guard parts[3] == "serviceAccounts" else { return nil }
    guard let first = rest.first else {
      return request.method == "POST" ? createAccount(request, project) : accounts(request, project)
    }
    let sides = first.split(separator: ":", maxSplits: 1).map(String.init)
    let type = "iam.googleapis.com/serviceaccount"
    let row = estate.documents(ofType: type).first { row in
      let properties = row["properties"]
      return (project == "-" || row["subscriptionId"]?.string == project)
        && [properties?["email"], properties?["uniqueId"], row["name"]].contains { $0?.string == sides[0] }
    }
    guard let row else { return .google(404, "NOT_FOUND", "Unknown service account") }
    if rest.count >= 2, rest[1] == "keys" { return keys(request, row, Array(rest.dropFirst(2))) }
    guard rest.count == 1 else { return nil }
    let id = row["id"]?.string ?? ""
    switch (request.method, sides.count == 2 ? sides[1] : nil) {
    case ("GET", nil): return TwinAnswer(json: Self.data(row))
    case ("DELETE", nil):
      estate.write(id, nil, cloud: "gcp", method: "DELETE")
      return TwinAnswer(json: .emptyObject)
    case ("PATCH", nil):
      guard let body = request.json?["serviceAccount"] ?? request.json, body.kind == .object else {
        return Self.noObject
      }
      save(row, method: "PATCH") {
        $0.set(JSONPath(steps: [.key("properties")]), MergePatch.apply(body, to: Self.data(row)))
      }
      return TwinAnswer(json: estate.document(id).map(Self.data) ?? .emptyObject)
    case ("POST", "disable"), ("POST", "enable"):
      save(row, method: sides[1]) {
        $0.set(JSONPath(steps: [.key("properties"), .key("disabled")]), .bool(sides[1] == "disable"))
      }
      return TwinAnswer(json: .emptyObject)
    case (_, .some(let verb)): return policy(request, row, verb)
    default: return nil
    }
  }

  private func accounts(_ request: TwinRequest, _ project: String) -> TwinAnswer {
    let items = estate.documents(ofType: "iam.googleapis.com/serviceaccount").filter {
      $0["subscriptionId"]?.string == project
    }
    return page(items, as: "accounts", request, size: 20, most: 100)
  }

  private func createAccount(_ request: TwinRequest, _ project: String) -> TwinAnswer {
    guard let account = request.json?["accountId"]?.string, !account.isEmpty, !account.contains("/") else {
      return .google(400, "INVALID_ARGUMENT", "The account ID is missing.")
    }
    let email = "\(account)@\(project).iam.gserviceaccount.com"
    let number = String(100_000_000 + estate.generation)
    var data = request.json?["serviceAccount"].map(JSONDraft.value) ?? .emptyObject
    for (key, text) in [
      ("name", "projects/\(project)/serviceAccounts/\(email)"), ("projectId", project), ("uniqueId", number),
      ("email", email), ("etag", "MDEwMjE5MjA="), ("oauth2ClientId", number),
    ] { data.set(JSONPath(steps: [.key(key)]), .string(text)) }
    let id = "//iam.googleapis.com/projects/\(project)/serviceAccounts/\(number)"
    estate.write(
      id, row(id, "iam.googleapis.com/ServiceAccount", name: email, project: project, location: "global", data),
      cloud: "gcp", method: "POST")
    return TwinAnswer(json: data)
  }

  private func keys(_ request: TwinRequest, _ account: JSONValue, _ path: [String]) -> TwinAnswer? {
    let all = estate.documents(ofType: "iam.googleapis.com/serviceaccountkey").filter {
      $0["observed"]?["parent"]?.string == account["id"]?.string
    }
    guard let first = path.first else {
      guard request.method == "GET" else {
        return .google(501, "UNIMPLEMENTED", "The twin makes no keys of service accounts.")
      }
      return page(all, as: "keys", request, size: 1000, most: 1000)
    }
    let sides = first.split(separator: ":", maxSplits: 1).map(String.init)
    let found = all.first { $0["properties"]?["name"]?.string?.hasSuffix("/keys/\(sides[0])") == true }
    guard let found else { return .google(404, "NOT_FOUND", "Service account key \(sides[0]) does not exist.") }
    switch (request.method, sides.count == 2 ? sides[1] : nil) {
    case ("GET", nil): return TwinAnswer(json: Self.data(found))
    case ("DELETE", nil): estate.write(found["id"]?.string ?? "", nil, cloud: "gcp", method: "DELETE")
    case ("POST", "disable"), ("POST", "enable"):
      save(found, method: sides[1]) {
        $0.set(JSONPath(steps: [.key("properties"), .key("disabled")]), .bool(sides[1] == "disable"))
      }
    default: return nil
    }
    return TwinAnswer(json: .emptyObject)
  }
}
