// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import KQL

/// Queries end when they are told to, when their time is over and before they take more memory than they may.
struct LimitTests {
  /// 200,000 rows in 8 batches: `id`, `k` of 10 values, `s` of as many texts as rows.
  static let catalog: Catalog = {
    let schema: Schema = [Field("id", .long), Field("k", .long), Field("s", .string), Field("d", .dynamic)]
    let batches = (0..<8).compactMap { part -> Batch? in
      let ids = (0..<25_000).map { Int64(part * 25_000 + $0) }
      guard let lists = try? StoredTables.dynamics(ids.map { _ in "[1,2,3,4,5,6,7,8]" }) else { return nil }
      return Batch(
        columns: [
          .long(FixedColumn(ids)), .long(FixedColumn(ids.map { $0 % 10 })),
          .string(StringColumn(ids.map { "text number \($0 &* 7919 % 200_003)" })), lists,
        ], count: ids.count)
    }
    var catalog = Catalog()
    catalog.add("T", MemoryTable(schema: schema, batches: batches))
    return catalog
  }()

  private func error(
    _ query: String, maxRows: Int = 50_000_000, maxBytes: Int? = nil, timeLimit: Duration? = nil,
    cancellation: Cancellation? = nil
  ) throws -> KQLError? {
    let bound = try Query(query, catalog: Self.catalog)
    do throws(KQLError) {
      _ = try bound.run(
        now: Ask.now, maxRows: maxRows, maxBytes: maxBytes, timeLimit: timeLimit, cancellation: cancellation)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("range x from 1 to 10000000 step 1", "range needs"),
    ("T | sort by s asc", "sort needs"),
    ("T | join kind=inner (T | project id, s) on id", "join needs"),
    ("T | where id < 4000 | join kind=inner (T | where id < 4000) on k", "join needs"),
    ("T | summarize count() by s", "summarize needs"),
    ("T | summarize dcount(s) by k", "summarize needs"),
    ("T | summarize make_list(s)", "summarize needs"),
    ("T | where id < 100 | mv-expand x = range(1, 20000)", "mv-expand needs"),
    ("T | union T", "union needs"),
    ("T | serialize n = row_number()", "keeping all rows at once needs"),
    ("let A = materialize(T | project id, s); A | join kind=leftsemi A on id", "needs"),
    ("T", "keeping all rows at once needs"),
  ])
  func `a query that would take more memory than it may says which operator and what helps`(
    query: String, message: String
  ) throws {
    let error = try #require(try error(query, maxBytes: 4_000_000))
    #expect(error.code == .limit)
    #expect(error.message.hasPrefix(message) || message == "needs" && error.message.contains(message), "\(error)")
    #expect(error.message.contains("more than the query may hold (4.0 MB)"))
    #expect(error.message.hasSuffix("or raise the memory limit"))
  }

  @Test(arguments: [
    "T | count", "T | where id < 100 | sort by s asc", "T | summarize count() by k", "T | top 5 by s asc",
    "T | summarize sum(id), avg(id), max(id) by k", "T | take 10",
  ])
  func `a query that holds little runs under a low limit`(query: String) throws {
    #expect(try error(query, maxBytes: 4_000_000) == nil)
  }

  @Test func `what an operator held is given back when it ends`() throws {
    // Each sort holds some 3 MB; eight at once would not do.
    let sort = "(T | where id < 30000 | project id | sort by id asc | take 1 | project id)"
    let query = "union " + [String](repeating: sort, count: 8).joined(separator: ", ") + " | count"
    #expect(try error(query, maxBytes: 6_000_000) == nil)
  }

  static let long = [
    "range x from 1 to 9000000000 step 1 | count",
    "range x from 1 to 40000000 step 1 | extend y = x % 1000003 | sort by y asc, x desc | take 200000 | count",
    "T | where id < 20000 | join kind=inner (T | where id < 20000) on k | count",
    "T | mv-expand d | mv-expand range(1, 300) | count",
    "T | extend s2 = strcat(s, '-', s, id) | where s2 matches regex '(a|b|[0-9 ]|t)*(x|[0-9])+number.*z$' | count",
    "T | extend r = replace_regex(strcat(s, id), '([a-z]+)|([0-9]+)', '<\\\\1>') | summarize max(r)",
    "T | mv-expand d | summarize l = make_list(strcat(s, tostring(d))) by id | count",
    "T | make-series n = count() default = 0 on id from 0 to 1000000 step 1 by k, s",
    "T | where id < 400 | extend a = tostring(id), b = tostring((id * 7 + 3) % 400), c = tostring((id * 11 + 5) % 400)"
      + " | mv-expand e = pack_array(b, c) to typeof(string) | make-graph a --> e | graph-match cycles=all (x)-[p*1..40]->(y)"
      + " project p",
    "T | mv-apply d to typeof(long) on (summarize sum(d)) | count",
    "T | summarize percentile(id, 50), make_set(s), dcount(strcat(s, 'x')) by s | count",
    "T | partition by s (top 1 by id | extend n = strlen(s))",
    "T | where s in ((T | project strcat(s, ''))) | extend l = array_sort_asc(range(1, 100000)) | count",
  ]

