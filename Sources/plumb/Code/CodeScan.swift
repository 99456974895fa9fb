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
  @Option(
    name: .customLong("var"), parsing: .singleValue,
    help: ArgumentHelp("A variable of Terraform's root modules; may be given again.", valueName: "name=value"))
  var variables: [String] = []
  @Option(
    name: .customLong("var-file"), parsing: .singleValue,
    help: ArgumentHelp("A file of Terraform variables; may be given again.", valueName: "file"))
  var variableFiles: [String] = []

  /// What Terraform itself would be given, `TF_VAR_` of the environment included.
  func terraform() throws -> TerraformOptions {
    var options = TerraformOptions()
    options.environment = ProcessInfo.processInfo.environment.filter { $0.key.hasPrefix("TF_VAR_") }
    for variable in variables {
      let (name, value) = try Self.pair(variable, "--var")
      options.variables.append((name: name, text: value))
    }
    for file in variableFiles {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw UsageError("--var-file \(file): there is no such file")
      }
      options.variableFiles.append((path: file, bytes: Array(data)))
    }
    return options
  }

  private static func pair(_ text: String, _ option: String) throws -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw UsageError("\(option) \(text): write name=value")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  func options(region: String?) throws -> CloudFormation.Options {
    var options = CloudFormation.Options()
    if let region { options.region = region }
    for parameter in parameters {
      let (name, value) = try Self.pair(parameter, "--param")
      options.parameters[name] = value
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
    let terraform = try command.code.terraform()
    var estate = CodeEstate()
    for path in paths {
      let part = reader.evaluate(try CodeFolder(path), options: options, terraform: terraform)
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
