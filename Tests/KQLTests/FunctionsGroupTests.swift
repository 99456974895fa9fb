// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

struct FunctionsGroupTests {
  static let table =
    "datatable(g:string, x:long, y:real, d:dynamic) ['a', 1, 1.0, dynamic({'k':1}), 'a', 2, 4.0, dynamic({'k':'s','l':[1,2.5]}), 'b', long(null), real(null), dynamic(null), 'b', 7, 2.0, dynamic({'m':{'n':true}})]"

  static let aggregates: [(String, String)] = [
    ("count(), countif(x > 1), sum(x), avg(y)", "[[4,2,10,2.3333333333333335]]"),
    ("min(x), max(x), minif(x, x > 1), maxif(x, x < 7)", "[[1,7,2,2]]"),
    ("make_list(x), make_set(g), make_list_with_nulls(x)", #"[[[1,2,7],["a","b"],[1,2,null,7]]]"#),
    ("arg_max(x, g), arg_min(y, d)", #"[[7,"b",1.0,{"k":1}]]"#),
    ("dcount(g), dcountif(g, x > 1), count_distinct(g)", "[[2,2,2]]"),
    ("round(covariance(x, y), 4), round(covariancep(x, y), 4)", "[[-0.1667,-0.1111]]"),
    ("percentile(x, 50), percentiles_array(x, 0, 100)", "[[2,[1,7]]]"),
    ("percentilew(x, x, 50), percentilesw_array(x, x, dynamic([10, 50]))", "[[7,[1,7]]]"),
    ("buildschema(d)", #"[[{"k":["long","string"],"l":{"`indexer`":["double","long"]},"m":{"n":"bool"}}]]"#),
    ("stdevp(y), variancepif(y, y < 3)", "[[1.247219128924647,0.25]]"),
    ("binary_all_or(x), binary_all_and(x)", "[[7,0]]"),
    ("anyif(x, x > 2), take_anyif(g, x == 7)", #"[[7,"b"]]"#),
    ("make_bag(d)", #"[[{"k":1,"l":[1,2.5],"m":{"n":true}}]]"#),
  ]

  @Test(arguments: aggregates) func `aggregates skip nulls`(list: String, expected: String) throws {
    let actual = try Ask.rows("\(Self.table) | summarize \(list)")
    #expect(actual == expected)
  }

  @Test func `empty inputs give defaults`() throws {
    let list =
      "count(), sum(x), avg(x), make_list(x), make_set(g), dcount(g), stdev(y), percentiles_array(x, 50), covariance(x, y)"
    let actual = try Ask.rows("\(Self.table) | where false | summarize \(list)")
    #expect(actual == "[[0,0,null,[],[],0,0.0,[],0.0]]")
    #expect(try Ask.rows("\(Self.table) | where false | summarize \(list) by g") == "[]")
  }

  @Test func `windows follow the order of rows`() throws {
    let rows = try Ask.rows(
      "datatable(k:string, v:long) ['a', 1, 'a', 1, 'a', 3, 'b', 2] | serialize | extend r = row_rank_dense(v, k != prev(k)), m = row_rank_min(v, k != prev(k)), n = row_number() | project r, m, n"
    )
    #expect(rows == "[[1,1,1],[1,1,2],[2,3,3],[1,1,4]]")
  }

  /// Arguments that no kernel may trap on.
  static let extremes = [
    "9223372036854775807", "(-9223372036854775807 - 1)", "real(nan)", "real(+inf)", "long(null)", "''", "dynamic(null)",
    "dynamic([1,'a',null])", "datetime(9999-12-31)", "time(10675199d)", "'x'", "true",
  ]

  @Test func `no function traps on extreme arguments`() throws {
    var ran = 0
    var seed: UInt64 = 1
    for (name, function) in Functions.scalar.sorted(by: { $0.key < $1.key }) {
      for value in Self.extremes {
        for count in function.leastArguments...max(function.leastArguments, min(4, function.mostArguments)) {
          let others = (0..<1).map { _ in
            (0..<count).map { _ -> String in
              seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
              return Self.extremes[Int(seed >> 33) % Self.extremes.count]
            }
          }
          for arguments in [[String](repeating: value, count: count)] + others {
            if (try? Ask.result("print \(name)(\(arguments.joined(separator: ", ")))")) != nil { ran += 1 }
          }
        }
      }
    }
    #expect(ran > 2000)
  }

  @Test func `every function is documented`() {
    for function in Functions.scalar.values {
      #expect(!function.signature.isEmpty, "\(function.name)")
      #expect(function.meaning.count > 7, "\(function.name)")
    }
    for function in Functions.aggregates.values { #expect(function.meaning.count > 7, "\(function.name)") }
  }
}
