// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Content
import IaC
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

enum DriftFormat: String, CaseIterable, ExpressibleByArgument { case table, json, csv, sarif, markdown }

/// What ends a comparison with 1.
enum DriftThreshold: Equatable {
  /// Something differs, is gone or has moved.
  case drift
  case status(DriftStatus)
  /// The code says something else than the state.
  case pending
  /// A difference turns a check of this severity, or a worse one.
  case severity(Severity)

  init?(_ text: String) {
    if text == "drift" {
      self = .drift
    } else if text == "pending" {
      self = .pending
    } else if let severity = Severity(rawValue: text) {
      self = .severity(severity)
    } else if let status = DriftStatus(rawValue: text), DriftThreshold.statuses.contains(status) {
      self = .status(status)
    } else {
      return nil
    }
  }

  static let statuses: [DriftStatus] = [.drifted, .missing, .unmanaged, .moved, .undetermined]
  static var names: [String] { ["drift", "pending"] + statuses.map(\.rawValue) + Severity.allCases.map(\.rawValue) }

  func isMet(by row: DriftRow) -> Bool {
    switch self {
    case .drift: ["drifted", "missing", "moved"].contains(row.status)
    case .status(let status): row.status == status.rawValue
    case .pending: row.verdict == DriftVerdict.pendingChange.rawValue || row.verdict == DriftVerdict.conflict.rawValue
    case .severity(let severity): row.severity.map { $0 >= severity } ?? false
    }
  }
}

struct DriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Compares Terraform's states with what scans saw.",
    discussion: """
      States are terraform.tfstate files of version 4, or what 'terraform show -json' prints of a state or a plan. What was
      seen is in the store: scan first. Nothing is asked of a cloud, and secrets of a state are read past.

      --fail-on takes a list: drift (drifted, missing or moved), a status, pending, or a severity: a difference that turns a
      check of that severity or a worse one.

      Exit codes: 0 clean; 1 what --fail-on names was found; 2 wrong usage or bad input; 3 something cannot be told because
      scans did not see it.

      Examples:
        plumb drift --state terraform.tfstate
        plumb drift --state network.tfstate --state shop.tfstate --code infrastructure/ --format markdown
        plumb drift --state terraform.tfstate --fail-on drift,high --ignore 'aws_instance.build*' --ignore '*#tags.cost'
        plumb query "IacDrift | where severity == 'high' | project address, path, expected, actual, checkIds"
      """)

  @OptionGroup var store: StoreOptions
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A state, or a plan as JSON; may be given again.", valueName: "file"))
  var state: [String] = []
  @Option(help: ArgumentHelp("The folder of code that the states were made from.", valueName: "folder")) var code:
    String?
  @OptionGroup(title: "Code") var arguments: CodeArguments
  @Option(help: "What scans saw until then: a datetime, or a span such as 2d. Nothing is kept.") var asOf: String?
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Leave out: a pattern of addresses, ids or types, and behind # one of paths. May be given again.",
      valueName: "pattern"))
  var ignore: [String] = []
  @Option(help: "table, json, csv, sarif or markdown.") var format: DriftFormat = .table
  @Option(help: ArgumentHelp("What ends with 1, separated by commas.", valueName: "list")) var failOn: String?
  @Flag(help: "Show every resource, also those in sync and children.") var all = false
  @Flag(name: .shortAndLong, help: "No notes.") var quiet = false
  @Flag(help: "Never write colours.") var noColor = false

  func validate() throws {
    if state.isEmpty { throw ValidationError("name a state: --state terraform.tfstate") }
    _ = try thresholds()
  }

  private func thresholds() throws -> [DriftThreshold] {
    try (failOn ?? "").split(separator: ",").map { part in
      let text = part.trimmed
      guard let threshold = DriftThreshold(text) else {
        let hint = Spelling.nearest(to: text, in: DriftThreshold.names).map { "did you mean '\($0)'?" }
        throw ValidationError(
          "--fail-on \(text): \(hint ?? "one of \(DriftThreshold.names.joined(separator: ", "))")")
      }
      return threshold
    }
  }

  func run() throws {
    let now = nowTicks()
    let settings = try store.settings()
    let content = try store.library(settings)
    let reader = try StateReader(content)
    let rules = try DriftRules(content)
    let contents = try state.map { try StateReader.read(try Self.bytes($0), name: $0) }

    var read: StateReader.Code?
    if let code {
      read = reader.code(
        try CodeFolder(code), options: try arguments.terraform(), region: settings.regions.first ?? "us-east-1",
        beside: contents)
      read?.errors.forEach { Terminal.complain("plumb: \($0)") }
    }
    let mapped = contents.map { reader.resources(of: $0, ignored: read?.ignored ?? [:]) }

    let inventory = try Store(directory: try store.directory(settings))
    let time = try asOf.map { try Moment.ticks($0, now: now) }
    let snapshot = try inventory.snapshot(asOf: time)
    guard !snapshot.scans.isEmpty else {
      throw UsageError("the store at \(inventory.directory) knows of no scan to compare with; run plumb scan first")
    }
    let live = try LiveEstate(snapshot, content, manageable: reader.manageable)
    let comparison = DriftComparison(rules: rules, ignore: (settings.driftIgnore + ignore).map { DriftIgnore($0) })
    let report = comparison.run(mapped.flatMap(\.stated), parts: mapped.flatMap(\.parts), live, code: read?.code)

    let reverted = report.reverted(live)
    var flips: [Int: [DriftFlip]] = [:]
    if !reverted.isEmpty {
      let types = Set(reverted.keys.map { live.resources[$0].type })
      let judge = DriftJudge(
        checks: try CheckCommand.library(content, types: types).stable, defaults: try Defaults(content))
      flips = judge.flips(
        snapshot, catalog: inventory.catalog(asOf: time), reverted: reverted, now: time ?? now
      ) { check, message in
        Terminal.complain("plumb: check \(check.id): \(message)")
      }
    }
    let run = DriftRun(report, states: state, rules: rules, flips: flips, time: now)
    if time == nil { keep(run, inventory) }
    var output = DriftOutput(run, time: now)
    output.showsAll = all
    Terminal.write(output.text(format, color: Terminal.colors(noColor)))
    try end(run, report, hasErrors: !(read?.errors.isEmpty ?? true))
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UsageError("--state \(path): cannot be read")
    }
    return Array(data)
  }

  private func keep(_ run: DriftRun, _ inventory: Store) {
    do {
      try DriftStore(inventory).record(run)
    } catch {
      Terminal.complain("plumb: the comparison is not kept: \(error)")
    }
  }

  private func end(_ run: DriftRun, _ report: DriftReport, hasErrors: Bool) throws {
    let unseen = report.resources.count(where: \.isUnseen)
    if unseen > 0, !quiet {
      Terminal.complain(
        "plumb: \(unseen) \(unseen == 1 ? "resource" : "resources") cannot be told of: scans did not see them")
    }
    if hasErrors { throw ExitCode(2) }
    let thresholds = try thresholds()
    if run.rows.contains(where: { row in thresholds.contains { $0.isMet(by: row) } }) { throw ExitCode(1) }
    if unseen > 0 { throw ExitCode(3) }
  }
}
