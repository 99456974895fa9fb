// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import Synchronization
import Testing

@testable import Collectors

/// Whole scans of single services against a server that plays the account.
@Suite(.timeLimit(.minutes(10))) struct CollectorTests {
  private struct Seen: Sendable {
    var rows: [JSONValue] = []
    var gaps: [CoverageGap] = []
    func ids(_ type: String) -> [String] {
      rows.filter { $0["type"]?.string == type }.compactMap { $0["id"]?.string }.sorted()
    }
  }

  private static func identity(_ arn: String) -> ScriptedServer.Answer {
    .reply(
      200, [],
      """
      <GetCallerIdentityResponse><GetCallerIdentityResult><Account>222222222222</Account><Arn>\(arn)</Arn>\
      </GetCallerIdentityResult></GetCallerIdentityResponse>
      """)
  }

  private func scan(
    _ service: String, regions: [String], arn: String,
    respond: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Answer
  ) async throws -> Seen {
    let server = try await ScriptedServer { request in
      request["Action"] == "GetCallerIdentity" ? Self.identity(arn) : respond(request)
    }
    let environment = [
      "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
      "AWS_REGION": "us-east-1",
    ]
    let collector = try await AWSCollector(content: ContentLibrary(), environment: environment)
    let seen = Mutex(Seen())
    var options = AWSScanOptions()
    options.regions = regions
    options.selection = AWSSelection(only: [service])
    let sink = CollectionSink(
      resource: { record in seen.withLock { $0.rows.append(record.document.root) } }, covered: { _ in },
      gap: { gap in seen.withLock { $0.gaps.append(gap) } })
    let ended: Result<Void, any Error>
    do { ended = .success(try await collector.scan(options, into: sink)) } catch { ended = .failure(error) }
    await collector.shutdown()
    try await server.stop()
    try ended.get()
    return seen.withLock { $0 }
  }

  @Test(arguments: [
    ("arn:aws:sts::222222222222:assumed-role/r/s", "aws"), ("arn:aws-us-gov:iam::222222222222:user/u", "aws-us-gov"),
    ("arn:aws-iso:iam::222222222222:user/u", "aws-iso"), ("nonsense", "aws"),
  ])
  func arnsHaveThePartitionOfTheCaller(_ arn: String, _ partition: String) async throws {
    let region = partition == "aws-us-gov" ? "us-gov-west-1" : "us-east-1"
    let seen = try await scan("account", regions: [region], arn: arn, respond: Self.nothing)
    #expect(seen.ids("aws::::account") == ["arn:\(partition):iam::222222222222:root"])
    #expect(seen.ids("aws::::region") == ["arn:\(partition):ec2:\(region):222222222222:region/\(region)"])
    #expect(seen.gaps.isEmpty)
  }

  @Sendable private static func nothing(_ request: ScriptedServer.Request) -> ScriptedServer.Answer {
    .reply(404, [("x-amzn-errortype", "ResourceNotFoundException")], "{}")
  }

  /// A server that knows one region more than the tables.
  @Sendable private static func newRegion(_ request: ScriptedServer.Request) -> ScriptedServer.Answer {
    guard request["Action"] == "DescribeRegions" else { return nothing(request) }
    let item = "<item><regionName>eu-new-1</regionName><optInStatus>not-opted-in</optInStatus></item>"
    return .reply(200, [], "<DescribeRegionsResponse><regionInfo>\(item)</regionInfo></DescribeRegionsResponse>")
  }

  @Test(arguments: ["eu-west-1", "eu-new-1"])
  func aRegionThatTheTablesOrAWSKnowIsRead(_ region: String) async throws {
    let seen = try await scan(
      "account", regions: [region], arn: "arn:aws:iam::222222222222:user/u", respond: Self.newRegion)
    #expect(seen.ids("aws::::region") == ["arn:aws:ec2:\(region):222222222222:region/\(region)"])
  }

  @Test(arguments: [("eu-west-9", "eu-west-1"), ("cn-north-1", nil)])
  func aRegionThatNobodyKnowsEndsTheScan(_ region: String, _ hint: String?) async throws {
    let failure = await #expect(throws: AWSFailure.self) {
      try await scan(
        "account", regions: ["us-east-1", region], arn: "arn:aws:iam::222222222222:user/u", respond: Self.newRegion)
    }
    let message = failure?.message ?? ""
    #expect(message.contains("partition aws has no region '\(region)'"), "\(message)")
    if let hint { #expect(message.contains("did you mean '\(hint)'?"), "\(message)") }
  }

  /// CloudTrail as a member account sees it: an own trail at home in eu-west-1, and one of the organisation.
  @Sendable private static func cloudTrail(_ request: ScriptedServer.Request) -> ScriptedServer.Answer {
    func trail(_ name: String, _ owner: String, home: String, ofOrganization: Bool, isCustom: Bool = false) -> String {
      """
      {"Name":"\(name)","TrailARN":"arn:aws:cloudtrail:\(home):\(owner):trail/\(name)","HomeRegion":"\(home)",
       "S3BucketName":"b","IsMultiRegionTrail":true,"IsOrganizationTrail":\(ofOrganization),
       "LogFileValidationEnabled":true,"HasCustomEventSelectors":\(isCustom)}
      """
    }
    let own = trail("own", "222222222222", home: "eu-west-1", ofOrganization: false)
    let organization = [false, true].map { isCustom in
      trail(isCustom ? "custom" : "all", "111111111111", home: "us-west-2", ofOrganization: true, isCustom: isCustom)
    }
    let isAtHome = request.headers["authorization"]?.contains("/eu-west-1/cloudtrail/") == true
    switch request.headers["x-amz-target"]?.split(separator: ".").last {
    case "DescribeTrails":
      // Without shadow trails neither an organisation's trail nor one of another region is listed.
      let shown = request.body.contains("true") ? [own] + organization : isAtHome ? [own] : []
      return .reply(200, [], "{\"trailList\":[\(shown.joined(separator: ","))]}")
    case "GetTrailStatus": return .reply(200, [], "{\"IsLogging\":true}")
    case "GetEventSelectors":
      return request.body.contains("trail/own")
        ? .reply(200, [], #"{"EventSelectors":[]}"#) : .reply(400, [], #"{"__type":"AccessDeniedException"}"#)
    default: return .reply(404, [("x-amzn-errortype", "ResourceNotFoundException")], "{}")
    }
  }

  @Test func anOrganisationsTrailIsSeenOnceAndTheOwnOneIsNotDoubled() async throws {
    let seen = try await scan(
      "cloudtrail", regions: ["eu-west-1", "us-east-1", "us-west-2"], arn: "arn:aws:iam::222222222222:user/u",
      respond: Self.cloudTrail)
    #expect(seen.ids("aws::cloudtrail::trail") == ["arn:aws:cloudtrail:eu-west-1:222222222222:trail/own"])
    let type = "aws::cloudtrail::organizationtrail"
    let base = "arn:aws:cloudtrail:us-west-2:111111111111:trail"
    #expect(seen.ids(type) == ["\(base)/all@222222222222", "\(base)/custom@222222222222"])
    // What selects the events of a trail that is not one's own is not known, unless nothing was selected.
    #expect(seen.gaps.map(\.resourceId) == ["\(base)/custom@222222222222"])
    #expect(seen.gaps.first?.paths == ["properties.EventSelectors", "properties.AdvancedEventSelectors"])
    let row = try #require(seen.rows.first { $0["name"]?.string == "all" })
    #expect(row["location"]?.string == "us-west-2")
    #expect(row["subscriptionId"]?.string == "222222222222")
    #expect(row["properties"]?["Arn"]?.string == "arn:aws:cloudtrail:us-west-2:111111111111:trail/all")
    #expect(row["properties"]?["IsMultiRegionTrail"]?.boolean == true)
    #expect(row["properties"]?["IsLogging"]?.boolean == true)
  }
}
