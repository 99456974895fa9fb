// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Content
import Inventory
import Logging
import Server

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves the dashboard and the API until it is stopped.",
    discussion: """
      Settings come from options, else from variables PLUMB_SERVER_..., else from 'server:' of --config.
      \(ServerSettings.Key.allCases.map { "  \($0.rawValue): \($0.help)" }.joined(separator: "\n"))

      Examples:
        plumb serve
        plumb serve --set address=0.0.0.0 --set tls-certificate=cert.pem --set tls-key=key.pem
        PLUMB_SERVER_BEHIND_PROXY=true PLUMB_SERVER_PUBLIC_URL=https://posture.example.com plumb serve
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: "The port; 0 for a free one, which is printed. Default: 8443.") var port: Int?
  @Option(help: ArgumentHelp("A setting; may be given again.", valueName: "name=value")) var set: [String] = []
  @Flag(help: "Plain HTTP on addresses other than loopback: passwords cross the network as they are.")
  var insecureHTTP = false

  func run() async throws {
    let common = try store.settings()
    let settings = try settings(common)
    let directory = try store.directory(common)
    let content = try store.library(common)
    let inventory = try Inventory.Store(directory: directory)
    let serverStore = try ServerStore(directory: directory)
    let logger = Logger(label: "plumb") { label in
      JSONLogHandler(
        label: label, level: Logger.Level(rawValue: settings.logLevel) ?? .info, clock: nowTicks,
        write: { Terminal.status(String(decoding: $0, as: UTF8.self)) })
    }
    let services = Services(
      settings: settings, inventory: inventory, content: content, store: serverStore, logger: logger, clock: nowTicks,
      version: Plumb.version, exemptions: common.exemptions,
      extras: { catalog in
        Tables.add(to: &catalog, directory)
        try QueryLibrary.add(to: &catalog, data: directory, common, external: nil)
      })
    let token = try services.accounts.setupToken()
    try await WebServer(services).run(stoppingOnSignals: true, beside: [EstateWatch(services.views)]) { base in
      Terminal.write(Array("\(base)\n".utf8))
      if let token {
        Terminal.write(
          Array("Nobody can sign in yet. Make the first administrator at \(base)/setup with: \(token)\n".utf8))
      }
      // The first page is not to wait for it.
      _ = try? await services.boards.board(.all)
    }
  }

  private func settings(_ common: Settings) throws -> ServerSettings {
    var flags: [ServerSettings.Key: String] = [:]
    for pair in set {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, let key = ServerSettings.Key(rawValue: sides[0]) else {
        throw UsageError("--set \(sides[0]): there is no such setting; plumb serve --help names those there are")
      }
      // Everybody on the machine can read a command line.
      guard !key.isSecret else {
        let name = "PLUMB_SERVER_" + key.rawValue.uppercased().replacing("-", with: "_")
        throw UsageError("--set \(key.rawValue): give secrets by the variable \(name) or the file of --config")
      }
      flags[key] = sides[1]
    }
    if let port { flags[.port] = String(port) }
    if insecureHTTP { flags[.insecureHTTP] = "true" }
    return try ServerSettings(
      flags: flags, environment: ProcessInfo.processInfo.environment, file: common.server)
  }
}
