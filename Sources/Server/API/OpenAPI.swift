// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes

/// The OpenAPI 3.1 document of endpoints: it is made of what they declare and of nothing else.
package enum OpenAPI {
  /// - Parameters:
  ///   - endpoints: those that are not part of the API proper are left out.
  ///   - version: of the program.
  package static func document(of endpoints: [Endpoint], version: String) -> [UInt8] {
    let shown = endpoints.filter { isShown($0) }
    var components: [String: Schema] = ["Problem": problem]
    for endpoint in shown {
      for schema in endpoint.parameters.map(\.schema) + [endpoint.body].compactMap(\.self)
        + endpoint.answers.compactMap(\.schema)
      {
        schema.collect(into: &components)
      }
    }
    var json = JSONWriter()
    json.object { json in
      json.member("openapi", "3.1.0")
      json.member("info") { json in
        json.member("title", "Plumbline")
        json.member("version", version)
        json.member("description", description)
        json.member("license") { json in
          json.member("name", "Apache-2.0")
          json.member("identifier", "Apache-2.0")
        }
      }
      json.member("servers", ["/"]) { json, url in json.object { $0.member("url", url) } }
      json.member("security", ["bearer", "session"]) { json, name in json.object { $0.member(name, [String]()) } }
      json.member("paths") { json in
        for (path, list) in Dictionary(grouping: shown, by: \.path).sorted(by: { $0.key < $1.key }) {
          json.member(path) { json in
            for endpoint in list.sorted(by: { $0.method.rawValue < $1.method.rawValue }) {
              write(endpoint, into: &json)
            }
          }
        }
      }
      json.member("components") { json in
        json.member("schemas") { json in
          for (name, schema) in components.sorted(by: { $0.key < $1.key }) {
            json.key(name)
            schema.write(into: &json)
          }
        }
        json.member("securitySchemes") { json in
          json.member("bearer") { json in
            json.member("type", "http")
            json.member("scheme", "bearer")
            json.member("description", "An API token.")
          }
          json.member("session") { json in
            json.member("type", "apiKey")
            json.member("in", "cookie")
            json.member("name", "plumb_session")
            json.member("description", "The session of a browser; unsafe requests need the header x-csrf-token too.")
          }
        }
      }
    }
    return json.bytes
  }

  /// Endpoints of the API; pages, files and the protocols of other services have descriptions of their own.
  static func isShown(_ endpoint: Endpoint) -> Bool { endpoint.path.hasPrefix("/api/v1/") && !endpoint.isPage }

  private static let description = """
    What Plumbline knows of an estate, over HTTP. Lists come in pages: `next` of an answer is the `cursor` of the next \
    one, null at the end. Answers that may be asked for again have an ETag; send it back as If-None-Match. A POST may \
    carry an Idempotency-Key: sent again within a day it is answered as the first time, and done once. Every list is cut \
    to what its reader may see. Errors are problem documents (RFC 9457).
    """

  package static let problem = Schema.object([
    .init("type", .string), .init("title", .string), .init("status", .range(100...599)),
    .init("detail", .string, isRequired: false), .init("requestId", .string, isRequired: false),
    .init(
      "errors", .array(.object([.init("path", .string), .init("message", .string)])), isRequired: false,
      "Each value of the request that cannot be used."),
    .init("code", .string, isRequired: false), .init("line", .integer, isRequired: false),
    .init("column", .integer, isRequired: false), .init("suggestion", .string, isRequired: false),
  ])

  /// The statuses of the problems that an endpoint may answer with.
  package static func problemStatuses(_ endpoint: Endpoint) -> [Int] {
    var statuses: Set<Int> = [400, 405, 413, 414, 429, 431, 500, 503]
    if endpoint.access != .anyone { statuses.formUnion([401, 403]) }
    if endpoint.path.contains("{") { statuses.insert(404) }
    if endpoint.method != .get { statuses.formUnion([409, 415, 422, 404]) }
    return statuses.subtracting(endpoint.answers.map(\.status)).sorted()
  }

  private static let titles = [
    400: "The request cannot be understood.", 401: "Nobody is signed in.", 403: "The roles do not permit it.",
    404: "There is nothing of that name that may be seen.", 405: "The method is another.",
    409: "It is there already, or under way.",
    413: "The body is too large.", 414: "The address is too long.", 415: "The body is of another type.",
    422: "The request says what cannot be done.",
    429: "There were too many requests; Retry-After tells when to come back.", 431: "The headers are too large.",
    500: "Something failed.", 503: "The server is busy or stopping; Retry-After tells when to come back.",
  ]

  private static func write(_ endpoint: Endpoint, into json: inout JSONWriter) {
    json.member(endpoint.method.rawValue.lowercased()) { json in
      json.member("operationId", operationID(endpoint))
      json.member("summary", endpoint.summary)
      json.member("tags", [tag(endpoint)])
      if case .signedIn(let permission) = endpoint.access {
        json.member("x-permission", permission.rawValue)
      } else {
        json.member("security", [Int]()) { $0.number($1) }
      }
      if !endpoint.parameters.isEmpty {
        json.member("parameters", endpoint.parameters) { json, parameter in
          json.object { json in
            json.member("name", parameter.name)
            json.member("in", parameter.place.rawValue)
            json.member("description", parameter.summary)
            if parameter.isRequired { json.member("required", true) }
            json.key("schema")
            parameter.schema.write(into: &json)
          }
        }
      }
      if let body = endpoint.body {
        json.member("requestBody") { json in
          json.member("required", true)
          content("application/json", body, into: &json)
        }
      }
      json.member("responses") { json in
        for (status, answers) in Dictionary(grouping: endpoint.answers, by: \.status).sorted(by: { $0.key < $1.key }) {
          json.member(String(status)) { json in
            json.member("description", answers[0].summary)
            let bodies = answers.compactMap { answer in answer.schema.map { (answer.contentType, $0) } }
            guard !bodies.isEmpty else { return }
            json.member("content") { json in
              for (type, schema) in bodies {
                json.member(type) { json in
                  json.key("schema")
                  schema.write(into: &json)
                }
              }
            }
          }
        }
        for status in problemStatuses(endpoint) {
          json.member(String(status)) { json in
            json.member("description", titles[status] ?? "A problem.")
            content("application/problem+json", .named("Problem", problem), into: &json)
          }
        }
      }
    }
  }

  private static func content(_ type: String, _ schema: Schema, into json: inout JSONWriter) {
    json.member("content") { json in
      json.member(type) { json in
        json.key("schema")
        schema.write(into: &json)
      }
    }
  }

  private static func tag(_ endpoint: Endpoint) -> String {
    String(endpoint.path.dropFirst("/api/v1/".count).prefix { $0 != "/" && $0 != "." })
  }

  /// `getFindingsById` for `GET /api/v1/findings/{id}`.
  static func operationID(_ endpoint: Endpoint) -> String {
    let parts = endpoint.path.dropFirst("/api/v1/".count).split { $0 == "/" || $0 == "." || $0 == "-" }
    return endpoint.method.rawValue.lowercased()
      + parts.map { part in
        let word = part.filter { $0 != "{" && $0 != "}" }
        return (part.hasPrefix("{") ? "By" : "") + word.prefix(1).uppercased() + word.dropFirst()
      }.joined()
  }
}

