internal import Crypto
// SPDX-License-Identifier: Apache-2.0
internal import CryptoExtras
internal import NIOPosix

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Passwords as scrypt (RFC 7914) makes them unreadable: `scrypt$16$8$1$salt$hash`, the cost as a power of two first.
///
/// Each takes 128 * r * 2^cost bytes while it is made, so that no more than two are made at once.
final class PasswordHasher: Sendable {
  /// Longer ones would cost the server time and nobody needs them.
  static let lengths = 12...256

  private let cost: Int
  private let threads: NIOThreadPool

  /// - Parameter cost: log2 of the rounds; 17 takes 128 MiB.
  init(cost: Int) {
    self.cost = cost
    threads = NIOThreadPool(numberOfThreads: 2)
    threads.start()
  }

  deinit { threads.shutdownGracefully { _ in } }

  func hash(_ password: String) async throws -> String {
    let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
    let (cost, blockSize, parallelism) = (cost, 8, 1)
    let key = try await threads.runIfActive {
      try Self.derive(password, salt, cost: cost, blockSize: blockSize, parallelism: parallelism)
    }
    return
      "scrypt$\(cost)$\(blockSize)$\(parallelism)$\(Data(salt).base64EncodedString())$\(Data(key).base64EncodedString())"
  }

  /// Whether the password is the one that was hashed. Without a hash it takes as long and says no, so that nobody learns
  /// which names there are.
  func matches(_ password: String, _ hash: String?) async throws -> Bool {
    let parts = hash.map { $0.split(separator: "$") } ?? []
    let known =
      parts.count == 6 && parts[0] == "scrypt"
      ? (
        Int(parts[1]), Int(parts[2]), Int(parts[3]), Data(base64Encoded: String(parts[4])),
        Data(base64Encoded: String(parts[5]))
      )
      : (nil, nil, nil, nil, nil)
    let (cost, blockSize, parallelism) = (known.0 ?? cost, known.1 ?? 8, known.2 ?? 1)
    let salt = known.3.map { Array($0) } ?? [UInt8](repeating: 0, count: 16)
    let key = try await threads.runIfActive {
      try Self.derive(password, salt, cost: cost, blockSize: blockSize, parallelism: parallelism)
    }
    guard let kept = known.4 else { return false }
    return Secrets.areEqual(key, kept)
  }

  private static func derive(
    _ password: String, _ salt: [UInt8], cost: Int, blockSize: Int, parallelism: Int
  ) throws -> [UInt8] {
    // The library reads through the bytes' address, which an empty text has not.
    let bytes = password.isEmpty ? [0] : Array(password.utf8)
    return try KDF.Scrypt.deriveKey(
      from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: blockSize, parallelism: parallelism
    ).withUnsafeBytes { Array($0) }
  }
}
