// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// Reads files of rows into a table on disk, in all workers at once: each takes a stretch of the file and makes an extent
/// of it. The table has the rows of all files, or of none; with `isOnce`, of each file that is done.
package struct FileIngest: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    case csv, tsv, ndjson, json
    /// By the end of the name, without that of a packed file.
    package init?(path: String) {
      var name = path.lowercased()
      for ending in [".gz", ".zst"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
      switch name.split(separator: ".").last {
      case "csv": self = .csv
      case "tsv", "tab": self = .tsv
      case "jsonl", "ndjson", "log": self = .ndjson
      case "json": self = .json
      default: return nil
      }
    }
  }

  /// A row that was left out.
  package struct Reject: Sendable {
    package let path: String
    /// From 1.
    package let line: Int
    package let reason: String
  }

  package struct Report: Sendable {
    package var rows = 0
    package var bytes = 0
    /// Rows that were left out, as far as they are told one by one: the first 100,000 of each part of a file.
    package var rejects: [Reject] = []
    /// The number of rows that were left out.
    package var rejected = 0
    /// Files that the table had already.
    package var skipped = 0
  }

  package let folder: String
  /// Columns to read; nil has them found out from the first rows.
  package let schema: Schema?
  /// Bytes of input that become one extent, roughly: nil aims at 700,000 rows.
  package var stretch: Int?
  /// Commits file by file, and passes over files whose bytes the table has from an earlier run that did so.
  package var isOnce = false
  /// Told of the bytes read so far.
  package var progress: (@Sendable (Int) -> Void)?

  package init(folder: String, schema: Schema? = nil) {
    self.folder = folder
    self.schema = schema
  }

  package func run(_ files: [(path: String, format: Format)]) throws(KQLError) -> Report {
    do {
      return try ingest(files)
    } catch let error as KQLError {
      throw error
    } catch {
      throw KQLError(.data, "\(error)")
    }
  }

  private func ingest(_ files: [(path: String, format: Format)]) throws -> Report {
    var inputs: [(path: String, input: RowInput, fields: Schema)] = []
    // A table that is there says what its columns are, as far as they hold what comes.
    var known = (try? StoredTable(folder: folder))?.schema ?? []
    for file in files {
      let input = try RowInput(path: file.path, format: file.format, scratch: FileOutput.folder(of: folder))
      let fields = try schema ?? input.inferred(known: known)
      inputs.append((file.path, input, fields))
      for field in fields where !known.contains(where: { $0.name == field.name }) { known.append(field) }
    }
    if inputs.allSatisfy(\.fields.isEmpty) {
      throw KQLError(.data, "no columns were found in \(files.map(\.path).joined(separator: ", "))")
    }
    let table = known
    let append = try TableAppend(folder: folder, fields: known)
    var report = Report()
    var part = 0
    let read = Atomic<Int>(0)
    for (path, input, fields) in inputs {
      let identity = isOnce ? ExtentWriter.hex(Checksum.xxh64(input.bytes)) + "-\(input.bytes.count)" : nil
      if let identity, append.has(identity) {
        report.skipped += 1
        continue
      }
      let stretches = input.stretches(of: stretch)
      let first = part
      let results = try Workers.map(stretches.count) { index -> (rejects: [Reject], rejected: Int, lines: Int) in
        var columns = IngestColumns(fields, isOpen: schema == nil, table: table)
        var rejects: [Reject] = []
        var rejected = 0
        let lines = try input.read(stretches[index], into: &columns) { line, reason in
          rejected += 1
          if rejects.count < 100_000 { rejects.append(Reject(path: path, line: line, reason: reason)) }
        } progress: { bytes in
          progress?(read.add(bytes, ordering: .relaxed).newValue)
        }
        let fields = columns.schema
        try append.write(columns.finish(), fields: fields, part: first + index)
        return (rejects, rejected, lines)
      }
      part += stretches.count
      var line = 0
      for result in results {
        report.rejects += result.rejects.map { Reject(path: path, line: $0.line + line, reason: $0.reason) }
        report.rejected += result.rejected
        line += result.lines
      }
      report.bytes += input.bytes.count
      if let identity { report.rows += try append.commit(input: identity) }
    }
    if !isOnce { report.rows = try append.commit() }
    return report
  }
}
