// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Collectors

/// A home folder, a server that plays STS, the container's endpoint and the instance's metadata, and a chain between.
struct CredentialHarness: Sendable {
  let server: ScriptedServer
  let home: String
  let transport: HTTPTransport

  static let later = "2099-01-01T00:00:00Z"

  /// - Parameter files: contents by path below the home folder.
  static func run(
    files: [String: String] = [:], respond: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Answer,
    _ body: (CredentialHarness) async throws -> Void
  ) async throws {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("plumb-home-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: home + "/.aws", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: home) }
    for (path, text) in files { try text.write(toFile: home + "/" + path, atomically: true, encoding: .utf8) }
    let server = try await ScriptedServer(respond: respond)
    let harness = CredentialHarness(server: server, home: home, transport: HTTPTransport())
    let result: Result<Void, any Error>
    do { result = .success(try await body(harness)) } catch { result = .failure(error) }
    await harness.transport.shutdown()
    try await server.stop()
    try result.get()
  }

  /// Values may say HOME and SERVER.
  func chain(_ environment: [String: String], profile: String? = nil) throws -> CredentialChain {
    var all = ["HOME": home, "AWS_ENDPOINT_URL": server.url, "AWS_EC2_METADATA_DISABLED": "true"]
    for (key, value) in environment {
      all[key] = value.replacingOccurrences(of: "HOME", with: home)
        .replacingOccurrences(of: "SERVER", with: server.url)
    }
    var chain = CredentialChain(
      environment: all, profile: profile, profiles: ProfileFiles(environment: all), transport: transport,
      sts: try WireTests.model("sts"), endpoints: AWSEndpoints(environment: all))
    chain.containerHost = server.url
    return chain
  }

  func keys(_ environment: [String: String] = [:], profile: String? = nil) async throws -> AWSCredentials {
    try await chain(environment, profile: profile).credentials()
  }

  /// What the search ends with.
  func complaint(_ environment: [String: String] = [:], profile: String? = nil) async throws -> String {
    let chain = try chain(environment, profile: profile)
    let error = await #expect(throws: CredentialError.self) { try await chain.credentials() }
    return error?.description.replacingOccurrences(of: home, with: "HOME") ?? ""
  }

  /// STS gives a role keys that are named after its ARN.
  static func sts(_ request: ScriptedServer.Request) -> ScriptedServer.Answer {
    let action = request["Action"] ?? ""
    let role = (request["RoleArn"] ?? "").split(separator: "/").last.map(String.init) ?? ""
    return .reply(
      200, [],
      """
      <\(action)Response><\(action)Result><Credentials><AccessKeyId>ASIA-\(role)</AccessKeyId>\
      <SecretAccessKey>secret-\(role)</SecretAccessKey><SessionToken>token-\(role)</SessionToken>\
      <Expiration>\(later)</Expiration></Credentials></\(action)Result></\(action)Response>
      """)
  }

  /// A document of keys, as the container's and the instance's endpoint give it.
  static func document(_ name: String, expires: String = later) -> ScriptedServer.Answer {
    .reply(
      200, [],
      """
      {"Code":"Success","AccessKeyId":"ASIA-\(name)","SecretAccessKey":"secret-\(name)","Token":"token-\(name)",
       "Expiration":"\(expires)"}
      """)
  }
}
