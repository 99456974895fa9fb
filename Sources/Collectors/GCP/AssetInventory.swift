// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

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

  /// Calls `body` with name, type and time of the last update of every asset, which tell what is new, changed and gone.
  func heads(_ body: ([JSONValue]) async throws -> Void) async throws {
    try await pages("/v1/\(parent)/assets?pageSize=1000", items: "assets", body)
  }

  /// Calls `body` with every asset of one type.
  func assets(ofType type: String, _ body: ([JSONValue]) async throws -> Void) async throws {
    let kind = "contentType=\(Content.resource.rawValue)&assetTypes=\(PercentEncoding.encode(type))"
    try await pages("/v1/\(parent)/assets?\(kind)&pageSize=1000", items: "assets", body)
  }

  /// What assets are now, as the newest of their history; those that are gone meanwhile are left out.
  ///
  /// - Parameter now: seconds since 1970.
  func current(_ names: [String], now: Double) async throws -> [JSONValue] {
    let start = CivilTime(epoch: Int64(now) - 60).iso()
    let base =
      endpoints.base(of: "cloudasset.googleapis.com")
      + "/v1/\(parent):batchGetAssetsHistory?contentType=\(Content.resource.rawValue)&readTimeWindow.startTime="
      + PercentEncoding.encode(start)
    var found: [JSONValue] = []
    var rest = names[...]
    while !rest.isEmpty {
      // A call takes 100 names; a URL, as servers have it, some 8 KB.
      var url = base
      var count = 0
      while let name = rest.first, count < 100, count == 0 || url.utf8.count < 6000 {
        url += "&assetNames=\(PercentEncoding.encode(name))"
        count += 1
        rest.removeFirst()
      }
      let root = try await client.send(.init(url: url, audience: "google", account: parent)).document.root
      var newest: [String: JSONValue] = [:]
      for state in root["assets"].map({ Array($0.elements) }) ?? [] {
        guard let name = state["asset"]?["name"]?.string else { continue }
        let began = { (state: JSONValue?) in state?["window"]?["startTime"]?.string ?? "" }
        if began(newest[name]) <= began(state) { newest[name] = state }
      }
      found += newest.values.filter { $0["deleted"]?.text != "true" }.compactMap { $0["asset"] }
    }
    return found
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

  /// Whether what is known of an asset, in the members that could be read, is what is said of it now.
  func agree(with observed: JSONValue, about name: String) -> Bool {
    let said = Dictionary(of(name).map { ($0.key, $0.value) }) { first, _ in first }
    return ["iamPolicy", "orgPolicy", "accessPolicy", "accessLevel", "servicePerimeter"].allSatisfy { key in
      if unread.contains(where: { $0.key == "observed.\(key)" }) { return true }
      return said[key]?.canonical() == observed[key]?.canonical()
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
