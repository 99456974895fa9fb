// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Rows that arrive batch by batch and are durable when `append` returns. Queries see them at once.
///
/// Batches go to a log; once it is large, and at the end, its rows become an extent, in one step with the log's end, so
/// that no row is ever lost or there twice. What a process that died left in its log becomes an extent when the next one
/// opens the table.
///
///     let log = try TableLog(folder: folder)
///     try log.append(batch, fields: schema)  // acknowledged
///     try log.finish()
package final class TableLog: Sendable {
  /// When the log becomes an extent.
  package struct Limits: Sendable {
    package var bytes = 32 << 20
    /// Of many small batches each costs those who read the log.
    package var records = 1000
    package init() {}
  }
  private struct Arrival {
    let batch: Batch
    let fields: Schema
    let bytes: [UInt8]
  }
  private struct Queue {
    var arrivals: [Arrival] = []
    /// The number of the batch that came last.
    var last = 0
  }
  private struct Output {
    var log: LogOutput?
    /// The number of the last batch that is on disk.
    var done = 0
    var failure: KQLError?
  }
  private let editor: TableEditor
  private let limits: Limits
  private let queue = Mutex(Queue())
  private let output = Mutex(Output())

  /// Opens the table in `folder`, making it where there is none.
  package init(folder: String, limits: Limits = Limits()) throws(KQLError) {
    editor = try TableEditor(folder: folder)
    self.limits = limits
    try editor.sealLog()
    if !Manifest.exists(in: folder) { try editor.commit { _ throws(KQLError) in } }
  }

  deinit { output.withLock { $0.log?.end() } }

  /// The columns of the table at present.
  package var schema: Schema { editor.manifest.schema }

  /// Adds rows in the columns of `fields`; they are on disk when this returns. Columns that the table has not are added, and
  /// the type of one that cannot hold what comes grows.
  ///
  /// May be called by several workers: those that wait for the disk share one write. After an error the rows may be in the
  /// table or not, and every later call throws it as well; open the table anew.
  package func append(_ batch: Batch, fields: Schema) throws(KQLError) {
    if batch.count == 0 { return }
    let arrival = Arrival(batch: batch, fields: fields, bytes: ExtentWriter.encode(batch, schema: fields))
    let number = queue.withLock { queue in
      queue.arrivals.append(arrival)
      queue.last += 1
      return queue.last
    }
    try output.withLock { output throws(KQLError) in
      // Who had the disk before may have written these rows with its own.
      if output.done >= number { return }
      if let failure = output.failure { throw failure }
      let (arrivals, last) = queue.withLock { queue in
        defer { queue.arrivals = [] }
        return (queue.arrivals, queue.last)
      }
      do throws(KQLError) {
        try write(arrivals, to: &output.log)
        output.done = last
      } catch {
        output.failure = error
        throw error
      }
    }
  }

  private func write(_ arrivals: [Arrival], to log: inout LogOutput?) throws(KQLError) {
    if let open = log, open.size >= limits.bytes || open.records >= limits.records { try seal(&log) }
    var manifest = editor.manifest
    let columns = manifest.schema
    for arrival in arrivals {
      manifest.grow(by: arrival.fields, folder: editor.folder) { name in
        arrivals.allSatisfy { arrival in
          arrival.fields.firstIndex { $0.name == name }.map { arrival.batch.columns[$0].hasExactReals } ?? true
        }
      }
    }
    if log == nil { manifest.log = editor.nextName("log") }
    if let name = manifest.log, log == nil { log = try LogOutput(path: editor.path(name)) }
    if manifest.schema != columns || manifest.log != editor.manifest.log {
      let (schema, name) = (manifest.schema, manifest.log)
      try editor.commit { current throws(KQLError) in
        current.schema = schema
        current.log = name
      }
    }
    try log?.append(arrivals.map(\.bytes))
  }

  private func seal(_ log: inout LogOutput?) throws(KQLError) {
    log?.end()
    log = nil
    try editor.sealLog()
  }

  /// Makes an extent of the rows in the log. More may be appended.
  package func finish() throws(KQLError) {
    try output.withLock { output throws(KQLError) in
      if let failure = output.failure { throw failure }
      try seal(&output.log)
    }
  }
}

extension Column {
  /// Whether every whole number of the column is a real as well.
  fileprivate var hasExactReals: Bool {
    guard case .long(let column) = self else { return true }
    return column.values.indices.allSatisfy { row in
      column.isValid(row) ? (-1 << 53...1 << 53).contains(column.values[row]) : true
    }
  }
}

extension TableEditor {
  /// Makes extents of the rows in the log; the table has them in these and no longer in the log in one step.
  func sealLog() throws(KQLError) {
    guard let name = manifest.log else { return }
    var gathering = ExtentGathering(self)
    for record in try LogFile(path: path(name)).records {
      switch record {
      case .open(let extent): try gathering.add(extent)
      case .damaged(let error, _): throw error
      }
    }
    let entries = try gathering.finish()
    try commit { manifest throws(KQLError) in
      manifest.extents += entries
      manifest.log = nil
    }
    tidy()
  }
}
