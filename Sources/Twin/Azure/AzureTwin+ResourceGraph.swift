// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import KQL
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Resource Graph's tables over the estate, made anew after a write.
final class GraphTables: Sendable {
  private struct State {
    var generation = -1
    var catalog = Catalog()
    /// The newest answers: a client that turns pages asks the same again and again.
    var answers: [String: QueryResult] = [:]
  }
  private let state = Mutex(State())

  static let schema = Snapshot.resourcesSchema.filter { !["cloud", "source", "observed"].contains($0.name) }

  /// - Parameter subscriptions: those that are looked at; nil for all.
  func result(_ query: String, _ subscriptions: [String]?, _ estate: TwinEstate) throws -> QueryResult {
    let key = (subscriptions.map { $0.sorted().joined(separator: ",") } ?? "*") + "\n" + query
    let (catalog, known) = state.withLock { state -> (Catalog, QueryResult?) in
      let generation = estate.generation
      if state.generation != generation {
        state = State(generation: generation, catalog: Self.catalog(estate, subscriptions: nil))
      }
      return (state.catalog, state.answers[key])
    }
    if let known { return known }
    let scoped = subscriptions == nil ? catalog : Self.catalog(estate, subscriptions: subscriptions)
    let now = DateTime.unixEpoch + Int64(TokenIssuer.now * 1e7)
    let result = try Query(query, catalog: scoped).run(now: now, maxRows: 5_000_000, timeLimit: .seconds(60))
    state.withLock { state in
      if state.answers.count >= 4 { state.answers = [:] }
      state.answers[key] = result
    }
    return result
  }

  private static func catalog(_ estate: TwinEstate, subscriptions: [String]?) -> Catalog {
    let wanted = subscriptions.map { Set($0.map { $0.lowercased() }) }
    var catalog = Catalog()
    var tables: [String: [JSONValue]] = [:]
    for name in ResourceGraphTable.names { tables[name] = [] }
    for document in estate.documents() {
      guard let table = estate.table(of: document), tables[table] != nil else { continue }
      if let wanted, !wanted.contains(document["subscriptionId"]?.string?.lowercased() ?? "") { continue }
      tables[table]?.append(document)
    }
    for (name, documents) in tables {
      var bytes: [UInt8] = []
      for document in documents {
        bytes += document.serialized()
        bytes.append(0x0A)
      }
      let lines = (try? JSONDocument.lines(bytes)) ?? .null
      catalog.add(name, MemoryTable(schema: schema, batches: [Snapshot.rows(of: lines, schema)]))
    }
    for (name, table) in [("resourcechanges", "resources"), ("resourcecontainerchanges", "resourcecontainers")] {
      let lines = ChangeFeed.rows(estate, table: table, subscriptions: wanted)
      catalog.add(
        name, MemoryTable(schema: Snapshot.changesSchema, batches: [Snapshot.rows(of: lines, Snapshot.changesSchema)]))
    }
    return catalog
  }
}

extension AzureTwin {
  func resourceGraph(_ request: TwinRequest) -> TwinAnswer {
    let segments = request.path.lowercased().split(separator: "/")
    guard segments.count == 3, segments[2] == "resources" else {
      return .azure(404, "InvalidResourceType", "The twin serves Microsoft.ResourceGraph/resources only.")
    }
    guard request.method == "POST" else { return .azure(405, "MethodNotAllowed", "A query is sent by POST.") }
    guard let body = request.json, let text = body["query"]?.string else {
      return Self.refusal([("InvalidRequest", "Request body must have a query.")])
    }
    let options = body["options"]
    let size = min(1000, max(1, options?["$top"]?.int64 ?? 1000))
    let skipped = options?["$skip"]?.int64 ?? 0
    let token = options?["$skipToken"]?.string
    let start = token.flatMap { Data(base64Encoded: $0) }.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
    if token?.isEmpty == false, start == nil {
      return Self.refusal([("InvalidSkipToken", "The skip token is invalid.")])
    }
    let subscriptions = subscriptions(of: body)
    let result: QueryResult
    do {
      result = try graphTables.result(text, subscriptions, estate)
    } catch let error as KQLError {
      return Self.refusal(error)
    } catch {
      return .azure(500, "InternalServerError", "\(error)")
    }
    let count = Int64(result.rows.count)
    let from = min(count, start ?? skipped)
    let rows = from..<min(count, from + size)
    let isTable = options?["resultFormat"]?.string?.lowercased() == "table"
    var members: [(key: String, value: JSONDraft)] = [
      ("totalRecords", .int(count)), ("count", .int(Int64(rows.count))),
      ("data", isTable ? Self.table(result, rows) : Self.objects(result, rows)),
      ("facets", .array(facets(of: text, body["facets"], subscriptions))),
      ("resultTruncated", .string("false")),
    ]
    // Pages can be turned only where rows have an id to tell them apart by.
    if rows.upperBound < count {
      if result.schema.contains(where: { $0.name == "id" }) {
        members.append(("$skipToken", .string(Data(String(rows.upperBound).utf8).base64EncodedString())))
      } else {
        members[4].value = .string("true")
      }
    }
    return TwinAnswer(
      json: .object(members),
      headers: [("x-ms-user-quota-remaining", "14"), ("x-ms-user-quota-resets-after", "00:00:05")])
  }

