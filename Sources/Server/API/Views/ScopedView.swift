// SPDX-License-Identifier: Apache-2.0
package import Inventory
package import KQL
package import Posture
internal import Synchronization

/// What of a state of the estate lies within a reach: every list and every single thing that is shown to a principal is
/// asked of it.
///
///     let view = try await call.services.views.current().scoped(to: call.principal.reach)
///     var filter = FindingFilter()
///     filter.values[.severity] = ["critical"]
///     let page = view.findings(filter, by: .priority, limit: 50)
///     for row in page.rows { view.estate.findings[row].title }
package final class ScopedView: Sendable {
  package let estate: EstateView
  package let reach: Reach
  /// The rows of resources and of findings within.
  package let resourceRows: Bitmap
  package let findingRows: Bitmap
  /// Another word for each state and reach: for ETags.
  package let version: String
  private let kept = Mutex(Kept())

  private struct Kept {
    var evidence: ComplianceEvidence?
    var assessments: [String: Assessment] = [:]
    var counts: FindingCounts?
  }

  init(_ estate: EstateView, _ reach: Reach) {
    (self.estate, self.reach) = (estate, reach)
    let resourceRows = estate.resources.within(reach)
    self.resourceRows = resourceRows
    if reach.isAll {
      findingRows = Bitmap(count: estate.findings.count, filledWith: true)
      version = estate.version
    } else {
      let findings = estate.findings
      let accounts = findings.column(.account)
      // Of findings that are of no resource: by their account alone.
      let isWithin = (0..<accounts.distinctCount).map { code in
        reach.admits(subscription: accounts.text(ofCode: UInt32(code)), tag: { _ in nil })
      }
      var rows = Bitmap(count: findings.count)
      for row in 0..<findings.count {
        let resource = Int(findings.resourceRow[row])
        if resource >= 0 ? resourceRows[resource] : isWithin[Int(accounts.codes[row])] { rows[row] = true }
      }
      findingRows = rows
      version = estate.version + "-" + reach.fingerprint
    }
  }

  // MARK: findings

  /// The findings that a filter lets through.
  package func rows(of filter: FindingFilter, but field: FindingField? = nil) -> Bitmap {
    let view = estate.findings
    var rows = findingRows
    for (name, values) in filter.values where name != field {
      let column = view.column(name)
      rows.keep(column, column.among(values))
    }
    if let checks = filter.checks {
      let column = view.column(.check)
      rows.keep(column, column.among(checks))
    }
    if let isFault = filter.isFault { rows = rows & (isFault ? view.isFault : ~view.isFault) }
    if let isExempt = filter.isExempt { rows = rows & (isExempt ? view.isExempt : ~view.isExempt) }
    if let isOverdue = filter.isOverdue {
      rows.keep { row in (view.isFault[row] && (view.due[row] ?? .max) < estate.now) == isOverdue }
    }
    if let since = filter.changedSince { rows.keep { view.standing.lastChanged[$0] >= since } }
    if !filter.tags.isEmpty {
      var resources = resourceRows
      estate.resources.keep(&resources, tags: filter.tags)
      rows.keep { row in view.resourceRow[row] >= 0 && resources[Int(view.resourceRow[row])] }
    }
    if !filter.text.isEmpty {
      let part = Array(filter.text.lowercased().utf8)
      let (check, resource, reason) = (view.standing.check, view.standing.resource, view.standing.reason)
      let titles = view.titles.pool.holding(part)
      let inCheck = zip(check.pool.holding(part), view.titles.codes).map { $0 || titles[Int($1)] }
      let (inResource, inReason) = (resource.pool.holding(part), reason.pool.holding(part))
      rows.keep { row in
        inCheck[Int(check.codes[row])] || inResource[Int(resource.codes[row])] || inReason[Int(reason.codes[row])]
      }
    }
    return rows
  }

  /// A page of findings.
  ///
  /// - Parameters:
  ///   - skipping: how many stand before the page.
  ///   - after: the row of the finding that ended the page before; goes before `skipping` where it is given.
  package func findings(
    _ filter: FindingFilter = FindingFilter(), by sort: FindingSort = .priority, descending: Bool = false,
    skipping: Int = 0, after: Int? = nil, limit: Int = 100
  ) -> RowPage {
    page(rows(of: filter), estate.order(.findings(sort)), descending, skipping, after, limit)
  }

  /// Values of a field with the findings that have each, under all of the filter but what it says of the field itself.
  package func facet(_ field: FindingField, _ filter: FindingFilter = FindingFilter()) -> [FacetValue] {
    estate.findings.column(field).facet(of: rows(of: filter, but: field))
  }

  /// A finding by its id; nil where there is none within the reach.
  package func finding(id: String) -> FindingRow? {
    guard let row = estate.findings.row(id: id), findingRows[row] else { return nil }
    return estate.findings[row]
  }

  package func counts(_ filter: FindingFilter) -> FindingCounts { counts(of: rows(of: filter)) }

  /// Of all findings within the reach.
  package var counts: FindingCounts {
    if let known = kept.withLock({ $0.counts }) { return known }
    let made = counts(of: findingRows)
    kept.withLock { $0.counts = made }
    return made
  }

  private func counts(of rows: Bitmap) -> FindingCounts {
    var counts = FindingCounts()
    let severity = estate.findings.column(.severity)
    let severities = Self.severities(severity)
    rows.forEachSet { row in add(row, severities[Int(severity.codes[row])], to: &counts) }
    return counts
  }

  private static func severities(_ column: TextColumn) -> [Severity] {
    (0..<column.distinctCount).map { Severity(rawValue: column.text(ofCode: UInt32($0))) ?? .low }
  }

  private func add(_ row: Int, _ severity: Severity, to counts: inout FindingCounts) {
    let view = estate.findings
    switch view.standing.status[row] {
    case .healthy: counts.healthy += 1
    case .unhealthy: counts.unhealthy += 1
    case .notApplicable: counts.notApplicable += 1
    case .unknown: counts.unknown += 1
    }
    if view.isExempt[row] { counts.exempt += 1 }
    guard view.isFault[row] else { return }
    if (view.due[row] ?? .max) < estate.now { counts.overdue += 1 }
    switch severity {
    case .critical: counts.critical += 1
    case .high: counts.high += 1
    case .medium: counts.medium += 1
    case .low: counts.low += 1
    }
  }

  /// What each check found, the most severe with faults first, then by how many there are.
  package func groups(_ filter: FindingFilter = FindingFilter()) -> [CheckGroup] {
    let view = estate.findings
    let (check, severity) = (view.column(.check), view.column(.severity))
    let severities = Self.severities(severity)
    var counts = [FindingCounts](repeating: FindingCounts(), count: check.distinctCount)
    var oldest = [Int64](repeating: .max, count: check.distinctCount)
    // A row of each check, for what is the same in all of them; -1 where it has none.
    var rows = [Int](repeating: -1, count: check.distinctCount)
    self.rows(of: filter).forEachSet { row in
      let code = Int(check.codes[row])
      rows[code] = row
      add(row, severities[Int(severity.codes[row])], to: &counts[code])
      if view.isFault[row], let since = view.standing.faultSince[row] { oldest[code] = min(oldest[code], since) }
    }
    let groups = rows.indices.filter { rows[$0] >= 0 }.map { code in
      CheckGroup(
        check: check.text(ofCode: UInt32(code)), title: view.titles[code], severity: severity[rows[code]],
        cloud: view.standing.cloud[rows[code]], counts: counts[code], oldest: oldest[code] == .max ? nil : oldest[code])
    }
    return groups.sorted { left, right in
      func place(_ group: CheckGroup) -> (Int, Int, Int) {
        let rank = Severity(rawValue: group.severity)?.rank ?? 0
        return (group.counts.faults > 0 ? 0 : 1, -rank, -group.counts.faults)
      }
      let (first, second) = (place(left), place(right))
      return first == second ? left.check < right.check : first < second
    }
  }

  // MARK: resources

  package func rows(of filter: ResourceFilter, but field: ResourceField? = nil) -> Bitmap {
    let view = estate.resources
    var rows = resourceRows
    for (name, values) in filter.values where name != field {
      let column = view.column(name)
      rows.keep(column, column.among(values))
    }
    if !filter.tags.isEmpty { view.keep(&rows, tags: filter.tags) }
    if let hasFaults = filter.hasFaults { rows.keep { (estate.faults[$0] > 0) == hasFaults } }
    if !filter.worst.isEmpty {
      let ranks = Set(filter.worst.compactMap { Severity(rawValue: $0.lowercased())?.rank })
      rows.keep { ranks.contains(Int(estate.worst[$0])) }
    }
    if !filter.text.isEmpty {
      let part = Array(filter.text.lowercased().utf8)
      let (id, name) = (view.column(.id), view.column(.name))
      let (inID, inName) = (id.pool.holding(part), name.pool.holding(part))
      rows.keep { inID[Int(id.codes[$0])] || inName[Int(name.codes[$0])] }
    }
    return rows
  }

  package func resources(
    _ filter: ResourceFilter = ResourceFilter(), by sort: ResourceSort = .id, descending: Bool = false,
    skipping: Int = 0, after: Int? = nil, limit: Int = 100
  ) -> RowPage {
    page(rows(of: filter), estate.order(.resources(sort)), descending, skipping, after, limit)
  }

  package func facet(_ field: ResourceField, _ filter: ResourceFilter = ResourceFilter()) -> [FacetValue] {
    estate.resources.column(field).facet(of: rows(of: filter, but: field))
  }

  /// Each `name=value` with the resources that carry it.
  package func tagFacet(_ filter: ResourceFilter = ResourceFilter()) -> [FacetValue] {
    var filter = filter
    filter.tags = []
    return estate.resources.tagFacet(of: rows(of: filter))
  }

  /// The resources of an id within the reach: of several types where they share it.
  package func resources(id: String) -> [ResourceRow] {
    estate.resources.rows(id: id).filter { resourceRows[$0] }.map { estate.resources[$0] }
  }

  /// Whether a place is seen whole: the changes, gaps and scores of an account are shown to those who may see all of it.
  package func sees(account: String) -> Bool { reach.admits(subscription: account, tag: { _ in nil }) }

  /// The findings of one resource, what is at fault first.
  package func findings(of resource: ResourceRow) -> [FindingRow] {
    var filter = FindingFilter()
    filter.values[.resource] = [resource.id]
    return findings(filter, limit: .max).rows.filter { estate.findings.resourceRow[$0] == Int32(resource.row) }
      .map { estate.findings[$0] }
  }

  // MARK: changes and compliance

  /// Places in ``EstateView/changes`` of what may be seen: of resources that are there by their reach, of those that are
  /// gone by their account.
  package func changes(since: Int64 = .min, where isWanted: (Int) -> Bool = { _ in true }) -> [Int] {
    let changes = estate.changes
    return changes.time.indices.filter { row in
      guard changes.time[row] >= since, isWanted(row) else { return false }
      if reach.isAll { return true }
      let rows = estate.resources.rows(id: changes.resource[row])
        .filter { estate.resources.column(.type)[$0] == changes.type[row] }
      return rows.isEmpty ? sees(account: changes.account[row]) : rows.contains { resourceRows[$0] }
    }
  }

  /// Events of findings that may be seen, the newest first.
  package func events(since: Int64 = .min) -> [FindingEventRow] {
    estate.events.filter { event in
      guard event.time >= since else { return false }
      if reach.isAll { return true }
      return estate.findings.row(key: event.key).map { findingRows[$0] } ?? sees(account: event.account)
    }
  }

  package var gaps: [CoverageGap] { estate.gaps.filter { sees(account: $0.account) } }
  package var scans: [ScanRow] { estate.scans.filter { sees(account: $0.account) } }

  /// The secure score of the accounts that are seen whole; nil before the first scan.
  package var secure: SecureScore? {
    estate.scores.map { record in SecureScore(scopes: record.secure.scopes.filter { sees(account: $0.account) }) }
  }

  /// The findings within the reach, counted by check and account.
  package var evidence: ComplianceEvidence {
    if let known = kept.withLock({ $0.evidence }) { return known }
    var made = ComplianceEvidence()
    let view = estate.findings
    struct Key: Hashable {
      let check, cloud, account: UInt32
      let status: Status
      let isExempt: Bool
    }
    var counts: [Key: Int] = [:]
    let (check, cloud, account) = (view.column(.check), view.column(.cloud), view.column(.account))
    findingRows.forEachSet { row in
      let status = view.standing.status[row]
      let key = Key(
        check: check.codes[row], cloud: cloud.codes[row], account: account.codes[row], status: status,
        isExempt: status == .unhealthy && view.isExempt[row])
      counts[key, default: 0] += 1
    }
    for (key, count) in counts {
      made.add(
        check.text(ofCode: key.check),
        .init(cloud: cloud.text(ofCode: key.cloud), account: account.text(ofCode: key.account)), key.status,
        number: count, isExempt: key.isExempt)
    }
    kept.withLock { $0.evidence = made }
    return made
  }

  /// A framework over the reach, or over a part of it.
  package func assessment(
    _ framework: Framework, in scope: ComplianceScope = ComplianceScope()
  ) -> Assessment {
    let name = [framework.id, scope.cloud ?? "", scope.account ?? ""].joined(separator: "\n")
    if let known = kept.withLock({ $0.assessments[name] }) { return known }
    let made = Assessment(
      framework, in: scope, evidence: evidence, attestations: attestations, now: estate.now)
    kept.withLock { kept in
      if kept.assessments.count >= 512 { kept.assessments.removeAll() }
      kept.assessments[name] = made
    }
    return made
  }

  /// The attestations that may be seen: those for all accounts, and those for one that is seen whole.
  package var attestations: [Attestation] {
    estate.attestations.filter { $0.account.isEmpty || sees(account: $0.account) }
  }

  private func page(
    _ rows: Bitmap, _ order: [Int32], _ isDescending: Bool, _ skipping: Int, _ after: Int?, _ limit: Int
  ) -> RowPage {
    let total = rows.popcount
    var (found, seen) = ([Int](), 0)
    var isAfter = after == nil
    found.reserveCapacity(min(limit, total))
    for place in 0..<order.count {
      let row = Int(order[isDescending ? order.count - 1 - place : place])
      // The row itself may have left the filter since; what follows it in the order is the same.
      if rows[row] {
        if isAfter, after != nil || seen >= skipping {
          if found.count == limit { return RowPage(rows: found, total: total, next: seen) }
          found.append(row)
        }
        seen += 1
      }
      if row == after { isAfter = true }
    }
    return RowPage(rows: found, total: total, next: nil)
  }
}
