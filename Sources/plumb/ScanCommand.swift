// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Collectors
import Content
import Inventory
import JSON
import KQL
import Posture
import Specs

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Collects, judges and reports.",
    discussion: """
      Credentials are found in the order of each cloud's own SDKs; AWS_ENDPOINT_URL is honoured.

      Of several clouds that are scanned at once, each takes from --only, --exclude, --accounts, --exclude-accounts and
      --regions what is its own; --only, --accounts and --regions have to name something of each. What is left out stays
      as an earlier scan saw it, and verdicts that need it are Unknown.

      Exit codes: 0 clean; 1 a finding at or above --fail-on, whether or not the scan is complete; 2 wrong usage or bad
      input; 3 the scan is incomplete: a call gave no answer; 130 stopped by Ctrl-C.

      Examples:
        plumb scan aws
        plumb scan aws --regions eu-west-1,eu-central-1 --fail-on high
        plumb scan aws --profile audit --config plumb.yaml --quiet --format json > findings.json
        plumb scan aws --format sarif > findings.sarif
        plumb scan azure
        plumb scan azure --changes
        plumb scan gcp --gcp-organization 123456789012
        plumb scan aws --organization --role-name SecurityAudit --requests-per-second 20
        plumb scan aws --only iam,aws::s3::bucket
        plumb scan azure --accounts 'Shop Production' --only sql,microsoft.storage/storageaccounts
        plumb scan infrastructure/ --fail-on high
        plumb scan stack.yaml --param Environment=prod --format sarif > stack.sarif
        plumb scan aws azure --regions eu-west-1,westeurope --exclude-accounts 'Shop Test'
        plumb scan . --write-baseline plumb-baseline.json
        plumb scan . --baseline plumb-baseline.json --fail-on low
        plumb scan . --changed-since origin/main --format github
        plumb scan . --fix-diff | git apply
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "What to scan: aws, azure, gcp; several in turn. Or folders and files of code.") var targets: [String]
  @OptionGroup(title: "What to read") var scope: ScopeArguments
  @Option(help: "The profile of ~/.aws/config to use.") var profile: String?
  @OptionGroup(title: "AWS") var aws: AWSArguments
  @OptionGroup(title: "Azure and Google Cloud") var others: CloudArguments
  @OptionGroup(title: "Code") var code: CodeArguments
  @Flag(
    help: """
      Read what changed since the last scan of the same, as the cloud's feed of changes tells. Everything is read where \
      there is no such scan, or the feed does not go back as far.
      """)
  var changes = false
  @Flag(
    help: """
      Go on with a scan of the same that was stopped, or from which the network took something, in the last six hours: \
      what it had done is not asked for again.
      """)
  var resume = false
  @Option(help: "Exit with 1 when a finding is this severe or worse: critical, high, medium, low.") var failOn:
    Severity?
  @Option(help: "table, json, ndjson, csv, sarif, ocsf, junit, github, gitlab or markdown. Default: table.") var format:
    ReportFormat?
  @Option(help: ArgumentHelp("Write the report to this file instead of standard output.", valueName: "file"))
  var output: String?
  @Flag(name: .shortAndLong, help: "No progress and no notes.") var quiet = false
  @Flag(help: "Never write colours.") var noColor = false

  func run() async throws {
    if let paths = try CodeScan.paths(in: targets) { return try CodeScan(self, paths).run() }
    if let option = code.given { throw UsageError("\(option) belongs to scans of code: name a folder or file") }
    let targets = try Cloud.check(targets, verb: "scan")
    let settings = try store.settings()
    let content = try store.library(settings)
    let library = try CheckCommand.library(content)
    let format = self.format ?? settings.format ?? .table
    let threshold = failOn ?? settings.failOn
    let choices = try choices(targets, content, library, settings)
    let plan = try aws.plan(content, profile: profile ?? settings.profile, choice: choices["aws"] ?? ScanChoice())
    let scorer = try Scorer(content, checks: library.stable)
    let inventory = try Store(directory: try store.directory(settings))
    // What cannot be read of the exemptions is told before anything is collected.
    _ = try FindingTables(inventory, settings, now: nowTicks())
    let policies = try PolicyScan(inventory, settings)
    let scores = try ScoreStore(inventory)

    Terminal.endOnSignals()
    var (started, newest) = (Int64.max, Int64.min)
    let progress = ProgressLine(isShown: !quiet && Terminal.showsProgress)
    var (resources, calls, notes) = (0, 0, [String]())
    var (strangers, ours) = (Set<String>(), Set<String>())
    for target in targets {
      let session = try inventory.beginScan(started: nowTicks(), keepsUnits: true)
      (started, newest) = (min(started, session.started), max(newest, session.started))
      var sink = CollectionSink(session: session) { progress.update($0) }
      if !quiet {
        sink.note = { text in
          progress.end()
          Terminal.complain("plumb: \(text)")
        }
      }
      let task = ScanTask(
        cloud: target, choice: choices[target] ?? ScanChoice(), types: Set(library.checks.map { $0.type.lowercased() }),
        isAlone: targets.count == 1, wantsChanges: changes, resumes: resume, inventory: inventory, session: session,
        sink: sink)
      let collected: Collected
      do {
        defer { progress.end() }
        collected =
          switch target {
          case "azure": try await others.azure(content, task)
          case "gcp": try await others.google(content, task)
          default: try await plan.run(task, authorities: others.caFile)
          }
      }
      resources += try session.commit(
        cloud: target, account: collected.account, finished: nowTicks(), calls: collected.calls,
        choice: collected.choice, base: collected.base)
      calls += collected.calls
      notes += collected.notes
      let choice = choices[target] ?? ScanChoice()
      let named = Set(choice.accounts + choice.exceptAccounts)
      strangers.formUnion(named.intersection(collected.strangers))
      ours.formUnion(named.subtracting(collected.strangers))
    }
    Workers.releaseMemory()
    for name in strangers.subtracting(ours).sorted() { notes.append("none of the clouds has an account '\(name)'") }

    let tables = try FindingTables(inventory, settings, now: nowTicks())
    let scan = Report.Scan(
      id: "", targets: targets, started: started, finished: started, resources: resources, calls: calls,
      version: Plumb.version)
    let outcome = try judge(scan, at: newest, tables, scorer, scores, format, failOn: threshold) { snapshot in
      guard targets.contains("azure") else { return }
      notes += try policies.run(snapshot, content, tables, at: newest)
    }
    Workers.releaseMemory()
    do {
      let derived = DerivedFolder(inventory)
      try inventory.catalog(derived: derived).makeDerived()
      try tables.findings.table(in: derived, tables.book, now: tables.now).make()
    } catch {
      if !quiet { Terminal.complain("plumb: queries will be slower than they could be: \(error)") }
    }
    if !quiet, let leftOut = outcome.leftOut { Terminal.complain("plumb: \(leftOut)") }
    if !quiet { notes.forEach { Terminal.complain("plumb: \($0)") } }
    let count = outcome.gaps
    if count > 0, !quiet {
      Terminal.complain(
        "plumb: the scan is incomplete: \(count) \(count == 1 ? "call" : "calls") gave no answer; "
          + "plumb query CoverageGaps names them")
    }
    // A fault that was found stands whatever was not seen; that something was not seen is the weaker word.
    if outcome.hasFault { throw ExitCode(1) }
    if count > 0 { throw ExitCode(3) }
  }
}

extension ScanCommand {
  private struct Outcome {
    let gaps: Int
    let leftOut: String?
    /// Whether there is a fault at or above what `--fail-on` says.
    let hasFault: Bool
  }

  /// Judges what the inventory knows now, keeps findings and scores, and writes the report. What was judged is let go of
  /// before the report is written, and the findings before anything else is done: either is much of what a scan holds.
  ///
  /// - Parameters:
  ///   - scan: its id, gaps and end are filled in.
  ///   - newest: when the last of the scans began.
  ///   - policies: judges the same by policies, while it is at hand.
  private func judge(
    _ scan: Report.Scan, at newest: Int64, _ tables: FindingTables, _ scorer: Scorer, _ scores: ScoreStore,
    _ format: ReportFormat, failOn threshold: Severity?, policies: (Snapshot) throws -> Void
  ) throws -> Outcome {
    var scan = scan
    let findings = try findings(&scan, at: newest, tables, scorer, scores, policies)
    Workers.releaseMemory()
    scan.finished = nowTicks()
    let report = Report(scan: scan, findings: findings)
    try write(report, format)
    return Outcome(
      gaps: scan.gaps.count, leftOut: report.leftOut,
      hasFault: threshold.map { report.hasFault(atLeast: $0) } ?? false)
  }

  private func findings(
    _ scan: inout Report.Scan, at newest: Int64, _ tables: FindingTables, _ scorer: Scorer, _ scores: ScoreStore,
    _ policies: (Snapshot) throws -> Void
  ) throws -> RecordedFindings {
    let snapshot = try tables.store.snapshot()
    (scan.id, scan.gaps) = (String(snapshot.scans.last?.key ?? 0), snapshot.gaps)
    let estate = Estate(snapshot, catalog: tables.store.catalog(), now: scan.started)
    let verdicts = scorer.judge.judge(estate)
    for failure in verdicts.failures { Terminal.complain("plumb: check \(failure.check): \(failure.message)") }
    // The documents of every cloud hold from its own scan on: the newest of the scans has seen them all.
    let recorded = try tables.findings.record(verdicts, at: newest)
    let found = try tables.findings.marked(recorded, tables.book, now: tables.now)
    let state = snapshot.scans.map(\.started).max() ?? scan.started
    try scores.record(scorer.score(verdicts, estate, state: state, exempt: found.exempt))
    try policies(snapshot)
    return found
  }

  private func choices(
    _ targets: [String], _ content: ContentLibrary, _ library: CheckLibrary, _ settings: Settings
  ) throws -> [String: ScanChoice] {
    let types = library.checks.map { $0.type.lowercased() }
    var names = ChoiceNames(aws: [], others: [:])
    for target in targets {
      if target == "aws" {
        names.aws = AWSSelection.names(in: try CollectorSpec.all(in: content))
      } else {
        names.others[target] = TypeNames(
          cloud: target, specs: try RESTSpec.all(in: content, cloud: target), types: types)
      }
    }
    return try scope.choices(targets, names, standard: settings.regions)
  }
}

/// What can be scanned and connected to.
enum Cloud {
  /// The targets, each once; an error that says what the matter is with the first that cannot be used.
  static func check(_ targets: [String], verb: String) throws -> [String] {
    for target in targets where !["aws", "azure", "gcp"].contains(target) {
      let hint = Spelling.nearest(to: target, in: ["aws", "azure", "gcp"]).map { "did you mean '\($0)'?" }
      throw UsageError(
        "there is nothing to \(verb) named '\(target)'; \(hint ?? "this version can \(verb) aws, azure and gcp")")
    }
    return targets.reduce(into: []) { list, target in if !list.contains(target) { list.append(target) } }
  }
}
