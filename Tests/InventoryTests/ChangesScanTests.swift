// SPDX-License-Identifier: Apache-2.0
import Inventory
import JSON
import Testing

/// Scans of changes: what they did not ask for stands, what they asked for in vain does not.
@Suite struct ChangesScanTests {
  private static func gap(_ reason: CoverageGap.Reason, region: String = "global", resource: String = "") -> CoverageGap
  {
    CoverageGap(
      cloud: "aws", account: "1", region: region, service: "s3", operation: "ListBuckets", type: type,
      resourceId: resource, reason: reason)
  }

  /// A full scan of three buckets in two regions, and one of changes that goes on from it.
  private func changes(
    in store: Store, _ body: (ScanSession) throws -> Void
  ) throws -> Snapshot {
    do {
      let full = try store.beginScan(started: 10)
      for record in [try bucket("a"), try bucket("b"), try bucket("c", region: "eu")] { try full.add(record) }
      for scope in [scope(), scope("eu")] { full.covered(scope) }
      full.gap(Self.gap(.accessDenied, resource: "arn:a"))
      try full.commit(cloud: "aws", account: "1", finished: 11, calls: 1, choice: "x")
    }
    let base = try #require(try store.lastScan(cloud: "aws", account: "1", choice: "x"))
    let other = try store.lastScan(cloud: "aws", account: "1", choice: "y")
    #expect(other == nil)
    let next = try store.beginScan(started: 20)
    try body(next)
    try next.commit(cloud: "aws", account: "1", finished: 21, calls: 1, choice: "x", base: base)
    return try store.snapshot()
  }

  @Test func whatIsNotAskedForStands() throws {
    let scratch = Scratch()
    let store = try scratch.open()
    let snapshot = try changes(in: store) { session in
      try session.add(try bucket("d"))
      session.gone(type: type, id: "arn:b")
    }
    #expect(snapshot.states.map(\.id) == ["arn:a", "arn:c", "arn:d"])
    #expect(snapshot.states.filter { !$0.isRefreshed }.isEmpty)
    let all: Set = [scope(), scope("eu")]
    #expect(snapshot.covered == all)
    #expect(snapshot.gaps.map(\.resourceId) == ["arn:a"])
    #expect(snapshot.scans.map(\.kind) == [.changes])
  }

  @Test func aGapEndsWhereItsResourceIsReadAgain() throws {
    let scratch = Scratch()
    let snapshot = try changes(in: try scratch.open()) { try $0.add(try bucket("a")) }
    #expect(snapshot.gaps.isEmpty)
  }

  @Test func whatIsAskedForInVainDoesNotStand() throws {
    let scratch = Scratch()
    let snapshot = try changes(in: try scratch.open()) { session in
      session.gap(Self.gap(.network, region: "eu"))
    }
    let rest: Set = [scope()]
    #expect(snapshot.covered == rest)
    #expect(snapshot.states.filter { !$0.isRefreshed }.map(\.id) == ["arn:c"])
  }
}
