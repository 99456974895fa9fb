// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The texts of one block in words of its extent's dictionary; a text is put together when it is asked for.
///
/// Layout: the number of words of each text (8 or 16 bits each), then for every 64th text the places of its first word and
/// of its first spelt-out byte (32 bits each), then the words, then the bytes of pieces that are spelt out.
final class TextBlock: Sendable {
  static let group = 64
  /// The most bytes of the texts of a block, which offsets of 32 bits can tell.
  private static let mostBytes = 1 << 31
  let dictionary: TermDictionary
  private let file: MappedFile
  private let start: Int
  private let shape: Shape

  /// What a block has room for.
  struct Shape {
    var count: Int
    /// Bytes of the number of words of a text: 1 or 2.
    var lengthBytes: Int
    var words: Int
    var spelt: Int

    var groups: Int { (count + group - 1) / group }
    fileprivate var anchorStart: Int { count * lengthBytes }
    fileprivate var wordStart: Int { anchorStart + groups * 8 }
    fileprivate var speltStart: Int { wordStart + words * 2 }
    var size: Int { speltStart + spelt }
  }

  /// - Parameter start: the place of the block in the file.
  init(_ file: MappedFile, at start: Int, _ shape: Shape, dictionary: TermDictionary) {
    self.file = file
    self.start = start
    self.shape = shape
    self.dictionary = dictionary
  }

  var count: Int { shape.count }
  private var wordCount: Int { shape.words }
  private var speltCount: Int { shape.spelt }

