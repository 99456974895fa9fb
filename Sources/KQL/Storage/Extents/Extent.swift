// SPDX-License-Identifier: Apache-2.0
import JSON
import Synchronization

/// An extent that is open for reading. Blocks are checked when they are first read, and decoded on demand.
final class Extent: Sendable {
  struct Place: Sendable {
    let at: Int
    let bytes: Int
    let checksum: String
  }
  struct Block: Sendable {
    let place: Place
    let rows: Int
    let nulls: Int
    let number: NumberBlock?
    let scale: Int?
    let range: ClosedRange<Int64>?
    let text: TextBlock.Shape
  }
  struct DictionaryEntry: Sendable {
    let place: Place
    let count: Int
    let phrases: PhraseEntry?
  }
  /// The pieces of phrases: a byte for the number of each phrase's, then all their places in `width` bits each.
  struct PhraseEntry: Sendable {
    let place: Place
    let count: Int
    let places: Int
    let width: Int
  }
  struct ColumnEntry: Sendable {
    let field: Field
    let encoding: String
    let dictionary: DictionaryEntry?
    /// Where the nodes of a shredded column are told.
    let shapes: Place?
    let blocks: [Block]
  }

  /// More rows than any extent has: numbers above it come from damage.
  private static let rowLimit: Int64 = 1 << 31

  let path: String
  let rows: Int
  /// The checksum of the footer, which tells this extent from every other.
  let footerSum: String
  let columns: [ColumnEntry]
  /// Columns by name.
  let places: [String: Int]
  private let file: CheckedFile
  private let pools = Mutex<[Int: StringPool]>([:])
  private let terms = Mutex<[Int: TermDictionary]>([:])
  private let documents = Mutex<[Int: CodedValues]>([:])
  private let shredded = Mutex<[Int: ShreddedColumn]>([:])

  convenience init(path: String) throws(KQLError) { try self.init(path: path, file: MappedFile(path: path)) }

  /// - Parameter path: what errors call the extent.
  init(path: String, file: MappedFile) throws(KQLError) {
    self.path = path
    self.file = CheckedFile(path: path, file)
    let bytes = file.bytes
    let tail = 24
    let magic = ExtentWriter.magic
    guard bytes.count >= magic.count + tail, bytes.suffix(8).elementsEqual(magic), bytes.prefix(8).elementsEqual(magic)
    else { throw KQLError(.data, "\(path) is no extent, or is cut short") }
    let size = Int(clamping: bytes.loadUnaligned(fromByteOffset: bytes.count - tail, as: UInt64.self).littleEndian)
    let sum = bytes.loadUnaligned(fromByteOffset: bytes.count - 16, as: UInt64.self).littleEndian
    guard size >= 0, size <= bytes.count - tail - magic.count else {
      throw KQLError(.data, "\(path): the footer is damaged")
    }
    let text = UnsafeRawBufferPointer(rebasing: bytes[bytes.count - tail - size..<bytes.count - tail])
    guard Checksum.xxh64(text) == sum, let footer = try? JSONDocument(parsing: Array(text)).root,
      footer["format"]?.int64 == 1, let rows = footer["rows"]?.int64, (0...Self.rowLimit).contains(rows),
      footer["blockRows"]?.int64 == Int64(ExtentWriter.blockRows)
    else { throw KQLError(.data, "\(path): the footer is damaged") }
    self.rows = Int(rows)
    footerSum = ExtentWriter.hex(sum)
    let limit = bytes.count - tail - size
    columns = try Self.columns(footer, rows: Int(rows), limit: limit, path)
    places = Dictionary(columns.enumerated().map { ($1.field.name, $0) }) { first, _ in first }
  }

  private static func columns(
    _ footer: JSONValue, rows: Int, limit: Int, _ path: String
  ) throws(KQLError) -> [ColumnEntry] {
    let damaged = KQLError(.data, "\(path): the footer is damaged")
    let reader = EntryReader(limit: limit, damaged: damaged)
    let blockRows = ExtentWriter.blockRows
    var entries: [ColumnEntry] = []
    for column in footer["columns"]?.elements.map({ $0 }) ?? [] {
      guard let name = column["name"]?.string, let type = column["type"]?.string.flatMap(ScalarType.init(name:)),
        let encoding = column["encoding"]?.string
      else { throw damaged }
      try Self.check(encoding, holds: type, name, path)
      let dictionary = try reader.dictionary(column["dictionary"])
      if ["phrases", "terms", "dictionary"].contains(encoding) {
        guard let dictionary, encoding != "dictionary" || rows == 0 || dictionary.count > 0,
          encoding == "dictionary" || (encoding == "phrases") == (dictionary.phrases != nil)
        else { throw damaged }
      }
      var shapes: Place?
      if encoding == "shredded" { shapes = try reader.place(column["shapes"]) }
      var blocks: [Block] = []
      for (index, value) in (column["blocks"]?.elements.map { $0 } ?? []).enumerated() {
        let count = min(blockRows, rows - index * blockRows)
        guard count > 0 else { throw damaged }
        blocks.append(try reader.block(value, encoding, count: count))
      }
      guard blocks.count == (rows + blockRows - 1) / blockRows else { throw damaged }
      entries.append(
        ColumnEntry(
          field: Field(name, type), encoding: encoding, dictionary: dictionary, shapes: shapes, blocks: blocks))
    }
    return entries
  }

