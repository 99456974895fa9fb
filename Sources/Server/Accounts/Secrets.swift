// SPDX-License-Identifier: Apache-2.0
internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Random secrets, and how they are kept: as SHA-256, which is enough for what has 256 bits of chance in it.
enum Secrets {
  /// 256 random bits in base64url.
  static func make() -> String { base64URL(SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }) }

  static func hash(_ secret: String) -> Data { Data(SHA256.hash(data: Array(secret.utf8))) }

  /// Takes as long whatever the bytes are.
  static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// What proves, without being kept, that a request was made by a page of a session.
  static func csrf(session: String) -> String {
    let key = SymmetricKey(data: Array(session.utf8))
    return base64URL(Array(HMAC<SHA256>.authenticationCode(for: Array("csrf".utf8), using: key)))
  }

  static func base64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
