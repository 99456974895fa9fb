// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Functions {
  private static func real(
    _ name: String, _ meaning: String, _ body: @escaping @Sendable (Double) -> Double
  ) -> ScalarFunction {
    cells(
      name, "\(name)(x)", meaning, arity: 1...1, [.real], .real,
      fast: { vectors, _, _ in TypedKernels.map(vectors, body) }
    ) {
      $0[0].double.map { .real(body($0)) } ?? .null(.real)
    }
  }

  private static func bits(
    _ name: String, _ meaning: String, _ body: @escaping @Sendable (Int64, Int64) -> Int64
  ) -> ScalarFunction {
    cells(name, "\(name)(a, b)", meaning, arity: 2...2, [.long, .long], .long) {
      guard let a = $0[0].int64, let b = $0[1].int64 else { return .null(.long) }
      return .long(body(a, b))
    }
  }

  private static func extreme(_ name: String, _ sign: Int) -> ScalarFunction {
    typed(
      name, "\(name)(a, b, ...)", sign < 0 ? "The smallest value." : "The largest value.", arity: 1...64, [nil],
      { unify($0.map(\.type)) }
    ) { values in
      let known = values.filter { !$0.isNull }
      return known.dropFirst().reduce(known.first ?? values[0]) { best, next in
        let (a, b) = best.type == next.type ? (best, next) : (best.converted(to: .real), next.converted(to: .real))
        return Compare.order(b, a) * sign > 0 ? next : best
      }
    }
  }

  static let numbers: [ScalarFunction] = [
    typed(
      "abs", "abs(x)", "The magnitude.", arity: 1...1, [nil], naming: .argument,
      { $0[0].type == .dynamic ? .real : $0[0].type == .int ? .long : $0[0].type }
    ) { values in
      switch values[0].converted(to: values[0].type == .dynamic ? .real : values[0].type) {
      case .int(let x): .long(Int64(x.magnitude))
      case .long(let x): .long(Int64(clamping: x.magnitude))
      case .timespan(let x): .timespan(Int64(clamping: x.magnitude))
      case .real(let x): .real(x.magnitude)
      case .decimal(let x): .decimal(x.magnitude)
      default: .null(values[0].type)
      }
    },
    typed(
      "round", "round(x, digits)", "The number rounded.", arity: 1...2, [nil, .long], naming: .argument,
      { $0[0].type == .long || $0[0].type == .int ? $0[0].type : .real }
    ) { values in
      guard let x = values[0].converted(to: .real).double else { return .null(.real) }
      let digits = max(-18, min(18, values.count > 1 ? values[1].int64 ?? 0 : 0))
      let scale = pow(10, Double(digits))
      return .real((x * scale).rounded(.toNearestOrAwayFromZero) / scale)
    },
    typed(
      "ceiling", "ceiling(x)", "The next whole number up.", arity: 1...1, [nil], naming: .argument,
      { _ in .real }
    ) { $0[0].converted(to: .real).double.map { .real($0.rounded(.up)) } ?? .null(.real) },
    cells("sign", "sign(x)", "-1, 0 or 1.", arity: 1...1, [.real], .real) {
      $0[0].double.map { .real($0 > 0 ? 1 : $0 < 0 ? -1 : 0) } ?? .null(.real)
    },
    real("sqrt", "The square root.") { $0.squareRoot() },
    real("exp", "e to the power x.") { exp($0) }, real("exp2", "2 to the power x.") { exp2($0) },
    real("exp10", "10 to the power x.") { pow(10, $0) }, real("log", "The natural logarithm.") { log($0) },
    real("log10", "The logarithm to base 10.") { log10($0) }, real("log2", "The logarithm to base 2.") { log2($0) },
    real("sin", "The sine.") { sin($0) }, real("cos", "The cosine.") { cos($0) },
    real("tan", "The tangent.") { tan($0) },
    real("asin", "The arc sine.") { asin($0) }, real("acos", "The arc cosine.") { acos($0) },
    real("atan", "The arc tangent.") { atan($0) },
    real("radians", "Degrees as radians.") { $0 * .pi / 180 },
    real("degrees", "Radians as degrees.") { $0 * 180 / .pi },
    cells("pi", "pi()", "The ratio of a circle's circumference to its diameter.", arity: 0...0, [], .real) { _ in
      .real(.pi)
    },
    cells("pow", "pow(x, y)", "x to the power y.", arity: 2...2, [.real, .real], .real) {
      guard let x = $0[0].double, let y = $0[1].double else { return .null(.real) }
      return .real(pow(x, y))
    },
    cells("atan2", "atan2(y, x)", "The angle of a point.", arity: 2...2, [.real, .real], .real) {
      guard let y = $0[0].double, let x = $0[1].double else { return .null(.real) }
      return .real(atan2(y, x))
    },
    extreme("min_of", -1), extreme("max_of", 1),
    bits("binary_and", "Bits set in both.") { $0 & $1 }, bits("binary_or", "Bits set in either.") { $0 | $1 },
    bits("binary_xor", "Bits set in one.") { $0 ^ $1 },
    bits("binary_shift_left", "Bits moved up.") { $0 &<< ($1 & 63) },
    bits("binary_shift_right", "Bits moved down.") { $0 &>> ($1 & 63) },
    cells("binary_not", "binary_not(a)", "Bits not set.", arity: 1...1, [.long], .long) {
      $0[0].int64.map { .long(~$0) } ?? .null(.long)
    },
    cells("bitset_count_ones", "bitset_count_ones(a)", "The number of bits set.", arity: 1...1, [.long], .long) {
      $0[0].int64.map { .long(Int64($0.nonzeroBitCount)) } ?? .null(.long)
    },
    cells(
      "ipv4_is_private", "ipv4_is_private(address)", "Whether an address is of a private network.", arity: 1...1,
      [.string], .bool
    ) {
      guard let range = IPv4.parse($0[0].text) else { return .null(.bool) }
      return .bool(IPv4.privateRanges.contains { IPv4.contains($0, range) })
    },
    cells(
      "ipv4_is_in_range", "ipv4_is_in_range(address, range)", "Whether an address lies in a range in CIDR notation.",
      arity: 2...2, [.string, .string], .bool
    ) {
      guard let address = IPv4.parse($0[0].text), let range = IPv4.parse($0[1].text) else { return .null(.bool) }
      return .bool(IPv4.contains(range, address))
    },
    cells("parse_ipv4", "parse_ipv4(address)", "The address as a number.", arity: 1...1, [.string], .long) {
      IPv4.parse($0[0].text).map { .long(Int64($0.prefix == 0 ? 0 : $0.address & (~0 << UInt32(32 - $0.prefix)))) }
        ?? .null(.long)
    },
    real("cot", "The cotangent.") { 1 / tan($0) }, real("gamma", "The gamma function.") { tgamma($0) },
    real("loggamma", "The logarithm of the gamma function.") { log(abs(tgamma($0))) },
    real("erf", "The error function.") { erf($0) }, real("erfc", "The complementary error function.") { erfc($0) },
  ]

  /// Functions of a row's place among the rows; they want sorted or serialized rows.
  static let windows: [ScalarFunction] = [
    ScalarFunction(
      name: "row_number", signature: "row_number(start, restart)", meaning: "The number of the row, from 1.",
      naming: .numbered, arity: 0...2, parameters: [.long, .bool], resultType: { _ in .long }
    ) { vectors, count, _ in
      let start = vectors.first?.first?.int64 ?? 1
      var next = start
      var values: [Int64] = []
      for row in 0..<count {
        if vectors.count > 1, case .bool(true) = vectors[1][row] { next = start }
        values.append(next)
        next &+= 1
      }
      return Vector(.long(FixedColumn(values)))
    },
    neighbour("prev", -1), neighbour("next", 1),
    ScalarFunction(
      name: "row_cumsum", signature: "row_cumsum(term, restart)", meaning: "The sum of the term up to the row.",
      naming: .numbered, arity: 1...2, parameters: [nil, .bool],
      resultType: { $0[0].type == .dynamic ? .real : $0[0].type }
    ) { vectors, count, _ in
      let type: ScalarType = vectors[0].type == .dynamic ? .real : vectors[0].type
      var builder = ColumnBuilder(type)
      var whole: Int64 = 0
      var real = 0.0
      for row in 0..<count {
        if vectors.count > 1, case .bool(true) = vectors[1][row] { (whole, real) = (0, 0) }
        let cell = type == .real ? vectors[0][row].converted(to: .real) : vectors[0][row]
        whole &+= cell.int64 ?? 0
        real += cell.double ?? 0
        builder.append(
          type == .real
            ? .real(real)
            : type == .decimal
              ? .decimal(real) : type == .timespan ? .timespan(whole) : Scalar.long(whole).converted(to: type))
      }
      return Vector(builder.finish())
    },
  ]

  private static func neighbour(_ name: String, _ direction: Int) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: "\(name)(column, offset, default)", meaning: "The column's value in a neighbouring row.",
      naming: .numbered, arity: 1...3, parameters: [nil, .long, nil], resultType: { $0[0].type }
    ) { vectors, count, _ in
      let offset = max(0, min(Int64(count), vectors.count > 1 ? vectors[1].first?.int64 ?? 1 : 1))
      var builder = ColumnBuilder(vectors[0].type)
      for row in 0..<count {
        let other = row + direction * Int(offset)
        if other >= 0 && other < count {
          builder.append(vectors[0][other])
        } else {
          builder.append(vectors.count > 2 ? vectors[2][row].converted(to: vectors[0].type) : .null(vectors[0].type))
        }
      }
      return Vector(builder.finish())
    }
  }
}

/// IPv4 addresses and ranges.
package enum IPv4 {
  package struct Range: Sendable {
    let address: UInt32
    let prefix: Int
  }
  package static let privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].compactMap(parse)

  package static func parse(_ text: String) -> Range? {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    var prefix = 32
    if halves.count == 2 {
      guard let bits = Int(halves[1]), (0...32).contains(bits) else { return nil }
      prefix = bits
    }
    let octets = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard octets.count == 4 else { return nil }
    var address: UInt32 = 0
    for octet in octets {
      guard octet.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let byte = UInt8(octet) else { return nil }
      address = address << 8 | UInt32(byte)
    }
    return Range(address: address, prefix: prefix)
  }

  static func contains(_ outer: Range, _ inner: Range) -> Bool {
    let bits = min(outer.prefix, inner.prefix)
    let mask: UInt32 = bits == 0 ? 0 : ~0 << UInt32(32 - bits)
    return outer.prefix <= inner.prefix && outer.address & mask == inner.address & mask
  }
}
