// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// Reads subscriptions without Resource Graph: Azure Resource Manager lists what there is, and is asked for each by itself.
/// Rows are those that Resource Graph would have given. It takes a call per resource.
/// <https://learn.microsoft.com/rest/api/resources/resources/list>
struct ResourceLists: Sendable {
  let client: RESTClient
  let style: AzureStyle
  let run: RESTRun
  let sink: CollectionSink
  /// Resources asked for at once.
  private static let width = 32

  /// Whether Resource Graph, having failed so, is to be done without.
  static func serves(instead failure: APIFailure) -> Bool {
    switch failure.reason {
    case .accessDenied, .notImplemented: true
    case .error: failure.status >= 400 && failure.code != "PageLoop"
    case .malformed, .timeout, .throttled, .network: false
    }
  }

  /// Reads one subscription and its resource groups: what of `resourcecontainers` is its.
  func containers(_ subscription: JSONValue) async throws -> AzureCollector.TablesRead {
    let id = subscription["id"]?.string ?? ""
    let account = subscription["subscriptionId"]?.string ?? ""
    return try await reading("resourcecontainers", account, "Microsoft.Resources/subscriptions/resourceGroups/read") {
      read, sink in
      let type = "microsoft.resources/subscriptions"
      // Only Resource Graph tells the management groups above it.
      let unread = ["properties.managementGroupAncestorsChain", "properties.quotaId"]
      var itself = draft(of: subscription, type: type).thawed()
      itself.removeAll { ["name", "properties", "tags"].contains($0.key) }
      itself.append(("name", subscription["displayName"].map(JSONDraft.value) ?? .string(account)))
      itself.append(("tags", subscription["tags"].map(JSONDraft.value) ?? .null))
      itself.append(
        (
          "properties",
          .object(
            ["state", "subscriptionPolicies", "authorizationSource", "managedByTenants"].compactMap { key in
              subscription[key].map { (key, .value($0)) }
            })
        ))
      try take(.object(itself), unread: unread, "resourcecontainers", &read, sink)
      try await pages("\(style.environment.resourceManager)\(id)/resourcegroups?api-version=2022-09-01", account) {
        for item in $0 { try take(draft(of: item, type: "\(type)/resourcegroups"), "resourcecontainers", &read, sink) }
      }
    }
  }

  /// Reads the resources of one subscription: what of `resources` is its.
  func resources(of account: String) async throws -> AzureCollector.TablesRead {
    try await reading("resources", account, "Microsoft.Resources/subscriptions/resources/read") { read, sink in
      let base = "\(style.environment.resourceManager)/subscriptions/\(account)"
      var versions: [String: String] = [:]
      try await pages("\(base)/providers?api-version=2022-09-01", account) {
        for provider in $0 { Self.learn(provider, &versions) }
      }
      try await pages("\(base)/resources?api-version=2022-09-01&$top=1000", account) { items in
        let wanted = items.filter { item in
          let type = item["type"]?.string?.lowercased() ?? ""
          return ResourceGraphTable.name(of: type) == "resources"
            && run.plan.reads(type, in: item["location"]?.string ?? "")
        }
        try await withThrowingTaskGroup(of: (row: JSONDraft, unread: [String])?.self) { group in
          func finish(_ done: (row: JSONDraft, unread: [String])?) throws {
            if let done { try take(done.row, unread: done.unread, "resources", &read, sink) }
          }
          for (index, item) in wanted.enumerated() {
            if index >= Self.width, let done = try await group.next() { try finish(done) }
            let version = versions[item["type"]?.string?.lowercased() ?? ""]
            group.addTask { try await whole(item, version, account, sink) }
          }
          for try await done in group { try finish(done) }
        }
      }
    }
  }

  /// A resource with its properties; nil for one that is gone since it was listed.
  private func whole(
    _ item: JSONValue, _ version: String?, _ account: String, _ sink: CollectionSink
  ) async throws -> (row: JSONDraft, unread: [String])? {
    let type = item["type"]?.string ?? ""
    let id = item["id"]?.string ?? ""
    do throws(APIFailure) {
      guard let version else {
        throw APIFailure(reason: .error, code: "NoVersion", message: "no provider names a version of \(type)")
      }
      let path = PercentEncoding.encode(id, keepingSlashes: true)
      var call = RESTClient.Call(
        url: "\(style.environment.resourceManager)\(path)?api-version=\(version)",
        audience: style.environment.audience, account: account)
      call.method = "GET"
      return (draft(of: try await client.send(call).document.root, type: type.lowercased()), [])
    } catch {
      if Task.isCancelled { throw CancellationError() }
      if error.status == 404 { return nil }
      sink.gap(
        gap(error, account, table: "resources", type: type.lowercased(), resource: id, permission: "\(type)/read"))
      // What is left out of the row is kept as an earlier scan saw it.
      let unread = ["properties", "identity"]
      let known = draft(of: item, type: type.lowercased()).thawed().filter { !unread.contains($0.key) }
      return (.object(known), unread)
    }
  }

