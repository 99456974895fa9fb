// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The phrases that the texts of an extent are made of, and the codes that stand for them.
///
/// A piece is a term (letters, digits, bytes of other scripts) with what follows it up to the next term. A phrase is a
/// piece, or a run of pieces that often meet. The commonest 61,440 phrases have a code of one 16-bit word below
/// `firstLong`; the others of two, the first from `firstLong` on, the second below it. `has` looks for the codes of
/// phrases with a term, so a text column is its own index.
final class TermDictionary: Sendable {
  static let firstLong: UInt16 = 0xF000
  /// The word before a piece that is not in the dictionary.
  static let spelt: UInt16 = 0xFFFF

  /// The pieces of each phrase, one phrase after another.
  struct Phrases: Sendable {
    var places: [UInt32] = []
    /// Where the pieces of each phrase end.
    var ends: [UInt32] = []

    func pieces(of phrase: Int) -> some Sequence<Int> {
      places[(phrase == 0 ? 0 : Int(ends[phrase - 1]))..<Int(ends[phrase])].lazy.map { Int($0) }
    }
  }

  private let pieces: StringPool
  /// Nil where each piece is a phrase of its own.
  private let phrases: Phrases?
  /// The texts of the phrases, once somebody wants to read some: searches look at the pieces only.
  private let whole = Mutex<StringPool?>(nil)
  /// Codes that searches have asked for; a query asks the same of every block.
  private let searches = Mutex<[String: TermCodes]>([:])
  private let passages = Mutex<[String: Passage]>([:])

  init(_ pieces: StringPool, _ phrases: Phrases? = nil) {
    self.pieces = pieces
    self.phrases = phrases
  }

  /// The texts by code.
  var texts: StringPool {
    guard let phrases else { return pieces }
    return whole.withLock { whole in
      if let whole { return whole }
      var builder = StringPoolBuilder()
      for phrase in phrases.ends.indices { builder.append(phrases.pieces(of: phrase), of: pieces) }
      let made = builder.finish()
      whole = made
      return made
    }
  }

  /// The place of the phrase whose words are `first` and, if that is long, `second`.
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

  /// Codes of the phrases with a term that passes the test that `search` names.
  ///
  /// - Parameter literal: bytes that every term that passes has in it, once its ASCII letters are lower case if it `folds`.
  func codes(
    _ search: String, literal: [UInt8]?, folds: Bool, _ test: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> TermCodes {
    if let known = searches.withLock({ $0[search] }) { return known }
    let codes = TermCodes(hits(literal, folds, test))
    searches.withLock { searches in
      if searches.count >= 64 { searches = [:] }
      searches[search] = codes
    }
    return codes
  }

  private func hits(_ literal: [UInt8]?, _ folds: Bool, _ test: (UnsafeBufferPointer<UInt8>) -> Bool) -> [Int] {
    let isHit = pieceHits(literal, folds, test)
    guard let phrases else { return isHit.indices.filter { isHit[$0] } }
    if !isHit.contains(true) { return [] }
    var found: [Int] = []
    var at = 0
    for (phrase, end) in phrases.ends.enumerated() {
      var isFound = false
      while at < Int(end) {
        isFound = isFound || isHit[Int(phrases.places[at])]
        at += 1
      }
      if isFound { found.append(phrase) }
    }
    return found
  }

  private func pieceHits(
    _ literal: [UInt8]?, _ folds: Bool, _ test: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> [Bool] {
    var isHit = [Bool](repeating: false, count: pieces.count)
    guard let literal, !literal.isEmpty else {
      for piece in isHit.indices { isHit[piece] = pieces.withUTF8(piece) { test(Self.term(of: $0)) } }
      return isHit
    }
    // One search over all pieces finds the few that are worth a look.
    let offsets = pieces.offsets
    let letters = pieces.bytes
    let searched = folds ? letters.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } : letters
    letters.withUnsafeBufferPointer { bytes in
      var from = 0
      var piece = 0
      while let place = ByteSearch.find(literal, in: searched, from: from) {
        while piece + 1 < isHit.count, Int(offsets[piece + 1]) <= place { piece += 1 }
        guard piece < isHit.count, place < Int(offsets[piece + 1]) else { return }
        let range = Int(offsets[piece])..<Int(offsets[piece + 1])
        if test(Self.term(of: UnsafeBufferPointer(rebasing: bytes[range]))) { isHit[piece] = true }
        from = range.upperBound
      }
    }
    return isHit
  }

  /// What each phrase does to a machine.
  struct Passage: Sendable {
    /// Its state after each phrase that it reads from the start.
    let states: [UInt8]
    /// The codes of phrases after which something of the needle was seen, and of those that are spelt out.
    let codes: TermCodes
  }

  /// The passage of a machine, which `search` names, through all phrases.
  func passage(_ search: String, _ machine: TextMachine) -> Passage {
    if let known = passages.withLock({ $0[search] }) { return known }
    let pieceStates = (0..<pieces.count).map { piece in
      pieces.withUTF8(piece) { machine.state(TextMachine.start, after: $0) }
    }
    var states = pieceStates
    if let phrases {
      states.removeAll(keepingCapacity: true)
      states.reserveCapacity(phrases.ends.count)
      var at = 0
      for end in phrases.ends {
        var state = TextMachine.start
        while at < Int(end) {
          let piece = Int(phrases.places[at])
          state =
            state == TextMachine.start
            ? pieceStates[piece] : pieces.withUTF8(piece) { machine.state(state, after: $0) }
          at += 1
        }
        states.append(state)
      }
    }
    let codes = machine.isAnchored ? [] : states.indices.filter { !machine.isIdle(states[$0]) }
    let made = Passage(states: states, codes: TermCodes(codes, andSpelt: true))
    passages.withLock { passages in
      if passages.count >= 16 { passages = [:] }
      passages[search] = made
    }
    return made
  }

  /// The state of a machine after a phrase that it does not read from the start.
  func state(_ machine: TextMachine, _ state: UInt8, after phrase: Int) -> UInt8 {
    guard let phrases else { return pieces.withUTF8(phrase) { machine.state(state, after: $0) } }
    var state = state
    for piece in phrases.pieces(of: phrase) {
      state = pieces.withUTF8(piece) { machine.state(state, after: $0) }
    }
    return state
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
