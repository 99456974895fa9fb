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
    Field("lastChanged", .datetime),
  ]

  /// The findings that stand, as the table `Findings`, read from the database when a query names it.
  package var table: any TableSource { rows(stamp: nil) }

  /// The same, kept as extents.
  package func table(in folder: DerivedFolder) -> DerivedTable {
    let this = self
    return DerivedTable("Findings", layout: 2, schema: Self.schema, in: folder) {
      let stamp = try this.store.read { db in try Store.stamp(of: .findings, db) }
      return (stamp, this.rows(stamp: stamp))
    }
  }

  private func rows(stamp: String?) -> LazyTable {
    let this = self
    return LazyTable(schema: Self.schema) { request in
      let stretches = try this.store.read(Self.stretches)
      return stretches.map { checks in
        TablePart { try this.batch(of: checks, stamp: stretches.count == 1 ? nil : stamp) }
      }
    }
  }

  /// Ranges of check ids, each of as many findings as an extent may have.
  private static func stretches(_ db: Database) throws -> [ClosedRange<String>] {
    let counts = try Row.fetchAll(
      db,
      sql: """
        SELECT c.text, COUNT(*) FROM finding f JOIN findingText c ON c.key = f.checkId
        WHERE f.closed IS NULL GROUP BY c.key ORDER BY c.text
        """)
    var stretches: [ClosedRange<String>] = []
    var total = 0
    for row in counts {
      let (check, count) = (row[0] as String, row[1] as Int)
      if let last = stretches.last, total + count <= ExtentWriter.mostRows {
        stretches[stretches.count - 1] = last.lowerBound...check
        total += count
      } else {
        stretches.append(check...check)
        total = count
      }
    }
    return stretches
  }

  /// - Parameter stamp: the state that must still be, where stretches are read one after another.
  private func batch(of checks: ClosedRange<String>, stamp: String?) throws(StoreError) -> Batch {
    try store.read { db in
      if let stamp, try Store.stamp(of: .findings, db) != stamp {
        throw StoreError(.busy, "the findings changed while they were read; run the query again")
      }
      var strings = [StringColumnBuilder](repeating: StringColumnBuilder(), count: 11)
      var (sameAs, evidence) = (Roots(), Roots())
      var times: [[Int64]] = [[], [], []]
      var count = 0
      let cursor = try Row.fetchCursor(
        db,
        sql: """
          SELECT f.key, c.text, r.text, t.text, cl.text, a.text, re.text, f.status, j.severity, j.title, w.text,
            j.sameAs, e.text, f.firstSeen, f.lastSeen, f.lastChanged
          FROM finding f JOIN findingText c ON c.key = f.checkId JOIN findingText r ON r.key = f.resource
          JOIN findingText t ON t.key = f.type JOIN findingText cl ON cl.key = f.cloud
          JOIN findingText a ON a.key = f.account JOIN findingText re ON re.key = f.region
          JOIN findingText w ON w.key = f.reason JOIN findingText e ON e.key = f.evidence
          JOIN judgedCheck j ON j.id = c.text
          WHERE f.closed IS NULL AND c.text BETWEEN ? AND ? ORDER BY c.text, r.text
          """, arguments: [checks.lowerBound, checks.upperBound])
      while let row = try cursor.next() {
        strings[0].append(Finding.text(row[0]))
        for column in 1...6 { strings[column].append(row[column] as String) }
        strings[7].append(Status(code: row[7]).rawValue)
        for column in 8...10 { strings[column].append(row[column] as String) }
        sameAs.append(row[11])
        evidence.append(row[12])
        for column in 0..<3 { times[column].append(row[13 + column]) }
        count += 1
      }
      let texts = strings.map { Column.string($0.finish()) }
      // texts: id, checkId, resourceId, resourceType, cloud, account, region, status, severity, title, reason
      return Batch(
        columns: [texts[0], texts[1], try sameAs.column()] + texts[2...10] + [try evidence.column()]
          + times.map { .datetime(FixedColumn($0)) },
        count: count)
    }
  }

  /// Dynamic cells of JSON texts, each distinct text kept once.
  private struct Roots {
    private var lines: [UInt8] = []
    private var known: [String: Int] = [:]
    private var roots: [Int] = []

    mutating func append(_ text: String) {
      if let root = known[text] { return roots.append(root) }
      lines.append(contentsOf: text.utf8)
      lines.append(0x0A)
      roots.append(known.count)
      known[text] = known.count
    }

    func column() throws -> KQL.Column {
      let document = try JSONDocument.lines(lines)
      return .dynamic(
        DynamicColumn(documents: [document], refs: roots.map { UInt64(document.rootNode(at: $0)) }))
    }
  }
}
