// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import HTTPTypes
internal import JSON
internal import KQL

/// `/api/v1/queries`: KQL over what was seen, and queries that are kept.
enum QueryEndpoints {
  static let all = [run, tables, list, save, one, replace, remove]

  private static let column = Schema.object([.init("name", .string), .init("type", .string)])

  private static let run = APIRoute.plain.endpoint(
    .post, "/queries/run", .query, "Answers a query; its rows are sent as they are taken",
    body: .object([
      .init("query", .text(1...100_000), "KQL."),
      .init("parameters", .map(.anything), isRequired: false, "Values for names in the query."),
      .init("format", .word(QueryForm.allCases.map(\.rawValue)), isRequired: false, "Default: json."),
      .init("asOf", .optional(.dateTime), isRequired: false, "The state at this time; without it the newest."),
      .init("timeLimit", .range(1...120), isRequired: false, "Seconds. Default: 30."),
      .init("rowLimit", .range(1...5_000_000), isRequired: false, "Rows of the answer at most. Default: 100000."),
    ]),
    answers: [
      Answer(
        200, "The rows.",
        .object([
          .init("columns", .array(column)), .init("rows", .array(.array(.anything))),
          .init("total", .integer, "Rows that the query has."), .init("isCut", .boolean),
          .init(
            "chart", .object([.init("kind", .string), .init("properties", .map(.texts))]), isRequired: false,
            "What `render` says."),
        ])), Answer(200, "An object for each row, a line each.", contentType: "application/x-ndjson", .anything),
      Answer(200, "Rows of text.", contentType: "text/csv", .string),
    ], timeout: nil
  ) { call in
    let body = call.body
    var request = QueryRequest(text: body["query"]?.string ?? "")
    request.parameters = try parameters(body["parameters"] ?? .null)
    request.time = body["asOf"]?.string.flatMap { DateTime.parse($0) }
    request.timeLimit = body["timeLimit"]?.int64.map { .seconds($0) }
    let result = try await request.result(call.call)
    let form = body["format"]?.string.flatMap(QueryForm.init(rawValue:)) ?? .json
    return result.reply(form, limit: body["rowLimit"]?.int64.map(Int.init) ?? 100_000)
  }

  /// Values of a query's parameters: numbers, texts, true and false, and anything else as dynamic.
  private static func parameters(_ json: JSONValue) throws(Problem) -> [String: Scalar] {
    var parameters: [String: Scalar] = [:]
    for (key, value) in json.members {
      let name = key.string ?? ""
      parameters[name] =
        switch value.kind {
        case .bool: .bool(value.boolean ?? false)
        case .integer: .long(value.int64 ?? 0)
        case .double, .number: .real(value.double ?? 0)
        case .string: text(value.string ?? "")
        default: .dynamic(value)
        }
    }
    return parameters
  }

  private static func text(_ text: String) -> Scalar {
    DateTime.parse(text).map(Scalar.datetime) ?? TimeSpan.literal(text).map(Scalar.timespan) ?? .string(text)
  }

  private static let tables = APIRoute.plain.endpoint(
    .get, "/queries/tables", .query, "The tables that queries may name, with their columns",
    answers: [
      Answer(
        200, "All tables.",
        .object([.init("items", .array(.object([.init("name", .string), .init("columns", .array(column))])))]))
    ]
  ) { call in
    let (view, services) = (call.view, call.services)
    let catalog = try await Blocking.run {
      try QueryCatalog.make(view, services.inventory) { try services.extras(&$0) }
    }
    return call.reply { json in
      json.member("items", catalog.names) { json, name in
        json.object { json in
          json.member("name", name)
          json.member("columns", catalog.tables[name]?.schema ?? []) { json, field in
            json.object { json in
              json.member("name", field.name)
              json.member("type", field.type.rawValue)
            }
          }
        }
      }
    }
  }

  // MARK: kept queries

  private static let schema = Schema.named(
    "SavedQuery",
    .object([
      .init("id", .string), .init("name", .string), .init("query", .string), .init("note", .string),
      .init("isShared", .boolean), .init("owner", .string), .init("isOwn", .boolean), .init("created", .dateTime),
      .init("changed", .dateTime),
    ]))
  private static let form = Schema.object([
    .init("name", .text(1...200)), .init("query", .text(1...100_000)),
    .init("note", .text(0...4000), isRequired: false),
    .init("isShared", .boolean, isRequired: false, "Whether others see it. Default: false."),
  ])
  private static let id = Parameter("id", in: .path, "The query's id.", .name)

  private struct Saved: Sendable {
    var id, name, text, note, owner, ownerName: String
    var isShared: Bool
    var created, changed: Int64

