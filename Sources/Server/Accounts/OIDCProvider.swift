// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
internal import Crypto
internal import HTTPTypes
internal import JSON
internal import JWTKit
internal import KQL
internal import NIOCore
internal import NIOHTTP1

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// An OpenID Connect provider whose users may sign in: authorization code flow with PKCE (OpenID Connect Core 1.0,
/// RFC 7636).
///
/// What the server has to remember between the two halves of a flow travels in a cookie that only this process can read,
/// so that flows that nobody ends take no memory, and one begun in another browser is not finished in this.
actor OIDCProvider {
  /// Why the provider's answer is not taken; for the log.
  struct Refusal: Error, CustomStringConvertible {
    let description: String
  }

  /// What a user has shown.
  struct Identity: Sendable, Equatable {
    let issuer: String
    let subject: String
    let name: String
    let groups: [String]
    /// Where the browser goes on.
    let next: String
  }

  private struct Metadata {
    let authorization: String
    let token: String
    let jwks: String
  }

  static let cookieName = "plumb-oidc"
  /// Seconds that a flow may take.
  static let flowSeconds = 600
  /// Seconds between two looks at the provider's keys: made-up key ids must not make us ask it all the time.
  private static let keySeconds: Int64 = 60
  /// Seconds that clocks may differ.
  private static let skew = 60.0

  private let settings: OIDCSettings
  private let clock: @Sendable () -> Int64
  private let cookieKey = SymmetricKey(size: .bits256)
  private var metadata: Metadata?
  private var keys = JWTKeyCollection()
  private var keysRead: Int64 = 0

  init(_ settings: OIDCSettings, clock: @escaping @Sendable () -> Int64) {
    self.settings = settings
    self.clock = clock
  }

  /// Where the browser is to go, and the cookie that it has to bring back.
  func begin(redirect: String, next: String) async throws -> (url: String, cookie: String) {
    let metadata = try await discovered()
    let (state, nonce, verifier) = (Secrets.make(), Secrets.make(), Secrets.make())
    let challenge = Secrets.base64URL(Array(SHA256.hash(data: Array(verifier.utf8))))
    let flow = JSONDraft.object([
      ("state", .string(state)), ("nonce", .string(nonce)), ("verifier", .string(verifier)), ("next", .string(next)),
      ("redirect", .string(redirect)), ("time", .int(clock())),
    ])
    let sealed = try AES.GCM.seal(flow.document().root.serialized(), using: cookieKey).combined ?? Data()
    let query = [
      ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", redirect),
      ("scope", "openid profile email"), ("state", state), ("nonce", nonce), ("code_challenge", challenge),
      ("code_challenge_method", "S256"),
    ].map { "\($0)=\(URLText.encoded($1))" }.joined(separator: "&")
    let mark = metadata.authorization.contains("?") ? "&" : "?"
    return (metadata.authorization + mark + query, Secrets.base64URL(Array(sealed)))
  }

  /// Exchanges the code for an ID token and checks it.
  ///
  /// - Parameters:
  ///   - state: as the provider sent it back.
  ///   - cookie: of ``begin(redirect:next:)``.
  func finish(code: String, state: String, cookie: String?) async throws -> Identity {
    guard let flow = open(cookie), let kept = flow["state"]?.string, let nonce = flow["nonce"]?.string,
      let verifier = flow["verifier"]?.string, let redirect = flow["redirect"]?.string, let time = flow["time"]?.int64
    else { throw Refusal(description: "the flow was not begun by this browser, or before the server last started") }
    guard Secrets.areEqual(kept.utf8, state.utf8) else { throw Refusal(description: "the state is another") }
    guard clock() - time < Int64(Self.flowSeconds) * DateTime.ticksPerSecond else {
      throw Refusal(description: "the flow took too long")
    }
    var form = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("client_id", settings.client),
      ("code_verifier", verifier),
    ]
    if let secret = settings.secret { form.append(("client_secret", secret)) }
    let answer = try await fetch(
      try await discovered().token, form: form.map { "\($0)=\(URLText.encoded($1))" }.joined(separator: "&"))
    guard let token = answer["id_token"]?.string else { throw Refusal(description: "the answer has no ID token") }
    let claims = try await verified(token, nonce: nonce)
    guard let subject = claims["sub"]?.string, !subject.isEmpty else {
      throw Refusal(description: "the ID token names nobody")
    }
    let named = [settings.nameClaim, "preferred_username", "email"].compactMap { $0.flatMap { claims[$0]?.string } }
    let groups = claims[settings.groupsClaim]
    return Identity(
      issuer: settings.issuer, subject: subject, name: named.first ?? subject,
      groups: groups?.string.map { [$0] } ?? groups?.elements.compactMap(\.string) ?? [],
      next: flow["next"]?.string ?? "/")
  }

  private func open(_ cookie: String?) -> JSONValue? {
    guard let cookie, let bytes = Self.bytes(base64URL: cookie), let box = try? AES.GCM.SealedBox(combined: bytes),
      let plain = try? AES.GCM.open(box, using: cookieKey)
    else { return nil }
    return try? JSONDocument(parsing: Array(plain)).root
  }

  /// The claims of a token that the provider has signed for us, now, in this flow.
  private func verified(_ token: String, nonce: String) async throws -> JSONValue {
    if keysRead == 0 { try await readKeys() }
    do {
      _ = try await keys.verify(token, as: Signed.self)
    } catch {
      // The provider may have changed its keys.
      guard clock() - keysRead > Self.keySeconds * DateTime.ticksPerSecond else {
        throw Refusal(description: "the ID token's signature: \(error)")
      }
      try await readKeys()
      do { _ = try await keys.verify(token, as: Signed.self) } catch {
        throw Refusal(description: "the ID token's signature: \(error)")
      }
    }
    let parts = token.split(separator: ".")
    guard parts.count == 3, let bytes = Self.bytes(base64URL: String(parts[1])),
      let claims = try? JSONDocument(parsing: Array(bytes), limits: JSONLimits(depth: 32)).root
    else { throw Refusal(description: "the ID token cannot be read") }
    let now = Double(clock() - DateTime.unixEpoch) / Double(DateTime.ticksPerSecond)
    let audience = claims["aud"]?.string.map { [$0] } ?? claims["aud"]?.elements.compactMap(\.string) ?? []
    guard claims["iss"]?.string == settings.issuer else { throw Refusal(description: "the issuer is another") }
    guard audience.contains(settings.client) else { throw Refusal(description: "the ID token is for somebody else") }
    if audience.count > 1 || claims["azp"] != nil, claims["azp"]?.string != settings.client {
      throw Refusal(description: "the ID token was made for another client")
    }
    guard let expires = claims["exp"]?.double, expires > now - Self.skew else {
      throw Refusal(description: "the ID token has expired")
    }
    guard let issued = claims["iat"]?.double, issued < now + Self.skew else {
      throw Refusal(description: "the ID token is of the future")
    }
    guard let sent = claims["nonce"]?.string, Secrets.areEqual(sent.utf8, nonce.utf8) else {
      throw Refusal(description: "the nonce is another")
    }
    return claims
  }

  /// The signature is all that is left to the library; the claims are checked in one place.
  private struct Signed: JWTPayload {
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  private func discovered() async throws -> Metadata {
    if let metadata { return metadata }
    let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
    let document = try await fetch(base + "/.well-known/openid-configuration")
    guard document["issuer"]?.string == settings.issuer else {
      throw Refusal(description: "the provider calls itself \(document["issuer"]?.string ?? "nothing")")
    }
    func url(_ name: String) throws -> String {
      guard let url = document[name]?.string, ServerSettings.isTrustworthy(url) else {
        throw Refusal(description: "the provider's \(name) is missing or not https")
      }
      return url
    }
    let found = Metadata(
      authorization: try url("authorization_endpoint"), token: try url("token_endpoint"), jwks: try url("jwks_uri"))
    metadata = found
    return found
  }

  private func readKeys() async throws {
    let document = try await fetch(try await discovered().jwks)
    let found = JWTKeyCollection()
    for key in (document["keys"] ?? .null).elements.prefix(100) where key["use"]?.string ?? "sig" == "sig" {
      // Keys of kinds that we do not know are of no use, and no fault.
      guard let key = try? JSONDecoder().decode(JWK.self, from: Data(key.serialized())) else { continue }
      _ = try? await found.add(jwk: key)
    }
    (keys, keysRead) = (found, clock())
  }

  private func fetch(_ url: String, form: String? = nil) async throws -> JSONValue {
    var request = HTTPClientRequest(url: url)
    request.headers.add(name: "accept", value: "application/json")
    if let form {
      request.method = .POST
      request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: form))
    }
    do {
      let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
      let body = try await response.body.collect(upTo: 1 << 20)
      guard response.status == .ok else { throw Refusal(description: "\(url) answers \(response.status.code)") }
      return try JSONDocument(parsing: Array(body.readableBytesView), limits: JSONLimits(depth: 32)).root
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(description: "\(url) gives no answer that can be used: \(error)")
    }
  }

  private static func bytes(base64URL text: String) -> Data? {
    let plain = text.replacing("-", with: "+").replacing("_", with: "/")
    return Data(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
  }
}
