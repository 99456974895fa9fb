// SPDX-License-Identifier: Apache-2.0
import JSON

/// Functions that give several columns: their cell is an array, which the binder spreads.
extension Functions {
  /// Columns of the functions whose result is several values, in the order of the array they give.
  static let tuples: [String: [Field]] = {
    func reals(_ names: String...) -> [Field] { names.map { Field($0, .real) } }
    func arrays(_ names: String...) -> [Field] { names.map { Field($0, .dynamic) } }
    let fit = reals("rsquare", "slope", "variance", "rvariance", "interception") + arrays("line_fit")
    let twoLines =
      reals("rsquare") + [Field("split_idx", .long)] + reals("variance", "rvariance") + arrays("line_fit")
      + ["right", "left"].flatMap { side in
        ["rsquare", "slope", "interception", "variance", "rvariance"].map { Field("\(side)_\($0)", .real) }
      }
    return [
      "series_fit_line": fit, "series_fit_2lines": twoLines,
      "series_fit_poly": [
        Field("rsquare", .real), Field("coefficients", .dynamic), Field("variance", .real), Field("rvariance", .real),
        Field("poly_fit", .dynamic),
      ],
      "series_stats": [
        Field("min", .real), Field("min_idx", .long), Field("max", .real), Field("max_idx", .long),
        Field("avg", .real), Field("stdev", .real), Field("variance", .real),
      ],
      "series_fft": arrays("real", "imag"), "series_ifft": arrays("real", "imag"),
      "series_periods_detect": arrays("periods", "periods_scores"),
      "series_periods_validate": arrays("periods", "scores"),
      "series_decompose": arrays("baseline", "seasonal", "trend", "residual"),
      "series_decompose_anomalies": arrays("ad_flag", "ad_score", "baseline"),
    ]
  }()

  static func points(_ scalar: Scalar) -> [Double]? { elements(scalar)?.map { $0.double ?? .nan } }

  static func append(_ values: some Sequence<Double>, to builder: inout JSONBuilder) {
    builder.beginArray()
    for value in values { if value.isNaN { builder.appendNull() } else { builder.append(value) } }
    builder.endArray()
  }

  private static func json(_ body: (inout JSONBuilder) -> Void) -> Scalar {
    var builder = JSONBuilder()
    body(&builder)
    return .dynamic(builder.finish().root)
  }

  static func series(_ values: some Sequence<Double>) -> Scalar { json { append(values, to: &$0) } }

  private static func number(_ value: Double, _ builder: inout JSONBuilder) {
    if value.isNaN { builder.appendNull() } else { builder.append(value) }
  }

  // MARK: Lines

  private static func fitLine(_ values: [Scalar], asBag: Bool) -> Scalar {
    guard let y = points(values[0]), !y.isEmpty else { return .null(.dynamic) }
    let line = SeriesMath.line(y)
    let members: [(String, Double)] = [
      ("rsquare", line.rsquare), ("slope", line.slope), ("variance", line.variance), ("rvariance", line.residual),
      ("interception", line.interception),
    ]
    return json { builder in
      if asBag { builder.beginObject() } else { builder.beginArray() }
      for (name, value) in members {
        if asBag { builder.key(name) }
        builder.append(value)
      }
      if asBag { builder.key("line_fit") }
      append(y.indices.map(line.value), to: &builder)
      if asBag { builder.endObject() } else { builder.endArray() }
    }
  }

  private static func fitTwoLines(_ values: [Scalar], asBag: Bool) -> Scalar {
    guard let y = points(values[0]), y.count > 1 else { return .null(.dynamic) }
    guard let split = SeriesMath.bestSplit(y) else { return .null(.dynamic) }
    let (left, right) = (SeriesMath.line(y[..<split]), SeriesMath.line(y[split...]))
    let rest = left.residual * Double(max(1, split - 1)) + right.residual * Double(max(1, y.count - split - 1))
    let whole = SeriesMath.spread(y)
    let divisor = Double(max(1, whole.count - 1))
    let rsquare = whole.squares > 0 ? max(0, 1 - rest / whole.squares) : 1
    let fit = (0..<split).map(left.value) + (0..<(y.count - split)).map(right.value)
    return json { builder in
      func key(_ name: String) { if asBag { builder.key(name) } }
      if asBag { builder.beginObject() } else { builder.beginArray() }
      key("rsquare")
      builder.append(rsquare)
      key("split_idx")
      builder.append(Int64(split))
      key("variance")
      builder.append(whole.squares / divisor)
      key("rvariance")
      builder.append(rest / divisor)
      key("line_fit")
      append(fit, to: &builder)
      for (name, line) in [("right", right), ("left", left)] {
        key(name)
        if asBag { builder.beginObject() }
        for (member, value) in [
          ("rsquare", line.rsquare), ("slope", line.slope), ("interception", line.interception),
          ("variance", line.variance), ("rvariance", line.residual),
        ] {
          key(member)
          builder.append(value)
        }
        if asBag { builder.endObject() }
      }
      if asBag { builder.endObject() } else { builder.endArray() }
    }
  }

