// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import KQL
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Reads files of rows into a table that queries can name.",
    discussion: """
      Formats: CSV and TSV with a first line of names, JSON lines, a JSON array of objects; each may be packed with gzip
      or zstd. The table has the rows of all files when the command ends with 0, and none of them when it does not. Rows
      that cannot be read are left out and listed with their line in a file of rejects.

      Examples:
        plumb ingest SigninLogs signins.jsonl
        plumb ingest Logs logs-*.csv.gz --schema '(TimeGenerated:datetime, Level:int, Message:string)'
        plumb query 'SigninLogs | summarize count() by ResultType'
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The table; it is made where there is none.") var table: String
  @Argument(help: "Files of rows.") var files: [String]
  @Option(help: "Columns and their types, as in KQL: (a:string, b:long). Default: as the first rows show.")
  var schema: String?
  @Option(help: "csv, tsv, ndjson or json. Default: by the file's name.") var format: FileIngest.Format?
  @Option(help: "Where rows that were left out are listed. Default: TABLE.rejects in the store.") var rejects: String?
  @Flag(name: .shortAndLong, help: "No progress and no notes.") var quiet = false

  func run() throws {
    let settings = try store.settings()
    guard Tables.isName(table) else {
      throw UsageError("'\(table)' is no name of a table: letters, digits and _ make one, and no digit begins it")
    }
    guard !Tables.builtIn.contains(table.lowercased()) else {
      throw UsageError("'\(table)' is a table of Plumbline's own; give the new one another name")
    }
    let folder = Tables.folder(try store.directory(settings))
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let inputs = try files.map { path -> (path: String, format: FileIngest.Format) in
      guard let format = format ?? FileIngest.Format(path: path) else {
        throw UsageError("\(path): the name does not tell the format; give --format csv, tsv, ndjson or json")
      }
      return (path, format)
    }
    var ingest = FileIngest(folder: folder + "/" + table, schema: try schema.map(SchemaText.parse))
    let isShown = !quiet && Terminal.showsProgress
    let told = Mutex(0)
    ingest.progress = { bytes in
      guard isShown else { return }
      let megabytes = bytes >> 20
      let isNews = told.withLock { told in
        defer { told = max(told, megabytes) }
        return megabytes > told
      }
      if isNews { Terminal.status("\r\u{1B}[K\(megabytes) MB read") }
    }
    let began = ContinuousClock.now
    let report: FileIngest.Report
    do {
      report = try ingest.run(inputs)
    } catch {
      if isShown { Terminal.status("\r\u{1B}[K") }
      throw error
    }
    if isShown { Terminal.status("\r\u{1B}[K") }
    if !report.rejects.isEmpty {
      let path = rejects ?? folder + "/" + table + ".rejects"
      let lines = report.rejects.map { "\($0.path):\($0.line): \($0.reason)\n" }.joined()
      try lines.write(toFile: path, atomically: true, encoding: .utf8)
      let count = report.rejected
      Terminal.complain("plumb: \(count) \(count == 1 ? "row was" : "rows were") left out; see \(path)")
    }
    if !quiet {
      let seconds =
        Double((ContinuousClock.now - began).components.seconds)
        + Double((ContinuousClock.now - began).components.attoseconds) / 1e18
      let rate = Int(Double(report.bytes) / 1_048_576 / max(seconds, 0.001))
      Terminal.complain("\(report.rows) rows from \(report.bytes >> 20) MB, \(rate) MB/s")
    }
  }
}

extension FileIngest.Format: ExpressibleByArgument {}

/// Tables on disk beside the inventory.
enum Tables {
  static let builtIn: Set<String> = [
    "resources", "resourcecontainers", "resourcechanges", "findings", "coveragegaps", "scans",
  ]

  static func folder(_ directory: String) -> String { directory + "/tables" }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first &- 0x30 > 9 else { return false }
    return text.utf8.allSatisfy { $0 == 0x5F || $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 } && text.utf8.count <= 128
  }

  /// Adds every table on disk to what queries may name. One that is damaged stops the queries that name it, and no other.
  static func add(to catalog: inout Catalog, _ directory: String) {
    let folder = folder(directory)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for name in names.sorted() where isName(name) {
      guard FileManager.default.fileExists(atPath: folder + "/" + name + "/table.json") else { continue }
      do throws(KQLError) {
        catalog.add(name, try StoredTable(folder: folder + "/" + name))
      } catch {
        catalog.unreadable[name] = error.message
      }
    }
  }
}
