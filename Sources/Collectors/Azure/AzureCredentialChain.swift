// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import NIOCore
internal import Specs

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Signs in to Microsoft Entra in the order of azure-identity's DefaultAzureCredential: a service principal of the
/// environment (secret, then certificate), workload identity, managed identity, Azure CLI.
///
/// What is there but broken ends the search with a ``CredentialError`` that names the place, lest another identity be
/// used unnoticed.
package struct AzureCredentialChain: Sendable {
  let environment: [String: String]
  let transport: HTTPTransport
  let cloud: AzureEnvironment
  /// The instance metadata service; tests put a server of their own there.
  var metadataHost = "http://169.254.169.254"
  /// Where the agent of Azure Arc puts its challenges.
  var arcFolder = "/var/opt/azcmagent/tokens"
  /// Runs a program and returns its exit code and outputs; tests put their own there.
  var run: @Sendable (_ arguments: [String]) async throws -> ProcessAnswer = { try await ProcessAnswer.of($0) }

  package init(environment: [String: String], transport: HTTPTransport, cloud: AzureEnvironment) {
    self.environment = environment
    self.transport = transport
    var cloud = cloud
    if let host = environment["AZURE_AUTHORITY_HOST"], !host.isEmpty {
      // It may be named with or without its scheme.
      let url = host.contains("://") ? host : "https://\(host)"
      cloud.authority = HostPort.base(url)
    }
    self.cloud = cloud
  }

  func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// The tenant that the environment names; nil where it does not.
  package var tenant: String? { value("AZURE_TENANT_ID") }

  /// - Parameter audience: what the token is for, as a URL; its scope is `AUDIENCE/.default`.
  package func token(for audience: String) async throws -> BearerToken {
    if let found = try await servicePrincipal(audience) { return found }
    if let found = try await workloadIdentity(audience) { return found }
    if let found = try await managedIdentity(audience) { return found }
    if let found = try await commandLine(audience) { return found }
    throw CredentialError(
      """
      no Azure credentials found; set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET for a service principal, \
      or sign in with az login
      """)
  }

  // MARK: A service principal

  private func servicePrincipal(_ audience: String) async throws -> BearerToken? {
    let secret = value("AZURE_CLIENT_SECRET")
    let certificate = value("AZURE_CLIENT_CERTIFICATE_PATH")
    guard secret != nil || certificate != nil else { return nil }
    let given = secret != nil ? "AZURE_CLIENT_SECRET" : "AZURE_CLIENT_CERTIFICATE_PATH"
    guard let tenant else { throw CredentialError("\(given) is set, but AZURE_TENANT_ID is not") }
    guard let client = value("AZURE_CLIENT_ID") else {
      throw CredentialError("\(given) is set, but AZURE_CLIENT_ID is not")
    }
    if let secret {
      return try await exchange(
        [("client_id", client), ("client_secret", secret)], tenant, audience, "AZURE_CLIENT_SECRET of the environment",
        secrets: [secret])
    }
    let bundle = try ClientCertificate(path: certificate ?? "", password: value("AZURE_CLIENT_CERTIFICATE_PASSWORD"))
    let assertion = try bundle.assertion(
      client: client, audience: try tokenEndpoint(tenant), now: Int64(RESTClient.now))
    return try await exchange(assertion, client, tenant, audience, "AZURE_CLIENT_CERTIFICATE_PATH of the environment")
  }

  private func workloadIdentity(_ audience: String) async throws -> BearerToken? {
    guard let file = value("AZURE_FEDERATED_TOKEN_FILE") else { return nil }
    guard let tenant, let client = value("AZURE_CLIENT_ID") else {
      throw CredentialError(
        "AZURE_FEDERATED_TOKEN_FILE is set, but \(tenant == nil ? "AZURE_TENANT_ID" : "AZURE_CLIENT_ID") is not")
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CredentialError("AZURE_FEDERATED_TOKEN_FILE: \(file) cannot be read")
    }
    let assertion = String(decoding: data, as: UTF8.self).trimmed
    guard !assertion.isEmpty else { throw CredentialError("\(file):1: the file of the federated token is empty") }
    return try await exchange(assertion, client, tenant, audience, "AZURE_FEDERATED_TOKEN_FILE of the environment")
  }

  private func exchange(
    _ assertion: String, _ client: String, _ tenant: String, _ audience: String, _ origin: String
  ) async throws -> BearerToken {
    let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    return try await exchange(
      [("client_id", client), ("client_assertion_type", type), ("client_assertion", assertion)], tenant, audience,
      origin, secrets: [assertion])
  }

  private func tokenEndpoint(_ tenant: String) throws(CredentialError) -> String {
    // It becomes part of a URL.
    guard tenant.utf8.allSatisfy({ $0 == 0x2D || $0 == 0x2E || ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }) else {
      throw CredentialError("AZURE_TENANT_ID is no tenant: a GUID or a domain is needed")
    }
    return "\(cloud.authority)/\(tenant)/oauth2/v2.0/token"
  }

  /// The client credentials grant.
  /// <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow>
  private func exchange(
    _ fields: [(String, String)], _ tenant: String, _ audience: String, _ origin: String, secrets: [String]
  ) async throws -> BearerToken {
    let scope = audience.hasSuffix("/") ? "\(audience).default" : "\(audience)/.default"
    let form = [("grant_type", "client_credentials"), ("scope", scope)] + fields
    let call = HTTPCall(
      method: "POST", url: try tokenEndpoint(tenant),
      headers: [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")],
      body: Array(TokenAnswer.form(form).utf8))
    return try await TokenAnswer.ask(call, transport, origin: origin, secrets: secrets)
  }

  // MARK: Azure CLI

  private func commandLine(_ audience: String) async throws -> BearerToken? {
    var arguments = ["az", "account", "get-access-token", "--output", "json", "--resource", audience]
    if let tenant { arguments += ["--tenant", tenant] }
    let answer: ProcessAnswer
    do { answer = try await run(arguments) } catch { return nil }
    guard answer.status == 0 else {
      let said = answer.errors.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no reason given"
      throw CredentialError("az account get-access-token: \(said.prefix(300)); sign in with az login")
    }
    guard let root = (try? JSONDocument(parsing: answer.output))?.root, let text = root["accessToken"]?.string else {
      throw CredentialError("az account get-access-token gave no token")
    }
    // expires_on is in seconds; expiresOn of older versions is a local time that tells no zone.
    let expires = root["expires_on"]?.int64.map(Double.init) ?? RESTClient.now + 600
    return BearerToken(value: text, expires: expires, origin: "Azure CLI")
  }
}

/// What token endpoints have in common: OAuth 2.0 (RFC 6749, 5.1 and 5.2).
enum TokenAnswer {
  static func form(_ fields: [(String, String)]) -> String {
    fields.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
  }

  /// Asks up to four times. No message holds one of `secrets`.
  static func ask(
    _ call: HTTPCall, _ transport: HTTPTransport, origin: String, secrets: [String], isDirect: Bool = false,
    timeout: Double = 30, attempts: Int = 4
  ) async throws -> BearerToken {
    let policy = RetryPolicy()
    var attempt = 0
    while true {
      var pause = policy.pause(attempt: attempt + 2)
      var problem: String
      var answer: HTTPAnswer?
      do throws(TransportError) {
        answer = try await transport.send(call, timeout: .milliseconds(Int64(timeout * 1000)), isDirect: isDirect)
        problem = "the answer has no token"
      } catch {
        problem = "\(error)"
      }
      if let answer, answer.status == 200 {
        if let token = read(answer, origin) { return token }
      } else if let answer {
        let failure = APIFailure(answer, now: RESTClient.now)
        // What is wrong is in the first line; what follows are trace ids.
        problem = AWSCredentials.redacted(String(failure.description.prefix { !$0.isNewline }), secrets)
        let asked = failure.retryAfter ?? 0
        guard answer.status >= 500 || answer.status == 429, asked <= policy.longestRetryAfter else {
          throw CredentialError("\(origin): \(problem)")
        }
        if asked > 0 { pause = max(pause, asked + 0.02) }
      }
      attempt += 1
      guard attempt < attempts else { throw CredentialError("\(origin): no token: \(problem)") }
      try await Task.sleep(for: .seconds(pause))
    }
  }

  /// `expires_in` counts in seconds, `expires_on` is in seconds since 1970; either may be written as text.
  static func read(_ answer: HTTPAnswer, _ origin: String) -> BearerToken? {
    guard let root = (try? JSONDocument(parsing: Array(answer.body.readableBytesView)))?.root,
      let text = root["access_token"]?.string, !text.isEmpty
    else { return nil }
    func number(_ key: String) -> Double? { root[key].flatMap { $0.double ?? $0.string.flatMap(Double.init) } }
    let expires = number("expires_in").map { RESTClient.now + $0 } ?? number("expires_on")
    return BearerToken(value: text, expires: expires ?? RESTClient.now + 600, origin: origin)
  }
}
