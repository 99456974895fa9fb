// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Synchronization

/// The accounts of an estate, and whose a key is.
final class AWSAccounts: Sendable {
  private struct Known {
    var generations: [Int] = []
    /// The generation of the users that the keys are of.
    var users = 0
    var keysOf: [String: [String]] = [:]
    var home = ""
    var accounts: Set<String> = []
    var partitions: [String: String] = [:]
    var keys: [String: (caller: AWSCaller, isActive: Bool)] = [:]

    mutating func take(_ user: JSONValue) {
      let arn = user["id"]?.string ?? ""
      for id in keysOf[arn] ?? [] { keys[id] = nil }
      keysOf[arn] = []
      for key in user["observed"]?["AccessKeys"]?.elements ?? JSONValue.null.elements {
        guard let id = key["AccessKeyId"]?.string else { continue }
        let caller = AWSCaller(
          account: user["subscriptionId"]?.string ?? home, arn: arn,
          userID: user["observed"]?["UserId"]?.string ?? id, region: "")
        keys[id] = (caller, key["Status"]?.string != "Inactive")
        keysOf[arn]?.append(id)
      }
    }
  }

  private let estate: TwinEstate
  private let known = Mutex(Known())
  private static let account = "aws::::account"
  private static let member = "aws::organizations::account"
  private static let user = "aws::iam::user"
  private static let nobody = "123456789012"

  init(_ estate: TwinEstate) { self.estate = estate }

  /// What the estate says now, made anew where it was changed.
  private func current<R>(_ body: (Known) -> R) -> R {
    let generations = [Self.account, Self.member].map { estate.generation(ofType: $0) }
    let users = estate.generation(ofType: Self.user)
    return known.withLock { known in
      if known.generations != generations { known = read(generations) }
      if known.users != users {
        let written = estate.written(ofType: Self.user, since: known.users)
        if written == nil { (known.keys, known.keysOf) = ([:], [:]) }
        for user in written ?? estate.documents(ofType: Self.user) { known.take(user) }
        known.users = users
      }
      return body(known)
    }
  }

  private func read(_ generations: [Int]) -> Known {
    var known = Known()
    known.generations = generations
    let rows = estate.documents(ofType: Self.account)
    for row in rows {
      guard let account = row["subscriptionId"]?.string, !account.isEmpty else { continue }
      known.accounts.insert(account)
      let parts = (row["id"]?.string ?? "").split(separator: ":", omittingEmptySubsequences: false)
      known.partitions[account] = parts.count > 1 ? String(parts[1]) : "aws"
      let manager = row["observed"]?["Organization"]?["ManagementAccountId"]?.string
      if known.home.isEmpty || manager == account { known.home = account }
    }
    if known.home.isEmpty {
      let own = estate.documents { row in
        row["type"]?.string?.hasPrefix("aws::") == true && row["subscriptionId"]?.string?.isEmpty == false
      }
      known.home = own.first?["subscriptionId"]?.string ?? Self.nobody
      for row in own { known.accounts.insert(row["subscriptionId"]?.string ?? "") }
    }
    known.accounts.insert(known.home)
    for row in estate.documents(ofType: Self.member) {
      if let account = row["properties"]?["AccountId"]?.string { known.accounts.insert(account) }
    }
    return known
  }

  /// The account of keys that belong to no other: the organisation's management account, else the first one.
  var home: String { current { $0.home } }

  /// Whether the estate has anything of an account, or its organisation says that there is one.
  func has(_ account: String) -> Bool { current { $0.accounts.contains(account) } }

  func partition(of account: String) -> String {
    current { $0.partitions[account] ?? $0.partitions[$0.home] ?? "aws" }
  }

  var anonymous: AWSCaller { AWSCaller(account: home, arn: "", userID: "", region: "us-east-1") }

  /// Whose an access key is; nil for an account that is not there and for a key that was switched off.
  func caller(_ accessKey: String, region: String) -> AWSCaller? {
    if accessKey.count == 12, accessKey.allSatisfy(\.isNumber) {
      return has(accessKey) ? root(accessKey, region) : nil
    }
    guard let found = current({ $0.keys[accessKey] }) else { return root(home, region) }
    let caller = found.caller
    return found.isActive
      ? AWSCaller(account: caller.account, arn: caller.arn, userID: caller.userID, region: region) : nil
  }

  private func root(_ account: String, _ region: String) -> AWSCaller {
    AWSCaller(
      account: account, arn: "arn:\(partition(of: account)):iam::\(account):root", userID: account, region: region)
  }
}
