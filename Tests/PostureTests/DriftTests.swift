// SPDX-License-Identifier: Apache-2.0
import Inventory
import JSON
import KQL
import Testing

@testable import Posture

/// What drift means for checks, and what the store keeps of it.
@Suite struct DriftTests {
  private func snapshot(_ folder: String, _ rows: [JSONValue]) throws -> (Store, Snapshot) {
    let store = try Store(directory: folder)
    let session = try store.beginScan(started: 1)
    let scope = Scope(cloud: "aws", account: "1", region: "us-east-1", type: "aws::test::thing")
    for row in rows {
      try session.add(ResourceRecord(scope: scope, document: JSONDraft.value(row).document()))
    }
    session.covered(scope)
    _ = try session.commit(cloud: "aws", account: "1", finished: 2, calls: 1)
    return (store, try store.snapshot())
  }

  @Test func checksThatTurnAreNamedEitherWay() throws {
    try Fixture.withFolder { folder in
      let rows = try [
        Fixture.row("a", #""properties":{"X":1,"Y":1}"#), Fixture.row("b", #""properties":{"X":2,"Y":1}"#),
        Fixture.row("c", #""properties":{"X":1,"Y":2}"#),
      ]
      let (store, snapshot) = try snapshot(folder, rows)
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let query = try Fixture.check(
        "many",
        rule: """
          query: |
            resources | where type == 'aws::test::thing' | summarize n = countif(properties.Y == 1)
            | join kind=inner (resources | where type == 'aws::test::thing' | extend n = 2) on n
            | project Id = id, HealthStatus = 'UNHEALTHY'
          """)
      let judge = DriftJudge(checks: [check, query], defaults: Defaults())
      func flips(_ reverted: [String: String]) throws -> [String] {
        var documents: [Int: JSONValue] = [:]
        for (id, members) in reverted {
          let row = try #require(snapshot.states.firstIndex { $0.id == id })
          documents[row] = try Fixture.row(id, members)
        }
        return judge.flips(snapshot, catalog: store.catalog(), reverted: documents, now: Fixture.now).flatMap {
          row, flips in
          flips.map { "\(snapshot.states[row].id) \($0.check.id) \($0.before.rawValue) \($0.after.rawValue)" }
        }.sorted()
      }
      #expect(try flips(["a": #""properties":{"X":2,"Y":1}"#]) == ["a test.unit.good Healthy Unhealthy"])
      #expect(try flips(["b": #""properties":{"X":1,"Y":1}"#]) == ["b test.unit.good Unhealthy Healthy"])
      #expect(try flips(["b": #""properties":{"X":3,"Y":1}"#]) == [])
      // The query counts all resources: that two have the value is the drift's doing.
      #expect(try flips(["a": #""properties":{"X":1,"Y":2}"#]) == ["a test.unit.many NotApplicable Unhealthy"])
      #expect(
        DriftJudge.deciding(
          DriftFlip(check: check, before: .healthy, after: .unhealthy), among: [["tags"], ["properties", "X"]]) == [1])
    }
  }

  private func run(_ time: Int64, _ paths: [String], check: Check) -> DriftRun {
    var attributes = paths.map {
      DriftAttribute(
        path: $0, expected: "1", actual: "[2]", code: "", removed: [], added: [], verdict: "drift", isDrift: true,
        codeLocation: "main.tf:1:1")
    }
    if !attributes.isEmpty { attributes[0].flips = [DriftFlip(check: check, before: .healthy, after: .unhealthy)] }
    func row(_ status: String, _ address: String, _ attributes: [DriftAttribute]) -> DriftRow {
      DriftRow(
        status: status, reason: "", stateUri: "a.tfstate", address: address, previousAddress: "", terraformType: "t",
        resourceType: "aws::test::thing", cloud: "aws", account: "1", region: "", resourceId: address, codeLocation: "",
        verdict: "", attributes: attributes)
    }
    return DriftRun(
      time: time, states: ["a.tfstate"],
      rows: [row("drifted", "t.a", attributes), row("missing", "t.b", []), row("in_sync", "t.c", [])], coverage: 0.5)
  }

  @Test func theStoreKeepsTheLastResourcesAndWhenADifferenceWasFirstSeen() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let drift = DriftStore(store)
      func ask(_ query: String) throws -> [String] {
        var catalog = Catalog()
        catalog.add("IacResources", drift.resources)
        catalog.add("IacDrift", drift.drift)
        catalog.add("IacRuns", drift.runs)
        let result = try Query(query, catalog: catalog).run(now: Fixture.now)
        return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text }.joined(separator: "|") }
      }
      #expect(try ask("IacResources | count") == ["0"])
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let now = Fixture.now
      try drift.record(run(now, ["p"], check: check))
      try drift.record(run(now, ["p", "q"], check: check))
      #expect(
        try ask("IacResources | project address, status, differences, severity, checks = tostring(checkIds)") == [
          #"t.a|drifted|2|high|["test.unit.good"]"#, "t.b|missing|0||[]", "t.c|in_sync|0||[]",
        ])
      // A second comparison in one tick comes after the first.
      #expect(
        try ask("IacDrift | project address, path, old = firstSeen < time, expected, actual = tostring(actual)") == [
          "t.a|p|False|1|[2]", "t.b||False||", "t.a|p|True|1|[2]", "t.a|q|False|1|[2]", "t.b||True||",
        ])
      #expect(try ask("IacRuns | project coverage, toint(counts.missing), tostring(states)").count == 2)
    }
  }
}
