// SPDX-License-Identifier: Apache-2.0
internal import Crypto
internal import Synchronization

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Keeps secrets that have to be read back, such as those of connections, encrypted with AES-256-GCM.
///
/// The key is that of the setting `vault-key`, else the file `vault.key` of the data folder, which is made when the first
/// secret is kept. A copy of `server.sqlite` alone gives nothing away.
package final class Vault: Sendable {
  private let given: String?
  private let path: String
  private let key = Mutex<SymmetricKey?>(nil)

  /// - Parameters:
  ///   - given: the key as base64 of 32 bytes; nil for the file.
  ///   - directory: the data folder.
  package init(key given: String?, directory: String) {
    self.given = given
    path = directory + "/vault.key"
  }

  /// - Parameter place: what the secret belongs to, `connection:prod`; it is opened for that only.
  package func seal(_ secret: String, for place: String) throws -> Data {
    let box = try AES.GCM.seal(Data(secret.utf8), using: try theKey(), authenticating: Data(place.utf8))
    guard let combined = box.combined else { throw VaultError.damaged(place) }
    return combined
  }

  package func open(_ sealed: Data, for place: String) throws -> String {
    let key = try theKey()
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let plain = try? AES.GCM.open(box, using: key, authenticating: Data(place.utf8))
    else { throw VaultError.damaged(place) }
    return String(decoding: plain, as: UTF8.self)
  }

  private func theKey() throws -> SymmetricKey {
    try key.withLock { key in
      if let key { return key }
      let read: SymmetricKey
      if let given {
        guard let bytes = Data(base64Encoded: given), bytes.count == 32 else {
          throw VaultError.unusableKey("vault-key")
        }
        read = SymmetricKey(data: bytes)
      } else {
        read = try fileKey()
      }
      key = read
      return read
    }
  }

  private func fileKey() throws -> SymmetricKey {
    if let bytes = FileManager.default.contents(atPath: path) {
      guard let key = Data(base64Encoded: String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }),
        key.count == 32
      else { throw VaultError.unusableKey(path) }
      return SymmetricKey(data: key)
    }
    let key = SymmetricKey(size: .bits256)
    let text = key.withUnsafeBytes { Data($0).base64EncodedString() } + "\n"
    // Made under another name and linked: of two processes that come at once both get the same key, and it is whole.
    let own = path + ".\(getpid())"
    let descriptor = Glibc.open(own, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw VaultError.unusableKey(path) }
    defer { unlink(own) }
    let written = Array(text.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    let isKept = written == text.utf8.count && fsync(descriptor) == 0
    close(descriptor)
    guard isKept else { throw VaultError.unusableKey(path) }
    guard link(own, path) == 0 else {
      guard errno == EEXIST else { throw VaultError.unusableKey(path) }
      return try fileKey()
    }
    return key
  }
}

/// Why a secret can be neither kept nor read.
package enum VaultError: Error, Equatable, CustomStringConvertible {
  /// The setting or the file that has no key of 32 bytes in base64.
  case unusableKey(String)
  /// What is kept was made with another key, for another place, or is damaged.
  case damaged(String)

  package var description: String {
    switch self {
    case .unusableKey(let place): "\(place): there is no key of 32 bytes in base64 that can be read"
    case .damaged(let place): "the secret of \(place) cannot be opened with this key; enter it again"
    }
  }
}
