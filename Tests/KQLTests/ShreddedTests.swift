// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@testable import KQL

/// Dynamic columns that are kept taken apart give what the same values give in memory. `PLUMB_FUZZ=N` runs longer.
struct ShreddedTests {
  typealias Dice = FuzzTests.Dice

  static let words = [
    "Allow", "Deny", "", "é", "a\\\"b", "line\\nbreak", "\\u0000", "日本", "0", "true", "null", "\\ud83d\\ude42", "x y",
  ]
  static let keys = ["a", "b", "c", "name", "id", "properties", "", "é", "key with space", "a.b", "ke\\\"y", "0"]
  static let numbers = [
    "0", "-0", "-0.0", "1", "-1", "0.0", "1.0", "1.50", "-0.05", "1e5", "1E-3", "12345678901234567890",
    "9223372036854775807", "-9223372036854775808", "0.12345678901234567", "123456789012345.25", "3.14", "100",
    "0.000000000000001", "1234567890123456.7",
  ]

  /// A random value; the deeper, the simpler.
  static func json(_ dice: inout Dice, depth: Int = 0, row: Int = 0) -> String {
    switch dice.roll(depth > 3 ? 6 : 11) {
    case 0: return "null"
    case 1: return ["true", "false"][dice.roll(2)]
    case 2: return dice.pick(numbers)
    case 3: return "\(dice.roll(10_000) - 5000)"
    case 4: return "\"\(dice.pick(words))\""
    case 5: return "\"unique-\(row)-\(dice.roll(100_000))\""
    case 6, 7:
      return "[" + (0..<dice.roll(4)).map { _ in json(&dice, depth: depth + 1, row: row) }.joined(separator: ",") + "]"
    default:
      var members: [String] = []
      for key in keys where dice.roll(3) == 0 {
        members.append("\"\(key)\":\(json(&dice, depth: depth + 1, row: row))")
      }
      return "{" + members.joined(separator: ",") + "}"
    }
  }

