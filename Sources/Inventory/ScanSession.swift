// SPDX-License-Identifier: Apache-2.0
internal import GRDB
import JSON
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A scan that is running. What it sees is staged; `commit` makes it the state of the store in one transaction.
package final class ScanSession: Sendable {
  struct State {
    var buffer: [(record: ResourceRecord, id: String, unit: String)] = []
    var covered: Set<Scope> = []
    var gaps: [CoverageGap] = []
    var gone: [(type: String, id: String)] = []
    var units = UnitState()
    var lock: Int32
  }
  let store: Store
  let state: Mutex<State>
  /// Held while rows are written, so that a unit is not said to be done before its rows are.
  private let staging = Mutex<Void>(())
  /// Ticks at which the scan began; later than those of all earlier scans.
  package let started: Int64

  fileprivate init(store: Store, started: Int64, lock: Int32) {
    self.store = store
    self.started = started
    state = Mutex(State(lock: lock))
  }

  deinit { close(state.withLock { $0.lock }) }

  /// Stages a resource. One that was already staged is kept as it was first seen.
  ///
  /// - Parameter unit: the unit of work that it came of; empty for none.
  package func add(_ record: ResourceRecord, in unit: String = "") throws(StoreError) {
    guard let id = record.document.root["id"]?.string else { return }
    let isFull = state.withLock { state in
      state.buffer.append((record, id, unit))
      return state.buffer.count >= 256
    }
    if isFull { try flush() }
  }

  /// Says that everything there is in a scope was seen.
  package func covered(_ scope: Scope, in unit: String = "") {
    state.withLock { state in
      state.covered.insert(scope)
      if !unit.isEmpty { state.units.told[unit, default: .init()].covered.append(scope) }
    }
  }

  /// Says that one resource is there no longer.
  package func gone(type: String, id: String) { state.withLock { $0.gone.append((type, id)) } }

  package func gap(_ gap: CoverageGap, in unit: String = "") {
    state.withLock { state in
      state.gaps.append(gap)
      if !unit.isEmpty { state.units.told[unit, default: .init()].gaps.append(gap) }
    }
  }

  /// Writes what is staged in memory, and which units are done with it.
  func flush() throws(StoreError) {
    let failure = staging.withLock { _ -> StoreError? in
      let (records, done) = state.withLock { state in
        defer { state.buffer = [] }
        return (state.buffer, state.units.take())
      }
      guard !records.isEmpty || !done.isEmpty else { return nil }
      do throws(StoreError) {
        try write(records, done)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private func write(
    _ records: [(record: ResourceRecord, id: String, unit: String)], _ done: UnitState.Pending
  ) throws(StoreError) {
    let rows = records.map { entry -> (StatementArguments) in
      let scope = entry.record.scope
      let body = entry.record.document.root.canonical(keepingNumbers: true)
      let hash = JSONDigest(hashing: body)
      return [
        entry.id, scope.cloud, scope.account, scope.region, scope.type, Data(hash.bytes), Data(body),
        entry.record.gaps.isEmpty ? nil : ResourceGap.encode(entry.record.gaps), entry.unit,
      ]
    }
    try store.write { db in
      let statement = try db.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO staged (id, cloud, account, region, type, hash, body, gaps, unit)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      for row in rows { try statement.execute(arguments: row) }
      try done.write(db)
    }
  }

  /// Makes what was staged the state of the store. Returns the number of resources seen.
  ///
  /// - Parameters:
  ///   - choice: what was chosen, as ``Store/lastScan(cloud:account:choice:)`` asks for it.
  ///   - base: the scan from which a scan of changes goes on: what it covered, and what this one did not ask for again,
  ///     stands.
  @discardableResult
  package func commit(
    cloud: String, account: String, finished: Int64, calls: Int, choice: String = "", base: ScanRow? = nil
  ) throws(StoreError) -> Int {
    try flush()
    let (covered, gaps, lost, readFrom) = state.withLock { ($0.covered, $0.gaps, $0.gone, $0.units.readFrom) }
    let now = started
    return try store.write { db in
      let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM staged WHERE +cloud = ?", arguments: [cloud]) ?? 0
      try db.execute(
        sql: """
          INSERT INTO scan (cloud, account, started, finished, resources, calls, kind, choice, readFrom)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          cloud, account, now, finished, count, calls, (base == nil ? ScanKind.full : .changes).rawValue, choice,
          readFrom,
        ])
      let scan = db.lastInsertedRowID
      // The index over units is of no use here, as all is read: the plus keeps SQLite from it.
      try Self.keepUnread(cloud, db)
      try db.execute(
        sql: "INSERT OR IGNORE INTO document (hash, body) SELECT hash, body FROM staged WHERE +cloud = ?",
        arguments: [cloud])
      try db.execute(
        sql: """
          INSERT INTO resource (id, cloud, account, region, type, lastScan, gaps)
          SELECT id, cloud, account, region, type, ?, gaps FROM staged WHERE +cloud = ?
          ON CONFLICT (type, id) DO UPDATE SET lastScan = excluded.lastScan, gaps = excluded.gaps,
            account = excluded.account, region = excluded.region
          """, arguments: [scan, cloud])
      // What changed: the old document held until now, the new one holds from now.
      try db.execute(
        sql: """
          UPDATE held SET until = ? WHERE until IS NULL AND EXISTS (
            SELECT 1 FROM resource r JOIN staged s ON s.type = r.type AND s.id = r.id
            JOIN document d ON d.hash = s.hash
            WHERE r.key = held.resource AND d.key <> held.document AND +s.cloud = ?)
          """, arguments: [now, cloud])
      var changes = db.changesCount
      try db.execute(
        sql: """
          INSERT OR REPLACE INTO held (resource, document, since)
          SELECT r.key, d.key, ? FROM staged s JOIN resource r ON r.type = s.type AND r.id = s.id
          JOIN document d ON d.hash = s.hash
          WHERE +s.cloud = ? AND NOT EXISTS (SELECT 1 FROM held h WHERE h.resource = r.key AND h.until IS NULL)
          """, arguments: [now, cloud])
      changes += db.changesCount
      // What is gone: not seen in a scope that was covered whole.
      let gone = try db.cachedStatement(
        sql: """
          UPDATE held SET until = ?6 WHERE until IS NULL AND resource IN (
            SELECT key FROM resource WHERE cloud = ?1 AND account = ?2 AND region = ?3 AND (type = ?4 OR ?4 = '*')
              AND lastScan <> ?5)
          """)
      let keep = try db.cachedStatement(sql: "INSERT OR IGNORE INTO covered VALUES (?, ?, ?, ?, ?)")
      for scope in covered {
        try keep.execute(arguments: [scan, scope.cloud, scope.account, scope.region, scope.type])
        try gone.execute(arguments: [scope.cloud, scope.account, scope.region, scope.type, scan, now])
        changes += db.changesCount
      }
      let lose = try db.cachedStatement(
        sql: """
          UPDATE held SET until = ?4 WHERE until IS NULL AND resource IN (
            SELECT key FROM resource WHERE type = ?1 AND id = ?2 AND lastScan <> ?3)
          """)
      for one in lost {
        try lose.execute(arguments: [one.type, one.id, scan, now])
        changes += db.changesCount
      }
      if changes > 0 { try Store.setStamp(of: .resources, db) }
      let insert = try db.cachedStatement(
        sql: "INSERT INTO gap VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      let standing = try base.map { try Self.carryOver(from: $0, to: scan, covered: covered, gaps: gaps, db) } ?? []
      for gap in Set(gaps).union(standing).sorted(by: { $0.order < $1.order }) {
        try insert.execute(arguments: [
          scan, gap.cloud, gap.account, gap.region, gap.service, gap.operation, gap.type, gap.resourceId,
          Self.encode(gap.paths), gap.reason.rawValue, gap.code, gap.message, gap.permission,
        ])
      }
      try Self.endUnits(cloud, isLost: gaps.contains(where: \.isOfTheNetwork), db)
      return count
    }
  }

  /// A path that could not be read this time keeps what an earlier scan saw there: the gap beside the resource says that
  /// it was not refreshed, and the inventory shows no change where none was seen.
  private static func keepUnread(_ cloud: String, _ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT s.type, s.id, s.body, s.gaps, d.body FROM staged s
        JOIN resource r ON r.type = s.type AND r.id = s.id
        JOIN held h ON h.resource = r.key AND h.until IS NULL JOIN document d ON d.key = h.document
        WHERE s.gaps IS NOT NULL AND +s.cloud = ?
        """, arguments: [cloud])
    let update = try db.cachedStatement(sql: "UPDATE staged SET body = ?, hash = ? WHERE type = ? AND id = ?")
    for row in rows {
      guard let seen = try? JSONDocument(parsing: [UInt8](row[2] as Data)),
        let earlier = try? JSONDocument(parsing: [UInt8](row[4] as Data))
      else { continue }
      var draft = JSONDraft.value(seen.root)
      for path in ResourceGap.decode(row[3]).flatMap(\.paths).compactMap({ JSONPath($0) }) {
        guard let value = earlier.root.value(at: path), seen.root.value(at: path) == nil else { continue }
        draft.set(path, .value(value))
      }
      let body = draft.document().root.canonical(keepingNumbers: true)
      try update.execute(arguments: [
        Data(body), Data(JSONDigest(hashing: body).bytes), row[0] as String, row[1] as String,
      ])
    }
  }

  private static func encode(_ paths: [String]) -> String {
    JSONDraft.array(paths.map(JSONDraft.string)).document().root.text
  }
}

extension ResourceGap {
  static func encode(_ gaps: [ResourceGap]) -> String {
    JSONDraft.array(
      gaps.map { .object([("paths", .array($0.paths.map(JSONDraft.string))), ("reason", .string($0.reason))]) }
    ).document().root.text
  }

  static func decode(_ text: String?) -> [ResourceGap] {
    guard let text, let document = try? JSONDocument.parse(text) else { return [] }
    return document.root.elements.map {
      ResourceGap(
        paths: ($0["paths"].map { Array($0.elements) } ?? []).compactMap(\.string), reason: $0["reason"]?.string ?? "")
    }
  }
}

extension CoverageGap {
  /// A fixed order, so that two scans of one account store and report gaps alike.
  package var order: String {
    [account, region, service, operation, type, resourceId, code].joined(separator: "\u{1}")
  }
}

extension Store {
  /// Begins a scan. One scan of a store runs at a time; a lock that the kernel frees when a process dies keeps it so.
  ///
  /// - Parameter keepsUnits: whether what an earlier scan had done is left for ``ScanSession/open(cloud:account:choice:resumes:)``.
  package func beginScan(started: Int64, keepsUnits: Bool = false) throws(StoreError) -> ScanSession {
    let lockPath = path + ".scan"
    let lock = open(lockPath, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      throw StoreError(.unreachable, "\(lockPath) cannot be made; check the folder's permissions")
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      throw StoreError(
        .busy, "another scan is writing to \(path); try again when it has ended, or name another folder with --data")
    }
    let started = try write { db in
      // What a scan that died had staged is of no use, unless it is gone on with.
      if !keepsUnits {
        try db.execute(sql: ["staged", "unit", "kept", "running"].map { "DELETE FROM \($0);" }.joined())
      }
      // A state at a time stays what it was, also where the clock was set back: no scan begins before an earlier one.
      let newest = try Int64.fetchOne(db, sql: "SELECT MAX(started) FROM scan") ?? .min
      return newest < started ? started : newest + 1
    }
    return ScanSession(store: self, started: started, lock: lock)
  }
}
