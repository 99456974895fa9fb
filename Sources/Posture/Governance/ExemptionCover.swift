// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// Which exemption covers a fault on a row of `resources`, for faults that do not stand in a store.
struct ExemptionCover {
  private let exemptions: [Exemption]
  private let rows: [[Bool]]

  /// - Parameter exemptions: those in force; one that lasts longer goes before others.
  init(_ exemptions: [Exemption], _ resources: Batch, now: Int64) throws(KQLError) {
    let list = exemptions.filter { $0.isActive(at: now) }
      .sorted { ($0.expires ?? .max, $1.id) > ($1.expires ?? .max, $0.id) }
    let (places, context) = (PolicyRows(resources), EvaluationContext(now: now))
    self.exemptions = list
    var rows: [[Bool]] = []
    for exemption in list { rows.append(try exemption.scope.covers(places, context)) }
    self.rows = rows
  }

  func exempted(check: String, row: Int) -> FindingMark.Exempted? {
    for (exemption, covers) in zip(exemptions, rows) where covers.indices.contains(row) && covers[row] {
      if exemption.checks.contains(where: { $0.matches(check) }) {
        return .init(id: exemption.id, category: exemption.category, expires: exemption.expires)
      }
    }
    return nil
  }
}
