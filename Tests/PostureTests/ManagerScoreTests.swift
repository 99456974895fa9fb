// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import KQL
import Posture
import Testing

/// Points in the manner of Compliance Manager.
@Suite struct ManagerScoreTests {
  private static let framework = """
    title: Own
    version: "1"
    clouds: [azure]
    groups:
      - id: g
        title: G
        controls:
          - {id: "1", title: One, checks: {test.unit.keys: check, test.unit.logs: check}}
          - {id: "2", title: Two, checks: {test.unit.keys: check}}
          - {id: "3", title: Three, manual: true}
          - {id: "4", title: Four}

    """

  private struct Room {
    let frameworks: [Framework]
    let checks: [Check]
    let model: ManagerModel
  }

  /// Two frameworks that ask for the same checks.
  private static func room() throws -> Room {
    try Fixture.withFolder { folder in
      func check(_ name: String, _ goal: String) -> String {
        Fixture.text(name, rule: "unhealthy: properties.X == 1").replacing("control: testing", with: "control: \(goal)")
      }
      let files = [
        "checks/test/unit/keys.yaml": check("keys", "manage-keys"),
        "checks/test/unit/logs.yaml": check("logs", "logging"),
        "frameworks/one.yaml": "id: one\n" + framework, "frameworks/two.yaml": "id: two\n" + framework,
      ]
      for (path, text) in files {
        let url = URL(filePath: folder).appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      let content = ContentLibrary(overrides: [folder])
      let checks = try CheckLibrary(content, cloud: "test")
      let library = try FrameworkLibrary(content, checks: checks)
      return Room(
        frameworks: library.frameworks.filter { ["one", "two"].contains($0.id) }, checks: checks.checks,
        model: try ManagerModel(content))
    }
  }

  private static func score(
    _ frameworks: [String] = ["one"], said: [(check: String, account: String, status: Status)],
    attested: [String] = []
  ) throws -> ManagerScore {
    let room = try room()
    var evidence = ComplianceEvidence()
    for (check, account, status) in said {
      evidence.add("test.unit." + check, .init(cloud: "azure", account: account), status)
    }
    let attestations = attested.map {
      Attestation(framework: "one", control: $0, owner: "ana", evidence: "minutes", made: 1, expires: 9)
    }
    let assessments = room.frameworks.filter { frameworks.contains($0.id) }.map {
      Assessment($0, evidence: evidence, attestations: attestations, now: 5)
    }
    return ManagerScore(
      assessments, room.checks, room.model, evidence, tenants: ["s1": "t1", "s2": "t1", "s3": "t2"])
  }

  @Test func thePointsAreThosePublished() throws {
    let model = try Self.room().model
    let checks = try Self.room().checks
    #expect(checks.map { model.worth(of: $0)?.points } == [27, 3])
    #expect(model.nontechnical.points == 9)
    #expect(ManagerModel.Kind.allCases.map(\.rawValue) == ["preventative", "detective", "corrective"])
  }

  @Test func aTechnicalActionCountsOnceInATenant() throws {
    // keys in two subscriptions of a tenant and one of another; the manual controls 3 and 4 give 9 each.
    let score = try Self.score(said: [])
    #expect(score.possible == 18)
    let three = try Self.score(said: [("keys", "s1", .healthy), ("keys", "s2", .unhealthy), ("keys", "s3", .healthy)])
    #expect(three.possible == 27 * 2 + 9 * 2)
    #expect(three.achieved == 27)
    let together = try Self.score(["one", "two"], said: [("keys", "s1", .healthy), ("logs", "s1", .healthy)])
    #expect(together.possible == 27 + 3 + 4 * 9)
    #expect(together.achieved == 30)
    #expect(together.percentage == 45.5)
  }

  @Test(arguments: [
    (Status.healthy, 3, 3), (.unhealthy, 3, 0), (.unknown, 3, 0), (.notApplicable, 0, 0),
  ])
  func whatIsNotKnownIsNotAchieved(status: Status, possible: Int, achieved: Int) throws {
    let score = try Self.score(said: [("logs", "s1", status)])
    #expect(score.possible == possible + 18)
    #expect(score.achieved == achieved)
  }

  @Test func anAttestationAchievesInItsGroup() throws {
    #expect(try Self.score(said: [], attested: ["3"]).achieved == 9)
    let both = try Self.score(["one", "two"], said: [], attested: ["3", "4"])
    #expect(both.achieved == 18 && both.possible == 36)
    #expect(both.actions.filter(\.isAchieved).map { "\($0.place) \($0.id)" } == ["one 3", "one 4"])
  }

  @Test func theTablesSayTheSame() throws {
    let score = try Self.score(said: [("keys", "s1", .healthy), ("logs", "s1", .unhealthy)], attested: ["3"])
    let rows = score.rows
    #expect(
      (0..<rows.count).map { row in rows.columns.map { $0[row].text }.joined(separator: "|") } == [
        "test.unit.keys|Thing is keys|t1|True|preventative|True|27|27|1 healthy",
        "test.unit.logs|Thing is logs|t1|True|detective|True|3|0|1 unhealthy",
        "3|Three|one|False|preventative|False|9|9|vouched for by ana",
        "4|Four|one|False|preventative|False|9|0|no check covers it",
      ])
    let sums = ManagerScore.rows([("one", "Own", score)])
    #expect(sums.columns.map { $0[0].text }.joined(separator: "|") == "one|Own|27|30|9|18|36|48|75")
  }
}
