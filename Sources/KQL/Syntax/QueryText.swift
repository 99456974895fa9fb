// SPDX-License-Identifier: Apache-2.0

/// The text of a query from the bytes of a file, as editors on several systems write it.
package enum QueryText {
  /// UTF-8 with or without a byte order mark; UTF-16 of either order with a mark, or without one where every other byte
  /// of the text is zero, as it is in UTF-16 of mostly ASCII. Bytes that are no text become U+FFFD.
  package static func decode(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes[3...], as: UTF8.self) }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...], isLittle: true) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...], isLittle: false) }
    let sample = bytes.prefix(512)
    if sample.count >= 4, sample.contains(0) {
      let even = sample.enumerated().count { $0.offset % 2 == 0 && $0.element == 0 }
      let odd = sample.enumerated().count { $0.offset % 2 == 1 && $0.element == 0 }
      if odd > sample.count * 3 / 10, even < odd / 4 + 1 { return utf16(bytes[...], isLittle: true) }
      if even > sample.count * 3 / 10, odd < even / 4 + 1 { return utf16(bytes[...], isLittle: false) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var at = bytes.startIndex
    while at + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
      units.append(isLittle ? first | second << 8 : first << 8 | second)
      at += 2
    }
    return String(decoding: units, as: UTF16.self)
  }
}
