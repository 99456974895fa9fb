// SPDX-License-Identifier: Apache-2.0

/// The state of an aggregate over many groups: fed batch by batch by one worker, then put together with the others'.
///
/// `arguments` are the cells of the aggregate's arguments, `groups` the group of each row, `total` the groups there are
/// so far: states of new groups begin empty.
protocol Accumulator: AnyObject {
  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) throws
  /// Takes up a state of the same kind whose groups are ours under `map`. Its rows come after ours.
  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) throws
  /// A row per group: one column, or one for each of the aggregates that share the state.
  func finish(total: Int) throws -> [Column]
  /// Bytes that the state takes, about.
  func heldBytes(total: Int) -> Int
}

extension Accumulator {
  /// A sum and a count for each group.
  func heldBytes(total: Int) -> Int { total * 16 }
}

/// Rows of each group, or those for which a predicate is true.
final class CountAccumulator: Accumulator {
  private var counts: [Int64] = []

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    counts.grow(to: total, 0)
    guard let predicate = arguments.first else {
      if total == 1 {
        counts[0] &+= Int64(groups.count)
        return
      }
      counts.withUnsafeMutableBufferPointer { counts in
        for group in groups { counts[Int(group)] &+= 1 }
      }
      return
    }
    guard case .bool(let bits) = predicate.column else { return }
    if predicate.isConstant {
      if bits[0] == true { for group in groups { counts[Int(group)] &+= 1 } }
      return
    }
    let chosen = bits.validity.map { bits.values & $0 } ?? bits.values
    if total == 1 {
      counts[0] &+= Int64(chosen.popcount)
      return
    }
    counts.withUnsafeMutableBufferPointer { counts in
      chosen.forEachSet { row in counts[Int(groups[row])] &+= 1 }
    }
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    counts.grow(to: total, 0)
    guard let other = other as? CountAccumulator else { return }
    for (group, count) in other.counts.enumerated() { counts[Int(map[group])] &+= count }
  }

  func finish(total: Int) -> [Column] {
    counts.grow(to: total, 0)
    return [.long(FixedColumn(counts))]
  }
}

/// Sums of integers: `sum` of long, int and timespan.
final class IntegerSumAccumulator: Accumulator {
  private let type: ScalarType
  private var sums: [Int64] = []
  init(_ type: ScalarType) { self.type = type }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    sums.grow(to: total, 0)
    if total == 1 {
      // A sum in a register need not wait for the one before it to be stored; so in the states below.
      var sum = sums[0]
      arguments[0].eachInteger(groups) { _, _, value in sum &+= value }
      sums[0] = sum
      return
    }
    sums.withUnsafeMutableBufferPointer { sums in
      arguments[0].eachInteger(groups) { group, _, value in sums[group] &+= value }
    }
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    sums.grow(to: total, 0)
    guard let other = other as? IntegerSumAccumulator else { return }
    for (group, sum) in other.sums.enumerated() { sums[Int(map[group])] &+= sum }
  }

  func finish(total: Int) -> [Column] {
    sums.grow(to: total, 0)
    return [.whole(sums, type, validity: nil)]
  }
}

/// Sums and means of reals, and means of integers.
final class RealSumAccumulator: Accumulator {
  private let type: ScalarType
  private let isMean: Bool
  private var sums: [Double] = []
  private var counts: [Int64] = []
  init(_ type: ScalarType, isMean: Bool) {
    self.type = type
    self.isMean = isMean
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    sums.grow(to: total, 0)
    counts.grow(to: total, 0)
    if total == 1 {
      var (sum, count) = (sums[0], counts[0])
      func add(_ value: Double) {
        sum += value
        count &+= 1
      }
      arguments[0].eachReal(groups) { _, _, value in add(value) }
      arguments[0].eachInteger(groups) { _, _, value in add(Double(value)) }
      (sums[0], counts[0]) = (sum, count)
      return
    }
    sums.withUnsafeMutableBufferPointer { sums in
      counts.withUnsafeMutableBufferPointer { counts in
        switch arguments[0].type {
        case .real, .decimal:
          arguments[0].eachReal(groups) { group, _, value in
            sums[group] += value
            counts[group] &+= 1
          }
        default:
          arguments[0].eachInteger(groups) { group, _, value in
            sums[group] += Double(value)
            counts[group] &+= 1
          }
        }
      }
    }
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    sums.grow(to: total, 0)
    counts.grow(to: total, 0)
    guard let other = other as? RealSumAccumulator else { return }
    for group in other.sums.indices {
      sums[Int(map[group])] += other.sums[group]
      counts[Int(map[group])] &+= other.counts[group]
    }
  }

