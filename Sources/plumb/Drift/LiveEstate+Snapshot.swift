// SPDX-License-Identifier: Apache-2.0

import Content
import IaC
import Inventory
import JSON
import Posture
import Specs

extension LiveEstate {
  /// What the store knows at one instant, with what its scans did not see.
  init(_ snapshot: Snapshot, _ content: ContentLibrary, manageable: Set<String>) throws {
    let lost = Dictionary(grouping: snapshot.gaps.filter { !$0.resourceId.isEmpty }, by: \.resourceId)
    let resources = snapshot.states.enumerated().map { index, state in
      let document = snapshot.documents.root(at: index)
      var gaps = state.gaps.flatMap { gap in
        (gap.paths.isEmpty ? [""] : gap.paths).map { (path: $0, reason: "not read (\(gap.reason))") }
      }
      for gap in lost[state.id] ?? [] where gap.type.isEmpty || gap.type == state.scope.type {
        gaps = (gap.paths.isEmpty ? [""] : gap.paths).map { (path: $0, reason: gap.words) } + gaps
      }
      let account = document["subscriptionId"]?.string ?? ""
      return LiveResource(
        id: state.id, type: state.scope.type, cloud: state.scope.cloud,
        account: account.isEmpty ? state.scope.account : account,
        region: document["location"]?.string ?? state.scope.region, document: document, gaps: gaps,
        isRefreshed: state.isRefreshed)
    }
    let sight = Sight(snapshot, resources)
    let collected = try Self.collected(content)
    self.init(
      resources: resources, manageable: manageable,
      unseen: { cloud, account, region, type in
        sight.unseen(cloud: cloud, account: account, region: region, type: type)
      },
      collects: { type, path in
        guard let paths = collected[type] else {
          return path.first != "observed" || path.dropFirst().first == "iamPolicy"
        }
        return paths.contains { path.starts(with: $0) || $0.starts(with: path) }
      })
  }

  /// Paths that the collector of AWS reads, by type; the inventories of the others give documents whole.
  private static func collected(_ content: ContentLibrary) throws -> [String: [[String]]] {
    var paths: [String: [[String]]] = [:]
    func keys(_ column: String, _ targets: CollectorSpec.Targets) -> [[String]] {
      targets.map { target in
        [column] + target.path.steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
      }
    }
    for spec in try CollectorSpec.all(in: content) {
      for entry in spec.entries {
        var all = [["tags"]] + keys("properties", entry.properties) + keys("observed", entry.observed)
        for step in entry.steps { all += keys("properties", step.properties) + keys("observed", step.observed) }
        paths[entry.lowerType, default: []] += all
      }
    }
    return paths
  }
}

/// How far scans looked.
private struct Sight: Sendable {
  private let coverage: Coverage
  private let knowsCoverage: Bool
  private let gaps: [String: [CoverageGap]]
  /// Accounts of each cloud that a scan looked at, in lower case.
  private var accounts: [String: Set<String>] = [:]
  /// Accounts as the store spells them.
  private var spelling: [String: String] = [:]

  init(_ snapshot: Snapshot, _ resources: [LiveResource]) {
    coverage = Coverage(snapshot.covered)
    // Stores of earlier versions kept no list of what was covered.
    knowsCoverage = !snapshot.covered.isEmpty
    gaps = Dictionary(grouping: snapshot.gaps.filter(\.resourceId.isEmpty), by: \.type)
    for (cloud, account) in snapshot.scans.map({ ($0.cloud, $0.account) })
      + snapshot.covered.map({ ($0.cloud, $0.account) }) + resources.map({ ($0.cloud, $0.account) })
    where !account.isEmpty {
      accounts[cloud, default: []].insert(account.lowercased())
      spelling["\(cloud)/\(account.lowercased())"] = account
    }
  }

  func unseen(cloud: String, account: String, region: String, type: String) -> String? {
    guard let known = accounts[cloud] else { return "no scan of \(cloud) is in the store" }
    var account = account.lowercased()
    if account.isEmpty {
      guard known.count == 1, let only = known.first else { return "the state does not tell its account" }
      account = only
    }
    guard known.contains(account) else { return "the account \(account) was not scanned" }
    let spelt = spelling["\(cloud)/\(account)"] ?? account
    for gap in gaps[type] ?? [] where gap.cloud == cloud && ["", spelt].contains(gap.account) {
      if region.isEmpty || ["", "global", region].contains(gap.region) { return gap.words }
    }
    guard knowsCoverage else { return nil }
    let regions = coverage.regions(cloud: cloud, account: spelt, type: type)
    if regions.contains("global") || regions.contains(region) || region.isEmpty && !regions.isEmpty { return nil }
    // What has no region of its own is read where its service is asked: once for all.
    if !regions.isEmpty, cloud != "aws" { return nil }
    return "no scan read \(type) in \(region.isEmpty ? spelt : "\(region) of \(spelt)")"
  }
}

extension CoverageGap {
  /// What a person is told.
  fileprivate var words: String {
    let call = operation.isEmpty ? "a call" : operation.contains(":") ? operation : "\(service):\(operation)"
    return "\(call) failed (\(reason.rawValue))\(permission.isEmpty ? "" : "; it needs the permission \(permission)")"
  }
}
