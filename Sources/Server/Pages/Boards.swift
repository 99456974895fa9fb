// SPDX-License-Identifier: Apache-2.0
package import Content
internal import GRDB
package import Inventory
internal import JSON
internal import KQL
internal import Posture

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The boards of what is known now: one for each reach that somebody has, made when first asked for and again when a scan,
/// an exemption or an attestation has changed what they tell.
package actor Boards {
  private struct Key: Hashable {
    let reach: Reach
    let state: String
  }

  /// What does not change while the server runs.
  private struct Shelf {
    let library: CheckLibrary
    let frameworks: FrameworkLibrary
    let scorer: Scorer
  }

  private let store: Inventory.Store
  private let content: ContentLibrary
  private let version: String
  /// Where exemptions and governance rules stand beside those of the store.
  private let exemptions: String
  private let clock: @Sendable () -> Int64
  private var shelf: Shelf?
  private var boards: [Reach: (state: String, board: Board)] = [:]
  private var making: [Key: Task<Board?, any Error>] = [:]
  /// Reaches of which boards are kept; the most recent ones.
  private static let most = 8

  package init(
    _ store: Inventory.Store, _ content: ContentLibrary, exemptions: String? = nil, version: String,
    clock: @escaping @Sendable () -> Int64
  ) {
    self.exemptions = exemptions ?? store.directory + "/exemptions.yaml"
    self.store = store
    self.content = content
    self.version = version
    self.clock = clock
  }

  /// The board of a reach; nil where nothing has been judged yet.
  ///
  /// While a new one is made the one before is shown, so that nobody waits for a scan that has just ended.
  package func board(_ reach: Reach, fresh: Bool = false) async throws -> Board? {
    let state = try state()
    if let kept = boards[reach], kept.state == state { return kept.board }
    let key = Key(reach: reach, state: state)
    let task = making[key] ?? start(key)
    if let kept = boards[reach], !fresh { return kept.board }
    return try await task.value
  }

  private func start(_ key: Key) -> Task<Board?, any Error> {
    let (store, content, version, now, known) = (store, content, version, clock(), shelf)
    let exemptions = exemptions
    let task = Task { () async throws -> Board? in
      do {
        let (shelf, board) = try await Blocking.run {
          let shelf = try known ?? Self.shelf(content)
          return (shelf, try Self.make(key.reach, store, shelf, exemptions, version, now))
        }
        self.keep(key, shelf, board)
        return board
      } catch {
        // What failed once, as while the store is busy, is tried again.
        self.making[key] = nil
        throw error
      }
    }
    making[key] = task
    return task
  }

  private func keep(_ key: Key, _ shelf: Shelf, _ board: Board?) {
    self.shelf = shelf
    making[key] = nil
    guard let board else { return }
    if boards.count >= Self.most, boards[key.reach] == nil, let other = boards.keys.first(where: { !$0.isAll }) {
      boards[other] = nil
    }
    boards[key.reach] = (key.state, board)
  }

  private static func shelf(_ content: ContentLibrary) throws -> Shelf {
    let library = try CheckLibrary(content)
    return Shelf(
      library: library, frameworks: try FrameworkLibrary(content, checks: library),
      scorer: try Scorer(content, checks: library.stable))
  }

  /// A name for all that boards tell; what lapses is looked at anew every quarter of an hour.
  private func state() throws -> String {
    let quarter = clock() / (900 * DateTime.ticksPerSecond)
    let attributes = try? FileManager.default.attributesOfItem(atPath: exemptions)
    let file = attributes.map { "\(String(describing: $0[.modificationDate])) \(String(describing: $0[.size]))" } ?? ""
    return try store.read { db in
      func texts(_ table: String, _ sql: String) throws -> String {
        try db.tableExists(table) ? try String.fetchOne(db, sql: sql) ?? "" : ""
      }
      return [
        try Inventory.Store.stamp(of: .findings, db) ?? "", try Inventory.Store.stamp(of: .resources, db) ?? "",
        try texts("score", "SELECT COALESCE(MAX(time), 0) FROM score"),
        try texts(
          "policy",
          "SELECT COUNT(*) || '.' || COALESCE(MAX(created), 0) || '.' || COALESCE(MAX(removed), 0) FROM policy"),
        try texts(
          "attestation",
          "SELECT COUNT(*) || '.' || COALESCE(MAX(made), 0) || '.' || COALESCE(MAX(ended), 0) FROM attestation"),
        String(quarter), file,
      ].joined(separator: "/")
    }
  }

  private static func make(
    _ reach: Reach, _ store: Inventory.Store, _ shelf: Shelf, _ path: String, _ version: String, _ now: Int64
  ) throws -> Board? {
    let findings = try FindingStore(store)
    let scores = try ScoreStore(store)
    let attestations = try AttestationStore(store)
    guard let newest = try scores.newest() else { return nil }
    let file = FileManager.default.contents(atPath: path).map {
      ContentFile(path: path, displayPath: path, bytes: Array($0))
    }
    let book = try PolicyStore(findings).book(file: file)
    let reader = DossierReader(findings, book, shelf.library, shelf.frameworks, shelf.scorer, version: version)
    var material = try reader.material(made: now)
    material.cut(to: reach)
    var dossier = Dossier(material)
    if reach.isAll {
      dossier.history = try reader.history(until: material.judged)
    }
    // Since yesterday; where nothing was judged before that, since the first judging.
    let yesterday = now - DateTime.ticksPerDay
    let earlier = try scores.newest(at: yesterday)?.time
    // The findings of a judging stand under the time of the newest scan that it saw.
    let first = try scores.all(until: newest.time).first.map { max($0.time, $0.state) }
    if let since = earlier == nil ? first : yesterday, since < newest.time || earlier != nil {
      var period = try reader.period(since: since, until: now)
      if !reach.isAll { period = period.only(Set(material.findings.map(\.id))) }
      dossier.period = period
    }
    return Board(dossier, attestations: try attestations.standing(), book: book, now: now)
  }
}

