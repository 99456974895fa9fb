// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

/// The life of a finding: how it begins, ends and comes back, and what is told of it.
@Suite struct LifeTests {
  private static let day: Int64 = 864_000_000_000

  private func ask(
    _ findings: FindingStore, _ query: String, _ book: PolicyBook = PolicyBook(), now: Int64 = Fixture.now
  )
    throws -> [String]
  {
    var catalog = Catalog()
    catalog.add("Findings", findings.table(book, now: now))
    catalog.add("FindingHistory", findings.history)
    let result = try Query(query, catalog: catalog).run(now: now)
    return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text }.joined(separator: "|") }
  }

  private func judge(_ checks: [Check], _ rows: [JSONValue], _ gaps: [Estate.Gap] = []) -> Verdicts {
    Judge(checks: checks).judge(Fixture.estate(rows, gaps: gaps))
  }

  @Test func aFaultThatReturnsIsReopened() throws {
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let bad = try Fixture.row("a", #""properties":{"X":1}"#)
      let good = try Fixture.row("a", #""properties":{"X":2}"#)
      var ids: Set<String> = []
      for (time, rows) in [(1, [bad]), (2, [good]), (3, [bad]), (4, []), (5, [bad])] as [(Int64, [JSONValue])] {
        ids.formUnion(try findings.record(judge([check], rows), at: time).map(\.id))
      }
      #expect(ids.count == 1)
      #expect(
        try ask(findings, "FindingHistory | project event, from, to, cause") == [
          "Opened||Unhealthy|new", "Resolved|Unhealthy|Healthy|surroundings",
          "Reopened|Healthy|Unhealthy|surroundings", "Closed|Unhealthy|Closed|gone",
          "Reopened|Closed|Unhealthy|returned",
        ])
      #expect(try ask(findings, "Findings | project timesOpened, same = faultSince == lastChanged") == ["3|True"])
    }
  }

  /// What cannot be seen for a while is neither mended nor broken anew.
  @Test func aFaultLastsWhileItIsNotKnown() throws {
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let bad = try Fixture.row("a", #""properties":{"X":1}"#)
      let t = Fixture.now
      _ = try findings.record(judge([check], [bad]), at: t)
      let hidden = try findings.record(
        judge([check], [bad], [Fixture.gap(id: "a", paths: ["properties.X"])]), at: t + Self.day)
      #expect(hidden.map(\.status) == [.unknown])
      let again = try findings.record(judge([check], [bad]), at: t + 2 * Self.day)
      #expect(again.map(\.faultSince) == [t])
      #expect(
        try ask(findings, "FindingHistory | project event, cause")
          == ["Opened|new", "Changed|coverage", "Changed|coverage"])
    }
  }

  /// Records what a store holds of one resource after each of some scans.
  private func judgings(
    _ bodies: [String], _ checks: [Check], in folder: String
  ) throws -> FindingStore {
    let store = try Store(directory: folder)
    let findings = try FindingStore(store)
    for (index, body) in bodies.enumerated() {
      let time = Fixture.now + Int64(index) * Self.day
      let session = try store.beginScan(started: time)
      let scope = Scope(cloud: "aws", account: "1", region: "us-east-1", type: "aws::test::thing")
      session.covered(scope)
      try session.add(
        ResourceRecord(scope: scope, document: try JSONDocument.parse(try Fixture.row("a", body).text)))
      try session.commit(cloud: "aws", account: "1", finished: time, calls: 1)
      let verdicts = Judge(checks: checks).judge(Estate(try store.snapshot(), now: time))
      _ = try findings.record(verdicts, at: time)
    }
    return findings
  }

  @Test func aFlipSaysWhatChangedInTheDocument() throws {
    try Fixture.withFolder { folder in
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let findings = try judgings(
        [#""properties":{"A":"old","X":0}"#, #""properties":{"A":"new","X":1}"#], [check], in: folder)
      // What the rule reads stands first, though the other path comes before it.
      let changes =
        #"[{"path":"properties.X","before":0,"after":1},{"path":"properties.A","before":"old","after":"new"}]"#
      #expect(try ask(findings, "Findings | project tostring(changes)") == [changes])
      #expect(
        try ask(findings, "FindingHistory | project event, cause, scanId, tostring(changes)")
          == ["Opened|document|2|\(changes)"])
    }
  }

  @Test func aFlipOfAnotherRuleNamesTheCheck() throws {
    try Fixture.withFolder { folder in
      let findings = try judgings(
        [#""properties":{"X":1}"#], [try Fixture.check(rule: "unhealthy: properties.X == 1")], in: folder)
      let store = try Store(directory: folder)
      let judge = Judge(checks: [try Fixture.check(rule: "unhealthy: properties.X == 2")])
      _ = try findings.record(judge.judge(Estate(try store.snapshot(), now: Fixture.now)), at: Fixture.now + 1)
      #expect(try ask(findings, "FindingHistory | where event == 'Resolved' | project cause") == ["check"])
    }
  }

  @Test func oneFaultCountsOnceAcrossTwins() throws {
    func text(_ name: String, _ severity: String) -> String {
      Fixture.text(name, rule: "unhealthy: properties.X == 1")
        .replacing("severity: high", with: "severity: \(severity)").replacing("other:\(name)", with: "other:same")
    }
    let checks = try Fixture.library([
      "checks/test/unit/mild.yaml": text("mild", "low"), "checks/test/unit/stern.yaml": text("stern", "high"),
    ]).checks
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let rows = try ["a", "b"].map { try Fixture.row($0, #""properties":{"X":\#($0 == "a" ? 1 : 2)}"#) }
      let recorded = try findings.record(judge(checks, rows), at: Fixture.now)
      let marked = try findings.marked(recorded, PolicyBook(), now: Fixture.now)
      let report = Report(
        scan: .init(id: "1", targets: ["aws"], started: 1, finished: 2, resources: 2, version: "0"), findings: marked)
      #expect(report.count(.unhealthy) == 1 && report.twins == 1)
      #expect(report.findings.first { $0.status == .unhealthy }?.check.id == "test.unit.stern")
      #expect(
        try ask(findings, "Findings | where isnotempty(twinOf) | project checkId, resourceId") == ["test.unit.mild|a"])
    }
  }

  // MARK: Exemptions and governance rules

  /// A store with one fault each on a, b and c.
  private func faults(in folder: String) throws -> FindingStore {
    let store = try Store(directory: folder)
    let findings = try FindingStore(store)
    let session = try store.beginScan(started: Fixture.now)
    func add(_ id: String, _ type: String, _ members: String) throws {
      let scope = Scope(cloud: "aws", account: "1", region: "us-east-1", type: type)
      let text = #"{"id":"\#(id)","type":"\#(type)","cloud":"aws","subscriptionId":"1",\#(members)}"#
      try session.add(ResourceRecord(scope: scope, document: try JSONDocument.parse(text)))
    }
    let type = "aws::test::thing"
    try add(
      "a", type,
      #""resourceGroup":"web","tenantId":"T","tags":{"Env":"dev","owner":"ada@example.org"},"properties":{"X":1}"#)
    try add("b", type, #""resourceGroup":"web","tags":{},"properties":{"X":1,"Y":7}"#)
    try add("b/c", type, #""resourceGroup":"","properties":{"X":1}"#)
    try add(
      "g", "microsoft.resources/subscriptions/resourcegroups",
      #""resourceGroup":"web","tags":{"owner":"web@example.org"}"#)
    try add(
      "s", "microsoft.resources/subscriptions",
      #""tags":{"owner":"one@example.org"},"properties":{"managementGroupAncestorsChain":[{"name":"Shop"},{"name":"root"}]}"#
    )
    try session.commit(cloud: "aws", account: "1", finished: Fixture.now, calls: 1)
    let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
    let verdicts = Judge(checks: [check]).judge(Estate(try store.snapshot(), now: Fixture.now))
    _ = try findings.record(verdicts, at: Fixture.now)
    return findings
  }

  private func book(_ findings: FindingStore, _ yaml: String) throws -> PolicyBook {
    try PolicyStore(findings).book(file: ContentFile(path: "exemptions.yaml", bytes: Array(yaml.utf8)))
  }

  @Test(arguments: [
    ("{account: 1}", ["a", "b", "b/c"]), ("{tenant: t}", ["a"]), ("{resourceGroup: Web}", ["a", "b"]),
    ("{resource: b}", ["b", "b/c"]), ("{tag: env=dev}", ["a"]), ("{tag: [env, owner]}", ["a"]), ("{tag: env=prod}", []),
    ("{where: properties.Y == 7}", ["b"]), ("{resourceGroup: web, resource: [b, x]}", ["b"]), ("{account: 2}", []),
    ("{managementGroup: root}", ["a", "b", "b/c"]), ("{managementGroup: [x, shop], tag: env}", ["a"]),
    ("{managementGroup: /providers/Microsoft.Management/managementGroups/shop, resource: b}", ["b", "b/c"]),
    ("{managementGroup: bank}", []),
  ])
  func aScopeCovers(scope: String, expected: [String]) throws {
    try Fixture.withFolder { folder in
      let findings = try faults(in: folder)
      let book = try book(
        findings,
        "exemptions: [{id: e, category: Waiver, checks: 'test.*.good', scope: \(scope), reason: r, approver: p}]")
      let exempt = "Findings | where isnotnull(exemption) | order by resourceId asc | project resourceId"
      #expect(try ask(findings, exempt, book) == expected)
      #expect(try ask(findings, "Findings | where status == 'Unhealthy' | count", book) == ["3"])
    }
  }

  @Test func aLapsedExemptionReturnsAtOnce() throws {
    try Fixture.withFolder { folder in
      let findings = try faults(in: folder)
      let book = try book(
        findings,
        """
        exemptions:
          - {id: e, category: mitigated, checks: test.unit.good, scope: {resource: a}, reason: r, approver: p,
             expires: 2026-02-01}
        """)
      let store = try Store(directory: folder)
      func exempt(at now: Int64) throws -> [String] {
        var catalog = Catalog()
        catalog.add("Findings", findings.table(in: DerivedFolder(store), book, now: now))
        let query = "Findings | where isnotnull(exemption) | project strcat(exemption.category, ' ', exemption.expiry)"
        let result = try Query(query, catalog: catalog).run(now: now)
        return (0..<result.rows.count).map { result.rows.columns[0][$0].text }
      }
      let end = try #require(DateTime.parse("2026-02-01"))
      #expect(try exempt(at: end - 1) == ["Mitigated 2026-02-01T00:00:00.0000000Z"])
      #expect(try exempt(at: end) == [])
      #expect(try exempt(at: end - 1).count == 1)
    }
  }

  @Test func rulesAssignByPriorityAndTheOwnerIsTheNearestTag() throws {
    try Fixture.withFolder { folder in
      let findings = try faults(in: folder)
      let book = try book(
        findings,
        """
        governance:
          - {id: rest, priority: 900, owner: rest@example.org, days: 90}
          - {id: tagged, priority: 10, severity: [high], ownerTag: owner, days: 7, grace: true, scope: {where: "id != 'x'"}}
          - {id: other, priority: 1, severity: low, owner: low@example.org, days: 14}
        """)
      let query = "Findings | order by resourceId asc | project resourceId, owner, rule, grace, due - faultSince"
      #expect(
        try ask(findings, query, book) == [
          "a|ada@example.org|tagged|True|7.00:00:00", "b|web@example.org|tagged|True|7.00:00:00",
          "b/c|one@example.org|tagged|True|7.00:00:00",
        ])
      let late = Fixture.now + 8 * Self.day
      #expect(
        try ask(findings, OwnerReport.query + " | project owner, open, overdue", book, now: late) == [
          "ada@example.org|1|1", "one@example.org|1|1", "web@example.org|1|1",
        ])
    }
  }

  @Test func aDigestCannotBeSteeredByATag() throws {
    try Fixture.withFolder { folder in
      let findings = try faults(in: folder)
      let book = try book(
        findings, #"governance: [{id: r, priority: 1, owner: "../x@example.org", days: 7}]"#)
      var catalog = Catalog()
      catalog.add("Findings", findings.table(book, now: Fixture.now))
      let digest = try #require(OwnerReport.digests(catalog, now: Fixture.now + 30 * Self.day).first)
      #expect(digest.fileName == "_.._x@example.org.txt")
      #expect(digest.text.hasPrefix("To: ../x@example.org\nSubject: 3 findings to mend, 3 overdue\n\n"))
      #expect(digest.text.contains("2026-01-22  high: Thing is good"))
    }
  }

  @Test(arguments: [
    ("exemptions: [{id: e}]", "1:14"), ("exemptions: [{id: e, category: Weaver}]", "1:32"),
    ("exemptions:\n  - {id: e, category: Waiver, checks: x, scope: {}, reason: r, approver: p}", "2:49"),
    ("exemptions:\n  - {id: e, category: Waiver, checks: x, scope: {where: 'nix('}, reason: r, approver: p}", "2:57"),
    (
      "exemptions:\n  - {id: e, category: Waiver, checks: x, scope: {tag: t}, reason: r, approver: p, expires: soon}",
      "2:92"
    ),
    ("governance: [{id: r, priority: 1, owner: nobody, days: 7}]", "1:42"),
    ("governance: [{id: r, priority: 1, owner: a@b.c, days: 8}]", "1:55"),
    ("governance: [{id: r, priority: 0, owner: a@b.c, days: 7}]", "1:32"), ("exempt: []", "1:1"),
  ])
  func whatCannotBeUsedIsNamedWithItsPlace(yaml: String, place: String) throws {
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let error = #expect(throws: ContentError.self) { try book(findings, yaml) }
      #expect(error?.description.contains("exemptions.yaml:\(place):") == true, "\(error?.description ?? "")")
    }
  }
}