  /// The version of each type of a provider that is asked for: its own choice, else the newest that is no preview.
  private static func learn(_ provider: JSONValue, _ versions: inout [String: String]) {
    let namespace = provider["namespace"]?.string ?? ""
    for entry in provider["resourceTypes"].map({ Array($0.elements) }) ?? [] {
      guard let name = entry["resourceType"]?.string else { continue }
      let all = entry["apiVersions"]?.elements.compactMap(\.string) ?? []
      versions["\(namespace)/\(name)".lowercased()] =
        entry["defaultApiVersion"]?.string ?? all.first { !$0.contains("preview") } ?? all.first
    }
  }

  // MARK: Lists

  private func pages(
    _ first: String, _ account: String, _ body: ([JSONValue]) async throws -> Void
  ) async throws {
    var url: String? = first
    var seen: Set<String> = []
    while let next = url {
      guard seen.insert(next).inserted, HostPort.isSame(next, style.environment.resourceManager) else {
        throw APIFailure(
          reason: .error, code: "PageLoop",
          message: "a page came back or is on another host: what is after it is unknown")
      }
      let root = try await client.send(.init(url: next, audience: style.environment.audience, account: account))
        .document.root
      try await body(root["value"].map { Array($0.elements) } ?? [])
      url = root["nextLink"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// Runs a reading of one table's part, of which a failure is a gap.
  private func reading(
    _ table: String, _ account: String, _ permission: String,
    _ body: (inout AzureCollector.TablesRead, CollectionSink) async throws -> Void
  ) async throws -> AzureCollector.TablesRead {
    var read = AzureCollector.TablesRead()
    let name = RESTUnit.name("list", table, account)
    guard let unit = sink.unit(name) else {
      read.restore(try sink.resources(ofDone: name), run)
      read.parts[table] = [account]
      return read
    }
    sink.progress(.init(account: account, service: table, region: "", resources: 0, gaps: 0, isDone: false))
    do {
      try await body(&read, unit)
      read.parts[table] = [account]
      try unit.finish()
    } catch let failure as APIFailure {
      sink.gap(gap(failure, account, table: table, type: Scope.everyType, permission: permission))
    }
    sink.progress(
      .init(
        account: account, service: table, region: "", resources: read.count, gaps: run.gapCount, isDone: true))
    return read
  }

  private func gap(
    _ failure: APIFailure, _ account: String, table: String, type: String, resource: String = "", permission: String
  ) -> CoverageGap {
    CoverageGap(
      cloud: "azure", account: account, region: table, service: "arm", operation: resource.isEmpty ? "list" : "get",
      type: type, resourceId: resource, paths: resource.isEmpty ? [] : ["properties", "identity"],
      reason: failure.reason, code: failure.code, message: failure.message,
      permission: failure.reason == .accessDenied ? permission : "")
  }

  // MARK: Rows

  private func take(
    _ row: JSONDraft, unread: [String] = [], _ table: String, _ read: inout AzureCollector.TablesRead,
    _ sink: CollectionSink
  ) throws {
    guard let made = style.row(row.document().root),
      run.plan.reads(made.type, in: made.document.root["location"]?.string ?? "")
    else { return }
    read.count += 1
    read.types[table, default: []].insert(made.type)
    let gaps = unread.isEmpty ? [] : [ResourceGap(paths: unread, reason: "NotRead")]
    let scope = Scope(cloud: "azure", account: made.account, region: table, type: made.type)
    read.asked += try run.emit(
      [
        (
          ResourceRecord(scope: scope, document: made.document, gaps: gaps),
          RESTParent(row: made.document.root, type: made.type, account: made.account)
        )
      ], into: sink)
  }

  /// What Resource Manager says of a resource, in the columns of Resource Graph.
  private func draft(of item: JSONValue, type: String) -> JSONDraft {
    let id = item["id"]?.string ?? ""
    let segments = ResourceSegments(id)
    var members: [(key: String, value: JSONDraft)] = [
      ("id", .string(id)), ("name", item["name"].map(JSONDraft.value) ?? .string("")), ("type", .string(type)),
      ("tenantId", .string(style.tenant)), ("resourceGroup", .string(segments.resourceGroup)),
      ("subscriptionId", .string(segments.subscription)),
    ]
    for key in ["kind", "location", "managedBy"] { members.append((key, .string(item[key]?.string ?? ""))) }
    for key in ["sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation"] {
      members.append((key, item[key].map(JSONDraft.value) ?? .null))
    }
    return .object(members)
  }
}
