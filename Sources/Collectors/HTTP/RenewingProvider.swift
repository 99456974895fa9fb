// SPDX-License-Identifier: Apache-2.0
internal import Specs

/// What opens a cloud's API and may cease to hold: keys that sign, tokens that are shown.
package protocol Renewable: Sendable, Equatable {
  /// Seconds since 1970; nil where it holds for good.
  var expires: Double? { get }
  /// Where it comes from, for messages. No secret.
  var origin: String { get }
}

/// Hands out credentials and gets new ones before they expire; callers that wait share one fetch.
///
/// Renewal begins five minutes before the end, or halfway where they hold for less than ten. As long as the old ones
/// hold, a renewal that fails is tried again half a minute later and nobody notices.
package actor RenewingProvider<Secret: Renewable> {
  private let fetch: @Sendable () async throws -> Secret
  private var current: Secret?
  private var renewal = Double.infinity
  private var pending: Task<Secret, any Error>?

  package init(_ fetch: @escaping @Sendable () async throws -> Secret) { self.fetch = fetch }

  package init(_ credentials: Secret) {
    fetch = { credentials }
    current = credentials
  }

  /// - Parameter now: seconds since 1970.
  package func credentials(now: Double) async throws -> Secret {
    if let current, now < renewal { return current }
    let task: Task<Secret, any Error>
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

  private func take(_ fresh: Secret, now: Double) throws {
    pending = nil
    guard let expires = fresh.expires else {
      renewal = .infinity
      current = fresh
      return
    }
    let left = expires - now
    guard left > 0 else {
      throw CredentialError(
        "\(fresh.origin): it expired at \(CivilTime(epoch: Int64(expires)).iso()); get new credentials")
    }
    renewal = expires - min(300, left / 2)
    current = fresh
  }

  /// Forgets credentials that a service called expired.
  package func expire(_ credentials: Secret) {
    if current == credentials { current = nil }
  }
}
