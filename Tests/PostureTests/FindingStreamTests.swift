// SPDX-License-Identifier: Apache-2.0
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

/// Findings that are more than what is held at a time.
@Suite struct FindingStreamTests {
  private static let count = 3000

  private func checks() throws -> [Check] {
    try Fixture.library(
      Dictionary(
        uniqueKeysWithValues: ["a", "b", "c"].map {
          ("checks/test/unit/\($0).yaml", Fixture.text($0, rule: "unhealthy: properties.X == 1"))
        })
    ).checks
  }

  /// Resources of which `value` says whether they are at fault; nil for one that is not there.
  private func estate(_ value: (Int) -> Int?) throws -> Estate {
    Fixture.estate(
      try (0..<Self.count).compactMap { index in
        try value(index).map { try Fixture.row("r\(index)", "\"properties\":{\"X\":\($0)}") }
      })
  }

  private func answer(_ findings: FindingStore, _ query: String) throws -> [[String]] {
    var catalog = Catalog()
    catalog.add("Findings", findings.table)
    catalog.add("FindingHistory", findings.history)
    let rows = try Query(query, catalog: catalog).run(now: Fixture.now).rows
    return (0..<rows.count).map { row in rows.columns.map { $0[row].text } }
  }

  @Test func findingsThatStayVanishTurnAndReturnAreToldApartInEveryStretch() throws {
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let judge = Judge(checks: try checks())
      // Of six resources two stay at fault, one is mended, one vanishes at fault, one without, one comes later.
      let values: [[Int?]] = [[1, 1, 1, 1, 2, nil], [1, 1, 2, nil, nil, 1], [1, 1, 2, 1, 2, 1]]
      for (round, values) in values.enumerated() {
        let recorded = try findings.record(judge.judge(estate { values[$0 % 6] }), at: Int64(round + 1))
        #expect(recorded.count == 3 * values.count { $0 != nil } * Self.count / 6)
        #expect(recorded.allSatisfy { $0.lastSeen == round + 1 })
        for finding in recorded {
          let kind = (Int(finding.subject.id.dropFirst()) ?? 0) % 6
          let first: Int64 = kind == 5 ? 2 : 1
          let changed: Int64 = [1, 1, min(Int64(round + 1), 2), Int64(round + 1), Int64(round + 1), 2][kind]
          #expect(finding.firstSeen == first && finding.lastChanged == changed, "\(finding.subject.id) \(round)")
          #expect(finding.faultSince == (values[kind] == 1 ? changed : nil), "\(finding.subject.id) \(round)")
        }
      }
      let each = 3 * Self.count / 6
      #expect(
        try answer(findings, "Findings | summarize count() by status | order by status asc")
          == [["Healthy", "\(2 * each)"], ["Unhealthy", "\(4 * each)"]])
      #expect(
        try answer(findings, "FindingHistory | summarize count() by event, cause | order by event asc, cause asc")
          == [
            ["Closed", "gone", "\(2 * each)"], ["Opened", "new", "\(5 * each)"],
            ["Reopened", "returned", "\(each)"], ["Resolved", "surroundings", "\(each)"],
            ["Returned", "returned", "\(each)"],
          ])
    }
  }

  @Test(arguments: [1, Self.count + 1, 2 * Self.count, 1 << 20])
  func theTableIsTheSameInStretchesOfAnySize(stretch: Int) throws {
    try Fixture.withFolder { folder in
      var findings = try FindingStore(Store(directory: folder))
      findings.stretch = stretch
      let verdicts = Judge(checks: try checks()).judge(try estate { $0 % 2 + 1 })
      let recorded = try findings.record(verdicts, at: 1)
      let rows = try answer(findings, "Findings | project id, checkId, resourceId, status, value = evidence[0].value")
      #expect(
        rows
          == recorded.map { finding in
            [
              finding.id, finding.check.id, finding.subject.id, finding.status.rawValue,
              finding.status == .unhealthy ? "1" : "2",
            ]
          })
    }
  }

  @Test(arguments: ReportFormat.allCases)
  func aReportComesInPiecesThatMakeTheWhole(format: ReportFormat) throws {
    try Fixture.withFolder { folder in
      let verdicts = Judge(checks: try checks()).judge(try estate { $0 % 2 + 1 })
      let findings = try FindingStore(Store(directory: folder)).record(verdicts, at: Fixture.now)
      let scan = Report.Scan(
        id: "1", targets: ["aws"], started: Fixture.now, finished: Fixture.now, resources: Self.count, version: "0")
      let report = Report(scan: scan, findings: findings)
      var pieces: [[UInt8]] = []
      report.write(format) { pieces.append($0) }
      #expect(Array(pieces.joined()) == report.text(format))
      #expect([.table, .markdown].contains(format) || pieces.count > 4)
      #expect(pieces.allSatisfy { $0.count < 1 << 17 })
      #expect(report.count(.unhealthy) == 3 * Self.count / 2)
      #expect(report.hasFault(atLeast: .high) && !report.hasFault(atLeast: .critical))
    }
  }
}
