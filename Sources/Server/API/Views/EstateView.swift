// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import KQL
package import Posture
internal import Synchronization

/// The estate as it stood after a scan, with the exemptions, rules and attestations of that time: what pages and endpoints
/// read. Nothing in it changes; ``EstateViews`` puts a new one in its place.
///
/// What a principal may see of it is ``scoped(to:)``: pages and endpoints read that, never this.
package final class EstateView: Sendable {
  /// Another word for each state: for ETags.
  package let version: String
  /// Ticks; what is overdue or has lapsed is so at this time.
  package let now: Int64
  package let resources: ResourceView
  package let findings: FindingView
  package let checks: CheckLibrary
  /// The checks at hand by id.
  package let checksByID: [String: Check]
  package let frameworks: FrameworkLibrary
  package let book: PolicyBook
  package let attestations: [Attestation]
  /// Of each account the newest scan, and what it did not get.
  package let scans: [ScanRow]
  package let gaps: [CoverageGap]
  /// The newest changes of resources and events of findings, the newest first.
  package let changes: ChangeColumns
  package let events: [FindingEventRow]
  /// The newest scores; nil before the first scan.
  package let scores: ScoreRecord?
  package let history: [ScorePoint]
  package let secureModel: SecureScoreModel
  /// Of each resource how many findings count, and the place of the worst severity: 1 for low to 4 for critical, 0 for
  /// none.
  package let faults: [Int32]
  package let worst: [UInt8]
  /// What the store keeps of checks that judged.
  let judged: [JudgedCheck]
  let fingerprint: EstateFingerprint
  /// Ticks at which something of it becomes due or lapses.
  let nextTurn: Int64
  private let scopes = Mutex<[Reach: ScopedView]>([:])
  private let orders = Mutex<[RowOrder: [Int32]]>([:])

  init(_ parts: EstateParts) {
    (version, now, fingerprint, nextTurn) = (parts.version, parts.now, parts.fingerprint, parts.nextTurn)
    (resources, findings, judged) = (parts.resources, parts.findings, parts.judged)
    (checks, frameworks, checksByID) = (parts.checks, parts.frameworks, parts.checksByID)
    (book, attestations) = (parts.book, parts.attestations)
    (scans, gaps, changes, events) = (parts.scans, parts.gaps, parts.changes, parts.events)
    (scores, history, secureModel) = (parts.scores, parts.history, parts.secureModel)
    let findings = parts.findings
    var (faults, worst) = ([Int32](repeating: 0, count: resources.count), [UInt8](repeating: 0, count: resources.count))
    let severities = findings.column(.severity)
    let ranks = (0..<severities.distinctCount).map {
      UInt8(Severity(rawValue: severities.text(ofCode: UInt32($0)))?.rank ?? 1)
    }
    findings.isFault.forEachSet { row in
      let resource = Int(findings.resourceRow[row])
      guard resource >= 0 else { return }
      faults[resource] += 1
      worst[resource] = max(worst[resource], ranks[Int(severities.codes[row])])
    }
    (self.faults, self.worst) = (faults, worst)
  }

  /// What lies within a reach. Made once for each.
  package func scoped(to reach: Reach) -> ScopedView {
    if let known = scopes.withLock({ $0[reach] }) { return known }
    let made = ScopedView(self, reach)
    return scopes.withLock { scopes in
      // Reaches are as many as users and tokens; should they be more, those that are asked for come back.
      if scopes.count >= 256 { scopes.removeAll() }
      return scopes[reach, default: made]
    }
  }

  /// All rows in an order, made once for each.
  func order(_ order: RowOrder) -> [Int32] {
    if let known = orders.withLock({ $0[order] }) { return known }
    let made = order.rows(of: self)
    return orders.withLock { orders in
      orders[order] = made
      return made
    }
  }
}

/// The scores of one scan, for lines over time.
package struct ScorePoint: Sendable {
  /// Ticks.
  package let time: Int64
  /// 0 to 100.
  package let secure: Double?
  /// Units of ``RiskScore``.
  package let risk: Int
  package let accounts: [ScopeScore]
}

/// What a view is made of.
struct EstateParts {
  var version: String
  var now: Int64
  var fingerprint: EstateFingerprint
  var nextTurn: Int64
  var resources: ResourceView
  var findings: FindingView
  var judged: [JudgedCheck]
  var checks: CheckLibrary
  var checksByID: [String: Check]
  var frameworks: FrameworkLibrary
  var book: PolicyBook
  var attestations: [Attestation]
  var scans: [ScanRow]
  var gaps: [CoverageGap]
  var changes: ChangeColumns
  var events: [FindingEventRow]
  var scores: ScoreRecord?
  var history: [ScorePoint]
  var secureModel: SecureScoreModel
}

extension EstateParts {
  init(_ view: EstateView) {
    self.init(
      version: view.version, now: view.now, fingerprint: view.fingerprint, nextTurn: view.nextTurn,
      resources: view.resources, findings: view.findings, judged: view.judged, checks: view.checks,
      checksByID: view.checksByID, frameworks: view.frameworks, book: view.book, attestations: view.attestations,
      scans: view.scans, gaps: view.gaps, changes: view.changes, events: view.events, scores: view.scores,
      history: view.history, secureModel: view.secureModel)
  }
}
