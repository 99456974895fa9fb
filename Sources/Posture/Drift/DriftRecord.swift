// SPDX-License-Identifier: Apache-2.0

/// A check whose verdict a difference turns.
package struct DriftFlip: Sendable {
  package let check: Check
  /// The verdict on the resource as the state has it, and as it is.
  package let before: Status
  package let after: Status

  /// Whether the resource was good as it was described.
  package var isWorse: Bool { after == .unhealthy }
}

/// An attribute that is not the same everywhere, as it may be shown and kept: values that are not to be seen are gone.
package struct DriftAttribute: Sendable {
  /// `properties.VersioningConfiguration.Status`; empty for the resource itself.
  package var path: String
  /// Of the state, live, and of the code, as JSON; empty for nothing.
  package var expected: String
  package var actual: String
  package var code: String
  /// Of lists: elements that only the state has, and only the cloud.
  package var removed: [String]
  package var added: [String]
  package var verdict: String
  package var isDrift: Bool
  /// `main.tf:12:3`
  package var codeLocation: String
  package var flips: [DriftFlip] = []

  package init(
    path: String, expected: String, actual: String, code: String, removed: [String], added: [String], verdict: String,
    isDrift: Bool, codeLocation: String
  ) {
    self.path = path
    self.expected = expected
    self.actual = actual
    self.code = code
    self.removed = removed
    self.added = added
    self.verdict = verdict
    self.isDrift = isDrift
    self.codeLocation = codeLocation
  }

  package var severity: Severity? { flips.map(\.check.severity).max() }
}

/// What became of a resource of a state, or of a live one that no state has.
package struct DriftRow: Sendable {
  package var status: String
  package var reason: String
  package var stateUri: String
  package var address: String
  package var previousAddress: String
  package var terraformType: String
  package var resourceType: String
  package var cloud: String
  package var account: String
  package var region: String
  package var resourceId: String
  package var codeLocation: String
  package var verdict: String
  package var attributes: [DriftAttribute]

  package init(
    status: String, reason: String, stateUri: String, address: String, previousAddress: String, terraformType: String,
    resourceType: String, cloud: String, account: String, region: String, resourceId: String, codeLocation: String,
    verdict: String, attributes: [DriftAttribute]
  ) {
    self.status = status
    self.reason = reason
    self.stateUri = stateUri
    self.address = address
    self.previousAddress = previousAddress
    self.terraformType = terraformType
    self.resourceType = resourceType
    self.cloud = cloud
    self.account = account
    self.region = region
    self.resourceId = resourceId
    self.codeLocation = codeLocation
    self.verdict = verdict
    self.attributes = attributes
  }

  /// Every check that turns, once.
  package var flips: [DriftFlip] {
    var seen: Set<String> = []
    return attributes.flatMap(\.flips).filter { seen.insert($0.check.id).inserted }
      .sorted { ($1.check.severity, $0.check.id) < ($0.check.severity, $1.check.id) }
  }
  package var severity: Severity? { attributes.compactMap(\.severity).max() }
}

/// One comparison.
package struct DriftRun: Sendable {
  /// Ticks of the comparison.
  package var time: Int64
  package var states: [String]
  package var rows: [DriftRow]
  /// The share of live resources that states manage, of those that they could.
  package var coverage: Double?

  package init(time: Int64, states: [String], rows: [DriftRow], coverage: Double?) {
    self.time = time
    self.states = states
    self.rows = rows
    self.coverage = coverage
  }

  /// How many resources have each status, in the order of the statuses' names.
  package var counts: [(status: String, count: Int)] {
    var counts: [String: Int] = [:]
    for row in rows { counts[row.status, default: 0] += 1 }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
