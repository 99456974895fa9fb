// SPDX-License-Identifier: Apache-2.0
import Foundation
import KQL
import Testing

/// scan, fork, facet, find, reduce and externaldata.
struct StatefulOperatorTests {
  @Test func `scan carries state from row to row`() throws {
    #expect(
      try Ask.rows("range x from 1 to 4 step 1 | scan declare (s: long = 0) with (step a: true => s = x + a.s;)")
        == "[[1,1],[2,3],[3,6],[4,10]]")
  }

  @Test func `scan numbers matches and leaves out steps without output`() throws {
    let query = """
      datatable(t: long, e: string) [1, 'in', 2, 'x', 3, 'out', 4, 'x', 5, 'in', 6, 'out']
      | scan with_match_id = m with (
        step a output = none: e == 'in';
        step b: e == 'x' and t - a.t < 3;
        step c: e == 'out';)
      """
    #expect(try Ask.rows(query) == "[[2,\"x\",0],[3,\"out\",0],[6,\"out\",0]]")
  }

  @Test func `scan gives the last of a run where asked`() throws {
    #expect(
      try Ask.rows(
        "range x from 1 to 5 step 1 | scan declare (f: long) with (step a output=last: x < 4 => f = x; step b: x == 5;)"
      )
        == "[[3,3],[5,null]]")
  }

  @Test(arguments: [
    ("print x = 1 | scan with (step a: y > 1;)", "there is no column 'y'"),
    ("print x = 1 | scan with (step a: a.y > 1;)", "'a' has no column 'y'"),
    ("print x = 1 | scan declare (x: long) with (step a: true;)", "which is a column already"),
  ])
  func `a mistake in scan is told with its place`(query: String, message: String) throws {
    let error = try #require(Ask.error(query))
    #expect(error.message.contains(message) && error.line == 1, "\(error)")
  }

  @Test func `fork and facet give further results`() throws {
    let fork = try Ask.result("range x from 1 to 5 step 1 | fork (where x > 3) b = (count)")
    #expect(fork.rows.count == 2)
    #expect(fork.others.map(\.name) == ["b"])
    #expect(fork.others[0].result.rows.columns[0][0].int64 == 5)
    let facet = try Ask.result("range x from 1 to 5 step 1 | extend y = x % 2 | facet by y, x with (where x > 3)")
    #expect(facet.schema.map(\.name) == ["y", "count_"])
    #expect(facet.others.map(\.result.rows.count) == [5, 2])
    #expect(Ask.error("print x = 1 | fork (count) (count) | take 1")?.message.contains("nothing can follow") ?? false)
  }

  @Test func `find looks into tables that lack a column`() throws {
    let tables = "let A = view () { print a = 1, b = 'x', c = 2 }; let B = view () { print a = 1, b = 'y', d = 3 };"
    #expect(
      try Ask.rows(tables + "find in (A, B) where c == 2 or d == 3 project b, d: string, pack_all()")
        == #"[["A","x","",{"a":1,"c":2}],["B","y","3",{"a":1}]]"#)
    #expect(try Ask.rows(tables + "find in (A, B) where b has 'y'") == #"[["B","y",1,{"d":3}]]"#)
    #expect(try Ask.rows(tables + "search in (A, B) 'x' or d == 3 | count") == "[[2]]")
  }

  @Test func `reduce gathers texts by what they share`() throws {
    #expect(
      try Ask.rows("range x from 1 to 100 step 1 | project t = strcat('user ', x, ' logged in') | reduce by t")
        == #"[["user * logged in",100,"user 1 logged in"]]"#)
  }

  @Test func `externaldata reads files of the configured folder only`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kql-external-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("a,b\r\n\"x, \"\"y\"\"\",2\r\nz,3\r\n".utf8).write(to: folder.appending(path: "t.csv"))
    try Data("{\"a\":\"q\",\"b\":4}\n{\"a\":\"r\"}\n".utf8).write(to: folder.appending(path: "t.json"))
    var catalog = Catalog()
    catalog.externalFolder = folder.path
    func run(_ query: String) throws -> String {
      String(decoding: try Query(query, catalog: catalog).run(now: Ask.now).json(), as: UTF8.self)
    }
    let csv = try run("externaldata (a: string, b: long) ['t.csv'] with (format='csv', ignoreFirstRecord=true)")
    #expect(csv.contains(#"[["x, \"y\"",2],["z",3]]"#))
    let json = try run("externaldata (a: string, b: long) [h@'t.json'] with (format='json')")
    #expect(json.contains(#"[["q",4],["r",null]]"#))
    for place in ["https://example.com/t.csv", "../t.csv", "/etc/passwd", "missing.csv"] {
      let query = try Query("externaldata (a: string) ['\(place)']", catalog: catalog)
      let error = #expect(throws: KQLError.self) { try query.run(now: Ask.now) }
      #expect(error?.code == .notSupported && error?.line == 1)
    }
  }
}

/// Statements that stand before a query.
struct DeclarationTests {
  @Test func `query parameters take given values or their defaults`() throws {
    let text = "declare query_parameters(who: string, least: long = 2); print strcat(who, least)"
    let query = try Query(text, catalog: Catalog(), parameters: ["who": .string("a")])
    #expect(try query.run(now: Ask.now).rows.columns[0][0].text == "a2")
    #expect(throws: KQLError.self) { try Query(text, catalog: Catalog()) }
  }

  @Test func `a pattern chooses a table by constants`() throws {
    let text = """
      declare pattern country = (name: string)[state: string]
      {
        ("USA").["New York"] = { print capital = "Albany" };
        ("Canada").["Alberta"] = { let c = "Edmonton"; print capital = strcat(c, '/', name) };
      };
      """
    #expect(try Ask.rows(text + #"country("Canada").Alberta"#) == #"[["Edmonton/Canada"]]"#)
    #expect(
      try Ask.rows(text + #"union (country("USA").["New York"]), (country("Canada").Alberta) | count"#) == "[[2]]")
    #expect(Ask.error(text + #"country("France").Paris"#)?.code == .unknownName)
  }

  @Test func `set tells the size of automatic bins`() throws {
    #expect(
      try Ask.rows("set query_bin_auto_size = 10; range x from 1 to 20 step 1 | summarize count() by bin_auto(x)")
        == "[[0,9],[10,10],[20,1]]")
    #expect(Ask.error("print bin_auto(1)")?.message.contains("needs a size") ?? false)
  }
}
