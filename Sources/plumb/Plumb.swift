// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import KQL

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
      Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or bad input, 3 the scan is incomplete.

      Examples:
        plumb connect aws --print-policy
        plumb scan aws --regions eu-west-1,eu-central-1
        plumb query 'resources | summarize count() by type'
        plumb check show aws.s3.public-access-block
      """,
    version: version,
    subcommands: [
      ScanCommand.self, QueryCommand.self, IngestCommand.self, CheckCommand.self, ConnectCommand.self,
    ])

  /// Runs the command line. Bad input ends with one clear message and exit code 2, whatever room it came from.
  static func main() async {
    do {
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

/// Something the user gave that cannot be used, with the mend.
struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Options of every command that reads or writes the store.
struct StoreOptions: ParsableArguments {
  @Option(help: "The folder that holds what Plumbline knows. Default: PLUMB_DATA, else $XDG_DATA_HOME/plumbline.")
  var data: String?

  @Option(help: "A YAML file with defaults for the options: data, regions, content, failOn, format, profile.")
  var config: String?

  @Option(help: "A folder of checks and collectors that extends or overrides those inside; may be given again.")
  var content: [String] = []

  func settings() throws -> Settings { try config.map(Settings.init(path:)) ?? Settings() }

  func directory(_ settings: Settings) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let path = data ?? given("PLUMB_DATA") ?? settings.data { return path }
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

/// What a `--config` file says.
struct Settings {
  var data: String?
  var regions: [String] = []
  var content: [String] = []
  var failOn: String?
  var format: String?
  var profile: String?

  init() {}

  init(path: String) throws {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw UsageError("--config \(path): cannot be read")
    }
    let node = try YAMLDocument(parsing: Array(bytes), path: path).node
    try node.allow(["data", "regions", "content", "failOn", "format", "profile"])
    data = try node.optional("data")?.text
    regions = try node.optional("regions")?.texts ?? []
    content = try node.optional("content")?.texts ?? []
    failOn = try node.optional("failOn")?.text
    format = try node.optional("format")?.text
    profile = try node.optional("profile")?.text
  }
}
