// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL

/// Azure Resource Graph's query, as its clients call it.
enum ResourceGraphEndpoints {
  static let all = [query]

  private static let most = 1000

  private static let query = Endpoint(
    .post, "/providers/Microsoft.ResourceGraph/resources", .signedIn(.query),
    "Azure Resource Graph: a query over resources",
    timeout: nil
  ) { call in
    try await AzureErrors.told {
      let body = try call.json()
      guard let text = body["query"]?.string, !text.isEmpty else {
        throw AzureErrors.refusal("InvalidRequest", "The request's body must have a query.")
      }
      let options = body["options"]
      let top = try number(options, "$top", 1...most) ?? most
      let skip = try number(options, "$skip", 0...Int(Int32.max)) ?? 0
      let subscriptions = body["subscriptions"]?.elements.compactMap(\.string) ?? []
      let accounts = subscriptions.isEmpty ? nil : Set(subscriptions)
      // A token is for the query and the subscriptions that it was given for.
      let name = "resource graph\n\(text)\n\(subscriptions.sorted())"
      let key = try call.services.api.cursorKey()
      var start = skip
      if let token = options?["$skipToken"]?.string, !token.isEmpty {
        guard let cursor = Cursor(token, for: name, key) else {
          throw AzureErrors.refusal("InvalidSkipToken", "The skip token was not given for this query.")
        }
        start = cursor.skipped
      }
      let result = try await QueryRequest(text: text).result(call, accounts: accounts)
      let rows = min(start, result.rows.count)..<min(result.rows.count, start + top)
      let facets = try await facets(of: text, body["facets"], accounts, call)
      let isTable = options?["resultFormat"]?.string?.lowercased() == "table"
      var json = JSONWriter()
      json.object { json in
        json.member("totalRecords", result.rows.count)
        json.member("count", rows.count)
        // Pages can be turned only where rows have an id to tell them apart by.
        let isPaged = result.schema.contains { $0.name == "id" }
        if rows.upperBound < result.rows.count, isPaged {
          json.member("$skipToken", Cursor(after: "", skipped: rows.upperBound).sealed(for: name, key))
        }
        json.member("resultTruncated", rows.upperBound < result.rows.count && !isPaged ? "true" : "false")
        json.key("data")
        if isTable { writeTable(result, rows, into: &json) } else { writeObjects(result, rows, into: &json) }
        json.member("facets", facets) { json, facet in json.raw(facet) }
      }
      return .bytes(
        json.bytes, type: "application/json",
        headers: AzureErrors.headers(["x-ms-user-quota-remaining": "14", "x-ms-user-quota-resets-after": "00:00:05"]))
    }
  }

  private static func number(_ options: JSONValue?, _ name: String, _ range: ClosedRange<Int>) throws -> Int? {
    guard let value = options?[name], !value.isNull else { return nil }
    guard let number = value.int64.map(Int.init), range.contains(number) else {
      throw AzureErrors.refusal(
        "InvalidRequest", "\(name) is a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  /// The words of Resource Graph for the types of columns.
  private static func word(_ type: ScalarType) -> String {
    switch type {
    case .bool: "boolean"
    case .int, .long: "integer"
    case .real, .decimal: "number"
    case .dynamic: "object"
    case .string, .datetime, .timespan, .guid: "string"
    }
  }

  private static func writeTable(_ result: QueryResult, _ rows: Range<Int>, into json: inout JSONWriter) {
    json.object { json in
      json.member("columns", result.schema) { json, field in
        json.object { json in
          json.member("name", field.name)
          json.member("type", word(field.type))
        }
      }
      json.member("rows", rows) { json, row in
        var cells: [UInt8] = []
        result.writeArray(row, into: &cells)
        json.raw(utf8: cells)
      }
    }
  }

  private static func writeObjects(_ result: QueryResult, _ rows: Range<Int>, into json: inout JSONWriter) {
    json.array(rows) { json, row in
      json.object { json in
        for (index, field) in result.schema.enumerated() {
          json.key(field.name)
          var cell: [UInt8] = []
          QueryResult.write(result.rows.columns[index][row], into: &cell)
          json.raw(utf8: cell)
        }
      }
    }
  }

  /// How often each value of an expression is in the rows of a query, as JSON.
  private static func facets(
    of text: String, _ asked: JSONValue?, _ accounts: Set<String>?, _ call: Call
  ) async throws -> [String] {
    var facets: [String] = []
    for facet in (asked?.elements.map { $0 } ?? []).prefix(10) {
      let expression = facet["expression"]?.string ?? ""
      let options = facet["options"]
      let order = options?["sortOrder"]?.string?.lowercased() == "asc" ? "asc" : "desc"
      let top = min(most, max(1, options?["$top"]?.int64.map(Int.init) ?? 10))
      var json = JSONWriter()
      do {
        let result = try await QueryRequest(
          text: "\(text)\n| summarize count_ = count() by \(expression)\n| order by count_ \(order)"
        ).result(call, accounts: accounts)
        json.object { json in
          json.member("resultType", "FacetResult")
          json.member("expression", expression)
          json.member("totalRecords", result.rows.count)
          json.member("count", min(top, result.rows.count))
          json.key("data")
          writeObjects(result, 0..<min(top, result.rows.count), into: &json)
        }
      } catch let error as KQLError {
        json.object { json in
          json.member("resultType", "FacetError")
          json.member("expression", expression)
          json.member("errors", [error.message]) { json, message in
            json.object { json in
              json.member("code", "InvalidFacet")
              json.member("message", message)
            }
          }
        }
      }
      facets.append(String(decoding: json.bytes, as: UTF8.self))
    }
    return facets
  }
}

/// Errors in the words of Azure's services.
enum AzureErrors {
  struct Refusal: Error {
    let status: HTTPResponse.Status
    let code: String
    let message: String
    var details: [(code: String, message: String)] = []
  }

  static func refusal(_ code: String, _ message: String) -> Refusal {
    Refusal(status: .badRequest, code: code, message: message)
  }

  static func headers(_ fields: [String: String]) -> HTTPFields {
    var headers = HTTPFields()
    for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
    return headers
  }

  static func told(_ body: () async throws -> Reply) async throws -> Reply {
    do {
      return try await body()
    } catch let refusal as Refusal {
      return reply(refusal)
    } catch let error as KQLError {
      let isOurs = error.code == .data
      return reply(
        Refusal(
          status: APIErrors.problem(error).status,
          code: error.code == .limit ? "ResponsePayloadTooLarge" : "BadRequest",
          message: isOurs ? "The query failed." : "The query cannot be answered.",
          details: isOurs ? [] : [(code: Self.word(error), message: error.description)]))
    } catch let problem as Problem where problem.status.code < 500 && problem.status != .unauthorized {
      return reply(Refusal(status: problem.status, code: "InvalidRequest", message: problem.detail))
    }
  }

  private static func word(_ error: KQLError) -> String {
    error.code == .syntax ? "ParserFailure" : error.code == .limit ? "LimitExceeded" : "InvalidQuery"
  }

  static func reply(_ refusal: Refusal) -> Reply {
    var json = JSONWriter()
    json.object { json in
      json.member("error") { json in
        json.member("code", refusal.code)
        json.member("message", refusal.message)
        json.member("details", refusal.details) { json, detail in
          json.object { json in
            json.member("code", detail.code)
            json.member("message", detail.message)
          }
        }
      }
    }
    return .bytes(json.bytes, type: "application/json", status: refusal.status)
  }
}
