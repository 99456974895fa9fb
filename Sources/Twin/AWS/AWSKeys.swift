// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Specs
internal import Synchronization

/// Who asks, and where.
struct AWSCaller: Sendable {
  let account: String
  let arn: String
  let userID: String
  /// The region that the request is signed for.
  let region: String
}

/// The keys that requests may be signed with. Signatures are recomputed and compared.
///
/// Every access key id has the one secret that the twin was told. A key of a user in the estate is that user's; one that
/// is an account's number is that account's; any other is of the estate's first account. Keys of assumed roles are given
/// out by the twin and hold for a while.
package final class AWSKeys: Sendable {
  /// The secret unless another is named. It guards nothing: the twin listens on this machine only and holds no secrets.
  package static let rehearsalSecret = "rehearsal"

  struct Session: Sendable {
    let secret: String
    let token: String
    let account: String
    let arn: String
    let userID: String
    let until: Int64
  }

  private let secret: String
  private let lifetime: Int64
  private let sessions = Mutex<[String: Session]>([:])
  private let signatures = SignatureV4()
  /// Requests this many seconds from now are refused.
  private static let skew: Int64 = 900

  /// - Parameter lifetime: seconds for which keys of assumed roles hold.
  package init(secret: String = AWSKeys.rehearsalSecret, lifetime: Double = 3600) {
    self.secret = secret
    self.lifetime = Int64(lifetime)
  }

  private struct Authorization {
    let accessKey: String
    let scope: SignatureV4.Scope
    let signedHeaders: [String]
    let signature: String
  }

  /// The region and the service that a request says it is signed for.
  static func scope(of request: TwinRequest) -> SignatureV4.Scope? { authorization(request)?.scope }

  private static func authorization(_ request: TwinRequest) -> Authorization? {
    guard let text = request.header("authorization"), text.hasPrefix("AWS4-HMAC-SHA256 ") else { return nil }
    var fields: [Substring: Substring] = [:]
    for part in text.dropFirst(17).split(separator: ",") {
      let sides = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      if sides.count == 2 { fields[sides[0]] = sides[1] }
    }
    guard let scope = fields["Credential"]?.split(separator: "/", omittingEmptySubsequences: false), scope.count >= 5,
      scope.last == "aws4_request", let headers = fields["SignedHeaders"], let signature = fields["Signature"]
    else { return nil }
    let date = request.header("x-amz-date") ?? ""
    // An access key id has no slash; what is before the last four parts is all of it.
    let count = scope.count
    guard date.hasPrefix(scope[count - 4]) else { return nil }
    return Authorization(
      accessKey: scope[..<(count - 4)].joined(separator: "/"),
      scope: .init(date: date, region: String(scope[count - 3]), service: String(scope[count - 2])),
      signedHeaders: headers.split(separator: ";").map(String.init), signature: String(signature))
  }

  func caller(of request: TwinRequest, _ accounts: AWSAccounts) -> Result<AWSCaller, AWSError> {
    guard request.header("authorization") != nil else {
      return .failure(AWSError(403, "MissingAuthenticationToken", "Request is missing Authentication Token"))
    }
    guard let authorization = Self.authorization(request) else {
      return .failure(
        AWSError(403, "IncompleteSignature", "The Authorization header is not one of Signature Version 4."))
    }
    let isS3 = authorization.scope.service == "s3"
    guard let time = Self.time(authorization.scope.date), abs(time - AWSTwin.now) <= Self.skew else {
      return .failure(
        isS3
          ? AWSError(
            403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
          : AWSError(400, "RequestExpired", "Request has expired."))
    }
    let session = sessions.withLock { $0[authorization.accessKey] }
    let parts = Self.parts(of: request, authorization)
    let wanted = signatures.signature(of: parts, in: authorization.scope, secret: session?.secret ?? secret)
    guard TokenIssuer.isSame(wanted, authorization.signature), authorization.signedHeaders.contains("host"),
      isS3 || parts.bodyHash == SignatureV4.hash(of: request.body)
    else {
      return .failure(
        AWSError(
          403, "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided. Check your key and signing method."
        ))
    }
    if let body = request.header("x-amz-content-sha256"), body.count == 64, body != SignatureV4.hash(of: request.body) {
      return .failure(
        AWSError(
          400, "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed."))
    }
    if let session {
      guard TokenIssuer.isSame(session.token, request.header("x-amz-security-token") ?? "") else {
        return .failure(AWSError(403, "InvalidClientTokenId", "The security token included in the request is invalid."))
      }
      guard session.until > AWSTwin.now else {
        return .failure(
          AWSError(isS3 ? 400 : 403, "ExpiredToken", "The security token included in the request is expired"))
      }
      return .success(
        AWSCaller(
          account: session.account, arn: session.arn, userID: session.userID, region: authorization.scope.region))
    }
    guard let caller = accounts.caller(authorization.accessKey, region: authorization.scope.region) else {
      return .failure(AWSError(403, "InvalidClientTokenId", "The security token included in the request is invalid."))
    }
    return .success(caller)
  }

  /// What the signature covers, as the request came.
  private static func parts(of request: TwinRequest, _ authorization: Authorization) -> SignatureV4.Parts {
    let host = request.base.firstRange(of: "://").map { String(request.base[$0.upperBound...]) } ?? request.base
    let headers = authorization.signedHeaders.map { name in
      let values = request.headers.filter { $0.name.lowercased() == name }.map(\.value)
      return (name: name, value: name == "host" ? host : values.joined(separator: ","))
    }
    return SignatureV4.Parts(
      method: request.method, path: request.rawPath.isEmpty ? "/" : request.rawPath,
      query: SignatureV4.canonical(request.query), headers: headers,
      bodyHash: authorization.scope.service == "s3"
        ? request.header("x-amz-content-sha256") ?? SignatureV4.hash(of: request.body)
        : SignatureV4.hash(of: request.body))
  }

  private static func time(_ compact: String) -> Int64? {
    let digits = Array(compact)
    guard digits.count == 16, digits[8] == "T", digits[15] == "Z" else { return nil }
    func number(_ range: Range<Int>) -> Int { Int(String(digits[range])) ?? -1 }
    return CivilTime(
      year: number(0..<4), month: number(4..<6), day: number(6..<8), hour: number(9..<11), minute: number(11..<13),
      second: number(13..<15))?.epoch
  }

  /// Keys of a role that was assumed.
  func assume(_ arn: String, account: String, roleID: String, session name: String) -> (key: String, Session) {
    func random(_ count: Int) -> String {
      let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      return String((0..<count).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }
    let role = arn.split(separator: "/").last.map(String.init) ?? arn
    let partition = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst().first ?? "aws"
    let session = Session(
      secret: random(40), token: random(120), account: account,
      arn: "arn:\(partition):sts::\(account):assumed-role/\(role)/\(name)", userID: "\(roleID):\(name)",
      until: AWSTwin.now + lifetime)
    let key = "ASIA" + random(16)
    sessions.withLock { sessions in
      // What has run out is kept for an hour, to be told from what never was.
      if sessions.count > 10_000 { sessions = sessions.filter { $0.value.until > AWSTwin.now - 3600 } }
      sessions[key] = session
    }
    return (key, session)
  }
}
