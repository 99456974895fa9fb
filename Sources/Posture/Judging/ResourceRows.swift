// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import JSON
package import KQL

/// Rows of the table `resources`.
package enum ResourceRows {
  package static let schema: Schema = Snapshot.resourcesSchema

  package static func index(of name: String) -> Int { schema.firstIndex { $0.name == name } ?? 0 }

  /// A catalog in which every name binds and no table has rows.
  package static var emptyCatalog: Catalog {
    var catalog = Catalog()
    for name in ["resources", "resourcecontainers"] {
      catalog.add(name, MemoryTable(schema: schema, batches: [batch([])]))
    }
    catalog.add(EntityTable.name, EntityTable(over: MemoryTable(schema: schema, batches: [])))
    return catalog
  }

  /// Lays documents out in columns; what a document does not have is an empty string or null.
  package static func batch(_ documents: [JSONValue]) -> Batch {
    var builder = JSONBuilder()
    for document in documents { builder.append(document) }
    return Snapshot.rows(of: builder.finish(), schema)
  }
}
