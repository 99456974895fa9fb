// SPDX-License-Identifier: Apache-2.0

extension ARMFunction {
  /// Functions of IP ranges.
  static let networks: [ARMFunction] = [
    ARMFunction(
      "ipRangeContains", 2...2,
      .strict { call throws(ARMError) in
        guard let range = IPRange(try call.string(0)), let inner = IPRange(try call.string(1)) else {
          return .bool(false)
        }
        return .bool(range.isV6 == inner.isV6 && range.first <= inner.first && inner.last <= range.last)
      }),
    ARMFunction("parseCidr", 1...1, .strict(parseCidr)),
    ARMFunction("cidrSubnet", 3...3, .strict(cidrSubnet)),
    ARMFunction("cidrHost", 2...2, .strict(cidrHost)),
  ]

  private static func network(_ call: ARMCall) throws(ARMError) -> IPRange {
    let text = try call.string(0)
    guard let range = IPRange(text), range.prefix != nil else { throw call.fail("'\(text)' is no CIDR range") }
    return range
  }

  private static func parseCidr(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let range = try network(call)
    let prefix = range.prefix ?? 0
    let isPoint = range.last - range.first < 2 || range.isV6
    var members: [ARMValue.Member] = [.init("network", .string(range.text(range.first)))]
    members.append(.init("netmask", .string(range.text(IPRange.mask(prefix, range.width)))))
    if !range.isV6 { members.append(.init("broadcast", .string(range.text(range.last)))) }
    members.append(.init("firstUsable", .string(range.text(isPoint ? range.first : range.first + 1))))
    members.append(.init("lastUsable", .string(range.text(isPoint ? range.last : range.last - 1))))
    members.append(.init("cidr", .int(Int64(prefix))))
    return .object(members)
  }

  private static func cidrSubnet(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let range = try network(call)
    let (prefix, index) = (try call.int(1), try call.int(2))
    guard prefix >= Int64(range.prefix ?? 0), prefix <= Int64(range.width) else {
      throw call.fail("/\(prefix) does not divide the range")
    }
    let size = UInt128(1) << UInt128(range.width - Int(prefix))
    let (start, overflow) = UInt128(max(0, index)).multipliedReportingOverflow(by: prefix == 0 ? 0 : size)
    guard index >= 0, !overflow, start <= range.last - range.first else {
      throw call.fail("the range has no subnet number \(index)")
    }
    return .string("\(range.text(range.first + start))/\(prefix)")
  }

  private static func cidrHost(_ call: ARMCall) throws(ARMError) -> ARMValue {
    let range = try network(call)
    let index = try call.int(1)
    // Hosts are counted from the first usable address, which comes after that of the network.
    guard index >= 0, UInt128(index) < range.last - range.first else {
      throw call.fail("the range has no host \(index)")
    }
    return .string(range.text(range.first + 1 + UInt128(index)))
  }
}

/// Addresses from a first to a last one: one address, a CIDR range, or two addresses with a hyphen.
struct IPRange {
  let first: UInt128
  let last: UInt128
  let isV6: Bool
  /// Bits of the network, where it is written as CIDR.
  let prefix: Int?

  var width: Int { isV6 ? 128 : 32 }

  static func mask(_ prefix: Int, _ width: Int) -> UInt128 {
    let all = width == 128 ? UInt128.max : UInt128(UInt32.max)
    return prefix == 0 ? 0 : all & ~(prefix == width ? 0 : all >> UInt128(prefix))
  }

  init?(_ text: String) {
    let text = text.filter { $0 != " " }
    if let slash = text.firstIndex(of: "/") {
      guard let (address, isV6) = Self.address(text[..<slash]), let prefix = Int(text[text.index(after: slash)...]),
        (0...(isV6 ? 128 : 32)).contains(prefix)
      else { return nil }
      self.isV6 = isV6
      self.prefix = prefix
      let mask = Self.mask(prefix, isV6 ? 128 : 32)
      first = address & mask
      last = address | (Self.mask(isV6 ? 128 : 32, isV6 ? 128 : 32) & ~mask)
    } else if let hyphen = text.firstIndex(of: "-") {
      guard let (low, isV6) = Self.address(text[..<hyphen]),
        let (high, alsoV6) = Self.address(text[text.index(after: hyphen)...]), isV6 == alsoV6, low <= high
      else { return nil }
      (first, last, prefix) = (low, high, nil)
      self.isV6 = isV6
    } else {
      guard let (address, isV6) = Self.address(text[...]) else { return nil }
      (first, last, prefix) = (address, address, nil)
      self.isV6 = isV6
    }
  }

  static func address(_ text: Substring) -> (UInt128, isV6: Bool)? {
    text.contains(":") ? v6(text).map { ($0, true) } : v4(text).map { (UInt128($0), false) }
  }

  private static func v4(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let byte = UInt8(part) else {
        return nil
      }
      value = value << 8 | UInt32(byte)
    }
    return value
  }

  private static func v6(_ text: Substring) -> UInt128? {
    guard text.utf8.count <= 45 else { return nil }
    func groups(_ half: Substring) -> [UInt16]? {
      if half.isEmpty { return [] }
      var found: [UInt16] = []
      let parts = half.split(separator: ":", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index == parts.count - 1, part.contains(".") {
          guard let v4 = v4(part) else { return nil }
          found += [UInt16(v4 >> 16), UInt16(v4 & 0xFFFF)]
        } else {
          guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16), part.first != "+" else {
            return nil
          }
          found.append(group)
        }
      }
      return found
    }
    var all: [UInt16]
    if let gap = text.firstRange(of: "::") {
      guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
        head.count + tail.count < 8
      else { return nil }
      all = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    } else {
      guard let whole = groups(text), whole.count == 8 else { return nil }
      all = whole
    }
    return all.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
  }

  /// An address as text; IPv6 as RFC 5952 has it.
  func text(_ address: UInt128) -> String {
    if !isV6 {
      return [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: address >> UInt128($0))) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: address >> UInt128(112 - $0 * 16)) }
    var (best, length) = (0, 0)
    var at = 0
    while at < 8 {
      var end = at
      while end < 8, groups[end] == 0 { end += 1 }
      if end - at > length { (best, length) = (at, end - at) }
      at = max(end, at + 1)
    }
    func hex(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
    return length < 2 ? hex(groups[...]) : hex(groups[..<best]) + "::" + hex(groups[(best + length)...])
  }
}
