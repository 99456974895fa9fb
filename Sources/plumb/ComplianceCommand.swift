// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import JSON
import KQL
import Posture

enum ComplianceFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, csv, markdown

  var query: QueryFormat {
    switch self {
    case .table: .table
    case .json: .json
    case .csv: .csv
    case .markdown: .markdown
    }
  }
}

enum ComplianceSplit: String, CaseIterable, ExpressibleByArgument { case cloud, account }

struct ComplianceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compliance", abstract: "Tells which controls of a standard hold.",
    discussion: """
      A control is Proved when all evidence for it is healthy and there is some, Failed when a resource is not as it
      should be, Attested when a person vouches for it, and Unproved otherwise: nothing unproved is ever counted as good.
      Initiatives of Azure Policy that are assigned are frameworks too: policy.ASSIGNMENT, their groups the controls.

      Examples:
        plumb compliance
        plumb compliance cis_aws_7.0
        plumb compliance iso27001_2022 --cloud azure --format csv
        plumb compliance cis_aws_7.0 --control 2.4
        plumb compliance --points
        plumb compliance policy.asb-production
        plumb compliance attest iso27001_2022 A.5.1 --owner ana@example.com --evidence policy.pdf --expires 365d
        plumb compliance withdraw iso27001_2022 A.5.1
      """,
    subcommands: [Show.self, Attest.self, Withdraw.self], defaultSubcommand: Show.self)

  /// What is asked of the content and of the store.
  struct Room {
    let checks: CheckLibrary
    let frameworks: FrameworkLibrary
    let inventory: Store
    /// Keys of the findings that are exempt.
    let exempt: Set<Int64>
    let attestations: AttestationStore
    let content: ContentLibrary

    init(_ options: StoreOptions) throws {
      let settings = try options.settings()
      content = try options.library(settings)
      checks = try CheckCommand.library(content)
      inventory = try Store(directory: try options.directory(settings))
      frameworks = try ComplianceCommand.library(content, checks)
        .adding(try PolicyStateStore(inventory).frameworks())
      exempt = try FindingTables(inventory, settings, now: nowTicks()).exempt()
      attestations = try AttestationStore(inventory)
    }

    func framework(_ name: String) throws -> Framework {
      if let framework = frameworks.framework(name) { return framework }
      let hint = frameworks.suggestion(for: name).map { "did you mean '\($0)'?" } ?? "plumb compliance lists them"
      throw UsageError("there is no framework '\(name)'; \(hint)")
    }

    func control(_ id: String, _ framework: Framework) throws -> Framework.Control {
      if let control = framework.control(id) { return control }
      let hint = Spelling.nearest(to: id, in: framework.controls.map(\.id)).map { "did you mean '\($0)'?" }
      throw UsageError(
        "\(framework.id) has no control '\(id)'; \(hint ?? "plumb compliance \(framework.id) lists them")")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows the frameworks, or the controls of one.",
      discussion: """
        Examples:
          plumb compliance
          plumb compliance --by account
          plumb compliance nist_800_53_r5 --microsoft
          plumb compliance --points
          plumb compliance gdpr --points --format csv
          plumb compliance pci_4.0.1 --control 8.4.2 --account 123456789012
        """)
    @OptionGroup var store: StoreOptions
    @Argument(help: "The framework; all where none is given.") var framework: String?
    @Option(help: "Show the evidence for this control.") var control: String?
    @Option(help: "Only this cloud: aws, azure, gcp.") var cloud: String?
    @Option(help: "Only this account, subscription or project.") var account: String?
    @Option(help: "One row for each cloud or account: cloud, account.") var by: ComplianceSplit?
    @Flag(help: "Show the number as Azure Policy reckons it as well: what is exempt or unknown counts as good.")
    var microsoft = false
    @Flag(help: "Show points as Compliance Manager gives them; of one framework its actions.") var points = false
    @Option(help: "table, json, csv or markdown.") var format: ComplianceFormat = .table
    @Flag(help: "Never write colours.") var noColor = false

    func validate() throws {
      if framework == nil, control != nil { throw ValidationError("--control needs a framework") }
      if microsoft, framework == nil || control != nil {
        throw ValidationError("--microsoft is for a whole framework")
      }
      if points, control != nil || by != nil || microsoft {
        throw ValidationError("--points stands alone, or beside --cloud and --account")
      }
      if framework != nil, by != nil { throw ValidationError("--by is for the list of frameworks") }
      if let cloud, !["aws", "azure", "gcp"].contains(cloud) {
        throw ValidationError("--cloud \(cloud): one of aws, azure, gcp")
      }
      if microsoft, format != .table { throw ValidationError("--microsoft is for --format table") }
    }

    func run() throws {
      let room = try Room(store)
      let evidence = try ComplianceEvidence(room.inventory, exempt: room.exempt)
      if let account, !evidence.places.contains(where: { $0.account == account && (cloud ?? $0.cloud) == $0.cloud }) {
        throw UsageError("--account \(account): there are no findings of it; plumb compliance --by account names all")
      }
      let scope = ComplianceScope(cloud: cloud, account: account)
      let attestations = try room.attestations.standing()
      func assess(_ framework: Framework, _ scope: ComplianceScope) -> Assessment {
        Assessment(framework, in: scope, evidence: evidence, attestations: attestations, now: nowTicks())
      }
      if points { return try showPoints(room, evidence) { assess($0, scope) } }
      guard let framework else { return try list(room, evidence, scope, assess) }
      let assessment = assess(try room.framework(framework), scope)
      if let control {
        let id = try room.control(control, assessment.framework).id
        return try show(id, assessment, evidence, room)
      }
      guard format == .table else {
        return try write(
          "ComplianceControls", ComplianceTables.controlsSchema, ComplianceTables.controls([assessment]))
      }
      var text = ComplianceText.tree(assessment, color: Terminal.colors(noColor))
      if microsoft {
        text += ComplianceText.microsoft(
          try MicrosoftRollUp(assessment.framework, in: scope, room.inventory, exempt: room.exempt))
      }
      Terminal.write(Array(text.utf8))
    }

    private func list(
      _ room: Room, _ evidence: ComplianceEvidence, _ scope: ComplianceScope,
      _ assess: (Framework, ComplianceScope) -> Assessment
    ) throws {
      let places = evidence.places.filter { (cloud ?? $0.cloud) == $0.cloud && (account ?? $0.account) == $0.account }
      var scopes = [scope]
      switch by {
      case .cloud: scopes = Set(places.map(\.cloud)).sorted().map { ComplianceScope(cloud: $0, account: account) }
      case .account: scopes = places.map { ComplianceScope(cloud: $0.cloud, account: $0.account) }
      case nil: break
      }
      let assessments = room.frameworks.frameworks.flatMap { framework in
        scopes.filter { scope in scope.cloud.map(framework.clouds.contains) ?? true }.map { assess(framework, $0) }
      }
      guard format == .table else {
        return try write(
          "ComplianceStandards", ComplianceTables.standardsSchema, ComplianceTables.standards(assessments))
      }
      Terminal.write(Array(ComplianceText.list(assessments, showsScope: by != nil, width: Terminal.cut).utf8))
    }

    /// The evidence for a control: its checks, and every finding of them.
    private func show(
      _ id: String, _ assessment: Assessment, _ evidence: ComplianceEvidence, _ room: Room
    ) throws {
      guard let result = assessment.result(id) else { return }
      let one = assessment.only(id)
      let findings = try FindingStore(room.inventory).table
      var catalog = Catalog()
      catalog.add("Findings", findings)
      catalog.add(
        "ComplianceAssessments",
        MemoryTable(
          schema: ComplianceTables.assessmentsSchema, batches: [ComplianceTables.assessments([one], evidence)]))
      let query = """
        ComplianceAssessments
        | join kind=inner Findings on $left.assessment == $right.checkId, cloud, account
        | where status != 'NotApplicable'
        | extend rank = case(status == 'Unhealthy', 0, status == 'Unknown', 1, 2)
        | order by rank asc, assessment asc, resourceId asc
        | project standard, control, check = assessment, trace, status, severity, resourceId, account, reason, finding = id
        """
      let rows = try Query(query, catalog: catalog).run(now: nowTicks())
      guard format == .table else { return Terminal.write(try QueryOutput.text(rows, format.query, width: nil)) }
      var text = ComplianceText.control(result, assessment, room.checks, color: Terminal.colors(noColor))
      if rows.rows.count > 0 {
        let shown = try Query(
          query + "\n| project status, check, resourceId, account, reason", catalog: catalog
        ).run(now: nowTicks())
        text += "\n" + String(decoding: try QueryOutput.text(shown, .table, width: Terminal.cut), as: UTF8.self)
      }
      Terminal.write(Array(text.utf8))
    }

    /// Points in the manner of Compliance Manager: of every framework and of all together, or the actions of one.
    private func showPoints(
      _ room: Room, _ evidence: ComplianceEvidence, _ assess: (Framework) -> Assessment
    ) throws {
      let model = try ManagerModel(room.content)
      let tenants = try room.inventory.tenants()
      func score(_ frameworks: [Framework]) -> ManagerScore {
        ManagerScore(frameworks.map(assess), room.checks.checks, model, evidence, tenants: tenants)
      }
      if let framework {
        let score = score([try room.framework(framework)])
        return try write("Actions", ManagerScore.actionsSchema, score.rows)
      }
      let frameworks = room.frameworks.frameworks.filter { framework in cloud.map(framework.clouds.contains) ?? true }
      let rows = frameworks.map { ($0.id, $0.title, score([$0])) } + [("all", "each action once", score(frameworks))]
      try write("Points", ManagerScore.schema, ManagerScore.rows(rows))
    }

    private func write(_ table: String, _ schema: Schema, _ rows: Batch) throws {
      var catalog = Catalog()
      catalog.add(table, MemoryTable(schema: schema, batches: [rows]))
      let result = try Query(table, catalog: catalog).run(now: nowTicks())
      Terminal.write(try QueryOutput.text(result, format.query, width: format == .table ? Terminal.cut : nil))
    }
  }
}
