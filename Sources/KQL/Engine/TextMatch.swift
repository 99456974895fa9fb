// SPDX-License-Identifier: Apache-2.0

/// The text operators on bytes. ASCII letters fold by a mask; other letters fold by Unicode where the needle has them.
enum TextMatch {
  enum Op: String {
    case has, contains, startswith, endswith, hasprefix, hassuffix, equals
  }

  /// A test of a text against a fixed needle.
  static func tester(_ op: Op, _ needle: String, caseSensitive: Bool) -> (UnsafeBufferPointer<UInt8>) -> Bool {
    let isASCII = needle.utf8.allSatisfy { $0 < 0x80 }
    let folded = caseSensitive ? Array(needle.utf8) : Array(needle.lowercased().utf8)
    return { bytes in
      if caseSensitive { return test(op, bytes, folded) }
      if isASCII || bytes.allSatisfy({ $0 < 0x80 }) {
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { lower in
          for index in 0..<bytes.count {
            let byte = bytes[index]
            lower[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte
          }
          return test(op, UnsafeBufferPointer(lower), folded)
        }
      }
      return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8).withUnsafeBufferPointer {
        test(op, $0, folded)
      }
    }
  }

  private static func test(_ op: Op, _ bytes: UnsafeBufferPointer<UInt8>, _ needle: [UInt8]) -> Bool {
    switch op {
    case .equals: return bytes.elementsEqual(needle)
    case .contains: return ByteSearch.find(needle, in: bytes) != nil
    case .startswith: return bytes.starts(with: needle)
    case .endswith: return bytes.count >= needle.count && bytes.suffix(needle.count).elementsEqual(needle)
    case .has, .hasprefix, .hassuffix:
      guard !needle.isEmpty else { return true }
      var from = 0
      while let found = ByteSearch.find(needle, in: bytes, from: from) {
        let end = found + needle.count
        // A boundary is needed only where the needle's own edge is part of a term.
        let before = op == .hassuffix || found == 0 || !isTerm(needle[0]) || !isTerm(bytes[found - 1])
        let after = op == .hasprefix || end == bytes.count || !isTerm(needle[needle.count - 1]) || !isTerm(bytes[end])
        if before && after { return true }
        from = found + 1
      }
      return false
    }
  }

  /// Letters and digits make terms; the underscore does not. Bytes of other scripts count as letters.
  @inline(__always) static func isTerm(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }
}
