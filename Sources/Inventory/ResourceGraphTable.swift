// SPDX-License-Identifier: Apache-2.0

/// The tables of Azure Resource Graph that make up the inventory, and which types are in which.
package enum ResourceGraphTable {
  /// `resourcechanges` is a feed, not a part of the inventory.
  package static let names = [
    "resources", "resourcecontainers", "authorizationresources", "policyresources", "securityresources",
    "advisorresources",
  ]

  private static let types: [String: Set<String>] = [
    "resourcecontainers": [
      "microsoft.resources/subscriptions", "microsoft.resources/subscriptions/resourcegroups",
      "microsoft.management/managementgroups",
    ],
    "authorizationresources": [
      "microsoft.authorization/roleassignments", "microsoft.authorization/roledefinitions",
      "microsoft.authorization/classicadministrators",
    ],
    "policyresources": [
      "microsoft.authorization/policyassignments", "microsoft.authorization/policydefinitions",
      "microsoft.authorization/policysetdefinitions", "microsoft.authorization/policyexemptions",
    ],
    "securityresources": [
      "microsoft.security/pricings", "microsoft.security/assessments",
      "microsoft.security/assessments/subassessments", "microsoft.security/securescores",
      "microsoft.security/securescores/securescorecontrols", "microsoft.security/regulatorycompliancestandards",
      "microsoft.security/regulatorycompliancestandards/regulatorycompliancecontrols",
      "microsoft.security/regulatorycompliancestandards/regulatorycompliancecontrols/regulatorycomplianceassessments",
      "microsoft.security/locations/alerts", "microsoft.security/insights/classification",
    ],
  ]
  /// Providers all of whose types are in one table.
  private static let providers = [
    "microsoft.policyinsights/": "policyresources", "microsoft.advisor/": "advisorresources",
  ]

  /// The table in which a type is, where Resource Graph has it.
  package static func name(of type: String) -> String {
    types.first { $0.value.contains(type) }?.key ?? providers.first { type.hasPrefix($0.key) }?.value ?? "resources"
  }

  /// The tables that may have types which begin so: `microsoft.authorization/`.
  package static func names(withTypesOf provider: String) -> [String] {
    names.filter { table in
      table == "resources" || types[table]?.contains { $0.hasPrefix(provider) } == true || providers[provider] == table
    }
  }
}
