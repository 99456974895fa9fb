// SPDX-License-Identifier: Apache-2.0
package import HTTPTypes
package import JSON

/// A request that has passed all that stands before an endpoint.
package struct Call: Sendable {
  package let head: HTTPRequest
  /// Decoded values of the path's parameters.
  package let pathParameters: [String: String]
  /// Decoded, in the order of the request.
  package let query: [(name: String, value: String)]
  /// Whole; no longer than the endpoint's limit.
  package let body: [UInt8]
  /// ``Principal/nobody`` where nobody is signed in.
  package let principal: Principal
  /// What forms and scripts must send back with unsafe requests, as the field `csrf` or the header `x-csrf-token`; nil
  /// where there is no session.
  package let csrf: String?
  /// The address of the client; behind a proxy the one that the proxy tells.
  package let address: String
  package let requestID: String
  package let services: Services

  /// The parameter of the path; the route makes sure that it is there.
  package func path(_ name: String) -> String { pathParameters[name] ?? "" }

  /// The first parameter of that name in the query.
  package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

  package func header(_ name: HTTPField.Name) -> String? { head.headerFields[name] }

  /// The body as JSON.
  ///
  /// - Throws: ``Problem`` 415 where the body is said to be something else, 400 with the place where it is not JSON.
  package func json() throws(Problem) -> JSONValue {
    let type = header(.contentType)?.prefix { $0 != ";" }.lowercased() ?? "application/json"
    guard type == "application/json" || type.hasSuffix("+json") else {
      throw Problem(.unsupportedMediaType, "Send the body as application/json.")
    }
    do {
      return try JSONDocument(parsing: body, limits: JSONLimits(depth: 64)).root
    } catch {
      throw Problem(.badRequest, "The body is not JSON: \(error)")
    }
  }

  /// The fields of a form that a page has sent.
  package func form() throws(Problem) -> [String: String] {
    guard header(.contentType)?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
      throw Problem(.unsupportedMediaType, "Send the form as application/x-www-form-urlencoded.")
    }
    return Dictionary(
      URLText.pairs(String(decoding: body, as: UTF8.self)).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// - Throws: ``Problem`` 404, as for a resource that is not there, where one lies beyond the principal's reach.
  package func check(subscription: String, tag: (String) -> String?) throws(Problem) {
    guard principal.reach.admits(subscription: subscription, tag: tag) else { throw Problem(.notFound) }
  }
}
