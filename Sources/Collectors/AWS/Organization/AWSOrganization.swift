// SPDX-License-Identifier: Apache-2.0
internal import Inventory
internal import JSON
internal import Specs

/// Which accounts a scan reads besides, or instead of, the caller's own.
package struct AWSAccountOptions: Sendable {
  /// Every active account of the caller's organisation; otherwise those of `accounts`.
  package var isOrganization = false
  /// The role that is assumed in each account but the caller's.
  package var roleName = "OrganizationAccountAccessRole"
  package var externalID: String?
  /// Account ids; of an organisation's, only these.
  package var accounts: [String] = []
  package var excluded: [String] = []
  package var atOnce = 8
  package init() {}

  /// Whether other accounts than the caller's are read.
  package var isUsed: Bool { isOrganization || !accounts.isEmpty }
}

/// How the scan of one account of several ended.
package struct AWSAccountOutcome: Sendable {
  package let id: String
  /// Empty where it is not known.
  package let name: String
  /// Why nothing, or not everything, was read of it; nil where it was.
  package let problem: String?
}

/// A wish that the organisation cannot fulfil, for the person to read.
package struct AWSOrganizationError: Error, Sendable, CustomStringConvertible {
  package let description: String
}

extension AWSCollector {
  struct Account: Sendable {
    let id: String
    let name: String
  }

  /// Whether the caller's account is the management account of an organisation.
  func managesOrganization(_ selection: AWSSelection) async -> Bool {
    guard let model = models["organizations"],
      selection.applied(to: specs).contains(where: { $0.service == "organizations" })
    else { return false }
    // Whether it may ask is told by the account's own row, which asks the same.
    let answer = try? await client.call(
      model, "DescribeOrganization", region: identity.partition.homeRegion, deadline: .now + .seconds(60))
    return answer?["Organization"]?["MasterAccountId"]?.string == identity.account
  }

  /// Collects several accounts, each with the keys of a role in it. An account that cannot be read becomes a gap and
  /// hinders no other.
  ///
  /// - Throws: ``AWSOrganizationError`` where the accounts are not known, ``AWSFailure`` for a region that there is not;
  ///   what the sink throws.
  /// - Returns: the accounts in order of their ids.
  package func scan(
    _ options: AWSScanOptions, accounts wish: AWSAccountOptions, into sink: CollectionSink
  ) async throws -> [AWSAccountOutcome] {
    if let given = options.regions { try await checkRegions(given) }
    let accounts = try await self.accounts(wish)
    var single = options
    single.administersOrganization = wish.isOrganization
    let own = single
    return try await transport.onLoop {
      try await withThrowingTaskGroup(of: AWSAccountOutcome.self) { group in
        var outcomes: [AWSAccountOutcome] = []
        for (index, account) in accounts.enumerated() {
          if index >= wish.atOnce, let outcome = try await group.next() { outcomes.append(outcome) }
          group.addTask {
            account.id == self.identity.account
              ? try await self.scanOwn(account, own, into: sink)
              : try await self.scan(account, options, wish, into: sink)
          }
        }
        for try await outcome in group { outcomes.append(outcome) }
        return outcomes.sorted { $0.id < $1.id }
      }
    }
  }

  private func scanOwn(
    _ account: Account, _ options: AWSScanOptions, into sink: CollectionSink
  ) async throws -> AWSAccountOutcome {
    try await scan(identity, client, options, into: sink)
    return outcome(account, client)
  }

