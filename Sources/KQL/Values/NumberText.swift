// SPDX-License-Identifier: Apache-2.0

/// Numbers as Kusto reads and prints them.
package enum NumberText {
  package static func format(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return value.description
  }

  /// Digits with an optional sign, or a hexadecimal literal.
  package static func long(_ text: String) -> Int64? {
    let text = TimeSpan.trimSpaces(text)
    let negative = text.hasPrefix("-")
    let digits = negative || text.hasPrefix("+") ? text.dropFirst() : Substring(text)
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      guard let value = UInt64(digits.dropFirst(2), radix: 16) else { return nil }
      let signed = Int64(bitPattern: value)
      return negative ? 0 &- signed : signed
    }
    return Int64(text)
  }

  package static func real(_ text: String) -> Double? {
    let text = TimeSpan.trimSpaces(text)
    switch text.lowercased() {
    case "nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    guard let first = text.utf8.first, first != 0x2B || text.utf8.count > 1,
      text.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B || $0 | 0x20 == 0x65 })
    else { return nil }
    return Double(text)
  }
}
