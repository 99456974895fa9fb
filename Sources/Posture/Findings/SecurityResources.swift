// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
internal import JSON
internal import KQL

extension FindingStore {
  /// Findings as the assessments of Azure Resource Graph, and what is wrong in each as sub-assessments, beside the rows
  /// that were collected from Azure: the table `securityresources`. `properties.partnersData.partnerName` of ours is
  /// `Plumbline`, their `source` `plumbline`.
  ///
  /// The status is NotApplicable with the cause `Exempt` where a finding is exempt, and with the cause `Unknown` where
  /// it is not known.
  package func securityResources(in folder: DerivedFolder, _ book: PolicyBook, now: Int64) -> SecurityTable {
    let this = self
    @Sendable func rows(_ kind: AssessmentWriter.Kind) -> LazyTable {
      LazyTable(schema: Snapshot.resourcesSchema) { _ in
        let marks = try this.marks(book, now: now)
        return try this.store.read { db in try Self.stretches(db, this.store.stretch) }
          .map { checks in TablePart { try this.rows(kind, of: checks, marks) } }
      }
    }
    let assessments = DerivedTable("securityresources", layout: 2, schema: Snapshot.resourcesSchema, in: folder) {
      let state = try this.stamps(book, now).state
      let resources = try this.store.read { db in try Store.stamp(of: .resources, db) }
      return (state.map { "\($0)-\(resources ?? "")" }, rows(.assessments))
    }
    return SecurityTable([
      .init(nil, LazyTable(schema: Snapshot.resourcesSchema) { try this.store.read(Self.collected) }),
      .init([AssessmentWriter.Kind.assessments.rawValue], assessments),
      .init([AssessmentWriter.Kind.subassessments.rawValue], rows(.subassessments)),
    ])
  }

  /// What Azure itself says.
  private static func collected(_ db: Database) throws -> Batch {
    let types = try String.fetchAll(db, sql: "SELECT DISTINCT type FROM resource")
      .filter { ResourceGraphTable.name(of: $0) == "securityresources" }
    let names = types.sorted().map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
    return try documents(
      """
      SELECT d.body FROM resource r JOIN held h ON h.resource = r.key AND h.until IS NULL
      JOIN document d ON d.key = h.document WHERE r.type IN (\(names)) ORDER BY r.type, r.id
      """, db)
  }

