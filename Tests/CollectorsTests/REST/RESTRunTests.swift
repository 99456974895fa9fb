// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import Collectors

@Suite struct RESTRunTests {
  @Test func accountsAreAskedByTurnsAndEachInItsOrder() {
    let parents = ["a1", "a2", "a3", "b1", "c1", "c2"].map { name in
      RESTParent(row: JSONDraft.string(name).document().root, type: "t", account: String(name.prefix(1)))
    }
    let order = RESTRun.byTurns(parents).map { $0.row.string ?? "" }
    #expect(order == ["a1", "b1", "c1", "a2", "c2", "a3"])
  }
}
