// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import IaC
import Inventory
import KQL
import Posture

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What only scans of code take.
struct CodeArguments: ParsableArguments {
  @Option(
    name: .customLong("param"), parsing: .singleValue,
    help: ArgumentHelp("A parameter of templates; may be given again.", valueName: "name=value"))
  var parameters: [String] = []

  func options(region: String?) throws -> CloudFormation.Options {
    var options = CloudFormation.Options()
    if let region { options.region = region }
    for parameter in parameters {
      guard let equals = parameter.firstIndex(of: "="), equals != parameter.startIndex else {
        throw UsageError("--param \(parameter): write name=value")
      }
      options.parameters[String(parameter[..<equals])] = String(parameter[parameter.index(after: equals)...])
    }
    return options
  }
}

/// `plumb scan DIRECTORY`: evaluates code, judges it, reports. It asks no cloud and keeps nothing.
struct CodeScan {
  private let command: ScanCommand
  private let paths: [String]

  init(_ command: ScanCommand, _ paths: [String]) {
    self.command = command
    self.paths = paths
  }

  /// The targets where they are files and folders; nil where they are clouds.
  static func paths(in targets: [String]) throws -> [String]? {
    let clouds = targets.filter { ["aws", "azure", "gcp"].contains($0) }
    let paths = targets.filter { !clouds.contains($0) && FileManager.default.fileExists(atPath: $0) }
    guard !paths.isEmpty else { return nil }
    if let cloud = clouds.first {
      throw UsageError("scan \(cloud) and \(paths[0]) in two runs: one asks a cloud, the other reads code")
    }
    if let missing = targets.first(where: { !paths.contains($0) }) {
      throw UsageError("'\(missing)': there is no such file or folder")
    }
    return paths
  }

  func run() throws {
    let started = nowTicks()
    let settings = try command.store.settings()
    let content = try command.store.library(settings)
    let format = command.format ?? settings.format ?? .table
    let reader = try CodeReader(content)
    let options = try command.code.options(region: settings.regions.first)
    var estate = CodeEstate()
    for path in paths {
      let part = reader.evaluate(try CodeFolder(path), options: options)
      estate.resources += part.resources
      estate.gaps += part.gaps
      estate.errors += part.errors
    }
    let library = try CheckCommand.library(content, types: Set(estate.resources.map(\.type)))
    let judging = CodeJudging(estate, checks: library.stable, defaults: try Defaults(content), now: started)
    let findings = judging.findings { check, message in
      Terminal.complain("plumb: check \(check.id): \(message)")
    }
    let report = Report(
      scan: .init(
        id: "code", targets: paths, started: started, finished: nowTicks(), resources: estate.resources.count,
        version: Plumb.version),
      findings: findings)
    try command.write(report, format)
    tell(estate)
    if let threshold = command.failOn ?? settings.failOn, report.hasFault(atLeast: threshold) { throw ExitCode(1) }
    if !estate.errors.isEmpty { throw ExitCode(2) }
  }

  /// What could not be read or followed.
  private func tell(_ estate: CodeEstate) {
    for error in estate.errors { Terminal.complain("plumb: \(error)") }
    guard !command.quiet else { return }
    for gap in estate.gaps {
      Terminal.complain("plumb: \(gap.place): \(gap.kind.rawValue) \(gap.name): \(gap.reason)")
    }
  }
}
