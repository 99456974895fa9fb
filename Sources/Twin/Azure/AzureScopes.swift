// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Synchronization

/// Subscriptions, groups, providers and locks of the estate, made anew after a write: each request asks for them.
final class AzureScopes: Sendable {
  struct Scopes: Sendable {
    /// Names of subscriptions by their ids as they are spelled.
    var subscriptions: [String: String] = [:]
    /// `subscription/group`, in lower case.
    var groups: Set<String> = []
    /// Types by namespace as it is spelled.
    var providers: [String: Set<String>] = [:]
    /// Places of locks, in lower case, and how far they go.
    var locks: [(scope: String, level: String)] = []

    func has(subscription: String) -> Bool { subscriptions.keys.contains { $0.lowercased() == subscription } }
  }
  private let state = Mutex<(generation: Int, scopes: Scopes)>((-1, Scopes()))

  func now(_ estate: TwinEstate) -> Scopes {
    state.withLock { state in
      let generation = estate.generation
      if state.generation != generation { state = (generation, Self.made(estate)) }
      return state.scopes
    }
  }

  private static func made(_ estate: TwinEstate) -> Scopes {
    var scopes = Scopes()
    for document in estate.documents() where document["cloud"]?.string ?? "azure" == "azure" {
      let id = document["id"]?.string ?? ""
      let type = document["type"]?.string ?? ""
      if let subscription = document["subscriptionId"]?.string, !subscription.isEmpty {
        let name = document["name"]?.string ?? subscription
        let isItself = type == "microsoft.resources/subscriptions"
        if isItself || scopes.subscriptions[subscription] == nil {
          scopes.subscriptions[subscription] = isItself ? name : subscription
        }
      }
      let place = ResourcePlace(id)
      if let subscription = place.subscription, let group = place.group {
        scopes.groups.insert("\(subscription)/\(group)")
      }
      guard let path = ResourcePath(id) else { continue }
      scopes.providers[path.namespace, default: []].insert(path.types.joined(separator: "/"))
      if type == "microsoft.authorization/locks" {
        scopes.locks.append((path.scope.lowercased(), document["properties"]?["level"]?.string ?? ""))
      }
    }
    return scopes
  }
}

/// Tenants, subscriptions and providers.
extension AzureTwin {
  /// Nil where the path is about something else.
  func directory(_ request: TwinRequest, _ segments: [String]) -> TwinAnswer? {
    let lower = segments.map { $0.lowercased() }
    let isOfSubscription = lower.count > 1 && lower[0] == "subscriptions"
    if lower == ["tenants"] { return tenants() }
    if lower == ["subscriptions"] { return list(subscriptions, request) }
    if isOfSubscription, !scopes.now(estate).has(subscription: lower[1]) { return Self.noSubscription(segments[1]) }
    // Providers are the same of each subscription.
    let rest = isOfSubscription ? Array(lower.dropFirst(2)) : lower
    if rest == ["providers"] { return list(providers(), request) }
    if rest.count == 2, rest[0] == "providers" { return provider(segments[segments.count - 1]) }
    if rest.count == 3, rest[0] == "providers", ["register", "unregister"].contains(rest[2]), request.method == "POST" {
      return provider(segments[segments.count - 2])
    }
    guard isOfSubscription else { return nil }
    switch rest {
    case []:
      return subscriptions.first { $0["subscriptionId"]?.string?.lowercased() == lower[1] }.map { .init(json: $0) }
    case ["locations"]: return list(locations(lower[1]), request)
    case ["tagnames"]: return list(tagNames(below: "/subscriptions/\(lower[1])/"), request)
    case ["resources"]: return resources(request, below: "/subscriptions/\(lower[1])/")
    case ["resourcegroups"]: return groups(request, below: "/subscriptions/\(lower[1])/")
    default: break
    }
    guard rest.count == 3, rest[0] == "resourcegroups", rest[2] == "resources" else { return nil }
    guard scopes.now(estate).groups.contains("\(lower[1])/\(rest[1])") else { return Self.noGroup(segments[3]) }
    return resources(request, below: "/subscriptions/\(lower[1])/resourcegroups/\(rest[1])/")
  }

  private func tenants() -> TwinAnswer {
    let tenant = JSONDraft.object([
      ("id", .string("/tenants/\(tenant)")), ("tenantId", .string(tenant)), ("displayName", .string("Twin")),
      ("countryCode", .string("NL")), ("tenantCategory", .string("Home")), ("domains", .array([])),
    ])
    return TwinAnswer(json: .object([("value", .array([tenant]))]))
  }

  /// Those of the estate, and those that a resource of it names.
  private var subscriptions: [JSONDraft] {
    let policies = JSONDraft.object([
      ("locationPlacementId", .string("Public_2014-09-01")), ("quotaId", .string("PayAsYouGo_2014-09-01")),
      ("spendingLimit", .string("Off")),
    ])
    return scopes.now(estate).subscriptions.sorted { $0.key < $1.key }.map { id, name in
      .object([
        ("id", .string("/subscriptions/\(id)")), ("authorizationSource", .string("RoleBased")),
        ("managedByTenants", .array([])), ("subscriptionId", .string(id)), ("tenantId", .string(tenant)),
        ("displayName", .string(name)), ("state", .string("Enabled")), ("subscriptionPolicies", policies),
      ])
    }
  }

  /// Where the estate has something.
  private func locations(_ subscription: String) -> [JSONDraft] {
    let names = Set(estate.documents().compactMap { $0["location"]?.string }.filter { !$0.isEmpty && $0 != "global" })
    return names.sorted().map { name in
      .object([
        ("id", .string("/subscriptions/\(subscription)/locations/\(name)")), ("name", .string(name)),
        ("type", .string("Region")), ("displayName", .string(name)), ("regionalDisplayName", .string(name)),
        ("metadata", .object([("regionType", .string("Physical")), ("regionCategory", .string("Recommended"))])),
      ])
    }
  }

