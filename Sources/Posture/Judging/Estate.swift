// SPDX-License-Identifier: Apache-2.0
package import Inventory
package import KQL

/// What is judged: the rows of `resources` with what is not known about them.
package struct Estate: Sendable {
  /// Something that could not be read, as far as verdicts are concerned.
  package struct Gap: Sendable {
    package var cloud: String
    package var account: String
    /// Empty or `global` for what has no region.
    package var region: String
    package var service: String
    package var operation: String
    /// In lower case; empty where the failed call told nothing about a type.
    package var type: String
    /// nil where a whole list could not be read.
    package var resourceId: String?
    /// Prefixes of the paths that are therefore not known; empty for all of the resource.
    package var paths: [String]
    package var reason: String
    package var permission: String
    /// What a person is told where it was no call that failed: code that does not settle a value.
    package var words: String?

    package init(
      cloud: String, account: String, region: String, service: String, operation: String, type: String,
      resourceId: String? = nil, paths: [String] = [], reason: String, permission: String = "", words: String? = nil
    ) {
      self.words = words
      self.cloud = cloud
      self.account = account
      self.region = region
      self.service = service
      self.operation = operation
      self.type = type.lowercased()
      self.resourceId = resourceId
      self.paths = paths
      self.reason = reason
      self.permission = permission
    }

    /// What a person is told: `s3:GetBucketAcl failed (AccessDenied); it needs the permission s3:GetBucketAcl`.
    var sentence: String {
      if let words { return words }
      if reason == "NotSelected" { return "Not known: the newest scan was told to leave it out." }
      let need = permission.isEmpty ? "" : "; it needs the permission \(permission)"
      let call = operation.isEmpty ? "a call" : operation.contains(":") ? operation : "\(service):\(operation)"
      return "Not known: \(call) failed (\(reason))\(need)."
    }
  }

  /// Rows in the columns of ``ResourceRows/schema``.
  package var resources: Batch
  package var gaps: [Gap]
  /// Ids of resources that were kept from an earlier scan because this one could not read them.
  package var notRefreshed: Set<String>
  /// What the newest scans covered whole; nil where that is not known, as of examples.
  package var covered: Set<Scope>?
  /// Further tables that queries may name.
  package var catalog: Catalog
  /// The time that now() and ago() see, in ticks.
  package var now: Int64

  package init(
    resources: Batch, gaps: [Gap] = [], notRefreshed: Set<String> = [], covered: Set<Scope>? = nil,
    catalog: Catalog = Catalog(), now: Int64
  ) {
    self.resources = resources
    self.gaps = gaps
    self.notRefreshed = notRefreshed
    self.covered = covered
    self.catalog = catalog
    self.now = now
  }
}

extension Estate {
  /// What the store knows at one instant.
  package init(_ snapshot: Snapshot, catalog: Catalog = Catalog(), now: Int64) {
    var gaps = snapshot.gaps.map { gap in
      Gap(
        cloud: gap.cloud, account: gap.account, region: gap.region, service: gap.service, operation: gap.operation,
        type: gap.type, resourceId: gap.resourceId.isEmpty ? nil : gap.resourceId, paths: gap.paths,
        reason: gap.reason.rawValue, permission: gap.permission)
    }
    // A gap that is kept beside the resource and as a row of CoverageGaps counts once, in the row's fuller words.
    var known: [String: Set<String>] = [:]
    for gap in gaps {
      if let id = gap.resourceId { known[id, default: []].formUnion(gap.paths) }
    }
    for state in snapshot.states {
      for gap in state.gaps where !gap.paths.allSatisfy({ known[state.id]?.contains($0) ?? false }) || gap.paths.isEmpty
      {
        gaps.append(
          Gap(
            cloud: state.scope.cloud, account: state.scope.account, region: state.scope.region, service: "",
            operation: "", type: state.scope.type, resourceId: state.id, paths: gap.paths, reason: gap.reason))
      }
    }
    self.init(
      resources: snapshot.resourcesBatch(), gaps: gaps,
      notRefreshed: Set(snapshot.states.lazy.filter { !$0.isRefreshed }.map(\.id)),
      // Stores of earlier versions kept no such list.
      covered: snapshot.covered.isEmpty ? nil : snapshot.covered, catalog: catalog, now: now)
  }
}
