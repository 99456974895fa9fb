// SPDX-License-Identifier: Apache-2.0
import Content
import Inventory
import JSON
import NIOCore
import Specs
import Testing

@testable import Collectors

/// Requests as bytes and answers as documents, by the operation tables that ship.
struct WireTests {
  static func model(_ service: String) throws -> ServiceModel {
    let path = "collectors/aws/operations/\(service).json"
    return try ServiceModel(try #require(try ContentLibrary().file(at: path)))
  }

  static func request(_ service: String, _ operation: String, _ input: String, isCustom: Bool = true) throws
    -> SignableRequest
  {
    let model = try model(service)
    let endpoint =
      isCustom
      ? try AWSEndpoints.parse("http://127.0.0.1:5000", signingRegion: "us-east-1")
      : try AWSEndpoints(environment: [:]).resolve(model, region: "us-east-1")
    let row = try #require(model.operations[operation])
    return try RequestEncoder(service: model, operation: row, endpoint: endpoint)
      .encode(.value(try JSONDocument.parse(input).root))
  }

  static func answer(_ service: String, _ operation: String, _ body: String, status: Int = 200) throws -> JSONValue {
    let model = try model(service)
    let decoder = AnswerDecoder(service: model, operation: try #require(model.operations[operation]))
    return try decoder.decode(HTTPAnswer(status: status, headers: [], body: ByteBuffer(string: body))).root
  }

  @Test func queryNumbersTheElementsOfLists() throws {
    let request = try Self.request("iam", "GetAccountAuthorizationDetails", #"{"Filter":["User","Role"]}"#)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == "Action=GetAccountAuthorizationDetails&Version=2010-05-08&Filter.member.1=User&Filter.member.2=Role")
  }

  @Test func ec2NamesListsByTheirQueryNames() throws {
    let request = try Self.request("ec2", "DescribeSnapshots", #"{"OwnerIds":["self"]}"#)
    #expect(String(decoding: request.body, as: UTF8.self).hasSuffix("&Owner.1=self"))
  }

  @Test func restPutsMembersWhereTheModelSays() throws {
    let policy = try Self.request("s3", "GetBucketPolicy", #"{"Bucket":"b.c"}"#)
    #expect(policy.url == "http://127.0.0.1:5000/b.c?policy=")
    let function = try Self.request("lambda", "ListTags", #"{"Resource":"arn:aws:lambda:x:1:function:f"}"#)
    #expect(function.path == "/2017-03-31/tags/arn%3Aaws%3Alambda%3Ax%3A1%3Afunction%3Af")
    let account = try Self.request("s3control", "GetPublicAccessBlock", #"{"AccountId":"123456789012"}"#)
    #expect(account.headers.contains { $0 == ("x-amz-account-id", "123456789012") })
    #expect(account.host == "127.0.0.1:5000")
  }

  @Test func realEndpointsGetHostPrefixes() throws {
    let account = try Self.request("s3control", "GetPublicAccessBlock", #"{"AccountId":"1"}"#, isCustom: false)
    #expect(account.host == "1.s3-control.us-east-1.amazonaws.com")
    let bucket = try Self.request("s3", "GetBucketPolicy", #"{"Bucket":"logs"}"#, isCustom: false)
    #expect(bucket.url == "https://logs.s3.us-east-1.amazonaws.com/?policy=")
    let iam = try AWSEndpoints(environment: [:]).resolve(try Self.model("iam"), region: "eu-west-1")
    #expect(iam.host == "iam.amazonaws.com" && iam.signingRegion == "us-east-1")
  }

  @Test func endpointVariablesWinOverTheTables() throws {
    let endpoints = AWSEndpoints(environment: [
      "AWS_ENDPOINT_URL": "http://a:1", "AWS_ENDPOINT_URL_S3": "http://b:2/x/",
    ])
    #expect(try endpoints.resolve(try Self.model("sqs"), region: "eu-west-1").host == "a:1")
    let s3 = try endpoints.resolve(try Self.model("s3"), region: "eu-west-1")
    #expect(s3.host == "b:2" && s3.basePath == "/x")
  }

  @Test func xmlBecomesWhatBotoUsersKnow() throws {
    let body = """
      <?xml version="1.0"?><DescribeVolumesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><volumeSet>
      <item><volumeId>vol-1</volumeId><size>8</size><encrypted>true</encrypted><createTime>2026-01-02T03:04:05.000Z</createTime>
      <attachmentSet/><tagSet><item><key>a&amp;b</key><value>&#x263A;</value></item></tagSet></item>
      </volumeSet></DescribeVolumesResponse>
      """
    let expected = #"""
      {"Volumes":[{"VolumeId":"vol-1","Size":8,"Encrypted":true,"CreateTime":"2026-01-02T03:04:05Z","Attachments":[],
      "Tags":[{"Key":"a&b","Value":"☺"}]}]}
      """#
    #expect(try Self.answer("ec2", "DescribeVolumes", body) == JSONDocument.parse(expected).root)
  }

  @Test func attributesAndRootsAreMembersToo() throws {
    let acl = """
      <AccessControlPolicy><AccessControlList><Grant><Grantee xmlns:xsi="x" xsi:type="Group"><URI>u</URI></Grantee>
      <Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>
      """
    let grants = try Self.answer("s3", "GetBucketAcl", acl)
    #expect(grants["Grants"]?[0]?["Grantee"]?["Type"]?.string == "Group")
    let location = try Self.answer("s3", "GetBucketLocation", "<LocationConstraint>eu-west-1</LocationConstraint>")
    #expect(location["LocationConstraint"]?.string == "eu-west-1")
    #expect(try Self.answer("s3", "GetBucketPolicy", #"{"a":1}"#)["Policy"]?.string == #"{"a":1}"#)
  }

  @Test func jsonTimesBecomeText() throws {
    let answer = try Self.answer("kms", "DescribeKey", #"{"KeyMetadata":{"KeyId":"k","CreationDate":1767323045.5}}"#)
    #expect(answer["KeyMetadata"]?["CreationDate"]?.string == "2026-01-02T03:04:05.500Z")
  }

  @Test(arguments: [
    (
      "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>", "iam",
      "ListUsers2"
    ),
    ("<Response><Errors><Error><Code>NoSuchEntity</Code></Error></Errors></Response>", "ec2", "x"),
    (#"{"__type":"com.amazon#NoSuchEntity","message":"no"}"#, "kms", "x"),
    ("<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>", "kms", "x"),
  ]) func errorsGiveTheirCodes(_ body: String, _ service: String, _ unused: String) throws {
    let model = try Self.model(service)
    let operation = try #require(model.operations.values.first)
    let answer = HTTPAnswer(status: 400, headers: [], body: ByteBuffer(string: body))
    #expect(AnswerDecoder(service: model, operation: operation).failure(answer, now: 0).code == "NoSuchEntity")
  }

  @Test(arguments: ["<a><b></a></b>", "<a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "", "<a/><b/>", "<", "<a b='"])
  func brokenXMLIsRefused(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBufferPointer { bytes in
      #expect(throws: XMLDocument.Failure.self) { _ = try XMLDocument(bytes).elements.count }
    }
  }

  @Test func aWebPageIsNoAnswer() throws {
    let failure = try #require(throws: AWSFailure.self) {
      try Self.answer("iam", "GetAccountSummary", "<!doctype html><html><p>404</html>")
    }
    #expect(failure.reason.rawValue == "NotImplemented")
  }

  @Test func absentMayNameThePartOfAMessage() {
    let failure = AWSFailure(reason: .accessDenied, code: "AccessDeniedException", message: "Macie is not enabled.")
    #expect(failure.isOne(of: ["AccessDeniedException: Macie is not enabled"]))
    #expect(!failure.isOne(of: ["AccessDeniedException: other"]))
  }

  @Test(arguments: [("12", 12.0), ("Thu, 15 Jan 2026 12:30:50 GMT", 5.0), ("soon", nil)])
  func retryAfterIsSecondsOrADate(_ text: String, _ expected: Double?) {
    #expect(RetryPolicy.retryAfter(text, now: 1_768_480_245) == expected)
  }
}
