// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// The text operators find in coded texts what they find in plain ones.
struct ExtentSearchTests {
  static let texts: [String] = {
    let edges = [
      "", "alpha", "Alpha beta", "beta,alpha", "alphabet soup", "my-alpha_beta.gamma", "ALPHA", "-alpha-",
      "alpha--beta",
      "gamma alpha", "xalpha", "alphax", "éalpha", "alphaé", "ÉCOLE école", "naïve café", "CAFÉ", "日本 alpha", "a",
      "a b", "a-b", "10.0.0.1", "10.0.0.10", "user@example.com", "C:\\Windows\\System32", "error: E1234 (fatal)",
      "\u{212A}elvin é-\u{212A}elvin", "  alpha", "alpha  ", "\r\nalpha\r\n", "alpha\u{0}beta", "straße STRASSE",
      String(repeating: "filler ", count: 4000) + "needle", String(repeating: "q ", count: 70_000) + "alpha-omega z",
    ]
    // Enough different texts that the extent writes them as coded terms, some pieces common, some spelt out.
    return edges
      + (0..<1600).map { "item-\($0) of \($0 % 7 == 0 ? "Alpha" : "omega")/part_\($0 % 13); once\($0 &* 7919)x" }
      // Pieces that always meet, or often, and are joined.
      + (0..<1200).map { row in
        let word = ["read", "write", "Échec", "日本"][row % 4]
        return "\(word) \(["read", "list"][row % 2]) took \(row % 9)ms from 10.0.\(row % 5).1:\(row * 31 % 400) "
          + "user=u\(row % 90)@contoso.example code=\(row % 3)\(row % 11 == 0 ? "" : " id-\(row &* 104_729)")"
      }
  }()
  static let needles = [
    "alpha", "Alpha", "ALPHA", "alph", "lpha", "beta", "a", "b", "", "-", "alpha-", "-alpha", "alpha beta", "a-b",
    "my-alpha_beta", "alpha_beta.gamma", "pha_bet", "10.0.0.1", "0.0", "user@example", "example.com", "System32",
    "E1234", "(fatal)", "école", "École", "CAFÉ", "café", "caf", "日本", "kelvin", "é-kelvin", "straße", "needle",
    "filler needle", "omega", "omega z", "alpha-omega", "omega/part", "part_12", "once7919x", "7919", "once", "item-7",
    "item-70 of", "took 7ms", "7ms from 10", "contoso.example code=1", "@contoso.example", "0.3.1:", "user=u8", "u8@",
    "code", "code=", "=2 id-", "échec", "Échec list", "日本 list took", "read read took 0ms from 10.0.0.1:0 user=u0@",
    "ms",
    "no such thing", "--", "; ", "of Alpha/part_0; once", "\r\n", "alpha\r\n", "x", "  ", "\u{0}",
  ]
  static let operators = ["has", "contains", "hasprefix", "hassuffix", "startswith", "endswith"]

  @Test(arguments: operators)
  func `a needle is found in the same rows as in memory`(_ name: String) throws {
    let schema = [Field("id", ScalarType.long), Field("s", .string)]
    let batch = Batch(
      columns: [
        StoredTables.column(.long, Self.texts.indices.map { .long(Int64($0)) }),
        StoredTables.column(.string, Self.texts.map { .string($0) }),
      ], count: Self.texts.count)
    try StoredTables.withFolder { folder in
      var stored = Catalog()
      stored.add("T", try StoredTables.make(schema, [batch, batch.gather(Array(0..<20))], in: folder))
      var memory = Catalog()
      memory.add("T", MemoryTable(schema: schema, batches: [batch, batch.gather(Array(0..<20))]))
      for needle in Self.needles {
        let literal =
          "\""
          + needle.flatMap { character -> String in
            switch character {
            case "\\": "\\\\"
            case "\r\n": "\\r\\n"
            case "\u{0}": "\\u0000"
            default: String(character)
            }
          } + "\""
        for op in [name, "!" + name, name + "_cs", "!" + name + "_cs"] {
          for query in [
            "T | where s \(op) \(literal) | project id",
            "T | where id % 20 == 3 | where s \(op) \(literal) | project id",
          ] {
            let left = try Ask.result(query, catalog: stored).rows
            let right = try Ask.result(query, catalog: memory).rows
            let (found, expected) = (StoredTables.cells(left.columns[0]), StoredTables.cells(right.columns[0]))
            if found == expected { continue }
            let differ = Set(found).symmetricDifference(expected).sorted().prefix(5)
            Issue.record(
              "\(query): rows \(differ.joined(separator: ", ")) differ, of \(found.count) and \(expected.count)")
          }
        }
      }
    }
  }

