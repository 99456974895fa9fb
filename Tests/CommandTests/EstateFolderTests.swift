// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import JSON
import KQL
import Testing

@testable import Twin

/// How an estate is written: docs/twin.md.
@Suite struct EstateFolderTests {
  private static let now = DateTime.parse("2026-03-15T13:30:00Z") ?? 0

  /// The documents of an estate whose files are given by their paths below `estates/`.
  private func read(_ files: [String: String], _ name: String = "a") throws -> [JSONValue] {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (path, text) in files {
      let url = URL(fileURLWithPath: folder).appendingPathComponent("estates/" + path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return try EstateFolder.documents("estates/" + name, in: ContentLibrary(overrides: [folder]), now: Self.now)
  }

  @Test func whatAResourceDoesNotSayComesFromItsID() throws {
    let rows = try read([
      "a/about.yaml": "tenant: t1",
      "a/all.yaml": """
      - {id: /subscriptions/s1}
      - {id: /subscriptions/s1/resourceGroups/Web/providers/Microsoft.Web/sites/x}
      - {id: /tenants/t1/providers/microsoft.graph/users/u1}
      - {id: /SUBSCRIPTIONS/s2/resourcegroups/web/providers/Microsoft.Web/sites/y}
      - {id: //compute.googleapis.com/projects/p/zones/z/instances/i, type: compute.googleapis.com/Instance}
      - {id: "arn:aws:rds:eu-west-1:111122223333:db:orders", type: AWS::RDS::DBInstance}
      """,
    ])
    #expect(
      rows.map { $0["type"]?.string } == [
        "microsoft.resources/subscriptions", "microsoft.web/sites", "microsoft.graph/users", "microsoft.web/sites",
        "compute.googleapis.com/instance", "aws::rds::dbinstance",
      ])
    #expect(rows.map { $0["cloud"]?.string } == [nil, nil, nil, nil, "gcp", "aws"])
    #expect(rows.map { $0["name"]?.string } == ["s1", "x", "u1", "y", "i", "orders"])
    #expect(rows.map { $0["subscriptionId"]?.string } == ["s1", "s1", nil, "s2", "p", "111122223333"])
    #expect(rows[1]["resourceGroup"]?.string == "web" && rows[1]["tenantId"]?.string == "t1")
    #expect(rows[2]["properties"]?["id"]?.string == "u1")
    #expect(rows[4]["observed"]?["assetType"]?.string == "compute.googleapis.com/Instance")
    #expect(rows[5]["location"]?.string == "eu-west-1")
  }

  @Test func valuesDefaultsEachAndChildrenSpareRepetition() throws {
    let rows = try read([
      "a/about.yaml": "values: {web: /subscriptions/s1/resourceGroups/web/providers}",
      "a/all.yaml": """
      values: {ports: [80, 443]}
      defaults: {location: westeurope, tags: {owner: web, old: yes}}
      resources:
        - each: [{name: one, open: true}, {name: two, open: false}]
          id: $(web)/Microsoft.Web/sites/$(name)
          tags: {owner: $(name), old: null}
          properties: {open: $(open), ports: $(ports), text: "$(name) ${aws:username} $(uname -r)"}
          children:
            - each: [ftp, scm]
              id: policies/$(it)
        - {id: $(web)/Microsoft.Web/sites/three}
      """,
    ])
    #expect(rows.map { $0["name"]?.string } == ["one", "ftp", "scm", "two", "ftp", "scm", "three"])
    #expect(rows[0]["properties"]?.text == #"{"open":true,"ports":[80,443],"text":"one ${aws:username} $(uname -r)"}"#)
    #expect(rows[0]["tags"]?.text == #"{"owner":"one"}"#)
    #expect(rows[1]["id"]?.string?.hasSuffix("/sites/one/policies/ftp") == true)
    #expect(rows[1]["type"]?.string == "microsoft.web/sites/policies" && rows[1]["location"] == nil)
    #expect(rows[6]["tags"]?["owner"]?.string == "web")
  }

  @Test(
    arguments: [
      ("$(today)", "2026-03-15T00:00:00Z"), ("$(today-90d)", "2025-12-15T00:00:00Z"),
      ("until $(today+17d)", "until 2026-04-01T00:00:00Z"),
    ])
  func timesAgeWithTheReader(_ text: String, _ expected: String) throws {
    let rows = try read(["a/all.yaml": #"[{id: /subscriptions/s1, properties: {at: "\#(text)"}}]"#])
    #expect(rows.first?["properties"]?["at"]?.string == expected)
  }

  @Test func anEstateMayBeWrittenAsChangesOfAnother() throws {
    let rows = try read(
      [
        "a/about.yaml": "values: {rg: /subscriptions/s1/resourceGroups/web}",
        "a/all.yaml": """
        - {id: $(rg), properties: {a: {b: 1, c: 2}, list: [1, 2]}}
        - {id: $(rg)/providers/Microsoft.Web/sites/x, children: [{id: config/web}]}
        - {id: $(rg)/providers/Microsoft.Web/sites/xy}
        """,
        "b/about.yaml": "extends: a",
        "b/all.yaml": """
        changes:
          - {id: $(rg), properties: {a: {b: 3, c: null}, list: [9]}}
          - {id: $(rg)/PROVIDERS/Microsoft.Web/sites/x, remove: true}
        resources:
          - {id: $(rg)/providers/Microsoft.Web/sites/new}
        """,
      ], "b")
    #expect(rows.map { $0["name"]?.string } == ["web", "xy", "new"])
    #expect(rows.first?["properties"]?.text == #"{"a":{"b":3},"list":[9]}"#)
  }

  @Test(
    arguments: [
      (["a/all.yaml": "[{id: $(nowhere)/x}]"], "all.yaml:1:7: there is no value 'nowhere'"),
      (["a/all.yaml": "[{id: /subscriptions/s1}, {id: /SUBSCRIPTIONS/s1}]"], "is there already"),
      (["a/all.yaml": "[{id: //storage.googleapis.com/b}]"], "'type' is missing"),
      (["a/all.yaml": "changes: [{id: /subscriptions/s1}]"], "there is no '/subscriptions/s1' to change"),
      (["a/all.yaml": "resource: []"], "did you mean 'resources'?"),
      (["a/about.yaml": "extends: a"], "estates extend one another in a circle"),
      (["a/about.yaml": "extends: b"], "there is no estate 'b', or it is empty"),
      (["a/about.yaml": "title: [1]\nextend: b"], "did you mean 'extends'?"),
    ])
  func whatIsWrongIsNamedWithItsPlace(_ files: [String: String], _ part: String) throws {
    let error = try #require(throws: ContentError.self) { try read(files) }
    #expect("\(error)".contains(part), "\(error)")
  }
}
