// SPDX-License-Identifier: Apache-2.0
internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Where a list goes on. Clients send it back as they got it: it is sealed, and of use only for the list, the filter and
/// the order that it was given for.
///
/// It names the row that ended the page before, and how many rows stood up to there: the list goes on after that row
/// wherever it stands now, or at its old place where it is gone.
struct Cursor: Equatable {
  /// The last row's name: whatever the list knows it by.
  let after: String
  /// How many rows stand before the next page.
  let skipped: Int

  /// - Parameter list: all that decides which rows the list has and in which order.
  func sealed(for list: String, _ key: SymmetricKey) -> String {
    let body = "\(skipped) \(after)"
    return Self.code(Self.seal(body, list, key) + Array(body.utf8))
  }

  /// Nil where it is not one that was given for the list.
  init?(_ text: String, for list: String, _ key: SymmetricKey) {
    guard text.utf8.count <= 4096, let bytes = Self.decode(text), bytes.count > Self.sealLength else { return nil }
    let body = String(decoding: bytes[Self.sealLength...], as: UTF8.self)
    let seal = Self.seal(body, list, key)
    // All bytes are looked at, so that the time tells nothing of how many are right.
    guard zip(seal, bytes).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else { return nil }
    let parts = body.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let skipped = Int(parts[0]), skipped >= 0 else { return nil }
    (self.skipped, after) = (skipped, String(parts[1]))
  }

  init(after: String, skipped: Int) {
    (self.after, self.skipped) = (after, skipped)
  }

  private static let sealLength = 16

  private static func seal(_ body: String, _ list: String, _ key: SymmetricKey) -> [UInt8] {
    let message = Array("\(list.utf8.count) \(list) \(body)".utf8)
    return Array(HMAC<SHA256>.authenticationCode(for: message, using: key).prefix(sealLength))
  }

  static func code(_ bytes: some Sequence<UInt8>) -> String {
    String(
      Data(bytes).base64EncodedString().compactMap { letter -> Character? in
        switch letter {
        case "+": "-"
        case "/": "_"
        case "=": nil
        default: letter
        }
      })
  }

  static func decode(_ text: String) -> [UInt8]? {
    var plain = text.replacing("-", with: "+").replacing("_", with: "/")
    guard text.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2F && $0 != 0x3D }) else { return nil }
    while plain.utf8.count % 4 != 0 { plain += "=" }
    return Data(base64Encoded: plain).map(Array.init)
  }
}
