// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// A resource that the store has, for a collector that reads a part of an estate and is to tell what of it is gone.
package struct KnownResource: Sendable {
  package let id: String
  package let type: String
  package let account: String
  /// The region or source that it was collected from.
  package let source: String
  package let location: String
  /// The id of the row that it was asked for, where its document names it.
  package let parent: String?
  /// Its `observed`, as JSON.
  package let observed: String

  package init(
    id: String, type: String, account: String, source: String, location: String, parent: String?, observed: String
  ) {
    self.id = id
    self.type = type
    self.account = account
    self.source = source
    self.location = location
    self.parent = parent
    self.observed = observed
  }
}

extension Store {
  /// The resources of a cloud that are there in the newest state.
  package func known(cloud: String) throws(StoreError) -> [KnownResource] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT r.id, r.type, r.account, r.region, json_extract(CAST(d.body AS TEXT), '$.location'),
            json_extract(CAST(d.body AS TEXT), '$.observed.parent'), json_extract(CAST(d.body AS TEXT), '$.observed')
          FROM resource r JOIN held h ON h.resource = r.key AND h.until IS NULL JOIN document d ON d.key = h.document
          WHERE r.cloud = ? ORDER BY r.type, r.id
          """, arguments: [cloud]
      ).map { row in
        KnownResource(
          id: row[0], type: row[1], account: row[2], source: row[3], location: row[4] ?? "", parent: row[5],
          observed: row[6] ?? "{}")
      }
    }
  }

  /// The accounts of a cloud that the store has resources of.
  package func accounts(cloud: String) throws(StoreError) -> Set<String> {
    try read { db in
      Set(try String.fetchAll(db, sql: "SELECT DISTINCT account FROM resource WHERE cloud = ?", arguments: [cloud]))
    }
  }
}
