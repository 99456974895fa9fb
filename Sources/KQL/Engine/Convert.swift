// SPDX-License-Identifier: Apache-2.0
import JSON

extension Scalar {
  /// The cell as another type by Kusto's to*() functions: what cannot be converted is null (an empty string).
  package func converted(to type: ScalarType) -> Scalar {
    if self.type == type { return self }
    if case .dynamic(let value) = self { return Self.fromDynamic(value, to: type) }
    if case .null = self { return type == .string ? .string("") : .null(type) }
    switch type {
    case .string: return .string(text)
    case .dynamic: return .dynamic(json)
    case .bool:
      switch self {
      case .string(let text): return Self.bool(text)
      case .real(let value): return .bool(value != 0)
      default: return int64.map { .bool($0 != 0) } ?? .null(.bool)
      }
    case .int: return long.map { .int(Int32(truncatingIfNeeded: $0)) } ?? .null(.int)
    case .long: return long.map(Scalar.long) ?? .null(.long)
    case .real: return real.map(Scalar.real) ?? .null(.real)
    case .decimal: return real.map(Scalar.decimal) ?? .null(.decimal)
    case .datetime:
      if case .string(let text) = self { return DateTime.parse(text).map(Scalar.datetime) ?? .null(.datetime) }
      return int64.flatMap(DateTime.inRange).map(Scalar.datetime) ?? .null(.datetime)
    case .timespan:
      if case .string(let text) = self { return TimeSpan.parse(text).map(Scalar.timespan) ?? .null(.timespan) }
      return int64.map(Scalar.timespan) ?? .null(.timespan)
    case .guid:
      guard case .string(let text) = self else { return .null(.guid) }
      return Self.readGuid(text)
    }
  }

  private var long: Int64? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .real(let value), .decimal(let value): value.isFinite ? Int64(exactly: value.rounded(.towardZero)) : nil
    case .string(let text): NumberText.long(text)
    default: int64
    }
  }

  private var real: Double? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .string(let text): NumberText.real(text)
    default: double
    }
  }

  private static func bool(_ text: String) -> Scalar {
    switch text.lowercased() {
    case "true": .bool(true)
    case "false": .bool(false)
    default: NumberText.long(text).map { .bool($0 != 0) } ?? .null(.bool)
    }
  }

  /// With or without hyphens and braces.
  private static func readGuid(_ text: String) -> Scalar {
    if isGuid(text) { return .guid(text.lowercased()) }
    let digits = text.filter { $0 != "{" && $0 != "}" && $0 != "-" }.lowercased()
    guard digits.utf8.count == 32, digits.allSatisfy(\.isHexDigit) else { return .null(.guid) }
    var out = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { out.append("-") }
      out.append(digit)
    }
    return .guid(out)
  }

  static func isGuid(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  private static func fromDynamic(_ value: JSONValue, to type: ScalarType) -> Scalar {
    switch value.kind {
    case .null: return type == .string ? .string("") : .null(type)
    case .bool: return Scalar.bool(value.boolean ?? false).converted(to: type)
    case .integer: return Scalar.long(value.int64 ?? 0).converted(to: type)
    case .double, .number:
      if type == .string { return .string(value.numberLiteral ?? "") }
      return Scalar.real(value.double ?? 0).converted(to: type)
    case .string: return Scalar.string(value.string ?? "").converted(to: type)
    case .array, .object: return type == .string ? .string(value.text) : .null(type)
    }
  }
}

