// SPDX-License-Identifier: Apache-2.0
package import Specs

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
  var canonicalQuery: String { SignatureV4.canonical(query) }

  package var url: String {
    let query = canonicalQuery
    return query.isEmpty ? "\(scheme)://\(host)\(path)" : "\(scheme)://\(host)\(path)?\(query)"
  }
}

extension SignatureV4 {
  /// Adds `x-amz-date`, the session token and `authorization`; for S3 the body's hash too.
  package func sign(
    _ request: inout SignableRequest, credentials: AWSCredentials, region: String, service: String, epoch: Int64
  ) {
    let scope = Scope(date: CivilTime(epoch: epoch).compact, region: region, service: service)
    let bodyHash = Self.hash(of: request.body)
    request.headers.append(("x-amz-date", scope.date))
    if let token = credentials.sessionToken { request.headers.append(("x-amz-security-token", token)) }
    if service == "s3" { request.headers.append(("x-amz-content-sha256", bodyHash)) }

    var signed = request.headers.filter { $0.name != "user-agent" && $0.name != "expect" }
    signed.append(("host", request.host))
    signed.sort { $0.name < $1.name }
    let names = signed.map(\.name).joined(separator: ";")
    let parts = Parts(
      method: request.method, path: request.path, query: request.canonicalQuery, headers: signed, bodyHash: bodyHash)
    let signature = signature(of: parts, in: scope, secret: credentials.secretKey)
    request.headers.append(
      (
        "authorization",
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope.text), SignedHeaders=\(names), "
          + "Signature=\(signature)"
      ))
  }
}
