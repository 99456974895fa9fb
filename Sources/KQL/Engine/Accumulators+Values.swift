// SPDX-License-Identifier: Apache-2.0
import JSON

/// An aggregate over the rows for which its second argument is true.
final class ConditionalAccumulator: Accumulator {
  private let inner: any Accumulator
  init(_ inner: any Accumulator) { self.inner = inner }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) throws {
    guard case .bool(let bits) = arguments[1].column else { return }
    let rest = [arguments[0]] + arguments.dropFirst(2)
    if arguments[1].isConstant {
      if bits[0] == true { try inner.update(rest, groups, total: total) }
      return
    }
    let rows = (bits.validity.map { bits.values & $0 } ?? bits.values).indices
    if rows.isEmpty { return }
    let chosen = rest.map { $0.isConstant ? $0 : Vector($0.column.gather(rows)) }
    try inner.update(chosen, rows.map { groups[$0] }, total: total)
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) throws {
    guard let other = other as? ConditionalAccumulator else { return }
    try inner.merge(other.inner, map, total: total)
  }

  func finish(total: Int) throws -> [Column] { try inner.finish(total: total) }

  func heldBytes(total: Int) -> Int { inner.heldBytes(total: total) }
}

/// Standard deviations and variances of reals: Welford's running sums, put together by Chan's formula.
final class SpreadAccumulator: Accumulator {
  private struct State {
    var count = 0.0
    var mean = 0.0
    /// The sum of the squares of the distances from the mean.
    var squares = 0.0
  }
  private let isRoot: Bool
  private let isPopulation: Bool
  private var states: [State] = []

  init(isRoot: Bool, isPopulation: Bool) {
    self.isRoot = isRoot
    self.isPopulation = isPopulation
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    states.grow(to: total, State())
    states.withUnsafeMutableBufferPointer { states in
      arguments[0].eachReal(groups) { group, _, value in
        states[group].count += 1
        let delta = value - states[group].mean
        states[group].mean += delta / states[group].count
        states[group].squares += delta * (value - states[group].mean)
      }
    }
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    states.grow(to: total, State())
    guard let other = other as? SpreadAccumulator else { return }
    for (group, theirs) in other.states.enumerated() where theirs.count > 0 {
      let ours = states[Int(map[group])]
      let count = ours.count + theirs.count
      let delta = theirs.mean - ours.mean
      states[Int(map[group])] = State(
        count: count, mean: ours.mean + delta * theirs.count / count,
        squares: ours.squares + theirs.squares + delta * delta * ours.count * theirs.count / count)
    }
  }

  func finish(total: Int) -> [Column] {
    states.grow(to: total, State())
    let values = states.map { state -> Double in
      let divisor = isPopulation ? state.count : state.count - 1
      let variance = divisor > 0 ? state.squares / divisor : 0
      return isRoot ? variance.squareRoot() : variance
    }
    return [.real(FixedColumn(values))]
  }
}

/// The distinct values of each group as an array, in order of first appearance.
final class SetAccumulator: Accumulator {
  private var values: KeyEncoder
  private var pairs = PairTable()
  private var limit: Int?

  init(_ type: ScalarType) { values = KeyEncoder(type) }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    if limit == nil, arguments.count > 1 { limit = arguments[1].first?.int64.map { Int(clamping: $0) } }
    let numbers = values.numbers(arguments[0].expanded(groups.count), groups.count)
    var numbered = groups
    pairs.number(&numbered, numbers, widths: values.count)
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    guard let other = other as? SetAccumulator else { return }
    limit = limit ?? other.limit
    let moved = values.numbers(other.values.column(), other.values.count)
    var lefts = other.pairs.lefts.map { map[Int($0)] }
    pairs.number(&lefts, other.pairs.rights.map { moved[Int($0)] }, widths: values.count)
  }

  func heldBytes(total: Int) -> Int { values.heldBytes + pairs.heldBytes }

  func finish(total: Int) -> [Column] {
    var sets = [[UInt32]](repeating: [], count: total)
    let limit = limit ?? 1_048_576
    for (group, value) in zip(pairs.lefts, pairs.rights) where value != values.null && sets[Int(group)].count < limit {
      sets[Int(group)].append(value)
    }
    let cells = values.column()
    var builder = JSONBuilder()
    for set in sets {
      builder.beginArray()
      for value in set { builder.append(cells[Int(value)]) }
      builder.endArray()
    }
    return [.dynamic(DynamicColumn(roots: builder.finish()))]
  }
}

