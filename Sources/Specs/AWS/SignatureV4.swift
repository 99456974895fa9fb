// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import Synchronization

/// AWS Signature Version 4: what a request's signature is, for those who sign and those who check.
///
/// The signing key, which holds for a day, region and service, is derived once for them.
package final class SignatureV4: Sendable {
  /// What a signature covers.
  package struct Parts: Sendable {
    package var method: String
    /// Path, percent-encoded once.
    package var path: String
    /// The query in canonical order and encoding.
    package var query: String
    /// The headers that are signed, with lower-case names, in order.
    package var headers: [(name: String, value: String)]
    /// SHA-256 of the body in hexadecimal digits, or what S3 lets stand for it.
    package var bodyHash: String

    package init(
      method: String, path: String, query: String, headers: [(name: String, value: String)], bodyHash: String
    ) {
      self.method = method
      self.path = path
      self.query = query
      self.headers = headers
      self.bodyHash = bodyHash
    }
  }

  /// The time, region and service that a signature holds for.
  package struct Scope: Sendable {
    /// `20260102T030405Z`.
    package let date: String
    package let region: String
    package let service: String

    package init(date: String, region: String, service: String) {
      self.date = date
      self.region = region
      self.service = service
    }

    package var day: Substring { date.prefix(8) }
    package var text: String { "\(day)/\(region)/\(service)/aws4_request" }
  }

  private struct KeyName: Hashable {
    let secret: String
    let scope: String
  }
  private let keys = Mutex<[KeyName: SymmetricKey]>([:])
  private static let emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  package init() {}

  /// The hash that stands for a body.
  package static func hash(of body: [UInt8]) -> String {
    body.isEmpty ? emptyHash : hex(SHA256.hash(data: body))
  }

  /// The signature in hexadecimal digits. The paths of S3 are not encoded a second time.
  package func signature(of parts: Parts, in scope: Scope, secret: String) -> String {
    var canonical: [UInt8] = []
    canonical.reserveCapacity(512)
    canonical.append(contentsOf: parts.method.utf8)
    canonical.append(0x0A)
    if scope.service == "s3" || parts.path == "/" {
      canonical.append(contentsOf: parts.path.utf8)
    } else {
      PercentEncoding.append(Self.normalised(parts.path).utf8, keepingSlashes: true, to: &canonical)
    }
    canonical.append(0x0A)
    canonical.append(contentsOf: parts.query.utf8)
    canonical.append(0x0A)
    for header in parts.headers {
      canonical.append(contentsOf: header.name.utf8)
      canonical.append(0x3A)
      Self.appendTrimmed(header.value, to: &canonical)
      canonical.append(0x0A)
    }
    canonical.append(0x0A)
    canonical.append(contentsOf: parts.headers.map(\.name).joined(separator: ";").utf8)
    canonical.append(0x0A)
    canonical.append(contentsOf: parts.bodyHash.utf8)

    let text = "AWS4-HMAC-SHA256\n\(scope.date)\n\(scope.text)\n\(Self.hex(SHA256.hash(data: canonical)))"
    return Self.hex(
      HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: signingKey(secret: secret, scope: scope)))
  }

  private func signingKey(secret: String, scope: Scope) -> SymmetricKey {
    let name = KeyName(secret: secret, scope: scope.text)
    if let key = keys.withLock({ $0[name] }) { return key }
    var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
    for part in [String(scope.day), scope.region, scope.service, "aws4_request"] {
      key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
    }
    keys.withLock { [key] keys in
      if keys.count > 1000 { keys.removeAll() }
      keys[name] = key
    }
    return key
  }

  /// The pairs of a query in canonical order and encoding.
  package static func canonical(_ query: [(name: String, value: String)]) -> String {
    if query.isEmpty { return "" }
    return query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
      .sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }
      .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }

  /// A path without empty, `.` and `..` segments, as all services but S3 sign it.
  private static func normalised(_ path: String) -> String {
    var segments: [Substring] = []
    for segment in path.split(separator: "/", omittingEmptySubsequences: true) where segment != "." {
      if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
    }
    let joined = "/" + segments.joined(separator: "/")
    return path.hasSuffix("/") && joined != "/" ? joined + "/" : joined
  }

  private static func appendTrimmed(_ value: String, to bytes: inout [UInt8]) {
    var pendingSpace = false
    var started = false
    for byte in value.utf8 {
      if byte == 0x20 || byte == 0x09 {
        pendingSpace = started
      } else {
        if pendingSpace { bytes.append(0x20) }
        pendingSpace = false
        started = true
        bytes.append(byte)
      }
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  package static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
