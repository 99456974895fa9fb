// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Inventory
internal import JSON
internal import KQL

/// What exemptions and governance rules say of a fault.
package struct FindingMark: Sendable {
  package struct Exempted: Sendable {
    package let id: String
    package let category: Exemption.Category
    package let expires: Int64?
  }

  package var exemption: Exempted?
  /// The governance rule that assigned it; empty for none.
  package var rule = ""
  package var owner = ""
  package var due: Int64?
  package var hasGrace = false
  /// The finding that tells of the same fault by another check, where that one counts.
  package var twinOf: Int64?
  /// What says that the code is meant to be so.
  package var suppression: Suppression?
  /// Of code that is compared with an earlier report: whether that one has the finding too.
  package var isKnown: Bool?

  /// Whether a report leaves it out.
  var isLeftOut: Bool { exemption != nil || twinOf != nil || suppression != nil || isKnown == true }
}

extension FindingMark {
  /// Of code, which no exemption and no governance rule is about.
  package static func ofCode(suppression: Suppression?, isKnown: Bool?) -> FindingMark {
    FindingMark(suppression: suppression, isKnown: isKnown)
  }
}

extension FindingStore {
  /// The marks of all faults that stand, as of `now`: a lapsed exemption marks nothing.
  package func marks(_ book: PolicyBook, now: Int64) throws -> [Int64: FindingMark] {
    try store.read { db in
      var marks = try Self.twins(db).mapValues { FindingMark(twinOf: $0) }
      if !book.isEmpty { try Self.mark(&marks, book, now, db) }
      return marks
    }
  }

  /// The findings with their marks.
  package func marked(_ findings: RecordedFindings, _ book: PolicyBook, now: Int64) throws -> RecordedFindings {
    findings.marked(try marks(book, now: now))
  }

  /// Findings that were read from the store, with their marks.
  func marked(_ findings: [Finding], _ book: PolicyBook, now: Int64) throws -> [Finding] {
    let marks = try marks(book, now: now)
    guard !marks.isEmpty else { return findings }
    return findings.map { finding in
      var finding = finding
      finding.mark = marks[finding.key]
      return finding
    }
  }

  private struct Fault {
    let key: Int64
    let check: String
    let severity: Severity?
    let row: Int
    let since: Int64
  }

  private static func mark(_ marks: inout [Int64: FindingMark], _ book: PolicyBook, _ now: Int64, _ db: Database) throws
  {
    let scopes = book.standingExemptions.map(\.scope) + book.standingRules.map(\.scope)
    let hasGroups = scopes.contains { !$0.managementGroups.isEmpty }
    let rows = PolicyRows(try resources(db), containers: hasGroups ? try containers(db) : nil)
    let faults = try faults(rows, db)
    let context = EvaluationContext(now: now)
    // An exemption that lasts longer goes before: where one lapses, another may still stand.
    let exemptions = book.standingExemptions.filter { $0.isActive(at: now) }
      .sorted { ($0.expires ?? .max, $1.id) > ($1.expires ?? .max, $0.id) }
    for exemption in exemptions {
      let covers = try exemption.scope.covers(rows, context)
      var known: [String: Bool] = [:]
      for fault in faults where covers[fault.row] && marks[fault.key]?.exemption == nil {
        let concerns = known[fault.check] ?? exemption.checks.contains { $0.matches(fault.check) }
        known[fault.check] = concerns
        guard concerns else { continue }
        marks[fault.key, default: FindingMark()].exemption = .init(
          id: exemption.id, category: exemption.category, expires: exemption.expires)
      }
    }
    let rules = book.standingRules
    guard !rules.isEmpty else { return }
    let owners = OwnerTags(rows, containers: PolicyRows(try containers(db)))
    for rule in rules {
      let covers = try rule.scope.covers(rows, context)
      for fault in faults where covers[fault.row] && (marks[fault.key]?.rule ?? "").isEmpty {
        guard rule.concerns(check: fault.check, severity: fault.severity) else { continue }
        var mark = marks[fault.key] ?? FindingMark()
        (mark.rule, mark.hasGrace) = (rule.id, rule.hasGrace)
        mark.due = fault.since + Int64(rule.days) * 864_000_000_000
        mark.owner =
          switch rule.owner {
          case .mail(let mail): mail
          case .tag(let name, let other): owners.value(name, fault.row) ?? other
          }
        marks[fault.key] = mark
      }
    }
  }

  /// Rows of `resources` of all that has a fault.
  private static func resources(_ db: Database) throws -> Batch {
    try documents(
      """
      SELECT d.body FROM (
        SELECT DISTINCT type, resource FROM finding WHERE closed IS NULL AND status = 1) f
      JOIN findingText t ON t.key = f.type JOIN findingText i ON i.key = f.resource
      JOIN resource r ON r.type = t.text AND r.id = i.text
      JOIN held h ON h.resource = r.key AND h.until IS NULL JOIN document d ON d.key = h.document
      """, db)
  }

  /// What holds resources, and has tags of its own.
  private static func containers(_ db: Database) throws -> Batch {
    let types = OwnerTags.types.map { "'\($0)'" }.joined(separator: ", ")
    return try documents(
      """
      SELECT d.body FROM resource r JOIN held h ON h.resource = r.key AND h.until IS NULL
      JOIN document d ON d.key = h.document WHERE r.type IN (\(types)) ORDER BY r.type, r.id
      """, db)
  }

