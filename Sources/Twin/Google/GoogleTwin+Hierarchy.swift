// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Resource Manager: projects, folders and organisations in the shapes of versions 1 and 3.
extension GoogleTwin {
  private enum Level: String {
    case projects, folders, organizations

    var type: String {
      switch self {
      case .projects: "cloudresourcemanager.googleapis.com/project"
      case .folders: "cloudresourcemanager.googleapis.com/folder"
      case .organizations: "cloudresourcemanager.googleapis.com/organization"
      }
    }
  }

  func resourceManager(_ request: TwinRequest) -> TwinAnswer? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 2, ["v1", "v2", "v3"].contains(parts[0]) else { return nil }
    let isOld = parts[0] == "v1"
    if parts.count == 2 {
      let sides = parts[1].split(separator: ":", maxSplits: 1).map(String.init)
      guard let level = Level(rawValue: sides[0]), sides.count == 1 || sides[1] == "search" else { return nil }
      return list(request, level, isOld: isOld, isSearch: sides.count == 2)
    }
    guard parts.count == 3, let level = Level(rawValue: parts[1]) else { return nil }
    let sides = parts[2].split(separator: ":", maxSplits: 1).map(String.init)
    guard let row = rows(level).first(where: { Self.names($0, level).contains("\(level)/\(sides[0])") }) else {
      return .google(403, "PERMISSION_DENIED", "The caller does not have permission.")
    }
    if sides.count == 2 {
      return sides[1] == "getAncestry" ? ancestry(row, sides[0]) : policy(request, row, sides[1])
    }
    switch request.method {
    case "GET": return TwinAnswer(json: Self.shape(row, level, isOld: isOld))
    case "PATCH", "PUT":
      guard let body = request.json, body.kind == .object else { return nil }
      let mask = request.parameter("updateMask")?.split(separator: ",").map(String.init)
      save(row, method: request.method) { draft in
        for (key, value) in body.members.map({ ($0.key.string ?? "", $0.value) }) where mask?.contains(key) ?? true {
          // What version 3 calls the display name is the project's name in version 1.
          let isName = key == "displayName" && row["properties"]?["displayName"] == nil
          draft.set(JSONPath(steps: [.key("properties"), .key(isName ? "name" : key)]), .value(value))
        }
      }
      let after = estate.document(row["id"]?.string ?? "").map { Self.shape($0, level, isOld: isOld) } ?? .emptyObject
      if isOld { return TwinAnswer(json: after) }
      let type = "type.googleapis.com/google.cloud.resourcemanager.v3.\(level == .projects ? "Project" : "Folder")"
      return TwinAnswer(
        json: .object([
          ("name", .string("operations/patch")), ("done", .bool(true)),
          ("response", .object([("@type", .string(type))] + after.thawed())),
        ]))
    default: return nil
    }
  }

  private func list(_ request: TwinRequest, _ level: Level, isOld: Bool, isSearch: Bool) -> TwinAnswer {
    let text = request.parameter(isOld ? "filter" : "query") ?? request.json?["filter"]?.string ?? ""
    guard let query = GoogleQuery(text) else {
      return .google(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
    }
    let parent = isSearch ? nil : request.parameter("parent")
    let found = rows(level).filter { row in
      let new = Self.shape(row, level, isOld: false)
      if let parent, new["parent"]?.string != parent { return false }
      let shape = isOld ? Self.shape(row, level, isOld: true) : new
      return query.holds { field in
        let place = JSONPath(steps: field.split(separator: ".").map { .key(String($0)) })
        switch field {
        case "": return [row["id"]?.string, new["displayName"]?.string].compactMap(\.self)
        case "id", "projectId": return [row["subscriptionId"]?.string].compactMap(\.self)
        default: return [shape.get(place)?.string ?? new.get(place)?.string].compactMap(\.self)
        }
      }
    }
    return page(found, as: level.rawValue, request, size: 100, most: 500) { Self.shape($0, level, isOld: isOld) }
  }

  /// Those of the estate and, of organisations, those that a row has for an ancestor.
  private func rows(_ level: Level) -> [JSONValue] {
    let known = estate.documents(ofType: level.type)
    guard level == .organizations else { return known }
    let names = known.flatMap { Self.names($0, level) }
    return known
      + organizationNames.filter { !names.contains($0) }.map { name in
        JSONDraft.object([
          ("id", .string("//cloudresourcemanager.googleapis.com/\(name)")), ("type", .string(level.type)),
          (
            "properties",
            .object([
              ("name", .string(name)), ("displayName", .string(name)), ("lifecycleState", .string("ACTIVE")),
            ])
          ),
        ]).document().root
      }
  }

  /// The names by which one is asked for: a project's id and its number.
  private static func names(_ row: JSONValue, _ level: Level) -> [String] {
    var names = [
      row["properties"]?["name"]?.string, row["observed"]?["ancestors"]?.elements.first(where: { _ in true })?.string,
    ]
    .compactMap(\.self).filter { $0.hasPrefix("\(level)/") }
    if level == .projects {
      names += [row["subscriptionId"], row["properties"]?["projectNumber"]].compactMap {
        $0?.string.map { "projects/\($0)" }
      }
    } else if let id = row["id"]?.string, let place = id.firstRange(of: "\(level)/") {
      names.append(String(id[place.lowerBound...]))
    }
    return names
  }

  /// The row's data in the members of a version, whichever of the two it was recorded in.
  private static func shape(_ row: JSONValue, _ level: Level, isOld: Bool) -> JSONDraft {
    var members = row["properties"].map { JSONDraft.value($0).thawed() } ?? []
    func take(_ key: String) -> JSONDraft? {
      members.firstIndex { $0.key == key }.map { members.remove(at: $0).value }
    }
    func rename(_ old: String, _ new: String) {
      let (from, to) = isOld ? (new, old) : (old, new)
      if let value = take(from) { members.append((to, value)) }
    }
    let isRecordedOld = row["properties"]?["lifecycleState"] != nil || row["properties"]?["state"] == nil
    guard isRecordedOld != isOld else { return row["properties"].map(JSONDraft.value) ?? .emptyObject }
    rename("lifecycleState", "state")
    switch level {
    case .projects:
      let number = row["properties"]?["projectNumber"]?.string
      if isOld {
        let name = take("name")?.string
        if let name { members.append(("projectNumber", .string(String(name.dropFirst("projects/".count))))) }
        if let shown = take("displayName") { members.append(("name", shown)) }
        if let parent = take("parent")?.string {
          let sides = parent.split(separator: "/").map(String.init)
          let type = sides.first.map { String($0.dropLast()) } ?? ""
          members.append(("parent", .object([("type", .string(type)), ("id", .string(sides.last ?? ""))])))
        }
      } else {
        if let shown = take("name") { members.append(("displayName", shown)) }
        _ = take("projectNumber")
        members.append(("name", .string(number.map { "projects/\($0)" } ?? Self.names(row, level).first ?? "")))
        if let parent = take("parent"), let type = parent["type"]?.string, let id = parent["id"]?.string {
          members.append(("parent", .string("\(type)s/\(id)")))
        }
      }
    case .organizations:
      if isOld {
        if let customer = take("directoryCustomerId") {
          members.append(("owner", .object([("directoryCustomerId", customer)])))
        }
      } else if let customer = take("owner")?["directoryCustomerId"] {
        members.append(("directoryCustomerId", customer))
      }
      rename("creationTime", "createTime")
    case .folders: break
    }
    return .object(members)
  }

  private func ancestry(_ row: JSONValue, _ project: String) -> TwinAnswer {
    let above = row["observed"]?["ancestors"]?.elements.compactMap(\.string).filter { !$0.hasPrefix("projects/") } ?? []
    let all = ["projects/\(project)"] + above
    return TwinAnswer(
      json: .object([
        (
          "ancestor",
          .array(
            all.map { name in
              let sides = name.split(separator: "/").map(String.init)
              let id = JSONDraft.object([
                ("type", .string(String(sides[0].dropLast()))), ("id", .string(sides.last ?? "")),
              ])
              return .object([("resourceId", id)])
            })
        )
      ]))
  }

  // MARK: Policies

  /// `getIamPolicy` and `setIamPolicy` of any row.
  func policy(_ request: TwinRequest, _ row: JSONValue, _ verb: String) -> TwinAnswer? {
    switch verb {
    case "getIamPolicy": return TwinAnswer(json: Self.policy(of: row))
    case "setIamPolicy":
      // Storage's body is the policy itself.
      let body = request.json
      guard let policy = body?["policy"] ?? (request.method == "PUT" ? body : nil), policy.kind == .object else {
        return .google(400, "INVALID_ARGUMENT", "The body must have a policy.")
      }
      if let tag = policy["etag"]?.string, let known = Self.policy(of: row)["etag"]?.string, tag != known {
        return .google(409, "ABORTED", "There were concurrent policy changes.")
      }
      var written = JSONDraft.value(policy)
      written.set(JSONPath(steps: [.key("etag")]), .string(Self.etag(policy)))
      save(row, method: "setIamPolicy") {
        $0.set(JSONPath(steps: [.key("observed"), .key("iamPolicy")]), written)
      }
      return TwinAnswer(json: written)
    case "testIamPermissions":
      return TwinAnswer(
        json: .object([("permissions", request.json?["permissions"].map(JSONDraft.value) ?? .array([]))]))
    default: return nil
    }
  }

  static func policy(of row: JSONValue) -> JSONDraft {
    row["observed"]?["iamPolicy"].map(JSONDraft.value) ?? .object([("version", .int(1)), ("etag", .string("ACAB"))])
  }
}
