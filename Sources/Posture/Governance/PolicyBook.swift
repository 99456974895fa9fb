// SPDX-License-Identifier: Apache-2.0
package import Content
internal import GRDB
internal import Inventory
package import JSON
package import KQL

/// All exemptions and governance rules that there are, with who made them and when.
package struct PolicyBook: Sendable {
  /// One of them as it is kept.
  package struct Entry<Body: Sendable>: Sendable {
    package let body: Body
    /// `store`, or the file that it stands in.
    package let source: String
    package let created: Int64?
    package let createdBy: String
    package let removed: Int64?
    package let removedBy: String
    fileprivate let text: String
  }

  /// Those removed stay to be looked at.
  package fileprivate(set) var exemptions: [Entry<Exemption>] = []
  package fileprivate(set) var rules: [Entry<GovernanceRule>] = []

  package init() {}

  var standingExemptions: [Exemption] { exemptions.filter { $0.removed == nil }.map(\.body) }
  /// In the order in which they are asked.
  var standingRules: [GovernanceRule] {
    rules.filter { $0.removed == nil }.map(\.body).sorted { ($0.priority, $0.id) < ($1.priority, $1.id) }
  }

  package var isEmpty: Bool { standingExemptions.isEmpty && standingRules.isEmpty }

  /// A name for what all of it says at a time: it changes when one is added, removed or lapses.
  func state(at now: Int64) -> String {
    let texts =
      exemptions.filter { $0.removed == nil && $0.body.isActive(at: now) }.map(\.text)
      + rules.filter { $0.removed == nil }.map(\.text)
    let scopes = standingExemptions.map(\.scope) + standingRules.map(\.scope)
    // A predicate over the time is looked at anew every hour.
    let hour = scopes.contains(where: \.readsTime) ? String(now / 36_000_000_000) : ""
    return texts.joined(separator: "\n") + hour
  }
}

/// Exemptions and governance rules in the store, and those of a file.
package struct PolicyStore: Sendable {
  private enum Kind: String { case exemption, governance }
  private let store: Store

  package init(_ findings: FindingStore) { store = findings.store }

  /// - Parameter file: YAML with `exemptions:` and `governance:`, lists of what `plumb exempt add` and
  ///   `plumb governance add` keep.
  package func book(file: ContentFile? = nil) throws -> PolicyBook {
    var book = PolicyBook()
    let rows = try store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT kind, id, body, created, createdBy, removed, removedBy FROM policy ORDER BY created, id"
      ).map { row -> (kind: String, id: String, body: String, Int64, String, Int64?, String?) in
        (row[0], row[1], row[2], row[3], row[4], row[5], row[6])
      }
    }
    for row in rows {
      let node = try YAMLDocument(parsing: Array(row.body.utf8), path: "\(row.kind) \(row.id) in the store").node
      func entry<Body>(_ body: Body) -> PolicyBook.Entry<Body> {
        .init(
          body: body, source: "store", created: row.3, createdBy: row.4, removed: row.5, removedBy: row.6 ?? "",
          text: row.body)
      }
      switch Kind(rawValue: row.kind) {
      case .exemption: book.exemptions.append(entry(try Exemption(node)))
      case .governance: book.rules.append(entry(try GovernanceRule(node)))
      case nil: continue
      }
    }
    if let file { try Self.add(file, to: &book) }
    return book
  }

  private static func add(_ file: ContentFile, to book: inout PolicyBook) throws(ContentError) {
    let node = try YAMLDocument(file).node
    if node.value.isNull { return }
    try node.allow(["exemptions", "governance"])
    func entry<Body>(_ body: Body, _ node: ContentNode) -> PolicyBook.Entry<Body> {
      .init(
        body: body, source: file.displayPath, created: nil, createdBy: "", removed: nil, removedBy: "",
        text: node.value.text)
    }
    for item in try node.optional("exemptions")?.elements ?? [] {
      let exemption = try Exemption(item)
      guard !book.standingExemptions.contains(where: { $0.id == exemption.id }) else {
        throw try item.require("id").error("there is another exemption '\(exemption.id)'", code: .duplicateKey)
      }
      book.exemptions.append(entry(exemption, item))
    }
    for item in try node.optional("governance")?.elements ?? [] {
      let rule = try GovernanceRule(item)
      guard !book.standingRules.contains(where: { $0.id == rule.id }) else {
        throw try item.require("id").error("there is another governance rule '\(rule.id)'", code: .duplicateKey)
      }
      book.rules.append(entry(rule, item))
    }
  }

  /// Reads what an exemption's members say, without keeping it.
  package static func exemption(_ members: JSONDraft) throws(ContentError) -> Exemption {
    try Exemption(try node(members))
  }

  package static func rule(_ members: JSONDraft) throws(ContentError) -> GovernanceRule {
    try GovernanceRule(try node(members))
  }

  private static func node(_ members: JSONDraft) throws(ContentError) -> ContentNode {
    try YAMLDocument(parsing: members.document().root.serialized(), path: "options").node
  }

  package func add(exemption members: JSONDraft, by person: String, at now: Int64) throws {
    try keep(.exemption, try Self.exemption(members).id, members, person, now)
  }

  package func add(rule members: JSONDraft, by person: String, at now: Int64) throws {
    try keep(.governance, try Self.rule(members).id, members, person, now)
  }

  private func keep(_ kind: Kind, _ id: String, _ members: JSONDraft, _ person: String, _ now: Int64) throws {
    try store.write { db in
      try db.execute(
        sql: "INSERT INTO policy (kind, id, body, created, createdBy) VALUES (?, ?, ?, ?, ?)",
        arguments: [kind.rawValue, id, members.document().root.text, now, person])
    }
  }

  /// Ends one; it stays to be looked at. Returns whether there was one.
  package func remove(exemption id: String, by person: String, at now: Int64) throws -> Bool {
    try remove(.exemption, id, person, now)
  }

  package func remove(rule id: String, by person: String, at now: Int64) throws -> Bool {
    try remove(.governance, id, person, now)
  }

  private func remove(_ kind: Kind, _ id: String, _ person: String, _ now: Int64) throws -> Bool {
    try store.write { db in
      try db.execute(
        sql: "UPDATE policy SET removed = ?, removedBy = ? WHERE kind = ? AND id = ? AND removed IS NULL",
        arguments: [now, person, kind.rawValue, id])
      return db.changesCount > 0
    }
  }
}

