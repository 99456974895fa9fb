// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

/// The cost of judging, for `swift test -c release --filter JudgingCostTests`. Debug builds only run it.
@Suite(.serialized) struct JudgingCostTests {
  #if DEBUG
    private static let isRelease = false
  #else
    private static let isRelease = true
  #endif

  private func cpu(_ name: String, _ body: () throws -> Void) rethrows -> Double {
    let start = clock()
    try body()
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    print("\(name): \(Int(seconds * 1_000_000)) us CPU")
    return seconds
  }

  @Test func allChecksOverALargeEstate() throws {
    let content = ContentLibrary()
    var library: CheckLibrary?
    _ = try cpu("load checks") { library = try CheckLibrary(content) }
    let checks = try #require(library?.checks)
    let estate = try ExampleEstate.make(of: checks, count: Self.isRelease ? 100_000 : 500)
    let judge = Judge(checks: checks, defaults: try Defaults(content))
    var verdicts: Verdicts?
    let judging = cpu("judge \(checks.count) checks over \(estate.resources.count)") { verdicts = judge.judge(estate) }
    let result = try #require(verdicts)
    #expect(result.failures.isEmpty)
    print("\(result.list.count) verdicts")
    try Fixture.withFolder { folder in
      let store = try FindingStore(Store(directory: folder))
      _ = try cpu("record first") { _ = try store.record(result, at: 1) }
      var findings: RecordedFindings?
      _ = try cpu("record again") { findings = try store.record(result, at: 2) }
      let scan = Report.Scan(
        id: "1", targets: ["aws"], started: 1, finished: 2, resources: estate.resources.count, version: "0")
      let report = Report(scan: scan, findings: try #require(findings))
      for format in ReportFormat.allCases { _ = cpu("write \(format)") { _ = report.text(format) } }
    }
    if Self.isRelease { #expect(judging <= 3) }
  }
}
