// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// Queries of `securityresources` as users of Defender for Cloud have them, over what the demo's estate is found to be.
@Suite(.serialized) struct SecurityTablesTests {
  private static let data = scratch()
  private static let store = Result { () throws -> String in
    atexit { try? FileManager.default.removeItem(atPath: SecurityTablesTests.data) }
    let result = try run(plumb, ["demo", "--data", data], ["PLUMB_DATA": "/nowhere"])
    try #require(result.status == 0, "\(result.complaint)")
    return data
  }

  /// All in one process: what frameworks are made of is read once.
  private static let queries = [
    "score": """
    SecurityResources
    | where type == 'microsoft.security/securescores'
    | where name == 'ascScore'
    | extend percentageScore = properties.score.percentage, currentScore = properties.score.current,
        maxScore = properties.score.max, weight = properties.weight
    | project tenantId, subscriptionId, percentageScore, currentScore, maxScore, weight
    """,
    "scoreCount": "SecureScores | count",
    "controls": """
    SecurityResources
    | where type == "microsoft.security/securescores/securescorecontrols"
    | extend controlName = tostring(properties.displayName), controlId = tostring(properties.definition.name),
        unhealthyResourceCount = toint(properties.unhealthyResourceCount),
        healthyResourceCount = toint(properties.healthyResourceCount),
        notApplicableResourceCount = toint(properties.notApplicableResourceCount),
        currentScore = todouble(properties.score.current),
        maxScore = toint(properties.definition.properties.maxScore),
        controlType = tostring(properties.definition.properties.source.sourceType)
    | where unhealthyResourceCount > 0
    | project subscriptionId, controlName, controlId, unhealthyResourceCount, healthyResourceCount, currentScore, maxScore,
        controlType
    """,
    "standards": """
    securityresources
    | where type == "microsoft.security/regulatorycompliancestandards"
    | extend scope = properties.scope
    | where isempty(scope) or scope in~ ("Subscription", "MultiCloudAggregation")
    | extend state = tostring(properties.state), passed = toint(properties.passedControls),
        failed = toint(properties.failedControls), skipped = toint(properties.skippedControls),
        unsupported = toint(properties.unsupportedControls)
    | project subscriptionId, name, state, passed, failed, skipped, unsupported, id = tostring(properties.additionalData.standard)
    """,
    "standardControls": """
    securityresources
    | where type == "microsoft.security/regulatorycompliancestandards/regulatorycompliancecontrols"
    | extend standard = extract(@'/regulatoryComplianceStandards/([^/]+)/', 1, id)
    | summarize passed = countif(properties.state == 'Passed'), failed = countif(properties.state == 'Failed'),
        skipped = countif(properties.state == 'Skipped'), unsupported = countif(properties.state == 'Unsupported'),
        wrong = countif(properties.state == 'Failed' and toint(properties.failedAssessments) == 0)
      by subscriptionId, name = standard
    """,
    "assessments": """
    securityresources
    | where type == "microsoft.security/regulatorycompliancestandards/regulatorycompliancecontrols/regulatorycomplianceassessments"
    | parse id with * "regulatoryComplianceStandards/" standard "/regulatoryComplianceControls/" control "/regulatoryComplianceAssessments" *
    | where standard startswith "CIS-Microsoft-Azure"
    | extend failed = toint(properties.failedResources), passed = toint(properties.passedResources)
    | where failed + passed > 0
    | join kind=leftouter (
        securityresources
        | where type == 'microsoft.security/assessments' and source == 'plumbline'
        | summarize bad = countif(properties.status.code == 'Unhealthy'), good = countif(properties.status.code == 'Healthy')
          by name, subscriptionId
      ) on name, subscriptionId
    | project failed, passed, bad, good
    """,
    "subassessments": """
    SecurityResources
    | where type == 'microsoft.security/assessments/subassessments'
    | extend assessmentKey = extract(".*assessments/(.+?)/.*", 1, id), severity = tostring(properties.status.severity),
        code = tostring(properties.status.code), resourceId = tostring(properties.resourceDetails.id)
    | where code == 'Unhealthy'
    | join kind=leftouter (
        SecurityResources | where type == 'microsoft.security/assessments'
        | project assessmentKey = name, resourceId = tostring(properties.resourceDetails.Id), parent = properties.status.code
      ) on assessmentKey, resourceId
    | summarize n = count(), findings = dcount(strcat(assessmentKey, resourceId)), names = dcount(id), wrong = countif(parent != 'Unhealthy')
      by severity
    """,
    "faults": "Findings | where status == 'Unhealthy' | summarize n = count() by severity",
    "types": "securityresources | where source == 'plumbline' | distinct type | order by type asc",
    "entities": "RawEntityMetadata | summarize n = count() by Environment",
  ]

