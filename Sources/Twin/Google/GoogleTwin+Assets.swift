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

  /// Rows that came from the inventory, below a scope and of the types asked for; nil where there is no such scope. Those
  /// that another API was asked for name their parent.
  private func inventory(_ request: TwinRequest, _ scope: String) -> [JSONValue]? {
    let patterns = request.query.filter { $0.name == "assetTypes" }.map {
      $0.value.lowercased().split(separator: ".*", omittingEmptySubsequences: false).joined(separator: "*")
    }
    var isThere = false
    let found = rows { row in
      let ancestors = row["observed"]?["ancestors"]?.elements.contains { $0.string == scope } ?? false
      guard ancestors || scope == "projects/\(row["subscriptionId"]?.string ?? "")" else { return false }
      isThere = true
      guard row["observed"]?["parent"] == nil else { return false }
      let type = row["type"]?.string ?? ""
      return patterns.isEmpty || patterns.contains { GoogleQuery.matches(type, $0) }
    }
    return isThere ? found : nil
  }

  private static var noScope: TwinAnswer {
    .google(403, "PERMISSION_DENIED", "The caller does not have permission on the scope, or it does not exist.")
  }

  private func list(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    // Clients send the name of the content or its number.
    let names = ["CONTENT_TYPE_UNSPECIFIED", "RESOURCE", "IAM_POLICY", "", "ORG_POLICY", "ACCESS_POLICY"]
    let asked = request.parameter("contentType") ?? ""
    let content = Int(asked).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? asked
    let members =
      switch content {
      case "IAM_POLICY": ["iamPolicy"]
      case "ORG_POLICY": ["orgPolicy"]
      case "ACCESS_POLICY": ["accessPolicy", "accessLevel", "servicePerimeter"]
      default: [String]()
      }
    guard var found = inventory(request, scope) else { return Self.noScope }
    // Other contents have only the assets that they say something of.
    if !members.isEmpty { found = found.filter { row in members.contains { row["observed"]?[$0] != nil } } }
    let written = written
    return page(
      found, as: "assets", request, size: 100, most: 1000, besides: [("readTime", .string("2026-01-01T00:00:00Z"))]
    ) { row in
      var asset = Self.head(row, written)
      if content == "RESOURCE" { asset.append(("resource", Self.resource(row))) }
      for member in members {
        if let value = row["observed"]?[member] { asset.append((member, .value(value))) }
      }
      return .object(asset)
    }
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
    guard let found = inventory(request, scope) else { return Self.noScope }
    let rows = Dictionary(found.map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
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
    var words = (request.parameter("query") ?? "").split(separator: " ").map(String.init)
    let bounds = words.compactMap { TimeBound($0.lowercased()) }
    words.removeAll { TimeBound($0.lowercased()) != nil }
    guard let query = GoogleQuery(words.joined(separator: " ")) else {
      return .google(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
    }
    guard let found = inventory(request, scope) else { return Self.noScope }
    let written = written
    let matching = found.filter { row in
      bounds.allSatisfy { $0.holds(Self.updated(row, written)) } && query.holds { Self.texts(row, $0) }
    }
    return page(matching, as: "results", request, size: 100, most: 500) { row in
      var result = Self.result(row)
      if let time = Self.updated(row, written) { result.append(("updateTime", .string(time))) }
      return .object(result)
    }
  }

  /// What a search may find in a field of a row.
  private static func texts(_ row: JSONValue, _ field: String) -> [String] {
    let steps = field.split(separator: ".").map(String.init)
    switch steps.first {
    case nil:
      let labels = row["tags"]?.members.flatMap { [$0.key.string, $0.value.string] } ?? []
      return [row["id"]?.string, row["name"]?.string, row["location"]?.string].compactMap(\.self)
        + labels.compactMap(\.self)
    case "name": return [row["id"]?.string].compactMap(\.self)
    case "displayName": return [row["name"]?.string].compactMap(\.self)
    case "assetType": return [assetType(row)]
    case "labels":
      let labels = row["tags"]
      if steps.count > 1 { return [labels?[steps.dropFirst().joined(separator: ".")]?.string].compactMap(\.self) }
      return labels?.members.compactMap { $0.key.string } ?? []
    case "project", "folders", "organization":
      return row["observed"]?["ancestors"]?.elements.compactMap(\.string) ?? []
    case .some(let name):
      return [row[name]?.string ?? row["properties"]?[name]?.string].compactMap(\.self)
    }
  }

  private static func result(_ row: JSONValue) -> [(key: String, value: JSONDraft)] {
    var result: [(key: String, value: JSONDraft)] = [
      ("name", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(assetType(row))),
      ("displayName", row["name"].map(JSONDraft.value) ?? .string("")),
      ("location", row["location"].map(JSONDraft.value) ?? .string("global")),
    ]
    let ancestors = row["observed"]?["ancestors"]?.elements.compactMap(\.string) ?? []
    let folders = ancestors.filter { $0.hasPrefix("folders/") }.map(JSONDraft.string)
    if let project = ancestors.first(where: { $0.hasPrefix("projects/") }) {
      result.append(("project", .string(project)))
    }
    if !folders.isEmpty { result.append(("folders", .array(folders))) }
    if let organization = ancestors.first(where: { $0.hasPrefix("organizations/") }) {
      result.append(("organization", .string(organization)))
    }
    if let labels = row["tags"], labels.count > 0 { result.append(("labels", .value(labels))) }
    if let state = row["properties"]?["status"]?.string ?? row["properties"]?["lifecycleState"]?.string {
      result.append(("state", .string(state)))
    }
    return result
  }

  private func policies(_ request: TwinRequest, _ scope: String) -> TwinAnswer {
    guard let query = GoogleQuery(request.parameter("query") ?? "") else {
      return .google(400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
    }
    guard let found = inventory(request, scope) else { return Self.noScope }
    let matching = found.filter { row in
      guard let bindings = row["observed"]?["iamPolicy"]?["bindings"] else { return false }
      let roles = bindings.elements.compactMap { $0["role"]?.string }
      let members = bindings.elements.flatMap { $0["members"]?.elements.compactMap(\.string) ?? [] }
      return query.holds { field in
        switch field {
        case "policy": roles + members
        case "roles": roles
        case "memberTypes": members.map { String($0.prefix { $0 != ":" }) }
        case "resource": [row["id"]?.string ?? ""]
        case "": roles + members + [row["id"]?.string ?? ""]
        default: Self.texts(row, field)
        }
      }
    }
    return page(matching, as: "results", request, size: 100, most: 500) { row in
      var result: [(key: String, value: JSONDraft)] = [
        ("resource", row["id"].map(JSONDraft.value) ?? .string("")), ("assetType", .string(Self.assetType(row))),
      ]
      result += Self.result(row).filter { ["project", "folders", "organization"].contains($0.key) }
      if let policy = row["observed"]?["iamPolicy"] { result.append(("policy", .value(policy))) }
      return .object(result)
    }
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
