// SPDX-License-Identifier: Apache-2.0
package import Content
internal import Inventory
internal import JSON

/// What a scan of Google Cloud covers.
package struct GoogleScope: Sendable {
  /// Numbers of an organisation or a folder, or ids of projects; where nothing is named, all that the credentials see.
  package var organization: String?
  package var folder: String?
  package var projects: [String] = []
  package init() {}
}

package struct GoogleScanOptions: Sendable {
  /// Specs to read, or to leave out, by their names; `assets` is the inventory itself.
  package var only: Set<String>?
  package var exclude: Set<String> = []
  package init() {}
}

/// Reads an organisation, a folder or projects of Google Cloud: Cloud Asset Inventory, then what it lacks.
package final class GoogleCollector: Sendable {
  /// `organizations/123`, `folders/456`, `projects/p`.
  package let parents: [String]
  package let specs: [RESTSpec]
  private let endpoints: GoogleEndpoints
  private let transport: HTTPTransport
  private let client: RESTClient

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

  /// Collects everything that is asked for. Calls that fail become gaps; only what the sink throws, or cancellation, ends
  /// the scan.
  package func scan(_ options: GoogleScanOptions, into sink: CollectionSink) async throws {
    let isChosen: @Sendable (String) -> Bool = { name in
      (options.only?.contains(name) ?? true) && !options.exclude.contains(name)
    }
    let style = GoogleStyle(endpoints: endpoints)
    let run = RESTRun(client: client, style: style, specs: specs.filter { isChosen($0.name) }, sink: sink)
    let accounts = try await transport.onLoop { [parents, client, endpoints] in
      var accounts: [String: Bool] = [:]
      for parent in parents {
        let inventory = AssetInventory(client: client, endpoints: endpoints, parent: parent)
        let read = isChosen("assets") ? try await GoogleRead.run(inventory, style, run, sink) : [:]
        accounts.merge(read) { $0 && $1 }
        if parent.hasPrefix("organizations/") {
          let row = JSONDraft.object([
            ("id", .string("//cloudresourcemanager.googleapis.com/\(parent)")), ("name", .string(parent)),
          ])
          try await run.ask(about: [RESTParent(row: row.document().root, type: "organization", account: parent)])
        }
      }
      return accounts
    }
    run.finish(accounts: Array(accounts.keys), isWhole: accounts.values.allSatisfy { $0 })
  }
}

/// One reading of the inventory: first what is said besides, then the assets, each once with all that is known of it.
enum GoogleRead {
  /// Returns the accounts that were seen, and whether all of their assets came.
  static func run(
    _ inventory: AssetInventory, _ style: GoogleStyle, _ run: RESTRun, _ sink: CollectionSink
  ) async throws -> [String: Bool] {
    let facts = try await besides(inventory, sink)
    var projects = ProjectNames()
    var waiting: [JSONValue] = []
    var asked: [RESTParent] = []
    var isWhole = true
    var count = 0
    func progress(isDone: Bool) {
      sink.progress(
        .init(
          account: inventory.parent, service: "assets", region: "", resources: count, gaps: run.gapCount, isDone: isDone
        ))
    }
    progress(isDone: false)
    defer { progress(isDone: true) }
    do {
      try await inventory.assets(.resource) { assets in
        count += assets.count
        progress(isDone: false)
        for asset in assets { projects.learn(asset) }
        // An asset that names its project by number waits until the project itself has come.
        asked += try take(assets.filter { projects.account(of: $0) != nil }, style, run, facts, &projects)
        waiting += assets.filter { projects.account(of: $0) == nil }
      }
    } catch let failure as APIFailure {
      isWhole = false
      sink.gap(gap(failure, inventory, .resource, type: Scope.everyType))
    }
    projects.isComplete = true
    asked += try take(waiting, style, run, facts, &projects)
    try await run.ask(about: asked)
    var accounts: [String: Bool] = [:]
    for account in projects.seen.union([inventory.parent]) {
      accounts[account] = isWhole
      if isWhole {
        sink.covered(Scope(cloud: "gcp", account: account, region: "assets", type: Scope.everyType))
      }
    }
    return accounts
  }

