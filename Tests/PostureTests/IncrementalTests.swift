// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import KQL
import Testing

@testable import Posture

/// One changed resource judged again: the verdicts and findings are those of judging everything anew.
@Suite struct IncrementalTests {
  private static let log = "aws::test::log"

  private static func checks() throws -> [Check] {
    let related = """
      query: |
        resources | where type == 'aws::test::thing'
        | join kind=leftouter (resources | where type == 'aws::test::log' | project of = tostring(properties.Of))
          on $left.id == $right.of
        | project Id = id, HealthStatus = iff(isempty(of), 'UNHEALTHY', 'HEALTHY')
      """
    let counted = """
      query: |
        resources | where type in ('aws::test::other', 'aws::test::log')
        | summarize n = count() by type | where type == 'aws::test::other'
        | project Id = 'x', HealthStatus = iff(n > 1, 'UNHEALTHY', 'HEALTHY')
      """
    let files = [
      "on": Fixture.text("on", rule: "unhealthy: properties.On != true"),
      "small": Fixture.text("small", rule: "applies: kind == 'k'\nunhealthy: properties.N > 3"),
      "logged": Fixture.text("logged", rule: related),
      "counted": Fixture.text("counted", type: "aws::test::other", rule: counted),
    ]
    let library = try Fixture.library(
      Dictionary(uniqueKeysWithValues: files.map { ("checks/test/unit/\($0).yaml", $1) }))
    #expect(library.problems.map(\.description) == [])
    return library.checks
  }

