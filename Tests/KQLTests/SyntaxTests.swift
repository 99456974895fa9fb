// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

struct SyntaxTests {
  @Test(arguments: [
    ("1", "1"), ("0x1F", "31"), ("1.5", "1.5"), ("1e3", "1000.0"), ("'a'", #""a""#), (#""a""#, #""a""#),
    (#"'it\'s'"#, #""it's""#), (#"@'C:\x'"#, #""C:\\x""#), ("@'it''s'", #""it's""#), ("h'secret'", #""secret""#),
    ("```a\nb```", #""a\nb""#), ("'a' 'b'", #""ab""#), (#"'tab\t\u0041'"#, #""tab\tA""#), ("true", "true"),
    ("long(null)", "null"), ("int(7)", "7"), ("real(nan)", #""NaN""#), ("bool(true)", "true"),
    ("datetime(2026-01-02)", #""2026-01-02T00:00:00.0000000Z""#),
    ("datetime(2026-01-02T03:04:05.6789012Z)", #""2026-01-02T03:04:05.6789012Z""#), ("1d", #""1.00:00:00""#),
    ("90m", #""01:30:00""#), ("1.5h", #""01:30:00""#), ("time(00:00:01)", #""00:00:01""#),
    ("2tick", #""00:00:00.0000002""#),
    ("guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", #""74be27de-1e4e-49d9-b579-fe0b331d3642""#),
    (#"dynamic({"a":[1,'b',null]})"#, #"{"a":[1,"b",null]}"#), ("dynamic(null)", "null"),
    ("dynamic([1, 2,])", "[1,2]"), ("1 + 2 * 3 - 4 / 2", "5"), ("-2 * -3", "6"), ("(1 + 2) * 3", "9"),
    ("1 == 1 and not(2 > 3) or false", "true"), ("5 between (1 .. 5)", "true"), ("5 !between (1 .. 4)", "true"),
    ("'a' in ('b', 'a')", "true"), ("'A' in~ ('b', 'a')", "true"), ("'a' !in ('b')", "true"),
    ("dynamic({'a':{'b c':[10,20]}}).a['b c'][1]", "20"), ("dynamic([1,2,3])[-1]", "3"),
  ])
  func `every form of literal and operator is read`(expression: String, value: String) throws {
    #expect(try Ask.cell(expression) == value)
  }

  @Test(arguments: [
    "print kind = 1, type = 2, name = 3, id = 4 | project kind, type, name, id",
    "print ['a b'] = 1 | extend c = ['a b'] | where ['c'] == 1",
    "print [\"a b\"] = 1 | project-away ['a b']",
    "// a comment\nprint 1 // another\n| where true // and one more",
    "\u{FEFF}print 1;",
    "let x = 1; let ['y z'] = 2; print x + ['y z'];",
    "set notruncation; print 1",
    "datatable(a: long, ['b c']: string) [1, 'x', 2, 'y',] | count",
    "datatable(x: long) []",
    "print d = dynamic({\"a\": 1}) | project d.a, d['a'], d.['a']",
    "print a = 1 | summarize by a",
    "range x from 1 to 3 step 1 | as hint.materialized=true T | union T",
    "let f = (a: long, b: string = 'x') { strcat(b, a) }; print f(1), f(1, 'y')",
    "let t = view () { print x = 1 }; t | count",
    "print x=1 | join kind=inner hint.strategy=broadcast (print x=1) on x",
    "print x=1 | join (print y=1) on $left.x == $right.y",
    "print x=1 | order by x asc nulls last, x desc",
  ])
  func `names, comments and statements are read in every form`(query: String) throws {
    _ = try Ask.result(query)
  }

  @Test(arguments: [
    ("print 1 |", 1, 10), ("print 1 | wher x", 1, 11), ("print (1", 1, 9), ("print 'abc", 1, 7),
    ("print 1\n| extend a = nosuch", 2, 14), ("print\n  a = 1 +", 2, 10), ("nosuch | count", 1, 1),
    ("print a = 1 | where b == 1", 1, 21), ("print nosuch(1)", 1, 7), ("print 1 ~ 2", 1, 9),
    ("let x = 1", 0, 0), ("", 0, 0),
  ])
  func `errors name their place`(query: String, line: Int, column: Int) throws {
    let error = try #require(Ask.error(query))
    #expect(error.line == line && error.column == column, "\(error)")
  }

  @Test(arguments: [
    ("print 1 | wher true", "where"), ("print abc = 1 | where abd == 1", "abc"), ("print tolowr('A')", "tolower"),
    ("print x = 1 | join kind=iner (print x = 1) on x", "inner"), ("print a=1 | summarize cuont()", "count"),
    ("print a = 1 | where a = 1", "=="),
  ])
  func `errors suggest the name that was meant`(query: String, suggestion: String) throws {
    #expect(Ask.error(query)?.suggestion == suggestion)
  }

  @Test func `an error shows the line with a caret`() throws {
    let error = try #require(Ask.error("print a = 1\n| extend b = nosuch"))
    #expect(error.description.contains("\n  | extend b = nosuch\n               ^^^^^^"), "\(error)")
  }

  @Test func `several operators in error are told at once`() throws {
    let error = try #require(Ask.error("print 1 | wher x | extend = | count"))
    #expect(error.others.count == 1)
  }

  @Test(arguments: [
    String(repeating: "(", count: 5000) + "1", "print " + String(repeating: "-", count: 5000) + "1",
    "print " + String(repeating: "[", count: 5000), "print dynamic(" + String(repeating: "[", count: 5000) + ")",
    "print 1" + String(repeating: " + 1", count: 20_000), "print " + String(repeating: "not(", count: 3000),
    String(repeating: "print 1 | join (", count: 1000),
    "let f0 = () { 1 };" + (1...100).map { "let f\($0) = () { f\($0 - 1)() + 1 };" }.joined() + "print f100()",
  ])
  func `deep nesting ends in an error, not in a crash`(query: String) {
    _ = Ask.error(query)
  }
}
