// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// Rows that come batch by batch, and what is left of them when a process dies.
struct TableLogTests {
  static let schema: Schema = [Field("id", .long), Field("s", .string)]

  static func batch(_ ids: Range<Int>) -> Batch {
    Batch(
      columns: [
        StoredTables.column(.long, ids.map { .long(Int64($0)) }),
        StoredTables.column(.string, ids.map { .string("row \($0)") }),
      ], count: ids.count)
  }

  static func ids(_ folder: String) throws -> [Int] {
    try StoredTables.cells(try StoredTable(folder: folder))[0].compactMap { Int($0) }
  }

  static func files(_ folder: String, _ ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }.sorted()
  }

  @Test func `rows are there at once, and once, as the log becomes extents`() throws {
    try StoredTables.withFolder { folder in
      var limits = TableLog.Limits()
      limits.records = 4
      let log = try TableLog(folder: folder, limits: limits)
      for turn in 0..<30 {
        try log.append(Self.batch(turn * 10..<turn * 10 + 10), fields: Self.schema)
        #expect(try Self.ids(folder) == Array(0..<turn * 10 + 10))
        #expect(try StoredTable(folder: folder).count == turn * 10 + 10)
      }
      try log.finish()
      #expect(try Self.ids(folder) == Array(0..<300))
      #expect(try Self.files(folder, ".log").isEmpty)
      // Small extents were merged on the way.
      #expect(try Self.files(folder, ".extent").count < 8)
    }
  }

  @Test func `a log that is cut anywhere has the batches before the cut`() throws {
    try StoredTables.withFolder { folder in
      // The lock is let go, as by a process that died.
      do {
        let log = try TableLog(folder: folder)
        for turn in 0..<3 { try log.append(Self.batch(turn * 10..<turn * 10 + 10), fields: Self.schema) }
      }
      let name = try #require(try Self.files(folder, ".log").first)
      let path = folder + "/" + name
      let whole = try Data(contentsOf: URL(filePath: path))
      let ends = try Self.ends(whole)
      #expect(ends.count == 3)
      for length in stride(from: 8, through: whole.count, by: 41) {
        try whole.prefix(length).write(to: URL(filePath: path))
        let count = ends.count { $0 <= length }
        #expect(try Self.ids(folder) == Array(0..<count * 10), "cut to \(length) of \(whole.count)")
        // A head that reached the disk before its rows, or zeros in their place.
        try (whole.prefix(length) + Data(count: 4096)).write(to: URL(filePath: path))
        #expect(try Self.ids(folder) == Array(0..<count * 10))
      }
      try whole.prefix(whole.count - 3 - 8).write(to: URL(filePath: path))
      do {
        let log = try TableLog(folder: folder)
        try log.append(Self.batch(20..<25), fields: Self.schema)
      }
      #expect(try Self.ids(folder) == Array(0..<25))
    }
  }

  /// Where each record ends.
  static func ends(_ bytes: Data) throws -> [Int] {
    var ends: [Int] = []
    var at = 8
    while at + 24 <= bytes.count {
      let length = bytes[at + 8..<at + 16].reversed().reduce(0) { $0 << 8 | Int($1) }
      ends.append(at + 24 + length)
      at += 24 + (length + 7) / 8 * 8
    }
    return ends
  }

  @Test func `a batch that was damaged is told, and others are read`() throws {
    try StoredTables.withFolder { folder in
      do {
        let log = try TableLog(folder: folder)
        for turn in 0..<3 { try log.append(Self.batch(turn * 10..<turn * 10 + 10), fields: Self.schema) }
      }
      let name = try #require(try Self.files(folder, ".log").first)
      let path = folder + "/" + name
      let whole = try Data(contentsOf: URL(filePath: path))
      let ends = try Self.ends(whole)
      var dice = FuzzTests.Dice(state: 5)
      for _ in 0..<60 {
        var bytes = whole
        bytes[ends[0] + dice.roll(ends[1] - ends[0])] ^= UInt8(1 << dice.roll(8))
        try bytes.write(to: URL(filePath: path))
        let records = try LogFile(path: path).records
        let damaged = records.compactMap { if case .damaged(let error, _) = $0 { error } else { nil } }
        // The zeros between records mean nothing.
        if damaged.isEmpty { continue }
        #expect(damaged.count == 1 && records.count == 3)
        #expect(damaged[0].message.contains(name))
        #expect(throws: KQLError.self) { try Self.ids(folder) }
        // Rows that were acknowledged are never thrown away unasked.
        #expect(throws: KQLError.self) { try TableLog(folder: folder) }
      }
      try whole.write(to: URL(filePath: path))
      #expect(try Self.ids(folder) == Array(0..<30))
    }
  }

  @Test func `many workers share the disk and each row is there once`() throws {
    try StoredTables.withFolder { folder in
      var limits = TableLog.Limits()
      limits.bytes = 1 << 15
      let log = try TableLog(folder: folder, limits: limits)
      DispatchQueue.concurrentPerform(iterations: 8) { worker in
        for turn in 0..<20 {
          let first = (worker * 20 + turn) * 5
          do { try log.append(Self.batch(first..<first + 5), fields: Self.schema) } catch { Issue.record(error) }
        }
      }
      #expect(try Self.ids(folder).sorted() == Array(0..<800))
      try log.finish()
      #expect(try Self.ids(folder).sorted() == Array(0..<800))
    }
  }

  @Test func `columns come and grow while the log is open`() throws {
    try StoredTables.withFolder { folder in
      let log = try TableLog(folder: folder)
      func put(_ name: String, _ value: Scalar) throws {
        try log.append(
          Batch(columns: [StoredTables.column(value.type, [value])], count: 1), fields: [Field(name, value.type)])
      }
      try put("a", .long(1))
      try put("b", .string("x"))
      try put("a", .real(0.5))
      #expect(try StoredTable(folder: folder).schema == [Field("a", .real), Field("b", .string)])
      try put("a", .long(1 << 53 + 1))
      try put("a", .string("text"))
      let expected = [["1", "null", "0.5", "9007199254740993", "\"text\""], ["''", "'x'", "''", "''", "''"]]
      for _ in 0..<2 {
        let table = try StoredTable(folder: folder)
        #expect(table.schema == [Field("a", .dynamic), Field("b", .string)])
        #expect(try StoredTables.cells(table).map { $0.map { $0 == "1.0" ? "1" : $0 } } == expected)
        try log.finish()
      }
    }
  }

  @Test func `a reader that opened the table before its files were merged reads it after`() throws {
    try StoredTables.withFolder { folder in
      let log = try TableLog(folder: folder)
      try log.append(Self.batch(0..<10), fields: Self.schema)
      let (early, open) = (try StoredTable(folder: folder), try StoredTable(folder: folder))
      let parts = try open.parts(ScanRequest())
      for turn in 1..<9 {
        try log.finish()
        try log.append(Self.batch(turn * 10..<turn * 10 + 10), fields: Self.schema)
      }
      #expect(try Self.files(folder, ".extent").count == 1)
      #expect(try StoredTables.cells(early)[0].count == 90)
      #expect(try parts.map { try $0.load().count } == [10])
    }
  }
}
