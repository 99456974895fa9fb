// SPDX-License-Identifier: Apache-2.0

/// Values of a fixed width; `validity` is nil where none is null.
package struct FixedColumn<Element: BitwiseCopyable & Sendable>: Sendable {
  package var values: [Element]
  package var validity: Bitmap?
  package init(_ values: [Element], validity: Bitmap? = nil) {
    self.values = values
    self.validity = validity
  }
  @inline(__always) package func isValid(_ row: Int) -> Bool { validity?[row] ?? true }
  @inline(__always) package subscript(_ row: Int) -> Element? { isValid(row) ? values[row] : nil }
}

package struct BoolColumn: Sendable {
  package var values: Bitmap
  package var validity: Bitmap?
  package init(_ values: Bitmap, validity: Bitmap? = nil) {
    self.values = values
    self.validity = validity
  }
  @inline(__always) package subscript(_ row: Int) -> Bool? { validity?[row] ?? true ? values[row] : nil }
}

/// Strings are codes into a pool, so that a function runs once per distinct text. A string is never null.
package struct StringColumn: Sendable {
  package var pool: StringPool
  package var codes: [UInt32]
  package init(pool: StringPool, codes: [UInt32]) {
    self.pool = pool
    self.codes = codes
  }
  package init(_ texts: some Sequence<String>) {
    var builder = StringColumnBuilder()
    for text in texts { builder.append(text) }
    self = builder.finish()
  }
  package subscript(_ row: Int) -> String { pool.string(Int(codes[row])) }
}

