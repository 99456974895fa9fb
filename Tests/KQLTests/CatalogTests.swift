// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

/// What a query finds beyond its own text: stored functions, watchlists, times of ingestion, files in UTF-16.
struct CatalogTests {
  private static func table(_ name: String, _ values: [Int64]) -> MemoryTable {
    MemoryTable(
      schema: [Field(name, .long)], batches: [Batch(columns: [.long(FixedColumn(values))], count: values.count)])
  }

  private static func rows(_ query: String, _ catalog: Catalog) throws -> String {
    let text = String(decoding: try Query(query, catalog: catalog).run(now: Ask.now).json(), as: UTF8.self)
    return text.firstRange(of: "\"rows\":").map { String(text[$0.upperBound...].dropLast()) } ?? ""
  }

  @Test func `stored functions are called like those of let`() throws {
    var catalog = Catalog()
    catalog.add("T", Self.table("x", [1, 2, 3]))
    catalog.functions["AtLeast"] = "(n: long = 2) { T | where x >= n }"
    catalog.functions["Twice"] = "(n: long) { n * 2 }"
    catalog.functions["Keep"] = "(t: (x: long), n: long) { t | where x == n }"
    #expect(try Self.rows("AtLeast(3) | extend y = Twice(x)", catalog) == "[[3,6]]")
    #expect(try Self.rows("AtLeast | count", catalog) == "[[2]]")
    #expect(try Self.rows("T | invoke Keep(2)", catalog) == "[[2]]")
    #expect(try Self.rows("let AtLeast = () { print a = 1 }; AtLeast()", catalog) == "[[1]]")
    catalog.functions["Broken"] = "(n: long) { T | wher x }"
    #expect(throws: KQLError.self) { try Query("Broken(1)", catalog: catalog) }
  }

  @Test func `watchlists and tables behind a database are found`() throws {
    var catalog = Catalog()
    catalog.add("T", Self.table("x", [1, 2, 3]))
    catalog.watchlists["vips"] = Self.table("x", [2])
    #expect(
      try Self.rows("T | where x in ((_GetWatchlist('vips') | project x)) | join database('d').T on x | count", catalog)
        == "[[1]]")
    #expect(try Self.rows("union workspace('w').T, cluster('c').database('d').T | count", catalog) == "[[6]]")
    #expect(
      try Self.rows("union isfuzzy=true T, (_GetWatchlist('vip') | where note has 'x') | count", catalog) == "[[3]]")
  }

  @Test(arguments: [
    "_GetWatchlist('vip') | where note has 'x' | summarize count() by tostring(kind)",
    "T | where tostring(x) in ((_GetWatchlist('vip') | project SearchKey))",
    "_Im_Dns(starttime=ago(1d)) | where not(ipv4_is_private(SrcIpAddr)) | summarize dcount(DnsQuery) by bin(TimeGenerated, 1h)",
    "imProcessCreate | extend name = tostring(split(Process, '/')[-1]) | where name in~ ('a.exe')",
    "union isfuzzy=true (_Im_Dns | where Name == 'x'), (NoSuch | where b == 1)",
    "T | invoke FileProfile(x, 1000) | where GlobalPrevalence < 10",
    "T | invoke _ASIM_ResolveSrcFQDN('x') | project SrcFQDN",
    "AssignedIPAddresses('device', now()) | project IPAddress",
  ]) func `what only a workspace of Sentinel or Defender has binds, and a run says that it is missing`(query: String)
    throws
  {
    var catalog = Catalog()
    catalog.add("T", Self.table("x", [1, 2, 3]))
    let bound = try Query(query, catalog: catalog)
    #expect(throws: KQLError.self) { try bound.run(now: Ask.now) }
  }

  @Test func `a query that begins with an operator is one of resources`() throws {
    var catalog = Catalog()
    catalog.add("resources", Self.table("x", [1, 2, 3]))
    #expect(try Self.rows("where x > 1 | join kind=inner (where x > 2) on x | count", catalog) == "[[1]]")
    #expect(throws: KQLError.self) { try Query("where x > 1", catalog: Catalog()) }
  }

  @Test func `ingestion time is a column of the table where it has one`() throws {
    var catalog = Catalog()
    catalog.add(
      "T",
      MemoryTable(
        schema: [Field("_IngestionTime", .datetime)],
        batches: [Batch(columns: [.datetime(FixedColumn([Ask.now, Ask.now - 864_000_000_000 * 9]))], count: 2)]))
    #expect(try Self.rows("T | where ingestion_time() > ago(1d) | count", catalog) == "[[1]]")
    #expect(try Self.rows("print isnull(ingestion_time())", catalog) == "[[true]]")
  }

  @Test func `isfuzzy forgives tables that are not there and nothing else`() throws {
    #expect(try Ask.rows("union isfuzzy=true (print a = 1), Missing, (Missing2 | where x > 1) | count") == "[[1]]")
    #expect(Ask.error("union isfuzzy=true (print a = 1), (print b = 1 | where c > 1)")?.code == .unknownName)
  }

  @Test(arguments: [[0xFF, 0xFE], [0xFE, 0xFF], []] as [[UInt8]], [true, false])
  func `files in UTF-16 are read with and without a mark`(mark: [UInt8], isLittle: Bool) throws {
    if mark == [0xFF, 0xFE] && !isLittle || mark == [0xFE, 0xFF] && isLittle { return }
    let text = "print a = 'é', b = 1 + 1"
    let bytes =
      mark
      + text.utf16.flatMap { unit -> [UInt8] in
        isLittle ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
      }
    #expect(QueryText.decode(bytes) == text)
    #expect(try Query(decoding: bytes, catalog: Catalog()).run(now: Ask.now).rows.columns[1][0].int64 == 2)
  }

  @Test func `UTF-8 is read with and without a mark`() {
    #expect(QueryText.decode(Array("\u{FEFF}print 'é'".utf8)) == "print 'é'")
    #expect(QueryText.decode(Array("print 'é'".utf8)) == "print 'é'")
    #expect(QueryText.decode([] as [UInt8]) == "")
  }
}

/// Queries over tables whose rows are not there yet.
struct OpenColumnTests {
  @Test(arguments: [
    "T | evaluate bag_unpack(d) | where foo == 'x' and bar > 5 | summarize count(), max(bar) by foo, k | sort by foo",
    "T | project k, n | evaluate pivot(k, sum(n)) | project High, Low = column_ifexists('Low', 0) | extend t = High + 1",
    "T | evaluate bag_unpack(d) | join kind=inner (T | evaluate bag_unpack(d) | project foo, k) on foo | project-away x",
    "T | evaluate bag_unpack(d) | mv-apply bar on (where bar.x == 1 | project y = bar.x, q = foo) | distinct y",
  ])
  func `columns that a plugin would make of rows are known without rows`(query: String) throws {
    #expect(try Ask.result("let T = datatable(d: dynamic, k: string, n: long)[]; " + query).rows.count == 0)
  }

  @Test func `with rows they are checked`() {
    let query = "datatable(d: dynamic)[dynamic({'a': 1})] | evaluate bag_unpack(d) | where b == 1"
    #expect(Ask.error(query)?.code == .unknownName)
  }

  @Test(arguments: [
    "print x = 1 | render barchart kind=stacked with (title='a', ycolumns=(x, x), xtitle=\"b\")",
    "print x = 1 | render timechart", "union withsource='S' (print x = 1), (print y = 2) | summarize count() by S",
    "arg('').Missing | take 1",
  ])
  func `pictures and places are read`(query: String) {
    let error = Ask.error(query)
    #expect(error == nil || error?.message == "there is no table 'Missing'")
  }
}
