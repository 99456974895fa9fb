// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Inventory
import JSON
import KQL
import Posture
import Testing

@Suite struct FindingStoreTests {
  private static let day: Int64 = 864_000_000_000

  private func judge(_ check: Check, _ rows: [JSONValue]) -> Verdicts {
    Judge(checks: [check]).judge(Fixture.estate(rows))
  }

  @Test func aFindingKeepsItsIdAndTimes() throws {
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let bad = try Fixture.row("a", #""properties":{"X":1}"#)
      let good = try Fixture.row("a", #""properties":{"X":2}"#)
      let t = Fixture.now
      let first = try findings.record(judge(check, [bad]), at: t)
      let second = try findings.record(judge(check, [bad]), at: t + Self.day)
      let third = try findings.record(judge(check, [good]), at: t + 2 * Self.day)
      #expect(first[0].id.count == 16)
      #expect(Set([first[0].id, second[0].id, third[0].id]).count == 1)
      #expect([second[0].firstSeen, second[0].lastSeen, second[0].lastChanged] == [t, t + Self.day, t])
      #expect([third[0].firstSeen, third[0].lastChanged] == [t, t + 2 * Self.day])
      #expect(third[0].status == .healthy)
    }
  }

  @Test func findingsOfWhatVanishedAreClosed() throws {
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      let (a, b) = (try Fixture.row("a"), try Fixture.row("b"))
      _ = try findings.record(judge(check, [a, b]), at: 1)
      _ = try findings.record(judge(check, [b]), at: 2)
      #expect(try rows(findings, "Findings | project resourceId") == [["b"]])
      let again = try findings.record(judge(check, [a, b]), at: 3)
      #expect(again.map(\.firstSeen) == [1, 1])
      #expect(try rows(findings, "Findings | project resourceId") == [["a"], ["b"]])
    }
  }

