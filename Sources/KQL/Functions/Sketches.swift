// SPDX-License-Identifier: Apache-2.0
import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A count of distinct values in bounded space: the hashes themselves up to 1024 of them, HyperLogLog registers beyond
/// (Flajolet et al., 2007, with 64-bit hashes). As a dynamic it is `[[1024, bits], [hashes], [registers]]`.
struct DistinctSketch: Sendable {
  private static let most = 1024
  let bits: Int
  private var hashes: Set<UInt64> = []
  private var registers: [UInt8] = []

  /// Kusto's accuracy 0 to 4 as bits of the register's number.
  init(accuracy: Int64) { bits = [12, 14, 16, 17, 18][Int(max(0, min(4, accuracy)))] }

  init?(_ scalar: Scalar) {
    guard case .dynamic(let value) = scalar, value.kind == .array,
      let bits = value[0]?[1]?.int64, (4...20).contains(bits), let hashes = value[1]
    else { return nil }
    self.bits = Int(bits)
    for item in hashes.elements {
      if let hash = item.string.flatMap(Int64.init) { self.hashes.insert(UInt64(bitPattern: hash)) }
    }
    if let text = value[2]?[0]?.string, let bytes = Base64.decode(text), bytes.count == 1 << self.bits {
      registers = bytes
    }
  }

  mutating func insert(_ hash: UInt64) {
    if registers.isEmpty {
      hashes.insert(hash)
      if hashes.count > Self.most { spread() }
    } else {
      mark(hash)
    }
  }

  private mutating func spread() {
    registers = [UInt8](repeating: 0, count: 1 << bits)
    for hash in hashes { mark(hash) }
    hashes = []
  }

  private mutating func mark(_ hash: UInt64) {
    let place = Int(hash >> UInt64(64 - bits))
    let rest = hash << UInt64(bits)
    let rank = UInt8(min(64 - bits, rest.leadingZeroBitCount) + 1)
    if rank > registers[place] { registers[place] = rank }
  }

  mutating func merge(_ other: DistinctSketch) {
    if other.registers.isEmpty {
      for hash in other.hashes { insert(hash) }
      return
    }
    if registers.isEmpty { spread() }
    if other.bits == bits {
      for (place, rank) in other.registers.enumerated() where rank > registers[place] { registers[place] = rank }
    }
  }

  var count: Int64 {
    if registers.isEmpty { return Int64(hashes.count) }
    let m = Double(registers.count)
    let zeros = registers.count { $0 == 0 }
    let sum = registers.reduce(0.0) { $0 + exp2(-Double($1)) }
    let raw = 0.7213 / (1 + 1.079 / m) * m * m / sum
    let estimate = raw <= 2.5 * m && zeros > 0 ? m * log(m / Double(zeros)) : raw
    return Int64(estimate.rounded())
  }

  /// How many values all sketches have seen: exact while they hold hashes, else by inclusion and exclusion.
  static func intersection(_ sketches: [DistinctSketch]) -> Int64 {
    guard let first = sketches.first, sketches.count < 12 else { return 0 }
    if sketches.allSatisfy(\.registers.isEmpty) {
      return Int64(sketches.dropFirst().reduce(first.hashes) { $0.intersection($1.hashes) }.count)
    }
    var total: Int64 = 0
    for choice in 1..<(1 << sketches.count) {
      var merged: DistinctSketch?
      for (index, sketch) in sketches.enumerated() where choice >> index & 1 == 1 {
        if merged == nil { merged = sketch } else { merged?.merge(sketch) }
      }
      total += (choice.nonzeroBitCount % 2 == 1 ? 1 : -1) * (merged?.count ?? 0)
    }
    return max(0, total)
  }