  /// The tenant of each account, as the first of its resources has it.
  static func tenants(_ db: Database) throws -> [String: String] {
    var tenants: [String: String] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT r.account, json_extract(CAST(d.body AS TEXT), '$.tenantId') FROM (
          SELECT MIN(key) AS key FROM resource r WHERE EXISTS (
            SELECT 1 FROM held h WHERE h.resource = r.key AND h.until IS NULL) GROUP BY account) f
        JOIN resource r ON r.key = f.key JOIN held h ON h.resource = r.key AND h.until IS NULL
        JOIN document d ON d.key = h.document
        """)
    {
      tenants[row[0]] = row[1] as String?
    }
    return tenants
  }

  private func rows(
    _ kind: AssessmentWriter.Kind, of checks: [Int64], _ marks: [Int64: FindingMark]
  ) throws(StoreError) -> Batch {
    try store.read { db in
      var writer = AssessmentWriter(kind, tenants: try Self.tenants(db))
      let rows = try db.makeStatement(
        sql: """
          SELECT f.key, c.text, r.text, t.text, cl.text, a.text, f.status, j.severity, j.title, w.text, j.sameAs,
            e.text, f.firstSeen, f.lastChanged, j.about
          FROM finding f CROSS JOIN findingText c ON c.key = f.checkId JOIN findingText r ON r.key = f.resource
          JOIN findingText t ON t.key = f.type JOIN findingText cl ON cl.key = f.cloud
          JOIN findingText a ON a.key = f.account JOIN findingText w ON w.key = f.reason
          JOIN findingText e ON e.key = f.evidence JOIN judgedCheck j ON j.id = c.text
          WHERE f.closed IS NULL AND f.checkId = ? \(kind.condition) ORDER BY r.text
          """)
      for key in checks {
        let cursor = try Row.fetchCursor(rows, arguments: [key])
        while let row = try cursor.next() {
          let check = try writer.check(row[1], title: row[8], severity: row[7], sameAs: row[10], about: row[14])
          writer.add(
            .init(
              finding: Finding.text(row[0]), resource: row[2], type: row[3], cloud: row[4], account: row[5],
              status: Status(code: row[6]), reason: row[9], evidence: row[11], firstSeen: row[12], changed: row[13],
              mark: marks[row[0]]), check)
        }
      }
      return Snapshot.rows(of: writer.finish(), Snapshot.resourcesSchema)
    }
  }
}

/// Writes findings in the shape of `microsoft.security/assessments`, or of their sub-assessments.
private struct AssessmentWriter: ~Copyable {
  enum Kind: String {
    case assessments = "microsoft.security/assessments"
    /// One for each value that a fault rests on.
    case subassessments = "microsoft.security/assessments/subassessments"

    /// Which findings have such rows.
    var condition: String { self == .subassessments ? "AND f.status = \(Status.unhealthy.code)" : "" }
  }

  /// What all assessments of one check share.
  struct Shared {
    let id: String
    let title: String
    let name: String
    /// `High`
    let severity: String
    let about: JSONValue
    let metadata: JSONDraft
  }

  struct Entry {
    let finding: String
    let resource: String
    let type: String
    let cloud: String
    let account: String
    let status: Status
    let reason: String
    let evidence: String
    let firstSeen: Int64
    let changed: Int64
    let mark: FindingMark?
  }

  private let kind: Kind
  private let tenants: [String: String]
  private var known: [String: Shared] = [:]
  private var builder = JSONBuilder()

  init(_ kind: Kind, tenants: [String: String]) {
    self.kind = kind
    self.tenants = tenants
  }

  consuming func finish() -> JSONDocument { builder.finish() }

  mutating func check(
    _ id: String, title: String, severity: String, sameAs: String, about: String
  ) throws -> Shared {
    if let shared = known[id] { return shared }
    let about = try JSONDocument.parse(about).root
    let names = try JSONDocument.parse(sameAs).root.elements.compactMap(\.string)
    let policy = names.first { $0.hasPrefix("azurepolicy:") }?.dropFirst(12)
    func text(_ key: String) -> JSONDraft { .string(about[key]?.string ?? "") }
    let word = severity.prefix(1).uppercased() + severity.dropFirst()
    let metadata: [(key: String, value: JSONDraft)] = [
      ("displayName", .string(title)), ("assessmentType", .string("CustomerManaged")),
      ("severity", .string(word)),
      ("description", text("why")), ("remediationDescription", text("fix")),
      ("categories", .array([text("control")])), ("implementationEffort", text("effort")),
      ("techniques", about["attack"].map(JSONDraft.value) ?? .array([])),
      (
        "policyDefinitionId",
        policy.map { .string("/providers/Microsoft.Authorization/policyDefinitions/\($0)") } ?? .null
      ),
    ]
    let shared = Shared(
      id: id, title: title, name: SecurityKey.assessment(of: id), severity: word, about: about,
      metadata: .object(metadata))
    known[id] = shared
    return shared
  }

  mutating func add(_ entry: Entry, _ check: Shared) {
    let isExempt = entry.mark?.exemption != nil
    let code: Status = entry.status == .unknown || isExempt ? .notApplicable : entry.status
    var status: [(key: String, value: JSONDraft)] = [("code", .string(code.rawValue))]
    if isExempt {
      status.append(("cause", .string("Exempt")))
    } else if entry.status == .unknown {
      status.append(("cause", .string("Unknown")))
    }
    status += [
      ("description", .string(entry.reason)), ("firstEvaluationDate", .string(DateTime.text(entry.firstSeen))),
      ("statusChangeDate", .string(DateTime.text(entry.changed))),
    ]
    let source = ["aws": "Aws", "gcp": "Gcp"][entry.cloud] ?? "Azure"
    var group = ""
    let segments = entry.resource.split(separator: "/")
    if entry.cloud == "azure", let at = segments.firstIndex(where: { $0.lowercased() == "resourcegroups" }),
      at + 1 < segments.count
    {
      group = segments[at + 1].lowercased()
    }
    let parts = Parts(entry: entry, status: status, source: source, group: group)
    let evidence = (try? JSONDocument.parse(entry.evidence))?.root
    switch kind {
    case .assessments: addAssessment(parts, check, evidence)
    case .subassessments: addSubassessments(parts, check, evidence)
    }
  }

  /// What an assessment and its parts share.
  private struct Parts {
    let entry: Entry
    let status: [(key: String, value: JSONDraft)]
    let source: String
    let group: String
  }

  private mutating func addAssessment(_ parts: Parts, _ check: Shared, _ evidence: JSONValue?) {
    let entry = parts.entry
    write(
      parts, id: "\(entry.resource)/providers/Microsoft.Security/assessments/\(check.name)", name: check.name,
      [
        ("displayName", .string(check.title)),
        (
          "resourceDetails",
          .object([
            ("Source", .string(parts.source)), ("Id", .string(entry.resource)), ("ResourceType", .string(entry.type)),
          ])
        ),
        ("status", .object(parts.status)), ("metadata", check.metadata),
        (
          "additionalData",
          .object([
            ("checkId", .string(check.id)), ("findingId", .string(entry.finding)),
            ("evidence", evidence.map(JSONDraft.value) ?? .null),
          ])
        ),
        ("partnersData", .object([("partnerName", .string("Plumbline"))])),
      ])
  }

  private mutating func addSubassessments(_ parts: Parts, _ check: Shared, _ evidence: JSONValue?) {
    let entry = parts.entry
    func text(_ key: String) -> JSONDraft { .string(check.about[key]?.string ?? "") }
    var items = evidence.map { Array($0.elements) } ?? []
    // A fault that rests on no value is one thing that is wrong.
    if items.isEmpty { items = [JSONValue.null] }
    for (index, item) in items.enumerated() {
      let path = item["path"]?.string ?? ""
      let name = SecurityKey.guid("\(entry.finding) \(index)")
      write(
        parts,
        id: "\(entry.resource)/providers/Microsoft.Security/assessments/\(check.name)/subassessments/\(name)",
        name: name,
        [
          ("id", .string(path.isEmpty ? check.id : path)), ("displayName", .string(check.title)),
          ("description", .string(entry.reason)), ("category", text("control")), ("impact", text("why")),
          ("remediation", text("fix")), ("timeGenerated", .string(DateTime.text(entry.changed))),
          (
            "status",
            .object(
              parts.status.filter { $0.key != "firstEvaluationDate" && $0.key != "statusChangeDate" }
                + [("severity", .string(check.severity))])
          ),
          ("resourceDetails", .object([("source", .string(parts.source)), ("id", .string(entry.resource))])),
          (
            "additionalData",
            .object([
              ("assessedResourceType", .string(entry.type)), ("checkId", .string(check.id)),
              ("findingId", .string(entry.finding)), ("data", item.isNull ? .emptyObject : .value(item)),
            ])
          ),
        ])
    }
  }

  private mutating func write(
    _ parts: Parts, id: String, name: String, _ properties: [(key: String, value: JSONDraft)]
  ) {
    JSONDraft.object([
      ("id", .string(id)), ("name", .string(name)), ("type", .string(kind.rawValue)),
      ("tenantId", .string(tenants[parts.entry.account] ?? "")), ("resourceGroup", .string(parts.group)),
      ("subscriptionId", .string(parts.entry.account)), ("properties", .object(properties)),
      ("cloud", .string(parts.entry.cloud)), ("source", .string("plumbline")),
    ]).write(into: &builder)
  }
}

/// Names in the form of Azure's assessment keys, always the same for one text.
enum SecurityKey {
  /// The name of a check's assessments.
  static func assessment(of check: String) -> String { guid(check) }

  static func guid(_ text: String) -> String {
    let hex = Array(JSONDigest(hashing: Array("plumbline:\(text)".utf8)).hex.prefix(32))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
  }
}
