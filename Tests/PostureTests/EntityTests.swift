// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import KQL
import Posture
import Testing

/// Custom recommendations of Defender for Cloud: queries over `RawEntityMetadata` that run as they are.
@Suite struct EntityTests {
  private static let firewall = "compute.googleapis.com/firewall"
  private static let logging = """
    RawEntityMetadata
    | where Environment == 'GCP' and Identifiers.Type == 'compute.firewalls'
    | extend IsLogged = tobool(Record.logConfig.enable)
    | extend HealthStatus = iff(IsLogged, 'HEALTHY', 'UNHEALTHY')
    """
  private static let storage = """
    RawEntityMetadata
    | where Environment == 'Azure' and Identifiers.Type == 'microsoft.storage/storageaccounts'
    | where Record.kind != 'FileStorage'
    | extend HealthStatus = iff(Record.properties.supportsHttpsTrafficOnly == true, 'HEALTHY', 'UNHEALTHY')
    | project Id, Name, Environment, Identifiers, AdditionalData, Record, HealthStatus
    """
  private static let groups = """
    RawEntityMetadata
    | where Environment =~ 'aws' and tostring(Identifiers.Type) in~ ('EC2.SecurityGroup')
    | mv-apply rule = Record.SecurityGroupIngress on (summarize open = countif(rule.CidrIp == '0.0.0.0/0'))
    | extend HealthStatus = case(open > 0, 'UNHEALTHY', 'HEALTHY')
    | project-away open
    """

  private static func row(_ id: String, _ type: String, _ cloud: String, _ rest: String) throws -> JSONValue {
    try JSONDocument.parse(
      #"{"id":"\#(id)","type":"\#(type)","cloud":"\#(cloud)","subscriptionId":"1","location":"r",\#(rest)}"#
    ).root
  }

