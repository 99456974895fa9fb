// SPDX-License-Identifier: Apache-2.0
package import Content
internal import Inventory
internal import JSON
package import Specs
internal import Synchronization

/// Who is asking.
package struct AWSIdentity: Sendable {
  package let account: String
  package let arn: String
  package let partition: AWSPartition
}

/// How a scan of AWS is run.
package struct AWSScanOptions: Sendable {
  /// Regions to ask; nil for all that the account has enabled.
  package var regions: [String]?
  /// What to collect.
  package var selection = AWSSelection()
  /// Whether the account says what there is in its organisation: accounts, units, policies.
  var administersOrganization = false
  /// Seconds that a service may take in a region.
  package var serviceDeadline = 900.0
  package var servicesAtOnce = 8
  package var itemsAtOnce = 8
  /// Seconds since 1970 from which on changes are asked for, instead of everything.
  package var since: Double?
  /// The accounts that were read before; others are read whole.
  package var knownAccounts: Set<String> = []
  package init() {}
}

/// Reads an AWS account.
///
///     let collector = try await AWSCollector(content: library, environment: environment, profile: nil)
///     try await collector.scan(AWSScanOptions(), into: CollectionSink(session: session))
///     await collector.shutdown()
package final class AWSCollector: Sendable {
  package let identity: AWSIdentity
  package let specs: [CollectorSpec]
  let models: [String: ServiceModel]
  let transport: HTTPTransport
  let client: AWSClient
  let endpoints: AWSEndpoints
  let settings: AWSClient.Settings
  /// The caller's keys.
  let provider: CredentialProvider
  /// Exchanges keys for those of roles.
  let chain: @Sendable () -> CredentialChain
  /// The region that the environment or the profile names.
  package let configuredRegion: String

  private let roleCalls = Atomic<Int>(0)
  private let changedAccounts = Atomic<Int>(0)

  /// Whether a scan of changes was one, in some account at least.
  package var hasReadChanges: Bool { changedAccounts.load(ordering: .relaxed) > 0 }

  /// Seconds for which CloudTrail keeps events, with a day to spare.
  package static let feedIsKept = 89.0 * 86_400

  /// Requests sent so far, those for other accounts counted when they are done.
  package var callCount: Int { client.callCount + roleCalls.load(ordering: .relaxed) }
  func addCalls(_ count: Int) { roleCalls.wrappingAdd(count, ordering: .relaxed) }

  /// Finds credentials and asks whose they are.
  ///
  /// - Parameter authorities: `--ca-file`.
  /// - Throws: ``CredentialError`` or ``AWSFailure`` where they do not serve, ``NetworkSettingError`` for a proxy or a
  ///   file of authorities that cannot be used, ``ContentError`` for a broken spec.
  package init(
    content: ContentLibrary, environment: [String: String], profile: String? = nil, authorities: String? = nil,
    settings: AWSClient.Settings = .init()
  ) async throws {
    specs = try CollectorSpec.all(in: content)
    var models: [String: ServiceModel] = [:]
    for file in try content.files(under: "collectors/aws/operations", suffix: ".json") {
      let model = try ServiceModel(file)
      models[model.service] = model
    }
    self.models = models
    guard let sts = models["sts"] else { throw CredentialError("the content has no operation table for sts") }
    let profiles = ProfileFiles(environment: environment)
    let settled = profiles.profiles[CredentialChain.profileName(environment, profile)]
    let endpoints = AWSEndpoints(environment: environment, profileURL: settled?["endpoint_url"])
    let transport = HTTPTransport(
      network: try NetworkSettings(
        environment: environment, profileBundle: settled?["ca_bundle"], addedAuthorities: authorities))
    self.transport = transport
    @Sendable func chain(_ profiles: ProfileFiles) -> CredentialChain {
      CredentialChain(
        environment: environment, profile: profile, profiles: profiles, transport: transport, sts: sts,
        endpoints: endpoints)
    }
    let region = chain(profiles).region
    configuredRegion = region
    // The files are read anew each time: tools that sign in write new keys there while a scan runs.
    let provider = CredentialProvider { try await chain(ProfileFiles(environment: environment)).credentials() }
    self.provider = provider
    self.chain = { chain(profiles) }
    self.endpoints = endpoints
    self.settings = settings
    client = AWSClient(transport: transport, credentials: provider, endpoints: endpoints, settings: settings)
    do {
      identity = try await Self.identity(client, sts, region, try await provider.credentials(now: AWSClient.now))
    } catch {
      await transport.shutdown()
      throw error
    }
  }

  private static func identity(
    _ client: AWSClient, _ sts: ServiceModel, _ region: String, _ credentials: AWSCredentials
  ) async throws -> AWSIdentity {
    let answer: JSONValue
    do throws(AWSFailure) {
      // The first call: where it finds no network there is none, and whoever waits is told at once.
      answer = try await client.call(
        sts, "GetCallerIdentity", region: region, deadline: .now + .seconds(60), networkAttempts: 1)
    } catch {
      if error.reason == .network {
        var failure = error
        failure.message = "AWS cannot be reached; check the network, HTTPS_PROXY and AWS_ENDPOINT_URL: \(error.message)"
        throw failure
      }
      guard error.isCredentialProblem else { throw error }
      let what = error.isExpired ? "the keys have expired; get new ones" : "AWS refuses the keys"
      throw CredentialError("\(credentials.origin): \(what) (\(error))")
    }
    guard let account = answer["Account"]?.string, let arn = answer["Arn"]?.string else {
      throw AWSFailure(reason: .malformed, code: "MalformedResponse", message: "GetCallerIdentity named no account")
    }
    return AWSIdentity(account: account, arn: arn, partition: AWSPartition(arn: arn, region: region))
  }

  package func shutdown() async { await transport.shutdown() }

  /// Collects everything the specs name.
  ///
  /// Calls that fail become gaps; only a region that there is not, what the sink throws, or cancellation, ends the scan.
  package func scan(_ options: AWSScanOptions, into sink: CollectionSink) async throws {
    if let given = options.regions { try await checkRegions(given) }
    var options = options
    options.administersOrganization = await managesOrganization(options.selection)
    try await transport.onLoop { [options] in
      try await scan(identity, client, options, into: sink)
    }
  }

  /// Collects what is in one account, as `client` is let.
  func scan(
    _ identity: AWSIdentity, _ client: AWSClient, _ options: AWSScanOptions, into sink: CollectionSink
  ) async throws {
    let regions =
      if let given = options.regions { given } else { await enabledRegions(identity, client, sink) }
    let scan = AWSScan(
      client: client, models: models, specs: specs, identity: identity,
      options: options, sink: sink)
    let places = Set(regions)
    var changed: ChangedServices?
    if let since = options.since, options.knownAccounts.contains(identity.account),
      let cloudTrail = models["cloudtrail"]
    {
      changed = try await ChangedServices.since(
        since, regions: places.union([identity.partition.homeRegion]).sorted(), client, cloudTrail, identity.account,
        sink)
      if changed?.hasOtherRegions == true { changed = nil }
    }
    if changed != nil { changedAccounts.wrappingAdd(1, ordering: .relaxed) }
    try await scan.run(regions: places.sorted(), changed: changed)
  }

  /// Refuses regions that are in none of the partition's tables and that AWS, asked for all that there are, does not name.
  func checkRegions(_ given: [String]) async throws(AWSFailure) {
    let partition = identity.partition.id
    var known = models.values.reduce(into: Set<String>()) { $0.formUnion($1.endpoints[partition]?.regions ?? []) }
    guard !known.isEmpty, !known.isSuperset(of: given) else { return }
    // Regions are opened between two versions of the tables.
    if let ec2 = models["ec2"] {
      let answer = try? await client.call(
        ec2, "DescribeRegions", input: .object([("AllRegions", .bool(true))]), region: configuredRegion,
        deadline: .now + .seconds(30), networkAttempts: 1)
      known.formUnion(answer?["Regions"]?.elements.compactMap { $0["RegionName"]?.string } ?? [])
    }
    guard let missing = given.first(where: { !known.contains($0) }) else { return }
    let hint = Spelling.nearest(to: missing, in: known.sorted()).map { "; did you mean '\($0)'?" } ?? ""
    throw AWSFailure(
      reason: .error, code: "UnknownRegion", message: "partition \(partition) has no region '\(missing)'\(hint)")
  }

  /// The regions that are on for the account; where that cannot be asked, the configured one and a gap.
  private func enabledRegions(
    _ identity: AWSIdentity, _ client: AWSClient, _ sink: CollectionSink
  ) async -> [String] {
    do throws(AWSFailure) {
      guard let ec2 = models["ec2"] else {
        throw AWSFailure(reason: .error, code: "UnknownService", message: "no operation table for ec2")
      }
      let answer = try await client.call(
        ec2, "DescribeRegions", region: configuredRegion, deadline: .now + .seconds(120))
      return (answer["Regions"]?.elements.map { $0 } ?? []).filter { $0["OptInStatus"]?.string != "not-opted-in" }
        .compactMap { $0["RegionName"]?.string }
    } catch {
      sink.gap(
        CoverageGap(
          cloud: "aws", account: identity.account, region: "global", service: "ec2", operation: "DescribeRegions",
          type: "aws::::region", reason: error.reason, code: error.code,
          message: "only \(configuredRegion) was read: \(error.message)", permission: "ec2:DescribeRegions"))
      return [configuredRegion]
    }
  }
}
