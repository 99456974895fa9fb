// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

/// A small generator with a seed, so that a failure can be run again (SplitMix64).
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func draft(depth: Int) -> JSONDraft {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
    case 0: .null
    case 1: .bool(Bool.random(using: &self))
    case 2: .int(Int64(truncatingIfNeeded: next()) >> Int64.random(in: 0..<63, using: &self))
    case 3: .double(Double.random(in: -1e6...1e6, using: &self))
    case 4, 5: .string(text())
    case 6: .array((0..<Int.random(in: 0..<6, using: &self)).map { _ in draft(depth: depth - 1) })
    default:
      .object((0..<Int.random(in: 0..<80, using: &self)).map { ("\($0)." + text(), draft(depth: depth - 2)) })
    }
  }

  mutating func text() -> String {
    let letters: [Character] = ["a", "b", "\"", "\\", "\n", "\u{1}", "é", "日", "😀", " ", "z", "0", ":", "{", "]", ","]
    return String((0..<Int.random(in: 0..<40, using: &self)).compactMap { _ in letters.randomElement(using: &self) })
  }
}

@Suite struct FuzzTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var dice = Dice(state: seed)
    for _ in 0..<20 {
      let built = dice.draft(depth: 5).document().root
      let parsed = try JSONDocument(parsing: built.serialized()).root
      #expect(parsed == built)
      #expect(parsed.canonical() == built.canonical())
      #expect(parsed.serialized() == built.serialized())
      #expect(try JSONDocument(parsing: parsed.canonical()).root == built)
      #expect(JSONDiff.changes(from: parsed, to: built).isEmpty)
    }
  }

  /// Damaged bytes give a document or an error with a place in them; whatever is accepted is read back the same.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func damagedBytesNeverTrap(seed: UInt64) throws {
    var dice = Dice(state: seed &+ 1000)
    let marks = Array("{}[]\",:\\ue-+.0159dDtfn \n\u{1}".utf8) + [0x80, 0xC3, 0xE0, 0xED, 0xF0, 0xFF]
    for _ in 0..<10 {
      let whole = dice.draft(depth: 4).document().root.serialized()
      for _ in 0..<100 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...3, using: &dice) where !bytes.isEmpty {
          let at = Int.random(in: 0..<bytes.count, using: &dice)
          switch Int.random(in: 0..<4, using: &dice) {
          case 0: bytes[at] = marks.randomElement(using: &dice) ?? 0
          case 1: bytes.remove(at: at)
          case 2: bytes.insert(marks.randomElement(using: &dice) ?? 0, at: at)
          default: bytes.removeLast(bytes.count - at)
          }
        }
        do {
          let root = try JSONDocument(parsing: bytes).root
          #expect(try JSONDocument(parsing: root.canonical()).root == root)
        } catch {
          #expect((0...bytes.count).contains(error.offset))
        }
        _ = try? JSONDocument.lines(bytes)
      }
    }
  }

  @Test func everyPrefixOfADocumentIsRefused() throws {
    let text = #"{"a":[1,-2.5e3,"x\u00e9é😀",true,false,null,{}],"b":{"c":[[],[{"d":"0123456789abcdef0123"}]]}}"#
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      #expect(throws: JSONError.self) { try JSONDocument(parsing: Array(bytes[..<length])) }
    }
    #expect(try JSONDocument(parsing: bytes).root["b"]?["c"]?[1]?[0]?["d"]?.string?.utf8.count == 20)
  }

  @Test func manySmallValuesFillTheTape() throws {
    for (unit, separator) in [
      ("1", ","), ("[]", ","), (#""""#, ","), ("[1]", ","), (#"{"":0}"#, ","), ("[[[[1]]]]", ","),
    ] {
      let array = "[" + Array(repeating: unit, count: 10_000).joined(separator: separator) + "]"
      #expect(try JSONDocument.parse(array).root.count == 10_000)
      let lines = Array(repeating: unit, count: 10_000).joined(separator: " ")
      #expect(try JSONDocument.lines(Array(lines.utf8)).rootCount == 10_000)
    }
  }
}
