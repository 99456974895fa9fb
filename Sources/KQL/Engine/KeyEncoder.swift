// SPDX-License-Identifier: Apache-2.0
import JSON

/// Numbers for the cells of one column across batches: equal cells get one number, dealt in order of first appearance.
/// A null is a value of its own.
struct KeyEncoder {
  private enum Store {
    case texts(StringColumnBuilder)
    case words(WordTable)
    /// Dynamic values are equal where their canonical texts are; the first of each is kept.
    case dynamics(StringColumnBuilder, [Scalar])
  }
  let type: ScalarType
  private var store: Store
  /// Numbers of the codes of the pool that was met last: batches of one extent share theirs.
  private var pool: StringPool?
  private var known: [UInt32] = []
  private var nullNumber: UInt32?

  init(_ type: ScalarType) {
    self.type = type
    switch type {
    case .string, .guid: store = .texts(StringColumnBuilder())
    case .dynamic: store = .dynamics(StringColumnBuilder(), [])
    default: store = .words(WordTable())
    }
  }

  var count: Int {
    switch store {
    case .texts(let builder): builder.distinctCount
    case .words(let table): table.count
    case .dynamics(let builder, _): builder.distinctCount
    }
  }

  var heldBytes: Int {
    switch store {
    case .texts(let builder): builder.heldBytes + known.count * 4
    case .words(let table): table.heldBytes
    // A kept value is its place in a document.
    case .dynamics(let builder, let firsts): builder.heldBytes + firsts.count * MemoryLayout<Scalar>.stride
    }
  }

  /// The number that stands for null, where one was met.
  var null: UInt32? {
    switch store {
    case .words(let table): table.nullNumber
    default: nullNumber
    }
  }

  /// The number of each cell.
  mutating func numbers(_ cells: Column, _ count: Int) -> [UInt32] {
    let column = cells.type == type ? cells : Convert.vector(Vector(cells), to: type).column
    switch store {
    case .words(var table):
      store = .words(WordTable.none)
      defer { store = .words(table) }
      return Self.words(column, count, &table)
    case .texts(var builder):
      store = .words(WordTable.none)
      defer { store = .texts(builder) }
      guard case .string(let strings) = column.asTexts else { return [UInt32](repeating: 0, count: count) }
      return texts(strings, &builder)
    case .dynamics(var builder, var firsts):
      store = .words(WordTable.none)
      defer { store = .dynamics(builder, firsts) }
      guard case .dynamic(let values) = column else { return [UInt32](repeating: 0, count: count) }
      var numbers = [UInt32](repeating: 0, count: count)
      for row in 0..<count {
        let value = values[row]
        let number = (value?.canonical() ?? []).withUnsafeBufferPointer { builder.intern($0) }
        if Int(number) == firsts.count {
          firsts.append(value.map(Scalar.dynamic) ?? .null(.dynamic))
          if value == nil { nullNumber = number }
        }
        numbers[row] = number
      }
      return numbers
    }
  }

  private mutating func texts(_ strings: StringColumn, _ builder: inout StringColumnBuilder) -> [UInt32] {
    let codes = strings.codes
    var numbers = [UInt32](repeating: 0, count: codes.count)
    let source = strings.pool
    if pool !== source {
      // A pool that is much larger than its batch is not worth a table of its codes.
      guard source.count <= codes.count * 8 + 65_536 else {
        var row = 0
        builder.intern(codes, of: source) { _, number in
          numbers[row] = number
          row += 1
        }
        noteEmpty(builder)
        return numbers
      }
      pool = source
      known = [UInt32](repeating: .max, count: source.count)
    }
    // Codes that are met for the first time, in the order of their rows.
    var fresh: [UInt32] = []
    known.withUnsafeMutableBufferPointer { known in
      numbers.withUnsafeMutableBufferPointer { numbers in
        codes.withUnsafeBufferPointer { codes in
          for row in codes.indices {
            let number = known[Int(codes[row])]
            numbers[row] = number
            if number == .max {
              known[Int(codes[row])] = .max - 1
              fresh.append(codes[row])
            }
          }
          if fresh.isEmpty { return }
          builder.intern(fresh, of: source) { known[Int($0)] = $1 }
          for row in codes.indices { numbers[row] = known[Int(codes[row])] }
        }
      }
    }
    noteEmpty(builder)
    return numbers
  }

  /// An empty guid is null; an empty string is a value.
  private mutating func noteEmpty(_ builder: borrowing StringColumnBuilder) {
    if type == .guid, nullNumber == nil { nullNumber = builder.find(UnsafeBufferPointer(start: nil, count: 0)) }
  }

