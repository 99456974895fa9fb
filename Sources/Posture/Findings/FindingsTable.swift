// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import Inventory
internal import JSON
package import KQL

extension FindingStore {
  /// Columns of `Findings`.
  package static let schema: Schema = [
    Field("id", .string), Field("checkId", .string), Field("sameAs", .dynamic), Field("resourceId", .string),
    Field("resourceType", .string), Field("cloud", .string), Field("account", .string), Field("region", .string),
    Field("status", .string), Field("severity", .string), Field("title", .string), Field("reason", .string),
    Field("evidence", .dynamic), Field("firstSeen", .datetime), Field("lastSeen", .datetime),
    Field("lastChanged", .datetime), Field("faultSince", .datetime), Field("timesOpened", .long),
    Field("changes", .dynamic), Field("exemption", .dynamic), Field("owner", .string), Field("due", .datetime),
    Field("grace", .bool), Field("rule", .string), Field("twinOf", .string),
  ]

  /// The findings that stand, as the table `Findings`, read from the database when a query names it.
  package var table: any TableSource { table(PolicyBook(), now: 0) }

  /// The same with what exemptions and governance rules say at `now`.
  package func table(_ book: PolicyBook, now: Int64) -> any TableSource { rows(stamp: nil, book, now) }

  /// The same, kept as extents: those of another set of exemptions and rules, or of one of which something has lapsed
  /// since, are of another state.
  package func table(in folder: DerivedFolder, _ book: PolicyBook = PolicyBook(), now: Int64 = 0) -> DerivedTable {
    let this = self
    return DerivedTable("Findings", layout: 3, schema: Self.schema, in: folder) {
      let (stamp, name) = try this.stamps(book, now)
      return (name, this.rows(stamp: stamp, book, now))
    }
  }

  /// The stamp of the findings, and the name of their state with all that they are shown with.
  func stamps(_ book: PolicyBook, _ now: Int64) throws(StoreError) -> (findings: String?, state: String?) {
    let stamps = try store.read { db in
      (try Store.stamp(of: .findings, db), try Store.stamp(of: .resources, db))
    }
    guard let findings = stamps.0, !book.isEmpty else { return (stamps.0, stamps.0) }
    let state = [findings, stamps.1 ?? "", book.state(at: now)].joined(separator: "\n")
    return (findings, String(JSONDigest(hashing: Array(state.utf8)).hex.prefix(16)))
  }

  private func rows(stamp: String?, _ book: PolicyBook, _ now: Int64) -> LazyTable {
    let this = self
    return LazyTable(schema: Self.schema) { request in
      let marks = try this.marks(book, now: now)
      let stretches = try this.store.read { db in try Self.stretches(db, this.stretch) }
      return stretches.map { checks in
        TablePart { try this.batch(of: checks, marks, stamp: stretches.count == 1 ? nil : stamp) }
      }
    }
  }

  /// Checks by their keys in the database, in the order of ids: each stretch of at most so many findings, where a check
  /// has no more.
  static func stretches(_ db: Database, _ most: Int) throws -> [[Int64]] {
    let counts = try Row.fetchAll(
      db,
      sql: """
        SELECT c.key, f.number FROM (
          SELECT checkId, COUNT(*) AS number FROM finding WHERE closed IS NULL GROUP BY checkId) f
        JOIN findingText c ON c.key = f.checkId ORDER BY c.text
        """)
    var stretches: [[Int64]] = []
    var total = 0
    for row in counts {
      let (check, count) = (row[0] as Int64, row[1] as Int)
      if let last = stretches.indices.last, total + count <= most {
        stretches[last].append(check)
        total += count
      } else {
        stretches.append([check])
        total = count
      }
    }
    return stretches
  }

