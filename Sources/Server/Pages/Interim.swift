// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import HTTPTypes
internal import Inventory
internal import KQL
internal import Posture

struct QueryRequest: Sendable {
  var text: String
  var time: Int64?
  var span: Int64?
  init(text: String) { self.text = text }
  static func catalog(_ call: Call, at time: Int64? = nil) throws -> Catalog {
    let store = call.services.inventory
    var catalog = store.catalog(asOf: time)
    let findings = try FindingStore(store)
    let derived = DerivedFolder(store)
    catalog.add("Findings", findings.table(in: derived, try PolicyStore(findings).book(), now: call.services.clock()))
    catalog.add("FindingHistory", findings.history)
    let states = PolicyStateStore(store)
    catalog.add("PolicyStates", states.states)
    return catalog
  }
  func result(_ call: Call) async throws -> QueryResult {
    let this = self
    return try await Blocking.run {
      let query = try Query(this.text, catalog: try Self.catalog(call, at: this.time), timeLimit: .seconds(30))
      return try query.run(now: call.services.clock(), maxRows: 5_000_000, timeLimit: .seconds(30))
    }
  }
}
enum QueryForm { case json, csv }
extension QueryResult {
  func reply(_ form: QueryForm) -> Reply { .bytes(json(), type: "application/json") }
}
enum APIInterim {
  static let migrations = [
    Migration(
      name: "api.1",
      sql: """
        CREATE TABLE saved_query (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, note TEXT NOT NULL, owner TEXT NOT NULL,
          ownerName TEXT NOT NULL, shared INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL);
        """)
  ]
}
