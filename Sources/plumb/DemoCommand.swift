// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import JSON
import KQL
import Logging
import Server
import Twin

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Serves an estate on the twin and does with it what one does with clouds: each step is a command of this program.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Shows it all on this machine: an estate in three clouds, scanned, judged and queried.",
    discussion: """
      Contoso, a retailer and a bank, is served on free ports of this machine over the clouds' own protocols, and read by
      the collectors that read real clouds. No account is needed, and nothing leaves the machine.

      Examples:
        plumb demo
        plumb demo --hardened
        plumb demo --data ./contoso --serve
        plumb demo --estate mine --content ./my-content
      """)

  @Option(help: "A new folder for what is learned. Default: one in the folder for temporary files, which is named.")
  var data: String?
  @Option(help: "An estate: contoso, or the name of one in estates/ of --content.") var estate = "contoso"
  @Flag(help: "Serve the estate as it is once its flaws are put right: NAME-hardened.") var hardened = false
  @Flag(
    name: [.long, .customLong("keep")],
    help: "Go on serving estate and dashboard until it is stopped, as it does on a terminal.") var serve = false
  @Option(help: "A folder of content that extends or overrides what is inside; may be given again.")
  var content: [String] = []

  func run() async throws {
    let name = hardened ? estate + "-hardened" : estate
    var options = StoreOptions()
    options.content = content
    let library = try options.library(Settings())
    let documents = try TwinClouds.documents(name, library)
    let folder = try freshFolder()
    let served = TwinEstate(documents, lacking: try TwinClouds.lacking(library))
    let clouds = try TwinClouds(served, library)
    Terminal.endOnSignals()

    let authority = try TwinClouds.authority()
    try DemoSetting(folder: folder, authority: authority, tenant: TwinClouds.tenant(of: served)).apply()
    say("The twin serves \(name), \(documents.count) resources:")
    let (ready, announce) = AsyncStream.makeStream(of: (cloud: String, base: String).self)
    let (content, serves) = (content, serve || Terminal.outputIsTerminal)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await clouds.serve(authority: authority) { cloud, base in announce.yield((cloud, base)) }
        return false
      }
      group.addTask {
        var bases: [String: String] = [:]
        for await (cloud, base) in ready {
          bases[cloud] = base
          if bases.count == clouds.names.count { break }
        }
        for cloud in clouds.names { say("  \(cloud)  \(bases[cloud] ?? "")") }
        try await Demo(name: name, folder: folder, content: content, bases: bases, served: documents).run()
        return true
      }
      while let isDone = try await group.next(), isDone {
        // The twin has nothing to put down: its state is its own, and nobody waits for an answer any more.
        guard serves else { endProcess(0) }
        say("\nServing until Ctrl-C; its authority is in \(folder)/\(DemoSetting.authorityName).")
        group.addTask {
          try await Self.dashboard(folder, library)
          return false
        }
      }
    }
  }

  /// Serves the dashboard over what was learned, with a user to sign in as.
  private static func dashboard(_ folder: String, _ content: ContentLibrary) async throws {
    var settings = ServerSettings()
    settings.port = 0
    let services = Services(
      settings: settings, inventory: try Store(directory: folder), content: content,
      store: try ServerStore(directory: folder), logger: Logger(label: "plumb") { _ in SwiftLogNoOpLogHandler() },
      clock: nowTicks, version: Plumb.version)
    let password = "demo-" + String(UInt64.random(in: 1 << 60...UInt64.max), radix: 36)
    if let token = try services.accounts.setupToken() {
      _ = try await services.accounts.setUp(token: token, name: "demo", password: password, by: .system)
    }
    try await WebServer(services).run { base in
      say("The dashboard is at \(base)\nSign in as demo with the password \(password)")
    }
  }

  /// The folder of `--data`, which must not hold anything yet, or one that has just been made.
  private func freshFolder() throws -> String {
    let files = FileManager.default
    guard let data else {
      let path = files.temporaryDirectory.appendingPathComponent("plumb-demo-\(UUID().uuidString.prefix(8))").path
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      return path
    }
    guard !data.isEmpty else { throw UsageError("--data is empty; name a folder") }
    if let found = try? files.contentsOfDirectory(atPath: data), !found.isEmpty {
      throw UsageError("--data \(data): the folder is not empty; the demo fills a new one")
    }
    do {
      try files.createDirectory(atPath: data, withIntermediateDirectories: true)
    } catch {
      throw UsageError("--data \(data): cannot be made")
    }
    return data
  }
}

