// SPDX-License-Identifier: Apache-2.0
package import GRDB
package import Inventory
package import JSON

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A step that brings an older `server.sqlite` up to date. Steps are never changed once released: add another.
struct Migration: Sendable {
  let name: String
  let sql: String
}

/// What the server keeps beside the estate, in `server.sqlite` of the data folder: accounts, sessions, the audit log, and
/// the tables of the other rooms.
package struct ServerStore: Sendable {
  package let path: String
  private let pool: DatabasePool

  /// The steps of all rooms, in the order in which they were released.
  private static let migrations =
    AuditLog.migrations + Accounts.migrations + APIState.migrations + WorkbookEndpoints.migrations
    + LessonEndpoints.migrations

  /// Opens the store in `directory`, making it where there is none.
  package init(directory: String) throws(StoreError) {
    path = directory + "/server.sqlite"
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      // Hashes of passwords are nobody else's business; what SQLite puts beside the file takes its mode.
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      }
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON") }
      pool = try DatabasePool(path: path, configuration: configuration)
      var migrator = DatabaseMigrator()
      for migration in Self.migrations {
        migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
      }
      if try pool.read(migrator.hasBeenSuperseded) {
        throw StoreError(.newer, "\(path) was written by a newer plumb; use that, or name another folder with --data")
      }
      try migrator.migrate(pool)
    } catch {
      throw StoreError.wrap(error, path)
    }
  }

  /// A read of one state.
  package func read<R>(_ body: (Database) throws -> R) throws -> R { try wrapping { try pool.read(body) } }

  /// One transaction of which the audit log tells nothing: for what nobody decides, such as when a session was last used.
  package func note<R>(_ body: (Database) throws -> R) throws -> R { try wrapping { try pool.write(body) } }

  /// One transaction of a change and of the record that tells it: both or neither.
  ///
  /// - Parameters:
  ///   - author: who makes the change.
  ///   - action: what is done, `user.create` for instance.
  ///   - body: makes the change and fills in the record: what it is done to, what that was before and is after.
  package func change<R>(
    _ author: Author, _ action: String, at time: Int64, _ body: (Database, inout AuditRecord) throws -> R
  ) throws -> R {
    try wrapping {
      try pool.write { db in
        var record = AuditRecord(time: time, author: author, action: action)
        let result = try body(db, &record)
        try AuditLog.append(record, db)
        return result
      }
    }
  }

  /// Records a change of another store: that it is about to be made, and where it then fails, that it has. A change of
  /// which nothing is told cannot be; one that is told and was cut short by the end of the process can.
  package func tell<R>(
    _ author: Author, _ action: String, at time: Int64, target: String, before: JSONDraft? = nil,
    after: JSONDraft? = nil, _ body: () async throws -> R
  ) async throws -> R {
    try change(author, action, at: time) { _, record in
      (record.target, record.before, record.after) = (target, before, after)
    }
    do {
      return try await body()
    } catch {
      try change(author, action + ".failed", at: time) { _, record in record.target = target }
      throw error
    }
  }

  private func wrapping<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError.wrap(error, path)
    }
  }
}