  private static func rows() throws -> [JSONValue] {
    [
      try row("f1", firewall, "gcp", #""name":"allow","properties":{"logConfig":{"enable":true}}"#),
      try row("f2", firewall, "gcp", #""properties":{"logConfig":{"enable":false}}"#),
      try row("f3", firewall, "gcp", #""properties":{}"#),
      try row(
        "/s/a", "microsoft.storage/storageaccounts", "azure",
        #""kind":"StorageV2","tags":{"a":"b"},"properties":{"supportsHttpsTrafficOnly":true}"#),
      try row(
        "/s/b", "microsoft.storage/storageaccounts", "azure",
        #""kind":"StorageV2","properties":{"supportsHttpsTrafficOnly":false}"#),
      try row("/s/c", "microsoft.storage/storageaccounts", "azure", #""kind":"FileStorage","properties":{}"#),
      try row(
        "g1", "aws::ec2::securitygroup", "aws",
        #""properties":{"SecurityGroupIngress":[{"CidrIp":"10.0.0.0/8"},{"CidrIp":"0.0.0.0/0"}]}"#),
      try row(
        "g2", "aws::ec2::securitygroup", "aws", #""properties":{"SecurityGroupIngress":[{"CidrIp":"10.0.0.0/8"}]}"#),
    ]
  }

  private static func check(_ type: String, _ query: String) throws -> Check {
    let lines = query.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return try Fixture.check(type: type, rule: "query: |\n" + lines)
  }

  @Test(arguments: [
    (firewall, logging, ["f1: Healthy", "f2: Unhealthy", "f3: Unhealthy"]),
    ("microsoft.storage/storageaccounts", storage, ["/s/a: Healthy", "/s/b: Unhealthy"]),
    ("aws::ec2::securitygroup", groups, ["g1: Unhealthy", "g2: Healthy"]),
  ])
  func aCustomRecommendationRunsUnchanged(type: String, query: String, expected: [String]) throws {
    let verdicts = Judge(checks: [try Self.check(type, query)]).judge(Fixture.estate(try Self.rows()))
    #expect(verdicts.failures.map(\.message) == [])
    // What a query leaves out, as the FileStorage account, has no finding.
    #expect(verdicts.lines == expected)
  }

  @Test func itsWordsAreInCapitals() throws {
    let query = Self.logging.replacing("'HEALTHY'", with: "'Healthy'")
    let verdicts = Judge(checks: [try Self.check(Self.firewall, query)]).judge(Fixture.estate(try Self.rows()))
    #expect(verdicts.lines == ["f1: Unknown", "f2: Unhealthy", "f3: Unhealthy"])
    #expect(verdicts.reason(verdicts.list[0]) == "Not known: HealthStatus is 'Healthy', neither HEALTHY nor UNHEALTHY.")
    #expect(verdicts.failures.count == 1)
  }

  @Test(arguments: [
    ("| project Id, HealthStatus", "Name, Environment, Identifiers, AdditionalData, Record"),
    ("| project-away Record", "Record"), ("| project-rename health = HealthStatus", "HealthStatus"),
  ])
  func aMissingColumnIsAnError(rest: String, missing: String) throws {
    let query = (Self.logging + "\n" + rest).split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let text = Fixture.text("good", type: Self.firewall, rule: "query: |\n" + query)
    let problems = try Fixture.library(["checks/test/unit/good.yaml": text]).problems.map(\.description)
    let problem = try #require(problems.first)
    #expect(problem.contains("good.yaml:8:8: a query over RawEntityMetadata must return"))
    #expect(problem.hasSuffix("it does not return \(missing)"))
  }

  @Test func aGapUnderWhatItReadsIsUnknown() throws {
    func status(_ id: String, _ path: String, _ type: String, _ query: String) throws -> String? {
      let gap = Fixture.gap(type: type, id: id, paths: [path])
      let verdicts = Judge(checks: [try Self.check(type, query)]).judge(Fixture.estate(try Self.rows(), gaps: [gap]))
      return verdicts.lines.first { $0.hasPrefix(id) }
    }
    #expect(try status("f1", "properties.logConfig", Self.firewall, Self.logging) == "f1: Unknown")
    #expect(try status("f1", "properties.denied", Self.firewall, Self.logging) == "f1: Healthy")
    let type = "microsoft.storage/storageaccounts"
    #expect(try status("/s/a", "properties.supportsHttpsTrafficOnly", type, Self.storage) == "/s/a: Unknown")
    #expect(try status("/s/a", "properties.encryption", type, Self.storage) == "/s/a: Healthy")
  }

  /// Lists of other types that could not be read say nothing about a query that names its type.
  @Test func gapsOfOtherTypesDoNotMatter() throws {
    let gap = Fixture.gap(type: "compute.googleapis.com/network", region: "r")
    let check = try Self.check(Self.firewall, Self.logging)
    let verdicts = Judge(checks: [check]).judge(Fixture.estate(try Self.rows(), gaps: [gap]))
    #expect(verdicts.lines.first == "f1: Healthy")
  }

  @Test func theTableHasTheColumnsOfDefender() throws {
    var catalog = Catalog()
    let rows = MemoryTable(schema: ResourceRows.schema, batches: [ResourceRows.batch(try Self.rows())])
    catalog.add("RawEntityMetadata", EntityTable(over: rows))
    func ask(_ query: String) throws -> [String] {
      let result = try Query(query, catalog: catalog).run(now: 0)
      return (0..<result.rows.count).map { row in result.rows.columns.map { $0[row].text }.joined(separator: "|") }
    }
    #expect(
      try ask("RawEntityMetadata | getschema | project ColumnName, ColumnType") == [
        "Id|string", "Name|string", "Environment|string", "Identifiers|dynamic", "AdditionalData|dynamic",
        "Record|dynamic",
      ])
    #expect(
      try ask("RawEntityMetadata | where Id in ('f1', '/s/a') | order by Id") == [
        #"f1|allow|GCP|{"Type":"compute.firewalls","ResourceType":"compute.googleapis.com/firewall"}|"#
          + #"{"Account":"1","Region":"r"}|{"logConfig":{"enable":true}}"#,
        #"/s/a|a|Azure|{"Type":"microsoft.storage/storageaccounts","ResourceType":"microsoft.storage/storageaccounts"}|"#
          + #"{"Account":"1","Region":"r","Tags":{"a":"b"}}|{"id":"/s/a","type":"microsoft.storage/storageaccounts","#
          + #""kind":"StorageV2","location":"r","tags":{"a":"b"},"properties":{"supportsHttpsTrafficOnly":true}}"#,
      ])
    #expect(try ask("RawEntityMetadata | summarize count() by tostring(Identifiers.Type) | count") == ["3"])
    #expect(
      try ask(
        "RawEntityMetadata | where Identifiers.Type == 'ec2.securitygroup' | project Id, n = array_length(Record.SecurityGroupIngress)"
      )
        == ["g1|2", "g2|1"])
    #expect(try ask("RawEntityMetadata | where Identifiers.Type != 'ec2.securitygroup' | count") == ["6"])
    #expect(
      try ask("RawEntityMetadata | where Record.properties.supportsHttpsTrafficOnly == true | project Name") == ["a"])
    #expect(try ask("RawEntityMetadata | where Record.location == 'r' | count") == ["3"])
  }

  @Test(arguments: [
    ("aws::ec2::securitygroup", "ec2.securitygroup"), ("aws::::account", "account"),
    ("compute.googleapis.com/firewall", "compute.firewalls"),
    ("compute.googleapis.com/sslpolicy", "compute.sslpolicies"),
    ("compute.googleapis.com/address", "compute.addresses"), ("sqladmin.googleapis.com/database", "sqladmin.databases"),
    ("run.googleapis.com/gateway", "run.gateways"),
    ("accessapproval.googleapis.com/accessapprovalsettings", "accessapproval.accessapprovalsettings"),
    ("microsoft.graph/users", "microsoft.graph/users"),
  ])
  func namesOfTypesGoBothWays(type: String, name: String) {
    #expect(EntityType.name(of: type) == name)
    #expect(EntityType.types(of: name.uppercased()).contains(type))
  }
}