  var scalar: Scalar {
    var builder = JSONBuilder()
    builder.beginArray()
    builder.beginArray()
    builder.append(Int64(Self.most))
    builder.append(Int64(bits))
    builder.endArray()
    builder.beginArray()
    for hash in hashes.sorted() { builder.append(String(Int64(bitPattern: hash))) }
    builder.endArray()
    builder.beginArray()
    if !registers.isEmpty { builder.append(Base64.encode(registers)) }
    builder.endArray()
    builder.endArray()
    return .dynamic(builder.finish().root)
  }
}

/// Quantiles in bounded space: values with how often they occur, thinned in the middle of the distribution when there
/// are many (Dunning's t-digest). As a dynamic it is `[[7, type], [values], [counts]]`.
struct QuantileSketch: Sendable {
  private static let most = 2048
  private(set) var type: ScalarType = .real
  private var points: [(value: Double, count: Double)] = []
  private var isSorted = true

  init() {}

  init?(_ scalar: Scalar) {
    guard case .dynamic(let json) = scalar, json.kind == .array, let values = json[1], let counts = json[2],
      values.kind == .array, counts.kind == .array
    else { return nil }
    type = json[0]?[1]?.string.flatMap { ScalarType(name: $0) } ?? .real
    points = zip(values.elements, counts.elements).compactMap { value, count in
      guard let value = value.double, let count = count.double, count > 0 else { return nil }
      return (value, count)
    }
    isSorted = false
  }

  mutating func insert(_ cell: Scalar, count: Double = 1) {
    guard let value = cell.type == .dynamic ? cell.converted(to: .real).double : cell.double, value.isFinite,
      count > 0
    else { return }
    if points.isEmpty { type = cell.type == .dynamic ? .real : cell.type }
    points.append((value, count))
    isSorted = false
    if points.count > Self.most * 2 { compress() }
  }

  mutating func merge(_ other: QuantileSketch) {
    if points.isEmpty { type = other.type }
    points += other.points
    isSorted = false
    if points.count > Self.most * 2 { compress() }
  }

  private mutating func sort() {
    if isSorted { return }
    points.sort { $0.value < $1.value }
    var joined: [(value: Double, count: Double)] = []
    for point in points {
      if let last = joined.last, last.value == point.value {
        joined[joined.count - 1].count += point.count
      } else {
        joined.append(point)
      }
    }
    (points, isSorted) = (joined, true)
  }

  private mutating func compress() {
    sort()
    guard points.count > Self.most else { return }
    let total = points.reduce(0) { $0 + $1.count }
    var kept: [(value: Double, count: Double)] = []
    var before = 0.0
    for point in points {
      if let last = kept.last {
        let weight = last.count + point.count
        let middle = (before + weight / 2) / total
        if weight <= 4 * total * middle * (1 - middle) / Double(Self.most) {
          kept[kept.count - 1] = ((last.value * last.count + point.value * point.count) / weight, weight)
          continue
        }
        before += last.count
      }
      kept.append(point)
    }
    points = kept
  }

  /// The value below which `percent` of the values lie, or nil where there is none.
  mutating func percentile(_ percent: Double) -> Scalar? {
    sort()
    let total = points.reduce(0) { $0 + $1.count }
    let goal = max(0, min(100, percent)) / 100 * total
    var sum = 0.0
    for point in points {
      sum += point.count
      if sum >= goal { return cell(point.value) }
    }
    return points.last.map { cell($0.value) }
  }

  private func cell(_ value: Double) -> Scalar {
    let whole = Int64(exactly: value.rounded())
    switch type {
    case .datetime: return whole.flatMap(DateTime.inRange).map(Scalar.datetime) ?? .null(.datetime)
    case .timespan: return whole.map(Scalar.timespan) ?? .null(.timespan)
    case .int, .long: return whole.map(Scalar.long) ?? .null(.long)
    default: return .real(value)
    }
  }

  /// How many values are at most `value`, and how many there are.
  func rank(_ value: Double) -> (below: Double, total: Double) {
    points.reduce((0, 0)) { ($0.0 + ($1.value <= value ? $1.count : 0), $0.1 + $1.count) }
  }

