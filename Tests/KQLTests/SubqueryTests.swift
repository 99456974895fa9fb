// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

/// What sub-queries of partition and mv-apply see of the rows around them.
struct SubqueryTests {
  private static let rows = "datatable(k: string, n: long) ['a', 1, 'a', 5, 'b', 2]"

  @Test(arguments: [
    ("as T | where n == toscalar(T | summarize max(n))", #"[["a",5],["b",2]]"#),
    ("as T | where n in ((T | summarize max(n)))", #"[["a",5],["b",2]]"#),
    ("as T | join kind=inner (T | summarize m = max(n) by k) on k | project n, m", "[[1,5],[5,5],[2,2]]"),
    ("top-nested 1 of n by max(n) | project n", "[[5],[2]]"),
    ("evaluate pivot(n)", #"[["a",1,0,1],["b",0,1,0]]"#),
    ("where n > 9 | as T | join (T) on k", "[]"),
    (
      "as T | extend l = dynamic([1]) | mv-apply l to typeof(long) on (extend s = toscalar(T | summarize sum(n)))",
      #"[["a",1,1,6],["a",5,1,6],["b",2,1,2]]"#
    ),
    ("range x from 1 to 2 step 1 | where x == 1 | project x, k", #"[[1,"a"],[1,"b"]]"#),
    ("where n >= toscalar(range z from 1 to 3 step 1 | count)", #"[["a",5]]"#),
  ])
  func `a part of partition is asked for itself`(query: String, rows: String) throws {
    #expect(try Ask.rows("\(Self.rows) | partition by k (\(query))") == rows)
  }

  @Test func `a function sees the rows it was given, however deep it looks`() throws {
    let function =
      "let f = (T: (n: long)) { T | extend l = dynamic([7]) | mv-apply l to typeof(long) on (extend s = toscalar(T | count)) };"
    #expect(
      try Ask.rows("\(function) \(Self.rows) | partition by k (invoke f()) | project n, s") == "[[1,2],[5,2],[2,1]]")
  }

  @Test func `mv-apply names its rows`() throws {
    #expect(
      try Ask.rows(
        "print n = dynamic([1, 2]) | mv-apply n to typeof(long) on (as T | extend s = toscalar(T | summarize sum(n)))")
        == "[[1,3],[2,3]]")
  }

  @Test(arguments: [
    (
      "geo_polygon_lookup(P, p, x, y)",
      #"[[1.0,1.0,"one"],[9.0,9.0,"two"]]"#
    ),
    (
      "geo_polygon_lookup(P, p, x, y, return_unmatched = true)",
      #"[[1.0,1.0,"one"],[9.0,9.0,"two"],[20.0,20.0,""]]"#
    ),
    ("geo_line_lookup(L, l, x, y, 1000.0)", #"[[1.0,1.0,"diagonal"]]"#),
  ])
  func `shapes that hold a point are found`(call: String, rows: String) throws {
    let tables = """
      let P = datatable(name: string, p: dynamic) [
        'one', dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}),
        'two', dynamic({"type":"Polygon","coordinates":[[[8,8],[10,8],[10,10],[8,10],[8,8]]]})];
      let L = datatable(name: string, l: dynamic) [
        'diagonal', dynamic({"type":"LineString","coordinates":[[0,0],[2,2]]})];
      datatable(x: real, y: real) [1, 1, 9, 9, 20, 20]
      """
    #expect(try Ask.rows("\(tables) | evaluate \(call)") == rows)
  }

  @Test(arguments: ["geo_polygon_lookup(1)", "geo_line_lookup(P, p, 1, 2)", "geo_polygon_lookup(P, q, x, y)"])
  func `a lookup without its arguments says which`(call: String) {
    let query = "let P = print p = dynamic({}); print x = 1.0, y = 2.0 | evaluate \(call)"
    #expect(Ask.error(query)?.message.contains("takes a table") ?? false)
  }

  @Test(arguments: [
    ("summarize percentiles(n)", "at least 2 arguments"),
    ("make-series percentiles(n) on n step 1", "at least 2 arguments"),
    ("make-series count(), arg_max(n, k) on n step 1", "stands alone"),
    ("evaluate pivot(k, percentiles(n, 5, 50))", "one column"),
    ("top-nested 1 of k by percentiles(n, 5, 50)", "one column"),
  ])
  func `an aggregate of several columns is refused where one is meant`(query: String, message: String) {
    #expect(Ask.error("\(Self.rows) | \(query)")?.message.contains(message) ?? false)
  }

  @Test func `a series of several percentiles has a column for each`() throws {
    #expect(
      try Ask.rows("\(Self.rows) | make-series percentiles(n, 0, 100) default=-1 on n from 1 to 4 step 1")
        == "[[[1,2,-1],[1,2,-1],[1,2,3]]]")
  }

  @Test(arguments: ["percentiles(n, n)", "make_list(n, n)", "prev(n, n)"])
  func `a column for a constant does no harm without rows`(call: String) throws {
    let step = call.hasPrefix("prev") ? "serialize" : "summarize"
    #expect(try Ask.result("\(Self.rows) | where n > 9 | \(step) \(call)").rows.count < 2)
  }
}
