// SPDX-License-Identifier: Apache-2.0
internal import JSON

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ARMFunction {
  /// Encodings of text: base 64, URIs, JSON.
  static let texts: [ARMFunction] = [
    ARMFunction(
      "base64", 1...1,
      .strict { call throws(ARMError) in .string(Data(try call.string(0).utf8).base64EncodedString()) }),
    ARMFunction(
      "base64ToString", 1...1, .strict { call throws(ARMError) in .string(try decoded(call, call.string(0))) }),
    ARMFunction(
      "base64ToJson", 1...1, .strict { call throws(ARMError) in try json(call, decoded(call, call.string(0))) }),
    ARMFunction("json", 1...1, .strict { call throws(ARMError) in try json(call, call.string(0)) }),
    ARMFunction(
      "dataUri", 1...1,
      .strict { call throws(ARMError) in
        .string("data:text/plain;charset=utf8;base64," + Data(try call.string(0).utf8).base64EncodedString())
      }),
    ARMFunction("dataUriToString", 1...1, .strict(dataUriToString)),
    ARMFunction("uri", 2...2, .strict(uri)),
    ARMFunction("uriComponent", 1...1, .strict { call throws(ARMError) in .string(encoded(try call.string(0))) }),
    ARMFunction(
      "uriComponentToString", 1...1,
      .strict { call throws(ARMError) in
        guard let text = unencoded(try call.string(0)) else { throw call.fail("the text is not percent-encoded UTF-8") }
        return .string(text)
      }),
  ]

  private static func decoded(_ call: ARMCall, _ text: String) throws(ARMError) -> String {
    guard let data = Data(base64Encoded: text), let text = String(validating: data, as: UTF8.self) else {
      throw call.fail("the text is not base 64 of UTF-8")
    }
    return text
  }

  private static func json(_ call: ARMCall, _ text: String) throws(ARMError) -> ARMValue {
    do {
      return ARMValue(
        try JSONDocument(parsing: Array(text.utf8), limits: JSONLimits(depth: 128, bytes: call.limits.size)).root)
    } catch {
      throw call.fail("the text is not JSON: \(error.description)")
    }
  }

  private static func dataUriToString(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let text = try call.string(0)
    guard text.lowercased().hasPrefix("data:"), let comma = text.firstIndex(of: ",") else {
      throw call.fail("the text is no data URI")
    }
    let content = String(text[text.index(after: comma)...])
    if text[..<comma].lowercased().hasSuffix(";base64") { return .string(try decoded(call, content)) }
    guard let plain = unencoded(content) else { throw call.fail("the text is not percent-encoded UTF-8") }
    return .string(plain)
  }

  /// Percent-encoded, all but the unreserved characters (RFC 3986, 2.3).
  private static func encoded(_ text: String) -> String {
    var out: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      let isPlain = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      if isPlain { out.append(byte) } else { out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func unencoded(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var at = 0
    func digit(_ index: Int) -> UInt8? {
      index < bytes.count ? Character(Unicode.Scalar(bytes[index])).hexDigitValue.map(UInt8.init) : nil
    }
    while at < bytes.count {
      if bytes[at] == 0x25, let high = digit(at + 1), let low = digit(at + 2) {
        out.append(high << 4 | low)
        at += 3
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(validating: out, as: UTF8.self)
  }

  /// Resolves a reference against an absolute URI (RFC 3986, 5.2, without queries of the base).
  private static func uri(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let (base, reference) = (try call.string(0), try call.string(1))
    if reference.contains("://") { return .string(reference) }
    guard let scheme = base.firstRange(of: "://") else { throw call.fail("'\(base)' is no absolute URI") }
    let rest = base[scheme.upperBound...]
    let authority = base[..<scheme.upperBound] + rest.prefix { !"/?#".contains($0) }
    if reference.hasPrefix("//") { return .string(base[..<scheme.lowerBound] + ":" + reference) }
    let path = base[authority.endIndex...].prefix { $0 != "?" && $0 != "#" }
    var target = reference.prefix { $0 != "?" && $0 != "#" }
    let tail = reference[target.endIndex...]
    if target.isEmpty {
      target = path
    } else if !target.hasPrefix("/") {
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
      target = Substring(String(folder) + String(target))
    }
    var segments: [Substring] = []
    let parts = target.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      switch part {
      case ".": if isLast { segments.append("") }
      case "..":
        _ = segments.popLast()
        if isLast { segments.append("") }
      default: segments.append(part)
      }
    }
    return .string(String(authority) + "/" + segments.joined(separator: "/") + String(tail))
  }
}
