// SPDX-License-Identifier: Apache-2.0
import JSON

/// Base64, compression and Punycode.
extension Functions {
  private static func utf8(_ bytes: [UInt8]?) -> Scalar {
    .string(bytes.flatMap { String(validating: $0, as: UTF8.self) } ?? "")
  }

  private static func text(
    _ name: String, _ meaning: String, _ body: @escaping @Sendable (String) -> Scalar
  ) -> ScalarFunction {
    cells(name, "\(name)(text)", meaning, arity: 1...1, [.string], .string) { body($0[0].text) }
  }

  /// The bytes of a GUID as Windows stores it: the first three groups little-endian.
  private static let guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

  private static func guid(_ bytes: [UInt8]) -> Scalar {
    guard bytes.count == 16 else { return .null(.guid) }
    let digits = JSONDigest.hex(guidOrder.map { bytes[$0] })
    var out = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { out.append("-") }
      out.append(digit)
    }
    return .guid(out)
  }

  private static func bytes(ofGuid text: String) -> [UInt8]? {
    let digits = text.utf8.filter { $0 != 0x2D }.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == 32 else { return nil }
    return guidOrder.map { UInt8(digits[$0 * 2] << 4 | digits[$0 * 2 + 1]) }
  }

  static let codecs: [ScalarFunction] = [
    text("base64_encode_tostring", "The text in Base64: base64_encode_tostring('Kusto') is S3VzdG8=.") {
      .string(Base64.encode(Array($0.utf8)))
    },
    text("base64_decode_tostring", "The text that Base64 holds; empty where it is not Base64 of UTF-8.") {
      utf8(Base64.decode($0))
    },
    cells(
      "base64_decode_toarray", "base64_decode_toarray(text)", "The bytes that Base64 holds, as numbers.", arity: 1...1,
      [.string], .dynamic
    ) {
      guard let bytes = Base64.decode($0[0].text) else { return .null(.dynamic) }
      var builder = JSONBuilder()
      builder.beginArray()
      for byte in bytes { builder.append(Int64(byte)) }
      builder.endArray()
      return .dynamic(builder.finish().root)
    },
    cells(
      "base64_encode_fromarray", "base64_encode_fromarray(bytes)", "Bytes given as numbers, in Base64.", arity: 1...1,
      [.dynamic], .string
    ) {
      guard let items = elements($0[0]) else { return .string("") }
      let bytes = items.compactMap { $0.int64.flatMap { UInt8(exactly: $0) } }
      return .string(bytes.count == items.count ? Base64.encode(bytes) : "")
    },
    cells(
      "base64_decode_toguid", "base64_decode_toguid(text)", "The GUID that Base64 holds.", arity: 1...1, [.string],
      .guid
    ) {
      Base64.decode($0[0].text).map(guid) ?? .null(.guid)
    },
    cells("base64_encode_fromguid", "base64_encode_fromguid(guid)", "A GUID in Base64.", arity: 1...1, [.guid], .string)
    {
      .string($0[0].isNull ? "" : bytes(ofGuid: $0[0].text).map(Base64.encode) ?? "")
    },
    text("gzip_compress_to_base64_string", "The text as gzip in Base64.") {
      .string(Base64.encode(Deflate.gzip(Array($0.utf8))))
    },
    text("gzip_decompress_from_base64_string", "The text that gzip in Base64 holds; empty where there is none.") {
      utf8(Base64.decode($0).flatMap(Deflate.ungzip))
    },
    text("zlib_compress_to_base64_string", "The text as zlib in Base64.") {
      .string(Base64.encode(Deflate.zlib(Array($0.utf8))))
    },
    text("zlib_decompress_from_base64_string", "The text that zlib in Base64 holds; empty where there is none.") {
      utf8(Base64.decode($0).flatMap(Deflate.unzlib))
    },
    text("punycode_from_string", "The text in Punycode, without the prefix of domains.") {
      .string(Punycode.encode($0) ?? "")
    },
    text("punycode_to_string", "The text that Punycode holds.") { .string(Punycode.decode($0) ?? "") },
    text("punycode_domain_from_string", "The domain in Unicode that labels in Punycode tell.") {
      .string(Punycode.toUnicode($0) ?? "")
    },
    text("punycode_domain_to_string", "A domain in Unicode, its labels in Punycode where they need it.") {
      .string(Punycode.toASCII($0))
    },
  ]
}