  @Test(arguments: long)
  func `a query that is cancelled by another thread ends`(query: String) throws {
    let cancellation = Cancellation()
    // No task: the queries hold all threads that tasks run on.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.1)
      cancellation.cancel()
    }
    let began = ContinuousClock.now
    let error = try error(query, maxRows: .max, maxBytes: .max, cancellation: cancellation)
    #expect(error == nil || error?.code == .cancelled, "\(String(describing: error))")
    // Generous: the machine may be busy with other tests.
    #expect(ContinuousClock.now - began < .seconds(30))
  }

  @Test(arguments: long)
  func `a query that runs out of time ends`(query: String) throws {
    let began = ContinuousClock.now
    let error = try error(
      query, maxRows: .max, maxBytes: .max, timeLimit: .milliseconds(100))
    #expect(
      error == nil || error?.message == "the query ran longer than its time limit", "\(String(describing: error))")
    #expect(ContinuousClock.now - began < .seconds(30))
  }

  @Test func `progress counts the blocks and rows of the tables that are read`() throws {
    let progress = QueryProgress()
    _ = try Query("T | where k == 3 | count", catalog: Self.catalog).run(now: Ask.now, progress: progress)
    #expect(progress.state == (8, 8, 200_000))
  }
}

/// Short texts that stand for much: each gives an answer or an error that says what is too large.
struct LargeQueryTests {
  private func outcome(_ query: String) -> String {
    do {
      return String(decoding: try Ask.result(query).json(), as: UTF8.self)
    } catch {
      return "\(error)"
    }
  }

  @Test func `operators that stand one on another are bounded`() {
    let most = "print a = 1" + String(repeating: " | extend a = a + 1", count: 480)
    #expect(outcome(most).contains("481"))
    #expect(outcome(most + most.dropFirst(11)).contains("operators stand one on another"))
  }

  @Test func `let statements that name one another are bounded`() {
    func chain(_ count: Int, _ step: (Int) -> String) -> String {
      "let t0 = print a = 1; let s0 = 1; " + (1...count).map(step).joined()
    }
    let tables = chain(50) { "let t\($0) = t\($0 - 1) | extend a = a + 1; " }
    #expect(outcome(tables + "t50").contains("51"))
    #expect(
      outcome(chain(20_000) { "let t\($0) = t\($0 - 1) | extend a = a + 1; " } + "t20000").contains("one on another"))
    let scalars = chain(20_000) { "let s\($0) = toscalar(print a = s\($0 - 1)); " }
    #expect(outcome(scalars + "print s20000").contains("one on another"))
  }

  @Test func `functions that call each other twice are bounded`() {
    let functions = (1...25).map { "let f\($0) = () { union f\($0 - 1)(), f\($0 - 1)() }; " }.joined()
    #expect(
      outcome("let f0 = () { print a = 1 }; " + functions + "f25()").contains("once its functions are written out"))
  }

  @Test(arguments: [
    ("print a = strrep('abcdefgh', 1000)", "strcat(a, a)"), ("print a = strrep('abcdefgh', 1000)", "strrep(a, 1024)"),
    ("print a = repeat(strrep('x', 1000), 100)", "array_concat(a, a, a, a)"),
    ("print a = repeat(strrep('x', 1000), 100)", "pack_array(a, a, a, a)"),
    ("print a = bag_pack('k', repeat(strrep('x', 1000), 100))", "bag_pack('a', a, 'b', a)"),
    ("print a = strrep('a', 1000)", "replace_string(a, 'a', 'aaaaaaaaaa')"),
    (
      "print a = strrep(strrep('a', 1000), 100)", "replace_regex(a, 'a{10}', strrep(strrep('a', 1024), 4))"
    ),
  ])
  func `a cell that is put to itself over and over is bounded`(source: String, step: String) {
    let query = source + String(repeating: " | extend a = \(step)", count: 40) + " | project isnotempty(a)"
    #expect(outcome(query).contains("a cell would take more than"))
  }

  @Test(arguments: [
    "print n = toint(series_fit_2lines_dynamic(array_concat(range(1, 50000), range(50000, 1, -1))).split_idx) between (49998 .. 50002)",
    "range i from 0 to 20999 step 1 | summarize y = make_list(toreal(i % 7)) | extend p = series_periods_detect(y, 4.0, 100.0, 1) | project n = toint(p[0]) == 7",
    "range i from 1 to 10007 step 1 | summarize y = make_list(toreal(i % 100)) | extend (re, im) = series_fft(y) | extend b = series_ifft(re, im) | project n = abs(toreal(b[1234]) - toreal(y[1234])) < 1e-6",
  ])
  func `long series are answered in steps that grow with their length`(query: String) throws {
    #expect(try Ask.rows(query) == "[[true]]")
  }

  @Test(arguments: [67, 134, 101])
  func `a transform of a prime length is the sum that defines it`(count: Int) {
    let (x, y) = ((0..<count).map { Double($0 * $0 % 13) }, (0..<count).map { Double($0 % 5) })
    let made = SeriesMath.transform(x, y, sign: -1)
    for k in 0..<count {
      var (re, im) = (0.0, 0.0)
      for j in 0..<count {
        let angle = -2 * Double.pi * Double(j * k % count) / Double(count)
        re += x[j] * cos(angle) - y[j] * sin(angle)
        im += x[j] * sin(angle) + y[j] * cos(angle)
      }
      #expect(abs(made.real[k] - re) < 1e-8 && abs(made.imaginary[k] - im) < 1e-8)
    }
  }
}
