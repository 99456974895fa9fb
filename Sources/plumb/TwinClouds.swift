// SPDX-License-Identifier: Apache-2.0
import Collectors
import Content
import JSON
import Twin

/// The clouds that stand on this machine for an estate, each at its own port.
struct TwinClouds: Sendable {
  /// By the names that scans have for them: the server with an authority and a share of faults.
  private let servers: [(cloud: String, make: @Sendable (Authority?, Double) -> TwinServer)]

  init(
    _ estate: TwinEstate, _ content: ContentLibrary, tokenLifetime: Double = 3600, awsKeys: AWSKeys = AWSKeys(),
    denials: Denials = Denials([])
  ) throws {
    let google = GoogleTwin(
      estate: estate, tokens: TokenIssuer(lifetime: tokenLifetime),
      routes: try RESTSpec.all(in: content, cloud: "gcp").flatMap(\.entries).map { entry in
        GoogleRoute(parents: entry.parents, type: entry.type, items: entry.itemsName) { entry.path(for: $0) }
      }, roles: try GoogleTwin.predefinedRoles(content))
    let azure = AzureTwin(
      estate: estate, tenant: Self.tenant(of: estate), tokens: TokenIssuer(lifetime: tokenLifetime))
    let aws = AWSTwin(estate: estate, catalog: try AWSCatalog(content), keys: awsKeys)
    let azureAnswer = denials.guarding(azure.answer, refusal: AzureTwin.denial)
    let googleAnswer = denials.guarding(google.answer, refusal: GoogleTwin.denial)
    servers = [
      ("azure", { TwinServer(authority: $0, faults: Faults(rate: $1), azureAnswer) }),
      ("gcp", { TwinServer(authority: $0, faults: Faults(rate: $1, seed: 2), googleAnswer) }),
      (
        "aws", { TwinServer(authority: $0, faults: Faults(rate: $1, seed: 3) { aws.fault($0, $1) }) { aws.answer($0) } }
      ),
    ]
  }

  var names: [String] { servers.map(\.cloud) }

  /// An authority for the names by which clients call this machine: AWS has buckets before the host.
  static func authority() throws -> Authority { try Authority(names: ["s3.localhost", "*.s3.localhost"]) }

  /// The tenant of an estate; where none is named, one that is nobody's.
  static func tenant(of estate: TwinEstate) -> String {
    let tenants = estate.documents().lazy.compactMap { $0["tenantId"]?.string }.filter { !$0.isEmpty }
    return tenants.first ?? "11111111-1111-1111-1111-111111111111"
  }

  /// Types of Azure that only Resource Manager has.
  static func lacking(_ content: ContentLibrary) throws -> Set<String> {
    Set(try RESTSpec.all(in: content, cloud: "azure").flatMap { $0.entries.map(\.type) })
  }

  /// The documents of an estate that is inside, or of a folder `estates/NAME` of the content.
  static func documents(_ name: String, _ content: ContentLibrary) throws -> [JSONValue] {
    let documents = try EstateFolder.documents("estates/\(name)", in: content)
    guard !documents.isEmpty else { throw UsageError("--estate \(name): there is no such estate, or it is empty") }
    return documents
  }

  /// Serves all of them until the task is cancelled.
  ///
  /// - Parameter ready: is told the base of each cloud once it listens.
  func serve(
    authority: Authority?, ports: [String: Int] = [:], faultRate: Double = 0,
    ready: @escaping @Sendable (_ cloud: String, _ base: String) async -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (cloud, make) in servers {
        group.addTask {
          try await make(authority, faultRate).run(port: ports[cloud] ?? 0) { await ready(cloud, $0) }
        }
      }
      try await group.waitForAll()
    }
  }
}
