// SPDX-License-Identifier: Apache-2.0
package import JSON
package import KQL

/// Rows of the table `resources`.
package enum ResourceRows {
  package static let schema: Schema = [
    Field("id", .string), Field("name", .string), Field("type", .string), Field("tenantId", .string),
    Field("kind", .string), Field("location", .string), Field("resourceGroup", .string),
    Field("subscriptionId", .string), Field("managedBy", .string), Field("sku", .dynamic), Field("plan", .dynamic),
    Field("properties", .dynamic), Field("tags", .dynamic), Field("identity", .dynamic), Field("zones", .dynamic),
    Field("extendedLocation", .dynamic), Field("cloud", .string), Field("source", .string),
    Field("observed", .dynamic),
  ]

  package static func index(of name: String) -> Int { schema.firstIndex { $0.name == name } ?? 0 }

  /// A catalog in which every name binds and no table has rows.
  package static var emptyCatalog: Catalog {
    var catalog = Catalog()
    catalog.add("resources", MemoryTable(schema: schema, batches: []))
    return catalog
  }

  /// Lays documents out in columns; what a document does not have is an empty string or null.
  package static func batch(_ documents: [JSONValue]) -> Batch {
    let columns = schema.map { field in
      var builder = ColumnBuilder(field.type)
      for document in documents {
        let value = document[field.name]
        if field.type == .string {
          builder.append(.string(value?.string ?? ""))
        } else {
          builder.append(value.map(Scalar.dynamic) ?? .null(.dynamic))
        }
      }
      return builder.finish()
    }
    return Batch(columns: columns, count: documents.count)
  }
}
