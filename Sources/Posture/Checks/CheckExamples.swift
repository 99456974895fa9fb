// SPDX-License-Identifier: Apache-2.0
package import Content
internal import JSON
internal import KQL

/// Runs the examples that a check carries.
package struct CheckExamples: Sendable {
  /// Where now() stands in examples: 2026-01-15T00:00:00Z.
  package static let now = DateTime.ticks(year: 2026, month: 1, day: 15) ?? 0

  /// What is said of a check: how many examples ran, and which did not come out as they say.
  package struct Outcome: Sendable {
    package let check: Check
    package let count: Int
    package let problems: [ContentError]
  }

  private let defaults: Defaults

  package init(defaults: Defaults = Defaults()) {
    self.defaults = defaults
  }

  package func run(_ check: Check) -> Outcome {
    var count = 0
    var problems: [ContentError] = []
    do throws(ContentError) {
      let examples = try check.document.node.require("examples")
      try examples.allow(["healthy", "unhealthy", "notApplicable", "unknown"])
      for (key, status) in [
        ("healthy", Status.healthy), ("unhealthy", .unhealthy), ("notApplicable", .notApplicable),
        ("unknown", .unknown),
      ] {
        guard let list = try examples.optional(key) else {
          if status == .healthy || status == .unhealthy {
            problems.append(examples.error("no '\(key)' example", code: .missingKey))
          }
          continue
        }
        let all = try list.elements
        if all.isEmpty { problems.append(list.error("no '\(key)' example", code: .missingKey)) }
        for example in all {
          count += 1
          if let problem = try problem(check, example, expected: status) { problems.append(problem) }
        }
      }
    } catch {
      problems.append(error)
    }
    return Outcome(check: check, count: count, problems: problems)
  }

  private func problem(
    _ check: Check, _ example: ContentNode, expected: Status
  ) throws(ContentError) -> ContentError? {
    var rows: [ContentNode] = [example]
    if check.isLongForm {
      try example.allow(["resources"])
      rows = try example.require("resources").elements
    }
    var documents: [JSONValue] = []
    for (index, row) in rows.enumerated() {
      try row.allow(ResourceRows.schema.map(\.name))
      documents.append(complete(row.value, check, index))
    }
    let estate = Estate(resources: ResourceRows.batch(documents), now: Self.now)
    let verdicts = Judge(checks: [check], defaults: defaults).judge(estate)
    if let failure = verdicts.failures.first { return example.error("the check failed: \(failure.message)") }
    if verdicts.list.isEmpty {
      return example.error("expected \(expected.rawValue), but no resource of type \(check.type) was judged")
    }
    for verdict in verdicts.list where verdict.status != expected {
      return example.error(
        "expected \(expected.rawValue), found \(verdict.status.rawValue) for \(verdicts.subjects[verdict.subject].id); "
          + "evidence \(verdicts.evidence(verdict))")
    }
    return nil
  }

  /// A partial row with what every row has.
  private func complete(_ row: JSONValue, _ check: Check, _ index: Int) -> JSONValue {
    var draft = JSONDraft.value(row)
    for (key, value) in [
      ("id", "example-\(index + 1)"), ("type", check.type), ("cloud", check.cloud), ("source", "live"),
      ("subscriptionId", "123456789012"), ("location", check.cloud == "aws" ? "us-east-1" : ""),
    ] where row[key] == nil {
      draft.set(JSONPath(steps: [.key(key)]), .string(value))
    }
    return draft.document().root
  }
}