  func finish(total: Int) -> [Column] {
    sums.grow(to: total, 0)
    counts.grow(to: total, 0)
    guard isMean else { return [type == .decimal ? .decimal(FixedColumn(sums)) : .real(FixedColumn(sums))] }
    let validity = Bitmap(count: total) { counts[$0] > 0 }
    let means = (0..<total).map { counts[$0] > 0 ? sums[$0] / Double(counts[$0]) : 0 }
    let valid = validity.isAllSet ? nil : validity
    switch type {
    case .timespan, .datetime:
      let ticks = means.map { Int64(exactly: $0.rounded(.towardZero)) ?? .max }
      return [.whole(ticks, type, validity: valid)]
    case .decimal: return [.decimal(FixedColumn(means, validity: valid))]
    default: return [.real(FixedColumn(means, validity: valid))]
    }
  }
}

/// The smallest or largest of whole numbers and times (as they are) or of reals (as numbers of the same order).
final class ExtremeAccumulator: Accumulator {
  private let type: ScalarType
  private let isMinimum: Bool
  private var best: [Int64] = []
  private let worst: Int64
  /// A value was seen: the worst number there is may be one.
  private var seen: [Bool] = []

  init(_ type: ScalarType, isMinimum: Bool) {
    self.type = type
    self.isMinimum = isMinimum
    worst = isMinimum ? .max : .min
  }

  private func grow(_ total: Int) {
    best.grow(to: total, worst)
    seen.grow(to: total, false)
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    grow(total)
    let isMinimum = isMinimum
    if total == 1 {
      var (extreme, isSeen) = (best[0], seen[0])
      eachNumber(arguments[0], groups) { _, value in
        isSeen = true
        extreme = isMinimum ? min(extreme, value) : max(extreme, value)
      }
      (best[0], seen[0]) = (extreme, isSeen)
      return
    }
    best.withUnsafeMutableBufferPointer { best in
      seen.withUnsafeMutableBufferPointer { seen in
        eachNumber(arguments[0], groups) { group, value in
          seen[group] = true
          if isMinimum ? value < best[group] : value > best[group] { best[group] = value }
        }
      }
    }
  }

  @inline(__always) private func eachNumber(_ vector: Vector, _ groups: [UInt32], _ body: (Int, Int64) -> Void) {
    if type == .real {
      vector.eachReal(groups) { group, _, value in if !value.isNaN { body(group, OrderedReal.number(value)) } }
    } else {
      vector.eachInteger(groups) { group, _, value in body(group, value) }
    }
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    grow(total)
    guard let other = other as? ExtremeAccumulator else { return }
    for group in other.best.indices where other.seen[group] {
      let target = Int(map[group])
      seen[target] = true
      best[target] = isMinimum ? min(best[target], other.best[group]) : max(best[target], other.best[group])
    }
  }

  func finish(total: Int) -> [Column] {
    grow(total)
    let bits = Bitmap(count: total) { seen[$0] }
    let values = (0..<total).map { seen[$0] ? best[$0] : 0 }
    return [OrderedReal.column(values, type, validity: bits.isAllSet ? nil : bits)]
  }
}

/// Distinct values of each group, counted exactly: a set of pairs of group and value.
final class DistinctAccumulator: Accumulator {
  private var values: KeyEncoder
  private var pairs = PairSet()