  private func scan(
    _ account: Account, _ options: AWSScanOptions, _ wish: AWSAccountOptions, into sink: CollectionSink
  ) async throws -> AWSAccountOutcome {
    let role = "arn:\(identity.partition.id):iam::\(account.id):role/\(wish.roleName)"
    let (chain, provider) = (chain, provider)
    let keys = CredentialProvider {
      try await chain().assume(
        role: role, with: try await provider.credentials(now: AWSClient.now), session: nil,
        externalID: wish.externalID, origin: "account \(account.id)")
    }
    do {
      _ = try await keys.credentials(now: AWSClient.now)
    } catch {
      let failure =
        (error as? CredentialError)?.failure
        ?? AWSFailure(reason: .accessDenied, code: "NoCredentials", message: String(describing: error))
      let problem = advice(on: failure, role: role)
      sink.gap(
        CoverageGap(
          cloud: "aws", account: account.id, region: "global", service: "sts", operation: "AssumeRole",
          type: "aws::::account", reason: failure.reason, code: failure.code, message: problem,
          permission: failure.reason == .accessDenied ? "sts:AssumeRole" : ""))
      return AWSAccountOutcome(id: account.id, name: account.name, problem: problem)
    }
    var settings = settings
    settings.concurrency = max(4, settings.concurrency * 2 / max(1, wish.atOnce))
    let client = AWSClient(
      transport: transport, credentials: keys, endpoints: endpoints, settings: settings, peer: self.client)
    defer { addCalls(client.callCount) }
    try await scan(
      AWSIdentity(account: account.id, arn: role, partition: identity.partition), client, options, into: sink)
    return outcome(account, client)
  }

  private func outcome(_ account: Account, _ client: AWSClient) -> AWSAccountOutcome {
    AWSAccountOutcome(
      id: account.id, name: account.name,
      problem: client.isExhausted
        ? "it answered with throttling only; scan it again later or with a lower --requests-per-second" : nil)
  }

  /// What was the matter with assuming a role, and what to do about it.
  private func advice(on failure: AWSFailure, role: String) -> String {
    let mend =
      switch failure.reason {
      case .accessDenied:
        "let the role's trust policy name \(identity.arn), name another role with --role-name, or leave the account out "
          + "with --exclude-accounts"
      case .throttled: "scan the account again later"
      default: "scan the account again, or leave it out with --exclude-accounts"
      }
    return "the role \(role) cannot be assumed: \(failure); \(mend)"
  }

  /// The accounts to read.
  private func accounts(_ wish: AWSAccountOptions) async throws -> [Account] {
    let excluded = Set(wish.excluded)
    guard wish.isOrganization else {
      return Set(wish.accounts).subtracting(excluded).sorted().map { Account(id: $0, name: "") }
    }
    let found = try await organizationAccounts()
    let ids = Set(found.map(\.id))
    for id in wish.accounts + wish.excluded where !ids.contains(id) {
      throw AWSOrganizationError(description: "the organisation has no active account \(id)")
    }
    let wanted = Set(wish.accounts)
    return found.filter { (wanted.isEmpty || wanted.contains($0.id)) && !excluded.contains($0.id) }
  }

  private func organizationAccounts() async throws -> [Account] {
    guard let model = models["organizations"] else {
      throw AWSOrganizationError(description: "the content has no operation table for organizations")
    }
    let answer: JSONValue
    do throws(AWSFailure) {
      answer = try await client.whole(
        model, "ListAccounts", input: .emptyObject, region: identity.partition.homeRegion,
        deadline: .now + .seconds(300))
    } catch {
      if error.code == "AWSOrganizationsNotInUseException" {
        throw AWSOrganizationError(
          description: "account \(identity.account) is in no organisation; leave --organization out")
      }
      let mend =
        error.reason == .accessDenied
        ? "; use the management account or a delegated administrator, with organizations:ListAccounts allowed" : ""
      throw AWSOrganizationError(
        description: "account \(identity.account) cannot list the organisation's accounts: \(error)\(mend)")
    }
    return (answer["Accounts"]?.elements.map { $0 } ?? []).compactMap { account in
      // Status goes in 2026; State is its successor.
      let state = (account["State"] ?? account["Status"])?.string
      guard let id = account["Id"]?.string, state == nil || state == "ACTIVE" else { return nil }
      return Account(id: id, name: account["Name"]?.string ?? "")
    }.sorted { $0.id < $1.id }
  }
}
