// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Reading what changed. The inventory lists names and times of all assets, a thousand a page: that tells what is new,
/// changed and gone, of every type. A search by the time of update would not: it knows neither what is gone nor types whose
/// resources carry no such time. Policies are read whole, as they come in few pages and change without the asset.
extension GoogleRead {
  static let project = "cloudresourcemanager.googleapis.com/Project"

  /// Returns nil where the inventory cannot be asked so, and everything has to be read.
  static func changes(
    _ inventory: AssetInventory, _ style: GoogleStyle, _ run: RESTRun, excluding excluded: Set<String>,
    known: [String: KnownResource], _ sink: CollectionSink
  ) async throws -> Seen? {
    var seen = Seen()
    var projects = ProjectNames(excluded: excluded)
    var heads: [JSONValue] = []
    var rows: [JSONValue] = []
    do {
      try await inventory.heads { heads += $0 }
      // Projects come whole: other assets name them by number, and much is asked of each.
      try await inventory.assets(ofType: project) { rows += $0 }
      for row in rows { projects.learn(row) }
      projects.isComplete = true
      let facts = try await besides(inventory, sink, told: sink)
      let times = Dictionary(heads.map { ($0["name"]?.string ?? "", $0) }) { first, _ in first }
      seen.present = Set(times.keys.map { $0.lowercased() })
      let changed = times.filter { name, head in
        guard head["assetType"]?.string != project, run.plan.reads(head["assetType"]?.string?.lowercased() ?? "") else {
          return false
        }
        guard let earlier = known[name.lowercased()], let observed = try? JSONDocument.parse(earlier.observed).root
        else { return true }
        return observed["updateTime"]?.string != head["updateTime"]?.string
          || !facts.agree(with: observed, about: name)
      }
      for asset in try await inventory.current(changed.keys.sorted(), now: Date().timeIntervalSince1970) {
        guard let name = asset["name"]?.string, let head = times[name] else { continue }
        // History has the state, the list the time and place that a full reading has.
        var whole = JSONDraft.value(head).thawed()
        whole.append(("resource", asset["resource"].map(JSONDraft.value) ?? .null))
        rows.append(JSONDraft.object(whole).document().root)
      }
      let asked = try take(rows, style, run, facts, &projects, sink)
      try await run.ask(about: asked)
    } catch let failure as APIFailure {
      if failure.reason == .network || failure.reason == .timeout {
        seen.isWhole = false
        sink.gap(gap(failure, inventory, .resource, type: Scope.everyType))
        return seen
      }
      sink.note("changes of \(inventory.parent) cannot be asked for (\(failure.code)): everything is read")
      return nil
    }
    for head in heads {
      let account = projects.account(of: head) ?? ""
      if !projects.isExcluded(head, account) { seen.types[account, default: []] = seen.types[account] ?? [] }
    }
    seen.types.merge(projects.seen) { $0.union($1) }
    seen.types[inventory.parent, default: []] = seen.types[inventory.parent] ?? []
    return seen
  }
}
