// SPDX-License-Identifier: Apache-2.0
import JSON

/// Rows with equal keys get one number, in order of first appearance.
enum Grouping {
  static func number(_ keys: [Column], _ count: Int) -> (groups: [Int], firsts: [Int]) {
    guard !keys.isEmpty else { return ([Int](repeating: 0, count: count), count > 0 ? [0] : []) }
    var (codes, total) = codes(of: keys[0], count)
    for key in keys.dropFirst() {
      let (next, width) = self.codes(of: key, count)
      (codes, total) = combine(codes, total, next, width)
    }
    var firsts: [Int] = []
    firsts.reserveCapacity(total)
    // Codes are dealt in order of first appearance, so a new one is always the next.
    for row in 0..<count where Int(codes[row]) == firsts.count { firsts.append(row) }
    return (codes.map(Int.init), firsts)
  }

  /// A number per row that is equal for equal cells, dealt in order of first appearance.
  private static func codes(of column: Column, _ count: Int) -> (codes: [UInt32], total: Int) {
    switch column {
    case .string(let strings), .guid(let strings): return texts(strings)
    case .bool(let values): return hashed(count) { row in values[row].map { $0 ? 1 : 0 } }
    case .int(let values): return hashed(count) { row in values[row].map { UInt64(bitPattern: Int64($0)) } }
    case .long(let values), .datetime(let values), .timespan(let values):
      return hashed(count) { row in values[row].map(UInt64.init(bitPattern:)) }
    case .real(let values), .decimal(let values):
      return hashed(count) { row in values[row].map { ($0 == 0 ? 0 : $0.isNaN ? .nan : $0).bitPattern } }
    case .dynamic(let values):
      var builder = StringColumnBuilder()
      builder.reserve(count)
      for row in 0..<count {
        (values[row]?.canonical() ?? []).withUnsafeBufferPointer { builder.append(utf8: $0) }
      }
      return texts(builder.finish())
    }
  }

  /// One text may have several codes in a pool that was put together from others, so codes are told apart by text.
  private static func texts(_ strings: StringColumn) -> (codes: [UInt32], total: Int) {
    var codes = [UInt32](repeating: 0, count: strings.codes.count)
    var interned = StringColumnBuilder()
    if strings.pool.count <= strings.codes.count * 2 + 16 {
      var known = [UInt32](repeating: .max, count: strings.pool.count)
      for (row, code) in strings.codes.enumerated() {
        if known[Int(code)] == .max { known[Int(code)] = strings.pool.withUTF8(Int(code)) { interned.intern($0) } }
        codes[row] = known[Int(code)]
      }
    } else {
      for (row, code) in strings.codes.enumerated() {
        codes[row] = strings.pool.withUTF8(Int(code)) { interned.intern($0) }
      }
    }
    return (codes, interned.distinctCount)
  }

  private static func combine(
    _ a: [UInt32], _ totalA: Int, _ b: [UInt32], _ totalB: Int
  ) -> (codes: [UInt32], total: Int) {
    let (cells, overflow) = totalA.multipliedReportingOverflow(by: totalB)
    // A table with a cell per pair costs less than hashing while it is not much larger than the rows.
    if !overflow, cells <= a.count * 4 + 1024 {
      var known = [UInt32](repeating: .max, count: cells)
      var codes = a
      var total: UInt32 = 0
      for row in a.indices {
        let cell = Int(a[row]) &* totalB &+ Int(b[row])
        if known[cell] == .max {
          known[cell] = total
          total &+= 1
        }
        codes[row] = known[cell]
      }
      return (codes, Int(total))
    }
    return hashed(a.count) { UInt64(a[$0]) << 32 | UInt64(b[$0]) }
  }

  /// Open addressing over the distinct keys; a null is a key of its own.
  @inline(__always) private static func hashed(
    _ count: Int, _ key: (Int) -> UInt64?
  ) -> (codes: [UInt32], total: Int) {
    var codes = [UInt32](repeating: 0, count: count)
    var keys: [UInt64] = []
    var slots = [UInt32](repeating: .max, count: 256)
    var nullCode: UInt32?
    rows: for row in 0..<count {
      guard let key = key(row) else {
        if nullCode == nil {
          nullCode = UInt32(truncatingIfNeeded: keys.count)
          // The place is taken; no probe can end at it because no slot names it.
          keys.append(0)
        }
        codes[row] = nullCode ?? 0
        continue
      }
      var slot = Int(truncatingIfNeeded: ByteHash.mix(key)) & (slots.count - 1)
      while slots[slot] != .max {
        if keys[Int(slots[slot])] == key {
          codes[row] = slots[slot]
          continue rows
        }
        slot = (slot &+ 1) & (slots.count - 1)
      }
      let code = UInt32(truncatingIfNeeded: keys.count)
      slots[slot] = code
      codes[row] = code
      keys.append(key)
      if keys.count * 2 > slots.count {
        slots = [UInt32](repeating: .max, count: slots.count * 4)
        for (index, key) in keys.enumerated() where UInt32(truncatingIfNeeded: index) != nullCode {
          var slot = Int(truncatingIfNeeded: ByteHash.mix(key)) & (slots.count - 1)
          while slots[slot] != .max { slot = (slot &+ 1) & (slots.count - 1) }
          slots[slot] = UInt32(truncatingIfNeeded: index)
        }
      }
    }
    return (codes, keys.count)
  }

  /// A text of bytes that is equal for equal cells of one type.
  static func encode(_ column: Column, _ row: Int, into key: inout [UInt8]) {
    func fixed(_ value: UInt64?) {
      key.append(value == nil ? 0 : 1)
      if let value { withUnsafeBytes(of: value) { key.append(contentsOf: $0) } }
    }
    switch column {
    case .bool(let values): fixed(values[row].map { $0 ? 1 : 0 })
    case .int(let values): fixed(values[row].map { UInt64(bitPattern: Int64($0)) })
    case .long(let values), .datetime(let values), .timespan(let values):
      fixed(values[row].map(UInt64.init(bitPattern:)))
    case .real(let values), .decimal(let values):
      fixed(values[row].map { ($0 == 0 ? 0 : $0).bitPattern })
    case .string(let strings), .guid(let strings):
      fixed(UInt64(strings.pool.length(Int(strings.codes[row]))))
      strings.pool.withUTF8(Int(strings.codes[row])) { key.append(contentsOf: $0) }
    case .dynamic(let values):
      let bytes = values[row]?.canonical() ?? []
      fixed(UInt64(bytes.count))
      key.append(contentsOf: bytes)
    }
  }

  static func summarize(
    _ batch: Batch, _ keys: [Expression], _ aggregates: [BoundAggregate], _ context: EvaluationContext
  ) throws -> Batch {
    let keyColumns = try keys.map { try $0.evaluate(batch, context).expanded(batch.count) }
    let (groups, firsts) = number(keyColumns, batch.count)
    let count = keys.isEmpty ? 1 : firsts.count
    var columns = keyColumns.map { $0.gather(firsts) }
    for aggregate in aggregates {
      let arguments = try aggregate.arguments.map { try $0.evaluate(batch, context) }
      columns.append(try aggregate.function.kernel(aggregate.type)(arguments, groups, count))
    }
    return Batch(columns: columns, count: count)
  }
}
