// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import JSON
internal import NIOCore

/// Why a call of a JSON API (Azure, Microsoft Graph, Google) was not answered.
package struct APIFailure: Error, Sendable, CustomStringConvertible {
  package typealias Reason = CoverageGap.Reason

  package var reason: Reason
  /// The API's code (`AuthorizationFailed`, `PERMISSION_DENIED`), or ours where it gave none.
  package var code: String
  package var message: String
  package var status: Int
  /// Seconds the server asks to wait.
  var retryAfter: Double?

  package init(reason: Reason, code: String, message: String, status: Int = 0) {
    self.reason = reason
    self.code = code
    self.message = message
    self.status = status
  }

  package var description: String { message.isEmpty ? code : "\(code): \(message)" }

  var isWorthRetrying: Bool {
    switch reason {
    case .network, .timeout, .throttled, .malformed: true
    case .notImplemented, .accessDenied: false
    case .error: status >= 500
    }
  }

  /// Whether a refusal is about the token's time, not about whose it is: `ExpiredAuthenticationToken` of Resource
  /// Manager, `Lifetime validation failed, the token is expired.` of Microsoft Graph.
  var saysExpired: Bool { [code, message].contains { $0.lowercased().contains("expired") } }

  /// Whether the error is one of `codes`: a code, a status, or `CODE: part of the message`.
  func isOne(of codes: [String]) -> Bool {
    codes.contains { entry in
      guard let colon = entry.firstRange(of: ": ") else { return entry == code || entry == String(status) }
      return entry[..<colon.lowerBound] == code && message.contains(entry[colon.upperBound...])
    }
  }

  /// What an answer other than 2xx says. Azure and Microsoft Graph write `{"error":{"code","message"}}`, Google the same
  /// with `status` for the code, token endpoints `{"error","error_description"}`.
  init(_ answer: HTTPAnswer, now: Double) {
    status = answer.status
    let body = Array(answer.body.readableBytesView.prefix(1 << 16))
    let root = (try? JSONDocument(parsing: body))?.root
    let error = root?["error"]
    if let text = error?.string {
      code = text
      message = root?["error_description"]?.string ?? ""
    } else {
      code = error?["status"]?.string ?? error?["code"]?.string ?? root?["code"]?.string ?? "HTTP\(answer.status)"
      message = error?["message"]?.string ?? root?["message"]?.string ?? ""
    }
    message = String(message.prefix(600))
    let isPage = root == nil && body.first { $0 > 0x20 } == 0x3C
    switch answer.status {
    case 401, 403: reason = .accessDenied
    case 429: reason = .throttled
    case 408: reason = .timeout
    case 404 where isPage, 405, 501: reason = .notImplemented
    default: reason = .error
    }
    // Google answers a used-up quota with 403 as well as with 429.
    if code == "RESOURCE_EXHAUSTED"
      || error?["errors"]?.elements.contains(where: { isQuota($0["reason"]?.string) }) == true
    {
      reason = .throttled
    }
    if let milliseconds = answer["x-ms-retry-after-ms"] ?? answer["retry-after-ms"], let value = Double(milliseconds) {
      retryAfter = max(0, value / 1000)
    } else {
      retryAfter = RetryPolicy.retryAfter(answer["retry-after"], now: now)
    }
  }
}

private func isQuota(_ reason: String?) -> Bool {
  reason == "rateLimitExceeded" || reason == "userRateLimitExceeded" || reason == "quotaExceeded"
}
