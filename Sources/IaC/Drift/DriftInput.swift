// SPDX-License-Identifier: Apache-2.0

package import JSON

/// A resource as a state holds it.
package struct StatedResource: Sendable {
  /// The state, as it was named.
  package var state: String
  /// `module.net["eu"].aws_subnet.a[0]`
  package var address: String
  /// Where a plan says that it was before.
  package var previousAddress: String?
  /// Terraform's type: `aws_s3_bucket`.
  package var kind: String
  /// In the shape of its cloud; nil where its type is not mapped.
  package var resource: CodeResource?
  package var cloud: String
  /// Empty where the state does not tell.
  package var account: String
  package var region: String
  /// What its cloud may know it by: ids, ARNs, links.
  package var names: [String]
  /// Native paths that the state settles: one that the body does not have is not there. Beside them all that the body has
  /// is compared.
  package var settled: [[String]]
  package var place: CodePlace

  package init(
    state: String, address: String, previousAddress: String? = nil, kind: String, resource: CodeResource?,
    cloud: String, account: String = "", region: String = "", names: [String] = [], settled: [[String]] = [],
    place: CodePlace
  ) {
    self.state = state
    self.address = address
    self.previousAddress = previousAddress
    self.kind = kind
    self.resource = resource
    self.cloud = cloud
    self.account = account
    self.region = region
    self.names = names
    self.settled = settled
    self.place = place
  }
}

/// A resource as a scan saw it.
package struct LiveResource: Sendable {
  package var id: String
  package var type: String
  package var cloud: String
  package var account: String
  package var region: String
  /// The row of `resources`.
  package var document: JSONValue
  /// Paths that could not be read, each with what a person is told of it.
  package var gaps: [(path: String, reason: String)]
  /// Whether the newest scan saw it.
  package var isRefreshed: Bool

  package init(
    id: String, type: String, cloud: String, account: String, region: String, document: JSONValue,
    gaps: [(path: String, reason: String)] = [], isRefreshed: Bool = true
  ) {
    self.id = id
    self.type = type
    self.cloud = cloud
    self.account = account
    self.region = region
    self.document = document
    self.gaps = gaps
    self.isRefreshed = isRefreshed
  }
}

/// What scans saw, and how far they looked.
package struct LiveEstate: Sendable {
  package var resources: [LiveResource]
  /// Why nobody can say that a resource of this kind is gone; nil where the place was read whole. An empty account or
  /// region is one that is not known.
  package var unseen: @Sendable (_ cloud: String, _ account: String, _ region: String, _ type: String) -> String?
  /// Whether a path of the type is read at all, so that its absence says something.
  package var collects: @Sendable (_ type: String, _ path: [String]) -> Bool
  /// Types that Terraform can manage, as far as the mapping knows; nil for all.
  package var manageable: Set<String>?

  package init(
    resources: [LiveResource], manageable: Set<String>? = nil,
    unseen: @escaping @Sendable (String, String, String, String) -> String? = { _, _, _, _ in nil },
    collects: @escaping @Sendable (String, [String]) -> Bool = { _, _ in true }
  ) {
    self.resources = resources
    self.manageable = manageable
    self.unseen = unseen
    self.collects = collects
  }
}

/// The code that a state was made from, evaluated.
package struct DriftCode: Sendable {
  /// What the code describes, in the shape of its cloud.
  package var resources: [CodeResource]
  /// Addresses of all managed resources of the code, mapped or not; `[?]` for instances that are not known.
  package var addresses: Set<String>
  /// What `moved` blocks say, with the modules that they stand in.
  package var moves: [(from: String, to: String)]

  package init(resources: [CodeResource], addresses: Set<String>, moves: [(from: String, to: String)] = []) {
    self.resources = resources
    self.addresses = addresses
    self.moves = moves
  }
}
