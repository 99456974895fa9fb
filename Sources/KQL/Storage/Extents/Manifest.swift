// SPDX-License-Identifier: Apache-2.0
import JSON

/// What `table.json` says of a table: its columns and the files that hold its rows.
struct Manifest: Sendable, Equatable {
  static let name = "table.json"

  /// An extent of the table.
  struct Entry: Sendable, Equatable {
    let file: String
    /// Rows and the checksum of the footer, by which another file of the same name is noticed. A list of format 1 tells
    /// neither.
    var rows: Int?
    var footer: String?
  }

  var schema: Schema = []
  /// In the order of their rows.
  var extents: [Entry] = []
  /// The log, where rows wait for their extent.
  var log: String?
  var retention: Retention?
  /// Inputs that are in the table whole, so that none is read twice.
  var inputs: [String] = []
  /// The number that the next file is named by.
  var next = 1

  init() {}

  /// Whether `folder` holds a table.
  static func exists(in folder: String) -> Bool { FileOutput.exists(folder + "/" + name) }

  init(folder: String) throws(KQLError) {
    let path = folder + "/" + Self.name
    guard let bytes = try FileOutput.read(path) else { throw KQLError(.data, "\(path) is missing: this is no table") }
    guard let root = try? JSONDocument(parsing: bytes).root else { throw KQLError(.data, "\(path) is damaged") }
    guard Self.isWhole(bytes) else {
      throw KQLError(
        .data, "\(path) is damaged: its checksum does not hold. Put back a copy, or ingest the files again")
    }
    func damaged(_ reason: String) -> KQLError { KQLError(.data, "\(path) is damaged: \(reason)") }
    guard let format = root["format"]?.int64, (1...2).contains(format) else {
      throw KQLError(.data, "\(path) was written by a newer version")
    }
    for column in root["columns"]?.elements.map({ $0 }) ?? [] {
      guard let name = column["name"]?.string, let type = column["type"]?.string.flatMap(ScalarType.init(name:)) else {
        throw damaged("a column has no name or type")
      }
      guard !schema.contains(where: { $0.name == name }) else { throw damaged("it names column '\(name)' twice") }
      schema.append(Field(name, type))
    }
    for value in root["extents"]?.elements.map({ $0 }) ?? [] {
      // A name with a path in it would read files outside the table.
      guard let file = value.string ?? value["file"]?.string, file.hasSuffix(".extent"), !file.contains("/"),
        !extents.contains(where: { $0.file == file })
      else { throw damaged("it names extents that cannot be") }
      var entry = Entry(file: file)
      if let rows = value["rows"]?.int64 {
        guard (0...1 << 31).contains(rows) else { throw damaged("an extent has no rows that can be") }
        entry.rows = Int(rows)
      }
      entry.footer = value["footer"]?.string
      extents.append(entry)
    }
    log = root["log"]?.string
    if let log, !log.hasSuffix(".log") || log.contains("/") { throw damaged("it names a log that cannot be") }
    if let value = root["retention"] {
      guard let column = value["column"]?.string, let age = value["age"]?.int64, age > 0 else {
        throw damaged("it does not tell how long rows are kept")
      }
      retention = Retention(column: column, age: age)
    }
    inputs = root["inputs"]?.elements.compactMap(\.string) ?? []
    guard let number = root["next"]?.int64, (1...1 << 50).contains(number) else {
      throw damaged("it does not tell the number of the next extent")
    }
    next = Int(number)
  }

  /// The name of the next file, with an ending such as `extent`.
  mutating func nextName(_ ending: String) -> String {
    defer { next += 1 }
    let digits = String(next)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "." + ending
  }

  /// All files that the table consists of, `table.json` aside.
  var files: Set<String> { Set(extents.map(\.file) + (log.map { [$0] } ?? [])) }

  // MARK: Bytes

  /// The last member is the XXH64 of all bytes before it, so that a changed name of a column is no other column.
  private static let sumName = Array(",\"xxh64\":\"".utf8)

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    let tail = sumName.count + 18
    guard bytes.count > tail else { return false }
    return bytes.elementsEqual(sealed(bytes.dropLast(tail)))
  }

  private static func sealed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let sum = bytes.withUnsafeBytes(Checksum.xxh64)
    return Array(bytes) + sumName + Array("\(ExtentWriter.hex(sum))\"}".utf8)
  }

  var bytes: [UInt8] {
    let columns = schema.map { field in
      JSONDraft.object([("name", .string(field.name)), ("type", .string(field.type.rawValue))])
    }
    let files = extents.map { entry -> JSONDraft in
      var members: [(key: String, value: JSONDraft)] = [("file", .string(entry.file))]
      if let rows = entry.rows { members.append(("rows", .int(Int64(rows)))) }
      if let footer = entry.footer { members.append(("footer", .string(footer))) }
      return .object(members)
    }
    var members: [(key: String, value: JSONDraft)] = [
      ("format", .int(2)), ("next", .int(Int64(next))), ("columns", .array(columns)), ("extents", .array(files)),
    ]
    if let log { members.append(("log", .string(log))) }
    if let retention {
      members.append(
        ("retention", .object([("column", .string(retention.column)), ("age", .int(retention.age))])))
    }
    if !inputs.isEmpty { members.append(("inputs", .array(inputs.map(JSONDraft.string)))) }
    return Self.sealed(JSONDraft.object(members).document().root.serialized().dropLast())
  }
}
