// SPDX-License-Identifier: Apache-2.0

/// One pass from bytes to tape. The bytes are checked whole: grammar, UTF-8, escapes, surrogates, duplicate keys.
///
/// The kernel works on unsafe buffers: bounds checks on every byte cost a third of its speed (docs/benchmarks.md).
struct JSONParser {
  private var tape: [UInt64]
  private(set) var roots: [UInt32] = []

  mutating func takeTape() -> [UInt64] {
    let taken = tape
    tape = []
    return taken
  }

  static func run(_ bytes: [UInt8], limits: JSONLimits, lines: Bool) throws(JSONError) -> JSONParser {
    var parser = JSONParser(tape: [])
    parser.tape.reserveCapacity(bytes.count / 10 + 16)
    var failure: JSONError?
    bytes.withUnsafeBufferPointer { buffer in
      guard buffer.count <= limits.bytes else {
        failure = JSONError(.tooLarge, limits.bytes, "document is larger than \(limits.bytes) bytes", in: buffer)
        return
      }
      do throws(JSONError) {
        try parser.parse(buffer, limits: limits, lines: lines)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return parser
  }

  private struct Frame {
    var node: Int
    var count: Int
    var isObject: Bool
  }

  private mutating func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits, lines: Bool) throws(JSONError) {
    let end = bytes.count
    var at = 0
    var stack: [Frame] = []
    stack.reserveCapacity(32)

    document: while true {
      at = skipSpace(bytes, at)
      if at == end {
        if lines || !roots.isEmpty { return }
        throw JSONError(.unexpectedEnd, at, "the document is empty", in: bytes)
      }
      if !lines && !roots.isEmpty {
        throw JSONError(.trailingContent, at, "unexpected content after the document", in: bytes)
      }
      roots.append(UInt32(truncatingIfNeeded: tape.count))

      value: while true {
        at = skipSpace(bytes, at)
        guard at < end else { throw JSONError(.unexpectedEnd, at, "the document ends too early", in: bytes) }
        let byte = bytes[at]
        switch byte {
        case 0x22:
          at = try string(bytes, at)
        case 0x7B, 0x5B:
          guard stack.count < limits.depth else {
            throw JSONError(.tooDeep, at, "nested deeper than \(limits.depth)", in: bytes)
          }
          let isObject = byte == 0x7B
          stack.append(Frame(node: tape.count, count: 0, isObject: isObject))
          tape.append(0)
          at = skipSpace(bytes, at + 1)
          if at < end, bytes[at] == (isObject ? 0x7D : 0x5D) {
            at += 1
            close(&stack)
            break
          }
          if isObject { at = try key(bytes, at) }
          continue value
        case 0x74: at = try literal(bytes, at, "true", Tape.word(.bool, offset: 1))
        case 0x66: at = try literal(bytes, at, "false", Tape.word(.bool))
        case 0x6E: at = try literal(bytes, at, "null", Tape.word(.null))
        case 0x2D, 0x30...0x39: at = try number(bytes, at)
        default:
          throw JSONError(.unexpectedCharacter, at, "expected a value", in: bytes)
        }

        // A value has ended: go on with what holds it.
        while true {
          guard let top = stack.indices.last else { continue document }
          stack[top].count += 1
          at = skipSpace(bytes, at)
          guard at < end else { throw JSONError(.unexpectedEnd, at, "the document ends too early", in: bytes) }
          let isObject = stack[top].isObject
          if bytes[at] == 0x2C {
            at += 1
            if isObject { at = try key(bytes, skipSpace(bytes, at)) }
            continue value
          }
          guard bytes[at] == (isObject ? 0x7D : 0x5D) else {
            throw JSONError(.unexpectedCharacter, at, isObject ? "expected ',' or '}'" : "expected ',' or ']'", in: bytes)
          }
          at += 1
          if isObject { try checkKeys(bytes, stack[top]) }
          close(&stack)
        }
      }
    }
  }

  @inline(__always) private mutating func close(_ stack: inout [Frame]) {
    let frame = stack.removeLast()
    tape[frame.node] = Tape.word(
      frame.isObject ? .object : .array, length: min(frame.count, Tape.lengthLimit), offset: tape.count)
  }

  @inline(__always) private func skipSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var at = start
    while at < bytes.count {
      let byte = bytes[at]
      if byte > 0x20 { return at }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return at }
      at += 1
    }
    return at
  }

  private mutating func literal(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ text: StaticString, _ word: UInt64
  ) throws(JSONError) -> Int {
    let length = text.utf8CodeUnitCount
    for index in 0..<length {
      guard start + index < bytes.count else {
        throw JSONError(.unexpectedEnd, bytes.count, "the document ends too early", in: bytes)
      }
      guard bytes[start + index] == text.utf8Start[index] else {
        throw JSONError(.unexpectedCharacter, start + index, "expected '\(text)'", in: bytes)
      }
    }
    tape.append(word)
    return start + length
  }

  private mutating func key(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) throws(JSONError) -> Int {
    guard start < bytes.count else { throw JSONError(.unexpectedEnd, start, "the document ends too early", in: bytes) }
    guard bytes[start] == 0x22 else { throw JSONError(.unexpectedCharacter, start, "expected a key in quotes", in: bytes) }
    let at = skipSpace(bytes, try string(bytes, start))
    guard at < bytes.count else { throw JSONError(.unexpectedEnd, at, "the document ends too early", in: bytes) }
    guard bytes[at] == 0x3A else { throw JSONError(.unexpectedCharacter, at, "expected ':'", in: bytes) }
    return at + 1
  }

  // MARK: Strings

  private mutating func string(_ bytes: UnsafeBufferPointer<UInt8>, _ quote: Int) throws(JSONError) -> Int {
    let start = quote + 1
    let end = bytes.count
    guard let base = bytes.baseAddress else { return start }
    var at = start
    var escaped = false
    var plain = true

    scan: while true {
      while at + 16 <= end {
        let chunk = UnsafeRawPointer(base + at).loadUnaligned(as: SIMD16<UInt8>.self)
        let stop = (chunk .== 0x22) .| (chunk .== 0x5C) .| (chunk .< 0x20) .| (chunk .>= 0x80)
        if any(stop) { break }
        at += 16
      }
      while at < end {
        let byte = bytes[at]
        if byte == 0x22 { break scan }
        if byte == 0x5C {
          escaped = true
          at = try escape(bytes, at)
          continue scan
        }
        if byte < 0x20 {
          throw JSONError(.controlCharacter, at, "a control character in a string must be escaped", in: bytes)
        }
        if byte >= 0x80 {
          plain = false
          let width = UTF8Check.width(bytes, at)
          guard width > 0 else { throw JSONError(.invalidUTF8, at, "invalid UTF-8", in: bytes) }
          at += width
        } else {
          at += 1
        }
        if plain && at + 16 <= end { continue scan }
      }
      throw JSONError(.unexpectedEnd, end, "a string is not closed", in: bytes)
    }
    guard at - start <= Tape.lengthLimit else { throw JSONError(.tooLarge, start, "a string is too long", in: bytes) }
    tape.append(Tape.word(escaped ? .escaped : .string, length: at - start, offset: start))
    return at + 1
  }

  /// Checks the escape that begins at `start` and returns the offset after it.
  private func escape(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) throws(JSONError) -> Int {
    guard start + 1 < bytes.count else {
      throw JSONError(.unexpectedEnd, bytes.count, "a string is not closed", in: bytes)
    }
    switch bytes[start + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return start + 2
    case 0x75:
      guard let unit = Self.hexUnit(bytes, start + 2) else {
        throw JSONError(.invalidEscape, start, "\\u needs four hexadecimal digits", in: bytes)
      }
      guard (0xD800...0xDFFF).contains(unit) else { return start + 6 }
      guard unit < 0xDC00, start + 7 < bytes.count, bytes[start + 6] == 0x5C, bytes[start + 7] == 0x75,
        let low = Self.hexUnit(bytes, start + 8), (0xDC00...0xDFFF).contains(low)
      else { throw JSONError(.loneSurrogate, start, "a surrogate stands alone", in: bytes) }
      return start + 12
    default: throw JSONError(.invalidEscape, start, "unknown escape", in: bytes)
    }
  }

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

  /// Keys of one object must differ. Few keys are compared pairwise by length and first bytes; many go through a set.
  private func checkKeys(_ bytes: UnsafeBufferPointer<UInt8>, _ frame: Frame) throws(JSONError) {
    guard frame.count > 1 else { return }
    var seen = Set<[UInt8]>()
    var prints = InlineArray<24, UInt64>(repeating: 0)
    let few = frame.count <= 24
    var node = frame.node + 1
    for index in 0..<frame.count {
      let word = tape[node]
      let offset = Tape.offset(word)
      let length = Tape.length(word)
      if few && Tape.tag(word) == .string {
        let print = fingerprint(bytes, offset, length)
        for other in 0..<index where prints[other] == print {
          if sameKey(bytes, frame, other, word) {
            throw JSONError(.duplicateKey, offset - 1, "a key occurs twice in one object", in: bytes)
          }
        }
        prints[index] = print
      } else {
        if few && seen.isEmpty {
          // An escaped key among few: compare decoded texts of all.
          try checkDecodedKeys(bytes, frame)
          return
        }
        if !seen.insert(decoded(bytes, word)).inserted {
          throw JSONError(.duplicateKey, offset - 1, "a key occurs twice in one object", in: bytes)
        }
      }
      node = next(after: node + 1)
    }
  }

  private func checkDecodedKeys(_ bytes: UnsafeBufferPointer<UInt8>, _ frame: Frame) throws(JSONError) {
    var seen = Set<[UInt8]>()
    var node = frame.node + 1
    for _ in 0..<frame.count {
      if !seen.insert(decoded(bytes, tape[node])).inserted {
        throw JSONError(.duplicateKey, Tape.offset(tape[node]) - 1, "a key occurs twice in one object", in: bytes)
      }
      node = next(after: node + 1)
    }
  }

  private func sameKey(_ bytes: UnsafeBufferPointer<UInt8>, _ frame: Frame, _ index: Int, _ word: UInt64) -> Bool {
    var node = frame.node + 1
    for _ in 0..<index { node = next(after: node + 1) }
    let length = Tape.length(word)
    guard Tape.length(tape[node]) == length else { return false }
    let (left, right) = (Tape.offset(tape[node]), Tape.offset(word))
    for index in 0..<length where bytes[left + index] != bytes[right + index] { return false }
    return true
  }

  @inline(__always) private func next(after node: Int) -> Int {
    let word = tape[node]
    return word >> 60 >= Tape.Tag.array.rawValue ? Tape.offset(word) : node + 1
  }

  /// Length, first and last bytes: equal keys have equal prints.
  @inline(__always) private func fingerprint(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ length: Int) -> UInt64 {
    var print = UInt64(truncatingIfNeeded: length) &* 0x9E37_79B9_7F4A_7C15
    if length >= 8, let base = bytes.baseAddress {
      let raw = UnsafeRawPointer(base + offset)
      print ^= raw.loadUnaligned(as: UInt64.self)
      print ^= raw.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self) &* 0x0000_0100_0000_01B3
    } else {
      for index in 0..<length { print = (print &* 31) ^ UInt64(bytes[offset + index]) &<< 7 }
    }
    return print
  }

  private func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ word: UInt64) -> [UInt8] {
    let slice = UnsafeBufferPointer(rebasing: bytes[Tape.offset(word)..<Tape.offset(word) + Tape.length(word)])
    return Tape.tag(word) == .escaped ? JSONText.unescape(slice) : Array(slice)
  }

  // MARK: Numbers

  private mutating func number(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) throws(JSONError) -> Int {
    let end = bytes.count
    var at = start
    func isDigit(_ index: Int) -> Bool { index < end && bytes[index] &- 0x30 < 10 }

    if bytes[at] == 0x2D { at += 1 }
    guard isDigit(at) else { throw JSONError(.invalidNumber, at, "expected a digit", in: bytes) }
    let digits = at
    if bytes[at] == 0x30 {
      at += 1
      if isDigit(at) { throw JSONError(.invalidNumber, at, "a number must not begin with 0", in: bytes) }
    } else {
      while isDigit(at) { at += 1 }
    }
    let digitCount = at - digits
    var isInteger = true
    if at < end, bytes[at] == 0x2E {
      isInteger = false
      at += 1
      guard isDigit(at) else { throw JSONError(.invalidNumber, at, "expected a digit after the point", in: bytes) }
      while isDigit(at) { at += 1 }
    }
    if at < end, bytes[at] | 0x20 == 0x65 {
      isInteger = false
      at += 1
      if at < end, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 }
      guard isDigit(at) else { throw JSONError(.invalidNumber, at, "expected a digit in the exponent", in: bytes) }
      while isDigit(at) { at += 1 }
    }
    guard at - start <= Tape.lengthLimit else { throw JSONError(.tooLarge, start, "a number is too long", in: bytes) }
    let slice = UnsafeBufferPointer(rebasing: bytes[start..<at])
    let tag: Tape.Tag
    if isInteger {
      tag = digitCount < 19 || JSONText.int64(slice) != nil ? .integer : .number
    } else {
      tag = JSONText.isExactDouble(slice) ? .double : .number
    }
    tape.append(Tape.word(tag, length: at - start, offset: start))
    return at
  }
}

/// UTF-8 well-formedness, one character at a time (Unicode 15, table 3-7).
enum UTF8Check {
  /// Width of the well-formed multi-byte character at `at`, or 0.
  static func width(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let lead = bytes[at]
    func tail(_ index: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      at + index < bytes.count && range.contains(bytes[at + index])
    }
    switch lead {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return tail(1) ? 2 : 0
    case 0xE0: return tail(1, 0xA0...0xBF) && tail(2) ? 3 : 0
    case 0xED: return tail(1, 0x80...0x9F) && tail(2) ? 3 : 0
    case 0xE1...0xEF: return tail(1) && tail(2) ? 3 : 0
    case 0xF0: return tail(1, 0x90...0xBF) && tail(2) && tail(3) ? 4 : 0
    case 0xF4: return tail(1, 0x80...0x8F) && tail(2) && tail(3) ? 4 : 0
    case 0xF1...0xF3: return tail(1) && tail(2) && tail(3) ? 4 : 0
    default: return 0
    }
  }
}
