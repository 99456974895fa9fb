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
    ("[concat('a', 'b''c')]", "ab'c"), ("[createArray('x', 'y')[1]]", "y"), ("[json('{\"A\":{\"b\":\"c\"}}').a.B]", "c"),
    ("[if(equals('A', 'a'), 'yes', div(1, 0))]", "yes"), ("[toUpper(substring('plumb', 1, 2))]", "LU"),
    ("[string(createObject('a', 1, 'b', createArray(true())))]", #"{"a":1,"b":[true]}"#),
    ("[join(map(range(0, 3), lambda('i', string(mul(lambdaVariables('i'), 2)))), '-')]", "0-2-4"),
    ("[string(sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b')))))]", "[1,2,3]"),
    ("[string(groupBy(createArray('ab', 'ac', 'b'), lambda('x', first(lambdaVariables('x')))))]", #"{"a":["ab","ac"],"b":["b"]}"#),
    ("[string(reduce(createArray(1, 2, 3), 10, lambda('sum', 'x', add(lambdaVariables('sum'), lambdaVariables('x')))))]", "16"),
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
