// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The pieces that the texts of an extent are made of, and the codes that stand for them.
///
/// A piece is a term (letters, digits, bytes of other scripts) with what follows it up to the next term. The commonest
/// 61,440 pieces have a code of one 16-bit word below `firstLong`; the others of two, the first from `firstLong` on, the
/// second below it. `has` looks for the codes of a term, so a text column is its own index.
final class TermDictionary: Sendable {
  static let firstLong: UInt16 = 0xF000
  /// Codes of two words there can be: one first word less, which marks a piece that is spelt out.
  static let mostPieces = 0xF000 + 0x0FFF * 0xF000
  /// The word before a piece that is not in the dictionary.
  static let spelt: UInt16 = 0xFFFF

  let pieces: StringPool
  /// Codes that searches have asked for; a query asks the same of every block.
  private let searches = Mutex<[String: TermCodes]>([:])

  init(_ pieces: StringPool) { self.pieces = pieces }

  /// The place of the piece whose words are `first` and, if that is long, `second`.
  @inline(__always) static func index(_ first: UInt16, _ second: UInt16) -> Int {
    0xF000 + Int(first &- firstLong) &* 0xF000 &+ Int(second)
  }

  static func append(_ index: Int, to words: inout [UInt16]) {
    if index < 0xF000 {
      words.append(UInt16(index))
    } else {
      let rest = index - 0xF000
      words.append(firstLong + UInt16(rest / 0xF000))
      words.append(UInt16(rest % 0xF000))
    }
  }

  /// The end of the piece that begins at `start`.
  @inline(__always) static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    while at < bytes.count, TextMatch.isTerm(bytes[at]) { at &+= 1 }
    while at < bytes.count, !TextMatch.isTerm(bytes[at]) { at &+= 1 }
    return at
  }

  /// Codes of the pieces whose term passes the test that `search` names.
  func codes(_ search: String, _ test: (UnsafeBufferPointer<UInt8>) -> Bool) -> TermCodes {
    if let known = searches.withLock({ $0[search] }) { return known }
    let codes = TermCodes((0..<pieces.count).filter { pieces.withUTF8($0) { test(Self.term(of: $0)) } })
    searches.withLock { searches in
      if searches.count >= 64 { searches = [:] }
      searches[search] = codes
    }
    return codes
  }

  /// Whether a term of a spelt-out piece passes: most have one, a text of very many words is one piece with all of them.
  static func hasTerm(
    _ piece: UnsafeBufferPointer<UInt8>, _ test: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var at = 0
    while at < piece.count {
      let end = end(of: piece, from: at)
      if test(term(of: UnsafeBufferPointer(rebasing: piece[at..<end]))) { return true }
      at = end
    }
    return false
  }

  static func term(of piece: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var end = 0
    while end < piece.count, TextMatch.isTerm(piece[end]) { end += 1 }
    return UnsafeBufferPointer(rebasing: piece[..<end])
  }
}

/// Texts turned into words of a dictionary.
struct TermEncoder {
  private(set) var dictionary: TermDictionary
  /// Code of a piece by its number; -1 where it is spelt out.
  private let codes: [Int32]
  private let pieces: StringPool
  /// The numbers of the pieces of all texts, and where those of each text end.
  private let numbers: [UInt32]
  private let ends: [UInt32]
  private var next = 0

  /// Reads all texts of an extent to learn which pieces are common.
  init(_ texts: StringColumn) {
    var interner = StringColumnBuilder()
    var counts: [UInt32] = []
    var numbers: [UInt32] = []
    var ends: [UInt32] = []
    ends.reserveCapacity(texts.codes.count)
    for code in texts.codes {
      texts.pool.withUTF8(Int(code)) { bytes in
        var at = 0
        while at < bytes.count {
          let end = TermDictionary.end(of: bytes, from: at)
          let number = interner.intern(UnsafeBufferPointer(rebasing: bytes[at..<end]))
          if Int(number) == counts.count { counts.append(1) } else { counts[Int(number)] &+= 1 }
          numbers.append(number)
          at = end
        }
      }
      ends.append(UInt32(truncatingIfNeeded: numbers.count))
    }
    // A piece that occurs once costs less spelt out than in the dictionary.
    let kept = counts.indices.filter { counts[$0] > 1 }
      .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
      .prefix(TermDictionary.mostPieces)
    var codes = [Int32](repeating: -1, count: counts.count)
    for (code, number) in kept.enumerated() { codes[number] = Int32(code) }
    pieces = interner.distinct().pool
    var builder = StringPoolBuilder()
    for number in kept { pieces.withUTF8(number) { builder.append($0) } }
    dictionary = TermDictionary(builder.finish())
    self.codes = codes
    self.numbers = numbers
    self.ends = ends
  }

  /// Appends the words of the next text. Pieces that have no code go to `spelt`.
  mutating func encodeNext(words: inout [UInt16], spelt: inout [UInt8]) {
    let range = (next == 0 ? 0 : Int(ends[next - 1]))..<Int(ends[next])
    let (firstWord, firstLetter) = (words.count, spelt.count)
    for place in range {
      let number = Int(numbers[place])
      if codes[number] >= 0 {
        TermDictionary.append(Int(codes[number]), to: &words)
      } else {
        words.append(TermDictionary.spelt)
        pieces.withUTF8(number) { Self.spell($0, into: &spelt) }
      }
    }
    // The number of words is kept in 16 bits: a text of more is spelt out as one piece.
    if words.count - firstWord > Int(UInt16.max) {
      words.removeSubrange(firstWord...)
      spelt.removeSubrange(firstLetter...)
      words.append(TermDictionary.spelt)
      var text: [UInt8] = []
      for place in range { pieces.withUTF8(Int(numbers[place])) { text.append(contentsOf: $0) } }
      text.withUnsafeBufferPointer { Self.spell($0, into: &spelt) }
    }
    next += 1
  }

  /// The length of a piece, then itself. A length is a byte, or 255 and four bytes, the lowest first.
  private static func spell(_ piece: UnsafeBufferPointer<UInt8>, into spelt: inout [UInt8]) {
    if piece.count < 255 {
      spelt.append(UInt8(piece.count))
    } else {
      spelt.append(255)
      for shift in stride(from: 0, to: 32, by: 8) { spelt.append(UInt8(truncatingIfNeeded: piece.count >> shift)) }
    }
    spelt.append(contentsOf: piece)
  }
}
