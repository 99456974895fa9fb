// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// A column that meets values of another type: nothing is refused, nothing lost.
struct ColumnGrowthTests {
  /// Cells that tell types apart, of all types.
  static let samples: [ScalarType: [Scalar]] = [
    .bool: [.bool(true), .bool(false), .null(.bool)], .int: [.int(-7), .int(.max), .null(.int)],
    .long: [.long(1 << 53), .long(-5), .null(.long)], .real: [.real(0.1), .real(3), .null(.real), .real(-1e300)],
    .decimal: [.decimal(2.5), .null(.decimal)], .string: [.string("x"), .string(""), .string("5")],
    .datetime: [.datetime(638_712_864_123_456_789), .null(.datetime)], .timespan: [.timespan(-1), .null(.timespan)],
    .guid: [.guid("74be27de-1e4e-49d9-b579-fe0b331d3642"), .null(.guid)],
  ]

  static func table(_ types: [(ScalarType, [Scalar])], in folder: String) throws -> StoredTable {
    for (type, values) in types {
      _ = try StoredTables.make(
        [Field("x", type)], [Batch(columns: [StoredTables.column(type, values)], count: values.count)], in: folder)
    }
    return try StoredTable(folder: folder)
  }

  @Test(arguments: samples.keys.sorted { $0.rawValue < $1.rawValue })
  func `every type can come after every other and no value is lost`(_ first: ScalarType) throws {
    for second in Self.samples.keys {
      try StoredTables.withFolder { folder in
        let values = [first, second].map { ($0, Self.samples[$0] ?? []) }
        let table = try Self.table(values, in: folder)
        let type = table.schema[0].type
        let cells = try StoredTables.cells(table)[0]
        let expected = values.flatMap { _, scalars in
          scalars.map { StoredTables.cell($0.isNull && type != .string ? .null(type) : $0.converted(to: type)) }
        }
        #expect(cells == expected, "\(first) then \(second) gives \(type)")
        // Each value is still there as such, or as the text that it prints as.
        for (cell, scalar) in zip(cells, values.flatMap(\.1)) where !scalar.isNull {
          #expect(cell != "null", "\(scalar) as \(type)")
        }
      }
    }
  }

  @Test(arguments: [
    (ScalarType.int, ScalarType.long, ScalarType.long), (.long, .int, .long), (.int, .real, .real),
    (.real, .int, .real), (.long, .real, .real), (.real, .long, .real), (.real, .decimal, .real),
    (.string, .long, .string), (.string, .datetime, .string), (.long, .string, .dynamic),
    (.datetime, .string, .dynamic), (.bool, .long, .dynamic), (.timespan, .long, .dynamic),
  ])
  func `a column becomes the narrowest type that holds all`(
    _ first: ScalarType, _ second: ScalarType, _ grown: ScalarType
  ) throws {
    try StoredTables.withFolder { folder in
      let table = try Self.table([first, second].map { ($0, Self.samples[$0] ?? []) }, in: folder)
      #expect(table.schema == [Field("x", grown)])
    }
  }

  @Test func `whole numbers that no real has stay themselves`() throws {
    let large = Scalar.long(1 << 53 + 1)
    for values in [
      [(ScalarType.long, [large]), (.real, [.real(0.5)])], [(.real, [.real(0.5)]), (.long, [large])],
      [(.long, [.long(1)]), (.real, [.real(0.5)]), (.long, [large])],
    ] {
      try StoredTables.withFolder { folder in
        let table = try Self.table(values, in: folder)
        #expect(table.schema == [Field("x", .dynamic)])
        let cells = try StoredTables.cells(table)[0]
        #expect(cells.contains("9007199254740993") && cells.contains("0.5"), "\(cells)")
      }
    }
  }

  @Test(arguments: ["T | where x > 40", "T | where x == 3", "T | where x < 0", "T | where x >= 2 and x <= 45"])
  func `ranges of blocks serve a column that grew`(_ query: String) throws {
    let kinds: [[(ScalarType, [Scalar])]] = [
      [(.int, [.int(1), .int(3)]), (.long, [.long(40), .long(1 << 40)])],
      [(.long, [.long(1), .long(3)]), (.real, [.real(40.5), .real(-2)])],
      [(.long, [.long(1), .long(3)]), (.string, [.string("41")]), (.long, [.long(50), .long(-1)])],
    ]
    for values in kinds {
      try StoredTables.withFolder { folder in
        let stored = try Self.table(values, in: folder)
        let type = stored.schema[0].type
        var catalogs = (Catalog(), Catalog())
        catalogs.0.add("T", stored)
        let cells = values.flatMap { $0.1.map { $0.converted(to: type) } }
        catalogs.1.add(
          "T",
          MemoryTable(
            schema: stored.schema,
            batches: [Batch(columns: [StoredTables.column(type, cells)], count: cells.count)]))
        let (left, right) = (
          try Ask.result(query, catalog: catalogs.0), try Ask.result(query, catalog: catalogs.1)
        )
        #expect(left.json() == right.json(), "\(type)")
      }
    }
  }
}
