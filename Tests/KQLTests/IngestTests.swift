// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// Files of rows read into tables.
struct IngestTests {
  private func table(
    _ text: String, _ format: FileIngest.Format, schema: Schema? = nil, stretch: Int? = nil
  ) throws -> (report: FileIngest.Report, schema: Schema, cells: [[String]]) {
    try StoredTables.withFolder { folder in
      try Data(text.utf8).write(to: URL(filePath: folder + "/rows"))
      var ingest = FileIngest(folder: folder + "/T", schema: schema)
      ingest.stretch = stretch
      let report = try ingest.run([(folder + "/rows", format)])
      let table = try StoredTable(folder: folder + "/T")
      #expect(try report.rows == table.count)
      return (report, table.schema, try StoredTables.cells(table))
    }
  }

  @Test func `every type is read from delimited fields`() throws {
    let schema = ScalarType.allCases.map { Field("\($0)", $0) }
    let names = schema.map(\.name).joined(separator: ",")
    let (report, _, cells) = try table(
      """
      \(names)
      true,-2147483648,9223372036854775807,1e-3,2.5,"a ""b"",c",2026-01-02T03:04:05.6789Z,1.02:03:04,74be27de-1e4e-49d9-b579-fe0b331d3642,"{""a"": [1,
      2]}"
      ,,,,,,,,,
      0,1,-9223372036854775808,nan,-0,\u{E9},0001-01-01,-00:00:01,,not json
      """, .csv, schema: schema)
    #expect(report.rejected == 0)
    #expect(cells[0] == ["True", "null", "False"])
    #expect(cells[1] == ["-2147483648", "null", "1"])
    #expect(cells[2] == ["9223372036854775807", "null", "-9223372036854775808"])
    #expect(cells[3].map { $0.split(separator: " ")[0] } == ["0.001", "null", "nan"])
    #expect(cells[5] == ["'a \"b\",c'", "''", "'\u{E9}'"])
    #expect(cells[7].map { $0.prefix(10) } == ["1.02:03:04", "null", "-00:00:01"])
    #expect(cells[8] == ["'74be27de-1e4e-49d9-b579-fe0b331d3642'", "null", "null"])
    #expect(cells[9] == ["{\"a\":[1,2]}", "null", "\"not json\""])
  }

  @Test func `values that do not fit are left out with their column and type`() throws {
    let schema = [Field("i", ScalarType.int), Field("t", .datetime), Field("b", .bool)]
    let (report, _, cells) = try table(
      """
      {"i":2147483648}
      {"i":1,"t":-9223372036854775808}
      {"i":2,"t":"never"}
      {"i":3,"b":"maybe"}
      {"i":4,"t":"2026-01-01","b":true,"more":1}
      {"i":1.5}
      """, .ndjson, schema: schema)
    #expect(report.rejects.map(\.line) == [1, 2, 3, 4, 6])
    #expect(report.rejects[1].reason.contains("column 't' is no datetime"))
    #expect(cells[0] == ["4"])
  }

  @Test(arguments: [FileIngest.Format.csv, .tsv, .ndjson])
  func `rows and lines are the same however a file is split`(_ format: FileIngest.Format) throws {
    var text = format == .ndjson ? "" : "id\(format == .csv ? "," : "\t")s\n"
    var dice = FuzzTests.Dice(state: 3)
    var (bad, line): ([Int], Int) = ([], format == .ndjson ? 0 : 1)
    for row in 0..<9000 {
      line += 1
      let isBad = dice.roll(400) == 0
      if isBad { bad.append(line) }
      let id = isBad ? "x" : "\(row)"
      switch format {
      case .ndjson, .json:
        text +=
          isBad
          ? "{\"id\":\(id)}\n" : "{\"id\":\(id),\"s\":\"row \(row) \\n \\\"q\\\" \"}\(dice.roll(9) == 0 ? "\r" : "")\n"
      case .csv, .tsv:
        let field = dice.pick(["plain \(row)", "\"a \(row)\n\nb\"", "\"\"\"q\"\" \(row)\"", ""])
        line += field.contains("\n\n") ? 2 : 0
        text += "\(id)\(format == .csv ? "," : "\t")\(field)\(dice.roll(9) == 0 ? "\r" : "")\n"
      }
    }
    let schema = [Field("id", ScalarType.long), Field("s", .string)]
    let whole = try table(text, format, schema: schema)
    let split = try table(text, format, schema: schema, stretch: 1 << 16)
    #expect(whole.cells == split.cells)
    #expect(whole.cells[0].count == 9000 - bad.count)
    #expect(whole.report.rejects.map(\.line) == bad)
    #expect(split.report.rejects.map(\.line) == bad)
  }

