// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import JWTKit
import NIOCore
import Synchronization

/// A small OpenID Connect provider on a loopback port, which tests can make lie.
final class IdentityProvider: Sendable {
  struct Claims: JWTPayload {
    var iss: String
    var aud: String
    var sub = "subject-1"
    var exp: Double
    var iat: Double
    var nonce: String
    var name = "ada"
    var groups = ["cloud"]
    func verify(using algorithm: some JWTAlgorithm) async throws {}
  }

  /// What the next token says that is not so.
  struct Lies: Sendable {
    var change: @Sendable (inout Claims) -> Void = { _ in }
    /// Signs with a key that is not published.
    var signsWithOther = false
    var unsigned = false
  }

  private struct State {
    var base = ""
    var lies = Lies()
    /// By code: the nonce and the challenge of the flow.
    var codes: [String: (nonce: String, challenge: String)] = [:]
    var key = P256.Signing.PrivateKey()
    var number = 1
  }
  private let state = Mutex(State())
  private let now: @Sendable () -> Double

  init(now: @escaping @Sendable () -> Double) { self.now = now }

  var base: String { state.withLock { $0.base } }
  func lie(_ lies: Lies) { state.withLock { $0.lies = lies } }
  func changeKey() {
    state.withLock { state in
      state.key = P256.Signing.PrivateKey()
      state.number += 1
    }
  }

  /// Serves until the task is cancelled.
  func run(ready: @escaping @Sendable () async -> Void) async throws {
    let router = Router()
    router.get(".well-known/openid-configuration") { [self] _, _ in
      json([
        "issuer": base, "authorization_endpoint": base + "/authorize", "token_endpoint": base + "/token",
        "jwks_uri": base + "/keys",
      ])
    }
    router.get("keys") { [self] _, _ in
      let (key, number) = state.withLock { ($0.key, $0.number) }
      let point = Array(key.publicKey.rawRepresentation)
      let document: [String: Any] = [
        "keys": [
          [
            "kty": "EC", "crv": "P-256", "kid": "k\(number)", "use": "sig", "alg": "ES256",
            "x": Self.base64URL(point[..<32]), "y": Self.base64URL(point[32...]),
          ], ["kty": "of the future", "kid": "x"],
        ]
      ]
      return json(document)
    }
    router.post("token") { [self] request, _ -> Response in
      let text = String(buffer: try await request.body.collect(upTo: 1 << 16))
      let form = Dictionary(URLText.pairs(text).map { ($0.name, $0.value) }) { $1 }
      let flow = state.withLock { $0.codes.removeValue(forKey: form["code"] ?? "") }
      let challenge = Self.base64URL(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8)))
      guard let flow, flow.challenge == challenge, form["client_secret"] == "the-client-secret" else {
        return Response(status: .badRequest)
      }
      return json(["access_token": "unused", "id_token": try await token(nonce: flow.nonce)])
    }
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { [self] channel in
        state.withLock { $0.base = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }
        await ready()
      })
    try await application.run()
  }

  /// What happens when the browser comes with the URL that the server sent it to and the user signs in: a code.
  func authorize(_ query: [String: String]) -> String {
    let code = UUID().uuidString
    state.withLock { $0.codes[code] = (query["nonce"] ?? "", query["code_challenge"] ?? "") }
    return code
  }

  private func token(nonce: String) async throws -> String {
    let (base, lies, key, number) = state.withLock { ($0.base, $0.lies, $0.key, $0.number) }
    var claims = Claims(iss: base, aud: "plumb", exp: now() + 300, iat: now(), nonce: nonce)
    lies.change(&claims)
    if lies.unsigned {
      let header = Self.base64URL(Array(#"{"alg":"none","typ":"JWT"}"#.utf8))
      return header + "." + Self.base64URL(try JSONEncoder().encode(claims)) + "."
    }
    let keys = JWTKeyCollection()
    let signing = lies.signsWithOther ? P256.Signing.PrivateKey() : key
    await keys.add(ecdsa: try ES256PrivateKey(pem: signing.pemRepresentation), kid: .init(string: "k\(number)"))
    return try await keys.sign(claims, kid: .init(string: "k\(number)"))
  }

  private func json(_ value: [String: Any]) -> Response {
    let bytes = (try? JSONSerialization.data(withJSONObject: value)) ?? Data()
    return Response(
      status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
