// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import Posture
import Testing

@Suite struct JudgeTests {
  private static let rule = "applies: kind != 'skip'\nunhealthy: properties.Encrypted != true"

  @Test func rowsAreJudgedByPredicates() throws {
    let check = try Fixture.check(rule: Self.rule)
    let verdicts = Judge(checks: [check]).judge(
      Fixture.estate([
        try Fixture.row("d", #""kind":"skip""#), try Fixture.row("c"),
        try Fixture.row("a", #""properties":{"Encrypted":true}"#),
        try Fixture.row("b", #""properties":{"Encrypted":false}"#), try Fixture.row("z", type: "aws::other::thing"),
      ]))
    #expect(verdicts.lines == ["a: Healthy", "b: Unhealthy", "c: Unhealthy", "d: NotApplicable"])
    #expect(verdicts.evidence(verdicts.list[1]) == #"[{"path":"properties.Encrypted","value":false}]"#)
    #expect(verdicts.evidence(verdicts.list[2]) == #"[{"path":"properties.Encrypted","value":null}]"#)
    #expect(verdicts.evidence(verdicts.list[3]) == #"[{"path":"kind","value":"skip"}]"#)
  }

  @Test(arguments: [
    ("properties.Encrypted", "Unknown"), ("properties", "Unknown"), ("properties.Encrypted.Deep", "Unknown"),
    ("properties.EncryptedToo", "Healthy"), ("observed", "Healthy"), ("", "Unknown"), ("kind", "Unknown"),
  ])
  func aGapUnderAPathThatIsReadIsUnknown(path: String, status: String) throws {
    let check = try Fixture.check(rule: Self.rule)
    let gap = Fixture.gap(id: "a", paths: path.isEmpty ? [] : [path])
    let verdicts = Judge(checks: [check]).judge(
      Fixture.estate(
        [
          try Fixture.row("a", #""properties":{"Encrypted":true}"#),
          try Fixture.row("b", #""properties":{"Encrypted":true}"#),
        ], gaps: [gap]))
    #expect(verdicts.lines == ["a: \(status)", "b: Healthy"])
    if status == "Unknown" {
      #expect(
        verdicts.reason(verdicts.list[0])
          == "Not known: test:GetThing failed (AccessDenied); it needs the permission test:GetThing.")
    }
  }

  @Test func aGapElsewhereLeavesNotApplicable() throws {
    let check = try Fixture.check(rule: Self.rule)
    let gap = Fixture.gap(id: "a", paths: ["properties.Encrypted"])
    let verdicts = Judge(checks: [check]).judge(
      Fixture.estate([try Fixture.row("a", #""kind":"skip""#)], gaps: [gap]))
    #expect(verdicts.lines == ["a: NotApplicable"])
  }

  @Test func whatWasNotRefreshedIsUnknown() throws {
    let check = try Fixture.check(rule: Self.rule)
    let row = try Fixture.row("a", #""properties":{"Encrypted":true}"#)
    let verdicts = Judge(checks: [check]).judge(Fixture.estate([row], notRefreshed: ["a"]))
    #expect(verdicts.lines == ["a: Unknown"])
  }

  @Test(arguments: [
    ("us-east-1", "arn:aws:ec2:us-east-1:1:region/us-east-1"), ("global", "arn:aws:iam::1:root"),
    ("us-gov-west-1", "arn:aws-us-gov:ec2:us-gov-west-1:1:region/us-gov-west-1"),
  ])
  func aListThatCouldNotBeReadIsOneUnknownPlace(region: String, id: String) throws {
    let check = try Fixture.check(rule: Self.rule)
    let gap = Fixture.gap(region: region)
    let verdicts = Judge(checks: [check]).judge(Fixture.estate([], gaps: [gap, gap]))
    #expect(verdicts.lines == ["\(id): Unknown"])
  }

  @Test func absentPropertiesHaveWhatTheCloudAssumes() throws {
    try Fixture.withFolder { folder in
      try write("aws::test::thing: {properties.Encryption.On: true}\n", to: folder + "/defaults", "aws.yaml")
      let defaults = try Defaults(ContentLibrary(overrides: [folder]))
      let check = try Fixture.check(rule: "unhealthy: properties.Encryption.On != true")
      let rows = [
        try Fixture.row("a"), try Fixture.row("b", #""properties":{"Encryption":{"On":false}}"#),
        try Fixture.row("c", #""properties":{"Encryption":{"Key":"k"},"Other":1}"#),
      ]
      let verdicts = Judge(checks: [check], defaults: defaults).judge(Fixture.estate(rows))
      #expect(verdicts.lines == ["a: Healthy", "b: Unhealthy", "c: Healthy"])
    }
  }

  // MARK: Long form

  private static func query(_ decides: String) -> String {
    """
    decides: \(decides)
    query: |
      resources
      | where type == 'aws::test::thing'
      | join kind=leftouter (resources | where type == 'aws::test::log' | project target = tostring(properties.Target))
        on $left.name == $right.target
      | project Id = id, HealthStatus = iff(isempty(target), 'UNHEALTHY', 'HEALTHY'), Evidence = properties
    """
  }

  private func rows() throws -> [JSONValue] {
    [
      try Fixture.row("a", #""name":"a""#), try Fixture.row("b", #""name":"b""#),
      try Fixture.row("l", #""properties":{"Target":"a"}"#, type: "aws::test::log"),
    ]
  }

  @Test func aQueryJudgesRelations() throws {
    let check = try Fixture.check(rule: Self.query("all"))
    let verdicts = Judge(checks: [check]).judge(Fixture.estate(try rows()))
    #expect(verdicts.lines == ["a: Healthy", "b: Unhealthy"])
    #expect(verdicts.failures.isEmpty)
  }

  @Test(arguments: [
    ("all", "us-east-1", "1", ["a: Unknown", "b: Unhealthy"]), ("any", "us-east-1", "1", ["a: Healthy", "b: Unknown"]),
    ("any", "eu-west-1", "1", ["a: Healthy", "b: Unhealthy"]), ("any", "global", "1", ["a: Healthy", "b: Unknown"]),
    ("any", "us-east-1", "2", ["a: Healthy", "b: Unhealthy"]),
  ])
  func aGapInWhatTheQueryReadsMakesTheVerdictUnknown(
    decides: String, region: String, account: String, lines: [String]
  ) throws {
    let check = try Fixture.check(rule: Self.query(decides))
    let gap = Fixture.gap(type: "aws::test::log", account: account, region: region)
    let verdicts = Judge(checks: [check]).judge(Fixture.estate(try rows(), gaps: [gap]))
    #expect(verdicts.lines == lines)
  }

  /// A scan with other collector specs, or of other regions, leaves a type out without a call that fails.
  @Test(arguments: [
    ("all", nil, ["a: Unknown", "b: Unhealthy"]), ("any", nil, ["a: Healthy", "b: Unknown"]),
    ("all", "eu-west-1", ["a: Unknown", "b: Unhealthy"]), ("all", "us-east-1", ["a: Healthy", "b: Unhealthy"]),
    ("all", "global", ["a: Healthy", "b: Unhealthy"]),
  ])
  func aTypeThatWasNotCollectedMakesTheVerdictUnknown(decides: String, region: String?, lines: [String]) throws {
    let check = try Fixture.check(rule: Self.query(decides))
    var covered: Set<Scope> = [Scope(cloud: "aws", account: "1", region: "us-east-1", type: "aws::test::thing")]
    if let region { covered.insert(Scope(cloud: "aws", account: "1", region: region, type: "aws::test::log")) }
    let verdicts = Judge(checks: [check]).judge(Fixture.estate(try rows(), covered: covered))
    #expect(verdicts.lines == lines)
    let unknown = verdicts.list.filter { $0.status == .unknown }.map(verdicts.reason)
    #expect(unknown.allSatisfy { $0.contains("did not collect aws::test::log") })
  }

  @Test func textsOfAQueryThatAreNoTypesAreNotMissed() throws {
    let rule = """
      query: |
        resources
        | where type == 'aws::test::thing' and id !startswith 'arn:aws:iam::aws:policy/' and name != '/*'
            and kind != 'aws::test::object'
        | project Id = id, HealthStatus = 'HEALTHY'
      """
    let covered: Set<Scope> = [Scope(cloud: "aws", account: "1", region: "us-east-1", type: "aws::test::thing")]
    let verdicts = Judge(checks: [try Fixture.check(rule: rule)]).judge(
      Fixture.estate(try rows(), covered: covered))
    #expect(verdicts.lines == ["a: Healthy", "b: Healthy"])
  }

  /// What a query reads is what its plan says: a type in a comment, in another column or behind a filter is not read.
  @Test(arguments: [
    ("resources | where type == 'aws::test::log'", true), ("resources | where type in~ ('AWS::Test::Log')", true),
    ("resources | where tolower(type) == 'aws::test::log' // 'aws::test::other'", true),
    ("let t = 'aws::test::log'; resources | extend k = type | where k == t", true),
    ("resources | where type has 'log'", true), ("resources", true),
    ("resources | where type startswith 'aws::s3'", false),
    ("resources | where type == 'aws::test::thing' and name != 'aws::test::log'", false),
    ("resources | where type != 'aws::test::log'", false),
    ("resources | where kind == 'aws::test::log' | where type == 'x'", false),
    ("resources | where type in ('aws::test::thing', 'aws::test::other') | where type != 'aws::test::other'", false),
  ])
  func aGapConcernsOnlyTheTypesThatThePlanReads(_ rows: String, isConcerned: Bool) throws {
    let parts = rows.split(separator: "; ")
    let rule = """
      query: |
        \(parts.count > 1 ? parts[0] + ";" : "")
        let others = \(parts.last ?? "")
          | project target = tostring(properties.Target);
        resources
        | where type == 'aws::test::thing'
        | join kind=leftouter others on $left.name == $right.target
        | project Id = id, HealthStatus = 'HEALTHY'
      """
    let estate = Fixture.estate(
      [try Fixture.row("a", #""name":"a""#)], gaps: [Fixture.gap(type: "aws::test::log")])
    let verdicts = Judge(checks: [try Fixture.check(rule: rule)]).judge(estate)
    #expect(verdicts.lines == [isConcerned ? "a: Unknown" : "a: Healthy"])
  }

  @Test func whatAQueryDoesNotReturnIsNotApplicable() throws {
    let rule = "query: resources | where name == 'a' | project Id = id, HealthStatus = 'UNHEALTHY', Reason = 'Because'"
    let check = try Fixture.check(rule: rule)
    let verdicts = Judge(checks: [check]).judge(Fixture.estate(try rows()))
    #expect(verdicts.lines == ["a: Unhealthy", "b: NotApplicable"])
    #expect(verdicts.reason(verdicts.list[0]) == "Because")
  }

  @Test func resourcesOfTwoTypesMayShareAnId() throws {
    let check = try Fixture.check(rule: Self.query("all"))
    let rows = try rows() + [try Fixture.row("a", type: "aws::other::thing"), try Fixture.row("b", type: "aws::a::b")]
    let gap = Fixture.gap(type: "aws::other::thing", id: "a", paths: ["name"])
    let verdicts = Judge(checks: [check]).judge(Fixture.estate(rows.reversed(), gaps: [gap]))
    #expect(verdicts.lines == ["a: Healthy", "b: Unhealthy"])
    #expect(verdicts.failures.isEmpty)
  }

  @Test func longEvidenceIsCut() throws {
    let check = try Fixture.check(rule: "unhealthy: isnotempty(properties.Text)")
    let text = String(repeating: "é", count: 5000)
    let verdicts = Judge(checks: [check]).judge(
      Fixture.estate([try Fixture.row("a", #""properties":{"Text":"\#(text)"}"#)]))
    let evidence = verdicts.evidence(verdicts.list[0])
    #expect(evidence.utf8.count < 260)
    #expect(throws: Never.self) { try JSONDocument.parse(evidence) }
  }
}
