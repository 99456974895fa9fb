// SPDX-License-Identifier: Apache-2.0
import Foundation
import Specs
import Synchronization
import Testing

@testable import Collectors

/// Where keys come from, each way against a server that checks what it is asked.
@Suite(.timeLimit(.minutes(10))) struct CredentialChainTests {
  typealias Harness = CredentialHarness

  private static let files = [
    ".aws/config": """
    [default]
    region = eu-north-1
    [profile work]
      region = eu-west-3
      s3 =
        aws_access_key_id = nested
    [profile "with spaces"]
    aws_access_key_id = AKIASPACES
    aws_secret_access_key = s
    [profile split]
    aws_access_key_id = AKIACONFIG
    aws_secret_access_key = c
    aws_session_token = of-the-config-file
    [profile role]
    role_arn = arn:aws:iam::1:role/reader
    source_profile = work
    external_id = outside
    role_session_name = monday
    duration_seconds = 1800
    [profile chained]
    role_arn = arn:aws:iam::2:role/second
    source_profile = role
    [profile itself]
    role_arn = arn:aws:iam::1:role/own
    source_profile = itself
    [profile environment]
    role_arn = arn:aws:iam::1:role/reader
    credential_source = Environment
    [profile task]
    role_arn = arn:aws:iam::1:role/reader
    credential_source = EcsContainer
    [profile machine]
    role_arn = arn:aws:iam::1:role/reader
    credential_source = Ec2InstanceMetadata
    """,
    ".aws/credentials": """
    # comment
    [default]
    aws_access_key_id = AKIADEFAULT
    aws_secret_access_key = d
    [work]
    aws_access_key_id=AKIAWORK   # mine
    aws_secret_access_key=w=+/
    aws_session_token=t
    [split]
    aws_access_key_id = AKIACREDENTIALS
    aws_secret_access_key = s
    [itself]
    aws_access_key_id = AKIAITSELF
    aws_secret_access_key = i
    """,
    "elsewhere": "[default]\r\naws_access_key_id = AKIAELSEWHERE\r\naws_secret_access_key = e\r\n",
    "token": "jwt.of.pod\n",
    "authorization": "Basic of-file\n",
  ]

  @Test(
    arguments: [
      ([:], nil, "AKIADEFAULT"),
      (["AWS_PROFILE": "work"], nil, "AKIAWORK"),
      (["AWS_PROFILE": ""], nil, "AKIADEFAULT"),
      (["AWS_DEFAULT_PROFILE": "work"], nil, "AKIAWORK"),
      (["AWS_PROFILE": "default"], "work", "AKIAWORK"),
      ([:], "with spaces", "AKIASPACES"),
      (["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "e", "AWS_PROFILE": "work"], nil, "AKIAENV"),
      (["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "e"], "work", "AKIAWORK"),
      (["AWS_SHARED_CREDENTIALS_FILE": "HOME/elsewhere"], nil, "AKIAELSEWHERE"),
      (["AWS_SHARED_CREDENTIALS_FILE": "~/elsewhere"], nil, "AKIAELSEWHERE"),
      // A token of the pod goes before the keys of the default profile, and after a role that a profile names.
      (["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod"], nil, "ASIA-pod"),
      (
        [
          "AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod", "AWS_PROFILE": "role",
        ],
        nil, "ASIA-reader"
      ),
      // The machine's own come last.
      (["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/task"], nil, "AKIADEFAULT"),
    ] as [([String: String], String?, String)])
  func theFirstOfTheOrderWins(_ environment: [String: String], _ profile: String?, _ key: String) async throws {
    try await Harness.run(files: Self.files, respond: Harness.sts) { harness in
      let found = try await harness.keys(environment, profile: profile).accessKey
      #expect(found == key)
    }
  }

  @Test func keysAndTokenComeFromOneFile() async throws {
    try await Harness.run(files: Self.files, respond: Harness.sts) { harness in
      let work = try await harness.keys(profile: "work")
      #expect(work.secretKey == "w=+/")
      #expect(work.sessionToken == "t")
      let split = try await harness.keys(profile: "split")
      #expect(split.accessKey == "AKIACREDENTIALS")
      #expect(split.sessionToken == nil)
    }
  }

  @Test(arguments: [
    (["AWS_PROFILE": "work"], "eu-west-3"), ([:], "eu-north-1"), (["AWS_REGION": "us-west-2"], "us-west-2"),
    (["AWS_CONFIG_FILE": "HOME/none"], "us-east-1"),
  ])
  func theProfileNamesTheRegion(_ environment: [String: String], _ region: String) async throws {
    try await Harness.run(files: Self.files, respond: Harness.sts) { harness in
      let chain = try harness.chain(environment)
      #expect(chain.region == region)
    }
  }

  @Test func aRoleIsAskedForWithAllThatTheProfileSays() async throws {
    try await Harness.run(files: Self.files, respond: Harness.sts) { harness in
      let keys = try await harness.keys(profile: "role")
      #expect(keys.accessKey == "ASIA-reader")
      #expect(keys.sessionToken == "token-reader")
      #expect(keys.expires == 4_070_908_800)
      let asked = try #require(harness.server.requests.first)
      #expect(asked["Action"] == "AssumeRole")
      #expect(asked["RoleArn"] == "arn:aws:iam::1:role/reader")
      #expect(asked["ExternalId"] == "outside")
      #expect(asked["RoleSessionName"] == "monday")
      #expect(asked["DurationSeconds"] == "1800")
      #expect(asked.accessKey == "AKIAWORK")
      #expect(asked.headers["x-amz-security-token"] == "t")
    }
  }

  @Test func rolesAreAssumedOneFromAnother() async throws {
    try await Harness.run(files: Self.files, respond: Harness.sts) { harness in
      let chained = try await harness.keys(profile: "chained").accessKey
      #expect(chained == "ASIA-second")
      #expect(harness.server.requests.map(\.accessKey) == ["AKIAWORK", "ASIA-reader"])
      #expect(harness.server.requests.last?["RoleSessionName"] == "plumbline")
      #expect(harness.server.requests.last?["ExternalId"] == nil)
      let own = try await harness.keys(profile: "itself").accessKey
      #expect(own == "ASIA-own")
      #expect(harness.server.requests.last?.accessKey == "AKIAITSELF")
    }
  }

  @Test(arguments: [
    ("environment", ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "e"], "AKIAENV"),
    ("task", ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/task"], "ASIA-task"),
    (
      "machine", ["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "SERVER/"],
      "ASIA-machine"
    ),
  ])
  func aRolesKeysComeFromTheSourceItNames(_ profile: String, _ environment: [String: String], _ key: String)
    async throws
  {
    try await Harness.run(files: Self.files, respond: Self.machine) { harness in
      let found = try await harness.keys(environment, profile: profile).accessKey
      #expect(found == "ASIA-reader")
      #expect(harness.server.requests.last?.accessKey == key)
    }
  }

  @Test(arguments: [nil, "tuesday"])
  func aWebIdentityIsExchangedUnsigned(_ session: String?) async throws {
    var environment = ["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod"]
    environment["AWS_ROLE_SESSION_NAME"] = session
    try await Harness.run(files: ["token": "jwt.of.pod\n"], respond: Harness.sts) { [environment] harness in
      let secret = try await harness.keys(environment).secretKey
      #expect(secret == "secret-pod")
      let asked = try #require(harness.server.requests.first)
      #expect(asked["Action"] == "AssumeRoleWithWebIdentity")
      #expect(asked["WebIdentityToken"] == "jwt.of.pod")
      #expect(asked["RoleSessionName"] == session ?? "plumbline")
      #expect(asked.headers["authorization"] == nil)
    }
  }

  @Test func aProfilesWebIdentityServesAsSourceOfARole() async throws {
    let home = FileNames.fresh()
    let config = """
      [profile pod]
      role_arn = arn:aws:iam::1:role/pod
      web_identity_token_file = \(home)
      [profile far]
      role_arn = arn:aws:iam::2:role/far
      source_profile = pod
      """
    try "jwt".write(toFile: home, atomically: true, encoding: .utf8)
    defer { FileNames.remove(home) }
    try await Harness.run(files: [".aws/config": config], respond: Harness.sts) { harness in
      let found = try await harness.keys(["AWS_PROFILE": "far"]).accessKey
      #expect(found == "ASIA-far")
      #expect(harness.server.requests.map(\.accessKey) == [nil, "ASIA-pod"])
    }
  }

  // MARK: The machine

  /// STS, a container's endpoint below `/task` and an instance's metadata that wants a token.
  @Sendable private static func machine(_ request: ScriptedServer.Request) -> ScriptedServer.Answer {
    let base = "/latest/meta-data/iam/security-credentials/"
    switch (request.method, request.uri) {
    case ("GET", "/task"): return Harness.document("task")
    case ("PUT", "/latest/api/token"):
      return request.headers["x-aws-ec2-metadata-token-ttl-seconds"] == nil
        ? .reply(400, [], "") : .reply(200, [], "metadata-token")
    case ("GET", base), ("GET", base + "machine"):
      guard request.headers["x-aws-ec2-metadata-token"] == "metadata-token" else { return .reply(401, [], "") }
      return request.uri == base ? .reply(200, [], "machine\n") : Harness.document("machine")
    default: return Harness.sts(request)
    }
  }

  @Test(arguments: [
    (["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/task"], nil),
    (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "SERVER/task"], nil),
    (
      ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "SERVER/task", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic given"],
      "Basic given"
    ),
    (
      [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "SERVER/task", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic given",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "HOME/authorization",
      ], "Basic of-file"
    ),
  ])
  func aContainerIsAskedWithItsToken(_ environment: [String: String], _ token: String?) async throws {
    try await Harness.run(files: ["authorization": "Basic of-file\n"], respond: Self.machine) { harness in
      let keys = try await harness.keys(environment)
      #expect(keys.accessKey == "ASIA-task")
      #expect(keys.sessionToken == "token-task")
      #expect(harness.server.requests.map { $0.headers["authorization"] } == [token])
    }
  }

  @Test func aContainersHiccupIsTriedAgain() async throws {
    let calls = Mutex(0)
    try await Harness.run(respond: { _ in
      calls.withLock {
        $0 += 1; return $0
      } < 3 ? .reply(503, [], "") : Harness.document("task")
    }) { harness in
      let keys = try await harness.keys(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/task"])
      #expect(keys.accessKey == "ASIA-task")
    }
  }

  @Test func anInstanceIsAskedByVersionTwoOnly() async throws {
    let environment = ["AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "SERVER"]
    try await Harness.run(respond: Self.machine) { harness in
      let found = try await harness.keys(environment).accessKey
      #expect(found == "ASIA-machine")
      #expect(harness.server.requests.map(\.method) == ["PUT", "GET", "GET"])
    }
  }

  @Test func metadataThatIsOffIsNotAsked() async throws {
    try await Harness.run(respond: Self.machine) { harness in
      let text = try await harness.complaint([
        "AWS_EC2_METADATA_DISABLED": "TRUE", "AWS_EC2_METADATA_SERVICE_ENDPOINT": "SERVER",
      ])
      #expect(text.contains("no AWS credentials found"))
      #expect(harness.server.requests.isEmpty)
    }
  }
}

/// Names of files that nobody else uses.
enum FileNames {
  static func fresh() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("plumb-\(UUID().uuidString)").path
  }
  static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
