// SPDX-License-Identifier: Apache-2.0
import JSON
import KQL
import Testing

@testable import Posture

/// Policy objects and resources made for one test. Aliases go by convention: `Contoso.Shop/stores/tls` is `properties.tls`.
enum PolicyFixture {
  static let now = DateTime.ticks(year: 2026, month: 6, day: 1) ?? 0

  static func corpus(_ objects: String...) throws -> PolicyCorpus { try corpus(objects) }

  static func corpus(_ objects: [String]) throws -> PolicyCorpus {
    var corpus = PolicyCorpus()
    var reader = PolicyReader()
    for (index, text) in objects.enumerated() {
      let source = try PolicySource(parsing: Array(text.utf8), path: "file\(index).json")
      let isRead = reader.read(source)
      #expect(isRead)
    }
    corpus.add(reader.records)
    corpus.problems += reader.problems
    return corpus
  }

  /// A definition `NAME` of a rule on stores: not compliant where `condition` holds.
  static func definition(
    _ name: String = "tls", effect: String = #""audit""#, mode: String = "All", parameters: String = "{}",
    condition: String = #"{"field": "Contoso.Shop/stores/tls", "notEquals": "1.2"}"#, details: String = "",
    type: String = "Contoso.Shop/stores", version: String = "1.0.0"
  ) -> String {
    """
    {"name": "\(name)", "id": "/providers/Microsoft.Authorization/policyDefinitions/\(name)",
     "properties": {"displayName": "Stores: \(name)", "mode": "\(mode)", "version": "\(version)",
      "parameters": \(parameters), "metadata": {"category": "Shop"},
      "policyRule": {
       "if": {"allOf": [{"field": "type", "equals": "\(type)"}, \(condition)]},
       "then": {"effect": \(effect)\(details.isEmpty ? "" : ", \"details\": \(details)")}}}}
    """
  }

  static func assignment(
    _ name: String = "a1", of definition: String = "tls", scope: String = "/subscriptions/s1", more: String = ""
  ) -> String {
    let path = definition.contains("/") ? definition : "policyDefinitions/\(definition)"
    return """
      {"name": "\(name)", "type": "Microsoft.Authorization/policyAssignments",
       "id": "\(scope)/providers/Microsoft.Authorization/policyAssignments/\(name)",
       "properties": {"scope": "\(scope)",
         "policyDefinitionId": "/providers/Microsoft.Authorization/\(path)"\(more.isEmpty ? "" : ", " + more)}}
      """
  }

  static func store(
    _ name: String, tls: String = "1.0", subscription: String = "s1", group: String = "g1",
    location: String = "westeurope", more: String = ""
  ) -> String {
    """
    {"id": "/subscriptions/\(subscription)/resourceGroups/\(group)/providers/Contoso.Shop/stores/\(name)",
     "name": "\(name)", "type": "contoso.shop/stores", "location": "\(location)", "subscriptionId": "\(subscription)",
     "resourceGroup": "\(group)", "cloud": "azure", "tags": {"a": "b"},
     "properties": {"tls": "\(tls)"\(more.isEmpty ? "" : ", " + more)}}
    """
  }

  static func estate(_ documents: String..., groups: ManagementGroups = ManagementGroups()) throws -> PolicyEstate {
    PolicyEstate(documents: try documents.map { try JSONDocument.parse($0).root }, groups: groups)
  }

  /// `NAME STATE` of each state, in order.
  static func states(_ corpus: PolicyCorpus, _ estate: PolicyEstate, now: Int64 = now) throws -> [String] {
    let run = try PolicyJudge(PoliciesInForce(corpus)).judge(estate, now: now)
    return run.rows.map { "\(run.resources[Int($0.resource)].name) \($0.state.text)" }.sorted()
  }
}
