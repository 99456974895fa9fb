// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory

/// How many findings say what.
package struct Tally: Sendable, Equatable {
  package var healthy = 0
  /// Unhealthy and not exempt.
  package var unhealthy = 0
  /// Unhealthy, and somebody has taken it upon himself: neither a fault nor a proof.
  package var exempt = 0
  package var unknown = 0

  package init(healthy: Int = 0, unhealthy: Int = 0, exempt: Int = 0, unknown: Int = 0) {
    self.healthy = healthy
    self.unhealthy = unhealthy
    self.exempt = exempt
    self.unknown = unknown
  }

  package var total: Int { healthy + unhealthy + exempt + unknown }

  static func += (left: inout Tally, right: Tally) {
    left.healthy += right.healthy
    left.unhealthy += right.unhealthy
    left.exempt += right.exempt
    left.unknown += right.unknown
  }

  mutating func count(_ status: Status, _ number: Int) {
    switch status {
    case .healthy: healthy += number
    case .unhealthy: unhealthy += number
    case .unknown: unknown += number
    case .notApplicable: break
    }
  }
}

/// What part of the estate is looked at; nil for all of it.
package struct ComplianceScope: Sendable, Hashable {
  package var cloud: String?
  package var account: String?

  package init(cloud: String? = nil, account: String? = nil) {
    self.cloud = cloud
    self.account = account
  }

  func contains(cloud: String, account: String) -> Bool {
    (self.cloud ?? cloud) == cloud && (self.account ?? account) == account
  }
}

/// The findings that stand, counted by check and account.
package struct ComplianceEvidence: Sendable {
  package struct Place: Sendable, Hashable {
    package let cloud: String
    package let account: String

    package init(cloud: String, account: String) {
      self.cloud = cloud
      self.account = account
    }
  }

  private var tallies: [String: [Place: Tally]] = [:]

  package init() {}

  /// Counts findings with their marks.
  package init(_ findings: [Finding]) {
    for finding in findings {
      let place = Place(cloud: finding.subject.cloud, account: finding.subject.account)
      add(finding.check.id, place, finding.status)
      if finding.status == .unhealthy, finding.isExempt { excuse(finding.check.id, place) }
    }
  }

  /// Counts the findings of a store.
  ///
  /// - Parameter exempt: keys of the findings that are exempt.
  package init(_ store: Store, exempt: Set<Int64> = []) throws(StoreError) {
    self = try store.read { db in
      var evidence = ComplianceEvidence()
      guard try db.tableExists("finding") else { return evidence }
      let counts = try Row.fetchCursor(
        db,
        sql: """
          SELECT c.text, cl.text, a.text, f.status, COUNT(*) FROM finding f
          JOIN findingText c ON c.key = f.checkId JOIN findingText cl ON cl.key = f.cloud
          JOIN findingText a ON a.key = f.account
          WHERE f.closed IS NULL GROUP BY f.checkId, f.cloud, f.account, f.status
          """)
      while let row = try counts.next() {
        evidence.add(
          row[0], Place(cloud: row[1], account: row[2]), Status(code: row[3]), number: row[4])
      }
      let excused = try db.makeStatement(
        sql: """
          SELECT c.text, cl.text, a.text FROM finding f
          JOIN findingText c ON c.key = f.checkId JOIN findingText cl ON cl.key = f.cloud
          JOIN findingText a ON a.key = f.account
          WHERE f.key = ? AND f.closed IS NULL AND f.status = \(Status.unhealthy.code)
          """)
      for key in exempt {
        guard let row = try Row.fetchOne(excused, arguments: [key]) else { continue }
        evidence.excuse(row[0], Place(cloud: row[1], account: row[2]))
      }
      return evidence
    }
  }

  /// - Parameter isExempt: whether faults are exempt.
  package mutating func add(
    _ check: String, _ place: Place, _ status: Status, number: Int = 1, isExempt: Bool = false
  ) {
    if isExempt, status == .unhealthy {
      tallies[check, default: [:]][place, default: Tally()].exempt += number
    } else {
      tallies[check, default: [:]][place, default: Tally()].count(status, number)
    }
  }

  private mutating func excuse(_ check: String, _ place: Place) {
    tallies[check]?[place]?.unhealthy -= 1
    tallies[check]?[place]?.exempt += 1
  }

  package func tally(_ check: String, in scope: ComplianceScope) -> Tally {
    if let cloud = scope.cloud, let account = scope.account {
      return tallies[check]?[Place(cloud: cloud, account: account)] ?? Tally()
    }
    return (tallies[check] ?? [:]).reduce(into: Tally()) { sum, entry in
      if scope.contains(cloud: entry.key.cloud, account: entry.key.account) { sum += entry.value }
    }
  }

  /// What a check found, account by account.
  func tallies(_ check: String, in scope: ComplianceScope) -> [(place: Place, tally: Tally)] {
    (tallies[check] ?? [:]).filter { scope.contains(cloud: $0.key.cloud, account: $0.key.account) }
      .sorted { ($0.key.cloud, $0.key.account) < ($1.key.cloud, $1.key.account) }
      .map { (place: $0.key, tally: $0.value) }
  }

  /// Accounts with findings, by cloud and name.
  package var places: [Place] {
    Set(tallies.values.flatMap(\.keys)).sorted { ($0.cloud, $0.account) < ($1.cloud, $1.account) }
  }
}
