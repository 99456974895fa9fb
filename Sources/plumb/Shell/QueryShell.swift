// SPDX-License-Identifier: Apache-2.0
import Charts
import JSON
import KQL

/// `plumb query` on a terminal: queries of several lines, answered one after another.
struct QueryShell {
  let runner: QueryRunner
  let directory: String

  private static let help = """
    A query runs at a line that ends in ; or at an empty line.
      .tables       the tables
      .schema T     the columns of a table
      .help         this
      .quit         leaves, as Ctrl-D does
    Tab completes tables, columns, operators and functions. Up and Down go through earlier queries.
    Ctrl-C drops what was typed, or stops the query that runs. A result of render is drawn.
    """

  func run() throws {
    guard let keys = TerminalKeys() else { throw UsageError("standard input is no terminal") }
    defer { keys.restore() }
    var history = ShellHistory(directory: directory)
    var editor = LineEditor(keys)
    Terminal.write(Array("KQL over what Plumbline knows; .help tells more, Ctrl-D leaves.\n".utf8))
    var typed = ""
    while true {
      editor.history = history.entries
      let before = typed
      editor.complete = { [catalog = runner.catalog] line in ShellCompletion.candidates(before + line, catalog) }
      switch editor.read(typed.isEmpty ? "plumb> " : "    -> ") {
      case .end: return
      case .interrupted: typed = ""
      case .line(let line):
        let trimmed = line.trimmed
        if typed.isEmpty, trimmed.hasPrefix(".") {
          if trimmed == ".quit" || trimmed == ".exit" { return }
          command(trimmed)
          continue
        }
        if typed.isEmpty, trimmed.isEmpty { continue }
        typed += line + "\n"
        guard trimmed.isEmpty || ShellCompletion.isComplete(typed) else { continue }
        let query = typed.trimmed
        typed = ""
        history.add(query)
        answer(query, keys)
      }
    }
  }

  private func answer(_ query: String, _ keys: TerminalKeys) {
    let cancellation = Cancellation()
    let began = ContinuousClock.now
    do {
      let output = try keys.watching { count in
        cancellation.cancel()
        // A query that does not heed it must not hold the terminal.
        if count >= 3 {
          keys.restore()
          endProcess(130)
        }
      } _: {
        try runner.answer(query, cancellation: cancellation)
      }
      Terminal.write(output)
      let span = (ContinuousClock.now - began).components
      let milliseconds = Double(span.seconds) * 1000 + Double(span.attoseconds) / 1e15
      Terminal.write(Array("\(ChartScale.decimal(milliseconds, milliseconds < 10 ? 1 : 0)) ms\n\n".utf8))
    } catch {
      Terminal.complain("\(error)\n")
    }
  }

  private func command(_ line: String) {
    let words = line.split(separator: " ")
    func show(_ table: TextTable) {
      Terminal.write(Array((table.lines(width: Terminal.cut).joined(separator: "\n") + "\n\n").utf8))
    }
    switch words.first {
    case ".tables":
      let rows = runner.catalog.names.map { [$0, String(runner.catalog.table($0)?.source.schema.count ?? 0)] }
      show(TextTable(header: ["Table", "Columns"], isNumeric: [false, true], rows: rows))
    case ".schema" where words.count == 2:
      guard let table = runner.catalog.table(String(words[1])) else {
        let meant =
          Spelling.nearest(to: String(words[1]), in: runner.catalog.names).map { "; did you mean '\($0)'?" } ?? ""
        return Terminal.complain("there is no table '\(TextWidth.harmless(String(words[1])))'\(meant)\n")
      }
      show(TextTable(header: ["Column", "Type"], rows: table.source.schema.map { [$0.name, $0.type.rawValue] }))
    case ".schema": Terminal.complain("write .schema and the name of a table\n")
    case ".help": Terminal.write(Array((Self.help + "\n\n").utf8))
    default: Terminal.complain("there is no command '\(TextWidth.harmless(line))'; .help lists them\n")
    }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    let head = drop { $0.isWhitespace }
    return String(head.reversed().drop { $0.isWhitespace }.reversed())
  }
}
