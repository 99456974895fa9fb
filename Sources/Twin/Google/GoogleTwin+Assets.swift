// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import KQL

/// Cloud Asset Inventory: list and search.
/// <https://cloud.google.com/asset-inventory/docs/reference/rest>
extension GoogleTwin {
  func assets(_ request: TwinRequest) -> TwinAnswer? {
    guard request.method == "GET" else { return nil }
    let parts = request.path.split(separator: "/").map(String.init)
    guard parts.count >= 3, parts[0].hasPrefix("v1"), ["projects", "folders", "organizations"].contains(parts[1]) else {
      return nil
    }
    if parts.count == 4, parts[3] == "assets" { return list(request, "\(parts[1])/\(parts[2])") }
    guard parts.count == 3, let colon = parts[2].firstIndex(of: ":") else { return nil }
    let scope = "\(parts[1])/\(parts[2][..<colon])"
    switch parts[2][colon...] {
    case ":searchAllResources": return search(request, scope)
    case ":searchAllIamPolicies": return policies(request, scope)
    case ":batchGetAssetsHistory": return history(request, scope)
    default: return nil
    }
  }

  /// Rows that came from the inventory: those that another API was asked for name their parent.
  private func inventory(_ scope: String) -> [JSONValue] {
    rows { row in
      guard row["observed"]?["parent"] == nil else { return false }
      let ancestors = row["observed"]?["ancestors"]?.elements.compactMap(\.string) ?? []
      if ancestors.contains(scope) { return true }
      return scope == "projects/\(row["subscriptionId"]?.string ?? "")"
    }
  }

  private func list(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    // Clients send the name of the content or its number.
    let names = ["CONTENT_TYPE_UNSPECIFIED", "RESOURCE", "IAM_POLICY", "", "ORG_POLICY", "ACCESS_POLICY"]
    let asked = request.parameter("contentType") ?? ""
    let content = Int(asked).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? asked
    let types = Set(request.query.filter { $0.name == "assetTypes" }.map { $0.value.lowercased() })
    let members =
      switch content {
      case "IAM_POLICY": ["iamPolicy"]
      case "ORG_POLICY": ["orgPolicy"]
      case "ACCESS_POLICY": ["accessPolicy", "accessLevel", "servicePerimeter"]
      default: [String]()
      }
    let written = written
    let items = inventory(scope).compactMap { row -> JSONDraft? in
      if !types.isEmpty, !types.contains(row["type"]?.string ?? "") { return nil }
      var asset = Self.head(row, written)
      if content == "RESOURCE" { asset.append(("resource", Self.resource(row))) }
      for member in members {
        guard let value = row["observed"]?[member] else { continue }
        asset.append((member, .value(value)))
      }
      // Other contents have only the assets that they say something of.
      if !members.isEmpty, asset.last.map({ !members.contains($0.key) }) ?? true { return nil }
      return .object(asset)
    }
    return page(
      items, as: "assets", request, size: 100, most: 1000, besides: [("readTime", .string("2026-01-01T00:00:00Z"))])
  }

  /// Times of the last writes, by lower-case ids.
  private var written: [String: Double] {
    Dictionary(estate.changes.filter { $0.cloud == "gcp" }.map { ($0.id.lowercased(), $0.time) }) { $1 }
  }

  private static func text(_ time: Double) -> String {
    DateTime.text(DateTime.unixEpoch + Int64(time * 1e7))
  }

  /// When an asset was last updated; nil where that is not known.
  private static func updated(_ row: JSONValue, _ written: [String: Double]) -> String? {
    written[row["id"]?.string?.lowercased() ?? ""].map(text) ?? row["observed"]?["updateTime"]?.string
  }

