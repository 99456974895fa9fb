// SPDX-License-Identifier: Apache-2.0

/// Where scans read types whole, as verdicts ask for it: by the places where resources are, not by what was asked.
package struct Coverage: Sendable {
  private struct Key: Hashable {
    let cloud: String
    let account: String
    let type: String
  }
  private var regions: [Key: Set<String>] = [:]

  package init(_ scopes: Set<Scope>) {
    for scope in scopes {
      // A tenant's own resources are of no subscription: what any account covered concerns them.
      for account in [scope.account, ""] {
        regions[Key(cloud: scope.cloud, account: account, type: scope.type), default: []].insert(scope.region)
      }
    }
  }

  /// Regions in which a type of an account was read whole; `global` where it was asked for in all at once.
  package func regions(cloud: String, account: String, type: String) -> Set<String> {
    let exact = regions[Key(cloud: cloud, account: account, type: type)] ?? []
    let every = regions[Key(cloud: cloud, account: account, type: Scope.everyType)] ?? []
    let table = ResourceGraphTable.name(of: type)
    let whole = every.filter { cloud != "azure" || $0 == table || !ResourceGraphTable.names.contains($0) }
    return Set(exact.union(whole).map { Scope.sources.contains($0) ? "global" : $0 })
  }
}

extension Scope {
  /// What stands for a region where an inventory service is asked for all regions at once.
  package static let sources = Set(ResourceGraphTable.names + ["assets"])
}
