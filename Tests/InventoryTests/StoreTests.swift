// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Inventory
import JSON
import KQL
import Testing

private func names(_ store: Store, asOf: Int64? = nil) throws -> [String] {
  let query = try Query("resources | sort by name asc | project name", catalog: store.catalog(asOf: asOf))
  let rows = try query.run(now: 0).rows
  return (0..<rows.count).map { rows.columns[0][$0].text }
}

@Suite struct StoreTests {
  @Test func resourcesAreWhatTheNewestScanSaw() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a"), try bucket("b")])
    try scan(store, at: 20, [try bucket("b"), try bucket("c")])
    #expect(try names(store) == ["b", "c"])
    #expect(try names(store, asOf: 15) == ["a", "b"])
    #expect(try names(store, asOf: 5) == [])
  }

  @Test func aScopeThatWasNotCoveredKeepsItsResourcesAsNotRefreshed() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a"), try bucket("b", region: "eu")], covered: [scope(), scope("eu")])
    let gap = CoverageGap(
      cloud: "aws", account: "1", region: "eu", service: "s3", operation: "ListBuckets", type: type,
      reason: .accessDenied, permission: "s3:ListAllMyBuckets")
    try scan(store, at: 20, [try bucket("a")], covered: [scope()], gaps: [gap])
    let snapshot = try store.snapshot()
    #expect(snapshot.states.map(\.isRefreshed) == [true, false])
    #expect(snapshot.gaps == [gap])

    // What was refreshed at an earlier time stays so, whatever came later.
    try scan(store, at: 30, [], covered: [])
    #expect(try store.snapshot(asOf: 15).states.map(\.isRefreshed) == [true, true])
    #expect(try store.snapshot(asOf: 25).states.map(\.isRefreshed) == [true, false])
    #expect(try store.snapshot().states.map(\.isRefreshed) == [false, false])
  }

  /// Account 2 reads its organisation, of which account 1 is, and account 1 is read by itself.
  @Test func ofAnAccountTheLastScanThatLookedAtItTells() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    let gap = CoverageGap(
      cloud: "aws", account: "1", region: "global", service: "s3", operation: "ListBuckets", type: type,
      reason: .throttled)
    func state() throws -> ([CoverageGap], [Bool]) {
      let snapshot = try store.snapshot()
      return (snapshot.gaps, snapshot.states.map(\.isRefreshed))
    }
    try scan(store, at: 10, [try bucket("a")], covered: [], gaps: [gap], account: "2")
    #expect(try state() == ([gap], [true]))
    try scan(store, at: 20, [try bucket("a")])
    #expect(try state() == ([], [true]))
    try scan(store, at: 30, [], covered: [], gaps: [gap], account: "2")
    #expect(try state() == ([gap], [false]))
  }

  @Test func aPathThatCouldNotBeReadKeepsWhatWasSeenThere() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a", #"{"Encrypted":true,"Name":"a"}"#)])
    let gap = ResourceGap(paths: ["properties.Encrypted"], reason: "AccessDenied")
    try scan(store, at: 20, [try bucket("a", #"{"Name":"a"}"#, gaps: [gap])])
    let text = "resources | project e = tostring(properties.Encrypted)"
    #expect(try Query(text, catalog: store.catalog()).run(now: 0).rows.columns[0][0].text == "true")
    #expect(try store.snapshot().states[0].gaps == [gap])
    #expect(try Query("resourcechanges", catalog: store.catalog()).run(now: 0).rows.count == 0)
  }

  @Test func aSessionThatDiesLeavesTheEarlierState() throws {
    let scratch = Scratch()
    do {
      let store = try scratch.open()
      try scan(store, at: 10, [try bucket("a")])
      let session = try store.beginScan(started: 20)
      for number in 0..<600 { try session.add(try bucket("x\(number)")) }
    }
    let again = try scratch.open()
    #expect(try names(again) == ["a"])
    try scan(again, at: 30, [try bucket("b")])
    #expect(try names(again) == ["b"])
  }

  @Test func aSecondScanAtTheSameTimeIsRefused() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    let first = try store.beginScan(started: 1)
    let error = #expect(throws: StoreError.self) { _ = try store.beginScan(started: 2) }
    #expect(error?.code == .busy)
    withExtendedLifetime(first) {}
  }

  @Test func changesNameThePathWithBothValues() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10, [try bucket("a", #"{"Encrypted":false}"#), try bucket("b")])
    try scan(store, at: 20, [try bucket("a", #"{"Encrypted":true}"#), try bucket("c")])
    let text = """
      resourcechanges | extend kind = tostring(properties.changeType), target = tostring(properties.targetResourceId)
      | extend before = tostring(properties.changes['properties.Encrypted'].previousValue),
        after = tostring(properties.changes['properties.Encrypted'].newValue)
      | sort by target asc | project kind, target, before, after
      """
    let rows = try Query(text, catalog: store.catalog()).run(now: 0).rows
    let cells = (0..<rows.count).map { row in rows.columns.map { $0[row].text } }
    #expect(
      cells == [["Update", "arn:a", "false", "true"], ["Delete", "arn:b", "", ""], ["Create", "arn:c", "", ""]])
  }

  @Test func aDocumentThatDoesNotChangeIsStoredOnce() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    for time in 1...5 { try scan(store, at: Int64(time * 10), [try bucket("a")]) }
    let count = try store.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM held") }
    #expect(count == 1)
  }

  @Test func aDamagedFileIsNamedAndLeftAlone() throws {
    let scratch = Scratch()
    try FileManager.default.createDirectory(atPath: scratch.directory, withIntermediateDirectories: true)
    let path = scratch.directory + "/plumbline.sqlite"
    let bytes = Data(repeating: 0x5A, count: 8192)
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: StoreError.self) { _ = try Store(directory: scratch.directory) }
    #expect(error?.code == .corrupt)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
  }
}
