// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The texts of one block in words of its extent's dictionary; a text is put together when it is asked for.
///
/// Layout: the number of words of each text (16 bits each), then for every 64th text the places of its first word and of
/// its first spelt-out byte (32 bits each), then the words, then the bytes of pieces that are spelt out.
final class TextBlock: Sendable {
  static let group = 64
  /// The most bytes of the texts of a block, which offsets of 32 bits can tell.
  private static let mostBytes = 1 << 31
  let count: Int
  let dictionary: TermDictionary
  private let file: MappedFile
  private let start: Int
  private let wordCount: Int
  private let speltCount: Int

  /// - Parameter start: the place of the block in the file.
  init(_ file: MappedFile, at start: Int, count: Int, words: Int, spelt: Int, dictionary: TermDictionary) {
    self.file = file
    self.start = start
    self.count = count
    wordCount = words
    speltCount = spelt
    self.dictionary = dictionary
  }

  static func size(count: Int, words: Int, spelt: Int) -> Int { count * 2 + groups(count) * 8 + words * 2 + spelt }
  private static func groups(_ count: Int) -> Int { (count + group - 1) / group }

  private var lengths: UnsafeRawBufferPointer { part(start, count * 2) }
  private var anchors: UnsafeRawBufferPointer { part(start + count * 2, Self.groups(count) * 8) }
  private var words: UnsafeRawBufferPointer { part(start + count * 2 + Self.groups(count) * 8, wordCount * 2) }
  private var spelt: UnsafeRawBufferPointer {
    part(start + count * 2 + Self.groups(count) * 8 + wordCount * 2, speltCount)
  }
  private func part(_ from: Int, _ size: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[from..<from + size])
  }

  /// Appends the texts of a range of rows to `bytes` and the end of each to `ends`.
  func decode(_ rows: Range<Int>, bytes: inout [UInt8], ends: inout [UInt32]) {
    if rows.isEmpty { return }
    let (lengths, anchors, words, spelt) = (lengths, anchors, words, spelt)
    let group = rows.lowerBound / Self.group
    var word = min(wordCount, Int(anchors.word32(group * 2)))
    var letter = min(speltCount, Int(anchors.word32(group * 2 + 1)))
    let pieces = dictionary.pieces
    pieces.bytes.withUnsafeBufferPointer { texts in
      pieces.offsets.withUnsafeBufferPointer { offsets in
        for row in group * Self.group..<rows.upperBound {
          let isWanted = row >= rows.lowerBound
          // Damage that a checksum did not catch must not read past the block.
          let end = min(wordCount, word + Int(lengths.word16(row)))
          while word < end {
            let first = words.word16(word)
            word += 1
            if first == TermDictionary.spelt {
              let piece = Self.piece(spelt, letter)
              if isWanted, bytes.count + piece.count <= Self.mostBytes { bytes.append(contentsOf: spelt[piece]) }
              letter = piece.upperBound
              continue
            }
            var index = Int(first)
            if first >= TermDictionary.firstLong {
              guard word < end else { break }
              index = TermDictionary.index(first, words.word16(word))
              word += 1
            }
            guard isWanted, index + 1 < offsets.count, bytes.count <= Self.mostBytes else { continue }
            bytes.append(
              contentsOf: UnsafeBufferPointer(rebasing: texts[Int(offsets[index])..<Int(offsets[index + 1])]))
          }
          if isWanted { ends.append(UInt32(truncatingIfNeeded: bytes.count)) }
        }
      }
    }
  }

  /// The bytes of the spelt-out piece whose length stands at `place`; never past the end.
  @inline(__always) private static func piece(_ spelt: UnsafeRawBufferPointer, _ place: Int) -> Range<Int> {
    guard place < spelt.count else { return spelt.count..<spelt.count }
    let short = Int(spelt[place])
    if short < 255 || place + 5 > spelt.count {
      return place + 1..<min(spelt.count, place + 1 + short)
    }
    let long = Int(UInt32(littleEndian: spelt.loadUnaligned(fromByteOffset: place + 1, as: UInt32.self)))
    return place + 5..<min(spelt.count, place + 5 + long)
  }

  /// Every text of the block as one pool, a text per row.
  func flat() -> StringPool {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(wordCount * 6 + speltCount)
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(count + 1)
    decode(0..<count, bytes: &bytes, ends: &offsets)
    while offsets.count <= count { offsets.append(offsets[offsets.count - 1]) }
    return StringPool(bytes: bytes, offsets: offsets)
  }

  /// Rows with a piece whose term passes the test: `codes` are the places of such pieces in the dictionary.
  func rows(codes: TermCodes, term test: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bitmap {
    var result = Bitmap(count: count)
    let (lengths, anchors, words, spelt) = (lengths, anchors, words, spelt)
    for group in 0..<Self.groups(count) {
      let rows = group * Self.group..<min(count, (group + 1) * Self.group)
      let from = min(wordCount, Int(anchors.word32(group * 2)))
      let next = group + 1 < Self.groups(count) ? min(wordCount, Int(anchors.word32(group * 2 + 2))) : wordCount
      var row = rows.lowerBound
      var end = from + Int(lengths.word16(row))
      codes.eachHit(words, from..<max(from, next)) { place in
        while place >= end, row + 1 < rows.upperBound {
          row += 1
          end += Int(lengths.word16(row))
        }
        result[row] = true
      }
    }
    if speltCount > 0 { addSpelt(words, lengths, spelt, test, &result) }
    return result
  }

  private func addSpelt(
    _ words: UnsafeRawBufferPointer, _ lengths: UnsafeRawBufferPointer, _ spelt: UnsafeRawBufferPointer,
    _ test: (UnsafeBufferPointer<UInt8>) -> Bool, _ result: inout Bitmap
  ) {
    let letters = spelt.bindMemory(to: UInt8.self)
    var letter = 0
    var row = 0
    var end = Int(lengths.word16(0))
    TermCodes(singles: [TermDictionary.spelt]).eachHit(words, 0..<wordCount) { place in
      while place >= end, row + 1 < count {
        row += 1
        end += Int(lengths.word16(row))
      }
      let piece = Self.piece(spelt, letter)
      if !result[row], TermDictionary.hasTerm(UnsafeBufferPointer(rebasing: letters[piece]), test) {
        result[row] = true
      }
      letter = piece.upperBound
    }
  }
}

