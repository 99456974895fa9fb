// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import JSON
import KQL

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table", abstract: "Looks after the tables that plumb ingest made.",
    discussion: """
      Examples:
        plumb table list
        plumb table show SigninLogs
        plumb table check SigninLogs
        plumb table retention SigninLogs 90d
        plumb table compact SigninLogs
        plumb table drop SigninLogs --yes
      """,
    subcommands: [List.self, Show.self, Check.self, Retain.self, Compact.self, Drop.self])

  enum Format: String, CaseIterable, ExpressibleByArgument { case table, json }

  /// The folder of a table that is there.
  private static func folder(_ name: String, _ store: StoreOptions) throws -> String {
    let directory = try store.directory(try store.settings())
    try Tables.check(name: name)
    let names = Tables.names(directory)
    guard names.contains(name) else {
      let hint = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" } ?? "plumb table list names them"
      throw UsageError("there is no table '\(name)'; \(hint)")
    }
    return Tables.folder(directory) + "/" + name
  }

  private static func write(_ lines: [String]) { Terminal.write(Array((lines.joined(separator: "\n") + "\n").utf8)) }
  private static func write(_ draft: JSONDraft) { Terminal.write(draft.document().root.serialized() + [0x0A]) }

  private static func size(_ bytes: Int) -> String {
    let (steps, units) = ([1, 1 << 10, 1 << 20, 1 << 30, 1 << 40], ["bytes", "KB", "MB", "GB", "TB"])
    let index = steps.lastIndex { bytes >= $0 } ?? 0
    guard index > 0 else { return "\(bytes) bytes" }
    let tenths = bytes * 10 / steps[index]
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(units[index])" : "\(tenths / 10) \(units[index])"
  }

  private static func kept(_ retention: Retention?) -> String {
    retention.map { "\(TimeSpan.text($0.age)) by \($0.column)" } ?? "for ever"
  }

  private static func json(_ retention: Retention?) -> JSONDraft {
    retention.map { .object([("column", .string($0.column)), ("age", .string(TimeSpan.text($0.age)))]) } ?? .null
  }

  // MARK: Looking

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the tables with their rows and size.",
      discussion: """
        Examples:
          plumb table list
          plumb table list --format json
        """)
    @OptionGroup var store: StoreOptions
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let directory = try store.directory(try store.settings())
      var rows: [[String]] = []
      var drafts: [JSONDraft] = []
      for name in Tables.names(directory) {
        do throws(KQLError) {
          let table = try TableSummary(folder: Tables.folder(directory) + "/" + name)
          rows.append([
            name, "\(table.rows)", "\(table.schema.count)", "\(table.extents.count)", TableCommand.size(table.bytes),
            TableCommand.kept(table.retention),
          ])
          drafts.append(
            .object([
              ("name", .string(name)), ("rows", .int(Int64(table.rows))), ("columns", .int(Int64(table.schema.count))),
              ("extents", .int(Int64(table.extents.count))), ("bytes", .int(Int64(table.bytes))),
              ("retention", TableCommand.json(table.retention)),
            ]))
        } catch {
          rows.append([name, "", "", "", "", error.message])
          drafts.append(.object([("name", .string(name)), ("error", .string(error.message))]))
        }
      }
      if format == .json { return TableCommand.write(.array(drafts)) }
      let table = TextTable(
        header: ["Table", "Rows", "Columns", "Extents", "Size", "Kept"],
        isNumeric: [false, true, true, true, true, false], rows: rows)
      TableCommand.write(table.lines(width: Terminal.cut))
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows the columns and files of a table.",
      discussion: """
        Examples:
          plumb table show SigninLogs
          plumb table show SigninLogs --format json
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The table.") var name: String
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let table = try TableSummary(folder: TableCommand.folder(name, store))
      let files = table.extents + (table.log.map { [$0] } ?? [])
      if format == .json {
        return TableCommand.write(
          .object([
            ("name", .string(name)), ("rows", .int(Int64(table.rows))), ("bytes", .int(Int64(table.bytes))),
            ("retention", TableCommand.json(table.retention)),
            (
              "columns",
              .array(
                table.schema.map { .object([("name", .string($0.name)), ("type", .string($0.type.rawValue))]) })
            ),
            (
              "files",
              .array(
                files.map { file in
                  .object([
                    ("name", .string(file.name)), ("rows", file.rows.map { .int(Int64($0)) } ?? .null),
                    ("bytes", .int(Int64(file.bytes))),
                  ])
                })
            ),
          ]))
      }
      let columns = TextTable(
        header: ["Column", "Type"], rows: table.schema.map { [TextWidth.harmless($0.name), $0.type.rawValue] })
      let list = TextTable(
        header: ["File", "Rows", "Size"], isNumeric: [false, true, true],
        rows: files.map { [$0.name, $0.rows.map(String.init) ?? "?", TableCommand.size($0.bytes)] })
      TableCommand.write(
        [
          "\(name): \(table.rows) rows, \(TableCommand.size(table.bytes)), kept \(TableCommand.kept(table.retention))",
          "",
        ]
          + columns.lines(width: Terminal.cut) + [""] + list.lines(width: Terminal.cut))
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads every block of a table and lists what is damaged.",
      discussion: """
        Ends with 1 where something is. A query that reads a damaged block is refused; with --set-aside damaged files leave
        the table, so that queries answer from the rest. Each stays in the folder as NAME.damaged, and rows of its blocks
        that can be read whole are kept.

        Examples:
          plumb table check SigninLogs
          plumb table check SigninLogs --set-aside
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The table.") var name: String
    @Flag(help: "Take damaged files out of the table.") var setAside = false
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let folder = try TableCommand.folder(name, store)
      let check = try TableCheck(folder: folder)
      let damaged = check.damage
      let kept = setAside && !damaged.isEmpty ? try TableCare(folder: folder).setAside(damaged.map(\.file)) : nil
      if format == .json {
        TableCommand.write(
          .object([
            ("name", .string(name)), ("files", .int(Int64(check.files))), ("rows", .int(Int64(check.rows))),
            (
              "damaged",
              .array(
                damaged.map { file in
                  .object([
                    ("file", .string(file.file)), ("rows", .int(Int64(file.rows))),
                    ("reasons", .array(file.reasons.map(JSONDraft.string))),
                  ])
                })
            ), ("kept", kept.map { .int(Int64($0)) } ?? .null),
          ]))
      } else {
        var lines = damaged.flatMap(\.reasons)
        lines.append(
          damaged.isEmpty
            ? "\(check.files) files with \(check.rows) rows are whole"
            : "\(damaged.count) of \(check.files) files are damaged: "
              + damaged.map { "\($0.file) (\($0.rows) rows)" }.joined(separator: ", "))
        if let kept {
          lines.append("They are set aside in \(folder); \(kept) of their rows could be read and are kept")
        } else if !damaged.isEmpty {
          lines.append("plumb table check \(name) --set-aside takes them out of the table and keeps what can be read")
        }
        TableCommand.write(lines)
      }
      if !damaged.isEmpty { throw ExitCode(1) }
    }
  }

  // MARK: Changing

  struct Retain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retention", abstract: "Says how long rows are kept, or shows it.",
      discussion: """
        Files in which every row is older are dropped when rows are added and when the table is compacted; compacting drops
        older rows in other files as well. Rows without a time are kept.

        Examples:
          plumb table retention SigninLogs 90d
          plumb table retention Events 12h --column Created
          plumb table retention SigninLogs forever
          plumb table retention SigninLogs
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The table.") var name: String
    @Argument(help: "A span such as 90d, or forever.") var age: String?
    @Option(help: "The datetime column that tells how old a row is.") var column = "TimeGenerated"

    func run() throws {
      let folder = try TableCommand.folder(name, store)
      if let age {
        let retention: Retention?
        if age == "forever" {
          retention = nil
        } else {
          guard let ticks = TimeSpan.literal(age), ticks > 0 else {
            throw UsageError("'\(age)' is no span such as 90d or 12h, nor forever")
          }
          retention = Retention(column: column, age: ticks)
        }
        try TableCare(folder: folder).keep(retention)
      }
      TableCommand.write(["\(name): rows are kept \(TableCommand.kept(try TableSummary(folder: folder).retention))"])
    }
  }

  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Merges the files of a table and drops rows that are too old.",
      discussion: """
        Queries go on meanwhile. Small files are merged by themselves when rows are added; this merges all.

        Examples:
          plumb table compact SigninLogs
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The table.") var name: String

    func run() throws {
      let folder = try TableCommand.folder(name, store)
      let before = try TableSummary(folder: folder)
      let errors = try TableCare(folder: folder).compact()
      let after = try TableSummary(folder: folder)
      TableCommand.write([
        "\(name): \(after.extents.count) files of \(TableCommand.size(after.bytes)) with \(after.rows) rows; before "
          + "\(before.extents.count + (before.log == nil ? 0 : 1)) of \(TableCommand.size(before.bytes)) with \(before.rows)"
      ])
      for error in errors { Terminal.complain("plumb: left as it is: \(error.message)") }
      if !errors.isEmpty { throw ExitCode(2) }
    }
  }

  struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes a table with all its rows.",
      discussion: """
        Examples:
          plumb table drop SigninLogs --yes
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The table.") var name: String
    @Flag(help: "Do it; there is no way back.") var yes = false

    func run() throws {
      let folder = try TableCommand.folder(name, store)
      guard yes else {
        let rows = (try? TableSummary(folder: folder)).map { "\($0.rows) rows" } ?? "what is left of its rows"
        throw UsageError("this removes '\(name)' with \(rows) for good; say so with --yes")
      }
      try TableCare.drop(folder: folder)
      try? FileManager.default.removeItem(atPath: folder + ".rejects")
    }
  }
}
