// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Posture
import Testing

func write(_ text: String, to folder: String, _ name: String) throws {
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  try Data(text.utf8).write(to: URL(filePath: folder).appending(path: name))
}

@Suite struct CheckReaderTests {
  @Test(arguments: [
    ("unhealty: true", "unknown key 'unhealty'; did you mean 'unhealthy'?"),
    ("applies: true", "'unhealthy' or 'query' is missing"),
    ("unhealthy: propertes.X == 1", "did you mean 'properties'?"),
    ("unhealthy: 1 +", "line 1"),
    ("unhealthy: true\nquery: resources", "'unhealthy' and 'query' exclude one another"),
    ("unhealthy: true\ndecides: any", "'decides' belongs to a 'query'"),
    ("query: resources | project Id = id", "the query must return a column 'HealthStatus'"),
    ("query: resources | project Id = 1, HealthStatus = 'x'", "must be a string"),
    ("query: resorces | take 1", "did you mean 'resources'?"),
    ("unhealthy: true\ndecides: [1]", "'decides' belongs to a 'query'"),
  ])
  func aBrokenRuleIsNamed(rule: String, message: String) throws {
    let library = try Fixture.library(["checks/test/unit/good.yaml": Fixture.text("good", rule: rule)])
    #expect(library.checks.isEmpty)
    let problem = try #require(library.problems.first)
    #expect(problem.description.contains(message), "\(problem)")
    #expect(problem.location.line != nil)
  }

  @Test(arguments: [
    ("severity: high", "severity: hihg", "did you mean 'high'?"), ("title: Thing is good", "title: ''", "is empty"),
    ("why: Because.", "", "'why' is missing"), ("type: aws::test::thing", "type: AWS::Test::Thing", "lower case"),
    ("id: test.unit.good", "id: test.good", "three parts"), ("id: test.unit.good", "id: test.unit.bad", "belongs in"),
  ])
  func requiredTextsAreChecked(old: String, new: String, message: String) throws {
    let text = Fixture.text("good", rule: "unhealthy: true").replacingOccurrences(of: old, with: new)
    let library = try Fixture.library(["checks/test/unit/good.yaml": text])
    #expect(library.problems.first?.description.contains(message) == true, "\(library.problems)")
  }

  @Test func anIdIsGivenOnce() throws {
    let text = Fixture.text("good", rule: "unhealthy: true")
    let library = try Fixture.library(["checks/test/unit/a.yaml": text, "checks/test/unit/good.yaml": text])
    #expect(library.problems.count == 2)
  }

  @Test func examplesThatComeOutOtherwiseAreNamed() throws {
    let text = Fixture.text("good", rule: "unhealthy: properties.X == 1").replacingOccurrences(
      of: "examples: {healthy: [], unhealthy: []}",
      with: """
        examples:
          healthy:
            - {properties: {X: 2}}
            - {properties: {X: 1}}
          unhealthy:
            - {propertis: {X: 1}}
        """)
    let library = try Fixture.library(["checks/test/unit/good.yaml": text])
    let outcome = CheckExamples().run(try #require(library.checks.first))
    #expect(outcome.problems.map(\.location.line) == [14, 16])
    #expect(outcome.problems[0].message.contains("expected Healthy, found Unhealthy"))
    #expect(outcome.problems[1].message.contains("did you mean 'properties'?"))
  }

  @Test func aCheckWithoutExamplesFailsItsTest() throws {
    let outcome = CheckExamples().run(try Fixture.check(rule: "unhealthy: true"))
    #expect(outcome.problems.count == 2)
  }
}
