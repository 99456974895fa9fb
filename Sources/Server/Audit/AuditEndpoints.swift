// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON

enum AuditEndpoints {
  static let all = [
    Endpoint(
      .get, "/api/v1/audit", .signedIn(.audit), "The audit log, the newest records first",
      parameters: [
        Parameter("before", "Only records with a smaller number: the 'next' of the page before", .integer),
        Parameter("limit", "Records in a page, 1 to 1000; 100 where it is not given", .integer),
        Parameter("action", "Only actions that begin so"), Parameter("by", "Only those of a user, by id or name"),
      ],
      answers: [
        Answer(
          200, "A page", .object([.init("items", .array(.anything)), .init("next", .anything)]))
      ]
    ) { call in
      try wholeReach(call)
      let limit = call.query("limit").map { Int($0) } ?? 100
      let before = call.query("before").map { Int64($0) } ?? .max
      guard let limit, let before, (1...1000).contains(limit) else {
        throw Problem(.badRequest, "'limit' is a number from 1 to 1000, 'before' the number of a record.")
      }
      let (store, action, by) = (call.services.store, call.query("action") ?? "", call.query("by"))
      let found = try await Blocking.run {
        try store.auditRecords(before: before, limit: limit, action: action, by: by)
      }
      let next = found.count == limit ? found.last?.root["number"]?.int64 : nil
      return .json(
        .object([
          ("items", .array(found.map { .value($0.root) })), ("next", next.map(JSONDraft.int) ?? .null),
        ]))
    }
  ]

  /// The log tells of everyone and of all accounts.
  static func wholeReach(_ call: Call) throws(Problem) {
    guard call.principal.reach.isAll else {
      throw Problem(.forbidden, "The audit log is of the whole estate, of which you see a part.")
    }
  }
}