  mutating func scalar() -> Scalar {
    compress()
    var builder = JSONBuilder()
    builder.beginArray()
    builder.beginArray()
    builder.append(Int64(7))
    builder.append(type.rawValue)
    builder.endArray()
    builder.beginArray()
    for point in points {
      if let whole = Int64(exactly: point.value) { builder.append(whole) } else { builder.append(point.value) }
    }
    builder.endArray()
    builder.beginArray()
    for point in points { builder.append(Int64(exactly: point.count.rounded()) ?? 1) }
    builder.endArray()
    builder.endArray()
    return .dynamic(builder.finish().root)
  }
}

extension Functions {
  static let sketches: [ScalarFunction] = [
    cells(
      "dcount_hll", "dcount_hll(sketch)", "The number of distinct values that a sketch of hll() has seen.",
      arity: 1...1, [.dynamic], .long, naming: .prefixed("dcount_hll_")
    ) { DistinctSketch($0[0]).map { .long($0.count) } ?? .null(.long) },
    cells(
      "hll_merge", "hll_merge(a, b, ...)", "One sketch of all that several sketches of hll() have seen.",
      arity: 1...64, [.dynamic], .dynamic
    ) { values in
      let known = values.compactMap(DistinctSketch.init)
      guard var merged = known.first else { return .null(.dynamic) }
      for sketch in known.dropFirst() { merged.merge(sketch) }
      return merged.scalar
    },
    merged("tdigest_merge"), merged("merge_tdigest"),
    typed(
      "percentile_tdigest", "percentile_tdigest(sketch, percent, typeof(type))",
      "The value below which a percentage of the values lie that a sketch of tdigest() has seen.", arity: 2...3,
      [.dynamic, .real, nil], naming: .prefixed("percentile_tdigest_"),
      { $0.count > 2 ? $0[2].constant.flatMap { ScalarType(name: $0.text) } ?? .dynamic : .dynamic }
    ) { values in
      let type = values.count > 2 ? ScalarType(name: values[2].text) ?? .dynamic : .dynamic
      guard var sketch = QuantileSketch(values[0]), let percent = values[1].double else { return .null(type) }
      return sketch.percentile(percent)?.converted(to: type) ?? .null(type)
    },
    cells(
      "percentiles_array_tdigest", "percentiles_array_tdigest(sketch, percents)",
      "The values of several percentages as an array.", arity: 2...32, [.dynamic, nil], .dynamic
    ) { percentiles($0) },
    cells(
      "percentile_array_tdigest", "percentile_array_tdigest(sketch, percents)",
      "The values of several percentages as an array.", arity: 2...32, [.dynamic, nil], .dynamic
    ) { percentiles($0) },
    cells(
      "rank_tdigest", "rank_tdigest(sketch, value)", "How many values of a sketch are at most a value.",
      arity: 2...2, [.dynamic, nil], .long
    ) { values in
      guard let sketch = QuantileSketch(values[0]), let value = number(values[1]) else { return .null(.long) }
      return .long(Int64(exactly: sketch.rank(value).below.rounded()) ?? 0)
    },
    cells(
      "percentrank_tdigest", "percentrank_tdigest(sketch, value)",
      "The percentage of a sketch's values that are at most a value.", arity: 2...2, [.dynamic, nil], .real
    ) { values in
      guard let sketch = QuantileSketch(values[0]), let value = number(values[1]) else { return .null(.real) }
      let (below, total) = sketch.rank(value)
      return total > 0 ? .real(below / total * 100) : .null(.real)
    },
  ]

  private static func number(_ scalar: Scalar) -> Double? { scalar.double ?? scalar.converted(to: .real).double }

  private static func percentiles(_ values: [Scalar]) -> Scalar {
    guard var sketch = QuantileSketch(values[0]) else { return .null(.dynamic) }
    let wanted = listItems(values.dropFirst()).compactMap { $0.converted(to: .real).double }
    return array(wanted.map { sketch.percentile($0)?.json ?? .null })
  }