/// Punycode (RFC 3492), and domains as labels of it.
enum Punycode {
  private static func adapt(_ delta: Int, _ points: Int, first: Bool) -> Int {
    var delta = first ? delta / 700 : delta / 2
    delta += delta / points
    var k = 0
    while delta > 455 {
      delta /= 35
      k += 36
    }
    return k + 36 * delta / (delta + 38)
  }

  static func encode(_ text: String) -> String? {
    let points = text.unicodeScalars.map { Int($0.value) }
    guard points.count < 10_000 else { return nil }
    var out = points.filter { $0 < 128 }.map { UInt8($0) }
    let basic = out.count
    if basic > 0 { out.append(0x2D) }
    var (n, delta, bias, handled) = (128, 0, 72, basic)
    while handled < points.count {
      guard let next = points.filter({ $0 >= n }).min() else { return nil }
      delta += (next - n) * (handled + 1)
      n = next
      for point in points {
        if point < n { delta += 1 }
        if point != n { continue }
        var q = delta
        var k = 36
        while true {
          let t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
          if q < t { break }
          out.append(digit(t + (q - t) % (36 - t)))
          q = (q - t) / (36 - t)
          k += 36
        }
        out.append(digit(q))
        bias = adapt(delta, handled + 1, first: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? 0x61 + value : 0x30 + value - 26) }

  static func decode(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count < 10_000, bytes.allSatisfy({ $0 < 128 }) else { return nil }
    let mark = bytes.lastIndex(of: 0x2D)
    var points: [Int] = bytes[..<(mark ?? 0)].map { Int($0) }
    var (n, i, bias) = (128, 0, 72)
    var at = mark.map { $0 + 1 } ?? 0
    while at < bytes.count {
      let (before, first) = (i, i == 0 && n == 128)
      var (weight, k) = (1, 36)
      while true {
        guard at < bytes.count, let value = Character(Unicode.Scalar(bytes[at])).base36, weight < 1 << 40 else {
          return nil
        }
        at += 1
        i += value * weight
        let t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
        if value < t { break }
        weight *= 36 - t
        k += 36
      }
      bias = adapt(i - before, points.count + 1, first: first)
      n += i / (points.count + 1)
      i %= points.count + 1
      guard n < 0x11_0000 else { return nil }
      points.insert(n, at: i)
      i += 1
    }
    var view = String.UnicodeScalarView()
    for point in points {
      guard let scalar = Unicode.Scalar(UInt32(point)) else { return nil }
      view.append(scalar)
    }
    return String(view)
  }

  static func toUnicode(_ domain: String) -> String? {
    var labels: [String] = []
    for label in domain.split(separator: ".", omittingEmptySubsequences: false) {
      if label.prefix(4).lowercased() == "xn--" {
        guard let decoded = decode(String(label.dropFirst(4))) else { return nil }
        labels.append(decoded)
      } else {
        labels.append(String(label))
      }
    }
    return labels.joined(separator: ".")
  }

  static func toASCII(_ domain: String) -> String {
    let dots: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
    return domain.unicodeScalars.split(omittingEmptySubsequences: false) { dots.contains($0) }.map { label in
      let text = String(label)
      return text.utf8.allSatisfy { $0 < 128 } ? text : encode(text).map { "xn--" + $0 } ?? text
    }.joined(separator: ".")
  }
}

extension Character {
  fileprivate var base36: Int? {
    guard let byte = asciiValue else { return nil }
    switch byte {
    case 0x30...0x39: return Int(byte) - 0x30 + 26
    case 0x41...0x5A: return Int(byte) - 0x41
    case 0x61...0x7A: return Int(byte) - 0x61
    default: return nil
    }
  }
}