private func say(_ line: String) { Terminal.write(Array((line + "\n").utf8)) }

/// What the collectors find in their environment: credentials that only the twin takes, and whom to trust.
private struct DemoSetting {
  let folder: String
  let authority: Authority
  let tenant: String

  static let authorityName = "demo-ca.pem"

  /// Takes the place of all that the caller's environment says of clouds, lest real ones be met.
  func apply() throws {
    let foreign = ["AWS_", "AZURE_", "GOOGLE_", "CLOUDSDK_", "PLUMB_", "IDENTITY_", "MSI_", "IMDS_", "GCE_"]
    for name in ProcessInfo.processInfo.environment.keys where foreign.contains(where: name.hasPrefix) {
      unsetenv(name)
    }
    let (authorityFile, googleFile) = (folder + "/" + Self.authorityName, folder + "/demo-google.json")
    let google = JSONDraft.object([
      ("type", .string("authorized_user")), ("client_id", .string("demo")), ("client_secret", .string("demo")),
      ("refresh_token", .string("demo")),
    ])
    for (path, bytes) in [
      (authorityFile, Array(authority.authorityPEM.utf8)), (googleFile, google.document().root.serialized()),
    ] {
      guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
        throw UsageError("--data \(folder): cannot be written")
      }
    }
    for (name, value) in [
      ("AZURE_TENANT_ID", tenant), ("AZURE_CLIENT_ID", "demo"), ("AZURE_CLIENT_SECRET", "demo"),
      ("GOOGLE_APPLICATION_CREDENTIALS", googleFile), ("PLUMB_CA_FILE", authorityFile),
      ("AWS_ACCESS_KEY_ID", "AKIADEMO"), ("AWS_SECRET_ACCESS_KEY", AWSKeys.rehearsalSecret),
      ("AWS_REGION", "eu-west-1"), ("AWS_EC2_METADATA_DISABLED", "true"),
      ("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ] { setenv(name, value, 1) }
  }
}

/// The steps, once the twin listens.
private struct Demo {
  let name: String
  let folder: String
  let content: [String]
  let bases: [String: String]
  let served: [JSONValue]

  func run() async throws {
    let began = ContinuousClock.now
    try await scan()
    let snapshot = try Store(directory: folder).snapshot()
    let documents = snapshot.documents
    let read = Set((0..<documents.rootCount).compactMap { documents.root(at: $0)["id"]?.string?.lowercased() })
    let wanted = served.filter { bases[$0["cloud"]?.string ?? "azure"] != nil }
    let count = wanted.count { read.contains($0["id"]?.string?.lowercased() ?? "") }
    let seconds = Double((ContinuousClock.now - began) / .milliseconds(100)).rounded() / 10
    say("  \(count) of \(wanted.count) resources read in \(seconds) s")

    try show("Findings", DemoQueries.findings)
    try show("Resources with the most against them", DemoQueries.worst)
    if snapshot.gaps.isEmpty {
      say("\nEvery call was answered: nothing is unseen.")
    } else {
      try show("What could not be seen", DemoQueries.gaps)
    }
    say("\nThree questions to go on with")
    for (question, query) in DemoQueries.next {
      say("\n# \(question)\n$ plumb query --data \(folder) \"\n\(query)\"")
      try ask(query)
    }
    say("\nThe whole report is \(folder)/report.txt; what was learned stays in \(folder).")
  }

  private func scan() async throws {
    // Of AWS a variable says where it is, of the others an option; nobody else reads the environment at this point.
    setenv("AWS_ENDPOINT_URL", bases["aws"] ?? "", 1)
    var arguments = ["azure", "gcp", "aws", "--organization"]
    for cloud in ["azure", "gcp"] { arguments += ["--\(cloud)-endpoint", bases[cloud] ?? ""] }
    arguments += ["--data", folder]
    say("\n$ AWS_ENDPOINT_URL=\(bases["aws"] ?? "") plumb scan \(arguments.joined(separator: " "))")
    for folder in content { arguments += ["--content", folder] }
    let command = try ScanCommand.parse(arguments + ["--quiet", "--output", folder + "/report.txt"])
    do {
      try await command.run()
    } catch let code as ExitCode where code.rawValue == 3 {
      // Calls without an answer are shown below.
    }
  }

  private func show(_ title: String, _ query: String) throws {
    say("\n\(title)")
    try ask(query)
  }

  private func ask(_ query: String) throws { try QueryCommand.parse([query, "--data", folder]).run() }
}
