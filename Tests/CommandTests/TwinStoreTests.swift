// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb twin serve --from-store`: what the store knew at a time.
@Suite struct TwinStoreTests {
  private static let estate = """
    - {id: /subscriptions/s1, type: microsoft.resources/subscriptions, name: Shop, tenantId: t1, properties: {state: Enabled}}
    - {id: /subscriptions/s1/resourceGroups/g, type: microsoft.resources/subscriptions/resourcegroups, tenantId: t1, location: westeurope}
    - {id: /subscriptions/s1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/old, type: microsoft.network/virtualnetworks, tenantId: t1, location: westeurope}

    """

  @Test func anEarlierStateIsServedAsItWas() throws {
    let twin = try ServedTwin(Self.estate)
    #expect(try twin.scan("azure").status == 0)
    let first = try twin.everything()
    let time = try #require(try twin.ask("Scans | project finishedAt").first)
    let networks = "/subscriptions/s1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks"
    #expect(try twin.send("DELETE", "\(networks)/old?api-version=1") == "202")
    #expect(try twin.send("PUT", "\(networks)/new?api-version=1", #"{"location": "westeurope"}"#) == "201")
    #expect(try twin.scan("azure").status == 0)
    for (moment, name) in [(time, "old"), ("0s", "new")] {
      let again = try ServedTwin(
        nil, ["--from-store", "--data", twin.folder + "/data", "--as-of", moment], in: twin.folder)
      let data = "of-\(name)"
      #expect(try again.scan("azure", into: data).status == 0)
      #expect(try again.ask("resources | where type has 'virtualnetworks' | project name", of: data) == [name])
      if name == "old" { #expect(try again.everything(of: data) == first) }
    }
  }

  @Test(arguments: [
    (["--from-store", "--as-of", "soon"], "--as-of soon: not a datetime"),
    (["--from-store", "--as-of", "2001-01-01"], "--as-of 2001-01-01: the store knows nothing of that time"),
    (["--estate", "contoso", "--as-of", "2d"], "--as-of needs --from-store"),
  ])
  func aTimeThatCannotBeServedIsRefused(_ arguments: [String], _ part: String) throws {
    let data = scratch()
    defer { try? FileManager.default.removeItem(atPath: data) }
    let result = try run(plumb, ["twin", "serve", "--data", data] + arguments)
    #expect(result.status == 2)
    #expect(result.complaint.contains(part), "\(result.complaint)")
  }
}
