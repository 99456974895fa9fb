// SPDX-License-Identifier: Apache-2.0
package import Inventory
package import KQL

/// The score of frameworks in the manner of Compliance Manager: points achieved of points possible.
///
/// A check is a technical action: it counts once in each tenant, however many controls and frameworks ask for it, and is
/// achieved when all that it judged there is healthy. A control that only a person can vouch for is a non-technical
/// action: it counts once in its framework, which is the group, and is achieved while an attestation stands. What nothing
/// was judged by, and what is exempt altogether, is not asked for; what is not known is asked for and not achieved.
package struct ManagerScore: Sendable {
  package struct Action: Sendable {
    /// Of a check or a control.
    package let id: String
    package let title: String
    /// The tenant; of a non-technical action the framework.
    package let place: String
    package let isTechnical: Bool
    package let worth: ManagerModel.Worth
    package let isAchieved: Bool
    package let reason: String

    package var achieved: Int { isAchieved ? worth.points : 0 }
  }

  package let actions: [Action]

  package var possible: Int { actions.reduce(0) { $0 + $1.worth.points } }
  package var achieved: Int { actions.reduce(0) { $0 + $1.achieved } }
  /// To one decimal.
  package var percentage: Double { Assessment.percentage(achieved, of: possible) }

  /// - Parameters:
  ///   - assessments: one for each framework, of the same scope; together they give a score in which each action counts
  ///     once.
  ///   - tenants: the tenant of each account, as ``Store/tenants()`` has it.
  package init(
    _ assessments: [Assessment], _ checks: [Check], _ model: ManagerModel, _ evidence: ComplianceEvidence,
    tenants: [String: String]
  ) {
    let byId = Dictionary(checks.map { ($0.id, $0) }) { first, _ in first }
    var actions: [Action] = []
    var seen: Set<String> = []
    for assessment in assessments {
      for result in assessment.results {
        for link in result.checks.map(\.link.check) where seen.insert(link).inserted {
          guard let check = byId[link], let worth = model.worth(of: check) else { continue }
          // An account without a tenant is one of its cloud's.
          let places = Dictionary(
            grouping: evidence.tallies(link, in: assessment.scope),
            by: { tenants[$0.place.account].flatMap { $0.isEmpty ? nil : $0 } ?? $0.place.cloud })
          for (tenant, tallies) in places.sorted(by: { $0.key < $1.key }) {
            let tally = tallies.reduce(into: Tally()) { $0 += $1.tally }
            guard tally.healthy + tally.unhealthy + tally.unknown > 0 else { continue }
            actions.append(
              Action(
                id: check.id, title: check.title, place: tenant, isTechnical: true, worth: worth,
                isAchieved: tally.unhealthy == 0 && tally.unknown == 0, reason: Self.reason(tally)))
          }
        }
        guard result.checks.isEmpty else { continue }
        let isAttested = result.state == .attested
        actions.append(
          Action(
            id: result.control.id, title: result.control.title, place: assessment.framework.id, isTechnical: false,
            worth: model.nontechnical, isAchieved: isAttested, reason: result.reason))
      }
    }
    self.actions = actions
  }

  private static func reason(_ tally: Tally) -> String {
    [("healthy", tally.healthy), ("unhealthy", tally.unhealthy), ("exempt", tally.exempt), ("unknown", tally.unknown)]
      .filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
  }

  // MARK: Tables

  package static let schema: Schema = [
    Field("standard", .string), Field("title", .string), Field("technicalAchieved", .long),
    Field("technicalPossible", .long), Field("nontechnicalAchieved", .long), Field("nontechnicalPossible", .long),
    Field("achieved", .long), Field("possible", .long), Field("percent", .real),
  ]

  /// One row for each named score.
  package static func rows(_ scores: [(id: String, title: String, score: ManagerScore)]) -> Batch {
    func points(_ isTechnical: Bool, _ value: (Action) -> Int) -> Column {
      .long(
        FixedColumn(
          scores.map { entry in
            Int64(entry.score.actions.reduce(0) { $0 + ($1.isTechnical == isTechnical ? value($1) : 0) })
          }))
    }
    return Batch(
      columns: [
        .string(StringColumn(scores.map(\.id))), .string(StringColumn(scores.map(\.title))), points(true, \.achieved),
        points(true, \.worth.points), points(false, \.achieved), points(false, \.worth.points),
        .long(FixedColumn(scores.map { Int64($0.score.achieved) })),
        .long(FixedColumn(scores.map { Int64($0.score.possible) })),
        .real(FixedColumn(scores.map(\.score.percentage))),
      ], count: scores.count)
  }

  package static let actionsSchema: Schema = [
    Field("action", .string), Field("title", .string), Field("place", .string), Field("technical", .bool),
    Field("kind", .string), Field("mandatory", .bool), Field("points", .long), Field("achieved", .long),
    Field("reason", .string),
  ]

  /// One row for each action.
  package var rows: Batch {
    func texts(_ value: (Action) -> String) -> Column { .string(StringColumn(actions.map(value))) }
    func flags(_ value: (Action) -> Bool) -> Column {
      var bits = Bitmap(count: actions.count)
      for (row, action) in actions.enumerated() where value(action) { bits[row] = true }
      return .bool(BoolColumn(bits))
    }
    return Batch(
      columns: [
        texts(\.id), texts(\.title), texts(\.place), flags(\.isTechnical), texts(\.worth.kind.rawValue),
        flags(\.worth.isMandatory), .long(FixedColumn(actions.map { Int64($0.worth.points) })),
        .long(FixedColumn(actions.map { Int64($0.achieved) })), texts(\.reason),
      ], count: actions.count)
  }
}

extension Store {
  /// The tenant of each account, as the first of its resources has it; empty where it has none.
  package func tenants() throws(StoreError) -> [String: String] { try read(FindingStore.tenants) }
}