/// Interns texts while a string column is made.
package struct StringColumnBuilder {
  private var bytes: [UInt8] = []
  private var offsets: [UInt32] = [0]
  private var codes: [UInt32] = []
  // Open addressing; the place of a slot comes from the highest bits of a hash, so that the table grows without looking at
  // a text. A Dictionary of texts costs ten times as much.
  private var slots = [Slot](repeating: Slot(), count: 64)
  private var shift: UInt64 = 58
  /// Only so that what is read ahead is of use.
  private var peeked: UInt64 = 0

  private struct Slot {
    /// The high half of a hash and, from 1, the code; 0 in a free slot.
    var entry: UInt64 = 0
    /// Most texts are short: they stand here, and are compared without a look elsewhere, which would mostly miss the cache.
    var text: UInt64 = 0
  }

  package init() {}
  package var count: Int { codes.count }
  package func length(_ code: Int) -> Int { Int(offsets[code + 1] - offsets[code]) }
  package var distinctCount: Int { offsets.count - 1 }
  var heldBytes: Int { bytes.count + (offsets.count + codes.count) * 4 + slots.count * 16 }
  package mutating func reserve(_ rows: Int) { codes.reserveCapacity(rows) }
  package mutating func appendCode(_ code: UInt32) { codes.append(code) }
  /// Appends a text as a new one, known or not: for columns whose texts hardly ever repeat.
  mutating func appendNew(_ text: UnsafeBufferPointer<UInt8>) {
    codes.append(UInt32(truncatingIfNeeded: distinctCount))
    add(text)
  }
  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    // Places have 32 bits.
    if bytes.count + text.count <= Int(UInt32.max) {
      bytes.append(contentsOf: text)
    } else {
      QueryRun.current?.fail(
        KQLError(.limit, "a column has more than 4 GB of text at once; filter earlier or shorten the texts"))
    }
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }
  /// Takes back the rows after the first `count`; their texts stay interned.
  mutating func truncate(to count: Int) { codes.removeLast(codes.count - count) }

  package mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { codes.append(intern($0)) }
  }
  package mutating func append(utf8 text: UnsafeBufferPointer<UInt8>) { codes.append(intern(text)) }

  package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 { intern(text, hash: ByteHash.hash(text)) }

  /// Interns the texts of a pool that have these codes and calls `body` with each and its code here, in order.
  ///
  /// A table of many texts is not in the cache. Here a number of texts are looked for at a time, step by step, so that
  /// the memory for all of them is on its way at once: half the time of one after another.
  mutating func intern(_ wanted: [UInt32], of pool: StringPool, _ body: (UInt32, UInt32) -> Void) {
    guard pool.block == nil else {
      for code in wanted { body(code, pool.withUTF8(Int(code)) { intern($0) }) }
      return
    }
    let width = 32
    var hashes = [UInt64](repeating: 0, count: width)
    pool.bytes.withUnsafeBufferPointer { texts in
      pool.offsets.withUnsafeBufferPointer { ends in
        func text(_ code: UInt32) -> UnsafeBufferPointer<UInt8> {
          UnsafeBufferPointer(rebasing: texts[Int(ends[Int(code)])..<Int(ends[Int(code) + 1])])
        }
        for start in stride(from: 0, to: wanted.count, by: width) {
          let count = min(width, wanted.count - start)
          for index in 0..<count { hashes[index] = ByteHash.hash(text(wanted[start + index])) }
          for index in 0..<count { peek(hashes[index]) }
          for index in 0..<count {
            body(wanted[start + index], intern(text(wanted[start + index]), hash: hashes[index]))
          }
        }
      }
    }
  }

  /// Reads what will be read when a text of this hash is looked for.
  @inline(__always) mutating func peek(_ hash: UInt64) {
    let slot = slots[Int(truncatingIfNeeded: hash >> shift)]
    let isElsewhere = (slot.entry ^ hash) >> 32 == 0 && slot.text >> 63 == 1
    peeked ^= isElsewhere ? UInt64(bytes[Int(slot.text & 0xFFFF_FFFF)]) : slot.entry
  }

  /// - Parameter hash: that of the text.
  @inline(__always) mutating func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32 {
    let (slot, found) = place(hash, text)
    if let found { return found }
    let code = UInt32(truncatingIfNeeded: distinctCount)
    let short = Self.short(text) ?? Self.long(text.count, at: bytes.count)
    slots[slot] = Slot(entry: hash & ~0xFFFF_FFFF | UInt64(code &+ 1), text: short)
    add(text)
    if distinctCount * 2 > slots.count { grow() }
    return code
  }

  /// The code of a text that was interned before.
  package func find(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? { place(ByteHash.hash(text), text).found }

  /// A text of at most seven bytes with its length in the highest byte.
  @inline(__always) private static func short(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard text.count < 8, let base = text.baseAddress else { return text.isEmpty ? 0 : nil }
    let raw = UnsafeRawPointer(base)
    let count = text.count
    var word = UInt64(truncatingIfNeeded: count) << 56
    if count >= 4 {
      word |= UInt64(raw.loadUnaligned(as: UInt32.self))
      word |= UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)) << UInt64(count &* 8 &- 32)
    } else {
      for index in 0..<count { word |= UInt64(base[index]) << UInt64(index &* 8) }
    }
    return word
  }

  /// Where a longer text stands, and its length, as far as 24 bits can tell.
  @inline(__always) private static func long(_ count: Int, at start: Int) -> UInt64 {
    0x80 << 56 | UInt64(min(count, 0xFF_FFFF)) << 32 | UInt64(truncatingIfNeeded: start) & 0xFFFF_FFFF
  }

  /// The slot of a text, or the free one where it would go.
  @inline(__always) private func place(
    _ hash: UInt64, _ text: UnsafeBufferPointer<UInt8>
  ) -> (slot: Int, found: UInt32?) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash >> shift)
    let short = Self.short(text)
    return slots.withUnsafeBufferPointer { slots in
      while slots[slot].entry != 0 {
        let entry = slots[slot].entry
        if (entry ^ hash) >> 32 == 0 {
          let code = UInt32(truncatingIfNeeded: entry) &- 1
          if let short {
            if short == slots[slot].text { return (slot, code) }
          } else if same(Int(code), text, slots[slot].text) {
            return (slot, code)
          }
        }
        slot = (slot &+ 1) & mask
      }
      return (slot, nil)
    }
  }

  /// Each text once, in the order of the codes.
  package func distinct() -> StringColumn {
    let pool = distinctCount == 0 ? .empty : StringPool(bytes: bytes, offsets: offsets)
    return StringColumn(pool: pool, codes: Array(0..<UInt32(distinctCount)))
  }

  @inline(__always) private func same(_ code: Int, _ text: UnsafeBufferPointer<UInt8>, _ place: UInt64) -> Bool {
    let start = Int(place & 0xFFFF_FFFF)
    guard place == Self.long(text.count, at: start), text.count < 0xFF_FFFF || length(code) == text.count else {
      return false
    }
    return bytes.withUnsafeBytes { known in
      guard let a = known.baseAddress, let b = text.baseAddress else { return true }
      return ByteHash.equal(a + start, UnsafeRawPointer(b), text.count)
    }
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(), count: slots.count * 2)
    shift -= 1
    let mask = larger.count - 1
    for full in slots where full.entry != 0 {
      var slot = Int(truncatingIfNeeded: full.entry >> shift)
      while larger[slot].entry != 0 { slot = (slot + 1) & mask }
      larger[slot] = full
    }
    slots = larger
  }

  package consuming func finish() -> StringColumn {
    if distinctCount == 0 { return StringColumn(pool: .empty, codes: codes) }
    return StringColumn(pool: StringPool(bytes: bytes, offsets: offsets), codes: codes)
  }
}

