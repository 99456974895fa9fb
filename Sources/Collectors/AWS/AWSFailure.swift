// SPDX-License-Identifier: Apache-2.0
package import Inventory

/// Why a question to AWS was not answered.
package struct AWSFailure: Error, Sendable, CustomStringConvertible {
  package typealias Reason = CoverageGap.Reason

  package var reason: Reason
  /// The service's code (`NoSuchBucketPolicy`), or ours where it gave none.
  package var code: String
  package var message: String
  package var status: Int
  /// A second name of the same error, as services give that changed their protocol.
  var alias: String?
  /// The region that the answer redirects to.
  var redirectRegion: String?
  /// Seconds the server asks to wait.
  var retryAfter: Double?

  package init(reason: Reason, code: String, message: String, status: Int = 0) {
    self.reason = reason
    self.code = code
    self.message = message
    self.status = status
  }

  /// Whether the error is one of `codes`, each a code or `CODE: part of the message`.
  package func isOne(of codes: [String]) -> Bool {
    codes.contains { entry in
      guard let colon = entry.firstRange(of: ": ") else { return entry == code || entry == alias }
      let name = entry[..<colon.lowerBound]
      return (name == code || name == alias ?? "") && message.contains(entry[colon.upperBound...])
    }
  }

  package var description: String {
    message.isEmpty ? code : "\(code): \(message)"
  }

  static let throttlingCodes: Set<String> = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "RequestThrottled",
    "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
    "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "SlowDown", "PriorRequestNotComplete",
    "EC2ThrottledException",
  ]
  static let deniedCodes: Set<String> = [
    "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "Forbidden",
    "UnauthorizedAccess", "NotAuthorized", "AllAccessDisabled",
  ]
  static let credentialCodes: Set<String> = [
    "AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch",
    "InvalidAccessKeyId", "IncompleteSignature", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
    "InvalidSignatureException", "OptInRequired",
  ]
  static let expiredCodes: Set<String> = [
    "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired",
  ]
  static let transientCodes: Set<String> = [
    "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "InternalServerError",
    "InternalServerException", "ServiceUnavailable", "ServiceUnavailableException", "Unavailable", "InternalException",
    "KMSInternalException", "DependencyTimeoutException", "ServerException",
  ]

  var isThrottling: Bool { status == 429 || Self.throttlingCodes.contains(code) }
  /// The key or the signature was refused, whatever was asked.
  package var isCredentialProblem: Bool { Self.credentialCodes.contains(code) || isExpired }
  var isExpired: Bool { Self.expiredCodes.contains(code) }

  var isWorthRetrying: Bool {
    switch reason {
    case .network, .timeout, .throttled: true
    case .malformed: true
    case .notImplemented: false
    case .accessDenied: false
    case .error: status >= 500 || Self.transientCodes.contains(code)
    }
  }
}
