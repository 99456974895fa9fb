// SPDX-License-Identifier: Apache-2.0
import JSON
import KQL
import Testing

/// Queries that can be asked of each part of a table alone.
@Suite struct PlanLocalityTests {
  private static let schema: Schema = [
    Field("id", .string), Field("type", .string), Field("account", .string), Field("n", .long),
    Field("bag", .dynamic),
  ]
  private static let tables: [String: (part: String?, id: String)] = ["T": (part: "account", id: "id")]

  private static func table(_ accounts: Set<String>?) -> MemoryTable {
    var rows: [(String, String, String, Int64)] = []
    for account in ["x", "y", "z"] where accounts?.contains(account) ?? true {
      for index in 0..<6 {
        rows.append(
          ("\(account)\(index)", index % 2 == 0 ? "a" : "b", account, Int64(index * (account == "y" ? 3 : 1))))
      }
    }
    let bags = rows.map { Scalar.dynamic(DateList.of($0.3)) }
    var builder = ColumnBuilder(.dynamic)
    for bag in bags { builder.append(bag) }
    return MemoryTable(
      schema: schema,
      batches: [
        Batch(
          columns: [
            .string(StringColumn(rows.map(\.0))), .string(StringColumn(rows.map(\.1))),
            .string(StringColumn(rows.map(\.2))), .long(FixedColumn(rows.map(\.3))), builder.finish(),
          ], count: rows.count)
      ])
  }

  private enum DateList {
    static func of(_ number: Int64) -> JSONValue {
      JSONDraft.object([("list", .array([.int(number), .int(number + 1)]))]).document().root
    }
  }

  private static func catalog(_ accounts: Set<String>? = nil) -> Catalog {
    var catalog = Catalog()
    catalog.add("T", table(accounts))
    catalog.add("Other", table(nil))
    return catalog
  }

  private static func answer(_ text: String, _ accounts: Set<String>? = nil) throws -> [String] {
    let result = try Query(text, catalog: catalog(accounts)).run(now: 0)
    return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text }.joined(separator: "|") }
  }

  /// Where it says yes, the answers of the parts are the answer of the whole.
  @Test(arguments: [
    "T | where n > 3 | project Id = id",
    "T | where type == 'a' | join kind=leftouter (T | where type == 'b' | summarize m = max(n) by account) on account | project Id = id, m",
    "T | join kind=inner (T | where n > 2 | project account, k = n) on account, $left.n == $right.k | project Id = id, k",
    "let s = T | summarize c = count() by account, type; T | join kind=inner s on account, type | project Id = id, c",
    "T | join kind=leftanti (T | where n == 6) on account | project Id = id",
    "T | mv-expand item = bag.list to typeof(long) | summarize s = sum(item) by account, id | project Id = id, s",
    "T | mv-apply item = bag.list to typeof(long) on (summarize top = max(item)) | project Id = id, top, account",
    "T | where type in ('a') | lookup kind=leftouter (datatable (type: string, word: string) ['a', 'A']) on type | project Id = id, word",
    "union (T | where n > 3 | project id, account), (T | where type == 'b' | project id, account) | summarize c = count() by id, account | project Id = id, c",
    "T | sort by n desc | extend word = strcat(id, account) | project Id = id, word",
    "T | parse id with letter:string '2' | project Id = id, letter",
    "let t = materialize(T | summarize m = max(n) by account); T | join kind=inner t on account | where n == m | project Id = id",
  ])
  func partsGiveTheWhole(_ text: String) throws {
    #expect(try Query(text, catalog: Self.catalog()).isLocal(Self.tables, naming: "Id"))
    let whole = try Self.answer(text).sorted()
    let parts = try ["x", "y", "z"].flatMap { try Self.answer(text, [$0]) }.sorted()
    #expect(whole == parts && !whole.isEmpty)
  }

  @Test(arguments: [
    "T | join kind=inner (T | summarize m = max(n) by type) on type | project Id = id",
    "T | summarize c = count() by type | project Id = type", "T | take 2 | project Id = id",
    "T | where n > toscalar(T | summarize avg(n)) | project Id = id",
    "T | where id in (T | where n > 2 | project id) | project Id = id",
    "T | join kind=inner T on $left.n == $right.n | project Id = id",
    "T | join kind=inner (T | extend account = toupper(account)) on account | project Id = id",
    "T | join kind=inner (Other | project account) on account | project Id = id",
    "T | serialize | extend r = row_number() | where r == 1 | project Id = id",
    "T | project Id = strcat(id, '')", "T | summarize c = count() by account | project Id = account",
    "T | join kind=leftouter (T | where n > 3) on account | project Id = id1",
    "union T, (datatable (id: string, account: string) ['q', 'x']) | project Id = id",
    "T | top 1 by n | project Id = id", "Other | project Id = id",
    "datatable (type: string) ['a'] | join kind=leftouter T on type | project Id = id",
    "T | join kind=rightouter (datatable (type: string) ['c']) on type | project Id = id",
  ])
  func whatMayMeetIsNotLocal(_ text: String) throws {
    #expect(try !Query(text, catalog: Self.catalog()).isLocal(Self.tables, naming: "Id"))
  }
}
