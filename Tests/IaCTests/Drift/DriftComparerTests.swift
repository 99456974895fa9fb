// SPDX-License-Identifier: Apache-2.0

import JSON
import Testing

@testable import IaC

/// What counts as the same, and what does not.
@Suite struct DriftComparerTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let name: String
    var cloud = "aws"
    let expected: String
    let live: String
    /// Paths that differ.
    var paths: [String] = []
    var testDescription: String { name }
  }

  static let pairs: [Pair] = [
    Pair(
      name: "numbers are texts", expected: #"{"properties":{"A":1,"B":"2","C":1.0}}"#,
      live: #"{"properties":{"A":"1","B":2,"C":1}}"#),
    Pair(
      name: "truth values are texts", expected: #"{"properties":{"A":true,"B":"false"}}"#,
      live: #"{"properties":{"A":"True","B":false}}"#),
    Pair(
      name: "null, empty and absent are one", expected: #"{"properties":{"A":null,"B":[],"C":{},"D":"","E":false}}"#,
      live: #"{"properties":{"B":null,"D":[]}}"#),
    Pair(
      name: "absent is not true", expected: #"{"properties":{"A":true}}"#, live: #"{"properties":{}}"#,
      paths: ["properties.A"]),
    Pair(
      name: "lists are sets", expected: #"{"properties":{"A":["x","y","z"]}}"#,
      live: #"{"properties":{"A":["z","x","y"]}}"#),
    Pair(
      name: "an element more is a difference", expected: #"{"properties":{"A":["x","y"]}}"#,
      live: #"{"properties":{"A":["y","x","w"]}}"#, paths: ["properties.A"]),
    Pair(
      name: "an element twice is not the same as once", expected: #"{"properties":{"A":["x","x"]}}"#,
      live: #"{"properties":{"A":["x","y"]}}"#, paths: ["properties.A"]),
    Pair(
      name: "where order counts it counts", expected: #"{"properties":{"Command":["a","b"]}}"#,
      live: #"{"properties":{"Command":["b","a"]}}"#, paths: ["properties.Command"]),
    Pair(
      name: "what the state does not know of an element is left out",
      expected: #"{"properties":{"R":[{"P":"tcp","F":22}]}}"#,
      live: #"{"properties":{"R":[{"P":"tcp","F":22,"Id":"sgr-1"}]}}"#),
    Pair(
      name: "an open port is told", expected: #"{"properties":{"R":[{"P":"tcp","F":443}]}}"#,
      live: #"{"properties":{"R":[{"P":"tcp","F":443},{"P":"tcp","F":22}]}}"#, paths: ["properties.R"]),
    Pair(
      name: "policies are sets with lists of one",
      expected:
        #"{"properties":{"P":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":["b","a"],"Principal":{"AWS":"111122223333"}}]}}}"#,
      live:
        #"{"properties":{"P":"{\"Statement\":{\"Sid\":\"\",\"Effect\":\"Allow\",\"Action\":[\"S3:getobject\"],\"Resource\":[\"a\",\"b\"],\"Principal\":{\"AWS\":[\"arn:aws:iam::111122223333:root\"]}},\"Version\":\"2012-10-17\"}"}}"#
    ),
    Pair(
      name: "everybody is everybody",
      expected:
        #"{"properties":{"P":{"Statement":[{"Effect":"Allow","Principal":"*","Action":["a","b"],"Resource":"*"}]}}}"#,
      live:
        #"{"properties":{"P":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["b","a"],"Resource":"*"}]}}}"#
    ),
    Pair(
      name: "another principal is told",
      expected:
        #"{"properties":{"P":{"Statement":[{"Effect":"Allow","Principal":{"AWS":"1"},"Action":"a","Resource":"*"}]}}}"#,
      live: #"{"properties":{"P":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"a","Resource":"*"}]}}}"#,
      paths: ["properties.P"]),
    Pair(
      name: "a condition that is gone is told",
      expected:
        #"{"properties":{"P":{"Statement":[{"Effect":"Allow","Action":"a","Resource":"*","Condition":{"Bool":{"x":"true"}}}]}}}"#,
      live: #"{"properties":{"P":{"Statement":[{"Effect":"Allow","Action":"a","Resource":"*"}]}}}"#,
      paths: ["properties.P"]),
    Pair(
      name: "tags are compared whole", expected: #"{"tags":{"a":"1","b":"2"}}"#,
      live: #"{"tags":{"a":"1","c":"3","aws:x":"y"}}"#, paths: ["tags.b", "tags.c"]),
    Pair(
      name: "the case of a tag's value counts", cloud: "azure", expected: #"{"tags":{"a":"Prod"}}"#,
      live: #"{"tags":{"A":"prod"}}"#, paths: ["tags.a"]),
    Pair(
      name: "tags as pairs are tags", expected: #"{"tags":[{"Key":"a","Value":"1"}]}"#, live: #"{"tags":{"a":"1"}}"#),
    Pair(
      name: "a tag without a value is a tag", expected: #"{"tags":{"a":""}}"#, live: #"{"tags":{}}"#, paths: ["tags.a"]),
    Pair(
      name: "ids and places of Azure have no case", cloud: "azure",
      expected: #"{"location":"West Europe","properties":{"id":"/subscriptions/S/resourceGroups/Web","tier":"hot"}}"#,
      live: #"{"location":"westeurope","properties":{"id":"/subscriptions/s/resourcegroups/web","tier":"Hot"}}"#),
    Pair(
      name: "the case of AWS counts", expected: #"{"properties":{"A":"x"}}"#, live: #"{"properties":{"A":"X"}}"#,
      paths: ["properties.A"]),
    Pair(
      name: "links of Google are their paths", cloud: "gcp",
      expected:
        #"{"properties":{"network":"projects/p/global/networks/n","machineType":"e2-medium","key":"projects/p/locations/l/keyRings/r/cryptoKeys/k"}}"#,
      live:
        #"{"properties":{"network":"https://www.googleapis.com/compute/v1/projects/p/global/networks/n","machineType":"https://www.googleapis.com/compute/v1/projects/p/zones/z/machineTypes/e2-medium","key":"projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"}}"#
    ),
    Pair(
      name: "another network is told", cloud: "gcp",
      expected: #"{"properties":{"network":"projects/p/global/networks/n"}}"#,
      live: #"{"properties":{"network":"https://www.googleapis.com/compute/v1/projects/p/global/networks/m"}}"#,
      paths: ["properties.network"]),
    Pair(
      name: "a name and the ARN that ends in it", expected: #"{"properties":{"Role":"web","Groups":["a"]}}"#,
      live: #"{"properties":{"Role":"arn:aws:iam::1:role/web","Groups":["arn:aws:x:::group/a"]}}"#),
    Pair(
      name: "half a name is another", expected: #"{"properties":{"Role":"eb"}}"#,
      live: #"{"properties":{"Role":"arn:aws:iam::1:role/web"}}"#, paths: ["properties.Role"]),
    Pair(
      name: "times and versions are left out",
      expected: #"{"properties":{"etag":"1","createTime":"x","State":"running"}}"#,
      live: #"{"properties":{"etag":"2","createTime":"y","State":"stopped"}}"#),
    Pair(
      name: "a state that is a setting counts",
      expected: #"{"properties":{"state":"Enabled","V":{"Status":"Enabled"}}}"#,
      live: #"{"properties":{"state":"Disabled","V":{"Status":"Suspended"}}}"#,
      paths: ["properties.state", "properties.V.Status"]),
    Pair(
      name: "each part of a map that is gone is told", expected: #"{"properties":{"B":{"X":true,"Y":true,"Z":false}}}"#,
      live: #"{"properties":{}}"#, paths: ["properties.B.X", "properties.B.Y"]),
    Pair(
      name: "a scalar is a list of one", expected: #"{"properties":{"A":["x"]}}"#, live: #"{"properties":{"A":"x"}}"#),
    Pair(
      name: "names of members with dots", expected: #"{"properties":{"Variables":{"a.b":"1"}}}"#,
      live: #"{"properties":{"Variables":{"a.b":"2"}}}"#, paths: ["properties.Variables['a.b']"]),
  ]

  @Test(arguments: pairs) func compares(_ pair: Pair) throws {
    var comparer = DriftComparer(rules: DriftSample.rules, cloud: pair.cloud)
    comparer.compare(try DriftSample.node(pair.expected), try DriftSample.node(pair.live))
    #expect(comparer.differences.map(\.path).sorted() == pair.paths.sorted())
  }

  @Test func whatIsSettledAndThereIsToldAndWhatIsUnknownIsNot() throws {
    var comparer = DriftComparer(rules: DriftSample.rules, cloud: "aws")
    var expected = try DriftSample.node(#"{"properties":{"A":"x","L":[{"B":"y"}]}}"#)
    expected.set(["properties", "A"], CodeNode(.unknown(CodeUnknown("secret")), at: expected.place))
    let live = try DriftSample.node(#"{"properties":{"A":"z","L":[{"B":"y"}],"C":{"D":1}}}"#)
    comparer.compare(expected, live, settled: [["properties", "C"], ["properties", "E"]])
    #expect(comparer.differences.map(\.path) == ["properties.C"])
  }

  @Test func aListIsRevertedWithoutLosingWhatIsTheSame() throws {
    var comparer = DriftComparer(rules: DriftSample.rules, cloud: "aws")
    comparer.compare(
      try DriftSample.node(#"{"properties":{"R":[{"F":443},{"F":80}]}}"#),
      try DriftSample.node(#"{"properties":{"R":[{"F":22,"Id":"a"},{"F":443,"Id":"b"}]}}"#))
    let difference = try #require(comparer.differences.first)
    #expect(difference.removed.map { $0.json().text } == [#"{"F":80}"#])
    #expect(difference.added.map { $0.json().text } == [#"{"F":22}"#])
    #expect(difference.reverted?.json().text == #"[{"F":443,"Id":"b"},{"F":80}]"#)
  }

  @Test func whatWasNotReadIsNotCompared() throws {
    var comparer = DriftComparer(rules: DriftSample.rules, cloud: "aws")
    comparer.gaps = [(path: "properties.A", reason: "denied")]
    comparer.collects = { $0 != ["properties", "B"] }
    comparer.compare(
      try DriftSample.node(#"{"properties":{"A":{"X":true},"B":true,"C":true}}"#), try DriftSample.node("{}"))
    #expect(comparer.differences.map(\.path) == ["properties.C"])
    #expect(comparer.unseen == ["denied"])
  }

  @Test(arguments: [
    ("aws_s3_bucket.a", "aws_s3_bucket.a", true), ("aws_*.a", "aws_s3_bucket.a", true), ("*", "", true),
    ("a*b*c", "aXbYbZc", true), ("a*bc", "abcbd", false), ("A", "a", true), ("ab*ba", "aba", false),
  ]) func patternsMatch(_ pattern: String, _ text: String, _ matches: Bool) {
    #expect(GlobPattern(pattern).matches(text) == matches)
  }

  @Test func deepAndHostileValuesEnd() throws {
    let depth = 400
    let deep = String(repeating: #"{"a":["#, count: depth / 2) + "1" + String(repeating: "]}", count: depth / 2)
    var comparer = DriftComparer(rules: DriftSample.rules, cloud: "aws")
    comparer.compare(
      try DriftSample.node(#"{"properties":{"x":\#(deep)}}"#), try DriftSample.node(#"{"properties":{"x":\#(deep)}}"#))
    #expect(comparer.differences.isEmpty)
  }
}
