// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
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

struct TwinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "twin", abstract: "Stands in for the clouds: serves an estate over their own protocols.",
    subcommands: [TwinServeCommand.self])
}

struct TwinServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves an estate on this machine until it is stopped.",
    discussion: """
      Any client of the cloud can be pointed at it; any credentials are taken, and for AWS any access key id with the
      secret "rehearsal". What is written changes the copy in memory only, and is told by --journal.

      Examples:
        plumb twin serve --estate contoso
        plumb twin serve --from-store --as-of 2026-11-01T00:00:00Z --journal writes.jsonl
        plumb twin serve --from-store --fault-rate 0.05
        plumb twin serve --from-store --deny /providers/Microsoft.ResourceGraph
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: "An estate: contoso, contoso-hardened, or the name of one in estates/ of --content.") var estate:
    String?
  @Flag(help: "Serve what the store knows.") var fromStore = false
  @Option(help: "With --from-store: the state at an earlier time, a datetime or a span such as 2d for two days ago.")
  var asOf: String?
  @Option(help: "The port of Azure. Default: a free one, which is printed.") var azurePort = 0
  @Option(help: "The port of Google Cloud. Default: a free one, which is printed.") var gcpPort = 0
  @Option(help: "The port of AWS. Default: a free one, which is printed.") var awsPort = 0
  @Option(help: "The secret of every access key id of AWS.") var awsSecretKey = AWSKeys.rehearsalSecret
  @Flag(help: "Plain HTTP instead of TLS.") var http = false
  @Option(help: "Where to write the certificate to trust, in PEM.") var caFile: String?
  @Option(help: "Write every change, with before and after, to this file: a line of JSON each.") var journal: String?
  @Option(help: "The share of requests that fail, 0 to 1: throttled, unavailable, cut short, slow, token expired.")
  var faultRate = 0.0
  @Option(
    help: ArgumentHelp(
      "Refuse whatever path begins so, as to a role without the permission; may be given again.",
      valueName: "path-prefix"))
  var deny: [String] = []
  @Option(help: "Seconds for which a token holds.") var tokenLifetime = 3600.0

  func run() async throws {
    guard fromStore != (estate != nil) else { throw UsageError("give one of --estate NAME and --from-store") }
    guard fromStore || asOf == nil else { throw UsageError("--as-of needs --from-store") }
    guard (0...1).contains(faultRate) else { throw UsageError("--fault-rate is a number from 0 to 1") }
    let settings = try store.settings()
    let content = try store.library(settings)
    let lacking = try TwinClouds.lacking(content)
    let log = try journal.map(Journal.init)
    let tell: @Sendable (TwinEstate.Change) -> Void = { log?.write($0.line) }
    let served: TwinEstate
    if let estate {
      served = TwinEstate(try TwinClouds.documents(estate, content), lacking: lacking, journal: tell)
    } else {
      let inventory = try Store(directory: try store.directory(settings))
      let snapshot = try inventory.snapshot(asOf: try asOf.map { try Moment.ticks($0, now: nowTicks()) })
      if let asOf, snapshot.scans.isEmpty { throw UsageError("--as-of \(asOf): the store knows nothing of that time") }
      served = TwinEstate(snapshot, lacking: lacking, journal: tell)
    }
    let clouds = try TwinClouds(
      served, content, tokenLifetime: tokenLifetime, awsKeys: AWSKeys(secret: awsSecretKey, lifetime: tokenLifetime),
      denials: Denials(deny))
    let authority = http ? nil : try TwinClouds.authority()
    if let authority, let caFile {
      guard FileManager.default.createFile(atPath: caFile, contents: Data(authority.authorityPEM.utf8)) else {
        throw UsageError("--ca-file \(caFile): cannot be written")
      }
    }
    Terminal.endOnSignals()
    let ports = ["azure": azurePort, "gcp": gcpPort, "aws": awsPort]
    try await clouds.serve(authority: authority, ports: ports, faultRate: faultRate) {
      Terminal.write(Array("\($0) \($1)\n".utf8))
    }
  }
}

/// A file of lines that grows.
final class Journal: Sendable {
  private let descriptor: Int32
  init(path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw UsageError("--journal \(path): cannot be written") }
  }
  deinit { close(descriptor) }

  func write(_ line: [UInt8]) {
    // One call a line: lines of several threads do not mix.
    _ = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
