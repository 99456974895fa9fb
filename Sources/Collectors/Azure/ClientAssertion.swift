// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import CryptoExtras
internal import JSON
internal import NIOSSL

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A signed statement of who one is: RFC 7519 in the compact form of RFC 7515, with RS256.
enum SignedToken {
  /// - Parameters:
  ///   - header: members beside `alg` and `typ`.
  ///   - pem: the private key, PKCS#8 or PKCS#1.
  static func make(
    header: [(key: String, value: JSONDraft)], claims: [(key: String, value: JSONDraft)], pem: String
  ) throws(CredentialError) -> String {
    let head = JSONDraft.object([("alg", .string("RS256")), ("typ", .string("JWT"))] + header)
    let text =
      base64url(head.document().root.serialized()) + "."
      + base64url(JSONDraft.object(claims).document().root.serialized())
    do {
      let key = try _RSA.Signing.PrivateKey(pemRepresentation: pem)
      let signature = try key.signature(for: SHA256.hash(data: Array(text.utf8)), padding: .insecurePKCS1v1_5)
      return text + "." + base64url(Array(signature.rawRepresentation))
    } catch {
      // What the library says of it may show parts of the key.
      throw CredentialError("the private key cannot be used: an RSA key in PEM is needed")
    }
  }

  static func base64url(_ bytes: [UInt8]) -> String {
    let text = Data(bytes).base64EncodedString()
    return String(text.compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
  }
}

/// A certificate and its key, from a file in PEM or PKCS#12.
struct ClientCertificate: Sendable {
  let key: String
  /// The certificate in DER.
  let certificate: [UInt8]

  init(path: String, password: String?) throws(CredentialError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CredentialError("AZURE_CLIENT_CERTIFICATE_PATH: \(path) cannot be read")
    }
    let text = String(decoding: data, as: UTF8.self)
    do {
      if text.contains("-----BEGIN") {
        let parts = Self.sections(text)
        guard let key = parts.first(where: { $0.contains("PRIVATE KEY-----") }),
          let first = parts.first(where: { $0.hasPrefix("-----BEGIN CERTIFICATE") })
        else { throw CredentialError("\(path): a certificate and its private key are needed, one after the other") }
        self.key = key
        certificate = try NIOSSLCertificate(bytes: Array(first.utf8), format: .pem).toDERBytes()
      } else {
        let bundle = try NIOSSLPKCS12Bundle(buffer: Array(data), passphrase: password.map { Array($0.utf8) })
        guard let first = bundle.certificateChain.first else {
          throw CredentialError("\(path): holds no certificate")
        }
        certificate = try first.toDERBytes()
        key = try _RSA.Signing.PrivateKey(derRepresentation: bundle.privateKey.derBytes).pemRepresentation
      }
    } catch let error as CredentialError {
      throw error
    } catch {
      throw CredentialError(
        "\(path): not a certificate with its key in PEM or PKCS#12, or AZURE_CLIENT_CERTIFICATE_PASSWORD is wrong")
    }
  }

  private static func sections(_ text: String) -> [String] {
    var parts: [String] = []
    var lines: [Substring]?
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("-----BEGIN ") { lines = [] }
      lines?.append(line)
      if line.hasPrefix("-----END "), let whole = lines {
        parts.append(whole.joined(separator: "\n") + "\n")
        lines = nil
      }
    }
    return parts
  }

  /// The assertion by which an application signs in.
  /// <https://learn.microsoft.com/entra/identity-platform/certificate-credentials>
  func assertion(client: String, audience: String, now: Int64) throws(CredentialError) -> String {
    try SignedToken.make(
      header: [
        ("x5t", .string(SignedToken.base64url(Array(Insecure.SHA1.hash(data: certificate))))),
        ("x5t#S256", .string(SignedToken.base64url(Array(SHA256.hash(data: certificate))))),
      ],
      claims: [
        ("aud", .string(audience)), ("iss", .string(client)), ("sub", .string(client)),
        ("jti", .string(UUID().uuidString)), ("nbf", .int(now - 30)), ("iat", .int(now)), ("exp", .int(now + 600)),
      ], pem: key)
  }
}
