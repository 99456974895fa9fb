// SPDX-License-Identifier: Apache-2.0
import Inventory
import JSON
import Testing

/// Scans in units of work, and what is left of one that does not come to its end.
@Suite struct UnitTests {
  /// Runs one scan as far as `body` takes it; `body` says whether it is committed.
  private func scan(
    _ store: Store, at time: Int64, choice: String = "", _ body: (ScanSession, ScanSession.Resumed?) throws -> Bool
  ) throws {
    let session = try store.beginScan(started: time, keepsUnits: true)
    let resumed = try session.open(cloud: "aws", account: "1", choice: choice, resumes: true)
    if try body(session, resumed) {
      try session.commit(cloud: "aws", account: "1", finished: time + 1, calls: 1, choice: choice)
    }
  }

  private func add(_ session: ScanSession, _ name: String, _ unit: String) throws {
    try session.add(try bucket(name), in: unit)
  }

  /// Ends a unit, and has it written whatever the time since the last writing.
  private func finish(_ session: ScanSession, _ unit: String) throws {
    try session.finish(unit)
    for _ in 0..<64 { try session.finish("none") }
  }

  private func names(_ store: Store) throws -> [String] {
    try rows("resources | project name | order by name asc", store.catalog())
  }

  @Test func whatIsDoneIsKeptAndWhatIsNotIsReadAgain() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10) { session, resumed in
      #expect(resumed == nil)
      try add(session, "done", "one")
      session.covered(scope(), in: "one")
      session.gap(Self.gap(.accessDenied), in: "one")
      try add(session, "half", "two")
      try finish(session, "one")
      return false
    }
    #expect(try names(store).isEmpty)
    #expect(try rows("UnfinishedScans | where units > 0 | project cloud, account", store.catalog()) == ["aws|1"])
    try scan(store, at: 20) { session, resumed in
      #expect(resumed?.started == 10)
      #expect(session.gaps(ofDone: "one")?.map(\.reason) == [.accessDenied])
      #expect(session.gaps(ofDone: "two") == nil)
      #expect(try session.records(of: "one").count == 1)
      try add(session, "other", "two")
      return true
    }
    #expect(try names(store) == ["done", "other"])
    let snapshot = try store.snapshot()
    #expect(snapshot.covered.contains(scope()))
    #expect(snapshot.gaps.map(\.reason) == [.accessDenied])
    // What was read before the scan began is said to be so: changes are asked for from then on.
    #expect(snapshot.scans.map(\.readFrom) == [10])
    #expect(try rows("UnfinishedScans | count", store.catalog()) == ["0"])
    try scan(store, at: 30) { _, resumed in
      #expect(resumed == nil)
      return false
    }
  }

  @Test func aUnitOfWhichTheNetworkTookSomethingIsNotDone() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10) { session, _ in
      try add(session, "whole", "one")
      try finish(session, "one")
      try add(session, "part", "two")
      session.gap(Self.gap(.network), in: "two")
      try finish(session, "two")
      return true
    }
    // It was committed with its gap, and yet can be gone on with.
    #expect(try names(store) == ["part", "whole"])
    #expect(try rows("UnfinishedScans | count", store.catalog()) == ["0"])
    try scan(store, at: 20) { session, resumed in
      #expect(resumed?.started == 10)
      #expect(session.gaps(ofDone: "one") != nil && session.gaps(ofDone: "two") == nil)
      try add(session, "part", "two")
      try add(session, "rest", "two")
      return true
    }
    #expect(try names(store) == ["part", "rest", "whole"])
    #expect(try store.snapshot().gaps.isEmpty)
  }

  @Test(arguments: [("", true), ("only=s3", false)])
  func onlyAScanOfTheSameIsGoneOnWith(_ choice: String, _ isSame: Bool) throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10) { session, _ in
      try add(session, "a", "one")
      try finish(session, "one")
      return false
    }
    try scan(store, at: 20, choice: choice) { session, resumed in
      #expect((resumed != nil) == isSame)
      return true
    }
    #expect(try names(store) == (isSame ? ["a"] : []))
  }

  @Test func whatWasKeptOfAUnitComesBack() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    try scan(store, at: 10) { session, _ in
      for number in 0..<3 { try session.keep(try JSONDocument.parse("{\"n\":\(number)}").root, of: "one") }
      try finish(session, "one")
      return false
    }
    try scan(store, at: 20) { session, _ in
      let kept = try session.kept(of: "one").map(\.text)
      #expect(kept == [#"{"n":0}"#, #"{"n":1}"#, #"{"n":2}"#])
      return false
    }
  }

  private static func gap(_ reason: CoverageGap.Reason) -> CoverageGap {
    CoverageGap(
      cloud: "aws", account: "1", region: "us", service: "s3", operation: "ListBuckets", type: "aws::s3::bucket",
      paths: ["properties.A"], reason: reason)
  }
}