  private var lengths: Lengths { Lengths(bytes: part(0, shape.anchorStart), isShort: shape.lengthBytes == 1) }
  private var anchors: UnsafeRawBufferPointer { part(shape.anchorStart, shape.wordStart) }
  private var words: UnsafeRawBufferPointer { part(shape.wordStart, shape.speltStart) }
  private var spelt: UnsafeRawBufferPointer { part(shape.speltStart, shape.size) }
  private func part(_ from: Int, _ end: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: file.bytes[start + from..<start + end])
  }

  /// The numbers of words of the texts.
  private struct Lengths {
    let bytes: UnsafeRawBufferPointer
    let isShort: Bool
    @inline(__always) subscript(_ row: Int) -> Int { isShort ? Int(bytes[row]) : Int(bytes.word16(row)) }
  }

  /// Calls `body` with the parts of the texts of a range of rows, one after another, and `end` after each text.
  @inline(__always) private func walk(
    _ rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void, end: () -> Void
  ) {
    if rows.isEmpty { return }
    let (lengths, anchors, words, spelt) = (lengths, anchors, words, spelt)
    let group = rows.lowerBound / Self.group
    var word = min(wordCount, Int(anchors.word32(group * 2)))
    var letter = min(speltCount, Int(anchors.word32(group * 2 + 1)))
    let texts = dictionary.texts
    texts.bytes.withUnsafeBufferPointer { letters in
      texts.offsets.withUnsafeBufferPointer { offsets in
        for row in group * Self.group..<rows.upperBound {
          let isWanted = row >= rows.lowerBound
          // Damage that a checksum did not catch must not read past the block.
          let last = min(wordCount, word + lengths[row])
          while word < last {
            let first = words.word16(word)
            word += 1
            if first == TermDictionary.spelt {
              let piece = Self.piece(spelt, letter)
              if isWanted { body(UnsafeBufferPointer(rebasing: spelt.bindMemory(to: UInt8.self)[piece])) }
              letter = piece.upperBound
              continue
            }
            var index = Int(first)
            if first >= TermDictionary.firstLong {
              guard word < last else { break }
              index = TermDictionary.index(first, words.word16(word))
              word += 1
            }
            guard isWanted, index + 1 < offsets.count else { continue }
            body(UnsafeBufferPointer(rebasing: letters[Int(offsets[index])..<Int(offsets[index + 1])]))
          }
          if isWanted { end() }
        }
      }
    }
  }

  func text(_ row: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    walk(row..<row + 1) { part in
      if bytes.count + part.count <= Self.mostBytes { bytes.append(contentsOf: part) }
    } end: {
    }
    return bytes
  }

  /// Every text of the block as one pool, a text per row.
  func flat() -> StringPool {
    var size = 0
    walk(0..<count) { part in
      if size + part.count <= Self.mostBytes { size += part.count }
    } end: {
    }
    var offsets: [UInt32] = [0]
    offsets.reserveCapacity(count + 1)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { bytes, written in
      guard let base = bytes.baseAddress else { return }
      walk(0..<count) { part in
        guard written + part.count <= size, let source = part.baseAddress else { return }
        (base + written).initialize(from: source, count: part.count)
        written += part.count
      } end: {
        offsets.append(UInt32(truncatingIfNeeded: written))
      }
    }
    while offsets.count <= count { offsets.append(offsets[offsets.count - 1]) }
    return StringPool(bytes: bytes, offsets: offsets)
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

  /// Rows with a term that passes the test: `codes` are those of the phrases with such a term.
  func rows(codes: TermCodes, term test: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bitmap {
    var result = Bitmap(count: count)
    let (lengths, anchors, words, spelt) = (lengths, anchors, words, spelt)
    for group in 0..<shape.groups {
      let rows = group * Self.group..<min(count, (group + 1) * Self.group)
      let from = min(wordCount, Int(anchors.word32(group * 2)))
      let next = group + 1 < shape.groups ? min(wordCount, Int(anchors.word32(group * 2 + 2))) : wordCount
      var row = rows.lowerBound
      var end = from + lengths[row]
      codes.eachHit(words, from..<max(from, next)) { place in
        while place >= end, row + 1 < rows.upperBound {
          row += 1
          end += lengths[row]
        }
        result[row] = true
      }
    }
    if speltCount > 0 { addSpelt(words, lengths, spelt, test, &result) }
    return result
  }

  /// Rows whose text passes the operator that `search` names.
  func rows(_ search: String, _ machine: TextMachine) -> Bitmap {
    let passage = dictionary.passage(search, machine)
    var result = Bitmap(count: count)
    let (lengths, anchors, words, spelt) = (lengths, anchors, words, spelt)
    for group in 0..<shape.groups {
      let rows = group * Self.group..<min(count, (group + 1) * Self.group)
      let from = min(wordCount, Int(anchors.word32(group * 2)))
      let next =
        group + 1 < shape.groups ? min(wordCount, Int(anchors.word32(group * 2 + 2))) : wordCount
      let range = from..<max(from, next)
      var row = rows.lowerBound
      var begin = from
      var end = from + lengths[row]
      var letter = min(speltCount, Int(anchors.word32(group * 2 + 1)))
      if machine.isAnchored {
        // Where the spelt-out pieces of a row begin is only known from those of the rows before it.
        var places: [(word: Int, letter: Int)] = []
        if speltCount > 0 {
          TermCodes(single: TermDictionary.spelt).eachHit(words, range) { place in
            places.append((place, letter))
            letter = Self.piece(spelt, letter).upperBound
          }
        }
        var known = 0
        for row in rows {
          let end = min(range.upperBound, begin + lengths[row])
          while known < places.count, places[known].word < begin { known += 1 }
          let letter = known < places.count ? places[known].letter : spelt.count
          var seen = begin
          result[row] = passes(machine, passage, words, begin..<max(begin, end), spelt, letter, &seen)
          begin = end
        }
        continue
      }
      // A run of the machine has seen all words up to where it stopped.
      var seen = from
      passage.codes.eachHit(words, range) { place in
        let first = letter
        if words.word16(place) == TermDictionary.spelt {
          letter = Self.piece(spelt, letter).upperBound
        }
        while place >= end, row + 1 < rows.upperBound {
          row += 1
          end += lengths[row]
        }
        if place < seen || result[row] { return }
        let rest = place..<max(place + 1, min(end, range.upperBound))
        if passes(machine, passage, words, rest, spelt, first, &seen) { result[row] = true }
      }
    }
    return result
  }

  /// Whether the words from the first on make the text pass, as long as something of the needle was seen after each;
  /// `at` is where this ended.
  @inline(__always) private func passes(
    _ machine: TextMachine, _ passage: TermDictionary.Passage, _ words: UnsafeRawBufferPointer, _ range: Range<Int>,
    _ spelt: UnsafeRawBufferPointer, _ firstLetter: Int, _ at: inout Int
  ) -> Bool {
    var (state, letter) = (TextMachine.start, firstLetter)
    at = range.lowerBound
    while at < range.upperBound {
      let word = words.word16(at)
      at += 1
      if word == TermDictionary.spelt {
        let piece = Self.piece(spelt, letter)
        letter = piece.upperBound
        state = machine.state(state, after: UnsafeBufferPointer(rebasing: spelt.bindMemory(to: UInt8.self)[piece]))
      } else {
        var phrase = Int(word)
        if word >= TermDictionary.firstLong {
          guard at < range.upperBound else { return false }
          phrase = TermDictionary.index(word, words.word16(at))
          at += 1
        }
        guard phrase < passage.states.count else { return false }
        state =
          state == TextMachine.start ? passage.states[phrase] : dictionary.state(machine, state, after: phrase)
      }
      if state == machine.found { return true }
      if state == machine.failed || machine.isIdle(state) { return false }
    }
    return machine.passes(state)
  }

  private func addSpelt(
    _ words: UnsafeRawBufferPointer, _ lengths: Lengths, _ spelt: UnsafeRawBufferPointer,
    _ test: (UnsafeBufferPointer<UInt8>) -> Bool, _ result: inout Bitmap
  ) {
    let letters = spelt.bindMemory(to: UInt8.self)
    var letter = 0
    var row = 0
    var end = lengths[0]
    TermCodes(single: TermDictionary.spelt).eachHit(words, 0..<wordCount) { place in
      while place >= end, row + 1 < count {
        row += 1
        end += lengths[row]
      }
      let piece = Self.piece(spelt, letter)
      if !result[row], TermDictionary.hasTerm(UnsafeBufferPointer(rebasing: letters[piece]), test) {
        result[row] = true
      }
      letter = piece.upperBound
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
