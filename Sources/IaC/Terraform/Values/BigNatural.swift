// SPDX-License-Identifier: Apache-2.0

/// A natural number of any size, as 32-bit limbs from the lowest; zero has none.
struct BigNatural: Sendable, Equatable {
  private(set) var limbs: [UInt32] = []

  static let zero = BigNatural()

  init() {}

  init(_ value: UInt64) {
    limbs = [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
    trim()
  }

  private init(limbs: [UInt32]) {
    self.limbs = limbs
    trim()
  }

  /// The number that digits of a base spell; nil where one is none.
  init?(digits: some Sequence<UInt8>, base: UInt32 = 10) {
    for byte in digits {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x61...0x7A: digit = byte - 0x61 + 10
      case 0x41...0x5A: digit = byte - 0x41 + 10
      default: return nil
      }
      guard digit < base else { return nil }
      multiply(by: base, adding: UInt32(digit))
    }
  }

  private mutating func trim() {
    while limbs.last == 0 { limbs.removeLast() }
  }

  var isZero: Bool { limbs.isEmpty }
  var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }
  var bitWidth: Int { limbs.isEmpty ? 0 : limbs.count * 32 - limbs[limbs.count - 1].leadingZeroBitCount }
  var uint64: UInt64? {
    guard limbs.count <= 2 else { return nil }
    return UInt64(limbs.first ?? 0) | UInt64(limbs.count > 1 ? limbs[1] : 0) << 32
  }

  var trailingZeros: Int {
    var count = 0
    for limb in limbs {
      if limb != 0 { return count + limb.trailingZeroBitCount }
      count += 32
    }
    return count
  }

  func bit(_ index: Int) -> Bool {
    let limb = index / 32
    return limb < limbs.count && limbs[limb] >> UInt32(index % 32) & 1 == 1
  }

  mutating func multiply(by factor: UInt32, adding addend: UInt32 = 0) {
    var carry = UInt64(addend)
    for index in limbs.indices {
      carry += UInt64(limbs[index]) * UInt64(factor)
      limbs[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
    trim()
  }

  /// Divides in place and returns the remainder.
  mutating func divide(by divisor: UInt32) -> UInt32 {
    var remainder: UInt64 = 0
    for index in limbs.indices.reversed() {
      remainder = remainder << 32 | UInt64(limbs[index])
      limbs[index] = UInt32(remainder / UInt64(divisor))
      remainder %= UInt64(divisor)
    }
    trim()
    return UInt32(remainder)
  }

  static func power(_ base: UInt32, _ exponent: Int) -> BigNatural {
    var result = BigNatural(1)
    var square = BigNatural(UInt64(base))
    var left = exponent
    while left > 0 {
      if left & 1 == 1 { result = result * square }
      left >>= 1
      if left > 0 { square = square * square }
    }
    return result
  }

  static func + (left: BigNatural, right: BigNatural) -> BigNatural {
    let (long, short) = left.limbs.count >= right.limbs.count ? (left.limbs, right.limbs) : (right.limbs, left.limbs)
    var out = long
    var carry: UInt64 = 0
    for index in long.indices {
      carry += UInt64(long[index]) + UInt64(index < short.count ? short[index] : 0)
      out[index] = UInt32(truncatingIfNeeded: carry)
      carry >>= 32
    }
    if carry > 0 { out.append(UInt32(carry)) }
    return BigNatural(limbs: out)
  }

  /// `left` is not less than `right`.
  static func - (left: BigNatural, right: BigNatural) -> BigNatural {
    var out = left.limbs
    var borrow: Int64 = 0
    for index in out.indices {
      let difference = Int64(out[index]) - Int64(index < right.limbs.count ? right.limbs[index] : 0) - borrow
      borrow = difference < 0 ? 1 : 0
      out[index] = UInt32(truncatingIfNeeded: difference)
    }
    return BigNatural(limbs: out)
  }

  static func * (left: BigNatural, right: BigNatural) -> BigNatural {
    guard !left.isZero, !right.isZero else { return .zero }
    var out = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
    for (i, a) in left.limbs.enumerated() {
      var carry: UInt64 = 0
      for (j, b) in right.limbs.enumerated() {
        carry += UInt64(a) * UInt64(b) + UInt64(out[i + j])
        out[i + j] = UInt32(truncatingIfNeeded: carry)
        carry >>= 32
      }
      out[i + right.limbs.count] = UInt32(carry)
    }
    return BigNatural(limbs: out)
  }

  static func << (left: BigNatural, bits: Int) -> BigNatural {
    guard bits > 0, !left.isZero else { return left }
    let (words, shift) = (bits / 32, UInt32(bits % 32))
    var out = [UInt32](repeating: 0, count: words)
    var carry: UInt32 = 0
    for limb in left.limbs {
      out.append(limb << shift | carry)
      carry = shift == 0 ? 0 : limb >> (32 - shift)
    }
    out.append(carry)
    return BigNatural(limbs: out)
  }

  static func >> (left: BigNatural, bits: Int) -> BigNatural {
    guard bits > 0 else { return left }
    let (words, shift) = (bits / 32, UInt32(bits % 32))
    guard words < left.limbs.count else { return .zero }
    var out = Array(left.limbs[words...])
    if shift > 0 {
      for index in out.indices {
        out[index] = out[index] >> shift | (index + 1 < out.count ? out[index + 1] << (32 - shift) : 0)
      }
    }
    return BigNatural(limbs: out)
  }

  /// Long division by shifting and subtracting; operands here have some 1,000 bits.
  func quotientAndRemainder(_ divisor: BigNatural) -> (BigNatural, BigNatural) {
    if divisor.limbs.count == 1 {
      var quotient = self
      let remainder = quotient.divide(by: divisor.limbs[0])
      return (quotient, BigNatural(UInt64(remainder)))
    }
    var quotient = [UInt32](repeating: 0, count: limbs.count)
    var remainder = BigNatural.zero
    for index in stride(from: bitWidth - 1, through: 0, by: -1) {
      remainder = remainder << 1
      if bit(index) { remainder = remainder + BigNatural(1) }
      if remainder >= divisor {
        remainder = remainder - divisor
        quotient[index / 32] |= 1 << UInt32(index % 32)
      }
    }
    return (BigNatural(limbs: quotient), remainder)
  }

  /// ASCII digits in a base up to 36; "0" for zero.
  func digits(base: UInt32 = 10) -> [UInt8] {
    guard !isZero else { return [0x30] }
    let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
    var rest = self
    var out: [UInt8] = []
    while !rest.isZero { out.append(alphabet[Int(rest.divide(by: base))]) }
    return out.reversed()
  }
}

extension BigNatural: Comparable {
  static func < (left: BigNatural, right: BigNatural) -> Bool {
    if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
    for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
      return left.limbs[index] < right.limbs[index]
    }
    return false
  }
}
