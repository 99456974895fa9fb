// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import JSON
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A scan's work in units that are done or not, such as a service in a region: one that is stopped can be gone on with.
///
/// What a unit saw is staged with its name; that it is done is written with the last of it, in one transaction.
struct UnitState {
  struct Told {
    var covered: [Scope] = []
    var gaps: [CoverageGap] = []
  }

  /// What is to be written with the rows that are staged.
  struct Pending {
    var cloud = ""
    var done: [(name: String, told: Told)] = []
    var kept: [(unit: String, body: [UInt8])] = []
    var isEmpty: Bool { done.isEmpty && kept.isEmpty }

    func write(_ db: Database) throws {
      let now = Int64(Date().timeIntervalSince1970)
      for (name, told) in done {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO unit VALUES (?, ?, ?, ?)")
          .execute(arguments: [cloud, name, now, told.text])
      }
      for (unit, body) in kept {
        try db.cachedStatement(sql: "INSERT INTO kept VALUES (?, ?, ?)").execute(arguments: [cloud, unit, Data(body)])
      }
    }
  }

  var cloud = ""
  /// Ticks from which on what is committed was read.
  var readFrom: Int64?
  var told: [String: Told] = [:]
  /// Units that an earlier run had done.
  var done: [String: Told] = [:]
  var pending = Pending()
  var written = ContinuousClock.now

  mutating func take() -> Pending {
    defer {
      pending = Pending()
      written = .now
    }
    pending.cloud = cloud
    return pending
  }
}

extension ScanSession {
  /// Seconds for which what a stopped scan had done may be used.
  private static let longest: Int64 = 6 * 3600

  /// What there was to go on with.
  package struct Resumed: Sendable {
    /// Ticks at which the stopped scan began.
    package let started: Int64
    package let units: Int
  }

  /// Says what is scanned, and takes up what a stopped scan of the same had done.
  ///
  /// - Returns: nil where there is nothing to go on with, or that is not wanted.
  package func open(cloud: String, account: String, choice: String, resumes: Bool) throws(StoreError) -> Resumed? {
    let started = started
    let (found, done) = try store.write { db -> (Int64?, [(name: String, told: UnitState.Told)]) in
      let earlier = try Int64.fetchOne(
        db, sql: "SELECT started FROM running WHERE cloud = ? AND account = ? AND choice = ?",
        arguments: [cloud, account, choice])
      if resumes, let earlier {
        try db.execute(
          sql: "DELETE FROM unit WHERE cloud = ? AND finished < ?",
          arguments: [cloud, Int64(Date().timeIntervalSince1970) - Self.longest])
        try Self.dropUndone(cloud, db)
        let units = try Row.fetchAll(db, sql: "SELECT name, told FROM unit WHERE cloud = ?", arguments: [cloud])
        if !units.isEmpty { return (earlier, units.map { ($0[0], UnitState.Told(text: $0[1])) }) }
      }
      try Self.clear(cloud, db)
      try db.execute(sql: "INSERT INTO running VALUES (?, ?, ?, ?)", arguments: [cloud, account, choice, started])
      return (nil, [])
    }
    state.withLock { state in
      state.units.cloud = cloud
      state.units.readFrom = found
      for (name, told) in done {
        state.units.done[name] = told
        state.covered.formUnion(told.covered)
        state.gaps += told.gaps
      }
    }
    return found.map { Resumed(started: $0, units: done.count) }
  }

  /// What an earlier run did not get of a unit that it had done; nil where the unit is still to do.
  package func gaps(ofDone unit: String) -> [CoverageGap]? { state.withLock { $0.units.done[unit]?.gaps } }

  /// Says that a unit is done. One of which the network took something is not.
  package func finish(_ unit: String) throws(StoreError) {
    let isDue = state.withLock { state -> Bool in
      guard !state.units.cloud.isEmpty else { return false }
      let told = state.units.told.removeValue(forKey: unit) ?? .init()
      guard !told.gaps.contains(where: \.isOfTheNetwork) else { return false }
      state.units.pending.done.append((unit, told))
      return state.units.pending.done.count >= 64 || .now - state.units.written > .milliseconds(500)
    }
    if isDue { try flush() }
  }

