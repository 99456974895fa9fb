// SPDX-License-Identifier: Apache-2.0

/// What Azure Policy says of a resource under one policy. A resource to which the policy does not apply has no state.
package enum PolicyState: Int, Sendable, CaseIterable {
  case nonCompliant, compliant, conflict, exempt, unknown

  /// The word that Azure has for it.
  package var text: String {
    switch self {
    case .nonCompliant: "NonCompliant"
    case .compliant: "Compliant"
    case .conflict: "Conflict"
    case .exempt: "Exempt"
    case .unknown: "Unknown"
    }
  }

  /// `stateWeight` of Resource Graph: of several states of a resource the heaviest counts.
  package var weight: Int {
    switch self {
    case .nonCompliant: 300
    case .compliant: 200
    case .conflict: 100
    case .exempt: 50
    case .unknown: 0
    }
  }
}

/// States rolled up as Azure does: each resource counts once, by its heaviest state.
///
/// What is exempt or unknown counts as good, of all resources that have a state.
package struct PolicyRollUp: Sendable, Equatable {
  private var heaviest: [Int: PolicyState] = [:]

  package init() {}

  /// - Parameter resource: a number that stands for one resource.
  package mutating func add(_ state: PolicyState, resource: Int) {
    if let known = heaviest[resource], known.weight >= state.weight { return }
    heaviest[resource] = state
  }

  package var counts: [PolicyState: Int] { heaviest.values.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
  package var total: Int { heaviest.count }

  /// The state of the whole: the heaviest that there is; nil where nothing has a state.
  package var state: PolicyState? { heaviest.values.max { $0.weight < $1.weight } }

  /// Hundredths of the resources that are not at fault, to one decimal; nil where nothing has a state.
  package var percentage: Double? {
    let counts = counts
    let good = [.compliant, .exempt, .unknown].reduce(0) { $0 + (counts[$1] ?? 0) }
    return total == 0 ? nil : Assessment.percentage(good, of: total)
  }
}
