// SPDX-License-Identifier: Apache-2.0

internal import Foundation

extension ARMFunction {
  /// A .NET composite format: `{index,alignment:format}`, braces doubled where they are meant.
  static func format(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let pattern = Array(try call.string(0))
    var text = ""
    var at = 0
    while at < pattern.count {
      let mark = pattern[at]
      if mark == "{" || mark == "}", at + 1 < pattern.count, pattern[at + 1] == mark {
        text.append(mark)
        at += 2
      } else if mark == "}" {
        throw call.fail("unmatched closing brace at character \(at)")
      } else if mark == "{" {
        guard let close = pattern[at...].firstIndex(of: "}") else {
          throw call.fail("unmatched opening brace at character \(at)")
        }
        text += try placeholder(call, String(pattern[(at + 1)..<close]))
        at = close + 1
      } else {
        text.append(mark)
        at += 1
      }
      if text.utf8.count > call.limits.size { throw call.fail("the text is too long") }
    }
    return .string(text)
  }

  private static func placeholder(_ call: ARMCall, _ item: String) throws(ARMError) -> String {
    let colon = item.firstIndex(of: ":")
    let head = colon.map { String(item[..<$0]) } ?? item
    let parts = head.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let number = parts[0].trimming(while: \.isWhitespace)
    guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }), let index = Int(number) else {
      throw call.fail("invalid placeholder {\(item)}")
    }
    guard index < call.count - 1 else {
      throw call.fail("placeholder {\(index)} references argument index \(index), which is not there")
    }
    let value = call[index + 1]
    var text: String
    if let colon {
      text = try formatted(call, value, String(item[item.index(after: colon)...]))
    } else if let flag = value.bool {
      text = flag ? "True" : "False"
    } else {
      text = value.isNull ? "" : Self.text(of: value)
    }
    if parts.count > 1 {
      guard let width = Int(parts[1].trimming(while: \.isWhitespace)) else { throw call.fail("invalid alignment") }
      guard abs(width) < 1_000_000 else { throw call.fail("the alignment exceeds maximum allowed") }
      let pad = String(repeating: " ", count: max(0, abs(width) - text.count))
      text = width < 0 ? text + pad : pad + text
    }
    return text
  }

  private static func formatted(_ call: ARMCall, _ value: ARMValue, _ format: String) throws(ARMError) -> String {
    if let date = value.string.flatMap({ ARMDate($0) }) {
      do { return try date.formatted(format) } catch { throw call.fail(error.message) }
    }
    guard let number = value.number, let specifier = format.first else { return Self.text(of: value) }
    let digits = format.dropFirst()
    guard specifier.isLetter, digits.allSatisfy({ $0.isASCII && $0.isNumber }), digits.count <= 2 else {
      return try custom(call, number, format)
    }
    let precision = Int(digits)
    switch specifier {
    case "d", "D":
      guard let whole = value.int else { throw call.fail("invalid numeric format specifier: D is for integers") }
      let text = String(whole.magnitude)
      return (whole < 0 ? "-" : "") + String(repeating: "0", count: max(0, (precision ?? 0) - text.count)) + text
    case "x", "X":
      guard let whole = value.int else { throw call.fail("invalid numeric format specifier: X is for integers") }
      let text = String(UInt64(bitPattern: whole), radix: 16, uppercase: specifier == "X")
      return String(repeating: "0", count: max(0, (precision ?? 0) - text.count)) + text
    case "f", "F": return fixed(number, precision ?? 2)
    case "n", "N": return grouped(fixed(number, precision ?? 2))
    case "p", "P": return grouped(fixed(number * 100, precision ?? 2)) + " %"
    case "c", "C":
      return (number < 0 ? "(" : "") + "¤" + grouped(fixed(abs(number), precision ?? 2)) + (number < 0 ? ")" : "")
    case "e", "E": return exponential(number, precision ?? 6, specifier)
    case "g", "G", "r", "R": return Self.text(of: value)
    default: throw call.fail("invalid numeric format specifier '\(specifier)'")
    }
  }

  /// With so many decimals, half away from zero as .NET rounds.
  private static func fixed(_ number: Double, _ decimals: Int) -> String {
    var decimal = Decimal(string: number.description) ?? Decimal(number)
    var rounded = Decimal()
    NSDecimalRound(&rounded, &decimal, decimals, .plain)
    var text = rounded.description
    if decimals > 0 {
      if !text.contains(".") { text += "." }
      let have = text.distance(from: text.firstIndex(of: ".") ?? text.endIndex, to: text.endIndex) - 1
      text += String(repeating: "0", count: max(0, decimals - have))
    }
    return text
  }

  private static func grouped(_ text: String) -> String {
    let isNegative = text.hasPrefix("-")
    let whole = Array(text.drop { $0 == "-" }.prefix { $0 != "." })
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return (isNegative ? "-" : "") + grouped + text.drop { $0 != "." }
  }

  private static func exponential(_ number: Double, _ decimals: Int, _ mark: Character) -> String {
    if number == 0 { return fixed(0, decimals) + "\(mark)+000" }
    var exponent = Int(Double.log10(abs(number)).rounded(.down))
    var text = fixed(number / Double.power(10, exponent), decimals)
    if text.drop(while: { $0 == "-" }).prefix(while: { $0 != "." }).count > 1 {
      exponent += 1
      text = fixed(number / Double.power(10, exponent), decimals)
    }
    let digits = String(abs(exponent))
    return text + "\(mark)\(exponent < 0 ? "-" : "+")" + String(repeating: "0", count: max(0, 3 - digits.count))
      + digits
  }

  /// A pattern of 0, #, comma, point and percent.
  private static func custom(_ call: ARMCall, _ number: Double, _ format: String) throws(ARMError) -> String {
    guard !format.isEmpty, format.allSatisfy({ "0#,.%".contains($0) }), format.filter({ $0 == "." }).count < 2 else {
      throw call.fail("invalid numeric format specifier '\(format)'")
    }
    let parts = format.split(separator: ".", omittingEmptySubsequences: false)
    let decimals = parts.count > 1 ? parts[1].filter { "0#".contains($0) } : ""
    var text = fixed(format.contains("%") ? number * 100 : number, decimals.count)
    for place in decimals.reversed() where place == "#" && text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    let least = parts[0].filter { $0 == "0" }.count
    let isNegative = text.hasPrefix("-")
    if isNegative { text.removeFirst() }
    let whole = text.prefix { $0 != "." }.count
    text = String(repeating: "0", count: max(0, least - whole)) + text
    if least == 0, text.hasPrefix("0") { text.removeFirst() }
    if parts[0].contains(",") { text = grouped(text) }
    return (isNegative ? "-" : "") + text + (format.contains("%") ? "%" : "")
  }
}

extension StringProtocol {
  /// Without the characters at both ends of which `isCut` is true.
  func trimming(while isCut: (Character) -> Bool) -> String {
    guard let first = firstIndex(where: { !isCut($0) }), let last = lastIndex(where: { !isCut($0) }) else { return "" }
    return String(self[first...last])
  }
}

extension Double {
  fileprivate static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= base }
    return exponent < 0 ? 1 / result : result
  }

  /// The decimal exponent, close enough to be mended by one.
  fileprivate static func log10(_ number: Double) -> Double { Double(number.exponent) * 0.301_029_995_663_981_2 }
}