  private static func words(_ column: Column, _ count: Int, _ table: inout WordTable) -> [UInt32] {
    switch column {
    case .bool(let values): return table.numbers(count, values.validity) { values.values[$0] ? 1 : 0 }
    case .int(let values):
      return table.numbers(count, values.validity) { UInt64(bitPattern: Int64(values.values[$0])) }
    case .long(let values), .datetime(let values), .timespan(let values):
      return values.values.withUnsafeBufferPointer { cells in
        table.numbers(count, values.validity) { UInt64(bitPattern: cells[$0]) }
      }
    case .real(let values), .decimal(let values):
      return table.numbers(count, values.validity) {
        let value = values.values[$0]
        return (value == 0 ? 0 : value.isNaN ? .nan : value).bitPattern
      }
    case .string, .guid, .dynamic: return [UInt32](repeating: 0, count: count)
    }
  }

  /// The values in the order of their numbers.
  func column() -> Column {
    switch store {
    case .texts(let builder):
      let strings = builder.distinct()
      return type == .guid ? .guid(strings) : .string(strings)
    case .words(let table): return table.column(type)
    case .dynamics(_, let firsts):
      var builder = ColumnBuilder(.dynamic)
      for value in firsts { builder.append(value) }
      return builder.finish()
    }
  }
}

extension Column {
  /// Guids as the texts they are made of.
  fileprivate var asTexts: Column {
    if case .guid(let texts) = self { return .string(texts) }
    return self
  }
}

/// Numbers for words of 64 bits and for null.
struct WordTable {
  static let none = WordTable()
  private(set) var words: [UInt64] = []
  private(set) var nullNumber: UInt32?
  private var slots = KeySlots()

  var count: Int { words.count }

  var heldBytes: Int { words.count * 8 + slots.heldBytes }

  @inline(__always) mutating func number(_ word: UInt64) -> UInt32 {
    let next = UInt32(truncatingIfNeeded: words.count)
    let number = slots.number(word, next)
    if number == next { words.append(word) }
    return number
  }

  @inline(__always) mutating func numbers(_ count: Int, _ validity: Bitmap?, _ word: (Int) -> UInt64) -> [UInt32] {
    var numbers = [UInt32](repeating: 0, count: count)
    // Neighbours are often equal: a bin of an ascending time, a sorted key.
    var last: UInt64 = 0
    var lastNumber: UInt32 = .max
    for row in 0..<count {
      if let validity, !validity[row] {
        numbers[row] = null()
        continue
      }
      let value = word(row)
      if value == last, lastNumber != .max {
        numbers[row] = lastNumber
        continue
      }
      last = value
      lastNumber = number(value)
      numbers[row] = lastNumber
    }
    return numbers
  }

  private mutating func null() -> UInt32 {
    if let nullNumber { return nullNumber }
    let number = UInt32(truncatingIfNeeded: words.count)
    // The number is taken; no word has it.
    words.append(0)
    nullNumber = number
    return number
  }

  func column(_ type: ScalarType) -> Column {
    var validity: Bitmap?
    if let nullNumber {
      var bits = Bitmap(count: words.count, filledWith: true)
      bits[Int(nullNumber)] = false
      validity = bits
    }
    return .fixed(words, type, validity: validity)
  }
}

/// Numbers of keys by open addressing. A key stands beside its number, so that a look-up waits for memory once.
struct KeySlots {
  private var keys: [UInt64] = []
  private var numbers: [UInt32] = []
  private var used = 0

  var heldBytes: Int { keys.count * 8 + numbers.count * 4 }

  /// The number of a key; `next` where the key is new, which then has it.
  @inline(__always) mutating func number(_ key: UInt64, _ next: UInt32) -> UInt32 {
    if used &* 2 >= numbers.count { grow() }
    let mask = numbers.count &- 1
    var slot = Int(truncatingIfNeeded: ByteHash.mix(key)) & mask
    while numbers[slot] != .max {
      if keys[slot] == key { return numbers[slot] }
      slot = (slot &+ 1) & mask
    }
    keys[slot] = key
    numbers[slot] = next
    used &+= 1
    return next
  }

  @inline(never) private mutating func grow() {
    let size = max(256, numbers.count * (numbers.count < 1 << 16 ? 4 : 2))
    let (oldKeys, oldNumbers) = (keys, numbers)
    keys = [UInt64](repeating: 0, count: size)
    numbers = [UInt32](repeating: .max, count: size)
    for (index, number) in oldNumbers.enumerated() where number != .max {
      var slot = Int(truncatingIfNeeded: ByteHash.mix(oldKeys[index])) & (size - 1)
      while numbers[slot] != .max { slot = (slot &+ 1) & (size - 1) }
      keys[slot] = oldKeys[index]
      numbers[slot] = number
    }
  }
}
