// SPDX-License-Identifier: Apache-2.0

/// Runs a program over bytes in time linear in both: every thread advances by one character at a time, and of two
/// threads at one instruction the one of higher priority survives (Pike's machine).
struct RegexMachine {
  private struct Threads {
    var count = 0
    var dense: [Int32]
    var sparse: [Int32]
    var slots: [Int]

    init(_ size: Int, _ width: Int) {
      dense = [Int32](repeating: 0, count: size)
      sparse = [Int32](repeating: 0, count: size)
      slots = [Int](repeating: -1, count: size * width)
    }

    @inline(__always) func contains(_ pc: Int) -> Bool {
      let index = Int(sparse[pc])
      return index < count && dense[index] == Int32(truncatingIfNeeded: pc)
    }

    @inline(__always) mutating func insert(_ pc: Int) -> Int {
      dense[count] = Int32(truncatingIfNeeded: pc)
      sparse[pc] = Int32(truncatingIfNeeded: count)
      count &+= 1
      return count &- 1
    }
  }

  private enum Frame {
    case visit(Int)
    case restore(Int, Int)
  }

  private let program: RegexProgram
  private let width: Int
  private var current: Threads
  private var upcoming: Threads
  private var stack: [Frame] = []
  private var scratch: [Int]

  /// `captures` false is cheaper and tells only whether there is a match.
  init(_ program: RegexProgram, captures: Bool) {
    self.program = program
    width = captures ? program.captureCount * 2 : 0
    current = Threads(program.code.count, width)
    upcoming = Threads(program.code.count, width)
    scratch = [Int](repeating: -1, count: width)
  }

  /// Start and end of the match and of each group, -1 where a group took no part; empty where captures are off.
  mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [Int]? {
    var at = start
    var best: [Int]?
    current.count = 0
    var checkpoint = Checkpoint(every: 1 << 14)
    while true {
      guard checkpoint.goesOn() else { return nil }
      if current.count == 0 {
        if best != nil || program.isAnchored && at > 0 { return best }
        if let first = program.firstBytes {
          while at < bytes.count, !first[Int(bytes[at])] { at &+= 1 }
          if at == bytes.count { return nil }
        }
      }
      if best == nil, !program.isAnchored || at == 0 {
        for slot in 0..<width { scratch[slot] = -1 }
        Self.add(0, at, bytes, program, to: &current, &stack, &scratch)
      }
      let (scalar, length) = Self.decode(bytes, at)
      upcoming.count = 0
      var index = 0
      advance: while index < current.count {
        let pc = Int(current.dense[index])
        switch program.code[pc] {
        case .one(let wanted):
          if length > 0, scalar == wanted { step(index, pc, at &+ length, bytes) }
        case .set(let set):
          if length > 0, program.sets[set].contains(scalar) { step(index, pc, at &+ length, bytes) }
        case .match:
          if width == 0 { return [] }
          best = Array(current.slots[index &* width..<(index &+ 1) &* width])
          break advance
        default: break
        }
        index &+= 1
      }
      if length == 0 { return best }
      swap(&current, &upcoming)
      at &+= length
    }
  }

  private mutating func step(_ index: Int, _ pc: Int, _ at: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
    for slot in 0..<width { scratch[slot] = current.slots[index &* width &+ slot] }
    Self.add(pc &+ 1, at, bytes, program, to: &upcoming, &stack, &scratch)
  }

  /// Adds a thread and those it leads to without reading a character, in order of priority.
  private static func add(
    _ pc: Int, _ at: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ program: RegexProgram, to threads: inout Threads,
    _ stack: inout [Frame], _ scratch: inout [Int]
  ) {
    let width = scratch.count
    stack.append(.visit(pc))
    while let frame = stack.popLast() {
      guard case .visit(var pc) = frame else {
        if case .restore(let slot, let old) = frame { scratch[slot] = old }
        continue
      }
      follow: while !threads.contains(pc) {
        let entry = threads.insert(pc)
        switch program.code[pc] {
        case .jump(let target): pc = target
        case .split(let first, let second):
          stack.append(.visit(second))
          pc = first
        case .save(let slot):
          if slot < width {
            stack.append(.restore(slot, scratch[slot]))
            scratch[slot] = at
          }
          pc &+= 1
        case .assertion(let assertion):
          guard holds(assertion, at, bytes) else { break follow }
          pc &+= 1
        case .one, .set, .match:
          for slot in 0..<width { threads.slots[entry &* width &+ slot] = scratch[slot] }
          break follow
        }
      }
    }
  }

  private static func holds(_ assertion: RegexNode.Assertion, _ at: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch assertion {
    case .textStart: at == 0
    case .textEnd: at == bytes.count
    case .lineStart: at == 0 || bytes[at - 1] == 10
    case .lineEnd: at == bytes.count || bytes[at] == 10
    case .boundary: isWord(at - 1, bytes) != isWord(at, bytes)
    case .notBoundary: isWord(at - 1, bytes) == isWord(at, bytes)
    }
  }

  private static func isWord(_ at: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard at >= 0, at < bytes.count else { return false }
    return CharacterSet.word.contains(UInt32(bytes[at]))
  }

  /// The code point at an offset and its length; length 0 at the end. A byte that is no UTF-8 is U+FFFD.
  @inline(__always) static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (UInt32, Int) {
    guard at < bytes.count else { return (0, 0) }
    let lead = UInt32(bytes[at])
    return lead < 0x80 ? (lead, 1) : decodeWide(bytes, at, lead)
  }

  private static func decodeWide(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int, _ lead: UInt32) -> (UInt32, Int) {
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead < 0xF5, at + length <= bytes.count else { return (0xFFFD, 1) }
    var code = lead & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      let byte = UInt32(bytes[at + offset])
      guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      code = code << 6 | byte & 0x3F
    }
    return (code, length)
  }
}
