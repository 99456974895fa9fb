// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import KQL
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

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Reads files of rows, or a stream, into a table that queries can name.",
    discussion: """
      Formats: CSV and TSV with a first line of names, JSON lines, a JSON array of objects; each may be packed with gzip
      or zstd. The table has the rows of all files when the command ends with 0, and none of them when it does not. With
      --once it has each file as it is done, and the same command again passes over those it has. Rows that cannot be read
      are left out and listed with their line in a file of rejects.

      With - rows come from standard input, JSON lines or by --format, for as long as it is open. Rows that have come are
      on disk, and seen by queries, after a second at most; --ack tells when.

      Examples:
        plumb ingest SigninLogs signins.jsonl
        plumb ingest Logs logs-*.csv.gz --schema '(TimeGenerated:datetime, Level:int, Message:string)'
        plumb ingest Logs archive/*.jsonl --once
        tail -F app.jsonl | plumb ingest AppLogs -
        plumb query 'SigninLogs | summarize count() by ResultType'
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: "The table; it is made where there is none.") var table: String
  @Argument(help: "Files of rows, or - for standard input.") var files: [String]
  @Option(help: "Columns and their types, as in KQL: (a:string, b:long). Default: as the rows show.")
  var schema: String?
  @Option(help: "csv, tsv, ndjson or json. Default: by the file's name; for standard input, ndjson.")
  var format: FileIngest.Format?
  @Option(help: "Where rows that were left out are listed. Default: TABLE.rejects in the store.") var rejects: String?
  @Flag(help: "Commit file by file, and pass over files whose bytes the table has from an earlier run with --once.")
  var once = false
  @Flag(help: "From standard input: print {\"rows\":N,\"lines\":N} for each batch once it is on disk.") var ack = false
  @Option(help: ArgumentHelp("From standard input: rows of a batch at most.", valueName: "rows")) var batchRows = 10_000
  @Option(
    help: ArgumentHelp("From standard input: how long a row waits for its batch. Default: 1s.", valueName: "span"))
  var delay: String?
  @Flag(name: .shortAndLong, help: "No progress and no notes.") var quiet = false

  func validate() throws {
    if batchRows < 1 { throw ValidationError("--batch-rows \(batchRows): give 1 or more") }
    if files.contains("-"), files.count > 1 { throw ValidationError("give files or -, not both") }
    if !files.contains("-"), ack || delay != nil {
      throw ValidationError("--ack and --delay are for standard input: -")
    }
    if files.contains("-"), once {
      throw ValidationError("--once is for files, which are known again; a stream is not")
    }
  }

  func run() throws {
    let settings = try store.settings()
    try Tables.check(name: table)
    let tables = Tables.folder(try store.directory(settings))
    try FileManager.default.createDirectory(
      atPath: tables, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let folder = tables + "/" + table
    let schema = try schema.map(SchemaText.parse)
    let rejects = RejectFile(path: rejects ?? folder + ".rejects")
    if files == ["-"] {
      try runStream(folder, schema, rejects)
    } else {
      try runFiles(folder, schema, rejects)
    }
  }

  private var isShown: Bool { !quiet && Terminal.showsProgress }
  private func clearStatus() { if isShown { Terminal.status("\r\u{1B}[K") } }

  // MARK: Files

  private func runFiles(_ folder: String, _ schema: Schema?, _ rejects: RejectFile) throws {
    let inputs = try files.map { path -> (path: String, format: FileIngest.Format) in
      guard let format = format ?? FileIngest.Format(path: path) else {
        throw UsageError("\(path): the name does not tell the format; give --format csv, tsv, ndjson or json")
      }
      return (path, format)
    }
    var ingest = FileIngest(folder: folder, schema: schema)
    ingest.isOnce = once
    let told = Mutex(0)
    let isShown = isShown
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
      defer { clearStatus() }
      report = try ingest.run(inputs)
    }
    for reject in report.rejects { try rejects.add("\(reject.path):\(reject.line): \(reject.reason)") }
    rejects.end(report.rejected)
    if quiet { return }
    if report.skipped > 0 {
      Terminal.complain("\(report.skipped) of \(files.count) files were in the table and are passed over")
    }
    let span = (ContinuousClock.now - began).components
    let seconds = Double(span.seconds) + Double(span.attoseconds) / 1e18
    let rate = Int(Double(report.bytes) / 1_048_576 / max(seconds, 0.001))
    Terminal.complain("\(report.rows) rows from \(report.bytes >> 20) MB, \(rate) MB/s")
  }

  // MARK: Standard input

  private func runStream(_ folder: String, _ schema: Schema?, _ rejects: RejectFile) throws {
    var limits = StreamIngest.Limits()
    limits.rows = batchRows
    if let delay {
      guard let ticks = TimeSpan.literal(delay), ticks >= 0 else {
        throw UsageError("--delay \(delay): not a span such as 500ms or 2s")
      }
      limits.delay = .nanoseconds(Int64(min(ticks, .max / 100)) * 100)
    }
    var stream = try StreamIngest(folder: folder, format: format ?? .ndjson, schema: schema, limits: limits)
    StopSignal.catchAll()
    var failure: (any Error)?
    let progress: StreamIngest.Progress
    do {
      defer { clearStatus() }
      progress = try stream.run(0) {
        StopSignal.number != 0 || failure != nil
      } reject: { line, reason in
        do { try rejects.add("-:\(line): \(reason)") } catch { failure = failure ?? error }
      } acknowledged: { progress in
        if ack { Terminal.write(Array("{\"rows\":\(progress.rows),\"lines\":\(progress.lines)}\n".utf8)) }
        if isShown { Terminal.status("\r\u{1B}[K\(progress.rows) rows") }
      }
    }
    if let failure { throw failure }
    rejects.end(progress.rejected)
    if !quiet { Terminal.complain("\(progress.rows) rows from \(progress.lines) lines") }
    if StopSignal.number != 0 { throw ExitCode(128 + Int32(StopSignal.number)) }
  }
}

/// Where rows that were left out are listed; made when there is one.
private final class RejectFile {
  private let path: String
  private var file: Int32 = -1

  init(path: String) { self.path = path }

  func add(_ line: String) throws {
    if file < 0 { file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) }
    let bytes = Array((line + "\n").utf8)
    guard file >= 0, write(file, bytes, bytes.count) == bytes.count else {
      throw UsageError("\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  func end(_ count: Int) {
    if file >= 0 { close(file) }
    guard count > 0 else { return }
    Terminal.complain("plumb: \(count) \(count == 1 ? "row was" : "rows were") left out; see \(path)")
  }
}

/// Ctrl-C and SIGTERM end a stream after the rows that have come.
private enum StopSignal {
  private static let caught = Atomic<Int>(0)
  /// The signal that came; 0 for none.
  static var number: Int { caught.load(ordering: .relaxed) }

  static func catchAll() {
    // The handler must not be the first to touch it.
    caught.store(0, ordering: .relaxed)
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM] {
      let earlier = signal(number) { StopSignal.caught.store(Int($0), ordering: .relaxed) }
      // Whoever started the program had the signal ignored, as nohup does.
      if unsafeBitCast(earlier, to: Int.self) == 1 { _ = signal(number, SIG_IGN) }
      sigaddset(&set, number)
    }
    // Some that start programs leave signals blocked.
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}

extension FileIngest.Format: ExpressibleByArgument {}

/// Tables on disk beside the inventory.
enum Tables {
  static let builtIn: Set<String> = [
    "resources", "resourcecontainers", "resourcechanges", "findings", "coveragegaps", "scans",
    "findinghistory", "exemptions", "governancerules", "securityresources",
  ]

  static func folder(_ directory: String) -> String { directory + "/tables" }

  static func check(name: String) throws {
    guard isName(name) else {
      throw UsageError("'\(name)' is no name of a table: letters, digits and _ make one, and no digit begins it")
    }
    guard !builtIn.contains(name.lowercased()) else {
      throw UsageError("'\(name)' is a table of Plumbline's own; give the new one another name")
    }
  }

  /// The names of the tables in the store.
  static func names(_ directory: String) -> [String] {
    let folder = folder(directory)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { isName($0) && FileManager.default.fileExists(atPath: folder + "/\($0)/table.json") }
  }

  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first &- 0x30 > 9 else { return false }
    return text.utf8.allSatisfy { $0 == 0x5F || $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 } && text.utf8.count <= 128
  }

  /// Adds every table on disk to what queries may name. One that is damaged stops the queries that name it, and no other.
  static func add(to catalog: inout Catalog, _ directory: String) {
    let folder = folder(directory)
    for name in names(directory) {
      do throws(KQLError) {
        catalog.add(name, try StoredTable(folder: folder + "/" + name))
      } catch {
        catalog.unreadable[name] = error.message
      }
    }
  }
}
