// SPDX-License-Identifier: Apache-2.0

/// A bit per row, 64 to a word. Bits past `count` are zero.
package struct Bitmap: Sendable, Equatable {
  package private(set) var words: [UInt64]
  package private(set) var count: Int

  package init(count: Int, filledWith bit: Bool = false) {
    self.count = count
    words = [UInt64](repeating: bit ? .max : 0, count: (count + 63) / 64)
    if bit { trim() }
  }

  /// A bit per row by a test, a word at a time.
  @inline(__always) init(count: Int, where test: (Int) -> Bool) {
    self.count = count
    words = [UInt64](unsafeUninitializedCapacity: (count + 63) / 64) { words, made in
      withUnsafeTemporaryAllocation(byteCount: 64, alignment: 8) { tests in
        for word in 0..<(count + 63) / 64 {
          let start = word << 6
          if count &- start >= 64 {
            for bit in 0..<64 { tests[bit] = test(start &+ bit) ? 1 : 0 }
          } else {
            for bit in 0..<64 { tests[bit] = start &+ bit < count && test(start &+ bit) ? 1 : 0 }
          }
          var bits: UInt64 = 0
          // The product has the low bits of eight bytes side by side in its highest byte.
          for byte in 0..<8 {
            let eight = UInt64(littleEndian: tests.load(fromByteOffset: byte &* 8, as: UInt64.self))
            bits |= ((eight &* 0x0102_0408_1020_4080) >> 56) &<< UInt64(byte &* 8)
          }
          words.initializeElement(at: word, to: bits)
        }
        made = (count + 63) / 64
      }
    }
  }

  /// The bits of little-endian words.
  init(count: Int, words bytes: UnsafeRawBufferPointer) {
    self.count = count
    words = (0..<(count + 63) / 64).map {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
    }
    trim()
  }

  private mutating func trim() {
    let tail = count & 63
    if tail != 0, let last = words.indices.last { words[last] &= (1 << UInt64(tail)) - 1 }
  }

  package subscript(_ index: Int) -> Bool {
    @inline(__always) get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    @inline(__always) set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }

  package mutating func append(_ bit: Bool) {
    if count & 63 == 0 { words.append(0) }
    count += 1
    if bit { self[count - 1] = true }
  }

  mutating func removeLast() {
    self[count - 1] = false
    count -= 1
    if count & 63 == 0 { words.removeLast() }
  }

  package var popcount: Int { words.reduce(0) { $0 &+ $1.nonzeroBitCount } }
  package var isAllSet: Bool { popcount == count }
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  package static func & (left: Bitmap, right: Bitmap) -> Bitmap { left.combined(right) { $0 & $1 } }
  package static func | (left: Bitmap, right: Bitmap) -> Bitmap { left.combined(right) { $0 | $1 } }
  package static prefix func ~ (bits: Bitmap) -> Bitmap {
    var result = bits
    for index in result.words.indices { result.words[index] = ~result.words[index] }
    result.trim()
    return result
  }

  @inline(__always) private func combined(_ other: Bitmap, _ body: (UInt64, UInt64) -> UInt64) -> Bitmap {
    var result = self
    for index in result.words.indices { result.words[index] = body(words[index], other.words[index]) }
    return result
  }

  /// Calls `body` with the row number of each set bit, ascending.
  @inline(__always) package func forEachSet(_ body: (Int) -> Void) {
    for (position, word) in words.enumerated() {
      var word = word
      while word != 0 {
        body(position << 6 + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
  }

  /// Row numbers of the set bits, ascending.
  package var indices: [Int] {
    [Int](unsafeUninitializedCapacity: popcount) { result, made in
      for (position, word) in words.enumerated() {
        var word = word
        while word != 0 {
          result.initializeElement(at: made, to: position << 6 + word.trailingZeroBitCount)
          made &+= 1
          word &= word - 1
        }
      }
    }
  }
}
