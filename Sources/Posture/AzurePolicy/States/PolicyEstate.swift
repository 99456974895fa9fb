// SPDX-License-Identifier: Apache-2.0
package import Inventory
package import JSON

/// The documents that policies judge, found by id, by type, and by what they stand under.
package struct PolicyEstate: Sendable {
  /// One document: the row of `resources`, or what code before its deployment says.
  package struct Resource: Sendable {
    /// As the language sees it, with what of it is not known.
    var subject: PolicySubject
    package let id: String
    /// In lower case, as all below.
    let key: String
    package let type: String
    let location: String
    let subscription: String
    let group: String
    /// The group that it lies in, else its subscription, else itself.
    let place: String
    /// Whether the type has tags and a location, as far as the document tells.
    let isIndexed: Bool
    /// Whether it is a resource, and no finding, assignment or the like, which only rules that name the type are about.
    let isTracked: Bool

    package var document: JSONValue { subject.resource }
  }

  private static let containers: Set<String> = [
    "microsoft.resources/subscriptions", "microsoft.resources/subscriptions/resourcegroups",
    "microsoft.resources/resourcegroups",
  ]

  package private(set) var resources: [Resource] = []
  package private(set) var groups = ManagementGroups()
  /// Numbers of resources by type and by place: the parent's id, the group's or the subscription's.
  private var byPlace: [String: [String: [Int32]]] = [:]
  private var byKey: [String: Int32] = [:]
  private var types: Set<String> = []
  private var tracked: [String: Bool] = [:]
  /// Types that were read whole, by subscription; nil where all that there is was given.
  private var covered: Set<String>?
  /// Why resources of a type under a resource are not known, by `TYPE ID`.
  private var unread: [String: String] = [:]

  package var count: Int { resources.count }

  /// An estate of documents that are all there is.
  package init(documents: some Sequence<JSONValue>, groups: ManagementGroups = ManagementGroups()) {
    self.groups = groups
    for document in documents { add(document, isWhole: true) }
    index()
  }

  /// An estate of documents before their deployment, beside what is there already.
  package init(_ documents: PolicyDocuments, beside rest: some Sequence<JSONValue> = EmptyCollection()) {
    groups = ManagementGroups(rows: rest)
    for entry in documents.entries {
      let known = resources.count
      add(entry.document, isWhole: true)
      if resources.count > known {
        resources[known].subject.gaps = entry.unknown.map { ($0.path.lowercased(), $0.reason) }
      }
    }
    let given = Set(resources.map(\.key))
    for document in rest where !given.contains(AzureScope.normalized(document["id"]?.string ?? "")) {
      add(document, isWhole: false)
    }
    index()
  }

  /// What the store knows of Azure at one instant.
  package init(_ snapshot: Snapshot) {
    var rows: [JSONValue] = []
    for index in snapshot.states.indices where snapshot.states[index].scope.cloud == "azure" {
      let (state, document) = (snapshot.states[index], snapshot.documents.root(at: index))
      // What Microsoft Graph and other services tell has no id of Resource Manager.
      guard document["id"]?.string?.hasPrefix("/") ?? false else { continue }
      rows.append(document)
      add(document, isWhole: false)
      guard let last = resources.indices.last else { continue }
      for gap in state.gaps {
        for path in gap.paths.isEmpty ? [""] : gap.paths {
          resources[last].subject.gaps.append((path.lowercased(), gap.reason))
        }
      }
      if !state.isRefreshed { resources[last].subject.gaps.append(("", "the newest scan could not read it")) }
    }
    groups = ManagementGroups(rows: rows)
    index()
    var failed: Set<String> = []
    for gap in snapshot.gaps where gap.cloud == "azure" {
      let reason = "\(gap.operation) failed (\(gap.reason.rawValue))"
      let key = AzureScope.normalized(gap.resourceId)
      if key.isEmpty {
        failed.insert("\(gap.type) \(gap.account.lowercased())")
      } else if let number = byKey[key], resources[Int(number)].type == gap.type || gap.type.isEmpty {
        for path in gap.paths.isEmpty ? [""] : gap.paths {
          resources[Int(number)].subject.gaps.append((path.lowercased(), reason))
        }
      } else {
        // A list of what stands under a resource.
        unread["\(gap.type) \(key)"] = reason
      }
    }
    var covered: Set<String> = []
    for scope in snapshot.covered where scope.cloud == "azure" && scope.type != Scope.everyType {
      let name = "\(scope.type) \(scope.account.lowercased())"
      if !failed.contains(name) { covered.insert(name) }
    }
    self.covered = covered
  }

  private mutating func add(_ document: JSONValue, isWhole: Bool) {
    guard let type = document.member(ignoringCase: "type")?.string?.lowercased() else { return }
    let id = document.member(ignoringCase: "id")?.string ?? ""
    let key = AzureScope.normalized(id)
    let location = ResourceSelector.location(document.member(ignoringCase: "location")?.string ?? "")
    let tags = document.member(ignoringCase: "tags")
    // A document that was written by hand for a test may leave its location out.
    let isTopLevel =
      isWhole && type.split(separator: "/").count == 2 && document.member(ignoringCase: "location") == nil
    let isTracked =
      tracked[type] ?? ["resources", "resourcecontainers"].contains(ResourceGraphTable.name(of: type))
    tracked[type] = isTracked
    let subscription =
      AzureScope.subscription(of: key) ?? document["subscriptionId"]?.string?.lowercased() ?? ""
    let group = AzureScope.resourceGroup(of: key) ?? document["resourceGroup"]?.string?.lowercased() ?? ""
    let place =
      subscription.isEmpty
      ? key
      : group.isEmpty ? "/subscriptions/\(subscription)" : "/subscriptions/\(subscription)/resourcegroups/\(group)"
    resources.append(
      Resource(
        subject: PolicySubject(document), id: id, key: key, type: type, location: location,
        subscription: subscription, group: group, place: place,
        isIndexed: !Self.containers.contains(type)
          && (!location.isEmpty || tags.map { !$0.isNull } ?? false || isTopLevel), isTracked: isTracked))
  }

  private mutating func index() {
    for (number, resource) in resources.enumerated() {
      let number = Int32(truncatingIfNeeded: number)
      if !resource.key.isEmpty { byKey[resource.key] = number }
      types.insert(resource.type)
      for place in Self.places(resource.key, subscription: resource.subscription, group: resource.group) {
        byPlace[resource.type, default: [:]][place, default: []].append(number)
      }
    }
  }

  /// What a resource may be looked for under: its parent, its group, its subscription, each once.
  private static func places(_ key: String, subscription: String, group: String) -> Set<String> {
    var places: Set<String> = ["/subscriptions/\(subscription)"]
    if !group.isEmpty { places.insert("/subscriptions/\(subscription)/resourcegroups/\(group)") }
    if let parent = AzureScope.parent(of: key) { places.insert(parent) }
    return places
  }

  // MARK: Looking up

  /// The resources of a type directly under a place, both in lower case.
  func resources(ofType type: String, under place: String) -> [Int32] { byPlace[type]?[place] ?? [] }

  package func resource(_ id: String) -> Resource? { byKey[AzureScope.normalized(id)].map { resources[Int($0)] } }

  func number(of id: String) -> Int? { byKey[AzureScope.normalized(id)].map(Int.init) }

  /// Whether a resource is one that policies judge at all: of what makes up Resource Manager itself only groups and
  /// subscriptions are.
  static func isJudged(_ type: String) -> Bool { !type.hasPrefix("microsoft.resources/") || containers.contains(type) }

  /// The type that an id is of, in lower case: `microsoft.sql/servers/databases`.
  func type(ofId key: String) -> String? {
    if let number = byKey[key] { return resources[Int(number)].type }
    let parts = key.split(separator: "/")
    guard let provider = parts.lastIndex(of: "providers"), provider + 2 < parts.count else { return nil }
    let names = stride(from: provider + 2, to: parts.count, by: 2).map { String(parts[$0]) }
    return ([String(parts[provider + 1])] + names).joined(separator: "/")
  }

  /// What the resource of an id may be looked for under.
  func places(ofId key: String) -> Set<String> {
    Self.places(
      key, subscription: AzureScope.subscription(of: key) ?? "", group: AzureScope.resourceGroup(of: key) ?? "")
  }

  /// The row of a resource group or a subscription.
  func container(subscription: String, group: String? = nil) -> JSONValue? {
    let id = "/subscriptions/\(subscription)" + (group.map { "/resourcegroups/\($0)" } ?? "")
    return byKey[id].map { resources[Int($0)].document }
  }

  /// Types of which every resource belongs to another that it is an extension of.
  private static let extensions: Set<String> = [
    "microsoft.insights/diagnosticsettings", "microsoft.insights/datacollectionruleassociations",
    "microsoft.guestconfiguration/guestconfigurationassignments", "microsoft.authorization/locks",
    "microsoft.security/advancedthreatprotectionsettings", "microsoft.security/defenderforstoragesettings",
    "microsoft.maintenance/configurationassignments", "microsoft.policyinsights/remediations",
  ]

  /// Finds what an IfNotExists effect looks for.
  func related(_ request: RelatedRequest, to resource: Resource) -> RelatedAnswer {
    let type = request.type.lowercased()
    if let covered, !types.contains(type), !covered.contains("\(type) \(resource.subscription)") {
      return .unknown("no \(request.type) was collected")
    }
    if !unread.isEmpty, let reason = unread["\(type) \(resource.key)"] { return .unknown(reason) }
    let isBelow = type.utf8.count > resource.type.utf8.count && type.hasPrefix(resource.type + "/")
    let hasOwnPlace = request.scope != nil || request.resourceGroupName != nil
    if !hasOwnPlace, isBelow || Self.extensions.contains(type) {
      let direct = resources(ofType: type, under: resource.key)
      guard direct.isEmpty, isBelow else { return subjects(direct) }
      // Grandchildren stand under children.
      return subjects(
        resources(ofType: type, under: resource.place).filter { resources[Int($0)].key.hasPrefix(resource.key + "/") })
    }
    if request.scope == .subscription || resource.type == "microsoft.resources/subscriptions" {
      return subjects(resources(ofType: type, under: "/subscriptions/\(resource.subscription)"))
    }
    if let group = request.resourceGroupName {
      let place = "/subscriptions/\(resource.subscription)/resourcegroups/\(group.lowercased())"
      return subjects(resources(ofType: type, under: place))
    }
    return subjects(resources(ofType: type, under: resource.place))
  }

  private func subjects(_ numbers: [Int32]) -> RelatedAnswer {
    .resources(numbers.map { resources[Int($0)].subject })
  }
}
