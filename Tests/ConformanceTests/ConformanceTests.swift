// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import KQL
import Testing

/// Runs the suite. `PLUMB_PIN=1` writes down the cases that match; `PLUMB_CASE=id` shows one case in full.
struct ConformanceTests {
  struct Outcome {
    let item: ConformanceCase
    let verdict: Verdict
    let detail: String
    let types: [String]
  }

  @Test func `cases that once matched still match`() throws {
    guard let file = Suite.file else {
      print("conformance: skipped, no kql-conformance/cases.json (set PLUMB_CASES to the folder that holds it)")
      return
    }
    let environment = ProcessInfo.processInfo.environment
    var cases = try Suite.load()
    try #require(!cases.isEmpty, "no cases of class a in \(file.path)")
    if let id = environment["PLUMB_CASE"] { cases = cases.filter { $0.id.contains(id) } }
    let outcomes = cases.map(Self.run)
    if environment["PLUMB_CASE"] != nil {
      for outcome in outcomes { Self.show(outcome) }
      return
    }
    try Self.report(outcomes)
    let matched = outcomes.filter { $0.verdict == .match }.map(\.item)
    if environment["PLUMB_PIN"] != nil { try Suite.pin(matched) }
    let pinned = try Suite.pinned()
    for outcome in outcomes where outcome.verdict != .match && pinned.contains(outcome.item.id) {
      Issue.record("\(outcome.item.id): \(outcome.verdict): \(outcome.detail)")
    }
  }

  static func run(_ item: ConformanceCase) -> Outcome {
    do {
      let answer = try Answer.json(to: item.query)
      let comparator = Comparator(case: item.item)
      let (verdict, detail) = comparator.judge(answer.root)
      return Outcome(item: item, verdict: verdict, detail: detail, types: comparator.typeMismatches(answer.root))
    } catch {
      return Outcome(item: item, verdict: .error, detail: "\(error)", types: [])
    }
  }

  private static func show(_ outcome: Outcome) {
    print("== \(outcome.item.id) (\(outcome.item.area)): \(outcome.verdict) \(outcome.detail)\n\(outcome.item.query)")
    print("expected: \(outcome.item.item["expected"]?.text ?? "")")
    if let answer = try? Answer.json(to: outcome.item.query) { print("got:      \(answer.root.text)") }
  }

  /// The tally on standard output, what failed in `.build/conformance/failures.txt`.
  private static func report(_ outcomes: [Outcome]) throws {
    for (area, outcomes) in Dictionary(grouping: outcomes, by: \.item.area).sorted(by: { $0.key < $1.key }) {
      let tally = Dictionary(grouping: outcomes, by: \.verdict).mapValues(\.count)
      let matched = tally[.match] ?? 0
      let rest = tally.filter { $0.key != .match }.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      print("conformance \(area): \(matched) of \(outcomes.count) match; \(rest)")
    }
    let matched = outcomes.count { $0.verdict == .match }
    let wrongTypes = outcomes.count { $0.verdict == .match && !$0.types.isEmpty }
    print("conformance: \(matched) of \(outcomes.count) match, \(wrongTypes) of them with other column types")
    let folder = Suite.package.appending(path: ".build/conformance")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let failures = outcomes.filter { $0.verdict != .match }
      .map { "\($0.item.area)\t\($0.verdict)\t\($0.item.id)\t\($0.detail.replacing("\n", with: " "))\n" }
    let types = outcomes.filter { $0.verdict == .match && !$0.types.isEmpty }
      .map { "\($0.item.area)\ttypes\t\($0.item.id)\t\($0.types.joined(separator: "; "))\n" }
    try Data((failures + types).joined().utf8).write(to: folder.appending(path: "failures.txt"))
  }
}
