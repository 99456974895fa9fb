// SPDX-License-Identifier: Apache-2.0
import JSON

/// Writes rows as one extent: an immutable file of column blocks, described by a footer in JSON (docs/extents.md).
package struct ExtentWriter {
  static let magic = Array("PLUMBXT1".utf8)
  static let blockRows = 65_536
  /// The most rows of an extent.
  package static let mostRows = 1 << 20

  var out: [UInt8] = magic
  private var columns: [JSONDraft] = []

  /// Writes the rows of `batch` to a new file at `path`, which is whole on disk when this returns.
  package static func write(_ batch: Batch, schema: Schema, to path: String) throws(KQLError) {
    try FileOutput.create(encode(batch, schema: schema), at: path)
  }

  /// The bytes of an extent of these rows.
  static func encode(_ batch: Batch, schema: Schema) -> [UInt8] {
    var writer = ExtentWriter()
    for (field, column) in zip(schema, batch.columns) { writer.add(field, column) }
    return writer.finish(rows: batch.count)
  }

  private mutating func add(_ field: Field, _ column: Column) {
    var entry: [(key: String, value: JSONDraft)] = [
      ("name", .string(field.name)), ("type", .string(field.type.rawValue)),
    ]
    switch column {
    case .string(let texts):
      // A dynamic column may come as the JSON texts it is stored in, the empty text for null.
      let isDynamic = field.type == .dynamic
      if isDynamic, add(shredded: texts, &entry) { break }
      add(texts, nulls: { isDynamic && texts.pool.length(Int(texts.codes[$0])) == 0 }, &entry)
    case .guid(let texts): add(texts, nulls: { _ in false }, &entry)
    case .dynamic(let values):
      let texts = Self.texts(of: values)
      if add(shredded: texts, &entry) { break }
      let refs = values.refs
      add(texts, nulls: { refs[$0] == DynamicColumn.null }, &entry)
    case .real(let values), .decimal(let values): add(values, &entry)
    case .bool(let values):
      add(count: column.count, isValid: { values.validity?[$0] ?? true }, { values.values[$0] ? 1 : 0 }, &entry)
    case .int(let values): add(count: column.count, isValid: values.isValid, { Int64(values.values[$0]) }, &entry)
    case .long(let values), .datetime(let values), .timespan(let values):
      add(count: column.count, isValid: values.isValid, { values.values[$0] }, &entry)
    }
    columns.append(.object(entry))
  }

  // MARK: Numbers

  private mutating func add(
    count: Int, isValid: (Int) -> Bool, _ value: (Int) -> Int64, _ entry: inout [(key: String, value: JSONDraft)]
  ) {
    var blocks: [JSONDraft] = []
    for rows in Self.blocks(count) {
      let start = begin()
      var block = nulls(rows, isValid)
      let (values, range) = Self.filled(rows, isValid, value)
      block += Self.number(NumberBlock.encode(values, into: &out))
      if let range { block += [("min", .int(range.lowerBound)), ("max", .int(range.upperBound))] }
      blocks.append(.object(end(start) + block))
    }
    entry += [("encoding", .string("number")), ("blocks", .array(blocks))]
  }

  /// Values with those of null cells taken from a neighbour, so that they cost no bits; and the range of the others.
  private static func filled(
    _ rows: Range<Int>, _ isValid: (Int) -> Bool, _ value: (Int) -> Int64
  ) -> ([Int64], ClosedRange<Int64>?) {
    guard let first = rows.first(where: isValid) else { return ([Int64](repeating: 0, count: rows.count), nil) }
    var last = value(first)
    var (low, high) = (last, last)
    let values = rows.map { row -> Int64 in
      if isValid(row) {
        last = value(row)
        low = min(low, last)
        high = max(high, last)
      }
      return last
    }
    return (values, low...high)
  }

  /// Static: a method would keep a copy of what is written so far while its argument is being written.
  static func number(_ block: NumberBlock) -> [(key: String, value: JSONDraft)] {
    var entry: [(key: String, value: JSONDraft)] = [
      ("packing", .string(block.encoding.rawValue)), ("base", .int(block.base)), ("width", .int(Int64(block.width))),
    ]
    if block.encoding == .delta { entry.append(("step", .int(block.step))) }
    return entry
  }

  // MARK: Reals

  private mutating func add(_ column: FixedColumn<Double>, _ entry: inout [(key: String, value: JSONDraft)]) {
    var blocks: [JSONDraft] = []
    for rows in Self.blocks(column.values.count) {
      let start = begin()
      var block = nulls(rows, column.isValid)
      if let scale = Self.scale(column, rows) {
        let (values, _) = Self.filled(rows, column.isValid) {
          Int64((column.values[$0] * Self.powers[scale]).rounded())
        }
        block += [("scale", .int(Int64(scale)))] + Self.number(NumberBlock.encode(values, into: &out))
      } else {
        for row in rows {
          withUnsafeBytes(of: column.values[row].bitPattern.littleEndian) { out.append(contentsOf: $0) }
        }
      }
      blocks.append(.object(end(start) + block))
    }
    entry += [("encoding", .string("real")), ("blocks", .array(blocks))]
  }

  static let powers: [Double] = [1, 10, 100, 1000, 10_000]

  /// The power of ten that makes every value whole and that gives each back exactly; nil where there is none.
  private static func scale(_ column: FixedColumn<Double>, _ rows: Range<Int>) -> Int? {
    powers.indices.first { scale in
      rows.allSatisfy { row in
        guard column.isValid(row) else { return true }
        let value = column.values[row]
        let scaled = (value * powers[scale]).rounded()
        guard abs(scaled) < 9e15, !(value == 0 && value.sign == .minus) else { return false }
        return scaled / powers[scale] == value
      }
    }
  }

  // MARK: Texts

  private mutating func add(
    _ texts: StringColumn, nulls isNull: (Int) -> Bool, _ entry: inout [(key: String, value: JSONDraft)]
  ) {
    let count = texts.codes.count
    if texts.pool.count * 2 <= count + 1024 {
      let place = begin()
      for offset in texts.pool.offsets { append32(offset) }
      out.append(contentsOf: texts.pool.bytes)
      entry += [
        ("encoding", .string("dictionary")),
        ("dictionary", .object(end(place) + [("count", .int(Int64(texts.pool.count)))])),
      ]
      var blocks: [JSONDraft] = []
      for rows in Self.blocks(count) {
        let start = begin()
        var block = nulls(rows) { !isNull($0) }
        block += Self.number(NumberBlock.encode(rows.map { Int64(texts.codes[$0]) }, into: &out))
        blocks.append(.object(end(start) + block))
      }
      entry.append(("blocks", .array(blocks)))
      return
    }
    let (dictionary, blocks) = phrases(texts, Self.blocks(count)) { rows, writer in writer.nulls(rows) { !isNull($0) } }
    entry += [
      ("encoding", .string("phrases")), ("dictionary", dictionary), ("blocks", .array(blocks.map(JSONDraft.object))),
    ]
  }

  /// Writes texts as words of a dictionary, in these blocks; `head` writes what a block begins with.
  mutating func phrases(
    _ texts: StringColumn, _ ranges: [Range<Int>],
    head: (Range<Int>, inout ExtentWriter) -> [(key: String, value: JSONDraft)] = { _, _ in [] }
  ) -> (dictionary: JSONDraft, blocks: [[(key: String, value: JSONDraft)]]) {
    var encoder = TermEncoder(texts)
    let dictionary = add(encoder.pieces, encoder.phrases)
    var blocks: [[(key: String, value: JSONDraft)]] = []
    for rows in ranges {
      let start = begin()
      var block = head(rows, &self)
      var words: [UInt16] = []
      var spelt: [UInt8] = []
      var lengths: [Int] = []
      var anchors: [UInt32] = []
      for index in 0..<rows.count {
        if index % TextBlock.group == 0 { anchors += [UInt32(words.count), UInt32(spelt.count)] }
        let before = words.count
        encoder.encodeNext(words: &words, spelt: &spelt)
        lengths.append(words.count - before)
      }
      let isShort = lengths.allSatisfy { $0 <= UInt8.max }
      for length in lengths { if isShort { out.append(UInt8(length)) } else { append16(UInt16(clamping: length)) } }
      for anchor in anchors { append32(anchor) }
      for word in words { append16(word) }
      out.append(contentsOf: spelt)
      block += [
        ("lengths", .int(isShort ? 1 : 2)), ("words", .int(Int64(words.count))), ("spelt", .int(Int64(spelt.count))),
      ]
      blocks.append(end(start) + block)
    }
    return (dictionary, blocks)
  }

  /// Writes the pieces and phrases of a dictionary.
  private mutating func add(_ pieces: StringPool, _ phrases: TermDictionary.Phrases) -> JSONDraft {
    var start = begin()
    for offset in pieces.offsets { append32(offset) }
    out.append(contentsOf: pieces.bytes)
    let texts = end(start)
    start = begin()
    var before: UInt32 = 0
    for end in phrases.ends {
      out.append(UInt8(truncatingIfNeeded: end - before))
      before = end
    }
    let width = BitPacking.width(of: UInt64(max(2, pieces.count) - 1))
    BitPacking.pack(phrases.places.lazy.map(UInt64.init), count: phrases.places.count, width: width, into: &out)
    let entry = JSONDraft.object(
      end(start) + [
        ("count", .int(Int64(phrases.ends.count))), ("places", .int(Int64(phrases.places.count))),
        ("width", .int(Int64(width))),
      ])
    return .object(texts + [("count", .int(Int64(pieces.count))), ("phrases", entry)])
  }

  /// Dynamic values as their JSON texts; null as the empty text.
  private static func texts(of column: DynamicColumn) -> StringColumn {
    var builder = StringColumnBuilder()
    builder.reserve(column.refs.count)
    for row in column.refs.indices {
      (column[row]?.serialized() ?? []).withUnsafeBufferPointer { builder.append(utf8: $0) }
    }
    return builder.finish()
  }

  // MARK: Bytes

  static func blocks(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: blockRows).map { $0..<min(count, $0 + blockRows) }
  }

  /// Blocks begin at multiples of eight.
  mutating func begin() -> Int {
    while out.count % 8 != 0 { out.append(0) }
    return out.count
  }

  func end(_ start: Int) -> [(key: String, value: JSONDraft)] {
    let sum = out.withUnsafeBytes { Checksum.xxh64(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    return [
      ("at", .int(Int64(start))), ("bytes", .int(Int64(out.count - start))), ("xxh64", .string(Self.hex(sum))),
    ]
  }

  static func hex(_ sum: UInt64) -> String {
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func nulls(_ rows: Range<Int>, _ isValid: (Int) -> Bool) -> [(key: String, value: JSONDraft)] {
    let count = rows.count { !isValid($0) }
    guard count > 0 else { return [] }
    for word in Bitmap(count: rows.count, where: { isValid(rows.lowerBound + $0) }).words {
      withUnsafeBytes(of: word.littleEndian) { out.append(contentsOf: $0) }
    }
    return [("nulls", .int(Int64(count)))]
  }

  private mutating func append16(_ value: UInt16) {
    out.append(UInt8(truncatingIfNeeded: value))
    out.append(UInt8(truncatingIfNeeded: value >> 8))
  }
  private mutating func append32(_ value: UInt32) {
    withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) }
  }

  private mutating func finish(rows: Int) -> [UInt8] {
    let footer = JSONDraft.object([
      ("format", .int(1)), ("rows", .int(Int64(rows))), ("blockRows", .int(Int64(Self.blockRows))),
      ("columns", .array(columns)),
    ]).document().root.serialized()
    out.append(contentsOf: footer)
    let sum = footer.withUnsafeBytes(Checksum.xxh64)
    withUnsafeBytes(of: UInt64(footer.count).littleEndian) { out.append(contentsOf: $0) }
    withUnsafeBytes(of: sum.littleEndian) { out.append(contentsOf: $0) }
    out.append(contentsOf: Self.magic)
    return out
  }
}
