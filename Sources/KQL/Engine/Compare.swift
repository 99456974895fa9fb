// SPDX-License-Identifier: Apache-2.0
import JSON

/// Comparison with Kusto's rules for nulls: `==` with one null is false and `!=` true, both null give null; the order
/// operators are null where either side is.
enum Compare {
  enum Op: String {
    case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">", greaterEqual = ">="
  }

  /// The common type of two operands, or nil where they cannot be compared. Equality also takes a string with a number
  /// or bool, and reads the string as one: `ResultType == 0`.
  static func common(_ left: ScalarType, _ right: ScalarType, for op: Op = .less) -> ScalarType? {
    if left == right { return left }
    let pair: Set<ScalarType> = [left, right]
    if left.isNumeric && right.isNumeric {
      if pair.contains(.decimal) { return .decimal }
      return pair.contains(.real) ? .real : .long
    }
    if pair.contains(.dynamic) {
      let other = left == .dynamic ? right : left
      return other == .int || other == .long ? .real : other
    }
    if pair.contains(.string) {
      let other = left == .string ? right : left
      if op == .equal || op == .notEqual { return other == .int ? .long : other }
      return other == .datetime || other == .timespan || other == .guid ? other : nil
    }
    if pair.contains(.bool), left.isNumeric || right.isNumeric { return pair.contains(.real) ? .real : .long }
    return nil
  }

  static func vectors(_ op: Op, _ left: Vector, _ right: Vector, _ count: Int) throws -> Vector {
    guard let type = common(left.type, right.type, for: op) else {
      throw KQLError(.type, "cannot compare \(left.type.rawValue) with \(right.type.rawValue)")
    }
    let constant = left.isConstant && right.isConstant
    let rows = constant ? 1 : count
    // A dynamic null is null even where the other side is a string, which has none.
    let (l, r) = (Convert.vector(left, to: type), Convert.vector(right, to: type))
    let leftNulls = nulls(left, l, rows)
    let rightNulls = nulls(right, r, rows)
    var values: Bitmap
    switch (l.column, r.column) {
    case (.string(let a), .string(let b)), (.guid(let a), .guid(let b)):
      values = strings(op, a, l.isConstant, b, r.isConstant, rows)
    case (.long(let a), .long(let b)), (.datetime(let a), .datetime(let b)), (.timespan(let a), .timespan(let b)):
      values = fixed(op, a.values, l.isConstant, b.values, r.isConstant, rows)
    case (.real(let a), .real(let b)), (.decimal(let a), .decimal(let b)):
      values = fixed(op, a.values, l.isConstant, b.values, r.isConstant, rows)
    case (.int(let a), .int(let b)): values = fixed(op, a.values, l.isConstant, b.values, r.isConstant, rows)
    case (.bool(let a), .bool(let b)):
      values = Bitmap(count: rows)
      for row in 0..<rows {
        let (x, y) = (a.values[l.cell(row)] ? 1 : 0, b.values[r.cell(row)] ? 1 : 0)
        values[row] = holds(op, x, y)
      }
    case (.dynamic(let a), .dynamic(let b)):
      values = Bitmap(count: rows)
      for row in 0..<rows {
        guard let x = a[l.cell(row)], let y = b[r.cell(row)] else { continue }
        let same = x == y
        values[row] = op == .equal ? same : op == .notEqual ? !same : false
      }
    default: throw KQLError(.type, "cannot compare \(left.type.rawValue) with \(right.type.rawValue)")
    }
    var validity: Bitmap?
    if leftNulls != nil || rightNulls != nil {
      let a = leftNulls ?? Bitmap(count: rows)
      let b = rightNulls ?? Bitmap(count: rows)
      let either = a | b
      switch op {
      case .equal:
        values = values & ~either
        validity = ~(a & b)
      case .notEqual:
        values = (values & ~either) | either
        validity = ~(a & b)
      default:
        values = values & ~either
        validity = ~either
      }
    }
    return Vector(.bool(BoolColumn(values, validity: validity)), isConstant: constant)
  }

