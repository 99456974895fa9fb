// SPDX-License-Identifier: Apache-2.0

/// Numbers in the forms that `format` gives them, which are those of Go's big floats.
extension Number {
  private func signed(_ text: String) -> String { isNegative ? "-" + text : text }

  /// `%.3f`: a count of digits after the point, rounded half to even.
  func fixed(decimals: Int) -> String {
    let (all, allPoint) = decimal()
    let (digits, point) = Self.rounded(all, allPoint, to: allPoint + decimals)
    return signed(Self.fixed(digits, point, decimals))
  }

  private static func fixed(_ digits: [UInt8], _ point: Int, _ decimals: Int) -> String {
    func digit(_ place: Int) -> UInt8 { place >= 0 && place < digits.count ? digits[place] : 0x30 }
    var out: [UInt8] = point > 0 ? (0..<point).map(digit) : [0x30]
    if decimals > 0 { out += [0x2E] + (0..<decimals).map { digit(point + $0) } }
    return String(decoding: out, as: UTF8.self)
  }

  /// `%.3e`: one digit before the point, a count after it; nil for as many as it takes.
  func scientific(decimals: Int?) -> String {
    let (digits, point) =
      decimals.map { count -> ([UInt8], Int) in
        let (all, allPoint) = decimal()
        return Self.rounded(all, allPoint, to: count + 1)
      } ?? shortest()
    return signed(Self.scientific(digits, point, decimals ?? max(0, digits.count - 1)))
  }

  private static func scientific(_ digits: [UInt8], _ point: Int, _ decimals: Int) -> String {
    var out: [UInt8] = [digits.first ?? 0x30]
    if decimals > 0 {
      out.append(0x2E)
      out += (1...decimals).map { $0 < digits.count ? digits[$0] : 0x30 }
    }
    let exponent = digits.isEmpty ? 0 : point - 1
    let size = String(exponent.magnitude)
    return String(decoding: out, as: UTF8.self) + (exponent < 0 ? "e-" : "e+") + (size.count < 2 ? "0" : "") + size
  }

  /// `%.3g`: a count of significant digits, nil for as many as it takes; with an exponent where that is large or small.
  func general(digits precision: Int?) -> String {
    var count = precision ?? 0
    if precision == 0 { count = 1 }
    let (digits, point): ([UInt8], Int)
    if precision == nil {
      (digits, point) = shortest()
      count = 6
    } else {
      let (all, allPoint) = decimal()
      (digits, point) = Self.rounded(all, allPoint, to: count)
    }
    var threshold = count
    if precision != nil, threshold > digits.count, digits.count >= point { threshold = digits.count }
    let exponent = point - 1
    if !digits.isEmpty, exponent < -4 || exponent >= threshold {
      return signed(Self.scientific(digits, point, max(0, digits.count - 1)))
    }
    return signed(Self.fixed(digits, point, max(0, digits.count - point)))
  }
}