  static func documents(_ sql: String, _ db: Database) throws -> Batch {
    var bytes: [UInt8] = []
    let cursor = try Row.fetchCursor(db, sql: sql)
    while let row = try cursor.next() {
      try row.withUnsafeData(atIndex: 0) { data in if let data { bytes.append(contentsOf: data) } }
      bytes.append(0x0A)
    }
    return Snapshot.rows(of: try JSONDocument.lines(bytes), ResourceRows.schema)
  }

  private static func faults(_ rows: PolicyRows, _ db: Database) throws -> [Fault] {
    var places: [String: Int] = [:]
    for row in rows.ids.indices { places["\(rows.types[row]) \(rows.ids[row])"] = row }
    var faults: [Fault] = []
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT f.key, c.text, j.severity, t.text, i.text, f.faultSince, f.firstSeen FROM finding f
        JOIN findingText c ON c.key = f.checkId JOIN judgedCheck j ON j.id = c.text
        JOIN findingText t ON t.key = f.type JOIN findingText i ON i.key = f.resource
        WHERE f.closed IS NULL AND f.status = 1
        """)
    while let row = try cursor.next() {
      let (type, id) = (row[3] as String, row[4] as String)
      guard let place = places["\(type) \(id.lowercased())"] else { continue }
      faults.append(
        Fault(
          key: row[0], check: row[1], severity: Severity(rawValue: row[2]), row: place, since: row[5] ?? row[6]))
    }
    return faults
  }

  /// Of checks that are the same elsewhere (`sameAs`) and find the same resource at fault one counts: the most severe,
  /// of several the first by id. The others name it.
  private static func twins(_ db: Database) throws -> [Int64: Int64] {
    var groups: [String: [String]] = [:]
    var severities: [String: Severity] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT id, severity, sameAs FROM judgedCheck ORDER BY id") {
      let id = row[0] as String
      severities[id] = Severity(rawValue: row[1])
      for name in (try? JSONDocument.parse(row[2] as String))?.root.elements.compactMap(\.string) ?? [] {
        groups[name, default: []].append(id)
      }
    }
    let lists = Set(groups.values.filter { $0.count > 1 })
    guard !lists.isEmpty else { return [:] }
    let names = try Row.fetchAll(
      db, sql: "SELECT text, key FROM findingText WHERE text IN (SELECT id FROM judgedCheck)")
    let keys = Dictionary(names.map { ($0[0] as String, $0[1] as Int64) }) { first, _ in first }
    var twins: [Int64: Int64] = [:]
    for list in lists.sorted(by: { $0.joined(separator: " ") < $1.joined(separator: " ") }) {
      var faults: [String: [(key: Int64, check: String)]] = [:]
      let judged = list.compactMap { keys[$0].map(String.init) }.joined(separator: ", ")
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT f.key, c.text, f.type, f.resource FROM finding f JOIN findingText c ON c.key = f.checkId
          WHERE f.closed IS NULL AND f.status = 1 AND f.checkId IN (\(judged))
          """)
      while let row = try rows.next() {
        faults["\(row[2] as Int64) \(row[3] as Int64)", default: []].append((row[0], row[1]))
      }
      for same in faults.values where same.count > 1 {
        let ordered = same.sorted {
          // Policies have no severity of their own: they yield.
          let (first, second) = ($0.check.hasPrefix(PolicyChecks.prefix), $1.check.hasPrefix(PolicyChecks.prefix))
          if first != second { return second }
          let (left, right) = (severities[$0.check]?.rank ?? 0, severities[$1.check]?.rank ?? 0)
          return left != right ? left > right : $0.check < $1.check
        }
        guard let first = ordered.first(where: { twins[$0.key] == nil }) else { continue }
        for other in ordered where other.key != first.key && twins[other.key] == nil { twins[other.key] = first.key }
      }
    }
    return twins
  }
}

/// Tags of resources, their groups and their accounts.
private struct OwnerTags {
  static let groups = "microsoft.resources/subscriptions/resourcegroups"
  static let types = [
    groups, "microsoft.resources/subscriptions", "aws::::account", "aws::organizations::account",
    "cloudresourcemanager.googleapis.com/project",
  ]

  private let rows: PolicyRows
  private let containers: PolicyRows
  private var groups: [String: Int] = [:]
  private var accounts: [String: [Int]] = [:]

  init(_ rows: PolicyRows, containers: PolicyRows) {
    (self.rows, self.containers) = (rows, containers)
    for row in containers.ids.indices {
      if containers.types[row] == Self.groups {
        let name = containers.groups[row].isEmpty ? containers.names[row] : containers.groups[row]
        groups["\(containers.accounts[row])/\(name)"] = row
      } else {
        accounts[containers.accounts[row], default: []].append(row)
        // An organisation's row of an account belongs to the management account and names the other in its id.
        if let name = containers.ids[row].split(separator: "/").last, name != containers.accounts[row] {
          accounts[String(name), default: []].append(row)
        }
      }
    }
  }

  /// The nearest value of a tag.
  func value(_ name: String, _ row: Int) -> String? {
    func useful(_ text: String?) -> String? { text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 } }
    if let own = useful(rows.tag(name, row)) { return own }
    let account = rows.accounts[row]
    if let group = groups["\(account)/\(rows.groups[row])"], let value = useful(containers.tag(name, group)) {
      return value
    }
    for place in accounts[account] ?? [] {
      if let value = useful(containers.tag(name, place)) { return value }
    }
    return nil
  }
}
