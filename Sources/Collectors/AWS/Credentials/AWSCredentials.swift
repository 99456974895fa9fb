// SPDX-License-Identifier: Apache-2.0

/// Keys that sign requests.
package struct AWSCredentials: Sendable, Equatable {
  package var accessKey: String
  package var secretKey: String
  package var sessionToken: String?
  /// Seconds since 1970 at which they cease to hold.
  package var expires: Double?

  package init(accessKey: String, secretKey: String, sessionToken: String? = nil, expires: Double? = nil) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
    self.expires = expires
  }
}

/// Why there are no credentials, for the person to read.
package struct CredentialError: Error, Sendable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}

/// Hands out credentials and gets new ones before they expire; callers that wait share one fetch.
package actor CredentialProvider {
  private let fetch: @Sendable () async throws -> AWSCredentials
  private var current: AWSCredentials?
  private var pending: Task<AWSCredentials, any Error>?

  package init(_ fetch: @escaping @Sendable () async throws -> AWSCredentials) { self.fetch = fetch }

  package init(_ credentials: AWSCredentials) {
    fetch = { credentials }
    current = credentials
  }

  package func credentials(now: Double) async throws -> AWSCredentials {
    if let current, current.expires.map({ $0 - now > 300 }) ?? true { return current }
    if let pending { return try await pending.value }
    let fetch = fetch
    let task = Task { try await fetch() }
    pending = task
    defer { pending = nil }
    let fresh = try await task.value
    current = fresh
    return fresh
  }

  /// Forgets credentials that a service called expired.
  package func expire(_ credentials: AWSCredentials) {
    if current == credentials { current = nil }
  }
}
