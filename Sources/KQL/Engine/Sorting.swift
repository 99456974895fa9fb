// SPDX-License-Identifier: Apache-2.0

/// Order of rows by keys. Each key becomes a number per row, and rows are put in order by the digits of the numbers, so
/// that no two rows are compared.
enum Sorting {
  private struct Entry: BitwiseCopyable {
    var rank: UInt64
    var row: Int
  }

  /// The rows in order.
  static func sorted(_ batch: Batch, _ keys: [SortKey], _ context: EvaluationContext) throws -> Batch {
    // The rows, their order, and the rows in that order are there together.
    let cells = batch.columns.reduce(0) { $0 + $1.cellBytes }
    let holding = try context.hold(.sort, batch.heldBytes + cells + batch.count * 8)
    defer { holding.release() }
    let rows = try order(batch, keys, context)
    return Batch(
      columns: try batch.columns.map { column in
        try context.check()
        return column.gather(rows)
      }, count: batch.count)
  }

  static func order(_ batch: Batch, _ keys: [SortKey], _ context: EvaluationContext) throws -> [Int] {
    // Two lists of entries and the numbers of a key.
    let holding = try context.hold(.sort, batch.count * (2 * MemoryLayout<Entry>.size + 8))
    defer { holding.release() }
    var entries = (0..<batch.count).map { Entry(rank: 0, row: $0) }
    // The order by a key keeps that by the keys after it, so the last comes first.
    for key in keys.reversed() {
      let vector = try key.expression.evaluate(batch, context)
      if vector.isConstant { continue }
      let ranks = try ranks(vector.column, ascending: key.ascending)
      let validity = ranks.validity.flatMap { $0.isAllSet ? nil : $0 }
      for index in entries.indices {
        let row = entries[index].row
        // What stands in the place of a null is of no account.
        entries[index].rank = validity.map { $0[row] } ?? true ? ranks.ranks[row] : 0
      }
      try sort(&entries)
      guard let validity else { continue }
      let (valid, null) = (entries.filter { validity[$0.row] }, entries.filter { !validity[$0.row] })
      entries = key.nullsFirst ? null + valid : valid + null
    }
    return entries.map(\.row)
  }

  /// Puts entries in the order of their ranks, digit by digit from the lowest; equal ones keep their order.
  private static func sort(_ entries: inout [Entry]) throws {
    guard let first = entries.first else { return }
    let varying = entries.reduce(0) { $0 | ($1.rank ^ first.rank) }
    let width = entries.count > 1 << 16 ? 11 : 8
    let mask = UInt64(1) << UInt64(width) - 1
    var moved = entries
    for shift in stride(from: 0, to: 64, by: width) where varying >> UInt64(shift) & mask != 0 {
      try QueryRun.current?.check()
      var places = [Int](repeating: 0, count: 1 << width)
      entries.withUnsafeBufferPointer { entries in
        moved.withUnsafeMutableBufferPointer { moved in
          places.withUnsafeMutableBufferPointer { places in
            for entry in entries { places[Int(entry.rank >> UInt64(shift) & mask)] &+= 1 }
            var next = 0
            for digit in places.indices { (places[digit], next) = (next, next + places[digit]) }
            for entry in entries {
              let digit = Int(entry.rank >> UInt64(shift) & mask)
              moved[places[digit]] = entry
              places[digit] &+= 1
            }
          }
        }
      }
      swap(&entries, &moved)
    }
  }

  /// Numbers in the order asked for, and which cells are no null. Equal cells have equal numbers.
  private static func ranks(_ column: Column, ascending: Bool) throws -> (ranks: [UInt64], validity: Bitmap?) {
    func numbers(_ count: Int, _ rank: (Int) -> UInt64) -> [UInt64] {
      (0..<count).map { ascending ? rank($0) : ~rank($0) }
    }
    switch column {
    case .bool(let values):
      return (numbers(values.values.count) { values.values[$0] ? 1 : 0 }, values.validity)
    case .int(let values): return (numbers(values.values.count) { signed(Int64(values.values[$0])) }, values.validity)
    case .long(let values), .datetime(let values), .timespan(let values):
      return (numbers(values.values.count) { signed(values.values[$0]) }, values.validity)
    case .real(let values), .decimal(let values):
      return (numbers(values.values.count) { real(values.values[$0]) }, values.validity)
    case .string(let strings):
      let ranks = try texts(strings)
      return (numbers(strings.codes.count) { UInt64(ranks[Int(strings.codes[$0])]) }, nil)
    case .guid(let strings):
      let ranks = try texts(strings)
      let validity = Bitmap(count: strings.codes.count) { strings.pool.length(Int(strings.codes[$0])) > 0 }
      return (numbers(strings.codes.count) { UInt64(ranks[Int(strings.codes[$0])]) }, validity)
    case .dynamic(let dynamic):
      let values = dynamic.places
      let cells = values.refs.indices.map { column[$0] }
      var checkpoint = Checkpoint(every: 256)
      let order = try values.refs.indices.sorted {
        try checkpoint.step()
        return Compare.order(cells[$0], cells[$1]) < 0
      }
      var ranks = [UInt64](repeating: 0, count: cells.count)
      for (index, row) in order.enumerated().dropFirst() {
        let previous = order[index - 1]
        ranks[row] = ranks[previous] + (Compare.order(cells[previous], cells[row]) == 0 ? 0 : 1)
      }
      let validity = Bitmap(count: cells.count) { values.refs[$0] != DynamicColumn.null }
      return (numbers(cells.count) { ranks[$0] }, validity)
    }
  }

  @inline(__always) private static func signed(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }

  /// NaN stands before every number, as Kusto has it next to null.
  @inline(__always) private static func real(_ value: Double) -> UInt64 {
    if value.isNaN { return 0 }
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  /// A number per code of the pool, in order of the texts' bytes: by the first eight, then those that share them by the
  /// rest.
  private static func texts(_ strings: StringColumn) throws -> [UInt32] {
    var used = [Bool](repeating: false, count: strings.pool.count)
    for code in strings.codes { used[Int(code)] = true }
    let (bytes, offsets) = (strings.pool.bytes, strings.pool.offsets)
    return try bytes.withUnsafeBufferPointer { bytes in
      func text(_ code: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(offsets[code])..<Int(offsets[code + 1])])
      }
      var entries: [Entry] = used.indices.filter { used[$0] }.map { code in
        let text = text(code)
        var lead: UInt64 = 0
        for index in 0..<8 { lead = lead << 8 | (index < text.count ? UInt64(text[index]) : 0) }
        return Entry(rank: lead, row: code)
      }
      try sort(&entries)
      var ranks = [UInt32](repeating: 0, count: used.count)
      var rank: UInt32 = 0
      var checkpoint = Checkpoint()
      var start = 0
      while start < entries.count {
        var end = start + 1
        while end < entries.count, entries[end].rank == entries[start].rank { end += 1 }
        if end - start > 1 {
          try entries[start..<end].sort {
            try checkpoint.step()
            return text($0.row).lexicographicallyPrecedes(text($1.row))
          }
        }
        for index in start..<end {
          if index > start, !text(entries[index - 1].row).elementsEqual(text(entries[index].row)) { rank += 1 }
          ranks[entries[index].row] = rank
        }
        rank += 1
        start = end
      }
      return ranks
    }
  }
}