extension Schema {
  /// Finds the named schemas in this one.
  fileprivate func collect(into components: inout [String: Schema]) {
    switch self {
    case .named(let name, let schema):
      guard components[name] == nil else { return }
      components[name] = schema
      schema.collect(into: &components)
    case .array(let schema), .optional(let schema), .map(let schema): schema.collect(into: &components)
    case .either(let schemas): for schema in schemas { schema.collect(into: &components) }
    case .object(let members): for member in members { member.schema.collect(into: &components) }
    default: break
    }
  }

  /// Writes it as JSON Schema.
  func write(into json: inout JSONWriter) {
    json.object { json in members(into: &json) }
  }

  private func members(into json: inout JSONWriter) {
    switch self {
    case .anything: break
    case .string: json.member("type", "string")
    case .integer: json.member("type", "integer")
    case .number: json.member("type", "number")
    case .boolean: json.member("type", "boolean")
    case .dateTime:
      json.member("type", "string")
      json.member("format", "date-time")
    case .word(let words):
      json.member("type", "string")
      json.member("enum", words)
    case .choice(let numbers):
      json.member("type", "integer")
      json.member("enum", numbers) { $0.number($1) }
    case .range(let range):
      json.member("type", "integer")
      json.member("minimum", range.lowerBound)
      json.member("maximum", range.upperBound)
    case .text(let rules):
      json.member("type", "string")
      if let lengths = rules.lengths {
        json.member("minLength", lengths.lowerBound)
        json.member("maxLength", lengths.upperBound)
      }
      if let pattern = rules.pattern { json.member("pattern", "^(?:\(pattern))$") }
      if let format = rules.format { json.member("format", format) }
    case .array(let schema):
      json.member("type", "array")
      json.key("items")
      schema.write(into: &json)
    case .map(let schema):
      json.member("type", "object")
      json.key("additionalProperties")
      schema.write(into: &json)
    case .optional(let schema):
      json.key("anyOf")
      json.begin(0x5B)
      schema.write(into: &json)
      json.object { $0.member("type", "null") }
      json.end(0x5D)
    case .either(let schemas): json.member("anyOf", schemas) { $1.write(into: &$0) }
    case .named(let name, _): json.member("$ref", "#/components/schemas/\(name)")
    case .object(let list):
      json.member("type", "object")
      json.member("properties") { json in
        for member in list {
          json.member(member.name) { json in
            member.schema.members(into: &json)
            if let summary = member.summary { json.member("description", summary) }
          }
        }
      }
      let required = list.filter(\.isRequired).map(\.name)
      if !required.isEmpty { json.member("required", required) }
      json.member("additionalProperties", false)
    }
  }
}
