// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import JSON

extension AzureCollector {
  /// Collects everything that is asked for. Calls that fail become gaps; only what the sink throws, or cancellation, ends
  /// the scan.
  ///
  /// - Returns: whether it was one of changes; where the feed cannot be read, everything is.
  @discardableResult
  package func scan(_ options: AzureScanOptions, into sink: CollectionSink) async throws -> ScanKind {
    let extent = extent(of: options.choice)
    let changed = try await changes(since: options.since, extent, sink)
    let plan = ReadingPlan(
      options.choice, names: TypeNames(cloud: "azure", specs: specs, types: options.types), specs: specs,
      ofChanges: changed.map { _ in { ResourceGraphTable.name(of: $0) != "resources" } })
    // What is known is read at most once, and only where a part is read.
    let known = plan.isBounded || plan.isOfChanges ? try options.known() : []
    let style = AzureStyle(environment: environment, tenant: tenant)
    let run = RESTRun(client: client, style: style, plan: plan, sink: sink)
    let graph = graph(extent)
    var read = try await transport.onLoop { [tenant] in
      var read = TablesRead()
      if extent.hasTenant {
        let row = JSONDraft.object([("id", .string("/tenants/\(tenant)")), ("tenantId", .string(tenant))])
        read.asked.append(RESTParent(row: row.document().root, type: "tenant", account: tenant))
      }
      try await withThrowingTaskGroup(of: TablesRead.self) { group in
        for table in Self.tables where !extent.named || !extent.subscriptions.isEmpty {
          guard let condition = plan.condition(table: table) else { continue }
          if let changed, table == "resources" {
            let joined = extent.subscriptions.filter { id in !known.contains { $0.account == id } }
            group.addTask {
              var read = TablesRead()
              for part in Self.parts(changed, joined: joined) {
                let terms = [condition, part].filter { !$0.isEmpty }.map { "(\($0))" }
                read.add(try await Self.read(table, terms.joined(separator: " and "), graph, style, run, sink))
              }
              // What was asked for one by one is not the table.
              read.whole = []
              read.parts[table] = read.failed.isEmpty ? Set(joined) : []
              return read
            }
            continue
          }
          group.addTask { try await Self.read(table, condition, graph, style, run, sink) }
        }
        for try await one in group { read.add(one) }
      }
      try await self.readInstead(&read, extent.subscriptions, style, run, sink)
      try await run.ask(about: read.asked)
      return read
    }
    let accounts = extent.subscriptions + (extent.hasTenant ? [tenant] : [])
    // Resource Graph, asked for subscriptions, gives nothing that is of none.
    let inTables = extent.named ? extent.subscriptions : accounts
    for table in read.whole { read.parts[table] = Set(inTables) }
    for (table, parts) in read.parts {
      let types = (read.types[table] ?? []).union(known.lazy.filter { $0.source == table }.map(\.type))
      for account in parts { plan.cover("azure", account, source: table, types: types, sink) }
    }
    let isWhole = !read.failed.keys.contains { ["resources", "resourcecontainers"].contains($0) }
    run.finish(accounts: accounts, wholes: [tenant], isWhole: isWhole)
    run.tellGone(known, accounts: Set(accounts)) { [read] resource in
      if let changed, resource.source == "resources" {
        return read.failed["resources"] == nil && changed.contains(resource.id.lowercased())
      }
      return read.parts[resource.source]?.contains(resource.account) ?? false
    }
    return changed == nil ? .full : .changes
  }

  func graph(_ extent: Extent) -> ResourceGraph {
    ResourceGraph(
      client: client, cloud: environment, tenant: tenant, subscriptions: extent.named ? extent.subscriptions : [],
      excluded: extent.excluded)
  }

  /// Reads from lists what Resource Graph would not give, and makes what stays unread a gap.
  private func readInstead(
    _ read: inout TablesRead, _ subscriptions: [String], _ style: AzureStyle, _ run: RESTRun, _ sink: CollectionSink
  ) async throws {
    let lists = ResourceLists(client: client, style: style, run: run, sink: sink)
    let replaced = ["resourcecontainers", "resources"].filter { table in
      !run.plan.isOfChanges && read.failed[table].map(ResourceLists.serves) ?? false
    }
    if let table = replaced.first, let failure = read.failed[table] {
      sink.note(
        "Resource Graph cannot be used (\(failure.code)): resources are listed and read one by one, which takes longer; "
          + "the role needs Microsoft.ResourceGraph/resources/read")
      let items = try await Self.list(
        "\(environment.resourceManager)/subscriptions?api-version=2022-12-01", client, environment)
      for item in items {
        guard let account = item["subscriptionId"]?.string, subscriptions.contains(account) else { continue }
        if replaced.contains("resourcecontainers") { read.add(try await lists.containers(item)) }
        if replaced.contains("resources") { read.add(try await lists.resources(of: account)) }
      }
    }
    for (table, failure) in read.failed.sorted(by: { $0.key < $1.key }) {
      if replaced.contains(table) {
        read.failed[table] = nil
        // Management groups are in no list of a subscription.
        guard table == "resourcecontainers", run.plan.reads("microsoft.management/managementgroups") else { continue }
      }
      sink.gap(
        CoverageGap(
          cloud: "azure", account: tenant, region: table, service: "resourcegraph", operation: "resources",
          type: replaced.contains(table) ? "microsoft.management/managementgroups" : Scope.everyType,
          reason: failure.reason, code: failure.code, message: failure.message,
          permission: failure.reason == .accessDenied ? "Microsoft.ResourceGraph/resources/read" : ""))
    }
  }

