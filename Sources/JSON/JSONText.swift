// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Text forms of strings and numbers, on bytes.
package enum JSONText {
  /// Resolves the escapes of a string that was checked by the parser.
  package static func unescape(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      guard byte == 0x5C, at + 1 < bytes.count else {
        out.append(byte)
        at += 1
        continue
      }
      switch bytes[at + 1] {
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x75:
        guard var scalar = JSONParser.hexUnit(bytes, at + 2) else { return out }
        at += 4
        if (0xD800..<0xDC00).contains(scalar), let low = JSONParser.hexUnit(bytes, at + 4) {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
          at += 6
        }
        if let scalar = Unicode.Scalar(scalar) { out.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
      case let other: out.append(other)
      }
      at += 2
    }
    return out
  }

  /// Appends `bytes` as a quoted JSON string.
  package static func quote(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    out.append(0x22)
    var clean = 0
    for at in 0..<bytes.count {
      let byte = bytes[at]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
      if clean < at { out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[clean..<at])) }
      clean = at + 1
      switch byte {
      case 0x22: out.append(contentsOf: [0x5C, 0x22])
      case 0x5C: out.append(contentsOf: [0x5C, 0x5C])
      case 0x08: out.append(contentsOf: [0x5C, 0x62])
      case 0x0C: out.append(contentsOf: [0x5C, 0x66])
      case 0x0A: out.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: out.append(contentsOf: [0x5C, 0x72])
      case 0x09: out.append(contentsOf: [0x5C, 0x74])
      default:
        let hex = Array("0123456789abcdef".utf8)
        out.append(contentsOf: [0x5C, 0x75, 0x30, 0x30, hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      }
    }
    if clean < bytes.count { out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[clean...])) }
    out.append(0x22)
  }

  /// The value of a decimal integer literal, or nil where it does not fit.
  static func int64(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = bytes.first else { return nil }
    let negative = first == 0x2D
    var value: Int64 = 0
    for index in (negative ? 1 : 0)..<bytes.count {
      let digit = Int64(bytes[index] &- 0x30)
      guard (0...9).contains(digit) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = negative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// Correctly rounded value of a number literal.
  package static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double {
    if let value = short(bytes) { return value }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
      for index in 0..<bytes.count { buffer[index] = CChar(bitPattern: bytes[index]) }
      buffer[bytes.count] = 0
      guard let base = buffer.baseAddress else { return .nan }
      return strtod(base, nil)
    }
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  /// The value of at most 15 digits with a fraction: both they and the power of ten are exact, and so is one division
  /// rounded (W. D. Clinger, "How to read floating point numbers accurately", 1990).
  private static func short(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    let start = bytes.first == 0x2D ? 1 : 0
    guard bytes.count - start <= 16 else { return nil }
    var (value, digits, fraction): (Int64, Int, Int?) = (0, 0, nil)
    for index in start..<bytes.count {
      let digit = bytes[index] &- 0x30
      if digit < 10 {
        value = value &* 10 &+ Int64(digit)
        digits &+= 1
      } else if bytes[index] == 0x2E, fraction == nil {
        fraction = digits
      } else {
        return nil
      }
    }
    guard digits > 0, digits <= 15 else { return nil }
    let size = Double(value) / powers[digits - (fraction ?? digits)]
    return start == 1 ? -size : size
  }

  /// Whether a literal with a fraction or exponent is held by Double without loss a reader could see: at most 17
  /// significant digits, neither overflowing nor vanishing.
  static func isExactDouble(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var significant = 0
    var leading = true
    for byte in bytes {
      if byte | 0x20 == 0x65 {
        guard significant <= 17 else { return false }
        let value = double(bytes)
        return value.isFinite && (value != 0 || significant == 0)
      }
      guard byte &- 0x30 < 10 else { continue }
      if leading && byte == 0x30 { continue }
      leading = false
      significant += 1
    }
    return significant <= 17
  }
}
