// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import JSON
import KQL

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct KQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kql", abstract: "Tells about the query language.", subcommands: [FunctionsCommand.self])

  struct FunctionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "functions",
      abstract: "Lists the functions and aggregates of KQL, or shows one with an example.",
      discussion: """
        Examples:
          plumb kql functions
          plumb kql functions strcat
          plumb kql functions --format json
        """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case table, markdown, json }

    @Argument(help: "A function; without one, all are listed.") var name: String?
    @Option(help: "table, markdown or json. Default: table.") var format: Format = .table
    @Option(help: ArgumentHelp("Say whether this file is what --format markdown prints; 2 if not.", valueName: "file"))
    var check: String?

    func run() throws {
      if let check {
        guard name == nil else { throw UsageError("give a function or --check, not both") }
        let fresh = Array(FunctionReference.document().utf8)
        guard FileManager.default.contents(atPath: check).map({ Array($0) == fresh }) ?? false else {
          throw UsageError("\(check) is not what the registry says; run make functions")
        }
        return
      }
      let entries = name == nil ? FunctionReference.all : FunctionReference.named(name ?? "")
      if entries.isEmpty, let name {
        let meant = FunctionReference.nearest(to: name).map { "; did you mean '\($0)'?" } ?? ""
        throw UsageError("there is no function '\(name)'\(meant)")
      }
      switch format {
      case .json: Terminal.write(Self.json(entries))
      case .markdown where name == nil: Terminal.write(Array(FunctionReference.document().utf8))
      case .markdown: Self.write(FunctionReference.table(entries))
      case .table where name == nil:
        let table = TextTable(
          header: ["Function", "Kind", "Meaning"], rows: entries.map { [$0.signature, $0.kind.rawValue, $0.meaning] })
        Self.write(table.lines(width: Terminal.cut))
      case .table: Self.write(entries.map(Self.page))
      }
    }

    private static func write(_ lines: [String]) {
      Terminal.write(Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    private static func page(_ entry: FunctionReference) -> String {
      var lines = ["\(entry.signature)    \(entry.kind.rawValue)", "", "  \(entry.meaning)"]
      if !entry.aliases.isEmpty { lines += ["", "  Also: " + entry.aliases.joined(separator: ", ")] }
      if let example = entry.example { lines += ["", "  Example:", "    " + example] }
      return lines.joined(separator: "\n")
    }

    private static func json(_ entries: [FunctionReference]) -> [UInt8] {
      func text(_ text: String) -> String {
        var out: [UInt8] = []
        Scalar.string(text).json.write(into: &out)
        return String(decoding: out, as: UTF8.self)
      }
      let objects = entries.map { entry in
        let aliases = entry.aliases.map(text).joined(separator: ",")
        let example = entry.example.map(text) ?? "null"
        return
          "{\"name\":\(text(entry.name)),\"kind\":\"\(entry.kind.rawValue)\",\"signature\":\(text(entry.signature)),"
          + "\"meaning\":\(text(entry.meaning)),\"example\":\(example),\"aliases\":[\(aliases)]}"
      }
      return Array(("[" + objects.joined(separator: ",\n ") + "]\n").utf8)
    }
  }
}
