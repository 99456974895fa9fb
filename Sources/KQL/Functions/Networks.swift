// SPDX-License-Identifier: Apache-2.0
import JSON

/// IPv4 and IPv6 addresses.
extension Functions {
  private static func bit(_ value: Bool?) -> Scalar { value.map(Scalar.bool) ?? .null(.bool) }

  /// An address cut to its own prefix and to one more.
  private static func network(_ text: String, _ prefix: Int64?) -> (address: UInt32, bits: Int)? {
    guard let range = IPv4.parse(text) else { return nil }
    let bits = min(range.prefix, prefix.map { Int(max(0, min(32, $0))) } ?? 32)
    return (bits == 0 ? 0 : range.address & (~0 << UInt32(32 - bits)), bits)
  }

  private static func compare(_ values: [Scalar]) -> Int64? {
    let prefix = values.count > 2 ? values[2].int64 : nil
    guard let a = IPv4.parse(values[0].text), let b = IPv4.parse(values[1].text) else { return nil }
    let bits = Int64(min(a.prefix, b.prefix, Int(max(0, min(32, prefix ?? 32)))))
    guard let x = network(values[0].text, bits), let y = network(values[1].text, bits) else { return nil }
    return x.address == y.address ? 0 : x.address < y.address ? -1 : 1
  }

  private static func compare6(_ values: [Scalar]) -> Int64? {
    guard let a = IPv6.parse(values[0].text), let b = IPv6.parse(values[1].text) else { return nil }
    let asked = values.count > 2 ? values[2].int64.map { Int(max(0, min(128, $0))) } ?? 128 : 128
    let bits = min(a.prefix, b.prefix, asked)
    let (x, y) = (IPv6.mask(a.bytes, bits), IPv6.mask(b.bytes, bits))
    return x == y ? 0 : x.lexicographicallyPrecedes(y) ? -1 : 1
  }

  /// Runs of digits and dots that stand alone in a text.
  private static func candidates(_ text: String) -> [Substring] {
    text.split { !($0.isASCII && ($0.isNumber || $0.isLetter || $0 == "." || $0 == "_")) }
      .map { $0.hasSuffix(".") ? $0.dropLast() : $0 }
  }
  private static func has(_ text: String, _ address: String) -> Bool {
    IPv4.parse(address) != nil && candidates(text).contains { $0 == address }
  }
  private static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
    let whole = prefix.hasSuffix(".")
    return candidates(text).contains { candidate in
      guard candidate.hasPrefix(prefix), IPv4.parse(String(candidate)) != nil else { return false }
      return whole || candidate.count == prefix.count
    }
  }
  private static func any(_ values: [Scalar], _ test: (String, String) -> Bool) -> Scalar {
    let needles = values.dropFirst().flatMap { value in elements(value)?.compactMap(\.string) ?? [value.text] }
    return .bool(needles.contains { test(values[0].text, $0) })
  }

  static let networks: [ScalarFunction] = [
    cells(
      "ipv4_compare", "ipv4_compare(a, b, prefix)", "-1, 0 or 1 as a comes before, at or after b.", arity: 2...3,
      [.string, .string, .long], .long
    ) { compare($0).map(Scalar.long) ?? .null(.long) },
    cells(
      "ipv4_is_match", "ipv4_is_match(a, b, prefix)", "Whether two addresses or ranges match.", arity: 2...3,
      [.string, .string, .long], .bool
    ) { bit(compare($0).map { $0 == 0 }) },
    cells(
      "ipv6_compare", "ipv6_compare(a, b, prefix)", "-1, 0 or 1 as a comes before, at or after b.", arity: 2...3,
      [.string, .string, .long], .long
    ) { compare6($0).map(Scalar.long) ?? .null(.long) },
    cells(
      "ipv6_is_match", "ipv6_is_match(a, b, prefix)", "Whether two addresses or ranges match.", arity: 2...3,
      [.string, .string, .long], .bool
    ) { bit(compare6($0).map { $0 == 0 }) },
    cells(
      "ipv6_is_in_range", "ipv6_is_in_range(address, range)", "Whether an address lies in a range.", arity: 2...2,
      [.string],
      .bool
    ) { bit(IPv6.isIn($0[0].text, $0[1].text)) },
    cells(
      "ipv4_is_in_any_range", "ipv4_is_in_any_range(address, ranges)", "Whether an address lies in one of the ranges.",
      arity: 2...64, [.string, nil], .bool
    ) { values in
      guard let address = IPv4.parse(values[0].text) else { return .null(.bool) }
      return any(values) { _, range in IPv4.parse(range).map { IPv4.contains($0, address) } ?? false }
    },
    cells(
      "ipv6_is_in_any_range", "ipv6_is_in_any_range(address, ranges)", "Whether an address lies in one of the ranges.",
      arity: 2...64, [.string, nil], .bool
    ) { values in
      guard IPv6.parse(values[0].text) != nil else { return .null(.bool) }
      return any(values) { address, range in IPv6.isIn(address, range) ?? false }
    },
    cells("has_ipv4", "has_ipv4(text, address)", "Whether an address stands in a text.", arity: 2...2, [.string], .bool)
    {
      .bool(has($0[0].text, $0[1].text))
    },
    cells(
      "has_any_ipv4", "has_any_ipv4(text, addresses)", "Whether one of the addresses stands in a text.", arity: 2...64,
      [.string, nil], .bool
    ) { any($0, has) },
    cells(
      "has_ipv4_prefix", "has_ipv4_prefix(text, prefix)", "Whether an address with a prefix stands in a text.",
      arity: 2...2,
      [.string], .bool
    ) { .bool(hasPrefix($0[0].text, $0[1].text)) },
    cells(
      "has_any_ipv4_prefix", "has_any_ipv4_prefix(text, prefixes)",
      "Whether an address with one of the prefixes stands in a text.",
      arity: 2...64, [.string, nil], .bool
    ) { any($0, hasPrefix) },
    cells(
      "ipv4_netmask_suffix", "ipv4_netmask_suffix(address)", "The length of the prefix.", arity: 1...1, [.string], .long
    ) {
      IPv4.parse($0[0].text).map { .long(Int64($0.prefix)) } ?? .null(.long)
    },
    cells(
      "parse_ipv4_mask", "parse_ipv4_mask(address, prefix)", "The masked address as a number.", arity: 2...2,
      [.string, .long], .long
    ) {
      network($0[0].text, $0[1].int64).map { .long(Int64($0.address)) } ?? .null(.long)
    },
    cells("parse_ipv6", "parse_ipv6(address)", "The address in full.", arity: 1...1, [.string], .string) {
      .string(IPv6.parse($0[0].text, embedded: true).map { IPv6.text(IPv6.mask($0.bytes, $0.prefix)) } ?? "")
    },
    cells(
      "parse_ipv6_mask", "parse_ipv6_mask(address, prefix)", "The masked address in full.", arity: 2...2,
      [.string, .long], .string
    ) {
      values in
      guard let address = IPv6.parse(values[0].text, embedded: true) else { return .string("") }
      let bits = min(address.prefix, Int(max(0, min(128, values[1].int64 ?? 128))))
      return .string(IPv6.text(IPv6.mask(address.bytes, bits)))
    },
    formatted("format_ipv4", masked: false), formatted("format_ipv4_mask", masked: true),
    cells(
      "ipv4_range_to_cidr_list", "ipv4_range_to_cidr_list(first, last)",
      "The ranges that cover two addresses and what lies between.",
      arity: 2...2, [.string], .dynamic
    ) { values in
      guard let first = IPv4.parse(values[0].text), let last = IPv4.parse(values[1].text), first.address <= last.address
      else {
        return .null(.dynamic)
      }
      var builder = JSONBuilder()
      builder.beginArray()
      var at = UInt64(first.address)
      while at <= UInt64(last.address) {
        var bits = at == 0 ? 32 : min(32, at.trailingZeroBitCount)
        while at + (1 << UInt64(bits)) - 1 > UInt64(last.address) { bits -= 1 }
        builder.append("\(dotted(UInt32(at)))/\(32 - bits)")
        at += 1 << UInt64(bits)
      }
      builder.endArray()
      return .dynamic(builder.finish().root)
    },
  ]

  private static func dotted(_ address: UInt32) -> String {
    "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
  }

  private static func formatted(_ name: String, masked: Bool) -> ScalarFunction {
    cells(name, "\(name)(address, prefix)", "The masked address as a text.", arity: 1...2, [nil, .long], .string) {
      values in
      var prefix: Int64 = 32
      if values.count > 1 {
        guard let given = values[1].int64, (0...32).contains(given) else { return .string("") }
        prefix = given
      }
      let address: (address: UInt32, bits: Int)?
      if let number = values[0].int64 {
        address = UInt32(exactly: number).flatMap { network(dotted($0), prefix) }
      } else {
        address = network(values[0].text, prefix)
      }
      return .string(address.map { dotted($0.address) + (masked ? "/\($0.bits)" : "") } ?? "")
    }
  }
}

