// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Filters, seasons, outliers and decomposition of series.
extension Functions {
  private static func flag(_ values: [Scalar], _ index: Int) -> Bool? {
    guard values.count > index, case .bool(let flag) = values[index].converted(to: .bool) else { return nil }
    return flag
  }

  private static func real(_ values: [Scalar], _ index: Int) -> Double? {
    guard values.count > index else { return nil }
    return values[index].converted(to: .real).double
  }

  private static func arrays(_ parts: [[Double]]) -> Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    for part in parts { append(part, to: &builder) }
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  // MARK: Filters

  private static func convolved(_ y: [Double], _ filter: [Double], normalize: Bool, center: Bool) -> [Double] {
    let sum = filter.reduce(0, +)
    let scale = normalize && sum != 0 ? 1 / sum : 1
    let shift = center ? filter.count / 2 : 0
    return y.indices.map { index in
      var total = 0.0
      for (place, weight) in filter.enumerated() {
        let source = index + shift - place
        if y.indices.contains(source), !y[source].isNaN { total += weight * y[source] }
      }
      return total * scale
    }
  }

  private static func recursed(_ x: [Double], _ numerators: [Double], _ denominators: [Double]) -> [Double]? {
    guard let lead = denominators.first, lead != 0 else { return nil }
    var y = [Double](repeating: 0, count: x.count)
    for index in x.indices {
      var sum = 0.0
      for (place, weight) in numerators.enumerated() where index >= place { sum += weight * x[index - place] }
      for (place, weight) in denominators.enumerated().dropFirst() where index >= place {
        sum -= weight * y[index - place]
      }
      y[index] = sum / lead
    }
    return y
  }

  // MARK: Outliers

  /// Tukey's score: 0 between two percentiles, outside the distance in units of what lies between them, scaled so that
  /// 1.5 means a mild outlier whichever percentiles are used. The factor for 10 and 90 was measured on Kusto.
  static func outliers(_ y: [Double], low: Double, high: Double) -> [Double] {
    let sorted = y.filter { !$0.isNaN }.sorted()
    let (bottom, top) = (SeriesMath.percentile(sorted, low), SeriesMath.percentile(sorted, high))
    let range = top - bottom
    let scale: Double
    switch (low, high) {
    case (25, 75): scale = 1
    case (10, 90): scale = 2.772605605507914
    default: scale = 1 + 1.772605605507914 * (50 - (100 - high + low) / 2 - 25) / 15
    }
    return y.map { value in
      if value.isNaN || (value >= bottom && value <= top) { return 0 }
      let distance = value > top ? value - top : value - bottom
      if range == 0 { return distance > 0 ? .infinity : -.infinity }
      return distance / range * scale
    }
  }

  private static func outliers(_ y: [Double], kind: String, low: Double = 10, high: Double = 90) -> [Double] {
    kind == "tukey" ? outliers(y, low: 25, high: 75) : outliers(y, low: low, high: high)
  }

  // MARK: Decomposition

  struct Parts {
    var baseline: [Double]
    var seasonal: [Double]
    var trend: [Double]
    var residual: [Double]
  }

  /// Seasonal part first, the trend of what is left, then the residual; the last `testPoints` are not learnt from.
  static func decompose(_ y: [Double], seasonality: Int, trend: String, testPoints: Int, threshold: Double) -> Parts {
    let learnt = Array(y.prefix(max(0, y.count - testPoints)))
    var period = seasonality
    if seasonality < 0 {
      let line = SeriesMath.line(learnt)
      let level = learnt.enumerated().map { $1 - line.value($0) }
      let found = SeriesMath.periods(level, from: 4, to: Double(learnt.count) / 2, count: 1).first
      period = found.map { $0.score >= threshold ? $0.period : 0 } ?? 0
    }
    let seasonal = SeriesMath.seasonal(learnt, period: period, count: y.count)
    let rest = zip(learnt, seasonal).map { $0 - $1 }
    let trending: [Double]
    switch trend {
    case "none": trending = [Double](repeating: 0, count: y.count)
    case "linefit":
      let line = SeriesMath.line(rest)
      trending = y.indices.map(line.value)
    default:
      let mean = SeriesMath.spread(rest).mean
      trending = [Double](repeating: mean, count: y.count)
    }
    let baseline = zip(seasonal, trending).map { $0 + $1 }
    return Parts(
      baseline: baseline, seasonal: seasonal, trend: trending, residual: zip(y, baseline).map { $0 - $1 })
  }

  private static func parts(_ y: [Double], _ values: [Scalar], from index: Int, trend: String, testPoints: Int? = nil)
    -> Parts
  {
    decompose(
      y, seasonality: real(values, index).map { Int(max(-1, min(1e9, $0))) } ?? -1,
      trend: values.count > index + 1 && !values[index + 1].text.isEmpty ? values[index + 1].text : trend,
      testPoints: testPoints ?? real(values, index + 2).map { Int(max(0, min(1e9, $0))) } ?? 0,
      threshold: real(values, index + (testPoints == nil ? 3 : 2)) ?? 0.6)
  }