  /// Rows whose cell is null, before or after the conversion to the common type; nil where there is none.
  private static func nulls(_ vector: Vector, _ converted: Vector, _ rows: Int) -> Bitmap? {
    func bits(_ validity: Bitmap?) -> Bitmap? {
      guard let validity else { return nil }
      let found = vector.isConstant ? Bitmap(count: rows, filledWith: !validity[0]) : ~validity
      return found.isEmpty ? nil : found
    }
    func bits(_ isNull: (Int) -> Bool) -> Bitmap? {
      let found = vector.isConstant ? Bitmap(count: rows, filledWith: isNull(0)) : Bitmap(count: rows, where: isNull)
      return found.isEmpty ? nil : found
    }
    switch (vector.column, converted.column) {
    case (.string, .string): return nil
    case (.dynamic(let column), .string), (.dynamic(let column), .dynamic):
      guard vector.isConstant else { return column.nulls }
      return bits(column.isNull)
    case (_, .bool(let column)): return bits(column.validity)
    case (_, .int(let column)): return bits(column.validity)
    case (_, .long(let column)), (_, .datetime(let column)), (_, .timespan(let column)): return bits(column.validity)
    case (_, .real(let column)), (_, .decimal(let column)): return bits(column.validity)
    default: return bits { converted.column.isNull($0) }
    }
  }

  @inline(__always) private static func holds<T: Comparable>(_ op: Op, _ a: T, _ b: T) -> Bool {
    switch op {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessEqual: a <= b
    case .greater: a > b
    case .greaterEqual: a >= b
    }
  }

  private static func fixed<T: Comparable>(
    _ op: Op, _ a: [T], _ constantA: Bool, _ b: [T], _ constantB: Bool, _ rows: Int
  ) -> Bitmap {
    if constantB && !constantA {
      let value = b[0]
      return a.withUnsafeBufferPointer { a in
        // The operator is chosen outside the loop.
        switch op {
        case .equal: Bitmap(count: rows) { a[$0] == value }
        case .notEqual: Bitmap(count: rows) { a[$0] != value }
        case .less: Bitmap(count: rows) { a[$0] < value }
        case .lessEqual: Bitmap(count: rows) { a[$0] <= value }
        case .greater: Bitmap(count: rows) { a[$0] > value }
        case .greaterEqual: Bitmap(count: rows) { a[$0] >= value }
        }
      }
    }
    return Bitmap(count: rows) { holds(op, a[constantA ? 0 : $0], b[constantB ? 0 : $0]) }
  }

  private static func strings(
    _ op: Op, _ a: StringColumn, _ constantA: Bool, _ b: StringColumn, _ constantB: Bool, _ rows: Int
  ) -> Bitmap {
    if constantB && !constantA {
      let text = Array(b[0].utf8)
      return Distinct.test(a) { holds(op, order($0, text), 0) }
    }
    if constantA && !constantB {
      let text = Array(a[0].utf8)
      return Distinct.test(b) { holds(op, -order($0, text), 0) }
    }
    var result = Bitmap(count: rows)
    for row in 0..<rows {
      let (x, y) = (Int(a.codes[constantA ? 0 : row]), Int(b.codes[constantB ? 0 : row]))
      let sign =
        a.pool === b.pool && x == y ? 0 : a.pool.withUTF8(x) { l in b.pool.withUTF8(y) { order(l, Array($0)) } }
      if holds(op, sign, 0) { result[row] = true }
    }
    return result
  }

  /// Order by bytes: negative, zero or positive.
  static func order(_ a: UnsafeBufferPointer<UInt8>, _ b: [UInt8]) -> Int {
    let shared = min(a.count, b.count)
    for index in 0..<shared where a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
    return a.count - b.count
  }

  /// Order of two cells of one type for sorting: nulls are told apart by the caller.
  static func order(_ a: Scalar, _ b: Scalar) -> Int {
    switch (a, b) {
    case (.string(let x), .string(let y)), (.guid(let x), .guid(let y)):
      return x == y ? 0 : x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1
    case (.bool(let x), .bool(let y)): return (x ? 1 : 0) - (y ? 1 : 0)
    case (.dynamic(let x), .dynamic(let y)):
      if let p = x.double, let q = y.double { return p < q ? -1 : p > q ? 1 : 0 }
      return order(.string(Scalar.dynamic(x).text), .string(Scalar.dynamic(y).text))
    default:
      if let x = a.int64, let y = b.int64 { return x < y ? -1 : x > y ? 1 : 0 }
      guard let x = a.double, let y = b.double else { return 0 }
      if x.isNaN || y.isNaN { return x.isNaN && y.isNaN ? 0 : x.isNaN ? -1 : 1 }
      return x < y ? -1 : x > y ? 1 : 0
    }
  }
}
