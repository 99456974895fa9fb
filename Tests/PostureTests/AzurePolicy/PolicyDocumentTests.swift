// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import Testing

@testable import Posture

/// Documents before their deployment, and what becomes of them.
@Suite struct PolicyDocumentTests {
  private static func documents(_ text: String) throws -> PolicyDocuments {
    var documents = PolicyDocuments()
    let source = try PolicySource(parsing: Array(text.utf8), path: "main.json")
    #expect(try documents.read(source, PolicyDocuments.Target(subscription: "s1", resourceGroup: "g1")))
    return documents
  }

  @Test func aTemplateGivesItsResourcesWithTheValuesOfItsDefaults() throws {
    let documents = try Self.documents(
      """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
       "parameters": {"name": {"type": "string", "defaultValue": "shop"}, "secret": {"type": "string"}},
       "variables": {"full": "[concat(parameters('name'), '-1')]"},
       "resources": [
        {"type": "Contoso.Shop/stores", "apiVersion": "2024-01-01", "name": "[variables('full')]",
         "location": "[resourceGroup().location]", "properties": {"tls": "1.0", "key": "[parameters('secret')]"},
         "resources": [{"type": "logs", "name": "[concat(variables('full'), '/l')]", "properties": {"level": "all"}}]},
        {"type": "Contoso.Shop/stores", "name": "off", "condition": "[equals(1, 2)]"},
        {"type": "Contoso.Shop/stores", "name": "many", "copy": {"name": "c", "count": 2}}]}
      """)
    #expect(
      documents.entries.map { $0.document["id"]?.string } == [
        "/subscriptions/s1/resourceGroups/g1/providers/Contoso.Shop/stores/shop-1",
        "/subscriptions/s1/resourceGroups/g1/providers/Contoso.Shop/stores/shop-1/logs/shop-1/l",
      ])
    #expect(documents.entries[0].document["location"]?.string == "westeurope")
    #expect(documents.entries[0].unknown.map(\.path) == ["properties.key"])
    #expect(documents.notes.count == 1)
  }

  @Test func variablesThatNameOneAnotherInACircleEnd() throws {
    let documents = try Self.documents(
      """
      {"$schema": "x/deploymentTemplate.json#", "variables": {"a": "[variables('b')]", "b": "[variables('a')]"},
       "resources": [{"type": "Contoso.Shop/stores", "name": "s", "properties": {"tls": "[variables('a')]"}}]}
      """)
    #expect(documents.entries[0].unknown.map(\.path) == ["properties.tls"])
  }

  @Test func aPlanGivesWhatIsWrittenAsAzureHasIt() throws {
    let documents = try Self.documents(
      """
      {"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"type": "azapi_resource", "values": {"type": "Contoso.Shop/stores@2024-01-01", "name": "s",
         "location": "westeurope", "body": {"properties": {"tls": "1.0"}}}},
        {"type": "azurerm_storage_account", "values": {}}]}}, "resource_changes": []}
      """)
    #expect(documents.entries.map { $0.document["properties"]?["tls"]?.string } == ["1.0"])
    #expect(documents.entries[0].document["apiVersion"]?.string == "2024-01-01")
    #expect(documents.notes.first?.contains("1 azurerm_storage_account not judged") == true)
  }

  @Test func whatOnlyTheDeploymentTellsIsUnknown() throws {
    let documents = try Self.documents(
      """
      {"$schema": "x/deploymentTemplate.json#", "parameters": {"tls": {"type": "string"}},
       "resources": [{"type": "Contoso.Shop/stores", "name": "s", "location": "westeurope",
         "properties": {"tls": "[parameters('tls')]"}}]}
      """)
    let corpus = try PolicyFixture.corpus(PolicyFixture.definition(), PolicyFixture.assignment())
    let found = PolicyJudge(PoliciesInForce(corpus)).admissions(
      PolicyEstate(documents), first: 1, now: PolicyFixture.now)
    #expect(found.first?.words.map(\.state) == [.unknown])
  }

  @Test func whatIsRefusedChangedAndDeployedIsTold() throws {
    let corpus = try PolicyFixture.corpus(
      PolicyFixture.definition(
        "deny", effect: #""deny""#, condition: #"{"field": "tags['owner']", "notEquals": "ada"}"#),
      PolicyFixture.definition("quiet", effect: #""deny""#),
      PolicyFixture.definition(
        "tag", effect: #""modify""#, condition: #"{"field": "tags['owner']", "exists": false}"#,
        details:
          #"{"roleDefinitionIds": ["r"], "operations": [{"operation": "add", "field": "tags['owner']", "value": "bob"}]}"#
      ),
      PolicyFixture.definition(
        "logs", effect: #""deployIfNotExists""#, condition: #"{"field": "location", "exists": true}"#,
        details: #"{"type": "Contoso.Shop/stores/logs", "roleDefinitionIds": ["r"], "deployment": {}}"#),
      PolicyFixture.assignment("a1", of: "deny"),
      PolicyFixture.assignment("a2", of: "quiet", more: #""enforcementMode": "DoNotEnforce""#),
      PolicyFixture.assignment("a3", of: "tag"), PolicyFixture.assignment("a4", of: "logs"))
    let estate = try PolicyFixture.estate(PolicyFixture.store("a"))
    let found = PolicyJudge(PoliciesInForce(corpus)).admissions(estate, first: 1, now: PolicyFixture.now)
    let admission = try #require(found.first)
    // What modify wrote is what deny sees.
    #expect(admission.denials.map(\.policy.definitionName) == ["deny"])
    #expect(admission.changes.map { "\($0.path) \($0.after?.text ?? "")" } == [#"tags.owner "bob""#])
    #expect(admission.deployments.map { $0.details?["type"]?.string } == ["Contoso.Shop/stores/logs"])
  }

  @Test func twoPoliciesThatWriteDifferentValuesConflict() throws {
    func tag(_ name: String, _ value: String) -> String {
      PolicyFixture.definition(
        name, effect: #""modify""#, condition: #"{"field": "tags['owner']", "exists": false}"#,
        details:
          #"{"roleDefinitionIds": ["r"], "operations": [{"operation": "addOrReplace", "field": "tags['owner']", "value": "\#(value)"}]}"#
      )
    }
    let corpus = try PolicyFixture.corpus(
      tag("one", "bob"), tag("two", "eve"), PolicyFixture.assignment("a1", of: "one"),
      PolicyFixture.assignment("a2", of: "two"))
    #expect(
      try PolicyFixture.states(corpus, try PolicyFixture.estate(PolicyFixture.store("a"))) == [
        "a Conflict", "a Conflict",
      ])
  }

  @Test func anExplanationNamesWhatDecidedAndTheChangeThatTurnsIt() throws {
    let corpus = try PolicyFixture.corpus(
      PolicyFixture.definition(
        condition:
          #"{"anyOf": [{"field": "Contoso.Shop/stores/tls", "notEquals": "1.2"}, {"field": "Contoso.Shop/stores/open", "equals": true}]}"#
      ),
      PolicyFixture.assignment())
    let estate = try PolicyFixture.estate(PolicyFixture.store("a", more: #""open": false"#))
    let found = PolicyJudge(PoliciesInForce(corpus)).explain(0, estate, policy: "TLS", now: PolicyFixture.now)
    let text = try #require(found.first).text(color: false)
    #expect(text.contains("NonCompliant"))
    #expect(text.contains(#"→ true        properties.tls notEquals "1.2": it is "1.0""#), "\(text)")
    #expect(text.contains("  false       properties.open equals true: it is false"), "\(text)")
    #expect(text.contains(#"To comply: set properties.tls to "1.2""#), "\(text)")
  }
}
