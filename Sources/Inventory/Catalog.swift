// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import JSON
package import KQL

extension Store {
  /// A number for the columns and encodings of the tables below: extents of another are made anew.
  private static let layout = 2

  /// The tables that queries see, now or at an earlier instant. Each is read when a query names it: the newest
  /// `resources` and `resourcechanges` from extents, everything else from the database.
  package func catalog(asOf: Int64? = nil, derived: DerivedFolder? = nil) -> Catalog {
    let (store, time) = (self, asOf ?? .max)
    var catalog = Catalog()
    if asOf == nil {
      let derived = derived ?? DerivedFolder(self)
      for (name, table) in [("resources", Store.resources), ("resourcechanges", Store.changes)] {
        catalog.add(
          name,
          DerivedTable(name, layout: Self.layout, schema: table(self)(0).schema, in: derived) {
            let (stamp, newest) = try store.newestState()
            return (stamp, table(store)(newest))
          })
      }
    } else {
      catalog.add("resources", resources(at: time))
      catalog.add("resourcechanges", changes(at: time))
    }
    if let resources = catalog.tables["resources"] { catalog.add(EntityTable.name, EntityTable(over: resources)) }
    catalog.add(
      "resourcecontainers",
      LazyTable(schema: Snapshot.resourcesSchema) { try store.containersBatch(at: time) })
    catalog.add("CoverageGaps", LazyTable(schema: Snapshot.gapsSchema) { try store.gapsBatch(asOf: time) })
    catalog.add("Scans", LazyTable(schema: Snapshot.scansSchema) { try store.scansBatch(asOf: time) })
    catalog.add("UnfinishedScans", LazyTable(schema: Snapshot.unfinishedSchema) { try store.unfinishedBatch() })
    return catalog
  }

  /// The stamp of the newest state and the time from which it stands. What the tables were at that time no later scan
  /// changes, so stretches that are read one after another are of one state.
  private func newestState() throws(StoreError) -> (stamp: String?, time: Int64) {
    try read { db in
      (
        try Self.stamp(of: .resources, db),
        try Int64.fetchOne(db, sql: "SELECT MAX(started) FROM scan") ?? .min
      )
    }
  }

  // MARK: resources

  private func resources(at time: Int64) -> LazyTable {
    let store = self
    return LazyTable(schema: Snapshot.resourcesSchema) { request in
      let starts = try store.read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT type, id FROM (SELECT type, id, ROW_NUMBER() OVER (ORDER BY type, id) AS n FROM resource)
            WHERE n % ? = 1 ORDER BY type, id
            """, arguments: [store.stretch]
        ).map { ($0[0] as String, $0[1] as String) }
      }
      return starts.indices.map { index in
        let end = index + 1 < starts.count ? starts[index + 1] : nil
        return TablePart {
          let documents = try store.documents(at: time, from: starts[index], to: end)
          return Snapshot.rows(of: documents, Snapshot.resourcesSchema, wanted: request.columns)
        }
      }
    }
  }

  /// Documents that held at a time, in the order of type and id.
  private func documents(
    at time: Int64, from start: (String, String), to end: (String, String)?
  ) throws(StoreError) -> JSONDocument {
    var arguments: StatementArguments = [start.0, start.1]
    if let end { arguments += [end.0, end.1] }
    return try documents(
      "(r.type, r.id) >= (?, ?)" + (end == nil ? "" : " AND (r.type, r.id) < (?, ?)"), arguments, at: time)
  }

  private func containersBatch(at time: Int64) throws(StoreError) -> Batch {
    let types = Scope.containerTypes
    let places = Array(repeating: "?", count: types.count).joined(separator: ", ")
    return Snapshot.rows(
      of: try documents("r.type IN (\(places))", StatementArguments(types), at: time), Snapshot.resourcesSchema)
  }

  private func documents(
    _ condition: String, _ arguments: StatementArguments, at time: Int64
  ) throws(StoreError) -> JSONDocument {
    let bytes = try read { db -> [UInt8] in
      var bytes: [UInt8] = []
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT d.body FROM resource r CROSS JOIN held h ON h.resource = r.key
          CROSS JOIN document d ON d.key = h.document
          WHERE \(condition) AND h.since <= ? AND (h.until IS NULL OR h.until > ?) ORDER BY r.type, r.id
          """, arguments: arguments + [time, time])
      while let row = try rows.next() {
        try row.withUnsafeData(atIndex: 0) { data in if let data { bytes.append(contentsOf: data) } }
        bytes.append(0x0A)
      }
      return bytes
    }
    do {
      return try JSONDocument.lines(bytes)
    } catch {
      throw StoreError(.corrupt, "a document in the store cannot be read: \(error)")
    }
  }
}
