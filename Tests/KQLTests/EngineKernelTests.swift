// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@testable import KQL

@Suite struct EngineKernelTests {
  private func rows(_ text: String) throws -> String {
    let result = String(decoding: try Query(text, catalog: Catalog()).run(now: 0).json(), as: UTF8.self)
    return result.components(after: "\"rows\":")
  }

  @Test func groupsByNullsTextsAndManyKeysInOrderOfAppearance() throws {
    let table = """
      datatable(a:string, b:long, c:real)
      ['x',1,1.5, 'y',int(null),real(nan), 'x',1,1.5, 'y',int(null),real(nan), '',0,2.5]
      """
    #expect(
      try rows("\(table) | summarize n=count() by a, b, c") == #"[["x",1,1.5,2],["y",null,"NaN",2],["",0,2.5,1]]}"#)
    #expect(
      try rows("range x from 1 to 100000 step 1 | summarize n=count() by m=x % 5000, k=x % 7 | count") == "[[35000]]}")
    #expect(
      try rows("union (print a='x'), (print a='y'), (print a='x') | summarize count() by a") == #"[["x",2],["y",1]]}"#)
  }

  @Test(arguments: [
    ("x asc", "[[null],[1],[2],[3]]}"), ("x desc", "[[3],[2],[1],[null]]}"),
    ("x asc nulls last", "[[1],[2],[3],[null]]}"),
    ("x desc nulls first", "[[null],[3],[2],[1]]}"), ("-x asc", "[[null],[3],[2],[1]]}"),
    ("tostring(x) asc", "[[null],[1],[2],[3]]}"), ("x % 2 asc nulls last, x desc", "[[2],[3],[1],[null]]}"),
  ])
  func sortsWithNullsWhereAsked(order: String, expected: String) throws {
    #expect(try rows("datatable(x:long)[2, long(null), 3, 1] | sort by \(order)") == expected)
  }

  @Test(arguments: [
    ("sum(x)", "[[6]]}"), ("avg(x)", "[[2.0]]}"), ("min(x)", "[[1]]}"), ("max(x)", "[[3]]}"), ("dcount(x)", "[[3]]}"),
    ("sum(t)", #"[["00:00:03"]]}"#), ("avg(t)", #"[["00:00:01.5000000"]]}"#), ("max(s)", #"[["b"]]}"#),
    ("dcount(s)", "[[3]]}"), ("min(r)", "[[null]]}"), ("avg(r)", "[[null]]}"), ("sum(1)", "[[4]]}"),
    ("dcount(1)", "[[1]]}"),
  ])
  func aggregatesSkipNulls(aggregate: String, expected: String) throws {
    let table = """
      datatable(x:long, t:timespan, s:string, r:real)
      [1,1s,'a',real(null), 2,2s,'b',real(null), 3,timespan(null),'',real(null), long(null),timespan(null),'a',real(null)]
      """
    #expect(try rows("\(table) | summarize \(aggregate)") == expected)
  }

  @Test(arguments: [
    ("x == 2", "[[false],[true],[false]]}"), ("x != 2", "[[true],[false],[true]]}"),
    ("x < 2", "[[true],[false],[null]]}"),
    ("2 <= x", "[[false],[true],[null]]}"), ("x == long(null)", "[[false],[false],[null]]}"),
    ("x >= y", "[[true],[false],[null]]}"),
  ])
  func comparesWithNulls(predicate: String, expected: String) throws {
    let table = "datatable(x:long, y:real)[1, 0.5, 2, 3.5, long(null), 1.5]"
    #expect(try rows("\(table) | project \(predicate)") == expected)
  }

  @Test func sortsRealsWithNaNBesideNull() throws {
    let table = "datatable(x:real)[1.5, real(nan), real(-inf), real(null), -2.5]"
    #expect(try rows("\(table) | sort by x asc") == #"[[null],["NaN"],["-Infinity"],[-2.5],[1.5]]}"#)
    #expect(try rows("\(table) | sort by x desc") == #"[[1.5],[-2.5],["-Infinity"],["NaN"],[null]]}"#)
  }

  @Test(arguments: [
    ("inner", 5), ("innerunique", 3), ("leftouter", 6), ("rightouter", 6), ("fullouter", 7), ("leftsemi", 3),
    ("leftanti", 1), ("rightsemi", 3), ("rightanti", 1),
  ])
  func joinsByEveryKindAndMatchesNulls(kind: String, count: Int) throws {
    let left = "datatable(k:long, a:string)[1,'a', 1,'b', long(null),'c', 4,'d']"
    let right = "datatable(k:long, b:string)[1,'p', 1,'q', long(null),'r', 5,'s']"
    #expect(try rows("\(left) | join kind=\(kind) (\(right)) on k | count") == "[[\(count)]]}")
  }
}

extension String {
  fileprivate func components(after marker: String) -> String {
    guard let range = firstRange(of: marker) else { return self }
    return String(self[range.upperBound...])
  }
}
