// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// Merging, retention and repair.
struct TableCareTests {
  static let schema: Schema = [Field("t", .datetime), Field("id", .long), Field("s", .string)]
  static let day: Int64 = 864_000_000_000

  static func batch(_ ids: Range<Int>, days ago: (Int) -> Int?) -> Batch {
    let now = Retention.now()
    return Batch(
      columns: [
        StoredTables.column(
          .datetime, ids.map { ago($0).map { .datetime(now - Int64($0) * day) } ?? .null(.datetime) }),
        StoredTables.column(.long, ids.map { .long(Int64($0)) }),
        StoredTables.column(.string, ids.map { .string("row \($0 % 7) \($0)") }),
      ], count: ids.count)
  }

  static func ids(_ folder: String) throws -> [Int] {
    try StoredTables.cells(try StoredTable(folder: folder))[1].compactMap { Int($0) }
  }

  @Test func `many small extents are merged in their order, and all files are named`() throws {
    try StoredTables.withFolder { folder in
      for turn in 0..<40 {
        _ = try StoredTables.make(Self.schema, [Self.batch(turn * 3..<turn * 3 + 3) { _ in 1 }], in: folder)
      }
      #expect(try Self.ids(folder) == Array(0..<120))
      let extents = try TableLogTests.files(folder, ".extent")
      #expect(extents.count < 8)
      #expect(try Set(extents) == Manifest(folder: folder).files)
      #expect(try TableCare(folder: folder).compact().isEmpty)
      #expect(try TableLogTests.files(folder, ".extent").count == 1)
      #expect(try Self.ids(folder) == Array(0..<120))
    }
  }

  @Test func `extents in which all rows are too old are dropped, rows when the table is compacted`() throws {
    try StoredTables.withFolder { folder in
      _ = try StoredTables.make(
        Self.schema,
        [
          Self.batch(0..<10) { _ in 100 }, Self.batch(10..<20) { $0 % 2 == 0 ? 100 : 10 },
          Self.batch(20..<30) { $0 == 20 ? nil : 100 }, Self.batch(30..<40) { _ in 5 },
        ], in: folder)
      let care = try TableCare(folder: folder)
      try care.keep(Retention(column: "t", age: 90 * Self.day))
      #expect(try Self.ids(folder) == Array(10..<40))
      #expect(try care.compact().isEmpty)
      #expect(try Self.ids(folder) == [11, 13, 15, 17, 19, 20] + Array(30..<40))
      try care.keep(nil)
      #expect(try Manifest(folder: folder).retention == nil)
      for column in ["nope", "id"] {
        #expect(throws: KQLError.self) { try care.keep(Retention(column: column, age: 1)) }
      }
    }
  }

  @Test func `a damaged extent is listed, stays as it is, and is set aside when asked`() throws {
    try StoredTables.withFolder { folder in
      _ = try StoredTables.make(
        Self.schema,
        [Self.batch(0..<10) { _ in 1 }, Self.batch(10..<20) { _ in 1 }, Self.batch(20..<30) { _ in 1 }], in: folder)
      #expect(try TableCheck(folder: folder).damage.isEmpty)
      let path = folder + "/000002.extent"
      var bytes = try Data(contentsOf: URL(filePath: path))
      let extent = try Extent(path: path)
      bytes[(extent.columns[2].dictionary?.place ?? extent.columns[2].blocks[0].place).at] ^= 1
      try bytes.write(to: URL(filePath: path))

      let check = try TableCheck(folder: folder)
      #expect(check.damage.map(\.file) == ["000002.extent"])
      #expect(check.damage[0].reasons[0].contains("column 's'"))
      #expect(check.damage[0].rows == 10)
      #expect(throws: KQLError.self) { try Self.ids(folder) }
      let care = try TableCare(folder: folder)
      #expect(try care.compact().count == 1)
      #expect(try TableCheck(folder: folder).damage.count == 1)

      let repaired = try care.setAside(check.damage.map(\.file))
      #expect(repaired == 0)
      #expect(try Self.ids(folder) == Array(0..<10) + Array(20..<30))
      #expect(try TableLogTests.files(folder, ".damaged") == ["000002.extent.damaged"])
      #expect(try TableCheck(folder: folder).damage.isEmpty)
    }
  }

  @Test func `blocks that can be read are kept when an extent is set aside`() throws {
    try StoredTables.withFolder { folder in
      let rows = ExtentWriter.blockRows + 10
      _ = try StoredTables.make(
        [Field("id", .long)],
        [Batch(columns: [.long(FixedColumn((0..<rows).map { Int64($0 * $0 % 9973) }))], count: rows)], in: folder)
      let path = folder + "/000001.extent"
      var bytes = try Data(contentsOf: URL(filePath: path))
      bytes[try Extent(path: path).columns[0].blocks[0].place.at] ^= 1
      try bytes.write(to: URL(filePath: path))
      #expect(try TableCare(folder: folder).setAside(["000001.extent"]) == 10)
      #expect(try StoredTable(folder: folder).count == 10)
    }
  }

  @Test func `rows give the same answers from a log, from extents and merged`() throws {
    var dice = FuzzTests.Dice(state: 99)
    try StoredTables.withFolder { folder in
      let schema = ExtentPropertyTests.schema
      let whole = try ExtentPropertyTests.batch(1500, &dice)
      let parts = ExtentPropertyTests.split(whole, { 1 + $0.roll(97) }, &dice)
      var memory = Catalog()
      memory.add("T", MemoryTable(schema: schema, batches: [whole]))
      memory.add("S", MemoryTable(schema: schema, batches: [whole.gather(Array(0..<30))]))
      let log = try TableLog(folder: folder)
      for part in parts { try log.append(part, fields: schema) }
      var queries: [String] = []
      for _ in 0..<40 {
        var grammar = QueryGrammar(schema, dice)
        queries.append(grammar.query())
        dice = grammar.dice
      }
      func compare(_ what: String) throws {
        var stored = Catalog()
        stored.add("T", try StoredTable(folder: folder))
        stored.add("S", MemoryTable(schema: schema, batches: [whole.gather(Array(0..<30))]))
        for query in queries {
          #expect(
            ExtentPropertyTests.answer(query, stored) == ExtentPropertyTests.answer(query, memory), "\(what): \(query)")
        }
      }
      try compare("log")
      try log.finish()
      try compare("extent")
    }
    try StoredTables.withFolder { folder in
      let whole = try ExtentPropertyTests.batch(1500, &dice)
      let expected = whole.columns.map(StoredTables.cells)
      for part in ExtentPropertyTests.split(whole, { 1 + $0.roll(300) }, &dice) {
        let table = try StoredTables.make(ExtentPropertyTests.schema, [part], in: folder)
        #expect(try StoredTables.cells(table)[1] == Array(expected[1].prefix(try table.count)))
      }
      #expect(try TableCare(folder: folder).compact().isEmpty)
      #expect(try StoredTables.cells(StoredTable(folder: folder)) == expected)
    }
  }
}
