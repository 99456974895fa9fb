// SPDX-License-Identifier: Apache-2.0
package import Inventory
internal import JSON

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
  ///
  /// - Parameter unit: the unit of work that it comes of.
  package init(
    session: ScanSession, unit: String = "", progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.init(
      resource: { try session.add($0, in: unit) }, covered: { session.covered($0, in: unit) },
      gap: { session.gap($0, in: unit) }, progress: progress)
    gone = { session.gone(type: $0, id: $1) }
    (self.session, unitName) = (session, unit)
  }

  private var session: ScanSession?
  private var unitName = ""
}

/// Units of work: what a scan that was stopped had done of them is not asked for again.
extension CollectionSink {
  /// Where a unit's findings go; nil where an earlier run had done it, and they are there.
  package func unit(_ name: String) -> CollectionSink? {
    guard let session else { return self }
    guard session.gaps(ofDone: name) == nil else { return nil }
    var sink = CollectionSink(session: session, unit: name, progress: progress)
    sink.note = note
    return sink
  }

  /// Says that the unit is done.
  package func finish() throws {
    if let session, !unitName.isEmpty { try session.finish(unitName) }
  }

  /// Keeps an answer of the unit that is no resource, for a later run.
  func keep(_ answer: JSONValue) throws {
    if let session, !unitName.isEmpty { try session.keep(answer, of: unitName) }
  }

  /// What there is of a unit that an earlier run had done.
  func resources(ofDone unit: String) throws -> [ResourceRecord] { try session?.records(of: unit) ?? [] }
  func gaps(ofDone unit: String) -> [CoverageGap] { session?.gaps(ofDone: unit) ?? [] }
  func kept(ofDone unit: String) throws -> [JSONValue] { try session?.kept(of: unit) ?? [] }
}
