// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// Mutated queries must give an answer or an error, never a trap. `PLUMB_FUZZ=100000` runs longer.
struct FuzzTests {
  /// A small generator with a fixed course, so that a failure can be repeated.
  struct Dice {
    var state: UInt64
    mutating func roll(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return bound <= 0 ? 0 : Int((state >> 33) % UInt64(bound))
    }
    mutating func pick<T>(_ items: [T]) -> T { items[roll(items.count)] }
  }

  static let seeds = [
    "let T = datatable(id: long, name: string, at: datetime, d: dynamic, r: real) [1, 'a', datetime(2026-01-01), dynamic({'x':[1,2]}), 1.5, long(null), '', datetime(null), dynamic(null), real(nan)]; T | where id > 0 and name has 'a' | extend y = d.x[0], z = strcat(name, '-', id) | summarize count(), sum(r), make_list(name), arg_max(at, *) by bin(at, 1d), name | sort by name asc nulls last",
    "range x from 1 to 10 step 1 | extend k = x % 3 | join kind=leftouter (range y from 1 to 3 step 1) on $left.k == $right.y | project-away y | top 3 by x desc",
    "print d = dynamic([{'a':1},{'a':[2,3]},null]) | mv-expand with_itemindex=i e = d to typeof(dynamic) limit 5 | mv-apply f = e.a on (summarize n = count()) | distinct i, n",
    "let f = (t: (a: long), n: long = 2) { t | where a > n | extend b = a * n }; f(datatable(a: long)[1,2,3]) | lookup (print a = 3, c = 'z') on a | serialize rn = row_number(), p = prev(b)",
    "print s = 'k1=v1, k2=v2' | parse s with 'k1=' v1 ', k2=' v2:string | extend parts = split(s, ','), m = extract('k(\\\\d)', 1, s), t = totimespan('01:00'), q = s matches regex 'k[0-9]+' | project-reorder v2, *",
    "union withsource=src kind=outer (print a = 1), (print a = 'x'), (print b = datetime(2026-01-01) + 1h) | project-rename c = b | getschema",
    "print a = iff(1 > 2, 'x', 'y'), b = case(true, 1, false, 2, 3), c = coalesce(int(null), 5), d = 7 between (1 .. 9), e = 'x' !in~ ('X', 'y'), g = -1d / 3, h = 5 % -3, i = 1 / 0, j = format_datetime(datetime(2026-02-03), 'yyyy-MM-dd HH:mm:ss.fff')",
    "print x = toscalar(range i from 1 to 5 step 1 | summarize max(i)) | where x in ((range j from 1 to 9 step 1 | project j)) | as A | union A | count",
    "print j = parse_json('{\"a\":{\"b\":[1,{\"c\":\"d\"}]}}') | extend k = bag_keys(j), n = array_length(j.a.b), u = j['a']['b'][1].c, w = j.a.b[-1], v = tostring(j.a), o = bag_pack('z', 1, 'y', pack_array(1,2))",
  ]
  static let rareSeeds = [
    "range t from datetime(2026-01-01) to datetime(2026-01-05) step 1d | extend v = 1, k = 'a' | make-series s = sum(v) default = 0 on t from datetime(2026-01-01) to datetime(2026-01-07) step 1d by k",
    "datatable(k: string, n: long) ['a', 1, 'b', 2] | partition by k (top 1 by n | extend m = n) | evaluate pivot(k, sum(n)) | search 'a'",
    "datatable(k: string, n: long) ['a', 1, 'b', 2] | partition by k (as T | extend l = dynamic([1]) | mv-apply l to typeof(long) on (extend s = toscalar(T | summarize sum(n))) | top-nested 1 of n by max(n))",
    "print d = dynamic({'a': 1, 'b': {'c': 'x'}}), s = 'x=1 y=2' | evaluate bag_unpack(d, 'p_') | parse-kv s as (x: long, y: long) with (pair_delimiter=' ', kv_delimiter='=') | top-nested 2 of s by count(), top-nested of x by max(y) | sample 3",
    "print a = array_sort_asc(dynamic([3,1,2])), b = range(1, 9, 2), c = array_shift_left(dynamic([1,2]), 5), d = series_fill_linear(dynamic([1,null,3])), e = parse_url('http://u:p@h:1/p?q=1#f'), f = url_decode('%41%4'), g = format_timespan(1d, 'd.hh:mm'), h = ipv4_is_match('10.0.0.1/8', '10.1.1.1', 8), i = parse_ipv6('fe80::1'), j = hash('x', 7), k = base64_decode_tostring('AA=='), l = bin_at(7, 3, 1), m = translate('a', 'b', 'aa')",
  ]
  static let newSeeds = [
    "range x from 1 to 9 step 1 | scan with_match_id = m declare (s: long = 0, t: string) with (step a output=last: x > 2 => s = x + a.s; step b: x % 2 == 0 and x - a.x < 4 => t = 'b';) | fork (where s > 1) q = (count)",
    "let n = datatable(i: string, v: long)['a', 1, 'b', 2]; datatable(s: string, d: string, w: real)['a', 'b', 1.5, 'b', 'c', 2.5, 'c', 'a', 3] | make-graph s --> d with n on i | graph-mark-components kind=strong with_component_id=c | graph-match cycles=none (p)-[e*1..3]->(q), (q)<-[f]-(r) where any(e, w > 1) and p.v < 3 project p.i, map(inner_nodes(e), v), q.c, f, node_degree_in(r)",
    "datatable(s: string, d: string)['a', 'b', 'b', 'c'] | make-graph s --> d with_node_id=k | graph-shortest-paths output=all (a)-[e*1..4]-(b) where all(e, d != 'x') project map(e, d), array_length(e)",
    "range i from 0 to 30 step 1 | extend t = datetime(2026-01-01) + i * 1h, k = tostring(i % 3) | evaluate activity_counts_metrics(k, t, datetime(2026-01-01), datetime(2026-01-02), 6h) | evaluate rolling_percentile(count, 50, Timestamp, 1d, 2)",
    "range i from 0 to 30 step 1 | extend a = tostring(i % 2), b = tostring(i % 3) | evaluate basket(0.1) | facet by a, b with (take 2)",
    "print y = dynamic([1, 2, 3, 4, 1, 2, 3, 9, 1, 2, 3, 4, null]) | extend (f, s, b) = series_decompose_anomalies(y, 1.5, -1, 'linefit'), p = series_fir(y, dynamic([1, 1]), true, true) | extend series_fit_2lines(y), q = series_fit_poly(y, 2), series_periods_detect(y, 0.0, 6.0, 2)",
    "range x from 1 to 50 step 1 | summarize h = hll(x % 7, 2), t = tdigest(x) by x % 2 | summarize dcount_hll(hll_merge(h)), percentile_tdigest(tdigest_merge(t), 95) | reduce by tostring(percentile_tdigest_merge_tdigests_t)",
    "let A = view () { print a = 1, b = 'x' }; find in (A, database('d').A) where a == 1 and * has 'x' project b, pack_all() | invoke print()",
    "declare query_parameters(q: long = 3); declare pattern P = (n: string)[m: string] { ('a').['b'] = { print z = 1 }; }; P('a').b | extend w = q, u = parse_user_agent('Mozilla/5.0 Firefox/1.2', 'browser')",
  ]
  static let pieces = [
    "|", "(", ")", "[", "]", "{", "}", ",", ";", "=", "==", "..", ".", "'", "\"", "```", "@'", "//", "\\", "null",
    "long(null)",
    "-9223372036854775808", "9223372036854775807", "1e308", "0", "-1", "dynamic(null)", "dynamic([])", "datetime(null)",
    "datetime(9999-12-31 23:59:59.9999999)", "1tick", "-10675199d", "*", "$left.x", "by", "to typeof(long)", "on",
    "with",
    "real(inf)", "''", "'\u{1F600}\u{301}'", "\u{0}", "é", "summarize", "| count", "| take 1", "| extend q = 1",
    "| distinct *",
    "and", "or", "not(", "in (", "has_any (", "let x = ", "print ", "union *", "kind=fullouter",
    "substring('abc', -9, 99)",
    "bin(1, 0)", "bin_at(1.5, 0.0, real(nan))", "make_list(1)", "percentile(1, 200)", "toint(1e300)", "'a' * 2",
    "x.y.z",
    "row_cumsum(1)", "repeat('ab', 100)", "range(1, 10, 0)", "pack_all()", "arg_min(*)", "| mv-expand d", "| getschema",
  ]

