// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON

/// Reads Cloud Asset Inventory.
/// <https://cloud.google.com/asset-inventory/docs/reference/rest/v1/assets/list>
struct AssetInventory: Sendable {
  enum Content: String, Sendable, CaseIterable {
    case resource = "RESOURCE"
    case iamPolicy = "IAM_POLICY"
    case orgPolicy = "ORG_POLICY"
    case accessPolicy = "ACCESS_POLICY"
  }

  let client: RESTClient
  let endpoints: GoogleEndpoints
  /// `organizations/123`, `folders/456` or `projects/p`.
  let parent: String

  /// Calls `body` with every asset, a page at a time.
  func assets(_ content: Content, _ body: ([JSONValue]) async throws -> Void) async throws {
    try await pages(
      "/v1/\(parent)/assets?contentType=\(content.rawValue)&pageSize=1000", items: "assets", body)
  }

  /// Calls `body` with every IAM policy that the search index has: where `assets.list` may not be called.
  func policies(_ body: ([JSONValue]) async throws -> Void) async throws {
    try await pages("/v1/\(parent):searchAllIamPolicies?pageSize=500", items: "results", body)
  }

  private func pages(_ path: String, items: String, _ body: ([JSONValue]) async throws -> Void) async throws {
    let base = endpoints.base(of: "cloudasset.googleapis.com") + path
    var url = base
    var seen: Set<String> = []
    while true {
      let root = try await client.send(.init(url: url, audience: "google", account: parent)).document.root
      // A page may be empty and still name the next.
      try await body(root[items].map { Array($0.elements) } ?? [])
      guard let token = root["nextPageToken"]?.string, !token.isEmpty else { return }
      guard seen.insert(token).inserted else {
        throw APIFailure(
          reason: .error, code: "PageLoop", message: "a page token came back: assets after it are unknown")
      }
      url = GoogleStyle.page(token, of: base)
    }
  }
}

/// What the other contents of the inventory say of assets, until the resources themselves come.
struct AssetFacts: Sendable {
  /// By the asset's name: the member of `observed` and its value.
  private var facts: [String: [(key: String, value: JSONValue)]] = [:]
  /// Members of `observed` that could not be read, and why.
  var unread: [(key: String, reason: String)] = []

  static func member(_ content: AssetInventory.Content) -> String {
    switch content {
    case .resource: "resource"
    case .iamPolicy: "iamPolicy"
    case .orgPolicy: "orgPolicy"
    case .accessPolicy: "accessPolicy"
    }
  }

  mutating func add(_ asset: JSONValue, _ content: AssetInventory.Content) {
    guard let name = asset["name"]?.string ?? asset["resource"]?.string else { return }
    let members =
      content == .accessPolicy ? ["accessPolicy", "accessLevel", "servicePerimeter"] : [Self.member(content)]
    for key in members {
      guard let value = asset[key] ?? (content == .iamPolicy ? asset["policy"] : nil), !value.isNull else { continue }
      facts[name, default: []].append((key, value))
    }
  }

  func of(_ name: String) -> [(key: String, value: JSONValue)] { facts[name] ?? [] }
}

extension GoogleStyle {
  /// The row of an asset.
  ///
  /// - Parameter project: the id of its project, or the organisation or folder it is directly in.
  func row(_ asset: JSONValue, type: String, project: String, _ facts: AssetFacts) -> JSONDocument? {
    guard let id = asset["name"]?.string else { return nil }
    let resource = asset["resource"]
    let data = resource?["data"]
    let name = data?["name"]?.string.flatMap { $0.contains("/") ? nil : $0 }
    var builder = JSONBuilder()
    start(
      &builder, id: id, name: name ?? id.split(separator: "/").last.map(String.init) ?? id, type: type,
      location: resource?["location"]?.string ?? "global", project: project)
    builder.key("tags")
    if let labels = data?["labels"], labels.kind == .object {
      builder.append(labels)
    } else {
      builder.beginObject()
      builder.endObject()
    }
    builder.key("properties")
    if let data { builder.append(data) } else { builder.appendNull() }
    builder.key("observed")
    builder.beginObject()
    for (key, value) in facts.of(id) {
      builder.key(key)
      builder.append(value)
    }
    for key in ["assetType", "ancestors", "updateTime"] {
      guard let value = asset[key], !value.isNull else { continue }
      builder.key(key)
      builder.append(value)
    }
    builder.endObject()
    builder.endObject()
    return builder.finish()
  }
}
