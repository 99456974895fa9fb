// SPDX-License-Identifier: Apache-2.0

/// Code points as sorted ranges, with the ASCII part as bits.
struct CharacterSet: Sendable, Equatable {
  private(set) var ranges: [ClosedRange<UInt32>]
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  static let last: UInt32 = 0x10FFFF
  static let any = CharacterSet([0...last])
  static let notNewline = CharacterSet([10...10]).inverted
  static let digit = CharacterSet([0x30...0x39])
  static let word = CharacterSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = CharacterSet([9...10, 12...13, 32...32])

  init(_ unsorted: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in unsorted.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let previous = merged.last, range.lowerBound <= previous.upperBound &+ 1 {
        merged[merged.count - 1] = previous.lowerBound...max(previous.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    ranges = merged
    for range in merged where range.lowerBound < 128 {
      for code in range.lowerBound...min(range.upperBound, 127) {
        if code < 64 { low |= 1 << UInt64(code) } else { high |= 1 << UInt64(code - 64) }
      }
    }
  }

  init(_ code: UInt32) { self.init([code...code]) }

  @inline(__always) func contains(_ code: UInt32) -> Bool {
    if code < 64 { return low >> UInt64(code) & 1 == 1 }
    if code < 128 { return high >> UInt64(code - 64) & 1 == 1 }
    return containsWide(code)
  }

  private func containsWide(_ code: UInt32) -> Bool {
    var (from, to) = (0, ranges.count)
    while from < to {
      let middle = (from + to) / 2
      if ranges[middle].upperBound < code { from = middle + 1 } else { to = middle }
    }
    return from < ranges.count && ranges[from].lowerBound <= code
  }

  var isEmpty: Bool { ranges.isEmpty }
  var hasWide: Bool { ranges.last.map { $0.upperBound >= 128 } ?? false }
  /// The one code point of a set of one.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].count == 1 else { return nil }
    return ranges[0].lowerBound
  }

  func union(_ other: CharacterSet) -> CharacterSet { CharacterSet(ranges + other.ranges) }

  var inverted: CharacterSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.last { result.append(next...Self.last) }
    return CharacterSet(result)
  }

  /// With the other case of each letter. Spans beyond the scripts that have case are left as they are.
  var foldingCase: CharacterSet {
    var result = ranges
    for range in ranges {
      for code in range where code < 0x2000 || (0x2C00...0x2D2F).contains(code) || (0xA640...0xA7FF).contains(code) {
        guard let scalar = Unicode.Scalar(code) else { continue }
        for mapped in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
          if let other = mapped.unicodeScalars.first, mapped.unicodeScalars.count == 1, other != scalar {
            result.append(other.value...other.value)
          }
        }
      }
    }
    return CharacterSet(result)
  }

  // MARK: Names

  static func posix(_ name: String) -> CharacterSet? {
    switch name {
    case "alnum": CharacterSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A])
    case "alpha": CharacterSet([0x41...0x5A, 0x61...0x7A])
    case "ascii": CharacterSet([0...0x7F])
    case "blank": CharacterSet([9...9, 32...32])
    case "cntrl": CharacterSet([0...0x1F, 0x7F...0x7F])
    case "digit": digit
    case "graph": CharacterSet([0x21...0x7E])
    case "lower": CharacterSet([0x61...0x7A])
    case "print": CharacterSet([0x20...0x7E])
    case "punct": CharacterSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
    case "space": CharacterSet([9...13, 32...32])
    case "upper": CharacterSet([0x41...0x5A])
    case "word": word
    case "xdigit": CharacterSet([0x30...0x39, 0x41...0x46, 0x61...0x66])
    default: nil
    }
  }

  /// A general category (`L`, `Lu`) or a script of those that texts in logs are written in.
  static func unicode(_ name: String) -> CharacterSet? {
    switch name {
    case "Any": return any
    case "Latin":
      return CharacterSet([
        0x41...0x5A, 0x61...0x7A, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8, 0x1E00...0x1EFF,
        0x2C60...0x2C7F, 0xA722...0xA787, 0xFF21...0xFF3A, 0xFF41...0xFF5A,
      ])
    case "Greek": return CharacterSet([0x370...0x373, 0x375...0x3E1, 0x3F0...0x3FF, 0x1F00...0x1FFF])
    case "Cyrillic": return CharacterSet([0x400...0x52F, 0x1C80...0x1C88, 0x2DE0...0x2DFF, 0xA640...0xA69F])
    case "Hebrew": return CharacterSet([0x591...0x5F4, 0xFB1D...0xFB4F])
    case "Arabic": return CharacterSet([0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFC])
    case "Thai": return CharacterSet([0xE01...0xE3A, 0xE40...0xE5B])
    case "Hiragana": return CharacterSet([0x3041...0x3096, 0x309D...0x309F])
    case "Katakana": return CharacterSet([0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9D])
    case "Hangul": return CharacterSet([0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3])
    case "Han":
      return CharacterSet([
        0x2E80...0x2FD5, 0x3005...0x3007, 0x3021...0x3029, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xF900...0xFAD9, 0x20000...0x323AF,
      ])
    default: return category(name)
    }
  }

  private static func category(_ name: String) -> CharacterSet? {
    guard let group = name.first, "LMNPSZC".contains(group), name.count <= 2 else { return nil }
    var ranges: [ClosedRange<UInt32>] = []
    var known = false
    // Planes 3 and up hold ideographs, private use and little else; two planes are enough to name letters by.
    for code: UInt32 in 0..<0x20000 {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let own = abbreviation(scalar.properties.generalCategory)
      guard own == name || name.count == 1 && own.first == group else { continue }
      known = true
      if let previous = ranges.last, previous.upperBound + 1 == code {
        ranges[ranges.count - 1] = previous.lowerBound...code
      } else {
        ranges.append(code...code)
      }
    }
    if name == "L" || name == "Lo" { ranges.append(0x20000...0x323AF) }
    return known ? CharacterSet(ranges) : nil
  }

  private static func abbreviation(_ category: Unicode.GeneralCategory) -> String {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    default: "Cn"
    }
  }
}
