// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Percentiles of numbers and times by nearest rank: the values are kept, and those of a group partly sorted at the end.
/// The first argument are the values, each further one the percent of a column of the result.
final class PercentileAccumulator: Accumulator {
  private let type: ScalarType
  private var percents: [Double?]
  private var values: [Int64] = []
  private var groups: [UInt32] = []

  init(_ type: ScalarType, _ count: Int) {
    self.type = type
    percents = [Double?](repeating: nil, count: count)
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    for index in percents.indices where percents[index] == nil { percents[index] = arguments[index + 1].first?.double }
    // Taken out meanwhile, so that each append is one of a local array.
    var (values, numbers) = (self.values, self.groups)
    (self.values, self.groups) = ([], [])
    switch arguments[0].column {
    case .long(let column), .datetime(let column), .timespan(let column):
      guard column.validity == nil, !arguments[0].isConstant else { fallthrough }
      values += column.values
      numbers += groups
    default:
      arguments[0].eachOrdered(groups) { group, _, value in
        values.append(value)
        numbers.append(UInt32(truncatingIfNeeded: group))
      }
    }
    (self.values, self.groups) = (values, numbers)
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    guard let other = other as? PercentileAccumulator else { return }
    for index in percents.indices { percents[index] = percents[index] ?? other.percents[index] }
    values += other.values
    groups += other.groups.lazy.map { map[Int($0)] }
  }

  func heldBytes(total: Int) -> Int { values.count * 12 }

  func finish(total: Int) throws -> [Column] {
    var next = [Int](repeating: 0, count: total + 1)
    for group in groups { next[Int(group) + 1] += 1 }
    for group in 0..<total { next[group + 1] += next[group] }
    let starts = next
    var byGroup = [Int64](repeating: 0, count: values.count)
    for (group, value) in zip(groups, values) {
      byGroup[next[Int(group)]] = value
      next[Int(group)] += 1
    }
    let (cells, wanted) = (byGroup, percents.map { max(0, min(100, $0 ?? 50)) })
    let found = try Workers.map(total) { group in
      var values = Array(cells[starts[group]..<starts[group + 1]])
      return values.withUnsafeMutableBufferPointer { Self.percentiles($0, wanted) }
    }
    let bits = Bitmap(count: total) { starts[$0] < starts[$0 + 1] }
    return wanted.indices.map { index in
      OrderedReal.column(found.map { $0[index] }, type, validity: bits.isAllSet ? nil : bits)
    }
  }

  /// The values at these percents; 0 where there are no values.
  private static func percentiles(_ values: UnsafeMutableBufferPointer<Int64>, _ percents: [Double]) -> [Int64] {
    var found = [Int64](repeating: 0, count: percents.count)
    if values.isEmpty { return found }
    // What is left of a place that was found is no larger than what is right of it.
    var from = 0
    for index in percents.indices.sorted(by: { percents[$0] < percents[$1] }) {
      let rank = Int((percents[index] / 100 * Double(values.count)).rounded(.up))
      let place = max(0, min(values.count - 1, rank - 1))
      select(values, from, values.count, place)
      found[index] = values[place]
      from = place
    }
    return found
  }

  /// Moves the value that belongs at `place` of `from..<to` in sorted order there, smaller ones before it.
  private static func select(_ values: UnsafeMutableBufferPointer<Int64>, _ from: Int, _ to: Int, _ place: Int) {
    var (low, high) = (from, to - 1)
    while low < high {
      let (a, b, c) = (values[low], values[low + (high - low) / 2], values[high])
      let pivot = max(min(a, b), min(max(a, b), c))
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left &+= 1 }
        while values[right] > pivot { right &-= 1 }
        if left <= right {
          values.swapAt(left, right)
          left &+= 1
          right &-= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { return }
    }
  }
}

/// The first or last of texts in the order of their bytes. An empty guid is none.
final class TextExtremeAccumulator: Accumulator {
  private let type: ScalarType
  private let isMinimum: Bool
  private var best: [[UInt8]?] = []

  init(_ type: ScalarType, isMinimum: Bool) {
    self.type = type
    self.isMinimum = isMinimum
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    best.grow(to: total, nil)
    let texts: StringColumn
    switch arguments[0].expanded(groups.count) {
    case .string(let column), .guid(let column): texts = column
    default: return
    }
    // The code that leads a group in this batch; a code is compared where it differs from it.
    var leaders = [UInt32](repeating: .max, count: total)
    texts.pool.bytes.withUnsafeBufferPointer { bytes in
      texts.pool.offsets.withUnsafeBufferPointer { offsets in
        func text(_ code: UInt32) -> UnsafeBufferPointer<UInt8> {
          UnsafeBufferPointer(rebasing: bytes[Int(offsets[Int(code)])..<Int(offsets[Int(code) + 1])])
        }
        for row in groups.indices {
          let (group, code) = (Int(groups[row]), texts.codes[row])
          if leaders[group] == code { continue }
          let candidate = text(code)
          if type == .guid, candidate.isEmpty { continue }
          if leaders[group] != .max {
            if beats(candidate, text(leaders[group])) { leaders[group] = code }
          } else if let known = best[group] {
            if known.withUnsafeBufferPointer({ beats(candidate, $0) }) { leaders[group] = code }
          } else {
            leaders[group] = code
          }
        }
        for group in leaders.indices where leaders[group] != .max { best[group] = Array(text(leaders[group])) }
      }
    }
  }

  @inline(__always) private func beats(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    var order = 0
    if let x = a.baseAddress, let y = b.baseAddress { order = Int(memcmp(x, y, min(a.count, b.count))) }
    if order == 0 { order = a.count - b.count }
    return isMinimum ? order < 0 : order > 0
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    best.grow(to: total, nil)
    guard let other = other as? TextExtremeAccumulator else { return }
    for (group, theirs) in other.best.enumerated() {
      guard let theirs else { continue }
      let target = Int(map[group])
      let wins = theirs.withUnsafeBufferPointer { a in best[target]?.withUnsafeBufferPointer { beats(a, $0) } ?? true }
      if wins { best[target] = theirs }
    }
  }

  func heldBytes(total: Int) -> Int { best.reduce(0) { $0 + 40 + ($1?.count ?? 0) } }

  func finish(total: Int) -> [Column] {
    best.grow(to: total, nil)
    var builder = StringColumnBuilder()
    for text in best { (text ?? []).withUnsafeBufferPointer { builder.append(utf8: $0) } }
    return [type == .guid ? .guid(builder.finish()) : .string(builder.finish())]
  }
}
