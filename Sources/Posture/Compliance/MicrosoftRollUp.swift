// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory

/// A framework's number as Azure Policy reckons it, for comparison.
///
/// A resource is of the first kind that any of its verdicts has, in the order NonCompliant, Compliant, Exempt, Unknown
/// (Conflict, which stands before Exempt, does not arise here). What is exempt or unknown counts as good.
package struct MicrosoftRollUp: Sendable, Equatable {
  package enum Kind: Int, Sendable, CaseIterable {
    case nonCompliant, compliant, exempt, unknown
  }

  package private(set) var counts: [Kind: Int] = [:]

  /// Of distinct resources.
  package init(_ resources: some Sequence<Kind>) {
    for kind in resources { counts[kind, default: 0] += 1 }
  }

  package func count(_ kind: Kind) -> Int { counts[kind] ?? 0 }

  /// To one decimal; nil where nothing was judged.
  package var percentage: Double? {
    let all = counts.values.reduce(0, +)
    return all == 0 ? nil : Assessment.percentage(all - count(.nonCompliant), of: all)
  }

  /// Reckons it from the findings of a framework's checks.
  package init(
    _ framework: Framework, in scope: ComplianceScope, _ store: Store, exempt: Set<Int64> = []
  ) throws(StoreError) {
    let checks = Set(framework.controls.flatMap { $0.links.map(\.check) })
    let kinds = try store.read { db -> [Int64: Kind] in
      guard try db.tableExists("finding") else { return [:] }
      var kinds: [Int64: Kind] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT c.text, cl.text, a.text, f.status, f.resource, f.key FROM finding f
          JOIN findingText c ON c.key = f.checkId JOIN findingText cl ON cl.key = f.cloud
          JOIN findingText a ON a.key = f.account WHERE f.closed IS NULL
          """)
      while let row = try rows.next() {
        guard checks.contains(row[0]), scope.contains(cloud: row[1], account: row[2]),
          let kind = Self.kind(Status(code: row[3]), isExempt: exempt.contains(row[5]))
        else { continue }
        let resource: Int64 = row[4]
        if kind.rawValue < (kinds[resource]?.rawValue ?? .max) { kinds[resource] = kind }
      }
      return kinds
    }
    self.init(kinds.values)
  }

  private static func kind(_ status: Status, isExempt: Bool) -> Kind? {
    switch status {
    case .healthy: .compliant
    case .unhealthy: isExempt ? .exempt : .nonCompliant
    case .unknown: .unknown
    case .notApplicable: nil
    }
  }
}
