// SPDX-License-Identifier: Apache-2.0
import KQL
import Testing

@Suite struct TableReadTests {
  private static let catalog: Catalog = {
    var catalog = Catalog()
    let schema: Schema = [Field("id", .string), Field("type", .string), Field("n", .long), Field("bag", .dynamic)]
    for name in ["T", "U"] { catalog.add(name, MemoryTable(schema: schema, batches: [])) }
    return catalog
  }()

  /// Each read as `table`, `*` where its rows are those of the result, and the types that it is restricted to.
  @Test(arguments: [
    ("T", "T*"), ("T | where type == 'a'", "T*[a]"), ("T | where 'a' == type and n > 1", "T*[a]"),
    ("T | where type in ('a', 'b') | where type in~ ('b', 'c')", "T*[b]"),
    ("T | where type == 'a' or type == 'b'", "T*[a,b]"), ("T | where type == 'a' and n == 1 or type == 'b'", "T*[a,b]"),
    ("T | where type == 'a' or n == 1", "T*"),
    ("T | extend k = type | where k == 'a'", "T*[a]"), ("T | project type = id | where type == 'a'", "T*"),
    ("T | summarize count() by type | where type == 'a'", "T[a]"), ("T | take 5 | where type == 'a'", "T*"),
    ("T | sort by n asc | where type == 'a'", "T*[a]"), ("T | mv-expand bag | where type == 'a'", "T*[a]"),
    ("T | where type == 'a' | join kind=leftouter (U | where type == 'b') on id", "T*[a] U[b]"),
    ("T | join kind=inner U on id | where type == 'a' and type1 == 'b'", "T*[a] U[b]"),
    ("T | join kind=leftouter U on id | where type == 'a' and type1 == 'b'", "T*[a] U"),
    ("T | join kind=rightouter U on id", "T U*"), ("T | lookup (U | where type == 'b') on id", "T* U[b]"),
    ("T | union (U | where type == 'b') | where type == 'b'", "T*[b] U*[b]"),
    ("T | where id in ((U | where type == 'b' | project id))", "U[b] T*"),
    ("T | extend c = toscalar(U | where type == 'b' | count)", "U[b] T*"),
    ("let b = materialize(T | where n > 1); b | where type == 'a' | union (b | where type == 'c')", "T*[a] T*[c]"),
    ("T | where tolower(type) == 'a' | sample 1", "T[a]"), ("print 1", ""),
  ])
  func readsAreThoseOfThePlan(_ text: String, _ expected: String) throws {
    let reads = try #require(try Query(text, catalog: Self.catalog).reads)
    let shown = reads.map { read in
      let texts = read.texts(of: "type").map { "[\($0.sorted().joined(separator: ","))]" } ?? ""
      return read.table + (read.isSource ? "*" : "") + texts
    }
    #expect(shown.joined(separator: " ") == expected)
  }

  @Test func anOperatorThatHidesItsPlansSaysSo() throws {
    #expect(try Query("T | partition by type (U | take 1)", catalog: Self.catalog).reads == nil)
  }

  @Test(arguments: [
    ("T | where type startswith 'a'", true, false), ("T | where type !has 'b'", true, false),
    ("T | where type startswith 'a' or n == 1", true, true), ("T | where n == 1", true, true),
    ("T | where strlen(type) == 1 and type != 'b'", true, false), ("T | where type == id", true, true),
  ])
  func aConditionOnTheColumnAloneTellsWhatCanMatter(_ text: String, _ a: Bool, _ b: Bool) throws {
    let read = try #require(try Query(text, catalog: Self.catalog).reads?.first)
    #expect(read.canMatter("a", in: "type") == a)
    #expect(read.canMatter("b", in: "type") == b)
  }
}
