// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import JSON
internal import KQL

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds what changed in a resource's document between two judgings.
struct Attribution {
  static let itemLimit = 8

  private let db: Database
  private let held: Statement
  private let body: Statement
  private var writer = EvidenceWriter()

  init(_ db: Database) throws {
    self.db = db
    held = try db.makeStatement(
      sql: """
        SELECT h.document FROM resource r JOIN held h ON h.resource = r.key
        WHERE r.type = ? AND r.id = ? AND h.since <= ? AND (h.until IS NULL OR h.until > ?)
        """)
    body = try db.makeStatement(sql: "SELECT body FROM document WHERE key = ?")
  }

  /// `[{"path":"properties.X","before":...,"after":...}]`, what the rule reads first; nil where nothing changed.
  mutating func changes(
    of subject: Subject, since: Int64, until: Int64, reading rule: Check.Rule
  ) throws -> String? {
    guard let before = try document(of: subject, at: since), let after = try document(of: subject, at: until),
      before != after, let old = try document(before), let new = try document(after)
    else { return nil }
    var paths: [[String]] = []
    if case .predicate(let applies, let unhealthy) = rule { paths = unhealthy.paths + (applies?.paths ?? []) }
    let all = JSONDiff.changes(from: old.root, to: new.root)
    let read = all.filter { change in paths.contains { Self.meets(change.path, $0) } }
    let others = all.filter { change in !read.contains(change) }
    let items = (read + others).prefix(Self.itemLimit).map { change in
      "{\"path\":\(Scalar.string(change.path.description).json.text),\"before\":\(writer.text(change.before)),"
        + "\"after\":\(writer.text(change.after))}"
    }
    return items.isEmpty ? nil : "[\(items.joined(separator: ","))]"
  }

  private func document(of subject: Subject, at time: Int64) throws -> Int64? {
    try Int64.fetchOne(held, arguments: [subject.type, subject.id, time, time])
  }

  private func document(_ key: Int64) throws -> JSONDocument? {
    try Data.fetchOne(body, arguments: [key]).flatMap { try? JSONDocument(parsing: [UInt8]($0)) }
  }

  /// Whether one of the two lies within the other.
  private static func meets(_ path: JSONPath, _ keys: [String]) -> Bool {
    for (step, key) in zip(path.steps, keys) {
      guard case .key(let name) = step else { return true }
      if name != key { return false }
    }
    return true
  }
}
