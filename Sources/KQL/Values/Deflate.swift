// SPDX-License-Identifier: Apache-2.0

/// Deflate (RFC 1951) within zlib (RFC 1950) and gzip (RFC 1952) wrappers. It reads every block kind and writes stored ones.
package enum Deflate {
  /// What a text may grow to: a bomb ends here.
  static let limit = 64 << 20

  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var at = 0
    repeat {
      let count = min(65_535, bytes.count - at)
      out.append(at + count == bytes.count ? 1 : 0)
      let length = UInt16(count)
      out += [UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)]
      out += bytes[at..<at + count]
      at += count
    } while at < bytes.count
    return out
  }

  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    let sum = adler(bytes)
    return [0x78, 0x01] + stored(bytes) + (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(24 - $0 * 8)) }
  }

  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let (sum, size) = (crc(bytes), UInt32(truncatingIfNeeded: bytes.count))
    let tail = [sum, size].flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) } }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + stored(bytes) + tail
  }

  static func unzlib(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 6, bytes[0] & 15 == 8, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0, bytes[1] & 32 == 0 else {
      return nil
    }
    var reader = DeflateReader(bytes: bytes, at: 2)
    guard let out = reader.inflate() else { return nil }
    return reader.trailer(bigEndian: true) == adler(out) ? out : nil
  }

  static func ungzip(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count > 18, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 else { return nil }
    var at = 10
    if bytes[3] & 4 != 0 { at += 2 + Int(bytes[10]) + Int(bytes[11]) << 8 }
    for flag: UInt8 in [8, 16] where bytes[3] & flag != 0 {
      while at < bytes.count, bytes[at] != 0 { at += 1 }
      at += 1
    }
    if bytes[3] & 2 != 0 { at += 2 }
    guard at < bytes.count else { return nil }
    var reader = DeflateReader(bytes: bytes, at: at)
    guard let out = reader.inflate() else { return nil }
    return reader.trailer(bigEndian: false) == crc(out) ? out : nil
  }

  static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a &+ UInt32(byte)) % 65_521
      b = (b &+ a) % 65_521
    }
    return b << 16 | a
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { word, _ in word & 1 == 1 ? 0xEDB8_8320 ^ word >> 1 : word >> 1 }
  }
  /// CRC-32 as gzip and zip have it.
  package static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crcTable[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
  }
}

/// Canonical Huffman codes, read bit by bit.
private struct Codes {
  var counts = [Int](repeating: 0, count: 16)
  var symbols: [Int] = []

  init(_ lengths: [Int]) {
    for length in lengths where length > 0 { counts[length] += 1 }
    for length in 1...15 {
      for (symbol, own) in lengths.enumerated() where own == length { symbols.append(symbol) }
    }
  }
}

struct DeflateReader {
  let bytes: [UInt8]
  var at: Int
  private var bit = 0
  private var failed = false

  init(bytes: [UInt8], at: Int) {
    self.bytes = bytes
    self.at = at
  }

  private mutating func bits(_ count: Int) -> Int {
    var value = 0
    for place in 0..<count {
      guard at < bytes.count else {
        failed = true
        return 0
      }
      value |= Int(bytes[at] >> UInt8(bit) & 1) << place
      bit += 1
      if bit == 8 { (bit, at) = (0, at + 1) }
    }
    return value
  }

  private mutating func symbol(_ codes: Codes) -> Int? {
    var (code, first, index) = (0, 0, 0)
    for length in 1...15 {
      code |= bits(1)
      if failed { return nil }
      let count = codes.counts[length]
      if code - first < count { return codes.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }

  private mutating func align() { if bit > 0 { (bit, at) = (0, at + 1) } }

  mutating func trailer(bigEndian: Bool) -> UInt32? {
    align()
    guard at + 4 <= bytes.count else { return nil }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(bigEndian ? 24 - $1 * 8 : $1 * 8) }
  }

  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthExtra = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let fixed = Codes(
    [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
      + [Int](repeating: 8, count: 8))
  private static let fixedDistances = Codes([Int](repeating: 5, count: 30))

  /// The unpacked bytes, or nil where the stream is damaged or unpacks to more than the limit.
  mutating func inflate() -> [UInt8]? {
    var out: [UInt8] = []
    var last = false
    while !last {
      last = bits(1) == 1
      let fine: Bool
      switch bits(2) {
      case 0: fine = copy(&out)
      case 1: fine = block(Self.fixed, Self.fixedDistances, &out)
      case 2: fine = dynamicCodes().map { block($0.0, $0.1, &out) } ?? false
      default: return nil
      }
      guard fine, !failed else { return nil }
    }
    return out
  }

  private mutating func copy(_ out: inout [UInt8]) -> Bool {
    align()
    guard at + 4 <= bytes.count else { return false }
    let count = Int(bytes[at]) | Int(bytes[at + 1]) << 8
    guard count == ~(Int(bytes[at + 2]) | Int(bytes[at + 3]) << 8) & 0xFFFF, at + 4 + count <= bytes.count else {
      return false
    }
    out += bytes[at + 4..<at + 4 + count]
    at += 4 + count
    return out.count <= Deflate.limit
  }

  private mutating func dynamicCodes() -> (Codes, Codes)? {
    let (literals, distances, codes) = (bits(5) + 257, bits(5) + 1, bits(4) + 4)
    var lengths = [Int](repeating: 0, count: 19)
    for index in 0..<codes { lengths[Self.order[index]] = bits(3) }
    let table = Codes(lengths)
    var all: [Int] = []
    while all.count < literals + distances {
      guard let symbol = symbol(table) else { return nil }
      switch symbol {
      case 16:
        guard let previous = all.last else { return nil }
        all += [Int](repeating: previous, count: 3 + bits(2))
      case 17: all += [Int](repeating: 0, count: 3 + bits(3))
      case 18: all += [Int](repeating: 0, count: 11 + bits(7))
      default: all.append(symbol)
      }
    }
    guard all.count == literals + distances else { return nil }
    return (Codes(Array(all[..<literals])), Codes(Array(all[literals...])))
  }

  private mutating func block(_ literals: Codes, _ distances: Codes, _ out: inout [UInt8]) -> Bool {
    while true {
      guard let found = symbol(literals), out.count <= Deflate.limit else { return false }
      if found < 256 { out.append(UInt8(found)); continue }
      if found == 256 { return true }
      guard found - 257 < 29 else { return false }
      let length = Self.lengthBase[found - 257] + bits(Self.lengthExtra[found - 257])
      guard let code = symbol(distances), code < 30 else { return false }
      let distance = code < 4 ? code + 1 : (2 + code % 2) << (code / 2 - 1) + 1 + bits(code / 2 - 1)
      guard distance <= out.count else { return false }
      for _ in 0..<length { out.append(out[out.count - distance]) }
    }
  }
}
