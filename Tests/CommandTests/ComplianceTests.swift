// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

/// `plumb compliance` over what the demo's estate is found to be.
@Suite(.serialized) struct ComplianceCommandTests {
  /// A store that the demo filled, for all tests.
  private static let data = scratch()
  private static let store = Result { () throws -> String in
    atexit { try? FileManager.default.removeItem(atPath: ComplianceCommandTests.data) }
    let result = try run(plumb, ["demo", "--data", data], ["PLUMB_DATA": "/nowhere"])
    try #require(result.status == 0, "\(result.complaint)")
    return data
  }

  private func ask(_ arguments: [String]) throws -> Run {
    try run(plumb, arguments + ["--data", try Self.store.get()])
  }

  /// Rows of an answer in JSON, cell by name.
  private func rows(_ arguments: [String]) throws -> [[String: JSONValue]] {
    let result = try ask(arguments + ["--format", "json"])
    try #require(result.status == 0, "\(result.complaint)")
    let root = try JSONDocument(parsing: Array(result.output.utf8)).root
    let names = try #require(root["columns"]).elements.map { $0["name"]?.string ?? "" }
    return try #require(root["rows"]).elements.map { row in
      Dictionary(zip(names, row.elements), uniquingKeysWith: { first, _ in first })
    }
  }

  private func number(_ row: [String: JSONValue], _ name: String) -> Int { Int(row[name]?.int64 ?? -1) }

  @Test(arguments: ["cis_gcp_5.0", "iso27001_2022"])
  func theStatesFollowFromTheFindings(framework: String) throws {
    let controls = try rows(["compliance", framework])
    // The evidence, counted anew by a query over the findings themselves.
    let counted = try rows([
      "query",
      """
      ComplianceAssessments | where standard == '\(framework)' | distinct control, assessment
      | join kind=inner Findings on $left.assessment == $right.checkId
      | summarize healthy = countif(status == 'Healthy'), unhealthy = countif(status == 'Unhealthy'),
          unknown = countif(status == 'Unknown') by control
      """,
    ])
    let evidence = Dictionary(
      counted.map { ($0["control"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    #expect(controls.count > 60 && !evidence.isEmpty)
    for row in controls {
      let id = row["control"]?.string ?? ""
      let found = evidence[id] ?? [:]
      let sums = ["healthy", "unhealthy", "unknown"].map { max(0, number(found, $0)) }
      #expect(["healthy", "unhealthy", "unknown"].map { number(row, $0) } == sums, "\(id)")
      let state = sums[1] > 0 ? "Failed" : sums[0] > 0 && sums[2] == 0 ? "Proved" : "Unproved"
      #expect(row["state"]?.string == state, "\(id)")
    }
    let list = try rows(["compliance"])
    let sum = try #require(list.first { $0["standard"]?.string == framework })
    for (name, state) in [("proved", "Proved"), ("failed", "Failed"), ("unproved", "Unproved")] {
      let count = controls.count { $0["state"]?.string == state }
      #expect(number(sum, name) == count)
      let tenths = (Double(count) * 1000 / Double(controls.count)).rounded()
      #expect(abs((sum[name + "Percent"]?.double ?? -1) * 10 - tenths) < 0.01)
    }
  }

  @Test func aScopeSplitsTheEvidence() throws {
    let all = try rows(["compliance", "cis_aws_7.0"])
    let accounts = try rows(["compliance", "--by", "account", "--cloud", "aws"])
      .filter { $0["standard"]?.string == "cis_aws_7.0" }.compactMap { $0["account"]?.string }
    #expect(accounts.count > 1)
    let parts = try accounts.map { try rows(["compliance", "cis_aws_7.0", "--account", $0]) }
    for (index, row) in all.enumerated() {
      #expect(number(row, "unhealthy") == parts.reduce(0) { $0 + number($1[index], "unhealthy") })
    }
    let unknown = try ask(["compliance", "--account", "nobody"])
    #expect(unknown.status == 2 && unknown.complaint.contains("--account nobody: there are no findings of it"))
  }

  @Test func theEvidenceOfAControlIsShown() throws {
    let result = try ask(["compliance", "cis_aws_7.0", "--control", "2.4"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("cis_aws_7.0 2.4: Root account has no access keys\nFailed: 1 of 3"))
    #expect(result.output.contains("1 unhealthy, 2 healthy (by prowler:iam_no_root_access_key)"))
    #expect(result.output.contains("arn:aws:iam::444455556666:root"))
    let rows = try rows(["compliance", "cis_aws_7.0", "--control", "2.4"])
    #expect(rows.compactMap { $0["status"]?.string } == ["Unhealthy", "Healthy", "Healthy"])
  }

  @Test func aWordIsKeptAndTakenBack() throws {
    func state(_ framework: String, _ control: String) throws -> String? {
      try rows(["compliance", framework]).first { $0["control"]?.string == control }?["state"]?.string
    }
    let word = ["--owner", "ana@example.com", "--evidence", "README.md"]
    let kept = try ask(["compliance", "attest", "iso27001_2022", "a.5.1"] + word + ["--expires", "365d"])
    #expect(kept.status == 0, "\(kept.complaint)")
    #expect(try state("iso27001_2022", "A.5.1") == "Attested")
    let shown = try ask(["compliance", "iso27001_2022", "--control", "A.5.1"])
    #expect(shown.output.contains(#/evidence  README\.md sha256:[0-9a-f]{64}\n/#))
    #expect(try ask(["compliance", "withdraw", "iso27001_2022", "A.5.1"]).status == 0)
    #expect(try state("iso27001_2022", "A.5.1") == "Unproved")
    #expect(try ask(["compliance", "withdraw", "iso27001_2022", "A.5.1"]).status == 2)

    // Nobody's word heals a fault.
    #expect(try ask(["compliance", "attest", "cis_aws_7.0", "2.4"] + word + ["--expires", "9999-01-01"]).status == 0)
    #expect(try state("cis_aws_7.0", "2.4") == "Failed")
    #expect(try ask(["compliance", "withdraw", "cis_aws_7.0", "2.4"]).status == 0)
  }

  @Test(arguments: [
    (["cis_aws_77"], "there is no framework 'cis_aws_77'; did you mean 'cis_aws_7.0'?"),
    (["gdpr", "--control", "Art9999"], "gdpr has no control 'Art9999'"),
    (
      ["attest", "gdpr", "Art5", "--owner", "a", "--evidence", "b", "--expires", "2001-01-01"],
      "--expires 2001-01-01: that is past"
    ),
    (
      ["attest", "gdpr", "Art5", "--owner", "a", "--evidence", "b", "--expires", "soon"],
      "--expires soon: not a date such as"
    ),
    (["attest", "gdpr", "Art5", "--owner", " ", "--evidence", "b", "--expires", "1d"], "--owner is empty"),
    (["gdpr", "--control", "Art25", "--microsoft"], "--microsoft is for a whole framework"),
    (["--control", "1"], "--control needs a framework"), (["--cloud", "oci"], "--cloud oci: one of aws, azure, gcp"),
  ])
  func whatCannotBeUsedIsNamed(arguments: [String], complaint: String) throws {
    let result = try ask(["compliance"] + arguments)
    #expect(result.status == 2)
    #expect(result.complaint.contains(complaint), "\(result.complaint)")
  }

  @Test func frameworksOfTheUserAreReadBesides() throws {
    let folder = scratch()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder + "/frameworks", withIntermediateDirectories: true)
    let file = folder + "/frameworks/house.yaml"
    let text = """
      id: house
      title: House rules
      version: "1"
      clouds: [aws]
      groups:
        - id: a
          title: Accounts
          controls:
            - id: a1
              title: Root keys
              add: {aws.iam.root-no-access-keys: the rule itself}
            - {id: a2, title: Told to all, manual: true}

      """
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    let seen = try rows(["compliance", "house", "--content", folder])
    #expect(seen.map { $0["state"]?.string } == ["Failed", "Unproved"])
    try text.replacing("root-no", with: "root-on").write(toFile: file, atomically: true, encoding: .utf8)
    let broken = try ask(["compliance", "--content", folder])
    #expect(broken.status == 2)
    #expect(
      broken.complaint.contains(
        "house.yaml:11:15: there is no check 'aws.iam.root-on-access-keys'; did you mean 'aws.iam.root-no-access-keys'?"
      ) || broken.complaint.contains("house.yaml:11:"), "\(broken.complaint)")
  }
}
