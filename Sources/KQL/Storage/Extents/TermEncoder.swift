// SPDX-License-Identifier: Apache-2.0

/// Texts turned into words of a dictionary.
///
/// All texts are cut into pieces. A piece that is always followed by the same one is joined with it: `user42@` with
/// `example.` and `com `. What this leaves are tokens; those that often meet are joined to phrases.
struct TermEncoder {
  /// The dictionary's pieces, the commonest first.
  private(set) var pieces = StringPool.empty
  /// The phrases in the order of their codes.
  private(set) var phrases = TermDictionary.Phrases()
  /// All pieces by number; a phrase that has no code is the piece of its number.
  private let all: StringPool
  /// Code of a phrase by its number; -1 where it is spelt out.
  private var codes: [Int32]
  /// The numbers of the phrases of all texts, and where those of each text end.
  private var numbers: [UInt32]
  private var ends: [UInt32]
  private var next = 0
  private var learner = PhraseLearner(tokens: 0)

  /// The most pieces of a token.
  private static let longestToken: UInt8 = 16

  /// Reads all texts of an extent to learn which pieces are common.
  init(_ texts: StringColumn) {
    var cutter = PieceCutter()
    cutter.cut(texts)
    (numbers, ends, all) = (cutter.numbers, cutter.ends, cutter.pool)
    cutter.numbers = []
    codes = []
    let lengths = cutter.tokenLengths(most: Self.longestToken)
    compact { numbers, range, put in
      var at = range.lowerBound
      while at < range.upperBound {
        let number = numbers[at]
        put(number)
        at += Int(lengths[Int(number)])
      }
    }
    let isAlone = cutter.counts.map { $0 < 2 }
    var learner = PhraseLearner(tokens: all.count)
    learner.learn(numbers, ends, isAlone: isAlone)
    var uses = [UInt32](repeating: 0, count: learner.count)
    compact { numbers, range, put in
      learner.parse(numbers, range) { phrase, _ in
        uses[Int(phrase)] &+= 1
        put(phrase)
      }
    }
    for piece in isAlone.indices where isAlone[piece] { uses[piece] = 0 }
    // A longer phrase that is too rare for a code of one word saves nothing, and a search for a common term would have to
    // look at both words of each long code for its sake.
    let least = PhraseLearner.use(ofRank: Int(TermDictionary.firstLong), uses)
    for phrase in uses.indices.reversed() where uses[phrase] > 0 && uses[phrase] <= least {
      guard let (first, last) = learner.parts(of: phrase) else { break }
      uses[first] += uses[phrase]
      uses[last] += uses[phrase]
      uses[phrase] = 0
    }
    self.learner = learner
    assignCodes(uses) { phrase, put in
      for token in learner.tokens(of: phrase) { cutter.eachPiece(ofToken: token, lengths[Int(token)], put) }
    }
  }

  /// Puts what `body` makes of the numbers of each text, never more of them than there were, in their place.
  private mutating func compact(
    _ body: (UnsafeBufferPointer<UInt32>, Range<Int>, (UInt32) -> Void) -> Void
  ) {
    var written = 0
    numbers.withUnsafeMutableBufferPointer { numbers in
      let source = UnsafeBufferPointer(numbers)
      var start = 0
      for text in ends.indices {
        let end = Int(ends[text])
        body(source, start..<end) { number in
          numbers[written] = number
          written &+= 1
        }
        start = end
        ends[text] = UInt32(truncatingIfNeeded: written)
      }
    }
    numbers.removeLast(numbers.count - written)
  }

  /// Gives the commonest phrases the lowest codes. `expand` tells the pieces of a phrase.
  private mutating func assignCodes(_ uses: [UInt32], _ expand: (UInt32, (Int) -> Void) -> Void) {
    codes = [Int32](repeating: -1, count: uses.count)
    var order: [UInt64] = []
    for number in uses.indices where uses[number] > 0 {
      order.append(UInt64(uses[number]) << 32 | UInt64(UInt32.max - UInt32(number)))
    }
    order.sort(by: >)
    var places = [UInt32](repeating: .max, count: all.count)
    var builder = StringPoolBuilder()
    var count: UInt32 = 0
    for (code, entry) in order.enumerated() {
      let number = UInt32.max - UInt32(truncatingIfNeeded: entry)
      codes[Int(number)] = Int32(code)
      expand(number) { piece in
        if places[piece] == .max {
          all.withUTF8(piece) { builder.append($0) }
          places[piece] = count
          count += 1
        }
        phrases.places.append(places[piece])
      }
      phrases.ends.append(UInt32(truncatingIfNeeded: phrases.places.count))
    }
    pieces = builder.finish()
  }

