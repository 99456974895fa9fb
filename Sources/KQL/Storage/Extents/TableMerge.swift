// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Puts rows together to extents of the best size.
struct ExtentGathering {
  /// Of texts and documents in memory; their places in an extent have 32 bits besides.
  private static let mostBytes = 1 << 28
  private let editor: TableEditor
  private let schema: Schema
  private let cut: (column: Int, time: Int64)?
  private var batches: [Batch] = []
  private var rows = 0
  private var bytes = 0
  /// Pools and documents that are counted in `bytes`: blocks share them.
  private var counted: Set<ObjectIdentifier> = []
  private var entries: [Manifest.Entry] = []

  /// Leaves out rows that are too old.
  init(_ editor: TableEditor) {
    self.editor = editor
    schema = editor.manifest.schema
    cut = editor.cut
  }

  mutating func add(_ extent: Extent) throws(KQLError) {
    for block in 0..<extent.blockCount { try add(young(try extent.batch(block, as: schema))) }
  }

  private func young(_ batch: Batch) -> Batch {
    guard let cut, case .datetime(let times) = batch.columns[cut.column] else { return batch }
    let kept = times.values.indices.filter { !times.isValid($0) || times.values[$0] >= cut.time }
    return kept.count == batch.count ? batch : batch.gather(kept)
  }

  mutating func add(_ batch: Batch) throws(KQLError) {
    if rows + batch.count > ExtentWriter.mostRows || bytes > Self.mostBytes { try flush() }
    batches.append(batch)
    rows += batch.count
    for column in batch.columns {
      switch column {
      case .string(let texts), .guid(let texts):
        if counted.insert(ObjectIdentifier(texts.pool)).inserted { bytes += Int(texts.pool.offsets.last ?? 0) }
      case .dynamic(let values):
        for document in values.documents where counted.insert(ObjectIdentifier(document)).inserted {
          bytes += document.byteCount
        }
      default: break
      }
    }
  }

  private mutating func flush() throws(KQLError) {
    if rows > 0 { entries.append(try editor.write(try Plan.concatenate(batches), fields: schema)) }
    (batches, rows, bytes, counted) = ([], 0, 0, [])
  }

  /// The extents, which no list names yet.
  mutating func finish() throws(KQLError) -> [Manifest.Entry] {
    try flush()
    return entries
  }
}

extension TableEditor {
  /// Extents of fewer rows are put together by themselves: eight of a size become one of the next.
  private static let sizes = [1 << 15, 1 << 18]

  /// Drops extents that are too old, and merges small ones where there are many. The table is whole without it: what
  /// fails here fails no commit.
  func tidy() {
    try? expire()
    for size in Self.sizes {
      let extents = manifest.extents
      let run = extents.reversed().prefix { ($0.rows ?? .max) < size && isSmall($0) }.count
      let least = Self.sizes.last { $0 < size } ?? 0
      guard extents.suffix(run).count(where: { ($0.rows ?? 0) >= least }) >= 8 else { continue }
      try? merge(extents.count - run..<extents.count)
    }
  }

  /// Extents are put together in memory: what is large on disk is left as it is, however few its rows.
  private func isSmall(_ entry: Manifest.Entry) -> Bool {
    var status = stat()
    return stat(folder + "/" + entry.file, &status) == 0 && status.st_size < 8 << 20
  }

  /// Puts the rows of adjacent extents, in their order, in as few as they fit in.
  private func merge(_ range: Range<Int>) throws(KQLError) {
    var gathering = ExtentGathering(self)
    for entry in manifest.extents[range] { try gathering.add(try entry.open(in: folder)) }
    let merged = try gathering.finish()
    try commit { manifest throws(KQLError) in manifest.extents.replaceSubrange(range, with: merged) }
  }

  /// Makes the table as small as it gets: no log, no extent that could be part of its neighbour, none with rows that are
  /// too old or whose columns have another type than the table's.
  ///
  /// - Returns: what could not be read and stays as it is.
  func compact() throws(KQLError) -> [KQLError] {
    try sealLog()
    try expire()
    var errors: [KQLError] = []
    // From the end, so that the places before stay as they are.
    var end = manifest.extents.count
    while end > 0 {
      var (start, rows, isStale) = (end, 0, false)
      while start > 0 {
        do throws(KQLError) {
          let extent = try manifest.extents[start - 1].open(in: folder)
          if start < end, rows + extent.rows > ExtentWriter.mostRows { break }
          rows += extent.rows
          isStale = isStale || self.isStale(extent)
          start -= 1
        } catch {
          // It parts those before it from those after it.
          if start == end {
            errors.append(error)
            start -= 1
            rows = -1
          }
          break
        }
      }
      if rows >= 0, isStale || end - start > 1 {
        do throws(KQLError) { try merge(start..<end) } catch { errors.append(error) }
      }
      end = start
    }
    return errors
  }

  private func isStale(_ extent: Extent) -> Bool {
    let manifest = manifest
    if let cut, let oldest = extent.oldest(manifest.schema[cut.column].name), oldest < cut.time { return true }
    return extent.columns.contains { !manifest.schema.contains($0.field) }
  }
}
