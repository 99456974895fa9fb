// SPDX-License-Identifier: Apache-2.0
internal import Content
internal import JSON
internal import KQL

/// Which resources an exemption or a governance rule is about. All that is named must hold, of several values of one
/// kind any; without anything it is about every resource.
package struct PolicyScope: Sendable {
  static let keys = [
    "tenant", "managementGroup", "account", "subscription", "resourceGroup", "resource", "tag", "where",
  ]

  package private(set) var tenants: [String] = []
  /// Management groups of Azure: what is in them or below.
  package private(set) var managementGroups: [String] = []
  /// Accounts, subscriptions and projects.
  package private(set) var accounts: [String] = []
  package private(set) var groups: [String] = []
  package private(set) var resources: [String] = []
  package private(set) var tags: [(name: String, value: String?)] = []
  package private(set) var condition: String?
  private var predicate: Predicate?

  init() {}

  init(_ node: ContentNode) throws(ContentError) {
    try node.allow(Self.keys)
    func texts(_ key: String) throws(ContentError) -> [String] {
      guard let list = try node.optional(key) else { return [] }
      var texts: [String] = []
      for item in list.value.kind == .array ? try list.elements : [list] {
        let text = try item.scalarText
        guard !text.allSatisfy(\.isWhitespace) else { throw item.error("'\(key)' is empty") }
        texts.append(text)
      }
      guard !texts.isEmpty else { throw list.error("'\(key)' names nothing") }
      return texts
    }
    tenants = try texts("tenant").map { $0.lowercased() }
    // By name or by id, which ends in it.
    managementGroups = try texts("managementGroup").map {
      $0.lowercased().split(separator: "/").last.map(String.init) ?? ""
    }
    accounts = try (texts("account") + texts("subscription")).map {
      let text = $0.lowercased()
      return text.hasPrefix("/subscriptions/") ? String(text.dropFirst(15)) : text
    }
    groups = try texts("resourceGroup").map { $0.lowercased() }
    resources = try texts("resource").map { $0.lowercased() }
    tags = try texts("tag").map { text in
      guard let equals = text.firstIndex(of: "=") else { return (text.lowercased(), nil) }
      return (text[..<equals].lowercased(), String(text[text.index(after: equals)...]))
    }
    if let node = try node.optional("where") {
      let text = try node.scalarText
      do throws(KQLError) {
        predicate = try Predicate(text, schema: ResourceRows.schema)
      } catch {
        throw node.error("\(error)")
      }
      condition = text
    }
  }

  package var isEverything: Bool {
    tenants.isEmpty && managementGroups.isEmpty && accounts.isEmpty && groups.isEmpty && resources.isEmpty
      && tags.isEmpty && condition == nil
  }

  /// Whether what it covers may change with the time alone.
  var readsTime: Bool { condition.map { $0.contains("now(") || $0.contains("ago(") } ?? false }

  /// What a person reads.
  package var text: String {
    var parts: [String] = []
    for (name, values) in [
      ("tenant", tenants), ("managementGroup", managementGroups), ("account", accounts), ("resourceGroup", groups),
      ("resource", resources),
      ("tag", tags.map { tag in tag.value.map { "\(tag.name)=\($0)" } ?? tag.name }),
      ("where", condition.map { [$0] } ?? []),
    ] where !values.isEmpty {
      parts.append("\(name) \(values.joined(separator: ", "))")
    }
    return parts.isEmpty ? "everything" : parts.joined(separator: "; ")
  }

  /// A word per row.
  func covers(_ rows: PolicyRows, _ context: EvaluationContext) throws(KQLError) -> [Bool] {
    let selected = try predicate?.rows(of: rows.batch, context)
    func isAmong(_ list: [String], _ value: String) -> Bool { list.isEmpty || list.contains(value) }
    return (0..<rows.batch.count).map { row in
      guard selected?[row] ?? true, isAmong(tenants, rows.tenants[row]), isAmong(accounts, rows.accounts[row]),
        isAmong(groups, rows.groups[row])
      else { return false }
      guard managementGroups.isEmpty || !rows.managementGroups(row).isDisjoint(with: managementGroups) else {
        return false
      }
      let id = rows.ids[row]
      guard resources.isEmpty || resources.contains(where: { id == $0 || id.hasPrefix($0 + "/") }) else { return false }
      return tags.isEmpty
        || tags.contains { tag in
          rows.tag(tag.name, row).map { value in tag.value.map { $0 == value } ?? true } ?? false
        }
    }
  }
}

/// Rows of `resources` as scopes and owners are looked up in them: names in lower case.
struct PolicyRows {
  let batch: Batch
  let ids: [String]
  let types: [String]
  let names: [String]
  let tenants: [String]
  let accounts: [String]
  let groups: [String]
  /// Of each subscription the management groups above it.
  private let ancestors: [String: Set<String>]

  /// - Parameter containers: rows of subscriptions, which tell their management groups.
  init(_ batch: Batch, containers: Batch? = nil) {
    self.batch = batch
    ancestors = containers.map(Self.ancestors) ?? [:]
    func texts(_ name: String) -> [String] {
      guard case .string(let column) = batch.columns[ResourceRows.index(of: name)] else { return [] }
      let pool = (0..<column.pool.count).map { column.pool.string($0).lowercased() }
      return column.codes.map { pool[Int($0)] }
    }
    (ids, types, names) = (texts("id"), texts("type"), texts("name"))
    (tenants, accounts, groups) = (texts("tenantId"), texts("subscriptionId"), texts("resourceGroup"))
  }

  /// The management groups that a resource is in, at any depth.
  func managementGroups(_ row: Int) -> Set<String> { ancestors[accounts[row]] ?? [] }

  private static func ancestors(_ containers: Batch) -> [String: Set<String>] {
    let rows = PolicyRows(containers)
    guard case .dynamic(let column) = containers.columns[ResourceRows.index(of: "properties")] else { return [:] }
    var ancestors: [String: Set<String>] = [:]
    for row in 0..<containers.count {
      guard let chain = column[row]?["managementGroupAncestorsChain"] else { continue }
      ancestors[rows.accounts[row], default: []]
        .formUnion(chain.elements.compactMap { $0["name"]?.string?.lowercased() })
    }
    return ancestors
  }

  /// The value of a tag; names of tags are compared without regard to case.
  func tag(_ name: String, _ row: Int) -> String? {
    guard case .dynamic(let column) = batch.columns[ResourceRows.index(of: "tags")], let tags = column[row],
      tags.kind == .object
    else { return nil }
    let value = tags.members.first { $0.key.string?.lowercased() == name }?.value
    return value.flatMap { $0.isNull ? nil : $0.string ?? $0.text }
  }
}

/// Checks by id or by a pattern with `*`.
package struct CheckPattern: Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  package func matches(_ id: String) -> Bool {
    let parts = text.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return text == id }
    guard id.hasPrefix(first) else { return false }
    var rest = id.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
