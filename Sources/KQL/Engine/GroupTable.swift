// SPDX-License-Identifier: Apache-2.0

/// Numbers for the keys of groups across batches: rows with equal keys get one number, in order of first appearance.
///
/// Each key column is numbered by itself, then pairs of numbers are numbered, left to right, so that any number of keys
/// costs one look-up per column and row in a table that mostly stays in the cache.
struct GroupTable {
  private var encoders: [KeyEncoder]
  private var pairs: [PairTable]

  init(_ types: [ScalarType]) {
    encoders = types.map(KeyEncoder.init)
    pairs = types.dropFirst().map { _ in PairTable() }
  }

  /// How many groups there are. Without keys there is one.
  var count: Int { pairs.last?.count ?? encoders.first?.count ?? 1 }

  var heldBytes: Int {
    pairs.reduce(encoders.reduce(0) { $0 + $1.heldBytes }) { $0 + $1.heldBytes }
  }

  mutating func numbers(_ keys: [Column], _ count: Int) -> [UInt32] {
    guard !encoders.isEmpty else { return [UInt32](repeating: 0, count: count) }
    var numbers = encoders[0].numbers(keys[0], count)
    for index in 1..<encoders.count {
      let next = encoders[index].numbers(keys[index], count)
      pairs[index - 1].number(&numbers, next, widths: encoders[index].count)
    }
    return numbers
  }

  /// Takes up the groups of a table of the same keys. Returns our number of each of its groups.
  mutating func merge(_ other: GroupTable) -> [UInt32] {
    guard !encoders.isEmpty else { return [0] }
    var numbers = encoders[0].numbers(other.encoders[0].column(), other.encoders[0].count)
    for index in 1..<encoders.count {
      let moved = encoders[index].numbers(other.encoders[index].column(), other.encoders[index].count)
      let theirs = other.pairs[index - 1]
      var left = theirs.lefts.map { numbers[Int($0)] }
      pairs[index - 1].number(&left, theirs.rights.map { moved[Int($0)] }, widths: encoders[index].count)
      numbers = left
    }
    return numbers
  }

  /// The key columns, a row per group.
  func columns() -> [Column] {
    guard let first = encoders.first else { return [] }
    var rows: [Int]?
    var columns: [Column] = []
    for index in stride(from: encoders.count - 1, to: 0, by: -1) {
      let pair = pairs[index - 1]
      let chosen = rows ?? Array(0..<pair.count)
      columns.append(encoders[index].column().gather(chosen.map { Int(pair.rights[$0]) }))
      rows = chosen.map { Int(pair.lefts[$0]) }
    }
    columns.append(rows.map { first.column().gather($0) } ?? first.column())
    return columns.reversed()
  }
}

/// Numbers for pairs of numbers, in order of first appearance.
struct PairTable {
  private(set) var lefts: [UInt32] = []
  private(set) var rights: [UInt32] = []
  /// While both sides are small a pair is a cell of a grid; `width` is a power of two.
  private var grid: [UInt32] = []
  private var width = 0
  /// Where they are not, pairs are looked up by their bits.
  private var slots: KeySlots?
  private static let largestGrid = 1 << 20

  var count: Int { lefts.count }
  var heldBytes: Int { lefts.count * 8 + grid.count * 4 + (slots?.heldBytes ?? 0) }

  /// Turns the left numbers into numbers of pairs. `widths` is one more than the largest right number.
  mutating func number(_ left: inout [UInt32], _ right: [UInt32], widths: Int) {
    let height = Int(left.max() ?? 0) + 1
    if slots == nil {
      if widths > width { relay(width: max(16, powerOfTwo(widths)), height: height) }
      if slots == nil, width * height <= Self.largestGrid {
        if grid.count < width * height {
          grid.append(contentsOf: repeatElement(.max, count: width * powerOfTwo(height) - grid.count))
        }
        let width = width
        var fresh = UInt32(truncatingIfNeeded: lefts.count)
        grid.withUnsafeMutableBufferPointer { grid in
          for row in left.indices {
            let cell = Int(left[row]) &* width &+ Int(right[row])
            if grid[cell] == .max {
              grid[cell] = fresh
              fresh &+= 1
              lefts.append(left[row])
              rights.append(right[row])
            }
            left[row] = grid[cell]
          }
        }
        return
      }
      leaveGrid()
    }
    guard var slots else { return }
    self.slots = nil
    for row in left.indices {
      let next = UInt32(truncatingIfNeeded: lefts.count)
      let number = slots.number(Self.key(left[row], right[row]), next)
      if number == next {
        lefts.append(left[row])
        rights.append(right[row])
      }
      left[row] = number
    }
    self.slots = slots
  }

  private func powerOfTwo(_ value: Int) -> Int {
    value <= 1 ? 1 : 1 << (Int.bitWidth - (value - 1).leadingZeroBitCount)
  }

  /// Lays the grid out anew for wider rows.
  private mutating func relay(width: Int, height: Int) {
    self.width = width
    let rows = powerOfTwo(max(height, Int(lefts.max() ?? 0) + 1))
    guard width * rows <= Self.largestGrid else {
      leaveGrid()
      return
    }
    grid = [UInt32](repeating: .max, count: width * rows)
    for index in lefts.indices { grid[Int(lefts[index]) * width + Int(rights[index])] = UInt32(index) }
  }

  private mutating func leaveGrid() {
    grid = []
    if slots != nil { return }
    var made = KeySlots()
    for index in lefts.indices { _ = made.number(Self.key(lefts[index], rights[index]), UInt32(index)) }
    slots = made
  }

  @inline(__always) private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) << 32 | UInt64(right)
  }
}
