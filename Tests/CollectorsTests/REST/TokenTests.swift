// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Specs
import Testing

@testable import Collectors

/// Sign-in to Azure and Google Cloud against a loopback server that plays the token endpoints.
@Suite struct TokenTests {
  /// A home folder, a server and a transport, and what the environment says: values may say HOME and SERVER.
  private struct Place: Sendable {
    let server: ScriptedServer
    let home: String
    let transport: HTTPTransport

    func environment(_ given: [String: String]) -> [String: String] {
      given.mapValues {
        $0.replacingOccurrences(of: "HOME", with: home).replacingOccurrences(of: "SERVER", with: server.url)
      }
    }

    func azure(_ given: [String: String]) -> AzureCredentialChain {
      var cloud = AzureEnvironment.publicCloud
      cloud.authority = server.url
      var chain = AzureCredentialChain(environment: environment(given), transport: transport, cloud: cloud)
      // Nobody listens there.
      chain.metadataHost = "http://127.0.0.1:9"
      chain.arcFolder = home + "/tokens"
      chain.run = { _ in throw CredentialError("az is not installed") }
      return chain
    }

    func google(_ given: [String: String]) -> GoogleCredentialChain {
      GoogleCredentialChain(
        environment: environment(["GCE_METADATA_HOST": "127.0.0.1:9"].merging(given) { $1 }), transport: transport,
        endpoints: GoogleEndpoints(base: nil))
    }
  }

