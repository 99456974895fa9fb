// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Cloud Asset Inventory: list and search.
/// <https://cloud.google.com/asset-inventory/docs/reference/rest>
extension GoogleTwin {
  func assets(_ request: TwinRequest) -> TwinAnswer? {
    guard request.method == "GET" else { return nil }
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 3, parts[0].hasPrefix("v1"), ["projects", "folders", "organizations"].contains(parts[1]) else {
      return nil
    }
    if parts.count == 4, parts[3] == "assets" { return list(request, "\(parts[1])/\(parts[2])") }
    guard parts.count == 3, let colon = parts[2].firstIndex(of: ":") else { return nil }
    let scope = "\(parts[1])/\(parts[2][..<colon])"
    switch parts[2][colon...] {
    case ":searchAllResources": return search(request, scope)
    case ":searchAllIamPolicies": return policies(request, scope)
    default: return nil
    }
  }

  /// Rows that came from the inventory: those that another API was asked for name their parent.
  private func inventory(_ scope: String) -> [JSONValue] {
    rows { row in
      guard row["observed"]?["parent"] == nil else { return false }
      let ancestors = row["observed"]?["ancestors"]?.elements.compactMap(\.string) ?? []
      if ancestors.contains(scope) { return true }
      return scope == "projects/\(row["subscriptionId"]?.string ?? "")"
    }
  }

  private func list(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    // Clients send the name of the content or its number.
    let names = ["CONTENT_TYPE_UNSPECIFIED", "RESOURCE", "IAM_POLICY", "", "ORG_POLICY", "ACCESS_POLICY"]
    let asked = request.parameter("contentType") ?? ""
    let content = Int(asked).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? asked
    let types = Set(request.query.filter { $0.name == "assetTypes" }.map { $0.value.lowercased() })
    let members =
      switch content {
      case "IAM_POLICY": ["iamPolicy"]
      case "ORG_POLICY": ["orgPolicy"]
      case "ACCESS_POLICY": ["accessPolicy", "accessLevel", "servicePerimeter"]
      default: [String]()
      }
    let items = inventory(scope).compactMap { row -> JSONDraft? in
      if !types.isEmpty, !types.contains(row["type"]?.string ?? "") { return nil }
      var asset = Self.head(row)
      if content == "RESOURCE" { asset.append(("resource", Self.resource(row))) }
      for member in members {
        guard let value = row["observed"]?[member] else { continue }
        asset.append((member, .value(value)))
      }
      // Other contents have only the assets that they say something of.
      if !members.isEmpty, asset.last.map({ !members.contains($0.key) }) ?? true { return nil }
      return .object(asset)
    }
    return page(
      items, as: "assets", request, size: 100, most: 1000, besides: [("readTime", .string("2026-01-01T00:00:00Z"))])
  }

  private static func head(_ row: JSONValue) -> [(key: String, value: JSONDraft)] {
    var asset: [(key: String, value: JSONDraft)] = [
      ("name", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(assetType(row))),
    ]
    for key in ["ancestors", "updateTime"] {
      if let value = row["observed"]?[key] { asset.append((key, .value(value))) }
    }
    return asset
  }

  /// The type as the inventory spells it, where the row remembers.
  private static func assetType(_ row: JSONValue) -> String {
    row["observed"]?["assetType"]?.string ?? row["type"]?.string ?? ""
  }

  private static func resource(_ row: JSONValue) -> JSONDraft {
    var resource: [(key: String, value: JSONDraft)] = [("version", .string("v1"))]
    if let location = row["location"]?.string, !location.isEmpty { resource.append(("location", .string(location))) }
    if let properties = row["properties"], !properties.isNull { resource.append(("data", .value(properties))) }
    return .object(resource)
  }

  private func search(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    let types = Set(request.query.filter { $0.name == "assetTypes" }.map { $0.value.lowercased() })
    let words = (request.parameter("query") ?? "").lowercased().split(separator: " ").map(String.init)
    let items = inventory(scope).compactMap { row -> JSONDraft? in
      if !types.isEmpty, !types.contains(row["type"]?.string ?? "") { return nil }
      let text = "\(row["id"]?.string ?? "") \(row["name"]?.string ?? "")".lowercased()
      guard words.allSatisfy({ word in text.contains(word.split(separator: ":").last ?? "") }) else { return nil }
      var result: [(key: String, value: JSONDraft)] = [
        ("name", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(Self.assetType(row))),
        ("displayName", row["name"].map(JSONDraft.value) ?? .string("")),
        ("location", row["location"].map(JSONDraft.value) ?? .string("global")),
      ]
      let ancestors = row["observed"]?["ancestors"]?.elements.compactMap(\.string) ?? []
      if let project = ancestors.first(where: { $0.hasPrefix("projects/") }) {
        result.append(("project", .string(project)))
      }
      if let organization = ancestors.first(where: { $0.hasPrefix("organizations/") }) {
        result.append(("organization", .string(organization)))
      }
      if let labels = row["tags"], labels.count > 0 { result.append(("labels", .value(labels))) }
      return .object(result)
    }
    return page(items, as: "results", request, size: 100, most: 500)
  }

  private func policies(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    let items = inventory(scope).compactMap { row -> JSONDraft? in
      guard let policy = row["observed"]?["iamPolicy"] else { return nil }
      return .object([
        ("resource", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(Self.assetType(row))),
        ("policy", .value(policy)),
      ])
    }
    return page(items, as: "results", request, size: 100, most: 500)
  }
}
