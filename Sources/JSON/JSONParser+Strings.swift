// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
  /// Reads the string whose opening quote is at `quote`; returns the offset after the closing one.
  @inline(__always) mutating func string(_ quote: Int) throws(JSONError) -> Int {
    let start = quote + 1
    var at = start
    while at + 16 <= end {
      let stop = ByteBlock(base + at).stringStop
      at += stop
      if stop == 16 { continue }
      guard base[at] == 0x22 else { break }
      guard at - start <= Tape.lengthLimit else { throw fail(.tooLarge, start, "a string is too long") }
      tape[used] = Tape.word(.string, length: at - start, offset: start)
      used += 1
      return at + 1
    }
    return try specialString(start, from: at)
  }

  /// The rest of a string that has escapes or non-ASCII characters, or stands near the end of the document.
  @inline(never) private mutating func specialString(_ start: Int, from first: Int) throws(JSONError) -> Int {
    var at = first
    var escaped = false
    while at < end {
      let byte = base[at]
      if byte == 0x22 {
        guard at - start <= Tape.lengthLimit else { throw fail(.tooLarge, start, "a string is too long") }
        tape[used] = Tape.word(escaped ? .escaped : .string, length: at - start, offset: start)
        used += 1
        return at + 1
      }
      if byte == 0x5C {
        escaped = true
        at = try escape(at)
      } else if byte < 0x20 {
        throw fail(.controlCharacter, at, "a control character in a string must be escaped")
      } else if byte >= 0x80 {
        let width = UTF8Check.width(UnsafeBufferPointer(start: base, count: end), at)
        guard width > 0 else { throw fail(.invalidUTF8, at, "invalid UTF-8") }
        at += width
      } else if at + 16 <= end {
        at += ByteBlock(base + at).stringStop
      } else {
        at += 1
      }
    }
    throw fail(.unexpectedEnd, end, "a string is not closed")
  }

  /// Checks the escape that begins at `start` and returns the offset after it.
  private func escape(_ start: Int) throws(JSONError) -> Int {
    guard start + 1 < end else { throw fail(.unexpectedEnd, end, "a string is not closed") }
    switch base[start + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return start + 2
    case 0x75:
      let bytes = UnsafeBufferPointer(start: base, count: end)
      guard let unit = Self.hexUnit(bytes, start + 2) else {
        throw fail(.invalidEscape, start, "\\u needs four hexadecimal digits")
      }
      guard (0xD800...0xDFFF).contains(unit) else { return start + 6 }
      guard unit < 0xDC00, start + 7 < end, base[start + 6] == 0x5C, base[start + 7] == 0x75,
        let low = Self.hexUnit(bytes, start + 8), (0xDC00...0xDFFF).contains(low)
      else { throw fail(.loneSurrogate, start, "a surrogate stands alone") }
      return start + 12
    default: throw fail(.invalidEscape, start, "unknown escape")
    }
  }

  /// The UTF-16 unit that four hexadecimal digits name.
  static func hexUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var unit: UInt32 = 0
    for index in start..<start + 4 {
      let byte = bytes[index]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}

/// UTF-8 well-formedness, one character at a time (Unicode 15, table 3-7).
enum UTF8Check {
  /// Width of the well-formed multi-byte character at `at`, or 0.
  static func width(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let lead = bytes[at]
    func tail(_ index: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
      at + index < bytes.count && bytes[at + index] >= low && bytes[at + index] <= high
    }
    switch lead {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return tail(1) ? 2 : 0
    case 0xE0: return tail(1, 0xA0) && tail(2) ? 3 : 0
    case 0xED: return tail(1, 0x80, 0x9F) && tail(2) ? 3 : 0
    case 0xE1...0xEF: return tail(1) && tail(2) ? 3 : 0
    case 0xF0: return tail(1, 0x90) && tail(2) && tail(3) ? 4 : 0
    case 0xF4: return tail(1, 0x80, 0x8F) && tail(2) && tail(3) ? 4 : 0
    case 0xF1...0xF3: return tail(1) && tail(2) && tail(3) ? 4 : 0
    default: return 0
    }
  }
}
