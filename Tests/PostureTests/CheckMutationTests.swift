// SPDX-License-Identifier: Apache-2.0
import Content
import Posture
import Testing

/// The mutation run, and the examples of what is not known that are made of others.
@Suite struct CheckMutationTests {
  private static func check(_ rule: String, _ examples: String) throws -> Check {
    let text = Fixture.text("good", rule: rule).replacing("examples: {healthy: [], unhealthy: []}", with: examples)
    let library = try Fixture.library(["checks/test/unit/good.yaml": text])
    #expect(library.problems.map(\.description) == [])
    return try #require(library.checks.first)
  }

  @Test(arguments: [
    ("unhealthy: properties.On != true", "{properties: {On: true}}", "", ["properties.On: flipped"]),
    // A word of the unhealthy example turns what no nonsense does.
    (
      "unhealthy: properties.Mode == 'weak'", "{properties: {Mode: strong}}", "{properties: {Mode: weak}}",
      ["properties.Mode: flipped"]
    ),
    ("unhealthy: properties.Mode == 'weak'", "{properties: {Mode: strong}}", "", ["properties.Mode: not"]),
    // The other operand decides alone: the example does not show that this one does.
    (
      "unhealthy: properties.A != true and properties.B != true", "{properties: {A: true, B: false}}", "",
      ["properties.A: flipped", "properties.B: not"]
    ),
    (
      "applies: kind == 'x'\nunhealthy: properties.N > 10", "{kind: x, properties: {N: 3}}", "",
      ["kind: flipped", "properties.N: flipped"]
    ),
    ("unhealthy: array_length(properties.L) < 2", "{properties: {L: [1, 2]}}", "", ["properties.L: flipped"]),
    (
      "unhealthy: properties.L has 'open'", "{properties: {L: [{a: {b: shut}}]}}",
      "{properties: {L: [{a: {b: open}}]}}",
      ["properties.L: flipped"]
    ),
    // What no healthy example has cannot be changed.
    ("unhealthy: properties.On == true", "{properties: {Other: 1}}", "", []),
  ])
  func someChangeOfWhatIsReadTurnsTheVerdict(
    rule: String, healthy: String, unhealthy: String, expected: [String]
  ) throws {
    let check = try Self.check(rule, "examples: {healthy: [\(healthy)], unhealthy: [\(unhealthy)]}")
    let found = try CheckMutation().run(check).map { "\($0.path): \($0.isFlipped ? "flipped" : "not")" }
    #expect(found == expected)
  }

  private static let related = """
    query: |
      resources | where type == 'aws::test::thing'
      | join kind=leftouter (resources | where type == 'aws::test::log' | project of = tostring(properties.Of))
        on $left.id == $right.of
      | project Id = id, HealthStatus = iff(isempty(of), 'UNHEALTHY', 'HEALTHY')
    """
  private static let logged = """
    examples:
      healthy: [{resources: [{id: a}, {type: "aws::test::log", properties: {Of: a}}]}]
      unhealthy: [{resources: [{id: a}]}]
    """

  @Test func rowsOfRelatedTypesAreChangedToo() throws {
    let found = try CheckMutation().run(Self.check(Self.related, Self.logged))
    #expect(found.map(\.path) == ["properties.Of"])
    #expect(found.map(\.isFlipped) == [true])
  }

  @Test(arguments: [("any", 2), ("all", 2)])
  func unknownExamplesAreMadeOfTheOthers(decides: String, expected: Int) throws {
    let check = try Self.check(Self.related + "\ndecides: \(decides)", Self.logged)
    let outcome = CheckExamples().run(check)
    // The path of the log, and the list of logs.
    #expect(outcome.problems.map(\.description) == [])
    #expect(outcome.derived == expected)
  }

  @Test(arguments: [
    ("{properties: {On: true}, gap: properties.On}", ""),
    ("{properties: {On: true}, gap: {path: properties.On, reason: NotSelected}}", ""),
    ("{properties: {On: true}, gap: {type: \"aws::test::thing\"}}", "found Healthy"),
    ("{properties: {On: true}, gap: properties.Off}", "expected Unknown, found Healthy for example-1"),
    ("{properties: {On: true}, gap: {path: properties.On, resource: b}}", "the example has no such resource"),
    ("{properties: {On: true}, gap: {path: properties.On, type: x}}", "a gap has a 'path'"),
    ("{properties: {On: true}, gap: {paths: x}}", "paths"),
  ])
  func anUnknownExampleSaysWhatCouldNotBeSeen(example: String, problem: String) throws {
    let check = try Self.check(
      "unhealthy: properties.On != true",
      "examples: {healthy: [{properties: {On: true}}], unhealthy: [{}], unknown: [\(example)]}")
    let problems = CheckExamples().run(check).problems.map(\.description)
    #expect(problems.isEmpty == problem.isEmpty && (problems.first ?? "").contains(problem), "\(problems)")
  }
}
