// SPDX-License-Identifier: Apache-2.0

/// XXH64 with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md): what guards each block on disk.
package enum Checksum {
  private static let p1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let p2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let p3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let p4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let p5: UInt64 = 0x27D4_EB2F_1656_67C5

  @inline(__always) private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
  }
  @inline(__always) private static func round(_ sum: UInt64, _ lane: UInt64) -> UInt64 {
    rotate(sum &+ lane &* p2, 31) &* p1
  }

  package static func xxh64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard let base = bytes.baseAddress else { return finish(p5, 0, bytes, from: 0) }
    func word(_ at: Int) -> UInt64 { UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
    var at = 0
    var hash = p5
    if bytes.count >= 32 {
      var (a, b, c, d) = (p1 &+ p2, p2, UInt64(0), 0 &- p1)
      while at + 32 <= bytes.count {
        a = round(a, word(at))
        b = round(b, word(at + 8))
        c = round(c, word(at + 16))
        d = round(d, word(at + 24))
        at += 32
      }
      hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
      for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
    }
    hash &+= UInt64(bytes.count)
    while at + 8 <= bytes.count {
      hash = rotate(hash ^ round(0, word(at)), 27) &* p1 &+ p4
      at += 8
    }
    return finish(hash, bytes.count, bytes, from: at)
  }

  private static func finish(_ hash: UInt64, _ length: Int, _ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt64
  {
    var hash = hash
    var at = start
    if at + 4 <= bytes.count {
      let word = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
      hash = rotate(hash ^ UInt64(word) &* p1, 23) &* p2 &+ p3
      at += 4
    }
    while at < bytes.count {
      hash = rotate(hash ^ UInt64(bytes[at]) &* p5, 11) &* p1
      at += 1
    }
    hash ^= hash >> 33
    hash &*= p2
    hash ^= hash >> 29
    hash &*= p3
    return hash ^ hash >> 32
  }
}