  /// - Parameter stamp: the state that must still be, where stretches are read one after another.
  private func batch(
    of checks: [Int64], _ marks: [Int64: FindingMark], stamp: String?
  ) throws(StoreError) -> Batch {
    try store.read { db in
      if let stamp, try Store.stamp(of: .findings, db) != stamp {
        throw StoreError(.busy, "the findings changed while they were read; run the query again")
      }
      var strings = [StringColumnBuilder](repeating: StringColumnBuilder(), count: 11)
      var (sameAs, evidence, changes) = (DynamicTexts(), DynamicTexts(), DynamicTexts())
      var times: [[Int64]] = [[], [], []]
      var (since, opened): ([Int64?], [Int64]) = ([], [])
      var marked = MarkColumns()
      var count = 0
      let rows = try db.makeStatement(
        sql: """
          SELECT f.key, c.text, r.text, t.text, cl.text, a.text, re.text, f.status, j.severity, j.title, w.text,
            j.sameAs, e.text, f.firstSeen, f.lastSeen, f.lastChanged, f.faultSince, f.faults, x.text
          FROM finding f CROSS JOIN findingText c ON c.key = f.checkId JOIN findingText r ON r.key = f.resource
          JOIN findingText t ON t.key = f.type JOIN findingText cl ON cl.key = f.cloud
          JOIN findingText a ON a.key = f.account JOIN findingText re ON re.key = f.region
          JOIN findingText w ON w.key = f.reason JOIN findingText e ON e.key = f.evidence
          JOIN judgedCheck j ON j.id = c.text LEFT JOIN findingText x ON x.key = f.changes
          WHERE f.closed IS NULL AND f.checkId = ? ORDER BY r.text
          """)
      for check in checks {
        let cursor = try Row.fetchCursor(rows, arguments: [check])
        while let row = try cursor.next() {
          strings[0].append(Finding.text(row[0]))
          for column in 1...6 { strings[column].append(row[column] as String) }
          strings[7].append(Status(code: row[7]).rawValue)
          for column in 8...10 { strings[column].append(row[column] as String) }
          sameAs.append(row[11])
          evidence.append(row[12])
          for column in 0..<3 { times[column].append(row[13 + column]) }
          since.append(row[16])
          opened.append(row[17])
          changes.append(row[18] ?? "[]")
          marked.append(marks[row[0]])
          count += 1
        }
      }
      let texts = strings.map { Column.string($0.finish()) }
      // texts: id, checkId, resourceId, resourceType, cloud, account, region, status, severity, title, reason
      var columns = [texts[0], texts[1], try sameAs.column()] + texts[2...10] + [try evidence.column()]
      columns += times.map { .datetime(FixedColumn($0)) }
      columns += [.datetime(.optional(since)), .long(FixedColumn(opened)), try changes.column()]
      columns += try marked.columns()
      return Batch(columns: columns, count: count)
    }
  }
}

/// The columns that tell what exemptions and governance rules say, in the order of the schema.
private struct MarkColumns {
  private var exemptions = DynamicTexts()
  private var texts = [StringColumnBuilder](repeating: StringColumnBuilder(), count: 3)
  private var dues: [Int64?] = []
  private var graces: [Bool] = []

  mutating func append(_ mark: FindingMark?) {
    exemptions.append(mark?.exemption?.json ?? "null")
    texts[0].append(mark?.owner ?? "")
    dues.append(mark?.due)
    graces.append(mark?.hasGrace ?? false)
    texts[1].append(mark?.rule ?? "")
    texts[2].append(mark?.twinOf.map(Finding.text) ?? "")
  }

  func columns() throws -> [KQL.Column] {
    var bits = Bitmap(count: graces.count)
    for (row, grace) in graces.enumerated() where grace { bits[row] = true }
    let strings = texts.map { KQL.Column.string($0.finish()) }
    return [
      try exemptions.column(), strings[0], .datetime(.optional(dues)), .bool(BoolColumn(bits)), strings[1], strings[2],
    ]
  }
}

extension FindingMark.Exempted {
  /// `{"category":"Waiver","id":"...","expiry":"..."}`
  var json: String {
    JSONDraft.object([
      ("category", .string(category.rawValue)), ("id", .string(id)),
      ("expiry", expires.map { .string(DateTime.text($0)) } ?? .null),
    ]).document().root.text
  }
}

/// Dynamic cells of JSON texts, each distinct text kept once.
struct DynamicTexts {
  private var lines: [UInt8] = []
  private var known: [String: Int] = [:]
  private var roots: [Int?] = []

  /// - Parameter text: JSON on one line; `null` makes an empty cell.
  mutating func append(_ text: String) {
    if text == "null" { return roots.append(nil) }
    if let root = known[text] { return roots.append(root) }
    lines.append(contentsOf: text.utf8)
    lines.append(0x0A)
    roots.append(known.count)
    known[text] = known.count
  }

  func column() throws -> KQL.Column {
    let document = try JSONDocument.lines(lines)
    return .dynamic(
      DynamicColumn(
        documents: [document],
        refs: roots.map { root in root.map { UInt64(document.rootNode(at: $0)) } ?? DynamicColumn.null }))
  }
}
