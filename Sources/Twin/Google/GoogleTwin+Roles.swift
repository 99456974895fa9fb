// SPDX-License-Identifier: Apache-2.0
package import Content
package import JSON

/// The roles of IAM: those that Google defines, and those of projects and organisations.
extension GoogleTwin {
  /// What content says of the roles that Google defines.
  package static func predefinedRoles(_ content: ContentLibrary) throws(ContentError) -> [JSONValue] {
    guard let file = try content.file(at: "twin/gcp/roles.yaml") else { return [] }
    var roles: [JSONValue] = []
    for node in try YAMLDocument(file).node.elements {
      try node.allow(["name", "title", "description", "includedPermissions"])
      _ = try (node.require("name").text, node.require("title").text)
      var draft = JSONDraft.value(node.value)
      draft.set(JSONPath(steps: [.key("stage")]), .string("GA"))
      draft.set(JSONPath(steps: [.key("etag")]), .string("AA=="))
      roles.append(draft.document().root)
    }
    return roles
  }

  /// `/v1/roles`, `/v1/projects/P/roles`, `/v1/organizations/O/roles`, and one of them by its name.
  func roles(_ request: TwinRequest) -> TwinAnswer? {
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.first == "v1", let place = parts.firstIndex(of: "roles"), [1, 3].contains(place),
      parts.count <= place + 2
    else { return nil }
    let name = parts.dropFirst(place + 1).first
    guard place == 3 else {
      guard request.method == "GET" else { return nil }
      guard let name else {
        // Permissions are shown in a list only to those who ask for them.
        return page(predefined, as: "roles", request, size: 300, most: 1000) { role in
          request.parameter("view") == "FULL"
            ? .value(role) : .object(role.members.filter { $0.key.string != "includedPermissions" }.map(Self.member))
        }
      }
      let found = predefined.first { $0["name"]?.string == "roles/\(name)" }
      return found.map { TwinAnswer(json: .value($0)) } ?? noRole(name)
    }
    guard ["projects", "organizations"].contains(parts[1]) else { return nil }
    let owner = "\(parts[1])/\(parts[2])/roles/"
    let all = estate.documents(ofType: "iam.googleapis.com/role").filter {
      $0["properties"]?["name"]?.string?.hasPrefix(owner) ?? false
    }
    guard let name else { return page(all, as: "roles", request, size: 300, most: 1000) }
    guard let found = all.first(where: { $0["properties"]?["name"]?.string == owner + name }) else {
      return noRole(name)
    }
    switch request.method {
    case "GET": return TwinAnswer(json: Self.data(found))
    case "PATCH":
      guard let body = request.json, body.kind == .object else { return Self.noObject }
      let after = MergePatch.apply(body, to: Self.data(found))
      save(found, method: "PATCH") { $0.set(JSONPath(steps: [.key("properties")]), after) }
      return TwinAnswer(json: after)
    default: return nil
    }
  }

  private func noRole(_ name: String) -> TwinAnswer {
    .google(404, "NOT_FOUND", "The role named \(name) was not found.")
  }

  private static func member(_ member: (key: JSONValue, value: JSONValue)) -> (key: String, value: JSONDraft) {
    (member.key.string ?? "", .value(member.value))
  }
}
