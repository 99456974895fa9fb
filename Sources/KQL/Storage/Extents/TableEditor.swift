// SPDX-License-Identifier: Apache-2.0
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The right to change a table on disk: its lock is held as long as this lives. What a run that died left behind is
/// removed when the next one opens the table.
final class TableEditor: Sendable {
  let folder: String
  private let lock: Int32
  private let state: Mutex<Manifest>

  /// Opens the table in `folder`, making the folder where there is none.
  init(folder: String) throws(KQLError) {
    self.folder = folder
    mkdir(folder, 0o700)
    let file = try Self.lock(folder)
    lock = file
    do throws(KQLError) {
      state = Mutex(Manifest.exists(in: folder) ? try Manifest(folder: folder) : Manifest())
    } catch {
      close(file)
      throw error
    }
    removeStrays()
  }

  deinit { close(lock) }

  /// The lock of a table; closing it lets go.
  static func lock(_ folder: String) throws(KQLError) -> Int32 {
    let file = open(folder + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KQLError(.data, "\(folder) cannot be written: \(FileOutput.reason())") }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw KQLError(.data, "another process is writing to \(folder); try again when it has ended")
    }
    return file
  }

  /// The table as it was last committed, but for the numbers of files that were given out since.
  var manifest: Manifest { state.withLock { $0 } }

  func path(_ file: String) -> String { folder + "/" + file }

  /// A name that no file of the table has had.
  func nextName(_ ending: String) -> String { state.withLock { $0.nextName(ending) } }

  /// Writes rows in the columns of `fields` as a new file, which no list names yet.
  func write(_ batch: Batch, fields: Schema) throws(KQLError) -> Manifest.Entry {
    let file = nextName("extent")
    let bytes = ExtentWriter.encode(batch, schema: fields)
    try FileOutput.create(bytes, at: path(file))
    return Manifest.Entry(file: file, rows: batch.count, footer: Extent.footerSum(bytes))
  }

  /// Changes the table in one step. Files that it named before and does not name now are removed: who has them open
  /// reads on, who opens them later looks at the new list.
  func commit(_ change: (inout Manifest) throws(KQLError) -> Void) throws(KQLError) {
    let before = manifest
    var after = before
    try change(&after)
    FileOutput.syncFolder(of: path(Manifest.name))
    try FileOutput.replace(path(Manifest.name), with: after.bytes)
    let committed = after
    state.withLock { state in
      // Numbers may have been given out meanwhile.
      let next = max(state.next, committed.next)
      state = committed
      state.next = next
    }
    for file in before.files.subtracting(after.files) { unlink(path(file)) }
  }

  private func removeStrays() {
    let known = manifest.files
    for name in FileOutput.names(in: folder) where !known.contains(name) {
      if name.hasSuffix(".extent") || name.hasSuffix(".log") || name == Manifest.name + ".new" { unlink(path(name)) }
    }
  }
}
