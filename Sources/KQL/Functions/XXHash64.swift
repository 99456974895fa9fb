// SPDX-License-Identifier: Apache-2.0

/// xxHash64 with seed 0, as its published specification has it.
enum XXHash64 {
  private static let p1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let p2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let p3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let p4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let p5: UInt64 = 0x27D4_EB2F_1656_67C5

  private static func rotate(_ x: UInt64, _ by: UInt64) -> UInt64 { x << by | x >> (64 - by) }
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 { rotate(lane &+ input &* p2, 31) &* p1 }

  static func hash(_ bytes: [UInt8]) -> UInt64 {
    func word(_ at: Int) -> UInt64 { (0..<8).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64($1 * 8) } }
    func half(_ at: Int) -> UInt64 { (0..<4).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64($1 * 8) } }
    var at = 0
    var hash: UInt64
    if bytes.count >= 32 {
      var lanes = [p1 &+ p2, p2, 0, 0 &- p1]
      while at + 32 <= bytes.count {
        for lane in 0..<4 { lanes[lane] = round(lanes[lane], word(at + lane * 8)) }
        at += 32
      }
      hash = rotate(lanes[0], 1) &+ rotate(lanes[1], 7) &+ rotate(lanes[2], 12) &+ rotate(lanes[3], 18)
      for lane in lanes { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
    } else {
      hash = p5
    }
    hash = hash &+ UInt64(bytes.count)
    while at + 8 <= bytes.count {
      hash = rotate(hash ^ round(0, word(at)), 27) &* p1 &+ p4
      at += 8
    }
    if at + 4 <= bytes.count {
      hash = rotate(hash ^ half(at) &* p1, 23) &* p2 &+ p3
      at += 4
    }
    while at < bytes.count {
      hash = rotate(hash ^ UInt64(bytes[at]) &* p5, 11) &* p1
      at += 1
    }
    hash = (hash ^ hash >> 33) &* p2
    hash = (hash ^ hash >> 29) &* p3
    return hash ^ hash >> 32
  }
}
