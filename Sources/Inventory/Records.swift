// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What was asked for as one: a type of resource in one region of one account. A scope that was covered whole says that
/// whatever was not seen in it is gone; one that was not leaves its resources as they were, not refreshed.
package struct Scope: Sendable, Hashable {
  package let cloud: String
  package let account: String
  /// The region that was asked, or `global`.
  package let region: String
  /// Lower case, as in `resources`; ``everyType`` where all there is was asked for at once.
  package let type: String

  /// Covers every type of the place: an inventory service was read whole.
  package static let everyType = "*"
  package init(cloud: String, account: String, region: String, type: String) {
    self.cloud = cloud
    self.account = account
    self.region = region
    self.type = type
  }
}

/// Paths of one resource that could not be read, and why.
package struct ResourceGap: Sendable, Hashable {
  /// Prefixes of paths in the row: `properties.BucketEncryption`, `observed.PolicyStatus`.
  package let paths: [String]
  package let reason: String
  package init(paths: [String], reason: String) {
    self.paths = paths
    self.reason = reason
  }
}

/// A resource as a scan saw it: the row of `resources` as one JSON object.
package struct ResourceRecord: Sendable {
  package let scope: Scope
  package let document: JSONDocument
  package let gaps: [ResourceGap]
  package init(scope: Scope, document: JSONDocument, gaps: [ResourceGap] = []) {
    self.scope = scope
    self.document = document
    self.gaps = gaps
  }
}

/// A call that gave no answer, and what is not known for it.
package struct CoverageGap: Sendable, Hashable {
  package enum Reason: String, Sendable {
    case accessDenied = "AccessDenied"
    case notImplemented = "NotImplemented"
    case malformed = "Malformed"
    case timeout = "Timeout"
    case throttled = "Throttled"
    case network = "Network"
    case error = "Error"
  }
  package var cloud: String
  package var account: String
  package var region: String
  package var service: String
  package var operation: String
  /// Lower-case type of the resources that are affected.
  package var type: String
  /// The one resource that is affected, or empty where the whole type is.
  package var resourceId: String
  package var paths: [String]
  package var reason: Reason
  package var code: String
  package var message: String
  /// The permission that was missing, where the answer was a denial.
  package var permission: String

  package init(
    cloud: String, account: String, region: String, service: String, operation: String, type: String,
    resourceId: String = "", paths: [String] = [], reason: Reason, code: String = "", message: String = "",
    permission: String = ""
  ) {
    self.cloud = cloud
    self.account = account
    self.region = region
    self.service = service
    self.operation = operation
    self.type = type
    self.resourceId = resourceId
    self.paths = paths
    self.reason = reason
    self.code = code
    self.message = message
    self.permission = permission
  }
}

/// A resource that is part of a snapshot, beside its document.
package struct ResourceState: Sendable {
  package let id: String
  package let scope: Scope
  package let gaps: [ResourceGap]
  /// Ticks of the scan that last saw it.
  package let lastSeen: Int64
  /// Whether the newest scan of its account read it; a resource that it could not read is not refreshed.
  package let isRefreshed: Bool
}

extension Scope {
  var place: String { cloud + "/" + account }

  /// Types whose resources hold others: the rows of `resourcecontainers`.
  package static let containerTypes = [
    "aws::::account", "aws::organizations::account", "aws::organizations::organizationalunit",
    "aws::organizations::root", "microsoft.management/managementgroups", "microsoft.resources/subscriptions",
    "microsoft.resources/subscriptions/resourcegroups", "cloudresourcemanager.googleapis.com/organization",
    "cloudresourcemanager.googleapis.com/folder", "cloudresourcemanager.googleapis.com/project",
  ]
}