  /// The subscriptions that a choice names or leaves, and whether the tenant's own directory is read.
  struct Extent: Sendable {
    var subscriptions: [String]
    var excluded: [String]
    /// Whether subscriptions were named, so that what is of none is not read.
    var named: Bool
    var hasTenant: Bool
  }

  func extent(of choice: ScanChoice) -> Extent {
    func matches(_ names: [String]) -> Set<String> {
      Set(names.flatMap { name in subscriptions.filter { $0.isNamed(name) }.map(\.id) })
    }
    let named = matches(choice.accounts)
    let excluded = matches(choice.exceptAccounts)
    let chosen = subscriptions.map(\.id).filter {
      (choice.accounts.isEmpty || named.contains($0)) && !excluded.contains($0)
    }
    func namesTenant(_ names: [String]) -> Bool { names.contains { $0.lowercased() == tenant.lowercased() } }
    return Extent(
      subscriptions: chosen, excluded: excluded.sorted(), named: !choice.accounts.isEmpty,
      hasTenant: (choice.accounts.isEmpty || namesTenant(choice.accounts)) && !namesTenant(choice.exceptAccounts))
  }

  /// Names of accounts that are no subscription here, nor the tenant.
  package func unknownAccounts(_ names: [String]) -> [String] {
    names.filter { name in
      name.lowercased() != tenant.lowercased() && !subscriptions.contains { $0.isNamed(name) }
    }
  }

  /// The locations that there are; nil where that cannot be asked.
  package func locations() async -> Set<String>? {
    guard let subscription = subscriptions.first else { return nil }
    let url = "\(environment.resourceManager)/subscriptions/\(subscription.id)/locations?api-version=2022-12-01"
    guard let items = try? await Self.list(url, client, environment) else { return nil }
    let names = items.compactMap { $0["name"]?.string.map(LocationChoice.plain) }
    return names.isEmpty ? nil : Set(names)
  }

  /// What came of one or several tables.
  struct TablesRead: Sendable {
    /// Tables that were read to the end.
    var whole: Set<String> = []
    /// Accounts of which a table, or its part, was read to the end.
    var parts: [String: Set<String>] = [:]
    var failed: [String: APIFailure] = [:]
    var count = 0
    /// Types that were seen, by table.
    var types: [String: Set<String>] = [:]
    /// Rows of which more is to be known.
    var asked: [RESTParent] = []

    /// Takes up what an earlier run had read.
    mutating func restore(_ records: [ResourceRecord], _ run: RESTRun) {
      count += records.count
      for record in records { types[record.scope.region, default: []].insert(record.scope.type) }
      asked += run.restore(records)
    }

    mutating func add(_ other: TablesRead) {
      asked += other.asked
      whole.formUnion(other.whole)
      parts.merge(other.parts) { $0.union($1) }
      failed.merge(other.failed) { $1 }
      types.merge(other.types) { $0.union($1) }
      count += other.count
    }
  }

  private static func read(
    _ table: String, _ condition: String, _ graph: ResourceGraph, _ style: AzureStyle, _ run: RESTRun,
    _ sink: CollectionSink
  ) async throws -> TablesRead {
    var read = TablesRead()
    var count = 0
    func progress(isDone: Bool) {
      sink.progress(
        .init(account: graph.tenant, service: table, region: "", resources: count, gaps: run.gapCount, isDone: isDone))
    }
    progress(isDone: false)
    defer { progress(isDone: true) }
    let name = RESTUnit.name("table", table, condition)
    guard let unit = sink.unit(name) else {
      read.restore(try sink.resources(ofDone: name), run)
      count = read.count
      read.whole.insert(table)
      return read
    }
    do {
      try await graph.rows(of: table, where: condition) { rows in
        count += rows.count
        progress(isDone: false)
        read.asked += try run.emit(
          rows.compactMap { row in
            // What a server gives beyond what it was asked for is left.
            guard let made = style.row(row), graph.holds(made.account),
              run.plan.reads(made.type, in: row["location"]?.string ?? "")
            else { return nil }
            read.types[table, default: []].insert(made.type)
            let scope = Scope(cloud: "azure", account: made.account, region: table, type: made.type)
            return (
              ResourceRecord(scope: scope, document: made.document),
              RESTParent(row: made.document.root, type: made.type, account: made.account)
            )
          }, into: unit)
      }
      read.whole.insert(table)
      try unit.finish()
    } catch let failure as APIFailure {
      read.failed[table] = failure
    }
    return read
  }
}

extension AzureCollector.Subscription {
  /// Whether somebody means it: by id or by name, in any case.
  func isNamed(_ name: String) -> Bool {
    id.lowercased() == name.lowercased() || self.name.lowercased() == name.lowercased()
  }
}
