// SPDX-License-Identifier: Apache-2.0

/// Learns which tokens often meet, from a sample of texts, and cuts texts into phrases of them.
///
/// A phrase is a token, or a phrase with a token after it. Tokens are numbered from 0, longer phrases after them. A text
/// is cut greedily, the longest phrase from where the last one ended.
struct PhraseLearner {
  private let tokens: Int
  /// Of each longer phrase: the phrase it goes on from, and the token after that.
  private var parents: [UInt32] = []
  private var lasts: [UInt32] = []
  /// The longer phrases by what they are made of.
  private var known = PairTally()
  /// Whether any longer phrase goes on from this one.
  private var goesOn: [Bool]

  /// Tokens of the sample, and longer phrases, at most.
  private static let sampleTokens = 1 << 20
  private static let mostPhrases = 1 << 15
  /// The most tokens of a phrase, less one.
  private static let rounds = 4

  init(tokens: Int) {
    self.tokens = tokens
    goesOn = [Bool](repeating: false, count: tokens)
  }

  /// Tokens and longer phrases.
  var count: Int { tokens + parents.count }

  /// Makes phrases of what meets often in every so many of the texts.
  ///
  /// - Parameters:
  ///   - numbers: the tokens of all texts.
  ///   - ends: where those of each text end.
  ///   - isAlone: tokens that no phrase has.
  mutating func learn(_ numbers: [UInt32], _ ends: [UInt32], isAlone: [Bool]) {
    let sample = Self.sample(numbers, ends)
    var uses = [UInt32](repeating: 0, count: tokens)
    for number in numbers { uses[Int(number)] &+= 1 }
    let most = Self.use(ofRank: 0xF000, uses)
    var seen = [UInt32](repeating: 0, count: tokens)
    var taken = 0
    for range in sample {
      taken += range.count
      for place in range { seen[Int(numbers[place])] &+= 1 }
    }
    // A phrase saves a word wherever it stands. It takes the short code of a phrase that is used `most` times, which then
    // costs a word more, and has to pay for its own place in the dictionary.
    let share = Double(taken) / Double(max(1, numbers.count))
    let least = UInt32(max(3, (Double(most + 4) * share).rounded(.up)))
    let isCommon = seen.indices.map { seen[$0] >= least && !isAlone[$0] }
    var fresh: UInt32 = 0
    numbers.withUnsafeBufferPointer { numbers in
      for _ in 0..<Self.rounds {
        var tally = PairTally()
        for range in sample {
          parse(numbers, range) { phrase, next in
            // What meets a phrase that is known from before was seen to be rare.
            guard phrase >= fresh, next < range.upperBound, isCommon[Int(numbers[next])],
              Int(phrase) >= tokens || isCommon[Int(phrase)]
            else { return }
            tally.add(phrase, numbers[next])
          }
        }
        fresh = UInt32(count)
        var found = tally.pairs(atLeast: least)
        found.sort { $0.uses != $1.uses ? $0.uses > $1.uses : ($0.left, $0.right) < ($1.left, $1.right) }
        for pair in found.prefix(Self.mostPhrases - parents.count) {
          known.set(pair.left, pair.right, UInt32(count))
          goesOn[Int(pair.left)] = true
          goesOn.append(false)
          parents.append(pair.left)
          lasts.append(pair.right)
        }
        if Int(fresh) == count { break }
      }
    }
  }

  /// Runs of 64 texts from all over, about `sampleTokens` in all.
  private static func sample(_ numbers: [UInt32], _ ends: [UInt32]) -> [Range<Int>] {
    let step = max(1, (numbers.count + sampleTokens - 1) / sampleTokens)
    return ends.indices.filter { $0 / 64 % step == 0 }.map { ($0 == 0 ? 0 : Int(ends[$0 - 1]))..<Int(ends[$0]) }
  }

  /// How often the token is used that has this place among the commonest.
  static func use(ofRank rank: Int, _ uses: [UInt32]) -> UInt32 {
    guard uses.count > rank else { return 0 }
    var tokens = [Int](repeating: 0, count: 256)
    for use in uses { tokens[Int(min(use, 255))] += 1 }
    var before = 0
    for use in tokens.indices.reversed() {
      before += tokens[use]
      if before > rank { return UInt32(use) }
    }
    return 0
  }

  /// Calls `body` with each phrase of the tokens in `range`, and the place after it.
  @inline(__always) func parse(
    _ numbers: UnsafeBufferPointer<UInt32>, _ range: Range<Int>, _ body: (UInt32, Int) -> Void
  ) {
    var at = range.lowerBound
    while at < range.upperBound {
      var phrase = numbers[at]
      at &+= 1
      while at < range.upperBound, goesOn[Int(phrase)], let longer = known.find(phrase, numbers[at]) {
        phrase = longer
        at &+= 1
      }
      body(phrase, at)
    }
  }

  /// The phrase and the token after it that a longer phrase is made of; nil where it is a token.
  func parts(of phrase: Int) -> (Int, Int)? {
    phrase < tokens ? nil : (Int(parents[phrase - tokens]), Int(lasts[phrase - tokens]))
  }

  /// The tokens of a phrase.
  func tokens(of phrase: UInt32) -> [UInt32] {
    var (phrase, reversed) = (Int(phrase), [UInt32]())
    while phrase >= tokens {
      reversed.append(lasts[phrase - tokens])
      phrase = Int(parents[phrase - tokens])
    }
    reversed.append(UInt32(phrase))
    return reversed.reversed()
  }
}

/// A number for pairs of numbers: open addressing, a pair with the number 0 is none.
private struct PairTally {
  private var keys = [UInt64](repeating: 0, count: 1024)
  private var values = [UInt32](repeating: 0, count: 1024)
  private var count = 0

  @inline(__always) private func slot(_ key: UInt64) -> Int {
    let mask = keys.count &- 1
    var slot = Int(truncatingIfNeeded: ByteHash.mix(key)) & mask
    while values[slot] != 0, keys[slot] != key { slot = (slot &+ 1) & mask }
    return slot
  }

  @inline(__always) private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
    UInt64(left) << 32 | UInt64(right)
  }

  @inline(__always) func find(_ left: UInt32, _ right: UInt32) -> UInt32? {
    let value = values[slot(Self.key(left, right))]
    return value == 0 ? nil : value
  }

  mutating func add(_ left: UInt32, _ right: UInt32) { set(left, right, (find(left, right) ?? 0) &+ 1) }

  mutating func set(_ left: UInt32, _ right: UInt32, _ value: UInt32) {
    let key = Self.key(left, right)
    let slot = slot(key)
    if values[slot] == 0 { count += 1 }
    keys[slot] = key
    values[slot] = value
    guard count * 2 > keys.count else { return }
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    values = [UInt32](repeating: 0, count: oldKeys.count * 2)
    for index in oldKeys.indices where oldValues[index] != 0 {
      let slot = self.slot(oldKeys[index])
      keys[slot] = oldKeys[index]
      values[slot] = oldValues[index]
    }
  }

  func pairs(atLeast least: UInt32) -> [(left: UInt32, right: UInt32, uses: UInt32)] {
    keys.indices.filter { values[$0] >= least }.map {
      (UInt32(truncatingIfNeeded: keys[$0] >> 32), UInt32(truncatingIfNeeded: keys[$0]), values[$0])
    }
  }
}
