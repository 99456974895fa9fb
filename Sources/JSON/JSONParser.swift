// SPDX-License-Identifier: Apache-2.0

/// One pass from bytes to tape. The bytes are checked whole: grammar, UTF-8, escapes, surrogates, duplicate keys.
///
/// This is the kernel that works on unsafe memory (docs/json.md). What makes it sound: every read of the input is behind
/// a comparison with `end`; the tape has room for the most values that so many bytes can hold (`tapeBound`); the stack
/// of frames has room for the deepest nesting that is let through.
struct JSONParser: ~Copyable {
  let base: UnsafePointer<UInt8>
  let end: Int
  let tape: UnsafeMutablePointer<UInt64>
  var used = 0
  var keys = KeyCheck()
  var roots: [UInt32] = []
  /// The byte at which each root begins.
  var starts: [Int] = []

  private init(base: UnsafePointer<UInt8>, end: Int, tape: UnsafeMutablePointer<UInt64>) {
    self.base = base
    self.end = end
    self.tape = tape
  }

  static func run(
    _ bytes: [UInt8], limits: JSONLimits, lines: Bool
  ) throws(JSONError) -> (tape: [UInt64], roots: [UInt32], starts: [Int]) {
    var failure: JSONError?
    var roots: [UInt32] = []
    var starts: [Int] = []
    let tape = bytes.withUnsafeBufferPointer { buffer -> [UInt64] in
      guard buffer.count <= limits.bytes else {
        failure = JSONError(.tooLarge, limits.bytes, "document is larger than \(limits.bytes) bytes", in: buffer)
        return []
      }
      guard let base = buffer.baseAddress else {
        if !lines { failure = JSONError(.unexpectedEnd, 0, "the document is empty", in: buffer) }
        return []
      }
      return [UInt64](unsafeUninitializedCapacity: tapeBound(buffer, depth: limits.depth)) { tape, count in
        guard let words = tape.baseAddress else { return }
        var parser = JSONParser(base: base, end: buffer.count, tape: words)
        do throws(JSONError) {
          try parser.parse(limits: limits, lines: lines)
          count = parser.used
          roots = parser.roots
          starts = parser.starts
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
    // Room that was never touched costs nothing where the allocation is its own mapping; a small one is copied to size.
    return (tape.capacity > 1 << 18 ? tape : Array(tape[...]), roots, starts)
  }

  /// The most words that the tape of so many bytes needs: no two values begin in adjacent bytes, but for the openings of
  /// nested arrays. Large documents are counted, since the room that their bytes might need is then worth a pass.
  private static func tapeBound(_ bytes: UnsafeBufferPointer<UInt8>, depth: Int) -> Int {
    guard bytes.count > 1 << 26 else { return bytes.count / 2 + depth + 8 }
    var bound = depth + 8
    for byte in bytes where byte < 0x30 || byte == 0x3A || byte == 0x5B || byte == 0x7B { bound += 1 }
    return min(bound, bytes.count / 2 + depth + 8)
  }

  func fail(_ code: JSONError.Code, _ at: Int, _ detail: String) -> JSONError {
    JSONError(code, at, detail, in: UnsafeBufferPointer(start: base, count: end))
  }

  func endsEarly() -> JSONError { fail(.unexpectedEnd, end, "the document ends too early") }

  /// An open array or object.
  private struct Frame {
    var node = 0
    var count = 0
    var isObject = false
    var keys = KeyCheck.Scope()
  }

  private mutating func parse(limits: JSONLimits, lines: Bool) throws(JSONError) {
    let frames = UnsafeMutablePointer<Frame>.allocate(capacity: limits.depth + 1)
    defer { frames.deallocate() }
    var depth = 0
    var frame = Frame()
    var at = 0

    document: while true {
      let last = at
      at = skipSpace(at)
      if at == end {
        if lines || !roots.isEmpty { return }
        throw fail(.unexpectedEnd, at, "the document is empty")
      }
      if !roots.isEmpty {
        guard lines else { throw fail(.trailingContent, at, "unexpected content after the document") }
        guard last < at else { throw fail(.unexpectedCharacter, at, "expected white space between documents") }
      }
      roots.append(UInt32(truncatingIfNeeded: used))
      starts.append(at)

      value: while true {
        at = skipSpace(at)
        guard at < end else { throw endsEarly() }
        let byte = base[at]
        if byte == 0x22 {
          at = try string(at)
        } else if byte == 0x7B || byte == 0x5B {
          guard depth < limits.depth else { throw fail(.tooDeep, at, "nested deeper than \(limits.depth)") }
          (frames + depth).initialize(to: frame)
          depth += 1
          frame = Frame(node: used, count: 0, isObject: byte == 0x7B, keys: keys.open())
          used += 1
          at = skipSpace(at + 1)
          guard at < end, base[at] == byte + 2 else {
            if frame.isObject { at = try key(at, &frame.keys) }
            continue value
          }
          at += 1
          tape[frame.node] = Tape.word(frame.isObject ? .object : .array, length: 0, offset: used)
          depth -= 1
          frame = frames[depth]
        } else if byte &- 0x30 < 10 || byte == 0x2D {
          at = try number(at)
        } else {
          at = try literal(at)
        }

        // A value has ended: go on with what holds it.
        while true {
          if depth == 0 { continue document }
          frame.count += 1
          at = skipSpace(at)
          guard at < end else { throw endsEarly() }
          let byte = base[at]
          if byte == 0x2C {
            at += 1
            if frame.isObject { at = try key(skipSpace(at), &frame.keys) }
            continue value
          }
          guard byte == (frame.isObject ? 0x7D : 0x5D) else {
            throw fail(.unexpectedCharacter, at, frame.isObject ? "expected ',' or '}'" : "expected ',' or ']'")
          }
          at += 1
          if frame.isObject, let node = keys.close(frame.keys, base, tape) { throw duplicate(node) }
          tape[frame.node] = Tape.word(
            frame.isObject ? .object : .array, length: min(frame.count, Tape.lengthLimit), offset: used)
          depth -= 1
          frame = frames[depth]
        }
      }
    }
  }

  private func duplicate(_ node: Int) -> JSONError {
    fail(.duplicateKey, Tape.offset(tape[node]) - 1, "a key occurs twice in one object")
  }

  /// The first byte from `start` on that is not white space.
  @inline(__always) func skipSpace(_ start: Int) -> Int {
    guard start < end, base[start] <= 0x20 else { return start }
    if base[start] == 0x20, start + 1 < end, base[start + 1] > 0x20 { return start + 1 }
    return skipLongSpace(start)
  }

  @inline(never) private func skipLongSpace(_ start: Int) -> Int {
    var at = start
    while at < end {
      if at + 16 <= end {
        // Indentation: runs of blanks, 16 at a time.
        let other = ByteBlock(base + at).blanks
        if other == 16 {
          at += 16
          continue
        }
        at += other
      }
      let byte = base[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return at }
      at += 1
    }
    return at
  }

  private mutating func literal(_ start: Int) throws(JSONError) -> Int {
    switch base[start] {
    case 0x74: try literal(start, "true", Tape.word(.bool, offset: 1))
    case 0x66: try literal(start, "false", Tape.word(.bool))
    case 0x6E: try literal(start, "null", Tape.word(.null))
    default: throw fail(.unexpectedCharacter, start, "expected a value")
    }
  }

  @inline(__always) private mutating func literal(
    _ start: Int, _ text: StaticString, _ word: UInt64
  ) throws(JSONError) -> Int {
    let length = text.utf8CodeUnitCount
    for index in 0..<length {
      guard start + index < end else { throw endsEarly() }
      guard base[start + index] == text.utf8Start[index] else {
        throw fail(.unexpectedCharacter, start + index, "expected '\(text)'")
      }
    }
    tape[used] = word
    used += 1
    return start + length
  }

  @inline(__always) private mutating func key(_ start: Int, _ scope: inout KeyCheck.Scope) throws(JSONError) -> Int {
    guard start < end else { throw endsEarly() }
    guard base[start] == 0x22 else { throw fail(.unexpectedCharacter, start, "expected a key in quotes") }
    let node = used
    let at = skipSpace(try string(start))
    if !keys.add(node, &scope, base, end, tape) { throw duplicate(node) }
    guard at < end else { throw endsEarly() }
    guard base[at] == 0x3A else { throw fail(.unexpectedCharacter, at, "expected ':'") }
    return at + 1
  }
}

/// Sixteen bytes looked at together. The place of a hit is read from the two halves of the comparison's mask.
///
/// Vectors are compared with vectors: comparison with a scalar compiles to a loop over the lanes (measured: 20 times
/// slower parsing).
struct ByteBlock {
  private let bytes: SIMD16<Int8>

  @inline(__always) init(_ pointer: UnsafePointer<UInt8>) {
    bytes = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<Int8>.self)
  }

  /// Index of the first byte that ends a run of plain string content: quote, backslash, control or non-ASCII; else 16.
  @inline(__always) var stringStop: Int {
    // As signed numbers, control characters and non-ASCII bytes are those below 0x20.
    let below: SIMDMask<SIMD16<Int8>> = bytes .< SIMD16<Int8>(repeating: 0x20)
    let quote: SIMDMask<SIMD16<Int8>> = bytes .== SIMD16<Int8>(repeating: 0x22)
    let backslash: SIMDMask<SIMD16<Int8>> = bytes .== SIMD16<Int8>(repeating: 0x5C)
    return Self.first(below .| quote .| backslash)
  }

  /// Index of the first byte that is not a blank, else 16.
  @inline(__always) var blanks: Int { Self.first(bytes .!= SIMD16<Int8>(repeating: 0x20)) }

  @inline(__always) private static func first(_ mask: SIMDMask<SIMD16<Int8>>) -> Int {
    let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    if halves[0] != 0 { return halves[0].trailingZeroBitCount >> 3 }
    return 8 + halves[1].trailingZeroBitCount >> 3
  }
}
