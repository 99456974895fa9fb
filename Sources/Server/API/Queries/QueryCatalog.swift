// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import KQL
internal import Posture

/// The tables that queries of the server may name: those of `plumb query`, of the state that a view shows, cut to its
/// reach.
enum QueryCatalog {
  /// The tables whose rows lie within a reach where a column says so. All others are kept from whoever sees a part only.
  private static let keys: [(table: String, column: String, key: Key)] = [
    ("resources", "id", .resource), ("resourcecontainers", "subscriptionId", .account),
    ("resourcechanges", "subscriptionId", .account), ("securityresources", "subscriptionId", .account),
    ("policyresources", "subscriptionId", .account), ("PolicyStates", "resourceId", .resource),
    ("Findings", "id", .finding), ("FindingHistory", "findingId", .finding),
    ("CoverageGaps", "account", .account), ("Scans", "account", .account), ("UnfinishedScans", "account", .account),
    ("SecureScores", "subscriptionId", .account), ("SecureScoreControls", "subscriptionId", .account),
  ]
  private enum Key { case account, resource, finding }

  /// - Parameters:
  ///   - time: ticks of an earlier state; nil for the newest.
  ///   - extras: adds tables, functions and watchlists of the installation.
  static func make(
    _ view: ScopedView, _ store: Store, at time: Int64? = nil, extras: (inout Catalog) throws -> Void
  ) throws -> Catalog {
    let (estate, now) = (view.estate, view.estate.now)
    let derived = DerivedFolder(store)
    var catalog = store.catalog(asOf: time, derived: derived)
    let findings = try FindingStore(store)
    let scores = try ScoreStore(store)
    catalog.add("SecureScores", scores.scores(at: time ?? .max))
    catalog.add("SecureScoreControls", scores.controls(estate.secureModel, at: time ?? .max))
    catalog.add("Findings", findings.table(in: derived, estate.book, now: now))
    catalog.add("FindingHistory", findings.history)
    let states = PolicyStateStore(store)
    catalog.add("PolicyStates", states.states)
    catalog.add("policyresources", states.policyResources)
    let standards = RegulatoryResources.part {
      try RegulatoryResources(
        estate.frameworks.frameworks, estate.checks.checks, view.evidence, view.attestations, store, now: now)
    }
    catalog.add(
      "securityresources",
      findings.securityResources(in: derived, estate.book, now: now)
        .adding(scores.securityResources(estate.secureModel) + [standards]))
    if view.reach.isAll {
      catalog.add("Exemptions", estate.book.exemptionsTable(now: now))
      catalog.add("GovernanceRules", estate.book.rulesTable)
      try extras(&catalog)
    } else {
      catalog = cut(catalog, to: view)
    }
    // Made of what the view shows: within its reach already.
    catalog.add(
      "ComplianceStandards",
      LazyTable(schema: ComplianceTables.standardsSchema) { ComplianceTables.standards(view.assessments) })
    catalog.add(
      "ComplianceControls",
      LazyTable(schema: ComplianceTables.controlsSchema) { ComplianceTables.controls(view.assessments) })
    catalog.add(
      "ComplianceAssessments",
      LazyTable(schema: ComplianceTables.assessmentsSchema) {
        ComplianceTables.assessments(view.assessments, view.evidence)
      })
    return catalog
  }

  private static func cut(_ whole: Catalog, to view: ScopedView) -> Catalog {
    var catalog = Catalog()
    for (name, column, key) in keys {
      guard let table = whole.tables[name] else { continue }
      let isVisible: @Sendable (String) -> Bool =
        switch key {
        case .account: { view.sees(account: $0) }
        case .resource: { !view.resources(id: $0).isEmpty }
        case .finding: { view.finding(id: $0) != nil }
        }
      if let cut = ReachTable(table, by: column, isVisible) { catalog.add(name, cut) }
    }
    if let resources = catalog.tables["resources"] { catalog.add(EntityTable.name, EntityTable(over: resources)) }
    return catalog
  }
}

extension ScopedView {
  /// All frameworks over the reach.
  var assessments: [Assessment] { estate.frameworks.frameworks.map { assessment($0) } }
}
