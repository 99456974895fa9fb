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
    /// Examples of the file.
    package let count: Int
    /// Examples of what is not known that were made of the others.
    package let derived: Int
    package let problems: [ContentError]
  }

  private let bench: ExampleBench

  package init(defaults: Defaults = Defaults()) { bench = ExampleBench(defaults: defaults) }

  package func run(_ check: Check) -> Outcome {
    var (count, derived) = (0, 0)
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
        for node in all {
          count += 1
          let example = try bench.example(of: check, node, key)
          let gaps = try UnknownExamples.gaps(of: example, check)
          if let problem = problem(check, example, gaps, expected: status) { problems.append(problem) }
        }
      }
      if problems.isEmpty {
        let unknown = try UnknownExamples(check, bench).run()
        derived = unknown.count
        problems += unknown.problems
      }
    } catch {
      problems.append(error)
    }
    return Outcome(check: check, count: count, derived: derived, problems: problems)
  }

  private func problem(
    _ check: Check, _ example: ExampleBench.Example, _ gaps: [Estate.Gap], expected: Status
  ) -> ContentError? {
    let node = example.node
    let verdicts = bench.judge(check, example.rows, gaps: gaps)
    if let failure = verdicts.failures.first { return node.error("the check failed: \(failure.message)") }
    if verdicts.list.isEmpty {
      return node.error("expected \(expected.rawValue), but no resource of type \(check.type) was judged")
    }
    for verdict in verdicts.list where verdict.status != expected {
      return node.error(
        "expected \(expected.rawValue), found \(verdict.status.rawValue) for \(verdicts.subjects[verdict.subject].id); "
          + "evidence \(verdicts.evidence(verdict))")
    }
    return nil
  }
}
