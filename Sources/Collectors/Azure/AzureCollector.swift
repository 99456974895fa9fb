// SPDX-License-Identifier: Apache-2.0
package import Content
package import Inventory
internal import JSON

/// How a scan of Azure is run.
package struct AzureScanOptions: Sendable {
  package var choice = ScanChoice()
  /// Lower-case types that may be named besides those of the specs.
  package var types: Set<String> = []
  /// What the store has of Azure: asked for where a part of it is read.
  package var known: @Sendable () throws -> [KnownResource] = { [] }
  /// Seconds since 1970 from which on changes are asked for, instead of everything.
  package var since: Double?
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
  let transport: HTTPTransport
  let client: RESTClient

  package static var tables: [String] { ResourceGraphTable.names }

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

  static func list(
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

}
