// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Rows on their way into a table on disk. Extents are written as they come; the table has them all, or none, when
/// `commit` puts the new `table.json` in place.
///
///     let append = try TableAppend(folder: folder, fields: schema)
///     try append.write(batch, fields: schema, part: 0)
///     let rows = try append.commit()
package final class TableAppend: Sendable {
  private let editor: TableEditor
  private let fields: Schema
  private struct Part {
    let entry: Manifest.Entry
    let fields: Schema
  }
  /// Extents by the part of the input they hold, so that rows keep their order.
  private let written = Mutex<[Int: Part]>([:])

  /// Opens the table in `folder`, making it where there is none.
  ///
  /// - Parameter fields: columns that the table has in the end, whatever is written.
  package init(folder: String, fields: Schema) throws(KQLError) {
    editor = try TableEditor(folder: folder)
    self.fields = fields
  }

  /// Writes rows in the columns of `fields` as an extent. May be called by several workers at once. A column that the
  /// table has not is added; the type of one that cannot hold what comes grows (`ScalarType.grown`).
  ///
  /// - Parameter part: where the rows stand among all that are appended.
  package func write(_ batch: Batch, fields: Schema, part: Int) throws(KQLError) {
    if batch.count == 0 { return }
    let entry = try editor.write(batch, fields: fields)
    written.withLock { $0[part] = Part(entry: entry, fields: fields) }
  }

  /// Whether rows of this input were committed before, by this run or another.
  package func has(_ input: String) -> Bool { editor.manifest.inputs.contains(input) }

  /// Makes what was written since the last commit part of the table. Returns the number of rows.
  ///
  /// - Parameter input: what the rows came from, to be known again (`has`).
  package func commit(input: String? = nil) throws(KQLError) -> Int {
    let parts = written.withLock { written in
      defer { written = [:] }
      return written.sorted { $0.key < $1.key }.map(\.value)
    }
    try editor.commit { manifest throws(KQLError) in
      manifest.extents += parts.map(\.entry)
      if let input { manifest.inputs.append(input) }
      for fields in [fields] + parts.map(\.fields) { manifest.grow(by: fields, folder: editor.folder) }
    }
    editor.tidy()
    return parts.reduce(0) { $0 + ($1.entry.rows ?? 0) }
  }
}
