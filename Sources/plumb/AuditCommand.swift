// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import JSON
import Server

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Shows who did what on the server, and whether the log is whole.",
    subcommands: [AuditVerifyCommand.self, AuditListCommand.self])
}

struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Walks the log from its beginning and names the first record that is broken.",
    discussion: """
      Prints the head of the log, which --head of a later run takes: it proves that nothing before was written anew.
      Exit codes: 0 the log is whole, 1 it is broken.

      Examples:
        plumb audit verify
        plumb audit verify --head 812:3f0c...
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: ArgumentHelp("A head that was printed earlier.", valueName: "number:hash")) var head: String?

  func run() throws {
    let noted = try head.map { text in
      guard let head = AuditLog.Head(text) else {
        throw UsageError("--head \(text): write it as plumb audit verify printed it, 812:3f0c...")
      }
      return head
    }
    let (head, broken) = try openServerStore(store).verifyAudit(noted: noted)
    if let broken {
      Terminal.complain("record \(broken.number) is broken: \(broken.reason); the \(head.number) before it are whole")
      throw ExitCode(1)
    }
    Terminal.write(Array("\(head.number) records, all whole; head \(head.text)\n".utf8))
  }
}

struct AuditListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Prints records as lines of JSON, the newest first.",
    discussion: """
      Examples:
        plumb audit list --limit 20
        plumb audit list --action session. --by alice
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: "How many records at most.") var limit = 100
  @Option(help: "Only actions that begin so.") var action = ""
  @Option(help: "Only those of a user, by id or name.") var by: String?

  func run() throws {
    guard limit > 0 else { throw UsageError("--limit is a number above 0") }
    let records = try openServerStore(store).auditRecords(limit: limit, action: action, by: by)
    for record in records { Terminal.write(record.root.serialized() + [0x0A]) }
  }
}

/// The server's store of the folder, which must be there: reading makes none.
private func openServerStore(_ options: StoreOptions) throws -> ServerStore {
  let directory = try options.directory(options.settings())
  guard FileManager.default.fileExists(atPath: directory + "/server.sqlite") else {
    throw UsageError("\(directory) holds no server.sqlite; plumb serve makes it, or name another folder with --data")
  }
  return try ServerStore(directory: directory)
}
