// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import JSON

extension GoogleCollector {
  /// A project that the credentials can see.
  package struct Project: Sendable, Equatable {
    package let id: String
    package let number: String

    /// Whether somebody means it: by id or by number, with `projects/` before it or not.
    package func isNamed(_ name: String) -> Bool {
      let bare = name.hasPrefix("projects/") ? String(name.dropFirst(9)) : name
      return bare == id || bare == number
    }
  }

  /// The projects that the credentials can see; nil where they may not ask.
  package func projects() async -> [Project]? {
    let base = "\(endpoints.base(of: "cloudresourcemanager.googleapis.com"))/v3/projects:search?pageSize=500"
    var url: String? = base
    var found: [Project] = []
    var seen: Set<String> = []
    while let next = url, seen.insert(next).inserted {
      guard let root = try? await client.send(.init(url: next, audience: "google", account: "search")).document.root
      else { return nil }
      for item in root["projects"].map({ Array($0.elements) }) ?? [] {
        guard let id = item["projectId"]?.string else { continue }
        // Version 1 has the number as a member, version 3 as the name.
        let number = item["projectNumber"].flatMap { $0.string ?? $0.numberLiteral } ?? item["name"]?.string ?? ""
        found.append(Project(id: id, number: number.split(separator: "/").last.map(String.init) ?? ""))
      }
      url = root["nextPageToken"]?.string.flatMap { $0.isEmpty ? nil : GoogleStyle.page($0, of: base) }
    }
    return found
  }

  /// Collects everything that is asked for. Calls that fail become gaps; only what the sink throws, or cancellation, ends
  /// the scan.
  ///
  /// Accounts of the choice are projects; where some are named, they are read instead of what they are in.
  @discardableResult
  package func scan(_ options: GoogleScanOptions, into sink: CollectionSink) async throws -> ScanKind {
    guard options.isOfChanges else {
      try await read(options, ofChanges: false, sink)
      return .full
    }
    if try await read(options, ofChanges: true, sink) { return .changes }
    try await read(options, ofChanges: false, sink)
    return .full
  }

  /// Reads all, or what changed. Returns false where changes cannot be asked for.
  @discardableResult
  private func read(
    _ options: GoogleScanOptions, ofChanges isOfChanges: Bool, _ sink: CollectionSink
  ) async throws -> Bool {
    let projectType = GoogleRead.project.lowercased()
    let plan = ReadingPlan(
      options.choice, names: TypeNames(cloud: "gcp", specs: specs, types: options.types), specs: specs,
      ofChanges: isOfChanges ? { $0 == projectType } : nil)
    let known = plan.isBounded || isOfChanges ? try options.known() : []
    let byID = isOfChanges ? Dictionary(known.map { ($0.id.lowercased(), $0) }) { first, _ in first } : [:]
    let style = GoogleStyle(endpoints: endpoints)
    let run = RESTRun(client: client, style: style, plan: plan, sink: sink)
    let excluded = Set(options.choice.exceptAccounts)
    let named = options.choice.accounts.filter { !excluded.contains($0) }
    let places =
      options.choice.accounts.isEmpty ? parents : named.map { $0.hasPrefix("projects/") ? $0 : "projects/\($0)" }
    let read = try await transport.onLoop {
      [client, endpoints] () -> (accounts: [String: Bool], present: Set<String>)? in
      var accounts: [String: Bool] = [:]
      var present: Set<String> = []
      for parent in places {
        let inventory = AssetInventory(client: client, endpoints: endpoints, parent: parent)
        let seen: GoogleRead.Seen
        if isOfChanges {
          guard
            let changes = try await GoogleRead.changes(inventory, style, run, excluding: excluded, known: byID, sink)
          else { return nil }
          seen = changes
          present.formUnion(changes.present)
        } else {
          seen = try await GoogleRead.run(inventory, style, run, excluding: excluded, sink)
        }
        for (account, types) in seen.types {
          accounts[account] = (accounts[account] ?? true) && seen.isWhole
          guard seen.isWhole else { continue }
          let there = known.filter { $0.source == "assets" && $0.account == account }
          // In a reading of changes, what did not change stands as it was covered before.
          if isOfChanges, !there.isEmpty { continue }
          plan.cover("gcp", account, source: "assets", types: types.union(there.map(\.type)), sink)
        }
        if parent.hasPrefix("organizations/") {
          let row = JSONDraft.object([
            ("id", .string("//cloudresourcemanager.googleapis.com/\(parent)")), ("name", .string(parent)),
          ])
          try await run.ask(about: [RESTParent(row: row.document().root, type: "organization", account: parent)])
        }
      }
      return (accounts, present)
    }
    guard let read else { return false }
    let accounts = read.accounts
    run.finish(accounts: Array(accounts.keys), wholes: Set(parents), isWhole: accounts.values.allSatisfy { $0 })
    run.tellGone(known, accounts: Set(accounts.keys)) { resource in
      accounts[resource.account] == true && (!isOfChanges || !read.present.contains(resource.id.lowercased()))
    }
    return true
  }
}

extension GoogleCollector {
  /// Seconds for which the history of assets is kept, with a day to spare.
  package static let feedIsKept = 34.0 * 86_400
}
