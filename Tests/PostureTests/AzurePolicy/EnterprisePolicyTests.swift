// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import Testing

@testable import Posture

/// Folders of Enterprise Policy as Code.
@Suite struct EnterprisePolicyTests {
  private static let settings = """
    { // who we are
      "pacOwnerId": "x",
      "pacEnvironments": [
        {"pacSelector": "dev", "deploymentRootScope": "/providers/Microsoft.Management/managementGroups/dev"},
        {"pacSelector": "prod", "deploymentRootScope": "/providers/Microsoft.Management/managementGroups/prod",
         "globalNotScopes": ["/subscriptions/quiet"]},
      ]
    }
    """
  private static let rule = #"{"if":{"field":"type","equals":"a/b"},"then":{"effect":"audit"}}"#

  private func corpus(_ files: [String: String], environment: String? = nil) throws -> PolicyCorpus {
    let folder = try PolicyFolder(files)
    defer { folder.remove() }
    var corpus = PolicyCorpus()
    try corpus.load([folder.path], environment: environment)
    return corpus
  }

  @Test func aTreeMakesAnAssignmentForEachLeafScopeAndDefinition() throws {
    let corpus = try corpus(
      [
        "global-settings.jsonc": Self.settings,
        "policyDefinitions/tags.jsonc": #"{"name":"need-tag","properties":{"policyRule":\#(Self.rule)}}"#,
        "policyAssignments/tags.jsonc": """
        {
          "nodeName": "/Tags/",
          "definitionEntryList": [
            {"policyName": "need-tag", "assignment": {"append": true, "name": "tag", "displayName": "Tag"}},
            {"policySetId": "/providers/Microsoft.Authorization/policySetDefinitions/s1",
             "assignment": {"append": true, "name": "set", "displayName": "Set"}},
          ],
          "parameters": {"effect": "Deny"},
          "notScopes": {"*": ["/subscriptions/lab"]},
          "children": [
            {"nodeName": "A", "assignment": {"name": "a-", "displayName": "A "}, "parameters": {"Effect": "Audit"},
             "scope": {"prod": ["/subscriptions/p1", "/subscriptions/p2"], "dev": ["/subscriptions/d1"]}},
            {"nodeName": "B", "assignment": {"name": "b-", "displayName": "B "}, "enforcementMode": "DoNotEnforce",
             "scope": {"prod": ["/subscriptions/p3"]}},
          ]
        }
        """,
      ], environment: "prod")
    #expect(corpus.problems.map(\.description) == [])
    #expect(
      corpus.assignments.map(\.id).sorted()
        == ["p1", "p2", "p3"].flatMap { scope in
          ["set", "tag"].map { name in
            "/subscriptions/\(scope)/providers/Microsoft.Authorization/policyAssignments/\(scope == "p3" ? "b" : "a")-\(name)"
          }
        }.sorted())
    let first = try #require(corpus.assignments.first { $0.name == "a-tag" })
    #expect(
      first.definitionId
        == "/providers/Microsoft.Management/managementGroups/prod/providers/Microsoft.Authorization/policyDefinitions/need-tag"
    )
    #expect(corpus.definitions(first.definitionId).count == 1)
    #expect(first.displayName == "A Tag")
    #expect(first.notScopes == ["/subscriptions/quiet", "/subscriptions/lab"])
    #expect(first.parameters?["Effect"]?["value"]?.string == "Audit")
    #expect(first.parameters?.count == 1)
    #expect(corpus.assignments.filter { $0.scope == "/subscriptions/p3" }.allSatisfy { !$0.isEnforced })
  }

  @Test func whatABranchLacksIsToldWithLineAndColumn() throws {
    let corpus = try corpus([
      "global-settings.jsonc": Self.settings,
      "policyAssignments/x.jsonc": """
      {
        "nodeName": "/x/",
        "definitonEntry": {"policyName": "p"},
        "children": [
          {"nodeName": "a", "scope": {"prdo": ["/subscriptions/s"]}},
          {"nodeName": "b", "definitionEntry": {"policyName": "p"}}
        ]
      }
      """,
    ])
    let texts = corpus.problems.map { "\($0.error.location.line ?? 0): \($0.error.message)" }
    #expect(texts.contains("3: unknown key 'definitonEntry'; did you mean 'definitionEntry'?"))
    #expect(texts.contains { $0.hasPrefix("5: the branch /x/a names no definition") })
    #expect(texts.contains("6: the branch /x/b has no 'scope'"))
  }

  @Test func exemptionsStandInTablesOrLists() throws {
    let corpus = try corpus([
      "policyExemptions/prod/a.csv": """
      name,displayName,exemptionCategory,expiresOn,scopes,assignmentReferenceId,policyDefinitionReferenceIds,metadata
      e1,"First, of two",waiver,2027-01-31,lab:/subscriptions/s1&/subscriptions/s2,policyDefinitions/need-tag,,"{""a"": 1}"
      e2,Second,mitigated,,/subscriptions/s3,/subscriptions/s3/providers/Microsoft.Authorization/policyAssignments/x,ref1&ref2,
      e3,Third,never,,/subscriptions/s3,/subscriptions/s3/providers/Microsoft.Authorization/policyAssignments/x,,
      """,
      "policyExemptions/prod/b.json": """
      {"exemptions": [{"name": "e4", "displayName": "x", "exemptionCategory": "Waiver", "scope": "/subscriptions/s4",
        "policyAssignmentId": "/subscriptions/s4/providers/Microsoft.Authorization/policyAssignments/y"}]}
      """,
    ])
    #expect(corpus.exemptions.map(\.record.name) == ["e1", "e2", "e4"])
    #expect(corpus.exemptions[0].scopes == ["/subscriptions/s1", "/subscriptions/s2"])
    #expect(corpus.exemptions[1].references == ["ref1", "ref2"])
    #expect(corpus.problems.map(\.error.location.line) == [4])
    #expect(corpus.problems[0].error.message.contains("'never' is no exemptionCategory"))
  }

  @Test func aTreeThatIsTooDeepIsRefused() throws {
    var text = #"{"nodeName": "leaf"}"#
    for _ in 0..<40 { text = #"{"nodeName": "n", "children": [\#(text)]}"# }
    let corpus = try corpus(["policyAssignments/deep.json": text])
    #expect(corpus.problems.map(\.error.code) == [.tooLarge])
    #expect(corpus.assignments.isEmpty)
  }

  @Test func anEnvironmentThatIsNotThereIsRefusedWithASuggestion() throws {
    #expect {
      _ = try corpus(["global-settings.jsonc": Self.settings], environment: "prd")
    } throws: { error in
      (error as? ContentError)?.message.contains("did you mean 'prod'?") == true
    }
  }
}
