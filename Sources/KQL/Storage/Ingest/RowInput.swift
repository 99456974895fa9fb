// SPDX-License-Identifier: Apache-2.0
import JSON

/// A file of rows in memory.
struct RowInput: Sendable {
  private let format: FileIngest.Format
  private let keeper: Keeper
  /// Column names of a delimited file, from its first line.
  let header: [String]
  private let start: Int

  /// Keeps the bytes where they are while they are read.
  private enum Keeper: Sendable {
    case mapped(MappedFile)
    case unpacked(Unpacked)
  }
  /// Safe to share: written once, before anybody else has it, and then only read.
  private final class Unpacked: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
    init(_ source: [UInt8]) {
      bytes = .allocate(byteCount: source.count, alignment: 16)
      bytes.copyBytes(from: source)
    }
    deinit { bytes.deallocate() }
  }

  var bytes: UnsafeRawBufferPointer {
    switch keeper {
    case .mapped(let file): file.bytes
    case .unpacked(let unpacked): UnsafeRawBufferPointer(unpacked.bytes)
    }
  }

  /// - Parameter scratch: a folder for what is unpacked on disk.
  init(path: String, format: FileIngest.Format, scratch: String) throws(KQLError) {
    let file = try MappedFile(path: path)
    var bytes = file.bytes
    if bytes.starts(with: Zstandard.magic) {
      let unpacked = try Zstandard.unpack(path, in: scratch)
      keeper = .mapped(unpacked)
      bytes = unpacked.bytes
    } else if bytes.count > 2, bytes[0] == 0x1F, bytes[1] == 0x8B {
      guard let plain = Deflate.ungzip(Array(bytes)) else { throw KQLError(.data, "\(path) is a damaged gzip file") }
      let unpacked = Unpacked(plain)
      keeper = .unpacked(unpacked)
      bytes = UnsafeRawBufferPointer(unpacked.bytes)
    } else {
      keeper = .mapped(file)
    }
    // A .json file that begins with an object holds one object a line, as most tools write them.
    let first = bytes.prefix(64).first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && $0 < 0x80 }
    self.format = format == .json && first == UInt8(ascii: "{") ? .ndjson : format
    (header, start) = try Self.header(bytes, self.format, path)
  }

  /// Rows of a stream.
  ///
  /// - Parameter header: the column names of a delimited stream; nil where its first line is among the rows.
  init(rows: [UInt8], format: FileIngest.Format, header: [String]?) throws(KQLError) {
    let unpacked = Unpacked(rows)
    keeper = .unpacked(unpacked)
    self.format = format
    if let header {
      (self.header, start) = (header, 0)
    } else {
      (self.header, start) = try Self.header(UnsafeRawBufferPointer(unpacked.bytes), format, "the input")
    }
  }

  /// Column names of a delimited file, and where its rows begin.
  private static func header(
    _ bytes: UnsafeRawBufferPointer, _ format: FileIngest.Format, _ path: String
  ) throws(KQLError) -> (names: [String], start: Int) {
    let from = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let separator = format.separator else { return ([], from) }
    var names: [String] = []
    let start = Delimited.row(bytes.bindMemory(to: UInt8.self), from, separator) { field in
      names.append(String(decoding: field, as: UTF8.self))
    }
    for (index, name) in names.enumerated() where name.isEmpty || names.firstIndex(of: name) != index {
      throw KQLError(
        .data, "\(path):1: column \(index + 1) has \(name.isEmpty ? "no name" : "the name '\(name)' of another")")
    }
    return (names, start)
  }

  // MARK: Stretches

  /// Parts of the file of about `size` bytes that end with a row.
  func stretches(of size: Int?) -> [Range<Int>] {
    guard start < bytes.count else { return [] }
    if format == .json { return [start..<bytes.count] }
    let sample = bytes[start..<min(bytes.count, start + 1 << 20)]
    let rows = max(1, sample.count { $0 == 0x0A })
    // Places in the texts of an extent have 32 bits: however long the rows, it is made of a gigabyte at most.
    // Each worker has the rows of one extent in memory, and their texts twice while they are written.
    let size = max(1 << 16, min(1 << 30, size ?? sample.count / rows * (ExtentWriter.mostRows / 3 * 2)))
    // A file that is worth it is split so that every worker has a part.
    let least = bytes.count > 64 << 20 ? Workers.count : 1
    let count = max(least, (bytes.count - start + size - 1) / size)
    let even = (bytes.count - start + count - 1) / count
    var ranges: [Range<Int>] = []
    var from = start
    // In a delimited file a line break between quotes ends no row: quotes are counted from the start.
    var quotes = 0
    var counted = start
    while from < bytes.count {
      var end = min(bytes.count, from + even)
      if format == .ndjson {
        while end < bytes.count, bytes[end - 1] != 0x0A { end += 1 }
      } else {
        quotes += bytes[counted..<end].count { $0 == 0x22 }
        while end < bytes.count, bytes[end - 1] != 0x0A || quotes & 1 == 1 {
          if bytes[end] == 0x22 { quotes += 1 }
          end += 1
        }
      }
      // Looking for quotes reads the file through: what was looked at is let go.
      if format != .ndjson { release(counted..<end) }
      counted = end
      ranges.append(from..<end)
      from = end
    }
    return ranges
  }

  // MARK: Reading

  /// Reads the rows of a stretch. Returns its lines; `reject` is told the line in the stretch of each row left out.
  func read(
    _ stretch: Range<Int>, into columns: inout IngestColumns, reject: (Int, String) -> Void, progress: (Int) -> Void
  ) throws -> Int {
    switch format {
    case .csv, .tsv: return delimited(stretch, &columns, reject, progress)
    case .ndjson: return lines(stretch, &columns, reject, progress)
    case .json:
      let document = try JSONDocument(parsing: Array(bytes[stretch]))
      guard document.root.kind == .array else {
        throw KQLError(.data, "a .json file of rows must be an array of objects")
      }
      let reader = MemberReader(columns.schema)
      for (index, row) in document.root.elements.enumerated() {
        if let reason = reader.read(row, into: &columns) { reject(index + 1, "row \(index + 1): \(reason)") }
      }
      progress(stretch.count)
      return 0
    }
  }

  private func delimited(
    _ stretch: Range<Int>, _ columns: inout IngestColumns, _ reject: (Int, String) -> Void, _ progress: (Int) -> Void
  ) -> Int {
    let places = header.map { name in columns.schema.firstIndex { $0.name == name } }
    let missing = columns.schema.indices.filter { !places.contains($0) }
    let text = UnsafeRawBufferPointer(rebasing: bytes[..<stretch.upperBound]).bindMemory(to: UInt8.self)
    // The order of the file is the order that cells are put in; a row that fails is taken back in the same order.
    let separator = format.separator ?? 0x2C
    var at = stretch.lowerBound
    // The line of names is before the first row.
    var line = stretch.lowerBound == start && start > 0 ? 1 : 0
    var told = at
    var row = Delimited.Row()
    while at < text.count {
      let began = at
      at = row.read(text, at, separator)
      line += 1
      let breaks = text[began..<at].count { $0 == 0x0A }
      defer { line += max(0, breaks - 1) }
      if row.isBlank { continue }
      guard row.count == header.count else {
        reject(line, "\(row.count) fields where the first line names \(header.count)")
        continue
      }
      do throws(IngestColumns.Misfit) {
        for (index, place) in places.enumerated() {
          guard let place else { continue }
          try row.withField(index, text) { field throws(IngestColumns.Misfit) in try columns.put(field: field, place) }
        }
        for place in missing { try columns.put(nil as JSONValue?, place) }
        columns.endRow()
      } catch {
        columns.drop()
        reject(line, error.description)
      }
      if at - told > 1 << 22 {
        release(told..<at)
        progress(at - told)
        told = at
      }
    }
    progress(at - told)
    return line
  }

  private func release(_ range: Range<Int>) {
    if case .mapped(let file) = keeper { file.release(range) }
  }

  /// What is read at once: little enough to stay in the cache while it is parsed and then read column by column.
  private static let chunk = 1 << 19

  private func lines(
    _ stretch: Range<Int>, _ columns: inout IngestColumns, _ reject: (Int, String) -> Void, _ progress: (Int) -> Void
  ) -> Int {
    var reader = MemberReader(columns.schema)
    var line = 0
    var from = stretch.lowerBound
    while from < stretch.upperBound {
      var end = min(stretch.upperBound, from + Self.chunk)
      while end < stretch.upperBound, bytes[end - 1] != 0x0A { end += 1 }
      let text = Array(bytes[from..<end])
      let before = columns.count
      if let document = try? JSONDocument.lines(text), reader.readAll(document, into: &columns) {
        line += text.count { $0 == 0x0A }
      } else {
        // Something in the chunk cannot be kept: its lines are read one by one, so that the rest is.
        columns.truncate(to: before)
        for part in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
          line += 1
          let row = part.last == 0x0D ? part.dropLast() : part
          if row.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
          do {
            let document = try JSONDocument(parsing: Array(row))
            if reader.readAll(document, into: &columns) { continue }
            columns.drop()
            if let reason = reader.read(document.root, into: &columns) { reject(line, reason) }
          } catch {
            reject(line, "\(error)")
          }
        }
        if text.last == 0x0A { line -= 1 }
      }
      release(from..<end)
      progress(end - from)
      from = end
    }
    return line
  }

  // MARK: Columns

  /// Columns and types as the first rows show them.
  ///
  /// - Parameters:
  ///   - known: columns of the table, whose types are kept where they hold what was seen.
  ///   - all: whether all rows are looked at, and not only the first thousand.
  func inferred(known: Schema, all: Bool = false) throws(KQLError) -> Schema {
    let most = all ? Int.max : 1000
    var guesses: [(name: String, guess: TypeGuess)] = []
    if let separator = format.separator {
      guesses = header.map { ($0, TypeGuess()) }
      let text = bytes.bindMemory(to: UInt8.self)
      var at = start
      var row = Delimited.Row()
      for _ in 0..<most {
        if at >= text.count { break }
        at = row.read(text, at, separator)
        // Another number of fields is a row that is left out.
        guard row.count == guesses.count else { continue }
        for column in guesses.indices { row.withField(column, text) { guesses[column].guess.see($0) } }
      }
    } else {
      var places: [String: Int] = [:]
      for row in try sample(most) {
        for (key, value) in row.members {
          let name = key.string ?? ""
          if places[name] == nil {
            places[name] = guesses.count
            guesses.append((name, TypeGuess()))
          }
          if let place = places[name] { guesses[place].guess.see(value) }
        }
      }
    }
    return guesses.map { name, guess in
      Field(name, guess.type(known: known.first { $0.name == name }?.type, isAll: all))
    }
  }

  private func sample(_ most: Int) throws(KQLError) -> [JSONValue] {
    if format == .json {
      guard let document = try? JSONDocument(parsing: Array(bytes[start...])) else { return [] }
      return Array(document.root.elements)
    }
    var rows: [JSONValue] = []
    let end = most == .max ? bytes.count : min(bytes.count, start + 4 << 20)
    for line in bytes[start..<end].split(separator: 0x0A, maxSplits: most).prefix(most) {
      if let document = try? JSONDocument(parsing: Array(line)) { rows.append(document.root) }
    }
    return rows
  }
}

extension FileIngest.Format {
  var separator: UInt8? {
    switch self {
    case .csv: 0x2C
    case .tsv: 0x09
    default: nil
    }
  }
}
