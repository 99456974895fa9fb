// SPDX-License-Identifier: Apache-2.0

/// Keys that sign requests. What is printed of them names no secret.
package struct AWSCredentials: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  package var accessKey: String
  package var secretKey: String
  package var sessionToken: String?
  /// Seconds since 1970 at which they cease to hold.
  package var expires: Double?
  /// Where they come from, for messages: `FILE:LINE: profile 'x'`.
  package var origin: String

  package init(
    accessKey: String, secretKey: String, sessionToken: String? = nil, expires: Double? = nil,
    origin: String = "credentials"
  ) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
    self.expires = expires
    self.origin = origin
  }

  package var description: String { "access key \(accessKey) (\(origin))" }
  package var customMirror: Mirror { Mirror(self, children: ["accessKey": accessKey, "origin": origin]) }

  /// The text without these secrets, should a server have repeated them.
  func redacted(_ text: String) -> String {
    Self.redacted(text, [secretKey, sessionToken ?? ""])
  }

  static func redacted(_ text: String, _ secrets: [String]) -> String {
    var text = text
    for secret in secrets where secret.utf8.count >= 4 {
      while let range = text.firstRange(of: secret) { text.replaceSubrange(range, with: "…") }
    }
    return text
  }
}

/// Why there are no credentials, for the person to read. Names no secret.
package struct CredentialError: Error, Sendable, CustomStringConvertible {
  package let description: String
  /// What AWS answered, where it was asked.
  let failure: AWSFailure?
  init(_ description: String, _ failure: AWSFailure? = nil) {
    self.description = description
    self.failure = failure
  }
}

/// Hands out credentials and gets new ones before they expire; callers that wait share one fetch.
///
/// Renewal begins five minutes before the end, or halfway where they hold for less than ten. As long as the old ones
/// hold, a renewal that fails is tried again half a minute later and nobody notices.
package actor CredentialProvider {
  private let fetch: @Sendable () async throws -> AWSCredentials
  private var current: AWSCredentials?
  private var renewal = Double.infinity
  private var pending: Task<AWSCredentials, any Error>?

  package init(_ fetch: @escaping @Sendable () async throws -> AWSCredentials) { self.fetch = fetch }

  package init(_ credentials: AWSCredentials) {
    fetch = { credentials }
    current = credentials
  }

  /// - Parameter now: seconds since 1970.
  package func credentials(now: Double) async throws -> AWSCredentials {
    if let current, now < renewal { return current }
    let task: Task<AWSCredentials, any Error>
    if let pending {
      task = pending
    } else {
      let fetch = fetch
      task = Task { try await fetch() }
      pending = task
    }
    do {
      let fresh = try await task.value
      if pending == task { try take(fresh, now: now) }
      return fresh
    } catch {
      if pending == task {
        pending = nil
        renewal = now + 30
      }
      if let current, current.expires.map({ $0 > now }) ?? true { return current }
      throw error
    }
  }

  private func take(_ fresh: AWSCredentials, now: Double) throws {
    pending = nil
    guard let expires = fresh.expires else {
      renewal = .infinity
      current = fresh
      return
    }
    let left = expires - now
    guard left > 0 else {
      throw CredentialError(
        "\(fresh.origin): the keys expired at \(CivilTime(epoch: Int64(expires)).iso()); get new ones")
    }
    renewal = expires - min(300, left / 2)
    current = fresh
  }

  /// Forgets credentials that a service called expired.
  package func expire(_ credentials: AWSCredentials) {
    if current == credentials { current = nil }
  }
}