  private func tagNames(below prefix: String) -> [JSONDraft] {
    var names: [String: [String: Int64]] = [:]
    for document in estate.documents() where document["id"]?.string?.lowercased().hasPrefix(prefix) == true {
      for (name, value) in document["tags"]?.members.map({ ($0.key.string ?? "", $0.value.string ?? "") }) ?? [] {
        names[name, default: [:]][value, default: 0] += 1
      }
    }
    func count(_ number: Int64) -> JSONDraft { .object([("type", .string("Total")), ("value", .int(number))]) }
    return names.sorted { $0.key < $1.key }.map { name, values in
      .object([
        ("id", .string("\(prefix)tagNames/\(name)")), ("tagName", .string(name)),
        ("count", count(values.values.reduce(0, +))),
        (
          "values",
          .array(
            values.sorted { $0.key < $1.key }.map { .object([("tagValue", .string($0)), ("count", count($1))]) })
        ),
      ])
    }
  }

  /// Resources of any type, as `/resources` lists them: without their properties. Those that are settings of others have
  /// a list of their own.
  private func resources(_ request: TwinRequest, below prefix: String) -> TwinAnswer {
    let expanded = Set((request.parameter("$expand") ?? "").split(separator: ",").map(String.init))
    let found = estate.documents { document in
      guard let id = document["id"]?.string, id.lowercased().hasPrefix(prefix), let path = ResourcePath(id),
        path.providers == 1, ResourcePlace(id).group != nil, estate.table(of: document) == "resources"
      else { return false }
      let isOwn = path.isTopLevel || document["location"]?.string?.isEmpty == false
      return isOwn && !["microsoft.authorization", "microsoft.resources"].contains(path.namespace.lowercased())
    }
    return filtered(found, request) { row in
      var item = Self.item(row).thawed().filter { !["properties", "etag"].contains($0.key) }
      let properties = row["properties"]
      for (name, value) in [
        ("createdTime", properties?["creationTime"]?.string), ("changedTime", properties?["changedTime"]?.string),
        ("provisioningState", properties?["provisioningState"]?.string ?? "Succeeded"),
      ] where expanded.contains(name) { item.append((name, .string(value ?? "2026-01-01T00:00:00Z"))) }
      return .object(item)
    }
  }

  private func groups(_ request: TwinRequest, below prefix: String) -> TwinAnswer {
    let found = estate.documents(ofType: "microsoft.resources/subscriptions/resourcegroups").filter {
      $0["id"]?.string?.lowercased().hasPrefix(prefix) == true
    }
    return filtered(found, request) { Self.item($0) }
  }

  /// Providers that the estate has resources of, with every version: clients look for one they know.
  private func providers() -> [JSONDraft] {
    let all = scopes.now(estate).providers.merging(Self.common) { $0.union($1) }
    return all.sorted { $0.key < $1.key }.map { Self.provider($0.key, $0.value) }
  }

  private func provider(_ name: String) -> TwinAnswer {
    let known = scopes.now(estate).providers.merging(Self.common) { $0.union($1) }.filter {
      $0.key.lowercased() == name.lowercased()
    }
    let types = known.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    return TwinAnswer(json: Self.provider(known.keys.min() ?? name, types))
  }

  /// What the commonest providers have whether or not the estate has one: clients look a type up before they make one.
  private static let common: [String: Set<String>] = [
    "Microsoft.Authorization": ["locks", "policyAssignments", "roleAssignments", "roleDefinitions"],
    "Microsoft.Compute": ["disks", "snapshots", "virtualMachines", "virtualMachineScaleSets"],
    "Microsoft.Insights": ["actionGroups", "activityLogAlerts", "diagnosticSettings"],
    "Microsoft.KeyVault": ["vaults"],
    "Microsoft.ManagedIdentity": ["userAssignedIdentities"],
    "Microsoft.Network": [
      "applicationGateways", "loadBalancers", "networkInterfaces", "networkSecurityGroups", "networkWatchers",
      "privateEndpoints", "publicIPAddresses", "routeTables", "virtualNetworks",
    ],
    "Microsoft.Resources": ["deployments", "resourceGroups", "subscriptions", "tags"],
    "Microsoft.Sql": ["servers", "servers/databases", "servers/firewallRules"],
    "Microsoft.Storage": [
      "storageAccounts", "storageAccounts/blobServices", "storageAccounts/blobServices/containers",
    ],
    "Microsoft.Web": ["serverfarms", "sites", "sites/config"],
  ]

  private static func provider(_ name: String, _ types: Set<String>) -> JSONDraft {
    let versions = [
      "2025-01-01", "2024-07-01", "2024-01-01", "2023-07-01", "2023-05-01", "2023-01-01", "2022-09-01", "2021-04-01",
    ]
    return .object([
      ("id", .string("/providers/\(name)")), ("namespace", .string(name)),
      ("registrationState", .string("Registered")), ("registrationPolicy", .string("RegistrationRequired")),
      (
        "resourceTypes",
        .array(
          types.sorted().map { type in
            .object([
              ("resourceType", .string(type)), ("locations", .array([])),
              ("apiVersions", .array(versions.map(JSONDraft.string))), ("defaultApiVersion", .string(versions[0])),
            ])
          })
      ),
    ])
  }

  static func noSubscription(_ id: String) -> TwinAnswer {
    .azure(404, "SubscriptionNotFound", "The subscription '\(id)' could not be found.")
  }

  static func noGroup(_ name: String) -> TwinAnswer {
    .azure(404, "ResourceGroupNotFound", "Resource group '\(name)' could not be found.")
  }
}
