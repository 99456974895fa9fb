// SPDX-License-Identifier: Apache-2.0
package import HTTPTypes
package import JSON

/// What an endpoint answers with.
package struct Reply: Sendable {
  package enum Body: Sendable {
    case bytes([UInt8])
    /// Writes as much as it likes, each part when the client takes it; ends when it returns, or when the server stops.
    case stream(@Sendable (_ write: @escaping @Sendable ([UInt8]) async throws -> Void) async throws -> Void)
  }

  package var status: HTTPResponse.Status
  package var headers: HTTPFields
  package var body: Body

  package init(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], body: Body = .bytes([])) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// - Parameter type: what the bytes are, `text/html; charset=utf-8` for instance.
  package static func bytes(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Reply {
    var reply = Reply(status, headers: headers, body: .bytes(bytes))
    reply.headers[.contentType] = type
    return reply
  }

  package static func json(
    _ draft: JSONDraft, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Reply {
    .bytes(draft.document().root.serialized(), type: "application/json", status: status, headers: headers)
  }

  package static func html(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Reply {
    .bytes(bytes, type: "text/html; charset=utf-8", status: status)
  }

  package static func stream(
    type: String,
    _ write: @escaping @Sendable (_ write: @escaping @Sendable ([UInt8]) async throws -> Void) async throws -> Void
  ) -> Reply {
    Reply(headers: [.contentType: type], body: .stream(write))
  }

  /// Sends the browser on with GET, after a form for instance.
  ///
  /// - Parameter path: on this server.
  package static func redirect(_ path: String) -> Reply { Reply(.seeOther, headers: [.location: path]) }

  package static let noContent = Reply(.noContent)
}