  @Test func `types are those that fit all values`() throws {
    let found = try table(
      """
      {"a":1,"b":1,"c":"2026-01-01T00:00:00Z","d":true,"e":"x","f":{"k":1},"g":null,"h":"12"}
      {"a":2,"b":1.5,"c":"2026-01-02 03:04:05","d":false,"e":"2026-01-01","f":[1],"i":5}
      """, .ndjson)
    #expect(
      found.schema.map { "\($0.name):\($0.type)" } == [
        "a:long", "b:real", "c:datetime", "d:bool", "e:string", "f:dynamic", "g:string", "h:string", "i:long",
      ])
  }

  @Test(arguments: [1 << 16, nil])
  func `members that first come late get a column`(_ stretch: Int?) throws {
    var text = ""
    for row in 0..<12_000 {
      var members = ["\"id\":\(row)", "\"text\":\"a text of row \(row)\""]
      if row >= 1500 { members.append("\"none\":null") }
      if row >= 2000, row % 3 == 0 { members.append("\"late\":\(row % 2 == 0 ? "\(row)" : "\(row).5")") }
      if row == 9000 { members.insert("\"l\\u0061st\":{\"k\":[\(row)]}", at: 0) }
      text += "{\(members.joined(separator: ","))}\n"
    }
    let found = try table(text, .ndjson, stretch: stretch)
    #expect(found.report.rejected == 0)
    #expect(found.schema.map { "\($0.name):\($0.type)" } == ["id:long", "text:string", "late:real", "last:dynamic"])
    #expect(
      found.cells[2].enumerated().allSatisfy { row, cell in
        let value = row >= 2000 && row % 3 == 0 ? Double(row) + (row % 2 == 0 ? 0 : 0.5) : nil
        return cell == StoredTables.cell(value.map { .real($0) } ?? .null(.real))
      })
    #expect(found.cells[3].indices.filter { found.cells[3][$0] != "null" } == [9000])
    #expect(found.cells[3][9000] == "{\"k\":[9000]}")
  }

  @Test func `members that a given schema does not name are not read`() throws {
    let found = try table("{\"a\":1,\"b\":2}\n{\"c\":3}\n", .ndjson, schema: [Field("a", .long)])
    #expect(found.schema.map(\.name) == ["a"])
    #expect(found.cells == [["1", "null"]])
  }

  @Test(.enabled(if: Self.hasZstd)) func `files packed with zstd are read`() throws {
    try StoredTables.withFolder { folder in
      let text = (0..<5000).map { "{\"id\":\($0),\"s\":\"row \($0)\"}\n" }.joined()
      let file = folder + "/-rows.jsonl"
      try Data(text.utf8).write(to: URL(filePath: file))
      let zstd = Process()
      zstd.executableURL = URL(filePath: "/usr/bin/env")
      zstd.arguments = ["zstd", "-q", "--", file]
      try zstd.run()
      zstd.waitUntilExit()
      let packed = file + ".zst"
      let ingest = FileIngest(folder: folder + "/T")
      let report = try ingest.run([(packed, .ndjson)])
      #expect(report.rows == 5000)
      #expect(try StoredTables.cells(StoredTable(folder: folder + "/T"))[0] == (0..<5000).map { "\($0)" })
      // Cut short it is told, and nothing is added.
      let whole = try Data(contentsOf: URL(filePath: packed))
      try whole.prefix(whole.count / 2).write(to: URL(filePath: packed))
      let error = #expect(throws: KQLError.self) { try ingest.run([(packed, .ndjson)]) }
      #expect(error?.message.contains("-rows.jsonl.zst cannot be unpacked") == true)
      #expect(try StoredTable(folder: folder + "/T").count == 5000)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["-rows.jsonl", "-rows.jsonl.zst", "T"])
    }
  }

  static let hasZstd = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/zstd")
  }

  @Test(arguments: ["a", "a:lonk", "a:long,a:int", ":long", "a:long,"])
  func `a schema that cannot be is refused`(_ text: String) {
    #expect(throws: KQLError.self) { try SchemaText.parse(text) }
  }
}