  private static func merged(_ name: String) -> ScalarFunction {
    cells(
      name, "\(name)(a, b, ...)", "One sketch of all that several sketches of tdigest() have seen.", arity: 1...64,
      [.dynamic], .dynamic
    ) { values in
      let known = values.compactMap(QuantileSketch.init)
      guard var sketch = known.first else { return .null(.dynamic) }
      for other in known.dropFirst() { sketch.merge(other) }
      return sketch.scalar()
    }
  }

  /// The bytes of a cell that its hash is made of.
  static func hashBytes(_ value: Scalar) -> [UInt8] {
    switch value {
    case .long(let x), .datetime(let x), .timespan(let x): withUnsafeBytes(of: x.littleEndian) { Array($0) }
    case .int(let x): withUnsafeBytes(of: x.littleEndian) { Array($0) }
    case .real(let x): withUnsafeBytes(of: x.bitPattern.littleEndian) { Array($0) }
    case .bool(let x): [x ? 1 : 0]
    default: Array(value.text.utf8)
    }
  }
}

extension Aggregates {
  private static let hll = make(
    "hll", "hll(x, accuracy)", "A sketch of the distinct values, for dcount_hll() and hll_merge().", prefix: "hll_",
    arity: 1...2, [nil, .long], { _ in .dynamic }
  ) { _ in
    { arguments, groups, count in
      let accuracy = arguments.count > 1 ? arguments[1].first?.int64 ?? 1 : 1
      var states = [DistinctSketch](repeating: DistinctSketch(accuracy: accuracy), count: count)
      for (row, group) in groups.enumerated() where !arguments[0].isNull(row) {
        states[group].insert(XXHash64.hash(Functions.hashBytes(arguments[0][row])))
      }
      var builder = ColumnBuilder(.dynamic)
      for state in states { builder.append(state.scalar) }
      return builder.finish()
    }
  }

  private static let digest = make(
    "tdigest", "tdigest(x, weight)", "A sketch of the distribution, for percentile_tdigest() and tdigest_merge().",
    prefix: "tdigest_", arity: 1...2, [nil, .real], { _ in .dynamic }
  ) { _ in
    { arguments, groups, count in
      var states = [QuantileSketch](repeating: QuantileSketch(), count: count)
      for (row, group) in groups.enumerated() where !arguments[0].isNull(row) {
        states[group].insert(arguments[0][row], count: arguments.count > 1 ? arguments[1][row].double ?? 0 : 1)
      }
      var builder = ColumnBuilder(.dynamic)
      for index in states.indices { builder.append(states[index].scalar()) }
      return builder.finish()
    }
  }

  private static func digests(_ name: String) -> AggregateFunction {
    make(
      name, "\(name)(sketch)", "One sketch of all that the group's sketches have seen.", prefix: "merge_tdigests_",
      arity: 1...1, [.dynamic], { _ in .dynamic }
    ) { _ in
      fold(
        .dynamic, QuantileSketch(),
        { state, cells in if let sketch = QuantileSketch(cells[0]) { state.merge(sketch) } },
        {
          var state = $0
          return state.scalar()
        })
    }
  }

  static let sketches: [AggregateFunction] = [
    hll, digest, digests("tdigest_merge"), digests("merge_tdigest"),
    conditional(hll, "hll_if", prefix: "hll_if_"),
    make(
      "hll_merge", "hll_merge(sketch)", "One sketch of all that the group's sketches have seen.",
      prefix: "hll_merge_", arity: 1...1, [.dynamic], { _ in .dynamic }
    ) { _ in
      fold(
        .dynamic, Optional<DistinctSketch>.none,
        { state, cells in
          guard let sketch = DistinctSketch(cells[0]) else { return }
          if state == nil { state = sketch } else { state?.merge(sketch) }
        }, { $0?.scalar ?? .null(.dynamic) })
    },
  ]
}
