// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@testable import KQL

/// What is written as extents comes back cell by cell.
struct ExtentTests {
  static let longText = String(repeating: "lorem ipsum, ", count: 7700)
  /// More words than the two bytes of a length can tell.
  static let manyWords = String(repeating: "a b ", count: 50_000)
  static let texts = [
    "", " ", "a", "é", "日本語 テキスト", "line\r\nbreak", "\"quoted\"", "it's", "a,b\tc", "\u{0}\u{1}\u{7F}", "🙂 émoji",
    "  leading", "trailing  ", "--", "a-b_c.d", "ÅNGSTRÖM", "x" + String(repeating: "y", count: 300), "\u{FEFF}bom",
  ]
  static let reals: [Double] = [
    0, -0.0, 1, -1, 0.1, 1.5, 0.01, -273.15, .nan, .infinity, -.infinity, 1e300, -1e-300, .leastNonzeroMagnitude,
    .greatestFiniteMagnitude, 9e15, 9_007_199_254_740_992, 1.0 / 3, 123_456.7891,
  ]
  static let jsons = [
    "{\"a\":1,\"b\":{\"c\":[1,2,null]}}", "[]", "{}", "1", "-1.50", "1e5", "12345678901234567890", "true", "false",
    "\"text\"", "\"\"", "[\"é\",\"\\u0000\",\"a\\nb\"]", "{\"\":null}", "[[[[]]]]", "0.1",
  ]

  enum Shape: CaseIterable { case extreme, few, rising, falling, constant, scattered, allNull }

