// SPDX-License-Identifier: Apache-2.0
package import Content
package import Inventory
internal import JSON
internal import Specs

/// What a scan of Google Cloud covers.
package struct GoogleScope: Sendable {
  /// Numbers of an organisation or a folder, or ids of projects; where nothing is named, all that the credentials see.
  package var organization: String?
  package var folder: String?
  package var projects: [String] = []
  package init() {}
}

/// How a scan of Google Cloud is run.
package struct GoogleScanOptions: Sendable {
  package var choice = ScanChoice()
  /// Lower-case types that may be named besides those of the specs.
  package var types: Set<String> = []
  /// What the store has of Google Cloud: asked for where a part of it is read.
  package var known: @Sendable () throws -> [KnownResource] = { [] }
  /// Whether only what changed since it became known is read.
  package var isOfChanges = false
  package init() {}
}

/// Reads an organisation, a folder or projects of Google Cloud: Cloud Asset Inventory, then what it lacks.
package final class GoogleCollector: Sendable {
  /// `organizations/123`, `folders/456`, `projects/p`.
  package let parents: [String]
  package let specs: [RESTSpec]
  let endpoints: GoogleEndpoints
  let transport: HTTPTransport
  let client: RESTClient

  /// Requests sent so far.
  package var callCount: Int { client.callCount }
  /// What stands for the whole in the list of scans.
  package var account: String { parents.joined(separator: ",") }

  /// Finds credentials and what they open.
  ///
  /// - Parameters:
  ///   - endpoint: `--gcp-endpoint`: the base of every Google API.
  ///   - authorities: `--ca-file`.
  /// - Throws: ``CredentialError``, ``NetworkSettingError``, ``ContentError``, ``APIFailure``.
  package init(
    content: ContentLibrary, environment variables: [String: String], scope: GoogleScope = .init(),
    endpoint: String? = nil, authorities: String? = nil, settings: RESTClient.Settings = .init()
  ) async throws {
    specs = try RESTSpec.all(in: content, cloud: "gcp")
    let transport = HTTPTransport(
      network: try NetworkSettings(environment: variables, addedAuthorities: authorities))
    self.transport = transport
    let given = endpoint ?? variables["PLUMB_GCP_ENDPOINT"].flatMap { $0.isEmpty ? nil : $0 }
    let endpoints = GoogleEndpoints(base: given)
    self.endpoints = endpoints
    let chain = GoogleCredentialChain(environment: variables, transport: transport, endpoints: endpoints)
    client = RESTClient(
      transport: transport, tokens: BearerTokens { _ in try await chain.token() }, settings: settings)
    do {
      // Whether the credentials serve is told before anything is read.
      _ = try await chain.token()
      parents = try await Self.parents(scope, client, endpoints, chain)
    } catch {
      await transport.shutdown()
      throw error
    }
  }

  /// What to read: what was named; else the one organisation that is seen, else the credentials' own project.
  private static func parents(
    _ scope: GoogleScope, _ client: RESTClient, _ endpoints: GoogleEndpoints, _ chain: GoogleCredentialChain
  ) async throws -> [String] {
    func prefixed(_ kind: String, _ name: String) -> String { name.hasPrefix(kind + "/") ? name : "\(kind)/\(name)" }
    var named = scope.projects.map { prefixed("projects", $0) }
    if let folder = scope.folder { named.append(prefixed("folders", folder)) }
    if let organization = scope.organization { named.append(prefixed("organizations", organization)) }
    if !named.isEmpty { return named }
    let url = "\(endpoints.base(of: "cloudresourcemanager.googleapis.com"))/v3/organizations:search"
    var reason = ""
    do throws(APIFailure) {
      let root = try await client.send(.init(url: url, audience: "google", account: "search")).document.root
      let found = root["organizations"]?.elements.compactMap { $0["name"]?.string } ?? []
      if found.count == 1 { return found }
      if found.count > 1 { reason = "; --gcp-organization names one of \(found.sorted().joined(separator: ", "))" }
    } catch {
      reason = " (organisations cannot be listed: \(error.code))"
    }
    if let project = await chain.project() { return ["projects/\(project)"] }
    throw CredentialError("no organisation, folder or project to read: give --gcp-project ID\(reason)")
  }

  package func shutdown() async { await transport.shutdown() }
}
