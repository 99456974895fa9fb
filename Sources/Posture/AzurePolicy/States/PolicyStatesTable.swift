// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
internal import JSON
package import KQL

extension PolicyStateStore {
  /// Columns of `PolicyStates`: those of Azure's policy states, then ours.
  package static let statesSchema: Schema = [
    Field("timestamp", .datetime), Field("resourceId", .string), Field("policyAssignmentId", .string),
    Field("policyDefinitionId", .string), Field("effectiveParameters", .dynamic), Field("isCompliant", .bool),
    Field("subscriptionId", .string), Field("resourceType", .string), Field("resourceLocation", .string),
    Field("resourceGroup", .string), Field("resourceTags", .dynamic), Field("policyAssignmentName", .string),
    Field("policyAssignmentParameters", .dynamic), Field("policyAssignmentScope", .string),
    Field("policyDefinitionName", .string), Field("policyDefinitionAction", .string),
    Field("policyDefinitionCategory", .string), Field("policyDefinitionVersion", .string),
    Field("policySetDefinitionId", .string), Field("policySetDefinitionName", .string),
    Field("policySetDefinitionCategory", .string), Field("policySetDefinitionVersion", .string),
    Field("managementGroupIds", .string), Field("policyDefinitionReferenceId", .string),
    Field("policyDefinitionGroupNames", .dynamic), Field("complianceState", .string),
    Field("policyEvaluationDetails", .dynamic), Field("stateWeight", .long), Field("stateSince", .datetime),
    Field("displayName", .string), Field("reason", .string), Field("isEnforced", .bool),
  ]

  /// Rows that are read into memory at a time, where a policy has no more.
  private static let stretch = 65_536

  /// The states that stand, as the table `PolicyStates`.
  package var states: LazyTable {
    let this = self
    return LazyTable(schema: Self.statesSchema) { _ in
      try this.stretches().map { members in TablePart { try this.batch(of: members) } }
    }
  }

  /// What Resource Graph has in `policyresources`: the policy objects and states that were collected from Azure, and
  /// our states beside them, whose `source` is `plumbline`.
  package var policyResources: LazyTable {
    let this = self
    return LazyTable(schema: Snapshot.resourcesSchema) { _ in
      [TablePart { try this.store.read(Self.collected) }]
        + (try this.stretches().map { members in TablePart { try this.graphBatch(of: members) } })
    }
  }

  private static func collected(_ db: Database) throws -> Batch {
    let types = try String.fetchAll(db, sql: "SELECT DISTINCT type FROM resource")
      .filter { ResourceGraphTable.name(of: $0) == "policyresources" }
    let names = types.sorted().map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
    return try FindingStore.documents(
      """
      SELECT d.body FROM resource r JOIN held h ON h.resource = r.key AND h.until IS NULL
      JOIN document d ON d.key = h.document WHERE r.type IN (\(names)) ORDER BY r.type, r.id
      """, db)
  }

  private func stretches() throws(StoreError) -> [[Int64]] {
    try store.read { db in
      guard try db.tableExists("policyState") else { return [] }
      var (stretches, total) = ([[Int64]](), Int.max)
      for row in try Row.fetchAll(
        db, sql: "SELECT member, COUNT(*) FROM policyState GROUP BY member ORDER BY member")
      {
        let (member, count) = (row[0] as Int64, row[1] as Int)
        if let last = stretches.indices.last, total + count <= Self.stretch {
          stretches[last].append(member)
          total += count
        } else {
          stretches.append([member])
          total = count
        }
      }
      return stretches
    }
  }

  /// One state with all that is told of it.
  private struct Entry {
    let facts: PolicyMemberFacts
    let row: Row
    let time: Int64

    var state: PolicyState { PolicyState(rawValue: row["state"]) ?? .unknown }
  }

