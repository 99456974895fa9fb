// SPDX-License-Identifier: Apache-2.0
package import KQL

/// A table that is read from the database when a query names it, a stretch of rows at a time.
package struct LazyTable: TableSource {
  package let schema: Schema
  private let stretches: @Sendable (ScanRequest) throws -> [TablePart]

  package init(schema: Schema, stretches: @escaping @Sendable (ScanRequest) throws -> [TablePart]) {
    self.schema = schema
    self.stretches = stretches
  }

  /// A table of one stretch.
  package init(schema: Schema, load: @escaping @Sendable () throws -> Batch) {
    self.init(schema: schema) { _ in [TablePart(load)] }
  }

  package func parts(_ request: ScanRequest) throws -> [TablePart] { try stretches(request) }
}