  static func mutate(_ query: String, _ dice: inout Dice) -> String {
    var text = Array(query.unicodeScalars)
    for _ in 0...dice.roll(4) {
      let at = dice.roll(text.count + 1)
      let end = min(text.count, at + dice.roll(24))
      switch dice.roll(7) {
      case 0: text.removeSubrange(at..<end)
      case 1, 2: text.insert(contentsOf: dice.pick(pieces).unicodeScalars, at: at)
      case 3: text.insert(contentsOf: text[at..<end], at: dice.roll(text.count + 1))
      case 4: text.replaceSubrange(at..<end, with: Array(dice.pick(pieces).unicodeScalars))
      case 5:
        let other = Array(dice.pick(seeds).unicodeScalars)
        let from = dice.roll(other.count)
        text.insert(contentsOf: other[from..<min(other.count, from + dice.roll(60))], at: at)
      default: text = Array(text[..<(dice.roll(4) == 0 ? at : text.count)])
      }
    }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: text)
    return String(out)
  }

  /// Replaces words by other words of the language: most of these still parse, so the binder and the engine are met.
  static func swapWords(_ query: String, _ dice: inout Dice) -> String {
    var words = query.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for _ in 0...dice.roll(3) {
      let other = dice.pick(seeds + newSeeds).split(separator: " ").map(String.init)
      words[dice.roll(words.count)] = dice.roll(3) == 0 ? dice.pick(pieces) : dice.pick(other)
    }
    return words.joined(separator: " ")
  }

  @Test func `mutated queries give an answer or an error`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 3000
    let log = environment["PLUMB_FUZZ_LOG"]
    var dice = Dice(state: environment["PLUMB_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_260_115)
    var bound = 0
    for _ in 0..<count {
      let seed = dice.pick(Self.seeds + Self.rareSeeds + Self.newSeeds)
      let query = dice.roll(2) == 0 ? Self.mutate(seed, &dice) : Self.swapWords(seed, &dice)
      if let log { try Data(query.utf8).write(to: URL(filePath: log)) }
      do throws(KQLError) {
        let parsed = try Query(query, catalog: Catalog())
        bound += 1
        _ = try parsed.run(now: Ask.now, maxRows: 20_000, timeLimit: .seconds(2)).json()
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
    #expect(bound > count / 40, "the mutations reach the engine in \(bound) of \(count) cases")
  }

  /// Each trapped once.
  @Test(arguments: [
    "datatable(a: long, b: long) [1, long(null), long(null), 2, 1, 3] | make-graph a --> b"
      + " | graph-mark-components kind=strong | graph-to-table nodes",
    "datatable(a: long, b: long) [1, long(null), long(null), 2, 1, 3] | make-graph a --> b"
      + " | graph-mark-components | graph-to-table nodes",
    "datatable(a: long, b: long) [1, long(null), long(null), 2, 1, 3] | make-graph a --> b"
      + " | graph-match (x)-[e*1..3]-(y) project x, y",
    "print n = array_index_of(dynamic([1, 2]), 2, 64, 0)",
    "print series_periods_validate(dynamic([1, 2, 3]), -1e308, 1e308)",
    "print x = 1 | where x > 1 | project n = row_number(x)",
    "print x = 1d | where x < 1d | project n = now(x)",
  ])
  func `queries that once trapped give an answer`(query: String) throws { _ = try Ask.rows(query) }

  @Test(arguments: ["9223372036854775807", "-1", "1e300", "real(nan)", "real(+inf)"])
  func `a percent that is none is told`(percent: String) {
    let error = Ask.error(
      "range x from 1 to 5 step 1 | extend t = 1d * x | evaluate rolling_percentile(x, \(percent), t, 1d, 2)")
    #expect(error?.message == "rolling_percentile needs a percent from 0 to 100")
  }

  @Test func `more operators than the stack has room for are told`() {
    let error = Ask.error("print a = 1" + String(repeating: " | extend a = a + 1", count: 20_000))
    #expect(error?.message == "more than 1000 operators stand one on another")
  }

  /// Tables for the generated queries: few rows, all types, nulls, texts of many kinds.
  static func wildCatalog() throws -> Catalog {
    var dice = Dice(state: 7)
    let schema = ExtentPropertyTests.schema
    var catalog = Catalog()
    let batches = [try ExtentPropertyTests.batch(30, &dice), try ExtentPropertyTests.batch(25, &dice)]
    catalog.add("T", MemoryTable(schema: schema, batches: batches))
    catalog.add("S", MemoryTable(schema: schema, batches: [try ExtentPropertyTests.batch(9, &dice)]))
    return catalog
  }

  @Test func `queries of every operator and function give an answer or an error`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["PLUMB_FUZZ"].flatMap(Int.init) ?? 2500
    let log = environment["PLUMB_FUZZ_LOG"]
    var dice = Dice(state: environment["PLUMB_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_261_130)
    let catalog = try Self.wildCatalog()
    var answered = 0
    for _ in 0..<count {
      func note(_ text: String) throws { if let log { try Data(text.utf8).write(to: URL(filePath: log)) } }
      var wild = WildQueries(catalog, dice, note: note)
      let query = try wild.query()
      dice = wild.dice
      try note(query)
      let began = ContinuousClock.now
      do throws(KQLError) {
        _ = try Query(query, catalog: catalog).run(
          now: Ask.now, maxRows: 20_000, maxBytes: 200_000_000, timeLimit: .seconds(2)
        ).json()
        answered += 1
      } catch {
        #expect(!error.description.isEmpty)
      }
      // Where the course is logged, queries that did not heed their time are too.
      if let log, ContinuousClock.now - began > .seconds(3), let slow = FileHandle(forUpdatingAtPath: log + ".slow") {
        slow.seekToEndOfFile()
        slow.write(Data("\(ContinuousClock.now - began) \(query)\n".utf8))
      }
    }
    #expect(answered > count / 8, "\(answered) of \(count) queries have an answer")
  }
}
