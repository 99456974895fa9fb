// SPDX-License-Identifier: Apache-2.0
import JSON

/// Columns of rows that are being read from a file, typed while they are read.
struct IngestColumns {
  /// The cells of one column: whole numbers, reals, or texts (dynamic values as JSON text, none for null).
  private final class Cells {
    var whole: [Int64] = []
    var real: [Double] = []
    var texts = StringColumnBuilder()
    var validity = Bitmap(count: 0)
    /// Texts hardly ever repeat: they are no longer looked up.
    var isUnique = false

    func append(utf8 text: UnsafeBufferPointer<UInt8>) {
      if isUnique { return texts.appendNew(text) }
      texts.append(utf8: text)
      if texts.count & 0xFFFF == 0 { isUnique = texts.distinctCount * 10 > texts.count * 9 }
    }
  }
  let schema: Schema
  private let cells: [Cells]
  private(set) var count = 0

  init(_ schema: Schema) {
    self.schema = schema
    cells = schema.map { _ in Cells() }
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

  /// Takes back what was put in these columns of a row that cannot be kept.
  mutating func drop(_ columns: [Int]) {
    for column in columns { remove(1, column) }
  }

  /// Takes back the rows after the first `count`.
  mutating func truncate(to count: Int) {
    for column in cells.indices { remove(self.count - count, column) }
    self.count = count
  }

  private func remove(_ rows: Int, _ column: Int) {
    let cells = cells[column]
    for _ in 0..<rows {
      switch schema[column].type {
      case .string, .guid, .dynamic: cells.texts.removeLast()
      case .real, .decimal:
        cells.real.removeLast()
        cells.validity.removeLast()
      default:
        cells.whole.removeLast()
        cells.validity.removeLast()
      }
    }
  }

  private func put(whole value: Int64?, _ column: Int) {
    cells[column].whole.append(value ?? 0)
    cells[column].validity.append(value != nil)
  }

  private func put(real value: Double?, _ column: Int) {
    cells[column].real.append(value ?? 0)
    cells[column].validity.append(value != nil)
  }

  private func put(utf8 text: UnsafeBufferPointer<UInt8>, _ column: Int) { cells[column].append(utf8: text) }

  /// A JSON value, or nothing where the row has no such member.
  mutating func put(_ value: JSONValue?, _ column: Int) throws(Misfit) {
    let type = schema[column].type
    guard let value, !value.isNull else {
      switch type {
      case .string, .guid, .dynamic: put(utf8: UnsafeBufferPointer(start: nil, count: 0), column)
      case .real, .decimal: put(real: nil, column)
      default: put(whole: nil, column)
      }
      return
    }
    let name = schema[column].name
    func misfit() -> Misfit { Misfit(column: name, type: type, text: value.string ?? value.text) }
    switch type {
    case .dynamic: value.serialized().withUnsafeBufferPointer { put(utf8: $0, column) }
    case .string, .guid:
      if value.withUTF8({ put(utf8: $0, column) }) == nil {
        value.serialized().withUnsafeBufferPointer { put(utf8: $0, column) }
      }
    case .real, .decimal:
      guard let number = value.double ?? value.string.flatMap(NumberText.real) else { throw misfit() }
      put(real: number, column)
    case .bool:
      guard let flag = value.boolean ?? value.string.flatMap(Self.flag) else { throw misfit() }
      put(whole: flag ? 1 : 0, column)
    default:
      if let number = value.int64 {
        if type == .int, Int32(exactly: number) == nil { throw misfit() }
        if type == .datetime, DateTime.inRange(number) == nil { throw misfit() }
        put(whole: number, column)
      } else {
        guard let text = value.string, let number = Self.whole(text, type) else { throw misfit() }
        put(whole: number, column)
      }
    }
  }

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
      let bits: Bitmap? = cells.validity.isAllSet ? nil : cells.validity
      switch schema[index].type {
      case .bool, .int, .long, .datetime, .timespan: return .whole(cells.whole, schema[index].type, validity: bits)
      case .decimal: return .decimal(FixedColumn(cells.real, validity: bits))
      case .real: return .real(FixedColumn(cells.real, validity: bits))
      case .guid: return .guid(cells.texts.finish())
      // A dynamic column goes to the extent as the texts it is stored in.
      case .string, .dynamic: return .string(cells.texts.finish())
      }
    }
    return Batch(columns: columns, count: count)
  }
}