  /// Values of like shapes, as logs and resources have them, with some that are quite otherwise.
  static func regular(_ dice: inout Dice, row: Int) -> String {
    if dice.roll(40) == 0 { return json(&dice, row: row) }
    if dice.roll(30) == 0 { return "null" }
    var members: [String] = ["\"id\":\"dev-\(row)\""]
    if dice.roll(4) > 0 { members.append("\"n\":\(dice.roll(20) == 0 ? "\"x\"" : "\(row * 7)")") }
    if dice.roll(4) > 0 { members.append("\"r\":\(dice.roll(100)).\(dice.roll(90) + 10)") }
    if dice.roll(4) > 0 { members.append("\"on\":\(["true", "false", "null"][dice.roll(3)])") }
    if dice.roll(4) > 0 {
      let rule = dice.roll(9) == 0 ? json(&dice, depth: 2, row: row) : "\"\(dice.pick(words))\""
      members.append("\"acl\":{\"action\":\(rule),\"deep\":{\"er\":{\"k\":\(dice.roll(5))}}}")
    }
    if dice.roll(3) > 0 {
      let items = (0..<dice.roll(4)).map { _ in
        dice.roll(15) == 0 ? "null" : "{\"id\":\"P\(dice.roll(9))\",\"result\":\(dice.roll(3))}"
      }
      members.append("\"list\":[\(items.joined(separator: ","))]")
    }
    return "{\(members.joined(separator: ","))}"
  }

  enum Sort: CaseIterable { case regular, random, deep, wide, maps, scalars, long }

  static func texts(_ sort: Sort, _ count: Int, _ dice: inout Dice) -> [String] {
    (0..<count).map { row in
      switch sort {
      case .regular: return regular(&dice, row: row)
      case .random: return json(&dice, row: row)
      case .deep:
        let depth = dice.roll(90)
        let open = depth % 2 == 0 ? "{\"d\":" : "["
        let close = depth % 2 == 0 ? "}" : "]"
        return String(repeating: open, count: depth) + "\(row)" + String(repeating: close, count: depth)
      case .wide: return "{" + (0..<dice.roll(700)).map { "\"k\($0)\":\(row % 3)" }.joined(separator: ",") + "}"
      case .maps:
        return "{\"m\":{"
          + (0..<dice.roll(9)).map { "\"/sub/\(row)/\($0)\":{\"p\":\(dice.roll(4))}" }
          .joined(separator: ",") + "},\"z\":1}"
      case .scalars: return dice.roll(3) == 0 ? dice.pick(numbers) : "\"s\(row)\""
      case .long:
        if row % 50 == 0 { return "[" + (0..<5000).map { "\($0)" }.joined(separator: ",") + "]" }
        return "[\(row),\"\(String(repeating: "long text, ", count: dice.roll(40)))\"]"
      }
    }
  }

  static func extent(_ column: Column, _ folder: String) throws -> Extent {
    let path = folder + "/shredded.extent"
    try ExtentWriter.write(
      Batch(columns: [column], count: column.count), schema: [Field("d", .dynamic)], to: path)
    return try Extent(path: path)
  }

  static func dynamic(_ column: Column) throws -> DynamicColumn {
    guard case .dynamic(let values) = column else { throw KQLError(.data, "no dynamic column") }
    return values
  }

  static let paths =
    ["id", "n", "r", "on", "acl", "acl.action", "acl.deep.er.k", "list", "list[0]", "list[-1].id", "list[1].result"]
    + [
      "a", "b.c", "name", "properties.a", "[0]", "[1].a", "['']", "['a.b']", "missing", "m", "z", "d.d.d", "list[*].id",
    ]
  static let types: [ScalarType] = [.string, .long, .int, .real, .bool, .datetime, .guid, .decimal]

  @Test(arguments: Sort.allCases, [100, 900])
  func `values come back as they were, whole and by path`(_ sort: Sort, _ count: Int) throws {
    var dice = Dice(state: UInt64(count) &* 31 &+ UInt64(Sort.allCases.firstIndex(of: sort) ?? 0))
    let expected = try StoredTables.dynamics(Self.texts(sort, count, &dice))
    let plain = try Self.dynamic(expected)
    try StoredTables.withFolder { folder in
      let extent = try Self.extent(expected, folder)
      let whole = try extent.column(0, block: 0)
      #expect(StoredTables.cells(whole) == StoredTables.cells(expected))
      for text in Self.paths {
        let path = try #require(JSONPath(text))
        let wanted = Column.dynamic(plain.walked(path))
        for hint in [nil, [path]] {
          let found = try Self.dynamic(extent.column(0, block: 0, paths: hint)).walked(path)
          // Rows in another order, some twice, some missing.
          let rows = (0..<300).map { _ in dice.roll(count + 1) - 1 }
          let thin = (0..<count).filter { $0 % 97 == 3 }
          for type in Self.types {
            let made = Convert.vector(Vector(.dynamic(found)), to: type).column
            #expect(
              StoredTables.cells(made) == StoredTables.cells(Convert.vector(Vector(wanted), to: type).column),
              "\(text) as \(type)")
          }
          #expect((0..<count).map(found.isNull) == (0..<count).map(wanted.isNull), "\(text)")
          #expect(found.nulls == (try Self.dynamic(wanted)).nulls)
          for chosen in [rows, thin] {
            #expect(
              StoredTables.cells(.dynamic(found.gather(chosen))) == StoredTables.cells(wanted.gather(chosen)), "\(text)"
            )
          }
          #expect(StoredTables.cells(.dynamic(found)) == StoredTables.cells(wanted), "\(text)")
        }
      }
    }
  }

  @Test func `values go on in the next block`() throws {
    var dice = Dice(state: 5)
    let count = ExtentWriter.blockRows + 500
    let column = try StoredTables.dynamics(Self.texts(.regular, count, &dice))
    try StoredTables.withFolder { folder in
      let extent = try Self.extent(column, folder)
      #expect(extent.columns[0].encoding == "shredded")
      let cells = try (0..<2).flatMap { StoredTables.cells(try extent.column(0, block: $0)) }
      #expect(cells == StoredTables.cells(column))
    }
  }

  @Test(arguments: [
    "T | where d.acl.action == 'Allow' | count", "T | where d.acl.action != 'Allow' | count",
    "T | where d.n > 700 and d.on == false | project d", "T | where isnotempty(d.acl.action) | project x = d.acl",
    "T | where isnull(d.list) | count", "T | where tostring(d.id) startswith 'dev-1' | project d.id, d.n",
    "T | where d.id has '77' | project d", "T | where d.acl.action in ('Allow', 'é') | project d.id",
    "T | where d.acl.deep.er.k in (1, 2) | project d.id",
    "T | summarize n = count() by tostring(d.acl.action)",
    "T | summarize n = count(), s = sum(tolong(d.n)) by t = gettype(d.n)",
    "T | mv-expand p = d.list | extend i = tostring(p.id), r = toint(p.result) | summarize n = count() by i, r",
    "T | extend e = parse_json(d) | mv-expand p = e.list | project p, e.id",
    "T | mv-expand d.list | project x = d_list",
    "T | mv-expand with_itemindex=i p = d.list | project i, p.id, d.id", "T | mv-expand d | project d",
    "T | extend e = d | where e.n > 10 | project-away d | project e.acl.action, e.r",
    "T | project a = d.acl, n = d.n | where a.action == 'Deny' | project a.deep, n",
    "T | distinct tostring(d.r)", "T | top 5 by tolong(d.n) | project d",
    "T | extend x = array_length(d.list) | summarize sum(x)",
    "T | join kind=inner (T | project k = tostring(d.id), l = d.list) on $left.s == $right.k | project d.acl, l",
    "T | union T | where d.on == true | project d.acl.action, d",
    "T | sort by tolong(d.n) desc | take 7 | project d.acl",
    "T | summarize make_list(d.on) by tostring(d.acl.deep.er.k)",
    "T | extend k = bag_keys(d) | summarize count() by tostring(k)",
    "T | project y = iff(d.on == true, d.acl, d.list) | project y.action, y[0]", "T | project todynamic(d).n",
    "T | project d.list[0].id, d['list'][1]", "T | evaluate bag_unpack(d) | summarize count()",
    "T | where d has 'P3' | count",
    "T | where d.list has 'P3' | project d.list", "let q = T | project d; q | where d.n < 100 | project d.id",
    "T | project tostring(d)", "T | where d.r > 50.5 | summarize max(toreal(d.r)), min(todouble(d.r))",
    "T | where isnotnull(d.on) | project d.on",
  ])
  func `queries give what they give in memory`(_ query: String) throws {
    var dice = Dice(state: 99)
    let texts = Self.texts(.regular, 700, &dice)
    let column = try StoredTables.dynamics(texts)
    let ids = StoredTables.column(.string, (0..<700).map { .string("dev-\($0 / 2)") })
    let batch = Batch(columns: [column, ids], count: 700)
    let schema: Schema = [Field("d", .dynamic), Field("s", .string)]
    try StoredTables.withFolder { folder in
      var (stored, memory) = (Catalog(), Catalog())
      stored.add(
        "T", try StoredTables.make(schema, [batch.gather(Array(0..<400)), batch.gather(Array(400..<700))], in: folder))
      memory.add("T", MemoryTable(schema: schema, batches: [batch]))
      let (left, right) = (ExtentPropertyTests.answer(query, stored), ExtentPropertyTests.answer(query, memory))
      #expect(left == right)
      #expect(left.first?.hasPrefix("error") != true, "\(left.first ?? "")")
    }
  }

  @Test func `numbers are kept as they are written`() {
    for text in Self.numbers + (0..<40).map({ "\(Double($0) / 16)" }) {
      let number = Array(text.utf8).withUnsafeBufferPointer(DecimalText.parse)
      var out: [UInt8] = []
      number?.write(into: &out)
      #expect(number == nil || out == Array(text.utf8), "\(text)")
    }
    #expect(Array("-12.50".utf8).withUnsafeBufferPointer(DecimalText.parse) == DecimalText(value: -1250, decimals: 2))
  }

  // MARK: Damage

  static func damageFixture(_ folder: String) throws -> (bytes: [UInt8], column: Column) {
    var dice = Dice(state: 3)
    let column = try StoredTables.dynamics(texts(.regular, 1500, &dice))
    _ = try extent(column, folder)
    return (Array(try Data(contentsOf: URL(filePath: folder + "/shredded.extent"))), column)
  }

  @Test func `a changed byte of a shredded column is told and never read as other values`() throws {
    try StoredTables.withFolder { folder in
      let (whole, column) = try Self.damageFixture(folder)
      let expected = StoredTables.cells(column)
      var dice = Dice(state: 17)
      let count = ProcessInfo.processInfo.environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 200
      var told = 0
      for _ in 0..<count {
        var bytes = whole
        bytes[dice.roll(bytes.count)] ^= UInt8(1 << dice.roll(8))
        do {
          let cells = StoredTables.cells(try ExtentDamageTests.open(bytes, in: folder).column(0, block: 0))
          #expect(cells == expected)
        } catch let error as KQLError {
          told += 1
          #expect(error.message.contains("damaged.extent"), "\(error)")
        }
      }
      #expect(told * 10 > count * 8)
    }
  }

  /// The file with other shapes, checksums made right.
  static func resealed(_ whole: [UInt8], in folder: String, _ change: (String) -> String) throws -> [UInt8] {
    let place = try #require(try ExtentDamageTests.open(whole, in: folder).columns[0].shapes)
    let old = Array(whole[place.at..<place.at + place.bytes])
    let text = Array(change(String(decoding: old, as: UTF8.self)).utf8)
    var bytes = whole
    // The new text goes behind the old parts; the footer tells where.
    let size = whole[(whole.count - 24)...].prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let end = whole.count - 24 - size
    bytes.insert(contentsOf: text, at: end)
    let sum = ExtentWriter.hex(text.withUnsafeBytes(Checksum.xxh64))
    return ExtentDamageTests.sealed(bytes) { footer in
      footer.replacing(
        "\"shapes\":{\"at\":\(place.at),\"bytes\":\(place.bytes),\"xxh64\":\"\(place.checksum)\"}",
        with: "\"shapes\":{\"at\":\(end),\"bytes\":\(text.count),\"xxh64\":\"\(sum)\"}")
    }
  }

  static func readAll(_ bytes: [UInt8], in folder: String) {
    guard let extent = try? ExtentDamageTests.open(bytes, in: folder) else { return }
    for hint in [nil, ["acl.action", "list[0].id", "n"].compactMap(JSONPath.init)] {
      guard let column = try? extent.column(0, block: 0, paths: hint), case .dynamic(let values) = column else {
        continue
      }
      for text in paths {
        guard let path = JSONPath(text) else { continue }
        let found = values.walked(path)
        for type in [ScalarType.string, .long, .real] {
          _ = StoredTables.cells(Convert.vector(Vector(.dynamic(found)), to: type).column)
        }
        _ = found.nulls
        if case .shredded(let rows) = found.form { _ = rows.elements() }
      }
      _ = StoredTables.cells(column)
    }
  }

  @Test func `absurd shapes do not trap`() throws {
    try StoredTables.withFolder { folder in
      let (whole, _) = try Self.damageFixture(folder)
      var text = ""
      _ = try Self.resealed(whole, in: folder) { known in
        text = known
        return known
      }
      var dice = Dice(state: 23)
      let absurd = [
        "-1", "0", "1", "2", "7", "63", "65", "4096", "4294967296", "9223372036854775807", "1e300", "null", "[]",
      ]
      let numbers = Array(text.matches(of: /[:\[,](-?[0-9]+)/))
      let names = Array(text.matches(of: /"([a-z]+)"/))
      let count = ProcessInfo.processInfo.environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 400
      for _ in 0..<count {
        var changed = text
        if dice.roll(3) > 0 {
          let match = dice.pick(numbers)
          changed.replaceSubrange(match.output.1.startIndex..<match.output.1.endIndex, with: dice.pick(absurd))
        } else {
          let match = dice.pick(names)
          let name = dice.pick(["object", "array", "number", "string", "json", "text", "frame", "delta", "id", "x"])
          changed.replaceSubrange(match.output.1.startIndex..<match.output.1.endIndex, with: name)
        }
        Self.readAll(try Self.resealed(whole, in: folder) { _ in changed }, in: folder)
      }
    }
  }

  @Test func `parts of nonsense whose checksums hold do not trap`() throws {
    try StoredTables.withFolder { folder in
      let (whole, _) = try Self.damageFixture(folder)
      var text = ""
      _ = try Self.resealed(whole, in: folder) { known in
        text = known
        return known
      }
      let places = text.matches(of: /"at":([0-9]+),"bytes":([0-9]+),"xxh64":"([0-9a-f]+)"/).compactMap { match in
        Int(match.output.1).flatMap { at in Int(match.output.2).map { (at: at, size: $0, sum: String(match.output.3)) }
        }
      }
      var dice = Dice(state: 29)
      let count = ProcessInfo.processInfo.environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 300
      for _ in 0..<count {
        let place = dice.pick(places)
        guard place.size > 0 else { continue }
        var bytes = whole
        for _ in 0...dice.roll(20) {
          bytes[place.at + dice.roll(place.size)] = [0, 0xFF, 0x5B, UInt8(dice.roll(256))][dice.roll(4)]
        }
        let sum = ExtentWriter.hex(bytes[place.at..<place.at + place.size].withUnsafeBytes(Checksum.xxh64))
        let damaged = try Self.resealed(bytes, in: folder) { $0.replacing("\"\(place.sum)\"", with: "\"\(sum)\"") }
        Self.readAll(damaged, in: folder)
      }
    }
  }
}
