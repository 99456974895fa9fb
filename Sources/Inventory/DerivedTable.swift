// SPDX-License-Identifier: Apache-2.0
package import KQL
import Synchronization

/// A table whose truth is in the database, kept as extents so that queries need not read documents.
///
/// The extents are of one state of the table. Its stamp, which the database changes in the transaction that changes the
/// rows, is part of their folder's name: extents of another state are never read. Where they are missing or damaged they
/// are made when a query names the table; where they cannot be made, the query reads the database.
package final class DerivedTable: TableSource {
  /// A state of the table: its stamp, and its rows as the database has them. Without a stamp no extents are kept.
  package typealias State = (stamp: String?, rows: any TableSource)

  package let schema: Schema
  private let name: String
  private let folder: DerivedFolder
  private let state: @Sendable () throws -> State

  private enum Found {
    case nothing
    case kept(any TableSource)
    case database(any TableSource)
  }
  private let found = Mutex((rows: Found.nothing, damages: 0))

  /// - Parameters:
  ///   - layout: a number that changes when the columns, their meaning or the way they are stored do.
  ///   - state: reads the newest state.
  package init(
    _ name: String, layout: Int, schema: Schema, in folder: DerivedFolder, state: @escaping @Sendable () throws -> State
  ) {
    self.name = "\(name).\(layout)"
    self.schema = schema
    self.folder = folder
    self.state = state
  }

  package func parts(_ request: ScanRequest) throws -> [TablePart] {
    switch try rows() {
    case .kept(let rows):
      do {
        return try rows.parts(request).map { $0.onDamage(dismiss) }
      } catch let error as KQLError where error.code == .data {
        dismiss(error)
        return try parts(request)
      }
    case .database(let rows): return try rows.parts(request)
    case .nothing: return []
    }
  }

  /// Makes the extents of the newest state where they are missing. Throws where they cannot be made.
  package func make() throws {
    let (stamp, rows) = try state()
    guard let stamp else { return }
    let table = try folder.table(name, stamp, rows, isDamaged: false)
    found.withLock { $0.rows = .kept(table) }
  }

  /// One state for as long as the table is in use: all queries of a process see the same rows.
  private func rows() throws -> Found {
    try found.withLock { found in
      if case .nothing = found.rows {
        let (stamp, rows) = try state()
        // Extents that were damaged twice in one process are on a disk that is failing.
        if let stamp, found.damages < 2,
          let table = try? folder.table(name, stamp, rows, isDamaged: found.damages > 0)
        {
          found.rows = .kept(table)
        } else {
          found.rows = .database(rows)
        }
      }
      return found.rows
    }
  }

  private func dismiss(_ error: KQLError) {
    let isFirst = found.withLock { found in
      // Another worker may have met the same damage.
      guard case .kept = found.rows else { return false }
      found = (.nothing, found.damages + 1)
      return true
    }
    if isFirst { folder.tell(of: error) }
  }
}

/// Rows of extents that are in use: their folder is not removed while this is there.
struct KeptRows: TableSource {
  let table: StoredTable
  let use: FolderUse
  var schema: Schema { table.schema }
  func parts(_ request: ScanRequest) throws -> [TablePart] { try table.parts(request) }
}

extension Catalog {
  /// Makes the extents that are missing of the tables that are kept so.
  package func makeDerived() throws {
    for name in names { try (tables[name] as? DerivedTable)?.make() }
  }
}
