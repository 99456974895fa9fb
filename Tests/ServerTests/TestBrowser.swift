// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import HTTPTypes
import JSON
import NIOCore
import NIOHTTP1
import Server
import Synchronization
import Testing

/// An answer, whole.
struct TestAnswer: Sendable {
  let status: Int
  let headers: HTTPHeaders
  let body: [UInt8]
  let version: HTTPVersion

  func json() throws -> JSONValue { try JSONDocument(parsing: body).root }
  var text: String { String(decoding: body, as: UTF8.self) }
}

extension TestServer {
  /// One request, without cookies or a token of its own.
  func send(
    _ method: HTTPMethod, _ path: String, headers: [(String, String)] = [], json: String? = nil, form: String? = nil,
    body: [UInt8]? = nil
  ) async throws -> TestAnswer {
    var request = HTTPClientRequest(url: base + path)
    request.method = method
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if let json {
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: json))
    } else if let form {
      request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: form))
    } else if let body {
      request.body = .bytes(ByteBuffer(bytes: body))
    }
    let response = try await client.execute(request, timeout: .seconds(60))
    let bytes = Array(try await response.body.collect(upTo: 16 << 20).readableBytesView)
    return TestAnswer(
      status: Int(response.status.code), headers: response.headers, body: bytes, version: response.version)
  }
}

/// Somebody signed in with a browser.
struct TestSession: Sendable {
  let server: TestServer
  let user: String
  /// `name=secret`, as the browser sends it back.
  let cookie: String
  let csrf: String

  init(_ server: TestServer, _ answer: TestAnswer) throws {
    self.server = server
    let field = try #require(answer.headers["set-cookie"].first)
    cookie = String(field.prefix { $0 != ";" })
    let json = try answer.json()
    user = try #require(json["id"]?.string)
    csrf = try #require(json["csrf"]?.string)
  }

  func send(_ method: HTTPMethod, _ path: String, json: String? = nil, form: String? = nil, csrf: String? = nil)
    async throws -> TestAnswer
  {
    try await server.send(
      method, path, headers: [("cookie", cookie), ("x-csrf-token", csrf ?? self.csrf)], json: json, form: form)
  }
}

extension TestServer {
  static let password = "correct horse battery"

  /// Makes the first administrator.
  func setUp() async throws -> TestSession {
    let token = try #require(try services.accounts.setupToken())
    let body = #"{"token":"\#(token)","name":"admin","password":"\#(Self.password)"}"#
    let answer = try await send(.POST, "/api/v1/setup", json: body)
    try #require(answer.status == 201)
    return try TestSession(self, answer)
  }

  func signIn(_ name: String, _ password: String = password) async throws -> TestAnswer {
    try await send(.POST, "/api/v1/session", json: #"{"name":"\#(name)","password":"\#(password)"}"#)
  }

  /// A new user, signed in.
  func user(_ name: String, _ roles: Set<Role>, reach: Reach = .all) async throws -> TestSession {
    _ = try await services.accounts.create(
      name: name, password: Self.password, roles: roles, reach: reach, by: .system)
    return try TestSession(self, try await signIn(name))
  }
}