  @Test func `lists of needles are found in the same rows as in memory`() throws {
    let schema = [Field("s", ScalarType.string)]
    let batch = Batch(
      columns: [StoredTables.column(.string, Self.texts.map { .string($0) })], count: Self.texts.count)
    try StoredTables.withFolder { folder in
      var stored = Catalog()
      stored.add("T", try StoredTables.make(schema, [batch], in: folder))
      var memory = Catalog()
      memory.add("T", MemoryTable(schema: schema, batches: [batch]))
      for condition in [
        "s has_any ('alpha', 'part_3')", "s has_all ('alpha', 'beta')", "s in ('alpha', 'a b', '')", "s in~ ('ALPHA')",
        "s !in ('alpha')", "s == 'alpha'", "s =~ 'ALPHA'", "s != ''", "s matches regex 'a.*b'", "isempty(s)",
        "strlen(s) > 1000", "s > 'm'", "* has 'alpha'",
      ] {
        let query = "T | where \(condition) | summarize count(), hash(strcat_array(make_list(s), '|'))"
        #expect(try Ask.result(query, catalog: stored).json() == Ask.result(query, catalog: memory).json(), "\(query)")
      }
    }
  }

  /// Texts that the encoder could get wrong.
  static let shapes: [[String]] = [
    [], [""], ["", "", ""], ["a"], [" "], ["-a", "a-", "-"], ["a a a a a a a a a a a a a a a a a a a a a a"],
    (0..<3000).map { "r\($0) " + String(repeating: "q", count: $0 % 5) },
    (0..<3000).map { String(repeating: "same words every time, ", count: $0 % 40) + "\($0)" },
    (0..<3000).map { row in (0..<300).map { "w\($0 % 50)" }.joined(separator: row % 2 == 0 ? " " : "-") + "\(row)" },
    (0..<2000).map { "\u{e9}\($0)\u{0}\u{65e5}\u{672c} \($0 % 7)" },
  ]

  @Test(arguments: shapes.indices)
  func `texts come back as they were`(_ shape: Int) throws {
    let texts = Self.shapes[shape]
    let column = StringColumn(texts)
    try StoredTables.withFolder { folder in
      let unique = StringColumn(
        pool: texts.isEmpty ? .empty : column.pool, codes: column.codes)
      let batch = Batch(columns: [.string(unique)], count: texts.count)
      try ExtentWriter.write(batch, schema: [Field("s", .string)], to: folder + "/x.extent")
      let extent = try Extent(path: folder + "/x.extent")
      var found: [String] = []
      for block in 0..<extent.blockCount {
        let column = try extent.column(0, block: block)
        for row in 0..<column.count { found.append(column[row].string ?? "") }
      }
      #expect(found == texts)
    }
  }

  @Test func `words that meet are joined`() {
    let texts = StringColumn(
      (0..<4000).map { "GET /api/users/\($0) took \($0 % 50) ms, user \($0 % 700)@contoso.example done" })
    var encoder = TermEncoder(texts)
    var (words, spelt): ([UInt16], [UInt8]) = ([], [])
    for _ in 0..<4000 { encoder.encodeNext(words: &words, spelt: &spelt) }
    // Eleven pieces a text.
    #expect(words.count < 4000 * 7)
  }

  @Test func `an extent of terms without phrases is read and searched`() throws {
    let pieces = ["alpha ", "beta", "gamma-", ""]
    let rows = ["alpha beta", "gamma-beta", "", "once alpha beta"]
    func word(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    var dictionary: [UInt8] = word(UInt32(0))
    var end: UInt32 = 0
    for piece in pieces {
      end += UInt32(piece.utf8.count)
      dictionary += word(end)
    }
    dictionary += pieces.joined().utf8
    let words: [[UInt16]] = [[0, 1], [2, 1], [], [0xFFFF, 0, 1]]
    var block = words.flatMap { word(UInt16($0.count)) } + word(UInt32(0)) + word(UInt32(0))
    block += words.joined().flatMap { word($0) } + [5] + Array("once ".utf8)
    var file = ExtentWriter.magic
    func entry(_ bytes: [UInt8]) -> String {
      defer { file += bytes + [UInt8](repeating: 0, count: (8 - bytes.count % 8) % 8) }
      let sum = ExtentWriter.hex(bytes.withUnsafeBytes(Checksum.xxh64))
      return "\"at\":\(file.count),\"bytes\":\(bytes.count),\"xxh64\":\"\(sum)\""
    }
    let footer = Array(
      """
      {"format":1,"rows":4,"blockRows":65536,"columns":[{"name":"s","type":"string","encoding":"terms",\
      "dictionary":{\(entry(dictionary)),"count":4},"blocks":[{\(entry(block)),"words":7,"spelt":6}]}]}
      """.utf8)
    file += footer + word(UInt64(footer.count)) + word(footer.withUnsafeBytes(Checksum.xxh64)) + ExtentWriter.magic
    try StoredTables.withFolder { folder in
      try Data(file).write(to: URL(filePath: folder + "/old.extent"))
      guard case .string(let texts) = try Extent(path: folder + "/old.extent").column(0, block: 0) else {
        Issue.record("no texts")
        return
      }
      #expect(texts.codes.indices.map { texts[$0] } == rows)
      for (needle, expected) in [("beta", [0, 1, 3]), ("once", [3]), ("alpha beta", [0, 3]), ("gam", [])] {
        let found = TermSearch.rows(texts, .has, needle, caseSensitive: false)
        #expect(found.map { bits in rows.indices.filter { bits[$0] } } == expected, "\(needle)")
      }
    }
  }
}
