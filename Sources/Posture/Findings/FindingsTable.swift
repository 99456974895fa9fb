// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Inventory
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

  /// The findings that stand, as the table `Findings`; read when a query names it.
  package var table: any TableSource {
    let this = self
    return LazyTable(schema: Self.schema) { try this.batch() }
  }

  func batch() throws -> Batch {
    try store.read { db in
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
          WHERE f.closed IS NULL ORDER BY c.text, r.text
          """)
      while let row = try cursor.next() {
        strings[0].append(Finding.text(row[0]))
        for column in 1...6 { strings[column].append(row[column] as String) }
        strings[7].append(Status(code: row[7]).rawValue)
        for column in 8...10 { strings[column].append(row[column] as String) }
        try sameAs.append(row[11])
        try evidence.append(row[12])
        for column in 0..<3 { times[column].append(row[13 + column]) }
        count += 1
      }
      let texts = strings.map { Column.string($0.finish()) }
      // texts: id, checkId, resourceId, resourceType, cloud, account, region, status, severity, title, reason
      return Batch(
        columns: [texts[0], texts[1], sameAs.column] + texts[2...10] + [evidence.column]
          + times.map { .datetime(FixedColumn($0)) },
        count: count)
    }
  }

  /// Dynamic cells of JSON texts, each distinct text parsed once.
  private struct Roots {
    private var documents: [JSONDocument] = []
    private var known: [String: UInt64] = [:]
    private var refs: [UInt64] = []

    mutating func append(_ text: String) throws {
      if let ref = known[text] { return refs.append(ref) }
      let document = try JSONDocument.parse(text)
      let ref = UInt64(documents.count) << 32 | UInt64(document.root.node)
      documents.append(document)
      known[text] = ref
      refs.append(ref)
    }

    var column: KQL.Column { .dynamic(DynamicColumn(documents: documents, refs: refs)) }
  }
}
