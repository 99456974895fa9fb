// SPDX-License-Identifier: Apache-2.0
package import Content
package import Inventory
internal import JSON
internal import KQL
internal import Posture
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Holds the newest ``EstateView`` and makes another when the store has changed.
///
/// Whoever asks gets what there is at once; a new one takes its place in one step when it is whole. What of the old one
/// still holds is kept: an exemption changes the marks of findings, not the findings.
package final class EstateViews: Sendable {
  private struct Held {
    var view: EstateView?
    var work: Task<EstateView, any Error>?
    var failure: String?
  }

  private let held = Mutex(Held())
  /// Made with the first view: reading all checks takes a while.
  private let maker = Mutex<EstateViewMaker?>(nil)
  private let makeMaker: @Sendable () throws -> EstateViewMaker

  /// - Parameters:
  ///   - exemptions: the file that exemptions and governance rules stand in beside those of the store; nil for
  ///     `exemptions.yaml` of the data folder, if it is there.
  ///   - now: the time, in ticks.
  package init(
    _ store: Store, _ content: ContentLibrary, exemptions: String? = nil, now: @escaping @Sendable () -> Int64
  ) {
    makeMaker = { try EstateViewMaker(store, content, exemptions, now: now) }
  }

  /// The view that stands; made where there is none yet.
  package func current() async throws -> EstateView {
    if let view = held.withLock({ $0.view }) { return view }
    return try await refresh()
  }

  /// The view of the store as it is now: for whoever has changed it and is to see that.
  @discardableResult
  package func refresh() async throws -> EstateView {
    // One that is under way may have read the store before the change.
    if let earlier = held.withLock({ $0.work }) { _ = try? await earlier.value }
    let work = held.withLock { held in
      if let work = held.work { return work }
      let old = held.view
      let work = Task { try await self.make(after: old) }
      held.work = work
      return work
    }
    let result = await work.result
    held.withLock { held in
      guard held.work == work else { return }
      held.work = nil
      switch result {
      case .success(let view): (held.view, held.failure) = (view, nil)
      case .failure(let error): held.failure = "\(error)"
      }
    }
    return try result.get()
  }

  /// Why the newest state could not be read; nil where it could: readiness tells it.
  package var failure: String? { held.withLock { $0.failure } }

  /// Looks at the store once a second until its task is cancelled, so that scans of other processes are seen too.
  package func watch(every pause: Duration = .seconds(1)) async {
    while !Task.isCancelled {
      _ = try? await refresh()
      try? await Task.sleep(for: pause)
    }
  }

  /// Reading blocks its thread: not one of those that answer requests.
  private func make(after old: EstateView?) async throws -> EstateView {
    try await Blocking.run {
      let maker = try self.maker.withLock { maker in
        if let maker { return maker }
        let made = try self.makeMaker()
        maker = made
        return made
      }
      return try maker.view(after: old)
    }
  }
}

/// Reads a store into a view.
struct EstateViewMaker: Sendable {
  /// How many of the newest changes and events are held.
  static let changeLimit = 20_000
  static let eventLimit = 20_000

  private let store: Store
  private let findings: FindingStore
  private let derived: DerivedFolder
  private let checks: CheckLibrary
  private let checksByID: [String: Check]
  private let frameworks: FrameworkLibrary
  private let secureModel: SecureScoreModel
  private let exemptions: String?
  private let now: @Sendable () -> Int64

  init(_ store: Store, _ content: ContentLibrary, _ exemptions: String?, now: @escaping @Sendable () -> Int64) throws {
    (self.store, self.exemptions, self.now) = (store, exemptions, now)
    findings = try FindingStore(store)
    derived = DerivedFolder(store)
    checks = try CheckLibrary(content)
    frameworks = try FrameworkLibrary(content, checks: checks)
    if let problem = checks.problems.first ?? frameworks.problems.first { throw problem }
    secureModel = try SecureScoreModel(content)
    checksByID = Dictionary(checks.checks.map { ($0.id, $0) }) { first, _ in first }
  }

  func view(after old: EstateView?) throws -> EstateView {
    let now = now()
    let fingerprint = try findings.fingerprint()
    let file = try exemptionsFile()
    let policies = fingerprint.policies + "." + (file.map { JSONDigest(hashing: $0.bytes).hex } ?? "")
    let key = EstateFingerprint(
      estate: fingerprint.estate, policies: policies, attestations: fingerprint.attestations)
    if let old, old.fingerprint == key, now < old.nextTurn { return old }

    let book = try PolicyStore(findings).book(file: file)
    let marks = try findings.marks(book, now: now)
    let isSameEstate = old?.fingerprint.estate == key.estate
    let attestations = try AttestationStore(store).standing()
    var parts: EstateParts
    if isSameEstate, let old {
      parts = EstateParts(old)
      parts.findings = FindingView(
        old.findings.standing, checksByID, judged: old.judged, marks, resources: old.resources, old: old.findings)
    } else {
      parts = try estate(key, marks)
    }
    (parts.now, parts.fingerprint, parts.book, parts.attestations) = (now, key, book, attestations)
    parts.nextTurn = Self.nextTurn(parts, now)
    let name = [key.estate.joined(separator: "."), key.policies, key.attestations, String(now)].joined(separator: "/")
    parts.version = String(JSONDigest(hashing: Array(name.utf8)).hex.prefix(20))
    return EstateView(parts)
  }

  private func exemptionsFile() throws -> ContentFile? {
    let path = exemptions ?? store.directory + "/exemptions.yaml"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return ContentFile(path: path, displayPath: path, bytes: Array(data))
  }

  private func estate(_ key: EstateFingerprint, _ marks: [Int64: FindingMark]) throws -> EstateParts {
    let resources = try ResourceView(store, store.catalog(derived: derived))
    let (standing, judged) = try findings.columns()
    let scores = try ScoreStore(store)
    let (scans, gaps) = try store.newestScans()
    return EstateParts(
      version: "", now: 0, fingerprint: key, nextTurn: .max, resources: resources,
      findings: FindingView(standing, checksByID, judged: judged, marks, resources: resources), judged: judged,
      checks: checks, checksByID: checksByID, frameworks: frameworks.adding(try PolicyStateStore(store).frameworks()),
      book: PolicyBook(), attestations: [], scans: scans, gaps: gaps,
      changes: try store.recentChanges(limit: Self.changeLimit),
      events: try findings.recentEvents(limit: Self.eventLimit), scores: try scores.newest(),
      history: try scores.all(until: .max).map {
        ScorePoint(time: $0.time, secure: $0.secure.percentage, risk: $0.risk.units, accounts: $0.secure.scopes)
      }, secureModel: secureModel)
  }

  /// The first time after `now` at which an exemption or an attestation lapses, or a finding becomes overdue.
  private static func nextTurn(_ parts: EstateParts, _ now: Int64) -> Int64 {
    let exemptions = parts.book.exemptions.filter { $0.removed == nil }.compactMap(\.body.expires)
    let times = exemptions + parts.attestations.map(\.expires) + parts.findings.due.compactMap(\.self)
    return times.lazy.filter { $0 > now }.min() ?? .max
  }
}

extension Reach {
  /// A word for it that is the same in every run.
  var fingerprint: String {
    let texts = clauses.map { clause in
      clause.subscriptions.sorted().joined(separator: ",") + ";"
        + clause.tags.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: ",")
    }
    return String(JSONDigest(hashing: Array(texts.joined(separator: "\n").utf8)).hex.prefix(12))
  }
}
