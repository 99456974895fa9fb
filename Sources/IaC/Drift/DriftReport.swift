// SPDX-License-Identifier: Apache-2.0

/// What became of a resource.
package enum DriftStatus: String, Sendable, CaseIterable {
  case inSync = "in_sync"
  /// Live differs from the state.
  case drifted
  /// The state has it, the cloud does not.
  case missing
  /// The cloud has it, no state does.
  case unmanaged
  /// It comes with another resource, or with the account.
  case child
  /// A rule says to leave it out.
  case ignored
  /// It cannot be told.
  case undetermined
  /// The same resource under another address.
  case moved
}

/// How code, state and cloud stand to each other.
package enum DriftVerdict: String, Sendable, CaseIterable {
  case inSync = "in sync"
  /// Code and state agree, the cloud differs.
  case drift
  /// State and cloud agree, the code differs.
  case pendingChange = "pending change"
  /// Code and cloud agree, the state differs.
  case staleState = "stale state"
  /// All three differ.
  case conflict
}

/// One attribute that is not the same everywhere.
package struct DriftDifference: Sendable {
  package var keys: [String]
  /// As evidence writes it: `properties.VersioningConfiguration.Status`; empty for the resource itself.
  package var path: String
  /// What the state says; nil for nothing.
  package var expected: CodeNode?
  package var actual: CodeNode?
  /// Of lists: elements that only one side has.
  package var removed: [CodeNode] = []
  package var added: [CodeNode] = []
  /// The value that the path would have without the difference.
  package var reverted: CodeNode?
  /// Of code, where it is at hand and says something else than the state.
  package var code: CodeNode?
  package var verdict: DriftVerdict?
  /// The line of code, else of the state.
  package var place: CodePlace?
  /// Where the state has it.
  package var statedAt: CodePlace?
  /// Whether live differs from the state.
  package var isDrift: Bool { verdict != .pendingChange }
}

/// A resource of a state, or a live one that no state has.
package struct DriftedResource: Sendable {
  package var status: DriftStatus
  /// Why, in plain words; empty where the status says it.
  package var reason: String
  /// Whether that it cannot be told hangs on what scans saw.
  package var isUnseen = false
  package var state: String
  package var address: String
  package var previousAddress: String?
  package var kind: String
  package var type: String
  package var cloud: String
  package var account: String
  package var region: String
  /// The cloud's id, or what the state knows it by.
  package var id: String
  /// Index of the live resource.
  package var live: Int?
  package var place: CodePlace?
  package var verdict: DriftVerdict?
  package var differences: [DriftDifference] = []
  /// Whether it is a part of another resource, which stands for both in counts of live ones.
  package var isPart = false
}

/// What a comparison found.
package struct DriftReport: Sendable {
  /// In the order of states, addresses and ids.
  package var resources: [DriftedResource]

  package func count(_ status: DriftStatus) -> Int { resources.count { $0.status == status } }

  /// Resources of states that the cloud has.
  package var managed: Int { resources.count { $0.live != nil && !$0.address.isEmpty && !$0.isPart } }

  /// The share of live resources that code manages, of those that it could; nil where there are none.
  package var coverage: Double? {
    let all = managed + count(.unmanaged)
    return all == 0 ? nil : Double(managed) / Double(all)
  }
}
