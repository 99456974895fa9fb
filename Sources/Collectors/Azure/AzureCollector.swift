// SPDX-License-Identifier: Apache-2.0
package import Content
internal import Inventory
internal import JSON

/// How a scan of Azure is run.
package struct AzureScanOptions: Sendable {
  /// Subscriptions to read; nil for all that can be seen.
  package var subscriptions: [String]?
  /// Tables and specs to read, or to leave out, by their names.
  package var only: Set<String>?
  package var exclude: Set<String> = []
  package init() {}
}

/// Reads one tenant of Microsoft Azure: everything Resource Graph has, then what its rows have besides.
package final class AzureCollector: Sendable {
  package struct Subscription: Sendable, Equatable {
    package let id: String
    package let name: String
    package let state: String
  }

  package let environment: AzureEnvironment
  package let tenant: String
  package let subscriptions: [Subscription]
  package let specs: [RESTSpec]
  private let transport: HTTPTransport
  private let client: RESTClient

  /// Tables of Resource Graph that make up the inventory. `resourcechanges` is a feed, not a part of it.
  package static let tables = [
    "resources", "resourcecontainers", "authorizationresources", "policyresources", "securityresources",
    "advisorresources",
  ]

  /// Requests sent so far.
  package var callCount: Int { client.callCount }

  /// Finds the cloud's endpoints and credentials, and asks which tenant and subscriptions they open.
  ///
  /// - Parameters:
  ///   - endpoint: `--azure-endpoint`: the base from whose `/metadata/endpoints` all others are learned.
  ///   - authorities: `--ca-file`.
  /// - Throws: ``CredentialError``, ``NetworkSettingError``, ``ContentError``, ``APIFailure``.
  package init(
    content: ContentLibrary, environment variables: [String: String], endpoint: String? = nil,
    authorities: String? = nil, settings: RESTClient.Settings = .init()
  ) async throws {
    specs = try RESTSpec.all(in: content, cloud: "azure")
    let transport = HTTPTransport(
      network: try NetworkSettings(environment: variables, addedAuthorities: authorities))
    self.transport = transport
    do {
      let given = endpoint ?? variables["PLUMB_AZURE_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 }
      let cloud: AzureEnvironment
      if let given {
        cloud = try await .discover(given, RESTClient(transport: transport, tokens: nil, settings: settings))
      } else {
        cloud = .publicCloud
      }
      let chain = AzureCredentialChain(environment: variables, transport: transport, cloud: cloud)
      let client = RESTClient(
        transport: transport, tokens: BearerTokens { try await chain.token(for: $0) }, settings: settings)
      self.environment = chain.cloud
      self.client = client
      let tenants = try await Self.list("\(cloud.resourceManager)/tenants?api-version=2022-12-01", client, cloud)
      let subscriptions = try await Self.list(
        "\(cloud.resourceManager)/subscriptions?api-version=2022-12-01", client, cloud)
      let seen = tenants.compactMap { $0["tenantId"]?.string }
      guard let tenant = chain.tenant ?? subscriptions.lazy.compactMap({ $0["tenantId"]?.string }).first ?? seen.first
      else { throw CredentialError("the credentials open no tenant: give them the role Reader on a subscription") }
      // A domain may have been given for it: the tenant is known by its GUID.
      self.tenant = seen.first { $0.lowercased() == tenant.lowercased() } ?? (seen.count == 1 ? seen[0] : tenant)
      self.subscriptions = subscriptions.compactMap { item in
        item["subscriptionId"]?.string.map {
          Subscription(id: $0, name: item["displayName"]?.string ?? $0, state: item["state"]?.string ?? "")
        }
      }
    } catch {
      await transport.shutdown()
      throw error
    }
  }

  private static func list(
    _ first: String, _ client: RESTClient, _ cloud: AzureEnvironment
  ) async throws -> [JSONValue] {
    var items: [JSONValue] = []
    var url: String? = first
    var seen: Set<String> = []
    while let next = url, seen.insert(next).inserted, HostPort.isSame(next, cloud.resourceManager) {
      let root: JSONValue
      do throws(APIFailure) {
        root = try await client.send(.init(url: next, audience: cloud.audience, account: "tenant")).document.root
      } catch {
        if error.code == "NoToken" { throw CredentialError(error.message) }
        guard error.reason == .accessDenied else { throw error }
        throw CredentialError("Azure refuses the credentials (\(error))")
      }
      items += root["value"].map { Array($0.elements) } ?? []
      url = root["nextLink"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
    return items
  }

  package func shutdown() async { await transport.shutdown() }

  /// Collects everything that is asked for. Calls that fail become gaps; only what the sink throws, or cancellation, ends
  /// the scan.
  package func scan(_ options: AzureScanOptions, into sink: CollectionSink) async throws {
    let wanted = options.subscriptions
    let chosen = subscriptions.filter { subscription in
      wanted?.contains { $0.lowercased() == subscription.id.lowercased() || $0 == subscription.name } ?? true
    }
    let isChosen: (String) -> Bool = { name in
      (options.only?.contains(name) ?? true) && !options.exclude.contains(name)
    }
    let style = AzureStyle(environment: environment, tenant: tenant)
    let run = RESTRun(
      client: client, style: style, specs: specs.filter { isChosen($0.name) }, sink: sink)
    let graph = ResourceGraph(
      client: client, cloud: environment, tenant: tenant, subscriptions: wanted == nil ? [] : chosen.map(\.id))
    let tables = Self.tables.filter(isChosen)
    let accounts = chosen.map(\.id) + [tenant]
    let isWhole = try await transport.onLoop { [tenant] in
      let row = JSONDraft.object([("id", .string("/tenants/\(tenant)")), ("tenantId", .string(tenant))])
      var asked = [RESTParent(row: row.document().root, type: "tenant", account: tenant)]
      let isWhole = try await withThrowingTaskGroup(of: (isWhole: Bool, asked: [RESTParent]).self) { group in
        for table in tables {
          group.addTask { try await Self.read(table, graph, style, run, sink, accounts) }
        }
        var isWhole = true
        for try await read in group {
          isWhole = isWhole && read.isWhole
          asked += read.asked
        }
        return isWhole
      }
      try await run.ask(about: asked)
      return isWhole
    }
    run.finish(accounts: accounts, isWhole: isWhole && tables.contains("resources"))
  }

  /// Reads one table of Resource Graph. Returns whether all of it came, and the rows of which more is to be known.
  private static func read(
    _ table: String, _ graph: ResourceGraph, _ style: AzureStyle, _ run: RESTRun, _ sink: CollectionSink,
    _ accounts: [String]
  ) async throws -> (isWhole: Bool, asked: [RESTParent]) {
    var asked: [RESTParent] = []
    var count = 0
    func progress(isDone: Bool) {
      sink.progress(
        .init(account: graph.tenant, service: table, region: "", resources: count, gaps: run.gapCount, isDone: isDone))
    }
    progress(isDone: false)
    defer { progress(isDone: true) }
    do {
      try await graph.rows(of: table) { rows in
        count += rows.count
        progress(isDone: false)
        asked += try run.emit(
          rows.compactMap { row in
            guard let made = style.row(row) else { return nil }
            let scope = Scope(cloud: "azure", account: made.account, region: table, type: made.type)
            return (
              ResourceRecord(scope: scope, document: made.document),
              RESTParent(row: made.document.root, type: made.type, account: made.account)
            )
          })
      }
      for account in accounts {
        sink.covered(Scope(cloud: "azure", account: account, region: table, type: Scope.everyType))
      }
      return (true, asked)
    } catch let failure as APIFailure {
      sink.gap(
        CoverageGap(
          cloud: "azure", account: graph.tenant, region: table, service: "resourcegraph", operation: "resources",
          type: Scope.everyType, reason: failure.reason, code: failure.code, message: failure.message,
          permission: failure.reason == .accessDenied ? "Microsoft.ResourceGraph/resources/read" : ""))
      return (false, asked)
    }
  }
}
