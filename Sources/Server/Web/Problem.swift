// SPDX-License-Identifier: Apache-2.0
package import HTTPTypes
package import JSON

/// Why a request is not answered as asked: `application/problem+json` (RFC 9457). Says nothing of the server's inside.
package struct Problem: Error, Sendable {
  package let status: HTTPResponse.Status
  /// What is wrong with this request and what would mend it.
  package let detail: String
  /// Further members of the document.
  package let members: [(key: String, value: JSONDraft)]
  package let headers: HTTPFields

  /// - Parameter detail: nil where the status says it all.
  package init(
    _ status: HTTPResponse.Status, _ detail: String? = nil, members: [(key: String, value: JSONDraft)] = [],
    headers: HTTPFields = [:]
  ) {
    self.status = status
    self.detail = detail ?? Self.usual[status.code] ?? ""
    self.members = members
    self.headers = headers
  }

  private static let usual = [
    401: "Sign in, or send an API token as 'Authorization: Bearer'.",
    403: "Your roles do not permit this.",
    404: "There is nothing at this address that you may see.",
    500: "Something failed on the server. Its log tells more under the request id.",
  ]

  func reply(requestID: String) -> Reply {
    var draft: [(key: String, value: JSONDraft)] = [
      ("type", .string("about:blank")), ("title", .string(status.reasonPhrase)), ("status", .int(Int64(status.code))),
    ]
    if !detail.isEmpty { draft.append(("detail", .string(detail))) }
    draft.append(("requestId", .string(requestID)))
    return .bytes(
      JSONDraft.object(draft + members).document().root.serialized(), type: "application/problem+json", status: status,
      headers: headers)
  }
}