package enum ByteHash {
  /// A mixing hash of bytes, eight at a time. Not for hostile keys across processes; tables here live for one query.
  package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = bytes.baseAddress else { return mix(hash) }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var index = 0
    while index &+ 8 <= count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    // What is left is read with the bytes before it where there are enough: the same for equal texts.
    if index == count { return hash }
    if count >= 8 { return mix(hash ^ raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)) }
    if count >= 4 {
      let low = UInt64(raw.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
      let high = UInt64(raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      return mix(hash ^ (low | high << 32))
    }
    var tail: UInt64 = 0
    while index < count {
      tail = tail << 8 | UInt64(bytes[index])
      index &+= 1
    }
    return mix(hash ^ tail)
  }
  /// Eight bytes at a time.
  @inline(__always) static func equal(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    var index = 0
    while index &+ 8 <= count {
      if a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        != b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        return false
      }
      index &+= 8
    }
    while index < count {
      if a.load(fromByteOffset: index, as: UInt8.self) != b.load(fromByteOffset: index, as: UInt8.self) { return false }
      index &+= 1
    }
    return true
  }
  @inline(__always) package static func mix(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 32)) &* 0xD6E8_FEB8_6659_FD93
    value = (value ^ (value >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return value ^ (value >> 32)
  }
}

