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

  /// A row as the document that it is of.
  package static func document(_ rows: Batch, _ row: Int) -> JSONValue {
    var builder = JSONBuilder()
    builder.beginObject()
    for (field, column) in zip(schema, rows.columns) {
      switch column {
      case .string(let column):
        guard !column[row].isEmpty else { continue }
        builder.key(field.name)
        builder.append(column[row])
      case .dynamic(let column):
        guard let value = column[row] else { continue }
        builder.key(field.name)
        builder.append(value)
      default: continue
      }
    }
    builder.endObject()
    return builder.finish().root
  }

  /// Lays documents out in columns; what a document does not have is an empty string or null.
  package static func batch(_ documents: [JSONValue]) -> Batch {
    var builder = JSONBuilder()
    for document in documents { builder.append(document) }
    return Snapshot.rows(of: builder.finish(), schema)
  }
}