extension PolicyBook {
  package static let exemptionsSchema: Schema = [
    Field("id", .string), Field("category", .string), Field("checks", .string), Field("scope", .string),
    Field("reason", .string), Field("approver", .string), Field("expires", .datetime), Field("state", .string),
    Field("source", .string), Field("created", .datetime), Field("createdBy", .string), Field("removed", .datetime),
    Field("removedBy", .string),
  ]

  /// The table `Exemptions`; `state` is `active`, `lapsed` or `removed`.
  package func exemptionsTable(now: Int64) -> any TableSource {
    let list = exemptions
    func text(_ cell: (Entry<Exemption>) -> String) -> KQL.Column { .string(StringColumn(list.map(cell))) }
    func time(_ cell: (Entry<Exemption>) -> Int64?) -> KQL.Column { .datetime(.optional(list.map(cell))) }
    let columns = [
      text { $0.body.id }, text { $0.body.category.rawValue },
      text { $0.body.checks.map(\.text).joined(separator: ", ") }, text { $0.body.scope.text }, text { $0.body.reason },
      text { $0.body.approver }, time { $0.body.expires },
      text { $0.removed != nil ? "removed" : $0.body.isActive(at: now) ? "active" : "lapsed" }, text { $0.source },
      time { $0.created }, text { $0.createdBy }, time { $0.removed }, text { $0.removedBy },
    ]
    return MemoryTable(
      schema: Self.exemptionsSchema, batches: [Batch(columns: columns, count: list.count)])
  }

  package static let rulesSchema: Schema = [
    Field("id", .string), Field("priority", .long), Field("target", .string), Field("scope", .string),
    Field("owner", .string), Field("days", .long), Field("grace", .bool), Field("source", .string),
    Field("created", .datetime), Field("createdBy", .string), Field("removed", .datetime), Field("removedBy", .string),
  ]

  /// The table `GovernanceRules`.
  package var rulesTable: any TableSource {
    let list = rules.sorted { ($0.body.priority, $0.body.id) < ($1.body.priority, $1.body.id) }
    func text(_ cell: (Entry<GovernanceRule>) -> String) -> KQL.Column { .string(StringColumn(list.map(cell))) }
    func time(_ cell: (Entry<GovernanceRule>) -> Int64?) -> KQL.Column { .datetime(.optional(list.map(cell))) }
    func number(_ cell: (Entry<GovernanceRule>) -> Int) -> KQL.Column {
      .long(FixedColumn(list.map { Int64(cell($0)) }))
    }
    var graces = Bitmap(count: list.count)
    for (row, entry) in list.enumerated() { graces[row] = entry.body.hasGrace }
    let columns = [
      text { $0.body.id }, number { $0.body.priority }, text { $0.body.target }, text { $0.body.scope.text },
      text { $0.body.ownerText }, number { $0.body.days }, .bool(BoolColumn(graces)), text { $0.source },
      time { $0.created }, text { $0.createdBy }, time { $0.removed }, text { $0.removedBy },
    ]
    return MemoryTable(schema: Self.rulesSchema, batches: [Batch(columns: columns, count: list.count)])
  }
}
