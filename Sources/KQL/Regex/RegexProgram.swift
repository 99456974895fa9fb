// SPDX-License-Identifier: Apache-2.0

/// A regular expression as instructions of a machine that follows all its threads at once.
struct RegexProgram: Sendable {
  enum Instruction: Sendable {
    case one(UInt32)
    case set(Int)
    /// Tries the first, then the second.
    case split(Int, Int)
    case jump(Int)
    case save(Int)
    case assertion(RegexNode.Assertion)
    case match
  }

  private(set) var code: [Instruction] = []
  private(set) var sets: [CharacterSet] = []
  let captureCount: Int
  /// A match can only start at the start of the text.
  private(set) var isAnchored = false
  /// Bytes that a match can start with, or nil where it may be empty or starts with an assertion.
  private(set) var firstBytes: [Bool]?

  /// Enough for `(\w{1,1000}){1,10}`; more would make one byte of text cost too much.
  static let longest = 50_000

  init(_ node: RegexNode, captureCount: Int) throws(RegexError) {
    self.captureCount = captureCount
    try emit(.capture(node, 0))
    code.append(.match)
    analyse()
  }

  private mutating func emit(_ node: RegexNode) throws(RegexError) {
    guard code.count <= Self.longest else { throw RegexError(message: "the expression is too large", offset: 0) }
    switch node {
    case .empty: break
    case .set(let set):
      if let single = set.single {
        code.append(.one(single))
      } else {
        if let known = sets.lastIndex(of: set) {
          code.append(.set(known))
        } else {
          code.append(.set(sets.count))
          sets.append(set)
        }
      }
    case .concatenation(let parts): for part in parts { try emit(part) }
    case .alternation(let branches):
      var ends: [Int] = []
      for branch in branches.dropLast() {
        let split = code.count
        code.append(.match)
        try emit(branch)
        ends.append(code.count)
        code.append(.match)
        code[split] = .split(split + 1, code.count)
      }
      if let last = branches.last { try emit(last) }
      for end in ends { code[end] = .jump(code.count) }
    case .repetition(let inner, let least, let most, let greedy):
      for _ in 0..<least {
        let before = code.count
        try emit(inner)
        // Nothing repeated is nothing; nested counts of it would be turned through a thousandfold a level.
        if code.count == before { break }
      }
      if let most {
        var splits: [Int] = []
        for _ in least..<max(most, least) {
          splits.append(code.count)
          code.append(.match)
          try emit(inner)
        }
        for split in splits { code[split] = greedy ? .split(split + 1, code.count) : .split(code.count, split + 1) }
      } else {
        let split = code.count
        code.append(.match)
        try emit(inner)
        code.append(.jump(split))
        code[split] = greedy ? .split(split + 1, code.count) : .split(code.count, split + 1)
      }
    case .capture(let inner, let index):
      code.append(.save(index * 2))
      try emit(inner)
      code.append(.save(index * 2 + 1))
    case .assertion(let assertion): code.append(.assertion(assertion))
    }
  }

  private mutating func analyse() {
    var seen = [Bool](repeating: false, count: code.count)
    var pending = [0]
    var bytes = [Bool](repeating: false, count: 256)
    var (anchored, free) = (true, false)
    while let pc = pending.popLast() {
      if seen[pc] { continue }
      seen[pc] = true
      switch code[pc] {
      case .jump(let target): pending.append(target)
      case .save: pending.append(pc + 1)
      case .split(let a, let b): pending += [a, b]
      case .assertion(.textStart): free = true
      case .assertion:
        free = true
        anchored = false
      case .match:
        free = true
        anchored = false
      case .one(let scalar):
        anchored = false
        Self.mark(CharacterSet(scalar), in: &bytes)
      case .set(let set):
        anchored = false
        Self.mark(sets[set], in: &bytes)
      }
    }
    isAnchored = anchored
    firstBytes = free ? nil : bytes
  }

  private static func mark(_ set: CharacterSet, in bytes: inout [Bool]) {
    for byte in 0..<128 where set.contains(UInt32(byte)) { bytes[byte] = true }
    if set.hasWide { for byte in 128..<256 { bytes[byte] = true } }
  }
}