  private static func fitPolynomial(_ values: [Scalar]) -> Scalar {
    guard let y = points(values[0]), !y.isEmpty else { return .null(.dynamic) }
    let given = values.count > 1 ? points(values[1]) : nil
    let x = given ?? y.indices.map { Double($0 + 1) }
    let last = given == nil && values.count == 2 ? values[1] : values.count > 2 ? values[2] : .long(1)
    let degree = Int(clamping: last.converted(to: .long).int64 ?? 1)
    let known = y.indices.filter { $0 < x.count && !y[$0].isNaN && !x[$0].isNaN }
    guard x.count == y.count,
      let coefficients = SeriesMath.polynomial(known.map { x[$0] }, known.map { y[$0] }, degree: degree)
    else { return .null(.dynamic) }
    let fit = x.map { value in coefficients.reduce(0) { $0 * value + $1 } }
    let whole = SeriesMath.spread(y)
    let rest = known.reduce(0.0) { $0 + (y[$1] - fit[$1]) * (y[$1] - fit[$1]) }
    let divisor = Double(max(1, whole.count - 1))
    return json { builder in
      builder.beginArray()
      builder.append(whole.squares > 0 ? max(0, 1 - rest / whole.squares) : 1)
      append(coefficients, to: &builder)
      builder.append(whole.squares / divisor)
      builder.append(rest / divisor)
      append(fit, to: &builder)
      builder.endArray()
    }
  }

  // MARK: Statistics

  private static func stats(_ values: [Scalar], asBag: Bool) -> Scalar {
    guard let y = points(values[0]) else { return .null(.dynamic) }
    var ignores = false
    if values.count > 1, case .bool(true) = values[1].converted(to: .bool) { ignores = true }
    let finite = y.indices.filter { y[$0].isFinite }
    let isBroken = finite.isEmpty || (!ignores && finite.count < y.count)
    var (low, high) = (finite.first ?? 0, finite.first ?? 0)
    for index in finite {
      if y[index] < y[low] { low = index }
      if y[index] > y[high] { high = index }
    }
    let (mean, squares, count) = SeriesMath.spread(finite.map { y[$0] })
    let variance = count > 1 ? squares / Double(count - 1) : 0
    return json { builder in
      func put(_ name: String, _ body: (inout JSONBuilder) -> Void) {
        if asBag { builder.key(name) }
        if isBroken { builder.appendNull() } else { body(&builder) }
      }
      if asBag { builder.beginObject() } else { builder.beginArray() }
      put("min") { $0.append(y[low]) }
      put("min_idx") { $0.append(Int64(low)) }
      put("max") { $0.append(y[high]) }
      put("max_idx") { $0.append(Int64(high)) }
      put("avg") { $0.append(mean) }
      put("stdev") { $0.append(variance.squareRoot()) }
      put("variance") { $0.append(variance) }
      if asBag {
        put("sum") { $0.append(finite.reduce(0) { $0 + y[$1] }) }
        builder.key("len")
        builder.append(Int64(y.count))
        builder.endObject()
      } else {
        builder.endArray()
      }
    }
  }

  private static func fourier(_ name: String, sign: Double) -> ScalarFunction {
    cells(
      name, "\(name)(real, imaginary)",
      "The \(sign < 0 ? "" : "inverse ")Fourier transform of a series, as a real and an imaginary series.",
      arity: 1...2, [.dynamic], .dynamic
    ) { values in
      guard let real = points(values[0])?.map({ $0.isNaN ? 0 : $0 }), real.count <= 1 << 18 else {
        return .null(.dynamic)
      }
      let given = values.count > 1 ? points(values[1])?.map { $0.isNaN ? 0 : $0 } : nil
      let imaginary = given ?? [Double](repeating: 0, count: real.count)
      guard imaginary.count == real.count else { return .null(.dynamic) }
      let out = SeriesMath.transform(real, imaginary, sign: sign)
      let scale = sign < 0 || real.isEmpty ? 1 : 1 / Double(real.count)
      return json { builder in
        builder.beginArray()
        append(out.real.map { $0 * scale }, to: &builder)
        append(out.imaginary.map { $0 * scale }, to: &builder)
        builder.endArray()
      }
    }
  }

  static let seriesShapes: [ScalarFunction] = [
    cells(
      "series_fit_line", "series_fit_line(series)",
      "The line nearest to a series: rsquare, slope, variance, rvariance, interception, line_fit.", arity: 1...1,
      [.dynamic], .dynamic
    ) { fitLine($0, asBag: false) },
    cells(
      "series_fit_line_dynamic", "series_fit_line_dynamic(series)", "The line nearest to a series, as a bag.",
      arity: 1...1, [.dynamic], .dynamic
    ) { fitLine($0, asBag: true) },
    cells(
      "series_fit_2lines", "series_fit_2lines(series)",
      "Two lines, before and after the point that splits a series best: rsquare, split_idx, variance, rvariance, line_fit and the same of each side.",
      arity: 1...1, [.dynamic], .dynamic
    ) { fitTwoLines($0, asBag: false) },
    cells(
      "series_fit_2lines_dynamic", "series_fit_2lines_dynamic(series)",
      "Two lines, before and after the point that splits a series best, as a bag.", arity: 1...1, [.dynamic], .dynamic
    ) { fitTwoLines($0, asBag: true) },
    cells(
      "series_fit_poly", "series_fit_poly(y, x, degree)",
      "The polynomial nearest to a series: rsquare, coefficients from the highest power, variance, rvariance, poly_fit.",
      arity: 1...3, [.dynamic, nil, nil], .dynamic
    ) { fitPolynomial($0) },
    cells(
      "series_stats", "series_stats(series, ignore_nonfinite)",
      "min, min_idx, max, max_idx, avg, stdev and variance of a series.", arity: 1...2, [.dynamic, nil], .dynamic
    ) { stats($0, asBag: false) },
    cells(
      "series_stats_dynamic", "series_stats_dynamic(series, ignore_nonfinite)",
      "The statistics of a series as a bag.", arity: 1...2, [.dynamic, nil], .dynamic
    ) { stats($0, asBag: true) },
    fourier("series_fft", sign: -1), fourier("series_ifft", sign: 1),
  ]
}
