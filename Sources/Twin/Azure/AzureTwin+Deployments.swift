// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Tags on their own, and deployments of templates that say plainly what they make.
extension AzureTwin {
  // MARK: Tags

  /// `Microsoft.Resources/tags/default` of a scope; nil for other paths.
  func tags(_ request: TwinRequest) -> TwinAnswer? {
    let suffix = "/providers/microsoft.resources/tags/default"
    guard request.path.lowercased().hasSuffix(suffix) else { return nil }
    let id = String(request.path.dropLast(suffix.count))
    guard let row = estate.document(id) else { return missing(id) }
    let before = row["tags"].map(JSONDraft.value) ?? .emptyObject
    let given = request.json?["properties"]?["tags"]
    var after: JSONDraft
    switch (request.method, request.json?["operation"]?.string?.lowercased()) {
    case ("GET", _): after = before
    case ("DELETE", _): after = .emptyObject
    case ("PUT", _), ("PATCH", "replace"): after = given.map(JSONDraft.value) ?? .emptyObject
    case ("PATCH", "merge"): after = given.map { MergePatch.apply($0, to: before) } ?? before
    case ("PATCH", "delete"):
      // A tag goes where its value is the one named, as where none is.
      after = .object(
        before.thawed().filter { tag in
          guard let value = given?[tag.key] else { return true }
          return value.string?.isEmpty == false && value.string != tag.value.string
        })
    default: return Self.unreadable
    }
    if after.isNull { after = .emptyObject }
    if request.method != "GET" {
      var draft = JSONDraft.value(row)
      draft.set(JSONPath(steps: [.key("tags")]), after)
      estate.write(id, draft.document().root, cloud: "azure", method: request.method)
    }
    if request.method == "DELETE" { return TwinAnswer() }
    return TwinAnswer(
      json: .object([
        ("id", .string(request.path)), ("name", .string("default")), ("type", .string("Microsoft.Resources/tags")),
        ("properties", .object([("tags", after)])),
      ]))
  }

  // MARK: Deployments

  /// A template is carried out where it has no expressions: its resources are written as by PUT. The twin does not
  /// reckon with functions and parameters, and says so. Nil for paths of other things.
  func deployment(_ request: TwinRequest) -> TwinAnswer? {
    var path = request.path
    let isValidation = path.lowercased().hasSuffix("/validate")
    if isValidation { path = String(path.dropLast("/validate".count)) }
    guard let named = ResourcePath(path), named.type == "microsoft.resources/deployments",
      isValidation ? request.method == "POST" : request.method == "PUT"
    else { return nil }
    if let refusal = missingPlace(of: path, isWrite: true) { return refusal }
    guard let properties = request.json?["properties"] else { return Self.unreadable }
    guard let resources = properties["template"]?["resources"] else {
      return .azure(400, "InvalidTemplate", "Deployment template validation failed: it has no resources.")
    }
    guard !Self.hasExpression(resources, depth: 0) else {
      return .azure(400, "InvalidTemplate", "Deployment template validation failed: the twin takes no expressions.")
    }
    var outcome: [(id: String, type: String, body: JSONValue)] = []
    for resource in resources.elements {
      guard let type = resource["type"]?.string, let name = resource["name"]?.string, resource["apiVersion"] != nil
      else {
        return .azure(
          400, "InvalidTemplate", "Deployment template validation failed: a resource needs type, name and apiVersion.")
      }
      let types = type.split(separator: "/").map(String.init)
      let names = name.split(separator: "/").map(String.init)
      guard types.count == names.count + 1 else {
        return .azure(
          400, "InvalidTemplate", "The template resource '\(name)' for type '\(type)' has incorrect segments.")
      }
      let tail = zip(types.dropFirst(), names).map { "\($0)/\($1)" }.joined(separator: "/")
      outcome.append(("\(named.scope)/providers/\(types[0])/\(tail)", type.lowercased(), resource))
    }
    let done = JSONDraft.object([
      ("provisioningState", .string("Succeeded")),
      ("mode", properties["mode"].map(JSONDraft.value) ?? .string("Incremental")),
      ("timestamp", .string("2026-01-01T00:00:00Z")), ("duration", .string("PT1S")),
      ("correlationId", .string("00000000-0000-0000-0000-000000000000")), ("dependencies", .array([])),
      (
        isValidation ? "validatedResources" : "outputResources",
        .array(outcome.map { .object([("id", .string($0.id))]) })
      ),
    ])
    let body = JSONDraft.object([
      ("id", .string(path)), ("name", .string(named.names.last ?? "")),
      ("type", .string("Microsoft.Resources/deployments")), ("properties", done),
    ])
    if isValidation { return TwinAnswer(json: body) }
    for (id, type, resource) in outcome {
      let members = JSONDraft.value(resource).thawed().filter { !["apiVersion", "dependsOn"].contains($0.key) }
      let document = Self.written(
        "PUT", id, type, tenant, estate.document(id), JSONDraft.object(members).document().root)
      estate.write(id, document.document().root, cloud: "azure", method: "PUT")
    }
    let record = Self.written("PUT", path, named.type, tenant, estate.document(path), body.document().root)
    estate.write(path, record.document().root, cloud: "azure", method: "PUT")
    return operations.begin(request, subscription: path, status: 201, body: body)
  }

  private static func hasExpression(_ value: JSONValue, depth: Int) -> Bool {
    guard depth < 64 else { return true }
    if let text = value.string { return text.hasPrefix("[") && text.hasSuffix("]") && !text.hasPrefix("[[") }
    return value.elements.contains { hasExpression($0, depth: depth + 1) }
      || value.members.contains { hasExpression($0.value, depth: depth + 1) }
  }
}
