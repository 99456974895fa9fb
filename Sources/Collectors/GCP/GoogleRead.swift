// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON

/// One reading of the inventory: first what is said besides, then the assets, each once with all that is known of it.
enum GoogleRead {
  /// The accounts whose assets came, with the types of each; all of them, or not.
  struct Seen {
    var isWhole = true
    var types: [String: Set<String>] = [:]
    /// Ids of all that is there, in a reading of changes.
    var present: Set<String> = []
  }

  static func run(
    _ inventory: AssetInventory, _ style: GoogleStyle, _ run: RESTRun, excluding excluded: Set<String>,
    _ sink: CollectionSink
  ) async throws -> Seen {
    let name = RESTUnit.name("assets", inventory.parent)
    guard let unit = sink.unit(name) else {
      var seen = Seen()
      let records = try sink.resources(ofDone: name)
      for record in records { seen.types[record.scope.account, default: []].insert(record.scope.type) }
      seen.types[inventory.parent, default: []] = seen.types[inventory.parent] ?? []
      try await run.ask(about: run.restore(records))
      return seen
    }
    let facts = try await besides(inventory, sink, told: unit)
    var projects = ProjectNames(excluded: excluded)
    var waiting: [JSONValue] = []
    var asked: [RESTParent] = []
    var seen = Seen()
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
        asked += try take(assets.filter { projects.account(of: $0) != nil }, style, run, facts, &projects, unit)
        waiting += assets.filter { projects.account(of: $0) == nil }
      }
    } catch let failure as APIFailure {
      seen.isWhole = false
      sink.gap(gap(failure, inventory, .resource, type: Scope.everyType))
    }
    projects.isComplete = true
    asked += try take(waiting, style, run, facts, &projects, unit)
    if seen.isWhole { try unit.finish() }
    try await run.ask(about: asked)
    seen.types = projects.seen
    seen.types[inventory.parent, default: []] = seen.types[inventory.parent] ?? []
    return seen
  }

  /// IAM, organisation and access policies, by asset.
  ///
  /// - Parameter told: where it is said what could not be read.
  static func besides(
    _ inventory: AssetInventory, _ sink: CollectionSink, told: CollectionSink
  ) async throws -> AssetFacts {
    var facts = AssetFacts()
    for content in [AssetInventory.Content.iamPolicy, .orgPolicy, .accessPolicy] {
      let name = RESTUnit.name("facts", inventory.parent, content.rawValue)
      guard let unit = sink.unit(name) else {
        for answer in try sink.kept(ofDone: name) { facts.add(answer, content) }
        continue
      }
      func take(_ answers: [JSONValue]) throws {
        for answer in answers {
          facts.add(answer, content)
          try unit.keep(answer)
        }
      }
      do {
        do {
          try await inventory.assets(content) { try take($0) }
        } catch let failure as APIFailure where content == .iamPolicy && failure.reason == .accessDenied {
          try await inventory.policies { try take($0) }
        }
        try unit.finish()
      } catch let failure as APIFailure {
        // Access policies are an organisation's: a project has none to ask for.
        if content != .iamPolicy, failure.status == 400, !inventory.parent.hasPrefix("organizations/") { continue }
        facts.unread.append(("observed.\(AssetFacts.member(content))", failure.reason.rawValue))
        told.gap(gap(failure, inventory, content, type: Scope.everyType))
      }
    }
    return facts
  }

  static func take(
    _ assets: [JSONValue], _ style: GoogleStyle, _ run: RESTRun, _ facts: AssetFacts, _ projects: inout ProjectNames,
    _ sink: CollectionSink
  ) throws -> [RESTParent] {
    let gaps = facts.unread.map { ResourceGap(paths: [$0.key], reason: $0.reason) }
    var rows: [(record: ResourceRecord, parent: RESTParent)] = []
    for asset in assets {
      guard let type = asset["assetType"]?.string?.lowercased() else { continue }
      let account = projects.account(of: asset) ?? ""
      guard !projects.isExcluded(asset, account),
        run.plan.reads(type, in: asset["resource"]?["location"]?.string ?? "")
      else { continue }
      projects.seen[account, default: []].insert(type)
      guard let document = style.row(asset, type: type, project: account, facts) else { continue }
      let scope = Scope(cloud: "gcp", account: account, region: "assets", type: type)
      rows.append(
        (
          ResourceRecord(scope: scope, document: document, gaps: gaps),
          RESTParent(row: document.root, type: type, account: account)
        ))
    }
    return try run.emit(rows, into: sink)
  }

  static func gap(
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
