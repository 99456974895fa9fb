// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Collectors
import Content
import Inventory
import JSON
import Specs

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Options of a scan that concern AWS alone.
struct AWSArguments: ParsableArguments {
  @Flag(
    help: "Read every active account of the organisation that the caller manages or is a delegated administrator of.")
  var organization = false
  @Option(
    help: "The role that is assumed in each account but the caller's. Default: OrganizationAccountAccessRole.")
  var roleName: String?
  @Option(help: "The external id that the role asks for.") var externalId: String?
  @Option(help: ArgumentHelp("Accounts that are read at once. Default: 8.", valueName: "n")) var accountsAtOnce: Int?
  @Option(
    help: ArgumentHelp("Requests that an account is sent in a second, at most. Default: 200.", valueName: "n"))
  var requestsPerSecond: Double?

  /// What the options ask for, checked before anything is sent.
  func plan(_ content: ContentLibrary, profile: String?, choice: ScanChoice) throws -> AWSPlan {
    var options = AWSScanOptions()
    options.selection = AWSSelection(only: choice.only, except: choice.except)
    if !choice.regions.isEmpty { options.regions = choice.regions }
    return AWSPlan(
      content: content, profile: profile, options: options, accounts: try accountOptions(choice),
      settings: try settings())
  }

  private func settings() throws -> AWSClient.Settings {
    var settings = AWSClient.Settings()
    if let requestsPerSecond {
      guard (0.1...10_000).contains(requestsPerSecond) else {
        throw UsageError("--requests-per-second \(requestsPerSecond): give 0.1 to 10000")
      }
      settings.budget = requestsPerSecond
    }
    return settings
  }

  private func accountOptions(_ choice: ScanChoice) throws -> AWSAccountOptions {
    var wish = AWSAccountOptions()
    wish.isOrganization = organization
    wish.accounts = choice.accounts
    wish.excluded = choice.exceptAccounts
    wish.externalID = externalId
    if let accountsAtOnce {
      guard accountsAtOnce > 0 else { throw UsageError("--accounts-at-once \(accountsAtOnce): give 1 or more") }
      wish.atOnce = accountsAtOnce
    }
    if let roleName {
      guard !roleName.isEmpty, !roleName.contains(":") else {
        throw UsageError("--role-name '\(roleName)': give the role's name, which is the same in every account")
      }
      wish.roleName = roleName
    }
    let lone: [(String, Bool)] = [
      ("--role-name", roleName != nil), ("--external-id", externalId != nil),
      ("--exclude-accounts", !choice.exceptAccounts.isEmpty), ("--accounts-at-once", accountsAtOnce != nil),
    ]
    if !wish.isUsed, let option = lone.first(where: \.1)?.0 {
      throw UsageError("\(option) needs --organization or --accounts")
    }
    return wish
  }
}

/// A scan of AWS that is ready to run.
struct AWSPlan: Sendable {
  let content: ContentLibrary
  let profile: String?
  let options: AWSScanOptions
  let accounts: AWSAccountOptions
  let settings: AWSClient.Settings

  /// - Parameter authorities: `--ca-file`.
  func run(_ task: ScanTask, authorities: String?) async throws -> Collected {
    let sink = task.sink
    let collector = try await AWSCollector(
      content: content, environment: ProcessInfo.processInfo.environment, profile: profile, authorities: authorities,
      settings: settings)
    let outcomes: [AWSAccountOutcome]
    let choice = choiceText(task.choice)
    var base: ScanRow?
    do {
      var options = options
      base = try task.base(account: collector.identity.account, choice: choice, kept: AWSCollector.feedIsKept)
      options.since = base?.time
      try task.open(account: collector.identity.account, choice: choice, base: base)
      if base != nil { options.knownAccounts = try task.inventory.accounts(cloud: "aws") }
      if accounts.isUsed {
        outcomes = try await collector.scan(options, accounts: accounts, into: sink)
      } else {
        try await collector.scan(options, into: sink)
        outcomes = []
      }
    } catch {
      await collector.shutdown()
      throw error
    }
    await collector.shutdown()
    return Collected(
      account: collector.identity.account, calls: collector.callCount, notes: notes(outcomes, collector.callCount),
      choice: choice, base: collector.hasReadChanges ? base : nil)
  }

  /// What was chosen, for a later scan of the same to find this one.
  private func choiceText(_ choice: ScanChoice) -> String {
    [choice.text, accounts.isOrganization ? "organization" : ""].filter { !$0.isEmpty }.joined(separator: ";")
  }

  /// How many of several accounts were read, and why the others were not.
  private func notes(_ outcomes: [AWSAccountOutcome], _ calls: Int) -> [String] {
    guard !outcomes.isEmpty else { return [] }
    var notes: [String] = []
    for outcome in outcomes {
      guard let problem = outcome.problem else { continue }
      let name = outcome.name.isEmpty ? "" : " (\(outcome.name))"
      notes.append("account \(outcome.id)\(name) was not read whole: \(problem)")
    }
    let whole = outcomes.count { $0.problem == nil }
    let rate = settings.budget.rounded() == settings.budget ? "\(Int(settings.budget))" : "\(settings.budget)"
    notes.append(
      "\(whole) of \(outcomes.count) accounts were read; \(calls) requests, at most \(rate) a second to each")
    return notes
  }
}