/// Codes to look for in a stream of words.
struct TermCodes {
  /// Codes of one word: looked for one by one while they are few, by a bit per code else.
  private var singles: [UInt16] = []
  private var bits: [UInt64] = []
  private var pairs: Set<UInt32> = []
  private var firsts: [UInt16] = []

  init(singles: [UInt16]) { self.singles = singles }

  init(_ indices: [Int]) {
    for index in indices {
      var words: [UInt16] = []
      TermDictionary.append(index, to: &words)
      if words.count == 1 {
        singles.append(words[0])
      } else {
        pairs.insert(UInt32(words[0]) << 16 | UInt32(words[1]))
        if !firsts.contains(words[0]) { firsts.append(words[0]) }
      }
    }
    if singles.count > 4 {
      bits = [UInt64](repeating: 0, count: 1024)
      for code in singles { bits[Int(code >> 6)] |= 1 << UInt64(code & 63) }
    }
  }

  var isEmpty: Bool { singles.isEmpty && pairs.isEmpty }

  /// Calls `body` with each place in `range` where a code begins, in ascending order for codes of one word.
  @inline(__always) func eachHit(_ words: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    if isEmpty || range.isEmpty { return }
    if pairs.isEmpty, bits.isEmpty {
      hits(words, range, body)
    } else {
      for place in range {
        let word = words.word16(place)
        // The second word of a pair is no code of its own.
        if word >= TermDictionary.firstLong {
          if !pairs.isEmpty, place + 1 < range.upperBound, word != TermDictionary.spelt,
            pairs.contains(UInt32(word) << 16 | UInt32(words.word16(place + 1)))
          {
            body(place)
          }
        } else if bits.isEmpty
          ? singles.contains(word) : bits[Int(word >> 6)] >> UInt64(word & 63) & 1 == 1,
          place == range.lowerBound || !isFirst(words.word16(place - 1))
        {
          body(place)
        }
      }
    }
  }

  @inline(__always) private func isFirst(_ word: UInt16) -> Bool {
    word >= TermDictionary.firstLong && word != TermDictionary.spelt
  }

  /// At most four codes of one word: sixteen places at a time.
  @inline(__always) private func hits(_ words: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    guard let base = words.baseAddress else { return }
    let a = SIMD16<UInt16>(repeating: singles[0].littleEndian)
    let b = SIMD16<UInt16>(repeating: singles[min(1, singles.count - 1)].littleEndian)
    let c = SIMD16<UInt16>(repeating: singles[min(2, singles.count - 1)].littleEndian)
    let d = SIMD16<UInt16>(repeating: singles[min(3, singles.count - 1)].littleEndian)
    var at = range.lowerBound
    func test(_ place: Int) {
      if singles.contains(words.word16(place)), place == range.lowerBound || !isFirst(words.word16(place - 1)) {
        body(place)
      }
    }
    while at + 16 <= range.upperBound {
      let lanes = base.loadUnaligned(fromByteOffset: at * 2, as: SIMD16<UInt16>.self)
      if any((lanes .== a) .| (lanes .== b) .| (lanes .== c) .| (lanes .== d)) {
        for place in at..<at + 16 { test(place) }
      }
      at += 16
    }
    while at < range.upperBound {
      test(at)
      at += 1
    }
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always) func word16(_ index: Int) -> UInt16 {
    UInt16(littleEndian: loadUnaligned(fromByteOffset: index &* 2, as: UInt16.self))
  }
  @inline(__always) func word32(_ index: Int) -> UInt32 {
    UInt32(littleEndian: loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
  }
}
