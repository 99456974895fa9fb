// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import IaC

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

  @Option(
    help: ArgumentHelp(
      "A JSON report or baseline of an earlier run: only findings that are not in it are shown as faults and fail.",
      valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write what is found now to this file, for --baseline. Findings do not fail that run.", valueName: "file"))
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp(
      "Only findings that a file decides which has changed since this commit, branch or tag of git.", valueName: "ref"))
  var changedSince: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Pass over files below the scanned folder whose path fits: 'examples/**', '*.test.json'; may be given again.",
      valueName: "pattern"))
  var excludePath: [String] = []

  @Flag(help: "Name all that could not be followed, not the first few of each kind.") var coverage = false

  @Flag(
    help: """
      Print a patch in place of the report: the change of each fault that one attribute mends. \
      Apply it with: git apply, or patch -p1.
      """)
  var fixDiff = false

  /// The first option given, which a scan of a cloud does not take.
  var given: String? {
    if !parameters.isEmpty { return "--param" }
    if !variables.isEmpty { return "--var" }
    if !variableFiles.isEmpty { return "--var-file" }
    if baseline != nil { return "--baseline" }
    if writeBaseline != nil { return "--write-baseline" }
    if changedSince != nil { return "--changed-since" }
    if !excludePath.isEmpty { return "--exclude-path" }
    if coverage { return "--coverage" }
    return fixDiff ? "--fix-diff" : nil
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

  func check() throws {
    if changedSince != nil, writeBaseline != nil {
      throw UsageError("--write-baseline and --changed-since: a baseline holds all findings; leave one out")
    }
  }
}
