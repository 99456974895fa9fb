// SPDX-License-Identifier: Apache-2.0
internal import KQL
import Synchronization

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

/// The folder `derived` of a store: a folder per table and state, `NAME.LAYOUT.STAMP`, each a table on disk.
///
/// Whoever makes one holds `lock`, makes it under another name, renames it, and removes the folders of other states that
/// no process uses. Nothing in here is needed: what is missing is made again from the database.
package final class DerivedFolder: Sendable {
  private let path: String
  private let note: @Sendable (String) -> Void
  private let wasDamaged = Mutex(false)

  /// - Parameter note: told where extents were found to be damaged.
  package init(_ store: Store, note: @escaping @Sendable (String) -> Void = { _ in }) {
    path = store.directory + "/derived"
    self.note = note
  }

  /// Whether extents were found to be damaged since this was last asked. A query that failed on them reads others when
  /// it is run again.
  package func wereDamaged() -> Bool {
    wasDamaged.withLock { was in
      defer { was = false }
      return was
    }
  }

  func tell(of error: KQLError) {
    wasDamaged.withLock { $0 = true }
    note("\(error.message); it is made again from the database")
  }

  /// The extents of a state, made of `rows` where they are missing, damaged or of other columns.
  ///
  /// - Parameter isDamaged: whether those that are there were seen to be damaged.
  func table(_ name: String, _ stamp: String, _ rows: any TableSource, isDamaged: Bool) throws -> KeptRows {
    let folder = "\(path)/\(name).\(stamp)"
    var isDamaged = isDamaged
    if !isDamaged {
      do throws(KQLError) {
        if let kept = try kept(folder, rows.schema) { return kept }
      } catch {
        tell(of: error)
        isDamaged = true
      }
    }
    mkdir(path, 0o700)
    let lock = try FolderUse(path + "/lock", isExclusive: true, waits: true)
    return try withExtendedLifetime(lock) {
      // Another process may have made it while this one waited.
      if !isDamaged, let kept = try? kept(folder, rows.schema) { return kept }
      try make(rows, in: folder)
      removeOthers(than: "\(name).\(stamp)")
      guard let kept = try kept(folder, rows.schema) else { throw StoreError(.unreachable, "\(folder) is gone") }
      return kept
    }
  }

  /// What is there, or nil where it is missing or has other columns.
  private func kept(_ folder: String, _ schema: Schema) throws(KQLError) -> KeptRows? {
    guard let use = try? FolderUse(folder + "/use", isExclusive: false, waits: true),
      access(folder + "/table.json", F_OK) == 0
    else { return nil }
    let table = try StoredTable(folder: folder)
    return table.schema == schema ? KeptRows(table: table, use: use) : nil
  }

  /// Writes the rows, each stretch as an extent, in all workers at once.
  private func make(_ rows: any TableSource, in folder: String) throws {
    let fresh = path + "/new"
    let files = FileManager.default
    try? files.removeItem(atPath: fresh)
    let append = try TableAppend(folder: fresh, fields: rows.schema)
    let parts = try rows.parts(ScanRequest())
    _ = try Workers.map(parts.count) { index in
      try append.write(try parts[index].load(), fields: rows.schema, part: index)
    }
    _ = try append.commit()
    try Data().write(to: URL(filePath: fresh + "/use"))
    let old = path + "/old"
    try? files.removeItem(atPath: old)
    rename(folder, old)
    guard rename(fresh, folder) == 0 else { throw StoreError(.unreachable, "\(folder) cannot be made") }
    try? files.removeItem(atPath: old)
  }

  private func removeOthers(than name: String) {
    let table = name.prefix { $0 != "." } + "."
    let files = FileManager.default
    for entry in (try? files.contentsOfDirectory(atPath: path)) ?? [] where entry.hasPrefix(table) && entry != name {
      let folder = path + "/" + entry
      let use = try? FolderUse(folder + "/use", isExclusive: true, waits: false)
      // A folder that some process uses stays until the next state; one without a file of users has none.
      guard use != nil || access(folder + "/use", F_OK) != 0 else { continue }
      withExtendedLifetime(use) { try? files.removeItem(atPath: folder) }
    }
  }
}

/// A lock on a file, which ends with this or with the process.
final class FolderUse: Sendable {
  private let file: Int32

  init(_ path: String, isExclusive: Bool, waits: Bool) throws(StoreError) {
    // Those who only read may do so in a folder that cannot be written.
    let opened = isExclusive ? open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600) : open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      throw StoreError(.unreachable, "\(path) cannot be opened; check the folder's permissions")
    }
    let kind = isExclusive ? LOCK_EX : LOCK_SH
    while flock(opened, waits ? kind : kind | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      close(opened)
      throw StoreError(.busy, "\(path) is in use by another process")
    }
    file = opened
  }

  deinit { close(file) }
}
