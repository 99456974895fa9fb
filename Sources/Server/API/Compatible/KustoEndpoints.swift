// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import JSON
internal import KQL

/// The REST API of Kusto, as its clients call it: queries, and what they ask to find their way.
enum KustoEndpoints {
  static let all = [first, second, management]
  /// The name of the one database.
  static let database = "plumbline"
  /// What Kusto cuts answers off at, unless the request says `notruncation`.
  private static let most = 500_000

  private static let first = Endpoint(
    .post, "/v1/rest/query", .signedIn(.query), "Kusto: a query, the answer in one piece", timeout: nil
  ) { call in
    try await told { Self.reply(first: try await result(Request(call), call)) }
  }

  private static let second = Endpoint(
    .post, "/v2/rest/query", .signedIn(.query), "Kusto: a query, the answer in frames", timeout: nil
  ) { call in
    try await told { Self.reply(second: try await result(Request(call), call)) }
  }

  private static let management = Endpoint(
    .post, "/v1/rest/mgmt", .signedIn(.query), "Kusto: what there is to be queried", timeout: nil
  ) { call in
    try await told {
      let request = try Request(call)
      return Self.reply(first: try await KustoCommands.answer(request.text, call))
    }
  }

  /// A body of Kusto's requests.
  private struct Request {
    let text: String
    var parameters: [String: Scalar] = [:]
    var timeLimit: Duration?
    var isCut = true

    init(_ call: Call) throws {
      let body = try call.json()
      guard let text = body["csl"]?.string, !text.isEmpty else {
        throw AzureErrors.refusal("BadRequest_EmptyQuery", "The body must have the query as 'csl'.")
      }
      self.text = text
      if let name = body["db"]?.string, !name.isEmpty, ![database, "netdefaultdb"].contains(name.lowercased()) {
        throw AzureErrors.refusal(
          "BadRequest_EntityNotFound", "There is no database '\(name)'; the one that there is is '\(database)'.")
      }
      // Older clients send the properties as the text of their JSON.
      var properties = body["properties"]
      if let text = properties?.string { properties = try? JSONDocument(parsing: Array(text.utf8)).root }
      let options = properties?["Options"] ?? properties?["options"]
      if let span = options?["servertimeout"]?.string.flatMap({ TimeSpan.literal($0) }), span > 0 {
        timeLimit = .microseconds(span / 10)
      }
      isCut = options?["notruncation"]?.boolean != true
      for (key, value) in (properties?["Parameters"] ?? properties?["parameters"] ?? .null).members.prefix(100) {
        parameters[key.string ?? ""] = Self.scalar(value)
      }
    }

    /// Values are literals of the query language; what is none is a text.
    private static func scalar(_ value: JSONValue) -> Scalar {
      switch value.kind {
      case .bool: return .bool(value.boolean ?? false)
      case .integer: return .long(value.int64 ?? 0)
      case .double, .number: return .real(value.double ?? 0)
      case .string:
        let text = value.string ?? ""
        // Only a literal stands for itself: a name or a call would be one that the client did not mean.
        let isLiteral = text.first.map { $0 == "'" || $0 == "\"" || $0.isNumber || $0 == "-" } ?? false
        let isTyped = [
          "datetime(", "timespan(", "long(", "int(", "real(", "bool(", "guid(", "dynamic(", "true", "false",
        ]
        .contains { text.hasPrefix($0) }
        guard isLiteral || isTyped,
          let literal = try? Query("print x = \(text)", catalog: Catalog()).run(
            now: 0, maxRows: 1, timeLimit: .milliseconds(20)),
          literal.rows.count == 1, literal.rows.columns.count == 1
        else { return .string(text) }
        return literal.rows.columns[0][0]
      default: return .dynamic(value)
      }
    }
  }

  private static func result(_ request: Request, _ call: Call) async throws -> [Table] {
    var query = QueryRequest(text: request.text, parameters: request.parameters)
    query.timeLimit = request.timeLimit
    let result = try await query.result(call)
    guard !request.isCut || result.rows.count <= most else {
      throw KQLError(
        .limit, "the answer has more than \(most) rows; filter or summarize them, or send the option notruncation")
    }
    return ([("PrimaryResult", result)] + result.others.map { ($0.name, $0.result) })
      .map { Table(name: $0.0, schema: $0.1.schema, count: $0.1.rows.count, rows: $0.1.rows, chart: $0.1.chart) }
  }

  /// Rows under a name.
  struct Table: Sendable {
    let name: String
    let schema: KQL.Schema
    let count: Int
    let rows: Batch
    var chart: ChartDescription?

    func write(_ row: Int, into out: inout [UInt8]) {
      out.append(0x5B)
      for (index, column) in rows.columns.enumerated() {
        if index > 0 { out.append(0x2C) }
        QueryResult.write(column[row], into: &out)
      }
      out.append(0x5D)
    }
  }

  // MARK: the first version

  /// The names of .NET for the types of columns.
  private static func dataType(_ type: ScalarType) -> String {
    switch type {
    case .bool: "SByte"
    case .int: "Int32"
    case .long: "Int64"
    case .real: "Double"
    case .decimal: "SqlDecimal"
    case .string: "String"
    case .datetime: "DateTime"
    case .timespan: "TimeSpan"
    case .guid: "Guid"
    case .dynamic: "Object"
    }
  }

