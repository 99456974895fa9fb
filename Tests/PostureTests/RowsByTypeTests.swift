// SPDX-License-Identifier: Apache-2.0
import Content
import JSON
import KQL
import Testing

@testable import Posture

/// `resources` as checks' queries read it: only rows that a query drops anyway are left out.
struct RowsByTypeTests {
  private static let types = ["aws::a", "microsoft.b/c", "aws::d"]

  private func catalog(_ types: [String], named: Bool) throws -> Catalog {
    let rows = ResourceRows.batch(
      try (0..<30).map { try Fixture.row("r\($0)", #""properties":{"n":\#($0)}"#, type: types[$0 % types.count]) })
    let places = Dictionary(grouping: 0..<30) { types[$0 % types.count] }
    var catalog = Catalog()
    catalog.add(
      "resources",
      named ? RowsByType(rows, places) : MemoryTable(schema: ResourceRows.schema, batches: [rows]))
    return catalog
  }

  @Test(arguments: [
    "resources | where type == 'aws::a' | project id", "resources | where type =~ 'AWS::A' | project id",
    "resources | where type in~ ('AWS::D', 'microsoft.B/c') and id != 'r1' | project id",
    "resources | where type == 'aws::a' or id == 'r4' | project id",
    "resources | where type == 'aws::a' or type == 'aws::d' | where type != 'aws::d' | project id",
    "resources | where not(type == 'aws::a') | project id", "resources | where type == 'none' | project id",
    "resources | where type == 'aws::a' and type == 'aws::d' | project id",
    "resources | where toupper(type) == 'AWS::A' | project id", "resources | where type has 'microsoft' | project id",
    "resources | serialize | where row_number() > 5 and type == 'aws::a' | project id",
    "resources | where row_number() > 5 | where type == 'aws::a' | project id",
    "resources | where type == 'aws::d' | join kind=inner (resources | where type == 'aws::d') on id | project id, id1",
    "let d = toscalar(resources | where type == 'aws::d' | count); resources | where type == 'aws::a' | extend d",
    "resources | summarize n = count() by type | where type == 'aws::d'",
    "resources | extend t = type | where t == 'aws::d' | project id",
    "resources | project type = strcat(type, 'x') | where type == 'aws::dx'",
  ])
  func aQueryAnswersAsOverAllRows(_ text: String) throws {
    for types in [Self.types, ["aws::a", "AWS::A", "aws::d"]] {
      let all = try Query(text, catalog: try catalog(types, named: false)).run(now: 0)
      let some = try Query(text, catalog: try catalog(types, named: true)).run(now: 0)
      #expect(String(decoding: all.json(), as: UTF8.self) == String(decoding: some.json(), as: UTF8.self))
    }
  }

  @Test func onlyRowsOfNamedTypesAreRead() throws {
    let rows = ResourceRows.batch(try (0..<6).map { try Fixture.row("r\($0)", type: Self.types[$0 % 3]) })
    let table = RowsByType(rows, Dictionary(grouping: 0..<6) { Self.types[$0 % 3] })
    func read(_ texts: Set<String>?) throws -> Int {
      var request = ScanRequest()
      if let texts { request.texts[ResourceRows.index(of: "type")] = texts }
      return try table.parts(request).reduce(0) { $0 + (try $1.load().count) }
    }
    #expect(try read(nil) == 6)
    #expect(try read(["AWS::A", "aws::d", "none"]) == 4)
    #expect(try read([]) == 0)
  }
}
