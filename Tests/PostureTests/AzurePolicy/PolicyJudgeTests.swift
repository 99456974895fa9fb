// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import Testing

@testable import Posture

@Suite struct PolicyJudgeTests {
  typealias Fixture = PolicyFixture

  @Test func aResourceHasAStateUnderEachPolicyThatIsAboutIt() throws {
    let corpus = try Fixture.corpus(Fixture.definition(), Fixture.assignment())
    let estate = try Fixture.estate(
      Fixture.store("old"), Fixture.store("new", tls: "1.2"), Fixture.store("elsewhere", subscription: "s2"),
      #"{"id": "/subscriptions/s1/resourceGroups/g1/providers/Contoso.Shop/carts/c", "name": "c", "type": "contoso.shop/carts"}"#
    )
    let run = try PolicyJudge(PoliciesInForce(corpus)).judge(estate, now: Fixture.now)
    #expect(
      run.rows.map { "\(run.resources[Int($0.resource)].name) \($0.state.text)" } == [
        "old NonCompliant", "new Compliant",
      ])
    #expect(run.reason(run.rows[0]).contains("properties.tls is \"1.0\""))
    let proof = try JSONDocument.parse(run.proof(run.rows[0])).root
    let leaf = try #require(proof["evaluatedExpressions"]?.elements.first { $0["path"]?.string == "properties.tls" })
    #expect(leaf["operator"]?.string == "notEquals")
    #expect(leaf["expressionValue"]?.string == "1.0")
    #expect(leaf["targetValue"]?.string == "1.2")
  }

  @Test(arguments: [
    ("/subscriptions/s1/resourceGroups/g1", [], ["a NonCompliant"]),
    ("/subscriptions/s1", ["/subscriptions/s1/resourceGroups/G1"], ["b NonCompliant"]),
    ("/subscriptions/s1", ["/subscriptions/s1/resourceGroups/g1/providers/Contoso.Shop/stores/a"], ["b NonCompliant"]),
    ("/subscriptions/s1", ["/subscriptions/s1/resourceGroups/g*"], []),
    ("/subscriptions/s1/resourceGroups/g2/providers/Contoso.Shop/stores/b", [], ["b NonCompliant"]),
    ("/", [], ["a NonCompliant", "b NonCompliant", "c NonCompliant"]),
    ("/providers/Microsoft.Management/managementGroups/Land", [], ["a NonCompliant", "b NonCompliant"]),
    (
      "/providers/Microsoft.Management/managementGroups/root", [],
      ["a NonCompliant", "b NonCompliant", "c NonCompliant"]
    ),
    (
      "/providers/Microsoft.Management/managementGroups/root",
      ["/providers/Microsoft.Management/managementGroups/land"], ["c NonCompliant"]
    ),
  ])
  func scopesAndExcludedScopesDecideWhatIsReached(scope: String, notScopes: [String], expected: [String]) throws {
    var groups = ManagementGroups()
    groups.add(subscription: "s1", chain: ["land", "root"])
    groups.add(subscription: "s2", chain: ["root"])
    let list = notScopes.map { "\"\($0)\"" }.joined(separator: ", ")
    let corpus = try Fixture.corpus(
      Fixture.definition(), Fixture.assignment(scope: scope, more: #""notScopes": [\#(list)]"#))
    let estate = try Fixture.estate(
      Fixture.store("a"), Fixture.store("b", group: "g2"), Fixture.store("c", subscription: "s2"), groups: groups)
    #expect(try Fixture.states(corpus, estate) == expected)
  }

  @Test func anAssignmentThatIsNotEnforcedStillJudges() throws {
    let corpus = try Fixture.corpus(
      Fixture.definition(effect: #""deny""#), Fixture.assignment(more: #""enforcementMode": "DoNotEnforce""#))
    let run = try PolicyJudge(PoliciesInForce(corpus)).judge(try Fixture.estate(Fixture.store("a")), now: Fixture.now)
    #expect(run.rows.map(\.state) == [.nonCompliant])
    #expect(run.members.map(\.isEnforced) == [false])
  }

  @Test(arguments: [("Disabled", 0), ("Audit", 1), ("deny", 1), ("denyAction", 0)])
  func someEffectsGiveNoStates(effect: String, count: Int) throws {
    let corpus = try Fixture.corpus(
      Fixture.definition(
        effect: #""[parameters('effect')]""#,
        parameters: #"{"effect": {"type": "String", "defaultValue": "Audit"}}"#),
      Fixture.assignment(more: #""parameters": {"Effect": {"value": "\#(effect)"}}"#))
    #expect(try Fixture.states(corpus, try Fixture.estate(Fixture.store("a"))).count == count)
  }

  @Test func selectorsChooseByLocationAndType() throws {
    let corpus = try Fixture.corpus(
      Fixture.definition(),
      Fixture.assignment(
        more: """
          "resourceSelectors": [
            {"name": "x", "selectors": [{"kind": "resourceLocation", "in": ["West Europe"]},
              {"kind": "resourceType", "notIn": ["Contoso.Shop/carts"]}]},
            {"name": "y", "selectors": [{"kind": "resourceLocation", "in": ["northeurope"]}]}]
          """))
    let estate = try Fixture.estate(
      Fixture.store("west"), Fixture.store("north", location: "northeurope"), Fixture.store("east", location: "eastus"))
    #expect(try Fixture.states(corpus, estate) == ["north NonCompliant", "west NonCompliant"])
  }

  private static let set = """
    {"name": "set", "id": "/providers/Microsoft.Authorization/policySetDefinitions/set", "properties": {
      "displayName": "Shop rules", "version": "2.1.0",
      "parameters": {"level": {"type": "String", "defaultValue": "1.2", "allowedValues": ["1.2", "1.3"]}},
      "policyDefinitionGroups": [{"name": "G1", "category": "Net", "displayName": "Transport"}, {"name": "G2"}],
      "policyDefinitions": [
        {"policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/level",
         "policyDefinitionReferenceId": "ref1", "groupNames": ["G1"], "definitionVersion": "1.*.*",
         "parameters": {"wanted": {"value": "[parameters('level')]"}}},
        {"policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/level",
         "policyDefinitionReferenceId": "ref2",
         "parameters": {"wanted": {"value": "[concat(parameters('level'), '.1')]"}}}]}}
    """
  private static let level = PolicyFixture.definition(
    "level", parameters: #"{"wanted": {"type": "String"}}"#,
    condition: #"{"field": "Contoso.Shop/stores/tls", "notEquals": "[parameters('wanted')]"}"#)

  @Test func membersOfAnInitiativeGetValuesFromItsParameters() throws {
    let corpus = try Fixture.corpus(
      Self.level, Self.set,
      Fixture.assignment(of: "policySetDefinitions/set", more: #""parameters": {"level": {"value": "1.3"}}"#))
    let run = try PolicyJudge(PoliciesInForce(corpus)).judge(
      try Fixture.estate(Fixture.store("a", tls: "1.3"), Fixture.store("b", tls: "1.3.1")), now: Fixture.now)
    #expect(corpus.problems.isEmpty)
    let texts = run.rows.map { row in
      "\(run.resources[Int(row.resource)].name) \(run.members[Int(row.member)].reference) \(row.state.text)"
    }
    #expect(texts == ["a ref1 Compliant", "a ref2 NonCompliant", "b ref1 NonCompliant", "b ref2 Compliant"])
    #expect(run.rollUp().state == .nonCompliant)
    #expect(run.rollUp { $0.groups == ["G1"] }.counts == [.compliant: 1, .nonCompliant: 1])
  }

  @Test func overridesChangeTheEffectOfMembersOrOfSomeResources() throws {
    let corpus = try Fixture.corpus(
      Self.level, Self.set,
      Fixture.assignment(
        of: "policySetDefinitions/set",
        more: """
          "overrides": [
            {"kind": "policyEffect", "value": "disabled",
             "selectors": [{"kind": "policyDefinitionReferenceId", "in": ["REF2"]}]},
            {"kind": "policyEffect", "value": "deny", "selectors": [{"kind": "resourceLocation", "in": ["eastus"]}]}]
          """))
    let run = try PolicyJudge(PoliciesInForce(corpus)).judge(
      try Fixture.estate(Fixture.store("a"), Fixture.store("b", location: "eastus")), now: Fixture.now)
    let texts = run.rows.map { row in
      let facts = run.members[Int(row.member)]
      return "\(run.resources[Int(row.resource)].name) \(facts.reference) \(facts.effect)"
    }
    #expect(texts.contains("a ref1 audit"))
    #expect(texts.contains("b ref1 deny"))
    #expect(!texts.contains("a ref2 audit"))
  }

  @Test func messagesAreThoseOfTheMemberOrOfTheWhole() throws {
    let corpus = try Fixture.corpus(
      Self.level, Self.set,
      Fixture.assignment(
        of: "policySetDefinitions/set",
        more:
          #""nonComplianceMessages": [{"message": "whole"}, {"message": "own", "policyDefinitionReferenceId": "ref2"}]"#
      ))
    let run = try PolicyJudge(PoliciesInForce(corpus)).judge(try Fixture.estate(Fixture.store("a")), now: Fixture.now)
    #expect(run.rows.map(run.reason) == ["whole", "own"])
  }

  @Test(arguments: [
    (#""parameters": {"level": {"value": "1.1"}}"#, #"does not allow "1.1""#, false),
    (#""parameters": {"level": {"value": [1]}}"#, "level", false),
    (#""parameters": {"levle": {"value": "1.2"}}"#, "did you mean 'level'?", true),
    (#""definitionVersion": "3.*.*""#, "version 3.*.*", true),
    (#""enforcementMode": "DoNotEnforse""#, "did you mean 'DoNotEnforce'?", false),
    (#""overrides": [{"kind": "policyEfect", "value": "x"}]"#, "did you mean 'policyEffect'?", false),
    (
      #""resourceSelectors": [{"selectors": [{"kind": "resourceLocatoin", "in": []}]}]"#,
      "did you mean 'resourceLocation'?", false
    ),
  ])
  func whatIsWrongWithAnAssignmentIsToldWithItsPlace(more: String, message: String, isWarning: Bool) throws {
    let corpus = try Fixture.corpus(
      Self.level, Self.set, Fixture.assignment(of: "policySetDefinitions/set", more: more))
    let faults = corpus.problems + PoliciesInForce(corpus).faults
    let fault = try #require(faults.first { $0.error.message.contains(message) }, "\(faults)")
    #expect(fault.isWarning == isWarning)
    #expect(fault.error.location.path == "file2.json")
    #expect(fault.error.location.line != nil)
  }

  @Test func anAssignmentOfWhatIsNotAtHandIsTold() throws {
    let corpus = try Fixture.corpus(Fixture.definition("tls"), Fixture.assignment(of: "tsl"))
    let inForce = PoliciesInForce(corpus)
    #expect(inForce.memberCount == 0)
    #expect(inForce.passed.count == 1)
    #expect(inForce.faults.first?.error.message.contains("did you mean 'tls'?") == true)
  }

  @Test func unknownAliasesFunctionsAndEffectsAreToldWithLineAndColumn() throws {
    let corpus = try Fixture.corpus(
      Fixture.definition("one", effect: #""audti""#),
      Fixture.definition("two", condition: #"{"value": "[nosuch('x')]", "equals": "a"}"#),
      Fixture.definition("three", condition: #"{"field": "nofield", "equals": "a"}"#))
    let faults = PolicyLanguage().faults(corpus)
    #expect(Set(faults.map(\.error.location.path)) == ["file0.json", "file1.json", "file2.json"])
    #expect(faults.allSatisfy { ($0.error.location.line ?? 0) > 0 })
    #expect(faults.contains { $0.error.message.contains("did you mean 'audit'?") })
  }

  @Test func exemptionsHoldUntilTheyExpireAndForTheirMembers() throws {
    let exemption = """
      {"name": "e", "id": "/subscriptions/s1/resourceGroups/g1/providers/Microsoft.Authorization/policyExemptions/e",
       "properties": {"exemptionCategory": "waiver", "expiresOn": "2026-06-15T00:00:00Z",
        "policyDefinitionReferenceIds": ["REF1"],
        "policyAssignmentId": "/subscriptions/S1/providers/Microsoft.Authorization/policyAssignments/A1"}}
      """
    let corpus = try Fixture.corpus(
      Self.level, Self.set, Fixture.assignment(of: "policySetDefinitions/set"), exemption)
    let estate = try Fixture.estate(Fixture.store("a"), Fixture.store("b", group: "g2"))
    #expect(
      try Fixture.states(corpus, estate) == ["a Exempt", "a NonCompliant", "b NonCompliant", "b NonCompliant"])
    let later = Fixture.now + 30 * 864_000_000_000
    #expect(try Fixture.states(corpus, estate, now: later).allSatisfy { $0.hasSuffix("NonCompliant") })
  }

  @Test func aManualPolicyWaitsForAnAttestation() throws {
    let attestation = """
      {"name": "t", "id": "/subscriptions/s1/resourceGroups/g1/providers/Microsoft.PolicyInsights/attestations/t",
       "properties": {"complianceState": "Compliant", "owner": "ada", "expiresOn": "2026-07-01T00:00:00Z",
        "policyAssignmentId": "/subscriptions/s1/providers/Microsoft.Authorization/policyAssignments/a1"}}
      """
    let corpus = try Fixture.corpus(
      Fixture.definition(effect: #""manual""#, details: #"{"defaultState": "NonCompliant"}"#), Fixture.assignment(),
      attestation)
    let estate = try Fixture.estate(Fixture.store("a"), Fixture.store("b", group: "g2"))
    #expect(try Fixture.states(corpus, estate) == ["a Compliant", "b NonCompliant"])
    let later = Fixture.now + 60 * 864_000_000_000
    #expect(try Fixture.states(corpus, estate, now: later) == ["a NonCompliant", "b NonCompliant"])
  }

  @Test(arguments: [
    ("Indexed", "microsoft.resources/subscriptions/resourcegroups", false),
    ("All", "microsoft.resources/subscriptions/resourcegroups", true),
    ("All", "microsoft.resources/deployments", false),
    ("Indexed", "contoso.shop/stores", true),
  ])
  func modesChooseTypes(mode: String, type: String, isJudged: Bool) throws {
    let corpus = try Fixture.corpus(
      Fixture.definition(
        mode: mode, condition: #"{"field": "location", "notEquals": "nowhere"}"#, type: type), Fixture.assignment())
    let estate = try Fixture.estate(
      #"{"id": "/subscriptions/s1/resourceGroups/g1", "name": "x", "type": "\#(type)", "location": "westeurope"}"#)
    #expect(try Fixture.states(corpus, estate).isEmpty == !isJudged)
  }

  // MARK: Related resources

  private static func logging(_ details: String) -> String {
    PolicyFixture.definition(
      "logs", effect: #""auditIfNotExists""#, condition: #"{"field": "location", "exists": true}"#, details: details)
  }
  private static func child(_ name: String, of store: String, level: String, group: String = "g1") -> String {
    """
    {"id": "/subscriptions/s1/resourceGroups/\(group)/providers/Contoso.Shop/stores/\(store)/logs/\(name)",
     "name": "\(name)", "type": "contoso.shop/stores/logs", "subscriptionId": "s1", "resourceGroup": "\(group)",
     "properties": {"level": "\(level)"}}
    """
  }

  @Test func whatMustExistIsLookedForUnderTheResource() throws {
    let corpus = try Fixture.corpus(
      Self.logging(
        #"{"type": "Contoso.Shop/stores/logs", "existenceCondition": {"field": "Contoso.Shop/stores/logs/level", "equals": "all"}}"#
      ), Fixture.assignment(of: "logs"))
    let estate = try Fixture.estate(
      Fixture.store("a"), Fixture.store("b"), Fixture.store("c"), Self.child("l", of: "a", level: "all"),
      Self.child("l", of: "b", level: "none"))
    let run = try PolicyJudge(PoliciesInForce(corpus)).judge(estate, now: Fixture.now)
    #expect(run.rows.map(\.state) == [.compliant, .nonCompliant, .nonCompliant])
    #expect(run.proof(run.rows[1]).contains(#""totalResources":1"#))
    #expect(run.reason(run.rows[2]) == "there is no Contoso.Shop/stores/logs")
  }

  @Test func theScopeOfWhatMustExistMayBeTheSubscription() throws {
    let corpus = try Fixture.corpus(
      Self.logging(#"{"type": "Contoso.Shop/watchers", "existenceScope": "subscription"}"#),
      Fixture.assignment(of: "logs"))
    let watcher =
      #"{"id": "/subscriptions/s1/resourceGroups/other/providers/Contoso.Shop/watchers/w", "name": "w", "type": "contoso.shop/watchers"}"#
    #expect(try Fixture.states(corpus, try Fixture.estate(Fixture.store("a"), watcher)) == ["a Compliant"])
    #expect(try Fixture.states(corpus, try Fixture.estate(Fixture.store("a"))) == ["a NonCompliant"])
  }

  @Test func aChangedChildHasItsParentJudgedAnew() throws {
    let corpus = try Fixture.corpus(
      Self.logging(
        #"{"type": "Contoso.Shop/stores/logs", "existenceCondition": {"field": "Contoso.Shop/stores/logs/level", "equals": "all"}}"#
      ), Fixture.assignment(of: "logs"))
    let judge = PolicyJudge(PoliciesInForce(corpus))
    let estate = try Fixture.estate(Fixture.store("a"), Fixture.store("b"), Self.child("l", of: "a", level: "all"))
    let id = "/subscriptions/s1/resourceGroups/g1/providers/Contoso.Shop/stores/a/logs/l"
    let (run, keys) = try judge.rejudge(estate, changed: [id], now: Fixture.now)
    #expect(run.resources.map(\.name) == ["a"])
    #expect(keys.contains("/subscriptions/s1/resourcegroups/g1/providers/contoso.shop/stores/a"))
    #expect(run.rows.map(\.state) == [.compliant])
  }

  @Test func rollUpsTakeTheHeaviestStateOfAResource() {
    var sum = PolicyRollUp()
    for state in [PolicyState.compliant, .nonCompliant, .exempt] { sum.add(state, resource: 1) }
    for state in [PolicyState.exempt, .unknown] { sum.add(state, resource: 2) }
    sum.add(.unknown, resource: 3)
    #expect(sum.counts == [.nonCompliant: 1, .exempt: 1, .unknown: 1])
    #expect(sum.state == .nonCompliant)
    #expect(sum.percentage == 66.7)
    #expect(PolicyRollUp().percentage == nil)
  }
}
