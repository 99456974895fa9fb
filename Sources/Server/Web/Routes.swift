// SPDX-License-Identifier: Apache-2.0

/// All that is served: the endpoints of every room.
package enum Routes {
  package static let all: [Endpoint] =
    HealthEndpoints.all + AccountEndpoints.all + OIDCEndpoints.all + AuditEndpoints.all + APIEndpoints.all
    + PageEndpoints.all

  /// The page that tells a browser of a problem; pages without one answer as the API does.
  static let problemPage: (@Sendable (Problem, Principal, _ requestID: String) -> Reply)? = { problem, _, requestID in
    DoorPages.problem(problem, requestID: requestID)
  }
}
