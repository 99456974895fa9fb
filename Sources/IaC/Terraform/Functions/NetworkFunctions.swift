// SPDX-License-Identifier: Apache-2.0

enum NetworkFunctions {
  static let all: [String: Function] = [
    "cidrhost": Function(.string, .number, returns: .string) { args, _ throws(FunctionFailure) in
      let prefix = try Prefix(try StringFunctions.string(args[0]))
      let number = try NumericFunctions.number(args[1])
      guard number.isInteger else { throw FunctionFailure("the host number must be whole") }
      let bits = prefix.width - prefix.length
      let size = number.naturalPart
      // A negative number counts from the end.
      guard size.bitWidth <= bits || number.sign < 0 && size == BigNatural(1) << bits, let magnitude = size.uint128
      else {
        throw FunctionFailure("\(prefix.text) has no host \(number.text): it has \(bits) bits for hosts")
      }
      let mask = bits >= 128 ? UInt128.max : (1 << UInt128(bits)) - 1
      let host = number.sign < 0 ? mask &- magnitude &+ 1 : magnitude
      return Value(prefix.text(prefix.base | host & mask))
    },
    "cidrnetmask": Function(.string, returns: .string) { args, _ throws(FunctionFailure) in
      let prefix = try Prefix(try StringFunctions.string(args[0]))
      guard prefix.width == 32 else { throw FunctionFailure("IPv6 has no netmasks") }
      return Value(prefix.text(prefix.mask))
    },
    "cidrsubnet": Function(.string, .number, .number, returns: .string) { args, _ throws(FunctionFailure) in
      let prefix = try Prefix(try StringFunctions.string(args[0]))
      let bits = try NumericFunctions.int(args[1])
      let number = try NumericFunctions.number(args[2])
      return Value(try prefix.subnet(bits, number).text)
    },
    "cidrsubnets": Function(.string, rest: .number, returns: .list(.string)) { args, _ throws(FunctionFailure) in
      let prefix = try Prefix(try StringFunctions.string(args[0]))
      var subnets: [Value] = []
      var next = prefix.base
      var isFull = false
      for arg in args.dropFirst() {
        let bits = try NumericFunctions.int(arg)
        guard bits >= 1 else { throw FunctionFailure("each subnet needs at least 1 more bit") }
        let length = prefix.length + bits
        guard length <= prefix.width else { throw FunctionFailure("there are not \(bits) bits left in \(prefix.text)") }
        let size = UInt128(1) << UInt128(prefix.width - length)
        let start = next & (size - 1) == 0 ? next : (next | (size - 1)) &+ 1
        let subnet = Prefix(base: start, length: length, width: prefix.width)
        guard !isFull, start & prefix.mask == prefix.base, start >= next else {
          throw FunctionFailure("there is no room for a subnet of /\(length) after the ones before it")
        }
        subnets.append(Value(subnet.text))
        next = start &+ size
        isFull = next & prefix.mask != prefix.base || next < start
      }
      return Value(.list(subnets, of: .string))
    },
  ]

  /// A block of addresses.
  struct Prefix {
    /// The address, with the bits of hosts cleared; IPv4 in the low 32 bits.
    let base: UInt128
    let length: Int
    /// 32 or 128.
    let width: Int

    init(base: UInt128, length: Int, width: Int) {
      self.base = base
      self.length = length
      self.width = width
    }

    init(_ text: String) throws(FunctionFailure) {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let length = Int(parts[1]), let (address, width) = Self.address(parts[0]),
        (0...width).contains(length)
      else { throw FunctionFailure("\"\(text)\" is no address block such as 10.0.0.0/8") }
      self.length = length
      self.width = width
      base = address & Self.mask(length, width)
    }

    static func mask(_ length: Int, _ width: Int) -> UInt128 {
      let all = width == 128 ? UInt128.max : (1 << UInt128(width)) - 1
      let hosts = width - length
      return hosts >= 128 ? 0 : all & ~((1 << UInt128(hosts)) - 1)
    }

    var mask: UInt128 { Self.mask(length, width) }
    var text: String { "\(text(base))/\(length)" }

    func subnet(_ bits: Int, _ number: Number) throws(FunctionFailure) -> Prefix {
      guard bits >= 0, length + bits <= width else {
        throw FunctionFailure("\(text) cannot be extended by \(bits) bits: there are \(width - length)")
      }
      guard number.isInteger, number.sign >= 0, number.naturalPart.bitWidth <= bits,
        let index = number.naturalPart.uint128
      else { throw FunctionFailure("\(bits) bits do not hold the network number \(number.text)") }
      let shift = width - length - bits
      return Prefix(base: base | (shift >= 128 ? 0 : index << UInt128(shift)), length: length + bits, width: width)
    }

    /// An address in its shortest form (RFC 5952 for IPv6).
    func text(_ address: UInt128) -> String {
      if width == 32 {
        return (0..<4).map { String(UInt8(truncatingIfNeeded: address >> UInt128(24 - 8 * $0))) }.joined(separator: ".")
      }
      let groups = (0..<8).map { UInt16(truncatingIfNeeded: address >> UInt128(112 - 16 * $0)) }
      var best = 0..<0
      var start = 0
      while start < 8 {
        var end = start
        while end < 8, groups[end] == 0 { end += 1 }
        if end - start > max(best.count, 1) { best = start..<end }
        start = max(end, start + 1)
      }
      func hex(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
      }
      return best.isEmpty ? hex(groups[...]) : hex(groups[..<best.lowerBound]) + "::" + hex(groups[best.upperBound...])
    }

    private static func address(_ text: Substring) -> (UInt128, Int)? {
      guard text.contains(":") else { return ipv4(text).map { (UInt128($0), 32) } }
      var groups: [UInt16] = []
      var gap: Int?
      let halves = text.split(separator: ":", omittingEmptySubsequences: false)
      var index = 0
      while index < halves.count {
        let part = halves[index]
        if part.isEmpty {
          let isEdge = index == 0 || index == halves.count - 1
          // "::" leaves one empty part within and two at an edge.
          if isEdge, index == 0 { guard halves.count > 2, halves[1].isEmpty else { return nil } }
          if isEdge, index == halves.count - 1 { guard gap == groups.count else { return nil } }
          if gap != nil, gap != groups.count { return nil }
          gap = groups.count
        } else if index == halves.count - 1, part.contains("."), let low = ipv4(part) {
          groups += [UInt16(low >> 16), UInt16(truncatingIfNeeded: low)]
        } else {
          guard part.utf8.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
          groups.append(group)
        }
        index += 1
      }
      if let gap {
        guard groups.count < 8 else { return nil }
        groups.insert(contentsOf: [UInt16](repeating: 0, count: 8 - groups.count), at: gap)
      }
      guard groups.count == 8 else { return nil }
      return (groups.reduce(0) { $0 << 16 | UInt128($1) }, 128)
    }

    private static func ipv4(_ text: Substring) -> UInt32? {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 4 else { return nil }
      var address: UInt32 = 0
      for part in parts {
        guard part.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let octet = UInt8(part) else { return nil }
        address = address << 8 | UInt32(octet)
      }
      return address
    }
  }
}

extension BigNatural {
  fileprivate var uint128: UInt128? {
    guard limbs.count <= 4 else { return nil }
    return limbs.reversed().reduce(0) { $0 << 32 | UInt128($1) }
  }
}