  /// The present state of assets, and that of those that are gone.
  private func history(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    let names = request.query.filter { $0.name == "assetNames" }.map(\.value)
    guard (1...100).contains(names.count) else {
      return .google(400, "INVALID_ARGUMENT", "Between 1 and 100 asset names have to be given.")
    }
    let written = written
    let rows = Dictionary(inventory(scope).map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
    var states: [JSONDraft] = []
    for name in names {
      let gone = estate.changes.last { $0.id == name && $0.after == nil }
      guard let row = rows[name] ?? gone?.before else {
        return .google(400, "INVALID_ARGUMENT", "The asset \(name) does not exist.")
      }
      let since = Self.updated(row, written) ?? Self.text(0)
      var asset = Self.head(row, written)
      if request.parameter("contentType") == "RESOURCE" { asset.append(("resource", Self.resource(row))) }
      var state: [(key: String, value: JSONDraft)] = [("window", .object([("startTime", .string(since))]))]
      if rows[name] == nil { state.append(("deleted", .bool(true))) }
      state.append(("asset", .object(asset)))
      states.append(.object(state))
    }
    return TwinAnswer(json: .object([("assets", .array(states))]))
  }

  private static func head(
    _ row: JSONValue, _ written: [String: Double]
  ) -> [(key: String, value: JSONDraft)] {
    var asset: [(key: String, value: JSONDraft)] = [
      ("name", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(assetType(row))),
    ]
    if let ancestors = row["observed"]?["ancestors"] { asset.append(("ancestors", .value(ancestors))) }
    if let time = updated(row, written) { asset.append(("updateTime", .string(time))) }
    return asset
  }

  /// The type as the inventory spells it, where the row remembers.
  private static func assetType(_ row: JSONValue) -> String {
    row["observed"]?["assetType"]?.string ?? row["type"]?.string ?? ""
  }

  private static func resource(_ row: JSONValue) -> JSONDraft {
    var resource: [(key: String, value: JSONDraft)] = [("version", .string("v1"))]
    if let location = row["location"]?.string, !location.isEmpty { resource.append(("location", .string(location))) }
    if let properties = row["properties"], !properties.isNull { resource.append(("data", .value(properties))) }
    return .object(resource)
  }

  private func search(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    let types = Set(request.query.filter { $0.name == "assetTypes" }.map { $0.value.lowercased() })
    let written = written
    var words = (request.parameter("query") ?? "").lowercased().split(separator: " ").map(String.init)
    let bounds = words.compactMap(TimeBound.init)
    words.removeAll { TimeBound($0) != nil }
    let items = inventory(scope).compactMap { row -> JSONDraft? in
      if !types.isEmpty, !types.contains(row["type"]?.string ?? "") { return nil }
      let time = Self.updated(row, written)
      guard bounds.allSatisfy({ $0.holds(time) }) else { return nil }
      let text = "\(row["id"]?.string ?? "") \(row["name"]?.string ?? "")".lowercased()
      guard words.allSatisfy({ word in text.contains(word.split(separator: ":").last ?? "") }) else { return nil }
      var result: [(key: String, value: JSONDraft)] = [
        ("name", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(Self.assetType(row))),
        ("displayName", row["name"].map(JSONDraft.value) ?? .string("")),
        ("location", row["location"].map(JSONDraft.value) ?? .string("global")),
      ]
      let ancestors = row["observed"]?["ancestors"]?.elements.compactMap(\.string) ?? []
      if let project = ancestors.first(where: { $0.hasPrefix("projects/") }) {
        result.append(("project", .string(project)))
      }
      if let organization = ancestors.first(where: { $0.hasPrefix("organizations/") }) {
        result.append(("organization", .string(organization)))
      }
      if let time { result.append(("updateTime", .string(time))) }
      if let labels = row["tags"], labels.count > 0 { result.append(("labels", .value(labels))) }
      return .object(result)
    }
    return page(items, as: "results", request, size: 100, most: 500)
  }

  private func policies(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    let items = inventory(scope).compactMap { row -> JSONDraft? in
      guard let policy = row["observed"]?["iamPolicy"] else { return nil }
      return .object([
        ("resource", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(Self.assetType(row))),
        ("policy", .value(policy)),
      ])
    }
    return page(items, as: "results", request, size: 100, most: 500)
  }
}

/// A bound of a search: `updatetime>=1700000000`, or a date or time in quotes.
private struct TimeBound {
  private let isFrom: Bool
  private let isOpen: Bool
  private let ticks: Int64

  init?(_ word: String) {
    guard word.hasPrefix("updatetime"), let sign = word.dropFirst(10).first, sign == "<" || sign == ">" else {
      return nil
    }
    var rest = word.dropFirst(11)
    isFrom = sign == ">"
    isOpen = rest.first != "="
    if rest.first == "=" { rest.removeFirst() }
    let text = rest.filter { $0 != "\"" }.uppercased()
    if let seconds = Int64(text) {
      ticks = DateTime.unixEpoch + seconds * 10_000_000
    } else if let time = DateTime.parse(text) {
      ticks = time
    } else {
      return nil
    }
  }

  func holds(_ time: String?) -> Bool {
    guard let time = time.flatMap({ DateTime.parse($0) }) else { return false }
    if time == ticks { return !isOpen }
    return isFrom == (time > ticks)
  }
}
