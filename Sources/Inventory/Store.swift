// SPDX-License-Identifier: Apache-2.0
package import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What Plumbline knows, in one folder: a SQLite file in WAL mode.
///
/// Documents are stored once by the hash of their canonical form, with the interval in which each held. A scan is staged
/// while it runs and becomes part of the store in one transaction at its end, so a scan that dies changes nothing.
package struct Store: Sendable {
  package let path: String
  package let directory: String
  /// Resources, or documents of changes, that are read into memory at a time; a block of an extent has as many rows.
  package var stretch = 65_536
  let pool: DatabasePool
  private static let version = 4

  /// Opens the store in `directory`, making it where there is none.
  package init(directory: String) throws(StoreError) {
    self.directory = directory
    path = directory + "/plumbline.sqlite"
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StoreError(.unreachable, "the folder \(directory) cannot be made; name another with --data")
    }
    do {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.readonly = access(path, F_OK) == 0 && access(directory, W_OK) != 0
      if !configuration.readonly {
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      }
      // Where no file can be made beside it, SQLite reads a database without a log only when told that nobody writes.
      let isStill = configuration.readonly && access(path + "-wal", F_OK) != 0
      pool = try DatabasePool(path: isStill ? Self.still(path) : path, configuration: configuration)
      // Only a store of another version is written to: queries do not wait for a scan that is being committed.
      if try pool.read({ try Int.fetchOne($0, sql: "PRAGMA user_version") }) != Self.version {
        try pool.write { try Self.migrate($0, directory) }
      }
    } catch {
      throw StoreError.wrap(error, directory)
    }
  }

  /// The name by which SQLite opens a file that nobody writes.
  private static func still(_ path: String) -> String {
    let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    return "file:\(escaped)?immutable=1"
  }

  private static func migrate(_ db: Database, _ directory: String) throws {
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    if found > version {
      throw StoreError(
        .newer, "the store at \(directory) was written by a newer plumb; use that, or name another folder with --data")
    }
    if found < 1 { try db.execute(sql: firstSchema) }
    // What each scan covered whole: at any later time it tells which resources the scan had refreshed.
    if found < 2 {
      try db.execute(
        sql: """
          CREATE TABLE covered (
            scan INTEGER NOT NULL, cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, type TEXT NOT NULL,
            PRIMARY KEY (scan, cloud, account, region, type)) WITHOUT ROWID;
          """)
    }
    // The state of each table that is kept as extents (DerivedTable).
    if found < 3 {
      try db.execute(sql: "CREATE TABLE stamp (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
      for name in [StampedTable.resources, .findings] { try setStamp(of: name, db) }
    }
    // What a scan read, so that one of changes finds the scan that it goes on from; and how far one that is running has
    // come, so that it can be gone on with.
    if found < 4 {
      try db.execute(
        sql: """
          ALTER TABLE scan ADD COLUMN kind TEXT NOT NULL DEFAULT 'full';
          ALTER TABLE scan ADD COLUMN choice TEXT NOT NULL DEFAULT '';
          ALTER TABLE staged ADD COLUMN unit TEXT NOT NULL DEFAULT '';
          ALTER TABLE scan ADD COLUMN readFrom INTEGER;
          CREATE INDEX staged_unit ON staged (cloud, unit);
          CREATE TABLE running (
            cloud TEXT PRIMARY KEY, account TEXT NOT NULL, choice TEXT NOT NULL, started INTEGER NOT NULL)
            WITHOUT ROWID;
          CREATE TABLE unit (
            cloud TEXT NOT NULL, name TEXT NOT NULL, finished INTEGER NOT NULL, told TEXT NOT NULL,
            PRIMARY KEY (cloud, name)) WITHOUT ROWID;
          CREATE TABLE kept (cloud TEXT NOT NULL, unit TEXT NOT NULL, body BLOB NOT NULL);
          CREATE INDEX kept_unit ON kept (cloud, unit);
          """)
    }
    if found < version { try db.execute(sql: "PRAGMA user_version = \(version)") }
  }

  private static let firstSchema = """
    CREATE TABLE document (key INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL);
    CREATE TABLE resource (
      key INTEGER PRIMARY KEY, id TEXT NOT NULL, cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL,
      type TEXT NOT NULL, lastScan INTEGER NOT NULL, gaps TEXT, UNIQUE (type, id));
    CREATE INDEX resource_scope ON resource (cloud, account, region, type);
    CREATE TABLE held (
      resource INTEGER NOT NULL, document INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER,
      PRIMARY KEY (resource, since)) WITHOUT ROWID;
    CREATE TABLE scan (
      key INTEGER PRIMARY KEY, cloud TEXT NOT NULL, account TEXT NOT NULL, started INTEGER NOT NULL,
      finished INTEGER NOT NULL, resources INTEGER NOT NULL, calls INTEGER NOT NULL);
    CREATE TABLE gap (
      scan INTEGER NOT NULL, cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, service TEXT NOT NULL,
      operation TEXT NOT NULL, type TEXT NOT NULL, resourceId TEXT NOT NULL, paths TEXT NOT NULL, reason TEXT NOT NULL,
      code TEXT NOT NULL, message TEXT NOT NULL, permission TEXT NOT NULL);
    CREATE INDEX gap_scan ON gap (scan);
    CREATE TABLE staged (
      id TEXT NOT NULL, cloud TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, type TEXT NOT NULL,
      hash BLOB NOT NULL, body BLOB NOT NULL, gaps TEXT, PRIMARY KEY (type, id)) WITHOUT ROWID;
    """

  /// A read of one state of the store: statements in `body` see no commit that comes between them.
  package func read<R>(_ body: (Database) throws -> R) throws(StoreError) -> R {
    do {
      return try pool.unsafeRead { db in
        var result: R?
        try db.inTransaction(.deferred) {
          result = try body(db)
          return .commit
        }
        guard let result else { throw StoreError(.failed, "the store gave no answer") }
        return result
      }
    } catch {
      throw StoreError.wrap(error, path)
    }
  }

  /// One transaction: all of `body` or nothing.
  package func write<R>(_ body: (Database) throws -> R) throws(StoreError) -> R {
    do {
      return try pool.write(body)
    } catch {
      throw StoreError.wrap(error, path)
    }
  }
}

/// Tables of which extents are made. Whoever changes their rows sets their stamp in the same transaction.
package enum StampedTable: String, Sendable {
  /// `resources` and `resourcechanges`.
  case resources
  case findings
}

extension Store {
  /// Gives the table's state a name that no other state has, of this store or of a copy of it.
  package static func setStamp(of table: StampedTable, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO stamp VALUES (?, lower(hex(randomblob(8))))", arguments: [table.rawValue])
  }

  package static func stamp(of table: StampedTable, _ db: Database) throws -> String? {
    try String.fetchOne(db, sql: "SELECT value FROM stamp WHERE name = ?", arguments: [table.rawValue])
  }
}
