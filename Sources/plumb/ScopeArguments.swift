// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Collectors
import JSON

/// Options of a scan that choose a part of what there is, in every cloud.
struct ScopeArguments: ParsableArguments {
  @Option(
    help: """
      Regions or locations to read, separated by commas: eu-west-1, westeurope, europe-west1. What is in no region is \
      read too. Default: those enabled for an account of AWS, all elsewhere.
      """)
  var regions: String?
  @Option(
    help: """
      Accounts to read, separated by commas: ids of AWS, of the organisation or by themselves; ids or names of Azure's \
      subscriptions, and its tenant's id for the directory; ids or numbers of Google's projects.
      """)
  var accounts: String?
  @Option(help: "Accounts, subscriptions and projects to leave out.") var excludeAccounts: String?
  @Option(
    help: """
      Services (s3, sql, compute) and types (aws::s3::bucket, microsoft.sql/servers) to read, separated by commas; what \
      a type is listed for is read with it. Of several clouds each takes the names that it has. Default: all.
      """)
  var only: String?
  @Option(help: "Services and types to leave out.") var exclude: String?
}

/// The names by which each cloud lets choose.
struct ChoiceNames {
  var aws: Set<String>
  var others: [String: TypeNames]

  func has(_ name: String, _ cloud: String) -> Bool {
    cloud == "aws" ? aws.contains(name) : others[cloud]?.knows(name) ?? false
  }

  func nearest(to name: String, _ clouds: [String]) -> String? {
    let all = clouds.flatMap { $0 == "aws" ? Array(aws) : others[$0]?.all ?? [] }
    return Spelling.nearest(to: name, in: Set(all).sorted())
  }
}

extension ScopeArguments {
  /// What is chosen of each of the clouds.
  ///
  /// - Parameter standard: regions of the configuration, for where the command line names none.
  func choices(_ clouds: [String], _ names: ChoiceNames, standard: [String]) throws -> [String: ScanChoice] {
    var choices = Dictionary(uniqueKeysWithValues: clouds.map { ($0, ScanChoice()) })
    func add(
      _ list: [String], _ option: String, _ part: WritableKeyPath<ScanChoice, [String]>,
      _ fits: (String, String) throws -> Bool
    ) throws {
      for name in list {
        for cloud in clouds where try fits(name, cloud) { choices[cloud]?[keyPath: part].append(name) }
      }
      // Whoever says what to read, and names nothing of a cloud, has asked for that cloud in vain.
      let isRead = ["--only", "--accounts", "--regions"].contains(option)
      if isRead, !list.isEmpty, let idle = clouds.first(where: { choices[$0]?[keyPath: part].isEmpty ?? true }) {
        throw UsageError("\(option) names nothing of \(idle): name something of it too, or scan it by itself")
      }
    }
    for (text, option, part) in [(only, "--only", \ScanChoice.only), (exclude, "--exclude", \ScanChoice.except)] {
      let list = try Self.list(text, option).flatMap { $0.split(separator: " ").map { $0.lowercased() } }
      for name in list where !clouds.contains(where: { names.has(name, $0) }) {
        let hint = names.nearest(to: name, clouds).map { "; did you mean '\($0)'?" } ?? ""
        throw UsageError("\(option): there is no service or type '\(name)'\(hint)")
      }
      try add(list, option, part, names.has)
    }
    for (text, option, part) in [
      (accounts, "--accounts", \ScanChoice.accounts),
      (excludeAccounts, "--exclude-accounts", \ScanChoice.exceptAccounts),
    ] {
      let list = try Self.list(text, option).flatMap(Self.ids)
      for name in list where !clouds.contains(where: { Self.isAccount(name, $0) }) {
        let what =
          clouds == ["aws"] ? "account id; one has twelve digits" : "account of \(clouds.joined(separator: ", "))"
        throw UsageError("\(option): '\(name)' is no \(what)")
      }
      try add(list, option, part, Self.isAccount)
    }
    if let regions {
      do {
        try add(try Settings.regions(regions, clouds), "--regions", \.regions) { CloudRegion.cloud(of: $0) == $1 }
      } catch let error as UsageError {
        throw error.description.hasPrefix("--") ? error : UsageError("--regions: \(error)")
      }
    } else {
      // The configuration is for every scan: a cloud that it names nothing of is read whole.
      for cloud in clouds { choices[cloud]?.regions = standard.filter { CloudRegion.cloud(of: $0) == cloud } }
    }
    return choices
  }

  /// Names between commas; those of Azure's subscriptions may have spaces.
  private static func list(_ text: String?, _ option: String) throws -> [String] {
    guard let text else { return [] }
    let names = text.split(separator: ",").map { $0.trimming { $0 == " " } }.filter { !$0.isEmpty }
    guard !names.isEmpty else { throw UsageError("\(option) names nothing") }
    return names
  }

  /// Ids of AWS may be set apart by spaces as well.
  private static func ids(_ name: String) -> [String] {
    let parts = name.split(separator: " ").map(String.init)
    return parts.allSatisfy { isAccount($0, "aws") } ? parts : [name]
  }

  private static func isAccount(_ name: String, _ cloud: String) -> Bool {
    let isNumber = !name.isEmpty && name.utf8.allSatisfy { $0 &- 0x30 < 10 }
    switch cloud {
    case "aws": return isNumber && name.utf8.count == 12
    case "gcp":
      let bare = name.hasPrefix("projects/") ? name.dropFirst(9) : name[...]
      return isNumber || bare.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || [0x2D, 0x2E, 0x3A].contains($0) }
    default: return !isNumber && !name.hasPrefix("projects/")
    }
  }
}

extension String.SubSequence {
  fileprivate func trimming(_ isBlank: (Character) -> Bool) -> String {
    var text = drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}

/// Which cloud a region is of, by its form: `eu-west-1`, `westeurope`, `europe-west1`.
enum CloudRegion {
  static func cloud(of name: String) -> String? {
    func isDigits(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 &- 0x30 < 10 } }
    func isWord(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 &- 0x61 < 26 } }
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard let last = parts.last, let first = parts.first else { return nil }
    if parts.count >= 3, isDigits(last), parts.dropLast().allSatisfy(isWord) { return "aws" }
    /// Letters with digits after them.
    func isNumbered(_ text: Substring) -> Bool {
      let word = text.prefix { $0.isLetter }
      return isWord(word) && isDigits(text.dropFirst(word.count))
    }
    if parts.count == 2, isWord(first), isNumbered(last) { return "gcp" }
    if parts.count == 3, isWord(first), isNumbered(parts[1]), last.count == 1, isWord(last) { return "gcp" }
    guard parts.count == 1 else { return nil }
    // Google's places of several regions: eu, us, asia, nam4, eur4, asia1.
    if ["eu", "us", "asia"].contains(name) || (name.count <= 5 && isNumbered(first)) { return "gcp" }
    return name.count >= 6 && (isWord(first) || isNumbered(first)) ? "azure" : nil
  }

  /// What a region is called in each cloud.
  static let words = [
    "aws": "AWS region", "azure": "Azure location", "gcp": "Google Cloud location",
  ]
  static let examples = ["aws": "eu-west-1", "azure": "westeurope", "gcp": "europe-west1"]
}
