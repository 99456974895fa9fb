// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The numerics of series: lines, polynomials, percentiles, autocorrelation, transforms. Missing points are NaN.
enum SeriesMath {
  struct Line {
    var slope = 0.0
    /// The value at x = 0, where the first point has x = 1.
    var interception = 0.0
    var variance = 0.0
    var residual = 0.0
    var rsquare = 0.0
    func value(_ index: Int) -> Double { slope * Double(index + 1) + interception }
  }

  /// The mean of the values and the sum of their squared distances from it.
  static func spread(_ values: some Sequence<Double>) -> (mean: Double, squares: Double, count: Int) {
    var (count, mean, squares) = (0, 0.0, 0.0)
    for value in values where !value.isNaN {
      count += 1
      let delta = value - mean
      mean += delta / Double(count)
      squares += delta * (value - mean)
    }
    return (mean, squares, count)
  }

  /// The least-squares line through the points, which stand at x = 1, 2, ...
  static func line(_ y: some Collection<Double>) -> Line {
    let points = y.enumerated().compactMap { $1.isNaN ? nil : (x: Double($0 + 1), y: $1) }
    guard let first = points.first else { return Line() }
    var line = Line()
    let count = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.x } / count
    let meanY = points.reduce(0) { $0 + $1.y } / count
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for point in points {
      xx += (point.x - meanX) * (point.x - meanX)
      xy += (point.x - meanX) * (point.y - meanY)
      yy += (point.y - meanY) * (point.y - meanY)
    }
    line.slope = xx > 0 ? xy / xx : 0
    line.interception = points.count > 1 ? meanY - line.slope * meanX : first.y
    let rest = points.reduce(0.0) { sum, point in
      let miss = point.y - (line.slope * point.x + line.interception)
      return sum + miss * miss
    }
    let divisor = max(1, count - 1)
    (line.variance, line.residual) = (yy / divisor, rest / divisor)
    line.rsquare = yy > 0 ? max(0, 1 - rest / yy) : 1
    return line
  }

  /// Where to cut the points so that a line through each part misses them least, in squares.
  ///
  /// Moments that are carried along from either end tell how far the lines miss, so a long series is passed over twice
  /// and not once for each cut.
  static func bestSplit(_ y: [Double]) -> Int? {
    /// Means and sums of squared distances from them (Welford).
    struct Moments {
      var (count, x, y, xx, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
      mutating func add(_ px: Double, _ py: Double) {
        count += 1
        let (dx, dy) = (px - x, py - y)
        x += dx / count
        y += dy / count
        xx += dx * (px - x)
        xy += dx * (py - y)
        yy += dy * (py - y)
      }
      /// The sum of squared distances from the least-squares line.
      var rest: Double { max(0, xx > 0 ? yy - xy * xy / xx : yy) }
    }
    var right = Moments()
    var rests = [Double](repeating: 0, count: y.count)
    for index in y.indices.reversed() {
      if !y[index].isNaN { right.add(Double(index), y[index]) }
      rests[index] = right.rest
    }
    var left = Moments()
    var best: (split: Int, rest: Double)?
    for split in y.indices.dropFirst() {
      if !y[split - 1].isNaN { left.add(Double(split - 1), y[split - 1]) }
      let rest = left.rest + rests[split]
      if rest < best?.rest ?? .infinity { best = (split, rest) }
    }
    return best?.split
  }

  /// The percentile of sorted values, on a straight line between the two nearest.
  static func percentile(_ sorted: [Double], _ percent: Double) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = max(0, min(100, percent)) / 100 * Double(sorted.count - 1)
    let low = Int(place)
    guard low + 1 < sorted.count else { return last }
    return sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low])
  }

  static func median(_ values: [Double]) -> Double { percentile(values.filter { !$0.isNaN }.sorted(), 50) }

  // MARK: Periods

  /// How well the series agrees with itself moved by `lag` points: the autocorrelation, freed of the bias that comes
  /// from fewer pairs at longer lags.
  static func agreement(_ y: [Double], _ lag: Int) -> Double {
    let (mean, squares, count) = spread(y)
    guard lag > 0, lag < y.count, squares > 0 else { return 0 }
    var sum = 0.0
    for index in 0..<(y.count - lag) where !y[index].isNaN && !y[index + lag].isNaN {
      sum += (y[index] - mean) * (y[index + lag] - mean)
    }
    return sum / squares * Double(count) / Double(y.count - lag)
  }

  /// ``agreement(_:_:)`` at every lag of a long series: by the transform of the series, in n log n steps.
  private static func agreements(_ y: [Double]) -> [Double] {
    let (mean, squares, count) = spread(y)
    guard squares > 0 else { return [Double](repeating: 0, count: y.count + 1) }
    var size = 1
    while size < y.count * 2 { size *= 2 }
    // Beyond the end stand zeros, so that the series meets itself and not its own beginning.
    let padded = y.map { $0.isNaN ? 0 : $0 - mean } + [Double](repeating: 0, count: size - y.count)
    let (real, imaginary) = transform(padded, [Double](repeating: 0, count: size), sign: -1)
    let power = zip(real, imaginary).map { $0 * $0 + $1 * $1 }
    let sums = transform(power, [Double](repeating: 0, count: size), sign: 1).real
    return (0...y.count).map { lag in
      lag == 0 || lag == y.count
        ? 0 : sums[lag] / Double(size) / squares * Double(count) / Double(y.count - lag)
    }
  }

  /// The significance of a period, from 0 to 1: it must show after one turn and after two, and no neighbouring length
  /// may fit better. Kusto does not publish its score; this one ranks periods alike.
  static func score(_ y: [Double], period: Int) -> Double {
    guard period >= 4, period * 2 < y.count else { return 0 }
    let here = agreement(y, period)
    guard here >= agreement(y, period - 1), here >= agreement(y, period + 1) else { return 0 }
    return max(0, min(1, min(here, agreement(y, period * 2))))
  }

  /// The most significant periods with their scores, best first. Multiples of a period that was found say nothing new.
  static func periods(_ y: [Double], from low: Double, to high: Double, count: Int) -> [(period: Int, score: Double)] {
    let first = max(4, Int(max(0, min(low, 1e9)).rounded(.up)))
    let last = min((y.count - 1) / 2, Int(max(0, min(high, 1e9))))
    guard first <= last else { return [] }
    var agreements = [Double](repeating: 0, count: y.count + 1)
    if y.count > 2048 {
      agreements = self.agreements(y)
    } else {
      for lag in max(1, first - 1)...min(y.count - 1, last * 2 + 1) where lag <= last + 1 || lag % 2 == 0 {
        agreements[lag] = agreement(y, lag)
      }
    }
    var found: [(period: Int, score: Double)] = []
    for period in first...last {
      let here = agreements[period]
      let score = min(here, agreements[period * 2])
      if score > 0.3, here >= agreements[period - 1], here >= agreements[period + 1] {
        found.append((period, min(1, score)))
      }
    }
    found.sort { $0.score == $1.score ? $0.period < $1.period : $0.score > $1.score }
    // Beyond the best thousand there is nothing that the others do not repeat.
    found = Array(found.prefix(1000))
    var kept: [(period: Int, score: Double)] = []
    for candidate in found where kept.count < count {
      let repeats = found.contains {
        $0.period < candidate.period && candidate.period % $0.period == 0 && $0.score >= candidate.score - 0.15
      }
      if !repeats { kept.append(candidate) }
    }
    return kept
  }

  /// The median of the points at each place of the period, repeated over `count` points.
  static func seasonal(_ y: some Collection<Double>, period: Int, count: Int) -> [Double] {
    let values = Array(y)
    guard period > 0 else { return [Double](repeating: 0, count: count) }
    let medians = (0..<min(period, max(1, count))).map { phase in
      let median = median(stride(from: phase, to: values.count, by: period).map { values[$0] })
      return median.isNaN ? 0 : median
    }
    return (0..<count).map { medians[$0 % period] }
  }

  // MARK: Transforms

  /// The discrete Fourier transform by smallest prime factors; `sign` is -1 forward, +1 back (not scaled).
  static func transform(_ real: [Double], _ imaginary: [Double], sign: Double) -> (real: [Double], imaginary: [Double])
  {
    let count = real.count
    guard count > 1 else { return (real, imaginary) }
    var factor = 2
    while factor * factor <= count, count % factor != 0 { factor += 1 }
    if count % factor != 0 { factor = count }
    if factor > 64 { return chirped(real, imaginary, sign: sign) }
    let part = count / factor
    var parts: [(real: [Double], imaginary: [Double])] = []
    for offset in 0..<factor {
      let indices = (0..<part).map { $0 * factor + offset }
      parts.append(transform(indices.map { real[$0] }, indices.map { imaginary[$0] }, sign: sign))
    }
    var out = (real: [Double](repeating: 0, count: count), imaginary: [Double](repeating: 0, count: count))
    for index in 0..<count {
      for offset in 0..<factor {
        let angle = sign * 2 * Double.pi * Double((index * offset) % count) / Double(count)
        let (c, s) = (cos(angle), sin(angle))
        let (re, im) = (parts[offset].real[index % part], parts[offset].imaginary[index % part])
        out.real[index] += re * c - im * s
        out.imaginary[index] += re * s + im * c
      }
    }
    return out
  }

  /// The transform of a length with a large prime factor, as a convolution of a length that is a power of two
  /// (Bluestein's algorithm): jk = (j² + k² - (k - j)²) / 2.
  private static func chirped(_ real: [Double], _ imaginary: [Double], sign: Double) -> (
    real: [Double], imaginary: [Double]
  ) {
    let count = real.count
    var size = 1
    while size < count * 2 { size *= 2 }
    let chirp = (0..<count).map { index -> (c: Double, s: Double) in
      // The square is taken round the circle, or a large index would lose the angle's digits.
      let angle = sign * Double.pi * Double(index * index % (2 * count)) / Double(count)
      return (cos(angle), sin(angle))
    }
    var (a, b) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
    var (c, d) = (a, b)
    for index in 0..<count {
      let (re, im) = chirp[index]
      a[index] = real[index] * re - imaginary[index] * im
      b[index] = real[index] * im + imaginary[index] * re
      for place in index == 0 ? [0] : [index, size - index] { (c[place], d[place]) = (re, -im) }
    }
    let (left, right) = (transform(a, b, sign: -1), transform(c, d, sign: -1))
    for index in 0..<size {
      a[index] = left.real[index] * right.real[index] - left.imaginary[index] * right.imaginary[index]
      b[index] = left.real[index] * right.imaginary[index] + left.imaginary[index] * right.real[index]
    }
    let product = transform(a, b, sign: 1)
    var out = (real: [Double](repeating: 0, count: count), imaginary: [Double](repeating: 0, count: count))
    for index in 0..<count {
      let (re, im) = chirp[index]
      let (x, y) = (product.real[index] / Double(size), product.imaginary[index] / Double(size))
      out.real[index] = x * re - y * im
      out.imaginary[index] = x * im + y * re
    }
    return out
  }

  /// Coefficients of the polynomial of a degree nearest to the points, the highest power first; nil where there are
  /// fewer points than coefficients. By Householder reflections, which keep high degrees stable.
  static func polynomial(_ x: [Double], _ y: [Double], degree: Int) -> [Double]? {
    let width = degree + 1
    guard degree >= 0, degree <= 30, x.count == y.count, x.count >= width else { return nil }
    var rows = x.map { value in (0..<width).map { pow(value, Double(degree - $0)) } }
    var right = y
    for column in 0..<width {
      var norm = 0.0
      for row in column..<rows.count { norm += rows[row][column] * rows[row][column] }
      norm = norm.squareRoot()
      guard norm > 0 else { return nil }
      let head = rows[column][column] > 0 ? -norm : norm
      var vector = (column..<rows.count).map { rows[$0][column] }
      vector[0] -= head
      let length = vector.reduce(0) { $0 + $1 * $1 }
      guard length > 0 else { continue }
      for other in column..<width {
        var dot = 0.0
        for (index, value) in vector.enumerated() { dot += value * rows[column + index][other] }
        for (index, value) in vector.enumerated() { rows[column + index][other] -= 2 * dot / length * value }
      }
      var dot = 0.0
      for (index, value) in vector.enumerated() { dot += value * right[column + index] }
      for (index, value) in vector.enumerated() { right[column + index] -= 2 * dot / length * value }
    }
    var coefficients = [Double](repeating: 0, count: width)
    for row in stride(from: width - 1, through: 0, by: -1) {
      var sum = right[row]
      for column in row + 1..<max(row + 1, width) { sum -= rows[row][column] * coefficients[column] }
      guard rows[row][row] != 0 else { return nil }
      coefficients[row] = sum / rows[row][row]
    }
    return coefficients
  }
}