/// IPv6 addresses; an IPv4 address counts as its mapped form.
enum IPv6 {
  /// `embedded`: the prefix of an address that ends in IPv4 notation counts from there, as parse_ipv6() has it.
  static func parse(_ text: String, embedded: Bool = false) -> (bytes: [UInt8], prefix: Int)? {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count <= 2, let head = halves.first else { return nil }
    var prefix = 128
    if halves.count == 2 {
      guard let bits = Int(halves[1]), (0...128).contains(bits) else { return nil }
      prefix = bits
    }
    if let range = IPv4.parse(String(head)) {
      let mapped =
        [UInt8](repeating: 0, count: 10) + [255, 255]
        + (0..<4).map { UInt8(truncatingIfNeeded: range.address >> UInt32(24 - $0 * 8)) }
      if halves.count == 2 { prefix = min(128, 96 + prefix) }
      return (mapped, prefix)
    }
    if embedded, head.contains("."), halves.count == 2 { prefix = min(128, 96 + min(32, prefix)) }
    guard let gap = head.firstRange(of: "::") else {
      guard let bytes = groups(head), bytes.count == 16 else { return nil }
      return (bytes, prefix)
    }
    guard let before = groups(head[..<gap.lowerBound]), let after = groups(head[gap.upperBound...]),
      before.count + after.count <= 14
    else { return nil }
    return (before + [UInt8](repeating: 0, count: 16 - before.count - after.count) + after, prefix)
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains("."), let range = IPv4.parse(String(part)) {
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: range.address >> UInt32(24 - $0 * 8)) }
        continue
      }
      guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else { return nil }
      bytes += [UInt8(group >> 8), UInt8(group & 255)]
    }
    return bytes
  }

  static func mask(_ bytes: [UInt8], _ prefix: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let bits = max(0, min(8, prefix - index * 8))
      return bits == 8 ? byte : byte & ~(0xFF >> UInt8(bits))
    }
  }

  static func isIn(_ address: String, _ range: String) -> Bool? {
    guard let a = parse(address), let r = parse(range) else { return nil }
    return mask(a.bytes, r.prefix) == mask(r.bytes, r.prefix)
  }

  static func text(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: 16, by: 2).map { JSONDigest.hex(bytes[$0...$0 + 1]) }.joined(separator: ":")
  }
}
