// SPDX-License-Identifier: Apache-2.0
internal import Content
package import JSON

extension PolicyCorpus {
  private static let types: Set<String> = [
    "microsoft.authorization/policydefinitions", "microsoft.authorization/policydefinitions/versions",
    "microsoft.authorization/policysetdefinitions", "microsoft.authorization/policysetdefinitions/versions",
    "microsoft.authorization/policyassignments", "microsoft.authorization/policyexemptions",
    "microsoft.policyinsights/attestations",
  ]

  /// Whether rows of a type, in lower case, are policy objects.
  package static func holds(type: String) -> Bool { types.contains(type) }

  /// Adds the policy objects among rows of the inventory. Built-in definitions that were not collected are not there:
  /// assignments of them need the user's files.
  package mutating func add(rows: some Sequence<JSONValue>) {
    var reader = PolicyReader()
    for row in rows {
      guard let type = row["type"]?.string?.lowercased(), Self.holds(type: type) else { continue }
      let place = ContentLocation(path: row["id"]?.string ?? type)
      _ = reader.read(row: row, PolicySource(row, at: place))
    }
    problems += reader.problems
    add(reader.records)
  }
}

extension ManagementGroups {
  /// The tree as the rows of `resourcecontainers` tell it.
  package init(rows: some Sequence<JSONValue>) {
    self.init()
    for row in rows {
      let type = row["type"]?.string?.lowercased()
      let properties = row["properties"]
      switch type {
      case "microsoft.management/managementgroups":
        guard let name = row["name"]?.string else { continue }
        let details = properties?["details"]
        let chain = details?["managementGroupAncestorsChain"] ?? properties?["managementGroupAncestorsChain"]
        let above = details?["parent"]?["name"]?.string ?? chain?[0]?["name"]?.string
        add(group: name, parent: above)
      case "microsoft.resources/subscriptions":
        guard let name = row["subscriptionId"]?.string ?? row["name"]?.string,
          let chain = properties?["managementGroupAncestorsChain"], chain.kind == .array
        else { continue }
        add(subscription: name, chain: chain.elements.compactMap { $0["name"]?.string })
      default: continue
      }
    }
  }
}