    init(_ row: Row) {
      (id, name, text, note) = (row["id"], row["name"], row["text"], row["note"])
      (owner, ownerName, isShared) = (row["owner"], row["ownerName"], row["shared"])
      (created, changed) = (row["created"], row["changed"])
    }
  }

  private static func read(_ call: APICall, _ id: String? = nil) async throws -> [Saved] {
    let (store, who) = (call.services.store, call.call.principal.id)
    return try await Blocking.run {
      try store.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT * FROM saved_query WHERE (owner = ?1 OR shared) AND (?2 IS NULL OR id = ?2) ORDER BY name, id
            """, arguments: [who, id]
        ).map(Saved.init)
      }
    }
  }

  private static func write(_ saved: Saved, _ call: APICall, into json: inout JSONWriter) {
    json.member("id", saved.id)
    json.member("name", saved.name)
    json.member("query", saved.text)
    json.member("note", saved.note)
    json.member("isShared", saved.isShared)
    json.member("owner", saved.ownerName)
    json.member("isOwn", saved.owner == call.call.principal.id)
    json.member("created", time: saved.created)
    json.member("changed", time: saved.changed)
  }

  private static let list = APIRoute.plain.endpoint(
    .get, "/queries", .query, "The queries that one has kept, and those that others share",
    parameters: Paging.parameters,
    answers: [Answer(200, "A page of queries.", Paging.schema(schema))]
  ) { call in
    try call.page(of: try await read(call), name: \.id) { json, saved in write(saved, call, into: &json) }
  }

  private static let one = APIRoute.plain.endpoint(
    .get, "/queries/{id}", .query, "A query that is kept", parameters: [id],
    answers: [Answer(200, "The query.", schema)]
  ) { call in
    guard let saved = try await read(call, call.path("id")).first else { throw Problem(.notFound) }
    return call.reply { write(saved, call, into: &$0) }
  }

  private static let save = APIRoute.once.endpoint(
    .post, "/queries", .query, "Keeps a query", body: form, answers: [Answer(201, "The query.", schema)]
  ) { call in
    let id = PolicyNames.new("q")
    try await keep(call, id, isNew: true)
    guard let saved = try await read(call, id).first else { throw Problem(.internalServerError) }
    return call.reply(.created) { write(saved, call, into: &$0) }
  }

  private static let replace = APIRoute.plain.endpoint(
    .put, "/queries/{id}", .query, "Puts another in the place of a query of one's own", parameters: [id], body: form,
    answers: [Answer(200, "The query.", schema)]
  ) { call in
    try await keep(call, call.path("id"), isNew: false)
    guard let saved = try await read(call, call.path("id")).first else { throw Problem(.notFound) }
    return call.reply { write(saved, call, into: &$0) }
  }

  private static func keep(_ call: APICall, _ id: String, isNew: Bool) async throws {
    let (body, services, author) = (call.body, call.services, call.call.author)
    let now = services.clock()
    let (name, text, note) = (
      body["name"]?.string ?? "", body["query"]?.string ?? "", body["note"]?.string ?? ""
    )
    let isShared = body["isShared"]?.boolean ?? false
    try await Blocking.run {
      try services.store.change(author, isNew ? "query.create" : "query.update", at: now) { db, record in
        record.target = "query:" + id
        record.after = .object([("name", .string(name)), ("query", .string(text)), ("isShared", .bool(isShared))])
        if isNew {
          try db.execute(
            sql: "INSERT INTO saved_query VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [id, name, text, note, author.id, author.name, isShared, now, now])
        } else {
          try db.execute(
            sql:
              "UPDATE saved_query SET name = ?, text = ?, note = ?, shared = ?, changed = ? WHERE id = ? AND owner = ?",
            arguments: [name, text, note, isShared, now, id, author.id])
          guard db.changesCount == 1 else { throw Problem(.notFound) }
        }
      }
    }
  }

  private static let remove = APIRoute.plain.endpoint(
    .delete, "/queries/{id}", .query, "Throws a query of one's own away", parameters: [id],
    answers: [Answer(204, "It is gone.")]
  ) { call in
    let (id, services, author) = (call.path("id"), call.services, call.call.author)
    try await Blocking.run {
      try services.store.change(author, "query.delete", at: services.clock()) { db, record in
        record.target = "query:" + id
        try db.execute(sql: "DELETE FROM saved_query WHERE id = ? AND owner = ?", arguments: [id, author.id])
        guard db.changesCount == 1 else { throw Problem(.notFound) }
      }
    }
    return .noContent
  }
}
