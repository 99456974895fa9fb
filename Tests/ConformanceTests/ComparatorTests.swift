// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

struct ComparatorTests {
  private static func verdict(_ expected: String, _ answer: String, extra: String = "") throws -> Verdict {
    let item = try JSONDocument.parse("{\"expected\":\(expected)\(extra)}")
    return Comparator(case: item.root).judge(try JSONDocument.parse(answer).root).verdict
  }

  @Test(arguments: [
    (#"1.0000000001"#, #"1"#, "real", Verdict.match), (#""NaN""#, #""NaN""#, "real", .match),
    (#"null"#, #""""#, "string", .values), (#"null"#, #"null"#, "long", .match),
    (#"9007199254740993"#, #"9007199254740992"#, "long", .values),
    (#""2020-01-02T03:04:05Z""#, #""2020-01-02T03:04:05.0000000Z""#, "datetime", .match),
    (#""1.00:00:00""#, #""1.00:00:00.0000000""#, "timespan", .match),
    (#"{"a":1,"b":[1,2]}"#, #"{"b":[1,2],"a":1.0}"#, "dynamic", .match),
    (#"[1,2]"#, #"[2,1]"#, "dynamic", .values),
  ])
  func `typed cells compare by their type`(expected: String, got: String, type: String, verdict: Verdict) throws {
    let found = try Self.verdict(
      #"{"columns":[{"name":"x","type":"\#(type)"}],"rows":[[\#(expected)]]}"#,
      #"{"columns":[{"name":"x","type":"\#(type)"}],"rows":[[\#(got)]]}"#, extra: #","truth":"emulator""#)
    #expect(found == verdict)
  }

  @Test(arguments: [
    ("1,234", "1234", "long", Verdict.match), ("0.67", "0.6666666", "real", .match), ("", "null", "long", .match),
    ("true", "true", "bool", .match), ("`x`", #""x""#, "string", .match), ("a\\\\*b", #""a*b""#, "string", .match),
    ("[1, 2]", "[1,2]", "dynamic", .match), ("2020-01-01 00:00", #""2020-01-01T00:00:00Z""#, "datetime", .match),
    ("2", "3", "long", .values),
  ])
  func `printed cells compare by any reading`(printed: String, got: String, type: String, verdict: Verdict) throws {
    let found = try Self.verdict(
      #"{"columns":[{"name":"x"}],"rows":[["\#(printed)"]]}"#,
      #"{"columns":[{"name":"x","type":"\#(type)"}],"rows":[[\#(got)]]}"#, extra: #","truth":"docs""#)
    #expect(found == verdict)
  }

  @Test func `the order of rows counts only where the query sorts`() throws {
    let expected = #"{"columns":[{"name":"x","type":"long"}],"rows":[[1],[2]]}"#
    let answer = #"{"columns":[{"name":"x","type":"long"}],"rows":[[2],[1]]}"#
    #expect(try Self.verdict(expected, answer) == .match)
    #expect(try Self.verdict(expected, answer, extra: #","ordered":true"#) == .order)
    #expect(try Self.verdict(expected, answer, extra: #","ordered":true,"sort_keys":["x"]"#) == .order)
  }

  @Test func `columns and counts of rows are compared first`() throws {
    let expected = #"{"columns":[{"name":"x"}],"rows":[[1]]}"#
    #expect(try Self.verdict(expected, #"{"columns":[{"name":"y","type":"long"}],"rows":[[1]]}"#) == .columns)
    #expect(try Self.verdict(expected, #"{"columns":[{"name":"x","type":"long"}],"rows":[]}"#) == .rowcount)
  }
}
