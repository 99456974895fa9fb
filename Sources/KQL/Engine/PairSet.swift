// SPDX-License-Identifier: Apache-2.0

/// A set of pairs of small numbers: a bit per pair while they fit a grid of bits, else a table of pairs.
struct PairSet {
  private var bits: [UInt64] = []
  /// Words to a row of the grid; a power of two.
  private var stride = 0
  private var table: PairTable?
  /// 16 MB of bits.
  private static let mostWords = 1 << 21

  var heldBytes: Int { bits.count * 8 + (table?.heldBytes ?? 0) }

  mutating func insert(_ left: [UInt32], _ right: [UInt32], widths: Int) {
    if table == nil, !fit(height: Int(left.max() ?? 0) + 1, width: widths) {
      var table = PairTable()
      var (lefts, rights) = all()
      table.number(&lefts, rights, widths: 1 << 24)
      rights = []
      self.table = table
      bits = []
    }
    if table != nil {
      var numbers = left
      table?.number(&numbers, right, widths: max(1 << 24, widths))
      return
    }
    let stride = stride
    bits.withUnsafeMutableBufferPointer { bits in
      for row in left.indices {
        let column = Int(right[row])
        bits[Int(left[row]) &* stride &+ column >> 6] |= 1 << UInt64(column & 63)
      }
    }
  }

  /// Takes up another set whose numbers are ours under the maps.
  mutating func insert(_ other: PairSet, lefts: [UInt32], rights: [UInt32], widths: Int) {
    guard other.table == nil, table == nil, fit(height: Int(lefts.max() ?? 0) + 1, width: widths) else {
      let (left, right) = other.all()
      return insert(left.map { lefts[Int($0)] }, right.map { rights[Int($0)] }, widths: widths)
    }
    let stride = stride
    bits.withUnsafeMutableBufferPointer { bits in
      other.each { left, right in
        let column = Int(rights[right])
        bits[Int(lefts[left]) &* stride &+ column >> 6] |= 1 << UInt64(column & 63)
      }
    }
  }

  /// Every pair of the grid.
  @inline(__always) private func each(_ body: (Int, Int) -> Void) {
    guard stride > 0 else { return }
    for row in 0..<bits.count / stride {
      for place in 0..<stride {
        var word = bits[row * stride + place]
        while word != 0 {
          body(row, place << 6 + word.trailingZeroBitCount)
          word &= word - 1
        }
      }
    }
  }

  private mutating func fit(height: Int, width: Int) -> Bool {
    let words = max(1, (width + 63) / 64)
    if words > stride {
      var wider = max(1, stride)
      while wider < words { wider *= 2 }
      let rows = stride == 0 ? 0 : bits.count / stride
      guard wider * max(rows, height) <= Self.mostWords else { return false }
      var laid = [UInt64](repeating: 0, count: wider * max(rows, height))
      for row in 0..<rows {
        for word in 0..<stride { laid[row * wider + word] = bits[row * stride + word] }
      }
      bits = laid
      stride = wider
    }
    guard stride * height <= Self.mostWords else { return false }
    if bits.count < stride * height {
      bits.append(
        contentsOf: repeatElement(0, count: min(Self.mostWords, max(stride * height, bits.count * 2)) - bits.count))
    }
    return true
  }

  /// Every pair, by left number and then right number, or in order of appearance.
  func all() -> ([UInt32], [UInt32]) {
    if let table { return (table.lefts, table.rights) }
    var lefts: [UInt32] = []
    var rights: [UInt32] = []
    each { left, right in
      lefts.append(UInt32(left))
      rights.append(UInt32(right))
    }
    return (lefts, rights)
  }

  /// How many pairs each left number has, without those of one right number.
  func counts(total: Int, except: UInt32?) -> [Int64] {
    var counts = [Int64](repeating: 0, count: total)
    if let table {
      for (index, left) in table.lefts.enumerated() where table.rights[index] != except { counts[Int(left)] += 1 }
      return counts
    }
    guard stride > 0 else { return counts }
    for group in 0..<min(total, bits.count / stride) {
      var count = 0
      for word in group * stride..<(group + 1) * stride { count += bits[word].nonzeroBitCount }
      if let except, Int(except) < stride * 64, bits[group * stride + Int(except) >> 6] >> UInt64(except & 63) & 1 == 1
      {
        count -= 1
      }
      counts[group] = Int64(count)
    }
    return counts
  }
}
