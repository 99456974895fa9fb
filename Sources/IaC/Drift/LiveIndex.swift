// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// Finds live resources by what states know them by.
struct LiveIndex {
  private let resources: [LiveResource]
  private var byId: [String: [Int]] = [:]
  /// By the last part of the id, which is the name or what AWS made up for it.
  private var byName: [String: [Int]] = [:]

  init(_ resources: [LiveResource]) {
    self.resources = resources
    byId.reserveCapacity(resources.count)
    byName.reserveCapacity(resources.count)
    for (index, resource) in resources.enumerated() {
      byId[Self.form(resource.id), default: []].append(index)
      if let path = DriftNormaliser.googlePath(resource.id) { byId[path, default: []].append(index) }
      byName[Self.lastPart(resource.id), default: []].append(index)
      // Some resources of Google have a number in their full name, and the name that people know in the document.
      let alias = resource.cloud == "gcp" ? resource.document["properties"]?["name"]?.string : nil
      if let alias, alias.hasPrefix("projects/"), DriftNormaliser.googlePath(resource.id) != alias {
        byId[alias, default: []].append(index)
      }
    }
  }

  /// An id as it is compared: those of Azure in lower case.
  static func form(_ id: String) -> String {
    guard id.hasPrefix("/"), !id.hasPrefix("//") else { return id }
    let lower = id.lowercased()
    return lower.hasSuffix("/") ? String(lower.dropLast()) : lower
  }

  static func lastPart(_ id: String) -> String {
    id.lastIndex { $0 == "/" || $0 == ":" }.map { String(id[id.index(after: $0)...]) } ?? id
  }

  /// The live resource that a stated one is.
  func find(_ stated: StatedResource) -> Int? {
    let type = stated.resource?.type
    let names = (stated.resource.map { [$0.id] } ?? []) + stated.names + (stated.resource?.handles ?? [])
    for name in names where name.contains("/") || name.contains(":") {
      if let found = exact(name, type: type) { return found }
    }
    // A bare name tells a resource only among those of its type.
    guard let type else { return nil }
    for name in names where !name.isEmpty && !name.contains("/") && !name.hasPrefix("arn:") {
      if let found = one(byName[name] ?? [], type, stated) { return found }
    }
    return nil
  }

  /// The one resource with an id, and a type where that is known.
  func exact(_ id: String, type: String?) -> Int? {
    for key in [Self.form(id), DriftNormaliser.googlePath(id)] {
      let found = (key.flatMap { byId[$0] } ?? []).filter { type == nil || resources[$0].type == type }
      if found.count == 1 { return found[0] }
    }
    return nil
  }

  /// The one that fits type, account and region; nil where none does, or several.
  private func one(_ candidates: [Int], _ type: String, _ stated: StatedResource) -> Int? {
    let fitting = candidates.filter { index in
      let live = resources[index]
      return live.cloud == stated.cloud && live.type == type
        && (stated.account.isEmpty || live.account.isEmpty || live.account == stated.account)
        && (stated.region.isEmpty || live.cloud != "aws" || ["", "global", stated.region].contains(live.region))
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  /// Live resources that a path of a document names: by id, or by name in the same account.
  func named(_ name: String, beside index: Int, types: Set<String>) -> [Int] {
    guard !name.isEmpty else { return [] }
    let exact = byId[Self.form(name)] ?? DriftNormaliser.googlePath(name).flatMap { byId[$0] } ?? []
    let found = exact.isEmpty && !name.contains("/") && !name.hasPrefix("arn:") ? byName[name] ?? [] : exact
    return found.filter { other in
      other != index && resources[other].account == resources[index].account
        && (types.isEmpty || types.contains(resources[other].type))
    }
  }

  /// The nearest live resource whose id the id lies below.
  func above(_ id: String) -> Int? {
    var rest = Self.form(id)[...]
    while let slash = rest.lastIndex(of: "/"), slash != rest.startIndex {
      rest = rest[..<slash]
      if let found = byId[String(rest)]?.first { return found }
    }
    return nil
  }
}