  /// Keeps something of a unit that is no resource, for a later run.
  package func keep(_ document: JSONValue, of unit: String) throws(StoreError) {
    let body = document.serialized()
    let isFull = state.withLock { state in
      state.units.pending.kept.append((unit, body))
      return state.units.pending.kept.count >= 512
    }
    if isFull { try flush() }
  }

  /// What was kept of a unit.
  package func kept(of unit: String) throws(StoreError) -> [JSONValue] {
    let cloud = state.withLock { $0.units.cloud }
    return try store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT body FROM kept WHERE cloud = ? AND unit = ? ORDER BY rowid", arguments: [cloud, unit]
      ).compactMap { row in (try? JSONDocument(parsing: [UInt8](row[0] as Data)))?.root }
    }
  }

  /// The resources that are staged of a unit.
  package func records(of unit: String) throws(StoreError) -> [ResourceRecord] {
    let cloud = state.withLock { $0.units.cloud }
    return try store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT account, region, type, body FROM staged WHERE cloud = ? AND unit = ? ORDER BY type, id",
        arguments: [cloud, unit]
      ).compactMap { row in
        guard let document = try? JSONDocument(parsing: [UInt8](row[3] as Data)) else { return nil }
        return ResourceRecord(
          scope: Scope(cloud: cloud, account: row[0], region: row[1], type: row[2]), document: document)
      }
    }
  }

  /// At the end of a scan: what it staged is of use where the network took something, and only then.
  static func endUnits(_ cloud: String, isLost: Bool, _ db: Database) throws {
    guard isLost else { return try clear(cloud, db) }
    try dropUndone(cloud, db)
  }

  private static func clear(_ cloud: String, _ db: Database) throws {
    let isShared =
      try Int.fetchOne(db, sql: "SELECT 1 FROM running WHERE cloud <> ? LIMIT 1", arguments: [cloud]) != nil
    for table in ["staged", "unit", "kept", "running"] {
      // A table that is emptied takes no time.
      try db.execute(
        sql: "DELETE FROM \(table)" + (isShared ? " WHERE cloud = ?" : ""), arguments: isShared ? [cloud] : [])
    }
  }

  /// Takes away what is staged of units that are not done: they are read again from their beginning.
  private static func dropUndone(_ cloud: String, _ db: Database) throws {
    for table in ["staged", "kept"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE cloud = ?1 AND unit NOT IN (SELECT name FROM unit WHERE cloud = ?1)",
        arguments: [cloud])
    }
  }
}

extension CoverageGap {
  /// Whether another try may well succeed.
  var isOfTheNetwork: Bool { [.network, .timeout, .throttled].contains(reason) }
}

extension UnitState.Told {
  /// Covered scopes and gaps as JSON: a list of texts each.
  var text: String {
    func texts(_ list: [String]) -> JSONDraft { .array(list.map(JSONDraft.string)) }
    return JSONDraft.array([
      .array(covered.map { texts([$0.cloud, $0.account, $0.region, $0.type]) }),
      .array(
        gaps.map {
          texts(
            [
              $0.cloud, $0.account, $0.region, $0.service, $0.operation, $0.type, $0.resourceId, $0.reason.rawValue,
              $0.code, $0.message, $0.permission,
            ] + $0.paths)
        }),
    ]).document().root.text
  }

  init(text: String) {
    let parts = (try? JSONDocument.parse(text)).map { Array($0.root.elements) } ?? []
    guard parts.count == 2 else { return }
    for scope in parts[0].elements {
      let texts = scope.elements.compactMap(\.string)
      guard texts.count == 4 else { continue }
      covered.append(Scope(cloud: texts[0], account: texts[1], region: texts[2], type: texts[3]))
    }
    for gap in parts[1].elements {
      let texts = gap.elements.compactMap(\.string)
      guard texts.count >= 11 else { continue }
      gaps.append(
        CoverageGap(
          cloud: texts[0], account: texts[1], region: texts[2], service: texts[3], operation: texts[4],
          type: texts[5], resourceId: texts[6], paths: Array(texts[11...]),
          reason: CoverageGap.Reason(rawValue: texts[7]) ?? .error, code: texts[8], message: texts[9],
          permission: texts[10]))
    }
  }
}
