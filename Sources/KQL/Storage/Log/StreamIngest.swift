// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Reads rows from a pipe into a table for as long as they come. What has come is durable after a bounded delay, and told.
package struct StreamIngest {
  /// When rows that have come are written.
  package struct Limits: Sendable {
    package var rows = 10_000
    package var bytes = 8 << 20
    package var delay: Duration = .seconds(1)
    package init() {}
  }
  /// What was read so far, all of it on disk.
  package struct Progress: Sendable {
    package fileprivate(set) var rows = 0
    /// Lines of the input, those of rows that were left out as well.
    package fileprivate(set) var lines = 0
    package fileprivate(set) var bytes = 0
    package fileprivate(set) var rejected = 0
  }

  private static let mostBytes = 1 << 30
  private let log: TableLog
  private let format: FileIngest.Format
  private let schema: Schema?
  private let limits: Limits
  private var header: [String]?
  private var progress = Progress()
  private var buffer: [UInt8] = []
  /// How much of the buffer is whole rows, and how many lines those are.
  private var whole = 0
  private var lines = 0
  private var scanned = 0
  private var isQuoted = false

  /// - Parameter schema: columns to read; nil has each batch tell its own, and the table grow.
  package init(
    folder: String, format: FileIngest.Format, schema: Schema? = nil, limits: Limits = Limits()
  ) throws(KQLError) {
    guard format != .json else {
      throw KQLError(.data, "a JSON array is whole at its end only; a stream is csv, tsv or ndjson")
    }
    log = try TableLog(folder: folder)
    self.format = format
    self.schema = schema
    self.limits = limits
  }

  /// Reads until the input ends or `isStopped` says so, which is asked whenever a signal came.
  ///
  /// - Parameters:
  ///   - reject: told the line and the reason of each row that is left out, before its batch is acknowledged.
  ///   - acknowledged: told after each batch, when it is on disk.
  package mutating func run(
    _ file: Int32, isStopped: () -> Bool, reject: (Int, String) -> Void, acknowledged: (Progress) -> Void
  ) throws(KQLError) -> Progress {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var due: ContinuousClock.Instant?
    while !isStopped() {
      let wait = due.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
      if try Self.isReady(file, wait) {
        let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
        if count < 0 {
          if errno == EINTR || errno == EAGAIN { continue }
          throw KQLError(.data, "the input cannot be read: \(FileOutput.reason())")
        }
        if count == 0 { break }
        buffer += chunk[..<count]
        try checkStart()
        try scan()
        while isFull {
          try flush(reject, acknowledged)
          try scan()
          due = nil
        }
      }
      if whole > 0, due == nil { due = ContinuousClock.now + limits.delay }
      if let time = due, ContinuousClock.now >= time {
        try flush(reject, acknowledged)
        due = nil
      }
    }
    // The last row may end without a line break; one that a signal cut short is no row.
    if !isStopped(), whole < buffer.count {
      whole = buffer.count
      lines += 1
    }
    if whole > 0 { try flush(reject, acknowledged) }
    try log.finish()
    return progress
  }

  private static func isReady(_ file: Int32, _ wait: Duration?) throws(KQLError) -> Bool {
    var entry = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    let (seconds, attoseconds) = (wait ?? .zero).components
    let milliseconds = Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    let found = poll(&entry, 1, wait == nil ? -1 : milliseconds)
    if found < 0, errno != EINTR { throw KQLError(.data, "the input cannot be read: \(FileOutput.reason())") }
    return found > 0
  }

  private func checkStart() throws(KQLError) {
    guard progress.bytes == 0 else { return }
    let packers: [([UInt8], String)] = [([0x1F, 0x8B], "gzip -d"), ([0x28, 0xB5, 0x2F, 0xFD], "zstd -d")]
    for (magic, program) in packers where buffer.starts(with: magic) {
      throw KQLError(.data, "the input is packed; unpack it on its way: \(program) < FILE | plumb ingest TABLE -")
    }
  }

  private var isFull: Bool { lines >= limits.rows || whole >= limits.bytes }

  /// Looks for the ends of rows in what has come, until there are enough for a batch.
  private mutating func scan() throws(KQLError) {
    let isDelimited = format != .ndjson
    var (at, end, rows, quoted) = (scanned, whole, lines, isQuoted)
    let limits = limits
    buffer.withUnsafeBufferPointer { bytes in
      while at < bytes.count, rows < limits.rows, end < limits.bytes {
        let byte = bytes[at]
        at += 1
        if byte == 0x0A {
          // Within quotes it ends a line of the file and no row.
          if quoted { continue }
          end = at
          rows += 1
        } else if byte == 0x22, isDelimited {
          quoted.toggle()
        }
      }
    }
    (scanned, whole, lines, isQuoted) = (at, end, rows, quoted)
    guard buffer.count - whole < Self.mostBytes else {
      throw KQLError(.data, "line \(progress.lines + lines + 1) of the input is longer than a gigabyte")
    }
  }

  private mutating func flush(
    _ reject: (Int, String) -> Void, _ acknowledged: (Progress) -> Void
  ) throws(KQLError) {
    let bytes = Array(buffer[..<whole])
    let input = try RowInput(rows: bytes, format: format, header: header)
    let fields: Schema
    if let schema { fields = schema } else { fields = try input.inferred(known: log.schema, all: true) }
    var columns = IngestColumns(fields)
    do {
      for stretch in input.stretches(of: .max) {
        let first = progress.lines
        _ = try input.read(stretch, into: &columns) { line, reason in
          progress.rejected += 1
          reject(first + line, reason)
        } progress: { _ in
        }
      }
    } catch {
      throw error as? KQLError ?? KQLError(.data, "\(error)")
    }
    let count = columns.count
    try log.append(columns.finish(), fields: fields)
    header = input.header
    progress.rows += count
    progress.bytes += whole
    progress.lines += bytes.count { $0 == 0x0A } + (bytes.last == 0x0A ? 0 : 1)
    buffer.removeFirst(whole)
    scanned -= whole
    (whole, lines) = (0, 0)
    acknowledged(progress)
  }
}
