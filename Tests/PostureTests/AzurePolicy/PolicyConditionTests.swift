// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import Posture

struct PolicyConditionTests {
  /// An operator with what it is compared with, the value of `p` in the resource, and whether it holds.
  @Test(arguments: [
    (#""equals": "B""#, #""b""#, true), (#""equals": 443"#, #""443""#, true), (#""equals": "443""#, "443", true),
    (#""equals": true"#, #""TRUE""#, true), (#""equals": "false""#, "false", true), (#""equals": 1"#, "true", false),
    (#""equals": 1"#, "1.0", true), (#""equals": [1, "A"]"#, #"[1, "a"]"#, true), (#""equals": "x""#, "null", false),
    (#""equals": {"A": 1}"#, #"{"a": "1"}"#, true), (#""equals": "straße""#, #""STRASSE""#, true),
    (#""notEquals": "x""#, "null", true), (#""like": "a*c""#, #""ABBC""#, true), (#""like": "a*c""#, #""abcd""#, false),
    (#""like": "*""#, #""""#, true), (#""notLike": "a*""#, #""b""#, true), (#""match": "a#?.""#, #""a1bz""#, true),
    (#""match": "A#""#, #""a1""#, false), (#""matchInsensitively": "A#""#, #""a1""#, true),
    (###""notMatch": "##""###, #""1""#, true), (#""contains": "b""#, #""ABC""#, true),
    (#""contains": "B""#, #"["a", "b"]"#, true), (#""notContains": "z""#, #"["a"]"#, true),
    (#""in": ["A", 7]"#, #""7""#, true), (#""in": []"#, #""7""#, false), (#""notIn": ["a"]"#, #""A""#, false),
    (#""containsKey": "K""#, #"{"k": null}"#, true), (#""notContainsKey": "k""#, "{}", true),
    (#""less": 5"#, "4", true), (#""less": 5"#, #""4""#, true), (#""greater": "b""#, #""C""#, true),
    (#""greater": 5"#, #""x""#, false),
    (#""lessOrEquals": "2024-01-01T00:00:00Z""#, #""2024-01-01T01:00:00+01:00""#, true),
    (#""greaterOrEquals": "2021-06-01""#, #""2021-06-01-preview""#, true), (#""exists": "true""#, #""""#, true),
    (#""exists": false"#, "null", true), (#""equals": "[[x]""#, #""[x]""#, true),
    (#""equals": "é\n""#, #""É\n""#, true),
  ])
  func `a condition holds`(condition: String, actual: String, holds: Bool) throws {
    let verdict = try RuleFixture.verdict(#"{"field": "p", \#(condition)}"#, #"{"p": \#(actual)}"#)
    #expect(verdict == (holds ? .nonCompliant : .compliant))
  }

  @Test(arguments: [
    (#""equals": "x""#, false), (#""notEquals": "x""#, true), (#""in": ["x"]"#, false), (#""notIn": ["x"]"#, true),
    (#""exists": false"#, true), (#""contains": "x""#, false), (#""notContains": "x""#, true), (#""less": 1"#, false),
    (#""greater": 1"#, false), (#""like": "*""#, false), (#""notLike": "x""#, true), (#""containsKey": "x""#, false),
    (#""equals": null"#, true),
  ])
  func `a missing value meets only what is denied`(condition: String, holds: Bool) throws {
    let verdict = try RuleFixture.verdict(#"{"field": "p", \#(condition)}"#, "{}")
    #expect(verdict == (holds ? .nonCompliant : .compliant))
  }

  @Test(arguments: [
    (#"{"field": "a[*]", "equals": 1}"#, #"{"a": []}"#, true), (#"{"field": "a[*]", "equals": 1}"#, "{}", true),
    (#"{"field": "a[*]", "equals": 1}"#, #"{"a": [1, 2]}"#, false),
    (#"{"not": {"field": "a[*]", "notEquals": 2}}"#, #"{"a": [1, 2]}"#, true),
    (#"{"field": "a[*].b", "exists": true}"#, #"{"a": [{"b": 1}, {}]}"#, false),
    (#"{"field": "a[*].b[*]", "equals": 1}"#, #"{"a": [{"b": [1]}, {}, {"b": []}]}"#, true),
    (#"{"value": "[length(field('a[*].b'))]", "equals": 1}"#, #"{"a": [{"b": 1}, {}]}"#, true),
    (#"{"value": "[field('a.b')]", "equals": ""}"#, "{}", true),
    (#"{"field": "a[1].b", "equals": 2}"#, #"{"a": [{"b": 1}, {"b": 2}]}"#, true),
    (#"{"field": "tags['x.y']", "equals": 1}"#, #"{"tags": {"X.Y": 1}}"#, true),
    (#"{"field": "tags.x.y", "equals": 1}"#, #"{"tags": {"x.y": 1}}"#, true),
    (#"{"field": "[concat('tags[', 'x', ']')]", "equals": 1}"#, #"{"tags": {"x": 1}}"#, true),
    (#"{"field": "location", "in": ["West Europe"]}"#, #"{"location": "westeurope"}"#, true),
    (#"{"field": "location", "equals": "westeurope"}"#, #"{"location": "West Europe"}"#, true),
    (
      #"{"field": "fullName", "equals": "s/d"}"#,
      #"{"name": "d", "id": "/subscriptions/1/resourceGroups/g/providers/M.S/a/s/b/d"}"#, true
    ),
  ])
  func `fields lead where they say`(condition: String, resource: String, holds: Bool) throws {
    #expect(try RuleFixture.verdict(condition, resource) == (holds ? .nonCompliant : .compliant))
  }

  @Test(arguments: [
    (#"{"count": {"field": "a[*]", "where": {"field": "a[*].b", "equals": 1}}, "equals": 2}"#, true),
    (#"{"count": {"field": "a[*].c[*]"}, "equals": 3}"#, true),
    (#"{"count": {"field": "a[*]", "where": {"value": "[first(field('a[*].b'))]", "equals": 2}}, "equals": 1}"#, true),
    (#"{"count": {"field": "a[*]", "where": {"value": "[current().b]", "equals": 2}}, "equals": 1}"#, true),
    (#"{"count": {"field": "a[*]", "where": {"value": "[current('a[*].b')]", "equals": 2}}, "equals": 1}"#, true),
    (#"{"count": {"field": "a[*]", "where": {"field": "name", "equals": "n"}}, "equals": 3}"#, true),
    (
      #"{"count": {"field": "a[*]", "where": {"count": {"field": "a[*].c[*]", "where": {"field": "a[*].c[*]", "greater": 1}}, "greater": 0}}, "equals": 2}"#,
      true
    ),
    (
      #"{"count": {"value": ["x", "n"], "name": "v", "where": {"field": "name", "equals": "[current('v')]"}}, "equals": 1}"#,
      true
    ),
    (
      #"{"count": {"value": [1, 2], "name": "o", "where": {"count": {"value": [2, 3], "name": "i", "where": {"value": "[current('o')]", "equals": "[current('i')]"}}, "greater": 0}}, "equals": 1}"#,
      true
    ),
    (#"{"count": {"field": "none[*]"}, "equals": 0}"#, true),
    (#"{"count": {"field": "a[*]", "where": {"not": {"field": "a[*].c", "exists": true}}}, "less": 1}"#, false),
  ])
  func `counts see one element at a time`(condition: String, holds: Bool) throws {
    let resource = #"{"name": "n", "a": [{"b": 1, "c": [1, 2]}, {"b": 1}, {"b": 2, "c": [3]}]}"#
    #expect(try RuleFixture.verdict(condition, resource) == (holds ? .nonCompliant : .compliant))
  }

  @Test(arguments: [
    (#"{"value": "[uniqueString('a')]", "equals": "b"}"#, PolicyVerdict.unknown),
    (#"{"value": "[int(field('name'))]", "equals": 1}"#, .unknown),
    (#"{"value": "[tenant().tenantId]", "equals": "t"}"#, .unknown),
    (
      #"{"allOf": [{"value": "[uniqueString('a')]", "equals": "b"}, {"field": "x", "equals": "2"}]}"#, .compliant
    ),
    (#"{"anyOf": [{"value": "[uniqueString('a')]", "equals": "b"}, {"field": "x", "equals": "1"}]}"#, .nonCompliant),
    (#"{"not": {"value": "[uniqueString('a')]", "equals": "b"}}"#, .unknown),
    (
      #"{"count": {"value": [1, 2], "where": {"value": "[uniqueString('a')]", "equals": "b"}}, "less": 3}"#,
      .nonCompliant
    ),
    (#"{"count": {"value": [1, 2], "where": {"value": "[uniqueString('a')]", "equals": "b"}}, "less": 2}"#, .unknown),
    (#"{"value": "[resourceGroup().tags.none]", "exists": false}"#, .nonCompliant),
    (#"{"value": "[resourceGroup().tags['none']]", "notEquals": ""}"#, .compliant),
    (#"{"value": "[resourceGroup().tags['env']]", "notEquals": ""}"#, .nonCompliant),
    (#"{"value": "[resourceGroup().other.none]", "equals": null}"#, .nonCompliant),
    (#"{"value": "[addDays(utcNow(), 1)]", "greater": "2023-11-15T00:00:00Z"}"#, .nonCompliant),
  ])
  func `what is not known makes unknown only what hangs on it`(condition: String, verdict: PolicyVerdict) throws {
    #expect(try RuleFixture.verdict(condition, #"{"name": "n", "x": "1"}"#) == verdict)
  }

  @Test func `an expression that fails gives its reason`() throws {
    let policy = try RuleFixture.compile(if: #"{"value": "[int(field('x'))]", "equals": 1}"#)
    let outcome = try PolicyEvaluator().judge(policy, PolicySubject(RuleFixture.value(#"{"x": "one"}"#)))
    #expect(outcome.verdict == .unknown)
    #expect(outcome.reason == "int(): 'one' is no integer")
  }

  @Test func `a value that was not collected is unknown, one that is there is not`() throws {
    let policy = try RuleFixture.compile(if: #"{"field": "properties.a.b", "equals": 1}"#)
    var subject = try PolicySubject(RuleFixture.value(#"{"properties": {"c": 1}}"#))
    subject.gaps = [("properties.a", "ListKeys was denied")]
    #expect(PolicyEvaluator().judge(policy, subject).verdict == .unknown)
    #expect(PolicyEvaluator().judge(policy, subject).reason == "ListKeys was denied")
    subject.gaps = [("properties.ab", "no matter")]
    #expect(PolicyEvaluator().judge(policy, subject).verdict == .compliant)
    let other = try RuleFixture.compile(if: #"{"field": "properties.c", "equals": 1}"#)
    subject.gaps = [("", "nothing was read")]
    #expect(PolicyEvaluator().judge(other, subject).verdict == .nonCompliant)
  }
}
