// SPDX-License-Identifier: Apache-2.0

/// Keys that sign requests. What is printed of them names no secret.
package struct AWSCredentials: Sendable, Equatable, Renewable, CustomStringConvertible, CustomReflectable {
  package var accessKey: String
  package var secretKey: String
  package var sessionToken: String?
  /// Seconds since 1970 at which they cease to hold.
  package var expires: Double?
  /// Where they come from, for messages: `FILE:LINE: profile 'x'`.
  package var origin: String

  package init(
    accessKey: String, secretKey: String, sessionToken: String? = nil, expires: Double? = nil,
    origin: String = "credentials"
  ) {
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
    self.expires = expires
    self.origin = origin
  }

  package var description: String { "access key \(accessKey) (\(origin))" }
  package var customMirror: Mirror { Mirror(self, children: ["accessKey": accessKey, "origin": origin]) }

  /// The text without these secrets, should a server have repeated them.
  func redacted(_ text: String) -> String {
    Self.redacted(text, [secretKey, sessionToken ?? ""])
  }

  static func redacted(_ text: String, _ secrets: [String]) -> String {
    var text = text
    for secret in secrets where secret.utf8.count >= 4 {
      while let range = text.firstRange(of: secret) { text.replaceSubrange(range, with: "…") }
    }
    return text
  }
}

/// Why there are no credentials, for the person to read. Names no secret.
package struct CredentialError: Error, Sendable, CustomStringConvertible {
  package let description: String
  /// What AWS answered, where it was asked.
  let failure: AWSFailure?
  init(_ description: String, _ failure: AWSFailure? = nil) {
    self.description = description
    self.failure = failure
  }
}

package typealias CredentialProvider = RenewingProvider<AWSCredentials>
