// SPDX-License-Identifier: Apache-2.0
import Specs
import Testing

@testable import Collectors

/// Signatures that botocore's own signer made (2026-01-15T12:30:45Z), to be met byte for byte.
struct SignatureV4Tests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let service: String
    let region: String
    let token: String?
    let request: SignableRequest
    let signedHeaders: String
    let signature: String
    var testDescription: String { name }
  }

  static let vectors: [Vector] = [
    Vector(
      name: "a form post", service: "iam", region: "us-east-1", token: nil,
      request: SignableRequest(
        method: "POST", scheme: "https", host: "iam.amazonaws.com",
        path: "/",
        query: [],
        headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
        body: Array("Action=ListUsers&Version=2010-05-08".utf8)),
      signedHeaders: "content-type;host;x-amz-date",
      signature: "3ee2b573b9f7c0fac77b6df4ec5a5b0ecdde4c3168f815b0985bd0c43cc4e215"),
    Vector(
      name: "a path that is encoded twice", service: "lambda", region: "eu-west-1", token: nil,
      request: SignableRequest(
        method: "GET", scheme: "https", host: "lambda.eu-west-1.amazonaws.com",
        path: "/2017-03-31/tags/arn%3Aaws%3Alambda%3Aeu-west-1%3A1%3Afunction%3Af",
        query: [],
        headers: [],
        body: Array("".utf8)),
      signedHeaders: "host;x-amz-date",
      signature: "c6d2df99d0d455c49fd89dfd757b118d25effdce66faab80dfebc0c24cff9313"),
    Vector(
      name: "a session token", service: "dynamodb", region: "us-east-1", token: "TOKEN/+=",
      request: SignableRequest(
        method: "POST", scheme: "https", host: "dynamodb.us-east-1.amazonaws.com",
        path: "/",
        query: [],
        headers: [("content-type", "application/x-amz-json-1.0"), ("x-amz-target", "DynamoDB_20120810.ListTables")],
        body: Array("{}".utf8)),
      signedHeaders: "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
      signature: "b794d32d6c8fc6adf00b4134ded133ef6e558b3d79cd0a7657675c44e81dcea8"),
    Vector(
      name: "an S3 sub-resource", service: "s3", region: "us-east-1", token: nil,
      request: SignableRequest(
        method: "GET", scheme: "https", host: "s3.us-east-1.amazonaws.com",
        path: "/bucket",
        query: [("policy", "")],
        headers: [],
        body: Array("".utf8)),
      signedHeaders: "host;x-amz-content-sha256;x-amz-date",
      signature: "0f5ade51163698477d580a2bf5a295203a9811f31b9c83c37efbbbeadd084886"),
    Vector(
      name: "a query that needs order and encoding", service: "guardduty", region: "us-east-1", token: nil,
      request: SignableRequest(
        method: "GET", scheme: "http", host: "127.0.0.1:5000",
        path: "/",
        query: [("b", "2 3"), ("a", "x/y"), ("a", "b+c")],
        headers: [],
        body: Array("".utf8)),
      signedHeaders: "host;x-amz-date",
      signature: "200cad7057535edd31d3346e24543f97e258aaad65350502d9f322e98e8a7e05"),
  ]

  @Test(arguments: vectors) func signsAsBotocoreDoes(_ vector: Vector) throws {
    let signer = SignatureV4()
    let credentials = AWSCredentials(
      accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: vector.token)
    let time = try #require(CivilTime.parse(iso: "2026-01-15T12:30:45Z")).time
    // The second time from the cached key.
    for _ in 0..<2 {
      var request = vector.request
      signer.sign(
        &request, credentials: credentials, region: vector.region, service: vector.service, epoch: time.epoch)
      let header = try #require(request.headers.first { $0.name == "authorization" }).value
      #expect(header.hasSuffix("Signature=\(vector.signature)"))
      #expect(header.contains("SignedHeaders=\(vector.signedHeaders),"))
    }
  }
}
