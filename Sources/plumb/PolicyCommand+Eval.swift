// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import JSON
import KQL
import Posture

extension PolicyCommand {
  /// What states are counted by.
  enum Split: String, CaseIterable, ExpressibleByArgument {
    case assignment, policy, initiative, group, resource, state
  }

  enum FailOn: String, CaseIterable, ExpressibleByArgument { case noncompliant, deny, never }

  struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Evaluates policies over what was seen, or over documents before they are deployed.",
      discussion: """
        Without --against, the resources of the store are judged by the assignments that were collected and those given.
        With it, the documents of a snapshot, an ARM template (also what bicep build makes), a Terraform plan as JSON, or
        a folder of these: shown is what would be refused, changed, audited, and deployed beside it. Where nothing is
        assigned, every definition given is judged with the defaults of its parameters.

        Exit codes: 0; 1 something does not comply (see --fail-on); 2 bad input; 3 nothing at fault, but not all known.

        Examples:
          plumb policy eval
          plumb policy eval --by policy --format csv
          plumb policy eval --state NonCompliant --as-of 2d
          plumb policy eval --definitions Definitions --against main.json --resource-group shop
          plumb policy eval --definitions https.json --against plan.json --fail-on deny
        """)
    @OptionGroup var store: StoreOptions
    @OptionGroup(title: "Policy objects") var policies: PolicyArguments
    @Option(help: ArgumentHelp("Documents to judge in place of the store's; may be given again.", valueName: "path"))
    var against: [String] = []
    @Option(help: ArgumentHelp("The subscription that a template would be deployed to.", valueName: "id"))
    var subscription: String?
    @Option(help: ArgumentHelp("The resource group that a template would be deployed to.", valueName: "name"))
    var resourceGroup: String?
    @Option(help: "The state at an earlier time: a datetime, or a span such as 2d for two days ago.") var asOf: String?
    @Option(help: "Only states of this kind: NonCompliant, Compliant, Conflict, Exempt, Unknown.") var state: String?
    @Option(help: ArgumentHelp("Only this policy: its name, display name or reference.", valueName: "name"))
    var policy: String?
    @Option(help: "Count by assignment, policy, initiative, group, resource; or list each state. Default: policy.")
    var by: Split?
    @Option(help: "table, json or csv.") var format: PolicyFormat = .table
    @Option(help: "Exit with 1 when something is noncompliant (default), would be refused (deny), or never.")
    var failOn: FailOn = .noncompliant
    @Flag(help: "Keep the states as the newest, as a scan does.") var record = false

    func validate() throws {
      if record, asOf != nil || !against.isEmpty {
        throw ValidationError("--record keeps what is judged of the newest state: leave out --as-of and --against")
      }
      if let state, PolicyState.allCases.allSatisfy({ $0.text.lowercased() != state.lowercased() }) {
        let names = PolicyState.allCases.map(\.text)
        let hint = Spelling.nearest(to: state, in: names).map { "did you mean '\($0)'?" }
        throw ValidationError("--state \(state): \(hint ?? "one of \(names.joined(separator: ", "))")")
      }
    }

    func run() throws {
      let settings = try store.settings()
      let now = nowTicks()
      let inventory = try Store(directory: try store.directory(settings))
      let snapshot = try inventory.snapshot(asOf: try asOf.map { try Moment.ticks($0, now: now) })
      var corpus = try policies.corpus(snapshot)
      if corpus.assignments.isEmpty { corpus.assignAll() }
      let inForce = PoliciesInForce(corpus, try policies.language(try store.library(settings)))
      let faults = corpus.problems + inForce.faults
      try PolicyArguments.tell(faults)
      if faults.contains(where: { !$0.isWarning }), !policies.paths.isEmpty { throw ExitCode(2) }
      guard inForce.memberCount > 0 else {
        throw UsageError(
          "no policy is in force; scan Azure, or give --definitions and --assignments with files or folders")
      }
      let judge = PolicyJudge(inForce)
      guard against.isEmpty else { return try judgeDocuments(judge, snapshot, now) }
      let run = try judge.judge(PolicyEstate(snapshot), now: now)
      if record {
        try PolicyStateStore(inventory).record(run, at: now)
        try FindingStore(inventory).record(run, at: now)
      }
      try show(run)
      try end(
        isAtFault: run.rows.contains { row in
          isMeant(run, row) && (row.state == .nonCompliant || row.state == .conflict)
            && (failOn != .deny || run.members[Int(row.member)].effect == "deny")
        }, isUnknown: run.rows.contains { isMeant(run, $0) && $0.state == .unknown })
    }

    func end(isAtFault: Bool, isUnknown: Bool) throws {
      if isAtFault, failOn != .never { throw ExitCode(1) }
      if isUnknown, failOn != .never { throw ExitCode(3) }
    }

    func names(_ facts: PolicyMemberFacts, _ text: String) -> Bool {
      [facts.definitionName, facts.displayName, facts.reference, facts.definitionId].contains {
        $0.lowercased() == text.lowercased()
      }
    }

    private func isMeant(_ run: PolicyRun, _ row: PolicyStateRow) -> Bool {
      (state.map { $0.lowercased() == row.state.text.lowercased() } ?? true)
        && (policy.map { names(run.members[Int(row.member)], $0) } ?? true)
    }

    // MARK: States

    private func show(_ run: PolicyRun) throws {
      if let policy, !run.members.contains(where: { names($0, policy) }) {
        let hint = Spelling.nearest(to: policy, in: run.members.flatMap { [$0.definitionName, $0.displayName] })
        throw UsageError(
          "--policy \(policy): no such policy is in force" + (hint.map { "; did you mean '\($0)'?" } ?? ""))
      }
      let rows = run.rows.filter { isMeant(run, $0) }
      if by == .state || by == nil && (state != nil || policy != nil) {
        return try PolicyRows.write(
          ["state", "effect", "policy", "assignment", "resource", "reason"] + (format == .json ? ["proof"] : []),
          rows.map { row in
            let facts = run.members[Int(row.member)]
            return [
              row.state.text, facts.effect, facts.displayName, facts.assignmentName,
              run.resources[Int(row.resource)].id, run.reason(row),
            ] + (format == .json ? [run.proof(row)] : [])
          }, format)
      }
      var sums: [String: PolicyRollUp] = [:]
      var labels: [String: [String]] = [:]
      for row in rows {
        let facts = run.members[Int(row.member)]
        for (key, label) in Self.keys(facts, run.resources[Int(row.resource)], by ?? .policy) {
          labels[key] = label
          sums[key, default: PolicyRollUp()].add(row.state, resource: Int(row.resource))
        }
      }
      let states: [PolicyState] = [.nonCompliant, .compliant, .conflict, .exempt, .unknown]
      let lines = sums.map { key, sum -> (Int, [String]) in
        let counts = sum.counts
        var line = labels[key] ?? []
        line.append(sum.state?.text ?? "")
        for state in states { line.append("\(counts[state] ?? 0)") }
        line.append(sum.percentage.map { "\($0)" } ?? "")
        return (counts[.nonCompliant] ?? 0, line)
      }.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1.lexicographicallyPrecedes($1.1) }
      try PolicyRows.write(
        Self.header(by ?? .policy) + ["state"] + states.map { $0.text.lowercased() } + ["percent"], lines.map(\.1),
        format)
    }

    private static func header(_ split: Split) -> [String] {
      switch split {
      case .assignment: ["assignment", "scope"]
      case .policy: ["policy", "effect", "assignment"]
      case .initiative: ["initiative"]
      case .group: ["initiative", "group"]
      case .resource, .state: ["resource"]
      }
    }

    /// What a state is counted under: of groups there may be several.
    private static func keys(
      _ facts: PolicyMemberFacts, _ resource: PolicyResource, _ split: Split
    ) -> [(String, [String])] {
      switch split {
      case .assignment: [(facts.assignmentId.lowercased(), [facts.assignmentName, facts.assignmentScope])]
      case .policy:
        [
          (
            "\(facts.assignmentId) \(facts.reference) \(facts.effect)".lowercased(),
            [facts.displayName, facts.effect, facts.assignmentName]
          )
        ]
      case .initiative: facts.setId.isEmpty ? [] : [(facts.setId.lowercased(), [facts.setName])]
      case .group: facts.groups.map { ("\(facts.setId) \($0)".lowercased(), [facts.setName, $0]) }
      case .resource, .state: [(resource.id.lowercased(), [resource.id])]
      }
    }
  }
}

