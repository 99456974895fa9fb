// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// Which table of Resource Graph a row is in.
enum TwinTable {
  static let graph = [
    "resources", "resourcecontainers", "authorizationresources", "policyresources", "securityresources",
    "advisorresources",
  ]

  private static let containers: Set<String> = [
    "microsoft.resources/subscriptions", "microsoft.resources/subscriptions/resourcegroups",
    "microsoft.management/managementgroups",
  ]
  private static let authorization: Set<String> = [
    "microsoft.authorization/roleassignments", "microsoft.authorization/roledefinitions",
    "microsoft.authorization/classicadministrators",
  ]
  private static let policy: Set<String> = [
    "microsoft.authorization/policyassignments", "microsoft.authorization/policydefinitions",
    "microsoft.authorization/policysetdefinitions", "microsoft.authorization/policyexemptions",
  ]
  private static let security: Set<String> = [
    "microsoft.security/pricings", "microsoft.security/assessments", "microsoft.security/assessments/subassessments",
    "microsoft.security/securescores", "microsoft.security/securescores/securescorecontrols",
    "microsoft.security/regulatorycompliancestandards", "microsoft.security/locations/alerts",
    "microsoft.security/insights/classification",
  ]

  /// By type; nil for what Resource Graph has not.
  ///
  /// - Parameter lacking: types that only Resource Manager has.
  static func of(_ type: String, lacking: Set<String>) -> String? {
    if containers.contains(type) { return "resourcecontainers" }
    if authorization.contains(type) { return "authorizationresources" }
    if policy.contains(type) || type.hasPrefix("microsoft.policyinsights/") { return "policyresources" }
    if security.contains(type) { return "securityresources" }
    if type.hasPrefix("microsoft.advisor/") { return "advisorresources" }
    return lacking.contains(type) || !type.hasPrefix("microsoft.") || type.hasPrefix("microsoft.graph/")
      ? nil : "resources"
  }
}
