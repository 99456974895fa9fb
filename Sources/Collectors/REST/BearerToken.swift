// SPDX-License-Identifier: Apache-2.0

/// A token that opens an API for a while. What is printed of it names no secret.
package struct BearerToken: Sendable, Equatable, Renewable, CustomStringConvertible, CustomReflectable {
  package var value: String
  /// Seconds since 1970 at which it ceases to hold.
  package var expires: Double?
  /// Where it comes from, for messages.
  package var origin: String

  package init(value: String, expires: Double?, origin: String) {
    self.value = value
    self.expires = expires
    self.origin = origin
  }

  package var description: String { "token (\(origin))" }
  package var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}

/// Gives the tokens for the APIs of one cloud: one provider per audience, made when it is first asked for.
package actor BearerTokens {
  private let fetch: @Sendable (_ audience: String) async throws -> BearerToken
  private var providers: [String: RenewingProvider<BearerToken>] = [:]

  package init(_ fetch: @escaping @Sendable (_ audience: String) async throws -> BearerToken) { self.fetch = fetch }

  private func provider(_ audience: String) -> RenewingProvider<BearerToken> {
    if let known = providers[audience] { return known }
    let fetch = fetch
    let made = RenewingProvider<BearerToken> { try await fetch(audience) }
    providers[audience] = made
    return made
  }

  /// - Parameter now: seconds since 1970.
  package func token(for audience: String, now: Double) async throws -> BearerToken {
    try await provider(audience).credentials(now: now)
  }

  /// Forgets a token that an API refused.
  package func expire(_ token: BearerToken, for audience: String) async {
    await provider(audience).expire(token)
  }
}
