// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import JSON
import NIOHTTP1
import Server
import Testing

/// Sends requests with a token, and holds every answer against what its endpoint declares.
struct APIClient: Sendable {
  let server: TestServer
  let token: String

  init(_ server: TestServer, _ token: String) {
    (self.server, self.token) = (server, token)
  }

  @discardableResult
  func send(
    _ method: HTTPMethod, _ path: String, headers: [(String, String)] = [], json: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> TestAnswer {
    let answer = try await server.send(
      method, "/api/v1" + path, headers: [("authorization", "Bearer \(token)")] + headers, json: json)
    try Self.check(answer, method, "/api/v1" + path, sourceLocation)
    return answer
  }

  func get(
    _ path: String, status: Int = 200, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let answer = try await send(.GET, path, sourceLocation: sourceLocation)
    try #require(answer.status == status, "\(answer.text.prefix(600))", sourceLocation: sourceLocation)
    return try answer.json()
  }

  func post(
    _ path: String, _ json: String, status: Int = 201, headers: [(String, String)] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let answer = try await send(.POST, path, headers: headers, json: json, sourceLocation: sourceLocation)
    try #require(answer.status == status, "\(answer.text.prefix(600))", sourceLocation: sourceLocation)
    return try answer.json()
  }

  /// The endpoint of a path of the API: words go before parameters.
  static func endpoint(_ method: HTTPMethod, _ path: String) -> Endpoint? {
    let parts = path.prefix { $0 != "?" }.split(separator: "/")
    let found = Routes.all.filter { endpoint in
      let segments = endpoint.path.split(separator: "/")
      return endpoint.method.rawValue == method.rawValue && segments.count == parts.count
        && zip(segments, parts).allSatisfy { $0.hasPrefix("{") || $0.lowercased() == $1.lowercased() }
    }
    return found.min { $0.path.count(where: { $0 == "{" }) < $1.path.count(where: { $0 == "{" }) }
  }

  private static func check(
    _ answer: TestAnswer, _ method: HTTPMethod, _ path: String, _ sourceLocation: SourceLocation
  ) throws {
    let endpoint = try #require(Self.endpoint(method, path), "\(method) \(path)", sourceLocation: sourceLocation)
    let type = answer.headers.first(name: "content-type")?.prefix { $0 != ";" } ?? ""
    if type == "application/problem+json" {
      let faults = OpenAPI.problem.faults(of: try answer.json())
      #expect(faults.isEmpty, "\(faults) in \(answer.text.prefix(400))", sourceLocation: sourceLocation)
      #expect(
        OpenAPI.problemStatuses(endpoint).contains(answer.status)
          || endpoint.answers.contains { $0.status == answer.status },
        "\(method) \(path): \(answer.status) is not declared", sourceLocation: sourceLocation)
      return
    }
    let declared = endpoint.answers.filter { $0.status == answer.status }
    #expect(!declared.isEmpty, "\(method) \(path): \(answer.status) is not declared", sourceLocation: sourceLocation)
    let forms = declared.filter { $0.schema != nil }
    guard !forms.isEmpty else {
      #expect(answer.body.isEmpty, "\(method) \(path): a body is not declared", sourceLocation: sourceLocation)
      return
    }
    let form = forms.first { $0.contentType.prefix { $0 != ";" } == type }
    #expect(form != nil, "\(method) \(path): \(type) is not declared", sourceLocation: sourceLocation)
    guard let schema = form?.schema, type.hasSuffix("json"), type != "application/x-ndjson" else { return }
    let faults = schema.faults(of: try answer.json())
    #expect(faults.isEmpty, "\(method) \(path): \(faults)\n\(answer.text.prefix(600))", sourceLocation: sourceLocation)
  }
}
