// SPDX-License-Identifier: Apache-2.0
import Content
import Foundation
import Synchronization
import Testing

@testable import Collectors

/// What is said of credentials that do not serve: one message, with the place, without a secret.
@Suite(.timeLimit(.minutes(10))) struct CredentialErrorTests {
  typealias Harness = CredentialHarness

  private static let secret = "wJalrXUtnFEMI-very-secret"

  @Test(arguments: [
    // A file that was cut while it was written.
    ("", "[default]\naws_access_key_id = AKIA\naws_secret_acc", "HOME/.aws/credentials:3: not a setting"),
    ("", "[default]\naws_access_key_id = AKIA\naws_secret_access_key = ", "HOME/.aws/credentials:2: profile 'default'"),
    ("", "[default]\naws_access_key_id = AKIA\n", "no aws_secret_access_key"),
    ("", "[default]\n\naws_secret_access_key = \(secret)\n", "HOME/.aws/credentials:3: profile 'default'"),
    ("", "[default]\n\(secret)\n", "HOME/.aws/credentials:2: not a setting"),
    ("", "[defa", "HOME/.aws/credentials:1: a section's name"),
    ("\n\n[profile x\n", "", "HOME/.aws/config:3: a section's name"),
    ("", "aws_access_key_id = \(secret)\n", "HOME/.aws/credentials:1: a setting before"),
    ("[default]\nrole_arn = arn:x\n", "", "HOME/.aws/config:2: profile 'default' has a role_arn, but neither"),
    ("[default]\nrole_arn = arn:x\nsource_profile = y\n", "", "HOME/.aws/config:3: profile 'default' names the"),
    (
      "[default]\nrole_arn = arn:x\nsource_profile = a\n[profile a]\nrole_arn = arn:y\nsource_profile = default\n", "",
      "HOME/.aws/config:6: profile 'a' leads back to itself"
    ),
    ("[default]\nrole_arn = arn:x\nsource_profile = a\n[profile a]\nregion = x\n", "", "which has no keys"),
    ("[default]\nrole_arn = arn:x\ncredential_source = Moon\n", "", "HOME/.aws/config:3: profile 'default' has the"),
    ("[default]\nrole_arn = arn:x\nsource_profile = a\ncredential_source = Environment\n", "", "has both"),
    ("[default]\nrole_arn = arn:x\nsource_profile = a\nmfa_serial = arn:m\n", "", "HOME/.aws/config:4: profile"),
    ("[default]\nrole_arn = arn:x\nsource_profile = a\nduration_seconds = 1h\n", "", "HOME/.aws/config:4: profile"),
    ("[default]\nweb_identity_token_file = /x\n", "", "HOME/.aws/config:2: profile 'default' has a web identity"),
    ("[default]\nsso_session = s\n", "", "HOME/.aws/config:2: profile 'default' gets its keys by sso_session"),
    ("[default]\ncredential_process = /bin/x\n", "", "gets its keys by credential_process"),
  ])
  func aBrokenFileIsNamedWithItsLine(_ config: String, _ credentials: String, _ part: String) async throws {
    let files = [".aws/config": config, ".aws/credentials": credentials]
    try await Harness.run(files: files, respond: Harness.sts) { harness in
      let text = try await harness.complaint()
      #expect(text.contains(part), "\(text)")
      #expect(!text.contains(Self.secret))
      #expect(!text.contains("\n"))
      #expect(harness.server.requests.isEmpty)
    }
  }

  @Test(arguments: [
    (["AWS_PROFILE": "none"], "there is no AWS profile 'none' in HOME/.aws/config or HOME/.aws/credentials"),
    (["AWS_ACCESS_KEY_ID": "AKIA"], "AWS_SECRET_ACCESS_KEY is not"),
    (["AWS_SECRET_ACCESS_KEY": secret], "AWS_ACCESS_KEY_ID is not"),
    (["AWS_SHARED_CREDENTIALS_FILE": "HOME"], "HOME: cannot be read"),
    (["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/empty"], "AWS_ROLE_ARN is not"),
    (["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/empty", "AWS_ROLE_ARN": "arn:r"], "HOME/empty:1: the web identity token"),
    (["AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/none", "AWS_ROLE_ARN": "arn:r"], "HOME/none cannot be read"),
    (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/?key=\(secret)"], "must be an https URL"),
    (["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1.example.com/"], "must be an https URL"),
    (["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "task"], "must begin with '/'"),
    (
      [
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/t", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nX-Other: \(secret)",
      ], "line break"
    ),
    (
      ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/t", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "HOME/empty"],
      "HOME/empty:1: the authorization token file is empty"
    ),
    (
      ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/t", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "HOME/none"],
      "HOME/none cannot be read"
    ),
  ])
  func whatIsBrokenEndsTheSearch(_ environment: [String: String], _ part: String) async throws {
    try await Harness.run(files: ["empty": " \n"], respond: Harness.sts) { harness in
      let text = try await harness.complaint(environment)
      #expect(text.contains(part), "\(text)")
      #expect(!text.contains(Self.secret))
      #expect(harness.server.requests.isEmpty)
    }
  }

  @Test(arguments: [
    (ScriptedServer.Answer.reply(200, [], #"{"AccessKeyId":"ASIA","SecretAccessKey":"\#(secret)"#), "no whole JSON"),
    (.reply(200, [], #"{"AccessKeyId":"ASIA","Token":"\#(secret)"}"#), "without AccessKeyId or SecretAccessKey"),
    (.reply(200, [], #"{"Code":"Failed","SecretAccessKey":"\#(secret)"}"#), "answered Failed"),
    (.reply(403, [], secret), "status 403"), (.reply(404, [], secret), "status 404"),
    (.reply(500, [], secret), "status 500"), (.cut, "the connection broke"),
  ])
  func aContainersBrokenAnswerIsSaid(_ answer: ScriptedServer.Answer, _ part: String) async throws {
    try await Harness.run(respond: { _ in answer }) { harness in
      let text = try await harness.complaint(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/t?key=\(Self.secret)"])
      #expect(text.contains(part), "\(text)")
      #expect(text.hasPrefix("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "))
      #expect(!text.contains(Self.secret))
    }
  }

  @Test(arguments: [
    "AccessDenied", "ExpiredTokenException", "InvalidIdentityToken",
  ])
  func aRefusedRoleNamesTheFileAndNoToken(_ code: String) async throws {
    let answer = ScriptedServer.Answer.reply(
      403, [],
      """
      <ErrorResponse><Error><Code>\(code)</Code><Message>\(Self.secret) will not do</Message></Error></ErrorResponse>
      """)
    let config = """
      [default]
      role_arn = arn:aws:iam::1:role/reader
      source_profile = base
      [profile base]
      aws_access_key_id = AKIA
      aws_secret_access_key = x
      aws_session_token = \(Self.secret)
      """
    try await Harness.run(files: [".aws/config": config, "token": Self.secret], respond: { _ in answer }) { harness in
      let role = try await harness.complaint()
      #expect(role.hasPrefix("HOME/.aws/config:2: profile 'default': the role arn:aws:iam::1:role/reader cannot be"))
      let pod = try await harness.complaint([
        "AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod",
        "AWS_CONFIG_FILE": "HOME/none",
      ])
      #expect(pod.hasPrefix("HOME/token:1: the web identity token: the role arn:aws:iam::1:role/pod cannot be"))
      for text in [role, pod] {
        #expect(text.contains(code))
        #expect(!text.contains(Self.secret), "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("ExpiredToken", "the keys have expired"), ("SignatureDoesNotMatch", "AWS refuses the keys"),
    ("InvalidClientTokenId", "AWS refuses the keys"),
  ])
  func keysThatAWSRefusesAreNamedByTheirPlace(_ code: String, _ part: String) async throws {
    let body = """
      <ErrorResponse><Error><Code>\(code)</Code><Message>No.

      The Canonical String should have been x-amz-security-token:\(Self.secret)</Message></Error></ErrorResponse>
      """
    let file = """
      [default]
      aws_access_key_id = AKIA
      aws_secret_access_key = x
      aws_session_token = \(Self.secret)
      """
    try await Harness.run(
      files: [".aws/credentials": file], respond: { _ in .reply(403, [], body) }
    ) { harness in
      let environment = ["HOME": harness.home, "AWS_ENDPOINT_URL": harness.server.url]
      let error = await #expect(throws: CredentialError.self) {
        try await AWSCollector(content: ContentLibrary(), environment: environment)
      }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("\(harness.home)/.aws/credentials:2: profile 'default': \(part)"), "\(text)")
      #expect(!text.contains("\n"))
      #expect(!text.contains(Self.secret))
    }
  }

  @Test func printedCredentialsShowNoSecret() {
    let keys = AWSCredentials(accessKey: "AKIA", secretKey: Self.secret, sessionToken: Self.secret, origin: "here")
    var dumped = ""
    dump(keys, to: &dumped)
    for text in ["\(keys)", String(reflecting: keys), "\(Optional(keys) as Any)", dumped] {
      #expect(text.contains("AKIA"))
      #expect(!text.contains(Self.secret), "\(text)")
    }
  }
}
