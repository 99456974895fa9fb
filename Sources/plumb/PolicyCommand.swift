// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import Content
import Inventory
import JSON
import KQL
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

enum PolicyFormat: String, CaseIterable, ExpressibleByArgument { case table, json, csv }

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Evaluates Azure Policy: over what was seen, and before deployment.",
    discussion: """
      Definitions, initiatives, assignments, exemptions and attestations are those that were collected, and those in the
      files and folders given: exports of the REST API or ARM, a copy of the public azure-policy repository, folders of
      Enterprise Policy as Code. Comments and trailing commas are allowed.

      Examples:
        plumb policy list assignments
        plumb policy eval --definitions azure-policy/built-in-policies
        plumb policy eval --definitions Definitions --against main.json
        plumb policy explain /subscriptions/…/storageAccounts/a allowed-locations
        plumb policy test policies/tests
      """,
    subcommands: [List.self, Eval.self, Explain.self, Test.self, Cost.self])
}

/// Where policy objects come from.
struct PolicyArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file or folder of policy objects of any kind; may be given again.", valueName: "path"))
  var definitions: [String] = []
  @Option(help: ArgumentHelp("The same, named for what is in it.", valueName: "path")) var assignments: [String] = []
  @Option(help: ArgumentHelp("The same, for exemptions and attestations.", valueName: "path")) var exemptions:
    [String] = []
  @Option(
    help: ArgumentHelp(
      "The environment (pacSelector) of Enterprise Policy as Code whose scopes are meant. Default: all.",
      valueName: "name"))
  var environment: String?
  @Option(
    help: ArgumentHelp(
      "A catalogue of aliases: the answer of GET /providers?$expand=resourceTypes/aliases.", valueName: "file"))
  var aliases: [String] = []

  var paths: [String] { definitions + assignments + exemptions }

  /// All policy objects: those of the files first, then those that were collected.
  func corpus(_ snapshot: Snapshot?) throws -> PolicyCorpus {
    var corpus = PolicyCorpus()
    try corpus.load(paths, environment: environment)
    if let snapshot { corpus.add(rows: (0..<snapshot.documents.rootCount).lazy.map(snapshot.documents.root(at:))) }
    return corpus
  }

  func language(_ content: ContentLibrary) throws -> PolicyLanguage {
    try PolicyLanguage(catalogues: aliases, content: content)
  }

  /// Names what is wrong. Errors that keep an object from being used end the command where files were given for it.
  static func tell(_ faults: [PolicyFault], isQuiet: Bool = false) throws {
    for fault in faults.prefix(200) where !(isQuiet && fault.isWarning) { Terminal.complain("\(fault)") }
    if faults.count > 200 { Terminal.complain("plumb: and \(faults.count - 200) more") }
  }
}

/// Rows that are written as a table, JSON or CSV.
enum PolicyRows {
  static func write(_ header: [String], _ rows: [[String]], _ format: PolicyFormat) throws {
    switch format {
    case .table:
      let table = TextTable(header: header, rows: rows.map { $0.map(TextWidth.harmless) })
      let count = rows.count == 1 ? "1 row" : "\(rows.count) rows"
      Terminal.write(Array((table.lines(width: Terminal.cut) + ["", count]).joined(separator: "\n").utf8 + [0x0A]))
    case .json:
      let list = rows.map { row in JSONDraft.object(zip(header, row).map { ($0, .string($1)) }) }
      Terminal.write(JSONDraft.array(list).document().root.serialized() + [0x0A])
    case .csv:
      let lines = ([header] + rows).map { $0.map(quoted).joined(separator: ",") }
      Terminal.write(Array((lines.joined(separator: "\r\n") + "\r\n").utf8))
    }
  }

  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

extension PolicyCommand {
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case definitions, initiatives, assignments, exemptions, attestations
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists policy objects, and what is wrong with them.",
      discussion: """
        Exit codes: 0; 2 where a file has an error.

        Examples:
          plumb policy list assignments
          plumb policy list definitions --definitions azure-policy/built-in-policies --format csv
          plumb policy list --definitions Definitions
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup(title: "Policy objects") var policies: PolicyArguments
    @Argument(help: "definitions, initiatives, assignments, exemptions or attestations. Default: how many of each.")
    var kind: Kind?
    @Option(help: "table, json or csv.") var format: PolicyFormat = .table
    @Flag(help: "Check definitions and assignments as well: aliases, functions, effects, parameters.") var check = false

    func run() throws {
      let settings = try store.settings()
      let inventory = try Store(directory: try store.directory(settings))
      let corpus = try policies.corpus(try inventory.snapshot())
      let (header, rows) = kind.map { Self.rows($0, corpus) } ?? Self.counts(corpus)
      try PolicyRows.write(header, rows, format)
      var faults = corpus.problems
      if check { faults += try policies.language(try store.library(settings)).faults(corpus) }
      try PolicyArguments.tell(faults)
      if faults.contains(where: { !$0.isWarning }) { throw ExitCode(2) }
    }

    private static func counts(_ corpus: PolicyCorpus) -> ([String], [[String]]) {
      (
        ["kind", "number"],
        [
          ["definitions", "\(corpus.definitions.count)"], ["initiatives", "\(corpus.initiatives.count)"],
          ["assignments", "\(corpus.assignments.count)"], ["exemptions", "\(corpus.exemptions.count)"],
          ["attestations", "\(corpus.attestations.count)"],
        ]
      )
    }

    private static func rows(_ kind: Kind, _ corpus: PolicyCorpus) -> ([String], [[String]]) {
      switch kind {
      case .definitions:
        return (
          ["name", "displayName", "category", "version", "place"],
          corpus.definitions.map { record in
            [record.name, record.displayName, record.category, record.versionText, "\(record.location)"]
          }
        )
      case .initiatives:
        return (
          ["name", "displayName", "category", "members", "groups", "place"],
          corpus.initiatives.map { initiative in
            [
              initiative.record.name, initiative.displayName, initiative.category, "\(initiative.members.count)",
              "\(initiative.groups.count)", "\(initiative.record.location)",
            ]
          }
        )
      case .assignments:
        return (
          ["name", "displayName", "scope", "definition", "enforced", "place"],
          corpus.assignments.map { assignment in
            [
              assignment.name, assignment.displayName, assignment.scopeText, assignment.definitionId,
              assignment.isEnforced ? "yes" : "no", "\(assignment.record.location)",
            ]
          }
        )
      case .exemptions:
        return (
          ["name", "category", "expires", "id", "place"],
          corpus.exemptions.map { exemption in
            [
              exemption.record.name, exemption.category, exemption.expires.map { DateTime.text($0) } ?? "",
              exemption.id, "\(exemption.record.location)",
            ]
          }
        )
      case .attestations:
        return (
          ["name", "owner", "id", "place"],
          corpus.attestations.map { [$0.record.name, $0.owner, $0.record.id, "\($0.record.location)"] }
        )
      }
    }
  }
}
