// SPDX-License-Identifier: Apache-2.0
/// Which findings are asked for. Of several values of a field any may hold, of several fields all must.
package struct FindingFilter: Sendable, Hashable {
  package var values: [FindingField: Set<String>] = [:]
  /// A part of the title, the check's id, the resource's id or the reason; in any case of its letters.
  package var text = ""
  /// Only those that count: unhealthy, neither exempt nor told of by another check.
  package var isFault: Bool?
  package var isExempt: Bool?
  package var isOverdue: Bool?
  /// Only of these checks, those of a control for instance.
  package var checks: Set<String>?
  /// Only of the resources that carry one of these tags, each `name=value` or `name`.
  package var tags: Set<String> = []
  /// Ticks: those whose status changed at this time or later.
  package var changedSince: Int64?

  package init(values: [FindingField: Set<String>] = [:]) { self.values = values }
}

/// Which resources are asked for.
package struct ResourceFilter: Sendable, Hashable {
  package var values: [ResourceField: Set<String>] = [:]
  /// A part of the id or the name.
  package var text = ""
  package var tags: Set<String> = []
  /// Those with faults, or without.
  package var hasFaults: Bool?
  /// Those whose worst fault is one of these severities.
  package var worst: Set<String> = []

  package init(values: [ResourceField: Set<String>] = [:]) { self.values = values }
}

/// Rows of one page, and what follows.
package struct RowPage: Sendable {
  package let rows: [Int]
  /// All rows that the filter lets through.
  package let total: Int
  /// How many of them stand before those after this page; nil where it is the last.
  package let next: Int?
}

/// How many findings have each status, and how many faults each severity.
package struct FindingCounts: Sendable, Equatable {
  package var healthy = 0
  package var unhealthy = 0
  package var notApplicable = 0
  package var unknown = 0
  package var exempt = 0
  package var overdue = 0
  /// Those that count, by severity.
  package var critical = 0
  package var high = 0
  package var medium = 0
  package var low = 0
  package var faults: Int { critical + high + medium + low }
}

/// What one check found.
package struct CheckGroup: Sendable {
  package let check: String
  package let title: String
  package let severity: String
  package let cloud: String
  package let counts: FindingCounts
  /// Ticks since when the oldest of its faults stands; nil where it has none.
  package let oldest: Int64?
}
