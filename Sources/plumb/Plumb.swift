// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import JSON
import KQL
import Posture
import Server

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@main
struct Plumb: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "plumb",
    abstract: "Tells how far your cloud stands from where it should.",
    discussion: """
      Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or bad input, 3 the scan is incomplete. A scan
      that is incomplete and has such findings ends with 1; one that is stopped by Ctrl-C ends with 130.

      Examples:
        plumb demo
        plumb connect aws --print-policy
        plumb scan aws --regions eu-west-1,eu-central-1
        plumb query 'resources | summarize count() by type'
        plumb check show aws.s3.public-access-block
      """,
    version: version,
    subcommands: [
      DemoCommand.self, ScanCommand.self, TwinCommand.self, QueryCommand.self, DriftCommand.self, IngestCommand.self,
      TableCommand.self,
      KQLCommand.self, CheckCommand.self, ScoreCommand.self, ComplianceCommand.self, PolicyCommand.self,
      ExemptCommand.self, GovernanceCommand.self, ReportCommand.self, ConnectCommand.self, ServeCommand.self,
      AuditCommand.self,
    ])

  /// Runs the command line. Bad input ends with one clear message and exit code 2, whatever room it came from.
  static func main() async {
    do {
      try checkName(of: CommandLine.arguments.dropFirst().first)
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let error as ExitCode {
      endProcess(error.rawValue)
    } catch {
      let code = exitCode(for: error)
      if code == .success {
        // --help and --version are answers, not errors.
        Terminal.write(Array((fullMessage(for: error) + "\n").utf8))
        endProcess(0)
      }
      if error is CleanExit || code == .validationFailure {
        Terminal.complain(fullMessage(for: error))
      } else {
        Terminal.complain("plumb: \(error)")
      }
      endProcess(2)
    }
  }
}

extension Plumb {
  /// Refuses a command that is not there before its options, which only it could explain, are looked at.
  private static func checkName(of command: String?) throws {
    guard let command, !command.hasPrefix("-") else { return }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !names.contains(command) else { return }
    let hint = Spelling.nearest(to: command, in: names).map { "did you mean '\($0)'?" }
    throw UsageError("there is no command '\(command)'; \(hint ?? "plumb --help names those there are")")
  }
}

/// Something the user gave that cannot be used, with the mend.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Options of every command that reads or writes the store.
struct StoreOptions: ParsableArguments {
  @Option(help: "The folder that holds what Plumbline knows. Default: PLUMB_DATA, else $XDG_DATA_HOME/plumbline.")
  var data: String?

  @Option(
    help: ArgumentHelp(
      "A YAML file with defaults: data, content, for scans regions, profile, failOn, format, exemptions, policies, code, for comparisons driftIgnore, for queries functions, watchlists, externalFolder, for plumb serve server.",
      valueName: "file"))
  var config: String?

  @Option(help: "A folder of checks and collectors that extends or overrides those inside; may be given again.")
  var content: [String] = []

  func settings() throws -> Settings { try config.map(Settings.init(path:)) ?? Settings() }

  func directory(_ settings: Settings) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let data {
      guard !data.isEmpty else { throw UsageError("--data is empty; name a folder") }
      return data
    }
    if let path = given("PLUMB_DATA") ?? settings.data { return path }
    if let base = given("XDG_DATA_HOME") { return base + "/plumbline" }
    if let home = given("HOME") { return home + "/.local/share/plumbline" }
    throw UsageError("no folder to keep data in: give --data DIR or set PLUMB_DATA")
  }

  func library(_ settings: Settings) throws -> ContentLibrary {
    let folders = settings.content + content
    for folder in folders {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
        throw UsageError("--content \(folder): there is no such folder")
      }
    }
    return ContentLibrary(overrides: folders)
  }
}

/// What a `--config` file says. Every value that cannot be used is an error with its line and column.
struct Settings {
  var data: String?
  var regions: [String] = []
  var content: [String] = []
  var failOn: Severity?
  var format: ReportFormat?
  var profile: String?
  var functions: String?
  var watchlists: String?
  var externalFolder: String?
  /// The file that exemptions and governance rules stand in, beside those in the store.
  var exemptions: String?
  /// Files and folders of policy objects that scans judge by, beside those that were collected.
  var policies: [String] = []
  /// What comparisons of states leave out, in the form of `plumb drift --ignore`.
  var driftIgnore: [String] = []
  var code = CodeSettings()
  /// How `plumb serve` runs.
  var server: [ServerSettings.Key: String] = [:]

  init() {}

  init(path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw UsageError("--config \(path): cannot be read")
    }
    let node = try YAMLDocument(parsing: Array(bytes), path: path).node
    // A file of comments only says nothing, which is no fault.
    if node.value.isNull { return }
    try node.allow([
      "data", "regions", "content", "failOn", "format", "profile", "functions", "watchlists", "externalFolder",
      "exemptions", "policies", "driftIgnore", "code", "server",
    ])
    data = try Self.text(node, "data")
    functions = try Self.text(node, "functions")
    watchlists = try Self.text(node, "watchlists")
    externalFolder = try Self.text(node, "externalFolder")
    profile = try Self.text(node, "profile")
    exemptions = try Self.text(node, "exemptions")
    content = try node.optional("content")?.texts ?? []
    policies = try node.optional("policies")?.texts ?? []
    driftIgnore = try node.optional("driftIgnore")?.texts ?? []
    if let node = try node.optional("code") { code = try CodeSettings(node) }
    if let node = try node.optional("server") {
      let keys = ServerSettings.Key.allCases
      try node.allow(keys.map(\.rawValue))
      for key in keys { server[key] = try node.optional(key.rawValue)?.scalarText }
    }
    failOn = try node.optional("failOn")?.choice()
    format = try node.optional("format")?.choice()
    if let node = try node.optional("regions") {
      guard node.value.count > 0 || node.value.kind != .array else { throw node.error("'regions' has none") }
      for element in node.value.kind == .array ? try node.elements : [node] {
        do {
          regions += try Self.regions(try element.text)
        } catch let error as UsageError {
          throw element.error(error.description)
        }
      }
    }
  }

  private static func text(_ node: ContentNode, _ key: String) throws -> String? {
    guard let node = try node.optional(key) else { return nil }
    guard try !node.text.isEmpty else { throw node.error("'\(key)' is empty; leave it out or give it a value") }
    return try node.text
  }

  /// Regions of a list such as `eu-west-1, westeurope`, each in the form that one of the clouds has.
  static func regions(_ list: String, _ clouds: [String] = ["aws", "azure", "gcp"]) throws -> [String] {
    let names = list.split { $0 == "," || $0 == " " }.map(String.init)
    let example = clouds.first.flatMap { CloudRegion.examples[$0] } ?? ""
    guard !names.isEmpty else { throw UsageError("no region is named; write, for example, \(example)") }
    for name in names where !clouds.contains(CloudRegion.cloud(of: name) ?? "") {
      let words = clouds.compactMap { CloudRegion.words[$0] }.joined(separator: ", ")
      throw UsageError("'\(name)' is no \(words); write, for example, \(example)")
    }
    return names
  }
}
