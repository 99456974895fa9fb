// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
  @inline(__always) private func isDigit(_ at: Int) -> Bool { at < end && base[at] &- 0x30 < 10 }

  /// Reads the number that begins at `start`; returns the offset after it.
  @inline(__always) mutating func number(_ start: Int) throws(JSONError) -> Int {
    var at = start
    if base[at] == 0x2D { at += 1 }
    guard isDigit(at) else { throw fail(.invalidNumber, at, "expected a digit") }
    let digits = at
    if base[at] == 0x30 {
      at += 1
      if isDigit(at) { throw fail(.invalidNumber, at, "a number must not begin with 0") }
    } else {
      while isDigit(at) { at += 1 }
    }
    if at < end, base[at] == 0x2E || base[at] | 0x20 == 0x65 { return try fraction(start, from: at) }
    let tag: Tape.Tag = at - digits < 19 || JSONText.int64(literal(start, at)) != nil ? .integer : .number
    return try append(tag, start, at)
  }

  @inline(never) private mutating func fraction(_ start: Int, from first: Int) throws(JSONError) -> Int {
    var at = first
    if base[at] == 0x2E {
      at += 1
      guard isDigit(at) else { throw fail(.invalidNumber, at, "expected a digit after the point") }
      while isDigit(at) { at += 1 }
    }
    if at < end, base[at] | 0x20 == 0x65 {
      at += 1
      if at < end, base[at] == 0x2B || base[at] == 0x2D { at += 1 }
      guard isDigit(at) else { throw fail(.invalidNumber, at, "expected a digit in the exponent") }
      while isDigit(at) { at += 1 }
    }
    return try append(JSONText.isExactDouble(literal(start, at)) ? .double : .number, start, at)
  }

  @inline(__always) private func literal(_ start: Int, _ at: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + start, count: at - start)
  }

  @inline(__always) private mutating func append(_ tag: Tape.Tag, _ start: Int, _ at: Int) throws(JSONError) -> Int {
    guard at - start <= Tape.lengthLimit else { throw fail(.tooLarge, start, "a number is too long") }
    tape[used] = Tape.word(tag, length: at - start, offset: start)
    used += 1
    return at
  }
}
