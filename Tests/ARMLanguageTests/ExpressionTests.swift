// SPDX-License-Identifier: Apache-2.0
import ARMLanguage
import JSON
import Testing

/// Evaluates the text of an expression where nothing surrounds it.
func evaluate(_ text: String, now: Double? = nil) throws -> ARMValue {
  let expression = try ARMExpression(parsing: text, outer: [])
  var evaluation = ARMEvaluation(in: ARMNowhere(now: now))
  return try evaluation.value(expression)
}

struct ExpressionTests {
  @Test(arguments: [
    ("[concat('a', 'b''c')]", "ab'c"), ("[createArray('x', 'y')[1]]", "y"),
    ("[json('{\"A\":{\"b\":\"c\"}}').a.B]", "c"),
    ("[if(equals('A', 'a'), 'yes', div(1, 0))]", "yes"), ("[toUpper(substring('plumb', 1, 2))]", "LU"),
    ("[string(createObject('a', 1, 'b', createArray(true())))]", #"{"a":1,"b":[true]}"#),
    ("[join(map(range(0, 3), lambda('i', string(mul(lambdaVariables('i'), 2)))), '-')]", "0-2-4"),
    (
      "[string(sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b')))))]",
      "[1,2,3]"
    ),
    (
      "[string(groupBy(createArray('ab', 'ac', 'b'), lambda('x', first(lambdaVariables('x')))))]",
      #"{"a":["ab","ac"],"b":["b"]}"#
    ),
    (
      "[string(reduce(createArray(1, 2, 3), 10, lambda('sum', 'x', add(lambdaVariables('sum'), lambdaVariables('x')))))]",
      "16"
    ),
    ("[guid('a')]", "[guid('a')]"),
  ])
  func `an expression has its value`(text: String, value: String) throws {
    if value == text {
      #expect(try evaluate(text) == evaluate(text))
    } else {
      #expect(try evaluate(text) == .string(value))
    }
  }
}

struct FunctionTests {
  @Test(arguments: [
    ("parseCidr('10.144.0.0/20').lastUsable", "10.144.15.254"), ("cidrSubnet('10.144.0.0/20', 24, 3)", "10.144.3.0/24"),
    ("cidrHost('10.144.3.0/24', 0)", "10.144.3.1"), ("parseCidr('fd00::1:0/112').network", "fd00::1:0"),
    ("dateTimeAdd('2024-01-31T00:00:00Z', 'P1M')", "2024-02-29T00:00:00Z"),
    ("dateTimeAdd('2023-04-07T14:53:14Z', '-PT1H30M', 'yyyy/MM/dd h:mm tt')", "2023/04/07 1:23 PM"),
    ("format('{0:N0} {1,-3}| {2}', 1234567, 'a', true())", "1,234,567 a  | True"),
    ("uri('https://a.b/c/d', '../e?f=1')", "https://a.b/e?f=1"), ("padLeft(7, 3, '0')", "007"),
    ("replace('a.b.c', '.', '')", "abc"), ("uriComponentToString(uriComponent('ä/b c'))", "ä/b c"),
    ("tenantResourceId('A.B/c/d', 'x', 'y')", "/providers/A.B/c/x/d/y"),
    ("extensionResourceId('/s/1', 'A.B/c', 'x')", "/s/1/providers/A.B/c/x"),
    ("join(objectKeys(createObject('b', 1)), ',')", "b"),
    (
      "string(union(createObject('a', createObject('b', 1)), createObject('A', createObject('c', 2))))",
      #"{"a":{"b":1,"c":2}}"#
    ),
    ("string(toObject(createArray('a'), lambda('k', toUpper(lambdaVariables('k')))))", #"{"A":"a"}"#),
    ("string(filter(range(1, 4), lambda('i', equals(mod(lambdaVariables('i'), 2), 0))))", "[2,4]"),
    ("utcNow('yyyy-MM-dd')", "2023-11-14"), ("guid('a', 'b')", "lower"),
    ("string(flatten(createArray(createArray(1), createArray(2))))", "[1,2]"),
    ("string(shallowMerge(createArray(createObject('a', 1), createObject('a', 2))))", #"{"a":2}"#),
    ("tryGet(createObject('a', createArray('x')), 'a', 0)", "x"), ("concat('a', 1, true(), null())", "a1true"),
    ("toLower(string(contains(createObject('Key', 1), 'key')))", "true"), ("string(lastIndexOf('abcabc', 'BC'))", "4"),
  ])
  func `a function gives its value`(call: String, value: String) throws {
    let got = try evaluate("[\(call)]", now: 1_700_000_000)
    if value == "lower" {
      let text = try #require(got.string)
      #expect(text.count == 36 && text == text.lowercased() && text[text.index(text.startIndex, offsetBy: 14)] == "5")
    } else {
      #expect(got == .string(value))
    }
  }

  @Test(arguments: [
    ("add(9223372036854775807, 1)", ARMError.Code.failed), ("div(1, 0)", .failed), ("substring('abc', 2, 5)", .failed),
    ("format('{2}', 'a')", .failed), ("first(1)", .wrongArguments), ("createArray(1)[3]", .failed),
    ("json('{')", .failed),
    ("createObject('a')", .failed), ("json('{}').x", .failed), ("less('a', 1)", .failed), ("range(0, 100000)", .failed),
    ("resourceId('A.B/c', 'x', 'y')", .failed), ("ipRangeContains(1, 'x')", .wrongArguments),
    ("map(range(0, 9999), lambda('a', map(range(0, 9999), lambda('b', lambdaVariables('b')))))", .tooLarge),
    ("if('yes', 1, 2)", .wrongArguments), ("and(true(), 1)", .wrongArguments), ("lambdaVariables('x')", .failed),
  ])
  func `a call that cannot be answered says why`(call: String, code: ARMError.Code) throws {
    #expect { try evaluate("[\(call)]") } throws: { ($0 as? ARMError)?.code == code }
  }

  @Test func `what is not known stays so, and what does not hang on it is answered`() throws {
    #expect(try evaluate("[concat('a', uniqueString('b'))]").reason != nil)
    #expect(try evaluate("[newGuid()]", now: 1).reason != nil)
    #expect(try evaluate("[utcNow()]").reason != nil)
    #expect(try evaluate("[and(equals(uniqueString('a'), 'b'), false())]") == .bool(false))
    #expect(try evaluate("[or(equals(uniqueString('a'), 'b'), false())]").reason != nil)
    #expect(try evaluate("[if(true(), 1, uniqueString('a'))]") == .int(1))
  }
}

struct ExpressionSyntaxTests {
  @Test(arguments: [
    ("[concat('a'", 11), ("[]", 1), ("[a]", 1), ("['a]", 1), ("[1 2]", 3), ("[nope()]", 1), ("[first('a').]", 12),
    ("[add(1)]", 1), ("[concat('a',)]", 12), ("[-]", 1),
  ])
  func `a malformed expression is refused where it breaks`(text: String, offset: Int) {
    #expect { try evaluate(text + (text.hasSuffix("]") ? "" : "]")) } throws: { ($0 as? ARMError)?.offset == offset }
  }

  /// Whatever is done to an expression, it is read or refused with a place within it, and evaluated or refused.
  @Test func `mutilated expressions never break the reader`() throws {
    let seeds = [
      "[concat('a', parameters('b'), string(add(1, -2.5e3)))]",
      "[if(equals(field('x[*].y'), ''), json('{\"a\":[1]}').a[0], null())]",
      "[map(range(0, 3), lambda('i', format('{0:D2}', lambdaVariables('i'))))]",
      "[dateTimeAdd('2024-01-15T12:00:00Z', 'P1DT2H', 'G')]",
      "[cidrSubnet('10.0.0.0/8', 16, 3)]", "[uri('http://a/b', '../c')]", "[substring('abc', 1, 1)]",
      "[split('a,b;c', createArray(',', ';'))]",
      "[base64ToJson(base64('{}'))]", "[toObject(createArray('é', 'ß'), lambda('x', lambdaVariables('x')))]",
    ]
    let pieces =
      Array("()[]',.-0123456789*{}:'ß aé\u{0}").map(String.init) + [
        "concat(", "lambda(", "'", "''", "[[", "9223372036854775807", "P1Y",
      ]
    var random = SplitMix(state: 20_261_130)
    var accepted = 0
    for round in 0..<6000 {
      var characters = Array(seeds[round % seeds.count])
      for _ in 0..<Int(random.next() % 4) {
        let at = Int(random.next() % UInt64(characters.count))
        switch random.next() % 3 {
        case 0: characters.remove(at: at)
        case 1: characters.insert(contentsOf: pieces[Int(random.next() % UInt64(pieces.count))], at: at)
        default: characters.swapAt(at, Int(random.next() % UInt64(characters.count)))
        }
        if characters.isEmpty { characters = ["["] }
      }
      let text = String(characters)
      guard ARMExpression.isExpression(text) else { continue }
      do {
        let expression = try ARMExpression(parsing: text, outer: ["parameters", "field"])
        accepted += 1
        var evaluation = ARMEvaluation(in: ARMNowhere(now: 0))
        _ = try? evaluation.value(expression)
      } catch {
        #expect((0...text.utf8.count).contains(error.offset), "\(text): \(error)")
      }
    }
    #expect(accepted > 1000)
  }
}

/// Numbers that are the same in each run (G. L. Steele and others, "Fast splittable pseudorandom number generators").
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
