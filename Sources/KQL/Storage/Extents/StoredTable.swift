// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A table on disk: a folder of extents, perhaps a log, and `table.json`, which names them and the columns.
///
/// `table.json` is replaced in one step, so a table is always what some finished commit made of it. Files are opened when
/// a scan asks for rows, and stay open for the next. All scans see the same rows; `current` is the table as it is now.
package struct StoredTable: TableSource {
  package let folder: String
  package let schema: Schema
  private let files: OpenFiles
  private let latest: Latest

  /// What was made of the table last, so that files which are open stay so while others come.
  private final class Latest: Sendable {
    let table = Mutex<(stamp: Stamp, files: OpenFiles)?>(nil)
  }
  /// Tells one state of a table from every other.
  private struct Stamp: Equatable {
    let list: FileStamp?
    let log: FileStamp?
    init(_ folder: String, log name: String?) {
      list = FileStamp(folder + "/" + Manifest.name)
      log = name.flatMap { FileStamp(folder + "/" + $0) }
    }
  }

  package init(folder: String) throws(KQLError) {
    let manifest = try Manifest(folder: folder)
    self.init(OpenFiles(folder: folder, manifest), Latest())
  }

  private init(_ files: OpenFiles, _ latest: Latest) {
    folder = files.folder
    schema = files.manifest.schema
    self.files = files
    self.latest = latest
  }

  package var current: any TableSource {
    latest.table.withLock { last in
      let known = last?.files ?? files
      // Taken first: what changes while the list is read is seen the next time.
      let stamp = Stamp(folder, log: known.manifest.log)
      if let last, last.stamp == stamp { return StoredTable(last.files, latest) }
      // A table that is damaged or gone is told by the scan that reads it.
      guard let manifest = try? Manifest(folder: folder) else { return self }
      let files = OpenFiles(folder: folder, manifest, from: known)
      last = (manifest.log == known.manifest.log ? stamp : Stamp(folder, log: manifest.log), files)
      return StoredTable(files, latest)
    }
  }

  /// Rows of the table.
  package var count: Int {
    get throws(KQLError) {
      let manifest = files.manifest
      if manifest.log == nil, !manifest.extents.contains(where: { $0.rows == nil }) {
        return manifest.extents.reduce(0) { $0 + ($1.rows ?? 0) }
      }
      let (extents, records) = try files.open(schema)
      return (extents + records).reduce(0) { $0 + $1.rows }
    }
  }

  package func parts(_ request: ScanRequest) throws(KQLError) -> [TablePart] {
    let (extents, records) = try files.open(schema)
    var parts = extents.flatMap { self.parts(of: $0, request) }
    // Batches of the log may be of a row each: they are read together.
    var (waiting, rows): ([TablePart], Int) = ([], 0)
    func flush() {
      if waiting.count < 2 {
        parts += waiting
      } else {
        let together = waiting
        parts.append(TablePart { try Plan.concatenate(together.map { try $0.load() }) })
      }
      (waiting, rows) = ([], 0)
    }
    for record in records {
      waiting += self.parts(of: record, request)
      rows += record.rows
      if rows >= ExtentWriter.blockRows / 4 { flush() }
    }
    flush()
    return parts
  }

  private func parts(of file: TableFile, _ request: ScanRequest) -> [TablePart] {
    switch file {
    case .open(let extent):
      (0..<extent.blockCount).compactMap { block in
        if extent.isOutside(block, request.bounds, schema) { return nil }
        return extent.part(block, as: schema, request)
      }
    // Told by who reads the rows: a query that needs none of them has its answer.
    case .damaged(let error, _): [TablePart { throw error }]
    }
  }
}

/// The files of a table that are open.
private final class OpenFiles: Sendable {
  private struct State {
    var manifest: Manifest
    var extents: [String: Extent] = [:]
    /// The log as it was when it was first read: all scans of a query see the same rows.
    var log: LogFile?
  }
  let folder: String
  private let state: Mutex<State>

  /// - Parameter earlier: the same table at another time, whose extents are taken over.
  init(folder: String, _ manifest: Manifest, from earlier: OpenFiles? = nil) {
    self.folder = folder
    let files = manifest.files
    let extents = earlier?.state.withLock { $0.extents.filter { files.contains($0.key) } } ?? [:]
    state = Mutex(State(manifest: manifest, extents: extents))
  }

  var manifest: Manifest { state.withLock { $0.manifest } }

  /// All extents of the table and the batches of its log. Where a file is gone because rows were merged or grew too old
  /// meanwhile, the table is taken as it is now.
  func open(_ schema: Schema) throws(KQLError) -> (extents: [TableFile], records: [TableFile]) {
    while true {
      let manifest = manifest
      let extents = manifest.extents.map(open)
      let log = Result { () throws(KQLError) in try records(manifest.log) }
      if case .success(let records) = log, !extents.contains(where: \.isDamaged) { return (extents, records) }
      let now = try Manifest(folder: folder)
      guard now != manifest else { return (extents, try log.get()) }
      guard schema.allSatisfy(now.schema.contains) else {
        throw KQLError(.data, "\(folder): columns of the table changed since it was opened; run the query again")
      }
      state.withLock { state in
        state.manifest = now
        state.extents = state.extents.filter { now.files.contains($0.key) }
        state.log = nil
      }
    }
  }

  private func open(_ entry: Manifest.Entry) -> TableFile {
    if let known = state.withLock({ $0.extents[entry.file] }) { return .open(known) }
    do throws(KQLError) {
      let extent = try entry.open(in: folder)
      return state.withLock { state in
        // Another scan may have opened it: what it has read is kept.
        if let first = state.extents[entry.file] { return .open(first) }
        state.extents[entry.file] = extent
        return .open(extent)
      }
    } catch {
      return .damaged(error, rows: entry.rows ?? 0)
    }
  }

  private func records(_ name: String?) throws(KQLError) -> [TableFile] {
    guard let name else { return [] }
    if let known = state.withLock({ $0.log }) { return known.records }
    let log = try LogFile(path: folder + "/" + name)
    return state.withLock { state in
      if let first = state.log { return first.records }
      state.log = log
      return log.records
    }
  }
}

extension TableFile {
  fileprivate var isDamaged: Bool { if case .damaged = self { true } else { false } }
}
