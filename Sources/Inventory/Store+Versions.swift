// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import JSON

/// A document of one resource and how long it held.
package struct ResourceVersion: Sendable {
  /// Ticks; `until` is nil where it holds still.
  package let since: Int64
  package let until: Int64?
  package let document: JSONDocument
}

extension Store {
  /// The documents of a resource, the newest first.
  ///
  /// - Parameter most: how many are read at most.
  package func versions(of id: String, type: String, most: Int = 50) throws(StoreError) -> [ResourceVersion] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT h.since, h.until, d.body FROM resource r JOIN held h ON h.resource = r.key
          JOIN document d ON d.key = h.document WHERE r.type = ? AND r.id = ? ORDER BY h.since DESC LIMIT ?
          """, arguments: [type, id, most]
      ).map { row in
        let body = try row.withUnsafeData(atIndex: 2) { $0.map { [UInt8]($0) } ?? [] }
        return ResourceVersion(since: row[0], until: row[1], document: try JSONDocument(parsing: body))
      }
    }
  }
}
