// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import Synchronization

/// A request in the parts that a signature covers.
package struct SignableRequest: Sendable {
  package var method: String
  package var scheme: String
  /// Host with the port where it is not the scheme's own.
  package var host: String
  /// Path, percent-encoded once.
  package var path: String
  /// Names and values, not yet encoded.
  package var query: [(name: String, value: String)]
  /// Lower-case names.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]

  package init(
    method: String, scheme: String = "https", host: String, path: String = "/",
    query: [(name: String, value: String)] = [], headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.scheme = scheme
    self.host = host
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The query in canonical order and encoding, which is also how it is sent.
  var canonicalQuery: String {
    if query.isEmpty { return "" }
    return query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
      .sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }
      .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
  }

  package var url: String {
    let query = canonicalQuery
    return query.isEmpty ? "\(scheme)://\(host)\(path)" : "\(scheme)://\(host)\(path)?\(query)"
  }
}

/// AWS Signature Version 4, in headers.
///
/// The signing key, which holds for a day, region and service, is derived once for them.
package final class SignatureV4: Sendable {
  private struct KeyName: Hashable {
    let secret: String
    let scope: String
  }
  private let keys = Mutex<[KeyName: SymmetricKey]>([:])
  private static let emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  package init() {}

  /// Adds `x-amz-date`, the session token and `authorization`; for S3 the body's hash too, whose paths are not encoded
  /// a second time.
  package func sign(
    _ request: inout SignableRequest, credentials: AWSCredentials, region: String, service: String, epoch: Int64
  ) {
    let isS3 = service == "s3"
    let date = CivilTime(epoch: epoch).compact
    let day = String(date.prefix(8))
    let bodyHash = request.body.isEmpty ? Self.emptyHash : Self.hex(SHA256.hash(data: request.body))
    request.headers.append(("x-amz-date", date))
    if let token = credentials.sessionToken { request.headers.append(("x-amz-security-token", token)) }
    if isS3 { request.headers.append(("x-amz-content-sha256", bodyHash)) }

    var signed = request.headers.filter { $0.name != "user-agent" && $0.name != "expect" }
    signed.append(("host", request.host))
    signed.sort { $0.name < $1.name }
    let names = signed.map(\.name).joined(separator: ";")

    var canonical: [UInt8] = []
    canonical.reserveCapacity(512)
    canonical.append(contentsOf: request.method.utf8)
    canonical.append(0x0A)
    if isS3 || request.path == "/" {
      canonical.append(contentsOf: request.path.utf8)
    } else {
      PercentEncoding.append(Self.normalised(request.path).utf8, keepingSlashes: true, to: &canonical)
    }
    canonical.append(0x0A)
    canonical.append(contentsOf: request.canonicalQuery.utf8)
    canonical.append(0x0A)
    for header in signed {
      canonical.append(contentsOf: header.name.utf8)
      canonical.append(0x3A)
      Self.appendTrimmed(header.value, to: &canonical)
      canonical.append(0x0A)
    }
    canonical.append(0x0A)
    canonical.append(contentsOf: names.utf8)
    canonical.append(0x0A)
    canonical.append(contentsOf: bodyHash.utf8)

    let scope = "\(day)/\(region)/\(service)/aws4_request"
    let text = "AWS4-HMAC-SHA256\n\(date)\n\(scope)\n\(Self.hex(SHA256.hash(data: canonical)))"
    let key = signingKey(secret: credentials.secretKey, day: day, region: region, service: service, scope: scope)
    let signature = Self.hex(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    request.headers.append(
      (
        "authorization",
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope), SignedHeaders=\(names), Signature=\(signature)"
      ))
  }

  private func signingKey(secret: String, day: String, region: String, service: String, scope: String) -> SymmetricKey {
    let name = KeyName(secret: secret, scope: scope)
    if let key = keys.withLock({ $0[name] }) { return key }
    var key = SymmetricKey(data: Array("AWS4\(secret)".utf8))
    for part in [day, region, service, "aws4_request"] {
      key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key))
    }
    keys.withLock { [key] keys in
      if keys.count > 1000 { keys.removeAll() }
      keys[name] = key
    }
    return key
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

  static func hex(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