  init(_ type: ScalarType) { values = KeyEncoder(type) }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    let numbers = values.numbers(arguments[0].expanded(groups.count), groups.count)
    pairs.insert(groups, numbers, widths: values.count)
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    guard let other = other as? DistinctAccumulator else { return }
    let moved = values.numbers(other.values.column(), other.values.count)
    pairs.insert(other.pairs, lefts: map, rights: moved, widths: values.count)
  }

  func finish(total: Int) -> [Column] {
    [.long(FixedColumn(pairs.counts(total: total, except: values.null)))]
  }

  func heldBytes(total: Int) -> Int { values.heldBytes + pairs.heldBytes + total * 8 }
}

/// Columns of arg_max or arg_min with one key, the first argument: their values in the row where the key, a number or a
/// time, is extreme. The first row wins a tie.
final class ArgumentAccumulator: Accumulator {
  private let isMinimum: Bool
  private var values: [GroupValues]
  private var keys: [Int64] = []
  /// 0: no row yet, 1: only rows without a key, 2: a key.
  private var states: [UInt8] = []
  /// The row of the batch at hand that leads a group, or -1.
  private var leaders: [Int32] = []

  init(_ types: [ScalarType], isMinimum: Bool) {
    self.isMinimum = isMinimum
    values = types.map(GroupValues.init)
  }

  private func grow(_ total: Int) {
    keys.grow(to: total, 0)
    states.grow(to: total, 0)
    leaders.grow(to: total, -1)
    for column in values.indices { values[column].grow(to: total) }
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    grow(total)
    var changed: [Int] = []
    let isMinimum = isMinimum
    keys.withUnsafeMutableBufferPointer { keys in
      states.withUnsafeMutableBufferPointer { states in
        leaders.withUnsafeMutableBufferPointer { leaders in
          arguments[0].eachOrdered(groups) { group, row, value in
            guard states[group] != 2 || (isMinimum ? value < keys[group] : value > keys[group]) else { return }
            keys[group] = value
            states[group] = 2
            if leaders[group] < 0 { changed.append(group) }
            leaders[group] = Int32(truncatingIfNeeded: row)
          }
          for (row, group) in groups.enumerated() where states[Int(group)] == 0 {
            states[Int(group)] = 1
            changed.append(Int(group))
            leaders[Int(group)] = Int32(truncatingIfNeeded: row)
          }
        }
      }
    }
    // Values are read for the rows that lead at the end of the batch only.
    for (column, vector) in arguments.dropFirst().enumerated() {
      let rows = changed.map { vector.cell(Int(leaders[$0])) }
      values[column].put(vector.column.gather(rows), in: changed)
    }
    for group in changed { leaders[group] = -1 }
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    grow(total)
    guard let other = other as? ArgumentAccumulator else { return }
    var theirs: [Int] = []
    var ours: [Int] = []
    for group in other.states.indices where other.states[group] > 0 {
      let target = Int(map[group])
      let beats =
        states[target] != 2
        || (isMinimum ? other.keys[group] < keys[target] : other.keys[group] > keys[target])
      guard other.states[group] == 2 ? beats : states[target] == 0 else { continue }
      keys[target] = other.keys[group]
      states[target] = other.states[group]
      theirs.append(group)
      ours.append(target)
    }
    for column in values.indices { values[column].put(other.values[column].column(of: theirs), in: ours) }
  }

  func heldBytes(total: Int) -> Int { values.reduce(total * 13) { $0 + $1.heldBytes } }

  func finish(total: Int) -> [Column] {
    grow(total)
    // A group without rows has no value.
    return values.map { $0.column(of: (0..<total).map { states[$0] == 0 ? -1 : $0 }) }
  }
}

/// Keeps the arguments of every row and runs the aggregate's kernel over them at the end: for aggregates that need all
/// of their values at once.
final class CollectingAccumulator: Accumulator {
  private let kernel: AggregateFunction.Kernel
  private let types: [ScalarType]
  private var arguments: [[Vector]] = []
  private var groups: [Int] = []
  private var sizes = BatchSizes()
  private var bytes = 0

  init(_ kernel: @escaping AggregateFunction.Kernel, _ types: [ScalarType]) {
    self.kernel = kernel
    self.types = types
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    guard !groups.isEmpty || self.arguments.isEmpty else { return }
    // A constant stays one: kernels read parameters from its only cell.
    self.arguments.append(
      arguments.map { $0.isConstant ? $0 : Vector($0.column) })
    self.groups.append(contentsOf: groups.lazy.map(Int.init))
    bytes += sizes.add(Batch(columns: arguments.map(\.column), count: groups.count))
  }

