// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@Suite struct ParsingTests {
  @Test(arguments: [
    (#"null"#, JSONValue.Kind.null), ("true", .bool), (" -12 ", .integer), ("9223372036854775807", .integer),
    ("9223372036854775808", .number), ("-9223372036854775808", .integer), ("1.5", .double), ("1e3", .double),
    ("1e400", .number), ("1e-400", .number), ("0e0", .double), ("0.1234567890123456789", .number), (#""""#, .string),
    ("[]", .array), ("{}", .object),
  ])
  func kindOfValue(text: String, kind: JSONValue.Kind) throws {
    let value = try JSONDocument.parse(text).root
    #expect(value.kind == kind)
  }

  @Test func numbersAreExact() throws {
    let root = try JSONDocument.parse("[9007199254740993, -9223372036854775808, 0.1, 123456789012345678901234567890]")
      .root
    #expect(root[0]?.int64 == 9_007_199_254_740_993)
    #expect(root[1]?.int64 == .min)
    #expect(root[2]?.double == 0.1)
    #expect(root[3]?.int64 == nil)
    #expect(root[3]?.numberLiteral == "123456789012345678901234567890")
    #expect(root.text == "[9007199254740993,-9223372036854775808,0.1,123456789012345678901234567890]")
  }

  @Test(arguments: [
    ("", JSONError.Code.unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[1,2", .unexpectedEnd, 4),
    (#"{"a" 1}"#, .unexpectedCharacter, 5), (#"{"a":1,}"#, .unexpectedCharacter, 7), ("[1,]", .unexpectedCharacter, 3),
    ("[1 2]", .unexpectedCharacter, 3), ("[1}", .unexpectedCharacter, 2), ("tru", .unexpectedEnd, 3),
    ("nulL", .unexpectedCharacter, 3), ("01", .invalidNumber, 1), ("-", .invalidNumber, 1), ("1.", .invalidNumber, 2),
    ("1e+", .invalidNumber, 3), ("+1", .unexpectedCharacter, 0), (#""a\q""#, .invalidEscape, 2),
    (#""\u12G4""#, .invalidEscape, 1), (#""\ud800""#, .loneSurrogate, 1), (#""\udc00""#, .loneSurrogate, 1),
    (#""\ud800\u0041""#, .loneSurrogate, 1), ("\"a\nb\"", .controlCharacter, 2), (#""abc"#, .unexpectedEnd, 4),
    ("1 2", .trailingContent, 2), ("{}}", .trailingContent, 2), (#"{"a":1,"b":2,"a":3}"#, .duplicateKey, 13),
    (#"{"a":1,"\u0061":3}"#, .duplicateKey, 7), (#"{"\u0061":1,"a":3}"#, .duplicateKey, 12),
    (#"{"":1,"":3}"#, .duplicateKey, 6),
  ])
  func faultNamesItsByte(text: String, code: JSONError.Code, offset: Int) {
    for padding in ["", String(repeating: " ", count: 40)] {
      let error = #expect(throws: JSONError.self) { try JSONDocument.parse(text + padding) }
      guard padding.isEmpty || code != .unexpectedEnd else { continue }
      #expect(error?.code == code)
      #expect(error?.offset == offset)
    }
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80],
      [0xE2, 0x82], [0xFF],
    ] as [[UInt8]])
  func malformedUTF8IsRefused(bytes: [UInt8]) {
    for length in [0, 5, 15, 16, 17, 40] {
      let text = [0x22] + [UInt8](repeating: 0x61, count: length) + bytes + [0x22] + [UInt8](repeating: 0x20, count: 20)
      let error = #expect(throws: JSONError.self) { try JSONDocument(parsing: text) }
      #expect(error?.code == .invalidUTF8)
      #expect(error?.offset == length + 1)
    }
  }

  @Test func faultNamesLineAndColumn() {
    let error = #expect(throws: JSONError.self) { try JSONDocument.parse("{\n  \"a\": 1,\n  \"b\": x\n}") }
    #expect(error?.line == 3)
    #expect(error?.column == 8)
  }

  @Test func nestingIsLimited() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(try JSONDocument.parse(nested(512)).root.count == 1)
    let error = #expect(throws: JSONError.self) { try JSONDocument.parse(nested(513)) }
    #expect(error?.code == .tooDeep)
    #expect(error?.offset == 512)
    #expect(throws: JSONError.self) { try JSONDocument.parse(String(repeating: "[", count: 100_000)) }
    #expect(throws: JSONError.self) { try JSONDocument.parse(String(repeating: "{\"a\":", count: 100_000)) }
  }

  @Test func sizeIsLimited() {
    let error = #expect(throws: JSONError.self) {
      try JSONDocument(parsing: Array("[1,2,3]".utf8), limits: JSONLimits(bytes: 4))
    }
    #expect(error?.code == .tooLarge)
  }

  @Test(arguments: [2, 24, 63, 64, 65, 66, 1000])
  func duplicateKeyIsFoundAmongMany(count: Int) throws {
    let keys = (0..<count).map { "\"key-with-a-long-name-\($0)-and-the-same-end\":\($0)" }
    #expect(try JSONDocument.parse("{" + keys.joined(separator: ",") + "}").root.count == count)
    for twice in [0, count / 2, count - 1] {
      let text = "{" + (keys + [keys[twice]]).joined(separator: ",") + "}"
      let error = #expect(throws: JSONError.self) { try JSONDocument.parse(text) }
      #expect(error?.code == .duplicateKey)
      #expect(error?.offset == text.utf8.count - 1 - keys[twice].utf8.count)
    }
  }

  @Test func equalKeysOfDifferentObjectsAreNoFault() throws {
    let root = try JSONDocument.parse(#"{"a":{"a":1,"b":{"a":2}},"b":[{"a":3},{"a":4}]}"#).root
    #expect(root["b"]?[1]?["a"]?.int64 == 4)
  }

  @Test(arguments: [0, 1, 14, 15, 16, 17, 31, 32, 33, 100])
  func stringsOfAnyLengthKeepTheirBytes(length: Int) throws {
    let plain = String(repeating: "x", count: length)
    for (json, text) in [
      (plain, plain), (plain + #"\n"# + plain, plain + "\n" + plain), ("é" + plain + "日本", "é" + plain + "日本"),
      (plain + #"\ud83d\ude00\u00e9"#, plain + "😀é"), (#"\"\\\/\b\f\r\t"#, "\"\\/\u{8}\u{C}\r\t"),
    ] {
      for tail in ["", String(repeating: "\n ", count: 20)] {
        let value = try JSONDocument.parse("\"" + json + "\"" + tail).root
        #expect(value.string == text)
        #expect(try JSONDocument.parse(value.text).root.string == text)
      }
    }
  }

  @Test func linesAreRoots() throws {
    let document = try JSONDocument.lines(Array("{\"a\":1}\n\n[2]\n3 ".utf8))
    #expect((0..<document.rootCount).map { document.root(at: $0).text } == [#"{"a":1}"#, "[2]", "3"])
    #expect(try JSONDocument.lines([]).rootCount == 0)
    #expect(throws: JSONError.self) { try JSONDocument.lines(Array("{}{}".utf8)) }
  }
}
