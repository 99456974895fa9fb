// SPDX-License-Identifier: Apache-2.0
import JSON
import KQL
import Testing

struct BinderTests {
  @Test(arguments: [
    ("print 1, 'a', x = 2.0", "print_0:long, print_1:string, x:real"),
    (
      "print a = 1, d = dynamic({}) | project a + 1, tolower('x'), tostring(a), d.b.c, d['e'][0]",
      "Column1:long, Column2:string, a:string, d_b_c:dynamic, d_e_0:dynamic"
    ),
    (
      "print a = 1 | summarize count(), sum(a), avg(a), dcount(a), make_list(a), make_set(a), countif(a > 0)",
      "count_:long, sum_a:long, avg_a:real, dcount_a:long, list_a:dynamic, set_a:dynamic, countif_:long"
    ),
    ("print a = 1 | summarize count(), count() by a", "a:long, count_:long, count_1:long"),
    (
      "print a = 1, t = datetime(2026-01-01) | summarize count() by bin(t, 1d), a % 2",
      "t:datetime, Column1:long, count_:long"
    ),
    (
      "print a = 1 | summarize percentile(a, 95), percentiles(a, 5, 99.9)",
      "percentile_a_95:long, percentile_a_5:long, percentile_a_99_9:long"
    ),
    ("print a = 1, b = 'x' | summarize arg_max(a, *)", "a:long, b:string"),
    ("print a = 1 | join (print a = 1) on a", "a:long, a1:long"),
    ("print a = 1 | lookup (print a = 1, b = 2) on a", "a:long, b:long"),
    ("print a = 1 | count", "Count:long"), ("print a = 1 | extend a = 'x', b = a", "a:string, b:long"),
    ("print a = int(1) | extend b = a + 1, c = a / 2.0, d = a * a", "a:int, b:long, c:real, d:long"),
    (
      "print a = now() - ago(1d), b = now() + 1h, c = 1d / 1h, d = 1d * 2", "a:timespan, b:datetime, c:real, d:timespan"
    ),
    ("union (print a = 1), (print a = 'x')", "a_long:long, a_string:string"),
    ("print strlen('abc'), gettype(1) | extend n = strlen('x')", "print_0:long, print_1:string, n:long"),
    ("range x from 1 to 2 step 1 | getschema | project ColumnName, ColumnType", "ColumnName:string, ColumnType:string"),
  ])
  func `columns are named and typed as Kusto does`(query: String, columns: String) throws {
    #expect(try Ask.columns(query) == columns)
  }

  @Test(arguments: [
    ("print a = 1 | where a", "where needs a bool"),
    ("print a = dynamic({}) | summarize count() by a", "cannot be grouped"),
    ("print a = 'x' | extend b = a.c", "has no members"), ("print a = 1 | project sum(a)", "is an aggregate"),
    ("print strlen()", "arguments"), ("print a = 1 | extend b = a + 'x'", "does not take"),
    ("print a = 1 | join (print a = 'x') on a", "convert one first"), ("print a = 1 | mv-expand a", "needs a dynamic"),
  ])
  func `a wrong type is told in words`(query: String, part: String) throws {
    let error = try #require(Ask.error(query))
    #expect(error.message.contains(part), "\(error)")
  }

  private static let schema = [Field("id", .string), Field("type", .string), Field("properties", .dynamic)]

  @Test func `a predicate tells the paths it reads`() throws {
    let predicate = try Predicate(
      "type == 'x' and (properties.A.B != true or isempty(properties.List[0].C)) and tolower(tostring(properties['D'])) == 'e'",
      schema: Self.schema)
    #expect(predicate.paths == [["type"], ["properties", "A", "B"], ["properties", "List"], ["properties", "D"]])
  }

  @Test(arguments: [
    ("properties.Encrypted == true", [true, false, false]), ("properties.Encrypted != true", [false, true, true]),
    ("isnull(properties.Encrypted)", [false, false, true]), ("isempty(properties.Name)", [true, true, false]),
    ("properties.Name =~ 'X'", [false, false, true]), ("array_length(properties.List) > 1", [true, false, false]),
    ("properties.List has 'b'", [true, false, false]), ("type in~ ('AWS::X')", [true, true, true]),
    ("toint(properties.N) >= 3", [true, false, false]), ("properties.N >= 3", [true, false, false]),
    ("properties.Created < datetime(2026-01-01)", [false, true, false]),
  ])
  func `a predicate is judged over rows`(text: String, expected: [Bool]) throws {
    let documents = try JSONDocument.lines(
      Array(
        """
        {"Encrypted": true, "List": ["a", "b"], "N": 3}
        {"Encrypted": false, "List": [], "N": 2, "Created": "2025-06-01T00:00:00Z"}
        {"Name": "x"}
        """.utf8))
    let batch = Batch(
      columns: [
        .string(StringColumn(["1", "2", "3"])), .string(StringColumn(["aws::x", "aws::x", "aws::x"])),
        .dynamic(DynamicColumn(roots: documents)),
      ], count: 3)
    let rows = try Predicate(text, schema: Self.schema).rows(of: batch, EvaluationContext(now: Ask.now))
    #expect((0..<3).map { rows[$0] } == expected)
  }

  @Test func `parameters and catalog tables are names of the query`() throws {
    var catalog = Catalog()
    catalog.add(
      "Things",
      MemoryTable(schema: [Field("n", .long)], batches: [Batch(columns: [.long(FixedColumn([1, 2, 3]))], count: 3)]))
    let query = try Query("things | where n > least | count", catalog: catalog, parameters: ["least": .long(1)])
    let result = try query.run(now: Ask.now)
    #expect(result.rows.columns[0][0].int64 == 2)
    #expect(Ask.error("Thinks | count", catalog: catalog)?.suggestion == "Things")
    #expect(try Query("union T* | count", catalog: catalog).run(now: Ask.now).rows.columns[0][0].int64 == 3)
    #expect(
      try Query("union withsource=S * | where S == 'Things' | count", catalog: catalog).run(now: Ask.now).rows.columns[
        0][0].int64 == 3)
    #expect(
      try Query("table('Things') | where n in ((Things | where n > 2 | project n)) | count", catalog: catalog)
        .run(now: Ask.now).rows.columns[0][0].int64 == 1)
  }

  @Test func `limits stop a query`() {
    #expect(throws: KQLError.self) {
      try Query(
        "range x from 1 to 1000000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 1000 step 1 | extend k = 1) on k",
        catalog: Catalog()
      )
      .run(now: Ask.now, maxRows: 10_000)
    }
  }
}
