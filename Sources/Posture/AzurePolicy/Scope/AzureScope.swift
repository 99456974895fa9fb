// SPDX-License-Identifier: Apache-2.0

/// Scopes of Azure Resource Manager as texts. All are compared in lower case, without a slash at the end; the tenant is
/// the empty text.
enum AzureScope {
  private static let groupPrefix = "/providers/microsoft.management/managementgroups/"

  static func normalized(_ id: String) -> String {
    var text = id.lowercased()
    while text.hasSuffix("/") { text.removeLast() }
    return text
  }

  /// The name of a management group, where the scope is one.
  static func managementGroup(_ scope: String) -> String? {
    guard scope.hasPrefix(groupPrefix) else { return nil }
    let name = scope.dropFirst(groupPrefix.count)
    return name.contains("/") ? nil : String(name)
  }

  static func scope(ofManagementGroup name: String) -> String { groupPrefix + name }

  /// The subscription that an id lies in.
  static func subscription(of id: String) -> String? {
    guard id.hasPrefix("/subscriptions/") else { return nil }
    let name = id.dropFirst("/subscriptions/".count).prefix { $0 != "/" }
    return name.isEmpty ? nil : String(name)
  }

  /// The resource group that an id lies in.
  static func resourceGroup(of id: String) -> String? {
    let parts = id.split(separator: "/", maxSplits: 4)
    guard parts.count >= 4, parts[2] == "resourcegroups" else { return nil }
    return String(parts[3])
  }

  /// Whether `id` is the scope or lies below it by its path. A `*` at the end stands for any rest of a name, as
  /// Enterprise Policy as Code writes excluded groups.
  static func contains(_ scope: String, _ id: String) -> Bool {
    if scope.hasSuffix("*") { return id.hasPrefix(scope.dropLast()) }
    guard id.hasPrefix(scope) else { return scope.isEmpty }
    return id.utf8.count == scope.utf8.count
      || id.utf8[id.utf8.index(id.utf8.startIndex, offsetBy: scope.utf8.count)] == 0x2F
  }

  /// The parent resource of a child: `…/servers/a` of `…/servers/a/databases/b`; nil for one directly in its group.
  static func parent(of id: String) -> String? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard let provider = parts.lastIndex(of: "providers"), parts.count - provider > 4 else {
      // An extension resource belongs to what stands before its provider.
      guard let provider = parts.lastIndex(of: "providers"), provider > 0 else { return nil }
      return parts[..<provider].joined(separator: "/")
    }
    return parts.dropLast(2).joined(separator: "/")
  }
}

/// The tree of management groups, and the subscriptions in it.
package struct ManagementGroups: Sendable {
  /// More parents than Azure allows levels mean that the tree goes in a circle.
  private static let deepest = 20

  /// Name of the group above, by the name of a group.
  private var parents: [String: String] = [:]
  /// Groups above each subscription, the nearest first.
  private var chains: [String: [String]] = [:]

  package init() {}

  mutating func add(group name: String, parent: String?) {
    let name = name.lowercased()
    parents[name] = parent?.lowercased() ?? parents[name] ?? ""
  }

  /// - Parameter chain: the groups above, the nearest first.
  mutating func add(subscription: String, chain: [String]) {
    let chain = chain.map { $0.lowercased() }
    chains[subscription.lowercased()] = chain
    for (index, name) in chain.enumerated() {
      add(group: name, parent: index + 1 < chain.count ? chain[index + 1] : nil)
    }
  }

  /// The groups above a subscription, the nearest first; nil where they are not known.
  func chain(ofSubscription name: String) -> [String]? {
    guard let chain = chains[name], let top = chain.last else { return chains[name] }
    return chain + above(top)
  }

  private func above(_ group: String) -> [String] {
    var (list, name) = ([String](), group)
    while let parent = parents[name], !parent.isEmpty, list.count < Self.deepest, !list.contains(parent) {
      list.append(parent)
      name = parent
    }
    return list
  }

  /// Whether what lies in a subscription, or a management group itself, lies in the group named. Where the tree is not
  /// known, an assignment that was collected for it, or given by hand, is taken to reach it.
  func contains(_ group: String, subscription: String?, id: String) -> Bool {
    if let own = AzureScope.managementGroup(id) { return own == group || above(own).contains(group) }
    guard let subscription else { return false }
    return chain(ofSubscription: subscription)?.contains(group) ?? true
  }

  /// Scopes in which something of a subscription lies, from the nearest to the tenant.
  func names(ofSubscription name: String) -> [String] { chain(ofSubscription: name) ?? [] }
}
