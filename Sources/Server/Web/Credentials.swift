// SPDX-License-Identifier: Apache-2.0
internal import HTTPTypes

/// What a request shows of who makes it.
enum Credentials: Sendable, Equatable {
  case none
  case session(String)
  case token(String)

  /// Under TLS the name's prefix makes browsers refuse the cookie to all but this host and TLS (RFC 6265bis).
  static func cookieName(isSecure: Bool) -> String { isSecure ? "__Host-plumb" : "plumb" }

  init(_ head: HTTPRequest, isSecure: Bool) {
    if let text = head.headerFields[.authorization] {
      let parts = text.split(separator: " ", maxSplits: 1)
      self = parts.count == 2 && parts[0].lowercased() == "bearer" ? .token(String(parts[1])) : .none
      return
    }
    self = Self.cookie(Self.cookieName(isSecure: isSecure), in: head).map(Credentials.session) ?? .none
  }

  static func cookie(_ name: String, in head: HTTPRequest) -> String? {
    for field in head.headerFields[values: .cookie] {
      for part in field.split(separator: ";") {
        let sides = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
        if sides.count == 2, sides[0] == name { return String(sides[1]) }
      }
    }
    return nil
  }

  /// The cookie of a session; without a secret the one that ends it. It lives as long as the browser; the server knows
  /// when it has expired.
  static func field(session: String?, isSecure: Bool) -> HTTPField {
    field(cookieName(isSecure: isSecure), session, isSecure: isSecure, seconds: nil)
  }

  static func field(_ name: String, _ value: String?, isSecure: Bool, seconds: Int?) -> HTTPField {
    let age = value == nil ? "; Max-Age=0" : seconds.map { "; Max-Age=\($0)" } ?? ""
    return HTTPField(
      name: .setCookie,
      value: "\(name)=\(value ?? ""); Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "") + age)
  }
}
