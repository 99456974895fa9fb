// SPDX-License-Identifier: Apache-2.0
import JSON

/// Columns of rows that are being read from a file, typed while they are read.
struct IngestColumns {
  /// The cells of one column: whole numbers, reals, or texts (dynamic values as JSON text, none for null).
  private final class Cells {
    var whole = Numbers<Int64>()
    var real = Numbers<Double>()
    var texts = Texts()
  }

  private struct Numbers<Number: BitwiseCopyable & AdditiveArithmetic> {
    var values: [Number] = []
    var validity = Bitmap(count: 0)

    mutating func append(_ value: Number?) {
      values.append(value ?? .zero)
      validity.append(value != nil)
    }
    mutating func truncate(to count: Int) {
      values.removeLast(values.count - count)
      while validity.count > count { validity.removeLast() }
    }
  }

  private struct Texts {
    var builder = StringColumnBuilder()
    /// Texts hardly ever repeat: they are no longer looked up.
    var isUnique = false

    mutating func append(utf8 text: UnsafeBufferPointer<UInt8>) {
      if isUnique { return builder.appendNew(text) }
      builder.append(utf8: text)
      if builder.count & 0xFFFF == 0 { isUnique = builder.distinctCount * 10 > builder.count * 9 }
    }
  }

  private(set) var schema: Schema
  /// Whether columns may be added while rows are read.
  let isOpen: Bool
  /// Columns of the table, whose types added ones have.
  private let table: Schema
  private var cells: [Cells]
  private(set) var count = 0

  init(_ schema: Schema, isOpen: Bool = false, table: Schema = []) {
    (self.schema, self.isOpen, self.table) = (schema, isOpen, table)
    cells = schema.map { _ in Cells() }
  }

  /// Adds columns, null in the rows so far.
  mutating func add(_ fields: some Sequence<Field>) {
    for field in fields {
      schema.append(table.first { $0.name == field.name } ?? field)
      cells.append(Cells())
      for _ in 0..<count { putNull(schema.count - 1) }
    }
  }

  private func putNull(_ column: Int) {
    switch schema[column].type {
    case .string, .guid, .dynamic: put(utf8: UnsafeBufferPointer(start: nil, count: 0), column)
    case .real, .decimal: put(real: nil, column)
    default: put(whole: nil, column)
    }
  }

  /// A value that does not fit its column.
  struct Misfit: Error {
    let column: String
    let type: ScalarType
    let text: String
    var description: String { "'\(text.prefix(60))' in column '\(column)' is no \(type.rawValue)" }
  }

  /// Ends a row: the values of all columns were put.
  mutating func endRow() { count += 1 }

  /// Takes back what was put after the last row that was ended.
  mutating func drop() { truncate(to: count) }

  /// Takes back the rows after the first `count`.
  mutating func truncate(to count: Int) {
    for (field, cells) in zip(schema, cells) {
      switch field.type {
      case .string, .guid, .dynamic: cells.texts.builder.truncate(to: count)
      case .real, .decimal: cells.real.truncate(to: count)
      default: cells.whole.truncate(to: count)
      }
    }
    self.count = count
  }

  private func put(whole value: Int64?, _ column: Int) { cells[column].whole.append(value) }
  private func put(real value: Double?, _ column: Int) { cells[column].real.append(value) }
  private func put(utf8 text: UnsafeBufferPointer<UInt8>, _ column: Int) { cells[column].texts.append(utf8: text) }

  // MARK: JSON

  /// A JSON value, or nothing where the row has no such member.
  mutating func put(_ value: JSONValue?, _ column: Int) throws(Misfit) {
    let type = schema[column].type
    let value = value?.isNull == true ? nil : value
    func misfit(_ value: JSONValue) -> Misfit {
      Misfit(column: schema[column].name, type: type, text: value.string ?? value.text)
    }
    switch type {
    case .string, .guid, .dynamic: Self.append(value, type, to: &cells[column].texts)
    case .real, .decimal:
      guard let value else { return put(real: nil, column) }
      guard let number = Self.real(value) else { throw misfit(value) }
      put(real: number, column)
    default:
      guard let value else { return put(whole: nil, column) }
      guard let number = Self.whole(value, type) else { throw misfit(value) }
      put(whole: number, column)
    }
  }

  /// The rows of many objects, column by column: what is done for one column stays in the cache, and is looked up once.
  /// False where a value does not fit; what was put is then to be taken back.
  mutating func put(_ members: JSONMembers) -> Bool {
    let fits = members.document.withCells { values in
      schema.indices.allSatisfy { column in
        let (nodes, cells) = (members.nodes(of: column), cells[column])
        switch schema[column].type {
        case .string, .guid, .dynamic:
          Self.append(nodes, values, members.document, schema[column].type, to: &cells.texts)
          return true
        case .real, .decimal:
          return Self.append(nodes, values, to: &cells.real) { node in
            values.double(node) ?? Self.real(members.document.value(at: node))
          }
        case .datetime:
          return Self.append(nodes, values, to: &cells.whole) { node in
            values.plainText(node).flatMap(DateTime.parse(utf8:))
              ?? Self.whole(members.document.value(at: node), .datetime)
          }
        case .long:
          return Self.append(nodes, values, to: &cells.whole) { node in
            values.int64(node) ?? Self.whole(members.document.value(at: node), .long)
          }
        case let type:
          return Self.append(nodes, values, to: &cells.whole) { Self.whole(members.document.value(at: $0), type) }
        }
      }
    }
    if fits { count += members.rows }
    return fits
  }

