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
    let blocks: [Block]
  }

  /// More rows than any extent has: numbers above it come from damage.
  private static let rowLimit: Int64 = 1 << 31

  let path: String
  let rows: Int
  let columns: [ColumnEntry]
  private let file: MappedFile
  private let pools = Mutex<[Int: StringPool]>([:])
  private let terms = Mutex<[Int: TermDictionary]>([:])
  private let documents = Mutex<[Int: DynamicColumn]>([:])
  private let checked = Mutex<Set<Range<Int>>>([])

  init(path: String) throws(KQLError) {
    self.path = path
    file = try MappedFile(path: path)
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
    let limit = bytes.count - tail - size
    columns = try Self.columns(footer, rows: Int(rows), limit: limit, path)
  }

  private static func columns(
    _ footer: JSONValue, rows: Int, limit: Int, _ path: String
  ) throws(KQLError) -> [ColumnEntry] {
    func number(_ value: JSONValue?, _ key: String) -> Int? { value?[key]?.int64.flatMap { Int(exactly: $0) } }
    let damaged = KQLError(.data, "\(path): the footer is damaged")
    func place(_ value: JSONValue?) throws(KQLError) -> Place {
      guard let at = number(value, "at"), let bytes = number(value, "bytes"), let sum = value?["xxh64"]?.string,
        at >= 0, bytes >= 0, at <= limit, bytes <= limit - at
      else { throw damaged }
      return Place(at: at, bytes: bytes, checksum: sum)
    }
    let blockRows = ExtentWriter.blockRows
    var entries: [ColumnEntry] = []
    for column in footer["columns"]?.elements.map({ $0 }) ?? [] {
      guard let name = column["name"]?.string, let type = column["type"]?.string.flatMap(ScalarType.init(name:)),
        let encoding = column["encoding"]?.string
      else { throw damaged }
      try Self.check(encoding, holds: type, name, path)
      let dictionary = try column["dictionary"].map { value throws(KQLError) -> DictionaryEntry in
        guard let count = number(value, "count"), (0..<Int(UInt32.max)).contains(count) else { throw damaged }
        let texts = try place(value)
        guard texts.bytes >= (count + 1) * 4 else { throw damaged }
        guard let value = value["phrases"] else { return DictionaryEntry(place: texts, count: count, phrases: nil) }
        guard let phrases = number(value, "count"), let places = number(value, "places"),
          let width = number(value, "width"), (1...32).contains(width)
        else { throw damaged }
        let place = try place(value)
        guard (0...place.bytes).contains(phrases), (0...place.bytes * 8).contains(places), places <= Int32.max,
          place.bytes >= phrases + BitPacking.size(places, width: width)
        else { throw damaged }
        return DictionaryEntry(
          place: texts, count: count, phrases: PhraseEntry(place: place, count: phrases, places: places, width: width))
      }
      if ["phrases", "terms", "dictionary"].contains(encoding) {
        guard let dictionary, encoding != "dictionary" || rows == 0 || dictionary.count > 0,
          encoding == "dictionary" || (encoding == "phrases") == (dictionary.phrases != nil)
        else { throw damaged }
      }
      var blocks: [Block] = []
      for (index, value) in (column["blocks"]?.elements.map { $0 } ?? []).enumerated() {
        let count = min(blockRows, rows - index * blockRows)
        guard count > 0 else { throw damaged }
        var packing: NumberBlock?
        if let name = value["packing"]?.string {
          guard let encoding = NumberBlock.Encoding(rawValue: name), let base = value["base"]?.int64,
            let width = number(value, "width"), (0...56).contains(width) || width == 64
          else { throw damaged }
          packing = NumberBlock(encoding: encoding, base: base, step: value["step"]?.int64 ?? 0, width: width)
        }
        var range: ClosedRange<Int64>?
        if let low = value["min"]?.int64, let high = value["max"]?.int64, low <= high { range = low...high }
        let text = TextBlock.Shape(
          count: count, lengthBytes: number(value, "lengths") ?? 2, words: number(value, "words") ?? 0,
          spelt: number(value, "spelt") ?? 0)
        let (nulls, scale) = (number(value, "nulls") ?? 0, number(value, "scale"))
        let place = try place(value)
        guard (0...count).contains(nulls), (0...place.bytes).contains(text.words),
          (0...place.bytes).contains(text.spelt), (1...2).contains(text.lengthBytes),
          scale.map(ExtentWriter.powers.indices.contains) ?? true
        else { throw damaged }
        let cells: Int
        switch encoding {
        case "phrases", "terms": cells = text.size
        case "real" where packing == nil: cells = count * 8
        case _ where !Self.encodings.contains(encoding): cells = 0
        default:
          guard let packing else { throw damaged }
          cells = BitPacking.size(count, width: packing.width)
        }
        guard place.bytes >= (nulls > 0 ? (count + 63) / 64 * 8 : 0) + cells else { throw damaged }
        blocks.append(
          Block(
            place: place, rows: count, nulls: nulls, number: packing, scale: scale, range: range, text: text))
      }
      guard blocks.count == (rows + blockRows - 1) / blockRows else { throw damaged }
      entries.append(
        ColumnEntry(
          field: Field(name, type), encoding: encoding, dictionary: dictionary, blocks: blocks))
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
    // Only who reads the column is told of an encoding that is not known.
    default: known = true
    }
    guard known else {
      throw KQLError(.data, "\(path): the footer is damaged: column '\(name)' is a \(type.rawValue) of '\(encoding)'")
    }
  }
  private static let encodings: Set<String> = ["number", "real", "dictionary", "phrases", "terms"]

  var blockCount: Int { (rows + ExtentWriter.blockRows - 1) / ExtentWriter.blockRows }
  func rows(ofBlock block: Int) -> Int {
    min(ExtentWriter.blockRows, rows - block * ExtentWriter.blockRows)
  }

  // MARK: Reading

  /// The bytes of a block, once their checksum has been seen to hold.
  private func bytes(_ place: Place, _ what: @autoclosure () -> String) throws(KQLError) -> UnsafeRawBufferPointer {
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[place.at..<place.at + place.bytes])
    let range = place.at..<place.at + place.bytes
    if !checked.withLock({ $0.contains(range) }) {
      guard ExtentWriter.hex(Checksum.xxh64(bytes)) == place.checksum else {
        throw KQLError(
          .data,
          "\(path): \(what()) is damaged (its checksum does not hold); other columns and blocks can still be read")
      }
      checked.withLock { _ = $0.insert(range) }
    }
    return bytes
  }

  /// The cells of one column in one block, at some rows of it in ascending order or, with nil, at all.
  func column(_ index: Int, block number: Int, rows: [Int]? = nil) throws(KQLError) -> Column {
    let entry = columns[index]
    let block = entry.blocks[number]
    // Many rows are quicker to choose from the whole block, and documents are read whole.
    if let rows, entry.field.type == .dynamic || rows.count * 4 > block.rows && entry.encoding != "terms" {
      return try column(index, block: number).gather(rows)
    }
    let count = rows?.count ?? block.rows
    let name = entry.field.name
    let raw = try bytes(block.place, "block \(number) of column '\(name)'")
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
      let block = TextBlock(file, at: block.place.at + skipped, block.text, dictionary: try termDictionary(index))
      let texts = StringColumn(
        pool: StringPool(block), codes: rows?.map { UInt32($0) } ?? Array(0..<UInt32(block.count)))
      return try typed(texts, entry.field.type, validity, dictionary: nil)
    default:
      throw KQLError(
        .notSupported, "\(path): column '\(name)' is written in '\(entry.encoding)', which this version does not know")
    }
  }

  private func damage(_ block: Int, _ column: String) -> KQLError {
    KQLError(
      .data, "\(path): block \(block) of column '\(column)' is damaged; other columns and blocks can still be read")
  }

  /// The texts of a dictionary, read once.
  private func pool(_ index: Int) throws(KQLError) -> StringPool {
    if let pool = pools.withLock({ $0[index] }) { return pool }
    guard let dictionary = columns[index].dictionary else { return .empty }
    let name = columns[index].field.name
    let raw = try bytes(dictionary.place, "the dictionary of column '\(name)'")
    let size = (dictionary.count + 1) * 4
    let texts = Array(raw[size...])
    let offsets = (0...dictionary.count).map { raw.word32($0) }
    guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }),
      Int(offsets.last ?? 0) <= texts.count
    else { throw KQLError(.data, "\(path): the dictionary of column '\(name)' is damaged") }
    let pool = StringPool(bytes: texts, offsets: offsets)
    return pools.withLock { pools in
      // Two workers may have read it: one pool is used by both.
      if let first = pools[index] { return first }
      pools[index] = pool
      return pool
    }
  }

  /// The phrases of a column, where its words do not stand for pieces.
  private func phrases(_ index: Int) throws(KQLError) -> TermDictionary.Phrases? {
    guard let entry = columns[index].dictionary?.phrases else { return nil }
    let name = columns[index].field.name
    let damage = KQLError(.data, "\(path): the dictionary's phrases of column '\(name)' are damaged")
    let raw = try bytes(entry.place, "the dictionary of phrases of column '\(name)'")
    let offsets = try pool(index).offsets
    var phrases = TermDictionary.Phrases()
    phrases.ends.reserveCapacity(entry.count)
    var end = 0
    for length in raw[..<entry.count] {
      end += Int(length)
      phrases.ends.append(UInt32(truncatingIfNeeded: end))
    }
    guard end == entry.places else { throw damage }
    phrases.places.reserveCapacity(entry.places)
    let most = UInt64(offsets.count - 1)
    var (isWhole, size) = (true, 0)
    BitPacking.unpack(
      UnsafeRawBufferPointer(rebasing: raw[entry.count...]), count: entry.places, width: entry.width
    ) { _, place in
      guard place < most else { return isWhole = false }
      phrases.places.append(UInt32(place))
      size += Int(offsets[Int(place) + 1] - offsets[Int(place)])
    }
    // The texts of all phrases are put in memory when they are read.
    guard isWhole, size <= 1 << 31 else { throw damage }
    return phrases
  }

  private func termDictionary(_ index: Int) throws(KQLError) -> TermDictionary {
    if let known = terms.withLock({ $0[index] }) { return known }
    let made = try TermDictionary(pool(index), phrases(index))
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
    let whole: DynamicColumn
    if let dictionary, let known = documents.withLock({ $0[dictionary] }) {
      whole = known
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
        whole = DynamicColumn(roots: try JSONDocument.lines(bytes))
      } catch {
        throw KQLError(.data, "\(path): a dynamic value cannot be read: \(error)")
      }
      if let dictionary { documents.withLock { $0[dictionary] = whole } }
    }
    guard whole.refs.count == texts.pool.count else { throw KQLError(.data, "\(path): a dynamic column is damaged") }
    let refs = texts.codes.enumerated().map { row, code in
      validity?[row] == false ? DynamicColumn.null : whole.refs[Int(code)]
    }
    return DynamicColumn(documents: whole.documents, refs: refs)
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