/// The values of each group as an array, in the order of the rows.
final class ListAccumulator: Accumulator {
  private let keepsNulls: Bool
  private var parts: [(cells: Column, groups: [UInt32])] = []
  private var counts: [Int] = []
  private var limit: Int?
  private var sizes = BatchSizes()
  private var bytes = 0

  init(keepsNulls: Bool) { self.keepsNulls = keepsNulls }

  func heldBytes(total: Int) -> Int { bytes + total * 8 }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    if limit == nil, arguments.count > 1 { limit = arguments[1].first?.int64.map { Int(clamping: $0) } }
    add(arguments[0].expanded(groups.count), groups, total)
  }

  /// Keeps the cells that the lists still have room for.
  private func add(_ cells: Column, _ groups: [UInt32], _ total: Int) {
    counts.grow(to: total, 0)
    let most = limit ?? 1_048_576
    var rows: [Int] = []
    for (row, group) in groups.enumerated() where counts[Int(group)] < most && (keepsNulls || !cells.isNull(row)) {
      counts[Int(group)] += 1
      rows.append(row)
    }
    if rows.isEmpty { return }
    let part = rows.count == groups.count ? (cells, groups) : (cells.gather(rows), rows.map { groups[$0] })
    parts.append(part)
    // A group and, at the end, a place for each row.
    bytes += sizes.add(Batch(columns: [part.0], count: rows.count)) + rows.count * 12
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    guard let other = other as? ListAccumulator else { return }
    limit = limit ?? other.limit
    for part in other.parts { add(part.cells, part.groups.map { map[Int($0)] }, total) }
  }

  func finish(total: Int) -> [Column] {
    counts.grow(to: total, 0)
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var next = starts
    var places = [(part: Int32, row: Int32)](repeating: (0, 0), count: starts[total])
    for (part, (_, groups)) in parts.enumerated() {
      for (row, group) in groups.enumerated() {
        places[next[Int(group)]] = (Int32(truncatingIfNeeded: part), Int32(truncatingIfNeeded: row))
        next[Int(group)] += 1
      }
    }
    var builder = JSONBuilder()
    for group in 0..<total {
      builder.beginArray()
      for place in places[starts[group]..<starts[group + 1]] {
        builder.append(parts[Int(place.part)].cells[Int(place.row)])
      }
      builder.endArray()
    }
    return [.dynamic(DynamicColumn(roots: builder.finish()))]
  }
}

/// The first value of each group that is not null, nor empty.
final class AnyAccumulator: Accumulator {
  private var values: GroupValues
  private var isFilled: [Bool] = []
  private var open = 0

  init(_ type: ScalarType) { values = GroupValues(type) }

  private func grow(_ total: Int) {
    open += max(0, total - isFilled.count)
    isFilled.grow(to: total, false)
    values.grow(to: total)
  }

  func update(_ arguments: [Vector], _ groups: [UInt32], total: Int) {
    grow(total)
    if open == 0 { return }
    var rows: [Int] = []
    var chosen: [Int] = []
    let vector = arguments[0]
    for (row, group) in groups.enumerated() where !isFilled[Int(group)] && !isBlank(vector.column, vector.cell(row)) {
      isFilled[Int(group)] = true
      rows.append(vector.cell(row))
      chosen.append(Int(group))
    }
    take(vector.column.gather(rows), chosen)
  }

  private func isBlank(_ column: Column, _ row: Int) -> Bool {
    if case .string(let texts) = column { return texts.pool.length(Int(texts.codes[row])) == 0 }
    return column.isNull(row)
  }

  private func take(_ cells: Column, _ groups: [Int]) {
    open -= groups.count
    values.put(cells, in: groups)
  }

  func merge(_ other: any Accumulator, _ map: [UInt32], total: Int) {
    grow(total)
    guard let other = other as? AnyAccumulator else { return }
    let theirs = other.isFilled.indices.filter { other.isFilled[$0] && !isFilled[Int(map[$0])] }
    let ours = theirs.map { Int(map[$0]) }
    for group in ours { isFilled[group] = true }
    take(other.values.column(of: theirs), ours)
  }

  func heldBytes(total: Int) -> Int { values.heldBytes + total }

  func finish(total: Int) -> [Column] {
    grow(total)
    return [values.column(of: (0..<total).map { isFilled[$0] ? $0 : -1 })]
  }
}