  @inline(__always) private static func append<Number>(
    _ nodes: ArraySlice<UInt32>, _ values: JSONCells, to numbers: inout Numbers<Number>, _ read: (UInt32) -> Number?
  ) -> Bool {
    for node in nodes {
      if node == 0 || values.isNull(node) {
        numbers.append(nil)
      } else if let number = read(node) {
        numbers.append(number)
      } else {
        return false
      }
    }
    return true
  }

  private static func append(
    _ nodes: ArraySlice<UInt32>, _ values: JSONCells, _ document: JSONDocument, _ type: ScalarType,
    to texts: inout Texts
  ) {
    var json: [UInt8] = []
    for node in nodes {
      if node == 0 {
        append(nil, type, to: &texts)
      } else if type == .dynamic, !values.isNull(node) {
        json.removeAll(keepingCapacity: true)
        values.write(node, into: &json)
        json.withUnsafeBufferPointer { texts.append(utf8: $0) }
      } else if type != .dynamic, let text = values.plainText(node) {
        texts.append(utf8: text)
      } else {
        append(document.value(at: node), type, to: &texts)
      }
    }
  }

  private static func append(_ value: JSONValue?, _ type: ScalarType, to texts: inout Texts) {
    guard let value, !value.isNull else { return texts.append(utf8: UnsafeBufferPointer(start: nil, count: 0)) }
    if type != .dynamic, value.withUTF8({ texts.append(utf8: $0) }) != nil { return }
    value.serialized().withUnsafeBufferPointer { texts.append(utf8: $0) }
  }

  private static func real(_ value: JSONValue) -> Double? { value.double ?? value.string.flatMap(NumberText.real) }

  private static func whole(_ value: JSONValue, _ type: ScalarType) -> Int64? {
    if type == .bool { return (value.boolean ?? value.string.flatMap(flag)).map { $0 ? 1 : 0 } }
    guard let number = value.int64 else { return value.string.flatMap { whole($0, type) } }
    switch type {
    case .int: return Int32(exactly: number) == nil ? nil : number
    case .datetime: return DateTime.inRange(number) == nil ? nil : number
    default: return number
    }
  }

  // MARK: Fields

  /// A field of a delimited file. An empty one is null, or the empty string.
  mutating func put(field: UnsafeBufferPointer<UInt8>, _ column: Int) throws(Misfit) {
    let type = schema[column].type
    switch type {
    case .string, .guid: put(utf8: field, column)
    case .dynamic:
      // What is no JSON is kept as a JSON string.
      if field.isEmpty { return put(utf8: field, column) }
      if let document = try? JSONDocument(parsing: Array(field)) {
        // An extent keeps a value as one line.
        if !field.contains(where: { $0 == 0x0A || $0 == 0x0D }) { return put(utf8: field, column) }
        document.root.serialized().withUnsafeBufferPointer { put(utf8: $0, column) }
      } else {
        let text = Scalar.string(String(decoding: field, as: UTF8.self)).json.serialized()
        text.withUnsafeBufferPointer { put(utf8: $0, column) }
      }
    case .real, .decimal:
      if field.isEmpty { return put(real: nil, column) }
      let text = String(decoding: field, as: UTF8.self)
      guard let number = NumberText.real(text) else {
        throw Misfit(column: schema[column].name, type: type, text: text)
      }
      put(real: number, column)
    default:
      if field.isEmpty { return put(whole: nil, column) }
      if type == .long, let number = Self.digits(field) { return put(whole: number, column) }
      if type == .datetime, let ticks = DateTime.parse(utf8: field) { return put(whole: ticks, column) }
      let text = String(decoding: field, as: UTF8.self)
      guard let number = type == .bool ? Self.flag(text).map({ $0 ? 1 : 0 }) : Self.whole(text, type) else {
        throw Misfit(column: schema[column].name, type: type, text: text)
      }
      put(whole: number, column)
    }
  }

  private static func digits(_ field: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard field.count < 19 else { return nil }
    var value: Int64 = 0
    for byte in field {
      let digit = byte &- 0x30
      if digit > 9 { return nil }
      value = value &* 10 &+ Int64(digit)
    }
    return value
  }

  static func whole(_ text: String, _ type: ScalarType) -> Int64? {
    switch type {
    case .datetime: DateTime.parse(text)
    case .timespan: TimeSpan.parse(text)
    case .int: NumberText.long(text).flatMap { Int32(exactly: $0) == nil ? nil : $0 }
    default: NumberText.long(text)
    }
  }

  static func flag(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }

  consuming func finish() -> Batch {
    let columns = schema.indices.map { index -> Column in
      let cells = cells[index]
      func bits(_ validity: Bitmap) -> Bitmap? { validity.isAllSet ? nil : validity }
      switch schema[index].type {
      case .bool, .int, .long, .datetime, .timespan:
        return .whole(cells.whole.values, schema[index].type, validity: bits(cells.whole.validity))
      case .decimal: return .decimal(FixedColumn(cells.real.values, validity: bits(cells.real.validity)))
      case .real: return .real(FixedColumn(cells.real.values, validity: bits(cells.real.validity)))
      case .guid: return .guid(cells.texts.builder.finish())
      // A dynamic column goes to the extent as the texts it is stored in.
      case .string, .dynamic: return .string(cells.texts.builder.finish())
      }
    }
    return Batch(columns: columns, count: count)
  }
}