  private func rows(_ findings: FindingStore, _ query: String) throws -> [[String]] {
    var catalog = Catalog()
    catalog.add("Findings", findings.table)
    let result = try Query(query, catalog: catalog).run(now: Fixture.now)
    return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text } }
  }

  @Test func theTableHasTheDocumentedColumns() throws {
    try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder))
      let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
      _ = try findings.record(judge(check, [try Fixture.row("a", #""properties":{"X":1}"#)]), at: Fixture.now)
      let query = """
        Findings | project checkId, sameAs = tostring(sameAs[0]), resourceId, resourceType, cloud, account, region,
          status, severity, title, value = tostring(evidence[0].value), firstSeen
        """
      #expect(
        try rows(findings, query) == [
          [
            "test.unit.good", "other:good", "a", "aws::test::thing", "aws", "1", "us-east-1", "Unhealthy", "high",
            "Thing is good", "1", "2026-01-15T00:00:00.0000000Z",
          ]
        ])
    }
  }

  @Test func aFindingCostsLessThan500Bytes() throws {
    try Fixture.withFolder { folder in
      let store = try Store(directory: folder)
      let findings = try FindingStore(store)
      var files: [String: String] = [:]
      for number in 10..<20 {
        files["checks/test/unit/c\(number).yaml"] = Fixture.text(
          "c\(number)", rule: "unhealthy: properties.X\(number) == id")
      }
      let checks = try Fixture.library(files).checks
      let rows = try (0..<500).map { index in
        let properties = (10..<20).map { "\"X\($0)\":\"value \($0) of \(index)\"" }.joined(separator: ",")
        return try Fixture.row(
          "arn:aws:ec2:us-east-1:123456789012:network-interface/eni-0123456789abcdef\(index)",
          "\"properties\":{\(properties)}")
      }
      func size() throws -> Int {
        try ["", "-wal"].reduce(0) { sum, suffix in
          let path = "\(folder)/plumbline.sqlite\(suffix)"
          return try sum + (FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
        }
      }
      let before = try size()
      let recorded = try findings.record(Judge(checks: checks).judge(Fixture.estate(rows)), at: 1)
      #expect(recorded.count == 5000)
      #expect(try Double(size() - before) / 5000 < 500)
    }
  }

  @Test func twoJudgingsOfOneEstateAreEqual() throws {
    let check = try Fixture.check(rule: "unhealthy: properties.X == 1")
    let rows = try ["c", "a", "b"].map { try Fixture.row($0) }
    let (one, two) = (judge(check, rows), judge(check, rows.reversed()))
    #expect(one.lines == two.lines)
  }
}

@Suite struct ReportTests {
  private func report() throws -> Report {
    let check = try Fixture.check(rule: "applies: kind != 'skip'\nunhealthy: properties.X == 1")
    let rows = [
      try Fixture.row("=a,\\\"<&>\\u0001é", #""properties":{"X":1}"#), try Fixture.row("b"),
      try Fixture.row("c", #""kind":"skip""#), try Fixture.row("d"),
    ]
    let gap = Fixture.gap(id: "d", paths: ["properties.X"])
    let verdicts = Judge(checks: [check]).judge(Fixture.estate(rows, gaps: [gap]))
    return try Fixture.withFolder { folder in
      let findings = try FindingStore(Store(directory: folder)).record(verdicts, at: Fixture.now)
      let coverage = CoverageGap(
        cloud: "aws", account: "1", region: "us-east-1", service: "test", operation: "GetThing",
        type: "aws::test::thing", resourceId: "d", paths: ["properties.X"], reason: .accessDenied,
        permission: "test:GetThing")
      return Report(
        scan: Report.Scan(
          id: "1", targets: ["aws"], started: Fixture.now, finished: Fixture.now + 10_000_000, resources: 4, calls: 9,
          gaps: [coverage], version: "0.1.0"), findings: findings)
    }
  }

  @Test(arguments: [ReportFormat.json, .sarif, .ocsf])
  func jsonFormatsParse(format: ReportFormat) throws {
    let bytes = try report().text(format)
    #expect(throws: Never.self) { try JSONDocument(parsing: bytes) }
    #expect(bytes.last == 0x0A)
  }

  @Test func jsonHasScanAndFindings() throws {
    let root = try JSONDocument(parsing: report().text(.json)).root
    #expect(root["scan"]?["complete"]?.boolean == false)
    #expect(root["scan"]?["summary"]?.text == #"{"healthy":1,"unhealthy":1,"notApplicable":1,"unknown":1}"#)
    let finding = try #require(root["findings"]?[0])
    for key in [
      "checkId", "sameAs", "resourceId", "resourceType", "cloud", "account", "region", "status", "severity", "title",
      "reason", "evidence", "firstSeen", "lastSeen", "lastChanged",
    ] {
      #expect(finding[key] != nil, "\(key)")
    }
    #expect(finding["resourceId"]?.string == "=a,\"<&>\u{1}é")
    #expect(finding["evidence"]?[0]?["path"]?.string == "properties.X")
  }

  @Test func ndjsonHasALinePerFinding() throws {
    #expect(try JSONDocument.lines(report().text(.ndjson)).rootCount == 4)
  }

  @Test func sarifHasWhatCodeScanningAsksFor() throws {
    let run = try #require(JSONDocument(parsing: report().text(.sarif)).root["runs"]?[0])
    #expect(run["tool"]?["driver"]?["rules"]?.count == 1)
    let results = Array(try #require(run["results"]).elements)
    #expect(results.map { $0["kind"]?.string } == ["fail", "open"])
    #expect(results.map { $0["level"]?.string } == ["error", "none"])
    let location = results[0]["locations"]?[0]
    #expect(
      location?["physicalLocation"]?["artifactLocation"]?["uri"]?.string == "=a,%22%3C&%3E%01%C3%A9")
  }

  /// The members that the schema of SARIF 2.1.0 requires, and its rules on kind and level.
  @Test func sarifHasWhatItsSchemaRequires() throws {
    let root = try JSONDocument(parsing: report().text(.sarif)).root
    #expect(root["version"]?.string == "2.1.0")
    let run = try #require(root["runs"]?[0])
    let driver = try #require(run["tool"]?["driver"])
    #expect(driver["name"]?.string?.isEmpty == false)
    let rules = Array(try #require(driver["rules"]).elements)
    #expect(Set(rules.compactMap { $0["id"]?.string }).count == rules.count)
    for rule in rules {
      for text in ["shortDescription", "fullDescription", "help"] { #expect(rule[text]?["text"]?.string != nil) }
      let tags = Array(try #require(rule["properties"]?["tags"]).elements).compactMap(\.string)
      #expect(Set(tags).count == tags.count)
    }
    #expect(run["invocations"]?[0]?["executionSuccessful"]?.boolean != nil)
    for result in try #require(run["results"]).elements {
      #expect(result["message"]?["text"]?.string?.isEmpty == false)
      let index = try #require(result["ruleIndex"]?.int64)
      #expect(rules[Int(index)]["id"] == result["ruleId"])
      #expect((result["kind"]?.string == "fail") == (result["level"]?.string != "none"))
      #expect(result["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]?.string != nil)
      #expect(result["partialFingerprints"]?.members.allSatisfy { $0.value.kind == .string } == true)
    }
  }

  /// Attributes that OCSF 1.4.0 requires of class 2003, the profile `cloud` included.
  @Test func ocsfHasTheRequiredAttributes() throws {
    for event in try JSONDocument(parsing: report().text(.ocsf)).root.elements {
      for path in [
        "activity_id", "category_uid", "class_uid", "type_uid", "time", "severity_id", "metadata.version",
        "metadata.product.vendor_name", "metadata.product.name", "finding_info.uid", "finding_info.title",
        "compliance.standards", "compliance.status_id", "cloud.provider", "resources[0].uid",
      ] {
        #expect(event.value(at: try #require(JSONPath(path))) != nil, "\(path)")
      }
      #expect(event["compliance"]?["standards"]?.count ?? 0 > 0)
      let (kind, activity) = (event["class_uid"]?.int64, event["activity_id"]?.int64)
      #expect(event["type_uid"]?.int64 == (kind ?? 0) * 100 + (activity ?? 0))
    }
  }

  @Test func ocsfIsComplianceFinding() throws {
    let list = try JSONDocument(parsing: report().text(.ocsf)).root
    #expect(list.count == 3)
    #expect(list.elements.allSatisfy { $0["class_uid"]?.int64 == 2003 && $0["type_uid"]?.int64 == 200_301 })
    #expect(list.elements.map { $0["compliance"]?["status"]?.string } == ["Fail", "Pass", "Warning"])
    #expect(list[0]?["time"]?.int64 == 1_768_435_200_000)
    #expect(list[0]?["severity_id"]?.int64 == 4)
  }

  @Test func csvIsQuotedAndDisarmed() throws {
    let text = String(decoding: try report().text(.csv), as: UTF8.self)
    #expect(text.contains("\"'=a,\"\"<&>\u{1}é\""))
    #expect(text.split(separator: "\r\n").count == 5)
  }

  @Test func junitIsWellFormed() throws {
    let text = String(decoding: try report().text(.junit), as: UTF8.self)
    #expect(text.contains("name=\"=a,&quot;&lt;&amp;&gt;\u{FFFD}é\""))
    #expect(text.contains("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\""))
  }

  @Test func theTableNamesFaultsGapsAndSums() throws {
    let text = String(decoding: try report().text(.table), as: UTF8.self)
    #expect(
      text == """
        HIGH     Thing is good
                 test.unit.good: 1 of 2 not as they should be
                 - =a,"<&>\u{FFFD}é (us-east-1)

        Not known (what could not be read is never called healthy)
          test.unit.good: 1 Unknown

        Calls that gave no answer
          test:GetThing: AccessDenied; needs test:GetThing

        Sum: 4 resources, 1 checks: 1 unhealthy (1 high), 1 healthy, 1 unknown, 1 not applicable

        """)
  }

  @Test(arguments: ReportFormat.allCases)
  func bytesAreTheSameEachTime(format: ReportFormat) throws {
    #expect(try report().text(format) == report().text(format))
  }
}

@Suite struct CheckTextTests {
  @Test func everyShippedCheckCanBeShownAndListed() throws {
    let library = try CheckLibrary(ContentLibrary())
    for check in library.checks {
      let page = String(decoding: CheckText.page(check), as: UTF8.self)
      #expect(page.contains(check.id) && page.contains("Why"))
    }
    let json = try JSONDocument(parsing: #require(CheckText.list(library.checks, .json)))
    #expect(json.root.count == library.checks.count)
    #expect(json.root[0]?["controls"]?.kind == .object)
    let lines = try JSONDocument.lines(#require(CheckText.list(library.checks, .ndjson)))
    #expect(lines.rootCount == library.checks.count)
    #expect(CheckText.list(library.checks, .sarif) == nil)
  }

  @Test func theTestReportNamesPlaces() throws {
    let library = try Fixture.library([
      "checks/test/unit/good.yaml": Fixture.text("good", rule: "unhealthy: true"),
      "checks/test/unit/bad.yaml": "id: [",
    ])
    let text = String(
      decoding: CheckText.outcomes(library.checks.map(CheckExamples().run), library: library), as: UTF8.self)
    #expect(text.contains("bad.yaml:2:1: not valid YAML"))
    #expect(text.contains("1 checks, 0 examples, 3 problems\n"))
  }
}
