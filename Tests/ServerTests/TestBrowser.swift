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
