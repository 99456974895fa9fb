// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Collectors
import Content
import Inventory
import JSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a collector read.
struct Collected: Sendable {
  /// The account, tenant or organisation that stands for the whole.
  let account: String
  let calls: Int
  /// What to tell besides.
  var notes: [String] = []
  /// What was chosen, for a later scan of changes to find this one.
  var choice = ""
  /// The scan that this one, of changes, goes on from.
  var base: ScanRow?
  /// Names of accounts that are another cloud's, or nobody's.
  var strangers: [String] = []
}

/// Options of a scan that concern Azure or Google Cloud.
struct CloudArguments: ParsableArguments {
  @Option(help: "A base from whose /metadata/endpoints all of Azure's are learned. Default: PLUMB_AZURE_ENDPOINT.")
  var azureEndpoint: String?
  @Option(help: "The base of every Google API. Default: PLUMB_GCP_ENDPOINT, else Google's own hosts.")
  var gcpEndpoint: String?
  @Option(help: "The number of the organisation of Google Cloud to read.") var gcpOrganization: String?
  @Option(help: "The number of the folder of Google Cloud to read.") var gcpFolder: String?
  @Option(help: "The id of a project of Google Cloud to read; may be given again.") var gcpProject: [String] = []
  @Option(help: "A file of certificates, in PEM, to trust besides the system's. Default: PLUMB_CA_FILE.")
  var caFile: String?

  var scope: GoogleScope {
    var scope = GoogleScope()
    scope.organization = gcpOrganization
    scope.folder = gcpFolder
    scope.projects = gcpProject
    return scope
  }

  func azure(_ content: ContentLibrary, _ task: ScanTask) async throws -> Collected {
    let collector = try await AzureCollector(
      content: content, environment: ProcessInfo.processInfo.environment, endpoint: azureEndpoint, authorities: caFile)
    do {
      var options = AzureScanOptions()
      options.choice = task.choice
      options.types = task.types
      options.known = { try task.inventory.known(cloud: "azure") }
      let names = AccountNames(what: "subscription", known: collector.subscriptions.flatMap { [$0.id, $0.name] })
      let strangers = try names.strangers(
        in: &options.choice,
        unknown: Set(collector.unknownAccounts(options.choice.accounts + options.choice.exceptAccounts)),
        isAlone: task.isAlone)
      let regions = options.choice.regions
      if !regions.isEmpty, let known = await collector.locations(),
        let missing = regions.first(where: { !known.contains($0) })
      {
        let hint = Spelling.nearest(to: missing, in: known.sorted()).map { "; did you mean '\($0)'?" } ?? ""
        throw UsageError("--regions: Azure has no location '\(missing)'\(hint)")
      }
      let choice = options.choice.text
      let base = try task.base(account: collector.tenant, choice: choice, kept: AzureCollector.feedIsKept)
      options.since = base?.time
      try task.open(account: collector.tenant, choice: choice, base: base)
      let kind = try await collector.scan(options, into: task.sink)
      await collector.shutdown()
      return Collected(
        account: collector.tenant, calls: collector.callCount, choice: choice, base: kind == .changes ? base : nil,
        strangers: strangers)
    } catch {
      await collector.shutdown()
      throw error
    }
  }

  func google(_ content: ContentLibrary, _ task: ScanTask) async throws -> Collected {
    var options = GoogleScanOptions()
    options.choice = task.choice
    options.types = task.types
    options.known = { try task.inventory.known(cloud: "gcp") }
    var scope = scope
    // Projects that are named by themselves are what there is to read.
    if scope.organization == nil, scope.folder == nil, scope.projects.isEmpty {
      scope.projects = options.choice.accounts
    }
    let collector = try await GoogleCollector(
      content: content, environment: ProcessInfo.processInfo.environment, scope: scope, endpoint: gcpEndpoint,
      authorities: caFile)
    do {
      var strangers: [String] = []
      let named = options.choice.accounts + options.choice.exceptAccounts
      if !named.isEmpty, let projects = await collector.projects() {
        strangers = try AccountNames(what: "project", known: projects.map(\.id)).strangers(
          in: &options.choice, unknown: Set(named.filter { name in !projects.contains { $0.isNamed(name) } }),
          isAlone: task.isAlone)
        // A project goes by its id from here on, also where its number was given.
        func ids(_ names: [String]) -> [String] {
          names.flatMap { name in projects.filter { $0.isNamed(name) }.map(\.id) }
        }
        options.choice.accounts = ids(options.choice.accounts)
        options.choice.exceptAccounts = ids(options.choice.exceptAccounts)
      }
      let choice = options.choice.text
      let base = try task.base(account: collector.account, choice: choice, kept: GoogleCollector.feedIsKept)
      options.isOfChanges = base != nil
      try task.open(account: collector.account, choice: choice, base: base)
      let kind = try await collector.scan(options, into: task.sink)
      await collector.shutdown()
      return Collected(
        account: collector.account, calls: collector.callCount, choice: choice, base: kind == .changes ? base : nil,
        strangers: strangers)
    } catch {
      await collector.shutdown()
      throw error
    }
  }
}

/// Names of accounts as the command line has them, against those that there are.
private struct AccountNames {
  let what: String
  let known: [String]

  /// Takes names out of a choice that are not known here; refuses them where they can be nobody else's.
  func strangers(in choice: inout ScanChoice, unknown: Set<String>, isAlone: Bool) throws -> [String] {
    for (part, option) in [(\ScanChoice.accounts, "--accounts"), (\ScanChoice.exceptAccounts, "--exclude-accounts")] {
      let names = choice[keyPath: part]
      if isAlone, let name = names.first(where: unknown.contains) {
        let hint = Spelling.nearest(to: name, in: known).map { "; did you mean '\($0)'?" } ?? ""
        throw UsageError("\(option): there is no \(what) '\(name)'\(hint)")
      }
      choice[keyPath: part].removeAll(where: unknown.contains)
      if part == \.accounts, !names.isEmpty, choice.accounts.isEmpty {
        throw UsageError("--accounts names no \(what): name one too, or scan each cloud by itself")
      }
    }
    return unknown.sorted()
  }
}