  func heldBytes(total: Int) -> Int { bytes + groups.count * 8 }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    guard let other = other as? CollectingAccumulator else { return }
    bytes += other.bytes
    arguments += other.arguments.filter { part in !part.isEmpty }
    groups += other.groups.map { Int(map[$0]) }
  }

  func finish(total: Int) throws -> [Column] {
    let vectors = try types.indices.map { index -> Vector in
      let parts = arguments.map { $0[index] }
      guard let first = parts.first else { return Vector(ColumnBuilder(types[index]).finish()) }
      if parts.count == 1 || parts.allSatisfy(\.isConstant) { return first }
      return try Vector(Column.concatenate(parts.map(\.column), type: first.type))
    }
    return [try kernel(vectors, groups, total)]
  }
}

/// Reals as whole numbers of the same order; zero has one.
enum OrderedReal {
  @inline(__always) static func number(_ value: Double) -> Int64 {
    let bits = Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)
    return bits ^ Int64(bitPattern: UInt64(bitPattern: bits >> 63) >> 1)
  }

  @inline(__always) static func real(_ number: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: number ^ Int64(bitPattern: UInt64(bitPattern: number >> 63) >> 1)))
  }

  /// A column of reals from such numbers, or of whole numbers or times as they are.
  static func column(_ values: [Int64], _ type: ScalarType, validity: Bitmap?) -> Column {
    type == .real
      ? .real(FixedColumn(values.map(real), validity: validity)) : .whole(values, type, validity: validity)
  }
}

extension Array {
  /// Appends `value` until there are `count` elements.
  @inline(__always) mutating func grow(to count: Int, _ value: Element) {
    if self.count < count { append(contentsOf: repeatElement(value, count: count - self.count)) }
  }
}

extension Vector {
  /// Group, row and value of every integer that is not null.
  @inline(__always) func eachInteger(_ groups: [UInt32], _ body: (Int, Int, Int64) -> Void) {
    switch column {
    case .long(let values), .datetime(let values), .timespan(let values):
      each(values, groups) { body($0, $1, $2) }
    case .int(let values): each(values, groups) { body($0, $1, Int64($2)) }
    case .bool(let values):
      for (row, group) in groups.enumerated() {
        if let value = values[cell(row)] { body(Int(group), row, value ? 1 : 0) }
      }
    default: break
    }
  }

  /// As `eachInteger`; reals as whole numbers of the same order, NaN below all.
  @inline(__always) func eachOrdered(_ groups: [UInt32], _ body: (Int, Int, Int64) -> Void) {
    eachInteger(groups, body)
    eachReal(groups) { body($0, $1, $2.isNaN ? .min : OrderedReal.number($2)) }
  }

  @inline(__always) func eachReal(_ groups: [UInt32], _ body: (Int, Int, Double) -> Void) {
    switch column {
    case .real(let values), .decimal(let values): each(values, groups) { body($0, $1, $2) }
    default: break
    }
  }

  @inline(__always) private func each<Element>(
    _ values: FixedColumn<Element>, _ groups: [UInt32], _ body: (Int, Int, Element) -> Void
  ) {
    if isConstant {
      guard let value = values[0] else { return }
      for (row, group) in groups.enumerated() { body(Int(group), row, value) }
    } else if let validity = values.validity {
      values.values.withUnsafeBufferPointer { cells in
        groups.withUnsafeBufferPointer { groups in
          validity.words.withUnsafeBufferPointer { words in
            for row in 0..<groups.count where words[row >> 6] >> UInt64(row & 63) & 1 == 1 {
              body(Int(groups[row]), row, cells[row])
            }
          }
        }
      }
    } else {
      values.values.withUnsafeBufferPointer { cells in
        groups.withUnsafeBufferPointer { groups in
          for row in 0..<groups.count { body(Int(groups[row]), row, cells[row]) }
        }
      }
    }
  }
}
