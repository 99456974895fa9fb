// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@testable import KQL

/// Files that were damaged, cut or made up: an error that names the place, never a trap or a wrong answer.
/// `PLUMB_FUZZ=N` flips more bytes.
struct ExtentDamageTests {
  static let schema: Schema = [
    Field("l", .long), Field("t", .datetime), Field("s", .string), Field("u", .string), Field("r", .real),
    Field("d", .dynamic), Field("b", .bool),
  ]
  static let rows = 1100

  static func batch() throws -> Batch {
    func value(_ type: ScalarType, _ shape: ExtentTests.Shape, nulls: Bool) throws -> Column {
      try ExtentTests.column(type, shape, rows: rows, nulls: nulls)
    }
    return Batch(
      columns: [
        try value(.long, .scattered, nulls: true), try value(.datetime, .rising, nulls: false),
        try value(.string, .few, nulls: false), try value(.string, .scattered, nulls: false),
        try value(.real, .falling, nulls: true), try value(.dynamic, .few, nulls: true),
        try value(.bool, .few, nulls: true),
      ], count: rows)
  }

  static func extent(in folder: String) throws -> [UInt8] {
    try ExtentWriter.write(batch(), schema: schema, to: folder + "/whole.extent")
    return Array(try Data(contentsOf: URL(filePath: folder + "/whole.extent")))
  }

  static func open(_ bytes: [UInt8], in folder: String) throws -> Extent {
    let path = folder + "/damaged.extent"
    try Data(bytes).write(to: URL(filePath: path))
    return try Extent(path: path)
  }

  /// Reads and searches everything; returns the errors by column.
  static func read(_ extent: Extent) -> [String: KQLError] {
    var errors: [String: KQLError] = [:]
    for (index, entry) in extent.columns.enumerated() {
      for block in 0..<extent.blockCount {
        do throws(KQLError) {
          let column = try extent.column(index, block: block)
          _ = StoredTables.cells(column)
          if case .string(let texts) = column {
            for op in [TextMatch.Op.has, .contains, .hasprefix] {
              _ = TermSearch.rows(texts, op, "item", caseSensitive: false)
              _ = TermSearch.rows(texts, op, "user=u7", caseSensitive: true)
            }
          }
        } catch {
          errors[entry.field.name] = error
        }
      }
    }
    return errors
  }

  @Test func `a changed byte is told with its place and spoils one column at most`() throws {
    try StoredTables.withFolder { folder in
      let whole = try Self.extent(in: folder)
      let expected = try Self.batch().columns.map(StoredTables.cells)
      let count = ProcessInfo.processInfo.environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 250
      var dice = FuzzTests.Dice(state: 7)
      var told = 0
      for _ in 0..<count {
        var bytes = whole
        bytes[dice.roll(bytes.count)] ^= UInt8(1 << dice.roll(8))
        let extent: Extent
        do {
          extent = try Self.open(bytes, in: folder)
        } catch let error as KQLError {
          #expect(error.message.contains("damaged.extent"), "\(error)")
          told += 1
          continue
        }
        var spoilt: [String] = []
        for (index, field) in Self.schema.enumerated() {
          do throws(KQLError) {
            let cells = StoredTables.cells(try extent.column(index, block: 0))
            #expect(cells == expected[index], "\(field.name) is read as other cells without an error")
          } catch {
            spoilt.append(field.name)
            #expect(error.message.contains("damaged.extent"), "\(error)")
            #expect(error.message.contains("column '\(field.name)'"), "\(error)")
            #expect(error.message.contains("block 0") || error.message.contains("dictionary"), "\(error)")
          }
        }
        #expect(spoilt.count <= 1, "one byte spoils \(spoilt)")
        told += spoilt.count
      }
      // What is not told stood in the padding between blocks.
      #expect(told * 10 > count * 9)
    }
  }

  @Test func `a file that is cut is told`() throws {
    try StoredTables.withFolder { folder in
      let whole = try Self.extent(in: folder)
      var lengths = Array(stride(from: 0, to: whole.count, by: 997))
      lengths += Array(0..<40) + Array(whole.count - 40..<whole.count)
      for length in lengths {
        #expect(throws: KQLError.self, "\(length) bytes") { try Self.open(Array(whole[..<length]), in: folder) }
      }
      #expect(throws: KQLError.self) { try Self.open(whole + [0], in: folder) }
    }
  }

