// SPDX-License-Identifier: Apache-2.0
internal import Crypto

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

package struct SigningKeyError: Error, Sendable, CustomStringConvertible {
  package let description: String
}

/// The Ed25519 key of this installation, with which it signs evidence: a file of the data folder that only its owner can
/// read. It is made when it is first needed, and is in no table and no pack.
package struct SigningKey: Sendable {
  package static let fileName = "signing-key"
  private let key: Curve25519.Signing.PrivateKey

  /// Reads the key of a data folder, or makes one.
  package init(directory: String) throws(SigningKeyError) {
    let path = directory + "/" + Self.fileName
    if let known = try Self.read(path) {
      key = known
      return
    }
    let new = Curve25519.Signing.PrivateKey()
    // Written beside it and linked to its name: of two that make one at once the first to arrive counts, and it is whole.
    let draft = "\(path).\(UUID().uuidString)"
    defer { unlink(draft) }
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SigningKeyError(description: "\(path): cannot be made") }
    let bytes = Array((new.rawRepresentation.base64EncodedString() + "\n").utf8)
    let isWritten = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count && fsync(file) == 0
    close(file)
    guard isWritten else { throw SigningKeyError(description: "\(path): cannot be written") }
    guard link(draft, path) == 0 || errno == EEXIST, let key = try Self.read(path) else {
      throw SigningKeyError(description: "\(path): cannot be made")
    }
    self.key = key
  }

  private static func read(_ path: String) throws(SigningKeyError) -> Curve25519.Signing.PrivateKey? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw SigningKeyError(description: "\(path): cannot be read") }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_mode & 0o077 == 0 else {
      throw SigningKeyError(
        description: "\(path): others can read it; chmod 600 it, or remove it to have a new key made")
    }
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = readSome(file, &buffer, buffer.count)
    let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).filter { !$0.isWhitespace }
    guard let raw = Data(base64Encoded: text), let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: raw)
    else { throw SigningKeyError(description: "\(path): is no key; remove it to have a new one made") }
    return key
  }

  package var publicKey: PublicKey { PublicKey(key: key.publicKey) }

  package func signature(of bytes: [UInt8]) throws(SigningKeyError) -> [UInt8] {
    guard let signature = try? key.signature(for: Data(bytes)) else {
      throw SigningKeyError(description: "the key cannot sign")
    }
    return Array(signature)
  }
}

private func readSome(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}

/// What a signature is checked with.
package struct PublicKey: Sendable, Equatable {
  private let key: Curve25519.Signing.PublicKey

  fileprivate init(key: Curve25519.Signing.PublicKey) { self.key = key }

  /// Reads base64, as ``text`` has it; nil where it is no key.
  package init?(_ text: String) {
    guard let raw = Data(base64Encoded: text.filter { !$0.isWhitespace }),
      let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
    else { return nil }
    self.key = key
  }

  /// 32 bytes in base64.
  package var text: String { key.rawRepresentation.base64EncodedString() }

  package func accepts(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    key.isValidSignature(Data(signature), for: Data(bytes))
  }

  package static func == (left: PublicKey, right: PublicKey) -> Bool {
    left.key.rawRepresentation == right.key.rawRepresentation
  }
}