  /// IAM, organisation and access policies, by asset.
  private static func besides(_ inventory: AssetInventory, _ sink: CollectionSink) async throws -> AssetFacts {
    var facts = AssetFacts()
    for content in [AssetInventory.Content.iamPolicy, .orgPolicy, .accessPolicy] {
      do {
        do {
          try await inventory.assets(content) { for asset in $0 { facts.add(asset, content) } }
        } catch let failure as APIFailure where content == .iamPolicy && failure.reason == .accessDenied {
          try await inventory.policies { for result in $0 { facts.add(result, content) } }
        }
      } catch let failure as APIFailure {
        // Access policies are an organisation's: a project has none to ask for.
        if content != .iamPolicy, failure.status == 400, !inventory.parent.hasPrefix("organizations/") { continue }
        facts.unread.append(("observed.\(AssetFacts.member(content))", failure.reason.rawValue))
        sink.gap(gap(failure, inventory, content, type: Scope.everyType))
      }
    }
    return facts
  }

  private static func take(
    _ assets: [JSONValue], _ style: GoogleStyle, _ run: RESTRun, _ facts: AssetFacts, _ projects: inout ProjectNames
  ) throws -> [RESTParent] {
    let gaps = facts.unread.map { ResourceGap(paths: [$0.key], reason: $0.reason) }
    var rows: [(record: ResourceRecord, parent: RESTParent)] = []
    for asset in assets {
      guard let type = asset["assetType"]?.string?.lowercased() else { continue }
      let account = projects.account(of: asset) ?? ""
      projects.seen.insert(account)
      guard let document = style.row(asset, type: type, project: account, facts) else { continue }
      let scope = Scope(cloud: "gcp", account: account, region: "assets", type: type)
      rows.append(
        (
          ResourceRecord(scope: scope, document: document, gaps: gaps),
          RESTParent(row: document.root, type: type, account: account)
        ))
    }
    return try run.emit(rows)
  }

  private static func gap(
    _ failure: APIFailure, _ inventory: AssetInventory, _ content: AssetInventory.Content, type: String
  ) -> CoverageGap {
    let permission =
      switch content {
      case .resource: "cloudasset.assets.listResource"
      case .iamPolicy: "cloudasset.assets.listIamPolicy"
      case .orgPolicy: "cloudasset.assets.listOrgPolicy"
      case .accessPolicy: "cloudasset.assets.listAccessPolicy"
      }
    return CoverageGap(
      cloud: "gcp", account: inventory.parent, region: "assets", service: "cloudasset", operation: "assets.list",
      type: type, paths: content == .resource ? [] : ["observed.\(AssetFacts.member(content))"],
      reason: failure.reason, code: failure.code, message: failure.message,
      permission: failure.reason == .accessDenied ? permission : "")
  }
}

/// Ids of projects by their numbers: assets name their project by either.
struct ProjectNames: Sendable {
  private var ids: [Substring: String] = [:]
  var seen: Set<String> = []
  /// All assets have come: a number that no project explained stands for itself.
  var isComplete = false

  mutating func learn(_ asset: JSONValue) {
    guard asset["assetType"]?.string == "cloudresourcemanager.googleapis.com/Project",
      let data = asset["resource"]?["data"],
      let id = data["projectId"]?.string
    else { return }
    // Version 1 of the API has the number as a member, version 3 as the name.
    let number = data["projectNumber"].flatMap { $0.string ?? $0.numberLiteral } ?? asset["name"]?.string ?? ""
    ids[number.split(separator: "/").last ?? ""] = id
    if let name = data["name"]?.string, name.hasPrefix("projects/") { ids[name.dropFirst(9)] = id }
    if let last = asset["ancestors"]?.elements.lazy.compactMap(\.string).first, last.hasPrefix("projects/") {
      ids[last.dropFirst(9)] = id
    }
  }

  /// The project of an asset, else the folder or organisation that it is directly in; nil while that is not known.
  func account(of asset: JSONValue) -> String? {
    let name = asset["name"]?.string ?? ""
    var found: Substring?
    if let range = name.firstRange(of: "/projects/") {
      found = name[range.upperBound...].prefix { $0 != "/" }
    } else if let first = asset["ancestors"]?.elements.lazy.compactMap(\.string).first {
      guard first.hasPrefix("projects/") else { return first }
      found = Substring(first.dropFirst(9))
    }
    guard let found else { return isComplete ? "" : nil }
    guard found.allSatisfy(\.isNumber) else { return String(found) }
    return ids[found] ?? (isComplete ? String(found) : nil)
  }
}
