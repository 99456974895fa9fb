// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Unix times, time zones, nearness and mathematics that needs more than a formula.
extension Functions {
  private static func unix(_ unit: String, ticks: Double, exact: Int64) -> ScalarFunction {
    let name = "unixtime_\(unit)_todatetime"
    return cells(name, "\(name)(number)", "A datetime from Unix \(unit).", arity: 1...1, [nil], .datetime) {
      let value = $0[0].type == .dynamic || $0[0].type == .string ? $0[0].converted(to: .real) : $0[0]
      let delta: Int64?
      if let whole = value.int64 {
        let (product, overflow) = whole.multipliedReportingOverflow(by: exact)
        delta = exact == 0 ? DateTime.floorDiv(whole, 100) : overflow ? nil : product
      } else {
        delta = value.double.flatMap { TimeSpan.scaled($0, ticks) }
      }
      guard let delta else { return .null(.datetime) }
      let (sum, overflow) = DateTime.unixEpoch.addingReportingOverflow(delta)
      return overflow ? .null(.datetime) : DateTime.inRange(sum).map(Scalar.datetime) ?? .null(.datetime)
    }
  }

  private static func zoned(_ name: String, _ meaning: String, toLocal: Bool) -> ScalarFunction {
    cells(name, "\(name)(date, timezone)", meaning, arity: 2...2, [.datetime, .string], .datetime) {
      guard case .datetime(let ticks) = $0[0], let zone = TimeZoneRules.named($0[1].text) else {
        return .null(.datetime)
      }
      return DateTime.inRange(toLocal ? zone.local(ticks) : zone.utc(ticks)).map(Scalar.datetime) ?? .null(.datetime)
    }
  }

  /// The regularised incomplete beta function by its continued fraction (Lentz's method).
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let scale: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
    let front: Double = exp(scale) * pow(x, a) * pow(1 - x, b)
    return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func safe(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / safe(1 - (a + b) * x / (a + 1))
    var h = d
    for index in 1...300 {
      let m = Double(index)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / safe(1 + even * d)
      c = safe(1 + even / c)
      h *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / safe(1 + odd * d)
      c = safe(1 + odd / c)
      h *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return h
  }

  private static func beta(
    _ name: String, _ meaning: String, _ body: @escaping @Sendable (Double, Double, Double) -> Double
  ) -> ScalarFunction {
    cells(
      name, "\(name)(x, alpha, beta)", meaning + " NaN where x is outside 0 to 1 or a parameter is not positive.",
      arity: 3...3,
      [.real, .real, .real], .real
    ) {
      guard let x = $0[0].double, let a = $0[1].double, let b = $0[2].double else { return .null(.real) }
      return .real(x >= 0 && x <= 1 && a > 0 && b > 0 ? body(x, a, b) : .nan)
    }
  }

  static let clocks: [ScalarFunction] = [
    unix("seconds", ticks: 1e7, exact: 10_000_000), unix("milliseconds", ticks: 1e4, exact: 10_000),
    unix("microseconds", ticks: 10, exact: 10), unix("nanoseconds", ticks: 0.01, exact: 0),
    zoned("datetime_utc_to_local", "A UTC time on the clocks of a zone such as 'Europe/Paris'.", toLocal: true),
    zoned("datetime_local_to_utc", "The UTC time at which a zone's clocks show a time.", toLocal: false),
    cells(
      "around", "around(value, center, delta)", "Whether a value lies within delta of a centre.", arity: 3...3, [nil],
      .bool
    ) {
      if $0[0].isNull || $0[1].isNull || $0[2].isNull { return .null(.bool) }
      if let value = $0[0].int64, let center = $0[1].int64, let delta = $0[2].int64 {
        let (distance, overflow) = value.subtractingReportingOverflow(center)
        return .bool(delta >= 0 && !overflow && distance.magnitude <= delta.magnitude)
      }
      guard let value = $0[0].converted(to: .real).double, let center = $0[1].converted(to: .real).double,
        let delta = $0[2].converted(to: .real).double
      else { return .null(.bool) }
      return .bool(abs(value - center) <= delta)
    },
    ScalarFunction(
      name: "ingestion_time", signature: "ingestion_time()",
      meaning: "When the row was stored; null, as tables here do not keep it.",
      naming: .numbered, arity: 0...0, parameters: [], resultType: { _ in .datetime }
    ) { _, _, _ in Vector(constant: .null(.datetime)) },
    beta("beta_pdf", "The density of the beta distribution at x.") { x, a, b in
      let scale = lgamma(a + b) - lgamma(a) - lgamma(b)
      return pow(x, a - 1) * pow(1 - x, b - 1) * exp(scale)
    },
    beta("beta_cdf", "The share of the beta distribution up to x.") { incompleteBeta($0, $1, $2) },
    beta("beta_inv", "Where the beta distribution reaches the share x.") { p, a, b in
      var (low, high) = (0.0, 1.0)
      for _ in 0..<200 {
        let middle = (low + high) / 2
        if incompleteBeta(middle, a, b) < p { low = middle } else { high = middle }
      }
      return (low + high) / 2
    },
  ]

  // MARK: Windows

  /// Ranks within runs that restart where the predicate holds.
  private static func rank(_ name: String, _ meaning: String, dense: Bool) -> ScalarFunction {
    ScalarFunction(
      name: name, signature: "\(name)(term, restart)", meaning: meaning, naming: .numbered, arity: 1...2,
      parameters: [nil, .bool],
      resultType: { _ in .long }
    ) { vectors, count, _ in
      var ranks: [Int64] = []
      var (current, position): (Int64, Int64) = (0, 0)
      for row in 0..<count {
        var fresh = row == 0
        if vectors.count > 1, case .bool(true) = vectors[1][row] { fresh = true }
        if fresh { (current, position) = (0, 0) }
        position += 1
        if fresh || Compare.order(vectors[0][row], vectors[0][row - 1]) != 0 {
          current = dense ? current + 1 : position
        }
        ranks.append(current)
      }
      return Vector(.long(FixedColumn(ranks)))
    }
  }

  static let moreWindows: [ScalarFunction] = [
    rank("row_rank_dense", "The rank of a sorted term, without gaps.", dense: true),
    rank("row_rank_min", "The rank of a sorted term; equal terms take the lowest.", dense: false),
    ScalarFunction(
      name: "row_window_session", signature: "row_window_session(date, max_from_first, max_between, restart)",
      meaning: "The start of the session that a row of sorted times belongs to.", naming: .numbered, arity: 3...4,
      parameters: [.datetime, .timespan, .timespan, .bool], resultType: { _ in .datetime }
    ) { vectors, count, _ in
      var builder = ColumnBuilder(.datetime)
      var (first, last): (Int64?, Int64) = (nil, 0)
      let (whole, gap) = (
        vectors[1].isConstant ? vectors[1][0].int64 ?? 0 : 0, vectors[2].isConstant ? vectors[2][0].int64 ?? 0 : 0
      )
      for row in 0..<count {
        guard let at = vectors[0][row].int64 else {
          builder.append(.null(.datetime))
          continue
        }
        var fresh = first.map { at &- $0 > whole || at &- last > gap } ?? true
        if vectors.count > 3, case .bool(true) = vectors[3][row] { fresh = true }
        if fresh { first = at }
        last = at
        builder.append(first.map(Scalar.datetime) ?? .null(.datetime))
      }
      return Vector(builder.finish())
    },
  ]
}
