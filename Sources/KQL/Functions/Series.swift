// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Element-wise functions of numeric arrays.
extension Functions {
  private static func build(_ count: Int, _ item: (Int) -> Double?) -> Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    for index in 0..<count { if let x = item(index) { builder.append(x) } else { builder.appendNull() } }
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  private static func isWhole(_ items: [JSONValue]) -> Bool {
    items.allSatisfy { $0.kind == .integer || $0.isNull }
  }

  /// `whole`: a series of integers gives integers.
  private static func each(
    _ name: String, _ meaning: String, whole: Bool = false, _ body: @escaping @Sendable (Double) -> Double
  ) -> ScalarFunction {
    cells("series_" + name, "series_\(name)(series)", meaning, arity: 1...1, [.dynamic], .dynamic) {
      guard let items = elements($0[0]) else { return .null(.dynamic) }
      if whole, isWhole(items) { return integers(items.count) { items[$0].double.map(body) } }
      return build(items.count) { items[$0].double.map(body) }
    }
  }

  private static func integers(_ count: Int, _ item: (Int) -> Double?) -> Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    for index in 0..<count {
      if let x = item(index), let whole = Int64(exactly: x.rounded(.towardZero)) {
        builder.append(whole)
      } else {
        builder.appendNull()
      }
    }
    builder.endArray()
    return .dynamic(builder.finish().root)
  }

  private static func pair(
    _ name: String, _ meaning: String, whole: Bool = false, _ body: @escaping @Sendable (Double, Double) -> Double
  ) -> ScalarFunction {
    cells("series_" + name, "series_\(name)(a, b)", meaning, arity: 2...2, [nil], .dynamic) { values in
      guard let (count, a, b) = operands(values) else { return .null(.dynamic) }
      let item = { (index: Int) -> Double? in
        guard let x = a(index), let y = b(index) else { return nil }
        return body(x, y)
      }
      if whole, values.allSatisfy({ value in elements(value).map(isWhole) ?? (value.int64 != nil) }) {
        return integers(count, item)
      }
      return build(count, item)
    }
  }

  private static func order(_ name: String, _ meaning: String, _ body: @escaping @Sendable (Double, Double) -> Bool)
    -> ScalarFunction
  {
    cells("series_" + name, "series_\(name)(a, b)", meaning, arity: 2...2, [nil], .dynamic) { values in
      guard let (count, a, b) = operands(values) else { return .null(.dynamic) }
      var builder = JSONBuilder()
      builder.beginArray()
      for index in 0..<count {
        if let x = a(index), let y = b(index) { builder.append(body(x, y)) } else { builder.appendNull() }
      }
      builder.endArray()
      return .dynamic(builder.finish().root)
    }
  }

  /// Two series, or a series and a number.
  private static func operands(_ values: [Scalar]) -> (Int, (Int) -> Double?, (Int) -> Double?)? {
    let (a, b) = (elements(values[0]), elements(values[1]))
    guard a != nil || b != nil else { return nil }
    func reader(_ items: [JSONValue]?, _ scalar: Scalar) -> (Int) -> Double? {
      if let items { return { $0 < items.count ? items[$0].double : nil } }
      let number = scalar.converted(to: .real).double
      return { _ in number }
    }
    return (max(a?.count ?? 0, b?.count ?? 0), reader(a, values[0]), reader(b, values[1]))
  }

  private static func numbers(_ scalar: Scalar) -> [Double]? { elements(scalar)?.compactMap(\.double) }

  private static func fill(
    _ name: String, _ meaning: String, _ body: @escaping @Sendable ([JSONValue?], Scalar?) -> [JSONValue?]
  ) -> ScalarFunction {
    cells("series_fill_" + name, "series_fill_\(name)(series, ...)", meaning, arity: 1...4, [.dynamic, nil], .dynamic) {
      values in
      guard let items = elements(values[0]) else { return .null(.dynamic) }
      let mark = name == "const" ? (values.count > 2 ? values[2] : nil) : values.count > 1 ? values[1] : nil
      let missing = mark.flatMap { $0.isNull ? nil : $0.converted(to: .real).double }
      let gaps = items.map { item -> JSONValue? in
        item.isNull || (missing != nil && item.double == missing) ? nil : item
      }
      return array(body(gaps, values.count > 1 ? values[1] : nil).map { $0 ?? .null })
    }
  }

  private static func nearest(_ items: [JSONValue?], reversed: Bool) -> [JSONValue?] {
    var last: JSONValue?
    let source = reversed ? items.reversed() : items
    let out = source.map { item -> JSONValue? in
      if item != nil { last = item }
      return item ?? last
    }
    return reversed ? out.reversed() : out
  }

  private static func fillLinear(_ values: [Scalar]) -> Scalar {
    guard let items = elements(values[0]) else { return .null(.dynamic) }
    let missing = values.count > 1 ? values[1].converted(to: .real).double : nil
    var edges = true
    if values.count > 2, case .bool(false) = values[2].converted(to: .bool) { edges = false }
    let constant = values.count > 3 ? values[3].converted(to: .real).double : 0
    let y = items.map { item -> Double? in item.double == missing && missing != nil ? nil : item.double }
    let known = y.indices.filter { y[$0] != nil }
    guard let first = known.first, let last = known.last else { return build(items.count) { _ in constant } }
    var next = 0
    let filled = y.indices.map { index -> Double? in
      if let value = y[index] { return value }
      if index < first { return edges ? y[first] : nil }
      if index > last { return edges ? y[last] : nil }
      while known[next] < index { next += 1 }
      let (a, b) = (known[next - 1], known[next])
      let (low, high) = (y[a] ?? 0, y[b] ?? 0)
      return low + (high - low) * Double(index - a) / Double(b - a)
    }
    return isWhole(items) ? integers(items.count) { filled[$0] } : build(items.count) { filled[$0] }
  }

  static let series: [ScalarFunction] = [
    each("abs", "The magnitudes.", whole: true) { $0.magnitude }, each("exp", "e to the power of each.") { exp($0) },
    each("sin", "The sines.") { sin($0) }, each("cos", "The cosines.") { cos($0) },
    each("tan", "The tangents.") { tan($0) },
    each("asin", "The arc sines.") { asin($0) }, each("acos", "The arc cosines.") { acos($0) },
    each("atan", "The arc tangents.") { atan($0) }, each("floor", "Rounded down.") { $0.rounded(.down) },
    each("ceiling", "Rounded up.") { $0.rounded(.up) }, each("log", "The natural logarithms.") { log($0) },
    each("sign", "-1, 0 or 1 by sign.", whole: true) { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 },
    pair("add", "The sums.", whole: true) { $0 + $1 }, pair("subtract", "The differences.", whole: true) { $0 - $1 },
    pair("multiply", "The products.", whole: true) { $0 * $1 }, pair("divide", "The quotients.") { $0 / $1 },
    pair("pow", "The powers.") { pow($0, $1) },
    order("equals", "Where a is b.") { $0 == $1 }, order("not_equals", "Where a is not b.") { $0 != $1 },
    order("less", "Where a is below b.") { $0 < $1 }, order("less_equals", "Where a is at most b.") { $0 <= $1 },
    order("greater", "Where a is above b.") { $0 > $1 }, order("greater_equals", "Where a is at least b.") { $0 >= $1 },
    cells("series_sum", "series_sum(series)", "The sum.", arity: 1...1, [.dynamic], .real) {
      numbers($0[0]).map { .real($0.reduce(0, +)) } ?? .null(.real)
    },
    cells("series_product", "series_product(series)", "The product.", arity: 1...1, [.dynamic], .real) {
      numbers($0[0]).map { .real($0.reduce(1, *)) } ?? .null(.real)
    },
    cells("series_dot_product", "series_dot_product(a, b)", "The sum of the products.", arity: 2...2, [nil], .real) {
      values in
      guard let (count, a, b) = operands(values) else { return .null(.real) }
      return .real((0..<count).reduce(0) { $0 + (a($1) ?? 0) * (b($1) ?? 0) })
    },
    cells("series_magnitude", "series_magnitude(series)", "The length as a vector.", arity: 1...1, [.dynamic], .real) {
      numbers($0[0]).map { .real($0.reduce(0) { $0 + $1 * $1 }.squareRoot()) } ?? .null(.real)
    },
    cells(
      "series_cosine_similarity", "series_cosine_similarity(a, b, magnitude_a, magnitude_b)",
      "The cosine of the angle between.",
      arity: 2...4, [.dynamic, .dynamic, .real, .real], .real
    ) {
      guard let a = numbers($0[0]), let b = numbers($0[1]), a.count == b.count else { return .null(.real) }
      let dot = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
      return .real(dot / (a.reduce(0) { $0 + $1 * $1 }.squareRoot() * b.reduce(0) { $0 + $1 * $1 }.squareRoot()))
    },
    cells(
      "series_pearson_correlation", "series_pearson_correlation(a, b)", "Pearson's coefficient.", arity: 2...2,
      [.dynamic], .real
    ) {
      guard let a = numbers($0[0]), let b = numbers($0[1]), a.count == b.count, !a.isEmpty else { return .null(.real) }
      let (x, y) = (a.reduce(0, +) / Double(a.count), b.reduce(0, +) / Double(b.count))
      let top = zip(a, b).reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
      let bottom = (a.reduce(0) { $0 + ($1 - x) * ($1 - x) } * b.reduce(0) { $0 + ($1 - y) * ($1 - y) }).squareRoot()
      return .real(top / bottom)
    },
    fill("forward", "Gaps take the value before them.") { items, _ in nearest(items, reversed: false) },
    fill("backward", "Gaps take the value after them.") { items, _ in nearest(items, reversed: true) },
    fill("const", "Gaps take a constant.") { items, constant in items.map { $0 ?? constant?.json } },
    cells(
      "series_fill_linear", "series_fill_linear(series, missing, fill_edges, constant)",
      "Gaps take the line between their neighbours, edges the nearest value; a series of gaps only takes a constant.",
      arity: 1...4, [.dynamic, nil, nil, nil], .dynamic
    ) { fillLinear($0) },
  ]
}
