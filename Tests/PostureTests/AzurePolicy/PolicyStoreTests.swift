// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import KQL
import Testing

@testable import Posture

@Suite struct PolicyStoreTests {
  private static func judged(_ documents: [String], _ objects: [String], at time: Int64) throws -> PolicyRun {
    let corpus = try PolicyFixture.corpus(objects)
    let estate = PolicyEstate(documents: try documents.map { try JSONDocument.parse($0).root })
    return try PolicyJudge(PoliciesInForce(corpus)).judge(estate, now: time)
  }

  private static func rows(_ query: String, _ store: Store) throws -> [[String]] {
    var catalog = Catalog()
    let states = PolicyStateStore(store)
    catalog.add("PolicyStates", states.states)
    catalog.add("policyresources", states.policyResources)
    catalog.add("Findings", try FindingStore(store).table(PolicyBook(), now: 0))
    let result = try Query(query, catalog: catalog).run(now: PolicyFixture.now)
    return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text } }
  }

  private let objects = [
    PolicyFixture.definition("11111111-1111-1111-1111-111111111111"),
    PolicyFixture.assignment(of: "11111111-1111-1111-1111-111111111111"),
  ]

  @Test func statesAreATableWithTheNamesThatAzureHas() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let run = try Self.judged([PolicyFixture.store("a"), PolicyFixture.store("b", tls: "1.2")], objects, at: 100)
      try PolicyStateStore(store).record(run, at: PolicyFixture.now)
      #expect(
        try Self.rows(
          """
          PolicyStates | order by resourceId asc
          | project resourceId = tostring(split(resourceId, '/')[-1]), complianceState, iff(isCompliant, 'good', 'bad'), stateWeight,
              policyDefinitionAction, policyAssignmentName, resourceGroup, resourceTags.a,
              expected = policyEvaluationDetails.evaluatedExpressions[-1].targetValue
          """, store) == [
            ["a", "NonCompliant", "bad", "300", "audit", "a1", "g1", "b", "1.2"],
            ["b", "Compliant", "good", "200", "audit", "a1", "g1", "b", "1.2"],
          ])
      // A query as people write it for Resource Graph.
      #expect(
        try Self.rows(
          """
          policyresources | where type =~ 'Microsoft.PolicyInsights/PolicyStates'
          | extend complianceState = tostring(properties.complianceState), weight = toint(properties.stateWeight)
          | summarize count(), max(weight) by complianceState, tostring(properties.policyAssignmentName)
          | order by complianceState asc
          """, store) == [["Compliant", "a1", "1", "200"], ["NonCompliant", "a1", "1", "300"]])
    }
  }

  @Test func aStateKeepsTheTimeSinceWhenItStands() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let states = PolicyStateStore(store)
      let day: Int64 = 864_000_000_000
      for (index, tls) in ["1.0", "1.1", "1.2", "1.2"].enumerated() {
        let run = try Self.judged([PolicyFixture.store("a", tls: tls)], objects, at: 1)
        try states.record(run, at: PolicyFixture.now + Int64(index) * day)
      }
      #expect(
        try Self.rows(
          "PolicyStates | project complianceState, format_datetime(stateSince, 'yyyy-MM-dd'), format_datetime(timestamp, 'yyyy-MM-dd')",
          store)
          == [["Compliant", "2026-06-03", "2026-06-04"]])
    }
  }

  @Test func whatIsNoLongerAssignedHasNoStates() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let states = PolicyStateStore(store)
      try states.record(try Self.judged([PolicyFixture.store("a")], objects, at: 1), at: 10)
      #expect(try states.hasStates())
      try states.record(try Self.judged([PolicyFixture.store("a")], [objects[0]], at: 1), at: 20)
      #expect(try !states.hasStates())
      #expect(try Self.rows("PolicyStates | count", store) == [["0"]])
    }
  }

  @Test func aPartIsRecordedWithoutTouchingTheRest() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let states = PolicyStateStore(store)
      let documents = [PolicyFixture.store("a"), PolicyFixture.store("b")]
      try states.record(try Self.judged(documents, objects, at: 1), at: 10)
      let mended = [PolicyFixture.store("a", tls: "1.2")]
      let run = try Self.judged(mended, objects, at: 1)
      try states.record(run, at: 20, only: Set(run.resources.map { $0.id.lowercased() }))
      #expect(
        try Self.rows("PolicyStates | order by resourceId asc | project complianceState", store)
          == [["Compliant"], ["NonCompliant"]])
    }
  }

  @Test func queriesOfAStoreWithoutStatesFindNone() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      #expect(try Self.rows("PolicyStates | count", store) == [["0"]])
      #expect(try Self.rows("policyresources | count", store) == [["0"]])
    }
  }

  @Test func statesAreFindingsThatYieldToTheSameCheckAndCloseWithTheAssignment() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let findings = try FindingStore(store)
      let run = try Self.judged([PolicyFixture.store("a"), PolicyFixture.store("b", tls: "1.2")], objects, at: 1)
      let check = try PolicyChecks.check(
        id: "azure.shop.tls", title: "TLS", sameAs: ["azurepolicy:11111111-1111-1111-1111-111111111111"])
      let subject = try #require(run.resources.first)
      var texts = StringColumnBuilder()
      let none = Array("[]".utf8).withUnsafeBufferPointer { texts.intern($0) }
      let ours = Verdicts(
        checks: [check],
        subjects: [
          Subject(
            id: subject.id, type: subject.type, cloud: "azure", account: subject.subscription, region: subject.location)
        ],
        list: [Verdict(check: 0, subject: 0, status: .unhealthy, reason: none, evidence: none)],
        texts: texts.finish().pool, failures: [])
      _ = try findings.record(ours, at: 5)
      try findings.record(run, at: 10)
      #expect(
        try Self.rows(
          """
          Findings | where checkId startswith 'azurepolicy.' | order by resourceId asc
          | project status, severity, isTwin = iff(isempty(twinOf), 'counts', 'twin'), sameAs[0], path = evidence[-1].path
          """, store) == [
            ["Unhealthy", "medium", "twin", "azurepolicy:11111111-1111-1111-1111-111111111111", "properties.tls"],
            ["Healthy", "medium", "counts", "azurepolicy:11111111-1111-1111-1111-111111111111", "properties.tls"],
          ])
      #expect(
        try Self.rows(
          "Findings | where checkId == 'azure.shop.tls' | project iff(isempty(twinOf), 'counts', 'twin')", store) == [
            ["counts"]
          ])
      try findings.record(try Self.judged([PolicyFixture.store("a")], [objects[0]], at: 1), at: 20)
      #expect(try Self.rows("Findings | where checkId startswith 'azurepolicy.' | count", store) == [["0"]])
    }
  }

  @Test func anInitiativeInForceIsAFrameworkWithItsGroupsAsControls() throws {
    let set = """
      {"name": "set", "id": "/providers/Microsoft.Authorization/policySetDefinitions/set", "properties": {
        "displayName": "Shop rules", "policyDefinitionGroups": [
          {"name": "T1", "category": "Transport", "displayName": "Encrypt"}, {"name": "P1", "category": "People"}],
        "policyDefinitions": [{"policyDefinitionId": "tls", "policyDefinitionReferenceId": "r", "groupNames": ["T1"]}]}}
      """
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let run = try Self.judged(
        [PolicyFixture.store("a")],
        [PolicyFixture.definition(), set, PolicyFixture.assignment("Prod", of: "policySetDefinitions/set")], at: 1)
      try PolicyStateStore(store).record(run, at: 10)
      try FindingStore(store).record(run, at: 10)
      let framework = try #require(try PolicyStateStore(store).frameworks().first)
      #expect(framework.id == "policy.prod")
      #expect(framework.groups.map(\.id) == ["Transport", "People"])
      let assessment = Assessment(framework, evidence: try ComplianceEvidence(store), now: 20)
      #expect(assessment.results.map(\.state) == [.failed, .unproved])
      #expect(assessment.results.first?.checks.first?.link.trace == "azurepolicy:tls")
    }
  }
}