  /// The file with another footer, its checksum made right.
  static func sealed(_ whole: [UInt8], _ footer: (String) -> String) -> [UInt8] {
    let size = whole[(whole.count - 24)...].prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let body = whole[..<(whole.count - 24 - size)]
    let text = Array(footer(String(decoding: whole[body.count..<body.count + size], as: UTF8.self)).utf8)
    let sum = text.withUnsafeBytes(Checksum.xxh64)
    func word(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) } }
    return [Array(body), text, word(UInt64(text.count)), word(sum), ExtentWriter.magic].flatMap { $0 }
  }

  @Test func `absurd numbers in a footer do not trap`() throws {
    try StoredTables.withFolder { folder in
      let whole = try Self.extent(in: folder)
      var footer = ""
      _ = Self.sealed(whole) { text in
        footer = text
        return text
      }
      let absurd = [
        "-1", "0", "1", "7", "63", "65", "65535", "4294967295", "4294967296", "9223372036854775807",
        "-9223372036854775808", "1e300", "null", "\"x\"", "[]",
      ]
      for match in footer.matches(of: /:(-?[0-9]+)/) {
        for value in absurd {
          var text = footer
          text.replaceSubrange(match.output.1.startIndex..<match.output.1.endIndex, with: value)
          if let extent = try? Self.open(Self.sealed(whole) { _ in text }, in: folder) { _ = Self.read(extent) }
        }
      }
      for match in footer.matches(of: /"(?:type|encoding|packing|name)":"([a-z]+)"/) {
        for value in [
          "long", "string", "dynamic", "terms", "phrases", "dictionary", "real", "number", "delta", "none", "datetime",
        ] {
          var text = footer
          text.replaceSubrange(match.output.1.startIndex..<match.output.1.endIndex, with: value)
          if let extent = try? Self.open(Self.sealed(whole) { _ in text }, in: folder) { _ = Self.read(extent) }
        }
      }
    }
  }

  @Test func `blocks of nonsense whose checksums hold do not trap`() throws {
    try StoredTables.withFolder { folder in
      let whole = try Self.extent(in: folder)
      let extent = try Self.open(whole, in: folder)
      let places = extent.columns.flatMap { column in
        column.blocks.map(\.place) + [column.dictionary?.place, column.dictionary?.phrases?.place].compactMap { $0 }
      }
      let count = (ProcessInfo.processInfo.environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 150)
      var dice = FuzzTests.Dice(state: 11)
      for _ in 0..<count {
        let place = dice.pick(places)
        guard place.bytes > 0 else { continue }
        var bytes = whole
        for _ in 0...dice.roll(30) {
          bytes[place.at + dice.roll(place.bytes)] = [0, 0xFF, 0xF0, UInt8(dice.roll(256))][dice.roll(4)]
        }
        let block = Array(bytes[place.at..<place.at + place.bytes])
        let sum = ExtentWriter.hex(block.withUnsafeBytes(Checksum.xxh64))
        let damaged = Self.sealed(bytes) { footer in
          footer.replacing("\"xxh64\":\"\(place.checksum)\"", with: "\"xxh64\":\"\(sum)\"")
        }
        _ = Self.read(try Self.open(damaged, in: folder))
      }
    }
  }

  @Test func `a changed byte of the list of extents is told`() throws {
    try StoredTables.withFolder { folder in
      let batch = try Self.batch()
      _ = try StoredTables.make(Self.schema, [batch, batch.gather(Array(0..<9))], in: folder)
      let url = URL(filePath: folder + "/table.json")
      let whole = try Data(contentsOf: url)
      for index in whole.indices {
        for bit in [0, 1, 5, 7] {
          var bytes = whole
          bytes[index] ^= UInt8(1 << bit)
          try bytes.write(to: url)
          let error = #expect(throws: KQLError.self, "byte \(index)") { try StoredTable(folder: folder) }
          #expect(error?.message.contains("table.json") == true)
        }
      }
      for length in 0..<whole.count {
        try whole.prefix(length).write(to: url)
        #expect(throws: KQLError.self, "\(length) bytes") { try StoredTable(folder: folder) }
      }
      try whole.write(to: url)
      #expect(try StoredTable(folder: folder).count == Self.rows + 9)
    }
  }

  @Test func `an extent that is missing, swapped or stale is named by queries that read it, and by no other`() throws {
    try StoredTables.withFolder { folder in
      let batch = try Self.batch()
      _ = try StoredTables.make(Self.schema, [batch, batch.gather(Array(0..<9))], in: folder)
      let (first, second) = (folder + "/000001.extent", folder + "/000002.extent")
      func told(_ name: String) throws {
        let table = try StoredTable(folder: folder)
        #expect(try table.count == Self.rows + 9)
        let parts = try table.parts(ScanRequest())
        #expect(parts.count == 2)
        #expect(try parts[1].load().count == 9)
        let error = #expect(throws: KQLError.self) { try parts[0].load() }
        #expect(error?.message.contains(name) == true, "\(error?.message ?? "")")
      }
      let whole = try Data(contentsOf: URL(filePath: first))
      try FileManager.default.removeItem(atPath: first)
      try told("000001.extent")
      try FileManager.default.copyItem(atPath: second, toPath: first)
      try told("000001.extent is not the extent that table.json names")
      try whole.dropLast(5).write(to: URL(filePath: first))
      try told("000001.extent")
      try whole.write(to: URL(filePath: first))
      #expect(try StoredTables.cells(try StoredTable(folder: folder))[0].count == Self.rows + 9)
    }
  }

  @Test(arguments: [
    ("", 0xEF46_DB37_51D8_E999 as UInt64), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
  ])
  func `checksums are those of XXH64`(_ text: String, _ sum: UInt64) {
    #expect(Array(text.utf8).withUnsafeBytes(Checksum.xxh64) == sum)
  }
}
