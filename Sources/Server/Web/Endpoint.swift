// SPDX-License-Identifier: Apache-2.0
package import HTTPTypes

/// One method of one path: who may call it, how it is described and what it does.
///
///     Endpoint(.get, "/api/v1/findings/{id}", .signedIn(.read), "A finding") { call in ... }
package struct Endpoint: Sendable {
  package let method: HTTPRequest.Method
  /// Segments in braces are parameters; a last one of the form `{name...}` takes the rest of the path, slashes and all.
  package let path: String
  package let access: Access
  package let summary: String
  package var parameters: [Parameter]
  package var body: Schema?
  package var answers: [Answer]
  /// Larger bodies are refused with 413. Bytes.
  package var bodyLimit: Int
  /// How long the handler may take until it answers; nil for as long as it likes. Streams are not counted.
  package var timeout: Duration?
  /// Made for a browser: whoever is not signed in is sent to the sign-in page, and problems are shown as a page.
  package var isPage: Bool
  package let handle: @Sendable (Call) async throws -> Reply

  package init(
    _ method: HTTPRequest.Method, _ path: String, _ access: Access, _ summary: String, parameters: [Parameter] = [],
    body: Schema? = nil, answers: [Answer] = [], bodyLimit: Int = 1 << 20, timeout: Duration? = .seconds(30),
    isPage: Bool = false, handle: @escaping @Sendable (Call) async throws -> Reply
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.summary = summary
    self.parameters = parameters
    self.body = body
    self.answers = answers
    self.bodyLimit = bodyLimit
    self.timeout = timeout
    self.isPage = isPage
    self.handle = handle
  }
}