  /// `check resource: Status reason evidence` of every finding that is open.
  private func state(_ store: FindingStore) throws -> [String] {
    var catalog = Catalog()
    catalog.add("Findings", store.table)
    let result = try Query(
      "Findings | project checkId, resourceId, status, reason, tostring(evidence), tostring(faultSince), timesOpened",
      catalog: catalog
    ).run(now: Fixture.now)
    return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text }.joined(separator: "|") }
      .sorted()
  }

  private func history(_ store: FindingStore) throws -> [String] {
    var catalog = Catalog()
    catalog.add("FindingHistory", store.history)
    let result = try Query(
      "FindingHistory | project checkId, resourceId, event, from, to, reason, cause | sort by checkId, resourceId, event",
      catalog: catalog
    ).run(now: Fixture.now)
    return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text }.joined(separator: "|") }
  }

  private struct Step {
    let id: String
    let type: String
    /// nil takes the resource away.
    let members: String?
    var gaps: [Estate.Gap] = []
  }

  @Test func changesGiveWhatJudgingEverythingGives() throws {
    let checks = try Self.checks()
    let thing = "aws::test::thing"
    let steps = [
      Step(id: "a", type: thing, members: #""properties":{"On":false}"#),
      Step(id: "b", type: thing, members: #""kind":"k","properties":{"On":true,"N":9}"#),
      Step(id: "l", type: Self.log, members: #""properties":{"Of":"b"}"#),
      Step(id: "a", type: thing, members: #""properties":{"On":true}"#),
      Step(
        id: "b", type: thing, members: #""kind":"k","properties":{"On":true,"N":9}"#,
        gaps: [Fixture.gap(id: "b", paths: ["properties.N"])]),
      Step(id: "b", type: thing, members: #""kind":"k","properties":{"On":true,"N":1}"#),
      Step(id: "l", type: Self.log, members: nil), Step(id: "y", type: "aws::test::other", members: ""),
      Step(id: "a", type: thing, members: nil), Step(id: "a", type: thing, members: #""properties":{"On":false}"#),
    ]
    var rows = [
      "a": try Fixture.row("a", #""properties":{"On":true}"#), "b": try Fixture.row("b", #""properties":{"On":true}"#),
      "l": try Fixture.row("l", #""properties":{"Of":"a"}"#, type: Self.log),
      "x": try Fixture.row("x", type: "aws::test::other"),
    ]
    try Fixture.withFolder { folder in
      let whole = try FindingStore(Store(directory: folder + "/whole"))
      let amended = try FindingStore(Store(directory: folder + "/amended"))
      func all(_ gaps: [Estate.Gap] = []) -> Estate {
        Fixture.estate(rows.sorted { $0.key < $1.key }.map(\.value), gaps: gaps)
      }
      for store in [whole, amended] { _ = try store.record(Judge(checks: checks).judge(all()), at: 1) }
      var judge = IncrementalJudge(checks: checks, estate: all())
      let amender = FindingAmender(amended)
      for (index, step) in steps.enumerated() {
        let time = Int64(index) + 2
        rows[step.id] = try step.members.map { try Fixture.row(step.id, $0, type: step.type) }
        _ = try whole.record(Judge(checks: checks).judge(all(step.gaps)), at: time)
        let again =
          rows[step.id].map { judge.judge($0, gaps: step.gaps) } ?? judge.judgeWithout(id: step.id, type: step.type)
        _ = try amender.amend(again, at: time)
        #expect(try state(whole) == state(amended), "step \(index)")
        #expect(try history(whole) == history(amended), "step \(index)")
      }
      // The same again changes nothing, also for one who does not know the texts yet.
      let same = judge.judge(try #require(rows["b"]))
      #expect(try FindingAmender(amended).amend(same, at: 99) == 0)
    }
  }

  @Test func onlyQueriesThatReadTheTypeRunAgain() throws {
    let checks = try Self.checks()
    var judge = IncrementalJudge(
      checks: checks, estate: Fixture.estate([try Fixture.row("a"), try Fixture.row("l", type: Self.log)]))
    #expect(judge.related(to: "aws::test::thing") == ["test.unit.logged"])
    // A query that counts logs only to drop them does not read them.
    #expect(judge.related(to: Self.log) == ["test.unit.logged"])
    #expect(judge.judge(try Fixture.row("n", type: "aws::test::new")).count == 0)
    #expect(judge.related(to: "aws::test::new") == [])
  }

  /// What the shipped checks say of an estate of their examples is the same, resource by resource.
  @Test func theShippedChecksSayTheSame() throws {
    let content = ContentLibrary()
    let checks = try CheckLibrary(content).stable
    let defaults = try Defaults(content)
    // In the order of a store.
    let made = try ExampleEstate.make(of: checks, count: 600).resources
    func key(_ row: JSONValue) -> String { "\(row["type"]?.string ?? "") \(row["id"]?.string ?? "")" }
    let rows = (0..<made.count).map { ResourceRows.document(made, $0) }
      .sorted { key($0).utf8.lexicographicallyPrecedes(key($1).utf8) }
    let estate = Fixture.estate(rows)
    var judge = IncrementalJudge(checks: checks, defaults: defaults, estate: estate)
    let whole = Judge(checks: checks, defaults: defaults).judge(estate)
    func line(_ verdicts: Verdicts, _ verdict: Verdict) -> String {
      "\(verdicts.checks[verdict.check].id) \(verdicts.subjects[verdict.subject].id) \(verdict.status) "
        + verdicts.evidence(verdict)
    }
    let expected = Set(whole.list.map { line(whole, $0) })
    var compared = 0
    for row in stride(from: 0, to: rows.count, by: 41) {
      let again = judge.judge(rows[row])
      for verdicts in [again.own].compactMap({ $0 }) + again.related.map(\.verdicts) {
        #expect(verdicts.failures.map(\.message) == [])
        for verdict in verdicts.list {
          compared += 1
          let text = line(verdicts, verdict)
          if !expected.contains(text) { Issue.record("\(text)") }
        }
      }
    }
    #expect(compared > 100)
    let queries = checks.compactMap { check -> Query? in
      guard case .query(let text) = check.rule else { return nil }
      return try? Query(text, catalog: ResourceRows.emptyCatalog)
    }
    let byAccount = queries.count(where: IncrementalJudge.isByAccount)
    print("\(byAccount) of \(queries.count) queries can be asked of each account alone")
    #expect(byAccount > 60)
    // Accounts without a change are not judged again where the plan shows that they need not be.
    let accounts = judge.judge(try #require(rows.first { $0["type"]?.string == "aws::cloudwatch::alarm" })).related
    #expect(accounts.contains { $0.account != nil })
  }
}
