// SPDX-License-Identifier: Apache-2.0

/// Base64 with padding (RFC 4648).
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (index, byte) in alphabet.enumerated() { table[Int(byte)] = UInt8(index) }
    return table
  }()

  package static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let left = min(3, bytes.count - start)
      var word = UInt32(bytes[start]) << 16
      if left > 1 { word |= UInt32(bytes[start + 1]) << 8 }
      if left > 2 { word |= UInt32(bytes[start + 2]) }
      for place in 0..<4 { out.append(place <= left ? alphabet[Int(word >> UInt32(18 - place * 6) & 63)] : 0x3D) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes, or nil where a character, the length or the padding is wrong. White space is skipped.
  package static func decode(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count / 4 * 3)
    var (word, digits, padding): (UInt32, Int, Int) = (0, 0, 0)
    for byte in text.utf8 {
      if byte == 0x20 || (9...13).contains(byte) { continue }
      if byte == 0x3D {
        padding += 1
        continue
      }
      let value = values[Int(byte)]
      guard value < 64, padding == 0 else { return nil }
      word = word << 6 | UInt32(value)
      digits += 1
      if digits % 4 == 0 {
        out += [
          UInt8(truncatingIfNeeded: word >> 16), UInt8(truncatingIfNeeded: word >> 8), UInt8(truncatingIfNeeded: word),
        ]
        word = 0
      }
    }
    guard padding <= 2, (digits + padding) % 4 == 0 else { return nil }
    switch digits % 4 {
    case 2: out.append(UInt8(truncatingIfNeeded: word >> 4))
    case 3: out += [UInt8(truncatingIfNeeded: word >> 10), UInt8(truncatingIfNeeded: word >> 2)]
    case 1: return nil
    default: break
    }
    return out
  }
}
