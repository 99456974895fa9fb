// SPDX-License-Identifier: Apache-2.0

/// A text operator with its needle as a machine that reads bytes one by one (Knuth, Morris and Pratt, 1977): it can stop
/// between two pieces of a text and go on with the next.
struct TextMachine {
  /// Nothing of the needle was seen, and the needle may begin here.
  static let start: UInt8 = 0
  /// Bytes of the needle at most; the states are numbered in a byte.
  private static let longestNeedle = 240

  /// The text passes, or does not, whatever follows.
  let found: UInt8
  let failed: UInt8
  /// Nothing of the needle was seen, and it may not begin here: this is the middle of a term.
  let inTerm: UInt8
  /// The text passes if it ends here.
  private let whole: UInt8
  /// Whether the needle must stand where the text begins.
  let isAnchored: Bool
  /// The next state by state and byte.
  private let table: [UInt8]

  /// Nil where the operator cannot be told from bytes one by one: letters of other scripts fold to others, and to fewer.
  init?(_ op: TextMatch.Op, _ needle: [UInt8], caseSensitive: Bool) {
    guard op != .equals, let first = needle.first, let last = needle.last, needle.count <= Self.longestNeedle,
      caseSensitive || needle.allSatisfy({ $0 < 0x80 })
    else { return nil }
    func fold(_ byte: UInt8) -> UInt8 { !caseSensitive && byte &- 0x41 < 26 ? byte | 0x20 : byte }
    let needle = needle.map(fold)
    let count = needle.count
    let (whole, inTerm) = (UInt8(count), UInt8(count + 1))
    let (found, failed) = (UInt8(count + 2), UInt8(count + 3))
    isAnchored = op == .startswith
    let beginsTerm = (op == .has || op == .hasprefix) && TextMatch.isTerm(first)
    let endsTerm = (op == .has || op == .hassuffix) && TextMatch.isTerm(last)
    let endsText = op == .endswith
    // Where to go on from when the next byte is not the needle's: the longest beginning of the needle that was seen.
    var back = [UInt8](repeating: failed, count: count + 1)
    if !isAnchored {
      for seen in 1...count {
        let shorter = (1..<seen).last { length in
          needle[(seen - length)..<seen].elementsEqual(needle[..<length])
            && !(beginsTerm && TextMatch.isTerm(needle[seen - length - 1]))
        }
        back[seen] =
          shorter.map { UInt8($0) } ?? (beginsTerm && TextMatch.isTerm(needle[seen - 1]) ? inTerm : Self.start)
      }
    }
    var table = [UInt8](repeating: found, count: (count + 4) * 256)
    for byte in 0..<256 {
      let letter = fold(UInt8(byte))
      let isTerm = TextMatch.isTerm(letter)
      func set(_ state: UInt8, _ next: UInt8) { table[Int(state) << 8 | byte] = next }
      func next(_ state: UInt8) -> UInt8 { table[Int(state) << 8 | byte] }
      set(failed, failed)
      let none = isAnchored ? failed : beginsTerm && isTerm ? inTerm : Self.start
      set(inTerm, isTerm ? inTerm : Self.start)
      for seen in 0..<count {
        if letter == needle[seen] {
          set(UInt8(seen), seen + 1 < count || endsTerm || endsText ? UInt8(seen + 1) : found)
        } else {
          set(UInt8(seen), seen == 0 ? none : next(back[seen]))
        }
      }
      if endsTerm, !isTerm { set(whole, found) } else { set(whole, next(back[count])) }
    }
    (self.whole, self.inTerm, self.found, self.failed, self.table) = (whole, inTerm, found, failed, table)
  }

  /// The state after more bytes.
  @inline(__always) func state(_ state: UInt8, after bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    table.withUnsafeBufferPointer { table in
      var state = state
      for byte in bytes { state = table[Int(state) << 8 | Int(byte)] }
      return state
    }
  }

  /// Whether a text that ends in this state passes.
  func passes(_ state: UInt8) -> Bool { state == found || state == whole }

  /// Whether what follows may not be told from any other text: nothing of the needle was seen.
  @inline(__always) func isIdle(_ state: UInt8) -> Bool { state == Self.start || state == inTerm }
}
