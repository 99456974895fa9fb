// SPDX-License-Identifier: Apache-2.0

/// A number as Terraform computes it: a binary floating point number of 512 bits, or of the 64 or 53 bits that a function
/// gave it. Small integers take a fast path.
package struct Number: Sendable {
  /// What is not held by `small`: ±mantissa × 2^exponent, the mantissa odd or zero.
  private struct Big: Sendable {
    var isNegative: Bool
    var mantissa: BigNatural
    var exponent: Int
  }

  private enum Storage: Sendable {
    case small(Int)
    case big(Big)
  }

  private let storage: Storage
  /// Bits of the mantissa.
  let precision: Int

  /// Precision of literals and of what is computed from them.
  static let full = 512
  /// Largest power of ten that a literal may have.
  private static let largestExponent = 4000

  /// Whether it is the zero below zero, which Terraform prints as "-0".
  private let isNegativeZero: Bool

  package init(_ value: Int, precision: Int = 64, isNegativeZero: Bool = false) {
    storage = .small(value)
    self.isNegativeZero = isNegativeZero && value == 0
    self.precision = precision
  }

  /// Nil for what is not finite.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let parts = Big(
      isNegative: value < 0, mantissa: BigNatural(value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)),
      exponent: value == 0 ? 0 : Int(value.exponentBitPattern == 0 ? 1 : value.exponentBitPattern) - 1075)
    self.init(parts, precision: 53)
  }

  /// Reads a decimal literal; nil where the text is none or beyond all use.
  package init?(_ text: String) {
    var text = text
    guard let parsed = text.withUTF8({ Self.parse($0) }) else { return nil }
    self = parsed
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Number? {
    var at = 0
    var isNegative = false
    if let first = bytes.first, first == 0x2D || first == 0x2B {
      isNegative = first == 0x2D
      at = 1
    }
    var digits: [UInt8] = []
    var (scale, isFraction) = (0, false)
    loop: while at < bytes.count {
      switch bytes[at] {
      case 0x30...0x39:
        digits.append(bytes[at])
        if isFraction { scale -= 1 }
      case 0x2E where !isFraction: isFraction = true
      default: break loop
      }
      at += 1
    }
    guard !digits.isEmpty else { return nil }
    if at < bytes.count {
      guard bytes[at] | 0x20 == 0x65,
        let exponent = Int(String(decoding: UnsafeBufferPointer(rebasing: bytes[(at + 1)...]), as: UTF8.self)),
        abs(exponent) <= largestExponent
      else { return nil }
      scale += exponent
    }
    guard digits.count <= 2 * largestExponent else { return nil }
    if scale == 0, digits.count <= 18 {
      let value = digits.reduce(0) { $0 &* 10 &+ Int($1 &- 0x30) }
      return Number(isNegative ? -value : value, precision: full, isNegativeZero: isNegative)
    }
    guard let natural = BigNatural(digits: digits) else { return nil }
    if scale >= 0 {
      return Number(
        Big(isNegative: isNegative, mantissa: natural * BigNatural.power(10, scale), exponent: 0), precision: full)
    }
    return quotient(natural, BigNatural.power(10, -scale), exponent: 0, isNegative: isNegative, precision: full)
  }

  private init(_ big: Big, precision: Int) {
    self.precision = precision
    isNegativeZero = big.mantissa.isZero && big.isNegative
    var big = big
    let extra = big.mantissa.bitWidth - precision
    if extra > 0 { Self.round(&big, dropping: extra, sticky: false) }
    let zeros = big.mantissa.isZero ? 0 : big.mantissa.trailingZeros
    if big.mantissa.isZero {
      storage = .small(0)
    } else if big.exponent + zeros >= 0, big.mantissa.bitWidth + big.exponent <= 63,
      let value = (big.exponent >= 0 ? big.mantissa << big.exponent : big.mantissa >> -big.exponent).uint64
    {
      storage = .small(big.isNegative ? -Int(value) : Int(value))
    } else {
      big.mantissa = big.mantissa >> zeros
      big.exponent += zeros
      storage = .big(big)
    }
  }

  /// Rounds half to even.
  private static func round(_ big: inout Big, dropping bits: Int, sticky: Bool) {
    let half = big.mantissa.bit(bits - 1)
    let isExactHalf = half && !sticky && big.mantissa.trailingZeros >= bits - 1
    var kept = big.mantissa >> bits
    if half, !isExactHalf || kept.isOdd { kept = kept + BigNatural(1) }
    big.mantissa = kept
    big.exponent += bits
  }

  private static func quotient(
    _ a: BigNatural, _ b: BigNatural, exponent: Int, isNegative: Bool, precision: Int
  ) -> Number {
    let shift = max(0, precision + 2 - a.bitWidth + b.bitWidth)
    let (quotient, remainder) = (a << shift).quotientAndRemainder(b)
    var big = Big(isNegative: isNegative, mantissa: quotient, exponent: exponent - shift)
    let extra = quotient.bitWidth - precision
    if extra > 0 { round(&big, dropping: extra, sticky: !remainder.isZero) }
    return Number(big, precision: precision)
  }

  private var big: Big {
    switch storage {
    case .small(let value):
      Big(
        isNegative: value < 0 || isNegativeZero, mantissa: BigNatural(UInt64(value.magnitude)), exponent: 0)
    case .big(let big): big
    }
  }

  // MARK: Parts

  /// The integer, if it is one that Int holds.
  package var int: Int? {
    if case .small(let value) = storage { return value }
    return nil
  }

  package var isInteger: Bool {
    switch storage {
    case .small: true
    case .big(let big): big.exponent >= 0
    }
  }

  /// -1, 0 or 1.
  var sign: Int {
    switch storage {
    case .small(let value): value.signum()
    case .big(let big): big.isNegative ? -1 : 1
    }
  }

  package var double: Double {
    switch storage {
    case .small(let value): Double(value)
    case .big: Double(text) ?? .nan
    }
  }

  var isNegative: Bool { sign < 0 || isNegativeZero }

  /// The magnitude without its fraction.
  var naturalPart: BigNatural {
    let big = big
    return big.exponent >= 0 ? big.mantissa << big.exponent : big.mantissa >> -big.exponent
  }

  init(_ natural: BigNatural, isNegative: Bool, precision: Int = full) {
    self.init(Big(isNegative: isNegative, mantissa: natural, exponent: 0), precision: precision)
  }

  // MARK: Arithmetic

  static prefix func - (value: Number) -> Number {
    var big = value.big
    big.isNegative.toggle()
    return Number(big, precision: value.precision)
  }

  static func + (left: Number, right: Number) -> Number {
    let precision = max(left.precision, right.precision)
    if case .small(let a) = left.storage, case .small(let b) = right.storage {
      let (sum, overflow) = a.addingReportingOverflow(b)
      if !overflow {
        return Number(
          sum, precision: precision, isNegativeZero: left.isNegativeZero && right.isNegativeZero)
      }
    }
    let (a, b) = (left.big, right.big)
    let exponent = min(a.exponent, b.exponent)
    let (x, y) = (a.mantissa << (a.exponent - exponent), b.mantissa << (b.exponent - exponent))
    let big =
      a.isNegative == b.isNegative
      ? Big(isNegative: a.isNegative, mantissa: x + y, exponent: exponent)
      : x >= y
        ? Big(isNegative: a.isNegative && x != y, mantissa: x - y, exponent: exponent)
        : Big(isNegative: b.isNegative, mantissa: y - x, exponent: exponent)
    return Number(big, precision: precision)
  }

  static func - (left: Number, right: Number) -> Number { left + -right }

  static func * (left: Number, right: Number) -> Number {
    let precision = max(left.precision, right.precision)
    if case .small(let a) = left.storage, case .small(let b) = right.storage {
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow {
        return Number(product, precision: precision, isNegativeZero: left.isNegative != right.isNegative)
      }
    }
    let (a, b) = (left.big, right.big)
    let product = Number(
      Big(
        isNegative: a.isNegative != b.isNegative, mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent),
      precision: full)
    // A product keeps the bits that it needs, though its factors had fewer.
    let needed = product.big.mantissa.bitWidth
    return Number(product.big, precision: max(precision, needed))
  }

  /// Nil where the divisor is zero.
  func divided(by other: Number) -> Number? {
    guard other.sign != 0 else { return nil }
    let precision = max(precision, other.precision)
    if case .small(let a) = storage, case .small(let b) = other.storage, b != -1, a % b == 0 {
      return Number(a / b, precision: precision, isNegativeZero: isNegative != other.isNegative)
    }
    let (a, b) = (big, other.big)
    return Self.quotient(
      a.mantissa, b.mantissa, exponent: a.exponent - b.exponent, isNegative: a.isNegative != b.isNegative,
      precision: precision)
  }

  /// Computed, as Terraform does, with no more bits than the dividend has.
  func remainder(by other: Number) -> Number? {
    guard let ratio = divided(by: other) else { return nil }
    let whole = Number((other * ratio.truncated).big, precision: precision)
    return Number((self - whole).big, precision: precision)
  }

  var truncated: Number {
    isInteger ? self : Number(naturalPart, isNegative: sign < 0 && !naturalPart.isZero, precision: precision)
  }
  var floor: Number { isInteger || sign > 0 ? truncated : truncated - Number(1) }
  var ceiling: Number { isInteger || sign < 0 ? truncated : truncated + Number(1) }

  // MARK: Text

  /// Digits d1d2... with the value 0.d1d2... × 10^point, exact.
  func decimal() -> (digits: [UInt8], point: Int) {
    let big = big
    guard !big.mantissa.isZero else { return ([], 0) }
    return Self.decimal(big.mantissa, big.exponent)
  }

  private static func decimal(_ mantissa: BigNatural, _ exponent: Int) -> (digits: [UInt8], point: Int) {
    // m / 2^k = m × 5^k / 10^k
    var digits =
      exponent >= 0 ? (mantissa << exponent).digits() : (mantissa * BigNatural.power(5, -exponent)).digits()
    let point = digits.count + min(0, exponent)
    while digits.last == 0x30 { digits.removeLast() }
    return (digits, point)
  }

  /// The shortest decimal that is read back as this number at its precision, without an exponent.
  package var text: String {
    if isNegativeZero { return "-0" }
    if case .small(let value) = storage, precision >= 64 || value.magnitude < 1 << 53 { return String(value) }
    let (digits, point) = shortest()
    var out: [UInt8] = sign < 0 ? [0x2D] : []
    if point <= 0 { out.append(0x30) }
    for place in 0..<max(0, point) { out.append(place < digits.count ? digits[place] : 0x30) }
    if digits.count > point {
      out.append(0x2E)
      out += [UInt8](repeating: 0x30, count: max(0, -point))
      out += digits[max(0, point)...]
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// As `decimal`, with no more digits than tell it from its neighbours.
  func shortest() -> (digits: [UInt8], point: Int) {
    let big = big
    let (digits, point) = decimal()
    let shift = precision + 1 - big.mantissa.bitWidth
    let mantissa = shift >= 0 ? big.mantissa << shift : big.mantissa >> -shift
    let lower = Self.decimal(mantissa - BigNatural(1), big.exponent - shift)
    let upper = Self.decimal(mantissa + BigNatural(1), big.exponent - shift)
    let isInclusive = !mantissa.bit(1)
    func digit(_ of: (digits: [UInt8], point: Int), _ index: Int) -> UInt8 {
      let place = index + of.point - point
      return place >= 0 && place < of.digits.count ? of.digits[place] : 0x30
    }
    for (index, digit0) in digits.enumerated() {
      let (low, high) = (digit(lower, index), digit(upper, index))
      let down = low != digit0 || isInclusive && index + 1 == lower.digits.count
      let up = digit0 != high && (isInclusive || digit0 + 1 < high || index + 1 < upper.digits.count)
      if down && up { return Self.rounded(digits, point, to: index + 1) }
      if down { return Self.cut(digits, point, to: index + 1) }
      if up { return Self.raised(digits, point, to: index + 1) }
    }
    return (digits, point)
  }

  private static func cut(_ digits: [UInt8], _ point: Int, to count: Int) -> (digits: [UInt8], point: Int) {
    var kept = Array(digits.prefix(max(0, count)))
    while kept.last == 0x30 { kept.removeLast() }
    return (kept, kept.isEmpty ? 0 : point)
  }

  private static func raised(_ digits: [UInt8], _ point: Int, to count: Int) -> (digits: [UInt8], point: Int) {
    var kept = Array(digits.prefix(max(0, count)))
    while let last = kept.popLast() {
      if last < 0x39 { return (kept + [last + 1], point) }
    }
    return ([0x31], point + 1)
  }

  /// Rounds to a count of digits, half to even.
  static func rounded(_ digits: [UInt8], _ point: Int, to count: Int) -> (digits: [UInt8], point: Int) {
    guard count >= 0 else { return ([], 0) }
    guard count < digits.count else { return (digits, point) }
    let isExactHalf = digits[count] == 0x35 && count + 1 == digits.count
    let up = isExactHalf ? count > 0 && digits[count - 1] & 1 == 1 : digits[count] >= 0x35
    return up ? raised(digits, point, to: count) : cut(digits, point, to: count)
  }
}

extension Number: Comparable {
  package static func == (left: Number, right: Number) -> Bool {
    switch (left.storage, right.storage) {
    case (.small(let a), .small(let b)): a == b
    case (.big(let a), .big(let b)):
      a.isNegative == b.isNegative && a.exponent == b.exponent && a.mantissa == b.mantissa
    default: false
    }
  }

  package static func < (left: Number, right: Number) -> Bool {
    if case .small(let a) = left.storage, case .small(let b) = right.storage { return a < b }
    return (left - right).sign < 0
  }
}
