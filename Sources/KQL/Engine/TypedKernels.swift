// SPDX-License-Identifier: Apache-2.0

/// Arithmetic on typed columns for the pairs of types that queries are made of. What is not here goes cell by cell
/// through the function's own definition, which says what these must give.
enum TypedKernels {
  /// nil where there is no typed loop for these operands.
  static func arithmetic(_ op: String, _ vectors: [Vector], _ count: Int, _ type: ScalarType) -> Vector? {
    let (left, right) = (vectors[0], vectors[1])
    if left.isConstant && right.isConstant { return nil }
    switch (type, left.column, right.column) {
    case (.long, _, _):
      guard let a = wholes(left.column), let b = wholes(right.column) else { return nil }
      switch op {
      case "+": return .init(.long(zip(left, a, right, b, count, 0) { $0 &+ $1 }))
      case "-": return .init(.long(zip(left, a, right, b, count, 0) { $0 &- $1 }))
      case "*": return .init(.long(zip(left, a, right, b, count, 0) { $0 &* $1 }))
      default:
        // Others give null by 0, and the least number has no opposite.
        guard right.isConstant, let divisor = b[0], divisor > 0 else { return nil }
        if op == "/" { return .init(.long(zip(left, a, right, b, count, 0) { $0 / $1 })) }
        return .init(.long(zip(left, a, right, b, count, 0) { $0 % $1 < 0 ? $0 % $1 + $1 : $0 % $1 }))
      }
    case (.timespan, .timespan(let a), .timespan(let b)):
      switch op {
      case "+": return .init(.timespan(zip(left, a, right, b, count, 0) { $0 &+ $1 }))
      case "-": return .init(.timespan(zip(left, a, right, b, count, 0) { $0 &- $1 }))
      default: return nil
      }
    case (.timespan, .datetime(let a), .datetime(let b)) where op == "-":
      return .init(.timespan(zip(left, a, right, b, count, 0) { $0 &- $1 }))
    case (.datetime, .datetime(let a), .timespan(let b)):
      let moved = zip(left, a, right, b, count, 0) { op == "+" ? $0 &+ $1 : $0 &- $1 }
      return moved.values.allSatisfy { DateTime.inRange($0) != nil } ? .init(.datetime(moved)) : nil
    case (.real, .timespan(let a), .timespan(let b)):
      return .init(
        .real(
          zip(left, reals(a), right, reals(b), count, 0) { $1 == 0 ? .nan : $0 / $1 }))
    case (.real, _, _):
      guard let a = reals(left.column), let b = reals(right.column) else { return nil }
      switch op {
      case "+": return .init(.real(zip(left, a, right, b, count, 0) { $0 + $1 }))
      case "-": return .init(.real(zip(left, a, right, b, count, 0) { $0 - $1 }))
      case "*": return .init(.real(zip(left, a, right, b, count, 0) { $0 * $1 }))
      case "/": return .init(.real(zip(left, a, right, b, count, 0) { $0 / $1 }))
      default: return nil
      }
    default: return nil
    }
  }

  /// `bin` of times and whole numbers by a constant, and `bin_at` with a constant point.
  static func bin(_ vectors: [Vector]) -> Vector? {
    guard vectors.count > 1, !vectors[0].isConstant, let size = vectors[1].constant else { return nil }
    if vectors.count == 2, case .real(let column) = vectors[0].column, let step = size.double, step > 0 {
      return floor(column, step)
    }
    guard let step = size.int64, step > 0 else { return nil }
    var point: Int64 = 0
    if vectors.count > 2 {
      guard vectors[2].type == vectors[0].type, let given = vectors[2].constant?.int64 else { return nil }
      point = given
    }
    switch (vectors[0].column, vectors[1].type) {
    case (.datetime(let column), .timespan):
      return floor(column, step, point, times: true).map { Vector(.datetime($0)) }
    case (.timespan(let column), .timespan):
      return floor(column, step, point, times: false).map { Vector(.timespan($0)) }
    case (.long(let column), .long): return floor(column, step, point, times: false).map { Vector(.long($0)) }
    default: return nil
    }
  }

  private static func floor(_ column: FixedColumn<Double>, _ step: Double) -> Vector {
    Vector(.real(FixedColumn(column.values.map { ($0 / step).rounded(.down) * step }, validity: column.validity)))
  }

  /// nil where a value is too far from the point, or its bin is no time: those go the long way.
  private static func floor(
    _ column: FixedColumn<Int64>, _ step: Int64, _ point: Int64, times: Bool
  ) -> FixedColumn<Int64>? {
    // Neighbours mostly fall in one bin: the division is done where the bin is left.
    var (low, high) = (Int64.max, Int64.min)
    var isOdd = false
    let values = column.values.map { value -> Int64 in
      if value >= low && value < high { return low }
      let (distance, overflow) = value.subtractingReportingOverflow(point)
      low = point &+ DateTime.floorDiv(distance, step) &* step
      let (next, tooHigh) = low.addingReportingOverflow(step)
      high = tooHigh ? .max : next
      if overflow || low > value || (times && DateTime.inRange(low) == nil) { isOdd = true }
      return low
    }
    return isOdd ? nil : FixedColumn(values, validity: column.validity)
  }

  private static func wholes(_ column: Column) -> FixedColumn<Int64>? {
    switch column {
    case .long(let values): values
    case .int(let values): FixedColumn(values.values.map(Int64.init), validity: values.validity)
    default: nil
    }
  }

  private static func reals(_ values: FixedColumn<Int64>) -> FixedColumn<Double> {
    FixedColumn(values.values.map(Double.init), validity: values.validity)
  }

  private static func reals(_ column: Column) -> FixedColumn<Double>? {
    switch column {
    case .real(let values): values
    case .long(let values): reals(values)
    case .int(let values): FixedColumn(values.values.map(Double.init), validity: values.validity)
    default: nil
    }
  }

  @inline(__always) private static func zip<T>(
    _ left: Vector, _ a: FixedColumn<T>, _ right: Vector, _ b: FixedColumn<T>, _ count: Int, _ zero: T,
    _ body: (T, T) -> T
  ) -> FixedColumn<T> {
    // A null constant makes every cell null.
    let constant = left.isConstant ? a[0] : right.isConstant ? b[0] : zero
    guard let constant else {
      return FixedColumn([T](repeating: zero, count: count), validity: Bitmap(count: count))
    }
    let values: [T]
    if left.isConstant {
      values = b.values.map { body(constant, $0) }
    } else if right.isConstant {
      values = a.values.map { body($0, constant) }
    } else {
      values = a.values.withUnsafeBufferPointer { a in
        b.values.withUnsafeBufferPointer { b in (0..<count).map { body(a[$0], b[$0]) } }
      }
    }
    let validity: Bitmap?
    switch (left.isConstant ? nil : a.validity, right.isConstant ? nil : b.validity) {
    case (let x?, let y?): validity = x & y
    case (let x, let y): validity = x ?? y
    }
    return FixedColumn(values, validity: validity)
  }
}
