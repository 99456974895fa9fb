// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import Posture

@Suite struct AzureScopeTests {
  @Test(arguments: [
    ("/subscriptions/s", "/subscriptions/s/resourcegroups/g", true), ("/subscriptions/s", "/subscriptions/s2", false),
    ("", "/subscriptions/s", true),
    ("/subscriptions/s/resourcegroups/lab*", "/subscriptions/s/resourcegroups/lab-1/x", true),
    ("/subscriptions/s/resourcegroups/g", "/subscriptions/s", false),
  ])
  func aScopeHoldsWhatIsBelowIt(scope: String, id: String, holds: Bool) {
    #expect(AzureScope.contains(scope, id) == holds)
  }

  @Test(arguments: [
    (
      "/subscriptions/s/resourcegroups/g/providers/m.sql/servers/a/databases/b",
      "/subscriptions/s/resourcegroups/g/providers/m.sql/servers/a"
    ),
    ("/subscriptions/s/resourcegroups/g/providers/m.sql/servers/a", "/subscriptions/s/resourcegroups/g"),
    (
      "/subscriptions/s/resourcegroups/g/providers/m.kv/vaults/v/providers/m.i/ds/x",
      "/subscriptions/s/resourcegroups/g/providers/m.kv/vaults/v"
    ),
  ])
  func theParentOfAResourceIsTold(id: String, parent: String) {
    #expect(AzureScope.parent(of: id) == parent)
  }

  @Test func managementGroupsAreFollowedUpwards() throws {
    let rows = try JSONDocument.parse(
      """
      [{"type":"microsoft.management/managementgroups","name":"root","properties":{"details":{}}},
       {"type":"microsoft.management/managementgroups","name":"Land","properties":{"details":{"parent":{"name":"root"}}}},
       {"type":"microsoft.resources/subscriptions","subscriptionId":"S1","properties":{"managementGroupAncestorsChain":[{"name":"land"}]}},
       {"type":"microsoft.resources/subscriptions","subscriptionId":"S2","properties":{"managementGroupAncestorsChain":[{"name":"root"}]}}]
      """)
    let groups = ManagementGroups(rows: rows.root.elements)
    #expect(groups.chain(ofSubscription: "s1") == ["land", "root"])
    #expect(groups.contains("root", subscription: "s1", id: "/subscriptions/s1"))
    #expect(!groups.contains("land", subscription: "s2", id: "/subscriptions/s2"))
    #expect(groups.contains("root", subscription: nil, id: AzureScope.scope(ofManagementGroup: "land")))
  }

  @Test func aTreeThatGoesInACircleEnds() {
    var groups = ManagementGroups()
    groups.add(group: "a", parent: "b")
    groups.add(group: "b", parent: "a")
    groups.add(subscription: "s", chain: ["a"])
    #expect(groups.chain(ofSubscription: "s")?.contains("b") == true)
  }
}
