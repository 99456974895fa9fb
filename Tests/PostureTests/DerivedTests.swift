// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

/// Findings and checks over tables that are kept as extents.
@Suite struct DerivedTests {
  /// A store that has seen the examples of all shipped checks.
  private func store(_ folder: String, _ checks: [Check]) throws -> Store {
    let store = try Store(directory: folder)
    let session = try store.beginScan(started: Fixture.now)
    var known: Set<String> = []
    for check in checks {
      for example in check.document.root["examples"]?.members.flatMap({ $0.value.elements.map { $0 } }) ?? [] {
        for row in example["resources"].map({ $0.elements.map { $0 } }) ?? [example] {
          let type = row["type"]?.string ?? check.type
          var draft = JSONDraft.value(row)
          var id = row["id"]?.string ?? "\(check.id)/\(known.count)"
          if !known.insert(type + id).inserted { id += "/\(known.count)" }
          for (key, value) in [("id", id), ("type", type), ("cloud", "aws"), ("subscriptionId", "1")] {
            draft.set(JSONPath(steps: [.key(key)]), .string(value))
          }
          let scope = Scope(cloud: "aws", account: "1", region: "us-east-1", type: type)
          try session.add(ResourceRecord(scope: scope, document: draft.document()))
        }
      }
    }
    try session.commit(cloud: "aws", account: "1", finished: Fixture.now, calls: 1)
    return store
  }

  @Test func everyShippedCheckAnswersAlikeOnExtentsAndInMemory() throws {
    let checks = try CheckLibrary(ContentLibrary()).checks
    try Fixture.withFolder { folder in
      let store = try store(folder, checks)
      let extents = store.catalog()
      try extents.makeDerived()
      var memory = store.catalog()
      let resources = try store.snapshot().resourcesBatch()
      #expect(resources.count > checks.count)
      memory.add("resources", MemoryTable(schema: Snapshot.resourcesSchema, batches: [resources]))
      var found = 0
      for check in checks {
        var texts: [String] = []
        if case .query(let text) = check.rule { texts.append(text) }
        for key in ["applies", "unhealthy"] {
          guard let text = check.document.root[key]?.string else { continue }
          texts.append("resources | where type == '\(check.type)' | where \(text) | project id, properties, observed")
        }
        #expect(!texts.isEmpty, "\(check.id)")
        for text in texts {
          let a = try Query(text, catalog: extents).run(now: Fixture.now)
          let b = try Query(text, catalog: memory).run(now: Fixture.now)
          found += b.rows.count
          #expect(a.json() == b.json(), "\(check.id): \(text)")
        }
      }
      #expect(found > checks.count)
    }
  }

  @Test func findingsAreReadFromExtentsOfTheirState() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let findings = try FindingStore(store)
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      func record(_ ids: [String], at time: Int64) throws {
        let rows = try ids.map { try Fixture.row($0, #""properties":{"X":1}"#) }
        _ = try findings.record(Judge(checks: [check]).judge(Fixture.estate(rows)), at: time)
      }
      func ids() throws -> [String] {
        var catalog = Catalog()
        catalog.add("Findings", findings.table(in: DerivedFolder(store)))
        let rows = try Query("Findings | sort by resourceId asc | project resourceId", catalog: catalog)
          .run(now: Fixture.now).rows
        return (0..<rows.count).map { rows.columns[0][$0].text }
      }
      try record(["a", "b"], at: 1)
      #expect(try ids() == ["a", "b"])
      try record(["c"], at: 2)
      #expect(try ids() == ["c"])
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/derived")
      #expect(names.filter { $0.hasPrefix("Findings.") }.count == 1)
    }
  }
}
