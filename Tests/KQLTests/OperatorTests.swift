// SPDX-License-Identifier: Apache-2.0
import JSON
import KQL
import Testing

struct OperatorTests {
  static let rows = """
    let T = datatable(k: string, n: long, d: dynamic) [
      'a', 1, dynamic({'x': 1, 'tags': ['p', 'q']}), 'b', 2, dynamic({'x': 'one', 'tags': []}),
      'a', 3, dynamic(null), '', long(null), dynamic({'y': {'z': true}})];
    """

  @Test(arguments: [
    ("where n > 1", #"[["b",2],["a",3]]"#), ("where n != 1", #"[["b",2],["a",3],["",null]]"#),
    ("where isnull(n)", #"[["",null]]"#), ("where isempty(k)", #"[["",null]]"#), ("where d.x == 1", #"[["a",1]]"#),
    ("where d.x =~ 'ONE'", #"[["b",2]]"#), ("where d.y.z == true", #"[["",null]]"#),
    ("where d.tags has 'q'", #"[["a",1]]"#), ("where k in ('a', 'b') and not(k == 'b')", #"[["a",1],["a",3]]"#),
    ("sort by n", #"[["a",3],["b",2],["a",1],["",null]]"#), ("sort by n asc", #"[["",null],["a",1],["b",2],["a",3]]"#),
    ("sort by k asc, n desc nulls first", #"[["",null],["a",3],["a",1],["b",2]]"#), ("top 1 by n", #"[["a",3]]"#),
    ("take 2", #"[["a",1],["b",2]]"#), ("summarize n = sum(n) by k | sort by k asc", #"[["",0],["a",4],["b",2]]"#),
    ("distinct k | extend n = strlen(k) | sort by k asc", #"[["",0],["a",1],["b",1]]"#),
    ("project-rename q = k | project-reorder n | project q, n | take 1", #"[["a",1]]"#),
    ("mv-expand t = d.tags to typeof(string) | project t, n", #"[["p",1],["q",1],["",3],["",null]]"#),
    ("mv-apply t = d.tags to typeof(string) on (where t == 'q') | project t, n", #"[["q",1]]"#),
    ("partition by k (top 1 by n) | sort by k asc | project k, n", #"[["",null],["a",3],["b",2]]"#),
    ("where * has 'q'", #"[["a",1]]"#), ("search 'b' | project k, n", #"[["b",2]]"#),
    ("sample 10 | count | project k = '', Count", #"[["",4]]"#),
    ("top-nested 1 of k by s = sum(n) | project k, s", #"[["a",4]]"#),
    ("where n > 0 | project k, n | as X | union X | count | project k = '', Count", #"[["",6]]"#),
  ])
  func `operators over one table`(pipeline: String, expected: String) throws {
    let shape =
      pipeline.contains("project") || pipeline.contains("extend") || pipeline.contains("summarize")
      ? "" : " | project k, n"
    #expect(try Ask.rows("\(Self.rows) T | \(pipeline)\(shape)") == expected)
  }

  @Test(arguments: [
    ("innerunique", #"[["b",2,"b",20]]"#), ("inner", #"[["b",2,"b",20]]"#),
    ("leftouter", #"[["a",1,"",null],["b",2,"b",20]]"#), ("rightouter", #"[["b",2,"b",20],["",null,"c",30]]"#),
    ("fullouter", #"[["a",1,"",null],["b",2,"b",20],["",null,"c",30]]"#), ("leftsemi", #"[["b",2]]"#),
    ("leftanti", #"[["a",1]]"#), ("rightsemi", #"[["b",20]]"#), ("rightanti", #"[["c",30]]"#),
  ])
  func `every kind of join`(kind: String, expected: String) throws {
    let query = """
      datatable(k: string, x: long) ['a', 1, 'b', 2]
      | join kind=\(kind) (datatable(k: string, y: long) ['b', 20, 'c', 30]) on k
      """
    #expect(try Ask.rows(query) == expected)
  }

  @Test func `null keys join and group`() throws {
    let side = "datatable(k: long, v: long) [long(null), 1, 2, 3]"
    #expect(try Ask.rows("\(side) | join kind=inner (\(side)) on k | count") == "[[2]]")
    #expect(try Ask.rows("\(side) | summarize count() by k | sort by k asc") == "[[null,1],[2,1]]")
  }

  @Test(arguments: [
    ("count(), countif(n > 1), sum(n), avg(n), min(n), max(n)", "[[4,2,6,2.0,1,3]]"),
    ("dcount(k), make_list(n), make_set(k)", #"[[3,[1,2,3],["a","b",""]]]"#),
    ("arg_max(n, k)", #"[[3,"a"]]"#), ("percentile(n, 50)", "[[2]]"), ("stdev(n)", "[[1.0]]"),
    ("x = sum(n) * 2 + count()", "[[16]]"), ("take_any(k)", #"[["a"]]"#),
  ])
  func `aggregates skip nulls`(list: String, expected: String) throws {
    #expect(try Ask.rows("\(Self.rows) T | summarize \(list)") == expected)
  }

  @Test(arguments: [
    ("count(), sum(n), min(n), make_list(n)", "[[0,0,null,[]]]"), ("count() by k", "[]"),
  ])
  func `an empty input has defaults only without by`(list: String, expected: String) throws {
    #expect(try Ask.rows("\(Self.rows) T | where n > 99 | summarize \(list)") == expected)
  }

  @Test func `make-series fills gaps`() throws {
    let query = """
      datatable(t: long, v: long) [1, 10, 3, 30, 3, 5]
      | make-series s = sum(v), c = count() default = -1 on t from 1 to 5 step 1
      """
    #expect(try Ask.columns(query) == "s:dynamic, c:dynamic, t:dynamic")
    #expect(try Ask.rows(query) == "[[[10,0,35,0],[1,-1,2,-1],[1,2,3,4]]]")
  }

  @Test func `pivot and bag_unpack make columns of rows`() throws {
    let pivot =
      "datatable(a: string, b: string, n: long) ['x', 'p', 1, 'x', 'q', 2, 'y', 'q', 3] | evaluate pivot(b, sum(n))"
    #expect(try Ask.columns(pivot) == "a:string, p:long, q:long")
    #expect(try Ask.rows(pivot) == #"[["x",1,2],["y",0,3]]"#)
    let bag = "datatable(d: dynamic) [dynamic({'a': 1, 'b': 'x'}), dynamic({'a': 2.5})] | evaluate bag_unpack(d)"
    #expect(try Ask.columns(bag) == "a:real, b:string")
    #expect(try Ask.rows(bag) == #"[[1.0,"x"],[2.5,""]]"#)
  }

  @Test func `functions take tables, defaults and names`() throws {
    let query = """
      let f = (t: (n: long), least: long = 2, label: string = 'l') { t | where n >= least | extend label = label };
      datatable(n: long) [1, 2, 3] | invoke f(label = 'm', least = 3)
      """
    #expect(try Ask.rows(query) == #"[[3,"m"]]"#)
  }

  @Test(arguments: [
    "print x = 1 | evaluate http_request('http://localhost')", "print x = 1 | evaluate python(typeof(*), 'x')",
    "print x = cursor_current()", "print x = ai_embed_text('x')",
  ])
  func `what is not supported says so`(query: String) throws {
    let error = try #require(Ask.error(query))
    #expect(error.code == .notSupported && error.line == 1, "\(error)")
  }
}
