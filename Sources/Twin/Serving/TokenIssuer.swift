// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import JSON
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Gives out tokens for the twin's clouds and knows them again.
///
/// Any application may sign in: the twin is a rehearsal on this machine, not a directory. What it was given is checked for
/// its form, since that is what clients get wrong. Where a secret is named it must be that one.
package final class TokenIssuer: Sendable {
  enum Check { case valid, missing, expired, unknown }

  private let lifetime: Double
  private let secret: String?
  private let issued = Mutex<[String: Double]>([:])
  private let key = SymmetricKey(size: .bits256)

  /// - Parameters:
  ///   - lifetime: seconds for which a token holds.
  ///   - secret: the only client secret that is taken; nil for any.
  package init(lifetime: Double = 3600, secret: String? = nil) {
    self.lifetime = lifetime
    self.secret = secret
  }

  static var now: Double { Date().timeIntervalSince1970 }

  func check(_ authorization: String?) -> Check {
    guard let authorization, authorization.count > 7, authorization.prefix(7).lowercased() == "bearer " else {
      return .missing
    }
    guard let until = issued.withLock({ $0[String(authorization.dropFirst(7))] }) else { return .unknown }
    return until > Self.now ? .valid : .expired
  }

  /// A token in the form of a JWT, which clients look into for their tenant and their object id.
  func issue(claims: [(key: String, value: JSONDraft)]) -> (token: String, seconds: Int64) {
    let now = Self.now
    let times: [(key: String, value: JSONDraft)] = [
      ("iat", .int(Int64(now))), ("nbf", .int(Int64(now))), ("exp", .int(Int64(now + lifetime))),
      ("jti", .string(UUID().uuidString)),
    ]
    let head = JSONDraft.object([("alg", .string("HS256")), ("typ", .string("JWT"))]).document().root.serialized()
    let text =
      Self.base64url(head) + "." + Self.base64url(JSONDraft.object(claims + times).document().root.serialized())
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    let token = text + "." + Self.base64url(Array(code))
    issued.withLock { issued in
      // What has run out is kept for an hour, to be told from what never was.
      if issued.count > 10_000 { issued = issued.filter { $0.value > now - 3600 } }
      issued[token] = now + lifetime
    }
    return (token, Int64(lifetime))
  }

  static func base64url(_ bytes: [UInt8]) -> String {
    String(Data(bytes).base64EncodedString().compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
  }

  /// The token endpoint of Microsoft Entra: client secret or assertion.
  func oauth(_ request: TwinRequest) -> TwinAnswer {
    let form = request.form
    func refuse(_ error: String, _ description: String, _ status: Int = 400) -> TwinAnswer {
      TwinAnswer(
        status: status, json: .object([("error", .string(error)), ("error_description", .string(description))]))
    }
    guard request.method == "POST" else { return refuse("invalid_request", "AADSTS900561: the endpoint takes POST") }
    guard let client = form["client_id"], !client.isEmpty else {
      return refuse("invalid_request", "AADSTS900144: the body must contain 'client_id'")
    }
    guard form["grant_type"] == "client_credentials" || form["grant_type"] == "refresh_token" else {
      return refuse("unsupported_grant_type", "AADSTS70003: the grant type is not supported")
    }
    guard let scope = form["scope"] ?? form["resource"], !scope.isEmpty else {
      return refuse("invalid_request", "AADSTS900144: the body must contain 'scope'")
    }
    if let given = form["client_secret"] {
      if let secret, !Self.isSame(given, secret) {
        return refuse("invalid_client", "AADSTS7000215: invalid client secret provided", 401)
      }
    } else if form["client_assertion"]?.split(separator: ".").count != 3 {
      return refuse("invalid_client", "AADSTS7000218: client_assertion or client_secret is needed", 401)
    }
    let tenant = request.path.split(separator: "/").first.map(String.init) ?? ""
    let audience =
      scope.split(separator: " ").first.map { $0.hasSuffix("/.default") ? String($0.dropLast(9)) : String($0) } ?? scope
    let (token, seconds) = issue(claims: [
      ("aud", .string(audience)), ("iss", .string("\(request.base)/\(tenant)/")), ("appid", .string(client)),
      ("oid", .string(client)), ("sub", .string(client)), ("tid", .string(tenant)), ("idtyp", .string("app")),
    ])
    return TwinAnswer(
      json: .object([
        ("token_type", .string("Bearer")), ("expires_in", .int(seconds)), ("ext_expires_in", .int(seconds)),
        ("access_token", .string(token)),
      ]), headers: [("cache-control", "no-store")])
  }

  /// Google's token endpoint: a service account's signed statement, a refresh token, another issuer's token.
  func google(_ request: TwinRequest) -> TwinAnswer {
    func refuse(_ error: String, _ description: String) -> TwinAnswer {
      TwinAnswer(status: 400, json: .object([("error", .string(error)), ("error_description", .string(description))]))
    }
    let form = request.form
    switch form["grant_type"] {
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      guard let email = Self.claims(form["assertion"] ?? "")?["iss"]?.string, email.contains("@") else {
        return refuse("invalid_grant", "Invalid JWT: its issuer must be a service account.")
      }
    case "refresh_token":
      guard form["refresh_token"]?.isEmpty == false else {
        return refuse("invalid_request", "refresh_token is missing")
      }
    case "urn:ietf:params:oauth:grant-type:token-exchange":
      guard form["subject_token"]?.isEmpty == false else {
        return refuse("invalid_request", "subject_token is missing")
      }
    default: return refuse("unsupported_grant_type", "The grant type is not supported.")
    }
    let (token, seconds) = issue(claims: [("scope", .string("https://www.googleapis.com/auth/cloud-platform"))])
    return TwinAnswer(
      json: .object([
        ("access_token", .string(token)), ("expires_in", .int(seconds)), ("token_type", .string("Bearer")),
        ("issued_token_type", .string("urn:ietf:params:oauth:token-type:access_token")),
      ]))
  }

  /// Whether a bearer is one of ours, or what a service account signed for itself and has not run out.
  func isGoogleBearer(_ authorization: String?) -> Bool {
    if check(authorization) == .valid { return true }
    guard let authorization, authorization.lowercased().hasPrefix("bearer "),
      let claims = Self.claims(String(authorization.dropFirst(7))), claims["iss"]?.string?.contains("@") == true,
      claims["iss"]?.string == claims["sub"]?.string, let until = claims["exp"]?.double
    else { return false }
    return until > Self.now
  }

  /// The claims of a signed token. Its signature is not checked: the twin has no directory of keys.
  private static func claims(_ token: String) -> JSONValue? {
    let parts = token.split(separator: ".")
    guard parts.count == 3 else { return nil }
    var text = String(parts[1].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    while text.utf8.count % 4 != 0 { text += "=" }
    return Data(base64Encoded: text).flatMap { try? JSONDocument(parsing: Array($0)) }?.root
  }

  /// In constant time for secrets of one length.
  static func isSame(_ a: String, _ b: String) -> Bool {
    let (x, y) = (SHA256.hash(data: Array(a.utf8)), SHA256.hash(data: Array(b.utf8)))
    return zip(x, y).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