  private static func anomalies(_ values: [Scalar]) -> Scalar {
    guard let y = points(values[0]) else { return .null(.dynamic) }
    let threshold = real(values, 1) ?? 1.5
    let kind = values.count > 5 && !values[5].text.isEmpty ? values[5].text : "ctukey"
    let parts = decompose(
      y, seasonality: real(values, 2).map { Int(max(-1, min(1e9, $0))) } ?? -1,
      trend: values.count > 3 && !values[3].text.isEmpty ? values[3].text : "avg",
      testPoints: real(values, 4).map { Int(max(0, min(1e9, $0))) } ?? 0, threshold: real(values, 6) ?? 0.6)
    let scores = outliers(parts.residual, kind: kind)
    var builder = JSONBuilder()
    builder.beginArray()
    builder.beginArray()
    for score in scores { builder.append(Int64(score > threshold ? 1 : score < -threshold ? -1 : 0)) }
    builder.endArray()
    append(scores, to: &builder)
    append(parts.baseline, to: &builder)
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  static let seriesSignals: [ScalarFunction] = [
    cells(
      "series_fir", "series_fir(series, filter, normalize, center)",
      "The series through a finite filter. The filter is normalised unless it has negative weights.", arity: 2...4,
      [.dynamic, .dynamic, nil, nil], .dynamic
    ) { values in
      guard let y = points(values[0]), let filter = points(values[1]), filter.count <= 1024 else {
        return .null(.dynamic)
      }
      let normalize = flag(values, 2) ?? !filter.contains { $0 < 0 }
      return series(convolved(y, filter, normalize: normalize, center: flag(values, 3) ?? false))
    },
    cells(
      "series_iir", "series_iir(series, numerators, denominators)", "The series through a recursive filter.",
      arity: 3...3, [.dynamic], .dynamic
    ) { values in
      guard let x = points(values[0]), let b = points(values[1]), let a = points(values[2]), b.count + a.count <= 2048,
        let y = recursed(x.map { $0.isNaN ? 0 : $0 }, b, a)
      else { return .null(.dynamic) }
      return series(y)
    },
    cells(
      "series_outliers", "series_outliers(series, kind, ignore, low, high)",
      "Tukey's score of each point: beyond 1.5 or -1.5 it is an outlier.", arity: 1...5,
      [.dynamic, .string, nil, nil, nil], .dynamic
    ) { values in
      guard var y = points(values[0]) else { return .null(.dynamic) }
      if let ignored = real(values, 2) { y = y.map { $0 == ignored ? .nan : $0 } }
      return series(
        outliers(
          y, kind: values.count > 1 ? values[1].text.lowercased() : "ctukey", low: real(values, 3) ?? 10,
          high: real(values, 4) ?? 90))
    },
    cells(
      "series_seasonal", "series_seasonal(series, period)",
      "The seasonal part: the median at each place of the period, which is found where none is given.", arity: 1...2,
      [.dynamic, .long], .dynamic
    ) { values in
      guard let y = points(values[0]) else { return .null(.dynamic) }
      var period = Int(clamping: values.count > 1 ? values[1].int64 ?? -1 : -1)
      if period == -1 {
        let found = SeriesMath.periods(y, from: 4, to: Double(y.count) / 2, count: 1).first
        period = found.map { $0.score >= 0.7 ? $0.period : 0 } ?? 0
      }
      return series(SeriesMath.seasonal(y, period: max(0, period), count: y.count))
    },
    cells(
      "series_periods_detect", "series_periods_detect(series, min, max, count)",
      "The most significant periods of a series and their scores.", arity: 4...4, [.dynamic, .real, .real, .long],
      .dynamic
    ) { values in
      guard let y = points(values[0]), let low = values[1].double, let high = values[2].double else {
        return .null(.dynamic)
      }
      let count = Int(max(0, min(64, values[3].int64 ?? 1)))
      var found = SeriesMath.periods(y, from: low, to: high, count: count)
      while found.count < count { found.append((0, 0)) }
      return arrays([found.map { Double($0.period) }, found.map(\.score)])
    },
    cells(
      "series_periods_validate", "series_periods_validate(series, period, ...)",
      "How significant given periods are in a series, from 0 to 1.", arity: 2...17, [.dynamic, .real], .dynamic
    ) { values in
      guard let y = points(values[0]) else { return .null(.dynamic) }
      let periods = values.dropFirst().map { $0.double ?? .nan }
      let scores = periods.map { period in
        abs(period) < 1e9 ? SeriesMath.score(y, period: Int(period.rounded())) : 0
      }
      return arrays([periods, scores.map { $0 > 0.3 ? $0 : 0 }])
    },
    cells(
      "series_decompose", "series_decompose(series, seasonality, trend, test_points, threshold)",
      "A series as baseline, seasonal, trend and residual series.", arity: 1...5,
      [.dynamic, nil, .string, nil, nil], .dynamic
    ) { values in
      guard let y = points(values[0]) else { return .null(.dynamic) }
      let parts = parts(y, values, from: 1, trend: "avg")
      return arrays([parts.baseline, parts.seasonal, parts.trend, parts.residual])
    },
    cells(
      "series_decompose_anomalies",
      "series_decompose_anomalies(series, threshold, seasonality, trend, test_points, method, seasonality_threshold)",
      "Points that lie far from the baseline of a series: ad_flag (-1, 0, 1), ad_score and baseline.", arity: 1...7,
      [.dynamic, nil, nil, .string, nil, .string, nil], .dynamic
    ) { anomalies($0) },
    cells(
      "series_decompose_forecast", "series_decompose_forecast(series, points, seasonality, trend, threshold)",
      "The baseline of a series, its last points forecast from those before.", arity: 2...5,
      [.dynamic, .long, nil, .string, nil], .dynamic
    ) { values in
      guard let y = points(values[0]) else { return .null(.dynamic) }
      let ahead = Int(max(0, min(Int64(y.count), values[1].int64 ?? 0)))
      return series(parts(y, values, from: 2, trend: "linefit", testPoints: ahead).baseline)
    },
  ]
}
