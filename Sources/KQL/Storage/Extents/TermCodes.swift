// SPDX-License-Identifier: Apache-2.0

/// Codes to look for in a stream of words.
struct TermCodes {
  /// Codes of one word, while they are few enough to be looked for one by one.
  private var few: [UInt16] = []
  /// Else a byte for each word, 1 where it is such a code or begins one of two words,
  private var flags: [UInt8] = []
  /// and a bit for each code of two words.
  private var longs: [UInt64] = []

  init(single: UInt16) { few = [single] }

  /// - Parameter andSpelt: whether the word before a spelt-out piece is looked for as well.
  init(_ indices: [Int], andSpelt: Bool = false) {
    let first = Int(TermDictionary.firstLong)
    if indices.isEmpty, andSpelt {
      few = [TermDictionary.spelt]
      return
    }
    if !andSpelt, indices.count <= 4, indices.allSatisfy({ $0 < first }) {
      few = indices.map { UInt16($0) }
      return
    }
    flags = [UInt8](repeating: 0, count: 1 << 16)
    if andSpelt { flags[Int(TermDictionary.spelt)] = 1 }
    longs = [UInt64](repeating: 0, count: max(0, (indices.max() ?? 0) - first) / 64 + 1)
    var words: [UInt16] = []
    for index in indices {
      words.removeAll(keepingCapacity: true)
      TermDictionary.append(index, to: &words)
      flags[Int(words[0])] = 1
      if index >= first { longs[(index - first) >> 6] |= 1 << UInt64((index - first) & 63) }
    }
  }

  var isEmpty: Bool { few.isEmpty && flags.isEmpty }

  /// Calls `body` with each place in `range` where a code begins, in ascending order. No code may begin before the range
  /// and end in it.
  @inline(__always) func eachHit(_ words: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    if isEmpty || range.isEmpty { return }
    if flags.isEmpty { fewHits(words, range, body) } else { hits(words, range, body) }
  }

  /// Whether a code begins at a place: the second word of a pair is no code of its own.
  @inline(__always) private func isStart(_ words: UnsafeRawBufferPointer, _ place: Int, _ range: Range<Int>) -> Bool {
    if place > range.lowerBound {
      let before = words.word16(place - 1)
      if before >= TermDictionary.firstLong, before != TermDictionary.spelt { return false }
    }
    let word = words.word16(place)
    if word < TermDictionary.firstLong || word == TermDictionary.spelt { return true }
    guard place + 1 < range.upperBound else { return false }
    let index = TermDictionary.index(word, words.word16(place + 1)) - Int(TermDictionary.firstLong)
    return index >> 6 < longs.count && longs[index >> 6] >> UInt64(index & 63) & 1 == 1
  }

  /// Any number of codes: a look-up for each word, sixteen words between two branches.
  @inline(__always) private func hits(_ words: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    flags.withUnsafeBufferPointer { flags in
      var at = range.lowerBound
      func test(_ place: Int) {
        if flags[Int(words.word16(place))] != 0, isStart(words, place, range) { body(place) }
      }
      while at &+ 16 <= range.upperBound {
        var found: UInt8 = 0
        for part in 0..<4 {
          let four = UInt64(littleEndian: words.loadUnaligned(fromByteOffset: at &* 2 &+ part &* 8, as: UInt64.self))
          let (a, b) = (flags[Int(four & 0xFFFF)], flags[Int(four &>> 16 & 0xFFFF)])
          let (c, d) = (flags[Int(four &>> 32 & 0xFFFF)], flags[Int(four &>> 48)])
          found |= a | b | c | d
        }
        if found != 0 {
          for place in at..<at &+ 16 { test(place) }
        }
        at &+= 16
      }
      while at < range.upperBound {
        test(at)
        at &+= 1
      }
    }
  }

  /// At most four codes of one word: sixteen places at a time.
  @inline(__always) private func fewHits(_ words: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    guard let base = words.baseAddress else { return }
    let a = SIMD16<UInt16>(repeating: few[0].littleEndian)
    let b = SIMD16<UInt16>(repeating: few[min(1, few.count - 1)].littleEndian)
    let c = SIMD16<UInt16>(repeating: few[min(2, few.count - 1)].littleEndian)
    let d = SIMD16<UInt16>(repeating: few[min(3, few.count - 1)].littleEndian)
    var at = range.lowerBound
    func test(_ place: Int) {
      if few.contains(words.word16(place)), isStart(words, place, range) { body(place) }
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
