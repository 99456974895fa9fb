// SPDX-License-Identifier: Apache-2.0
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Rows on their way into a table on disk. Extents are written as they come; the table has them all, or none, when
/// `commit` puts the new `table.json` in place. What a run that died left behind is removed by the next.
package final class TableAppend: Sendable {
  package let folder: String
  /// The table's columns with those that this append adds.
  package let schema: Schema
  private let lock: Int32
  private struct State {
    var manifest: Manifest
    /// File by the part of the input it holds, so that rows keep their order.
    var written: [Int: String] = [:]
    var rows = 0
  }
  private let state: Mutex<State>

  /// Opens the table in `folder`, making it where there is none. Columns of `fields` that the table has not are added;
  /// one of another type than the table's is an error.
  package init(folder: String, fields: Schema) throws(KQLError) {
    self.folder = folder
    mkdir(folder, 0o700)
    let file = open(folder + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KQLError(.data, "\(folder) cannot be written: \(FileOutput.reason())") }
    lock = file
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw KQLError(.data, "another process is writing to \(folder); try again when it has ended")
    }
    do throws(KQLError) {
      var manifest =
        access(folder + "/" + StoredTable.manifestName, F_OK) == 0 ? try Manifest(folder: folder) : Manifest()
      for field in fields {
        if let known = manifest.schema.first(where: { $0.name == field.name }) {
          guard known.type == field.type else {
            throw KQLError(
              .data,
              "column '\(field.name)' of the table is a \(known.type.rawValue), not a \(field.type.rawValue); give it another name or type"
            )
          }
        } else {
          manifest.schema.append(field)
        }
      }
      schema = manifest.schema
      state = Mutex(State(manifest: manifest))
    } catch {
      close(file)
      throw error
    }
    removeStrays()
  }

  deinit { close(lock) }

  /// Writes rows in the columns of `fields` as an extent; the table gets those that it has not. May be called by several workers at once.
  ///
  /// - Parameter part: where the rows stand among all that are appended.
  package func write(_ batch: Batch, fields: Schema, part: Int) throws(KQLError) {
    if batch.count == 0 { return }
    let name = state.withLock { state -> String in
      defer { state.manifest.next += 1 }
      let digits = String(state.manifest.next)
      return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".extent"
    }
    try ExtentWriter.write(batch, schema: fields, to: folder + "/" + name)
    state.withLock { state in
      for field in fields where !state.manifest.schema.contains(where: { $0.name == field.name }) {
        state.manifest.schema.append(field)
      }
      state.written[part] = name
      state.rows += batch.count
    }
  }

  /// Makes what was written part of the table. Returns the number of rows.
  package func commit() throws(KQLError) -> Int {
    let (manifest, rows) = state.withLock { state -> (Manifest, Int) in
      var manifest = state.manifest
      manifest.files += state.written.sorted { $0.key < $1.key }.map(\.value)
      return (manifest, state.rows)
    }
    FileOutput.syncFolder(of: folder + "/" + StoredTable.manifestName)
    try FileOutput.replace(folder + "/" + StoredTable.manifestName, with: manifest.bytes)
    return rows
  }

  private func removeStrays() {
    let known = state.withLock { Set($0.manifest.files) }
    guard let listing = opendir(folder) else { return }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      let isStray = name.hasSuffix(".extent") && !known.contains(name) || name == StoredTable.manifestName + ".new"
      if isStray { unlink(folder + "/" + name) }
    }
  }
}