extension PolicyCommand.Eval {
  // MARK: Before deployment

  func judgeDocuments(_ judge: PolicyJudge, _ snapshot: Snapshot, _ now: Int64) throws {
    var documents = PolicyDocuments()
    var target = PolicyDocuments.Target()
    if let subscription { target.subscription = subscription }
    if let resourceGroup { target.resourceGroup = resourceGroup }
    for path in against { try documents.load(path, target: target) }
    for note in documents.notes { Terminal.complain("plumb: \(note)") }
    let known = snapshot.states.indices.lazy.filter { snapshot.states[$0].scope.cloud == "azure" }
      .map { snapshot.documents.root(at: $0) }
    let estate = PolicyEstate(documents, beside: known)
    let admissions = judge.admissions(estate, first: documents.entries.count, now: now)
    let words = admissions.flatMap { admission in
      admission.words.filter { word in
        (state.map { $0.lowercased() == word.state.text.lowercased() } ?? true)
          && (policy.map { names(word.policy, $0) } ?? true)
      }.map { (admission, $0) }
    }
    switch format {
    case .table: Terminal.write(Array(PolicyText.admissions(admissions, words).utf8))
    case .json:
      Terminal.write(JSONDraft.array(admissions.map(PolicyText.draft)).document().root.serialized() + [0x0A])
    case .csv:
      try PolicyRows.write(
        ["state", "effect", "policy", "resource", "reason"],
        words.map { [$1.state.text, $1.policy.effect, $1.policy.displayName, $0.id, $1.reason] }, .csv)
    }
    let isAtFault =
      failOn == .deny
      ? admissions.contains(where: \.isDenied)
      : words.contains { $0.1.state == .nonCompliant || $0.1.state == .conflict }
    try end(isAtFault: isAtFault, isUnknown: words.contains { $0.1.state == .unknown })
  }
}