  /// The subscriptions that a query is about: those that it names, or those below its management groups; nil for all.
  private func subscriptions(of body: JSONValue) -> [String]? {
    let named = body["subscriptions"]?.elements.compactMap(\.string) ?? []
    let groups = Set(body["managementGroups"]?.elements.compactMap { $0.string?.lowercased() } ?? [])
    // The group above all others is named as the tenant is.
    if groups.isEmpty || groups.contains(tenant.lowercased()) { return named.isEmpty ? nil : named }
    let below = estate.documents(ofType: "microsoft.resources/subscriptions").filter { row in
      row["properties"]?["managementGroupAncestorsChain"]?.elements.contains { ancestor in
        groups.contains(ancestor["name"]?.string?.lowercased() ?? "")
      } ?? false
    }
    return named + below.compactMap { $0["subscriptionId"]?.string }
  }

  /// How often each value of an expression is in the rows of a query.
  private func facets(of query: String, _ asked: JSONValue?, _ subscriptions: [String]?) -> [JSONDraft] {
    (asked?.elements.prefix(10).map { $0 } ?? []).map { facet in
      let expression = facet["expression"]?.string ?? ""
      let options = facet["options"]
      let order = options?["sortOrder"]?.string?.lowercased() == "asc" ? "asc" : "desc"
      let by = options?["sortBy"]?.string.map { $0 == "count" ? "count_" : $0 } ?? "count_"
      let filter = options?["filter"]?.string.map { " | where \($0)" } ?? ""
      var members: [(key: String, value: JSONDraft)] = [("expression", .string(expression))]
      do {
        let result = try graphTables.result(
          "\(query)\n| summarize count_ = count() by \(expression)\(filter)\n| order by \(by) \(order)", subscriptions,
          estate)
        let count = Int64(result.rows.count)
        let shown = min(count, max(1, options?["$top"]?.int64 ?? 10))
        let rows = (0..<shown).map { row in
          JSONDraft.object(
            result.schema.enumerated().map { index, field in
              (field.name == "count_" ? "count" : field.name, .value(result.rows.columns[index][Int(row)].json))
            })
        }
        members += [
          ("resultType", .string("FacetResult")), ("totalRecords", .int(count)), ("count", .int(shown)),
          ("data", .array(rows)),
        ]
      } catch {
        let detail = JSONDraft.object([("code", .string("InvalidFacet")), ("message", .string("\(error)"))])
        members += [("resultType", .string("FacetError")), ("errors", .array([detail]))]
      }
      return .object(members)
    }
  }

  private static func objects(_ result: QueryResult, _ rows: Range<Int64>) -> JSONDraft {
    .array(
      rows.map { row in
        .object(
          result.schema.enumerated().map { index, field in
            (field.name, .value(result.rows.columns[index][Int(row)].json))
          })
      })
  }

  private static func table(_ result: QueryResult, _ rows: Range<Int64>) -> JSONDraft {
    .object([
      (
        "columns",
        .array(result.schema.map { .object([("name", .string($0.name)), ("type", .string(Self.type($0.type)))]) })
      ),
      (
        "rows",
        .array(rows.map { row in .array(result.rows.columns.map { .value($0[Int(row)].json) }) })
      ),
    ])
  }

  private static func type(_ type: ScalarType) -> String {
    switch type {
    case .bool: "boolean"
    case .int, .long: "integer"
    case .real, .decimal: "number"
    case .dynamic: "object"
    case .datetime: "datetime"
    case .string, .guid, .timespan: "string"
    }
  }

  // MARK: Errors

  private static func refusal(_ error: KQLError) -> TwinAnswer {
    var details: [[(key: String, value: JSONDraft)]] = [
      [
        ("code", .string("InvalidQuery")),
        (
          "message",
          .string(
            "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying."
          )
        ),
      ]
    ]
    let kind =
      switch error.code {
      case .syntax: "ParserFailure"
      case .unknownName, .unknownFunction: "SemanticError"
      case .notSupported: "UnsupportedFeature"
      case .limit: "ResponsePayloadTooLarge"
      default: "InvalidQuery"
      }
    var detail: [(key: String, value: JSONDraft)] = [("code", .string(kind)), ("message", .string(error.message))]
    if error.line > 0 {
      detail.append(("line", .int(Int64(error.line))))
      detail.append(("characterPositionInLine", .int(Int64(error.column))))
    }
    details.append(detail)
    return refusal(details)
  }

  private static func refusal(_ details: [(String, String)]) -> TwinAnswer {
    refusal(details.map { [("code", .string($0.0)), ("message", .string($0.1))] })
  }

  private static func refusal(_ details: [[(key: String, value: JSONDraft)]]) -> TwinAnswer {
    let error = JSONDraft.object([
      ("code", .string("BadRequest")), ("message", .string("Please provide below info when asking for support: twin.")),
      ("details", .array(details.map(JSONDraft.object))),
    ])
    return TwinAnswer(status: 400, json: .object([("error", error)]))
  }
}
