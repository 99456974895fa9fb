// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Ids of projects by their numbers: assets name their project by either.
struct ProjectNames: Sendable {
  private var ids: [Substring: String] = [:]
  /// Ids and numbers of projects to leave out.
  let excluded: Set<String>
  /// Types that came, by account.
  var seen: [String: Set<String>] = [:]
  /// All assets have come: a number that no project explained stands for itself.
  var isComplete = false

  init(excluded: Set<String> = []) { self.excluded = excluded }

  func isExcluded(_ asset: JSONValue, _ account: String) -> Bool {
    if excluded.isEmpty { return false }
    if excluded.contains(account) { return true }
    let project = asset["ancestors"]?.elements.lazy.compactMap(\.string).first { $0.hasPrefix("projects/") }
    return project.map { excluded.contains(String($0.dropFirst(9))) } ?? false
  }

  mutating func learn(_ asset: JSONValue) {
    guard asset["assetType"]?.string == "cloudresourcemanager.googleapis.com/Project",
      let data = asset["resource"]?["data"],
      let id = data["projectId"]?.string
    else { return }
    // Version 1 of the API has the number as a member, version 3 as the name.
    let number = data["projectNumber"].flatMap { $0.string ?? $0.numberLiteral } ?? asset["name"]?.string ?? ""
    ids[number.split(separator: "/").last ?? ""] = id
    if let name = data["name"]?.string, name.hasPrefix("projects/") { ids[name.dropFirst(9)] = id }
    if let last = asset["ancestors"]?.elements.lazy.compactMap(\.string).first, last.hasPrefix("projects/") {
      ids[last.dropFirst(9)] = id
    }
  }

  /// The project of an asset, else the folder or organisation that it is directly in; nil while that is not known.
  func account(of asset: JSONValue) -> String? {
    let name = asset["name"]?.string ?? ""
    var found: Substring?
    if let range = name.firstRange(of: "/projects/") {
      found = name[range.upperBound...].prefix { $0 != "/" }
    } else if let first = asset["ancestors"]?.elements.lazy.compactMap(\.string).first {
      guard first.hasPrefix("projects/") else { return first }
      found = Substring(first.dropFirst(9))
    }
    guard let found else { return isComplete ? "" : nil }
    guard found.allSatisfy(\.isNumber) else { return String(found) }
    return ids[found] ?? (isComplete ? String(found) : nil)
  }
}