  private static let answers = Result { () throws -> [String: JSONValue] in
    let folder = try store.get()
    let lines = try queries.map { name, query in
      String(decoding: try JSONEncoder().encode(["id": name, "query": query]), as: UTF8.self)
    }
    let file = folder + "/queries.jsonl"
    try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let result = try run(plumb, ["query", "--batch", file, "--time-limit", "10m", "--data", folder])
    try #require(result.status == 0, "\(result.complaint)")
    var answers: [String: JSONValue] = [:]
    for line in result.output.split(separator: "\n") {
      let root = try JSONDocument(parsing: Array(line.utf8)).root
      answers[root["id"]?.string ?? ""] = root
    }
    return answers
  }

  /// Rows of an answer, cell by name.
  private func ask(_ name: String) throws -> [[String: JSONValue]] {
    let answer = try #require(try Self.answers.get()[name])
    let root = try #require(answer["result"], "\(answer["error"]?.string ?? "")")
    let names = try #require(root["columns"]).elements.map { $0["name"]?.string ?? "" }
    return try #require(root["rows"]).elements.map { row in
      Dictionary(zip(names, row.elements), uniquingKeysWith: { first, _ in first })
    }
  }

  @Test func secureScorePerSubscription() throws {
    let rows = try ask("score")
    #expect(rows.count >= 3)
    for row in rows {
      let (current, most) = (row["currentScore"]?.double ?? -1, row["maxScore"]?.double ?? 0)
      #expect(most > 0 && abs((row["percentageScore"]?.double ?? -1) - current / most) < 0.001)
    }
    #expect(try ask("scoreCount")[0]["Count"]?.int64 == Int64(rows.count))
  }

  @Test func controlsWithUnhealthyResources() throws {
    let rows = try ask("controls")
    // Several controls of an account.
    #expect(rows.count > 2 * Set(rows.compactMap { $0["subscriptionId"]?.string }).count)
    for row in rows {
      func number(_ name: String) -> Double { row[name]?.double ?? -1 }
      let expected =
        number("maxScore") * number("healthyResourceCount")
        / (number("healthyResourceCount") + number("unhealthyResourceCount"))
      #expect(abs(number("currentScore") - expected) < 0.0051)
      #expect(row["controlType"]?.string == "BuiltIn")
    }
  }

  @Test func complianceByStandardAndControl() throws {
    let standards = try ask("standards")
    #expect(standards.contains { $0["name"]?.string == "Microsoft-cloud-security-benchmark" })
    #expect(standards.contains { $0["state"]?.string == "Failed" })
    let controls = try ask("standardControls")
    func key(_ row: [String: JSONValue]) -> String {
      "\(row["subscriptionId"]?.string ?? "") \(row["name"]?.string ?? "")"
    }
    let byKey = Dictionary(controls.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    #expect(controls.count == standards.count)
    for row in standards {
      let counted = try #require(byKey[key(row)])
      for name in ["passed", "failed", "skipped", "unsupported"] { #expect(row[name]?.int64 == counted[name]?.int64) }
      #expect(counted["wrong"]?.int64 == 0)
      let state = row["failed"]?.int64 ?? 0 > 0 ? "Failed" : row["passed"]?.int64 ?? 0 > 0 ? "Passed" : nil
      if let state { #expect(row["state"]?.string == state) }
    }
  }

  /// The resources of an assessment of a standard are those of the assessment of the same name.
  @Test func assessmentsOfAStandardCountItsFindings() throws {
    let rows = try ask("assessments")
    #expect(rows.count > 20)
    #expect(rows.allSatisfy { $0["failed"]?.int64 == $0["bad"]?.int64 && $0["passed"]?.int64 == $0["good"]?.int64 })
  }

  @Test func subassessmentsTellWhatIsWrong() throws {
    let rows = try ask("subassessments")
    #expect(rows.count >= 3)
    #expect(rows.allSatisfy { $0["wrong"]?.int64 == 0 && $0["n"]?.int64 == $0["names"]?.int64 })
    let faults = try ask("faults")
    for row in faults {
      let word = (row["severity"]?.string ?? "").capitalized
      #expect(rows.first { $0["severity"]?.string == word }?["findings"]?.int64 == row["n"]?.int64)
    }
  }

  @Test func everyPartIsRead() throws {
    let types = try ask("types")
    #expect(
      types.compactMap { $0["type"]?.string } == [
        "microsoft.security/assessments", "microsoft.security/assessments/subassessments",
        "microsoft.security/regulatorycompliancestandards",
        "microsoft.security/regulatorycompliancestandards/regulatorycompliancecontrols",
        "microsoft.security/regulatorycompliancestandards/regulatorycompliancecontrols/regulatorycomplianceassessments",
        "microsoft.security/securescores", "microsoft.security/securescores/securescorecontrols",
      ])
    #expect(try ask("entities").count == 3)
  }
}
