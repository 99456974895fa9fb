// SPDX-License-Identifier: Apache-2.0
package import HTTPTypes

extension HTTPField.Name {
  private static func make(_ name: String) -> HTTPField.Name {
    // The names below are of letters and dashes, which are always taken.
    HTTPField.Name(name) ?? .accept
  }
  package static let csrf = make("x-csrf-token")
  static let requestID = make("x-request-id")
  static let forwardedFor = make("x-forwarded-for")
  static let secFetchSite = make("sec-fetch-site")
  static let frameOptions = make("x-frame-options")
  static let referrerPolicy = make("referrer-policy")
  static let permissionsPolicy = make("permissions-policy")
  static let openerPolicy = make("cross-origin-opener-policy")
  static let resourcePolicy = make("cross-origin-resource-policy")
}

enum SecurityHeaders {
  /// Scripts, styles, pictures and fonts come from this server and from files only; nothing is sent elsewhere.
  static let contentSecurityPolicy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
  ].joined(separator: "; ")

  static let all: [(HTTPField.Name, String)] = [
    (.contentSecurityPolicy, contentSecurityPolicy), (.xContentTypeOptions, "nosniff"), (.frameOptions, "DENY"),
    (.referrerPolicy, "same-origin"), (.openerPolicy, "same-origin"), (.resourcePolicy, "same-origin"),
    (.permissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
  ]
}
