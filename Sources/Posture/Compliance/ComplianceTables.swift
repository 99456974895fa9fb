// SPDX-License-Identifier: Apache-2.0
package import KQL

/// Assessments as tables, named after Defender's regulatoryComplianceStandards, -Controls and -Assessments.
package enum ComplianceTables {
  package static let standardsSchema: Schema = [
    Field("standard", .string), Field("title", .string), Field("cloud", .string), Field("account", .string),
    Field("controls", .long), Field("proved", .long), Field("failed", .long), Field("attested", .long),
    Field("unproved", .long), Field("provedPercent", .real), Field("failedPercent", .real),
    Field("attestedPercent", .real), Field("unprovedPercent", .real),
  ]

  /// One row for each assessment; cloud and account are empty where it is of all.
  package static func standards(_ assessments: [Assessment]) -> Batch {
    let states: [ControlState] = [.proved, .failed, .attested, .unproved]
    return Batch(
      columns: [
        texts(assessments.map(\.framework.id)), texts(assessments.map(\.framework.title)),
        texts(assessments.map { $0.scope.cloud ?? "" }), texts(assessments.map { $0.scope.account ?? "" }),
        numbers(assessments.map(\.results.count)),
      ] + states.map { state in numbers(assessments.map { $0.count(state) }) }
        + states.map { state in .real(FixedColumn(assessments.map { $0.percentage(state) })) },
      count: assessments.count)
  }

  package static let controlsSchema: Schema = [
    Field("standard", .string), Field("control", .string), Field("title", .string), Field("state", .string),
    Field("reason", .string), Field("passedAssessments", .long), Field("failedAssessments", .long),
    Field("skippedAssessments", .long), Field("healthy", .long), Field("unhealthy", .long), Field("exempt", .long),
    Field("unknown", .long), Field("owner", .string), Field("evidence", .string), Field("expires", .string),
  ]

  /// One row for each control.
  package static func controls(_ assessments: [Assessment]) -> Batch {
    let rows = assessments.flatMap { assessment in assessment.results.map { (assessment.framework.id, $0) } }
    func text(_ value: (ControlResult) -> String) -> Column { texts(rows.map { value($0.1) }) }
    func number(_ value: (ControlResult) -> Int) -> Column { numbers(rows.map { value($0.1) }) }
    func checks(_ states: Set<AssessmentState>) -> Column {
      number { result in result.checks.count { states.contains(AssessmentState($0.tally)) } }
    }
    return Batch(
      columns: [
        texts(rows.map(\.0)), text(\.control.id), text(\.control.title), text(\.state.rawValue), text(\.reason),
        checks([.passed]), checks([.failed]), checks([.skipped, .unknown]), number(\.tally.healthy),
        number(\.tally.unhealthy), number(\.tally.exempt), number(\.tally.unknown),
        text { $0.attestation?.owner ?? "" }, text { $0.attestation?.evidence ?? "" },
        text { $0.attestation.map { DateTime.text($0.expires) } ?? "" },
      ], count: rows.count)
  }

  /// What one check says in one account.
  package enum AssessmentState: String, Sendable {
    case passed = "Passed"
    case failed = "Failed"
    /// Nothing to judge, or all exempt.
    case skipped = "Skipped"
    case unknown = "Unknown"

    package init(_ tally: Tally) {
      self = tally.unhealthy > 0 ? .failed : tally.unknown > 0 ? .unknown : tally.healthy > 0 ? .passed : .skipped
    }
  }

  package static let assessmentsSchema: Schema = [
    Field("standard", .string), Field("control", .string), Field("assessment", .string), Field("trace", .string),
    Field("cloud", .string), Field("account", .string), Field("state", .string), Field("passedResources", .long),
    Field("failedResources", .long), Field("skippedResources", .long), Field("unknownResources", .long),
  ]

  /// One row for each control, check and account; a check without findings has one row without an account.
  package static func assessments(_ assessments: [Assessment], _ evidence: ComplianceEvidence) -> Batch {
    var rows: [(standard: String, control: String, link: Framework.Link, place: ComplianceEvidence.Place, Tally)] = []
    for assessment in assessments {
      for result in assessment.results {
        for check in result.checks {
          let found = evidence.tallies(check.link.check, in: assessment.scope)
          let nowhere = (place: ComplianceEvidence.Place(cloud: "", account: ""), tally: Tally())
          for (place, tally) in found.isEmpty ? [nowhere] : found {
            rows.append((assessment.framework.id, result.control.id, check.link, place, tally))
          }
        }
      }
    }
    return Batch(
      columns: [
        texts(rows.map(\.standard)), texts(rows.map(\.control)), texts(rows.map(\.link.check)),
        texts(rows.map(\.link.trace)), texts(rows.map(\.place.cloud)), texts(rows.map(\.place.account)),
        texts(rows.map { AssessmentState($0.4).rawValue }), numbers(rows.map(\.4.healthy)),
        numbers(rows.map(\.4.unhealthy)), numbers(rows.map(\.4.exempt)), numbers(rows.map(\.4.unknown)),
      ], count: rows.count)
  }

  private static func texts(_ values: [String]) -> Column {
    var builder = StringColumnBuilder()
    for value in values { builder.append(value) }
    return .string(builder.finish())
  }

  private static func numbers(_ values: [Int]) -> Column { .long(FixedColumn(values.map(Int64.init))) }
}
