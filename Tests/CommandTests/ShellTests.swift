// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `plumb query` on a terminal, driven through a pseudo-terminal.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs .venv: run make venv"))
struct ShellTests {
  private let room: QueryRoom
  init() throws { room = try QueryRoom() }

  /// Waits for each text and types another; ends with Ctrl-D.
  private func session(_ steps: [[String]], width: Int = 80, _ arguments: String...) throws -> Run {
    let all = steps + [["plumb> ", "\u{04}"]]
    let json = String(decoding: try JSONEncoder().encode(all), as: UTF8.self)
    return try run(
      python, ["Scripts/terminal.py", json, plumb, "query", "--data", room.folder] + arguments,
      ["COLUMNS_OF_TEST": String(width), "TERM": "xterm", "NO_COLOR": ""])
  }

  private var history: String { room.folder + "/query_history" }

  @Test func aQueryOfSeveralLinesRunsAtASemicolonOrAnEmptyLine() throws {
    let result = try session([
      ["plumb> ", "Events\r"], ["-> ", "| summarize most = max(n);\r"], ["39", ""],
      ["plumb> ", "let k = 'ro;le';\r"], ["-> ", "Events | where kind == k | count\r"], ["-> ", "\r"], ["13", ""],
    ])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func controlDLeavesWithZero() throws {
    #expect(try session([]).status == 0)
  }

  @Test func anErrorStandsUnderTheCaretAndTheShellGoesOn() throws {
    let result = try session([
      ["plumb> ", "Events | where knd == 'x';\r"], ["did you mean 'kind'?", ""], ["^^^", ""],
      ["plumb> ", "print 6 * 7;\r"], ["42", ""],
    ])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func tabCompletesTablesOperatorsColumnsFunctionsAndCharts() throws {
    let result = try session([
      ["plumb> ", "Even\t"], ["Events ", "| summ\t"], ["summarize ", "s = strca\t\t"], ["strcat_array(", "\u{15}"],
      ["plumb> ", "Events | where ki\t"], ["kind ", "\u{15}"], ["plumb> ", "Events | render piec\t"],
      ["piechart ", "\u{15}"], ["plumb> ", "\u{15}.sch\t"], [".schema ", "Ev\t\r"], ["datetime", ""],
    ])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func controlCStopsTheQueryAndNotTheShell() throws {
    let result = try session([
      ["plumb> ", "range x from 1 to 45000000 step 1 | summarize sum(x) by x % 7;\r"], ["\n", "\u{03}"],
      ["the query was cancelled", ""], ["plumb> ", "print half = \u{03}"], ["^C", ""], ["plumb> ", "print 6 * 7;\r"],
      ["42", ""],
    ])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func commandsShowTablesColumnsAndHelp() throws {
    let result = try session([
      ["plumb> ", ".tables\r"], ["Events", ""], ["plumb> ", ".schema Events\r"], ["note", ""],
      ["plumb> ", ".schema Evnts\r"], ["did you mean 'Events'?", ""], ["plumb> ", ".help\r"], ["Tab completes", ""],
      ["plumb> ", ".no\r"], ["there is no command '.no'", ""],
    ])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func theHistoryIsKeptForItsOwnerOnlyAndComesBack() throws {
    _ = try session([["plumb> ", "print 'a\\\\b',\r"], ["-> ", "6 * 7;\r"], ["42", ""]])
    let mode = try FileManager.default.attributesOfItem(atPath: history)[.posixPermissions] as? NSNumber
    #expect(mode?.intValue == 0o600)
    #expect(try String(contentsOfFile: history, encoding: .utf8) == "print 'a\\\\\\\\b',\\n6 * 7;\n")
    let again = try session([["plumb> ", "\u{1B}[A"], ["↵6 * 7;", "\r"], ["42", ""]])
    #expect(again.status == 0, "\(again.output)")
  }

  @Test func theLineCanBeEditedAnywhere() throws {
    let result = try session([["plumb> ", "rint 6 * 8\u{7F}7;\u{01}p\u{05}\r"], ["42", ""]])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func tablesFitTheTerminal() throws {
    let result = try session([["plumb> ", "Events | take 2;\r"], ["2 rows", ""]], width: 60)
    #expect(result.status == 0 && result.output.contains("…"), "\(result.output)")
    let lines = result.output.split(whereSeparator: \.isNewline).filter { $0.contains("word") || $0.contains("───") }
    #expect(!lines.isEmpty && lines.allSatisfy { $0.count <= 60 }, "\(result.output)")
  }

  @Test func aRenderedResultIsDrawnInColours() throws {
    let result = try session([
      ["plumb> ", "Events | summarize sum(n) by bin(at, 6h), kind | render timechart;\r"], ["\u{1B}[36m", ""],
    ])
    #expect(result.status == 0, "\(result.output)")
  }
}
