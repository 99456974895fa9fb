// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes
internal import Logging

/// Sign-in through the provider of ``ServerSettings/oidc``.
enum OIDCEndpoints {
  static let all = [
    Endpoint(
      .get, "/sign-in/oidc", .anyone, "Sends the browser to the identity provider",
      parameters: [Parameter("next", "Where to go on once signed in")], isPage: true
    ) { call in
      try AccountEndpoints.attempt(call)
      let provider = try provider(call)
      let redirect = base(call) + "/sign-in/oidc/callback"
      let (url, cookie) = try await telling(call) {
        try await provider.begin(redirect: redirect, next: AccountEndpoints.safe(call.query("next")))
      }
      return Reply(.seeOther, headers: [.location: url, .setCookie: flow(cookie, call).value])
    },
    Endpoint(
      .get, "/sign-in/oidc/callback", .anyone, "Where the identity provider sends the browser back to",
      parameters: [
        Parameter("code", "What the provider gives an ID token for"), Parameter("state", "As it was sent"),
        Parameter("error", "Why there is no code"),
      ], isPage: true
    ) { call in
      try AccountEndpoints.attempt(call)
      let provider = try provider(call)
      guard let code = call.query("code"), let state = call.query("state") else {
        return .redirect("/sign-in?error=refused")
      }
      let cookie = Credentials.cookie(OIDCProvider.cookieName, in: call.head)
      let identity = try await telling(call) { try await provider.finish(code: code, state: state, cookie: cookie) }
      let (user, session) = try call.services.accounts.signIn(identity, by: call.author)
      var reply = try AccountEndpoints.signedIn(user, session, call, .redirect(AccountEndpoints.safe(identity.next)))
      reply.headers.append(flow(nil, call))
      return reply
    },
  ]

  private static func provider(_ call: Call) throws(Problem) -> OIDCProvider {
    guard let provider = call.services.oidc else { throw Problem(.notFound) }
    return provider
  }

  /// The cookie outlives the way to the provider and back, which is another site: hence lax, not strict.
  private static func flow(_ cookie: String?, _ call: Call) -> HTTPField {
    Credentials.field(
      OIDCProvider.cookieName, cookie, isSecure: call.services.settings.isSecure, seconds: OIDCProvider.flowSeconds)
  }

  /// Under which URL the browser sees the server.
  private static func base(_ call: Call) -> String {
    if let url = call.services.settings.publicURL { return url.hasSuffix("/") ? String(url.dropLast()) : url }
    return (call.services.settings.isSecure ? "https://" : "http://") + (call.head.authority ?? "localhost")
  }

  /// What the provider does wrong is for the log; the browser is told that it did not work.
  private static func telling<R: Sendable>(_ call: Call, _ body: () async throws -> R) async throws -> R {
    do {
      return try await body()
    } catch let refusal as OIDCProvider.Refusal {
      call.services.logger.warning(
        "OIDC sign-in failed", metadata: ["requestId": "\(call.requestID)", "reason": "\(refusal)"])
      throw Problem(.forbidden, "The identity provider's answer was not taken; the server's log tells why.")
    }
  }
}

extension Accounts {
  /// A session of somebody whom the provider knows: made a user at the first time, with the roles of their groups each
  /// time.
  func signIn(_ identity: OIDCProvider.Identity, by author: Author) throws -> (user: User, session: String) {
    let roles = identity.groups.reduce(into: Set<Role>()) { $0.formUnion(settings.oidc?.roles[$1] ?? []) }
    guard !roles.isEmpty else {
      throw Problem(.forbidden, "None of your groups has a role here; 'oidc-roles' names those that have.")
    }
    let found = try user(issuer: identity.issuer, subject: identity.subject)
    if let found, found.isDisabled { throw Problem(.forbidden, "This user is disabled.") }
    let user: User
    if let found {
      user = found.roles == roles ? found : try update(found.id, by: author) { $0.roles = roles }
    } else {
      user = try createForeign(identity, roles, by: author)
    }
    return try begin(user, "session.begin-oidc", by: author)
  }
}
