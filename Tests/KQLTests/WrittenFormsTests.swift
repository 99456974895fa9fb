// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

/// Forms that queries in use have and the documentation shows rarely or not at all.
struct WrittenFormsTests {
  private static func table(_ fields: Schema) -> MemoryTable { MemoryTable(schema: fields, batches: []) }

  @Test(
    arguments: [
      // A string and a number or bool.
      ("datatable(s:string)['0', '00', 'x', ''] | where s == 0 | count", "[[2]]"),
      ("datatable(s:string)['0', 'x'] | where s != 0", "[[\"x\"]]"),
      ("datatable(n:int)[4624, 1] | where n == '4624'", "[[4624]]"),
      ("datatable(s:string)['False', 'true'] | where s == false", "[[\"False\"]]"),
      ("datatable(b:bool)[true, false] | where b == 'true'", "[[true]]"),
      ("datatable(b:bool)[true, false] | where b == 1.0", "[[true]]"),
      // Literals.
      ("print TRUE, FALSE, True", "[[true,false,true]]"),
      ("print '\\101\\x42', 'a' h'b' h@'\\c'", "[[\"AB\",\"ab\\\\c\"]]"),
      ("print timespan(15 seconds), 2hr, 3ticks", "[[\"00:00:15\",\"02:00:00\",\"00:00:00.0000003\"]]"),
      (
        "print d = dynamic({'a': ```x \"y\"```, // why\n 'b': '\"z\"', \"c\": \"e\" \"f\"}) | project d.a, d.b, d.c",
        "[[\"x \\\"y\\\"\",\"\\\"z\\\"\",\"ef\"]]"
      ),
      ("#connect cluster('c')\nprint 1", "[[1]]"),
      (
        "print datetime(Sat, 8 Nov 2014 15:05:02 GMT) == datetime(2014-11-08 15:05:02), todatetime('Saturday, 08-Nov-14 15:05')",
        "[[true,\"2014-11-08T15:05:00.0000000Z\"]]"
      ),
      (
        "print datetime(2020-01-02) / 1d == 737425, treepath(dynamic([1, {'x': 2}]))", "[[true,[\"[0]\",\"[0]['x']\"]]]"
      ),
      // Commas more than needed.
      ("datatable(a:int, b:string,)[, 1, 'x', ]", "[[1,\"x\"]]"),
      // mv-apply.
      (
        "datatable(d:dynamic)[dynamic([5,6,7])] | mv-apply with_itemindex=i e=d to typeof(long) limit 2 on (project e, i)",
        "[[[5,6,7],5,0],[[5,6,7],6,1]]"
      ),
      // Columns that end in a number, and columns of both sides.
      ("print a=1 | join (print a=1, b=2) on a | project-away *1", "[[1,2]]"),
      (
        "let M = datatable(p:string)['80']; datatable(q:string)['80', '81'] | join kind=inner ['M'] where p == q",
        "[[\"80\",\"80\"]]"
      ),
      ("print a=1 | join kind=inner (datatable(['b c']:long)[1]) on $left.a == $right.['b c']", "[[1,1]]"),
      // Parentheses around sources.
      (
        "union ((datatable(a:int)[1] | where a > 0) | join (print a=int(1)) on a | project a), ((datatable(a:int)[2]))",
        "[[1],[2]]"
      ),
      ("let t = (datatable(a:int)[1]); t", "[[1]]"),
      ("union isfuzzy=True (print a=1), Missing", "[[1]]"),
      // A schema of bag_unpack that names a column of the input.
      (
        "datatable(k:int, d:dynamic)[7, dynamic({'a':'x'})] | evaluate bag_unpack(d, 'p_') : (k:int, p_a:string)",
        "[[7,\"x\"]]"
      ),
      ("find in (view) where a == 1 project a, pack(*)", ""),
    ])
  func `forms in use give what they mean`(query: String, rows: String) throws {
    if rows.isEmpty {
      #expect(throws: KQLError.self) { try Ask.rows(query) }
    } else {
      #expect(try Ask.rows(query) == rows)
    }
  }

  @Test(arguments: [
    "let ips = (externaldata (ip:string) [h'https://h/f'] with (format=\"txt\")); T | where s in (ips)",
    "T | where s in (externaldata(x:string, y:int) [@'https://h/f', ] with (format='csv', ignoreFirstRecord=True))",
    "T | join kind=inner (externaldata(s:string)[\n h@\"f\"\n]\nwith(format=csv)) on s",
    "_Im_Dns(starttime=ago(1d), responsecodename='NXDOMAIN') | summarize count() by s",
  ]) func `what cannot run here still binds`(query: String) throws {
    var catalog = Catalog()
    for name in ["T", "_Im_Dns"] { catalog.add(name, Self.table([Field("s", .string)])) }
    let bound = try Query(query, catalog: catalog)
    #expect(bound.schema.contains { $0.name == "s" })
  }

  @Test func `a table that is called with arguments says what is missing when it runs`() throws {
    var catalog = Catalog()
    catalog.add("_Im_Dns", Self.table([Field("s", .string)]))
    let query = try Query("_Im_Dns(starttime=ago(1d))", catalog: catalog)
    #expect(throws: KQLError.self) { try query.run(now: Ask.now) }
    #expect(try Query("_Im_Dns()", catalog: catalog).run(now: Ask.now).rows.count == 0)
  }

  @Test(arguments: [
    ("T | where a && b", "and"), ("T | where a || b", "or"), ("T | where a = 1", "=="), ("T | wher a", "where"),
  ]) func `errors suggest what may have been meant`(query: String, suggestion: String) {
    #expect(Ask.error(query)?.suggestion == suggestion)
  }

  @Test(arguments: [".show tables", ".create-or-alter function f() { print 1 }"])
  func `control commands are refused by name`(query: String) {
    #expect(Ask.error(query)?.code == .notSupported)
  }
}
