// SPDX-License-Identifier: Apache-2.0
internal import KQL

/// A query of a client and what it may cost.
struct QueryRequest: Sendable {
  var text: String
  var parameters: [String: Scalar] = [:]
  /// Ticks of an earlier state; nil for the newest.
  var time: Int64?
  var timeLimit: Duration?
  /// Ticks: only rows of this stretch, of the tables that tell a time.
  var times: ClosedRange<Int64>?

  /// Runs it over what the principal may see.
  ///
  /// - Parameter accounts: those that are asked about; nil for all.
  func result(_ call: Call, accounts: Set<String>? = nil) async throws -> QueryResult {
    let services = call.services
    let view = try await services.views.current().scoped(to: call.principal.reach)
    let narrowed = accounts.map { view.reach.within(Reach(subscriptions: Array($0))) }
    let seen = narrowed.map { view.estate.scoped(to: $0) } ?? view
    let desk = services.api.desk
    let limit = min(timeLimit ?? desk.limits.usual, desk.limits.longest)
    let this = self
    return try await desk.run { cancellation in
      var catalog = try QueryCatalog.make(seen, services.inventory, at: this.time) { try services.extras(&$0) }
      if let times = this.times { catalog = TimedTable.cut(catalog, to: times) }
      let query = try Query(
        this.text, catalog: catalog, parameters: this.parameters, maxBytes: desk.limits.memory, timeLimit: limit,
        cancellation: cancellation)
      return try query.run(
        now: services.clock(), maxRows: desk.limits.rows, maxBytes: desk.limits.memory, timeLimit: limit,
        cancellation: cancellation)
    }
  }
}