  private static func check(
    _ encoding: String, holds type: ScalarType, _ name: String, _ path: String
  ) throws(KQLError) {
    let known: Bool
    switch encoding {
    case "number": known = [.bool, .int, .long, .datetime, .timespan].contains(type)
    case "real": known = [.real, .decimal].contains(type)
    case "dictionary", "phrases", "terms": known = [.string, .guid, .dynamic].contains(type)
    case "shredded": known = type == .dynamic
    // Only who reads the column is told of an encoding that is not known.
    default: known = true
    }
    guard known else {
      throw KQLError(.data, "\(path): the footer is damaged: column '\(name)' is a \(type.rawValue) of '\(encoding)'")
    }
  }

  /// The checksum of the footer of a whole extent.
  static func footerSum(_ bytes: [UInt8]) -> String {
    ExtentWriter.hex(
      bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: $0.count - 16, as: UInt64.self).littleEndian })
  }

  var blockCount: Int { (rows + ExtentWriter.blockRows - 1) / ExtentWriter.blockRows }
  func rows(ofBlock block: Int) -> Int {
    min(ExtentWriter.blockRows, rows - block * ExtentWriter.blockRows)
  }

  // MARK: Reading

  /// The cells of one column in one block, at some rows of it in ascending order or, with nil, at all.
  ///
  /// - Parameter paths: the paths of a dynamic column that are read; nil where all of it is.
  func column(
    _ index: Int, block number: Int, rows: [Int]? = nil, paths: [JSONPath]? = nil
  ) throws(KQLError) -> Column {
    let entry = columns[index]
    let block = entry.blocks[number]
    // Many rows are quicker to choose from the whole block, and documents are read whole.
    if let rows, entry.field.type == .dynamic || rows.count * 4 > block.rows && entry.encoding != "terms" {
      return try column(index, block: number, paths: paths).gather(rows)
    }
    let count = rows?.count ?? block.rows
    let name = entry.field.name
    if let shapes = entry.shapes { return .dynamic(try shredded(index, shapes).column(number, paths: paths)) }
    let raw = try file.bytes(block.place, "block \(number) of column '\(name)'")
    var validity: Bitmap?
    var skipped = 0
    if block.nulls > 0 {
      skipped = (block.rows + 63) / 64 * 8
      let bits = Bitmap(count: block.rows, words: raw)
      validity = rows.map { rows in Bitmap(count: count) { bits[rows[$0]] } } ?? bits
    }
    let body = UnsafeRawBufferPointer(rebasing: raw[skipped...])
    switch entry.encoding {
    case "number":
      let values = (block.number ?? .none).decode(body, count: block.rows, rows: rows, WholeCell())
      if entry.field.type == .datetime, !(block.number ?? .none).isWithin(0...DateTime.max) {
        guard values.allSatisfy((0...DateTime.max).contains) else { throw damage(number, name) }
      }
      return .whole(values, entry.field.type, validity: validity)
    case "real":
      let values: [Double]
      if let number = block.number {
        let power = ExtentWriter.powers[block.scale ?? 0]
        values = number.decode(body, count: block.rows, rows: rows, RealCell(power: power))
      } else {
        values = (0..<count).map {
          Double(bitPattern: body.loadUnaligned(fromByteOffset: (rows?[$0] ?? $0) * 8, as: UInt64.self).littleEndian)
        }
      }
      let column = FixedColumn(values, validity: validity)
      return entry.field.type == .decimal ? .decimal(column) : .real(column)
    case "dictionary":
      let pool = try pool(index)
      let most = UInt32(max(0, pool.count - 1))
      let codes = (block.number ?? .none).decode(body, count: block.rows, rows: rows, CodeCell())
      // The bits of all codes together are no less than the largest: mostly they tell that none is too large.
      guard codes.reduce(0, |) <= most || codes.allSatisfy({ $0 <= most }) else { throw damage(number, name) }
      let texts = StringColumn(pool: pool, codes: codes)
      return try typed(texts, entry.field.type, validity, dictionary: index)
    case "phrases", "terms":
      let block = TextBlock(
        file.mapped, at: block.place.at + skipped, block.text, dictionary: try termDictionary(index))
      let texts = StringColumn(
        pool: StringPool(block), codes: rows?.map { UInt32($0) } ?? Array(0..<UInt32(block.count)))
      return try typed(texts, entry.field.type, validity, dictionary: nil)
    default:
      throw KQLError(
        .notSupported, "\(path): column '\(name)' is written in '\(entry.encoding)', which this version does not know")
    }
  }

  private func damage(_ block: Int, _ column: String) -> KQLError {
    file.damage("block \(block) of column '\(column)'")
  }

  /// The texts of a dictionary, read once.
  private func pool(_ index: Int) throws(KQLError) -> StringPool {
    if let pool = pools.withLock({ $0[index] }) { return pool }
    guard let dictionary = columns[index].dictionary else { return .empty }
    let name = columns[index].field.name
    let pool = try file.texts(dictionary.place, count: dictionary.count, "the dictionary of column '\(name)'")
    return pools.withLock { pools in
      // Two workers may have read it: one pool is used by both.
      if let first = pools[index] { return first }
      pools[index] = pool
      return pool
    }
  }

  private func termDictionary(_ index: Int) throws(KQLError) -> TermDictionary {
    if let known = terms.withLock({ $0[index] }) { return known }
    let pool = try pool(index)
    let phrases = try columns[index].dictionary?.phrases.map { entry throws(KQLError) in
      try file.phrases(entry, of: pool, columns[index].field.name)
    }
    let made = TermDictionary(pool, phrases)
    return terms.withLock { terms in
      if let first = terms[index] { return first }
      terms[index] = made
      return made
    }
  }

  private func typed(
    _ texts: StringColumn, _ type: ScalarType, _ validity: Bitmap?, dictionary: Int?
  ) throws(KQLError) -> Column {
    switch type {
    case .guid: return .guid(texts)
    case .dynamic: return .dynamic(try dynamic(texts, validity, dictionary: dictionary))
    default: return .string(texts)
    }
  }

  /// JSON texts as one document; those of a dictionary are parsed once for all blocks.
  private func dynamic(
    _ texts: StringColumn, _ validity: Bitmap?, dictionary: Int?
  ) throws(KQLError) -> DynamicColumn {
    let values: CodedValues
    if let dictionary, let known = documents.withLock({ $0[dictionary] }) {
      values = known
    } else {
      var bytes: [UInt8] = []
      let (all, offsets) = (texts.pool.bytes, texts.pool.offsets)
      bytes.reserveCapacity(all.count + offsets.count * 2)
      for code in 0..<texts.pool.count {
        let range = Int(offsets[code])..<Int(offsets[code + 1])
        if range.isEmpty { bytes.append(contentsOf: "null".utf8) } else { bytes.append(contentsOf: all[range]) }
        bytes.append(0x0A)
      }
      do {
        values = CodedValues(DynamicColumn(roots: try JSONDocument.lines(bytes)).places)
      } catch {
        throw KQLError(.data, "\(path): a dynamic value cannot be read: \(error)")
      }
      if let dictionary { documents.withLock { $0[dictionary] = values } }
    }
    guard values.count == texts.pool.count + 1 else { throw KQLError(.data, "\(path): a dynamic column is damaged") }
    let null = values.nullCode
    let codes = validity.map { valid in texts.codes.indices.map { valid[$0] ? texts.codes[$0] : null } } ?? texts.codes
    let rows = CodedRows(values, codes)
    return dictionary == nil ? DynamicColumn(rows.places) : DynamicColumn(.coded(rows))
  }

  private func shredded(_ index: Int, _ shapes: Place) throws(KQLError) -> ShreddedColumn {
    if let known = shredded.withLock({ $0[index] }) { return known }
    let made = try ShreddedColumn(file, columns[index].field.name, rows: rows, shapes)
    return shredded.withLock { shredded in
      if let first = shredded[index] { return first }
      shredded[index] = made
      return made
    }
  }
}

extension NumberBlock {
  static let none = NumberBlock(encoding: .frame, base: 0, step: 0, width: 0)

  /// Whether no number that can be written here is outside the range.
  fileprivate func isWithin(_ range: ClosedRange<Int64>) -> Bool {
    guard encoding == .frame, width < 63, range.contains(base) else { return false }
    let (last, overflow) = base.addingReportingOverflow(1 << Int64(width) - 1)
    return !overflow && range.contains(last)
  }
}