  private func place(
    files: [String: String] = [:], _ respond: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Answer,
    _ body: (Place) async throws -> Void
  ) async throws {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("plumb-tokens-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: home + "/tokens", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: home) }
    let server = try await ScriptedServer(respond: respond)
    for (path, text) in files {
      try text.replacingOccurrences(of: "SERVER", with: server.url)
        .write(toFile: home + "/" + path, atomically: true, encoding: .utf8)
    }
    let place = Place(server: server, home: home, transport: HTTPTransport())
    let result: Result<Void, any Error>
    do { result = .success(try await body(place)) } catch { result = .failure(error) }
    await place.transport.shutdown()
    try await server.stop()
    try result.get()
  }

  private static func token(_ value: String) -> ScriptedServer.Answer {
    .reply(200, [], #"{"access_token":"\#(value)","expires_in":"3599","token_type":"Bearer"}"#)
  }

  // MARK: Azure

  private static let principal = ["AZURE_TENANT_ID": "t1", "AZURE_CLIENT_ID": "app"]

  @Test func aSecretIsSentInTheBodyAndToTheTenantsEndpoint() async throws {
    try await place({ _ in Self.token("secret-token") }) { place in
      let chain = place.azure(Self.principal.merging(["AZURE_CLIENT_SECRET": "p&ss wörd"]) { $1 })
      let token = try await chain.token(for: "https://management.azure.com/")
      #expect(token.value == "secret-token")
      #expect(token.expires.map { $0 > RESTClient.now + 3000 } == true)
      let request = try #require(place.server.requests.first)
      #expect(request.uri == "/t1/oauth2/v2.0/token")
      #expect(request["client_secret"] == "p&ss wörd")
      #expect(request["scope"] == "https://management.azure.com/.default")
      #expect(!"\(token)".contains("secret-token"))
    }
  }

  @Test func aCertificateSignsAnAssertionThatItsKeyVerifies() async throws {
    try await place({ _ in Self.token("by-certificate") }) { place in
      let pem = place.home + "/both.pem"
      try Self.openssl([
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", pem + ".key", "-out", pem + ".crt", "-days", "2",
        "-subj",
        "/CN=plumb",
      ])
      let both =
        try String(contentsOfFile: pem + ".key", encoding: .utf8)
        + String(contentsOfFile: pem + ".crt", encoding: .utf8)
      try both.write(toFile: pem, atomically: true, encoding: .utf8)
      try Self.openssl(["pkcs12", "-export", "-in", pem, "-out", pem + ".pfx", "-passout", "pass:pw"])
      for (path, password) in [(pem, nil), (pem + ".pfx", "pw")] {
        var environment = Self.principal
        environment["AZURE_CLIENT_CERTIFICATE_PATH"] = path
        environment["AZURE_CLIENT_CERTIFICATE_PASSWORD"] = password
        #expect(try await place.azure(environment).token(for: "https://graph").value == "by-certificate")
        let assertion = try #require(place.server.requests.last?["client_assertion"])
        let parts = assertion.split(separator: ".").map(String.init)
        let signed = place.home + "/signed"
        try (parts[0] + "." + parts[1]).write(toFile: signed, atomically: true, encoding: .utf8)
        try Self.decoded(parts[2]).write(to: URL(fileURLWithPath: signed + ".sig"))
        try Self.openssl(["x509", "-in", pem + ".crt", "-pubkey", "-noout", "-out", signed + ".pub"])
        try Self.openssl(["dgst", "-sha256", "-verify", signed + ".pub", "-signature", signed + ".sig", signed])
        let claims = try JSONDocument(parsing: Array(Self.decoded(parts[1]))).root
        #expect(claims["iss"]?.string == "app" && claims["aud"]?.string == place.server.url + "/t1/oauth2/v2.0/token")
      }
    }
  }

  @Test func aFederatedTokenIsReadAnewEachTime() async throws {
    try await place(files: ["federated": "first\n"], { _ in Self.token("x") }) { place in
      let chain = place.azure(Self.principal.merging(["AZURE_FEDERATED_TOKEN_FILE": "HOME/federated"]) { $1 })
      _ = try await chain.token(for: "a")
      try "second".write(toFile: place.home + "/federated", atomically: true, encoding: .utf8)
      _ = try await chain.token(for: "a")
      #expect(place.server.requests.map { $0["client_assertion"] } == ["first", "second"])
    }
  }

  @Test func managedIdentitiesAreAskedAsEachPlaceWantsIt() async throws {
    try await place(files: ["tokens/challenge.key": "arc-secret"]) { request in
      if request.uri.hasPrefix("/arc"), request.headers["authorization"] == nil {
        return .reply(401, [("WWW-Authenticate", "Basic realm=CHALLENGE")], "")
      }
      if request.uri.hasPrefix("/metadata"), request.headers["metadata"] != "true" { return .reply(400, [], "{}") }
      return Self.token(request.headers["x-identity-header"] ?? request.headers["authorization"] ?? "machine")
    } _: { place in
      let service = place.azure(["IDENTITY_ENDPOINT": "SERVER/app", "IDENTITY_HEADER": "header-secret"])
      let first = try await service.token(for: "https://m/")
      #expect(first.value == "header-secret")
      var machine = place.azure(["AZURE_CLIENT_ID": "mine"])
      machine.metadataHost = place.server.url
      let second = try await machine.token(for: "https://m/")
      #expect(second.value == "machine")
      #expect(place.server.requests.last?.uri.contains("client_id=mine") == true)
      // Without a challenge's file, and with one that is elsewhere, the agent is not believed.
      let arc = place.azure(["IDENTITY_ENDPOINT": "SERVER/arc", "IMDS_ENDPOINT": "x"])
      let error = await #expect(throws: CredentialError.self) { try await arc.token(for: "https://m/") }
      #expect(error?.description.contains("cannot be read") == true)
    }
  }

  @Test(
    arguments: [
      (["AZURE_CLIENT_SECRET": "x"], "AZURE_TENANT_ID is not"),
      (["AZURE_CLIENT_SECRET": "x", "AZURE_TENANT_ID": "t"], "AZURE_CLIENT_ID is not"),
      (
        ["AZURE_CLIENT_SECRET": "x", "AZURE_TENANT_ID": "../a", "AZURE_CLIENT_ID": "a"], "AZURE_TENANT_ID is no tenant"
      ),
      (["AZURE_FEDERATED_TOKEN_FILE": "/nowhere"], "AZURE_TENANT_ID is not"),
      (
        ["AZURE_CLIENT_SECRET": "long-secret", "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "a"],
        "invalid_client: AADSTS7000215: … is wrong"
      ),
      ([:], "no Azure credentials found"),
    ] as [([String: String], String)])
  func whatIsBrokenEndsTheSearch(_ environment: [String: String], _ part: String) async throws {
    try await place { _ in
      .reply(
        401, [], #"{"error":"invalid_client","error_description":"AADSTS7000215: long-secret is wrong\r\nTrace: 1"}"#)
    } _: { place in
      let error = await #expect(throws: CredentialError.self) { try await place.azure(environment).token(for: "a") }
      #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
      #expect(error?.description.contains("long-secret") != true)
    }
  }

  @Test func theCommandLineOfAzureIsAskedLast() async throws {
    try await place({ _ in .silence }) { place in
      var chain = place.azure([:])
      chain.run = { arguments in
        #expect(arguments.prefix(3) == ["az", "account", "get-access-token"])
        return ProcessAnswer(
          status: 0, output: Array(#"{"accessToken":"cli","expires_on":4070908800}"#.utf8), errors: "")
      }
      let token = try await chain.token(for: "a")
      #expect(token == BearerToken(value: "cli", expires: 4_070_908_800, origin: "Azure CLI"))
      chain.run = { _ in ProcessAnswer(status: 1, output: [], errors: "ERROR: Please run 'az login'\nmore") }
      let error = await #expect(throws: CredentialError.self) { try await chain.token(for: "a") }
      #expect(error?.description.contains("Please run 'az login'") == true)
    }
  }

  // MARK: Google

  @Test func aServiceAccountsStatementIsExchanged() async throws {
    try await place({ _ in Self.token("exchanged") }) { place in
      try Self.openssl([
        "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", place.home + "/pem",
      ])
      let pem = try String(contentsOfFile: place.home + "/pem", encoding: .utf8)
      for (uri, expected) in [(place.server.url + "/token", "exchanged"), (nil, "ey")] {
        var key = ["type": "service_account", "client_email": "a@p.iam.gserviceaccount.com", "private_key": pem]
        key["token_uri"] = uri
        try JSONSerialization.data(withJSONObject: key).write(to: URL(fileURLWithPath: place.home + "/key.json"))
        let token = try await place.google(["GOOGLE_APPLICATION_CREDENTIALS": "HOME/key.json"]).token()
        #expect(token.value.hasPrefix(expected))
      }
      #expect(place.server.requests.count == 1)
      #expect(place.server.requests[0]["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
    }
  }

  @Test(arguments: [
    (
      #"{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r","token_uri":"SERVER/token"}"#,
      ["/token"], "token"
    ),
    (
      #"{"type":"external_account","audience":"//iam","subject_token_type":"urn:ietf:params:oauth:token-type:jwt","token_url":"SERVER/sts","credential_source":{"url":"SERVER/subject","format":{"type":"json","subject_token_field_name":"t"}},"service_account_impersonation_url":"SERVER/impersonate"}"#,
      ["/subject", "/sts", "/impersonate"], "impersonated"
    ),
    (
      #"{"type":"impersonated_service_account","service_account_impersonation_url":"SERVER/impersonate","source_credentials":{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r","token_uri":"SERVER/token"}}"#,
      ["/token", "/impersonate"], "impersonated"
    ),
  ])
  func filesOfEveryTypeGiveATokenOfGoogle(_ text: String, _ paths: [String], _ value: String) async throws {
    try await place(files: ["key.json": text]) { request in
      switch request.uri {
      case "/subject": .reply(200, [], #"{"t":"subject-token"}"#)
      case "/impersonate": .reply(200, [], #"{"accessToken":"impersonated","expireTime":"2099-01-01T00:00:00Z"}"#)
      default: Self.token("token")
      }
    } _: { place in
      let token = try await place.google(["GOOGLE_APPLICATION_CREDENTIALS": "HOME/key.json"]).token()
      #expect(token.value == value)
      #expect(place.server.requests.map(\.uri) == paths)
    }
  }

  @Test(arguments: [
    (#"{"type":"service_account","client_email":"a@b"}"#, "'private_key' is missing"),
    (#"{"type":"service_account","client_email":"a@b","private_key":"no key"}"#, "an RSA key in PEM is needed"),
    (#"{"type":"gdch"}"#, "'gdch' is no type of credentials"), ("{", "key.json: "),
  ])
  func filesThatCannotBeUsedAreNamed(_ text: String, _ part: String) async throws {
    try await place(files: ["key.json": text], { _ in .silence }) { place in
      let chain = place.google(["GOOGLE_APPLICATION_CREDENTIALS": "HOME/key.json"])
      let error = await #expect(throws: CredentialError.self) { try await chain.token() }
      #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }
  }

  // MARK: Helpers

  private static func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl \(arguments[0])")
  }

  private static func decoded(_ text: String) -> Data {
    var text = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    while text.utf8.count % 4 != 0 { text += "=" }
    return Data(base64Encoded: text) ?? Data()
  }
}
