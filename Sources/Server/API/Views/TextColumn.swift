// SPDX-License-Identifier: Apache-2.0
package import KQL

/// A column of texts by their numbers, with their order: rows are filtered, counted, sorted and looked up without a look
/// at a text.
package struct TextColumn: Sendable {
  /// Of each row the number of its text.
  package let codes: [UInt32]
  let pool: StringPool
  /// The numbers of texts in their order, and of each number its place there.
  private let order: [UInt32]
  package let ranks: [UInt32]
  private let hasOwnOrder: Bool

  /// - Parameter order: the texts that have an order of their own, the first of them first; the others follow by bytes.
  package init(_ column: StringColumn, order known: [String] = []) {
    codes = column.codes
    pool = column.pool
    let places = Dictionary(known.enumerated().map { ($1, $0) }) { first, _ in first }
    let pool = column.pool
    let own = places.isEmpty ? nil : (0..<pool.count).map { places[pool.string($0)] ?? known.count }
    order = (0..<UInt32(pool.count)).sorted { left, right in
      if let own, own[Int(left)] != own[Int(right)] { return own[Int(left)] < own[Int(right)] }
      return pool.withUTF8(Int(left)) { left in
        pool.withUTF8(Int(right)) { right in left.lexicographicallyPrecedes(right) }
      }
    }
    var ranks = [UInt32](repeating: 0, count: pool.count)
    for (place, code) in order.enumerated() { ranks[Int(code)] = UInt32(place) }
    self.ranks = ranks
    hasOwnOrder = !known.isEmpty
  }

  package init(_ texts: some Sequence<String>, order: [String] = []) { self.init(StringColumn(texts), order: order) }

  package var count: Int { codes.count }
  package var distinctCount: Int { pool.count }
  package subscript(_ row: Int) -> String { pool.string(Int(codes[row])) }
  package func text(ofCode code: UInt32) -> String { pool.string(Int(code)) }
  @inline(__always) package func rank(_ row: Int) -> UInt32 { ranks[Int(codes[row])] }

  /// The number of a text; nil where no row has it.
  package func code(of text: String) -> UInt32? {
    var text = text
    if hasOwnOrder { return order.first { pool.string(Int($0)) == text } }
    return text.withUTF8 { wanted in
      var (low, high) = (0, order.count)
      while low < high {
        let middle = (low + high) / 2
        let precedes = pool.withUTF8(Int(order[middle])) { $0.lexicographicallyPrecedes(wanted) }
        if precedes { low = middle + 1 } else { high = middle }
      }
      guard low < order.count, pool.withUTF8(Int(order[low]), { $0.elementsEqual(wanted) }) else { return nil }
      return order[low]
    }
  }

  /// Of each number whether its text is one of `texts`: as it is written or, where none is written so, in any case.
  func among(_ texts: Set<String>) -> [Bool] {
    var isWanted = [Bool](repeating: false, count: pool.count)
    var others: Set<String> = []
    for text in texts {
      if let code = code(of: text) { isWanted[Int(code)] = true } else { others.insert(text.lowercased()) }
    }
    // All texts are looked at only where one was not found at once: there are as many ids as resources.
    guard !others.isEmpty else { return isWanted }
    for code in 0..<pool.count where others.contains(pool.string(code).lowercased()) { isWanted[code] = true }
    return isWanted
  }
}

extension StringPool {
  /// Of each number whether its text holds `part`, in lower case, in any case of its letters (those of ASCII).
  func holding(_ part: [UInt8]) -> [Bool] {
    (0..<count).map { code in withUTF8(code) { Self.holds($0, part) } }
  }

  private static func holds(_ text: UnsafeBufferPointer<UInt8>, _ part: [UInt8]) -> Bool {
    guard let first = part.first, text.count >= part.count else { return part.isEmpty }
    @inline(__always) func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
    for start in 0...(text.count - part.count) where lower(text[start]) == first {
      var length = 1
      while length < part.count, lower(text[start + length]) == part[length] { length += 1 }
      if length == part.count { return true }
    }
    return false
  }
}

extension Bitmap {
  /// The rows of this that a test of their codes lets through.
  mutating func keep(_ column: TextColumn, _ isWanted: [Bool]) {
    var kept = Bitmap(count: count)
    forEachSet { row in if isWanted[Int(column.codes[row])] { kept[row] = true } }
    self = kept
  }

  mutating func keep(where isWanted: (Int) -> Bool) {
    var kept = Bitmap(count: count)
    forEachSet { row in if isWanted(row) { kept[row] = true } }
    self = kept
  }
}

/// One value of a facet and how many rows have it.
package struct FacetValue: Sendable, Equatable {
  package let value: String
  package let count: Int
}

extension TextColumn {
  /// How many of the rows have each text, the most frequent first; texts that none has are left out.
  package func facet(of rows: Bitmap) -> [FacetValue] {
    var counts = [Int](repeating: 0, count: pool.count)
    rows.forEachSet { counts[Int(codes[$0])] &+= 1 }
    let found = counts.indices.filter { counts[$0] > 0 }
    return found.sorted { (counts[$1], ranks[$0]) < (counts[$0], ranks[$1]) }
      .map { FacetValue(value: pool.string($0), count: counts[$0]) }
  }
}