  private static func forEach(_ members: [Int64], _ db: Database, _ body: (Entry) throws -> Void) throws {
    let time = try Int64.fetchOne(db, sql: "SELECT MAX(time) FROM policyRun") ?? 0
    for member in members {
      guard let text = try String.fetchOne(db, sql: "SELECT body FROM policyMember WHERE key = ?", arguments: [member])
      else { continue }
      let facts = PolicyMemberFacts(json: text)
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT r.id, r.name, r.type, r.location, r.subscription, r.resourceGroup, r.managementGroups, r.tags,
            s.state, s.since, w.text AS reason, p.text AS proof
          FROM policyState s JOIN policyResource r ON r.key = s.resource JOIN policyText w ON w.key = s.reason
          JOIN policyText p ON p.key = s.proof WHERE s.member = ? ORDER BY r.id
          """, arguments: [member])
      while let row = try rows.next() { try body(Entry(facts: facts, row: row, time: time)) }
    }
  }

  private func batch(of members: [Int64]) throws(StoreError) -> Batch {
    try store.read { db in
      var texts = [StringColumnBuilder](repeating: StringColumnBuilder(), count: 20)
      var dynamics = [DynamicTexts](repeating: DynamicTexts(), count: 5)
      var (times, sinces, weights): ([Int64], [Int64], [Int64]) = ([], [], [])
      var (compliant, enforced) = ([Bool](), [Bool]())
      var (names, reasons) = (StringColumnBuilder(), StringColumnBuilder())
      try Self.forEach(members, db) { entry in
        let (facts, row, state) = (entry.facts, entry.row, entry.state)
        let cells: [String] = [
          row["id"], facts.assignmentId, facts.definitionId, row["subscription"], row["type"], row["location"],
          row["resourceGroup"], facts.assignmentName, facts.assignmentScope, facts.definitionName, facts.effect,
          facts.category, facts.version, facts.setId, facts.setName, facts.setCategory, facts.setVersion,
          row["managementGroups"], facts.reference, state.text,
        ]
        for (index, cell) in cells.enumerated() { texts[index].append(cell) }
        dynamics[0].append(facts.effectiveParameters)
        dynamics[1].append(row["tags"])
        dynamics[2].append(facts.assignmentParameters)
        dynamics[3].append(ReportText.array(facts.groups))
        dynamics[4].append(row["proof"])
        times.append(entry.time)
        sinces.append(row["since"])
        weights.append(Int64(state.weight))
        compliant.append(state != .nonCompliant && state != .conflict)
        enforced.append(facts.isEnforced)
        names.append(facts.displayName)
        reasons.append(row["reason"])
      }
      let t = texts.map { KQL.Column.string($0.finish()) }
      let d = try dynamics.map { try $0.column() }
      return Batch(
        columns: [
          .datetime(FixedColumn(times)), t[0], t[1], t[2], d[0], Self.bools(compliant), t[3], t[4], t[5], t[6], d[1],
          t[7], d[2], t[8], t[9], t[10], t[11], t[12], t[13], t[14], t[15], t[16], t[17], t[18], d[3], t[19], d[4],
          .long(FixedColumn(weights)), .datetime(FixedColumn(sinces)), .string(names.finish()),
          .string(reasons.finish()), Self.bools(enforced),
        ], count: times.count)
    }
  }

  private static func bools(_ values: [Bool]) -> KQL.Column {
    var bits = Bitmap(count: values.count)
    for (row, value) in values.enumerated() where value { bits[row] = true }
    return .bool(BoolColumn(bits))
  }

  private func graphBatch(of members: [Int64]) throws(StoreError) -> Batch {
    try store.read { db in
      var builder = JSONBuilder()
      try Self.forEach(members, db) { entry in try Self.row(entry).write(into: &builder) }
      return Snapshot.rows(of: builder.finish(), Snapshot.resourcesSchema)
    }
  }

  /// A state as Resource Graph has it: `microsoft.policyinsights/policystates`.
  private static func row(_ entry: Entry) throws -> JSONDraft {
    let (facts, row, state) = (entry.facts, entry.row, entry.state)
    func parsed(_ text: String) throws -> JSONDraft { .value(try JSONDocument.parse(text).root) }
    let resource: String = row["id"]
    let name = FindingKey.digits(UInt64(bitPattern: facts.key))
    let properties: [(key: String, value: JSONDraft)] = [
      ("complianceState", .string(state.text)), ("complianceReasonCode", .string("")),
      ("effectiveParameters", try parsed(facts.effectiveParameters)),
      ("isCompliant", .bool(state != .nonCompliant && state != .conflict)),
      ("managementGroupIds", .string(row["managementGroups"])), ("policyAssignmentId", .string(facts.assignmentId)),
      ("policyAssignmentName", .string(facts.assignmentName)),
      ("policyAssignmentParameters", try parsed(facts.assignmentParameters)),
      ("policyAssignmentScope", .string(facts.assignmentScope)),
      ("policyDefinitionAction", .string(facts.effect)), ("policyDefinitionCategory", .string(facts.category)),
      ("policyDefinitionGroupNames", .array(facts.groups.map(JSONDraft.string))),
      ("policyDefinitionId", .string(facts.definitionId)), ("policyDefinitionName", .string(facts.definitionName)),
      ("policyDefinitionReferenceId", .string(facts.reference)), ("policyDefinitionVersion", .string(facts.version)),
      ("policyEvaluationDetails", try parsed(row["proof"])),
      ("policySetDefinitionCategory", .string(facts.setCategory)),
      ("policySetDefinitionId", .string(facts.setId)), ("policySetDefinitionName", .string(facts.setName)),
      ("policySetDefinitionVersion", .string(facts.setVersion)), ("resourceGroup", .string(row["resourceGroup"])),
      ("resourceId", .string(resource)), ("resourceLocation", .string(row["location"])),
      ("resourceTags", try parsed(row["tags"])), ("resourceType", .string(row["type"])),
      ("stateWeight", .int(Int64(state.weight))), ("subscriptionId", .string(row["subscription"])),
      ("timestamp", .string(DateTime.text(entry.time))),
    ]
    return .object([
      ("id", .string("\(resource)/providers/Microsoft.PolicyInsights/policyStates/\(name)")), ("name", .string(name)),
      ("type", .string("microsoft.policyinsights/policystates")), ("location", .string(row["location"])),
      ("resourceGroup", .string(row["resourceGroup"])), ("subscriptionId", .string(row["subscription"])),
      ("properties", .object(properties)), ("cloud", .string("azure")), ("source", .string("plumbline")),
    ])
  }
}
