// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// A data folder with one table of its own, and commands over it.
final class QueryRoom {
  let folder = scratch()

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var lines = ["at,kind,n,note"]
    for index in 0..<40 {
      let at = "2026-03-\(index / 10 + 10)T0\(index % 10):00:00Z"
      lines.append("\(at),\(["disk", "host", "role"][index % 3]),\(index),\(String(repeating: "word ", count: 40))")
    }
    try write("rows.csv", Data((lines.joined(separator: "\n") + "\n").utf8))
    let made = try run(plumb, ["ingest", "Events", folder + "/rows.csv", "--data", folder, "--quiet"])
    try #require(made.status == 0, "\(made.complaint)")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ name: String, _ data: Data) throws { try data.write(to: URL(fileURLWithPath: folder + "/" + name)) }

  func query(_ arguments: String...) throws -> Run { try run(plumb, ["query", "--data", folder] + arguments) }
}

struct QueryTests {
  private let room: QueryRoom
  init() throws { room = try QueryRoom() }

  // MARK: Plans

  @Test func thePlanShowsPrunedColumnsRangesKeysAndAggregates() throws {
    let result = try room.query(
      "Events | where n > 5 and kind == 'disk' | summarize total = sum(n) by kind | top 3 by total", "--explain")
    #expect(result.status == 0, "\(result.complaint)")
    let parts = [
      "top", "keys: total desc", "summarize", "keys: kind", "aggregates: sum(n)", "total = sum(n)",
      "predicate: n > 5, kind == 'disk'", "table: Events", "columns: kind, n", "read: 2 of 4 columns", "ranges: n >= 6",
    ]
    for part in parts { #expect(result.output.contains(part), "\(part) in\n\(result.output)") }
  }

  @Test func thePlanAsJSONIsATreeOfOperators() throws {
    let result = try room.query(
      "Events | join kind=inner (Events | where at > datetime(2026-03-12) | project n, kind) on n | count", "--explain",
      "--format", "json")
    var operators: [String] = []
    func walk(_ node: JSONValue) {
      operators.append(node["operator"]?.string ?? "")
      for input in node["inputs"].map({ Array($0.elements) }) ?? [] { walk(input) }
    }
    walk(try JSONDocument.parse(result.output).root)
    #expect(operators.first == "summarize")
    #expect(operators.contains("join") && operators.filter { $0 == "scan" }.count == 2)
    #expect(result.output.contains("at >= 2026-03-12T00:00:00.0000001Z"))
  }

  @Test func aPlanIsNotRun() throws {
    let result = try room.query("range x from 1 to 49000000000 step 1 | count", "--explain")
    #expect(result.status == 0 && result.output.contains("range"))
  }

  // MARK: Charts

  @Test(arguments: [
    "summarize sum(n) by bin(at, 1h) | render timechart", "summarize sum(n) by kind | render barchart",
    "summarize sum(n) by kind | render columnchart", "summarize sum(n) by kind | render piechart",
    "project n, n * n | render linechart", "summarize sum(n) by bin(at, 6h), kind | render areachart",
    "summarize sum(n) by bin(at, 6h), kind | render areachart kind=stacked", "project n, 100 - n | render scatterchart",
    "make-series sum(n) default = 0 on at from datetime(2026-03-10) to datetime(2026-03-14) step 6h | render timechart",
  ])
  func aRenderedResultIsDrawnAsTextAndAsSVG(_ query: String) throws {
    let text = try room.query("Events | " + query, "--chart")
    #expect(text.status == 0, "\(text.complaint)")
    let marks = text.output.unicodeScalars.contains {
      "█▏▎▍▌▋▊▉▁▂▃▄▅▆▇●▲■".unicodeScalars.contains($0) || $0.value >> 8 == 0x28
    }
    #expect(marks, "\(text.output)")
    #expect(!text.output.contains("\u{1B}"), "no colours in a pipe")
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let picture = try room.query("Events | " + query, "--chart", "--format", "svg")
    #expect(picture.status == 0, "\(picture.complaint)")
    let parser = XMLCheck(picture.output)
    #expect(parser.isWellFormed && parser.root == "svg", "\(picture.output)")
    #expect(try room.query("Events | " + query, "--format", "svg").output == picture.output)
  }

  @Test func textsInAPictureAreEscaped() throws {
    let query =
      "datatable(k: string, n: long)['<script>&\"', 3, 'b', 4] | render columnchart with (title=\"a < b & 'c'\")"
    let picture = try room.query(query, "--format", "svg").output
    #expect(picture.contains("&lt;script&gt;&amp;&quot;") && picture.contains("a &lt; b &amp; &#39;c&#39;"))
    #expect(!picture.contains("<script>") && XMLCheck(picture).isWellFormed)
  }

  @Test func aPictureOfNoNumbersIsRefusedWithTheReason() throws {
    let result = try room.query("Events | project kind | render barchart", "--chart")
    #expect(result.status == 2)
    #expect(result.complaint.contains("no column holds numbers"), "\(result.complaint)")
  }

  // MARK: Options

  @Test func nothingIsCutInAPipe() throws {
    let output = try room.query("Events | take 1").output
    #expect(output.contains(String(repeating: "word ", count: 40).dropLast()) && !output.contains("…"))
  }

  @Test(arguments: [false, true], [false, true])
  func aQueryIsReadFromAFileOfUTF16(_ isLittle: Bool, _ hasMark: Bool) throws {
    let text = (hasMark ? "\u{FEFF}" : "") + "Events | where kind == 'disk' or note has 'Ünïcode' | count"
    let bytes = text.utf16.flatMap {
      isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)]
    }
    try room.write("query.kql", Data(bytes))
    let result = try room.query(room.folder + "/query.kql", "--format", "csv")
    #expect(result.output == "Count\r\n14\r\n", "\(result.complaint)")
  }

  @Test func parametersAreValuesOfNamesInTheQuery() throws {
    let result = try room.query(
      "Events | where n < most and kind == what | count", "--param", "most=9", "--param", "what=disk", "--format", "csv"
    )
    #expect(result.output == "Count\r\n3\r\n", "\(result.complaint)")
  }

  @Test func limitsStopAQueryWithTheirName() throws {
    let rows = try room.query("range x from 1 to 1000 step 1", "--row-limit", "100")
    #expect(rows.status == 2 && rows.complaint.contains("more than 100 rows"), "\(rows.complaint)")
    let time = try room.query("range x from 1 to 40000000 step 1 | count", "--time-limit", "50ms")
    #expect(time.status == 2 && time.complaint.contains("time limit"), "\(time.complaint)")
    #expect(try room.query("print 1", "--time-limit", "soon").status == 2)
    #expect(try room.query("print 1", "--row-limit", "0").status == 2)
  }

  @Test func aBatchAnswersEachLineAndGoesOnAfterErrors() throws {
    let lines = ["{\"id\":1,\"query\":\"Events | count\"}", "{\"id\":\"b\",\"query\":\"Events | nothing\"}"]
    try room.write("batch.jsonl", Data((lines.joined(separator: "\n") + "\n").utf8))
    let output = try room.query("--batch", room.folder + "/batch.jsonl").output.split(separator: "\n")
    try #require(output.count == 2)
    #expect(output[0] == "{\"id\":1,\"result\":{\"columns\":[{\"name\":\"Count\",\"type\":\"long\"}],\"rows\":[[40]]}}")
    #expect(output[1].hasPrefix("{\"id\":\"b\",\"error\":\"line 1"))
  }

  @Test func withoutAQueryAndATerminalStandardInputIsAsked() throws {
    let result = try room.query()
    #expect(result.status == 2 && result.complaint.contains("no query"))
    let script = "printf 'Events | count' | \"$0\" query --data \"$1\" --format csv"
    #expect(try run("/bin/sh", ["-c", script, plumb, room.folder]).output == "Count\r\n40\r\n")
  }
}

/// Whether a text is well-formed as far as pictures go: elements nest, attributes are quoted, references are known.
struct XMLCheck {
  private(set) var isWellFormed = true
  private(set) var root: String?

  init(_ text: String) {
    var open: [Substring] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "<") {
      check(rest[..<start])
      guard let end = rest[start...].firstIndex(of: ">") else {
        isWellFormed = false
        return
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      let name = tag.drop { $0 == "/" }.prefix { $0.isLetter }
      if tag.hasPrefix("/") {
        if open.popLast() != name { isWellFormed = false }
      } else {
        if root == nil { root = String(name) }
        if tag.count(where: { $0 == "\"" }) % 2 != 0 || tag.contains("<") || name.isEmpty { isWellFormed = false }
        check(tag)
        if !tag.hasSuffix("/") { open.append(name) }
      }
    }
    if !open.isEmpty { isWellFormed = false }
  }

  private mutating func check(_ text: Substring) {
    for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
    where !["amp;", "lt;", "gt;", "quot;", "#39;"].contains(where: part.hasPrefix) {
      isWellFormed = false
    }
  }
}
