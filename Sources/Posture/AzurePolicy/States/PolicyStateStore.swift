// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
internal import JSON
internal import KQL

/// The states in the store's database: those of the last judging, each with the time since when it stands.
///
/// Texts, resources and members are told apart by hashes, so that nothing has to be read before something is written;
/// a state that is as it was is not written again.
package struct PolicyStateStore: Sendable {
  let store: Store

  package init(_ store: Store) { self.store = store }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS policyText (key INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS policyMember (key INTEGER PRIMARY KEY, assignment TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS policyResource (
      key INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, location TEXT NOT NULL,
      subscription TEXT NOT NULL, resourceGroup TEXT NOT NULL, managementGroups TEXT NOT NULL, tags TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS policyState (
      member INTEGER NOT NULL, resource INTEGER NOT NULL, state INTEGER NOT NULL, reason INTEGER NOT NULL,
      proof INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (member, resource)) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS policyState_resource ON policyState (resource);
    CREATE TABLE IF NOT EXISTS policyInitiative (assignment TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS policyRun (time INTEGER NOT NULL, evaluations INTEGER NOT NULL);
    """

  private struct Known {
    let state: Int64
    let reason: Int64
    let proof: Int64
    let since: Int64
  }

  private struct Pair: Hashable {
    let member: Int64
    let resource: Int64
  }

  /// Makes what a judging found the states that stand. One transaction.
  ///
  /// - Parameters:
  ///   - time: ticks of the judging.
  ///   - only: the resources that were judged, in lower case; nil for all. States of others stay.
  package func record(_ run: PolicyRun, at time: Int64, only: Set<String>? = nil) throws(StoreError) {
    try store.write { db in
      if try !db.tableExists("policyInitiative") { try db.execute(sql: Self.schema) }
      let texts = run.texts.list.map(Self.hash)
      let resources = run.resources.map { Self.hash($0.id.lowercased()) }
      let members = run.members.map(\.key)
      var earlier = try Self.earlier(db, only?.map(Self.hash))
      let save = try db.makeStatement(sql: "INSERT OR REPLACE INTO policyState VALUES (?, ?, ?, ?, ?, ?)")
      let saveText = try db.makeStatement(sql: "INSERT OR IGNORE INTO policyText VALUES (?, ?)")
      var isWritten = [Bool](repeating: false, count: texts.count)
      func write(_ number: UInt32) throws -> Int64 {
        let index = Int(number)
        if !isWritten[index] {
          isWritten[index] = true
          try saveText.execute(arguments: [texts[index], run.texts.list[index]])
        }
        return texts[index]
      }
      for row in run.rows {
        let pair = Pair(member: members[Int(row.member)], resource: resources[Int(row.resource)])
        let known = earlier.removeValue(forKey: pair)
        let (state, reason, proof) = (Int64(row.state.rawValue), texts[Int(row.reason)], texts[Int(row.proof)])
        if let known, known.state == state, known.reason == reason, known.proof == proof { continue }
        let since = known.flatMap { $0.state == state ? $0.since : nil } ?? time
        try save.execute(
          arguments: [pair.member, pair.resource, state, try write(row.reason), try write(row.proof), since])
      }
      let drop = try db.makeStatement(sql: "DELETE FROM policyState WHERE member = ? AND resource = ?")
      for pair in earlier.keys { try drop.execute(arguments: [pair.member, pair.resource]) }
      try Self.save(run, resources, members, db)
      try db.execute(sql: "INSERT INTO policyRun VALUES (?, ?)", arguments: [time, run.evaluations])
      guard only == nil else { return }
      try Self.sweep(db)
      try db.execute(sql: "DELETE FROM policyInitiative")
      for framework in run.frameworks {
        try db.execute(
          sql: "INSERT OR REPLACE INTO policyInitiative VALUES (?, ?)",
          arguments: [framework.assignmentId, framework.json])
      }
    }
  }

  private static func earlier(_ db: Database, _ only: [Int64]?) throws -> [Pair: Known] {
    var rows: [Pair: Known] = [:]
    func add(_ condition: String, _ arguments: StatementArguments) throws {
      let cursor = try Row.fetchCursor(
        db, sql: "SELECT member, resource, state, reason, proof, since FROM policyState \(condition)",
        arguments: arguments)
      while let row = try cursor.next() {
        rows[Pair(member: row[0], resource: row[1])] = Known(
          state: row[2], reason: row[3], proof: row[4], since: row[5])
      }
    }
    guard let only else {
      try add("", [])
      return rows
    }
    for resource in only { try add("WHERE resource = ?", [resource]) }
    return rows
  }

  private static func save(_ run: PolicyRun, _ resources: [Int64], _ members: [Int64], _ db: Database) throws {
    let saveResource = try db.makeStatement(
      sql: "INSERT OR REPLACE INTO policyResource VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    var used = [Bool](repeating: false, count: resources.count)
    var usedMembers = [Bool](repeating: false, count: members.count)
    for row in run.rows {
      used[Int(row.resource)] = true
      usedMembers[Int(row.member)] = true
    }
    for (index, resource) in run.resources.enumerated() where used[index] {
      try saveResource.execute(
        arguments: [
          resources[index], resource.id, resource.name, resource.type, resource.location, resource.subscription,
          resource.resourceGroup, resource.managementGroups, resource.tags,
        ])
    }
    let saveMember = try db.makeStatement(sql: "INSERT OR REPLACE INTO policyMember VALUES (?, ?, ?)")
    for (index, member) in run.members.enumerated() where usedMembers[index] {
      try saveMember.execute(arguments: [members[index], member.assignmentId, member.json])
    }
  }

  /// Drops what no state names any more.
  private static func sweep(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM policyMember WHERE key NOT IN (SELECT DISTINCT member FROM policyState);
        DELETE FROM policyResource WHERE key NOT IN (SELECT DISTINCT resource FROM policyState);
        DELETE FROM policyText WHERE key NOT IN (SELECT reason FROM policyState UNION SELECT proof FROM policyState);
        DELETE FROM policyRun WHERE rowid < (SELECT MAX(rowid) FROM policyRun);
        """)
  }

  private static func hash(_ text: String) -> Int64 { FindingKey(check: "text").key(resource: text) }
}

extension PolicyMemberFacts {
  private static let texts: [(String, any WritableKeyPath<PolicyMemberFacts, String> & Sendable)] = [
    ("policyAssignmentId", \.assignmentId), ("policyAssignmentName", \.assignmentName),
    ("policyAssignmentScope", \.assignmentScope), ("policyDefinitionId", \.definitionId),
    ("policyDefinitionName", \.definitionName), ("displayName", \.displayName), ("policyDefinitionAction", \.effect),
    ("policyDefinitionCategory", \.category), ("policyDefinitionVersion", \.version),
    ("policySetDefinitionId", \.setId), ("policySetDefinitionName", \.setName),
    ("policySetDefinitionCategory", \.setCategory), ("policySetDefinitionVersion", \.setVersion),
    ("policyDefinitionReferenceId", \.reference), ("message", \.message),
    ("policyAssignmentParameters", \.assignmentParameters), ("effectiveParameters", \.effectiveParameters),
  ]

  var json: String {
    var members: [(key: String, value: JSONDraft)] = Self.texts.map { ($0.0, .string(self[keyPath: $0.1])) }
    members.append(("policyDefinitionGroupNames", .array(groups.map(JSONDraft.string))))
    members.append(("isEnforced", .bool(isEnforced)))
    return JSONDraft.object(members).document().root.text
  }

  init(json: String) {
    self.init()
    guard let root = try? JSONDocument.parse(json).root else { return }
    for (key, path) in Self.texts { self[keyPath: path] = root[key]?.string ?? self[keyPath: path] }
    groups = root.texts("policyDefinitionGroupNames")
    isEnforced = root["isEnforced"]?.boolean ?? true
  }
}

extension PolicyStateStore {
  /// Whether an earlier judging left states.
  package func hasStates() throws(StoreError) -> Bool {
    try store.read { db in
      guard try db.tableExists("policyState") else { return false }
      return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM policyState)") ?? false
    }
  }
}