extension Dossier.Material {
  /// Leaves out what lies beyond a reach: of findings about no resource, and of gaps, the account decides.
  fileprivate mutating func cut(to reach: Reach) {
    guard !reach.isAll else { return }
    let account = ResourceRows.index(of: "subscriptionId")
    guard case .string(let accounts) = resources.columns[account],
      case .string(let ids) = resources.columns[ResourceRows.index(of: "id")],
      case .dynamic(let tags) = resources.columns[ResourceRows.index(of: "tags")]
    else {
      // Columns of another form show nothing, rather than everything.
      (findings, exemptions, notes, scan.gaps, scan.resources) = ([], [], [], [], 0)
      resources = resources.gather([])
      return
    }
    let rows = (0..<resources.count).filter { row in
      reach.admits(subscription: accounts[row]) { name in tags[row]?[name]?.string }
    }
    let seen = Set(rows.lazy.map { ids[$0] })
    let all = Set((0..<resources.count).lazy.map { ids[$0] })
    func sees(_ account: String) -> Bool { reach.admits(subscription: account) { _ in nil } }
    findings = findings.filter { all.contains($0.subject.id) ? seen.contains($0.subject.id) : sees($0.subject.account) }
    scan.gaps = scan.gaps.filter { sees($0.account) }
    exemptions = exemptions.filter { exemption in findings.contains { $0.mark?.exemption?.id == exemption.id } }
    resources = resources.gather(rows)
    scan.resources = rows.count
    notes = []
  }
}

extension Dossier.Period {
  /// Only what happened to these findings; why the scores of the whole moved is not told.
  fileprivate func only(_ ids: Set<String>) -> Dossier.Period {
    Dossier.Period(
      since: since, until: until, events: events.filter { ids.contains($0.findingId) }, change: nil, note: note)
  }
}
