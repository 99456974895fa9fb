// SPDX-License-Identifier: Apache-2.0
internal import Inventory
package import KQL

/// The table `securityresources`: parts of which each has rows of certain types. A query that names types reads the parts
/// that can have them.
package struct SecurityTable: TableSource {
  package struct Part: Sendable {
    /// In lower case; nil for a part that may have any.
    let types: Set<String>?
    let table: any TableSource

    package init(_ types: Set<String>?, _ table: any TableSource) {
      self.types = types
      self.table = table
    }
  }

  package let schema: Schema = Snapshot.resourcesSchema
  package private(set) var parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  package func adding(_ more: [Part]) -> SecurityTable { SecurityTable(parts + more) }

  package func parts(_ request: ScanRequest) throws -> [TablePart] {
    let wanted = request.texts[ResourceRows.index(of: "type")].map { Set($0.map { $0.lowercased() }) }
    return try parts.flatMap { part -> [TablePart] in
      if let wanted, let types = part.types, types.isDisjoint(with: wanted) { return [] }
      return try part.table.parts(request)
    }
  }
}
