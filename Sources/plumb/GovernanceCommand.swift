// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
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

struct GovernanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "governance", abstract: "Says who has to mend what by when, and who is late.",
    discussion: """
      Of the rules that are about a finding the one with the lowest priority number assigns it. A finding is due so many
      days after it was first seen at fault.

      Examples:
        plumb governance add urgent --priority 10 --severity critical --severity high --owner-tag owner \\
          --owner security@example.org --days 7
        plumb governance list
        plumb governance report --format csv
        plumb governance report --digest ./mail
      """,
    subcommands: [Add.self, List.self, Remove.self, Report.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Adds a rule that assigns findings.",
      discussion: """
        Examples:
          plumb governance add urgent --priority 10 --severity critical --owner security@example.org --days 7
          plumb governance add shop --priority 20 --account 123456789012 --check 'aws.s3.*' --owner-tag owner \\
            --owner shop@example.org --days 30 --grace
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "A name for the rule.") var name: String
    @Option(help: "1 to 1000; the lowest number wins.") var priority: Int
    @Option(help: "Findings of this severity: critical, high, medium, low; may be given again.") var severity:
      [Severity] = []
    @Option(
      help: ArgumentHelp("Findings of this check: an id or a pattern with *; may be given again.", valueName: "id"))
    var check: [String] = []
    @Option(help: ArgumentHelp("The owner; with --owner-tag where nothing has the tag.", valueName: "e-mail"))
    var owner: String?
    @Option(
      help: ArgumentHelp(
        "The tag that names the owner: of the resource, else its resource group, else its account.", valueName: "name"))
    var ownerTag: String?
    @Option(help: "7, 14, 30 or 90 days to mend a finding.") var days: Int
    @Flag(help: "Until it is due a finding does not weigh on scores.") var grace = false
    @Option(help: "Who adds it. Default: the user of the system.") var by: String?
    @OptionGroup(title: "Scope; without it all resources") var scope: PolicyScopeArguments

    func run() throws {
      let settings = try store.settings()
      try FindingTables.check(patterns: check, try CheckCommand.library(try store.library(settings)))
      let now = nowTicks()
      let tables = try FindingTables(store, now: now)
      var members: [(key: String, value: JSONDraft)] = [
        ("id", .string(name)), ("priority", .int(Int64(priority))), ("days", .int(Int64(days))),
        ("grace", .bool(grace)),
      ]
      if !severity.isEmpty { members.append(("severity", .array(severity.map { .string($0.rawValue) }))) }
      if !check.isEmpty { members.append(("checks", .array(check.map(JSONDraft.string)))) }
      if let owner { members.append(("owner", .string(owner))) }
      if let ownerTag { members.append(("ownerTag", .string(ownerTag))) }
      if !scope.draft.thawed().isEmpty { members.append(("scope", scope.draft)) }
      let draft = JSONDraft.object(members)
      do {
        _ = try PolicyStore.rule(draft)
      } catch {
        throw error.asUsage
      }
      guard !tables.book.rules.contains(where: { $0.removed == nil && $0.body.id == name }) else {
        throw UsageError("there is a governance rule '\(name)' already; remove it first, or give another name")
      }
      try tables.policies.add(rule: draft, by: try FindingTables.person(by), at: now)
      let after = try FindingTables(store, now: now)
      let count = try after.findings.marks(after.book, now: now).values.count { $0.rule == name }
      Terminal.complain("plumb: \(count) \(count == 1 ? "finding is" : "findings are") assigned by it now")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the rules in the order in which they are asked.",
      discussion: """
        Examples:
          plumb governance list
          plumb governance list --all --format json
        """)
    @OptionGroup var store: StoreOptions
    @Flag(help: "Also those that were removed.") var all = false
    @Option(help: "table, json, ndjson, csv or markdown.") var format: QueryFormat = .table

    func run() throws {
      let tables = try FindingTables(store, now: nowTicks())
      let columns = "id, priority, target, scope, owner, days, grace, source"
      try tables.answer(
        all
          ? "GovernanceRules | project \(columns), removed, removedBy"
          : "GovernanceRules | where isnull(removed) | project \(columns)", format)
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes a rule.",
      discussion: """
        Example:
          plumb governance remove urgent
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The rule's name.") var name: String
    @Option(help: "Who removes it. Default: the user of the system.") var by: String?

    func run() throws {
      let now = nowTicks()
      let tables = try FindingTables(store, now: now)
      if try tables.policies.remove(rule: name, by: try FindingTables.person(by), at: now) { return }
      let standing = tables.book.rules.filter { $0.removed == nil }
      if let entry = standing.first(where: { $0.body.id == name }) {
        throw UsageError("governance rule '\(name)' stands in \(entry.source); remove it there")
      }
      throw ExemptCommand.missing(name, standing.map(\.body.id), "governance rule", "governance")
    }
  }

  struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells by owner what is open, overdue and next due.",
      discussion: """
        --digest writes a message per owner as a text file, to be sent by whatever sends mail.

        Examples:
          plumb governance report
          plumb governance report --format markdown
          plumb governance report --digest ./mail
        """)
    @OptionGroup var store: StoreOptions
    @Option(help: "table, json, ndjson, csv or markdown.") var format: QueryFormat = .table
    @Option(help: ArgumentHelp("Write a message per owner into this folder.", valueName: "folder")) var digest: String?

    func run() throws {
      let tables = try FindingTables(store, now: nowTicks())
      try tables.answer(OwnerReport.query, format)
      guard let digest else { return }
      do {
        try FileManager.default.createDirectory(atPath: digest, withIntermediateDirectories: true)
      } catch {
        throw UsageError("--digest \(digest): the folder cannot be made")
      }
      for message in try OwnerReport.digests(tables.catalog, now: tables.now) {
        let path = digest + "/" + message.fileName
        guard FileManager.default.createFile(atPath: path, contents: Data(message.text.utf8)) else {
          throw UsageError("--digest \(path): cannot be written")
        }
      }
    }
  }
}
