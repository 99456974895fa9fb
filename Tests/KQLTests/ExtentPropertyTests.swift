// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// Random queries over random tables give the same answer however the rows are kept. `PLUMB_FUZZ=N` runs longer,
/// `PLUMB_FUZZ_SEED` begins elsewhere.
struct ExtentPropertyTests {
  typealias Dice = FuzzTests.Dice

  /// The rows of a table, kept in three ways.
  struct Tables {
    var catalogs: [(name: String, catalog: Catalog)] = []
  }

  static let schema: Schema = [
    Field("id", .long), Field("k", .long), Field("i", .int), Field("r", .real), Field("b", .bool),
    Field("t", .datetime),
    Field("ts", .timespan), Field("s", .string), Field("u", .string), Field("g", .guid), Field("d", .dynamic),
  ]
  static let words = ["alpha", "Beta", "gamma", "delta-x", "é", "10.0.0.1", "ERROR", "user@host", "a", "", "日本"]

  static func batch(_ rows: Int, _ dice: inout Dice) throws -> Batch {
    let sparse = dice.roll(3) == 0
    func null(_ dice: inout Dice) -> Bool { dice.roll(sparse ? 2 : 9) == 0 }
    var cells = schema.map { _ in [Scalar]() }
    var documents: [String] = []
    let day: Int64 = 864_000_000_000
    for row in 0..<rows {
      let word = dice.pick(words)
      let values: [Scalar] = [
        .long(Int64(row)), .long(Int64(dice.roll(12)) - 3), .int(Int32(dice.roll(2000) - 1000)),
        .real(Double(dice.roll(4000) - 2000) / 8), .bool(dice.roll(2) == 0),
        .datetime(638_712_864_000_000_000 + Int64(dice.roll(90)) * day / 24),
        .timespan(Int64(dice.roll(100)) * day / 48),
        .string(dice.pick(words)), .string("\(word) \(dice.pick(words))/\(row) code=\(dice.roll(50)); \(word)"),
        .guid("74be27de-1e4e-49d9-b579-00000000000\(dice.roll(9))"),
      ]
      for (index, value) in values.enumerated() {
        let isNull = index > 0 && value.type != .string && null(&dice)
        cells[index].append(isNull ? .null(value.type) : value)
      }
      switch dice.roll(7) {
      case 0: documents.append("null")
      case 1: documents.append("\(dice.roll(9))")
      case 2: documents.append("\"\(word)\"")
      case 3: documents.append("[\(dice.roll(4)),\"\(word)\",null]")
      default:
        let list = (0..<dice.roll(4)).map { _ in "\(dice.roll(5))" }.joined(separator: ",")
        documents.append(
          "{\"a\":\(dice.roll(5) == 0 ? "\"x\"" : "\(dice.roll(6))"),\"b\":{\"c\":\"\(word)\"},\"l\":[\(list)]}")
      }
    }
    var columns = schema.dropLast().enumerated().map { StoredTables.column($1.type, cells[$0]) }
    columns.append(try StoredTables.dynamics(documents))
    return Batch(columns: columns, count: rows)
  }

  static func split(_ batch: Batch, _ sizes: (inout Dice) -> Int, _ dice: inout Dice) -> [Batch] {
    var parts: [Batch] = []
    var at = 0
    while at < batch.count {
      let end = min(batch.count, at + sizes(&dice))
      parts.append(batch.gather(Array(at..<end)))
      at = end
    }
    return parts
  }

  static func tables(in folder: String, _ dice: inout Dice) throws -> [(name: String, catalog: Catalog)] {
    let rows = 1100 + dice.roll(1500)
    let whole = try batch(rows, &dice)
    let side = try batch(40, &dice)
    let small = split(whole, { 1 + $0.roll(97) }, &dice)
    let parts = split(whole, { 100 + $0.roll(2500) }, &dice)
    var (one, many, stored) = (Catalog(), Catalog(), Catalog())
    one.add("T", MemoryTable(schema: schema, batches: [whole]))
    one.add("S", MemoryTable(schema: schema, batches: [side]))
    many.add("T", MemoryTable(schema: schema, batches: small))
    many.add("S", MemoryTable(schema: schema, batches: split(side, { 1 + $0.roll(9) }, &dice)))
    stored.add("T", try StoredTables.make(schema, parts, in: folder + "/T"))
    stored.add("S", try StoredTables.make(schema, [side], in: folder + "/S"))
    return [("one batch", one), ("many batches", many), ("extents", stored)]
  }

  /// Sums of reals in another order differ in their last digits.
  static func write(_ cell: Scalar, into line: inout [UInt8]) {
    guard case .real(let value) = cell, value.isFinite, value != 0 else { return QueryResult.write(cell, into: &line) }
    let scale = 1e9 / Double(sign: .plus, exponent: value.exponent, significand: 1)
    let rounded = scale.isFinite ? (value * scale).rounded() / scale : value
    QueryResult.write(.real(abs(rounded) < 1e-9 ? 0 : rounded), into: &line)
  }

  /// The rows of an answer, or its error. Rows are sorted where the query does not say in what order they come.
  static func answer(_ query: String, _ catalog: Catalog, isOrdered: Bool = true) -> [String] {
    do {
      let result = try Query(query, catalog: catalog).run(now: Ask.now, maxRows: 200_000, timeLimit: .seconds(30))
      let rows = (0..<result.rows.count).map { row in
        var line: [UInt8] = []
        for column in result.rows.columns {
          Self.write(column[row], into: &line)
          line.append(0x7C)
        }
        return String(decoding: line, as: UTF8.self)
      }
      return isOrdered ? rows : rows.sorted()
    } catch {
      return ["error: \(error)"]
    }
  }

  @Test func `answers do not depend on how rows are kept`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 180
    let log = environment["PLUMB_FUZZ_LOG"]
    var dice = Dice(state: environment["PLUMB_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_261_130)
    var (done, failed, filled) = (0, 0, 0)
    var errors: Set<String> = []
    while done < count {
      try StoredTables.withFolder { folder in
        for name in ["T", "S"] {
          try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        let tables = try Self.tables(in: folder, &dice)
        for _ in 0..<min(60, count - done) {
          var grammar = QueryGrammar(Self.schema, dice)
          let query = grammar.query()
          dice = grammar.dice
          if let log { try Data(query.utf8).write(to: URL(filePath: log)) }
          let expected = Self.answer(query, tables[0].catalog, isOrdered: grammar.isOrdered)
          if expected.first?.hasPrefix("error: ") == true {
            failed += 1
            errors.insert("\(expected[0]): \(query)")
          }
          if expected.count > 0 { filled += 1 }
          for table in tables.dropFirst() {
            let found = Self.answer(query, table.catalog, isOrdered: grammar.isOrdered)
            if found != expected {
              let (only, missing) = (Set(found).subtracting(expected), Set(expected).subtracting(found))
              Issue.record(
                """
                \(table.name): \(query)
                \(found.count) rows for \(expected.count); only here \(only.sorted().prefix(2)), only in one batch \
                \(missing.sorted().prefix(2))
                """)
            }
          }
          done += 1
        }
      }
    }
    #expect(failed * 10 < count, "\(failed) of \(count) end with an error: \(errors.sorted().prefix(20))")
    #expect(filled * 2 > count, "\(filled) of \(count) queries find rows")
  }
}
