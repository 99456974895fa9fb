// SPDX-License-Identifier: Apache-2.0
internal import JSON
package import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Finds credentials in the order of AWS's SDKs: environment, a profile's role, web identity, a profile's keys,
/// container, instance metadata.
///
/// What is there but broken ends the search with a ``CredentialError`` that names the place, lest another identity be
/// used unnoticed.
package struct CredentialChain: Sendable {
  let environment: [String: String]
  let profiles: ProfileFiles
  package let profileName: String
  let transport: HTTPTransport
  let sts: ServiceModel
  let endpoints: AWSEndpoints
  /// Where containers ask for their credentials; tests put a server of their own there.
  var containerHost = "http://169.254.170.2"
  /// A profile named by the caller goes before keys in the environment.
  private let isProfileExplicit: Bool

  package init(
    environment: [String: String], profile: String?, profiles: ProfileFiles, transport: HTTPTransport,
    sts: ServiceModel, endpoints: AWSEndpoints
  ) {
    self.environment = environment
    self.profiles = profiles
    profileName = Self.profileName(environment, profile)
    isProfileExplicit = profile != nil
    self.transport = transport
    self.sts = sts
    self.endpoints = endpoints
  }

  /// The profile that holds: the caller's, `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, `default`.
  package static func profileName(_ environment: [String: String], _ profile: String?) -> String {
    let given = [profile, environment["AWS_PROFILE"], environment["AWS_DEFAULT_PROFILE"]]
    return given.lazy.compactMap { $0 }.first { !$0.isEmpty } ?? "default"
  }

  func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  package var region: String {
    value("AWS_REGION") ?? value("AWS_DEFAULT_REGION") ?? profiles.profiles[profileName]?["region"] ?? "us-east-1"
  }

  package func credentials() async throws -> AWSCredentials {
    if !isProfileExplicit, let found = try environmentKeys() { return found }
    if let problem = profiles.problem { throw problem }
    let profile = profiles.profiles[profileName]
    let isNamed = isProfileExplicit || value("AWS_PROFILE") != nil || value("AWS_DEFAULT_PROFILE") != nil
    if profile == nil, isNamed {
      throw CredentialError("there is no AWS profile '\(profileName)' in \(profiles.paths.joined(separator: " or "))")
    }
    if let profile, profile["role_arn"] != nil, profile["web_identity_token_file"] == nil {
      return try await assumed(profile, seen: [])
    }
    if !isProfileExplicit, let file = value("AWS_WEB_IDENTITY_TOKEN_FILE") {
      guard let role = value("AWS_ROLE_ARN") else {
        throw CredentialError("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not")
      }
      return try await webIdentity(file: file, role: role, session: value("AWS_ROLE_SESSION_NAME"))
    }
    if let profile, let found = try await credentials(of: profile, seen: []) { return found }
    if let found = try await container() { return found }
    if let found = try await instance() { return found }
    throw CredentialError(
      """
      no AWS credentials found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile of \
      ~/.aws/config
      """)
  }

  private func environmentKeys() throws -> AWSCredentials? {
    let (key, secret) = (value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY"))
    guard let key, let secret else {
      if key != nil { throw CredentialError("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not") }
      if secret != nil { throw CredentialError("AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not") }
      return nil
    }
    return AWSCredentials(
      accessKey: key, secretKey: secret, sessionToken: value("AWS_SESSION_TOKEN"),
      origin: "AWS_ACCESS_KEY_ID of the environment")
  }

  // MARK: Profiles

  private func staticKeys(_ profile: ProfileFiles.Profile) throws -> AWSCredentials? {
    let (key, secret) = (profile.setting("aws_access_key_id"), profile.setting("aws_secret_access_key"))
    guard let key, let secret else {
      let found = key == nil ? "aws_secret_access_key" : "aws_access_key_id"
      let missing = key == nil ? "aws_access_key_id" : "aws_secret_access_key"
      guard key != nil || secret != nil else { return nil }
      throw CredentialError("\(profile.place(of: found)): profile '\(profile.name)' has \(found), but no \(missing)")
    }
    return AWSCredentials(
      accessKey: key.value, secretKey: secret.value, sessionToken: profile["aws_session_token"],
      origin: "\(key.place): profile '\(profile.name)'")
  }

  private func credentials(of profile: ProfileFiles.Profile, seen: Set<String>) async throws -> AWSCredentials? {
    if let file = profile.setting("web_identity_token_file") {
      guard let role = profile["role_arn"] else {
        throw CredentialError("\(file.place): profile '\(profile.name)' has a web identity, but no role_arn")
      }
      return try await webIdentity(
        file: file.value, role: role, session: profile["role_session_name"],
        origin: "\(file.place): profile '\(profile.name)'")
    }
    if profile["role_arn"] != nil { return try await assumed(profile, seen: seen) }
    if let keys = try staticKeys(profile) { return keys }
    for key in ["sso_session", "sso_start_url", "credential_process", "login_session"] {
      guard let setting = profile.setting(key) else { continue }
      throw CredentialError(
        """
        \(setting.place): profile '\(profile.name)' gets its keys by \(key), which plumb does not do; run: \
        eval "$(aws configure export-credentials --profile \(profile.name) --format env)"
        """)
    }
    return nil
  }

  /// The keys of a profile's role.
  private func assumed(_ profile: ProfileFiles.Profile, seen: Set<String>) async throws -> AWSCredentials {
    let name = profile.name
    func broken(_ key: String, _ text: String) -> CredentialError {
      CredentialError("\(profile.place(of: key)): profile '\(name)' \(text)")
    }
    if let seconds = profile["duration_seconds"], Int(seconds) == nil {
      throw broken("duration_seconds", "has a duration_seconds that is no number")
    }
    if profile["mfa_serial"] != nil {
      throw broken(
        "mfa_serial",
        """
        needs a code of an MFA device, which plumb does not ask for; run: \
        eval "$(aws configure export-credentials --profile \(name) --format env)"
        """)
    }
    let base: AWSCredentials?
    switch (profile["source_profile"], profile["credential_source"]) {
    case (.some, .some): throw broken("credential_source", "has both source_profile and credential_source")
    case (nil, nil): throw broken("role_arn", "has a role_arn, but neither source_profile nor credential_source")
    case (let source?, nil):
      guard let next = profiles.profiles[source] else {
        throw broken("source_profile", "names the source_profile '\(source)', which does not exist")
      }
      guard !seen.contains(source) else { throw broken("source_profile", "leads back to itself") }
      // A profile that names itself uses its own keys.
      base = source == name ? try staticKeys(next) : try await credentials(of: next, seen: seen.union([name]))
      if base == nil { throw broken("source_profile", "has the source_profile '\(source)', which has no keys") }
    case (nil, let source?):
      switch source.lowercased() {
      case "environment": base = try environmentKeys()
      case "ecscontainer": base = try await container()
      case "ec2instancemetadata": base = try await instance()
      default: throw broken("credential_source", "has the credential_source '\(source)', which does not exist")
      }
      if base == nil { throw broken("credential_source", "has the credential_source '\(source)', which has no keys") }
    }
    guard let base else { throw broken("role_arn", "has no source of keys") }
    return try await assume(
      role: profile["role_arn"] ?? "", with: base, session: profile["role_session_name"],
      externalID: profile["external_id"], seconds: profile["duration_seconds"],
      origin: "\(profile.place(of: "role_arn")): profile '\(name)'")
  }

  // MARK: Roles

  private func client(_ credentials: CredentialProvider?) -> AWSClient {
    AWSClient(transport: transport, credentials: credentials, endpoints: endpoints, settings: .init())
  }

  /// Exchanges credentials for those of a role.
  package func assume(
    role: String, with base: AWSCredentials, session: String?, externalID: String?, seconds: String? = nil,
    origin: String
  ) async throws -> AWSCredentials {
    var input: [(key: String, value: JSONDraft)] = [
      ("RoleArn", .string(role)), ("RoleSessionName", .string(session ?? "plumbline")),
    ]
    if let externalID { input.append(("ExternalId", .string(externalID))) }
    if let seconds { input.append(("DurationSeconds", .string(seconds))) }
    return try await keys("AssumeRole", role, .object(input), client(CredentialProvider(base)), origin)
  }

  private func webIdentity(
    file: String, role: String, session: String?, origin: String = "AWS_WEB_IDENTITY_TOKEN_FILE"
  ) async throws -> AWSCredentials {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CredentialError("\(origin): the web identity token file \(file) cannot be read")
    }
    let token = String(decoding: data, as: UTF8.self).trimmed
    guard !token.isEmpty else { throw CredentialError("\(file):1: the web identity token file is empty") }
    return try await keys(
      "AssumeRoleWithWebIdentity", role,
      .object([
        ("RoleArn", .string(role)), ("RoleSessionName", .string(session ?? "plumbline")),
        ("WebIdentityToken", .string(token)),
      ]), client(nil), "\(file):1: the web identity token", secrets: [token])
  }

  private func keys(
    _ operation: String, _ role: String, _ input: JSONDraft, _ client: AWSClient, _ origin: String,
    secrets: [String] = []
  ) async throws -> AWSCredentials {
    let answer: JSONValue
    do throws(AWSFailure) {
      answer = try await client.call(sts, operation, input: input, region: region, deadline: .now + .seconds(60))
    } catch {
      throw CredentialError(
        "\(origin): the role \(role) cannot be assumed: \(AWSCredentials.redacted("\(error)", secrets))", error)
    }
    let found = answer["Credentials"] ?? .null
    guard let key = found["AccessKeyId"]?.string, let secret = found["SecretAccessKey"]?.string else {
      throw CredentialError("\(origin): \(operation) for \(role) gave no keys")
    }
    return AWSCredentials(
      accessKey: key, secretKey: secret, sessionToken: found["SessionToken"]?.string,
      expires: Self.epoch(found["Expiration"]?.string), origin: origin)
  }

  static func epoch(_ text: String?) -> Double? {
    text.flatMap { CivilTime.parse(iso: $0) }.map { Double($0.time.epoch) }
  }
}
