// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import Content
import Inventory
import JSON
import KQL
import Posture

extension Exemption.Category: ExpressibleByArgument {
  public init?(argument: String) {
    guard let category = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
      return nil
    }
    self = category
  }
}

struct ExemptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exempt", abstract: "Keeps what is exempt from being mended, by whose word and until when.",
    discussion: """
      A finding that is exempt keeps its status; reports and --fail-on leave it out and say how many they left out. When
      the exemption ends, the finding counts again at once. Exemptions may also stand in exemptions.yaml of the data
      folder, or in the file that --config names under 'exemptions'.

      Examples:
        plumb exempt add --check aws.s3.versioning --category waiver --resource arn:aws:s3:::scratch \\
          --reason 'holds nothing that matters' --approver ada@example.org --expires 90d
        plumb exempt list
        plumb exempt show ex-1k2j3h4g
        plumb exempt remove ex-1k2j3h4g
      """,
    subcommands: [Add.self, List.self, Show.self, Remove.self])

  static func missing(_ id: String, _ names: [String], _ what: String, _ command: String) -> UsageError {
    let hint = Spelling.nearest(to: id, in: names).map { "did you mean '\($0)'?" } ?? "plumb \(command) list names them"
    return UsageError("there is no \(what) '\(id)'; \(hint)")
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Exempts resources from checks.",
      discussion: """
        At least one of the options of the scope is needed; of several kinds all must hold, of several values of one
        kind any.

        Examples:
          plumb exempt add --check aws.s3.versioning --category waiver --resource arn:aws:s3:::scratch \\
            --reason 'holds nothing that matters' --approver ada@example.org --expires 90d
          plumb exempt add --check 'azure.storage.*' --category mitigated --subscription s1 --resource-group lab \\
            --reason 'behind the firewall of the lab' --approver ada@example.org
          plumb exempt add --check '*' --category waiver --where "tags.env == 'sandbox'" \\
            --reason 'rebuilt every night' --approver ada@example.org --expires 2027-01-31
        """)
    @OptionGroup var store: StoreOptions
    @Option(help: ArgumentHelp("A check's id, or a pattern with *; may be given again.", valueName: "id"))
    var check: [String]
    @Option(help: "mitigated (something else guards against it) or waiver (the risk is accepted).")
    var category: Exemption.Category
    @Option(help: "Why.") var reason: String
    @Option(help: "Who allowed it.") var approver: String
    @Option(help: ArgumentHelp("When it ends; without it never.", valueName: "a time or a span such as 90d"))
    var expires: String?
    @Option(help: "A name for it; one is made up where none is given.") var id: String?
    @Option(help: "Who adds it. Default: the user of the system.") var by: String?
    @OptionGroup(title: "Scope") var scope: PolicyScopeArguments

    func run() throws {
      let settings = try store.settings()
      try FindingTables.check(patterns: check, try CheckCommand.library(try store.library(settings)))
      let now = nowTicks()
      let tables = try FindingTables(store, now: now)
      let id = id ?? FindingTables.newName("ex")
      var members: [(key: String, value: JSONDraft)] = [
        ("id", .string(id)), ("category", .string(category.rawValue)), ("checks", .array(check.map(JSONDraft.string))),
        ("scope", scope.draft), ("reason", .string(reason)), ("approver", .string(approver)),
      ]
      if let expires { members.append(("expires", .string(DateTime.text(try end(expires, now))))) }
      let draft = JSONDraft.object(members)
      guard !scope.draft.thawed().isEmpty else {
        throw UsageError(
          "no scope: give --tenant, --management-group, --account, --resource-group, --resource, --tag or --where; "
            + "--where true exempts everywhere")
      }
      do {
        _ = try PolicyStore.exemption(draft)
      } catch {
        throw error.asUsage
      }
      guard !tables.book.exemptions.contains(where: { $0.removed == nil && $0.body.id == id }) else {
        throw UsageError("there is an exemption '\(id)' already; remove it first, or give another --id")
      }
      try tables.policies.add(exemption: draft, by: try FindingTables.person(by), at: now)
      let after = try FindingTables(store, now: now)
      let marks = try after.findings.marks(after.book, now: now)
      let count = marks.values.count { $0.exemption?.id == id }
      Terminal.write(Array("\(id)\n".utf8))
      Terminal.complain("plumb: \(count) \(count == 1 ? "finding is" : "findings are") exempt by it now")
    }

    private func end(_ text: String, _ now: Int64) throws -> Int64 {
      let ticks: Int64
      if let time = DateTime.parse(text) {
        ticks = time
      } else if let span = TimeSpan.literal(text), span > 0 {
        ticks = now + span
      } else {
        throw UsageError("--expires \(text): not a time such as 2027-01-31, nor a span such as 90d")
      }
      guard ticks > now else { throw UsageError("--expires \(text) is past: nothing would be exempt") }
      return ticks
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the exemptions.",
      discussion: """
        Examples:
          plumb exempt list
          plumb exempt list --all --format json
        """)
    @OptionGroup var store: StoreOptions
    @Flag(help: "Also those that have lapsed or were removed.") var all = false
    @Option(help: "table, json, ndjson, csv or markdown.") var format: QueryFormat = .table

    func run() throws {
      let tables = try FindingTables(store, now: nowTicks())
      try tables.answer(
        "Exemptions" + (all ? "" : " | where state == 'active'")
          + " | project id, category, state, checks, scope, expires, approver, reason, source", format)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows an exemption and the findings that it exempts.",
      discussion: """
        Example:
          plumb exempt show ex-1k2j3h4g
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The exemption's id.") var id: String

    func run() throws {
      let tables = try FindingTables(store, now: nowTicks())
      guard let entry = tables.book.exemptions.last(where: { $0.body.id == id }) else {
        throw ExemptCommand.missing(id, tables.book.exemptions.map(\.body.id), "exemption", "exempt")
      }
      let exemption = entry.body
      var lines = [
        "\(exemption.id)  \(exemption.category.rawValue)",
        "  Checks    \(exemption.checks.map(\.text).joined(separator: ", "))",
        "  Scope     \(exemption.scope.text)", "  Reason    \(exemption.reason)", "  Approver  \(exemption.approver)",
        "  Ends      \(exemption.expires.map { DateTime.text($0) } ?? "never")",
        "  Kept in   \(entry.source)",
      ]
      if let created = entry.created { lines.append("  Added     \(DateTime.text(created)) by \(entry.createdBy)") }
      if let removed = entry.removed { lines.append("  Removed   \(DateTime.text(removed)) by \(entry.removedBy)") }
      Terminal.write(Array((lines.map(TextWidth.harmless).joined(separator: "\n") + "\n\n").utf8))
      try tables.answer(
        """
        Findings | where status == 'Unhealthy' and tostring(exemption.id) == exemptionId
        | project severity, checkId, resourceId | order by checkId asc, resourceId asc
        """, .table, parameters: ["exemptionId": .string(id)])
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ends an exemption; it stays in plumb exempt list --all.",
      discussion: """
        Example:
          plumb exempt remove ex-1k2j3h4g
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The exemption's id.") var id: String
    @Option(help: "Who removes it. Default: the user of the system.") var by: String?

    func run() throws {
      let now = nowTicks()
      let tables = try FindingTables(store, now: now)
      if try tables.policies.remove(exemption: id, by: try FindingTables.person(by), at: now) { return }
      let standing = tables.book.exemptions.filter { $0.removed == nil }
      if let entry = standing.first(where: { $0.body.id == id }) {
        throw UsageError("exemption '\(id)' stands in \(entry.source); remove it there")
      }
      throw ExemptCommand.missing(id, standing.map(\.body.id), "exemption", "exempt")
    }
  }
}