  private static func reply(first tables: [Table]) -> Reply {
    .stream(type: "application/json") { write in
      var out = Array("{\"Tables\":[".utf8)
      for (index, table) in tables.enumerated() {
        if index > 0 { out.append(0x2C) }
        var json = JSONWriter()
        json.array(table.schema) { json, field in
          json.object { json in
            json.member("ColumnName", field.name)
            json.member("DataType", dataType(field.type))
            json.member("ColumnType", field.type.rawValue)
          }
        }
        out += Array("{\"TableName\":\"Table_\(index)\",\"Columns\":".utf8) + json.bytes + Array(",\"Rows\":[".utf8)
        try await rows(of: table, &out, write)
        out += Array("]}".utf8)
      }
      try await write(out + Array("]}".utf8))
    }
  }

  private static func rows(
    of table: Table, _ out: inout [UInt8], _ write: ([UInt8]) async throws -> Void
  ) async throws {
    for row in 0..<table.count {
      if row > 0 { out.append(0x2C) }
      table.write(row, into: &out)
      if out.count >= QueryResult.chunk {
        try await write(out)
        out.removeAll(keepingCapacity: true)
      }
    }
  }

  // MARK: the second version

  private static func reply(second tables: [Table]) -> Reply {
    .stream(type: "application/json") { write in
      var out = Array(#"[{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"},"#.utf8)
      out += properties(tables) + [0x2C]
      for (index, table) in tables.enumerated() {
        out += frame(index + 1, "PrimaryResult", table.name, table.schema.map { ($0.name, $0.type) })
        try await rows(of: table, &out, write)
        out += Array("]},".utf8)
      }
      out += frame(
        tables.count + 1, "QueryCompletionInformation", "QueryCompletionInformation",
        [
          ("Timestamp", .datetime), ("ClientRequestId", .string), ("ActivityId", .guid), ("SubActivityId", .guid),
          ("ParentActivityId", .guid), ("Level", .int), ("LevelName", .string), ("StatusCode", .int),
          ("StatusCodeName", .string), ("EventType", .int), ("EventTypeName", .string), ("Payload", .string),
        ])
      out += Array("]},".utf8)
      try await write(out + Array(#"{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}]"#.utf8))
    }
  }

  /// The beginning of a table's frame, up to its rows.
  private static func frame(_ id: Int, _ kind: String, _ name: String, _ columns: [(String, ScalarType)]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("FrameType", "DataTable")
      json.member("TableId", id)
      json.member("TableKind", kind)
      json.member("TableName", name)
      json.member("Columns", columns) { json, column in
        json.object { json in
          json.member("ColumnName", column.0)
          json.member("ColumnType", column.1.rawValue)
        }
      }
    }
    return json.bytes.dropLast() + Array(",\"Rows\":[".utf8)
  }

  /// What `render` says of each table.
  private static func properties(_ tables: [Table]) -> [UInt8] {
    var rows: [String] = []
    for (index, table) in tables.enumerated() {
      guard let chart = table.chart else { continue }
      var picture = JSONWriter()
      picture.object { json in
        json.member("Visualization", chart.kind)
        json.member("Title", orNull: chart.properties["title"]?.first)
      }
      var row = JSONWriter()
      row.array([0, 1, 2]) { json, column in
        switch column {
        case 0: json.number(index + 1)
        case 1: json.text("Visualization")
        default: json.text(String(decoding: picture.bytes, as: UTF8.self))
        }
      }
      rows.append(String(decoding: row.bytes, as: UTF8.self))
    }
    return frame(
      0, "QueryProperties", "@ExtendedProperties", [("TableId", .int), ("Key", .string), ("Value", .dynamic)])
      + Array((rows.joined(separator: ",") + "]}").utf8)
  }

  // MARK: errors

  /// Errors in Kusto's words.
  private static func told(_ body: () async throws -> Reply) async throws -> Reply {
    func reply(_ status: HTTPResponse.Status, _ code: String, _ message: String) -> Reply {
      var json = JSONWriter()
      json.object { json in
        json.member("error") { json in
          json.member("code", code)
          json.member("message", "Request is invalid and cannot be executed.")
          json.member("@type", "Kusto.Data.Exceptions.KustoBadRequestException")
          json.member("@message", message)
          json.member("@permanent", status != .serviceUnavailable)
        }
      }
      return .bytes(json.bytes, type: "application/json", status: status)
    }
    do {
      return try await body()
    } catch let refusal as AzureErrors.Refusal {
      return reply(refusal.status, refusal.code, refusal.message)
    } catch let error as KQLError where error.code != .data {
      let code =
        switch error.code {
        case .syntax: "General_BadRequest_SyntaxError"
        case .limit: "E_QUERY_RESULT_SET_TOO_LARGE"
        default: "General_BadRequest_SemanticError"
        }
      return reply(error.code == .cancelled ? .serviceUnavailable : .badRequest, code, error.description)
    }
  }
}
