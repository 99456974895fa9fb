// SPDX-License-Identifier: Apache-2.0

/// Numbers in as few bits as the widest of them needs, least significant bit first, one after another.
enum BitPacking {
  /// Bits that `largest` needs. Widths over 56 become 64, so that a number never spans more than eight bytes.
  static func width(of largest: UInt64) -> Int {
    let bits = 64 - largest.leadingZeroBitCount
    return bits > 56 ? 64 : bits
  }

  /// Bytes that `count` numbers take, with the padding that lets the reader load eight bytes at any of them.
  static func size(_ count: Int, width: Int) -> Int { width == 0 ? 0 : (count * width + 7) / 8 + 8 }

  static func pack(_ values: some Sequence<UInt64>, count: Int, width: Int, into out: inout [UInt8]) {
    if width == 0 { return }
    let start = out.count
    out.append(contentsOf: repeatElement(0, count: size(count, width: width)))
    out.withUnsafeMutableBytes { bytes in
      var bit = 0
      for value in values {
        let at = start + bit >> 3
        let shift = UInt64(bit & 7)
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        bytes.storeBytes(of: (word | value << shift).littleEndian, toByteOffset: at, as: UInt64.self)
        bit += width
      }
    }
  }

  /// The number at a place; 0 past the end.
  @inline(__always) static func number(_ bytes: UnsafeRawBufferPointer, at place: Int, width: Int) -> UInt64 {
    let bit = place &* width
    guard width > 0, bit >> 3 &+ 8 <= bytes.count else { return 0 }
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
    return word >> UInt64(bit & 7) & (width == 64 ? .max : 1 << UInt64(width) - 1)
  }

  /// Calls `body` with the place and value of each of `count` numbers.
  @inline(__always) static func unpack(
    _ bytes: UnsafeRawBufferPointer, count: Int, width: Int, _ body: (Int, UInt64) -> Void
  ) {
    guard width > 0, bytes.count >= size(count, width: width), let base = bytes.baseAddress else {
      for index in 0..<count { body(index, 0) }
      return
    }
    let mask: UInt64 = width == 64 ? .max : 1 << UInt64(width) - 1
    var bit = 0
    var index = 0
    // A load has at least 57 bits: of narrow numbers it has several.
    if width <= 7 {
      while index &+ 8 <= count {
        let word =
          UInt64(littleEndian: base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)) >> UInt64(bit & 7)
        for part in 0..<8 { body(index &+ part, word &>> UInt64(part &* width) & mask) }
        bit &+= width &* 8
        index &+= 8
      }
    } else if width <= 14 {
      while index &+ 4 <= count {
        let word =
          UInt64(littleEndian: base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)) >> UInt64(bit & 7)
        for part in 0..<4 { body(index &+ part, word &>> UInt64(part &* width) & mask) }
        bit &+= width &* 4
        index &+= 4
      }
    } else if width <= 28 {
      while index &+ 2 <= count {
        let word =
          UInt64(littleEndian: base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self)) >> UInt64(bit & 7)
        body(index, word & mask)
        body(index &+ 1, word &>> UInt64(width) & mask)
        bit &+= width &* 2
        index &+= 2
      }
    }
    while index < count {
      let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
      body(index, word >> UInt64(bit & 7) & mask)
      bit &+= width
      index &+= 1
    }
  }
}
