// SPDX-License-Identifier: Apache-2.0
package import Inventory

/// Where a collector puts what it finds. The closures are called from several tasks at once.
package struct CollectionSink: Sendable {
  /// How far a service in a region has come.
  package struct Progress: Sendable {
    package let account: String
    package let service: String
    package let region: String
    package let resources: Int
    package let gaps: Int
    package let isDone: Bool
  }

  package var resource: @Sendable (ResourceRecord) throws -> Void
  package var covered: @Sendable (Scope) -> Void
  package var gap: @Sendable (CoverageGap) -> Void
  /// One resource is there no longer.
  package var gone: @Sendable (_ type: String, _ id: String) -> Void = { _, _ in }
  /// Something that people should know at once.
  package var note: @Sendable (String) -> Void = { _ in }
  package var progress: @Sendable (Progress) -> Void

  package init(
    resource: @escaping @Sendable (ResourceRecord) throws -> Void, covered: @escaping @Sendable (Scope) -> Void,
    gap: @escaping @Sendable (CoverageGap) -> Void, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.resource = resource
    self.covered = covered
    self.gap = gap
    self.progress = progress
  }

  /// Stages everything in a scan of the store.
  package init(session: ScanSession, progress: @escaping @Sendable (Progress) -> Void = { _ in }) {
    self.init(
      resource: { try session.add($0) }, covered: { session.covered($0) }, gap: { session.gap($0) }, progress: progress)
    gone = { session.gone(type: $0, id: $1) }
  }
}
