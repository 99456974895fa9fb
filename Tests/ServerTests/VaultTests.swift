// SPDX-License-Identifier: Apache-2.0
import Foundation
import Server
import Testing

@Suite struct VaultTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "plumb-vault-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("a secret is opened by the key of the folder, for the place that it was kept for")
  func roundTrip() throws {
    try inFolder { folder in
      let sealed = try Vault(key: nil, directory: folder).seal("hunter2", for: "connection:a")
      #expect(sealed.range(of: Data("hunter2".utf8)) == nil)
      let later = Vault(key: nil, directory: folder)
      #expect(try later.open(sealed, for: "connection:a") == "hunter2")
      #expect(throws: VaultError.damaged("connection:b")) { try later.open(sealed, for: "connection:b") }
      var damaged = sealed
      damaged[damaged.startIndex + 14] ^= 1
      #expect(throws: VaultError.damaged("connection:a")) { try later.open(damaged, for: "connection:a") }
      let mode = try FileManager.default.attributesOfItem(atPath: folder + "/vault.key")[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["vault.key"])
    }
  }

  @Test("a key that is given is used in place of the file's, and must be one")
  func given() throws {
    try inFolder { folder in
      let key = Data(repeating: 7, count: 32).base64EncodedString()
      let sealed = try Vault(key: key, directory: folder).seal("hunter2", for: "x")
      #expect(try Vault(key: key, directory: folder).open(sealed, for: "x") == "hunter2")
      #expect(throws: VaultError.damaged("x")) { try Vault(key: nil, directory: folder).open(sealed, for: "x") }
      #expect(throws: VaultError.unusableKey("vault-key")) {
        try Vault(key: "short", directory: folder).seal("", for: "x")
      }
      try "not a key".write(toFile: folder + "/vault.key", atomically: true, encoding: .utf8)
      #expect(throws: VaultError.self) { try Vault(key: nil, directory: folder).seal("", for: "x") }
    }
  }
}