  /// Appends the words of the next text. Pieces that have no code go to `spelt`.
  mutating func encodeNext(words: inout [UInt16], spelt: inout [UInt8]) {
    let range = (next == 0 ? 0 : Int(ends[next - 1]))..<Int(ends[next])
    let (firstWord, firstLetter) = (words.count, spelt.count)
    for place in range { encode(Int(numbers[place]), &words, &spelt) }
    // The number of words is kept in 16 bits: a text of more is spelt out as one piece.
    if words.count - firstWord > Int(UInt16.max) {
      words.removeSubrange(firstWord...)
      spelt.removeSubrange(firstLetter...)
      words.append(TermDictionary.spelt)
      text(of: range).withUnsafeBufferPointer { Self.spell($0, into: &spelt) }
    }
    next += 1
  }

  private func encode(_ phrase: Int, _ words: inout [UInt16], _ spelt: inout [UInt8]) {
    if codes[phrase] >= 0 {
      TermDictionary.append(Int(codes[phrase]), to: &words)
    } else if let (first, last) = learner.parts(of: phrase) {
      encode(first, &words, &spelt)
      encode(last, &words, &spelt)
    } else {
      words.append(TermDictionary.spelt)
      all.withUTF8(phrase) { Self.spell($0, into: &spelt) }
    }
  }

  private func text(of range: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    func append(_ phrase: Int) {
      if codes[phrase] >= 0 {
        for piece in phrases.pieces(of: Int(codes[phrase])) { pieces.withUTF8(piece) { text.append(contentsOf: $0) } }
      } else if let (first, last) = learner.parts(of: phrase) {
        append(first)
        append(last)
      } else {
        all.withUTF8(phrase) { text.append(contentsOf: $0) }
      }
    }
    for place in range { append(Int(numbers[place])) }
    return text
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

/// Texts cut into pieces, each piece once under a number.
private struct PieceCutter {
  private var interner = StringColumnBuilder()
  /// How often each piece occurs.
  private(set) var counts: [UInt32] = []
  /// The piece after each piece, where it is always the same one; `ending` where a text always ends.
  private var followers: [UInt32] = []
  /// Pieces that are about to be interned.
  private var cuts: [(hash: UInt64, start: Int, end: Int)] = []
  /// The numbers of the pieces of all texts, and where those of each text end.
  var numbers: [UInt32] = []
  private(set) var ends: [UInt32] = []

  private static let unseen = UInt32.max
  private static let several = UInt32.max - 1
  private static let ending = UInt32.max - 2

  var pool: StringPool { interner.distinct().pool }

  mutating func cut(_ texts: StringColumn) {
    let count = texts.codes.count
    ends.reserveCapacity(count)
    for (row, code) in texts.codes.enumerated() {
      // What the first texts needed tells what all need: doubled in steps the array would be twice as large for a while.
      if row == 1 << 14 {
        numbers.reserveCapacity(min(numbers.count / (1 << 14) * count / 16 * 17, texts.pool.bytes.count / 3))
      }
      texts.pool.withUTF8(Int(code)) { cut($0) }
      ends.append(UInt32(truncatingIfNeeded: numbers.count))
    }
  }

  private mutating func cut(_ text: UnsafeBufferPointer<UInt8>) {
    var last: Int?
    var at = 0
    while at < text.count {
      // Most of what a piece costs is to wait for memory: that of several is asked for at once.
      cuts.removeAll(keepingCapacity: true)
      while at < text.count, cuts.count < 32 {
        let end = TermDictionary.end(of: text, from: at)
        let hash = ByteHash.hash(UnsafeBufferPointer(rebasing: text[at..<end]))
        interner.peek(hash)
        cuts.append((hash, at, end))
        at = end
      }
      for (hash, start, end) in cuts {
        let number = interner.intern(UnsafeBufferPointer(rebasing: text[start..<end]), hash: hash)
        if Int(number) == counts.count {
          counts.append(1)
          followers.append(Self.unseen)
        } else {
          counts[Int(number)] &+= 1
        }
        if let last { follow(last, number) }
        last = Int(number)
        numbers.append(number)
      }
    }
    if let last { follow(last, Self.ending) }
  }

  @inline(__always) private mutating func follow(_ piece: Int, _ next: UInt32) {
    let known = followers[piece]
    if known == next || known == Self.several { return }
    followers[piece] = known == Self.unseen ? next : Self.several
  }

  /// How many pieces there always are from each piece on: 1 where another may follow, or where it occurs only once.
  func tokenLengths(most: UInt8) -> [UInt8] {
    counts.indices.map { piece in
      if counts[piece] < 2 { return 1 }
      var (length, at): (UInt8, UInt32) = (1, followers[piece])
      while length < most, at < Self.ending {
        length += 1
        at = followers[Int(at)]
      }
      return length
    }
  }

  func eachPiece(ofToken token: UInt32, _ length: UInt8, _ body: (Int) -> Void) {
    var piece = Int(token)
    for index in 0..<length {
      if index > 0 { piece = Int(followers[piece]) }
      body(piece)
    }
  }
}
