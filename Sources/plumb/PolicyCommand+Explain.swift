// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Charts
import Content
import Inventory
import JSON
import KQL
import Posture

extension PolicyCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tells why a resource has its state under a policy, and what would change it.",
      discussion: """
        The tree of the rule is shown with what each condition found; conditions that decided are marked. Where changing
        one property would turn the state, the change is named.

        Exit codes: 0; 2 where the resource or the policy is not there.

        Examples:
          plumb policy explain /subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a https-only
          plumb policy explain a https-only --definitions Definitions --against main.json
          plumb policy explain a https-only --as-of 2d --format json
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup(title: "Policy objects") var policies: PolicyArguments
    @Argument(help: "The resource: its id, or its name where only one has it.") var resource: String
    @Argument(help: "The policy: its name, display name, reference or id.") var policy: String
    @Option(help: ArgumentHelp("Documents to look in, as of plumb policy eval.", valueName: "path"))
    var against: [String] = []
    @Option(help: "The state at an earlier time: a datetime, or a span such as 2d for two days ago.") var asOf: String?
    @Option(help: "table or json.") var format: PolicyFormat = .table
    @Flag(help: "Never write colours.") var noColor = false

    func validate() throws {
      if format == .csv { throw ValidationError("--format csv: an explanation is told as table or json") }
    }

    func run() throws {
      let settings = try store.settings()
      let now = nowTicks()
      let inventory = try Store(directory: try store.directory(settings))
      let snapshot = try inventory.snapshot(asOf: try asOf.map { try Moment.ticks($0, now: now) })
      var corpus = try policies.corpus(snapshot)
      if corpus.assignments.isEmpty { corpus.assignAll() }
      try PolicyArguments.tell(corpus.problems, isQuiet: true)
      let judge = PolicyJudge(PoliciesInForce(corpus, try policies.language(try store.library(settings))))
      var estate = PolicyEstate(snapshot)
      if !against.isEmpty {
        var documents = PolicyDocuments()
        for path in against { try documents.load(path) }
        estate = PolicyEstate(
          documents, beside: (0..<snapshot.documents.rootCount).lazy.map { snapshot.documents.root(at: $0) })
      }
      let number = try find(estate)
      let found = judge.explain(number, estate, policy: policy, now: now)
      guard !found.isEmpty else {
        let names = judge.policies.facts.flatMap { [$0.definitionName, $0.displayName, $0.reference] }
        let isKnown = names.contains { $0.lowercased() == policy.lowercased() }
        if isKnown { throw UsageError("the policy '\(policy)' does not reach \(estate.resources[number].id)") }
        let hint = Spelling.nearest(to: policy, in: names.filter { !$0.isEmpty }).map { "did you mean '\($0)'?" }
        throw UsageError("no policy '\(policy)' is in force; \(hint ?? "plumb policy list assignments names what is")")
      }
      if format == .json {
        return Terminal.write(JSONDraft.array(found.map(\.draft)).document().root.serialized() + [0x0A])
      }
      let text = found.map { $0.text(color: Terminal.colors(noColor)) }.joined(separator: "\n")
      Terminal.write(
        Array(text.split(separator: "\n", omittingEmptySubsequences: false).map(Self.line).joined(separator: "\n").utf8)
      )
    }

    /// Colours are ours; whatever else the line has is made harmless.
    private static func line(_ text: Substring) -> String {
      text.split(separator: "\u{1B}", omittingEmptySubsequences: false).map { TextWidth.harmless(String($0)) }
        .joined(separator: "\u{1B}")
    }

    private func find(_ estate: PolicyEstate) throws -> Int {
      let wanted = resource.lowercased()
      if let index = estate.resources.firstIndex(where: { $0.id.lowercased() == wanted }) { return index }
      let named = estate.resources.indices.filter {
        estate.resources[$0].document["name"]?.string?.lowercased() == wanted
      }
      if named.count == 1 { return named[0] }
      if named.count > 1 {
        let ids = named.prefix(5).map { estate.resources[$0].id }.joined(separator: "\n  ")
        throw UsageError("\(named.count) resources are called '\(resource)'; give the id:\n  \(ids)")
      }
      let hint = Spelling.nearest(
        to: resource, in: Set(estate.resources.compactMap { $0.document["name"]?.string }).prefix(20_000).sorted())
      throw UsageError("there is no resource '\(resource)'" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
    }
  }
}