  static func value(_ type: ScalarType, _ shape: Shape, _ row: Int) -> Scalar {
    if shape == .allNull { return .null(type) }
    let scattered = Int64(bitPattern: UInt64(row &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    let number: Int64 =
      switch shape {
      case .extreme: [.min, .max, 0, -1, 1, .min + 1, .max - 1][row % 7]
      case .few: Int64(row % 5) - 2
      case .rising: Int64(row) * 600_000_000 + 638_000_000_000_000_000
      case .falling: Int64(-row) * 3
      case .constant, .allNull: 42
      case .scattered: scattered
      }
    switch type {
    case .bool: return .bool(shape == .constant || number & 1 == 0)
    case .int: return .int(shape == .extreme ? [.min, .max, 0, -1][row % 4] : Int32(truncatingIfNeeded: number))
    case .long: return .long(number)
    case .datetime:
      switch shape {
      case .extreme: return .datetime([0, DateTime.max, 1, DateTime.unixEpoch][row % 4])
      case .few, .falling: return .datetime(DateTime.unixEpoch + number)
      case .scattered: return .datetime(number & 0x3FF_FFFF_FFFF_FFFF)
      default: return .datetime(number)
      }
    case .timespan: return .timespan(number)
    case .real, .decimal:
      let real: Double =
        switch shape {
        case .extreme: reals[row % reals.count]
        case .few: Double(row % 5) / 4
        case .rising: Double(row) / 100
        case .falling: -Double(row) / 7
        case .scattered: Double(scattered)
        default: 2.5
        }
      return type == .real ? .real(real) : .decimal(real)
    case .string:
      switch shape {
      case .extreme: return .string(row == 3 ? longText : row == 5 ? manyWords : texts[row % texts.count])
      case .few, .constant, .allNull: return .string(texts[row % 3])
      case .rising, .falling: return .string("\(texts[row % texts.count])\(row)")
      case .scattered: return .string("GET /api/v\(row % 3)/item-\(row) took \(scattered) ms; user=u\(row % 100)")
      }
    case .guid:
      let digits = String(UInt64(bitPattern: scattered), radix: 16)
      let tail = String((String(repeating: "0", count: 12) + digits).suffix(12))
      return .guid("74be27de-1e4e-49d9-b579-" + (shape == .few ? "00000000000\(row % 5)" : tail))
    case .dynamic: return .null(.dynamic)
    }
  }

  static func column(_ type: ScalarType, _ shape: Shape, rows: Int, nulls: Bool) throws -> Column {
    func isNull(_ row: Int) -> Bool { nulls && row % 3 != 1 }
    if type == .dynamic {
      return try StoredTables.dynamics(
        (0..<rows).map { row in
          if isNull(row) || shape == .allNull { return "null" }
          switch shape {
          case .few, .constant: return jsons[row % 3]
          case .scattered: return "{\"id\":\(row),\"name\":\"n\(row)\",\"tags\":[\"x\",\(row % 7)]}"
          default: return jsons[row % jsons.count]
          }
        })
    }
    return StoredTables.column(type, (0..<rows).map { isNull($0) ? .null(type) : value(type, shape, $0) })
  }

  @Test(arguments: ScalarType.allCases, [0, 1, 3000])
  func `cells of every type and shape come back as they were`(_ type: ScalarType, _ rows: Int) throws {
    var schema: Schema = []
    var columns: [Column] = []
    for shape in Shape.allCases {
      for nulls in [false, true] {
        schema.append(Field("\(shape)_\(nulls)", type))
        columns.append(try Self.column(type, shape, rows: rows, nulls: nulls))
      }
    }
    try StoredTables.withFolder { folder in
      let table = try StoredTables.make(schema, [Batch(columns: columns, count: rows)], in: folder)
      #expect(try table.count == rows)
      let cells = try StoredTables.cells(table)
      for (index, field) in schema.enumerated() {
        #expect(cells[index] == StoredTables.cells(columns[index]), "\(field.name)")
      }
    }
  }

  @Test(arguments: [65_536, 65_537])
  func `rows fill a block and go on in the next`(_ rows: Int) throws {
    let schema: Schema = [
      Field("l", .long), Field("t", .datetime), Field("b", .bool), Field("r", .real), Field("s", .string),
      Field("u", .string), Field("d", .dynamic),
    ]
    let columns = [
      try Self.column(.long, .scattered, rows: rows, nulls: true),
      try Self.column(.datetime, .rising, rows: rows, nulls: false),
      try Self.column(.bool, .few, rows: rows, nulls: true), try Self.column(.real, .rising, rows: rows, nulls: true),
      try Self.column(.string, .few, rows: rows, nulls: false),
      try Self.column(.string, .scattered, rows: rows, nulls: false),
      try Self.column(.dynamic, .scattered, rows: rows, nulls: true),
    ]
    try StoredTables.withFolder { folder in
      let table = try StoredTables.make(schema, [Batch(columns: columns, count: rows)], in: folder)
      #expect(try table.parts(ScanRequest()).count == (rows + 65_535) / 65_536)
      let cells = try StoredTables.cells(table)
      for index in schema.indices {
        #expect(cells[index] == StoredTables.cells(columns[index]), "\(schema[index].name)")
      }
    }
  }

  @Test func `columns that come later are null in the rows before`() throws {
    try StoredTables.withFolder { folder in
      _ = try StoredTables.make(
        [Field("a", .long)], [Batch(columns: [StoredTables.column(.long, [.long(1), .long(2)])], count: 2)], in: folder)
      let table = try StoredTables.make(
        [Field("b", .string), Field("c", .dynamic), Field("a", .long)],
        [
          Batch(
            columns: [
              StoredTables.column(.string, [.string("x")]), try StoredTables.dynamics(["[1]"]),
              StoredTables.column(.long, [.null(.long)]),
            ], count: 1)
        ], in: folder)
      #expect(table.schema.map(\.name) == ["a", "b", "c"])
      #expect(
        try StoredTables.cells(table) == [["1", "2", "null"], ["''", "''", "'x'"], ["null", "null", "[1]"]])
    }
  }

  @Test func `blocks outside the range of a filter are not read`() throws {
    let ranges = [0..<100, 100..<200, 200..<300]
    let batches = ranges.map { range in
      Batch(columns: [StoredTables.column(.long, range.map { .long(Int64($0)) })], count: 100)
    }
    try StoredTables.withFolder { folder in
      let table = try StoredTables.make([Field("x", .long)], batches, in: folder)
      func parts(_ range: ClosedRange<Int64>) throws -> Int {
        try table.parts(ScanRequest(bounds: [ColumnBound(column: 0, range: range)])).count
      }
      #expect(try parts(150...160) == 1)
      #expect(try parts(99...100) == 2)
      #expect(try parts(.min ... -1) == 0)
      #expect(try parts(.min ... .max) == 3)
    }
  }

  @Test(arguments: [
    "T | serialize rn = row_number() | where x >= 250 | summarize max(rn), min(rn)",
    "T | serialize | where row_number() <= 3 and x >= 1 | summarize count(), max(x)",
    "T | serialize p = prev(x) | where x == 100 | project p",
    "T | serialize | where row_number() % 2 == 0 | where x > 100 | summarize count(), min(x)",
    "T | where x > 500 | count", "T | where x == 5 or x == 250 | summarize sum(x)", "T | where not(x > 5) | count",
    "T | take 150 | where x > 100 | count", "T | top 10 by x asc | where x > 5 | count",
    "T | extend y = x | where y > 250 | count", "T | summarize n = count() | where n > 100",
  ])
  func `ranges of filters leave out no row that counts`(_ query: String) throws {
    let batches = [0..<100, 100..<200, 200..<300].map { range in
      Batch(columns: [StoredTables.column(.long, range.map { .long(Int64($0)) })], count: 100)
    }
    try StoredTables.withFolder { folder in
      let schema = [Field("x", ScalarType.long)]
      var stored = Catalog()
      stored.add("T", try StoredTables.make(schema, batches, in: folder))
      var memory = Catalog()
      memory.add("T", MemoryTable(schema: schema, batches: batches))
      let (left, right) = (try Ask.result(query, catalog: stored), try Ask.result(query, catalog: memory))
      #expect(left.json() == right.json(), "\(String(decoding: left.json(), as: UTF8.self))")
    }
  }
}
