// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@Suite struct ValueTests {
  private let estate = """
    {"id":"a","tags":{"aws:name":"x","a.b":1,"it's":2,"br]ck.et":3},
    "rules":[{"port":22,"cidrs":["0.0.0.0/0","10.0.0.0/8"]},{"port":443}]}
    """

  @Test(arguments: [
    ("id", [#""a""#]), ("rules[0].port", ["22"]), ("rules[-1].port", ["443"]), ("rules[*].port", ["22", "443"]),
    ("rules[*].cidrs[*]", [#""0.0.0.0/0""#, #""10.0.0.0/8""#]), ("tags['aws:name']", [#""x""#]),
    ("tags[\"a.b\"]", ["1"]),
    ("tags['it's']", ["2"]), ("tags['br]ck.et']", ["3"]), ("tags[*]", [#""x""#, "1", "2", "3"]), ("rules[7]", []),
    ("id.none", []),
  ])
  func pathFindsValues(path: String, expected: [String]) throws {
    let root = try JSONDocument.parse(estate).root
    let path = try #require(JSONPath(path))
    #expect(root.values(at: path).map(\.text) == expected)
    #expect(root.value(at: path)?.text == expected.first)
  }

  @Test(arguments: ["a..b", ".a", "a[", "a[x]", "a['x]", "a]b[0", "[0]a", "a['"])
  func malformedPathIsRefused(path: String) { #expect(JSONPath(path) == nil) }

  @Test(arguments: ["a", "a.b", "it's", "x]y", "x.y]z", "q']q", "", "*", "[*]"])
  func pathTextIsReadBack(key: String) {
    let path = JSONPath(steps: [.key("top"), .key(key), .index(3), .all, .key(key)])
    #expect(JSONPath(path.description) == path)
  }

  @Test(arguments: [
    (#"{"a":1,"b":[true,null]}"#, #"{ "b":[true, null], "a":1.0 }"#), ("0", "-0"), ("-0.0", "0"), ("100", "1e2"),
    (#""é""#, #""\u00e9""#), ("0.5", "5e-1"), (#"{"é":1,"z":2}"#, #"{"z":2,"\u00e9":1}"#),
  ])
  func equalValuesHaveOneCanonicalForm(left: String, right: String) throws {
    let (left, right) = (try JSONDocument.parse(left).root, try JSONDocument.parse(right).root)
    #expect(left == right)
    #expect(left.canonical() == right.canonical())
    #expect(left.sha256() == right.sha256())
  }

  @Test(arguments: [
    ("1", "2"), ("9007199254740993", "9007199254740992.0"), (#"{"a":1}"#, #"{"b":1}"#), ("[1,2]", "[2,1]"),
    ("null", "false"), (#""1""#, "1"), (#"{"a":null}"#, "{}"),
  ])
  func differentValuesDiffer(left: String, right: String) throws {
    let (left, right) = (try JSONDocument.parse(left).root, try JSONDocument.parse(right).root)
    #expect(left != right)
    #expect(left.canonical() != right.canonical())
  }

  @Test func digestIsSHA256OfCanonicalForm() throws {
    // printf '{"a":1}' | sha256sum
    #expect(
      try JSONDocument.parse(#" {"a" : 1} "#).root.sha256().hex
        == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862")
  }

  @Test func diffNamesPathBeforeAndAfter() throws {
    let before = try JSONDocument.parse(#"{"a":1,"b":{"c":[1,2],"d":true},"e":[1],"same":{"x":[1]}}"#).root
    let after = try JSONDocument.parse(#"{"a":2,"b":{"c":[1,3]},"e":[1,2],"f":null,"same":{"x":[1]}}"#).root
    let changes = JSONDiff.changes(from: before, to: after)
      .map { "\($0.path): \($0.before?.text ?? "-") > \($0.after?.text ?? "-")" }
    #expect(changes == ["a: 1 > 2", "b.c[1]: 2 > 3", "b.d: true > -", "e: [1] > [1,2]", "f: - > null"])
    #expect(JSONDiff.changes(from: before, to: before).isEmpty)
  }

  @Test func builderAndDraftMakeTheSameDocument() throws {
    let source = try JSONDocument.parse(#"{"deep":[{"x":"\u00e9\n"}]}"#).root
    var builder = JSONBuilder()
    builder.beginObject()
    builder.key("name")
    builder.append("v\"1")
    builder.key("copy")
    builder.append(source)
    builder.key("numbers")
    builder.beginArray()
    builder.append(Int64(1))
    builder.append(0.25)
    builder.appendNull()
    builder.append(false)
    builder.endArray()
    builder.endObject()
    let built = builder.finish().root

    var draft = JSONDraft.emptyObject
    draft.set(try #require(JSONPath("name")), .string("v\"1"))
    draft.set(try #require(JSONPath("copy.deep")), .value(try #require(source["deep"])))
    draft.set(try #require(JSONPath("numbers")), .array([.int(1), .double(0.25), .null, .bool(false)]))
    #expect(draft.document().root == built)
    #expect(try JSONDocument.parse(built.text).root == built)
  }
}
