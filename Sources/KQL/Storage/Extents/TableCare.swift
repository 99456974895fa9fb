// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Looks after a table on disk that no other process is writing to: merges, retention, repair.
package struct TableCare: Sendable {
  private let editor: TableEditor

  package init(folder: String) throws(KQLError) {
    // An editor makes what is not there.
    _ = try Manifest(folder: folder)
    editor = try TableEditor(folder: folder)
  }

  /// Makes the table as small as it gets: no log, no extent that could be part of its neighbour, no row that is too old.
  ///
  /// - Returns: what could not be read and stays as it is.
  package func compact() throws(KQLError) -> [KQLError] { try editor.compact() }

  /// Says how long rows are kept, nil for ever, and drops extents that are older.
  package func keep(_ retention: Retention?) throws(KQLError) {
    if let retention {
      guard let field = editor.manifest.schema.first(where: { $0.name == retention.column }) else {
        throw KQLError(.data, "the table has no column '\(retention.column)' that would tell how old a row is")
      }
      guard field.type == .datetime else {
        throw KQLError(
          .data, "column '\(field.name)' is a \(field.type.rawValue); the age of rows is that of a datetime")
      }
    }
    try editor.commit { manifest throws(KQLError) in manifest.retention = retention }
    try editor.expire()
  }

  /// Takes damaged files out of the table. Each stays in the folder, under its name and `.damaged`; rows of blocks that
  /// can be read whole are kept in a new extent.
  ///
  /// - Returns: the rows that were kept.
  package func setAside(_ files: [String]) throws(KQLError) -> Int {
    var kept = 0
    for file in files {
      var gathering = ExtentGathering(editor)
      for source in opened(file) {
        guard case .open(let extent) = source else { continue }
        for block in 0..<extent.blockCount {
          guard let batch = try? extent.batch(block, as: editor.manifest.schema) else { continue }
          try gathering.add(batch)
        }
      }
      let entries = try gathering.finish()
      kept += entries.reduce(0) { $0 + ($1.rows ?? 0) }
      // A second name: the first is removed with the table's list.
      link(editor.path(file), editor.path(file + ".damaged"))
      try editor.commit { manifest throws(KQLError) in
        if manifest.log == file {
          manifest.log = nil
          manifest.extents += entries
        } else if let index = manifest.extents.firstIndex(where: { $0.file == file }) {
          manifest.extents.replaceSubrange(index...index, with: entries)
        }
      }
    }
    return kept
  }

  /// Removes a table, damaged or not. Queries that have it open read on.
  package static func drop(folder: String) throws(KQLError) {
    let lock = try TableEditor.lock(folder)
    defer { close(lock) }
    // In one step the table is no more; what is left of it is in nobody's way.
    let list = folder + "/" + Manifest.name
    guard unlink(list) == 0 else { throw KQLError(.data, "\(list) cannot be removed: \(FileOutput.reason())") }
    FileOutput.syncFolder(of: list)
    for name in FileOutput.names(in: folder) where name != "." && name != ".." { unlink(folder + "/" + name) }
    rmdir(folder)
  }

  private func opened(_ file: String) -> [TableFile] {
    let path = editor.path(file)
    if editor.manifest.log == file { return (try? LogFile(path: path).records) ?? [] }
    return (try? Extent(path: path)).map { [.open($0)] } ?? []
  }
}

/// What reading every byte of a table finds.
package struct TableCheck: Sendable {
  package struct Damage: Sendable {
    package let file: String
    /// Rows of the file, damaged or not, as far as they are known.
    package let rows: Int
    package let reasons: [String]
  }
  package private(set) var damage: [Damage] = []
  package private(set) var files = 0
  package private(set) var rows = 0

  /// Needs no lock: a table that changes meanwhile is looked at as it was in the beginning, or again.
  package init(folder: String) throws(KQLError) {
    while true {
      let manifest = try Manifest(folder: folder)
      (damage, files, rows) = ([], 0, 0)
      for entry in manifest.extents {
        do throws(KQLError) {
          let extent = try entry.open(in: folder)
          look(at: entry.file, extent.rows, extent.faults())
        } catch {
          look(at: entry.file, entry.rows ?? 0, [error.message])
        }
      }
      if let log = manifest.log {
        var (rows, reasons): (Int, [String]) = (0, [])
        do throws(KQLError) {
          for record in try LogFile(path: folder + "/" + log).records {
            rows += record.rows
            switch record {
            case .open(let extent): reasons += extent.faults()
            case .damaged(let error, _): reasons.append(error.message)
            }
          }
        } catch {
          reasons.append(error.message)
        }
        look(at: log, rows, reasons)
      }
      if damage.isEmpty { return }
      guard try Manifest(folder: folder) != manifest else { return }
    }
  }

  private mutating func look(at file: String, _ rows: Int, _ reasons: [String]) {
    files += 1
    self.rows += rows
    if !reasons.isEmpty { damage.append(Damage(file: file, rows: rows, reasons: reasons)) }
  }
}

extension Extent {
  /// Reads all columns and blocks; returns what cannot be read.
  fileprivate func faults() -> [String] {
    var faults: [String] = []
    for column in columns.indices {
      for block in 0..<blockCount {
        do throws(KQLError) { _ = try self.column(column, block: block) } catch { faults.append(error.message) }
      }
    }
    return faults
  }
}

/// What a table consists of.
package struct TableSummary: Sendable {
  package struct File: Sendable {
    package let name: String
    package let bytes: Int
    /// nil where it cannot be told without reading the file, and that fails.
    package let rows: Int?
  }
  package let schema: Schema
  package let extents: [File]
  package let log: File?
  package let retention: Retention?

  package var rows: Int { (extents + (log.map { [$0] } ?? [])).reduce(0) { $0 + ($1.rows ?? 0) } }
  package var bytes: Int { (extents + (log.map { [$0] } ?? [])).reduce(0) { $0 + $1.bytes } }

  package init(folder: String) throws(KQLError) {
    let manifest = try Manifest(folder: folder)
    func size(_ name: String) -> Int { FileOutput.size(folder + "/" + name) ?? 0 }
    schema = manifest.schema
    retention = manifest.retention
    extents = manifest.extents.map { entry in
      File(name: entry.file, bytes: size(entry.file), rows: entry.rows ?? (try? entry.open(in: folder).rows))
    }
    log = manifest.log.map { name in
      let records = try? LogFile(path: folder + "/" + name).records
      return File(name: name, bytes: size(name), rows: records?.reduce(0) { $0 + $1.rows })
    }
  }
}