enum Convert {
  /// A vector as another type. Strings are converted once per distinct text.
  static func vector(_ vector: Vector, to type: ScalarType) -> Vector {
    if vector.type == type { return vector }
    let column = vector.column
    if case .dynamic(let values) = column, let made = values.converted(to: type) {
      return Vector(made, isConstant: vector.isConstant)
    }
    switch column {
    case .string(let strings), .guid(let strings):
      return Vector(
        Distinct.map(strings, to: type) { (vector.type == .guid ? Scalar.guid($0) : .string($0)).converted(to: type) },
        isConstant: vector.isConstant)
    case .int(let values) where type == .long:
      return Vector(
        .long(FixedColumn(values.values.map(Int64.init), validity: values.validity)), isConstant: vector.isConstant)
    case .int(let values) where type == .real:
      return Vector(
        .real(FixedColumn(values.values.map(Double.init), validity: values.validity)), isConstant: vector.isConstant)
    case .long(let values) where type == .real:
      return Vector(
        .real(FixedColumn(values.values.map(Double.init), validity: values.validity)), isConstant: vector.isConstant)
    case .dynamic(let column) where type == .string:
      let values = column.places
      var builder = StringColumnBuilder()
      builder.reserve(values.refs.count)
      for row in values.refs.indices {
        let ref = values.refs[row]
        if ref == DynamicColumn.null {
          builder.append("")
          continue
        }
        let document = values.documents[Int(ref >> 32)]
        let node = UInt32(truncatingIfNeeded: ref)
        if document.withPlainText(node, { builder.append(utf8: $0) }) != nil { continue }
        let value = document.value(at: node)
        if value.withUTF8({ builder.append(utf8: $0) }) == nil { builder.append(Scalar.dynamic(value).text) }
      }
      return Vector(.string(builder.finish()), isConstant: vector.isConstant)
    default:
      var builder = ColumnBuilder(type)
      for row in 0..<column.count { builder.append(column[row].converted(to: type)) }
      return Vector(builder.finish(), isConstant: vector.isConstant)
    }
  }
}

/// Work done once per distinct text of a column.
enum Distinct {
  static func map(_ strings: StringColumn, to type: ScalarType, _ body: (String) throws -> Scalar) rethrows -> Column {
    if strings.pool.count > strings.codes.count * 2 {
      var builder = ColumnBuilder(type)
      for code in strings.codes { builder.append(try body(strings.pool.string(Int(code)))) }
      return builder.finish()
    }
    return try map(strings.codes, of: strings.pool.count, to: type) { try body(strings.pool.string($0)) }
  }

  /// The same for dynamic values that rows name by codes.
  static func map(_ rows: CodedRows, to type: ScalarType, _ body: (Scalar) throws -> Scalar) rethrows -> Column {
    let values = Column.dynamic(DynamicColumn(rows.values.places))
    return try map(rows.codes, of: rows.values.count, to: type) { try body(values[$0]) }
  }

  /// Results of the codes that occur, in the order of their first row.
  private static func map(
    _ codes: [UInt32], of count: Int, to type: ScalarType, _ body: (Int) throws -> Scalar
  ) rethrows -> Column {
    var known = [Int32](repeating: -1, count: count)
    var builder = ColumnBuilder(type)
    var next: Int32 = 0
    let places = try codes.map { code -> UInt32 in
      if known[Int(code)] < 0 {
        builder.append(try body(Int(code)))
        known[Int(code)] = next
        next += 1
      }
      return UInt32(bitPattern: known[Int(code)])
    }
    return builder.finish().gather(codes: places)
  }

  /// A predicate over bytes, tested once per distinct text that occurs.
  static func test(_ strings: StringColumn, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bitmap {
    let pool = strings.pool
    if pool.count > strings.codes.count * 2 {
      var checkpoint = Checkpoint(every: 256)
      return Bitmap(count: strings.codes.count) { row in
        checkpoint.goesOn() && pool.withUTF8(Int(strings.codes[row]), body)
      }
    }
    // 0: not tested yet, 1: fails, 2: passes.
    var known = [UInt8](repeating: 0, count: pool.count)
    var checkpoint = Checkpoint(every: 256)
    return known.withUnsafeMutableBufferPointer { known in
      strings.codes.withUnsafeBufferPointer { codes in
        Bitmap(count: codes.count) { row in
          let code = Int(codes[row])
          if known[code] == 0 { known[code] = checkpoint.goesOn() && pool.withUTF8(code, body) ? 2 : 1 }
          return known[code] == 2
        }
      }
    }
  }
}
