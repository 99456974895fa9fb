// SPDX-License-Identifier: Apache-2.0

/// RFC 3986 percent encoding as signatures require it: only unreserved characters stay.
package enum PercentEncoding {
  private static let hex = Array("0123456789ABCDEF".utf8)

  @inline(__always) private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }

  package static func append(_ text: some Sequence<UInt8>, keepingSlashes: Bool = false, to bytes: inout [UInt8]) {
    for byte in text {
      if isUnreserved(byte) || (keepingSlashes && byte == 0x2F) {
        bytes.append(byte)
      } else {
        bytes.append(0x25)
        bytes.append(hex[Int(byte >> 4)])
        bytes.append(hex[Int(byte & 15)])
      }
    }
  }

  package static func encode(_ text: String, keepingSlashes: Bool = false) -> String {
    if text.utf8.allSatisfy({ isUnreserved($0) || (keepingSlashes && $0 == 0x2F) }) { return text }
    var bytes: [UInt8] = []
    append(text.utf8, keepingSlashes: keepingSlashes, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  package static func decode(_ text: String) -> String {
    guard text.utf8.contains(0x25) else { return text }
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var at = 0
    while at < source.count {
      if source[at] == 0x25, at + 2 < source.count, let high = digit(source[at + 1]), let low = digit(source[at + 2]) {
        bytes.append(high << 4 | low)
        at += 3
      } else {
        bytes.append(source[at])
        at += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
