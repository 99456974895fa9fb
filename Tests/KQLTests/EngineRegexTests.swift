// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import KQL

@Suite struct EngineRegexTests {
  @Test(arguments: [
    (#"a+b"#, "xaab", "aab"), (#"^a|b$"#, "cab", "b"), (#"(?i)ÄPFEL"#, "drei äpfel", "äpfel"),
    (#"a|ab"#, "ab", "a"), (#"a*?b"#, "aab", "aab"), (#"a{2,3}"#, "aaaa", "aaa"), (#"a{2,3}?"#, "aaaa", "aa"),
    (#"[^\d\s]+"#, "12 ab3", "ab"), (#"[[:alpha:]_]+"#, "1a_b", "a_b"), (#"\bfoo\b"#, "xfoo foo", "foo"),
    (#"(?s)a.b"#, "a\nb", "a\nb"), (#"(?m)^b$"#, "a\nb\nc", "b"), (#"\x41\x{42}\103"#, "ABC", "ABC"),
    (#"\Qa.b\E+"#, "aXb a.bbb", "a.bbb"), (#"x{,2}"#, "x{,2}", "x{,2}"), (#"\p{Greek}+"#, "ab γδ", "γδ"),
    (#"\pL+"#, "12é٣", "é"), (#"[]a]+"#, "x]a", "]a"), (#"[a-]+"#, "b-a", "-a"), (#"(|a)*b"#, "aab", "aab"),
    (#"(?U)a+"#, "aaa", "a"), (#"(?U)a+?"#, "aaa", "aaa"), (#"日本?"#, "x日本", "日本"), (#"(?i:A)b"#, "ab", "ab"),
  ])
  func findsTheLeftmostMatchOfHighestPriority(pattern: String, text: String, match: String) throws {
    let found = try #require(try RegularExpression(pattern).find(in: text), "\(pattern)")
    #expect(found[0].map(String.init) == match, "\(pattern) in \(text)")
  }

  @Test func givesGroups() throws {
    let groups = try #require(try RegularExpression(#"(?P<day>\d+)-(x)?(\w+)"#).find(in: "on 12-mar"))
    #expect(groups.map { $0.map(String.init) } == ["12-mar", "12", nil, "mar"])
    #expect(try RegularExpression(#"(?P<day>\d+)"#).names == [nil, "day"])
    // The last turn of a loop keeps its group.
    #expect(try RegularExpression(#"(?:(a)|b)+"#).find(in: "ab")?[1].map(String.init) == "a")
  }

  @Test func findsEveryMatch() throws {
    func all(_ pattern: String, _ text: String) throws -> [String] {
      try RegularExpression(pattern).all(in: text).map { String(($0[0] ?? nil) ?? "") }
    }
    #expect(try all(#"\d+"#, "1 22 333") == ["1", "22", "333"])
    #expect(try all("a*", "baa") == ["", "aa"])
    #expect(try all("", "é") == ["", ""])
  }

  @Test func replacesWithGroups() throws {
    #expect(try RegularExpression(#"(\w)(\w)"#).replace(in: "abcd", with: #"\2\1"#) == "badc")
    #expect(try RegularExpression(#"b"#).replace(in: "abc", with: #"[\0]"#) == "a[b]c")
  }

  @Test(arguments: [
    "(", ")", "[a", "a**", "*a", #"\1"#, "(?=a)", "(?<!a)", "a{1001}", #"\p{Klingon}"#, #"\p{L"#, "[z-a]", #"\y"#,
    "a\\",
  ])
  func refusesWhatRE2Refuses(pattern: String) {
    #expect(throws: KQLError.self) { try RegularExpression(pattern) }
  }

  @Test func takesLinearTimeWhereBacktrackingDoesNot() throws {
    let text = String(repeating: "a", count: 20_000)
    #expect(try RegularExpression("(a*)*b").find(in: text) == nil)
    #expect(try RegularExpression("(a|aa)+$").find(in: text + "b") == nil)
  }

  @Test func repeatsOfNothingCostNothing() throws {
    let pattern = String(repeating: "(?:", count: 50) + String(repeating: "){1000}", count: 50)
    #expect(try RegularExpression(pattern + "a").find(in: "ba") != nil)
  }

  @Test func readsAnyMixtureOfSignsWithoutATrap() {
    var random = SystemRandomNumberGenerator()
    let signs = Array(#"ab()[]{}|*+?.^$\-:,<>=!PpQEdwsbBx1290iUé"#)
    for _ in 0..<3000 {
      let pattern = String(
        (0..<Int.random(in: 1...12, using: &random)).map { _ in signs.randomElement(using: &random) ?? "a" })
      if let expression = try? RegularExpression(pattern) { _ = expression.all(in: "ab-1é\n(a)") }
    }
  }

  @Test func refusesProgramsThatGrowWithoutBound() {
    #expect(throws: KQLError.self) { try RegularExpression("((a{1000}){1000}){1000}") }
    #expect(throws: KQLError.self) { try RegularExpression(String(repeating: "(", count: 100_000)) }
  }
}
