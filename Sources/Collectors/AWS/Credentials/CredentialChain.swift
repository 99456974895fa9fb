// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import NIOCore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds credentials in the order of AWS's SDKs: environment, profile (with role assumption), web identity, container,
/// instance metadata.
package struct CredentialChain: Sendable {
  let environment: [String: String]
  let profiles: ProfileFiles
  let profileName: String
  let transport: HTTPTransport
  let sts: ServiceModel
  let endpoints: AWSEndpoints
  /// A profile named by the caller goes before keys in the environment.
  private let isProfileExplicit: Bool

  package init(
    environment: [String: String], profile: String?, profiles: ProfileFiles, transport: HTTPTransport,
    sts: ServiceModel, endpoints: AWSEndpoints
  ) {
    self.environment = environment
    self.profiles = profiles
    profileName = profile ?? environment["AWS_PROFILE"] ?? environment["AWS_DEFAULT_PROFILE"] ?? "default"
    isProfileExplicit = profile != nil
    self.transport = transport
    self.sts = sts
    self.endpoints = endpoints
  }

  private func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  package var region: String {
    value("AWS_REGION") ?? value("AWS_DEFAULT_REGION") ?? profiles.profiles[profileName]?["region"] ?? "us-east-1"
  }

  package func credentials() async throws -> AWSCredentials {
    if !isProfileExplicit, let found = environmentKeys { return found }
    if let profile = profiles.profiles[profileName] {
      if let found = try await credentials(of: profile, named: profileName, seen: []) { return found }
    } else if isProfileExplicit || value("AWS_PROFILE") != nil {
      throw CredentialError("there is no AWS profile '\(profileName)'; see ~/.aws/config")
    }
    if let file = value("AWS_WEB_IDENTITY_TOKEN_FILE"), let role = value("AWS_ROLE_ARN") {
      return try await webIdentity(file: file, role: role, session: value("AWS_ROLE_SESSION_NAME"))
    }
    if let found = try await container() { return found }
    if let found = await instance() { return found }
    throw CredentialError(
      """
      no AWS credentials found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile of \
      ~/.aws/config
      """)
  }

  private var environmentKeys: AWSCredentials? {
    guard let key = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") else { return nil }
    return AWSCredentials(accessKey: key, secretKey: secret, sessionToken: value("AWS_SESSION_TOKEN"))
  }

  private func staticKeys(_ profile: [String: String]) -> AWSCredentials? {
    guard let key = profile["aws_access_key_id"], let secret = profile["aws_secret_access_key"] else { return nil }
    return AWSCredentials(accessKey: key, secretKey: secret, sessionToken: profile["aws_session_token"])
  }

  private func credentials(
    of profile: [String: String], named name: String, seen: Set<String>
  ) async throws -> AWSCredentials? {
    guard let role = profile["role_arn"] else { return staticKeys(profile) }
    if let file = profile["web_identity_token_file"] {
      return try await webIdentity(file: file, role: role, session: profile["role_session_name"])
    }
    let base: AWSCredentials?
    if let source = profile["source_profile"] {
      guard let next = profiles.profiles[source] else {
        throw CredentialError("profile '\(name)' names the source_profile '\(source)', which does not exist")
      }
      guard !seen.contains(source) else { throw CredentialError("profile '\(name)' leads back to itself") }
      // A profile that names itself uses its own keys.
      base =
        source == name ? staticKeys(next) : try await credentials(of: next, named: source, seen: seen.union([name]))
    } else if let source = profile["credential_source"] {
      switch source {
      case "Environment": base = environmentKeys
      case "EcsContainer": base = try await container()
      case "Ec2InstanceMetadata": base = await instance()
      default: throw CredentialError("profile '\(name)' has an unknown credential_source '\(source)'")
      }
    } else {
      throw CredentialError("profile '\(name)' has a role_arn but neither source_profile nor credential_source")
    }
    guard let base else { throw CredentialError("profile '\(name)': its source has no credentials") }
    return try await assume(
      role: role, with: base, session: profile["role_session_name"], externalID: profile["external_id"],
      seconds: profile["duration_seconds"])
  }

  private func client(_ credentials: CredentialProvider?) -> AWSClient {
    AWSClient(transport: transport, credentials: credentials, endpoints: endpoints, settings: .init())
  }

  /// Exchanges credentials for those of a role.
  package func assume(
    role: String, with base: AWSCredentials, session: String?, externalID: String?, seconds: String? = nil
  ) async throws -> AWSCredentials {
    var input: [(key: String, value: JSONDraft)] = [
      ("RoleArn", .string(role)), ("RoleSessionName", .string(session ?? "plumbline")),
    ]
    if let externalID { input.append(("ExternalId", .string(externalID))) }
    if let seconds { input.append(("DurationSeconds", .string(seconds))) }
    return try await keys("AssumeRole", .object(input), client(CredentialProvider(base)))
  }

  private func webIdentity(file: String, role: String, session: String?) async throws -> AWSCredentials {
    guard let token = FileManager.default.contents(atPath: file) else {
      throw CredentialError("the web identity token file \(file) cannot be read")
    }
    return try await keys(
      "AssumeRoleWithWebIdentity",
      .object([
        ("RoleArn", .string(role)), ("RoleSessionName", .string(session ?? "plumbline")),
        ("WebIdentityToken", .string(String(decoding: token, as: UTF8.self).trimmed)),
      ]), client(nil))
  }

  private func keys(_ operation: String, _ input: JSONDraft, _ client: AWSClient) async throws -> AWSCredentials {
    let answer: JSONValue
    do {
      answer = try await client.call(sts, operation, input: input, region: region)
    } catch {
      throw CredentialError("the role cannot be assumed (\(operation)): \(error)")
    }
    let found = answer["Credentials"] ?? .null
    guard let key = found["AccessKeyId"]?.string, let secret = found["SecretAccessKey"]?.string else {
      throw CredentialError("\(operation) gave no credentials")
    }
    return AWSCredentials(
      accessKey: key, secretKey: secret, sessionToken: found["SessionToken"]?.string,
      expires: Self.epoch(found["Expiration"]?.string))
  }

  private static func epoch(_ text: String?) -> Double? {
    text.flatMap { CivilTime.parse(iso: $0) }.map { Double($0.time.epoch) }
  }

  // MARK: Container and instance

  private func container() async throws -> AWSCredentials? {
    let url: String
    if let relative = value("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      url = "http://169.254.170.2\(relative)"
    } else if let full = value("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
      url = full
    } else {
      return nil
    }
    var token = value("AWS_CONTAINER_AUTHORIZATION_TOKEN")
    if let file = value("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
      token = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self).trimmed } ?? token
    }
    let headers = token.map { [(name: "authorization", value: $0)] } ?? []
    let answer: HTTPAnswer
    do {
      answer = try await transport.send(HTTPCall(method: "GET", url: url, headers: headers), timeout: .seconds(5))
    } catch {
      throw CredentialError("the container's credentials endpoint \(url): \(error)")
    }
    guard answer.status == 200, let found = Self.keys(answer) else {
      throw CredentialError("the container's credentials endpoint \(url) answered status \(answer.status)")
    }
    return found
  }

  /// IMDSv2: a token first, then the role's keys. Nothing there means that this is no instance.
  private func instance() async -> AWSCredentials? {
    if value("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" { return nil }
    let base = value("AWS_EC2_METADATA_SERVICE_ENDPOINT") ?? "http://169.254.169.254"
    let tokenHeaders = [(name: "x-aws-ec2-metadata-token-ttl-seconds", value: "21600")]
    guard let token = await ask("PUT", "\(base)/latest/api/token", tokenHeaders) else { return nil }
    let header = [(name: "x-aws-ec2-metadata-token", value: String(buffer: token.body))]
    let url = "\(base)/latest/meta-data/iam/security-credentials/"
    guard let name = await ask("GET", url, header) else { return nil }
    let role = String(buffer: name.body).trimmed
    guard !role.isEmpty, let answer = await ask("GET", url + role, header) else { return nil }
    return Self.keys(answer)
  }

  private func ask(_ method: String, _ url: String, _ headers: [(name: String, value: String)]) async -> HTTPAnswer? {
    let answer = try? await transport.send(HTTPCall(method: method, url: url, headers: headers), timeout: .seconds(2))
    return answer?.status == 200 ? answer : nil
  }

  private static func keys(_ answer: HTTPAnswer) -> AWSCredentials? {
    var body = answer.body
    guard let bytes = body.readBytes(length: body.readableBytes),
      let root = try? JSONDocument(parsing: bytes).root, let key = root["AccessKeyId"]?.string,
      let secret = root["SecretAccessKey"]?.string
    else { return nil }
    return AWSCredentials(
      accessKey: key, secretKey: secret, sessionToken: root["Token"]?.string,
      expires: epoch(root["Expiration"]?.string))
  }
}