/// A column of one type.
package enum Column: Sendable {
  case bool(BoolColumn)
  case int(FixedColumn<Int32>)
  case long(FixedColumn<Int64>)
  case real(FixedColumn<Double>)
  case decimal(FixedColumn<Double>)
  case datetime(FixedColumn<Int64>)
  case timespan(FixedColumn<Int64>)
  case string(StringColumn)
  case guid(StringColumn)
  case dynamic(DynamicColumn)

  package var type: ScalarType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .long: .long
    case .real: .real
    case .decimal: .decimal
    case .datetime: .datetime
    case .timespan: .timespan
    case .string: .string
    case .guid: .guid
    case .dynamic: .dynamic
    }
  }

  package var count: Int {
    switch self {
    case .bool(let column): column.values.count
    case .int(let column): column.values.count
    case .long(let column), .datetime(let column), .timespan(let column): column.values.count
    case .real(let column), .decimal(let column): column.values.count
    case .string(let column), .guid(let column): column.codes.count
    case .dynamic(let column): column.count
    }
  }

  /// Whether the cell is null. Strings never are; an empty guid is.
  package func isNull(_ row: Int) -> Bool {
    switch self {
    case .bool(let column): column[row] == nil
    case .int(let column): !column.isValid(row)
    case .long(let column), .datetime(let column), .timespan(let column): !column.isValid(row)
    case .real(let column), .decimal(let column): !column.isValid(row)
    case .string: false
    case .guid(let column): column.pool.length(Int(column.codes[row])) == 0
    case .dynamic(let column): column.isNull(row)
    }
  }

  package subscript(_ row: Int) -> Scalar {
    switch self {
    case .bool(let column): column[row].map(Scalar.bool) ?? .null(.bool)
    case .int(let column): column[row].map(Scalar.int) ?? .null(.int)
    case .long(let column): column[row].map(Scalar.long) ?? .null(.long)
    case .real(let column): column[row].map(Scalar.real) ?? .null(.real)
    case .decimal(let column): column[row].map(Scalar.decimal) ?? .null(.decimal)
    case .datetime(let column): column[row].map(Scalar.datetime) ?? .null(.datetime)
    case .timespan(let column): column[row].map(Scalar.timespan) ?? .null(.timespan)
    case .string(let column): .string(column[row])
    case .guid(let column): isNull(row) ? .null(.guid) : .guid(column[row])
    case .dynamic(let column): column[row].map(Scalar.dynamic) ?? .null(.dynamic)
    }
  }

  /// A column of whole numbers, times or bools (0 is false); `long` where the type is none of these.
  static func whole(_ values: [Int64], _ type: ScalarType, validity: Bitmap?) -> Column {
    switch type {
    case .bool: .bool(BoolColumn(Bitmap(count: values.count) { values[$0] != 0 }, validity: validity))
    case .int: .int(FixedColumn(values.map { Int32(truncatingIfNeeded: $0) }, validity: validity))
    case .datetime: .datetime(FixedColumn(values, validity: validity))
    case .timespan: .timespan(FixedColumn(values, validity: validity))
    default: .long(FixedColumn(values, validity: validity))
    }
  }

  /// A column of fixed width from the bits of its cells.
  static func fixed(_ words: [UInt64], _ type: ScalarType, validity: Bitmap?) -> Column {
    switch type {
    case .real: .real(FixedColumn(words.map(Double.init(bitPattern:)), validity: validity))
    case .decimal: .decimal(FixedColumn(words.map(Double.init(bitPattern:)), validity: validity))
    default: whole(words.map(Int64.init(bitPattern:)), type, validity: validity)
    }
  }

  /// Stands where a column is not read.
  package static let absent = Column.bool(BoolColumn(Bitmap(count: 0)))

  /// The cells of a range of rows.
  func slice(_ rows: Range<Int>) -> Column {
    func bits(_ bits: Bitmap) -> Bitmap { Bitmap(count: rows.count) { bits[rows.lowerBound + $0] } }
    func fixed<E>(_ column: FixedColumn<E>) -> FixedColumn<E> {
      FixedColumn(Array(column.values[rows]), validity: column.validity.map(bits))
    }
    func strings(_ column: StringColumn) -> StringColumn {
      StringColumn(pool: column.pool, codes: Array(column.codes[rows]))
    }
    switch self {
    case .bool(let column): return .bool(BoolColumn(bits(column.values), validity: column.validity.map(bits)))
    case .int(let column): return .int(fixed(column))
    case .long(let column): return .long(fixed(column))
    case .real(let column): return .real(fixed(column))
    case .decimal(let column): return .decimal(fixed(column))
    case .datetime(let column): return .datetime(fixed(column))
    case .timespan(let column): return .timespan(fixed(column))
    case .string(let column): return .string(strings(column))
    case .guid(let column): return .guid(strings(column))
    case .dynamic(let column):
      return .dynamic(column.gather(Array(rows)))
    }
  }

  /// The cells at `rows`; -1 gives null (an empty string). A column that is absent stays so.
  package func gather(_ rows: [Int]) -> Column {
    if count == 0, rows.contains(where: { $0 >= 0 }) { return self }
    let hasGaps = rows.reduce(0) { $0 | $1 } < 0
    func pick<E: BitwiseCopyable>(_ cells: [E], _ zero: E) -> [E] {
      cells.withUnsafeBufferPointer { cells in
        hasGaps ? rows.map { $0 < 0 ? zero : cells[$0] } : rows.map { cells[$0] }
      }
    }
    func fixed<E>(_ column: FixedColumn<E>, _ zero: E) -> FixedColumn<E> {
      var validity: Bitmap?
      if column.validity != nil || hasGaps {
        validity = Bitmap(count: rows.count) { rows[$0] >= 0 && column.isValid(rows[$0]) }
      }
      return FixedColumn(pick(column.values, zero), validity: validity)
    }
    func strings(_ column: StringColumn) -> StringColumn {
      guard hasGaps else { return StringColumn(pool: column.pool, codes: pick(column.codes, 0)) }
      // The empty text is appended to the pool as its last code.
      let pool = StringPool(bytes: column.pool.bytes, offsets: column.pool.offsets + [column.pool.offsets.last ?? 0])
      let empty = UInt32(pool.count - 1)
      return StringColumn(pool: pool, codes: rows.map { $0 < 0 ? empty : column.codes[$0] })
    }
    switch self {
    case .bool(let column):
      var values = Bitmap(count: rows.count)
      var validity = Bitmap(count: rows.count)
      for (index, row) in rows.enumerated() where row >= 0 {
        if let value = column[row] {
          validity[index] = true
          values[index] = value
        }
      }
      return .bool(BoolColumn(values, validity: validity))
    case .int(let column): return .int(fixed(column, 0))
    case .long(let column): return .long(fixed(column, 0))
    case .real(let column): return .real(fixed(column, 0))
    case .decimal(let column): return .decimal(fixed(column, 0))
    case .datetime(let column): return .datetime(fixed(column, 0))
    case .timespan(let column): return .timespan(fixed(column, 0))
    case .string(let column): return .string(strings(column))
    case .guid(let column): return .guid(strings(column))
    case .dynamic(let column): return .dynamic(column.gather(rows))
    }
  }
}
